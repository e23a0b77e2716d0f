/* test_month.c - months as descriptions name them. */
#include "test.h"
#include "wallet/month.h"

static void a_month_is_found_where_a_text_names_one(void **state)
{
    static const struct {
        const char *text, *month; /* "" for none, or several */
    } cases[] = {
        {"API usage October 2026", "2026-10"},
        {"OCT 2026 usage / ", "2026-10"},
        {"Usage for Sept. 2026", "2026-09"},
        {"2026-02", "2026-02"},
        {"2026-02-01 to 2026-02-28 (February 2026)", "2026-02"},
        {"May 2026 and May 2026", "2026-05"},
        {"September 2026 and October 2026", ""},
        {"2026-02-01 to 2026-03-01", ""},
        {"12026-02", ""},
        {"2026-13", ""},
        {"Maybe 2026", ""},
        {"March", ""},
        {"", ""},
    };
    g_autoptr(MonthReader) reader = month_reader_new(NULL);

    (void)state;
    assert_non_null(reader);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        char month[MONTH_LEN];

        assert_int_equal(month_find(reader, cases[i].text, month), *cases[i].month != '\0');
        if (*cases[i].month)
            assert_string_equal(month, cases[i].month);
    }
}

static void the_month_before_a_day_may_be_last_years(void **state)
{
    char month[MONTH_LEN];

    (void)state;
    month_before("2026-11-01", month);
    assert_string_equal(month, "2026-10");
    month_before("2026-03-31", month);
    assert_string_equal(month, "2026-02");
    month_before("2026-01-15", month);
    assert_string_equal(month, "2025-12");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_month_is_found_where_a_text_names_one),
        cmocka_unit_test(the_month_before_a_day_may_be_last_years),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
