/* test_report_own.c - a person's own reports below $TRUEUP_HOME: held to their word, kept to
 * reading. */
#include "filled_ledger.h"
#include "report_given.h"
#include <glib/gstdio.h>

#define NONE ((struct report_options){0})

static char *home;

static int make_home(void **state)
{
    g_autofree char *reports = NULL;

    (void)state;
    home = g_dir_make_tmp("trueup-home-XXXXXX", NULL);
    reports = g_build_filename(home, "reports", "documents", NULL);
    return g_mkdir_with_parents(reports, 0700) == 0 && g_setenv("TRUEUP_HOME", home, TRUE) ? 0 : -1;
}

static int remove_home(void **state)
{
    g_autofree char *reports = g_build_filename(home, "reports", NULL);
    g_autofree char *documents = g_build_filename(reports, "documents", NULL);

    (void)state;
    g_rmdir(documents);
    g_rmdir(reports);
    g_rmdir(home);
    g_free(home);
    return 0;
}

static void write_own(const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(home, "reports", name, NULL);

    assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void remove_own(const char *name)
{
    g_autofree char *path = g_build_filename(home, "reports", name, NULL);

    assert_int_equal(g_remove(path), 0);
}

#define OWN_HEAD "-- title: Own\n-- summary: Own.\n-- formats: csv\n"

static void ones_own_report_is_held_to_what_it_declares(void **state)
{
    static const char *const cases[][2] = {
        {OWN_HEAD "-- column: x text X\nselect 1 as y;\n",
         "$TRUEUP_HOME/reports/own.sql: declares the column x, which its select does not have"},
        {OWN_HEAD "-- totals: paid what was paid\n-- column: x text X\nselect 1 as x;\n",
         "$TRUEUP_HOME/reports/own.sql: declares the column paid, which its select does not have"},
        {OWN_HEAD "-- column: x text X\nselect 1 as x where :org is null;\n",
         "$TRUEUP_HOME/reports/own.sql: its select takes :org, which it does not declare as a "
         "param"},
        {OWN_HEAD "-- column: x text X\nselect :colour as x;\n",
         "$TRUEUP_HOME/reports/own.sql: its select takes :colour, which it does not declare as a "
         "param"},
        {OWN_HEAD "-- column: x text X\nselect ? as x;\n",
         "$TRUEUP_HOME/reports/own.sql: its select takes :, which it does not declare as a param"},
        {OWN_HEAD "-- param: org\n-- column: x text X\nselect 1 as x;\n",
         "$TRUEUP_HOME/reports/own.sql: declares the param org, which its select does not take"},
        {OWN_HEAD "-- column: x integer X\nselect 'text' as x;\n",
         "$TRUEUP_HOME/reports/own.sql: the column x holds something else than a whole number in "
         "range"},
    };
    g_autoptr(Db) db = db_open_memory(NULL);

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        write_own("own.sql", cases[i][0]);
        assert_refused(db, "own", "csv", NONE, 3, cases[i][1]);
        remove_own("own.sql");
    }
}

static void ones_own_report_can_only_read(void **state)
{
    static const char *const attempts[] = {"delete from file returning 1 as x",
                                           "attach 'other.db' as other", "pragma user_version = 9",
                                           "select load_extension('x') as x"};
    g_autoptr(Db) db = filled_ledger();
    g_autoptr(GError) error = NULL;

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(attempts); i++) {
        g_autofree char *text =
            g_strdup_printf(OWN_HEAD "-- column: x integer X\n%s;\n", attempts[i]);
        g_autoptr(ReportCatalog) catalog = NULL;
        g_autoptr(GString) out = g_string_new(NULL);

        write_own("own.sql", text);
        catalog = given_catalog();
        g_clear_error(&error);
        assert_false(report_render(catalog, db, "own", "csv", &NONE, 0, out, out, &error));
        assert_non_null(error);
        assert_string_equal(out->str, "");
        remove_own("own.sql");
    }
    assert_rows(db, "select count(*) from file", "6");
}

static void a_quotient_is_made_of_two_numbers_of_its_row(void **state)
{
    static const char front[] = OWN_HEAD "-- column: share share Share quotient(part,whole)\n"
                                         "-- column: price money(currency) Price "
                                         "quotient(part,whole,1000)\n"
                                         "-- column: currency text Cur\n";
    g_autoptr(Db) db = db_open_memory(NULL);
    g_autofree char *rows =
        g_strconcat(front,
                    "select * from (select 1 as part, 3 as whole, 'USD' as currency"
                    " union all select null, 3, 'USD' union all select 1, null, 'USD'"
                    " union all select 1, 0, 'USD' union all select -2, 3, 'USD');\n",
                    NULL);
    g_autofree char *real =
        g_strconcat(front, "select 1 as part, 1.5 as whole, 'USD' as currency;\n", NULL);
    g_autofree char *lacking = g_strconcat(front, "select 1 as part, 'USD' as currency;\n", NULL);

    (void)state;
    write_own("own.sql", rows);
    assert_report(db, "own", NONE,
                  "share,price,currency\n0.333333,0.000000333,USD\n,,USD\n,,USD\n,,USD\n"
                  "-0.666667,-0.000000667,USD\n");
    write_own("own.sql", real);
    assert_refused(db, "own", "csv", NONE, 3,
                   "$TRUEUP_HOME/reports/own.sql: the column share holds something else than a "
                   "whole number in range");
    write_own("own.sql", lacking);
    assert_refused(db, "own", "csv", NONE, 3,
                   "$TRUEUP_HOME/reports/own.sql: declares the column whole, which its select does "
                   "not have");
    remove_own("own.sql");
}

static void ones_own_report_may_come_by_a_grain_only(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);

    (void)state;
    write_own("own.day.sql", OWN_HEAD "-- column: x text X\nselect 'a' as x;\n");
    assert_refused(db, "own", "csv", NONE, 2, "report own needs --by\nhint: it takes day");
    assert_report(db, "own", (struct report_options){.by = "day"}, "x\na\n");
    remove_own("own.day.sql");
}

static void a_report_that_is_no_text_is_refused(void **state)
{
    g_autoptr(GError) error = NULL;

    (void)state;
    write_own("own.sql", OWN_HEAD "-- column: x text \xFF\nselect 1 as x;\n");
    assert_null(report_catalog_load(&error));
    assert_string_equal(error->message, "$TRUEUP_HOME/reports/own.sql: is not UTF-8 text");
    remove_own("own.sql");
}

static void ones_own_document_takes_the_place_of_the_one_of_its_name(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);
    g_autofree char *text = NULL;

    (void)state;
    write_own("documents/close.ini",
              "[document]\ntitle=Mine\nsummary=S.\n[a]\ntext=Words of mine.\n");
    text = render(db, "close", "table", NONE, 0, NULL);
    assert_true(g_str_has_prefix(text, "Mine\n\nWords of mine.\n"));
    remove_own("documents/close.ini");
}

/* csv and json hold one table: they are still the report's. */
static void a_document_of_a_reports_name_is_only_for_formats_that_hold_documents(void **state)
{
    g_autoptr(Db) db = filled_ledger();
    g_autofree char *before = render(db, "grants", "csv", NONE, 0, NULL);
    g_autofree char *after = NULL, *table = NULL;

    (void)state;
    write_own("documents/grants.ini",
              "[document]\ntitle=Mine\nsummary=S.\n[a]\ntext=Words.\nreport=grants\n");
    after = render(db, "grants", "csv", NONE, 0, NULL);
    table = render(db, "grants", "table", NONE, 0, NULL);
    assert_string_equal(before, after);
    assert_true(g_str_has_prefix(table, "Mine\n\nWords.\n"));
    remove_own("documents/grants.ini");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ones_own_report_is_held_to_what_it_declares),
        cmocka_unit_test(ones_own_report_can_only_read),
        cmocka_unit_test(a_quotient_is_made_of_two_numbers_of_its_row),
        cmocka_unit_test(ones_own_report_may_come_by_a_grain_only),
        cmocka_unit_test(a_report_that_is_no_text_is_refused),
        cmocka_unit_test(ones_own_document_takes_the_place_of_the_one_of_its_name),
        cmocka_unit_test(a_document_of_a_reports_name_is_only_for_formats_that_hold_documents),
    };

    return cmocka_run_group_tests(tests, make_home, remove_home);
}
