/* test_wallet_pace.c - given budgets and cost: how each stands against an even spend, and where it
 * is going. */
#include "match_given.h"
#include "wallet/wallet.h"

/* org-a with two projects; cost exports cover it from 1 October 2026 to `until`. */
static Db *ledger(const char *until)
{
    Db *db = given_ledger();

    given_run(db,
              "insert into project values (1, 'proj_a', 'atlas'), (2, 'proj_b', 'beta');"
              "insert into project_fact values (1, 1, '', '', '', '', ''),"
              " (2, 2, '', '', '', '', '');"
              "with recursive days (day) as (select '2026-08-01' union all"
              " select date(day, '+1 day') from days where day < '2027-01-31')"
              "insert into calendar select day,"
              " cast(julianday(day) - 2440587.5 as integer), substr(day, 1, 7) from days;"
              "insert into coverage values (1, '2026-10-01', '%s')",
              until);
    return db;
}

static void given_cost(Db *db, const char *from, const char *until, int cents, int is_provisional)
{
    given_run(db,
              "insert into cost_day select 1, 1, day, 'USD', %" G_GINT64_FORMAT
              ", %d, null, null, 1 from calendar where day between '%s' and '%s'",
              cents * CENT, is_provisional, from, until);
}

static void given_budget(Db *db, const char *owner, const char *from, const char *until, int cents)
{
    given_run(db,
              "insert into budget_row values (1, 2, %s, '%s', nullif('%s', ''), %" G_GINT64_FORMAT
              ", 'USD')",
              owner, from, until, cents * CENT);
}

static void wallets(Db *db)
{
    g_autoptr(GError) error = NULL;

    if (!wallet_run(db, &error))
        fail_msg("%s", error->message);
}

#define PACE                                                                                       \
    "select state, spent_nanos / 10000000, complete_day_count, day_count, settled_nanos /"         \
    " 10000000, even_nanos / 10000000, ahead_nanos / 10000000, mean_daily_nanos / 10000000,"       \
    " mean_day_count, forecast_nanos / 10000000, exceeds_on, as_of_on from fct_budgets"

static void assert_pace(Db *db, const char *expected)
{
    wallets(db);
    assert_rows(db, PACE, expected);
}

static void pace_goes_by_complete_days_and_the_forecast_by_their_mean(void **state)
{
    g_autoptr(Db) db = ledger("2026-10-12");

    (void)state;
    given_cost(db, "2026-10-01", "2026-10-10", 200, 0);
    given_cost(db, "2026-10-11", "2026-10-12", 50, 1);
    given_budget(db, "1, null", "2026-10-01", "2026-10-31", 3100);
    /* 21.00 spent; 19 days at 2.00 are 38.00 more, and of the 10.00 left the fifth is used up on
     * the 17th, exceeded on the 18th. */
    assert_pace(db, "will exceed|2100|10|31|2000|1000|1000|200|10|5900|2026-10-18|2026-10-12");
}

static void the_mean_is_that_of_the_newest_28_complete_days(void **state)
{
    g_autoptr(Db) db = ledger("2026-11-10");

    (void)state;
    given_cost(db, "2026-10-01", "2026-10-13", 100000, 0);
    given_cost(db, "2026-10-14", "2026-11-10", 100, 0);
    given_budget(db, "1, 1", "2026-10-01", "2026-12-31", 9200000);
    assert_pace(db, "running|1302800|41|92|1302800|4100000|-2797200|100|28|1307900|-|2026-11-10");
}

static void days_without_cost_that_are_covered_are_days_of_nothing(void **state)
{
    g_autoptr(Db) db = ledger("2026-10-10");

    (void)state;
    given_cost(db, "2026-10-03", "2026-10-03", 1000, 0);
    given_budget(db, "null, 1", "2026-10-01", "2026-10-20", 2000);
    assert_pace(db, "running|1000|10|20|1000|1000|0|100|10|2000|-|2026-10-10");
}

static void a_gap_between_exports_is_neither_elapsed_nor_left(void **state)
{
    g_autoptr(Db) db = ledger("2026-10-05");

    (void)state;
    given_run(db, "insert into coverage values (1, '2026-10-11', '2026-10-15')");
    given_cost(db, "2026-10-01", "2026-10-05", 100, 0);
    given_cost(db, "2026-10-11", "2026-10-15", 300, 0);
    given_budget(db, "1, null", "2026-10-01", "2026-10-20", 4000);
    assert_pace(db, "running|2000|10|20|2000|2000|0|200|10|3000|-|2026-10-15");
}

static void a_budget_whose_days_are_over_has_no_forecast(void **state)
{
    g_autoptr(Db) db = ledger("2026-11-05");

    (void)state;
    given_cost(db, "2026-10-01", "2026-10-31", 100, 0);
    given_budget(db, "1, null", "2026-10-01", "2026-10-31", 3100);
    assert_pace(db, "kept|3100|31|31|3100|3100|0|100|28|-|-|2026-11-05");
}

static void a_budget_is_not_called_kept_while_days_of_it_may_change(void **state)
{
    g_autoptr(Db) db = ledger("2026-10-31");

    (void)state;
    given_cost(db, "2026-10-01", "2026-10-30", 100, 0);
    given_cost(db, "2026-10-31", "2026-10-31", 1, 1);
    given_budget(db, "1, null", "2026-10-01", "2026-10-31", 3100);
    assert_pace(db, "over|3001|30|31|3000|3000|0|100|28|-|-|2026-10-31");
}

static void without_cost_data_nothing_is_known_to_be_spent(void **state)
{
    g_autoptr(Db) db = ledger("2026-10-31");

    (void)state;
    given_budget(db, "1, null", "2026-11-01", "2026-11-30", 3000);
    assert_pace(db, "not begun|-|0|30|-|-|-|-|0|-|-|2026-10-31");
    given_run(db, "delete from coverage");
    assert_pace(db, "no cost data|-|0|30|-|-|-|-|0|-|-|-");
    given_run(db, "insert into coverage values (1, '2026-10-01', '2026-10-31');"
                  "update budget_row set from_on = '2026-09-01', until_on = '2026-09-30'");
    assert_pace(db, "no cost data|-|0|30|-|-|-|-|0|-|-|2026-10-31");
}

static void the_first_days_promise_nothing_while_they_are_provisional(void **state)
{
    g_autoptr(Db) db = ledger("2026-10-02");

    (void)state;
    given_cost(db, "2026-10-01", "2026-10-02", 100, 1);
    given_budget(db, "1, null", "2026-10-01", "2026-10-31", 3100);
    assert_pace(db, "running|200|0|31|-|-|-|-|0|-|-|2026-10-02");
}

static void a_budget_without_an_end_has_a_day_on_which_it_will_be_gone(void **state)
{
    g_autoptr(Db) db = ledger("2026-10-10");

    (void)state;
    given_cost(db, "2026-10-01", "2026-10-10", 100, 0);
    given_budget(db, "1, null", "2026-10-01", "", 1500);
    assert_pace(db, "will exceed|1000|10|-|1000|-|-|100|10|-|2026-10-16|2026-10-10");
    given_run(db, "update budget_row set amount_nanos = 9000000000000000000");
    assert_pace(db, "running|1000|10|-|1000|-|-|100|10|-|-|2026-10-10");
}

static void an_exceeded_budget_says_what_it_comes_to(void **state)
{
    g_autoptr(Db) db = ledger("2026-10-10");

    (void)state;
    given_cost(db, "2026-10-01", "2026-10-10", 100, 0);
    given_budget(db, "1, null", "2026-10-01", "2026-10-31", 950);
    assert_pace(db, "exceeded|1000|10|31|1000|306|693|100|10|3100|-|2026-10-10");
    assert_rows(db, "select explanation from exception",
                "The budget of 9.50 USD of organization org-a from 2026-10-01 to 2026-10-31 was "
                "exceeded on 2026-10-10; 10.00 USD was spent by now, 0.50 USD above it. At 1.00 "
                "USD a day, the mean of its last complete days (10), it comes to 31.00 USD.");
}

static void days_that_give_back_promise_no_more_of_it(void **state)
{
    g_autoptr(Db) db = ledger("2026-10-10");

    (void)state;
    given_cost(db, "2026-10-01", "2026-10-10", -100, 0);
    given_budget(db, "1, null", "2026-10-01", "2026-10-31", 1000);
    assert_pace(db, "running|-1000|10|31|-1000|322|-1322|0|10|-1000|-|2026-10-10");
}

static void a_forecast_beyond_all_money_is_left_out(void **state)
{
    g_autoptr(Db) db = ledger("2026-10-10");

    (void)state;
    given_run(db, "insert into cost_day values (1, 1, '2026-10-01', 'USD', 4000000000000000000, 0,"
                  " null, null, 1)");
    given_budget(db, "1, null", "2026-10-01", "2026-12-31", 0);
    given_run(db, "update budget_row set amount_nanos = 9000000000000000000");
    assert_pace(db, "will exceed|400000000000|10|92|400000000000|97826086956|302173913043|"
                    "40000000000|10|-|2026-10-23|2026-10-10");
}

static void a_project_that_moved_goes_by_the_days_of_both_organizations(void **state)
{
    g_autoptr(Db) db = ledger("2026-10-05");

    (void)state;
    given_run(db, "insert into coverage values (2, '2026-10-04', '2026-10-08');"
                  "insert into cost_day values (2, 1, '2026-10-08', 'USD', 2000000000, 1, null,"
                  " null, 1)");
    given_cost(db, "2026-10-01", "2026-10-03", 100, 0);
    given_budget(db, "null, 1", "2026-10-01", "2026-10-10", 1000);
    assert_pace(db, "running|500|7|10|300|700|-400|42|7|585|-|2026-10-08");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pace_goes_by_complete_days_and_the_forecast_by_their_mean),
        cmocka_unit_test(the_mean_is_that_of_the_newest_28_complete_days),
        cmocka_unit_test(days_without_cost_that_are_covered_are_days_of_nothing),
        cmocka_unit_test(a_gap_between_exports_is_neither_elapsed_nor_left),
        cmocka_unit_test(a_budget_whose_days_are_over_has_no_forecast),
        cmocka_unit_test(a_budget_is_not_called_kept_while_days_of_it_may_change),
        cmocka_unit_test(without_cost_data_nothing_is_known_to_be_spent),
        cmocka_unit_test(the_first_days_promise_nothing_while_they_are_provisional),
        cmocka_unit_test(a_budget_without_an_end_has_a_day_on_which_it_will_be_gone),
        cmocka_unit_test(an_exceeded_budget_says_what_it_comes_to),
        cmocka_unit_test(days_that_give_back_promise_no_more_of_it),
        cmocka_unit_test(a_forecast_beyond_all_money_is_left_out),
        cmocka_unit_test(a_project_that_moved_goes_by_the_days_of_both_organizations),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
