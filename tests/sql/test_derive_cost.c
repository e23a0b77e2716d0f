/* What several exports of the same days come to: never lost, never doubled, whatever the order. */
#include "core/exception.h"
#include "cost_exports.h"

#define EXPORTS_MAX 3

/* "p1 1..5 100 oct.csv": project, days, cents of each, file; '~' where provisional. */
static const char cost_query[] =
    "with days as (select coalesce(project_id, '-') as project, file.name as file,"
    " (cost_nanos / 10000000) || case when is_provisional then '~' else '' end as cents,"
    " cast(julianday(day) - julianday('2026-09-30') as integer) as n from cost_day"
    " left join project using (project_key) inner join file on file_id = source_file_id),"
    " runs as (select *, n - row_number() over (partition by project, cents, file order by n) as"
    " run from days) select project, min(n) || '..' || max(n), cents, file from runs"
    " group by project, cents, file, run order by project, min(n)";

static const char exception_query[] =
    "select code, coalesce(project_id, '-'), substr(dated_on, 6), amount_nanos / 10000000,"
    " reference from exception left join project using (project_key)"
    " order by code, project_id, dated_on, reference";

/* One line a project and pair of files. */
static const char restatement_query[] =
    "select coalesce(project_id, '-'), count(*), sum(before_nanos) / 10000000, '->',"
    " sum(after_nanos) / 10000000, b.name, a.name, case when is_conflict then '!' else '' end"
    " from restatement left join project using (project_key)"
    " inner join file as b on b.file_id = before_file_id"
    " inner join file as a on a.file_id = after_file_id"
    " group by project_key, b.name, a.name, is_conflict order by 1, b.name, a.name";

/* Days whose lines do not add up to their cost, or the other way round. */
static const char unsplit_query[] =
    "with l as (select organization_key, coalesce(project_key, 0) as p, day, currency,"
    " sum(amount_nanos) as nanos from int_cost_lines group by 1, 2, 3, 4),"
    " d as (select organization_key, coalesce(project_key, 0) as p, day, currency, cost_nanos as"
    " nanos from cost_day where cost_nanos <> 0)"
    " select * from (select * from l where nanos <> 0 except select * from d)"
    " union all select * from (select * from d except select * from l)";

struct expected {
    const char *cost, *exceptions, *restatements; /* NULL: not looked at */
};

/* Puts the exports in in every order. */
static void check_orders(const struct cost_export *exports, guint count, guint done, guint *order,
                         const struct expected *expected)
{
    if (done == count) {
        g_autoptr(Db) db = derived(exports, order, count);

        check_query(db, cost_query, expected->cost);
        check_query(db, exception_query, expected->exceptions);
        check_query(db, restatement_query, expected->restatements);
        check_query(db, unsplit_query, "");
        return;
    }
    for (guint i = 0; i < count; i++) {
        gboolean used = FALSE;

        for (guint j = 0; j < done; j++)
            used = used || order[j] == i;
        if (used)
            continue;
        order[done] = i;
        check_orders(exports, count, done + 1, order, expected);
    }
}

static void check(const struct cost_export *exports, guint count, const struct expected *expected)
{
    guint order[EXPORTS_MAX];

    assert_true(count <= EXPORTS_MAX);
    check_orders(exports, count, 0, order, expected);
}

#define CHECK(exports, ...) check(exports, G_N_ELEMENTS(exports), &(struct expected){__VA_ARGS__})

static void one_export_counts_as_it_is_with_its_two_newest_days_provisional(void **state)
{
    const struct cost_export exports[] = {
        {.name = "oct.csv", .from = 1, .runs = RUNS(COST("p1", 1, 5, 100), COST(NULL, 2, 2, 7))}};

    (void)state;
    CHECK(exports,
          .cost = "- 2..2 7 oct.csv\n"
                  "p1 1..3 100 oct.csv\n"
                  "p1 4..5 100~ oct.csv\n",
          .exceptions = "", .restatements = "");
}

static void a_longer_export_takes_over_and_restates_settling_days(void **state)
{
    const struct cost_export exports[] = {
        {.name = "05.csv", .from = 1, .runs = RUNS(COST("p1", 1, 4, 100), COST("p1", 5, 5, 40))},
        {.name = "10.csv", .from = 1, .runs = RUNS(COST("p1", 1, 4, 100), COST("p1", 5, 10, 90))}};

    (void)state;
    CHECK(exports,
          .cost = "p1 1..4 100 10.csv\n"
                  "p1 5..8 90 10.csv\n"
                  "p1 9..10 90~ 10.csv\n",
          .exceptions = "RESTATED p1 10-05 50 05.csv, 10.csv\n",
          .restatements = "p1 1 40 -> 90 05.csv 10.csv \n");
}

static void a_shorter_later_export_leaves_the_days_before_it(void **state)
{
    const struct cost_export exports[] = {
        {.name = "05.csv", .from = 1, .runs = RUNS(COST("p1", 1, 5, 100))},
        {.name = "10.csv", .from = 4, .runs = RUNS(COST("p1", 4, 10, 110))}};

    (void)state;
    CHECK(exports,
          .cost = "p1 1..3 100 05.csv\n"
                  "p1 4..8 110 10.csv\n"
                  "p1 9..10 110~ 10.csv\n",
          .exceptions = "RESTATED p1 10-04 20 05.csv, 10.csv\n",
          .restatements = "p1 2 200 -> 220 05.csv 10.csv \n");
}

static void an_export_that_ends_earlier_does_not_undo_a_later_one(void **state)
{
    const struct cost_export exports[] = {
        {.name = "05.csv", .from = 1, .runs = RUNS(COST("p1", 1, 5, 100))},
        {.name = "10.csv", .from = 1, .runs = RUNS(COST("p1", 1, 3, 90))}};

    (void)state;
    CHECK(exports,
          .cost = "p1 1..3 100 05.csv\n"
                  "p1 4..5 100~ 05.csv\n",
          .exceptions = "RESTATED p1 10-01 30 10.csv, 05.csv\n");
}

static void a_stated_day_of_export_wins_over_the_last_charged_day(void **state)
{
    const struct cost_export exports[] = {
        {.name = "05.csv", .from = 1, .runs = RUNS(COST("p1", 1, 5, 100))},
        {.name = "10.csv", .from = 1, .as_of = 10, .runs = RUNS(COST("p1", 1, 3, 90))}};

    (void)state;
    CHECK(exports,
          .cost = "p1 1..1 90 10.csv\n"
                  "p1 2..3 90~ 10.csv\n"
                  "p1 4..5 100~ 05.csv\n",
          .exceptions = "RESTATED p1 10-01 30 05.csv, 10.csv\n");
}

static void a_corrected_october_beside_october_and_november_is_a_conflict(void **state)
{
    const struct cost_export exports[] = {
        {.name = "oct.csv",
         .from = 1,
         .runs = RUNS(COST("p1", 1, 9, 100), COST("p1", 10, 31, 120))},
        {.name = "oct-nov.csv", .from = 1, .runs = RUNS(COST("p1", 1, 61, 100))}};

    (void)state;
    CHECK(exports,
          .cost = "p1 1..59 100 oct-nov.csv\n"
                  "p1 60..61 100~ oct-nov.csv\n",
          .exceptions = "RESTATED p1 10-25 140 oct.csv, oct-nov.csv\n"
                        "SNAPSHOT_CONFLICT p1 10-10 300 oct.csv, oct-nov.csv\n",
          .restatements = "p1 7 840 -> 700 oct.csv oct-nov.csv \n"
                          "p1 15 1800 -> 1500 oct.csv oct-nov.csv !\n");
}

static void a_corrected_october_that_states_its_day_counts_without_a_conflict(void **state)
{
    const struct cost_export exports[] = {
        {.name = "oct.csv", .from = 1, .as_of = 70, .runs = RUNS(COST("p1", 1, 31, 120))},
        {.name = "oct-nov.csv", .from = 1, .runs = RUNS(COST("p1", 1, 61, 100))}};

    (void)state;
    CHECK(exports,
          .cost = "p1 1..29 120 oct.csv\n"
                  "p1 30..31 120~ oct.csv\n"
                  "p1 32..59 100 oct-nov.csv\n"
                  "p1 60..61 100~ oct-nov.csv\n",
          .exceptions = "RESTATED p1 10-01 620 oct-nov.csv, oct.csv\n");
}

static void of_two_exports_of_one_rank_the_larger_counts_as_a_conflict(void **state)
{
    const struct cost_export exports[] = {
        {.name = "a.csv", .from = 1, .runs = RUNS(COST("p1", 1, 1, 100), COST("p1", 2, 5, 300))},
        {.name = "b.csv", .from = 1, .runs = RUNS(COST("p1", 1, 1, 200), COST("p1", 2, 5, 300))}};

    (void)state;
    /* Which of two equal days counts does not depend on names, but on the files' bytes. */
    CHECK(exports,
          .cost = "p1 1..1 200 b.csv\n"
                  "p1 2..3 300 a.csv\n"
                  "p1 4..5 300~ a.csv\n",
          .exceptions = "SNAPSHOT_CONFLICT p1 10-01 100 a.csv, b.csv\n");
}

static void a_filtered_export_takes_no_other_project_away(void **state)
{
    const struct cost_export exports[] = {
        {.name = "all.csv",
         .from = 1,
         .runs = RUNS(COST("p1", 1, 10, 10), COST("p2", 1, 10, 20), COST("p3", 1, 10, 30),
                      COST("p4", 1, 9, 40), COST("p5", 1, 3, 0))},
        {.name = "two.csv", .from = 5, .runs = RUNS(COST("p1", 5, 12, 10), COST("p2", 5, 12, 21))}};

    (void)state;
    CHECK(exports,
          .cost = "p1 1..4 10 all.csv\n"
                  "p1 5..10 10 two.csv\n"
                  "p1 11..12 10~ two.csv\n"
                  "p2 1..4 20 all.csv\n"
                  "p2 5..10 21 two.csv\n"
                  "p2 11..12 21~ two.csv\n"
                  "p3 1..8 30 all.csv\n"
                  "p3 9..10 30~ all.csv\n"
                  "p4 1..8 40 all.csv\n"
                  "p4 9..9 40~ all.csv\n",
          .exceptions = "PROJECT_ABSENT p3 10-05 180 all.csv, two.csv\n"
                        "PROJECT_ABSENT p4 10-05 200 all.csv, two.csv\n"
                        "RESTATED p2 10-05 6 all.csv, two.csv\n");
}

static void a_filtered_export_of_the_same_days_is_told_from_another_part(void **state)
{
    const struct cost_export filtered[] = {
        {.name = "all.csv", .from = 1, .runs = RUNS(COST("p1", 1, 5, 10), COST("p2", 1, 5, 20))},
        {.name = "one.csv", .from = 1, .runs = RUNS(COST("p1", 1, 5, 10))}};
    const struct cost_export parts[] = {
        {.name = "p1.csv", .from = 1, .runs = RUNS(COST("p1", 1, 5, 10))},
        {.name = "p2.csv", .from = 1, .runs = RUNS(COST("p2", 1, 5, 20))}};

    (void)state;
    CHECK(filtered, .exceptions = "PROJECT_ABSENT p2 10-01 100 all.csv, one.csv\n");
    CHECK(parts,
          .cost = "p1 1..3 10 p1.csv\n"
                  "p1 4..5 10~ p1.csv\n"
                  "p2 1..3 20 p2.csv\n"
                  "p2 4..5 20~ p2.csv\n",
          .exceptions = "");
}

static void an_export_said_to_be_whole_makes_an_absent_project_zero(void **state)
{
    const struct cost_export exports[] = {
        {.name = "05.csv", .from = 1, .runs = RUNS(COST("p1", 1, 5, 10), COST("p2", 4, 5, 20))},
        {.name = "10.csv", .from = 1, .is_whole = TRUE, .runs = RUNS(COST("p1", 1, 10, 10))}};

    (void)state;
    CHECK(exports,
          .cost = "p1 1..8 10 10.csv\n"
                  "p1 9..10 10~ 10.csv\n"
                  "p2 4..5 0 10.csv\n",
          .exceptions = "RESTATED p2 10-04 40 05.csv, 10.csv\n",
          .restatements = "p2 2 40 -> 0 05.csv 10.csv \n");
}

static void one_project_by_line_item_splits_what_all_projects_total(void **state)
{
    const struct cost_export exports[] = {
        {.name = "all.csv", .from = 1, .runs = RUNS(COST("p1", 1, 10, 100), COST("p2", 1, 10, 50))},
        {.name = "p1-items.csv",
         .from = 1,
         .runs = RUNS(ITEMS("p1", 1, 9, 100), ITEMS("p1", 10, 10, 80))}};
    static const char lines[] =
        "select coalesce(project_id, '-'), coalesce(text, '-'), count(*),"
        " sum(amount_nanos) / 10000000 from int_cost_lines left join project using (project_key)"
        " left join term on term_id = line_item_id group by 1, 2 order by 1, 2";
    const guint order[] = {1, 0};
    g_autoptr(Db) db = derived(exports, order, 2);

    (void)state;
    /* The totals of one rank: the larger, which has no items, counts; its rest has none. */
    CHECK(exports, .exceptions = "PROJECT_ABSENT p2 10-01 500 all.csv, p1-items.csv\n"
                                 "SNAPSHOT_CONFLICT p1 10-10 20 p1-items.csv, all.csv\n");
    check_query(db, lines,
                "p1 - 1 20\n"
                "p1 input 10 970\n"
                "p1 output 10 10\n"
                "p2 - 10 500\n");
}

static void a_newer_total_below_an_older_split_leaves_a_negative_rest(void **state)
{
    const struct cost_export exports[] = {
        {.name = "items.csv", .from = 1, .runs = RUNS(ITEMS("p1", 1, 3, 100))},
        {.name = "all.csv", .from = 1, .runs = RUNS(COST("p1", 1, 5, 90))}};
    const guint order[] = {0, 1};
    g_autoptr(Db) db = derived(exports, order, 2);

    (void)state;
    CHECK(exports, .exceptions = "RESTATED p1 10-01 30 items.csv, all.csv\n");
    check_query(db,
                "select coalesce(text, '-'), amount_nanos / 10000000 from int_cost_lines"
                " left join term on term_id = line_item_id where day = '2026-10-02' order by 1",
                "- -10\n"
                "input 99\n"
                "output 1\n");
}

static void an_ungrouped_export_adds_only_what_it_has_above_the_projects(void **state)
{
    const struct cost_export exports[] = {
        {.name = "projects.csv",
         .from = 1,
         .runs = RUNS(COST("p1", 1, 5, 10), COST("p2", 1, 5, 20), COST(NULL, 3, 3, 4))},
        {.name = "total.csv",
         .from = 1,
         .runs = RUNS(COST(NULL, 1, 1, 30), ITEMS(NULL, 2, 10, 37))}};

    (void)state;
    /* Day 3: the projects' file itself has 4 without a project, so only 3 are unattributed. */
    CHECK(exports,
          .cost = "- 2..5 7 total.csv\n"
                  "- 6..8 37 total.csv\n"
                  "- 9..10 37~ total.csv\n"
                  "p1 1..3 10 projects.csv\n"
                  "p1 4..5 10~ projects.csv\n"
                  "p2 1..3 20 projects.csv\n"
                  "p2 4..5 20~ projects.csv\n",
          .exceptions = "UNATTRIBUTED_COST - 10-02 209 total.csv\n", .restatements = "");
}

static void projects_below_an_older_ungrouped_total_leave_its_rest(void **state)
{
    const struct cost_export exports[] = {
        {.name = "total.csv", .from = 1, .runs = RUNS(COST(NULL, 1, 5, 50))},
        {.name = "projects.csv", .from = 1, .runs = RUNS(COST("p1", 1, 9, 30))}};

    (void)state;
    CHECK(exports,
          .cost = "- 1..3 20 total.csv\n"
                  "- 4..5 20~ total.csv\n"
                  "p1 1..7 30 projects.csv\n"
                  "p1 8..9 30~ projects.csv\n",
          .exceptions = "UNATTRIBUTED_COST - 10-01 100 total.csv\n");
}

static void projects_above_a_settling_older_total_restate_it(void **state)
{
    const struct cost_export exports[] = {
        {.name = "total.csv", .from = 1, .runs = RUNS(COST(NULL, 1, 10, 50))},
        {.name = "projects.csv",
         .from = 1,
         .runs = RUNS(COST("p1", 1, 2, 60), COST("p1", 3, 12, 55))}};

    (void)state;
    /* Days 1 to 3 are past settling in the total: there the two exports disagree. */
    CHECK(exports,
          .cost = "p1 1..2 60 projects.csv\n"
                  "p1 3..10 55 projects.csv\n"
                  "p1 11..12 55~ projects.csv\n",
          .exceptions = "GRAIN_MISMATCH - 10-01 25 total.csv, projects.csv\n"
                        "RESTATED - 10-04 35 total.csv, projects.csv\n");
}

static void an_ungrouped_total_below_its_projects_is_a_mismatch_never_a_loss(void **state)
{
    const struct cost_export exports[] = {
        {.name = "projects.csv", .from = 1, .runs = RUNS(COST("p1", 1, 5, 60))},
        {.name = "total.csv", .from = 1, .runs = RUNS(COST(NULL, 1, 3, 50), COST(NULL, 5, 6, 60))}};

    (void)state;
    /* Day 4 is empty but covered: the total says that nothing was spent. */
    CHECK(exports,
          .cost = "- 6..6 60~ total.csv\n"
                  "p1 1..3 60 projects.csv\n"
                  "p1 4..5 60~ projects.csv\n",
          .exceptions = "GRAIN_MISMATCH - 10-01 90 total.csv, projects.csv\n"
                        "UNATTRIBUTED_COST - 10-06 60 total.csv\n");
}

static void two_ungrouped_exports_are_snapshots_of_one_total(void **state)
{
    const struct cost_export exports[] = {
        {.name = "05.csv", .from = 1, .runs = RUNS(ITEMS(NULL, 1, 5, 50))},
        {.name = "10.csv", .from = 1, .runs = RUNS(COST(NULL, 1, 2, 50), COST(NULL, 4, 10, 55))}};

    (void)state;
    CHECK(exports,
          .cost = "- 1..2 50 10.csv\n"
                  "- 3..3 0 10.csv\n"
                  "- 4..8 55 10.csv\n"
                  "- 9..10 55~ 10.csv\n",
          .exceptions = "RESTATED - 10-03 40 05.csv, 10.csv\n"
                        "UNATTRIBUTED_COST - 10-01 485 10.csv\n",
          .restatements = "- 3 150 -> 110 05.csv 10.csv \n");
}

static void a_later_whole_export_by_project_replaces_an_ungrouped_total(void **state)
{
    const struct cost_export exports[] = {
        {.name = "total.csv", .from = 1, .runs = RUNS(COST(NULL, 1, 5, 50))},
        {.name = "projects.csv",
         .from = 1,
         .is_whole = TRUE,
         .runs = RUNS(COST("p1", 1, 6, 30), COST("p2", 1, 4, 15))}};

    (void)state;
    CHECK(exports,
          .cost = "p1 1..4 30 projects.csv\n"
                  "p1 5..6 30~ projects.csv\n"
                  "p2 1..4 15 projects.csv\n",
          .exceptions = "RESTATED - 10-01 40 total.csv, projects.csv\n");
}

static void totals_projects_and_a_correction_meet_in_any_order(void **state)
{
    const struct cost_export exports[] = {
        {.name = "total.csv", .from = 1, .runs = RUNS(COST(NULL, 1, 10, 100))},
        {.name = "projects.csv",
         .from = 1,
         .runs = RUNS(COST("p1", 1, 8, 60), COST("p2", 1, 8, 40))},
        {.name = "p2-items.csv", .from = 6, .as_of = 12, .runs = RUNS(ITEMS("p2", 6, 8, 45))}};

    (void)state;
    CHECK(exports,
          .cost = "- 9..10 100~ total.csv\n"
                  "p1 1..6 60 projects.csv\n"
                  "p1 7..8 60~ projects.csv\n"
                  "p2 1..5 40 projects.csv\n"
                  "p2 6..6 45 p2-items.csv\n"
                  "p2 7..8 45~ p2-items.csv\n",
          .exceptions = "PROJECT_ABSENT p1 10-06 180 projects.csv, p2-items.csv\n"
                        "RESTATED - 10-06 15 total.csv, p2-items.csv\n"
                        "RESTATED p2 10-06 15 projects.csv, p2-items.csv\n"
                        "UNATTRIBUTED_COST - 10-09 200 total.csv\n");
}

static void organizations_and_currencies_stay_apart(void **state)
{
    const struct cost_export exports[] = {
        {.name = "one.csv", .from = 1, .runs = RUNS(COST("p1", 1, 5, 10), EURO("p1", 1, 5, 20))},
        {.name = "two.csv",
         .organization = "org-two",
         .from = 1,
         .runs = RUNS(COST("p2", 1, 9, 30))},
        {.name = "total.csv",
         .organization = "org-two",
         .from = 1,
         .runs = RUNS(COST(NULL, 1, 9, 30))}};
    const guint order[] = {1, 2, 0};
    g_autoptr(Db) db = derived(exports, order, 3);

    (void)state;
    CHECK(exports, .exceptions = "");
    check_query(db,
                "select organization_id, currency, count(*), sum(cost_nanos) / 10000000 from"
                " cost_day inner join organization using (organization_key) group by 1, 2"
                " order by 1, 2",
                "org-one EUR 5 100\n"
                "org-one USD 5 50\n"
                "org-two USD 9 270\n");
}

static void deriving_again_changes_nothing(void **state)
{
    const struct cost_export exports[] = {
        {.name = "a.csv", .from = 1, .runs = RUNS(COST("p1", 1, 9, 100), COST(NULL, 3, 4, 7))},
        {.name = "b.csv", .from = 1, .runs = RUNS(COST(NULL, 1, 8, 150))}};
    const guint order[] = {0, 1};
    g_autoptr(GError) error = NULL;
    g_autoptr(Db) db = derived(exports, order, 2);
    g_autofree char *cost = query_text(db, cost_query);
    g_autofree char *exceptions = query_text(db, exception_query);

    (void)state;
    assert_true(db_run(db, "derive_clear", &error));
    assert_true(derive_cost(db, &error));
    check_query(db, cost_query, cost);
    check_query(db, exception_query, exceptions);
    check_query(db, "select count(*) from temp.cost_candidate", "0\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_export_counts_as_it_is_with_its_two_newest_days_provisional),
        cmocka_unit_test(a_longer_export_takes_over_and_restates_settling_days),
        cmocka_unit_test(a_shorter_later_export_leaves_the_days_before_it),
        cmocka_unit_test(an_export_that_ends_earlier_does_not_undo_a_later_one),
        cmocka_unit_test(a_stated_day_of_export_wins_over_the_last_charged_day),
        cmocka_unit_test(a_corrected_october_beside_october_and_november_is_a_conflict),
        cmocka_unit_test(a_corrected_october_that_states_its_day_counts_without_a_conflict),
        cmocka_unit_test(of_two_exports_of_one_rank_the_larger_counts_as_a_conflict),
        cmocka_unit_test(a_filtered_export_takes_no_other_project_away),
        cmocka_unit_test(a_filtered_export_of_the_same_days_is_told_from_another_part),
        cmocka_unit_test(an_export_said_to_be_whole_makes_an_absent_project_zero),
        cmocka_unit_test(one_project_by_line_item_splits_what_all_projects_total),
        cmocka_unit_test(a_newer_total_below_an_older_split_leaves_a_negative_rest),
        cmocka_unit_test(an_ungrouped_export_adds_only_what_it_has_above_the_projects),
        cmocka_unit_test(projects_below_an_older_ungrouped_total_leave_its_rest),
        cmocka_unit_test(projects_above_a_settling_older_total_restate_it),
        cmocka_unit_test(an_ungrouped_total_below_its_projects_is_a_mismatch_never_a_loss),
        cmocka_unit_test(two_ungrouped_exports_are_snapshots_of_one_total),
        cmocka_unit_test(a_later_whole_export_by_project_replaces_an_ungrouped_total),
        cmocka_unit_test(totals_projects_and_a_correction_meet_in_any_order),
        cmocka_unit_test(organizations_and_currencies_stay_apart),
        cmocka_unit_test(deriving_again_changes_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
