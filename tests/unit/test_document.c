/* test_document.c - what a document's file may say, and what is rendered of it. */
#include "filled_ledger.h"
#include "report/document.h"
#include "report/parameters.h"
#include "report_given.h"

static const struct report_options NONE = {0};

#define HEAD "[document]\ntitle=T\nsummary=S.\n"

static void assert_broken(const char *text, const char *expected)
{
    g_autoptr(GError) error = NULL;
    struct document *document = document_parse("reports/documents/own.ini", text, &error);

    assert_null(document);
    assert_non_null(error);
    assert_int_equal(error_exit_code(error), TRUEUP_ERROR_INPUT);
    assert_string_equal(error->message, expected);
}

static void a_document_is_refused_with_its_line_its_group_and_what_is_wrong(void **state)
{
    (void)state;
    assert_broken("[a]\ntext=x\n", "reports/documents/own.ini: holds no [document] group");
    assert_broken("[document]\ntitle=T\n",
                  "reports/documents/own.ini:1: [document]: title and summary are needed");
    assert_broken(HEAD "params=org\n",
                  "reports/documents/own.ini:4: [document]: \"params\" is no key of it\n"
                  "hint: title, summary, param, as-of");
    assert_broken(HEAD "param=org|x\n",
                  "reports/documents/own.ini:4: [document]: \"x\" is no option of reports\n"
                  "hint: " PARAMETER_NAMES);
    assert_broken(HEAD "[a]\n", "reports/documents/own.ini:4: [a]: has no heading, text or report");
    assert_broken(HEAD "[a]\ntext=x\nby=day\n",
                  "reports/documents/own.ini:6: [a]: has a by, but no report");
    assert_broken(HEAD "[a]\ntext=x\nempty=None of it.\n",
                  "reports/documents/own.ini:6: [a]: has an empty, but no report");
    assert_broken(HEAD "\n[a]\n# a comment\ntexts=x\n",
                  "reports/documents/own.ini:7: [a]: \"texts\" is no key of it\n"
                  "hint: heading, text, report, by, empty, show, without");
    assert_broken(HEAD "[a]\nreport=x\nshow=charts\n",
                  "reports/documents/own.ini:6: [a]: shows \"charts\"\n"
                  "hint: table, chart, both");
    assert_broken(HEAD "as-of=from\n",
                  "reports/documents/own.ini:4: [document]: as-of \"from\" is not \"until\"");
    assert_broken(HEAD "[a]\nreport=grants\nwithout=form\n",
                  "reports/documents/own.ini:6: [a]: \"form\" is no option of reports\n"
                  "hint: " PARAMETER_NAMES);
    assert_broken(HEAD "[a]\ntext=x\nwithout=from\n",
                  "reports/documents/own.ini:6: [a]: has a without, but no report");
    assert_broken(HEAD "[a]\ntext=a\\qb\n",
                  "reports/documents/own.ini:5: [a]: text holds a backslash with what cannot "
                  "follow one");
}

/* GKeyFile would take the last of two, or make one group of both. */
static void what_stands_twice_is_refused_with_both_lines(void **state)
{
    (void)state;
    assert_broken(HEAD "[a]\ntext=x\n\n[a]\nreport=grants\n",
                  "reports/documents/own.ini:7: [a] was opened on line 4 already");
    assert_broken(HEAD "[a]\ntext=x\nheading=H\ntext = y\n",
                  "reports/documents/own.ini:7: key \"text\" was given on line 5 already");
    assert_broken("title\n",
                  "reports/documents/own.ini:1: \"title\" is neither a comment, a [group] "
                  "nor key = value");
    assert_broken("title=T\n",
                  "reports/documents/own.ini:1: \"title=T\" stands before the first [group]");
    assert_broken("[document\n",
                  "reports/documents/own.ini:1: \"[document\" opens a group and does not close it");
}

static char *compose(const char *text, const struct report_options *options, GError **error)
{
    g_autoptr(ReportCatalog) catalog = given_catalog();
    g_autoptr(Db) db = filled_ledger();
    g_autoptr(Document) document = document_parse("own.ini", text, error);
    g_autoptr(GString) out = g_string_new(NULL);

    assert_non_null(document);
    if (!document_render(document, catalog, db, renderer_find("table"), options, 0, out, error))
        return NULL;
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static void sections_stand_in_order_and_the_footer_once_at_the_end(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = compose(HEAD "param=org|policy\n"
                                         "[one]\nheading=First\ntext=Words.\nreport=grants\n"
                                         "[two]\nheading=Second\nreport=spend\nby=day\n",
                                    &NONE, &error);
    const char *first, *second, *note;

    (void)state;
    assert_null(error);
    assert_true(g_str_has_prefix(text, "T\n\nFirst\n\nWords.\n"));
    first = strstr(text, "First");
    second = strstr(first, "\nSecond\n");
    note = strstr(second, "policy: free-first\n");
    assert_non_null(note);
    assert_null(strstr(note + 1, "policy: "));
    assert_ptr_equal(strstr(text, "rejects: "), strstr(note, "rejects: "));
}

static void a_section_is_given_the_options_that_its_report_takes(void **state)
{
    static const char text[] =
        HEAD "param=org|as-of\n[a]\nreport=sources\n[b]\nreport=exceptions\n";
    const struct report_options as_of = {.as_of = "2026-11-05"};
    const struct report_options project = {.project_id = "proj_a"};
    const struct report_options grain = {.by = "day"};
    g_autoptr(GError) error = NULL;
    g_autofree char *composed = compose(text, &as_of, &error);

    (void)state;
    assert_null(error);
    assert_non_null(strstr(composed, "as of: 2026-11-05\n"));
    assert_null(compose(text, &project, &error));
    assert_string_equal(error->message,
                        "report own takes no --project\nhint: it takes --org, --as-of");
    g_clear_error(&error);
    assert_null(compose(text, &grain, &error));
    assert_string_equal(error->message, "report own takes no --by \"day\"\nhint: leave --by out");
}

static void a_report_without_rows_is_a_sentence(void **state)
{
    static const char text[] = HEAD "param=from|until\n"
                                    "[a]\nheading=A\nreport=spend\nempty=Nothing was spent.\n"
                                    "[b]\nheading=B\nreport=topups\n";
    const struct report_options long_ago = {.from = "2001-01-01", .until = "2001-02-01"};
    g_autoptr(GError) error = NULL;
    g_autofree char *empty = compose(text, &long_ago, &error);
    g_autofree char *filled = compose(text, &NONE, &error);

    (void)state;
    assert_non_null(strstr(empty, "A\n\nNothing was spent.\n\nB\n\nNone.\n"));
    assert_null(strstr(empty, "(no rows)"));
    assert_non_null(strstr(empty, "rejects: "));
    assert_null(strstr(filled, "Nothing was spent."));
    assert_null(strstr(filled, "None."));
}

/* The filled ledger's exceptions are of 30 October and later. */
static void a_section_may_look_back_and_ages_end_with_the_days_asked_for(void **state)
{
    static const char text[] = HEAD "param=from|until|as-of\nas-of=until\n"
                                    "[a]\nheading=A\nreport=exceptions\nempty=None then.\n"
                                    "[b]\nheading=B\nreport=exceptions\nwithout=from\n";
    const struct report_options later = {.from = "2027-01-01", .until = "2027-02-01"};
    const struct report_options stated = {
        .from = "2027-01-01", .until = "2027-02-01", .as_of = "2026-12-01"};
    g_autoptr(GError) error = NULL;
    g_autofree char *looked = compose(text, &later, &error);
    g_autofree char *judged = compose(text, &stated, &error);

    (void)state;
    assert_null(error);
    assert_non_null(strstr(looked, "A\n\nNone then.\n\nB\n\nCode "));
    assert_non_null(strstr(looked, "as of: 2027-02-01\n"));
    assert_non_null(strstr(judged, "as of: 2026-12-01\n"));
}

static void a_section_whose_report_is_unknown_names_the_file(void **state)
{
    g_autoptr(GError) error = NULL;

    (void)state;
    assert_null(compose(HEAD "[a]\nreport=grant\n", &NONE, &error));
    assert_string_equal(error->message,
                        "own.ini: there is no report \"grant\"\nhint: did you mean \"grants\"?");
}

static void a_chart_alone_is_words_where_the_format_has_no_charts(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *chart = compose(HEAD "[a]\nreport=spend\nby=day\nshow=chart\n", &NONE, &error);
    g_autofree char *table = compose(HEAD "[a]\nreport=spend\nby=day\n", &NONE, &error);

    (void)state;
    assert_null(error);
    assert_true(g_str_has_prefix(chart, "T\n\nStacked bars of Cost in EUR, 2026-"));
    assert_null(strstr(chart, "Organization"));
    assert_non_null(strstr(table, "Organization"));
    assert_null(strstr(table, "Stacked bars"));
    assert_null(compose(HEAD "[a]\nreport=topups\nshow=chart\n", &NONE, &error));
    assert_string_equal(error->message, "own.ini: report topups has no chart to show");
}

static void every_document_renders_in_every_format_that_holds_documents(void **state)
{
    g_autoptr(ReportCatalog) catalog = given_catalog();
    g_autoptr(Db) db = filled_ledger();
    g_autofree char *list = renderer_composing();
    g_auto(GStrv) formats = g_strsplit(list, ", ", -1);
    g_autofree char *refusal =
        g_strdup_printf("report close has no format \"csv\"\nhint: it has %s", list);
    const char *name, *summary;

    (void)state;
    assert_non_null(report_catalog_document_nth(catalog, 0, &summary));
    for (guint i = 0; (name = report_catalog_document_nth(catalog, i, &summary)); i++)
        for (guint j = 0; formats[j]; j++) {
            g_autofree char *bytes = render(db, name, formats[j], NONE, 0, NULL);

            assert_true(*bytes != '\0');
        }
    assert_refused(db, "close", "csv", NONE, TRUEUP_ERROR_USAGE, refusal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_is_refused_with_its_line_its_group_and_what_is_wrong),
        cmocka_unit_test(what_stands_twice_is_refused_with_both_lines),
        cmocka_unit_test(sections_stand_in_order_and_the_footer_once_at_the_end),
        cmocka_unit_test(a_section_is_given_the_options_that_its_report_takes),
        cmocka_unit_test(a_report_without_rows_is_a_sentence),
        cmocka_unit_test(a_section_may_look_back_and_ages_end_with_the_days_asked_for),
        cmocka_unit_test(a_section_whose_report_is_unknown_names_the_file),
        cmocka_unit_test(a_chart_alone_is_words_where_the_format_has_no_charts),
        cmocka_unit_test(every_document_renders_in_every_format_that_holds_documents),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
