/* test_match_rates.c - receipts in another currency, near misses, and days that documents
 * contradict. */
#include "match_given.h"

#define RECEIPT_LEGS                                                                               \
    "select topup_id, receipt_id, state, rule from link where leg = 'receipt' order by 1"
#define CARD_LEGS       "select topup_id, charge_id, state, rule from link where leg = 'card' order by 1"
#define EXPLAINED(code) "select explanation from exception where code = '" code "' order by line"

static Db *given_covered(void)
{
    Db *db = given_ledger();

    given_account(db, 1, "1234", "2026-02-01", "2026-04-30");
    return db;
}

static void a_receipt_of_its_number_in_another_currency_is_held_by_the_days_rate(void **state)
{
    static const struct {
        int cents;
        const char *rate_day, *legs, *explanation;
    } cases[] = {
        {2475, "2026-02-27", "1|1|confirmed|invoice-number", ""},
        {2310, "2026-02-27", "1|1|suggested|invoice-number",
         "The payment says 27.50 USD (24.75 EUR by the rate of 2026-02-27), but the receipt of the "
         "same number (given.csv:1) says 23.10 EUR."},
        {2475, NULL, "1|1|suggested|invoice-number",
         "The payment says 27.50 USD (no rate of USD/EUR for 2026-03-02 is known to compare them "
         "by: import fx rates), but the receipt of the same number (given.csv:1) says 24.75 EUR."},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Db) db = given_ledger();

        given_topup(db, 1,
                    (struct given_payment){"2026-03-02T10:00:00Z", 2750, .invoice = "A-0001"});
        given_receipt(db, 1,
                      (struct given_receipt){"2026-03-02", cases[i].cents, "1111-1111", "A-0001",
                                             .currency = "EUR"});
        if (cases[i].rate_day)
            given_rate(db, cases[i].rate_day, "USD", "EUR", INT64_C(900000000));
        given_matched(db);
        assert_rows(db, RECEIPT_LEGS, cases[i].legs);
        assert_rows(db, EXPLAINED("AMOUNT_MISMATCH"), cases[i].explanation);
    }
}

static void without_a_number_the_rate_confirms_only_what_is_unique_both_ways(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_rate(db, "2026-03-02", "USD", "EUR", INT64_C(900000000));
    given_rate(db, "2026-03-12", "USD", "EUR", INT64_C(900000000));
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750});
    given_topup(db, 2, (struct given_payment){"2026-03-12T10:00:00Z", 5000});
    given_topup(db, 3, (struct given_payment){"2026-03-12T12:00:00Z", 5050});
    given_receipt(db, 1,
                  (struct given_receipt){"2026-03-02", 2480, "1111-1111", .currency = "EUR"});
    given_receipt(db, 2,
                  (struct given_receipt){"2026-03-12", 4520, "2222-2222", .currency = "EUR"});
    given_matched(db);
    assert_rows(db, RECEIPT_LEGS,
                "1|1|confirmed|rate-window\n2|2|ambiguous|rate-window\n3|2|ambiguous|rate-window");
    assert_rows(
        db, "select reason from link where topup_id = 1 and leg = 'receipt'",
        "the payment says 27.50 USD and the receipt 24.80 EUR: 24.75 EUR by the rate of "
        "2026-03-02, within one day before and two after; no other receipt fits the payment "
        "and no other payment the receipt");
}

static void a_missing_charge_names_what_almost_fits(void **state)
{
    static const struct {
        struct given_charge charge;
        const char *clause;
    } cases[] = {
        {{"2026-03-02", NULL, 2751, .last4 = "1234"},
         "; of the charge at given.csv:1 the time fits, but 27.51 USD is 0.01 USD off the total"},
        {{"2026-03-02", NULL, 2480, .last4 = "1234", .currency = "EUR"},
         "; of the charge at given.csv:1 the time fits, but it is in EUR, and no rate of USD/EUR "
         "for "
         "2026-03-02 is known: import fx rates"},
        {{"2026-03-02", NULL, 2300, .last4 = "1234", .currency = "GBP"},
         "; of the charge at given.csv:1 the time fits, but 23.00 GBP is further from 22.00 GBP, "
         "the "
         "total at the day's rate, than 2.5 %"},
        {{"2026-03-06", NULL, 2750, .last4 = "1234"},
         "; of the charge at given.csv:1 the amount fits, but the charge of 2026-03-06 is outside "
         "the "
         "window, 3 days from the payment"},
        {{"2026-03-02", NULL, 2600, .last4 = "1234"}, ""},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Db) db = given_covered();
        g_autofree char *expected = g_strdup_printf(
            "No charge of 27.50 USD was found on card 1234, though statements cover 2026-03-02 to "
            "2026-03-07%s.",
            cases[i].clause);

        given_rate(db, "2026-03-02", "USD", "GBP", INT64_C(800000000));
        given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750, .last4 = "1234"});
        given_charge(db, 1, cases[i].charge);
        given_matched(db);
        assert_rows(db, EXPLAINED("NO_CARD_CHARGE"), expected);
        if (*cases[i].clause)
            assert_rows(db, "select verdict from candidate where charge_id = 1", "refused");
    }
}

/* A payment typed a day early, whose receipt knows better, and another payment of that day. */
static void a_payment_is_looked_for_on_its_receipts_day_too(void **state)
{
    (void)state;
    for (int with_rival = 0; with_rival <= 1; with_rival++) {
        g_autoptr(Db) db = given_covered();

        given_topup(db, 1,
                    (struct given_payment){"2026-03-05T21:02:52Z", 11900, .invoice = "A-0001",
                                           .last4 = "1234"});
        given_receipt(db, 1, (struct given_receipt){"2026-03-07", 11900, "1111-1111", "A-0001"});
        if (with_rival)
            given_topup(
                db, 2,
                (struct given_payment){"2026-03-07T20:00:00Z", 11900, 0, 2, .last4 = "1234"});
        given_charge(db, 1, (struct given_charge){"2026-03-07", NULL, 11900, .last4 = "1234"});
        given_matched(db);
        assert_rows(db, "select count(*) from link where leg = 'card' and state = 'confirmed'",
                    with_rival ? "0" : "1");
        if (!with_rival)
            assert_rows(
                db, "select reason from link where leg = 'card'",
                "119.00 USD is the total to the cent; dated 2026-03-07: not when the payment "
                "is said to be, at 2026-03-05T21:02:52Z, but as its receipt of 2026-03-07 has "
                "it; card 1234 on both; no other charge fits the payment and no other "
                "payment the charge");
    }
}

static void a_charge_about_both_days_is_one_pair(void **state)
{
    g_autoptr(Db) db = given_covered();

    (void)state;
    given_topup(db, 1,
                (struct given_payment){"2026-03-05T21:02:52Z", 11900, .invoice = "A-0001",
                                       .last4 = "1234"});
    given_receipt(db, 1, (struct given_receipt){"2026-03-07", 11900, "1111-1111", "A-0001"});
    given_charge(
        db, 1,
        (struct given_charge){"2026-03-08", NULL, 11900, .last4 = "1234", .posting_only = TRUE});
    given_charge(db, 2,
                 (struct given_charge){"2026-03-08", NULL, 11900, .last4 = "1234",
                                       .descriptor = "OPENAI *CHATGPT SUBSCR",
                                       .posting_only = TRUE});
    given_matched(db);
    assert_rows(db, CARD_LEGS, "1|1|confirmed|unique-window");
    assert_rows(db, "select charge_id, verdict from candidate where leg = 'card' order by 1",
                "1|won\n2|refused");
}

/* A payment typed a cent off, whose receipt knows better, beside another of the true amount. */
static void
a_charge_of_a_contradicting_receipts_amount_is_contested_and_never_confirmed(void **state)
{
    (void)state;
    for (int with_rival = 0; with_rival <= 1; with_rival++) {
        g_autoptr(Db) db = given_covered();

        given_topup(db, 1,
                    (struct given_payment){"2026-03-02T10:00:00Z", 5001, .invoice = "A-0001",
                                           .last4 = "1234"});
        given_receipt(db, 1, (struct given_receipt){"2026-03-02", 5000, "1111-1111", "A-0001"});
        if (with_rival)
            given_topup(
                db, 2, (struct given_payment){"2026-03-02T12:00:00Z", 5000, 0, 2, .last4 = "1234"});
        given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 5000, .last4 = "1234"});
        if (with_rival)
            given_charge(db, 2, (struct given_charge){"2026-03-02", NULL, 5000, .last4 = "1234"});
        given_matched(db);
        assert_rows(db, "select topup_id, state from link where leg = 'card' order by 1",
                    with_rival ? "1|ambiguous\n2|ambiguous" : "1|suggested");
        assert_rows(db, "select code from exception where line = 1 order by 1",
                    "AMBIGUOUS\nAMOUNT_MISMATCH");
        assert_rows(
            db, "select substr(reason, 1, 85) from candidate where topup_id = 1 and charge_id = 1",
            "50.00 USD is not the payment's 50.01 USD, but what the receipt of its number "
            "says; pu");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_receipt_of_its_number_in_another_currency_is_held_by_the_days_rate),
        cmocka_unit_test(without_a_number_the_rate_confirms_only_what_is_unique_both_ways),
        cmocka_unit_test(a_missing_charge_names_what_almost_fits),
        cmocka_unit_test(a_payment_is_looked_for_on_its_receipts_day_too),
        cmocka_unit_test(a_charge_about_both_days_is_one_pair),
        cmocka_unit_test(
            a_charge_of_a_contradicting_receipts_amount_is_contested_and_never_confirmed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
