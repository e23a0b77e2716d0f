/* Names, classes, organizations of projects; the day's rates; the span of everything. */
#include "derive_world.h"
#include "import/derive.h"

static struct db *given_projects(const char *const *names)
{
    struct db *db = db_open_memory(NULL);

    given_file(db, 1, "old.csv", "cost", "covered_until = '2026-03-31'");
    given_file(db, 2, "new.csv", "cost", "covered_until = '2026-04-30'");
    given_organization(db, 5, "org-a");
    given_organization(db, 3, "org-b");
    for (int i = 0; names[i]; i++)
        runf(db,
             "insert into project values (%d, 'proj_%d', ''); "
             "insert into name_seen values (1, 'project', 'proj_%d', 'Old name'), "
             "(2, 'project', 'proj_%d', '%s')",
             i + 1, i + 1, i + 1, i + 1, names[i]);
    return db;
}

static void the_class_is_a_word_of_the_newest_name(void **state)
{
    static const char *const names[] = {"checkout-production",
                                        "search-dev",
                                        "support-sandbox",
                                        "CheckoutProd",
                                        "Eval2026",
                                        "LIVE site",
                                        "Producer tools",
                                        "Default project",
                                        "DEVELOPMENT",
                                        "Übertest",
                                        NULL};
    g_autoptr(Db) db = given_projects(names);

    (void)state;
    derive(db, derive_projects);
    assert_rows(db,
                "select name, class, class_source from project join project_fact using "
                "(project_key) order by project_key",
                "checkout-production|production|rule\nsearch-dev|test|rule\n"
                "support-sandbox|test|rule\nCheckoutProd|production|rule\nEval2026|test|rule\n"
                "LIVE site|production|rule\nProducer tools||\nDefault project||\n"
                "DEVELOPMENT|test|rule\nÜbertest||");
}

static void the_projects_table_wins_over_rule_and_exports(void **state)
{
    static const char *const names[] = {"search-dev", "other-dev", NULL};
    g_autoptr(Db) db = given_projects(names);

    (void)state;
    given_file(db, 8, "p1.csv", "projects", "as_of = '2026-01-01'");
    given_file(db, 7, "p2.csv", "projects", "as_of = '2026-02-01'");
    run(db, "insert into project_row values "
            "(8, 2, 1, null, 'production', 'ann', 'x', 'c1'), "
            "(7, 2, 1, 3, 'internal', 'bob', 'y', 'c2')");
    run(db, "insert into snapshot values (1, 2, 'cost', 5, '2026-04-01', '2026-04-30', "
            "'2026-04-29', '2026-04-24', '2026-04-30', 0, 1, 0, null)");
    run(db, "insert into partition values (1, 1, 1, '2026-04-02', 'USD', 1, 1, 1, 5, 0, 0), "
            "(2, 1, 2, '2026-04-02', 'USD', 2, 2, 1, 5, 0, 0)");
    derive(db, derive_projects);
    assert_rows(db,
                "select project_id, organization_id, class, class_source, owner, purpose, "
                "cost_center from project_fact join project using (project_key) join organization "
                "using (organization_key) order by project_id",
                "proj_1|org-b|internal|table|bob|y|c2\nproj_2|org-a|test|rule|||");
}

static void a_project_that_moved_belongs_where_it_was_last_seen(void **state)
{
    static const char *const names[] = {"one", "two", "three", NULL};
    g_autoptr(Db) db = given_projects(names);

    (void)state;
    run(db, "insert into snapshot values "
            "(1, 1, 'cost', 5, '', '', '', '', '', 0, 1, 0, null), "
            "(2, 2, 'cost', 3, '', '', '', '', '', 0, 1, 0, null), "
            "(3, 2, 'completions', 3, '', '', '', '', '', 0, 1, 0, null)");
    run(db, "insert into partition values "
            "(1, 1, 1, '2026-03-02', 'USD', 1, 1, 1, 5, 0, 0), "
            "(2, 2, 1, '2026-04-02', 'USD', 2, 2, 1, 5, 0, 0), "
            "(3, 1, 2, '2026-04-02', 'USD', 1, 1, 1, 5, 0, 0), "
            "(4, 3, 2, '2026-04-09', '', 2, 2, 1, 5, 0, 0), "
            "(5, 2, 3, '2026-04-02', 'USD', 2, 2, 1, 5, 0, 0), "
            "(6, 1, 3, '2026-04-02', 'USD', 2, 2, 1, 5, 0, 0)");
    derive(db, derive_projects);
    assert_rows(db,
                "select project_id, organization_id from project_fact join project using "
                "(project_key) join organization using (organization_key) order by project_id",
                "proj_1|org-b\nproj_2|org-a\nproj_3|org-a");
}

static void organization_names_come_from_the_table_then_the_newest_export(void **state)
{
    static const char *const names[] = {NULL};
    g_autoptr(Db) db = given_projects(names);

    (void)state;
    run(db, "insert into name_seen values (2, 'organization', 'org-a', 'Acme'), "
            "(1, 'organization', 'org-a', 'Old Acme'), (2, 'organization', 'org-b', 'Birch')");
    given_file(db, 3, "o.csv", "organizations", NULL);
    run(db, "insert into organization_row (file_id, line, organization_key, name, billing_mode) "
            "values (3, 2, 3, 'Birch & Co', 'prepaid')");
    derive(db, derive_projects);
    assert_rows(db, "select organization_id, name from organization order by organization_id",
                "org-a|Acme\norg-b|Birch & Co");
    run(db, "delete from file where file_id in (2, 3)");
    derive_again(db, derive_projects);
    assert_rows(db, "select organization_id, name from organization order by organization_id",
                "org-a|Old Acme\norg-b|");
}

static void a_rate_is_the_newest_files(void **state)
{
    (void)state;
    for (int newest = 1; newest <= 2; newest++) {
        g_autoptr(Db) db = db_open_memory(NULL);

        given_file(db, newest, "new.csv", "fx_rates", "covered_until = '2026-03-31'");
        given_file(db, 3 - newest, "old.csv", "fx_rates", "covered_until = '2026-02-28'");
        runf(db, "insert into fx_row values (%d, 2, '2026-01-05', 'USD', 'GBP', 790000000)",
             newest);
        runf(db,
             "insert into fx_row values (%d, 2, '2026-01-05', 'USD', 'GBP', 780000000), "
             "(%d, 3, '2026-01-04', 'USD', 'GBP', 770000000)",
             3 - newest, 3 - newest);
        derive(db, derive_projects);
        assert_rows(db, "select day, base, quote, rate_nanos from fx_rate order by day",
                    "2026-01-04|USD|GBP|770000000\n2026-01-05|USD|GBP|790000000");
    }
}

static void the_span_reaches_from_the_first_month_to_800_days_past_the_last_fact(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);

    (void)state;
    given_file(db, 1, "cost.csv", "cost", NULL);
    given_file(db, 2, "o.csv", "organizations", NULL);
    given_organization(db, 1, "org-b");
    given_organization(db, 2, "org-a");
    run(db, "insert into cost_day values (1, null, '2026-03-10', 'USD', 5, 0, null, null, 1)");
    run(db, "insert into coverage values (1, '2026-03-01', '2026-03-15'), "
            "(1, '2026-04-01', '2026-04-20')");
    run(db, "insert into observation values (1, null, 0, 1, 1772841600, '2026-03-07', 5, 'USD')");
    run(db, "insert into organization_row (file_id, line, organization_key, name, billing_mode, "
            "from_on, until_on, materiality_nanos, materiality_ppm, tax) values "
            "(2, 2, 1, '', 'prepaid', null, '2026-03-31', 7, 10000, 'cost'), "
            "(2, 3, 1, '', 'invoiced', '2026-04-01', null, null, 20000, 'recoverable')");
    derive(db, derive_span);
    assert_rows(
        db,
        "select organization_id, billing_mode, first_on, cost_from, cost_until, "
        "materiality_nanos, materiality_ppm, tax from organization_fact join organization using "
        "(organization_key) order by organization_id",
        "org-a|prepaid|-|-|-|-|-|\n"
        "org-b|invoiced|2026-03-07|2026-03-01|2026-04-20|-|20000|recoverable");
    assert_rows(db,
                "select min(day), max(day), count(*), max(day_number) - min(day_number) + 1 "
                "from calendar",
                "2026-03-01|2028-06-28|851|851");
    assert_rows(db, "select day_number, month from calendar where day = '2026-03-07'",
                "20519|2026-03");
}

static void without_facts_there_are_no_days(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);

    (void)state;
    derive(db, derive_span);
    assert_rows(db, "select count(*) from calendar", "0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_class_is_a_word_of_the_newest_name),
        cmocka_unit_test(the_projects_table_wins_over_rule_and_exports),
        cmocka_unit_test(a_project_that_moved_belongs_where_it_was_last_seen),
        cmocka_unit_test(organization_names_come_from_the_table_then_the_newest_export),
        cmocka_unit_test(a_rate_is_the_newest_files),
        cmocka_unit_test(the_span_reaches_from_the_first_month_to_800_days_past_the_last_fact),
        cmocka_unit_test(without_facts_there_are_no_days),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
