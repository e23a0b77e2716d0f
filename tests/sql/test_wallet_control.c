/* test_wallet_control.c - given budgets, cost and claims: what is exceeded, and what is claimed
 * twice. */
#include "match_given.h"
#include "wallet/wallet.h"

static Db *ledger(void)
{
    Db *db = given_ledger();

    given_run(db, "insert into project values (1, 'proj_a', 'atlas'), (2, 'proj_b', 'beta');"
                  "insert into project_fact values (1, 1, '', '', '', '', ''),"
                  " (2, 2, '', '', '', '', '');"
                  "insert into account values (1, '…4242', '4242', '', '', '')");
    return db;
}

static void given_file(Db *db, int file_id, const char *name, const char *as_of)
{
    given_run(
        db,
        "insert into file select %d, '%s', '/in/%s', '%s', kind, format, format_digest,"
        " options, encoding, delimiter, zone, zone_source, account_option, account_hint, '%s',"
        " record_count, fact_count, empty_count, skipped_count, reject_count, covered_from,"
        " covered_until, control_total, residue, rounded_count, imported_at from file"
        " where file_id = 1",
        file_id, name, name, name, as_of);
}

static void given_cost(Db *db, int organization, int project, const char *day, int cents)
{
    given_run(db,
              "insert into cost_day values (%d, nullif(%d, 0), '%s', 'USD', %" G_GINT64_FORMAT
              ", 0, null, null, 1)",
              organization, project, day, cents * CENT);
}

static void given_budget(Db *db, int line, const char *owner, const char *from, const char *until,
                         int cents)
{
    given_run(db,
              "insert into budget_row values (1, %d, %s, '%s', nullif('%s', ''), %" G_GINT64_FORMAT
              ", 'USD')",
              line, owner, from, until, cents * CENT);
}

static void wallets(Db *db)
{
    g_autoptr(GError) error = NULL;

    if (!wallet_run(db, &error))
        fail_msg("%s", error->message);
}

#define BUDGETS                                                                                    \
    "select line, coalesce(organization_id, ''), coalesce(project_id, ''), spent_nanos / "         \
    "10000000,"                                                                                    \
    " remaining_nanos / 10000000, exceeded_on from fct_budgets order by line"

static void a_budget_counts_what_its_owner_cost_within_its_days(void **state)
{
    g_autoptr(Db) db = ledger();

    (void)state;
    given_cost(db, 1, 1, "2026-09-30", 100000);
    given_cost(db, 1, 1, "2026-10-01", 1000);
    given_cost(db, 1, 2, "2026-10-02", 500);
    given_cost(db, 2, 1, "2026-10-31", 200);
    given_cost(db, 1, 0, "2026-10-31", 30);
    given_cost(db, 1, 1, "2026-11-01", 100000);
    given_run(db, "insert into cost_day values (1, 1, '2026-10-05', 'EUR', 9000000000000, 0, null,"
                  " null, 1)");
    given_budget(db, 1, "1, null", "2026-10-01", "2026-10-31", 1530);
    given_budget(db, 2, "null, 1", "2026-10-01", "2026-10-31", 1200);
    given_budget(db, 3, "1, 1", "2026-10-01", "2026-10-31", 1000);
    given_budget(db, 4, "1, 2", "2026-10-01", "2026-10-31", 499);
    given_budget(db, 5, "2, 2", "2026-10-01", "", 1);
    assert_rows(db, BUDGETS,
                "1|org-a||1530|0|-\n2||proj_a|1200|0|-\n3|org-a|proj_a|1000|0|-\n"
                "4|org-a|proj_b|500|-1|2026-10-02\n5|org-b|proj_b|0|1|-");
}

static void an_exceeded_budget_is_told_with_its_day_and_what_is_above_it(void **state)
{
    g_autoptr(Db) db = ledger();

    (void)state;
    given_cost(db, 1, 1, "2026-10-01", 1000);
    given_cost(db, 1, 1, "2026-10-19", 501);
    given_cost(db, 1, 1, "2026-10-20", 1000);
    given_budget(db, 7, "null, 1", "2026-10-01", "2026-10-31", 1500);
    given_budget(db, 8, "1, null", "2026-10-01", "", 2000);
    wallets(db);
    assert_rows(db,
                "select code, severity, organization_key, project_key, dated_on,"
                " amount_nanos / 10000000, currency, reference, line from exception order by line",
                "BUDGET_EXCEEDED|warning|1|1|2026-10-19|1001|USD|given.csv:7|7\n"
                "BUDGET_EXCEEDED|warning|1|-|2026-10-20|501|USD|given.csv:8|8");
    assert_rows(db, "select explanation from exception order by line",
                "The budget of 15.00 USD of project proj_a from 2026-10-01 to 2026-10-31 was "
                "exceeded on 2026-10-19; 25.01 USD was spent by now, 10.01 USD above it.\n"
                "The budget of 20.00 USD of organization org-a since 2026-10-01 was exceeded on "
                "2026-10-20; 25.01 USD was spent by now, 5.01 USD above it.");
    assert_rows(db, "select count(distinct id) from exception", "2");
}

static void a_day_that_gives_back_may_save_a_budget(void **state)
{
    g_autoptr(Db) db = ledger();

    (void)state;
    given_cost(db, 1, 1, "2026-10-01", 1600);
    given_cost(db, 1, 1, "2026-10-02", -200);
    given_budget(db, 1, "1, 1", "2026-10-01", "2026-10-31", 1500);
    wallets(db);
    assert_rows(db, BUDGETS, "1|org-a|proj_a|1400|100|-");
    assert_rows(db, "select count(*) from exception", "0");
}

static void the_newest_table_of_budgets_counts(void **state)
{
    g_autoptr(Db) db = ledger();

    (void)state;
    given_file(db, 2, "budgets.csv", "2026-10-15");
    given_budget(db, 1, "1, null", "2026-10-01", "2026-10-31", 1500);
    given_budget(db, 2, "1, null", "2026-11-01", "2026-11-30", 1500);
    given_run(db, "insert into budget_row values (2, 9, 1, null, '2026-10-01', '2026-10-31',"
                  " 20000000000, 'USD')");
    assert_rows(db,
                "select source, line, amount_nanos / 10000000 from fct_budgets order by from_on",
                "budgets.csv|9|2000\ngiven.csv|2|1500");
}

static void given_claim(Db *db, int line, const char *claim, const char *charge,
                        const char *description, const char *submitted)
{
    given_run(db,
              "insert into claim_row values (1, %d, '%s', '%s', %s, 'Ann', nullif('%s', ''), 'Bo',"
              " '')",
              line, claim, charge, description, submitted);
}

#define NOTHING "'', null, null, ''"

#define CLAIMS                                                                                     \
    "select line, claim_id, state, coalesce(id, ''), earlier_claim_id from fct_claims"             \
    " order by line, id"

/* Charge 1 paid top-up 1, charge 2 top-ups 2 and 3, charges 3 and 4 top-up 4; top-up 5 has none. */
static Db *given_payments(void)
{
    Db *db = ledger();

    given_charge(db, 1, (struct given_charge){"2026-10-02", "2026-10-04", 2750});
    given_charge(db, 2, (struct given_charge){"2026-10-05", NULL, 8000});
    given_charge(db, 3, (struct given_charge){"2026-10-06", NULL, 1000});
    given_charge(db, 4, (struct given_charge){"2026-10-06", NULL, 1000});
    given_topup(db, 1,
                (struct given_payment){"2026-10-02T10:00:00Z", 2750, 250,
                                       .invoice = "AAAAAAAA-0001", .receipt = "1111-2222"});
    given_topup(db, 2, (struct given_payment){"2026-10-05T10:00:00Z", 3000, .invoice = "A-2"});
    given_topup(db, 3, (struct given_payment){"2026-10-05T10:01:00Z", 5000, .invoice = "A-3"});
    given_topup(db, 4, (struct given_payment){"2026-10-06T10:00:00Z", 2000, .invoice = "A-4"});
    given_topup(db, 5, (struct given_payment){"2026-10-07T10:00:00Z", 500, .invoice = "A-5"});
    given_transaction_id(db, 1, "TX1");
    given_run(db, "insert into link values (1, 'card', null, 1, 'confirmed', '', '', 0),"
                  " (2, 'card', null, 2, 'confirmed', '', '', 0),"
                  " (3, 'card', null, 2, 'confirmed', '', '', 0),"
                  " (4, 'card', null, 3, 'confirmed', '', '', 0);"
                  "insert into link_part values (2, 2, 30, 'USD', 0, 30, 'USD'),"
                  " (3, 2, 50, 'USD', 0, 50, 'USD'), (4, 3, 10, 'USD', 0, 10, 'USD'),"
                  " (4, 4, 10, 'USD', 0, 10, 'USD')");
    return db;
}

static void a_charge_is_named_by_id_number_or_what_it_shows(void **state)
{
    g_autoptr(Db) db = given_payments();

    (void)state;
    given_claim(db, 1, "C-1", "c000000000001", NOTHING, "2026-11-01");
    given_claim(db, 2, "C-2", "TX1", NOTHING, "2026-11-02");
    given_claim(db, 3, "C-3", "AAAAAAAA-0001", NOTHING, "2026-11-03");
    given_claim(db, 4, "C-4", "1111-2222", NOTHING, "2026-11-04");
    given_claim(db, 5, "C-5", "t000000000001", NOTHING, "2026-11-05");
    given_claim(db, 6, "C-6", "", "'4242', '2026-10-02', 27500000000, 'USD'", "2026-11-06");
    given_claim(db, 7, "C-7", "", "'4242', '2026-10-04', 27500000000, 'USD'", "2026-11-07");
    wallets(db);
    assert_rows(db, CLAIMS,
                "1|C-1|claimed|c000000000001|\n2|C-2|claimed before|c000000000001|C-1\n"
                "3|C-3|claimed before|c000000000001|C-1\n4|C-4|claimed before|c000000000001|C-1\n"
                "5|C-5|claimed before|c000000000001|C-1\n6|C-6|claimed before|c000000000001|C-1\n"
                "7|C-7|claimed before|c000000000001|C-1");
    assert_rows(db, "select count(*), count(distinct id) from exception", "6|6");
}

static void the_later_claim_is_told_with_the_earlier_one(void **state)
{
    g_autoptr(Db) db = given_payments();

    (void)state;
    given_claim(db, 4, "C-9", "TX1", NOTHING, "2026-11-02");
    given_claim(db, 3, "C-1", "AAAAAAAA-0001", NOTHING, "2026-11-05");
    wallets(db);
    assert_rows(db,
                "select code, severity, organization_key, dated_on, amount_nanos / 10000000,"
                " currency, reference, line from exception",
                "ALREADY_CLAIMED|error|1|2026-11-05|2750|USD|AAAAAAAA-0001|3");
    assert_rows(db, "select explanation from exception",
                "The charge of 27.50 USD on 2026-10-02 (given.csv:1) is claimed in C-1 by Ann on "
                "2026-11-05 (given.csv:3) and was claimed before in C-9 by Ann on 2026-11-02 "
                "(given.csv:4).");
}

static void a_charge_for_several_top_ups_is_claimed_in_parts(void **state)
{
    g_autoptr(Db) db = given_payments();

    (void)state;
    given_claim(db, 1, "C-1", "A-2", NOTHING, "2026-11-01");
    given_claim(db, 2, "C-2", "A-3", NOTHING, "2026-11-02");
    wallets(db);
    assert_rows(db, "select count(*) from exception", "0");
    given_claim(db, 3, "C-3", "c000000000002", NOTHING, "2026-11-03");
    wallets(db);
    assert_rows(db, CLAIMS,
                "1|C-1|claimed|t000000000002|\n2|C-2|claimed|t000000000003|\n"
                "3|C-3|claimed before|t000000000002|C-1\n"
                "3|C-3|claimed before|t000000000003|C-2");
}

static void a_top_up_of_several_charges_claims_them_all(void **state)
{
    g_autoptr(Db) db = given_payments();

    (void)state;
    given_claim(db, 1, "C-1", "A-4", NOTHING, "2026-11-01");
    given_claim(db, 2, "C-2", "c000000000004", NOTHING, "2026-11-02");
    wallets(db);
    assert_rows(db, CLAIMS,
                "1|C-1|claimed|c000000000003|\n1|C-1|claimed|c000000000004|\n"
                "2|C-2|claimed before|c000000000004|C-1");
}

static void a_payment_that_no_statement_shows_is_claimed_itself(void **state)
{
    g_autoptr(Db) db = given_payments();

    (void)state;
    given_claim(db, 1, "C-1", "A-5", NOTHING, "");
    given_claim(db, 2, "C-1", "A-5", NOTHING, "");
    wallets(db);
    assert_rows(db, CLAIMS, "1|C-1|claimed|t000000000005|\n2|C-1|claimed before|t000000000005|C-1");
    assert_rows(db, "select explanation from exception",
                "The payment of 5.00 USD on 2026-10-07 (given.csv:5) is claimed in C-1 by Ann "
                "(given.csv:2) and was claimed before in C-1 by Ann (given.csv:1).");
}

static void what_does_not_name_exactly_one_charge_claims_none(void **state)
{
    g_autoptr(Db) db = given_payments();

    (void)state;
    /* No such id; two equal charges; another card, day, amount or currency; an amount that is not
     * the named charge's. */
    given_claim(db, 1, "C-1", "TX9", NOTHING, "");
    given_claim(db, 2, "C-1", "", "'4242', '2026-10-06', 10000000000, 'USD'", "");
    given_claim(db, 3, "C-1", "", "'9999', '2026-10-02', 27500000000, 'USD'", "");
    given_claim(db, 4, "C-1", "", "'4242', '2026-10-03', 27500000000, 'USD'", "");
    given_claim(db, 5, "C-1", "", "'4242', '2026-10-02', 27510000000, 'USD'", "");
    given_claim(db, 6, "C-1", "", "'4242', '2026-10-02', 27500000000, 'EUR'", "");
    given_claim(db, 7, "C-1", "TX1", "'', null, 27510000000, 'USD'", "");
    wallets(db);
    assert_rows(db, "select line, state, id from fct_claims order by line",
                "1|not found|-\n2|several fit|-\n3|not found|-\n4|not found|-\n5|not found|-\n"
                "6|not found|-\n7|not found|-");
    assert_rows(db, "select count(*) from exception", "0");
}

static void a_refund_and_a_pending_charge_are_not_claimed(void **state)
{
    g_autoptr(Db) db = ledger();

    (void)state;
    given_charge(db, 1, (struct given_charge){"2026-10-02", NULL, -2750});
    given_charge(db, 2, (struct given_charge){"2026-10-02", NULL, 2750, .state = "pending"});
    given_transaction_id(db, 1, "TX1");
    given_transaction_id(db, 2, "TX1");
    given_claim(db, 1, "C-1", "TX1", NOTHING, "");
    wallets(db);
    assert_rows(db, CLAIMS, "1|C-1|not found||");
}

static void a_newer_table_has_a_claims_lines(void **state)
{
    g_autoptr(Db) db = given_payments();

    (void)state;
    given_file(db, 2, "claims.csv", "2026-11-15");
    given_claim(db, 1, "C-1", "TX1", NOTHING, "");
    given_claim(db, 2, "C-2", "A-5", NOTHING, "");
    given_run(db,
              "insert into claim_row select 2, line, claim_id, charge, card_last4, dated_on,"
              " amount_nanos, currency, claimant, submitted_on, approver, purpose from claim_row"
              " where line = 1");
    wallets(db);
    assert_rows(db, "select source, line, state from fct_claims order by source",
                "claims.csv|1|claimed\ngiven.csv|2|claimed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_budget_counts_what_its_owner_cost_within_its_days),
        cmocka_unit_test(an_exceeded_budget_is_told_with_its_day_and_what_is_above_it),
        cmocka_unit_test(a_day_that_gives_back_may_save_a_budget),
        cmocka_unit_test(the_newest_table_of_budgets_counts),
        cmocka_unit_test(a_charge_is_named_by_id_number_or_what_it_shows),
        cmocka_unit_test(the_later_claim_is_told_with_the_earlier_one),
        cmocka_unit_test(a_charge_for_several_top_ups_is_claimed_in_parts),
        cmocka_unit_test(a_top_up_of_several_charges_claims_them_all),
        cmocka_unit_test(a_payment_that_no_statement_shows_is_claimed_itself),
        cmocka_unit_test(what_does_not_name_exactly_one_charge_claims_none),
        cmocka_unit_test(a_refund_and_a_pending_charge_are_not_claimed),
        cmocka_unit_test(a_newer_table_has_a_claims_lines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
