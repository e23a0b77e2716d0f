/* test_reimbursement.c - given charges, what they paid, refunds and claims: what is due, for what,
 * and what is missing. */
#include "match_given.h"
#include "wallet/wallet.h"

/* Account 1 is a card that ends in 4242; charges are of the wallet api unless a test says
 * otherwise. */
static Db *ledger(void)
{
    Db *db = given_ledger();

    given_run(db, "insert into project values (1, 'proj_a', 'atlas'), (2, 'proj_b', '');"
                  "insert into project_fact values (1, 1, '', '', 'Ann', 'search', 'CC-1'),"
                  " (2, 1, '', '', '', '', '');"
                  "insert into account values (1, 'company card', '4242', '', '', ''),"
                  " (2, 'own card', '', '', '', '')");
    return db;
}

static void given_api_charge(Db *db, int id, struct given_charge charge)
{
    given_charge(db, id, charge);
    given_run(db, "update charge set wallet = 'api' where charge_id = %d", id);
}

/* A top-up and its grant, whose credit was used as told; cents. */
static void given_grant(Db *db, int topup, const char *uses, int remaining, int expired)
{
    given_run(db,
              "insert into credit_grant select %d, organization_key, 'USD', reference, 'paid', 0,"
              " paid_at, paid_on, paid_at + 31536000, '2027' || substr(paid_on, 5), credit_nanos, "
              "topup_id, null, 1, 1 from topup"
              " where topup_id = %d;"
              "insert into grant_balance select policy, %d, 0, 0, %" G_GINT64_FORMAT
              ", 0, %" G_GINT64_FORMAT ", 'open', 0, 0 from (select 'free-first' as policy);"
              "insert into grant_use select 'free-first', %d, column1, column2 * 10000000"
              " from (values %s) where column2 is not null;"
              "update grant_balance set used_nanos = (select coalesce(sum(used_nanos), 0)"
              " from grant_use where credit_grant_id = %d) where credit_grant_id = %d",
              topup, topup, topup, expired * CENT, remaining * CENT, topup, uses, topup, topup);
}

static void given_link(Db *db, int topup, int charge)
{
    given_run(db, "insert into link values (%d, 'card', null, %d, 'confirmed', '', '', 0)", topup,
              charge);
}

static void given_claim(Db *db, int line, const char *claim, const char *charge,
                        const char *claimant, const char *purpose)
{
    given_run(db,
              "insert into claim_row values (1, %d, '%s', '%s', '', null, null, '', '%s',"
              " '2026-11-0%d', 'Bo', '%s')",
              line, claim, charge, claimant, line, purpose);
}

static void wallets(Db *db)
{
    g_autoptr(GError) error = NULL;

    if (!wallet_run(db, &error))
        fail_msg("%s", error->message);
}

#define DUE                                                                                        \
    "select id, status, amount_nanos / 10000000, refunded_nanos / 10000000,"                       \
    " due_nanos / 10000000, currency, why from fct_reimbursements"                                 \
    " where policy = 'free-first' order by id"

static void only_ai_spend_is_looked_at(void **state)
{
    g_autoptr(Db) db = ledger();

    (void)state;
    given_api_charge(db, 1, (struct given_charge){"2026-10-02", .cents = 2750});
    given_charge(db, 2, (struct given_charge){"2026-10-03", .cents = 9900, .descriptor = "A BAR"});
    given_charge(db, 3, (struct given_charge){"2026-10-04", .cents = 2000});
    given_charge(db, 4, (struct given_charge){"2026-10-05", .cents = 5000});
    given_run(db, "update charge set wallet = 'other' where charge_id = 2;"
                  "update charge set wallet = 'chatgpt' where charge_id = 3;"
                  "update charge set wallet = 'unknown' where charge_id = 4");
    wallets(db);
    assert_rows(db, DUE, "c000000000001|due|2750|-|2750|USD|\nc000000000003|due|2000|-|2000|USD|");

    /* A person said that the unknown one paid a top-up. */
    given_topup(db, 1, (struct given_payment){"2026-10-05T10:00:00Z", 5000});
    given_run(db, "insert into link values (1, 'card', null, 4, 'accepted', '', '', 0)");
    wallets(db);
    assert_rows(db, "select count(*) from fct_reimbursements where id = 'c000000000004'", "2");
}

static void what_came_back_is_taken_off_its_charge_and_stands_apart(void **state)
{
    g_autoptr(Db) db = ledger();

    (void)state;
    given_api_charge(db, 1, (struct given_charge){"2026-10-02", .cents = 2750});
    given_api_charge(db, 2, (struct given_charge){"2026-10-03", .cents = 5000});
    given_api_charge(db, 3, (struct given_charge){"2026-10-10", .cents = -750});
    given_api_charge(db, 4, (struct given_charge){"2026-10-11", .cents = -5000});
    given_api_charge(db, 5, (struct given_charge){"2026-10-12", .cents = -100});
    given_api_charge(db, 6, (struct given_charge){"2026-10-13", .cents = -900, .currency = "EUR"});
    given_run(db, "insert into refund_link values (3, 1, null, 'refund', ''),"
                  " (4, 2, null, 'refund', ''), (5, null, null, 'refund', ''),"
                  " (6, 1, null, 'refund', '')");
    wallets(db);
    assert_rows(
        db, DUE,
        "c000000000001|due|2750|750|2000|USD|\n"
        "c000000000002|refunded|5000|5000|-|USD|the card got all of it back\n"
        "c000000000003|refund|-750|-|-|USD|given back: the charge of 2026-10-02 (c000000000001) is "
        "less by it\n"
        "c000000000004|refund|-5000|-|-|USD|given back: the charge of 2026-10-03 (c000000000002) "
        "is less by it\n"
        "c000000000005|refund|-100|-|-|USD|given back, and of which charge is not known\n"
        "c000000000006|refund|-900|-|-|EUR|given back in another currency than the charge of "
        "2026-10-02 (c000000000001)");
}

static void more_back_than_was_charged_is_told_and_lessens_no_other_charge(void **state)
{
    g_autoptr(Db) db = ledger();

    (void)state;
    given_api_charge(db, 1, (struct given_charge){"2026-10-02", .cents = 42769});
    given_api_charge(db, 2, (struct given_charge){"2026-10-03", .cents = 5000});
    given_api_charge(db, 3, (struct given_charge){"2026-10-10", .cents = -43088});
    given_run(db, "insert into refund_link values (3, 1, null, 'refund', '')");
    wallets(db);
    assert_rows(db, DUE,
                "c000000000001|refunded|42769|43088|-|USD|the card got all of it back, and more: "
                "what is above the charge is taken off nothing\n"
                "c000000000002|due|5000|-|5000|USD|\n"
                "c000000000003|refund|-43088|-|-|USD|given back: the charge of 2026-10-02 "
                "(c000000000001) is less by it");
}

static void what_was_never_charged_is_not_due(void **state)
{
    static const struct {
        const char *state, *status;
    } cases[] = {{"pending", "pending"},
                 {"dead", "declined"},
                 {"reversed", "reversed"},
                 {"dropped", "dropped"}};
    g_autoptr(Db) db = ledger();

    (void)state;
    for (int i = 0; i < (int)G_N_ELEMENTS(cases); i++) {
        g_autofree char *expected = g_strdup_printf("%s|-|1", cases[i].status);
        g_autofree char *query =
            g_strdup_printf("select status, due_nanos, why <> '' from fct_reimbursements"
                            " where policy = 'free-first' and id = 'c%012d'",
                            i + 1);

        given_api_charge(
            db, i + 1, (struct given_charge){"2026-10-02", .cents = 2750, .state = cases[i].state});
        assert_rows(db, query, expected);
    }
}

static void a_charge_in_two_claims_blocks_until_it_is_settled(void **state)
{
    g_autoptr(Db) db = ledger();
    g_autofree char *id = NULL, *settle = NULL;

    (void)state;
    given_api_charge(db, 1, (struct given_charge){"2026-10-02", .cents = 2750});
    given_claim(db, 1, "C-1", "c000000000001", "Ann", "");
    wallets(db);
    assert_rows(db, DUE, "c000000000001|due|2750|-|2750|USD|");
    given_claim(db, 2, "C-2", "c000000000001", "Cy", "");
    wallets(db);
    assert_rows(db, DUE,
                "c000000000001|already claimed|2750|-|-|USD|claimed before in C-1: settle that it "
                "is right, or take it out of one claim");

    /* Settled: it counts once, in the later claim. */
    id = given_rows(db, "select id from exception where code = 'ALREADY_CLAIMED'");
    settle = g_strdup_printf("insert into decision values (1, 'd1', 'settle', '', 27500000000,"
                             " 'USD', '', 'right', 'ada', 0);"
                             "insert into decision_fact values (1, 1, 'exception', '%s')",
                             id);
    given_run(db, "%s", settle);
    wallets(db);
    assert_rows(db, DUE, "c000000000001|due|2750|-|2750|USD|claimed before in C-1, and settled");
    assert_rows(db, "select claim_id, claimant from fct_reimbursements where policy = 'free-first'",
                "C-2|Cy");
}

static void a_charge_serves_the_projects_that_used_its_credit(void **state)
{
    g_autoptr(Db) db = ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-10-02T10:00:00Z", 4400, 400});
    given_api_charge(db, 1, (struct given_charge){"2026-10-02", .cents = 4401});
    given_link(db, 1, 1);
    given_grant(db, 1, "(1, 2000), (2, 700), (null, 300)", 500, 500);
    wallets(db);
    assert_rows(db,
                "select projects, purpose, missing from fct_reimbursements"
                " where policy = 'free-first'",
                "atlas 50.0 %; proj_b 17.5 %; not used yet 12.5 %; expired 12.5 %; no project 7.5 "
                "%|search|receipt, purpose of proj_b; cost without a project, claim");
    assert_rows(db,
                "select use, project_id, share_ppm, amount_nanos from fct_reimbursed_projects"
                " order by amount_nanos desc, use desc",
                "used|proj_a|500000|22005000000\nused|proj_b|175000|7701750000\n"
                "not used yet||125000|5501250000\nexpired||125000|5501250000\n"
                "used||75000|3300750000");
}

static void a_charge_of_several_top_ups_serves_those_of_each(void **state)
{
    g_autoptr(Db) db = ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-10-02T10:00:00Z", 1000, .invoice = "A-1"});
    given_topup(db, 2, (struct given_payment){"2026-10-02T10:01:00Z", 3000, .invoice = "A-2"});
    given_api_charge(db, 1, (struct given_charge){"2026-10-02", .cents = 4000});
    given_link(db, 1, 1);
    given_link(db, 2, 1);
    given_run(db, "insert into link_part values (1, 1, 10000000000, 'USD', 0, 10000000000, 'USD'),"
                  " (2, 1, 30000000000, 'USD', 0, 30000000000, 'USD')");
    given_grant(db, 1, "(1, 1000)", 0, 0);
    given_grant(db, 2, "(1, 1500)", 1500, 0);
    wallets(db);
    assert_rows(db,
                "select projects, invoice_number from fct_reimbursements"
                " where policy = 'free-first'",
                "atlas 62.5 %; not used yet 37.5 %|A-1 and A-2");
}

static void a_claims_own_purpose_comes_before_the_projects(void **state)
{
    g_autoptr(Db) db = ledger();

    (void)state;
    given_charge(db, 1, (struct given_charge){"2026-10-02", .cents = 2000});
    given_run(db, "update charge set wallet = 'chatgpt'");
    given_claim(db, 1, "C-1", "c000000000001", "Ann", "");
    wallets(db);
    assert_rows(db, "select purpose, missing from fct_reimbursements where policy = 'free-first'",
                "|receipt, purpose");
    given_run(db, "update claim_row set purpose = 'writing', approver = '', submitted_on = null");
    wallets(db);
    assert_rows(db, "select purpose, missing from fct_reimbursements where policy = 'free-first'",
                "writing|receipt, approver, submission date");
}

#define RATES                                                                                      \
    "select id, original_nanos / 10000000, original_currency, rate_nanos, rate_source"             \
    " from fct_reimbursements where policy = 'free-first' order by id"

static void a_rate_is_what_the_statement_makes_it_else_that_of_the_day(void **state)
{
    g_autoptr(Db) db = ledger();

    (void)state;
    given_api_charge(db, 1,
                     (struct given_charge){"2026-10-02", .cents = 42845, .currency = "HKD",
                                           .original_currency = "USD", .original_cents = 5500});
    given_topup(db, 2, (struct given_payment){"2026-10-02T10:00:00Z", 1000});
    given_api_charge(db, 2, (struct given_charge){"2026-10-02", .cents = 930, .currency = "EUR"});
    given_link(db, 2, 2);
    given_run(db, "insert into adjustment values (2, 'fx-margin', 100000000, 'EUR', '', 920000000,"
                  " 'rates of 2026-10-01', 'cost', 0)");
    given_api_charge(db, 3,
                     (struct given_charge){"2026-10-02", .cents = 1000, .original_currency = "USD",
                                           .original_cents = 1000});
    wallets(db);
    assert_rows(db, RATES,
                "c000000000001|5500|USD|7790000000|statement\n"
                "c000000000002|1000|USD|920000000|rates of 2026-10-01\nc000000000003|-|-|-|-");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_ai_spend_is_looked_at),
        cmocka_unit_test(what_came_back_is_taken_off_its_charge_and_stands_apart),
        cmocka_unit_test(more_back_than_was_charged_is_told_and_lessens_no_other_charge),
        cmocka_unit_test(what_was_never_charged_is_not_due),
        cmocka_unit_test(a_charge_in_two_claims_blocks_until_it_is_settled),
        cmocka_unit_test(a_charge_serves_the_projects_that_used_its_credit),
        cmocka_unit_test(a_charge_of_several_top_ups_serves_those_of_each),
        cmocka_unit_test(a_claims_own_purpose_comes_before_the_projects),
        cmocka_unit_test(a_rate_is_what_the_statement_makes_it_else_that_of_the_day),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
