/* test_chart.c - what a report declares as its chart, and what its rows make of it. */
#include "chart_given.h"
#include "core/error.h"

static const struct chart_panel *panel_at(const struct chart *chart, guint index)
{
    return g_ptr_array_index(chart->panels, index);
}

static const struct chart_series *series_at(const struct chart_panel *panel, guint index)
{
    return g_ptr_array_index(panel->series, index);
}

static void a_declaration_names_columns_and_a_wrong_one_says_why(void **state)
{
    static const struct {
        const char *chart, *why;
    } wrong[] = {
        {"pie x=day y=cost", "\"pie x=day y=cost\" is no chart"},
        {"lines x=day y=cost colour=red", "\"colour=red\" is no part of a chart"},
        {"lines x=day y", "\"y\" is no part of a chart"},
        {"lines x=dya y=cost", "the chart's column \"dya\" is not declared"},
        {"lines x=day y=cost marks=cost,costs", "the chart's column \"costs\" is not declared"},
        {"lines x=day y=name", "\"name\" is no list of up to 4 columns of money in one currency"},
        {"lines x=day y=cost,tax", "\"cost,tax\" is no list of up to 4 columns of money"},
        {"lines x=day y=cost marks=cost,cost,cost,cost", "is no list of up to 3 columns"},
        {"lines x=day y=cost only=name", "\"name\" is no COLUMN:TEXT of a column of text"},
        {"lines x=day y=cost only=cost:1", "\"cost:1\" is no COLUMN:TEXT of a column of text"},
        {"lines x=name y=cost", "a chart needs x=, a day or month"},
        {"lines x=day", "a chart needs x=, a day or month"},
        {"lines y=cost", "a chart needs x=, a day or month"},
        {"stack x=day y=cost,cost series=name", "a chart needs x=, a day or month"},
        {"stack x=day y=cost label=name", "a chart needs x=, a day or month"},
        {"stack x=day y=cost marks=tax", "marks are in y's currency"},
    };

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autofree char *front = g_strconcat(
            RENDER_HEAD, "-- column: name text Name\n-- column: day day Day\n",
            "-- column: cost money(currency) Cost\n-- column: tax money(other) Tax\n",
            "-- column: currency text Cur\n-- column: other text Other\n-- chart: ", wrong[i].chart,
            "\nselect 1;\n", NULL);
        g_autoptr(GError) error = NULL;
        g_autoptr(Report) report = report_parse("reports/given.sql", front, &error);

        assert_null(report);
        assert_int_equal(error->code, TRUEUP_ERROR_INPUT);
        if (!g_str_has_prefix(error->message, "reports/given.sql:10: ") ||
            !strstr(error->message, wrong[i].why))
            fail_msg("%s: %s", wrong[i].chart, error->message);
    }
}

static void rows_become_series_by_currency_days_ascend_and_equal_places_are_summed(void **state)
{
    static const char *const texts[] = {
        "p1", "One", "2026-10-03", "5 USD",  "USD", "p2", "Two", "2026-10-01", "7 USD", "USD",
        "p1", "One", "2026-10-01", "-2 USD", "USD", "p1", "One", "2026-10-03", "1 USD", "USD",
        "p1", "One", "2026-10-02", "9 EUR",  "EUR", "p1", "One", NULL,         "9 USD", "USD",
        "p1", "One", "2026-10-09", NULL,     "USD",
    };
    g_autoptr(Report) report = given_report(SPEND_COLUMNS);
    g_autoptr(Chart) chart = given_chart(report, texts, 7);
    const struct chart_panel *euro = panel_at(chart, 0), *dollar = panel_at(chart, 1);

    (void)state;
    assert_false(chart_is_empty(chart));
    assert_int_equal(chart->panels->len, 2);
    assert_string_equal(euro->currency, "EUR");
    assert_string_equal(dollar->currency, "USD");
    assert_int_equal(chart->xs->len, 3);
    assert_string_equal(chart->xs->pdata[0], "2026-10-01");
    assert_string_equal(chart->xs->pdata[2], "2026-10-03");
    assert_int_equal(g_array_index(chart->units, int32_t, 2),
                     g_array_index(chart->units, int32_t, 0) + 2);
    /* One weighs 2 + 5 + 1, more than Two's 7. */
    assert_string_equal(series_at(dollar, 0)->label, "One");
    assert_int_equal(series_at(dollar, 0)->points[0].nanos, -2);
    assert_false(series_at(dollar, 0)->points[1].any);
    assert_int_equal(series_at(dollar, 0)->points[2].nanos, 6);
    assert_int_equal(series_at(dollar, 1)->points[0].nanos, 7);
    assert_int_equal(series_at(euro, 0)->points[1].nanos, 9);
}

static void of_many_series_the_largest_stay_and_the_others_are_one_that_says_so(void **state)
{
    g_autoptr(Report) report = given_report(SPEND_COLUMNS);
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Chart) chart = NULL;
    g_autoptr(Chart) seven = NULL;
    const struct chart_panel *panel;
    int64_t sum = 0;

    (void)state;
    for (int i = 1; i <= 100; i++) {
        g_ptr_array_add(texts, g_strdup_printf("p%03d", i));
        g_ptr_array_add(texts, g_strdup_printf("Project %d", i));
        g_ptr_array_add(texts, g_strdup("2026-10-01"));
        g_ptr_array_add(texts, g_strdup_printf("%d USD", i));
        g_ptr_array_add(texts, g_strdup("USD"));
    }
    chart = given_chart(report, (const char *const *)texts->pdata, 100);
    panel = panel_at(chart, 0);
    assert_int_equal(panel->series->len, CHART_SERIES + 1);
    assert_string_equal(series_at(panel, 0)->label, "Project 100");
    assert_string_equal(series_at(panel, CHART_SERIES)->label, "94 others");
    assert_int_equal(series_at(panel, CHART_SERIES)->folded, 94);
    for (guint i = 0; i < panel->series->len; i++)
        sum += series_at(panel, i)->points[0].nanos;
    assert_int_equal(sum, 5050);
    /* One other would take no less room than its name. */
    seven = given_chart(report, (const char *const *)texts->pdata, CHART_SERIES + 1);
    assert_string_equal(series_at(panel_at(seven, 0), CHART_SERIES)->label, "Project 1");
}

static void the_order_of_rows_changes_nothing(void **state)
{
    static const char *const texts[] = {
        "b", "B", "2026-10-01", "5 USD", "USD", "a", "A", "2026-10-02", "5 USD", "USD",
        "c", "C", "2026-10-03", "1 EUR", "EUR", "b", "B", "2026-10-01", "5 USD", "USD"};
    g_autoptr(Report) report = given_report(SPEND_COLUMNS);
    g_autoptr(Chart) first = given_chart(report, texts, 3);
    g_autoptr(Chart) second = given_chart(report, texts + 5, 3);
    g_autofree char *one = chart_description(first);
    g_autofree char *other = chart_description(second);

    (void)state;
    assert_string_equal(one, other);
    assert_string_equal(series_at(panel_at(first, 1), 0)->label, "A");
}

static void names_that_are_one_show_their_ids_and_none_says_so(void **state)
{
    static const char *const texts[] = {
        "p1", "Same", "2026-10-01", "3 USD", "USD", "p2",  "Same", "2026-10-01", "2 USD", "USD",
        "",   "",     "2026-10-01", "1 USD", "USD", "p\n", "",     "2026-10-01", "0 USD", "USD"};
    g_autoptr(Report) report = given_report(SPEND_COLUMNS);
    g_autoptr(Chart) chart = given_chart(report, texts, 4);
    const struct chart_panel *panel = panel_at(chart, 0);

    (void)state;
    assert_string_equal(series_at(panel, 0)->label, "Same (p1)");
    assert_string_equal(series_at(panel, 1)->label, "Same (p2)");
    assert_string_equal(series_at(panel, 2)->label, "(no Project)");
    assert_string_equal(series_at(panel, 3)->label, "p<U+000A>");
}

static void without_a_series_each_y_is_one_in_its_order_and_only_some_rows_count(void **state)
{
    static const char *const texts[] = {"a", "2026-10", "1 USD", "5 USD", "USD",
                                        "b", "2026-11", "2 USD", "9 USD", "USD",
                                        "a", "2026-12", "3 USD", "6 USD", "USD"};
    g_autoptr(Report) report =
        given_report("-- column: kind text Kind\n-- column: month month Month\n"
                     "-- column: least money(currency) Least\n"
                     "-- column: most money(currency) Most\n-- column: currency text Cur\n"
                     "-- chart: bars x=month y=least,most only=kind:a\n");
    g_autoptr(Chart) chart = given_chart(report, texts, 3);
    const struct chart_panel *panel = panel_at(chart, 0);

    (void)state;
    assert_int_equal(chart->xs->len, 2);
    assert_int_equal(g_array_index(chart->units, int32_t, 1), (2026 - 1970) * 12 + 11);
    assert_string_equal(series_at(panel, 0)->label, "Least");
    assert_int_equal(series_at(panel, 1)->points[1].nanos, 6);
}

static void no_row_is_an_empty_chart(void **state)
{
    g_autoptr(Report) report = given_report(SPEND_COLUMNS);
    g_autoptr(Chart) chart = given_chart(report, NULL, 0);
    g_autofree char *description = chart_description(chart);

    (void)state;
    assert_true(chart_is_empty(chart));
    assert_int_equal(chart->panels->len, 0);
    assert_string_equal(description, "There is nothing to draw.");
}

static void a_sum_out_of_range_is_refused_not_wrapped(void **state)
{
    static const char *const texts[] = {
        "a",
        "A",
        "2026-10-01",
        "9223372036854775807 USD",
        "USD",
        "b",
        "B",
        "2026-10-02",
        "9223372036854775807 USD",
        "USD",
        "c",
        "C",
        "2026-10-02",
        "1 USD",
        "USD",
    };
    g_autoptr(Report) report = given_report(SPEND_COLUMNS);
    g_autoptr(GError) error = NULL;
    g_autoptr(Chart) fits = given_chart(report, texts, 2);

    (void)state;
    assert_int_equal(series_at(panel_at(fits, 0), 0)->points[0].nanos, INT64_MAX);
    assert_null(try_chart(report, texts, 3, &error));
    assert_int_equal(error->code, TRUEUP_ERROR_INPUT);
    assert_true(
        g_str_has_prefix(error->message, "reports/given.sql: the chart's sum of 2026-10-02: "));
}

static void a_day_that_is_none_is_refused(void **state)
{
    static const char *const texts[] = {"a", "A", "2026-13-01", "1 USD", "USD"};
    g_autoptr(Report) report = given_report(SPEND_COLUMNS);
    g_autoptr(GError) error = NULL;

    (void)state;
    assert_null(try_chart(report, texts, 1, &error));
    assert_true(g_str_has_prefix(error->message, "reports/given.sql: the chart's \"2026-13-01\" "));
}

static void the_description_of_lines_tells_ends_extremes_marks_and_days_below_zero(void **state)
{
    static const char *const texts[] = {
        "A",
        "2026-10-01",
        "5000000000 USD",
        "5000000000 USD",
        "0 USD",
        "0 USD",
        "USD",
        "A",
        "2026-10-02",
        "-1500000000 USD",
        "0 USD",
        "0 USD",
        "1500000000 USD",
        "USD",
        "A",
        "2026-10-03",
        "2000000000 USD",
        "4000000000 USD",
        "500000000 USD",
        "0 USD",
        "USD",
    };
    g_autoptr(Report) report = given_report(BALANCE_COLUMNS);
    g_autoptr(Chart) chart = given_chart(report, texts, 3);
    g_autofree char *description = chart_description(chart);

    (void)state;
    assert_string_equal(
        description,
        "Lines of Balance in USD, 2026-10-01 to 2026-10-03, by Organization.\nA: 5.00 on "
        "2026-10-01, 2.00 on 2026-10-03; lowest -1.50 on 2026-10-02, highest 5.00 on 2026-10-01; "
        "below zero on 1 of 3; Top-ups on 2 days, 9.00; Expired on 1 day, 0.50.");
}

static void the_description_of_bars_tells_sums_and_the_most(void **state)
{
    static const char *const texts[] = {
        "a", "A", "2026-10-01", "9223372036854775807 USD", "USD",
        "a", "A", "2026-10-02", "9223372036854775807 USD", "USD",
        "a", "A", "2026-10-02", "1000000000 EUR",          "EUR",
    };
    g_autoptr(Report) report = given_report(SPEND_COLUMNS);
    g_autoptr(Chart) chart = given_chart(report, texts, 3);
    g_autofree char *description = chart_description(chart);

    (void)state;
    assert_string_equal(
        description,
        "Stacked bars of Cost in EUR, 2026-10-01 to 2026-10-02, by Project.\nA: 1.00 in all, at "
        "most 1.00 (2026-10-02).\n"
        "Stacked bars of Cost in USD, 2026-10-01 to 2026-10-02, by Project.\nA: "
        "18446744073.709551614 in all, at most 9,223,372,036.85 (2026-10-01).");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_declaration_names_columns_and_a_wrong_one_says_why),
        cmocka_unit_test(rows_become_series_by_currency_days_ascend_and_equal_places_are_summed),
        cmocka_unit_test(of_many_series_the_largest_stay_and_the_others_are_one_that_says_so),
        cmocka_unit_test(the_order_of_rows_changes_nothing),
        cmocka_unit_test(names_that_are_one_show_their_ids_and_none_says_so),
        cmocka_unit_test(without_a_series_each_y_is_one_in_its_order_and_only_some_rows_count),
        cmocka_unit_test(no_row_is_an_empty_chart),
        cmocka_unit_test(a_sum_out_of_range_is_refused_not_wrapped),
        cmocka_unit_test(a_day_that_is_none_is_refused),
        cmocka_unit_test(the_description_of_lines_tells_ends_extremes_marks_and_days_below_zero),
        cmocka_unit_test(the_description_of_bars_tells_sums_and_the_most),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
