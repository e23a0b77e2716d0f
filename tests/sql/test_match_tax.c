/* test_match_tax.c - what tax a payment carries, and what stands between its credit and its charge.
 */
#include "match_given.h"

#define CARD_LEGS "select topup_id, charge_id, state, rule from link where leg = 'card' order by 1"
#define ADJUSTMENTS                                                                                \
    "select topup_id, cause, amount_nanos / 10000000, currency, coalesce(rate_nanos, 0), source,"  \
    " treatment, is_assumed from adjustment order by 1, 2"

/* A receipt that tells its tax, in cents; rate in parts per million or 0. */
static void given_taxed_receipt(Db *db, int id, struct given_receipt receipt, int tax, int rate_ppm)
{
    given_receipt(db, id, receipt);
    given_run(db,
              "update receipt set subtotal_nanos = total_nanos - %" G_GINT64_FORMAT
              ", tax_nanos = %" G_GINT64_FORMAT ", tax_rate_ppm = nullif(%d, 0)"
              " where receipt_id = %d",
              tax * CENT, tax * CENT, rate_ppm, id);
}

static void a_tax_that_history_tells_is_a_line_with_its_rate(void **state)
{
    static const char *const treatments[] = {"", "recoverable", "reverse-charge", "cost"};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(treatments); i++) {
        g_autoptr(Db) db = given_ledger();
        g_autofree char *expected =
            g_strdup_printf("1|tax|500|USD|200000000|payment history|%s|%d",
                            *treatments[i] ? treatments[i] : "cost", !*treatments[i]);

        given_run(db,
                  "insert into organization_fact (organization_key, billing_mode, tax) values"
                  " (1, 'prepaid', '%s')",
                  treatments[i]);
        given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 3000, 500});
        given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 3000});
        given_matched(db);
        assert_rows(db, ADJUSTMENTS, expected);
        assert_rows(db, "select explanation from adjustment",
                    i == 0 ? "tax of 5.00 USD, 20 %, as told by payment history; taken as a cost, "
                             "for the organizations table does not say"
                    : i == 1 ? "tax of 5.00 USD, 20 %, as told by payment history; recoverable"
                    : i == 2 ? "tax of 5.00 USD, 20 %, as told by payment history; reverse-charge"
                             : "tax of 5.00 USD, 20 %, as told by payment history; cost");
    }
}

static void a_receipt_tells_the_tax_that_history_leaves_out(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2500, .invoice = "A-0001"});
    given_taxed_receipt(db, 1, (struct given_receipt){"2026-03-02", 3000, "1111-1111", "A-0001"},
                        500, 0);
    given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 3000});
    given_matched(db);
    assert_rows(db, CARD_LEGS, "1|1|confirmed|unique-window");
    assert_rows(db, "select state from link where leg = 'receipt'", "confirmed");
    assert_rows(db, ADJUSTMENTS, "1|tax|500|USD|200000000|receipt 1111-1111|cost|1");
    assert_rows(db, "select reason from link where leg = 'card'",
                "30.00 USD is the total, 25.00 USD, and tax of 5.00 USD (20 %, as told by receipt "
                "1111-1111), to the cent; purchase date 2026-03-02 (UTC) covers the payment at "
                "2026-03-02T10:00:00Z; the card is not named on both; no other charge fits the "
                "payment and no other payment the charge");
    assert_rows(db, "select count(*) from exception", "0");
}

static void a_receipt_whose_amount_before_tax_is_another_is_a_mismatch(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2500, .invoice = "A-0001"});
    given_taxed_receipt(db, 1, (struct given_receipt){"2026-03-02", 3000, "1111-1111", "A-0001"},
                        499, 0);
    given_matched(db);
    assert_rows(db, "select state from link where leg = 'receipt'", "suggested");
    assert_rows(db, "select code from exception where code = 'AMOUNT_MISMATCH'", "AMOUNT_MISMATCH");
}

/* Two receipts of organization 1 teach 8.875 %; history gives the credit alone throughout. */
static Db *given_taught(const char *last4, int second_tax)
{
    Db *db = given_ledger();

    given_topup(
        db, 1,
        (struct given_payment){"2026-03-02T10:00:00Z", 10000, .invoice = "A-0001", .last4 = last4});
    given_topup(
        db, 2,
        (struct given_payment){"2026-03-04T10:00:00Z", 2500, .invoice = "A-0002", .last4 = last4});
    given_taxed_receipt(db, 1, (struct given_receipt){"2026-03-02", 10888, "1111-1111", "A-0001"},
                        888, 0);
    given_taxed_receipt(
        db, 2, (struct given_receipt){"2026-03-04", 2500 + second_tax, "2222-2222", "A-0002"},
        second_tax, 0);
    return db;
}

static void an_accounts_own_receipts_teach_its_rate(void **state)
{
    g_autoptr(Db) db = given_taught("1234", 222);

    (void)state;
    given_topup(db, 3, (struct given_payment){"2026-03-09T10:00:00Z", 5000, .last4 = "1234"});
    given_charge(db, 1, (struct given_charge){"2026-03-09", NULL, 5444, .last4 = "1234"});
    given_matched(db);
    assert_rows(db, CARD_LEGS, "3|1|confirmed|unique-window");
    assert_rows(db, ADJUSTMENTS,
                "3|tax|444|USD|88750000|2 receipts of this account (1111-1111, 2222-2222)|cost|1");
    assert_rows(
        db, "select reason from link where topup_id = 3",
        "54.44 USD is the total, 50.00 USD, and tax of 4.44 USD (8.875 %, as told by 2 "
        "receipts of this account (1111-1111, 2222-2222)), to the cent; purchase date "
        "2026-03-09 (UTC) covers the payment at 2026-03-09T10:00:00Z; card 1234 on both; no "
        "other charge fits the payment and no other payment the charge");
}

static void a_rate_is_never_taken_from_another_account_nor_from_receipts_that_disagree(void **state)
{
    static const struct {
        int second_tax;
        struct given_payment payment;
        const char *last4;
    } cases[] = {
        {222, {"2026-03-09T10:00:00Z", 5000, .organization = 2, .last4 = "1234"}, "1234"},
        {222, {"2026-03-09T10:00:00Z", 5000, .last4 = "9999"}, "9999"},
        {222, {"2026-03-09T10:00:00Z", 5000}, "1234"},
        {223, {"2026-03-09T10:00:00Z", 5000, .last4 = "1234"}, "1234"},
        {0, {"2026-03-09T10:00:00Z", 5000, .last4 = "1234"}, "1234"},
        {222, {"2026-03-09T10:00:00Z", 5000, 1, .last4 = "1234"}, "1234"}, /* history tells a tax */
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Db) db = given_taught("1234", cases[i].second_tax);

        given_topup(db, 3, cases[i].payment);
        given_charge(db, 1,
                     (struct given_charge){"2026-03-09", NULL, 5444, .last4 = cases[i].last4});
        given_matched(db);
        assert_rows(db, CARD_LEGS, "");
    }
}

static void one_receipt_teaches_a_rate_only_when_it_states_one(void **state)
{
    (void)state;
    for (int rate = 0; rate <= 100000; rate += 100000) {
        g_autoptr(Db) db = given_ledger();

        given_topup(db, 1,
                    (struct given_payment){"2026-03-02T10:00:00Z", 2500, .invoice = "A-0001"});
        given_taxed_receipt(
            db, 1, (struct given_receipt){"2026-03-02", 2750, "1111-1111", "A-0001"}, 250, rate);
        given_topup(db, 2, (struct given_payment){"2026-03-09T10:00:00Z", 5000});
        given_charge(db, 1, (struct given_charge){"2026-03-09", NULL, 5500});
        given_matched(db);
        assert_rows(db, CARD_LEGS, rate ? "2|1|confirmed|unique-window" : "");
    }
}

static void an_untaxed_charge_wins_over_one_with_a_learnt_tax(void **state)
{
    g_autoptr(Db) db = given_taught("1234", 222);

    (void)state;
    given_topup(db, 3, (struct given_payment){"2026-03-09T10:00:00Z", 5000, .last4 = "1234"});
    given_topup(db, 4, (struct given_payment){"2026-03-09T11:00:00Z", 5444, .last4 = "1234"});
    given_charge(db, 1, (struct given_charge){"2026-03-09", NULL, 5000, .last4 = "1234"});
    given_charge(db, 2, (struct given_charge){"2026-03-09", NULL, 5444, .last4 = "1234"});
    given_matched(db);
    assert_rows(db, CARD_LEGS, "3|1|confirmed|unique-amount\n4|2|confirmed|unique-amount");
    assert_rows(db, ADJUSTMENTS, "");
}

static void a_conversion_keeps_the_days_rate_beside_its_margin(void **state)
{
    g_autoptr(Db) db = given_ledger();
    g_autoptr(GError) error = NULL;
    g_autofree char *told = NULL;

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 5000});
    given_charge(db, 1,
                 (struct given_charge){"2026-03-02", NULL, 4040, .currency = "GBP", .fee_cents = 50,
                                       .fee_currency = "GBP"});
    given_rate(db, "2026-02-27", "USD", "GBP", INT64_C(800000000));
    given_matched(db);
    assert_rows(db, ADJUSTMENTS,
                "1|card-fee|50|GBP|0|c000000000001|cost|0\n"
                "1|fx-margin|40|GBP|800000000|rates of 2026-02-27|cost|0");
    told = match_explain(db, "given.csv:1", &error);
    assert_non_null(
        strstr(told, "  fx-margin: 0.40 GBP: 40.40 GBP is 50.00 USD at the rate of 2026-02-27"));
    assert_non_null(
        strstr(told, "  card-fee: 0.50 GBP: the card's fee on the charge at given.csv:1\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tax_that_history_tells_is_a_line_with_its_rate),
        cmocka_unit_test(a_receipt_tells_the_tax_that_history_leaves_out),
        cmocka_unit_test(a_receipt_whose_amount_before_tax_is_another_is_a_mismatch),
        cmocka_unit_test(an_accounts_own_receipts_teach_its_rate),
        cmocka_unit_test(
            a_rate_is_never_taken_from_another_account_nor_from_receipts_that_disagree),
        cmocka_unit_test(one_receipt_teaches_a_rate_only_when_it_states_one),
        cmocka_unit_test(an_untaxed_charge_wins_over_one_with_a_learnt_tax),
        cmocka_unit_test(a_conversion_keeps_the_days_rate_beside_its_margin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
