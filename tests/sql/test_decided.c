/* test_decided.c - what people decided, matching obeys, and nothing else changes. */
#include "decide_given.h"

#define ACCEPT ((struct decision_request){.verb = DECIDE_ACCEPT})
#define REJECT ((struct decision_request){.verb = DECIDE_REJECT, .why = "not ours"})
#define SETTLE ((struct decision_request){.verb = DECIDE_SETTLE, .why = "lost"})
#define CODES  "select code, reference from exception order by 1, 2"
#define OPEN   "select kind, id, why from fct_unmatched order by 1, 2"
#define STATES "select id, verb, state, ended_by from fct_decisions order by decision_id"
#define LEGS                                                                                       \
    "select topup.topup_id, receipt_state, card_state, state from topup join topup_state"          \
    " using (topup_id) order by 1"

static char *text(const char *constant)
{
    return (char *)(uintptr_t)constant;
}

/* Two payments and two charges of one amount and day on two cards of one account: ambiguous. */
static Db *ambiguous_ledger(void)
{
    Db *db = given_ledger();

    given_account(db, 1, "", "2026-03-01", "2026-03-31");
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750});
    given_topup(db, 2, (struct given_payment){"2026-03-02T11:00:00Z", 2750, .organization = 2});
    given_charge(db, 1, (struct given_charge){"2026-03-02", "2026-03-03", 2750});
    given_charge(db, 2, (struct given_charge){"2026-03-02", "2026-03-03", 2750});
    given_matched(db);
    return db;
}

static void an_accepted_pair_is_taken_first_and_the_rest_follows(void **state)
{
    g_autoptr(Db) db = ambiguous_ledger();

    (void)state;
    assert_rows(db, LEGS, "1|open|ambiguous|open\n2|open|ambiguous|open");
    given_decided(db, ACCEPT, text(TOPUP_1), text(CHARGE_2));
    assert_card_legs(db, "1|2|accepted|accepted\n2|1|confirmed|unique-window");
    assert_rows(db, LEGS, "1|open|accepted|open\n2|open|confirmed|open");
    assert_rows(db, "select id, state from fct_decisions", "d1|in force");
    assert_rows(db,
                "select verdict, substr(reason, 1, 15) from candidate where topup_id = 1"
                " and leg = 'card'",
                "won|accepted by ann");
    assert_rows(db, "select kind, id from fct_unmatched",
                "topup|t000000000001\ntopup|t000000000002");
}

static void an_accepted_pair_may_be_one_that_matching_would_never_make(void **state)
{
    g_autoptr(Db) db = given_ledger();
    struct decision_request request = ACCEPT;

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750, .invoice = "A-0001"});
    given_charge(
        db, 1, (struct given_charge){"2026-04-02", "2026-04-03", 2800, .descriptor = "SOMETHING"});
    given_receipt(db, 1, (struct given_receipt){"2026-05-02", 2700, "1111-1111", "B-0009"});
    given_matched(db);
    assert_told(db, request, text(TOPUP_1), text(CHARGE_1),
                "accept: the charge is 0.50 USD more than the top-up: that takes a reason\n"
                "hint: say it with --why; the difference is then an adjustment of its own");
    request.why = "rounded";
    given_decided(db, request, text(TOPUP_1), text(CHARGE_1));
    given_decided(db, request, text(RECEIPT_1), text(TOPUP_1));
    assert_rows(db, LEGS, "1|accepted|accepted|accepted");
    assert_rows(db,
                "select cause, amount_nanos / 10000000, currency, substr(explanation, 1, 15)"
                " from adjustment",
                "accepted difference|50|USD|accepted by ann\n"
                "accepted difference|-50|USD|accepted by ann");
    assert_rows(db, "select wallet, wallet_rule from charge", "api|accepted");
    assert_rows(db, CODES, "");
    assert_rows(db, OPEN, "");
}

static void an_accepted_charge_of_another_month_is_a_timing_difference(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-20T10:00:00Z", 2750});
    given_charge(db, 1, (struct given_charge){"2026-04-02", "2026-04-03", 2750});
    given_matched(db);
    assert_rows(db, "select count(*) from fct_timing_differences", "0");
    given_decided(db, (struct decision_request){.verb = DECIDE_ACCEPT, .why = "posted late"},
                  text(TOPUP_1), text(CHARGE_1));
    assert_rows(db, "select count(*) from fct_timing_differences", "1");
}

static void a_charge_in_another_currency_needs_no_reason_where_a_rate_explains_it(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_rate(db, "2026-03-02", "USD", "EUR", 900000000);
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 10000});
    given_charge(db, 1, (struct given_charge){"2026-03-02", "2026-03-03", 9100, .currency = "EUR"});
    given_charge(db, 2, (struct given_charge){"2026-03-02", "2026-03-03", 9900, .currency = "EUR"});
    given_matched(db);
    assert_told(db, ACCEPT, text(TOPUP_1), text(CHARGE_2),
                "accept: the charge of 99.00 EUR is in another currency, and no rate explains it: "
                "that takes a reason\n"
                "hint: say it with --why; the difference is then an adjustment of its own");
    given_decided(db, ACCEPT, text(TOPUP_1), text(CHARGE_1));
    assert_rows(db, "select cause, amount_nanos / 10000000, currency from adjustment",
                "fx-margin|100|EUR");
    given_decided(db, (struct decision_request){.verb = DECIDE_ACCEPT, .is_undo = TRUE},
                  text(TOPUP_1), text(CHARGE_1));
    given_decided(db, (struct decision_request){.verb = DECIDE_ACCEPT, .why = "dear bank"},
                  text(TOPUP_1), text(CHARGE_2));
    assert_rows(db, "select cause, amount_nanos / 10000000, currency from adjustment",
                "accepted difference|900|EUR");
}

static void a_later_change_of_an_accepted_amount_is_a_mismatch(void **state)
{
    g_autoptr(Db) db = given_ledger();
    struct decision_request request = ACCEPT;

    (void)state;
    request.why = "rounded";
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750, .invoice = "A-0001"});
    given_receipt(db, 1, (struct given_receipt){"2026-03-02", 2760, "1111-1111"});
    given_matched(db);
    given_decided(db, request, text(TOPUP_1), text(RECEIPT_1));
    assert_rows(db, "select count(*) from exception where code = 'AMOUNT_MISMATCH'", "0");
    given_run(db, "update receipt set total_nanos = total_nanos + 1000000000");
    given_matched(db);
    assert_rows(db, LEGS, "1|accepted|awaiting-statement|awaiting-statement");
    assert_rows(db,
                "select substr(explanation, instr(explanation, 'with')) from exception"
                " where code = 'AMOUNT_MISMATCH'",
                "with a difference of 0.10 USD, but now it is 1.10 USD.");
    given_decided(db, request, text(TOPUP_1), text(RECEIPT_1)); /* as it is now */
    assert_rows(db, "select count(*) from exception where code = 'AMOUNT_MISMATCH'", "0");
    assert_rows(db, STATES, "d1|accept|superseded|d2\nd2|accept|in force|");
}

static void a_rejected_pair_comes_apart_and_both_sides_look_for_others(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_account(db, 1, "", "2026-03-01", "2026-03-31");
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750});
    given_charge(db, 1, (struct given_charge){"2026-03-02", "2026-03-03", 2750});
    given_matched(db);
    assert_card_legs(db, "1|1|confirmed|unique-window");
    given_decided(db, REJECT, text(CHARGE_1), text(TOPUP_1));
    assert_card_legs(db, "1|-|rejected|");
    assert_rows(db, CODES,
                "NO_CARD_CHARGE|given.csv:1\nNO_RECEIPT|given.csv:1\n"
                "NO_TOPUP_FOR_CHARGE|given.csv:c1");
    assert_rows(db, OPEN,
                "charge|c000000000001|no top-up\n"
                "topup|t000000000001|no card charge but a rejected one; no receipt");
    assert_rows(db,
                "select charge_id, verdict, substr(reason, 1, 15), substr(reason, -8)"
                " from candidate",
                "1|refused|rejected by ann|not ours");
    given_charge(db, 2, (struct given_charge){"2026-03-02", "2026-03-03", 2750});
    given_matched(db);
    assert_card_legs(db, "1|2|confirmed|unique-window");
}

static void a_rejected_pair_arises_in_no_step(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    /* by number, by window, in a block, as a near miss, as the double of the charge that is right
     */
    given_account(db, 1, "", "2026-03-01", "2026-03-31");
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750, .invoice = "A-0001"});
    given_topup(db, 2, (struct given_payment){"2026-03-02T10:05:00Z", 2750});
    given_receipt(db, 1, (struct given_receipt){"2026-03-02", 2750, "1111-1111", "A-0001"});
    given_receipt(db, 2, (struct given_receipt){"2026-03-02", 2750, "2222-2222"});
    given_charge(db, 1, (struct given_charge){"2026-03-02", "2026-03-03", 2750});
    given_charge(db, 2, (struct given_charge){"2026-03-02", "2026-03-03", 2750});
    given_charge(db, 3, (struct given_charge){"2026-03-05", "2026-03-06", 2750});
    given_matched(db);
    assert_card_legs(db, "1|1|interchangeable|equal-block\n2|2|interchangeable|equal-block");
    given_decided(db, REJECT, text(TOPUP_1), text(CHARGE_1));
    assert_card_legs(db, "1|2|suggested|least-cost\n2|1|suggested|least-cost");
    given_decided(db, REJECT, text(TOPUP_1), text(CHARGE_2));
    given_decided(db, REJECT, text(TOPUP_1), text("c000000000003"));
    given_decided(db, REJECT, text(TOPUP_1), text(RECEIPT_1));
    given_decided(db, REJECT, text(TOPUP_2), text(RECEIPT_2));
    given_decided(db, REJECT, text(TOPUP_1), text(RECEIPT_2));
    assert_rows(db, LEGS,
                "1|rejected|rejected|rejected\n2|confirmed|interchangeable|interchangeable");
    assert_rows(db,
                "select topup_id, leg, coalesce(charge_id, receipt_id) from candidate"
                " where verdict <> 'refused' order by 1, 2, 3",
                "2|card|1\n2|card|2\n2|receipt|1");
    assert_rows(db,
                "select count(*) from candidate where verdict = 'refused'"
                " and reason not like 'rejected by ann on %: not ours'",
                "0");
    given_decided(db, REJECT, text(TOPUP_2), text(CHARGE_2));
    assert_card_legs(db, "1|-|rejected|\n2|1|confirmed|unique-window");
    assert_rows(db, "select code from exception where reference = 'given.csv:c2'",
                "NO_TOPUP_FOR_CHARGE");
}

static void what_is_settled_raises_nothing_and_is_not_unmatched(void **state)
{
    g_autoptr(Db) db = given_ledger();
    struct decision_request card = SETTLE;

    (void)state;
    card.leg = "card";
    given_account(db, 1, "", "2026-03-01", "2026-03-31");
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750});
    given_receipt(db, 1, (struct given_receipt){"2026-03-09", 1000, "1111-1111"});
    given_charge(db, 1, (struct given_charge){"2026-03-09", "2026-03-09", 1300});
    given_charge(db, 2, (struct given_charge){"2026-03-19", "2026-03-19", -9900});
    given_matched(db);
    assert_rows(db, CODES,
                "NO_CARD_CHARGE|given.csv:1\nNO_RECEIPT|given.csv:1\n"
                "NO_TOPUP_FOR_CHARGE|given.csv:c1\nNO_TOPUP_FOR_RECEIPT|1111-1111\n"
                "REFUND|given.csv:c2");
    assert_told(db, SETTLE, text(TOPUP_1), NULL,
                "top-up given.csv:1 (t000000000001) lacks both its receipt and its card charge\n"
                "hint: say which of them is not needed: --leg receipt or --leg card");
    given_decided(db, card, text(TOPUP_1), NULL);
    given_decided(db, SETTLE, text(TOPUP_1), NULL); /* the one that is left */
    given_decided(db, SETTLE, text(RECEIPT_1), NULL);
    given_decided(db, SETTLE, text(CHARGE_1), NULL);
    given_decided(db, SETTLE, text(CHARGE_2), NULL);
    assert_rows(db, LEGS, "1|settled|settled|settled");
    assert_rows(db, CODES, "");
    assert_rows(db, OPEN, "");
    assert_rows(db, "select leg from fct_decisions order by decision_id", "card\nreceipt\n\n\n");
}

static void a_stated_leg_means_the_top_up_of_a_number_that_its_receipt_has_too(void **state)
{
    g_autoptr(Db) db = given_ledger();
    struct decision_request card = SETTLE;

    (void)state;
    card.leg = "card";
    given_account(db, 1, "", "2026-03-01", "2026-03-31");
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750, .invoice = "A-0001"});
    given_receipt(db, 1, (struct given_receipt){"2026-03-02", 2750, "1111-1111", "A-0001"});
    given_matched(db);
    assert_told(db, SETTLE, text("A-0001"), NULL,
                "\"A-0001\" may mean several: receipt r000000000001, top-up t000000000001\n"
                "hint: name one by its whole id");
    given_decided(db, card, text("A-0001"), NULL);
    assert_rows(db, "select ids, leg from fct_decisions", "t000000000001|card");
    assert_rows(db, LEGS, "1|confirmed|settled|settled");
    assert_told(db, card, text("1111-1111"), NULL, /* the receipt's own number: no top-up */
                "receipt 1111-1111 (r000000000001) has its counterpart, top-up t000000000001\n"
                "hint: if that is wrong, reject the pair: trueup reject t000000000001 "
                "r000000000001");
}

static void an_exception_that_asks_for_a_counterpart_is_settled_by_its_item(void **state)
{
    g_autoptr(Db) db = given_ledger();
    g_autofree char *no_card = NULL, *no_topup = NULL, *no_receipt = NULL;

    (void)state;
    given_account(db, 1, "", "2026-03-01", "2026-03-31");
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750});
    given_charge(db, 1, (struct given_charge){"2026-03-09", "2026-03-09", 1300});
    given_run(db, "update charge set line = 77"); /* no line of the payment's file */
    given_matched(db);
    no_card = given_rows(db, "select id from exception where code = 'NO_CARD_CHARGE'");
    no_topup = given_rows(db, "select id from exception where code = 'NO_TOPUP_FOR_CHARGE'");
    no_receipt = given_rows(db, "select id from exception where code = 'NO_RECEIPT'");
    given_decided(db, SETTLE, no_card, NULL);
    given_decided(db, SETTLE, no_topup, NULL);
    given_decided(db, SETTLE, no_receipt, NULL);
    assert_rows(db, "select ids, leg from fct_decisions order by decision_id",
                "t000000000001|card\nc000000000001|\nt000000000001|receipt");
    assert_rows(db, CODES, "");
}

static void any_other_exception_is_settled_itself_and_waits_while_it_does_not_arise(void **state)
{
    g_autoptr(Db) db = given_ledger();
    g_autofree char *id = NULL;

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750, .status = "failed"});
    given_matched(db);
    id = given_rows(db, "select id from exception where code = 'FAILED_TOPUP'");
    given_decided(db, SETTLE, id, NULL);
    assert_rows(db, CODES, "");
    assert_rows(db, "select refs, state from fct_decisions", "given.csv:1|in force");
    given_run(db, "update topup set status = 'paid'");
    given_matched(db);
    assert_rows(db, "select refs, state from fct_decisions", "|waiting for its facts");
    given_run(db, "update topup set status = 'failed'");
    given_matched(db);
    given_decided(db, (struct decision_request){.verb = DECIDE_SETTLE, .is_undo = TRUE}, id, NULL);
    assert_rows(db, CODES, "FAILED_TOPUP|given.csv:1");
    assert_rows(db, STATES, "d1|settle|taken back|d2\nd2|undo|in force|");
}

static void an_exception_that_grew_since_it_was_settled_is_raised_again(void **state)
{
    g_autoptr(Db) db = given_ledger();
    g_autofree char *id = NULL;

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750, .status = "failed"});
    given_matched(db);
    id = given_rows(db, "select id from exception where code = 'FAILED_TOPUP'");
    given_decided(db, SETTLE, id, NULL);
    given_run(db, "update topup set total_nanos = 27400000000");
    given_matched(db);
    assert_rows(db, CODES, "");
    given_run(db, "update topup set total_nanos = 27600000000");
    given_matched(db);
    assert_rows(db, CODES, "FAILED_TOPUP|given.csv:1");
    given_decided(db, SETTLE, id, NULL);
    assert_rows(db, CODES, "");
    assert_rows(db, STATES, "d1|settle|superseded|d2\nd2|settle|in force|");
}

static void a_later_decision_ends_an_earlier_one_and_says_so(void **state)
{
    g_autoptr(Db) db = ambiguous_ledger();
    struct decision_request settle = SETTLE;

    (void)state;
    settle.leg = "card";
    given_decided(db, REJECT, text(TOPUP_1), text(CHARGE_1));
    given_decided(db, ACCEPT, text(TOPUP_1), text(CHARGE_1));
    given_decided(db, REJECT, text(TOPUP_1), text(CHARGE_1));
    given_decided(db, REJECT, text(TOPUP_1), text(CHARGE_2));
    given_decided(db, settle, text(TOPUP_1), NULL);
    assert_card_legs(db, "1|-|settled|\n2|1|interchangeable|equal-block");
    given_decided(db, ACCEPT, text(TOPUP_1), text(CHARGE_2));
    assert_rows(db, STATES,
                "d1|reject|superseded|d2\nd2|accept|superseded|d3\nd3|reject|in force|\n"
                "d4|reject|superseded|d6\nd5|settle|superseded|d6\nd6|accept|in force|");
    assert_card_legs(db, "1|2|accepted|accepted\n2|1|confirmed|unique-window");
    given_decided(db, (struct decision_request){.verb = DECIDE_ACCEPT, .is_undo = TRUE},
                  text(TOPUP_1), text(CHARGE_2));
    assert_rows(db, "select id, state, ended_by from fct_decisions where decision_id > 5",
                "d6|taken back|d7\nd7|in force|");
    assert_rows(db, "select count(*) from link where state = 'accepted'", "0");
}

static void a_decision_waits_for_facts_that_are_not_there(void **state)
{
    g_autoptr(Db) db = ambiguous_ledger();

    (void)state;
    given_decided(db, ACCEPT, text(TOPUP_1), text(CHARGE_2));
    given_run(db, "delete from link; delete from candidate; delete from charge"
                  " where charge_id = 2");
    given_matched(db);
    assert_rows(db, "select ids, state from fct_decisions",
                "t000000000001 c000000000002|waiting for its facts");
    given_charge(db, 2, (struct given_charge){"2026-03-02", "2026-03-03", 2750});
    given_matched(db);
    assert_rows(db, "select state from fct_decisions", "in force");
    given_run(db, "update charge set state = 'dropped' where charge_id = 2");
    given_matched(db);
    assert_rows(db, "select state from fct_decisions", "waiting for its facts");
    assert_rows(db, "select count(*) from link where state = 'accepted'", "0");
}

static void of_decisions_whose_facts_became_one_the_newer_holds(void **state)
{
    g_autoptr(Db) db = ambiguous_ledger();

    (void)state;
    given_decided(db, ACCEPT, text(TOPUP_1), text(CHARGE_1));
    given_decided(db, ACCEPT, text(TOPUP_2), text(CHARGE_2));
    given_run(db, "insert into decision_source values (1, 2, 1, 'aa', 2)");
    given_run(db, "insert into card_row (card_row_id, file_id, line, amount_nanos, currency,"
                  " original_currency, fee_nanos, fee_currency, state, status, type, descriptor,"
                  " reference, card_last4) values (2, 1, 2, 0, '', '', 0, '', '', '', '', '', '',"
                  " ''); insert into charge_row values (2, 2, 'posted', 1, '')");
    given_matched(db);
    assert_rows(db, "select ids, state, ended_by from fct_decisions order by decision_id",
                "t000000000001 c000000000002|superseded|d2\n"
                "t000000000002 c000000000002|in force|");
    assert_card_legs(db, "1|1|confirmed|unique-window\n2|2|accepted|accepted");
}

static void an_adjustment_is_a_line_of_its_top_up_and_the_last_of_a_cause_counts(void **state)
{
    g_autoptr(Db) db = given_ledger();
    struct decision_request request = {
        .verb = DECIDE_ADJUST, .cause = "bank fee", .amount_nanos = 35 * CENT};

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750});
    given_matched(db);
    given_decided(db, request, text(TOPUP_1), NULL);
    request.amount_nanos = 36 * CENT;
    request.currency = "EUR";
    given_decided(db, request, text(TOPUP_1), NULL);
    request.cause = "rounding";
    given_decided(db, request, text(TOPUP_1), NULL);
    assert_rows(db, "select cause, amount_nanos / 10000000, currency from adjustment",
                "bank fee|36|EUR\nrounding|36|EUR");
    assert_rows(db, STATES, "d1|adjust|superseded|d2\nd2|adjust|in force|\nd3|adjust|in force|");
    assert_told(db, (struct decision_request){.verb = DECIDE_ADJUST, .is_undo = TRUE},
                text(TOPUP_1), NULL,
                "several decisions of that kind are in force on top-up given.csv:1 "
                "(t000000000001)\nhint: say which: --leg of a settled top-up, --cause of an "
                "adjustment");
    given_decided(
        db, (struct decision_request){.verb = DECIDE_ADJUST, .is_undo = TRUE, .cause = "bank fee"},
        text(TOPUP_1), NULL);
    assert_rows(db, "select cause from adjustment", "rounding");
}

static void what_is_named_of_an_accepted_difference_is_not_counted_twice(void **state)
{
    static const char ADJUSTMENTS[] =
        "select cause, amount_nanos / 10000000, currency from adjustment";
    g_autoptr(Db) db = given_ledger();
    struct decision_request request = {
        .verb = DECIDE_ADJUST, .cause = "bank fee", .amount_nanos = 35 * CENT};

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750});
    given_charge(db, 1, (struct given_charge){"2026-03-02", "2026-03-03", 2800});
    given_matched(db);
    given_decided(db, request, text(TOPUP_1), NULL);
    given_decided(db, (struct decision_request){.verb = DECIDE_ACCEPT, .why = "fees"},
                  text(TOPUP_1), text(CHARGE_1));
    assert_rows(db, ADJUSTMENTS, "bank fee|35|USD\naccepted difference|15|USD");
    request.cause = "tip";
    request.currency = "EUR";
    given_decided(db, request, text(TOPUP_1), NULL); /* says nothing of dollars */
    request.cause = "rounding";
    request.currency = NULL;
    request.amount_nanos = 15 * CENT;
    given_decided(db, request, text(TOPUP_1), NULL);
    assert_rows(db, ADJUSTMENTS, "bank fee|35|USD\ntip|35|EUR\nrounding|15|USD");
}

static void an_acceptance_tells_which_top_up_loses_what_it_takes(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750, .invoice = "A-0001"});
    given_topup(db, 2, (struct given_payment){"2026-03-20T10:00:00Z", 2750, .invoice = "A-0002"});
    given_receipt(db, 1, (struct given_receipt){"2026-03-02", 2750, "1111-1111", "A-0001"});
    given_matched(db);
    assert_told(db, ACCEPT, text(TOPUP_2), text(RECEIPT_1),
                "accepted: top-up A-0002 (t000000000002) with receipt 1111-1111 (r000000000001)\n"
                "top-up t000000000001 loses receipt 1111-1111 (r000000000001)");
}

static void what_contradicts_is_refused(void **state)
{
    static const struct {
        enum decision_verb verb;
        gboolean is_undo;
        const char *first, *second, *message;
    } refused[] = {
        {DECIDE_ACCEPT, FALSE, TOPUP_1, TOPUP_2,
         "top-up A-0001 (t000000000001) and top-up given.csv:2 (t000000000002) are no pair\n"
         "hint: a pair is a top-up with a receipt, or with a card charge; of charges or of top-ups "
         "there may be several, but not of both. A charge and the credit that gave it back are one "
         "too"},
        {DECIDE_REJECT, FALSE, RECEIPT_1, CHARGE_1,
         "receipt 1111-1111 (r000000000001) and charge given.csv:c1 (c000000000001) are no pair\n"
         "hint: a pair is a top-up with a receipt, or with a card charge; of charges or of top-ups "
         "there may be several, but not of both. A charge and the credit that gave it back are one "
         "too"},
        {DECIDE_ACCEPT, FALSE, TOPUP_2, CHARGE_1,
         "top-up given.csv:2 (t000000000002) is failed: nothing was paid"},
        {DECIDE_ACCEPT, FALSE, TOPUP_1, CHARGE_2,
         "charge given.csv:c2 (c000000000002) gave money back: it paid for nothing"},
        {DECIDE_ACCEPT, FALSE, TOPUP_1, "c000000000003",
         "charge given.csv:c3 (c000000000003) is pending: only a posted charge took money"},
        {DECIDE_ACCEPT, FALSE, TOPUP_1, RECEIPT_2,
         "receipt 2222-2222 (r000000000002) says what is due, not that it was paid"},
        {DECIDE_ACCEPT, FALSE, "t000000000003", CHARGE_1,
         "top-up given.csv:3 (t000000000003) cost nothing: no card was charged"},
        {DECIDE_ACCEPT, FALSE, "t0000", CHARGE_1,
         "\"t0000\" may mean several: top-up t000000000001, top-up t000000000002, top-up "
         "t000000000003\nhint: name one by its whole id"},
        {DECIDE_ACCEPT, FALSE, "t00", CHARGE_1,
         "there is no top-up, receipt, charge or exception \"t00\"\n"
         "hint: name one by its id, as `trueup report unmatched` and `trueup report exceptions` "
         "print it, or by file:line"},
        {DECIDE_SETTLE, FALSE, RECEIPT_1, NULL,
         "receipt 1111-1111 (r000000000001) has its counterpart, top-up t000000000001\n"
         "hint: if that is wrong, reject the pair: trueup reject t000000000001 r000000000001"},
        {DECIDE_SETTLE, FALSE, TOPUP_2, NULL,
         "top-up given.csv:2 (t000000000002) lacks no counterpart"},
        {DECIDE_ADJUST, FALSE, CHARGE_1, NULL,
         "charge given.csv:c1 (c000000000001) is no top-up: only a top-up is adjusted"},
        {DECIDE_ACCEPT, TRUE, TOPUP_1, CHARGE_1,
         "no such decision is in force on top-up A-0001 (t000000000001) with charge given.csv:c1 "
         "(c000000000001)\nhint: `trueup report decisions` lists them"},
    };
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750, .invoice = "A-0001"});
    given_topup(db, 2, (struct given_payment){"2026-03-02T10:00:00Z", 2750, .status = "failed"});
    given_topup(db, 3, (struct given_payment){"2026-03-02T10:00:00Z", 0});
    given_receipt(db, 1, (struct given_receipt){"2026-03-02", 2750, "1111-1111", "A-0001"});
    given_receipt(db, 2, (struct given_receipt){"2026-03-02", 2750, "2222-2222", .is_due = TRUE});
    given_charge(db, 1, (struct given_charge){"2026-03-02", "2026-03-03", 2750});
    given_charge(db, 2, (struct given_charge){"2026-03-02", "2026-03-03", -2750});
    given_charge(db, 3, (struct given_charge){"2026-03-02", NULL, 2750, .state = "pending"});
    given_matched(db);
    for (gsize i = 0; i < G_N_ELEMENTS(refused); i++)
        assert_told(db,
                    (struct decision_request){
                        .verb = refused[i].verb, .is_undo = refused[i].is_undo, .why = "so"},
                    text(refused[i].first), refused[i].second ? text(refused[i].second) : NULL,
                    refused[i].message);
    assert_rows(db, "select count(*) from decision", "0");
    assert_rows(db, "select count(*) from audit", "0");
}

static void an_acceptance_that_another_one_holds_is_refused(void **state)
{
    g_autoptr(Db) db = ambiguous_ledger();
    g_autofree char *told = NULL;

    (void)state;
    given_decided(db, ACCEPT, text(TOPUP_1), text(CHARGE_1));
    for (int i = 0; i < 2; i++) {
        g_autofree char *refusal =
            decide_request(db, ACCEPT, text(i ? TOPUP_2 : TOPUP_1), text(i ? CHARGE_1 : CHARGE_2));

        assert_non_null(strstr(refusal, " belongs to another pair, accepted by ann on "));
        assert_non_null(strstr(refusal, "hint: take that back first: trueup accept --undo "
                                        "t000000000001 c000000000001"));
    }
    told = decide_request(db, ACCEPT, text(TOPUP_1), text(CHARGE_1));
    assert_non_null(strstr(told, "was accepted before, by ann on "));
    assert_rows(db, "select count(*) from decision", "1");
}

static char *decide_several(Db *db, struct decision_request request, const char *const *names)
{
    g_autoptr(GError) error = NULL;
    char *told;

    request.names = (char *const *)(uintptr_t)names;
    request.by = "ann";
    told = decide(db, &request, &error);
    if (!told)
        return g_strdup(error->message);
    given_matched(db);
    return told;
}

static void several_charges_are_accepted_for_one_payment_and_one_for_several(void **state)
{
    static const char *const split[] = {CHARGE_1, TOPUP_1, CHARGE_2, NULL};
    static const char *const joint[] = {TOPUP_1, "c000000000003", TOPUP_2, NULL};
    static const char *const both[] = {TOPUP_1, TOPUP_2, CHARGE_1, CHARGE_2, NULL};
    static const char *const twice[] = {TOPUP_1, CHARGE_1, CHARGE_1, NULL};
    static const char *const *const wrong[] = {both, twice};
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 5000});
    given_topup(db, 2, (struct given_payment){"2026-03-12T10:00:00Z", 7000});
    given_charge(db, 1, (struct given_charge){"2026-03-02", "2026-03-03", 2000});
    given_charge(db, 2, (struct given_charge){"2026-03-02", "2026-03-03", 3000, .fee_cents = 10});
    given_charge(db, 3, (struct given_charge){"2026-03-12", "2026-03-13", 12001});
    given_matched(db);
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autofree char *refusal = decide_several(db, ACCEPT, wrong[i]);

        assert_non_null(strstr(refusal, " are no pair\n"));
    }
    g_free(decide_several(db, ACCEPT, split));
    assert_rows(db,
                "select topup_id, charge_id, amount_nanos / 10000000, paid_nanos / 10000000"
                " from link_part order by 1, 2",
                "1|1|2000|2000\n1|2|3000|3000");
    assert_rows(db, "select topup_id, charge_id, state, rule, substr(reason, 1, 15) from link",
                "1|1|accepted|accepted|accepted by ann");
    assert_rows(db, "select id from fct_unmatched where kind = 'charge'", "c000000000003");

    given_decided(db, REJECT, text(TOPUP_1), text(CHARGE_2)); /* ends the whole */
    assert_rows(db, "select count(*) from link_part", "0");
    {
        g_autofree char *refusal = decide_several(db, ACCEPT, joint);

        assert_string_equal(refusal,
                            "accept: the charge is 0.01 USD more than the top-ups: that takes a "
                            "reason\nhint: say it with --why; the difference is then an "
                            "adjustment of its own");
    }
    g_free(decide_several(db, (struct decision_request){.verb = DECIDE_ACCEPT, .why = "rounded"},
                          joint));
    assert_rows(db,
                "select topup_id, charge_id, amount_nanos / 1000000, paid_nanos / 10000000"
                " from link_part order by 1, 2",
                "1|3|50004|5000\n2|3|70005|7000");
    assert_rows(db, "select topup_id, cause, amount_nanos / 10000000 from adjustment",
                "1|accepted difference|1");
    assert_rows(db, "select topup_id, card_state from topup_state", "1|accepted\n2|accepted");
    g_free(decide_several(db, (struct decision_request){.verb = DECIDE_ACCEPT, .is_undo = TRUE},
                          joint));
    assert_rows(db, STATES,
                "d1|accept|superseded|d2\nd2|reject|in force|\nd3|accept|taken back|d4\n"
                "d4|undo|in force|");
    assert_rows(db, "select count(*) from link_part", "0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_accepted_pair_is_taken_first_and_the_rest_follows),
        cmocka_unit_test(an_accepted_pair_may_be_one_that_matching_would_never_make),
        cmocka_unit_test(an_accepted_charge_of_another_month_is_a_timing_difference),
        cmocka_unit_test(a_charge_in_another_currency_needs_no_reason_where_a_rate_explains_it),
        cmocka_unit_test(a_later_change_of_an_accepted_amount_is_a_mismatch),
        cmocka_unit_test(a_rejected_pair_comes_apart_and_both_sides_look_for_others),
        cmocka_unit_test(a_rejected_pair_arises_in_no_step),
        cmocka_unit_test(what_is_settled_raises_nothing_and_is_not_unmatched),
        cmocka_unit_test(a_stated_leg_means_the_top_up_of_a_number_that_its_receipt_has_too),
        cmocka_unit_test(an_exception_that_asks_for_a_counterpart_is_settled_by_its_item),
        cmocka_unit_test(any_other_exception_is_settled_itself_and_waits_while_it_does_not_arise),
        cmocka_unit_test(an_exception_that_grew_since_it_was_settled_is_raised_again),
        cmocka_unit_test(a_later_decision_ends_an_earlier_one_and_says_so),
        cmocka_unit_test(a_decision_waits_for_facts_that_are_not_there),
        cmocka_unit_test(of_decisions_whose_facts_became_one_the_newer_holds),
        cmocka_unit_test(an_adjustment_is_a_line_of_its_top_up_and_the_last_of_a_cause_counts),
        cmocka_unit_test(what_is_named_of_an_accepted_difference_is_not_counted_twice),
        cmocka_unit_test(an_acceptance_tells_which_top_up_loses_what_it_takes),
        cmocka_unit_test(what_contradicts_is_refused),
        cmocka_unit_test(an_acceptance_that_another_one_holds_is_refused),
        cmocka_unit_test(several_charges_are_accepted_for_one_payment_and_one_for_several),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
