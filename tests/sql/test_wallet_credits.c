/* test_wallet_credits.c - given purchases and use of credits, what stands in each month. */
#include "match_given.h"
#include "wallet/wallet.h"

static void given_use(Db *db, const char *account, const char *day, int credits)
{
    given_run(db,
              "insert into credit_usage_row values (1, 1, '%s', '%s', '', '', 'codex', %d000000000,"
              " null, '')",
              day, account, credits);
}

static void given_purchase(Db *db, int id, const char *at, int cents, const char *description)
{
    given_topup(db, id, (struct given_payment){at, cents, .description = description});
}

static void wallets(Db *db)
{
    g_autoptr(GError) error = NULL;

    given_run(db, "update topup set wallet = 'credits'; update charge set wallet = 'credits';"
                  "update receipt set wallet = 'credits'");
    if (!wallet_run(db, &error))
        fail_msg("%s", error->message);
}

/* account, month, currency: bought, used, balance, expires | purchases, billed, charges, charged */
#define MONTHS                                                                                     \
    "select account_id || ' ' || month || ' ' || currency, bought_nanos / 1000000000,"             \
    " used_nanos / 1000000000, balance_nanos / 1000000000, expires_on, purchase_count,"            \
    " billed_nanos / 10000000, charge_count, charged_nanos / 10000000, note"                       \
    " from fct_credit_wallets order by account_id, month, currency"

static void what_is_bought_and_used_leaves_a_balance_that_expires_a_year_later(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_purchase(db, 1, "2026-03-02T10:00:00Z", 4000, "1,000 Codex credits");
    given_charge(db, 1, (struct given_charge){"2026-03-03", NULL, 4000});
    given_use(db, "acct", "2026-03-10", 100);
    given_use(db, "acct", "2026-04-10", 300);
    given_purchase(db, 2, "2026-04-20T10:00:00Z", 2000, "500 credits");
    wallets(db);
    assert_rows(db, MONTHS,
                "acct 2026-03 USD|1000|100|900|2027-03-02|1|4000|1|4000|\n"
                "acct 2026-04 USD|500|300|1100|2027-03-02|1|2000|0|-|");
}

static void what_is_not_used_within_a_year_leaves_the_balance(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_purchase(db, 1, "2024-02-29T10:00:00Z", 4000, "1,000 credits");
    given_purchase(db, 2, "2024-09-01T10:00:00Z", 400, "100 credits");
    given_use(db, "acct", "2024-09-02", 10);
    given_use(db, "acct", "2025-02-28", 20);
    wallets(db);
    /* The first expires on 2025-02-28: it is gone on that day, and what it held is not used. */
    assert_rows(db, MONTHS,
                "acct 2024-02 USD|1000|-|1000|2025-02-28|1|4000|0|-|\n"
                "acct 2024-09 USD|100|10|1090|2025-02-28|1|400|0|-|\n"
                "acct 2025-02 |-|20|80|2025-09-01|0|-|0|-|");
}

static void a_purchase_that_does_not_tell_its_credits_ends_the_balance(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_purchase(db, 1, "2026-03-02T10:00:00Z", 4000, "1,000 Codex credits");
    given_use(db, "acct", "2026-03-10", 100);
    given_charge(db, 1, (struct given_charge){"2026-04-03", NULL, 4000});
    given_use(db, "acct", "2026-05-10", 100);
    wallets(db);
    assert_rows(
        db, MONTHS,
        "acct 2026-03 USD|1000|100|900|2027-03-02|1|4000|0|-|\n"
        "acct 2026-04 USD|-|-|-|2027-03-02|0|-|1|4000|a purchase does not tell its credits\n"
        "acct 2026-05 |-|100|-|2027-03-02|0|-|0|-|a purchase does not tell its credits");
}

static void more_use_than_purchases_says_that_something_is_missing(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_use(db, "acct", "2026-03-10", 100);
    given_purchase(db, 1, "2026-04-02T10:00:00Z", 4000, "1,000 Codex credits");
    wallets(db);
    assert_rows(db, MONTHS,
                "acct 2026-03 |-|100|-|-|0|-|0|-|more is used than was bought: a purchase or what "
                "stood before is missing\n"
                "acct 2026-04 USD|1000|-|-|2027-04-02|1|4000|0|-|more is used than was bought: a "
                "purchase or what stood before is missing");
}

static void without_a_report_or_with_several_nothing_is_assigned(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_purchase(db, 1, "2026-03-02T10:00:00Z", 4000, "1,000 Codex credits");
    wallets(db);
    assert_rows(db, MONTHS,
                " 2026-03 USD|1000|-|-|2027-03-02|1|4000|0|-|no credit report says what was used");
    given_use(db, "acct-a", "2026-03-10", 100);
    given_use(db, "acct-b", "2026-03-10", 7);
    wallets(db);
    assert_rows(db,
                "select account_id, bought_nanos / 1000000000, used_nanos / 1000000000,"
                " balance_nanos, note from fct_credit_wallets order by account_id",
                "|1000|-|-|of several workspaces nothing says whose purchase it is\n"
                "acct-a|-|100|-|of several workspaces nothing says whose purchase it is\n"
                "acct-b|-|7|-|of several workspaces nothing says whose purchase it is");
}

static void a_receipt_of_a_payment_is_the_same_purchase(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1,
                (struct given_payment){"2026-03-02T10:00:00Z", 4000, .invoice = "I-1",
                                       .description = "1,000 credits"});
    given_receipt(db, 1, (struct given_receipt){"2026-03-02", 4000, .invoice = "I-1"});
    given_receipt(
        db, 2,
        (struct given_receipt){"2026-03-05", 2000, .invoice = "I-2", .description = "500 credits"});
    given_receipt(db, 3,
                  (struct given_receipt){"2026-03-06", 900, .invoice = "I-3", .is_due = TRUE});
    given_charge(db, 1,
                 (struct given_charge){"2026-03-02", NULL, 3700, .currency = "EUR",
                                       .original_currency = "USD", .original_cents = 4000});
    given_charge(db, 2, (struct given_charge){"2026-03-07", NULL, 2000});
    given_use(db, "acct", "2026-03-20", 1);
    wallets(db);
    assert_rows(db, MONTHS,
                "acct 2026-03 EUR|1500|1|1499|2027-03-02|0|-|1|3700|\n"
                "acct 2026-03 USD|-|-|-|-|2|6000|1|2000|");
}

static void a_refund_ends_the_balance(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_purchase(db, 1, "2026-03-02T10:00:00Z", 4000, "1,000 credits");
    given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 4000});
    given_charge(db, 2, (struct given_charge){"2026-03-20", NULL, -4000});
    given_use(db, "acct", "2026-03-21", 1);
    wallets(db);
    assert_rows(db, MONTHS,
                "acct 2026-03 USD|1000|1|-|2027-03-02|1|4000|1|0|a purchase was given back");
}

static void other_wallets_are_no_purchase_of_credits(void **state)
{
    g_autoptr(Db) db = given_ledger();
    g_autoptr(GError) error = NULL;

    (void)state;
    given_purchase(db, 1, "2026-03-02T10:00:00Z", 4000, "1,000 credits");
    given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 4000});
    given_run(db, "update topup set wallet = 'api'; update charge set wallet = 'chatgpt'");
    assert_true(wallet_run(db, &error));
    assert_rows(db, MONTHS, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_bought_and_used_leaves_a_balance_that_expires_a_year_later),
        cmocka_unit_test(what_is_not_used_within_a_year_leaves_the_balance),
        cmocka_unit_test(a_purchase_that_does_not_tell_its_credits_ends_the_balance),
        cmocka_unit_test(more_use_than_purchases_says_that_something_is_missing),
        cmocka_unit_test(without_a_report_or_with_several_nothing_is_assigned),
        cmocka_unit_test(a_receipt_of_a_payment_is_the_same_purchase),
        cmocka_unit_test(a_refund_ends_the_balance),
        cmocka_unit_test(other_wallets_are_no_purchase_of_credits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
