/* test_runaway.c - given cost, runaway says exactly this. */
#include "core/error.h"
#include "core/instant.h"
#include "derive_world.h"
#include "runaway/runaway.h"

#include <glib/gstdio.h>

#define EPISODES                                                                                   \
    "select project_id, currency, from_on, until_on, rules, excess_nanos / 1000000000,"            \
    " baseline_nanos / 1000000000, is_provisional from runaway_episode"                            \
    " inner join project using (project_key) order by project_id, currency, from_on"

/* Day 0 is 2026-01-01. */
static const char *day_text(int day)
{
    static char text[11];

    day_format(day_from_civil(2026, 1, 1) + day, text);
    return text;
}

static Db *given_ledger(int covered_days)
{
    Db *db = db_open_memory(NULL);

    assert_non_null(db);
    given_file(db, 1, "cost.csv", "cost", NULL);
    given_organization(db, 1, "org-a");
    run(db, "insert into project values (1, 'proj_b', ''), (2, 'proj_a', '')");
    for (int day = 0; day < 100; day++)
        runf(db, "insert into calendar values ('%s', %d, '')", day_text(day),
             day_from_civil(2026, 1, 1) + day);
    runf(db, "insert into coverage values (1, '2026-01-01', '%s')", day_text(covered_days - 1));
    return db;
}

static void given_cost(Db *db, int project, int from, int days, int units, const char *currency)
{
    for (int day = from; day < from + days; day++)
        runf(db, "insert into cost_day values (1, %d, '%s', '%s', %d000000000, 0, null, null, 1)",
             project, day_text(day), currency, units);
}

static void a_project_that_loops_is_named_with_its_excess(void **state)
{
    g_autoptr(Db) db = given_ledger(30);

    (void)state;
    given_cost(db, 1, 0, 20, 2, "USD");
    given_cost(db, 1, 20, 3, 40, "USD");
    given_cost(db, 1, 23, 7, 2, "USD");
    given_cost(db, 2, 0, 30, 3, "USD");
    derive(db, runaway_run);
    assert_rows(db, EPISODES, "proj_b|USD|2026-01-21|2026-01-23|spike|114|2|0");
    assert_rows(db, "select explanation from runaway_episode",
                "40.00 USD on 2026-01-21 against a median of 2.00 a day over the 20 days before "
                "(which were all alike); 114.00 above it in 3 days, the highest 40.00.");
    assert_rows(db,
                "select code, severity, organization_key, project_key, dated_on,"
                " amount_nanos / 1000000000, currency from exception",
                "RUNAWAY|warning|1|1|2026-01-21|114|USD");
}

static void covered_days_without_cost_are_zeros_from_the_first_day_on(void **state)
{
    g_autoptr(Db) db = given_ledger(40);

    (void)state;
    given_cost(db, 1, 0, 1, 1, "USD");
    given_cost(db, 1, 20, 1, 30, "USD");
    /* Not judged: its first day is its first cost, ten covered days are before it. */
    given_cost(db, 2, 10, 1, 30, "USD");
    derive(db, runaway_run);
    assert_rows(db, EPISODES, "proj_b|USD|2026-01-21|2026-01-21|spike|30|0|0");
}

static void a_provisional_day_is_judged_and_marked(void **state)
{
    g_autoptr(Db) db = given_ledger(21);

    (void)state;
    given_cost(db, 1, 0, 20, 2, "USD");
    given_cost(db, 1, 20, 1, 40, "USD");
    runf(db, "update cost_day set is_provisional = 1 where day = '%s'", day_text(20));
    derive(db, runaway_run);
    assert_rows(db, EPISODES, "proj_b|USD|2026-01-21|2026-01-21|spike|38|2|1");
}

static void each_currency_has_its_own_baseline(void **state)
{
    g_autoptr(Db) db = given_ledger(21);

    (void)state;
    given_cost(db, 1, 0, 21, 40, "EUR");
    given_cost(db, 1, 0, 20, 2, "USD");
    given_cost(db, 1, 20, 1, 40, "USD");
    derive(db, runaway_run);
    assert_rows(db, EPISODES, "proj_b|USD|2026-01-21|2026-01-21|spike|38|2|0");
}

static void running_again_changes_nothing(void **state)
{
    g_autoptr(Db) db = given_ledger(21);

    (void)state;
    given_cost(db, 1, 0, 20, 2, "USD");
    given_cost(db, 1, 20, 1, 40, "USD");
    derive(db, runaway_run);
    derive(db, runaway_run);
    assert_rows(db, "select count(*) from runaway_episode", "1");
    assert_rows(db, "select count(*) from exception", "1");
}

/* The user's own thresholds: $TRUEUP_HOME is read once a process, so this test comes first. */
static void thresholds_that_are_none_are_refused_by_section_and_key(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"[spike]\nwindow-days=28\nminimum-days=7\nmodified-z=3.5\nratio=2\n",
         "rules/runaway.ini: [spike] lacks \"floor\""},
        {"[spike]\nflor=5\n", "rules/runaway.ini: [spike] has an unknown key \"flor\""},
        {"[spike]\nwindow-days=many\n",
         "rules/runaway.ini: [spike] window-days: \"many\" is not an amount"},
        {"[spike]\nwindow-days=28.5\n", "rules/runaway.ini: [spike] window-days: \"28.5\" is not a "
                                        "whole number from 1 to 366"},
        {"[spike]\nwindow-days=7\nminimum-days=8\nmodified-z=3.5\nfloor=5\nratio=2\n",
         "rules/runaway.ini: [spike] minimum-days is more than window-days"},
        {"[spike]\nwindow-days=28\nminimum-days=7\nmodified-z=3.5\nfloor=5\nratio=0.5\n",
         "rules/runaway.ini: [spike] ratio: \"0.5\" is not a number from 1 to 1000"},
    };
    g_autofree char *home = g_dir_make_tmp("trueup-home-XXXXXX", NULL);
    g_autofree char *folder = g_build_filename(home, "rules", NULL);
    g_autofree char *path = g_build_filename(folder, "runaway.ini", NULL);

    (void)state;
    assert_int_equal(g_mkdir(folder, 0700), 0);
    g_setenv("TRUEUP_HOME", home, TRUE);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Db) db = db_open_memory(NULL);
        g_autoptr(GError) error = NULL;

        assert_true(g_file_set_contents(path, cases[i].text, -1, NULL));
        assert_false(runaway_run(db, &error));
        assert_true(g_error_matches(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT));
        assert_string_equal(error->message, cases[i].message);
    }
    assert_int_equal(g_remove(path), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thresholds_that_are_none_are_refused_by_section_and_key),
        cmocka_unit_test(a_project_that_loops_is_named_with_its_excess),
        cmocka_unit_test(covered_days_without_cost_are_zeros_from_the_first_day_on),
        cmocka_unit_test(a_provisional_day_is_judged_and_marked),
        cmocka_unit_test(each_currency_has_its_own_baseline),
        cmocka_unit_test(running_again_changes_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
