/* test_chart_scale.c - ticks at numbers and dates that people count in, exact, never too many. */
#include "core/instant.h"
#include "core/money.h"
#include "report/chart_scale.h"
#include "test.h"

static void money_ticks_are_1_2_and_5_and_hold_zero(void **state)
{
    static const struct {
        int64_t low, high;
        guint most;
        int64_t want_low, want_high, want_step;
        int decimals;
    } cases[] = {
        {0, 93 * NANOS_PER_UNIT, 6, 0, 100 * NANOS_PER_UNIT, 20 * NANOS_PER_UNIT, 0},
        {-3 * NANOS_PER_UNIT, 9 * NANOS_PER_UNIT, 6, -4 * NANOS_PER_UNIT, 10 * NANOS_PER_UNIT,
         2 * NANOS_PER_UNIT, 0},
        {50 * NANOS_PER_UNIT, 51 * NANOS_PER_UNIT, 5, 0, 60 * NANOS_PER_UNIT, 10 * NANOS_PER_UNIT,
         0},
        {-7, -3, 7, -7, 0, 1, 9},
        {0, 0, 4, 0, NANOS_PER_UNIT, NANOS_PER_UNIT / 2, 1},
        {0, NANOS_PER_UNIT / 100, 6, 0, NANOS_PER_UNIT / 100, NANOS_PER_UNIT / 500, 3},
    };

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct money_axis axis;

        money_axis_init(&axis, cases[i].low, cases[i].high, cases[i].most);
        assert_int_equal(axis.low, cases[i].want_low);
        assert_int_equal(axis.high, cases[i].want_high);
        assert_int_equal(axis.step, cases[i].want_step);
        assert_int_equal(axis.decimals, cases[i].decimals);
    }
}

static void an_axis_of_all_that_money_can_be_neither_wraps_nor_has_too_many_ticks(void **state)
{
    struct money_axis axis;
    guint count = 0;

    (void)state;
    money_axis_init(&axis, INT64_MIN, INT64_MAX, 8);
    assert_int_equal(axis.low, INT64_MIN);
    assert_int_equal(axis.high, INT64_MAX);
    for (int64_t nanos = money_axis_first(&axis);; nanos += axis.step) {
        count++;
        if (nanos > axis.high - axis.step)
            break;
    }
    assert_in_range(count, 3, 10);
}

/* "8 Oct|15 Oct", a year in brackets after the label that it stands below. */
static char *ticks_text(int32_t first, int32_t last, gboolean months, guint most)
{
    g_autoptr(GPtrArray) ticks = time_ticks(first, last, months, most);
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < ticks->len; i++) {
        const struct time_tick *tick = g_ptr_array_index(ticks, i);

        g_string_append_printf(out, "%s%s", i > 0 ? "|" : "", tick->label);
        if (tick->year)
            g_string_append_printf(out, "(%s)", tick->year);
    }
    return g_string_free(out, FALSE);
}

static void time_ticks_are_days_weeks_months_and_years(void **state)
{
    int32_t october = day_from_civil(2026, 10, 1);
    const struct {
        int32_t first, last;
        gboolean months;
        guint most;
        const char *want;
    } cases[] = {
        {october, october, FALSE, 10, "1 Oct(2026)"},
        {october, october + 3, FALSE, 10, "1 Oct(2026)|2 Oct|3 Oct|4 Oct"},
        {october, october + 30, FALSE, 10, "1 Oct(2026)|8 Oct|15 Oct|22 Oct"},
        {october, october + 91, FALSE, 10, "1 Oct(2026)|15 Oct|1 Nov|15 Nov|1 Dec|15 Dec"},
        {october - 30, october + 120, FALSE, 8, "Sep(2026)|Oct|Nov|Dec|Jan(2027)"},
        {october, october + 1000, FALSE, 4, "2027|2028|2029"},
        {(2026 - 1970) * 12 + 9, (2026 - 1970) * 12 + 12, TRUE, 9, "Oct(2026)|Nov|Dec|Jan(2027)"},
        {0, 229 * 12, TRUE, 5, "2000|2050|2100|2150"},
    };

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text =
            ticks_text(cases[i].first, cases[i].last, cases[i].months, cases[i].most);

        assert_string_equal(text, cases[i].want);
    }
}

static void time_ticks_are_never_more_than_asked_for(void **state)
{
    (void)state;
    for (int32_t span = 0; span < 3000; span += 7)
        for (guint most = 3; most < 20; most += 4) {
            g_autoptr(GPtrArray) ticks = time_ticks(20000, 20000 + span, FALSE, most);

            assert_in_range(ticks->len, 0, most);
            if (span > 1500 || span < 20)
                assert_in_range(ticks->len, 1, most);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(money_ticks_are_1_2_and_5_and_hold_zero),
        cmocka_unit_test(an_axis_of_all_that_money_can_be_neither_wraps_nor_has_too_many_ticks),
        cmocka_unit_test(time_ticks_are_days_weeks_months_and_years),
        cmocka_unit_test(time_ticks_are_never_more_than_asked_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
