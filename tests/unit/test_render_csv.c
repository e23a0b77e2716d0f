/* test_render_csv.c - csv: quoting, exact numbers, text that no spreadsheet runs. */
#include "render_given.h"

#define TEXT "-- column: a text A\n"

/* One text cell beside an empty one, so that quoting shows and the row is never blank. */
static void assert_cell(const char *text, gboolean raw, const char *expected)
{
    const char *const texts[] = {text, ""};
    g_autofree char *line = g_strconcat("a,b\n", expected, ",\n", NULL);
    g_autofree char *csv =
        given_rendering("csv", (struct given_rows){TEXT "-- column: b text B\n", texts, 1, 0, raw});

    assert_string_equal(csv, line);
}

static void a_field_is_quoted_when_it_must_be_and_only_then(void **state)
{
    static const char *const cases[][2] = {
        {"plain", "plain"},
        {"", ""},
        {" blanks stay ", " blanks stay "},
        {"a,b", "\"a,b\""},
        {"a;b", "a;b"},
        {"say \"hi\"", "\"say \"\"hi\"\"\""},
        {"\"", "\"\"\"\""},
        {"ünïcödé 漢字", "ünïcödé 漢字"},
    };

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        assert_cell(cases[i][0], FALSE, cases[i][1]);
        assert_cell(cases[i][0], TRUE, cases[i][1]);
    }
}

static void text_that_would_be_a_formula_gets_an_apostrophe(void **state)
{
    static const char *const cases[][2] = {
        {"=1+1", "'=1+1"},
        {"+1", "'+1"},
        {"-5.00", "'-5.00"},
        {"@SUM(A1)", "'@SUM(A1)"},
        {"＝1+1", "'＝1+1"},
        {"＋1", "'＋1"},
        {"－1", "'－1"},
        {"＠SUM(A1)", "'＠SUM(A1)"},
        {"=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""},
        {"a=1", "a=1"},
        {"'=1", "'=1"},
        {"\t=1", "<U+0009>=1"},
        {"\r=1", "<U+000D>=1"},
        {"\xEF\xBB\xBF=1", "<U+FEFF>=1"},
    };

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_cell(cases[i][0], FALSE, cases[i][1]);
}

static void control_and_bidi_characters_are_spelt_out(void **state)
{
    (void)state;
    assert_cell("a\nb", FALSE, "a<U+000A>b");
    assert_cell("\x1b[31mred", FALSE, "<U+001B>[31mred");
    assert_cell("a\xE2\x80\xAE"
                "b",
                FALSE, "a<U+202E>b");
    assert_cell("zero\xE2\x80\x8Bwidth", FALSE, "zero<U+200B>width");
    assert_cell("line\xE2\x80\xA8"
                "end",
                FALSE, "line<U+2028>end");
    assert_cell("bad\xFF"
                "byte",
                FALSE,
                "bad\xEF\xBF\xBD"
                "byte");
}

static void raw_is_the_text_exactly(void **state)
{
    (void)state;
    assert_cell("=1+1", TRUE, "=1+1");
    assert_cell("＝1", TRUE, "＝1");
    assert_cell("a\nb", TRUE, "\"a\nb\"");
    assert_cell("a\rb", TRUE, "\"a\rb\"");
    assert_cell("\t=1", TRUE, "\t=1");
    assert_cell("a\xE2\x80\xAE"
                "b",
                TRUE,
                "a\xE2\x80\xAE"
                "b");
    assert_cell("\x1b[31mred", TRUE, "\x1b[31mred");
}

static void numbers_are_plain_decimals_and_never_neutralised(void **state)
{
    static const char *const texts[] = {"-1500000000 USD", "-1500000000 USD", "-42",
                                        "1793487600",      "750000",          "USD"};
    g_autofree char *csv =
        given_rendering("csv", (struct given_rows){"-- column: m money(currency) M\n"
                                                   "-- column: a amount(currency) A\n"
                                                   "-- column: i integer I\n"
                                                   "-- column: at instant At\n"
                                                   "-- column: s share S\n"
                                                   "-- column: currency text Cur\n",
                                                   texts, 1, 0, FALSE});

    (void)state;
    assert_string_equal(
        csv, "m,a,i,at,s,currency\n-1.500000000,-1.50,-42,2026-10-31T23:00:00Z,0.750000,USD\n");
}

static void an_amount_keeps_every_decimal_that_it_has(void **state)
{
    static const char *const texts[] = {"9223372036854775807 USD",
                                        "-9223372036854775808 USD",
                                        "USD",
                                        "1 USD",
                                        "5001000000 USD",
                                        "USD"};
    g_autofree char *csv =
        given_rendering("csv", (struct given_rows){"-- column: m money(currency) M\n"
                                                   "-- column: a amount(currency) A\n"
                                                   "-- column: currency text Cur\n",
                                                   texts, 2, 0, FALSE});

    (void)state;
    assert_string_equal(csv, "m,a,currency\n9223372036.854775807,-9223372036.854775808,USD\n"
                             "0.000000001,5.001,USD\n");
}

static void null_is_empty(void **state)
{
    static const char *const texts[] = {NULL, NULL, NULL, NULL, "USD"};
    g_autofree char *csv = given_rendering(
        "csv", (struct given_rows){"-- column: t text T\n-- column: m money(currency) M\n"
                                   "-- column: at instant At\n-- column: i integer I\n"
                                   "-- column: currency text Cur\n",
                                   texts, 1, 0, FALSE});

    (void)state;
    assert_string_equal(csv, "t,m,at,i,currency\n,,,,USD\n");
}

static void columns_for_data_and_below_are_columns_here(void **state)
{
    static const char *const texts[] = {"1", "2", "3"};
    g_autofree char *csv = given_rendering(
        "csv", (struct given_rows){"-- column: a text A data\n-- column: b text B below\n"
                                   "-- column: c text C wide\n",
                                   texts, 1, 1, FALSE});

    (void)state;
    assert_string_equal(csv, "a,b,c\n1,2,3\n");
}

static void no_rows_are_a_header_alone_and_a_row_is_never_a_blank_line(void **state)
{
    static const char *const texts[] = {"", NULL, "x"};
    g_autofree char *none = given_rendering("csv", (struct given_rows){TEXT, NULL, 0, 0, FALSE});
    g_autofree char *blank = given_rendering("csv", (struct given_rows){TEXT, texts, 3, 0, FALSE});

    (void)state;
    assert_string_equal(none, "a\n");
    assert_string_equal(blank, "a\n\"\"\n\"\"\nx\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_field_is_quoted_when_it_must_be_and_only_then),
        cmocka_unit_test(text_that_would_be_a_formula_gets_an_apostrophe),
        cmocka_unit_test(control_and_bidi_characters_are_spelt_out),
        cmocka_unit_test(raw_is_the_text_exactly),
        cmocka_unit_test(numbers_are_plain_decimals_and_never_neutralised),
        cmocka_unit_test(an_amount_keeps_every_decimal_that_it_has),
        cmocka_unit_test(null_is_empty),
        cmocka_unit_test(columns_for_data_and_below_are_columns_here),
        cmocka_unit_test(no_rows_are_a_header_alone_and_a_row_is_never_a_blank_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
