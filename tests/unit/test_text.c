/* Text made safe to show. */
#include "core/money.h"
#include "core/text.h"
#include "test.h"

static void text_clean_shows_what_would_move_a_cursor_or_reorder(void **state)
{
    static const struct {
        const char *text, *clean;
    } cases[] = {
        {"Acme Øst", "Acme Øst"},
        {"a\033[31mb", "a<U+001B>[31mb"},
        {"a\rb\tc", "a<U+000D>b<U+0009>c"},
        {"ab\xe2\x80\xae"
         "dc",
         "ab<U+202E>dc"},
        {"x\xc2\x9by", "x<U+009B>y"},
        {"zero\xe2\x80\x8bwidth", "zero<U+200B>width"},
        {"bad\xff", "bad\xef\xbf\xbd"},
        {"two\nlines", "two<U+000A>lines"},
        {"no\xef\xbf\xbe\xef\xbf\xbf character", "no<U+FFFE><U+FFFF> character"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *clean = text_clean(cases[i].text, FALSE);

        assert_string_equal(clean, cases[i].clean);
    }
}

static void text_clean_keeps_newlines_when_asked(void **state)
{
    g_autofree char *clean = text_clean("a\nb\033", TRUE);

    (void)state;
    assert_string_equal(clean, "a\nb<U+001B>");
}

static void text_nearest_finds_the_word_that_was_meant(void **state)
{
    static const char *const words[] = {"import", "report", "reports", "status", NULL};

    (void)state;
    assert_string_equal(text_nearest("improt", words), "import");
    assert_string_equal(text_nearest("stauts", words), "status");
    assert_string_equal(text_nearest("repotr", words), "report");
    assert_null(text_nearest("zzzzzz", words));
}

static void text_count_knows_one_from_many(void **state)
{
    g_autofree char *none = text_count(0, "file");
    g_autofree char *one = text_count(1, "file");
    g_autofree char *two = text_count(2, "file");

    (void)state;
    assert_string_equal(none, "0 files");
    assert_string_equal(one, "1 file");
    assert_string_equal(two, "2 files");
}

static void money_format_cents_rounds_half_to_even(void **state)
{
    static const struct {
        int64_t nanos;
        const char *text;
    } cases[] = {
        {35063404025, "35.06"},
        {5000000, "0.00"},
        {15000000, "0.02"},
        {-5000000, "0.00"},
        {-15000001, "-0.02"},
        {1234567890000000, "1,234,567.89"},
        {INT64_MAX, "9,223,372,036.85"},
        {0, "0.00"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = money_format_cents(cases[i].nanos);

        assert_string_equal(text, cases[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_clean_shows_what_would_move_a_cursor_or_reorder),
        cmocka_unit_test(text_clean_keeps_newlines_when_asked),
        cmocka_unit_test(text_nearest_finds_the_word_that_was_meant),
        cmocka_unit_test(text_count_knows_one_from_many),
        cmocka_unit_test(money_format_cents_rounds_half_to_even),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
