/* test_spend.c - what a month, week or day of spend is held against, and what a price is made of.
 */
#include "core/instant.h"
#include "spend_given.h"

#define COMPARED  "month cost prior change growth prior_same_days change_same_days growth_same_days"
#define BY(grain) ((struct report_options){.by = (grain)})

static void a_month_is_held_against_the_one_before_and_the_same_days_of_it(void **state)
{
    g_autoptr(Db) db = spend_ledger();

    (void)state;
    given_coverage(db, 1, 1, 45);
    given_cost(db, 1, 1, 1, 30, 100);
    given_cost(db, 1, 1, 31, 45, 110);
    assert_spend(db, BY(NULL), COMPARED,
                 "2026-09|30.000000000||||||\n"
                 "2026-10|16.500000000|30.000000000|-13.500000000|-0.450000|15.000000000|"
                 "1.500000000|0.100000\n");
}

static void
a_month_that_is_covered_to_its_end_is_held_against_all_days_of_a_longer_one(void **state)
{
    g_autoptr(Db) db = spend_ledger();

    (void)state;
    given_coverage(db, 1, 31, 90); /* October has a day more than November */
    given_cost(db, 1, 1, 31, 61, 100);
    given_cost(db, 1, 1, 62, 90, 100);
    assert_spend(db, BY(NULL), "month prior prior_same_days",
                 "2026-10||\n2026-11|31.000000000|29.000000000\n");
    run(db, "update coverage set until_day = '2026-11-30'");
    assert_spend(db, BY(NULL), "month prior prior_same_days",
                 "2026-10||\n2026-11|31.000000000|31.000000000\n");
}

static void what_is_not_known_whole_is_nothing_to_hold_a_month_against(void **state)
{
    const struct report_options late = {.from = "2026-10-12", .until = "2026-10-22"};
    g_autoptr(Db) db = spend_ledger();

    (void)state;
    given_coverage(db, 1, 10, 61);
    given_cost(db, 1, 1, 10, 30, 100);
    given_cost(db, 1, 1, 31, 61, 200);
    assert_spend(db, BY(NULL), COMPARED,
                 "2026-09|21.000000000||||||\n2026-10|62.000000000||||||\n");
    assert_spend(db, late, COMPARED,
                 "2026-10|20.000000000||||10.000000000|10.000000000|1.000000\n");
}

static void a_gap_in_what_is_covered_is_left_out_on_both_sides(void **state)
{
    g_autoptr(Db) db = spend_ledger();

    (void)state;
    given_coverage(db, 1, 1, 35);
    given_coverage(db, 1, 41, 61); /* 6 to 10 October is not covered */
    given_cost(db, 1, 1, 1, 30, 100);
    given_cost(db, 1, 1, 31, 35, 100);
    given_cost(db, 1, 1, 41, 61, 100);
    assert_spend(db, BY(NULL), "month cost prior prior_same_days change_same_days",
                 "2026-09|30.000000000|||\n"
                 "2026-10|26.000000000|30.000000000|25.000000000|1.000000000\n");
}

static void days_that_the_report_leaves_out_are_held_against_nothing(void **state)
{
    const struct report_options october = {.month = "2026-10"},
                                days = {.from = "2026-10-05", .until = "2026-10-08"};
    g_autoptr(Db) db = spend_ledger();

    (void)state;
    given_coverage(db, 1, 1, 61);
    for (int day = 1; day <= 30; day++)
        given_cost(db, 1, 1, day, day, 100 + day);
    given_cost(db, 1, 1, 31, 61, 100);
    assert_spend(db, october, COMPARED,
                 "2026-10|31.000000000|34.650000000|-3.650000000|-0.105339|34.650000000|"
                 "-3.650000000|-0.105339\n");
    assert_spend(db, days, COMPARED,
                 "2026-10|3.000000000|34.650000000|-31.650000000|-0.913420|3.180000000|"
                 "-0.180000000|-0.056604\n");
}

static void what_cost_nothing_before_has_no_growth_and_what_is_gone_keeps_a_row(void **state)
{
    const struct report_options october = {.month = "2026-10"},
                                october_by_class = {.month = "2026-10", .by = "class"};
    g_autoptr(Db) db = spend_ledger();

    (void)state;
    given_coverage(db, 1, 1, 61);
    given_cost(db, 1, 1, 1, 10, 100);
    given_cost(db, 1, 2, 40, 49, 300);
    assert_spend(db, october_by_class, "class cost share prior change growth",
                 "production|0.000000000|0.000000|10.000000000|-10.000000000|-1.000000\n"
                 "test|30.000000000|1.000000|0.000000000|30.000000000|\n");
    assert_spend(db, october, "project_id cost prior change growth",
                 "proj_lab|30.000000000|0.000000000|30.000000000|\n");
}

static void a_week_ends_on_the_sunday_that_names_it(void **state)
{
    g_autoptr(Db) db = spend_ledger();

    (void)state;
    given_coverage(db, 1, 0, 16); /* Monday, 31 August to Wednesday, 16 September */
    given_cost(db, 1, 1, 0, 6, 100);
    given_cost(db, 1, 1, 7, 13, 200);
    given_cost(db, 1, 1, 14, 16, 300);
    assert_spend(db, BY("week"), "project_id week cost prior prior_same_days growth_same_days",
                 "proj_web|2026-09-06|7.000000000|||\n"
                 "proj_web|2026-09-13|14.000000000|7.000000000|7.000000000|1.000000\n"
                 "proj_web|2026-09-20|9.000000000|14.000000000|6.000000000|0.500000\n");
}

static void a_week_that_began_before_the_first_month_is_no_prior(void **state)
{
    g_autoptr(Db) db = spend_ledger();

    (void)state;
    given_coverage(db, 1, -30, -15); /* Saturday, 1 August, the first day there is, to a Sunday */
    given_cost(db, 1, 1, -30, -15, 100);
    assert_spend(db, BY("week"), "week cost prior prior_same_days",
                 "2026-08-02|2.000000000||\n"
                 "2026-08-09|7.000000000||\n"
                 "2026-08-16|7.000000000|7.000000000|7.000000000\n");
}

static void a_day_is_held_against_the_one_before_where_that_is_covered(void **state)
{
    g_autoptr(Db) db = spend_ledger();

    (void)state;
    given_coverage(db, 1, 1, 3);
    given_coverage(db, 1, 5, 5);
    given_cost(db, 1, 1, 1, 1, 100);
    given_cost(db, 1, 1, 3, 3, 200);
    given_cost(db, 1, 1, 5, 5, 200);
    assert_spend(db, BY("day"), "day cost prior change growth",
                 "2026-09-01|1.000000000|||\n"
                 "2026-09-03|2.000000000|0.000000000|2.000000000|\n"
                 "2026-09-05|2.000000000|||\n");
}

static void a_share_is_of_the_organization_whatever_is_shown_of_it(void **state)
{
    const struct report_options lab = {.project_id = "proj_lab"};
    g_autoptr(Db) db = spend_ledger();

    (void)state;
    given_coverage(db, 1, 1, 30);
    given_coverage(db, 2, 1, 30);
    given_cost(db, 1, 1, 1, 1, 300);
    given_cost(db, 1, 2, 1, 1, 100);
    given_cost(db, 2, 3, 1, 1, 400);
    given_cost(db, 2, 0, 2, 2, 800);
    assert_spend(db, BY(NULL), "organization_id project_id share",
                 "org-a|proj_lab|0.250000\norg-a|proj_web|0.750000\n"
                 "org-b||0.666667\norg-b|proj_api|0.333333\n");
    assert_spend(db, lab, "project_id share", "proj_lab|0.250000\n");
    assert_spend(db, BY("organization"), "organization_id cost share",
                 "org-a|4.000000000|0.250000\norg-b|12.000000000|0.750000\n");
    assert_spend(db, BY("owner"), "organization_id owner share",
                 "org-a|ann|0.750000\norg-a|bob|0.250000\norg-b||1.000000\n");
    assert_spend(db, BY("cost_center"), "organization_id cost_center share",
                 "org-a|4711|1.000000\norg-b||1.000000\n");
}

static void a_price_is_made_of_days_that_both_cost_and_usage_tell_of(void **state)
{
    g_autoptr(Db) db = spend_ledger();

    (void)state;
    given_coverage(db, 1, 1, 30);
    given_cost(db, 1, 1, 1, 30, 100);
    given_cost(db, 1, 2, 1, 1, 700);
    given_usage(db, 1, 1, 1, 7, 50, 2000000); /* a week of a month */
    assert_spend(
        db, BY(NULL),
        "project_id requests tokens measured_cost cost_per_request cost_per_million_tokens",
        "proj_lab|||||\n"
        "proj_web|350|14000000|7.000000000|0.020000000|0.500000000\n");
    assert_spend(db, BY("organization"), "cost requests measured_cost cost_per_request",
                 "37.000000000|350|7.000000000|0.020000000\n");
    given_usage(db, 1, 1, 40, 41, 50, 0); /* no cost yet */
    assert_spend(db, BY("class"), "class month requests measured_cost cost_per_request",
                 "production|2026-09|350|7.000000000|0.020000000\n"
                 "production|2026-10|100||\n"
                 "test|2026-09|||\n");
}

static void usage_whose_organization_is_unknown_is_in_nobodys_price(void **state)
{
    g_autoptr(Db) db = spend_ledger();

    (void)state;
    given_coverage(db, 1, 1, 30);
    given_cost(db, 1, 1, 1, 1, 100);
    given_usage(db, 0, 1, 1, 1, 50, 10);
    assert_spend(db, BY(NULL), "organization_id project_id cost requests measured_cost",
                 "|proj_web|0.000000000|50|\norg-a|proj_web|1.000000000||\n");
}

static void usage_stands_beside_its_organizations_one_currency(void **state)
{
    g_autoptr(Db) db = spend_ledger();

    (void)state;
    given_coverage(db, 1, 1, 30);
    given_cost(db, 1, 1, 1, 1, 100);
    given_usage(db, 1, 1, 1, 1, 50, 10);
    run(db, "update cost_day set currency = 'EUR'");
    assert_spend(db, BY(NULL), "currency cost requests cost_per_request",
                 "EUR|1.000000000|50|0.020000000\n");
    given_cost(db, 1, 1, 1, 1, 300);
    assert_spend(db, BY(NULL), "currency cost requests cost_per_request",
                 "EUR|1.000000000||\nUSD|3.000000000|50|0.060000000\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_month_is_held_against_the_one_before_and_the_same_days_of_it),
        cmocka_unit_test(
            a_month_that_is_covered_to_its_end_is_held_against_all_days_of_a_longer_one),
        cmocka_unit_test(what_is_not_known_whole_is_nothing_to_hold_a_month_against),
        cmocka_unit_test(a_gap_in_what_is_covered_is_left_out_on_both_sides),
        cmocka_unit_test(days_that_the_report_leaves_out_are_held_against_nothing),
        cmocka_unit_test(what_cost_nothing_before_has_no_growth_and_what_is_gone_keeps_a_row),
        cmocka_unit_test(a_week_ends_on_the_sunday_that_names_it),
        cmocka_unit_test(a_week_that_began_before_the_first_month_is_no_prior),
        cmocka_unit_test(a_day_is_held_against_the_one_before_where_that_is_covered),
        cmocka_unit_test(a_share_is_of_the_organization_whatever_is_shown_of_it),
        cmocka_unit_test(a_price_is_made_of_days_that_both_cost_and_usage_tell_of),
        cmocka_unit_test(usage_whose_organization_is_unknown_is_in_nobodys_price),
        cmocka_unit_test(usage_stands_beside_its_organizations_one_currency),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
