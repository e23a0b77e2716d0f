/* test_render_xlsx.c - xlsx: numbers and dates as such, text as nothing but text. */
#include "render_given.h"
#include "report/xlsx_whole.h"
#include "xlsx_part.h"

#define COLUMNS                                                                                    \
    "-- column: m money(currency) M total\n"                                                       \
    "-- column: a amount(currency) A\n"                                                            \
    "-- column: e money(currency) E exact\n"                                                       \
    "-- column: i integer I\n"                                                                     \
    "-- column: at instant At\n"                                                                   \
    "-- column: s share S\n"                                                                       \
    "-- column: t text T\n"                                                                        \
    "-- column: d day D data\n"                                                                    \
    "-- column: o month O\n"                                                                       \
    "-- column: currency text Cur\n"
#define COLUMN_COUNT 10

static void render(GString *out, const char *columns, const char *const *texts, guint row_count)
{
    g_autoptr(GError) error = NULL;

    if (!given_render("xlsx", (struct given_rows){columns, texts, row_count, 0, FALSE}, out,
                      &error))
        fail_msg("%s", error->message);
}

static void assert_format(const GString *book, const char *sheet, const char *place,
                          const char *expected)
{
    g_autofree char *format = xlsx_number_format(book, sheet, place);

    assert_string_equal(format, expected);
}

static void numbers_and_dates_are_what_they_are(void **state)
{
    static const char *const texts[] = {
        "137500000000 USD",
        "-1500000000 USD",
        "123456789 USD",
        "-42",
        "1793478600",
        "333333",
        "0042",
        "2026-10-31",
        "2026-10",
        "USD",
        "79999123456789 JPY",
        "1000000000 JPY",
        "2000000000 JPY",
        "9007199254740993",
        "0",
        "1000000",
        "=1+1",
        "1899-12-31",
        "soon",
        "JPY",
    };
    g_autoptr(GString) book = g_string_new(NULL);
    g_autofree char *sheet = NULL;

    (void)state;
    render(book, COLUMNS, texts, 2);
    sheet = xlsx_part(book, "xl/worksheets/sheet2.xml");
    assert_number(sheet, "A2", "137.5");
    assert_number(sheet, "B2", "-1.5");
    assert_number(sheet, "C2", "0.123456789");
    assert_number(sheet, "D2", "-42");
    assert_number(sheet, "E2", "46326.85416666666"); /* 2026-10-31T20:30:00Z */
    assert_number(sheet, "F2", "0.333333");
    assert_string(sheet, "G2", "0042");
    assert_number(sheet, "H2", "46326");
    assert_number(sheet, "I2", "46296");
    assert_string(sheet, "J2", "USD");
    assert_number(sheet, "A3", "79999.12345678901"); /* the double next to …789 */
    assert_number(sheet, "E3", "25569");
    assert_number(sheet, "F3", "1");
    assert_string(sheet, "G3", "=1+1");
    assert_string(sheet, "H3", "1899-12-31");
    assert_string(sheet, "I3", "soon");
    assert_true(g_ascii_strtod("79999.12345678901", NULL) ==
                g_ascii_strtod("79999.123456789", NULL));
}

static void numbers_are_shown_as_their_currency_and_kind_ask(void **state)
{
    static const char *const texts[] = {
        "137123456789 USD",
        "1500000000 USD",
        "123456789 USD",
        "1",
        "0",
        "1",
        "t",
        "2026-10-31",
        "2026-10",
        "USD", /* JPY */
        "1000000000 JPY",
        "1500000000 JPY",
        "2000000000 JPY",
        "1",
        "0",
        "1",
        "t",
        "",
        "",
        "JPY",
        /* KWD */
        "1000000000 KWD",
        "1500000000 KWD",
        "2000000000 KWD",
        "1",
        "0",
        "1",
        "t",
        "",
        "",
        "KWD",
    };
    static const struct {
        const char *place, *format;
    } cases[] = {
        {"A2", "#,##0.00_);[Red]-#,##0.00_)"},
        {"B2", "#,##0.00_);[Red]-#,##0.00_)"},
        {"C2", "#,##0.00???????_);[Red]-#,##0.00???????_)"},
        {"D2", "#,##0_);[Red]-#,##0_)"},
        {"E2", "yyyy-mm-dd hh:mm:ss"},
        {"F2", "0.00%_)"},
        {"G2", "49"}, /* text, which stays text when someone edits it */
        {"H2", "yyyy-mm-dd"},
        {"I2", "yyyy-mm"},
        {"A3", "#,##0_);[Red]-#,##0_)"},
        {"B3", "#,##0.00???????_);[Red]-#,##0.00???????_)"}, /* an amount that has more says so */
        {"C3", "#,##0_);[Red]-#,##0_)"},
        {"A4", "#,##0.000_);[Red]-#,##0.000_)"},
        {"C4", "#,##0.000??????_);[Red]-#,##0.000??????_)"},
    };
    g_autoptr(GString) book = g_string_new(NULL);
    g_autofree char *sheet = NULL;

    (void)state;
    render(book, COLUMNS, texts, G_N_ELEMENTS(texts) / COLUMN_COUNT);
    sheet = xlsx_part(book, "xl/worksheets/sheet2.xml");
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_format(book, sheet, cases[i].place, cases[i].format);
}

static void absent_cells_are_not_there(void **state)
{
    static const char *const texts[] = {NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL};
    g_autoptr(GString) book = g_string_new(NULL);
    g_autofree char *sheet = NULL;

    (void)state;
    render(book, COLUMNS, texts, 1);
    sheet = xlsx_part(book, "xl/worksheets/sheet2.xml");
    assert_non_null(strstr(sheet, "<c r=\"A1\""));
    assert_null(strstr(sheet, "<row r=\"2\""));
}

static void text_is_nothing_but_text(void **state)
{
    static const struct {
        const char *text, *xml;
    } cases[] = {
        {"=1+1", "=1+1"},
        {"@SUM(A1)", "@SUM(A1)"},
        {"https://example.org", "https://example.org"},
        {"0042", "0042"},
        {"_x000D_", "_x005F_x000D_"},
        {"_x0041_x0042_", "_x005F_x0041_x005F_x0042_"},
        {"<b>&\"", "&lt;b&gt;&amp;\""},
        {"a\033[31mb\r\n", "a&lt;U+001B&gt;[31mb&lt;U+000D&gt;&lt;U+000A&gt;"},
        {"no\xef\xbf\xbf", "no&lt;U+FFFF&gt;"},
        {"bad\xff", "bad\xef\xbf\xbd"},
    };
    const char *texts[G_N_ELEMENTS(cases)];
    g_autoptr(GString) book = g_string_new(NULL);
    g_autofree char *sheet = NULL;

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        texts[i] = cases[i].text;
    render(book, "-- column: t text T\n", texts, G_N_ELEMENTS(cases));
    sheet = xlsx_part(book, "xl/worksheets/sheet2.xml");
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *place = g_strdup_printf("A%" G_GSIZE_FORMAT, i + 2);

        assert_string(sheet, place, cases[i].xml);
    }
    assert_null(strstr(sheet, "<f>"));
    assert_null(strstr(sheet, "<hyperlink"));
}

static void what_does_not_fit_is_told_on_the_summary(void **state)
{
    g_autofree char *longest = g_strnfill(32767, 'a'), *longer = g_strnfill(32768, 'b');
    const char *const texts[] = {longest, "999999999999999 USD",  "USD",
                                 longer,  "9007199254740993 USD", "USD"};
    g_autoptr(GString) book = g_string_new(NULL);
    g_autofree char *summary = NULL, *sheet = NULL;

    (void)state;
    render(book,
           "-- column: t text T\n-- column: m money(currency) M\n-- column: currency text Cur\n",
           texts, 2);
    sheet = xlsx_part(book, "xl/worksheets/sheet2.xml");
    summary = xlsx_part(book, "xl/worksheets/sheet1.xml");
    assert_non_null(strstr(sheet, longest));
    assert_null(strstr(sheet, longer));
    assert_non_null(strstr(sheet, "bbb…</t>"));
    assert_non_null(strstr(summary, ">cut</t>"));
    assert_non_null(strstr(summary,
                           ">1 text of the sheet given ends with \"…\" where a cell is full "
                           "(32767 characters); csv has it whole</t>"));
    assert_non_null(strstr(summary, ">1 number of the sheet given to 15 digits, as many as a "
                                    "spreadsheet keeps; csv has all</t>"));
}

static void the_summary_holds_title_contents_and_totals_without_formulas(void **state)
{
    static const char *const texts[] = {
        "100000000 USD", NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, "USD",
        "200000000 USD", NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, "USD",
    };
    g_autoptr(GString) book = g_string_new(NULL);
    g_autofree char *summary = NULL, *names = NULL;

    (void)state;
    render(book, COLUMNS, texts, 2);
    names = xlsx_part(book, "xl/workbook.xml");
    summary = xlsx_part(book, "xl/worksheets/sheet1.xml");
    assert_non_null(strstr(names, "<sheet name=\"Summary\""));
    assert_non_null(strstr(names, "<sheet name=\"given\""));
    assert_string(summary, "A1", "Title");
    assert_string(summary, "A5", "given");
    assert_string(summary, "B5", "Title: Summary.");
    assert_number(summary, "D5", "2");
    assert_string(summary, "B8", "M");
    assert_string(summary, "C8", "USD");
    assert_number(summary, "D8", "0.3");
    assert_null(strstr(summary, "<f>"));
}

static void a_table_stays_in_sight_is_filtered_and_prints_its_header_again(void **state)
{
    static const char *const texts[] = {"a", "b"};
    g_autoptr(GString) book = g_string_new(NULL);
    g_autofree char *names = NULL, *sheet = NULL;

    (void)state;
    render(book, "-- column: t text T\n-- column: u text U data\n", texts, 1);
    sheet = xlsx_part(book, "xl/worksheets/sheet2.xml");
    names = xlsx_part(book, "xl/workbook.xml");
    assert_non_null(strstr(sheet, "<pane ySplit=\"1\" topLeftCell=\"A2\""));
    assert_non_null(strstr(sheet, "<autoFilter ref=\"A1:B2\"/>"));
    assert_non_null(strstr(sheet, "orientation=\"landscape\""));
    assert_non_null(strstr(sheet, "fitToPage=\"1\""));
    assert_non_null(strstr(sheet, "hidden=\"1\" customWidth=\"1\" outlineLevel=\"1\""));
    assert_non_null(strstr(sheet, "Page &amp;P of &amp;N"));
    assert_non_null(strstr(names, "Print_Titles"));
}

static void the_same_rows_make_the_same_bytes(void **state)
{
    static const char *const texts[] = {"a"};
    g_autoptr(GString) first = g_string_new(NULL), second = g_string_new(NULL);
    g_autofree char *core = NULL;

    (void)state;
    render(first, "-- column: t text T\n", texts, 1);
    render(second, "-- column: t text T\n", texts, 1);
    assert_true(g_string_equal(first, second));
    core = xlsx_part(first, "docProps/core.xml");
    assert_non_null(strstr(core, ">1980-01-01T00:00:00Z</dcterms:created>"));
}

static void more_rows_than_a_sheet_holds_are_refused(void **state)
{
    g_autofree const char **texts = g_new(const char *, 1048576);
    g_autoptr(GString) book = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    struct given_rows given = {"-- column: t text T\n", texts, 1048576, 0, FALSE};

    (void)state;
    for (guint i = 0; i < given.row_count; i++)
        texts[i] = NULL;
    assert_false(given_render("xlsx", given, book, &error));
    assert_string_equal(error->message,
                        "report given has more rows than the 1048575 that a sheet holds\n"
                        "hint: name fewer days by --from and --until, or take --format csv");
    assert_int_equal(book->len, 0);
    given.row_count--;
    g_clear_error(&error);
    assert_true(given_render("xlsx", given, book, &error));
}

static void a_file_that_lost_a_cell_or_an_end_is_not_whole(void **state)
{
    static const char *const texts[] = {"a", "b"};
    g_autoptr(GString) book = g_string_new(NULL);
    guint64 cell_count = 0;

    (void)state;
    render(book, "-- column: t text T\n", texts, 2);
    while (!xlsx_is_whole(book->str, book->len, cell_count) && cell_count < 1000)
        cell_count++;
    assert_in_range(cell_count, 3, 999);
    assert_false(xlsx_is_whole(book->str, book->len, cell_count + 1));
    for (gsize len = 0; len < book->len; len++)
        assert_false(xlsx_is_whole(book->str, len, cell_count));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_and_dates_are_what_they_are),
        cmocka_unit_test(numbers_are_shown_as_their_currency_and_kind_ask),
        cmocka_unit_test(absent_cells_are_not_there),
        cmocka_unit_test(text_is_nothing_but_text),
        cmocka_unit_test(what_does_not_fit_is_told_on_the_summary),
        cmocka_unit_test(the_summary_holds_title_contents_and_totals_without_formulas),
        cmocka_unit_test(a_table_stays_in_sight_is_filtered_and_prints_its_header_again),
        cmocka_unit_test(the_same_rows_make_the_same_bytes),
        cmocka_unit_test(more_rows_than_a_sheet_holds_are_refused),
        cmocka_unit_test(a_file_that_lost_a_cell_or_an_end_is_not_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
