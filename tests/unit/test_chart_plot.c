/* test_chart_plot.c - what the axes of a chart must hold, and which bars are cut off. */
#include "chart_given.h"
#include "report/chart_plot.h"

/* The extent of a chart of one currency; what is returned is where its bars are cut. */
static int64_t extent(const char *columns, const char *const *texts, guint rows, int64_t *low,
                      int64_t *high)
{
    g_autoptr(Report) report = given_report(columns);
    g_autoptr(Chart) chart = given_chart(report, texts, rows);
    const struct chart_panel *panel = g_ptr_array_index(chart->panels, 0);
    struct plot plot = {.chart = chart, .panel = panel, .until = panel->series->len};

    plot_extent(&plot, low, high);
    return plot.cut;
}

static void a_stack_reaches_the_sums_of_its_parts_above_and_below_zero(void **state)
{
    static const char *const texts[] = {
        "a", "A", "2026-10-01", "5 USD", "USD", "b", "B", "2026-10-01", "-3 USD", "USD",
        "c", "C", "2026-10-01", "4 USD", "USD", "a", "A", "2026-10-02", "-2 USD", "USD"};
    int64_t low, high;

    (void)state;
    assert_int_equal(extent(SPEND_COLUMNS, texts, 4, &low, &high), 0);
    assert_int_equal(low, -3);
    assert_int_equal(high, 9);
}

static void bars_and_lines_reach_the_highest_and_lowest_of_them(void **state)
{
    static const char *const texts[] = {"2026-10", "5 USD",  "7 USD", "USD",
                                        "2026-11", "-2 USD", "1 USD", "USD"};
    int64_t low, high;

    (void)state;
    assert_int_equal(extent("-- column: month month Month\n-- column: a money(currency) A\n"
                            "-- column: b money(currency) B\n-- column: currency text Cur\n"
                            "-- chart: bars x=month y=a,b\n",
                            texts, 2, &low, &high),
                     0);
    assert_int_equal(low, -2);
    assert_int_equal(high, 7);
}

/* Days of a spend of 10 each, the first `outliers` of them `amount`. */
static int64_t cut_of(guint days, guint outliers, const char *amount, int64_t *high)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    int64_t low;

    for (guint day = 0; day < days; day++) {
        g_ptr_array_add(texts, g_strdup("a"));
        g_ptr_array_add(texts, g_strdup("A"));
        g_ptr_array_add(texts, g_strdup_printf("2026-10-%02u", day + 1));
        g_ptr_array_add(texts, g_strdup(day < outliers ? amount : "10 USD"));
        g_ptr_array_add(texts, g_strdup("USD"));
    }
    return extent(SPEND_COLUMNS, (const char *const *)texts->pdata, days, &low, high);
}

static void a_bar_that_would_hide_the_others_is_cut_off(void **state)
{
    static const struct {
        guint days, outliers;
        const char *amount;
        int64_t cut, high;
    } cases[] = {
        {10, 1, "61 USD", 10, 10},  {10, 1, "50 USD", 0, 50}, /* five times as high: seen beside */
        {7, 1, "61 USD", 0, 61}, /* too few bars to lose sight of one */
        {10, 3, "61 USD", 10, 10},  {10, 4, "61 USD", 0, 61}, /* four are no outliers */
        {10, 1, "-900 USD", 0, 10}, {10, 10, "61 USD", 0, 61},
    };

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        int64_t high;

        assert_int_equal(cut_of(cases[i].days, cases[i].outliers, cases[i].amount, &high),
                         cases[i].cut);
        assert_int_equal(high, cases[i].high);
    }
}

static void a_place_follows_from_the_axes(void **state)
{
    const struct plot plot = {.left = 10,
                              .top = 20,
                              .width = 100,
                              .height = 50,
                              .first = 5,
                              .last = 9,
                              .axis = {.low = -10, .high = 40, .step = 10}};

    (void)state;
    assert_true(plot_x(&plot, 5) == 10 && plot_x(&plot, 7) == 50 && plot_x(&plot, 10) == 110);
    assert_true(plot_y(&plot, 40) == 20 && plot_y(&plot, 0) == 60 && plot_y(&plot, -10) == 70);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stack_reaches_the_sums_of_its_parts_above_and_below_zero),
        cmocka_unit_test(bars_and_lines_reach_the_highest_and_lowest_of_them),
        cmocka_unit_test(a_bar_that_would_hide_the_others_is_cut_off),
        cmocka_unit_test(a_place_follows_from_the_axes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
