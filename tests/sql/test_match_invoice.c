/* Tests of invoices that only say what is due: they are kept, and are no receipts. */
#include "match_given.h"

static void an_unpaid_invoice_confirms_no_payment_and_needs_none(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1,
                (struct given_payment){"2026-03-02T10:00:00Z", 2750, .invoice = "AAAAAAAA-0001"});
    given_topup(db, 2, (struct given_payment){"2026-03-12T10:00:00Z", 5000});
    given_receipt(
        db, 1,
        (struct given_receipt){"2026-03-02", 2750, .invoice = "AAAAAAAA-0001", .is_due = TRUE});
    given_receipt(
        db, 2,
        (struct given_receipt){"2026-03-12", 5000, .invoice = "AAAAAAAA-0002", .is_due = TRUE});
    given_matched(db);
    assert_rows(db, "select topup_id, receipt_state from topup_state order by topup_id",
                "1|open\n2|open");
    assert_rows(db, "select count(*) from link where leg = 'receipt'", "0");
    assert_rows(db,
                "select explanation from exception where code like '%RECEIPT%' order by dated_on",
                "No receipt was found for the payment of 27.50 USD on 2026-03-02; its invoice "
                "(given.csv:1) says what was due, not that it was paid.\n"
                "No receipt was found for the payment of 50.00 USD on 2026-03-12.");
    assert_rows(db, "select topup_id, receipt_id, verdict, reason from candidate",
                "1|1|refused|both name the invoice, but it says what is due, not that it was paid");
}

static void the_same_invoice_paid_confirms_it(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1,
                (struct given_payment){"2026-03-02T10:00:00Z", 2750, .invoice = "AAAAAAAA-0001"});
    given_receipt(db, 1, (struct given_receipt){"2026-03-02", 2750, .invoice = "AAAAAAAA-0001"});
    given_matched(db);
    assert_rows(db, "select topup_id, receipt_state from topup_state", "1|confirmed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_unpaid_invoice_confirms_no_payment_and_needs_none),
        cmocka_unit_test(the_same_invoice_paid_confirms_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
