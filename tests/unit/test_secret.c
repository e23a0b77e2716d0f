/* Secrets: what is masked, and what looks like one and is none. */
#include "core/secret.h"
#include "test.h"

static const struct {
    const char *text, *masked;
} secrets[] = {
    {"4111111111111111", "****1111"},
    {"4111 1111 1111 1111", "****1111"},
    {"4111-1111-1111-1111", "****1111"},
    {"card 4111111111111111, thanks", "card ****1111, thanks"},
    {"paid with 4111111111111111.", "paid with ****1111."},
    {"No.4111111111111111", "No.****1111"},
    {"visa,4111111111111111,2", "visa,****1111,2"},
    {"12,4111111111111111", "12,****1111"},
    {"4111\xc2\xa0"
     "1111\xc2\xa0"
     "1111\xc2\xa0"
     "1111",
     "****1111"},
    {"4111\xe2\x80\x93"
     "1111\xe2\x80\x93"
     "1111\xe2\x80\x93"
     "1111",
     "****1111"},
    {"378282246310005", "****0005"},
    {"3782 822463 10005", "****0005"},
    {"5555555555554444", "****4444"},
    {"2223003122003222", "****3222"},
    {"6011111111111117", "****1117"},
    {"3530111333300000", "****0000"},
    {"6200000000000005", "****0005"},
    {"30569309025904", "****5904"},
    {"4222222222222", "****2222"},
    {"4111111111111111 and 5555555555554444", "****1111 and ****4444"},
    {"20260326 4111111111111111", "20260326 ****1111"},
    {"4111 1111 1111 1111 1234 auth", "****1111 1234 auth"},
    {"Zürich 4111111111111111 é", "Zürich ****1111 é"},
    {"sk-abcdefghijklmnop", "sk-…mnop"},
    {"key=sk-proj-Ab3_Zx9-QqLmNoPqRsTuVwXy end", "key=sk-…VwXy end"},
    {"(sess-0123456789abcdefABCD)", "(sess-…ABCD)"},
    {"sk-abcdefghijklmnop 4111111111111111", "sk-…mnop ****1111"},
};

static const char *const harmless[] = {
    "",
    "gpt-4o-2024-08-06, input",
    "1735689600",
    "2026-03-26T18:04:11+00:00",
    "2026-03-26 18:04:11 2026-03-26",
    "7.2406500000000005", /* a Luhn-valid run behind a decimal point */
    "0.4111111111111111",
    "4111111111111111.50",
    ".4111111111111111",
    "4111111111111112",         /* no Luhn sum */
    "9111111111111111",         /* no network */
    "41111111111111111",        /* 17 digits, which no Visa has */
    "411111111111111111111111", /* touches other digits */
    "441234******4370",
    "****1111",
    "+49 1512 3456789",
    "OPENAI +14158799686 USA",
    "sk-...U4A",
    "sk-…wxyz",
    "sk-tooshort",
    "task-force-alpha-bravo-charlie",
    "disk-abcdefghijklmnopqrstuvwxyz",
    "org-DifcBmJDK8sUlBTukjjX7J7H",
    "proj_uvBRUf6zFgDOQLXBdS8ce4bE",
    "e3b0c44298fc1c14411111111111111196fb92427ae41e46", /* a digest that holds a card's digits */
};

static char *mask(const char *text)
{
    return secret_mask(text, strlen(text));
}

static void secrets_keep_their_last_four_characters_only(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(secrets); i++) {
        g_autofree char *masked = mask(secrets[i].text);
        assert_non_null(masked);
        assert_string_equal(masked, secrets[i].masked);
        assert_true(secret_suspected(secrets[i].text, strlen(secrets[i].text)));
    }
}

static void what_only_resembles_a_secret_is_left_alone(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(harmless); i++) {
        g_autofree char *masked = mask(harmless[i]);
        if (masked)
            fail_msg("%s became %s", harmless[i], masked);
    }
}

static void masking_what_is_masked_changes_nothing(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(secrets); i++)
        assert_null(mask(secrets[i].masked));
}

static void usual_cells_are_not_even_suspected(void **state)
{
    static const char *const usual[] = {"gpt-4o-2024-08-06, input",  "1735689600", "12.50",
                                        "2026-03-26T18:04:11+00:00", "Zürich",     "tasks"};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(usual); i++)
        assert_false(secret_suspected(usual[i], strlen(usual[i])));
}

/* A text is a pointer and a length: what lies behind it is somebody else's. */
static void nothing_behind_the_text_is_looked_at(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(secrets); i++) {
        gsize len = strlen(secrets[i].text);
        for (gsize cut = 0; cut <= len; cut++) {
            g_autofree char *exact = g_memdup2(secrets[i].text, MAX(cut, 1));
            g_autofree char *terminated = g_strndup(secrets[i].text, cut);
            g_autofree char *masked = secret_mask(exact, cut);
            g_autofree char *expected = mask(terminated);
            assert_true(g_strcmp0(masked, expected) == 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(secrets_keep_their_last_four_characters_only),
        cmocka_unit_test(what_only_resembles_a_secret_is_left_alone),
        cmocka_unit_test(masking_what_is_masked_changes_nothing),
        cmocka_unit_test(usual_cells_are_not_even_suspected),
        cmocka_unit_test(nothing_behind_the_text_is_looked_at),
    };

    return cmocka_run_group_tests_name("secret", tests, NULL, NULL);
}
