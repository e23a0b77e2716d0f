/* Tests of receipts and invoices as documents: which make one receipt, and what it then says. */
#include "derive_world.h"
#include "import/derive.h"

#define CONFLICTS                                                                                  \
    "select amount_nanos / 1000000000, reference, explanation from exception "                     \
    "where code = 'SNAPSHOT_CONFLICT' order by reference"

/* A document as import stores it; day of March 2026, amounts in whole dollars. */
struct document {
    int file;
    const char *document; /* "" for a row of a table */
    const char *receipt, *invoice, *payment_method;
    int day, subtotal, tax;
    gboolean is_due;
};

static void given_document(struct db *db, const struct document *document)
{
    const char *number = document->receipt[0] ? document->receipt : document->invoice;

    runf(db,
         "insert into receipt_row (file_id, line, receipt_number, invoice_number, paid_on, "
         "paid_from, paid_until, seller, description, subtotal_nanos, tax_nanos, total_nanos, "
         "currency, payment_method, card_last4, identity, occurrence, document, is_paid, "
         "issued_on, tax_rate_ppm, tax_name, bill_to) values (%d, 1, '%s', '%s', '2026-03-%02d', "
         "%d, %d, 'OpenAI, LLC', 'credit', %d000000000, %d000000000, %d000000000, 'USD', '%s', "
         "'', '%s:%s', 1, '%s', %d, %s, null, '', '')",
         document->file, document->receipt, document->invoice, document->day,
         1772323200 + (document->day - 1) * 86400, 1772323200 + document->day * 86400,
         document->subtotal, document->tax, document->subtotal + document->tax,
         document->payment_method, document->receipt[0] ? "receipt" : "invoice", number,
         document->document, !document->is_due,
         strcmp(document->document, "invoice") == 0 ? "'2026-03-01'" : "null");
}

static Db *given_documents(const struct document *documents, gsize count)
{
    g_autoptr(Db) db = db_open_memory(NULL);

    for (gsize i = 0; i < count; i++) {
        g_autofree char *name = g_strdup_printf("%c.pdf", 'a' + documents[i].file - 1);
        g_autofree char *covered =
            g_strdup_printf("covered_until = '2026-03-%02d'", documents[i].day);

        given_file(db, documents[i].file, name, "receipts", covered);
        given_document(db, &documents[i]);
    }
    derive(db, derive_payments);
    return g_steal_pointer(&db);
}

static void invoice_and_receipt_are_one_receipt_that_tells_what_either_does(void **state)
{
    const struct document documents[] = {
        {1, "invoice", "", "AAAAAAAA-0001", "", 1, 30, 6, TRUE},
        {2, "receipt", "1111-0001", "AAAAAAAA-0001", "Visa - 4242", 2, 30, 6, FALSE},
        {3, "receipt", "1111-0001", "AAAAAAAA-0001", "Visa - 4242", 2, 30, 6, FALSE},
    };
    g_autoptr(Db) db = given_documents(documents, G_N_ELEMENTS(documents));

    (void)state;
    assert_rows(db,
                "select receipt_number, invoice_number, paid_on, issued_on, payment_method, "
                "is_paid from receipt",
                "1111-0001|AAAAAAAA-0001|2026-03-02|2026-03-01|Visa - 4242|1");
    assert_rows(db, "select file_id, document, position from receipt_document order by position",
                "3|receipt|1\n2|receipt|2\n1|invoice|3");
    assert_rows(db, CONFLICTS, "");
}

static void documents_that_disagree_are_a_conflict_whatever_their_dates(void **state)
{
    (void)state;
    for (int day = 1; day <= 9; day += 4) {
        const struct document documents[] = {
            {1, "invoice", "", "AAAAAAAA-0001", "", day, 30, 9, TRUE},
            {2, "receipt", "1111-0001", "AAAAAAAA-0001", "", 5, 30, 6, FALSE},
        };
        g_autoptr(Db) db = given_documents(documents, G_N_ELEMENTS(documents));

        assert_rows(db, "select total_nanos / 1000000000 from receipt", "36");
        assert_rows(db, CONFLICTS,
                    "3|AAAAAAAA-0001|The documents of the receipt AAAAAAAA-0001 disagree: b.pdf, "
                    "line 1 (receipt of invoice AAAAAAAA-0001), says 36.00 USD, tax 6.00; a.pdf, "
                    "line 1 (invoice of invoice AAAAAAAA-0001), says 39.00 USD, tax 9.00; the "
                    "first counts.");
    }
}

static void one_receipt_of_two_invoices_is_a_conflict(void **state)
{
    const struct document documents[] = {
        {1, "receipt", "1111-0001", "AAAAAAAA-0001", "", 2, 30, 0, FALSE},
        {2, "receipt", "1111-0001", "AAAAAAAA-0002", "", 3, 30, 0, FALSE},
    };
    g_autoptr(Db) db = given_documents(documents, G_N_ELEMENTS(documents));

    (void)state;
    assert_rows(db, "select count(*) from receipt", "1");
    assert_rows(db, "select count(*) from exception where code = 'SNAPSHOT_CONFLICT'", "1");
}

static void a_row_of_a_table_and_a_document_are_one_receipt_too(void **state)
{
    const struct document agree[] = {
        {1, "", "1111-0001", "AAAAAAAA-0001", "Visa - 4242", 9, 30, 6, FALSE},
        {2, "invoice", "", "AAAAAAAA-0001", "", 1, 30, 6, TRUE},
    };
    const struct document differ[] = {
        {1, "", "1111-0001", "AAAAAAAA-0001", "Visa - 4242", 9, 30, 0, FALSE},
        {2, "receipt", "1111-0001", "AAAAAAAA-0001", "", 1, 30, 6, FALSE},
    };
    g_autoptr(Db) one = given_documents(agree, G_N_ELEMENTS(agree));
    g_autoptr(Db) other = given_documents(differ, G_N_ELEMENTS(differ));

    (void)state;
    assert_rows(one, "select is_paid, payment_method, issued_on from receipt",
                "1|Visa - 4242|2026-03-01");
    assert_rows(one, CONFLICTS, "");
    /* The document counts before what someone typed, and gets the card from it. */
    assert_rows(other, "select total_nanos / 1000000000, payment_method from receipt",
                "36|Visa - 4242");
    assert_rows(other, "select count(*) from exception where code = 'SNAPSHOT_CONFLICT'", "1");
}

static void an_invoice_of_what_is_due_is_unpaid_until_a_document_says_otherwise(void **state)
{
    const struct document documents[] = {
        {1, "invoice", "", "AAAAAAAA-0001", "", 1, 30, 6, TRUE},
        {2, "invoice", "", "AAAAAAAA-0002", "", 1, 30, 6, TRUE},
        {3, "invoice", "", "AAAAAAAA-0002", "", 1, 30, 6, FALSE},
    };
    g_autoptr(Db) db = given_documents(documents, G_N_ELEMENTS(documents));

    (void)state;
    assert_rows(db, "select invoice_number, is_paid from receipt order by invoice_number",
                "AAAAAAAA-0001|0\nAAAAAAAA-0002|1");
    assert_rows(db, "select invoice_number, state, document_count from fct_receipts order by 1",
                "AAAAAAAA-0001|unpaid|1\nAAAAAAAA-0002|open|2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(invoice_and_receipt_are_one_receipt_that_tells_what_either_does),
        cmocka_unit_test(documents_that_disagree_are_a_conflict_whatever_their_dates),
        cmocka_unit_test(one_receipt_of_two_invoices_is_a_conflict),
        cmocka_unit_test(a_row_of_a_table_and_a_document_are_one_receipt_too),
        cmocka_unit_test(an_invoice_of_what_is_due_is_unpaid_until_a_document_says_otherwise),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
