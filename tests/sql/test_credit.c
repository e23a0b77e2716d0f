/* test_credit.c - given top-ups, grants and cost, credit says exactly this. */
#include "core/error.h"
#include "credit/credit.h"
#include "credit_given.h"

#define CODES                                                                                      \
    "select code, dated_on, amount_nanos / 10000000, reference from exception"                     \
    " order by code, dated_on, reference"
#define BALANCES                                                                                   \
    "select day, (paid_nanos + free_nanos - overdraft_nanos) / 10000000 from balance_day"          \
    " where policy = 'free-first' order by day"

static void paid_and_refunded_topups_and_all_but_paid_grants_make_grants(void **state)
{
    g_autoptr(Db) db = given_ledger(3);

    (void)state;
    given_topup(db, 2, at(1, 9), 500, "paid");
    given_topup(db, 3, at(1, 8), 500, "failed");
    given_topup(db, 4, at(1, 7), 500, "pending");
    given_topup(db, 5, at(1, 6), 500, "void");
    given_topup(db, 6, at(0, 9), 500, "refunded");
    given_grant(db, 7, "free", 1, 30, 100);
    given_grant(db, 8, "paid", 1, 30, 500);
    given_grant(db, 9, "opening", 0, 30, 300);
    run(db, "update grant_fact set grant_id = '' where grant_fact_id = 7");
    derive(db, credit_run);
    assert_rows(db,
                "select credit_grant_id, reference, kind, is_free, granted_on, expires_on,"
                " face_nanos / 10000000, topup_id, grant_fact_id, line from credit_grant",
                "1|grant_9|opening|0|2026-01-01|2026-01-31|300|-|9|9\n"
                "2|INV-0006|paid|0|2026-01-01|2027-01-01|500|6|-|6\n"
                "3|g7|free|1|2026-01-02|2026-01-31|100|-|7|7\n"
                "4|INV-0002|paid|0|2026-01-02|2027-01-02|500|2|-|2");
}

static void what_has_no_number_is_drawn_by_its_id_wherever_it_stands_in_its_file(void **state)
{
    g_autoptr(Db) db = given_ledger(3);

    (void)state;
    given_topup(db, 1, at(0, 9), 500, "paid");
    given_topup(db, 2, at(0, 9), 500, "paid");
    run(db, "update topup set invoice_number = '', reference = 'given.csv:9' where topup_id = 1");
    run(db, "update topup set invoice_number = '', reference = 'given.csv:10' where topup_id = 2");
    given_cost(db, 1, 1, 300);
    derive(db, credit_run);
    assert_rows(db,
                "select reference, used_nanos / 10000000 from grant_balance inner join"
                " credit_grant using (credit_grant_id) where policy = 'free-first'"
                " order by credit_grant_id",
                "given.csv:9|300\n"
                "given.csv:10|0");
}

static void both_policies_burn_down_and_tell_where_they_differ(void **state)
{
    g_autoptr(Db) db = given_ledger(6);

    (void)state;
    given_topup(db, 1, at(0, 9), 1000, "paid");
    given_grant(db, 2, "promotional", 0, 400, 200);
    given_grant(db, 3, "opening", 0, 4, 500);
    given_cost(db, 1, 1, 300);
    derive(db, credit_run);
    assert_rows(db,
                "select policy, reference, used_nanos / 10000000, expired_nanos / 10000000,"
                " remaining_nanos / 10000000, state from grant_balance inner join credit_grant"
                " using (credit_grant_id) order by policy desc, reference",
                "free-first|INV-0001|0|0|1000|open\n"
                "free-first|grant_2|200|0|0|used\n"
                "free-first|grant_3|100|400|0|expired\n"
                "expiry-first|INV-0001|0|0|1000|open\n"
                "expiry-first|grant_2|0|0|200|open\n"
                "expiry-first|grant_3|300|200|0|expired");
    assert_rows(db,
                "select organization_id, currency, month, kind, free_first_nanos / 10000000,"
                " expiry_first_nanos / 10000000, difference_nanos / 10000000"
                " from fct_burn_policies",
                "org-a|USD|2026-01|expired|400|200|200");
    assert_rows(db, CODES, "EXPIRED_CREDITS|2026-01-05|400|grant_3");
    assert_rows(db, "select explanation from exception",
                "4.00 USD of this grant expired unused; in all, 4.00 USD expired under free-first "
                "and 2.00 under expiry-first.");
}

static void a_days_row_adds_up_from_the_day_before(void **state)
{
    g_autoptr(Db) db = given_ledger(4);

    (void)state;
    given_topup(db, 1, at(0, 9), 1000, "paid");
    given_topup(db, 2, at(2, 9), 700, "refunded");
    run(db, "update topup set refunded_at = paid_at + 86400, refunded_credit_nanos = 400 * 10000000"
            " where topup_id = 2");
    given_grant(db, 3, "free", 1, 2, 50);
    given_cost(db, 1, 0, 100);
    given_cost(db, 1, 2, 200);
    given_cost(db, 2, 3, -30);
    derive(db, credit_run);
    assert_rows(db,
                "select day, paid_nanos / 10000000, free_nanos / 10000000, topup_nanos / 10000000,"
                " grant_nanos / 10000000, usage_nanos / 10000000, expired_nanos / 10000000,"
                " withdrawn_nanos / 10000000, adjustment_nanos from balance_day"
                " where policy = 'free-first' order by day",
                "2026-01-01|900|0|1000|0|100|0|0|0\n"
                "2026-01-02|900|50|0|50|0|0|0|0\n"
                "2026-01-03|1400|0|700|0|200|50|0|0\n"
                "2026-01-04|1030|0|0|0|-30|0|400|0");
    assert_rows(db,
                "select day, reference, drawn_nanos / 10000000 from burn inner join credit_grant"
                " using (credit_grant_id) where policy = 'free-first' order by day",
                "2026-01-01|INV-0001|100\n2026-01-03|INV-0001|200\n2026-01-04|INV-0001|-30");
}

static void a_refund_without_its_credit_takes_the_part_that_its_total_is(void **state)
{
    g_autoptr(Db) db = given_ledger(2);

    (void)state;
    given_topup(db, 1, at(0, 9), 1000, "refunded");
    run(db, "update topup set total_nanos = 1100 * 10000000, refunded_at = paid_at + 9,"
            " refunded_total_nanos = 550 * 10000000");
    derive(db, credit_run);
    assert_rows(db, BALANCES, "2026-01-01|500\n2026-01-02|500");
}

static void overdraft_names_who_caused_it_and_what_repaid_it(void **state)
{
    g_autoptr(Db) db = given_ledger(6);

    (void)state;
    given_topup(db, 1, at(0, 9), 100, "paid");
    given_cost(db, 1, 1, 300);
    given_cost(db, 2, 1, 100);
    given_cost(db, 0, 2, 20);
    given_topup(db, 2, at(3, 9), 310, "paid");
    given_topup(db, 3, at(4, 9), 500, "paid");
    derive(db, credit_run);
    assert_rows(db, BALANCES,
                "2026-01-01|100\n2026-01-02|-300\n2026-01-03|-320\n2026-01-04|-10\n"
                "2026-01-05|490\n2026-01-06|490");
    assert_rows(db,
                "select from_on, until_on, lowest_nanos / 10000000, caused_by, repaid_by"
                " from overdraft where policy = 'free-first'",
                "2026-01-02|2026-01-04|-320|proj_b 2.25; proj_a 0.75; (no project) 0.20|"
                "INV-0002 3.10; INV-0003 0.10");
    assert_rows(db, CODES, "NEGATIVE_BALANCE|2026-01-02|320|");
    assert_rows(db, "select explanation from exception",
                "The balance was below zero from 2026-01-02 to 2026-01-04, at its lowest -3.20 "
                "USD; caused by proj_b 2.25; proj_a 0.75; (no project) 0.20; repaid by INV-0002 "
                "3.10; INV-0003 0.10.");
    assert_rows(db,
                "select repaid_nanos / 10000000, used_nanos / 10000000 from grant_balance"
                " where policy = 'free-first' order by credit_grant_id",
                "0|100\n310|310\n10|10");
    assert_rows(db,
                "select project_id, day, drawn_nanos / 10000000, overdrawn_nanos / 10000000"
                " from allocation_day left join project using (project_key)"
                " where policy = 'free-first' order by day, project_id",
                "proj_a|2026-01-02|25|75\nproj_b|2026-01-02|75|225\n-|2026-01-03|0|20");
}

#define USES                                                                                       \
    "select reference, coalesce(project_id, '-'), grant_use.used_nanos / 10000000"                 \
    " from grant_use inner join credit_grant using (credit_grant_id)"                              \
    " left join project using (project_key)"                                                       \
    " where policy = 'free-first' order by reference, project_id"

/* The day's cost goes to the grants in the order drawn, project by project; what repaid goes to
 * those who overdrew, the oldest first. */
static void what_a_grant_was_used_for_adds_up_both_ways(void **state)
{
    g_autoptr(Db) db = given_ledger(6);

    (void)state;
    given_topup(db, 1, at(0, 9), 100, "paid");
    given_cost(db, 1, 1, 300);
    given_cost(db, 2, 1, 100);
    given_cost(db, 0, 2, 20);
    given_topup(db, 2, at(3, 9), 310, "paid");
    given_topup(db, 3, at(4, 9), 500, "paid");
    given_cost(db, 2, 5, 40);
    derive(db, credit_run);
    assert_rows(db, USES,
                "INV-0001|proj_a|25\nINV-0001|proj_b|75\n"
                "INV-0002|-|10\nINV-0002|proj_a|75\nINV-0002|proj_b|225\n"
                "INV-0003|-|10\nINV-0003|proj_a|40");
}

static void what_is_given_back_is_taken_off_the_projects_that_gave_it(void **state)
{
    g_autoptr(Db) db = given_ledger(6);

    (void)state;
    given_topup(db, 1, at(0, 9), 1000, "paid");
    given_cost(db, 1, 1, 300);
    given_cost(db, 2, 1, 100);
    given_cost(db, 1, 2, -120);
    derive(db, credit_run);
    assert_rows(db, USES, "INV-0001|proj_a|100\nINV-0001|proj_b|180");
}

/* What a refund overdrew, and what an opening carried in, is no project's. */
static void an_overdraft_that_no_project_caused_is_nobodys_use(void **state)
{
    g_autoptr(Db) db = given_ledger(6);

    (void)state;
    given_grant(db, 3, "opening", 0, 400, -50);
    given_topup(db, 1, at(1, 9), 80, "paid");
    given_cost(db, 1, 2, 20);
    derive(db, credit_run);
    assert_rows(db, USES, "INV-0001|-|50\nINV-0001|proj_b|20\ngrant_3|-|-50");
}

static void an_overdraft_at_the_last_day_is_open(void **state)
{
    g_autoptr(Db) db = given_ledger(2);

    (void)state;
    given_topup(db, 1, at(0, 9), 100, "refunded");
    run(db, "update topup set refunded_at = paid_at + 86400");
    given_cost(db, 1, 0, 60);
    derive(db, credit_run);
    assert_rows(db,
                "select from_on, until_on, lowest_nanos / 10000000, caused_by, repaid_by"
                " from overdraft where policy = 'free-first'",
                "2026-01-02|-|-60|INV-0001 refunded 0.60|");
    assert_rows(db, "select explanation from exception",
                "The balance is below zero since 2026-01-02, at its lowest -0.60 USD; caused by "
                "INV-0001 refunded 0.60.");
}

static void an_invoiced_organization_is_not_burned_down(void **state)
{
    g_autoptr(Db) db = given_ledger(2);

    (void)state;
    run(db, "insert into invoiced_day select 1, day from calendar");
    given_topup(db, 5, at(0, 9), 100, "paid");
    given_cost(db, 1, 0, 60);
    given_observation(db, 1, 0, 9, 100);
    derive(db, credit_run);
    assert_rows(db, "select count(*) from credit_grant", "0");
    assert_rows(db, "select count(*) from balance_day", "0");
    assert_rows(db, CODES, "");
}

static void an_organization_draws_on_credit_until_it_is_invoiced(void **state)
{
    g_autoptr(Db) db = given_ledger(3);

    (void)state;
    run(db, "insert into invoiced_day values (1, '2026-01-02'), (1, '2026-01-03')");
    given_topup(db, 5, at(0, 9), 100, "paid");
    given_topup(db, 6, at(1, 9), 500, "paid");
    given_cost(db, 1, 0, 60);
    given_cost(db, 1, 1, 500);
    given_observation(db, 1, 1, 9, 700);
    derive(db, credit_run);
    assert_rows(db, "select count(*) from credit_grant", "1");
    assert_rows(db,
                "select day, paid_nanos / 10000000, usage_nanos / 10000000 from balance_day"
                " where policy = 'free-first' order by day",
                "2026-01-01|40|60\n2026-01-02|40|0\n2026-01-03|40|0");
    assert_rows(db, "select count(*) from balance_check", "0");
}

static void the_opening_is_unknown_until_something_proves_it(void **state)
{
    static const struct {
        const char *proof, *evidence;
    } cases[] = {
        {"update topup set reference = 'INV-0001'", "first invoice|INV-0001"},
        {"update grant_fact set kind = 'opening'", "opening grant|grant_1"},
        {"update observation set observed_at = observed_at - 86400 * 2",
         "balance seen|2026-01-02T12:00:00Z"},
        {"select 1", "|"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Db) db = given_ledger(4);

        given_topup(db, 7, at(0, 9), 1000, "paid");
        given_grant(db, 1, "free", 0, 59, 100);
        given_observation(db, 1, 3, 12, 1000);
        given_cost(db, 1, 1, 100);
        run(db, cases[i].proof);
        derive(db, credit_run);
        assert_rows(db, "select code, dated_on from exception where code = 'OPENING_UNKNOWN'",
                    strcmp(cases[i].evidence, "|") ? "" : "OPENING_UNKNOWN|2026-01-01");
        assert_rows(db, "select evidence, reference from fct_openings", cases[i].evidence);
        assert_rows(db, "select organization_id, currency, first_on, is_known from fct_openings",
                    strcmp(cases[i].evidence, "|") ? "org-a|USD|2026-01-01|1"
                                                   : "org-a|USD|2026-01-01|0");
    }
}

static void a_seen_balance_mismatches_only_outside_what_the_days_use_allows(void **state)
{
    g_autoptr(Db) db = given_ledger(3);

    (void)state;
    given_topup(db, 1, at(0, 9), 1000, "paid");
    given_topup(db, 2, at(1, 12), 500, "paid");
    given_cost(db, 1, 1, 200);
    given_observation(db, 1, 1, 11, 1000);
    given_observation(db, 2, 1, 11, 800);
    given_observation(db, 3, 1, 11, 799);
    given_observation(db, 4, 1, 12, 1400);
    given_observation(db, 5, 1, 13, 1600);
    given_observation(db, 6, 30, 13, 5);
    derive(db, credit_run);
    assert_rows(db,
                "select observation_id, low_nanos / 10000000, high_nanos / 10000000,"
                " unexplained_nanos / 10000000 from balance_check where policy = 'free-first'",
                "1|800|1000|0\n2|800|1000|0\n3|800|1000|-1\n4|1300|1500|0\n5|1300|1500|100");
    assert_rows(db, CODES,
                "BALANCE_MISMATCH|2026-01-02|1|11:00:00Z\n"
                "BALANCE_MISMATCH|2026-01-02|100|13:00:00Z");
}

static void a_mismatch_tells_since_when_it_stands_and_between_which_balances_it_arose(void **state)
{
    g_autoptr(Db) db = given_ledger(10);

    (void)state;
    given_topup(db, 1, at(0, 9), 1000, "paid");
    given_observation(db, 1, 1, 9, 900);
    given_observation(db, 2, 2, 9, 1000);
    given_observation(db, 3, 4, 9, 990);
    given_observation(db, 4, 5, 9, 950);
    given_observation(db, 5, 5, 15, 1010);
    derive(db, credit_run);
    assert_rows(db,
                "select observation_id, unexplained_nanos / 10000000, since_on,"
                " datetime(prior_at, 'unixepoch') from balance_check where policy = 'free-first'"
                " order by observation_id",
                "1|-100|2026-01-02|-\n2|0|-|-\n3|-10|2026-01-05|2026-01-03 09:00:00\n"
                "4|-50|2026-01-05|2026-01-03 09:00:00\n5|10|2026-01-06|2026-01-06 09:00:00");
    assert_rows(
        db,
        "select explanation from exception where code = 'BALANCE_MISMATCH' order by dated_on,"
        " reference",
        "A balance of 9.00 USD was seen on 2026-01-02 at 09:00:00Z; the ledger allows 10.00 to "
        "10.00 then, which leaves -1.00 unexplained. It was there at the first balance seen, on "
        "2026-01-02 at 09:00:00Z.\n"
        "A balance of 9.90 USD was seen on 2026-01-05 at 09:00:00Z; the ledger allows 10.00 to "
        "10.00 then, which leaves -0.10 unexplained. It arose between 2026-01-03 at 09:00:00Z, "
        "when the balance seen tied out, and 2026-01-05 at 09:00:00Z.\n"
        "A balance of 9.50 USD was seen on 2026-01-06 at 09:00:00Z; the ledger allows 10.00 to "
        "10.00 then, which leaves -0.50 unexplained. It arose between 2026-01-03 at 09:00:00Z, "
        "when the balance seen tied out, and 2026-01-05 at 09:00:00Z, and has stood since.\n"
        "A balance of 10.10 USD was seen on 2026-01-06 at 15:00:00Z; the ledger allows 10.00 to "
        "10.00 then, which leaves 0.10 unexplained. It arose between 2026-01-06 at 09:00:00Z, "
        "when the balance seen differed the other way, and 2026-01-06 at 15:00:00Z.");
    assert_rows(db,
                "select day, observed_nanos / 10000000, unexplained_nanos / 10000000,"
                " unexplained_since from fct_balances where policy = 'free-first'"
                " and observed_nanos is not null order by day",
                "2026-01-02|900|-100|2026-01-02\n2026-01-03|1000|0|-\n"
                "2026-01-05|990|-10|2026-01-05\n2026-01-06|1010|10|2026-01-06");
}

static void a_seen_balance_in_cents_may_be_off_by_less_than_one(void **state)
{
    g_autoptr(Db) db = given_ledger(3);

    (void)state;
    given_topup(db, 1, at(0, 9), 1000, "paid");
    given_cost(db, 1, 0, 100);
    run(db, "update cost_day set cost_nanos = cost_nanos + 4000000");
    given_observation(db, 1, 1, 11, 900);
    given_observation(db, 2, 1, 11, 901);
    derive(db, credit_run);
    assert_rows(db,
                "select observation_id, unexplained_nanos from balance_check"
                " where policy = 'free-first'",
                "1|0\n2|14000000");
}

static void a_topup_of_an_unknown_hour_may_or_may_not_be_in_a_seen_balance(void **state)
{
    g_autoptr(Db) db = given_ledger(3);

    (void)state;
    given_topup(db, 1, at(1, 12), 1000, "paid");
    runf(db,
         "update topup set paid_is_date = 1, paid_from = %" G_GINT64_FORMAT
         ", paid_until = %" G_GINT64_FORMAT,
         at(1, 0), at(2, 0));
    given_observation(db, 1, 1, 9, 1000);
    given_observation(db, 2, 1, 15, 0);
    given_observation(db, 3, 2, 0, 0);
    derive(db, credit_run);
    assert_rows(db,
                "select observation_id, low_nanos / 10000000, high_nanos / 10000000,"
                " unexplained_nanos / 10000000 from balance_check where policy = 'free-first'",
                "1|0|1000|0\n2|0|1000|0\n3|1000|1000|-1000");
}

static void credits_about_to_expire_are_forecast_and_shared_out(void **state)
{
    g_autoptr(Db) db = given_ledger(40);

    (void)state;
    given_grant(db, 1, "opening", 0, 50, 10000);
    for (int day = 0; day < 38; day++) {
        given_cost(db, 1, day, 30);
        given_cost(db, 2, day, day < 12 ? 0 : 10);
    }
    run(db, "update cost_day set is_provisional = 1 where day = '2026-02-07'");
    derive(db, credit_run);
    /* Day 37 is provisional, 38 and 39 are empty: of the 28 days 25 used 0.40 and day 11 0.30. */
    assert_rows(db,
                "select as_of_day, mean_daily_burn_nanos, zero_on from forecast"
                " where policy = 'free-first'",
                "2026-02-09|367857142|2026-02-20");
    /* 100.00 - 38 x 0.30 - 26 x 0.10 = 86.00; ten more days at the mean. */
    assert_rows(db,
                "select remaining_nanos, forecast_unused_nanos from grant_balance"
                " where policy = 'free-first'",
                "86000000000|82321428580");
    assert_rows(db,
                "select project_id, share_ppm, allocated_nanos, basis from expiring_allocation"
                " inner join project using (project_key) where policy = 'free-first'"
                " order by project_id",
                "proj_a|242718|20873786408|trailing 28 days\n"
                "proj_b|757282|65126213592|trailing 28 days");
    assert_rows(db, CODES, "EXPIRING_CREDITS|2026-02-20|8600|grant_1");
}

static void days_between_exports_are_no_days_of_use(void **state)
{
    g_autoptr(Db) db = given_ledger(20);

    (void)state;
    run(db, "delete from coverage; insert into coverage values (1, '2026-01-01', '2026-01-04'),"
            " (1, '2026-01-17', '2026-01-20')");
    given_topup(db, 1, at(0, 9), 5000, "paid");
    for (int day = 0; day < 20; day++)
        if (day < 4 || day > 15)
            given_cost(db, 1, day, 100);
    derive(db, credit_run);
    assert_rows(db,
                "select mean_daily_burn_nanos / 10000000, day_count, zero_on from forecast"
                " where policy = 'free-first'",
                "100|8|2026-03-03");
}

static void expiring_credits_without_recent_use_fall_back_on_life_then_on_nobody(void **state)
{
    (void)state;
    for (int used = 0; used < 2; used++) {
        g_autoptr(Db) db = given_ledger(40);

        given_grant(db, 1, "opening", 0, 50, 10000);
        if (used)
            given_cost(db, 1, 2, 30);
        derive(db, credit_run);
        assert_rows(db,
                    "select project_key, share_ppm, basis from expiring_allocation"
                    " where policy = 'free-first'",
                    used ? "1|1000000|life" : "-|1000000|unallocated");
    }
}

static void without_covered_cost_grants_stand_open_and_no_day_is_told(void **state)
{
    g_autoptr(Db) db = given_ledger(3);

    (void)state;
    run(db, "update organization_fact set cost_from = null, cost_until = null");
    given_topup(db, 1, at(0, 9), 1000, "paid");
    given_grant(db, 1, "free", 0, 9, 100);
    derive(db, credit_run);
    assert_rows(db,
                "select remaining_nanos / 10000000, state from grant_balance"
                " where policy = 'free-first' order by credit_grant_id",
                "100|open\n1000|open");
    assert_rows(db, "select count(*) from balance_day", "0");
    assert_rows(db, CODES, "");
}

static void each_currency_is_an_account_of_its_own(void **state)
{
    g_autoptr(Db) db = given_ledger(1);

    (void)state;
    given_topup(db, 1, at(0, 9), 1000, "paid");
    given_topup(db, 2, at(0, 10), 500, "paid");
    run(db, "update topup set credit_currency = 'EUR' where topup_id = 2");
    given_cost(db, 1, 0, 30);
    derive(db, credit_run);
    assert_rows(db,
                "select currency, paid_nanos / 10000000 from balance_day"
                " where policy = 'free-first' order by currency",
                "EUR|500\nUSD|970");
}

static void running_again_changes_nothing(void **state)
{
    g_autoptr(Db) db = given_ledger(3);
    g_autofree char *first = NULL;

    (void)state;
    given_topup(db, 4, at(0, 9), 100, "paid");
    given_cost(db, 1, 1, 300);
    derive(db, credit_run);
    first = rows_of(db, "select * from exception order by id");
    derive(db, credit_run);
    assert_rows(db, "select * from exception order by id", first);
    assert_rows(db, "select count(*) from balance_day", "6");
}

static void money_beyond_range_names_the_organization(void **state)
{
    g_autoptr(Db) db = given_ledger(1);
    g_autoptr(GError) error = NULL;

    (void)state;
    given_cost(db, 1, 0, 1);
    run(db, "update cost_day set cost_nanos = 9000000000000000000");
    assert_false(credit_run(db, &error));
    assert_true(g_error_matches(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT));
    assert_string_equal(error->message,
                        "org-a: the grants and costs of one organization are out of range "
                        "together: above 2305843009");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paid_and_refunded_topups_and_all_but_paid_grants_make_grants),
        cmocka_unit_test(what_has_no_number_is_drawn_by_its_id_wherever_it_stands_in_its_file),
        cmocka_unit_test(both_policies_burn_down_and_tell_where_they_differ),
        cmocka_unit_test(a_days_row_adds_up_from_the_day_before),
        cmocka_unit_test(a_refund_without_its_credit_takes_the_part_that_its_total_is),
        cmocka_unit_test(overdraft_names_who_caused_it_and_what_repaid_it),
        cmocka_unit_test(what_a_grant_was_used_for_adds_up_both_ways),
        cmocka_unit_test(what_is_given_back_is_taken_off_the_projects_that_gave_it),
        cmocka_unit_test(an_overdraft_that_no_project_caused_is_nobodys_use),
        cmocka_unit_test(an_overdraft_at_the_last_day_is_open),
        cmocka_unit_test(an_invoiced_organization_is_not_burned_down),
        cmocka_unit_test(an_organization_draws_on_credit_until_it_is_invoiced),
        cmocka_unit_test(the_opening_is_unknown_until_something_proves_it),
        cmocka_unit_test(a_seen_balance_mismatches_only_outside_what_the_days_use_allows),
        cmocka_unit_test(a_mismatch_tells_since_when_it_stands_and_between_which_balances_it_arose),
        cmocka_unit_test(a_seen_balance_in_cents_may_be_off_by_less_than_one),
        cmocka_unit_test(a_topup_of_an_unknown_hour_may_or_may_not_be_in_a_seen_balance),
        cmocka_unit_test(credits_about_to_expire_are_forecast_and_shared_out),
        cmocka_unit_test(days_between_exports_are_no_days_of_use),
        cmocka_unit_test(expiring_credits_without_recent_use_fall_back_on_life_then_on_nobody),
        cmocka_unit_test(without_covered_cost_grants_stand_open_and_no_day_is_told),
        cmocka_unit_test(each_currency_is_an_account_of_its_own),
        cmocka_unit_test(running_again_changes_nothing),
        cmocka_unit_test(money_beyond_range_names_the_organization),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
