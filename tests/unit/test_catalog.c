/* test_catalog.c - what a report's file declares, and how a wrong one is refused. */
#include "core/asset.h"
#include "core/error.h"
#include "report/catalog.h"
#include "test.h"

#define HEAD                                                                                       \
    "-- title: Spend\n-- summary: What it cost.\n-- formats: csv\n"                                \
    "-- column: cost money(currency) Cost total\n-- column: currency text Cur\n"
#define QUOTIENT_HINT                                                                              \
    "hint: quotient(COLUMN,COLUMN), and for so many of the second quotient(COLUMN,COLUMN,NUMBER)," \
    " once and without blanks"
#define BODY "select 1 as cost, 'USD' as currency;\n"

static Report *parse(const char *asset, const char *text)
{
    g_autoptr(GError) error = NULL;
    Report *report = report_parse(asset, text, &error);

    if (!report)
        fail_msg("%s", error->message);
    return report;
}

static void assert_refused(const char *asset, const char *text, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Report) report = report_parse(asset, text, &error);

    assert_null(report);
    assert_string_equal(error->message, expected);
    assert_int_equal(error_exit_code(error), TRUEUP_ERROR_INPUT);
}

static void front_matter_is_read_whole(void **state)
{
    g_autoptr(Report) report =
        parse("reports/spend.sql", "-- title:   Spend by project\n"
                                   "-- summary: What each cost: per month.\n"
                                   "-- by:      month project\n"
                                   "-- param:   org from until\r\n"
                                   "--\n"
                                   "-- column:  project_name  text  Name_of_it  wide\n"
                                   "-- column:  cost\tmoney(currency)  Cost  total exact\n"
                                   "-- column:  note  text  Note  below\n"
                                   "-- column:  currency  text  Cur  data\n"
                                   "-- totals:  is_paid   what was paid\n"
                                   "-- formats: table csv json\n"
                                   "select 1;\n-- title: not any more\n");
    const struct column *name = g_ptr_array_index(report->columns, 0);
    const struct column *cost = g_ptr_array_index(report->columns, 1);
    const struct column *note = g_ptr_array_index(report->columns, 2);
    const struct column *currency = g_ptr_array_index(report->columns, 3);

    (void)state;
    assert_string_equal(report->name, "spend");
    assert_string_equal(report->by, "");
    assert_int_equal(report->grains->len, 2);
    assert_string_equal(g_ptr_array_index(report->grains, 0), "month");
    assert_string_equal(g_ptr_array_index(report->grains, 1), "project");
    assert_string_equal(report->title, "Spend by project");
    assert_string_equal(report->summary, "What each cost: per month.");
    assert_int_equal(report->parameters->len, 3);
    assert_string_equal(g_ptr_array_index(report->parameters, 2), "until");
    assert_int_equal(report->formats->len, 3);
    assert_int_equal(report->columns->len, 4);
    assert_string_equal(name->heading, "Name of it");
    assert_int_equal(name->type, COLUMN_TEXT);
    assert_true(name->wide && !name->total && !name->data && !name->below && !name->exact);
    assert_int_equal(cost->type, COLUMN_MONEY);
    assert_string_equal(cost->currency, "currency");
    assert_true(cost->total && cost->exact && !cost->wide);
    assert_true(note->below);
    assert_true(currency->data);
    assert_string_equal(report->counted, "is_paid");
    assert_string_equal(report->counted_what, "what was paid");
}

static void a_quotient_names_what_is_divided_and_for_how_many(void **state)
{
    g_autoptr(Report) report =
        parse("reports/x.sql", HEAD "-- column: share share Share wide quotient(cost,all)\n"
                                    "-- column: price money(currency) Price quotient(cost,n,1000)\n"
                                    "select 1;\n");
    const struct column *cost = g_ptr_array_index(report->columns, 0);
    const struct column *share = g_ptr_array_index(report->columns, 2);
    const struct column *price = g_ptr_array_index(report->columns, 3);

    (void)state;
    assert_null(cost->numerator);
    assert_string_equal(share->numerator, "cost");
    assert_string_equal(share->denominator, "all");
    assert_int_equal(share->per, 1);
    assert_true(share->wide);
    assert_string_equal(price->numerator, "cost");
    assert_string_equal(price->denominator, "n");
    assert_int_equal(price->per, 1000);
}

static void a_grain_stands_in_the_files_name(void **state)
{
    g_autoptr(Report) report = parse("reports/spend.line_item.sql", HEAD BODY);

    (void)state;
    assert_string_equal(report->name, "spend");
    assert_string_equal(report->by, "line_item");
    assert_refused(
        "reports/spend.by.day.sql", HEAD BODY,
        "reports/spend.by.day.sql: a report's file is called NAME.sql or NAME.GRAIN.sql");
}

static void every_type_is_known_by_its_name(void **state)
{
    static const struct {
        const char *text;
        enum column_type type;
    } cases[] = {
        {"text", COLUMN_TEXT},
        {"integer", COLUMN_INTEGER},
        {"day", COLUMN_DAY},
        {"month", COLUMN_MONTH},
        {"instant", COLUMN_INSTANT},
        {"money(currency)", COLUMN_MONEY},
        {"amount(currency)", COLUMN_AMOUNT},
        {"share", COLUMN_SHARE},
    };

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strdup_printf(HEAD "-- column: x %s X\n" BODY, cases[i].text);
        g_autoptr(Report) report = parse("reports/x.sql", text);
        const struct column *column = g_ptr_array_index(report->columns, 2);

        assert_int_equal(column->type, cases[i].type);
    }
}

/* One line is wrong; the message names it. */
static void a_wrong_line_is_named_with_its_reason(void **state)
{
    static const struct {
        const char *line, *why;
    } cases[] = {
        {"-- just words", "is no \"-- key: value\" line"},
        {"-- colour: red", "\"colour\" is no entry of a report\n"
                           "hint: title, summary, files, by, param, column, totals, blocks, needs, "
                           "chart, evidence, formats"},
        {"-- files: cost clouds", "\"clouds\" is no kind of files that reports are made of"},
        {"-- : red", "\"\" is no entry of a report\n"
                     "hint: title, summary, files, by, param, column, totals, blocks, needs, "
                     "chart, evidence, formats"},
        {"-- param:", "\"param\" says nothing"},
        {"-- column: ", "\"column\" says nothing"},
        {"-- title: Again", "\"title\" stands twice"},
        {"-- summary: Again", "\"summary\" stands twice"},
        {"-- formats: json", "\"formats\" stands twice"},
        {"-- column: x text", "a column needs a name, a type and a heading"},
        {"-- column: cost text Cost", "the column \"cost\" is declared twice"},
        {"-- column: x texts X", "\"texts\" is no column type\nhint: text, integer, day, month, "
                                 "instant, share, money(CURRENCY COLUMN), amount(CURRENCY COLUMN)"},
        {"-- column: x money X", "\"money\" is no column type\nhint: text, integer, day, month, "
                                 "instant, share, money(CURRENCY COLUMN), amount(CURRENCY COLUMN)"},
        {"-- column: x money() X",
         "\"money()\" is no column type\nhint: text, integer, day, month, "
         "instant, share, money(CURRENCY COLUMN), amount(CURRENCY COLUMN)"},
        {"-- column: x day(a) X",
         "\"day(a)\" is no column type\nhint: text, integer, day, month, "
         "instant, share, money(CURRENCY COLUMN), amount(CURRENCY COLUMN)"},
        {"-- column: x amount(a X", "\"amount(a\" is no column type\nhint: text, integer, day, "
                                    "month, instant, share, money(CURRENCY COLUMN), "
                                    "amount(CURRENCY COLUMN)"},
        {"-- column: x text X bold",
         "\"bold\" is no column flag\nhint: total, data, wide, exact, below, "
         "quotient(COLUMN,COLUMN)"},
        {"-- column: x share X quotient", "\"quotient\" is no quotient\n" QUOTIENT_HINT},
        {"-- column: x share X quotient(a,b", "\"quotient(a,b\" is no quotient\n" QUOTIENT_HINT},
        {"-- column: x share X quotient(a)", "\"quotient(a)\" is no quotient\n" QUOTIENT_HINT},
        {"-- column: x share X quotient(a,)", "\"quotient(a,)\" is no quotient\n" QUOTIENT_HINT},
        {"-- column: x share X quotient(,b)", "\"quotient(,b)\" is no quotient\n" QUOTIENT_HINT},
        {"-- column: x share X quotient(a,b,0)",
         "\"quotient(a,b,0)\" is no quotient\n" QUOTIENT_HINT},
        {"-- column: x share X quotient(a,b,1.5)",
         "\"quotient(a,b,1.5)\" is no quotient\n" QUOTIENT_HINT},
        {"-- column: x share X quotient(a,b,1000000000001)",
         "\"quotient(a,b,1000000000001)\" is no quotient\n" QUOTIENT_HINT},
        {"-- column: x share X quotient(a,b,1,2)",
         "\"quotient(a,b,1,2)\" is no quotient\n" QUOTIENT_HINT},
        {"-- column: x share X quotient(a,b) quotient(a,c)",
         "\"quotient(a,c)\" is no quotient\n" QUOTIENT_HINT},
        {"-- column: x day X quotient(a,b)", "the column \"x\" is no number, so it is no quotient"},
        {"-- column: x money(currency) X quotient(a,b) total",
         "the column \"x\" is a quotient, so it has no total"},
        {"-- column: x integer X total", "the column \"x\" is no money, so it has no total"},
        {"-- param: org form",
         "\"form\" is no option of reports\nhint: org, project, from, until, as-of, policy, card"},
        {"-- needs: books", "\"books\" is nothing that a report can need\nhint: close or doctor"},
        {"-- totals: is_paid", "totals need a column and words for the rows where it is 1"},
    };

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strdup_printf(HEAD "%s\n" BODY, cases[i].line);
        g_autofree char *expected = g_strdup_printf("reports/x.sql:6: %s", cases[i].why);

        assert_refused("reports/x.sql", text, expected);
    }
}

static void a_format_that_nothing_renders_is_refused(void **state)
{
    (void)state;
    assert_refused("reports/x.sql",
                   "-- title: X\n-- summary: X.\n-- formats: csv carrier-pigeon\n"
                   "-- column: x text X\nselect 1 as x;\n",
                   "reports/x.sql:3: \"carrier-pigeon\" is no format of reports");
}

static void a_file_that_lacks_something_is_refused(void **state)
{
    static const char *const texts[] = {
        "",
        "select 1;\n",
        "-- summary: X.\n-- formats: csv\n-- column: x text X\nselect 1;\n",
        "-- title: X\n-- formats: csv\n-- column: x text X\nselect 1;\n",
        "-- title: X\n-- summary: X.\n-- column: x text X\nselect 1;\n",
        "-- title: X\n-- summary: X.\n-- formats: csv\nselect 1;\n",
        "\n-- title: X\n-- summary: X.\n-- formats: csv\n-- column: x text X\nselect 1;\n",
    };

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        assert_refused("reports/x.sql", texts[i],
                       "reports/x.sql: title, summary, formats and at least one column are needed");
    assert_refused("reports/x.sql", HEAD "\n  \n", "reports/x.sql: there is no select");
}

static void an_amount_without_its_currency_in_the_row_is_refused(void **state)
{
    (void)state;
    assert_refused("reports/x.sql",
                   "-- title: X\n-- summary: X.\n-- formats: csv\n"
                   "-- column: paid amount(currency) Paid\nselect 1 as paid, 'USD' as currency;\n",
                   "reports/x.sql: the column \"paid\" has its currency in \"currency\", which is "
                   "not declared");
}

static void the_catalog_is_by_name_and_a_report_stands_before_its_grains(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(ReportCatalog) catalog = report_catalog_load(&error);
    g_autoptr(GPtrArray) files = asset_list("reports", ".sql");
    g_autofree char *before = g_strdup("");
    const char *name, *by, *summary;
    guint count = 0;

    (void)state;
    assert_null(error);
    for (; (name = report_catalog_nth(catalog, count, &by, &summary)); count++) {
        char *key = g_strdup_printf("%s\x1f%s", name, by);

        assert_true(strcmp(before, key) < 0);
        assert_true(g_str_has_suffix(summary, "."));
        g_free(before);
        before = key;
    }
    assert_int_equal(count, files->len);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(front_matter_is_read_whole),
        cmocka_unit_test(a_quotient_names_what_is_divided_and_for_how_many),
        cmocka_unit_test(a_grain_stands_in_the_files_name),
        cmocka_unit_test(every_type_is_known_by_its_name),
        cmocka_unit_test(a_wrong_line_is_named_with_its_reason),
        cmocka_unit_test(a_format_that_nothing_renders_is_refused),
        cmocka_unit_test(a_file_that_lacks_something_is_refused),
        cmocka_unit_test(an_amount_without_its_currency_in_the_row_is_refused),
        cmocka_unit_test(the_catalog_is_by_name_and_a_report_stands_before_its_grains),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
