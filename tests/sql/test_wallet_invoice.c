/* test_wallet_invoice.c - given usage and invoices of an organization that is billed by invoice. */
#include "import/derive.h"
#include "match_given.h"
#include "wallet/wallet.h"

static Db *ledger(void)
{
    Db *db = given_ledger();

    given_run(db, "insert into organization_row (file_id, line, organization_key, name,"
                  " billing_mode, from_on, until_on) values"
                  " (1, 2, 1, 'A', 'prepaid', null, '2026-08-31'),"
                  " (1, 3, 1, 'A', 'invoiced', '2026-09-01', null),"
                  " (1, 4, 2, 'B', 'prepaid', null, null)");
    return db;
}

static void given_cost(Db *db, int organization, const char *day, int cents)
{
    given_run(db,
              "insert into cost_day values (%d, null, '%s', 'USD', %" G_GINT64_FORMAT
              ", 0, null, null, 1)",
              organization, day, cents * CENT);
}

static void wallets(Db *db)
{
    g_autoptr(GError) error = NULL;

    given_run(db, "update topup set wallet = 'api' where wallet = ''");
    if (!derive_span(db, &error) || !wallet_run(db, &error))
        fail_msg("%s", error->message);
}

#define INVOICED                                                                                   \
    "select organization_id, month, currency, usage_nanos / 10000000, invoiced_nanos / 10000000,"  \
    " tax_nanos / 10000000, difference_nanos / 10000000, invoice_numbers, basis"                   \
    " from fct_invoiced order by organization_id, month, currency"

static void only_days_that_are_invoiced_are_held_against_invoices(void **state)
{
    g_autoptr(Db) db = ledger();

    (void)state;
    given_cost(db, 1, "2026-08-31", 100);
    given_cost(db, 1, "2026-09-01", 1000);
    given_cost(db, 1, "2026-09-30", 250);
    given_cost(db, 2, "2026-09-30", 9999);
    given_topup(db, 1, (struct given_payment){"2026-08-15T00:00:00Z", 5000, .invoice = "I-1"});
    given_topup(db, 2, (struct given_payment){"2026-10-02T00:00:00Z", 1500, 250, .invoice = "I-2"});
    wallets(db);
    assert_rows(db, INVOICED, "org-a|2026-09|USD|1250|1250|250|0|I-2|paid");
    assert_rows(db, "select min(day), count(distinct organization_key) from invoiced_day",
                "2026-09-01|1");
}

static void the_month_is_the_one_described_else_the_one_before_the_issue(void **state)
{
    g_autoptr(Db) db = ledger();

    (void)state;
    given_cost(db, 1, "2026-09-15", 1000);
    given_cost(db, 1, "2026-10-15", 2000);
    given_cost(db, 1, "2026-11-15", 3000);
    given_topup(db, 1,
                (struct given_payment){"2026-11-20T00:00:00Z", 900, .invoice = "I-1",
                                       .description = "Usage September 2026"});
    given_topup(db, 2,
                (struct given_payment){"2026-11-21T00:00:00Z", 100, .invoice = "I-2",
                                       .description = "Usage Sep 2026, rest"});
    given_topup(db, 3, (struct given_payment){"2026-12-05T00:00:00Z", 2100, .invoice = "I-3"});
    given_receipt(db, 1, (struct given_receipt){"2026-12-05", 2100, .invoice = "I-3"});
    given_run(db, "update receipt set issued_on = '2026-11-01'");
    wallets(db);
    assert_rows(db, INVOICED,
                "org-a|2026-09|USD|1000|1000|0|0|I-1, I-2|described\n"
                "org-a|2026-10|USD|2000|2100|0|100|I-3|issued\n"
                "org-a|2026-11|USD|3000|0|0|-3000||");
}

static void what_is_no_invoice_is_left_out(void **state)
{
    g_autoptr(Db) db = ledger();

    (void)state;
    given_topup(
        db, 1,
        (struct given_payment){"2026-10-02T00:00:00Z", 500, .invoice = "I-1", .status = "failed"});
    given_topup(
        db, 2,
        (struct given_payment){"2026-10-02T00:00:00Z", 500, .invoice = "I-2", .status = "void"});
    given_topup(db, 3, (struct given_payment){"2026-10-02T00:00:00Z", 500, .invoice = "I-3"});
    given_topup(db, 4,
                (struct given_payment){"2026-10-02T00:00:00Z", 500, .invoice = "I-4",
                                       .status = "refunded"});
    given_topup(
        db, 5,
        (struct given_payment){"2026-10-03T00:00:00Z", 700, .invoice = "I-5", .status = "pending"});
    given_run(db, "update topup set wallet = 'chatgpt' where topup_id = 3");
    wallets(db);
    assert_rows(db, INVOICED, "org-a|2026-09|USD|0|700|0|700|I-4, I-5|paid");
}

static void the_later_line_of_a_day_counts_and_the_newest_table(void **state)
{
    g_autoptr(Db) db = ledger();

    (void)state;
    given_cost(db, 1, "2026-10-15", 2000);
    given_run(db, "insert into organization_row (file_id, line, organization_key, name,"
                  " billing_mode, from_on, until_on) values"
                  " (1, 5, 1, 'A', 'prepaid', '2026-10-01', '2026-10-31')");
    wallets(db);
    assert_rows(db, INVOICED, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_days_that_are_invoiced_are_held_against_invoices),
        cmocka_unit_test(the_month_is_the_one_described_else_the_one_before_the_issue),
        cmocka_unit_test(what_is_no_invoice_is_left_out),
        cmocka_unit_test(the_later_line_of_a_day_counts_and_the_newest_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
