/* test_xlsx_chart.c - a workbook's own charts: over ranges of numbers, which stand beside them. */
#include "chart_given.h"
#include "xlsx_part.h"

static void render(GString *out, const char *columns, const char *const *texts, guint row_count)
{
    g_autoptr(GError) error = NULL;

    if (!given_render("xlsx", (struct given_rows){columns, texts, row_count, 0, FALSE}, out,
                      &error))
        fail_msg("%s", error->message);
}

static void assert_has(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("%s\nis not in\n%s", part, text);
}

static guint count_of(const char *text, const char *part)
{
    guint count = 0;

    for (const char *at = strstr(text, part); at; at = strstr(at + 1, part))
        count++;
    return count;
}

static void lines_have_a_row_a_day_and_marks_of_their_own(void **state)
{
    static const char *const texts[] = {
        "org-a",
        "2026-10-01",
        "5000000000 USD",
        "5000000000 USD",
        NULL,
        NULL,
        "USD",
        "org-a",
        "2026-10-03",
        "-1500000000 USD",
        NULL,
        NULL,
        "1500000000 USD",
        "USD",
        "org-b",
        "2026-10-03",
        "7000000000 USD",
        "7000000000 USD",
        NULL,
        NULL,
        "USD",
    };
    g_autoptr(GString) book = g_string_new(NULL);
    g_autofree char *names = NULL, *sheet = NULL, *chart = NULL, *summary = NULL;

    (void)state;
    render(book, BALANCE_COLUMNS, texts, 3);
    names = xlsx_part(book, "xl/workbook.xml");
    summary = xlsx_part(book, "xl/worksheets/sheet1.xml");
    sheet = xlsx_part(book, "xl/worksheets/sheet3.xml");
    chart = xlsx_part(book, "xl/charts/chart1.xml");
    assert_has(names, "<sheet name=\"given chart\"");
    assert_string(summary, "A6", "given chart");
    assert_string(sheet, "A23", "Day");
    assert_string(sheet, "B23", "org-b");
    assert_string(sheet, "C23", "org-a");
    assert_string(sheet, "D23", "Top-ups: org-b");
    assert_string(sheet, "E23", "Top-ups: org-a");
    assert_string(sheet, "A24", "2026-10-01");
    assert_number(sheet, "C24", "5");
    assert_string(sheet, "A25", "2026-10-02");
    assert_null(strstr(sheet, "<c r=\"C25\""));
    assert_number(sheet, "B26", "7");
    assert_number(sheet, "C26", "-1.5");
    assert_number(sheet, "D26", "7");
    assert_null(strstr(sheet, "<c r=\"E26\""));
    assert_has(chart, "<c:lineChart>");
    assert_has(chart, "<c:f>'given chart'!$C$24:$C$26</c:f>");
    assert_has(chart, "<c:cat><c:strRef><c:f>'given chart'!$A$24:$A$26</c:f>");
    assert_int_equal(count_of(chart, "<c:ser>"), 4);
    assert_int_equal(count_of(chart, "<c:legendEntry>"), 1); /* the second that says Top-ups */
    assert_has(chart, "<a:t>Title, USD</a:t>");
}

static void currencies_have_charts_of_their_own_one_below_the_other(void **state)
{
    static const char *const texts[] = {
        "p", "=1+1", "2026-10-01", "5000000000 USD", "USD",
        "p", "=1+1", "2026-10-01", "9000000000 JPY", "JPY",
    };
    g_autoptr(GString) book = g_string_new(NULL);
    g_autofree char *sheet = NULL, *first = NULL, *second = NULL;

    (void)state;
    render(book, SPEND_COLUMNS, texts, 2);
    sheet = xlsx_part(book, "xl/worksheets/sheet3.xml");
    first = xlsx_part(book, "xl/charts/chart1.xml");
    second = xlsx_part(book, "xl/charts/chart2.xml");
    assert_string(sheet, "B23", "=1+1");
    assert_number(sheet, "B24", "9");
    assert_string(sheet, "A48", "Day");
    assert_number(sheet, "B49", "5");
    assert_has(first, "<a:t>Title, JPY</a:t>");
    assert_has(first, "<c:grouping val=\"stacked\"/>");
    assert_has(second, "<c:val><c:numRef><c:f>'given chart'!$B$49</c:f>");
    assert_has(second, "<c:f>'given chart'!$B$48</c:f>"); /* names are cells, never formulas */
}

static void a_chart_without_a_point_has_no_sheet(void **state)
{
    g_autoptr(GString) book = g_string_new(NULL);
    g_autofree char *names = NULL;

    (void)state;
    render(book, SPEND_COLUMNS, NULL, 0);
    names = xlsx_part(book, "xl/workbook.xml");
    assert_null(strstr(names, "chart"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_have_a_row_a_day_and_marks_of_their_own),
        cmocka_unit_test(currencies_have_charts_of_their_own_one_below_the_other),
        cmocka_unit_test(a_chart_without_a_point_has_no_sheet),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
