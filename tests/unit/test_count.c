/* test_count.c - how many credits a description says were bought. */
#include "core/money.h"
#include "test.h"
#include "wallet/count.h"

static void a_number_of_credits_is_read_where_a_text_names_one(void **state)
{
    static const struct {
        const char *text;
        int64_t count; /* -1: none, or several */
    } cases[] = {
        {"1,000 credits", 1000},
        {"Codex: 2500 ChatGPT Codex credits", 2500},
        {"40 Sora credits / OpenAI, LLC", 40},
        {"1 credit", 1},
        {"$40 credits", -1},
        {"40.00 credits", -1},
        {"1,00 credits", -1},
        {"Codex credits", -1},
        {"credits 1000", -1},
        {"1,000 credits and 500 credits", -1},
        {"gpt-5 credits", -1},
        {"99999999999999999999 credits", -1},
        {"", -1},
    };
    g_autoptr(CountReader) reader = count_reader_new(NULL);

    (void)state;
    assert_non_null(reader);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        int64_t nanos = 0;

        if (count_find(reader, cases[i].text, &nanos) != (cases[i].count >= 0))
            fail_msg("\"%s\"", cases[i].text);
        if (cases[i].count >= 0)
            assert_int_equal(nanos, cases[i].count * NANOS_PER_UNIT);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_of_credits_is_read_where_a_text_names_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
