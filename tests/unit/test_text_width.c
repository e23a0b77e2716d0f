/* test_text_width.c - columns of a terminal: what UAX #11 and wcwidth() say of samples. */
#include "report/text_width.h"
#include "test.h"

static void text_takes_the_columns_that_terminals_give_it(void **state)
{
    static const struct {
        const char *text;
        int width;
    } cases[] = {
        {"", 0},
        {"plain", 5},
        {"\xC3\xA9", 1},          /* é */
        {"e\xCC\x81", 1},         /* e and a combining acute */
        {"a\xCC\x81\xCC\xA3", 1}, /* two marks on one letter */
        {"\xE6\xBC\xA2\xE5\xAD\x97", 4},
        {"\xEF\xBC\x9D", 2},                         /* ＝, full width */
        {"\xEF\xBD\xB6", 1},                         /* ｶ, half width */
        {"\xE3\x82\xAB", 2},                         /* カ */
        {"\xE3\x82\xAB\xE3\x82\x99", 2},             /* カ and a combining voiced mark */
        {"\xED\x95\x9C", 2},                         /* 한 */
        {"\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", 2}, /* the same, of three jamo */
        {"\xE0\xB8\x97\xE0\xB8\xB5\xE0\xB9\x88", 1}, /* ที่: a vowel and a tone above */
        {"\xE0\xA4\x95\xE0\xA5\x8D", 1},             /* क्: Devanagari with virama */
        {"\xD7\xA9\xD7\x81", 1},                     /* שׁ */
        {"\xD8\xA8\xD9\x8E", 1},                     /* بَ */
        {"\xC2\xA0", 1},                             /* no-break space */
        {"\xE3\x80\x80", 2},                         /* ideographic space */
        {"\xC2\xB1\xCE\xA9\xE2\x80\xA6", 3}, /* ±Ω…: ambiguous, narrow outside of CJK fonts */
        {"\xF0\x9F\x98\x80", 2},             /* 😀 */
        {"\xE2\x98\x83", 1},                 /* ☃, text by default */
        {"\xE2\x9D\xA4\xEF\xB8\x8F", 1},     /* ❤ and a variation selector */
        {"\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD", 4}, /* 👍 and a skin tone, each an emoji */
        {"\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA", 2}, /* 🇩🇪: two regional letters */
        {"\xF0\xA0\x80\x80", 2},                 /* 𠀀, beyond the first plane */
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        if (text_width(cases[i].text) != cases[i].width)
            fail_msg("\"%s\" takes %d columns, not %d", cases[i].text, text_width(cases[i].text),
                     cases[i].width);
}

static void a_cut_never_parts_a_letter_from_its_marks(void **state)
{
    static const char letter[] = "e\xCC\x81\xCC\xA3";

    (void)state;
    for (int width = 1; width < 12; width++) {
        g_autoptr(GString) text = g_string_new(NULL);
        g_autoptr(GString) cut = g_string_new(NULL);

        for (int i = 0; i < 12; i++)
            g_string_append(text, letter);
        text_append_padded(cut, text->str, width, FALSE);
        assert_int_equal(text_width(cut->str), width);
        assert_int_equal(cut->len, (gsize)(width - 1) * strlen(letter) + strlen("…"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_takes_the_columns_that_terminals_give_it),
        cmocka_unit_test(a_cut_never_parts_a_letter_from_its_marks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
