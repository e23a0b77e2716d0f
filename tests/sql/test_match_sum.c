/* test_match_sum.c - several charges for one payment, and one charge for several. */
#include "match_given.h"

#define CARD_LEGS "select topup_id, charge_id, state, rule from link where leg = 'card' order by 1"
#define PARTS                                                                                      \
    "select topup_id, charge_id, amount_nanos / 10000000, currency, fee_nanos / 10000000,"         \
    " paid_nanos / 10000000, paid_currency from link_part order by 1, 2"
#define EXCEPTIONS                                                                                 \
    "select code, line, explanation from exception where code <> 'NO_RECEIPT' order by code, line"

static Db *given_covered(void)
{
    Db *db = given_ledger();

    given_account(db, 1, "1234", "2026-02-01", "2026-04-30");
    return db;
}

static void a_charge_for_several_payments_is_confirmed_when_nothing_else_is_there(void **state)
{
    g_autoptr(Db) db = given_covered();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2000, .last4 = "1234"});
    given_topup(db, 2, (struct given_payment){"2026-03-02T12:00:00Z", 1000, .last4 = "1234"});
    given_topup(db, 3, (struct given_payment){"2026-03-02T14:00:00Z", 1000, .last4 = "1234"});
    given_charge(db, 1,
                 (struct given_charge){"2026-03-02", NULL, 4000, .last4 = "1234", .fee_cents = 100,
                                       .fee_currency = "USD"});
    given_matched(db);
    assert_rows(db, CARD_LEGS,
                "1|1|confirmed|sum-of-topups\n2|1|confirmed|sum-of-topups\n"
                "3|1|confirmed|sum-of-topups");
    assert_rows(db, PARTS,
                "1|1|2000|USD|50|2000|USD\n2|1|1000|USD|25|1000|USD\n3|1|1000|USD|25|1000|USD");
    assert_rows(db, EXCEPTIONS, "");
    assert_rows(db, "select topup_id, cause, amount_nanos / 10000000 from adjustment order by 1",
                "1|card-fee|50\n2|card-fee|25\n3|card-fee|25");
    assert_rows(db, "select reason from link where leg = 'card' and topup_id = 2",
                "20.00 USD (given.csv:1) + 10.00 USD (given.csv:2) + 10.00 USD (given.csv:3) are "
                "the charge given.csv:1 to the cent; one card, one day, and nothing else is there "
                "to explain any of them");
}

static void several_charges_of_one_payment_share_its_total(void **state)
{
    g_autoptr(Db) db = given_covered();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 10000, .last4 = "1234"});
    given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 7000, .last4 = "1234"});
    given_charge(db, 2, (struct given_charge){"2026-03-02", NULL, 3000, .last4 = "1234"});
    given_matched(db);
    assert_rows(db, CARD_LEGS, "1|1|confirmed|sum-of-charges");
    assert_rows(db, PARTS, "1|1|7000|USD|0|7000|USD\n1|2|3000|USD|0|3000|USD");
    assert_rows(db, EXCEPTIONS, "");
}

/* Each lacks one of the anchors: the sum is suggested, and everything is still reported. */
static void a_sum_without_every_anchor_is_a_suggestion(void **state)
{
    static const struct {
        const char *card_of_payment, *card_of_charge, *second_on;
        int other_cents;
    } cases[] = {
        {"", "1234", "2026-03-02", 0},     /* the payment names no card */
        {"1234", "", "2026-03-02", 0},     /* the charges name none */
        {"1234", "1234", "2026-03-02", 5}, /* another open charge is there */
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Db) db = given_covered();

        given_topup(db, 1,
                    (struct given_payment){"2026-03-02T10:00:00Z", 10000,
                                           .last4 = cases[i].card_of_payment});
        given_charge(
            db, 1,
            (struct given_charge){"2026-03-02", NULL, 7000, .last4 = cases[i].card_of_charge});
        given_charge(db, 2,
                     (struct given_charge){cases[i].second_on, NULL, 3000,
                                           .last4 = cases[i].card_of_charge});
        if (cases[i].other_cents)
            given_charge(
                db, 3,
                (struct given_charge){"2026-03-02", NULL, cases[i].other_cents, .last4 = "1234"});
        given_matched(db);
        assert_rows(db, CARD_LEGS, "1|1|suggested|sum-of-charges");
        assert_rows(db,
                    "select code, count(*) from exception where code <> 'NO_RECEIPT' group by 1",
                    cases[i].other_cents ? "NO_CARD_CHARGE|1\nNO_TOPUP_FOR_CHARGE|3"
                                         : "NO_CARD_CHARGE|1\nNO_TOPUP_FOR_CHARGE|2");
        assert_rows(
            db, "select explanation from exception where code = 'NO_CARD_CHARGE'",
            "No single charge of 100.00 USD was found, but 70.00 USD (given.csv:1) + 30.00 "
            "USD (given.csv:2) are the total of 100.00 USD to the cent, and no other choice "
            "is; a sum alone is no proof: a person decides.");
    }
}

static void a_sum_whose_member_has_another_explanation_is_told_and_not_taken(void **state)
{
    g_autoptr(Db) db = given_covered();

    (void)state;
    /* The second charge doubles one that is matched. */
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 3000, .last4 = "1234"});
    given_topup(db, 2, (struct given_payment){"2026-03-02T11:00:00Z", 10000, .last4 = "1234"});
    given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 3000, .last4 = "1234"});
    given_charge(db, 2, (struct given_charge){"2026-03-02", NULL, 3000, .last4 = "1234"});
    given_charge(db, 3, (struct given_charge){"2026-03-02", NULL, 7000, .last4 = "1234"});
    given_matched(db);
    assert_rows(db, CARD_LEGS, "1|1|interchangeable|equal-block");
    assert_rows(db, "select code, line from exception where code <> 'NO_RECEIPT' order by 1",
                "DUPLICATE_CHARGE|2\nNO_CARD_CHARGE|2\nNO_TOPUP_FOR_CHARGE|3");
    assert_rows(
        db, "select explanation from exception where code = 'NO_CARD_CHARGE'",
        "No charge of 100.00 USD was found on card 1234, though statements cover 2026-03-02 "
        "to 2026-03-07; 30.00 USD (given.csv:2) + 70.00 USD (given.csv:3) add up to it, but "
        "not all of them lack another explanation.");
}

static void what_could_not_be_and_what_was_not_settled_are_told_apart(void **state)
{
    (void)state;
    {
        g_autoptr(Db) db = given_covered();

        given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 9999, .last4 = "1234"});
        given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 5000, .last4 = "1234"});
        given_charge(db, 2, (struct given_charge){"2026-03-02", NULL, 3000, .last4 = "1234"});
        given_matched(db);
        assert_rows(db, "select explanation from exception where code = 'NO_CARD_CHARGE'",
                    "No charge of 99.99 USD was found on card 1234, though statements cover "
                    "2026-03-02 to 2026-03-07; no two or more of the 2 open charges within its "
                    "window add up to it.");
        assert_rows(
            db, "select verdict, reason from candidate where leg = 'card' and charge_id is null",
            "refused|no two or more of the 2 open charges within its window add up to it");
    }
    {
        g_autoptr(Db) db = given_covered();

        given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 99999, .last4 = "1234"});
        for (int i = 1; i <= 70; i++)
            given_charge(db, i,
                         (struct given_charge){"2026-03-02", NULL, 1000 + i, .last4 = "1234"});
        given_matched(db);
        assert_rows(db, "select explanation from exception where code = 'NO_CARD_CHARGE'",
                    "No charge of 999.99 USD was found on card 1234, though statements cover "
                    "2026-03-02 to 2026-03-07; whether some of the more than 64 open charges "
                    "within its window add up to it was not settled: the search was given up.");
    }
    {
        g_autoptr(Db) db = given_covered();

        given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 3000, .last4 = "1234"});
        for (int i = 1; i <= 3; i++)
            given_charge(db, i, (struct given_charge){"2026-03-02", NULL, 1500, .last4 = "1234"});
        given_matched(db);
        assert_rows(db, "select count(*) from link_part", "0");
        assert_rows(db, "select reason from candidate where leg = 'card' and charge_id is null",
                    "several choices of the 3 open charges within its window add up to it, and "
                    "nothing tells which is right");
    }
}

/* Pairs of payments that were charged together: 27.50 twice, 55.00 twice, 27.50 twice. */
static void a_pair_whose_sides_sums_explain_without_each_other_is_contested(void **state)
{
    static const struct {
        const char *at;
        int cents;
    } payments[] = {
        {"2026-01-22T10:19:19Z", 2750}, {"2026-01-22T10:21:19Z", 2750},
        {"2026-01-23T05:37:33Z", 5500}, {"2026-01-23T05:40:41Z", 5500},
        {"2026-01-26T11:18:32Z", 2750}, {"2026-01-26T11:20:32Z", 2750},
    };
    static const struct given_charge charges[] = {
        {"2026-01-23", NULL, 5500, .last4 = "1234", .posting_only = TRUE},
        {"2026-01-24", NULL, 11000, .last4 = "1234", .posting_only = TRUE},
        {"2026-01-27", NULL, 5500, .last4 = "1234", .posting_only = TRUE},
    };
    static const char *const expected[] = {
        "3|ambiguous|contested\n4|ambiguous|contested",
        "3|interchangeable|equal-block\n4|interchangeable|equal-block", /* those two alone */
    };

    (void)state;
    for (gsize alone = 0; alone < G_N_ELEMENTS(expected); alone++) {
        g_autoptr(Db) db = given_ledger();

        given_account(db, 1, "1234", "2026-01-01", "2026-02-28");
        for (gsize i = 0; i < G_N_ELEMENTS(payments); i++)
            if (!alone || payments[i].cents == 5500)
                given_topup(
                    db, (int)i + 1,
                    (struct given_payment){payments[i].at, payments[i].cents, .last4 = "1234"});
        for (gsize i = 0; i < G_N_ELEMENTS(charges); i++)
            given_charge(db, (int)i + 1, charges[i]);
        given_matched(db);
        assert_rows(db,
                    "select topup_id, state, rule from link where leg = 'card' and topup_id in (3,"
                    " 4) order by 1",
                    expected[alone]);
        assert_rows(db,
                    "select count(*) from link where topup_id not in (3, 4) and state in"
                    " ('confirmed', 'interchangeable')",
                    "0");
    }
}

/* The charge of a payment is missing; another organization's two were charged together. */
static void a_charge_that_payments_without_one_add_up_to_is_contested(void **state)
{
    static const char *const statements_until[] = {"2026-03-31", "2026-03-05"};
    static const char *const states[] = {"ambiguous", "confirmed"};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(states); i++) {
        g_autoptr(Db) db = given_ledger();

        /* Where the statements end early, the two may be charged later. */
        given_account(db, 1, "1234", "2026-02-01", statements_until[i]);
        given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 5412, .last4 = "1234"});
        for (int k = 2; k <= 3; k++)
            given_topup(
                db, k, (struct given_payment){"2026-03-02T12:00:00Z", 2706, 0, 2, .last4 = "1234"});
        given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 5412, .last4 = "1234"});
        given_matched(db);
        assert_rows(db, "select card_state from topup_state where topup_id = 1", states[i]);
    }
}

/* Of two equal charges one is a payment's that was typed a cent off: which, nothing tells. */
static void a_slip_of_the_hand_contests_the_charge_that_it_may_be(void **state)
{
    static const char *const states[] = {"interchangeable", "ambiguous", "interchangeable"};
    static const int others[] = {0, 5001, 5006};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
        g_autoptr(Db) db = given_covered();

        given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 5000, .last4 = "1234"});
        if (others[i])
            given_topup(
                db, 2,
                (struct given_payment){"2026-03-02T12:00:00Z", others[i], 0, 2, .last4 = "1234"});
        given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 5000, .last4 = "1234"});
        given_charge(db, 2, (struct given_charge){"2026-03-02", NULL, 5000, .last4 = "1234"});
        given_matched(db);
        assert_rows(db, "select card_state from topup_state where topup_id = 1", states[i]);
    }
}

static void explain_tells_the_parts_from_both_sides(void **state)
{
    g_autoptr(Db) db = given_covered();
    g_autoptr(GError) error = NULL;
    g_autofree char *of_topup = NULL;
    g_autofree char *of_charge = NULL;

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 10000, .last4 = "1234"});
    given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 7000, .last4 = "1234"});
    given_charge(db, 2, (struct given_charge){"2026-03-02", NULL, 3000, .last4 = "1234"});
    given_matched(db);
    of_topup = match_explain(db, "given.csv:1", &error);
    assert_non_null(strstr(of_topup, "  part: charge given.csv:1 (c000000000001), 70.00 USD, for "
                                     "70.00 USD of the total\n"));
    of_charge = match_explain(db, "c000000000002", &error);
    assert_non_null(strstr(of_charge,
                           "  part: 30.00 USD of it for top-up given.csv:1 (t000000000001), 30.00 "
                           "USD\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_charge_for_several_payments_is_confirmed_when_nothing_else_is_there),
        cmocka_unit_test(several_charges_of_one_payment_share_its_total),
        cmocka_unit_test(a_sum_without_every_anchor_is_a_suggestion),
        cmocka_unit_test(a_sum_whose_member_has_another_explanation_is_told_and_not_taken),
        cmocka_unit_test(what_could_not_be_and_what_was_not_settled_are_told_apart),
        cmocka_unit_test(a_pair_whose_sides_sums_explain_without_each_other_is_contested),
        cmocka_unit_test(a_charge_that_payments_without_one_add_up_to_is_contested),
        cmocka_unit_test(a_slip_of_the_hand_contests_the_charge_that_it_may_be),
        cmocka_unit_test(explain_tells_the_parts_from_both_sides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
