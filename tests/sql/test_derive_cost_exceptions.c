/* What is said of exports that differ, of days that none covers, and which usage export counts. */
#include "core/exception.h"
#include "cost_exports.h"

static void belongs(struct db *db, const char *project, const char *organization)
{
    test_run(db,
             "insert into project_fact select project_key, (select organization_key from"
             " organization where organization_id = :b), '', '', '', '', '' from project"
             " where project_id = :a",
             project, organization);
}

static void derive(struct db *db)
{
    g_autoptr(GError) error = NULL;

    if (!derive_cost(db, &error))
        fail_msg("%s", error->message);
}

static const char usage_query[] =
    "select coalesce(organization_id, '-'), coalesce(project_id, '-'), substr(day, 6), tokens,"
    " requests, is_provisional from usage_day left join organization using (organization_key)"
    " left join project using (project_key) order by 1, 2, 3";

static void the_newer_usage_export_counts_and_equal_ones_conflict(void **state)
{
    const struct cost_export old = {
        .name = "old.csv", .from = 1, .runs = RUNS(COST("p1", 1, 3, 100), COST("p2", 3, 3, 5))};
    const struct cost_export new = {
        .name = "new.csv", .from = 1, .runs = RUNS(COST("p1", 2, 4, 90))};
    const struct cost_export other = {
        .name = "other.csv", .from = 1, .runs = RUNS(COST("p1", 4, 4, 70))};
    const struct cost_export *exports[] = {&old, &new, &other};

    (void)state;
    for (guint first = 0; first < 3; first++) {
        g_autoptr(Db) db = db_open_memory(NULL);

        for (guint i = 0; i < 3; i++)
            insert_usage(db, exports[(first + i) % 3]);
        derive(db);
        check_query(db, usage_query,
                    "- p1 10-01 100 1 0\n"
                    "- p1 10-02 90 1 0\n"
                    "- p1 10-03 90 1 0\n"
                    "- p1 10-04 90 1 1\n"
                    "- p2 10-03 5 1 1\n");
        check_query(db, "select code, amount_nanos, explanation from exception",
                    "SNAPSHOT_CONFLICT 0 Two exports disagree about project p1 on 2026-10-04: 70 "
                    "tokens in other.csv, 90 tokens in new.csv, which counts; --as-of DATE states "
                    "when an export was made.\n");
    }
}

static void ungrouped_usage_adds_only_what_it_has_above_the_projects(void **state)
{
    const struct cost_export grouped = {
        .name = "p.csv", .from = 1, .runs = RUNS(COST("p1", 1, 2, 100), COST("p2", 1, 2, 50))};
    const struct cost_export total = {
        .name = "t.csv", .from = 1, .runs = RUNS(COST(NULL, 1, 1, 150), COST(NULL, 2, 3, 170))};
    g_autoptr(Db) db = db_open_memory(NULL);

    (void)state;
    insert_usage(db, &total);
    insert_usage(db, &grouped);
    derive(db);
    check_query(db, usage_query,
                "- - 10-02 20 0 0\n"
                "- - 10-03 170 1 1\n"
                "- p1 10-01 100 1 0\n"
                "- p1 10-02 100 1 1\n"
                "- p2 10-01 50 1 0\n"
                "- p2 10-02 50 1 1\n");
}

static void usage_that_no_cost_export_covers_is_a_gap_of_its_organization(void **state)
{
    const struct cost_export cost[] = {
        {.name = "a.csv", .from = 5, .runs = RUNS(COST("p1", 5, 9, 10))},
        {.name = "b.csv", .from = 15, .runs = RUNS(COST("p1", 15, 16, 10))}};
    const struct cost_export usage = {.name = "u.csv",
                                      .from = 1,
                                      .runs = RUNS(COST("p1", 2, 4, 10), COST("p1", 8, 11, 10),
                                                   COST("p1", 13, 13, 10), COST("p1", 17, 17, 10),
                                                   COST("p1", 22, 22, 10), COST("p2", 1, 30, 10))};
    g_autoptr(Db) db = db_open_memory(NULL);

    (void)state;
    insert_usage(db, &usage);
    insert_export(db, &cost[1]);
    insert_export(db, &cost[0]);
    belongs(db, "p1", "org-one");
    derive(db);
    check_query(
        db, "select dated_on, reference || explanation from exception order by 1",
        "2026-10-02 Usage was seen on 3 days from 2026-10-02 to "
        "2026-10-04, but no cost export covers them.\n"
        "2026-10-10 No cost export covers 2026-10-10 to 2026-10-14, where usage was seen on "
        "3 days from 2026-10-10 to 2026-10-13, though exports before and after do.\n"
        "2026-10-17 Usage was seen on 2 days from 2026-10-17 to "
        "2026-10-22, but no cost export covers them.\n");
}

static void usage_of_an_organization_without_any_cost_export_is_a_gap(void **state)
{
    const struct cost_export usage = {
        .name = "u.csv", .from = 1, .runs = RUNS(COST("p1", 2, 2, 10))};
    g_autoptr(Db) db = db_open_memory(NULL);

    (void)state;
    insert_usage(db, &usage);
    belongs(db, "p1", "org-one");
    derive(db);
    check_query(db, "select code, explanation from exception",
                "COVERAGE_GAP Usage was seen on 2026-10-02, but no cost export covers it.\n");
}

static void days_between_exports_are_a_gap_and_adjacent_exports_are_none(void **state)
{
    const struct cost_export exports[] = {
        {.name = "a.csv", .from = 1, .runs = RUNS(COST("p1", 2, 5, 10))},
        {.name = "b.csv", .from = 6, .runs = RUNS(COST("p1", 7, 9, 10))},
        {.name = "c.csv", .from = 15, .runs = RUNS(COST("p1", 15, 16, 10))}};
    const guint order[] = {2, 0, 1};
    g_autoptr(Db) db = derived(exports, order, 3);

    (void)state;
    check_query(db, "select from_day, until_day from coverage order by 1",
                "2026-10-01 2026-10-09\n"
                "2026-10-15 2026-10-16\n");
    check_query(db, "select code, dated_on, explanation from exception",
                "COVERAGE_GAP 2026-10-10 No cost export covers 2026-10-10 to 2026-10-14, though "
                "exports before and after "
                "do.\n");
}

static void the_sentences_name_files_days_and_amounts(void **state)
{
    const struct cost_export exports[] = {
        {.name = "a.csv", .from = 1, .runs = RUNS(COST("p1", 1, 20, 100), COST("p2", 1, 20, 100))},
        {.name = "b.csv", .from = 1, .runs = RUNS(COST("p1", 1, 1, 150), COST("p1", 2, 22, 110))},
        {.name = "t.csv",
         .from = 2,
         .as_of = 50,
         .runs = RUNS(COST(NULL, 2, 2, 150), COST(NULL, 3, 3, 999))}};
    const guint order[] = {0, 1, 2};
    g_autoptr(Db) db = derived(exports, order, 3);

    (void)state;
    check_query(
        db, "select explanation from exception order by code",
        "The projects cost 2.10 USD on 2026-10-02 (b.csv), the organization only 1.50 USD "
        "(t.csv): 0.60 USD less; the projects' cost counts.\n"
        "b.csv covers, but does not mention project p2 on 20 days from 2026-10-01 to 2026-10-20; "
        "the 20.00 USD of a.csv were kept.\n"
        "b.csv restates project p1 on 7 days from 2026-10-14 to 2026-10-20: 7.70 USD, was 7.00 USD "
        "in a.csv.\n"
        "Two exports disagree about project p1 on 13 days from 2026-10-01 to 2026-10-13: 13.00 USD "
        "in a.csv, 14.70 USD in b.csv, which ranks higher; --as-of DATE states when an export was "
        "made.\n"
        "7.89 USD on 2026-10-03 is known of the organization only, of no project (t.csv).\n");
}

static void two_files_of_one_name_are_told_apart(void **state)
{
    const struct cost_export exports[] = {
        {.name = "a.csv", .from = 1, .runs = RUNS(COST("p1", 1, 1, 100))},
        {.name = "b.csv", .from = 1, .runs = RUNS(COST("p1", 1, 2, 150))}};
    const guint order[] = {0, 1};
    g_autoptr(GError) error = NULL;
    g_autoptr(Db) db = derived(exports, order, 2);

    (void)state;
    test_run(db, "update file set name = 'cost.csv'", NULL, NULL);
    assert_true(db_run(db, "derive_clear", &error));
    assert_true(derive_cost(db, &error));
    check_query(db, "select reference from exception",
                "cost.csv (sha256 32f29f33), cost.csv (sha256 010326a3)\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_newer_usage_export_counts_and_equal_ones_conflict),
        cmocka_unit_test(ungrouped_usage_adds_only_what_it_has_above_the_projects),
        cmocka_unit_test(usage_that_no_cost_export_covers_is_a_gap_of_its_organization),
        cmocka_unit_test(usage_of_an_organization_without_any_cost_export_is_a_gap),
        cmocka_unit_test(days_between_exports_are_a_gap_and_adjacent_exports_are_none),
        cmocka_unit_test(the_sentences_name_files_days_and_amounts),
        cmocka_unit_test(two_files_of_one_name_are_told_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
