/* test_refund.c - given payments, charges and credits of a card, what came back is told like this.
 */
#include "match_given.h"

#define RAISED                                                                                     \
    "select code, coalesce(organization_key, 0), amount_nanos / 10000000, reference"               \
    " from exception where code in ('REFUND', 'CHARGEBACK') order by dated_on, reference"

/* Two organizations paid 50.00 with one card, on the 2nd and the 5th. */
static Db *given_two_organizations(struct given_payment first)
{
    Db *db = given_ledger();

    first.at = "2026-03-02T10:00:00Z";
    first.cents = 5000;
    first.invoice = "A-0001";
    given_topup(db, 1, first);
    given_topup(db, 2,
                (struct given_payment){"2026-03-05T10:00:00Z", 5000, .organization = 2,
                                       .invoice = "B-0001"});
    given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 5000});
    given_charge(db, 2, (struct given_charge){"2026-03-05", NULL, 5000});
    return db;
}

static void a_refund_that_payment_history_tells_of_is_linked_and_raises_nothing(void **state)
{
    g_autoptr(Db) db =
        given_two_organizations((struct given_payment){.refunded_at = "2026-03-11T10:00:00Z"});

    (void)state;
    given_charge(db, 3, (struct given_charge){"2026-03-12", NULL, -5000});
    given_matched(db);
    assert_rows(db, "select refund_charge_id, charge_id, topup_id from refund_link", "3|1|1");
    assert_rows(db, RAISED, "");
    assert_rows(
        db, "select count(*) from refund_link where reason like '%nothing more is at risk.'", "1");
}

static void one_telling_of_a_refund_answers_for_one_credit(void **state)
{
    g_autoptr(Db) db =
        given_two_organizations((struct given_payment){.refunded_at = "2026-03-11T10:00:00Z"});

    (void)state;
    given_charge(db, 3, (struct given_charge){"2026-03-12", NULL, -5000});
    given_charge(db, 4, (struct given_charge){"2026-03-13", NULL, -5000});
    given_matched(db);
    assert_rows(db, "select refund_charge_id, charge_id, topup_id from refund_link",
                "3|1|1\n4|2|2");
    assert_rows(db, RAISED, "REFUND|2|5000|B-0001");
}

static void a_refund_of_another_amount_than_history_tells_is_raised(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1,
                (struct given_payment){"2026-03-02T10:00:00Z", 5000, .invoice = "A-0001",
                                       .refunded_at = "2026-03-11T10:00:00Z",
                                       .refunded_cents = 3000});
    given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 5000});
    given_charge(db, 2, (struct given_charge){"2026-03-12", NULL, -2000});
    given_matched(db);
    assert_rows(db, RAISED, "REFUND|1|2000|A-0001");
    assert_rows(db,
                "select count(*) from exception where code = 'REFUND'"
                " and explanation like '%tells of another refund, of 30.00 USD.'",
                "1");
}

static void history_tells_of_a_refund_of_a_payment_whose_charge_is_not_known(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1,
                (struct given_payment){"2026-03-02T10:00:00Z", 5000, .invoice = "A-0001",
                                       .refunded_at = "2026-03-11T10:00:00Z"});
    given_topup(db, 2,
                (struct given_payment){"2026-03-02T11:00:00Z", 5000, .organization = 2,
                                       .invoice = "B-0001"});
    given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 5000});
    given_charge(db, 2, (struct given_charge){"2026-03-12", NULL, -5000});
    given_matched(db);
    assert_rows(db, "select refund_charge_id, charge_id, topup_id from refund_link", "2|-|1");
    assert_rows(db, RAISED, "");
}

static void a_refund_that_could_be_of_two_organizations_names_neither(void **state)
{
    g_autoptr(Db) db = given_two_organizations((struct given_payment){0});

    (void)state;
    given_charge(db, 3, (struct given_charge){"2026-03-12", NULL, -5000});
    given_matched(db);
    assert_rows(db, "select refund_charge_id, charge_id, topup_id from refund_link", "3|-|-");
    assert_rows(db, RAISED, "REFUND|0|5000|given.csv:c3");
    assert_rows(db,
                "select count(*) from exception where code = 'REFUND'"
                " and explanation like '%for another that fits as well%several organizations%'",
                "1");
}

static void a_refund_that_could_be_of_two_payments_of_one_organization_says_so(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 5000, .invoice = "A-0001"});
    given_topup(db, 2, (struct given_payment){"2026-03-05T10:00:00Z", 5000, .invoice = "A-0002"});
    given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 5000});
    given_charge(db, 2, (struct given_charge){"2026-03-05", NULL, 5000});
    given_charge(db, 3, (struct given_charge){"2026-03-12", NULL, -5000});
    given_matched(db);
    assert_rows(db, RAISED, "REFUND|1|5000|A-0002");
    assert_rows(db,
                "select count(*) from exception where code = 'REFUND'"
                " and explanation like '%or for another that fits as well), top-up A-0002%'",
                "1");
}

static void a_refund_told_in_part_and_in_another_currency_is_known_by_its_rate(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1,
                (struct given_payment){"2026-03-02T10:00:00Z", 5000, .invoice = "A-0001",
                                       .refunded_at = "2026-03-11T10:00:00Z",
                                       .refunded_cents = 2500});
    given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 4000, .currency = "GBP"});
    given_charge(db, 2, (struct given_charge){"2026-03-12", NULL, -2010, .currency = "GBP"});
    given_rate(db, "2026-03-02", "USD", "GBP", INT64_C(800000000));
    given_matched(db);
    assert_rows(db, "select refund_charge_id, charge_id, topup_id from refund_link", "2|1|1");
    assert_rows(db, RAISED, "");
}

static void a_refund_never_gives_back_the_next_days_charge(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-13T10:00:00Z", 5000, .invoice = "A-0001"});
    given_charge(db, 1, (struct given_charge){"2026-03-13", NULL, 5000});
    given_charge(db, 2, (struct given_charge){"2026-03-12", NULL, -5000});
    given_matched(db);
    assert_rows(db, "select refund_charge_id, charge_id from refund_link", "2|-");
    assert_rows(db, RAISED, "REFUND|0|5000|given.csv:c2");
}

static void a_charge_in_question_may_be_another_organizations(void **state)
{
    g_autoptr(Db) db = given_two_organizations((struct given_payment){0});

    (void)state;
    given_topup(db, 3, (struct given_payment){"2026-03-05T11:00:00Z", 5000, .invoice = "A-0002"});
    given_charge(db, 3, (struct given_charge){"2026-03-05", NULL, 5000});
    given_charge(db, 4, (struct given_charge){"2026-03-12", NULL, -5000});
    given_matched(db);
    assert_rows(db, "select count(*) from topup_state where card_state = 'ambiguous'", "2");
    assert_rows(db, RAISED, "REFUND|0|5000|given.csv:c4");
}

static void what_history_tells_is_taken_before_a_part_that_it_does_not_tell(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1,
                (struct given_payment){"2026-03-02T10:00:00Z", 5000, .invoice = "A-0001",
                                       .refunded_at = "2026-03-11T10:00:00Z"});
    given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 5000});
    given_charge(db, 2, (struct given_charge){"2026-03-08", NULL, -2500});
    given_charge(db, 3, (struct given_charge){"2026-03-12", NULL, -5000});
    given_matched(db);
    assert_rows(db, "select refund_charge_id, charge_id from refund_link order by 1", "2|-\n3|1");
    assert_rows(db, RAISED, "REFUND|0|2500|given.csv:c2");
}

static void a_telling_without_a_charge_needs_to_be_the_only_one(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1,
                (struct given_payment){"2026-03-02T10:00:00Z", 5000, .invoice = "A-0001",
                                       .refunded_at = "2026-03-11T10:00:00Z"});
    given_charge(db, 1, (struct given_charge){"2026-03-12", NULL, -5000});
    given_charge(db, 2, (struct given_charge){"2026-03-13", NULL, -5000, .account = 2});
    given_matched(db);
    assert_rows(db, RAISED, "REFUND|0|5000|given.csv:c1\nREFUND|0|5000|given.csv:c2");
}

static void what_may_be_a_part_of_anothers_charge_names_no_organization(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 5000, .invoice = "A-0001"});
    given_topup(db, 2,
                (struct given_payment){"2026-03-04T10:00:00Z", 10000, .organization = 2,
                                       .invoice = "B-0001"});
    given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 4000, .currency = "GBP"});
    given_charge(db, 2, (struct given_charge){"2026-03-04", NULL, 8000, .currency = "GBP"});
    given_charge(db, 3, (struct given_charge){"2026-03-12", NULL, -4010, .currency = "GBP"});
    given_rate(db, "2026-03-02", "USD", "GBP", INT64_C(800000000));
    given_rate(db, "2026-03-04", "USD", "GBP", INT64_C(800000000));
    given_matched(db);
    assert_rows(db, "select count(*) from topup_state where card_state = 'confirmed'", "2");
    assert_rows(db, RAISED, "REFUND|0|4010|given.csv:c3");
}

static void a_transaction_id_tells_which_charge_came_back(void **state)
{
    g_autoptr(Db) db = given_two_organizations((struct given_payment){0});

    (void)state;
    given_transaction_id(db, 1, "card-1");
    given_transaction_id(db, 2, "card-2");
    /* The first credit could be either's by amount, and would take the later one. */
    given_charge(db, 3, (struct given_charge){"2026-03-12", NULL, -5000});
    given_charge(db, 4, (struct given_charge){"2026-03-13", NULL, -5000});
    given_transaction_id(db, 4, "card-2");
    given_matched(db);
    assert_rows(db, "select refund_charge_id, charge_id, topup_id from refund_link",
                "3|1|1\n4|2|2");
    assert_rows(db, RAISED, "REFUND|1|5000|A-0001\nREFUND|2|5000|B-0001");
}

static void a_transaction_id_outweighs_the_amount_and_the_day(void **state)
{
    g_autoptr(Db) db = given_two_organizations((struct given_payment){0});

    (void)state;
    given_transaction_id(db, 1, "card-1");
    given_charge(db, 3, (struct given_charge){"2026-07-12", NULL, -4950}); /* another day's rate */
    given_transaction_id(db, 3, "card-1");
    given_charge(db, 4, (struct given_charge){"2026-03-12", NULL, -9900});
    given_transaction_id(db, 4, "card-1"); /* more than was taken: the id is not enough */
    given_matched(db);
    assert_rows(db, "select refund_charge_id, charge_id, topup_id from refund_link",
                "3|1|1\n4|-|-");
}

static void a_credit_is_of_the_wallet_of_the_charge_with_its_id(void **state)
{
    g_autoptr(Db) db = given_two_organizations((struct given_payment){0});

    (void)state;
    given_transaction_id(db, 1, "card-1");
    given_charge(db, 3,
                 (struct given_charge){"2026-03-12", NULL, -5000, .descriptor = "ANN SMITH"});
    given_transaction_id(db, 3, "card-1");
    given_charge(db, 4,
                 (struct given_charge){"2026-03-13", NULL, -5000, .descriptor = "ANN SMITH"});
    given_matched(db);
    assert_rows(db, "select charge_id, wallet, wallet_rule from charge where amount_nanos < 0",
                "3|api|same-id\n4|other|no-openai-name");
    assert_rows(db, "select refund_charge_id, charge_id, topup_id from refund_link", "3|1|1");
}

static void
a_refund_that_history_tells_and_no_card_shows_is_raised_once_statements_cover_it(void **state)
{
    static const struct {
        const char *covered_until;
        int back;
        const char *raised;
    } cases[] = {
        {"2026-04-30", 0, "REFUND|1|2000|A-0001"},
        {"2026-04-30", -2000, ""},
        {"2026-03-25", 0, ""}, /* it may be on its way */
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Db) db = given_ledger();

        given_account(db, 1, "1234", "2026-02-01", cases[i].covered_until);
        given_topup(db, 1,
                    (struct given_payment){"2026-03-02T10:00:00Z", 5000, .invoice = "A-0001",
                                           .last4 = "1234", .refunded_at = "2026-03-20T09:00:00Z",
                                           .refunded_cents = 2000});
        given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 5000, .last4 = "1234"});
        if (cases[i].back)
            given_charge(db, 2,
                         (struct given_charge){"2026-03-21", NULL, cases[i].back, .last4 = "1234"});
        given_matched(db);
        assert_rows(db, RAISED, cases[i].raised);
        if (*cases[i].raised)
            assert_rows(db, "select explanation from exception where code = 'REFUND'",
                        "Payment history tells that 20.00 USD of the payment on 2026-03-02 were "
                        "given back on 2026-03-20, but no credit of that amount was found on card "
                        "1234, though statements cover 2026-03-20 to 2026-04-19.");
    }
}

static void a_refund_of_a_duplicate_leaves_both_listed(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_account(db, 1, "1234", "2026-02-01", "2026-04-30");
    given_topup(
        db, 1,
        (struct given_payment){"2026-03-02T10:00:00Z", 5000, .invoice = "A-0001", .last4 = "1234"});
    given_charge(db, 1, (struct given_charge){"2026-03-02", "2026-03-03", 5000, .last4 = "1234"});
    given_charge(db, 2, (struct given_charge){"2026-03-02", "2026-03-04", 5000, .last4 = "1234"});
    given_charge(db, 3, (struct given_charge){"2026-03-09", NULL, -5000, .last4 = "1234"});
    given_matched(db);
    assert_rows(db, "select charge_id, state from link where leg = 'card'", "1|interchangeable");
    assert_rows(db, "select refund_charge_id, charge_id from refund_link", "3|2");
    assert_rows(db,
                "select code, reference, line from exception where code in ('DUPLICATE_CHARGE',"
                " 'REFUND') order by 1",
                "DUPLICATE_CHARGE|A-0001|2\nREFUND|given.csv:c2|3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_transaction_id_tells_which_charge_came_back),
        cmocka_unit_test(a_credit_is_of_the_wallet_of_the_charge_with_its_id),
        cmocka_unit_test(a_transaction_id_outweighs_the_amount_and_the_day),
        cmocka_unit_test(a_refund_that_payment_history_tells_of_is_linked_and_raises_nothing),
        cmocka_unit_test(one_telling_of_a_refund_answers_for_one_credit),
        cmocka_unit_test(a_refund_of_another_amount_than_history_tells_is_raised),
        cmocka_unit_test(history_tells_of_a_refund_of_a_payment_whose_charge_is_not_known),
        cmocka_unit_test(a_refund_that_could_be_of_two_organizations_names_neither),
        cmocka_unit_test(a_refund_that_could_be_of_two_payments_of_one_organization_says_so),
        cmocka_unit_test(a_refund_told_in_part_and_in_another_currency_is_known_by_its_rate),
        cmocka_unit_test(a_refund_never_gives_back_the_next_days_charge),
        cmocka_unit_test(a_charge_in_question_may_be_another_organizations),
        cmocka_unit_test(what_history_tells_is_taken_before_a_part_that_it_does_not_tell),
        cmocka_unit_test(a_telling_without_a_charge_needs_to_be_the_only_one),
        cmocka_unit_test(what_may_be_a_part_of_anothers_charge_names_no_organization),
        cmocka_unit_test(
            a_refund_that_history_tells_and_no_card_shows_is_raised_once_statements_cover_it),
        cmocka_unit_test(a_refund_of_a_duplicate_leaves_both_listed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
