/* test_chart_draw.c - charts are drawn whatever they hold, and the same every time. */
#include "chart_given.h"
#include "report/chart_draw.h"

/* Names that want to break a chart, and money at the ends of its range. */
static const char *const hostile[] = {
    "\xE2\x80\xAE\x1B[31m<script>&\"'",
    "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x83\x97\xE3\x83\xAD\xE3\x82\xB8\xE3\x82\xA7",
    "\xD7\xA4\xD7\xA8\xD7\x95\xD7\x99\xD7\xA7\xD7\x98 \xD8\xB9\xD8\xB1\xD8\xA8\xD9\x8A",
    "Z\xCC\x81\xCC\x82\xCC\x83\xCC\x84\xCC\x85\xCC\x86\xCC\x87\xCC\x88\xCC\x89\xCC\x8A",
    "",
};

static char *svg_of(const struct chart *chart)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(PangoLayout) layout = typeface_layout(TYPEFACE_FOLDER, &error);

    if (!layout)
        fail_msg("%s", error->message);
    return chart_svg(chart, layout, 720, 10, &chart_light);
}

static void assert_drawn(const char *columns, const char *const *texts, guint rows)
{
    g_autoptr(Report) report = given_report(columns);
    g_autoptr(Chart) chart = given_chart(report, texts, rows);
    g_autofree char *svg = svg_of(chart);
    g_autofree char *again = svg_of(chart);

    assert_true(g_str_has_prefix(svg, "<?xml"));
    assert_true(g_str_has_suffix(svg, "</svg>\n"));
    assert_null(strstr(svg, "<script"));
    assert_null(strstr(svg, "<text"));
    assert_null(strstr(svg, "nan"));
    assert_null(strstr(svg, "inf"));
    assert_string_equal(svg, again);
}

static void any_names_and_any_money_are_drawn_the_same_every_time(void **state)
{
    static const char *const money[] = {"9223372036854775807 USD", "-9223372036854775807 USD",
                                        "0 USD", "1 USD", "-1 USD"};
    static const char *const days[] = {"1970-01-01", "2199-12-31", "2000-02-29", "2026-10-01",
                                       "2026-10-01"};
    g_autofree char *longest = g_strnfill(5000, 'W');
    const char *texts[5 * 5];

    (void)state;
    for (guint i = 0; i < 5; i++) {
        const char *row[] = {hostile[i], i == 0 ? longest : hostile[i], days[i], money[i], "USD"};

        memcpy(texts + 5 * (gsize)i, row, sizeof row);
    }
    assert_drawn(SPEND_COLUMNS, texts, 5);
}

static void one_point_no_point_and_nothing_but_zero_are_drawn(void **state)
{
    static const char *const texts[] = {"a", "2026-10-01", "0 USD", "0 USD", "0 USD", NULL, "USD"};
    static const char *const spend[] = {"a", "A", "2026-10-01", "5000000000 USD", "USD"};

    (void)state;
    assert_drawn(BALANCE_COLUMNS, texts, 1);
    assert_drawn(BALANCE_COLUMNS, NULL, 0);
    assert_drawn(SPEND_COLUMNS, spend, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_names_and_any_money_are_drawn_the_same_every_time),
        cmocka_unit_test(one_point_no_point_and_nothing_but_zero_are_drawn),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
