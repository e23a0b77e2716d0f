/* test_decided_refund.c - given decisions about which charge a credit gives back, matching obeys.
 */
#include "core/error.h"
#include "decide_given.h"

#define CREDIT_3 "c000000000003"
#define CREDIT_4 "c000000000004"

#define LINKS                                                                                      \
    "select refund_charge_id, charge_id, topup_id from refund_link order by refund_charge_id"
#define RAISED                                                                                     \
    "select code, organization_key, amount_nanos / 10000000, reference from exception"             \
    " where code = 'REFUND' order by dated_on, reference"
#define DECISIONS                                                                                  \
    "select id, state, ended_by from decision_state inner join decision using (decision_id)"

static const struct decision_request ACCEPT = {.verb = DECIDE_ACCEPT};
static const struct decision_request REJECT = {.verb = DECIDE_REJECT};
static const struct decision_request UNDO = {.verb = DECIDE_ACCEPT, .is_undo = TRUE};

static char *text(const char *literal)
{
    return (char *)(uintptr_t)literal;
}

/* One organization paid 50.00 on the 2nd and the 5th; a credit of so many cents came on the 12th.
 */
static Db *given_two_payments(int cents)
{
    Db *db = given_ledger();

    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 5000, .invoice = "A-0001"});
    given_topup(db, 2, (struct given_payment){"2026-03-05T10:00:00Z", 5000, .invoice = "A-0002"});
    given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 5000});
    given_charge(db, 2, (struct given_charge){"2026-03-05", NULL, 5000});
    given_charge(db, 3, (struct given_charge){"2026-03-12", NULL, -cents});
    given_matched(db);
    return db;
}

static void a_person_says_which_charge_came_back(void **state)
{
    g_autoptr(Db) db = given_two_payments(5000);

    (void)state;
    assert_rows(db, LINKS, "3|2|2");
    assert_told(db, ACCEPT, text(CREDIT_3), text(CHARGE_1),
                "accepted: charge given.csv:c1 (c000000000001), given back by charge given.csv:c3 "
                "(c000000000003)");
    assert_rows(db, LINKS, "3|1|1");
    assert_rows(db, RAISED, "REFUND|1|5000|A-0001");
    assert_rows(
        db,
        "select count(*) from exception where code = 'REFUND' and explanation like"
        " '%at risk of being withdrawn. That it is for this charge was accepted by ann on %'",
        "1");
    given_decided(db, UNDO, text(CHARGE_1), text(CREDIT_3));
    assert_rows(db, LINKS, "3|2|2");
}

static void a_rejected_charge_is_not_given_back_and_the_next_one_is(void **state)
{
    g_autoptr(Db) db = given_two_payments(5000);

    (void)state;
    given_decided(db, REJECT, text(CHARGE_2), text(CREDIT_3));
    assert_rows(db, LINKS, "3|1|1");
    given_decided(db, REJECT, text(CREDIT_3), text(CHARGE_1));
    assert_rows(db, LINKS, "3|-|-");
    assert_rows(db, RAISED, "REFUND|-|5000|given.csv:c3");
    given_decided(db, ACCEPT, text(CREDIT_3), text(CHARGE_2));
    assert_rows(db, LINKS, "3|2|2");
    assert_rows(db, DECISIONS, "d1|superseded|d3\nd2|in force|\nd3|in force|");
}

static void a_transaction_id_does_not_outweigh_a_person(void **state)
{
    g_autoptr(Db) db = given_two_payments(4900);

    (void)state;
    given_transaction_id(db, 1, "txn-9");
    given_transaction_id(db, 3, "txn-9");
    given_matched(db);
    assert_rows(db, LINKS, "3|1|1");
    given_decided(db, REJECT, text(CHARGE_1), text(CREDIT_3));
    assert_rows(db, LINKS, "3|2|2");
}

static void a_charge_comes_back_in_parts_and_never_above_itself(void **state)
{
    g_autoptr(Db) db = given_two_payments(3000);

    (void)state;
    given_charge(db, 4, (struct given_charge){"2026-03-14", NULL, -3000});
    given_matched(db);
    assert_rows(db, LINKS, "3|2|2\n4|1|1");
    given_decided(db, ACCEPT, text(CHARGE_1), text(CREDIT_3));
    assert_rows(db, LINKS, "3|1|1\n4|2|2");
    assert_told(db, ACCEPT, text(CHARGE_1), text(CREDIT_4),
                "charge given.csv:c1 (c000000000001) took less than the 60.00 USD that would be "
                "given back of it");
    given_run(db, "update charge set amount_nanos = %" G_GINT64_FORMAT " where charge_id = 4",
              -2000 * CENT);
    given_decided(db, ACCEPT, text(CHARGE_1), text(CREDIT_4));
    assert_rows(db, LINKS, "3|1|1\n4|1|1");
}

static void what_pays_for_a_topup_is_given_back_beside_that(void **state)
{
    g_autoptr(Db) db = given_two_payments(5000);

    (void)state;
    given_decided(db, ACCEPT, text(TOPUP_1), text(CHARGE_1));
    given_decided(db, ACCEPT, text(CHARGE_1), text(CREDIT_3));
    assert_rows(db, DECISIONS, "d1|in force|\nd2|in force|");
    assert_rows(db, LINKS, "3|1|1");
    assert_rows(db, "select card_state from topup_state where topup_id = 1", "accepted");
}

static void a_credit_gives_back_one_charge(void **state)
{
    g_autoptr(Db) db = given_two_payments(5000);
    g_autofree char *refusal = NULL;
    g_autofree char *again = NULL;

    (void)state;
    given_decided(db, ACCEPT, text(CHARGE_1), text(CREDIT_3));
    refusal = decide_request(db, ACCEPT, text(CHARGE_2), text(CREDIT_3));
    assert_non_null(strstr(refusal, "charge given.csv:c3 (c000000000003) belongs to another pair"));
    assert_non_null(strstr(refusal, "trueup accept --undo c000000000001 c000000000003"));
    again = decide_request(db, ACCEPT, text(CREDIT_3), text(CHARGE_1));
    assert_non_null(strstr(again, "was accepted before, by ann on "));
    assert_rows(db, "select count(*) from decision", "1");
}

static void a_settled_credit_is_settled_no_more(void **state)
{
    g_autoptr(Db) db = given_two_payments(5000);

    (void)state;
    given_decided(db, (struct decision_request){.verb = DECIDE_SETTLE, .why = "not ours"},
                  text(CREDIT_3), NULL);
    assert_rows(db, LINKS, "");
    given_decided(db, ACCEPT, text(CHARGE_1), text(CREDIT_3));
    assert_rows(db, LINKS, "3|1|1");
    assert_rows(db, DECISIONS, "d1|superseded|d2\nd2|in force|");
}

static void what_history_tells_of_the_accepted_charge_is_nothing_at_risk(void **state)
{
    g_autoptr(Db) db = given_two_payments(5000);

    (void)state;
    given_run(db,
              "update topup set refunded_at = %" G_GINT64_FORMAT
              ", refunded_total_nanos = null where topup_id = 1",
              given_interval("2026-03-11T10:00:00Z", "UTC").from);
    given_decided(db, ACCEPT, text(CHARGE_1), text(CREDIT_3));
    assert_rows(db, LINKS, "3|1|1");
    assert_rows(db, RAISED, "");
    given_decided(db, UNDO, text(CHARGE_1), text(CREDIT_3));
    given_decided(db, ACCEPT, text(CHARGE_2), text(CREDIT_3));
    assert_rows(db, LINKS, "3|2|2");
    assert_rows(db, RAISED, "REFUND|1|5000|A-0002");
}

static void a_credit_of_no_known_wallet_takes_that_of_the_charge(void **state)
{
    g_autoptr(Db) db = given_two_payments(5000);

    (void)state;
    given_run(db, "update charge set descriptor = 'MERCHANT CREDIT' where charge_id = 3");
    given_matched(db);
    assert_rows(db, LINKS, "");
    given_decided(db, ACCEPT, text(CHARGE_1), text(CREDIT_3));
    assert_rows(db, LINKS, "3|1|1");
    assert_rows(db, "select wallet, wallet_rule from charge where charge_id = 3", "api|accepted");
}

static void a_decision_waits_while_its_charge_is_not_there_or_took_nothing(void **state)
{
    g_autoptr(Db) db = given_two_payments(5000);

    (void)state;
    given_decided(db, ACCEPT, text(CHARGE_1), text(CREDIT_3));
    given_run(db, "update charge set state = 'reversed' where charge_id = 1");
    given_matched(db);
    assert_rows(db, LINKS, "3|2|2");
    assert_rows(db, DECISIONS, "d1|waiting for its facts|");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_person_says_which_charge_came_back),
        cmocka_unit_test(a_rejected_charge_is_not_given_back_and_the_next_one_is),
        cmocka_unit_test(a_transaction_id_does_not_outweigh_a_person),
        cmocka_unit_test(a_charge_comes_back_in_parts_and_never_above_itself),
        cmocka_unit_test(what_pays_for_a_topup_is_given_back_beside_that),
        cmocka_unit_test(a_credit_gives_back_one_charge),
        cmocka_unit_test(a_settled_credit_is_settled_no_more),
        cmocka_unit_test(what_history_tells_of_the_accepted_charge_is_nothing_at_risk),
        cmocka_unit_test(a_credit_of_no_known_wallet_takes_that_of_the_charge),
        cmocka_unit_test(a_decision_waits_while_its_charge_is_not_there_or_took_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
