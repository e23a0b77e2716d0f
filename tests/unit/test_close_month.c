/* test_close_month.c - calendar months: their days, instants and neighbours. */
#include "close/subject.h"
#include "core/error.h"
#include "test.h"

static void a_month_knows_its_days_and_its_neighbours(void **state)
{
    static const struct {
        const char *text, *last, *prior, *next;
        int days;
    } months[] = {
        {"2026-01", "2026-01-31", "2025-12", "2026-02", 31},
        {"2026-02", "2026-02-28", "2026-01", "2026-03", 28},
        {"2028-02", "2028-02-29", "2028-01", "2028-03", 29},
        {"2026-12", "2026-12-31", "2026-11", "2027-01", 31},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(months); i++) {
        g_autoptr(GError) error = NULL;
        struct month month;

        assert_true(month_parse(&month, months[i].text, &error));
        assert_string_equal(month.text, months[i].text);
        assert_string_equal(month.last, months[i].last);
        assert_string_equal(month.prior, months[i].prior);
        assert_string_equal(month.next, months[i].next);
        assert_int_equal((month.until_at - month.first_at) / 86400, months[i].days);
    }
}

static void what_is_no_month_is_refused(void **state)
{
    static const char *const texts[] = {"",        "2026",    "2026-1",     "2026-13",
                                        "2026-00", "October", "26-10",      "2026/10",
                                        "1970-01", "2199-12", "2026-10-01", "2026-10 "};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;
        struct month month;

        if (month_parse(&month, texts[i], &error))
            fail_msg("\"%s\" is taken for a month", texts[i]);
        assert_true(g_error_matches(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_month_knows_its_days_and_its_neighbours),
        cmocka_unit_test(what_is_no_month_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
