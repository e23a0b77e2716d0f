/* Payments, receipts, grants and balances: one fact per identity, whatever the order of import. */
#include "derive_world.h"
#include "import/derive.h"

#define TOPUPS                                                                                     \
    "select organization_id, paid_on, status, credit_nanos / 1000000000, "                         \
    "total_nanos / 1000000000, reference, revision_count from topup "                              \
    "join organization using (organization_key) order by topup_id"
#define EXCEPTIONS                                                                                 \
    "select code, coalesce(organization_id, '-'), dated_on, amount_nanos, currency, reference, "   \
    "file.name, line from exception left join organization using (organization_key) "              \
    "left join file using (file_id) order by code, reference"

struct payment {
    int file_id, line, organization, paid_at;
    const char *invoice, *status;
    int total;
    const char *identity;
    int occurrence;
};

static void given_payment(struct db *db, const struct payment *payment)
{
    runf(db,
         "insert into topup_row (file_id, line, organization_key, paid_at, paid_is_date, "
         "paid_from, paid_until, invoice_number, receipt_number, description, kind, status, "
         "credit_nanos, credit_currency, tax_nanos, total_nanos, currency, card_last4, identity, "
         "occurrence) values (%d, %d, %d, %d, 0, %d, %d + 1, '%s', '', 'API usage credit', 'auto', "
         "'%s', %d * 1000000000, 'USD', 0, %d * 1000000000, 'USD', '1234', '%s', %d)",
         payment->file_id, payment->line, payment->organization, payment->paid_at, payment->paid_at,
         payment->paid_at, payment->invoice, payment->status, payment->total, payment->total,
         payment->identity, payment->occurrence);
}

#define DAY             86400
#define MARCH           1772323200 /* 2026-03-01T00:00:00Z */
#define INVOICE(number) "AAAAAAAA-" number, "paid"

/* January to March in one file, a later export to April in another, in two orders of import. */
static struct db *corrected(gboolean reversed)
{
    struct db *db = db_open_memory(NULL);
    int old = reversed ? 2 : 1, new = reversed ? 1 : 2;
    int a = reversed ? 7 : 1;
    const struct payment rows[] = {
        {old, 2, a, MARCH, "AAAAAAAA-0001", "paid", 50, "invoice:AAAAAAAA-0001", 1},
        {old, 3, a, MARCH + DAY, "AAAAAAAA-0002", "pending", 20, "invoice:AAAAAAAA-0002", 1},
        {new, 2, a, MARCH, "AAAAAAAA-0001", "paid", 55, "invoice:AAAAAAAA-0001", 1},
        {new, 3, a, MARCH + DAY, "AAAAAAAA-0002", "paid", 20, "invoice:AAAAAAAA-0002", 1},
        {new, 4, a, MARCH + 2 * DAY, "AAAAAAAA-0003", "paid", 20, "invoice:AAAAAAAA-0003", 1},
    };

    given_file(db, old, "march.csv", "payments", "covered_until = '2026-03-31'");
    given_file(db, new, "april.csv", "payments", "covered_until = '2026-04-30'");
    given_organization(db, a, "org-a");
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        given_payment(db, &rows[reversed ? G_N_ELEMENTS(rows) - 1 - i : i]);
    derive(db, derive_payments);
    return db;
}

static void a_corrected_payment_is_one_fact_in_both_orders(void **state)
{
    (void)state;
    for (int reversed = 0; reversed < 2; reversed++) {
        g_autoptr(Db) db = corrected(reversed);

        assert_rows(db, TOPUPS,
                    "org-a|2026-03-01|paid|55|55|AAAAAAAA-0001|2\n"
                    "org-a|2026-03-02|paid|20|20|AAAAAAAA-0002|2\n"
                    "org-a|2026-03-03|paid|20|20|AAAAAAAA-0003|1");
        assert_rows(db, EXCEPTIONS, "");
    }
}

static void a_smaller_correction_in_a_newer_file_counts_too(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);
    const struct payment rows[] = {
        {1, 2, 1, MARCH, INVOICE("0001"), 55, "invoice:AAAAAAAA-0001", 1},
        {2, 2, 1, MARCH, INVOICE("0001"), 50, "invoice:AAAAAAAA-0001", 1},
    };

    (void)state;
    given_file(db, 1, "a.csv", "payments", "covered_until = '2026-03-31'");
    given_file(db, 2, "b.csv", "payments", "covered_until = '2026-03-31', as_of = '2026-04-02'");
    given_organization(db, 1, "org-a");
    given_payment(db, &rows[0]);
    given_payment(db, &rows[1]);
    derive(db, derive_payments);
    assert_rows(db, TOPUPS, "org-a|2026-03-01|paid|50|50|AAAAAAAA-0001|2");
    assert_rows(db, EXCEPTIONS, "");
}

static void equal_rank_keeps_the_larger_and_names_both_files(void **state)
{
    (void)state;
    for (int larger = 1; larger <= 2; larger++) {
        g_autoptr(Db) db = db_open_memory(NULL);
        const struct payment rows[] = {
            {larger, 2, 1, MARCH, INVOICE("0001"), 55, "invoice:AAAAAAAA-0001", 1},
            {3 - larger, 9, 1, MARCH, INVOICE("0001"), 50, "invoice:AAAAAAAA-0001", 1},
        };

        given_file(db, larger, "large.csv", "payments", "covered_until = '2026-03-31'");
        given_file(db, 3 - larger, "small.csv", "payments", "covered_until = '2026-03-31'");
        given_organization(db, 1, "org-a");
        given_payment(db, &rows[0]);
        given_payment(db, &rows[1]);
        derive(db, derive_payments);
        assert_rows(db, TOPUPS, "org-a|2026-03-01|paid|55|55|AAAAAAAA-0001|2");
        assert_rows(db, EXCEPTIONS,
                    "SNAPSHOT_CONFLICT|org-a|2026-03-01|5000000000|USD|AAAAAAAA-0001|"
                    "large.csv|2");
        assert_rows(db, "select explanation from exception",
                    "The payment AAAAAAAA-0001 is 55.00 USD in large.csv, line 2, and 50.00 USD "
                    "in small.csv, line 9, and neither file is known to be newer (--as-of states "
                    "it); the first counts.");
    }
}

static void progress_decides_between_files_of_equal_rank(void **state)
{
    static const char *const statuses[] = {"pending", "failed", "paid", "refunded"};

    (void)state;
    for (guint i = 0; i + 1 < G_N_ELEMENTS(statuses); i++) {
        g_autoptr(Db) db = db_open_memory(NULL);
        const struct payment rows[] = {
            {1, 2, 1, MARCH, "AAAAAAAA-0001", statuses[i + 1], 50, "invoice:AAAAAAAA-0001", 1},
            {2, 2, 1, MARCH, "AAAAAAAA-0001", statuses[i], 60, "invoice:AAAAAAAA-0001", 1},
        };
        g_autofree char *expected =
            g_strdup_printf("org-a|2026-03-01|%s|50|50|AAAAAAAA-0001|2", statuses[i + 1]);

        given_file(db, 1, "a.csv", "payments", NULL);
        given_file(db, 2, "b.csv", "payments", NULL);
        given_organization(db, 1, "org-a");
        given_payment(db, &rows[0]);
        given_payment(db, &rows[1]);
        derive(db, derive_payments);
        assert_rows(db, TOPUPS, expected);
        assert_rows(db, EXCEPTIONS, "");
    }
}

static void a_number_typed_twice_in_one_file_is_one_payment_and_a_conflict(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);
    const struct payment rows[] = {
        {1, 2, 1, MARCH, INVOICE("0001"), 50, "invoice:AAAAAAAA-0001", 1},
        {1, 3, 1, MARCH + DAY, INVOICE("0001"), 50, "invoice:AAAAAAAA-0001", 2},
    };

    (void)state;
    given_file(db, 1, "a.csv", "payments", NULL);
    given_organization(db, 1, "org-a");
    given_payment(db, &rows[0]);
    given_payment(db, &rows[1]);
    derive(db, derive_payments);
    assert_rows(db, TOPUPS, "org-a|2026-03-02|paid|50|50|AAAAAAAA-0001|2");
    assert_rows(db, EXCEPTIONS, "SNAPSHOT_CONFLICT|org-a|2026-03-02|0|USD|AAAAAAAA-0001|a.csv|3");
}

static void rows_without_a_number_are_told_apart_by_occurrence(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);
    const struct payment rows[] = {
        {1, 2, 1, MARCH, "", "failed", 25, "content:x", 1},
        {1, 3, 1, MARCH, "", "failed", 25, "content:x", 2},
        {2, 2, 1, MARCH, "", "failed", 25, "content:x", 1},
        {2, 3, 1, MARCH, "", "failed", 25, "content:x", 2},
    };

    (void)state;
    given_file(db, 1, "a.csv", "payments", "covered_until = '2026-03-31'");
    given_file(db, 2, "b.csv", "payments", "covered_until = '2026-04-30'");
    given_organization(db, 1, "org-a");
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        given_payment(db, &rows[i]);
    derive(db, derive_payments);
    assert_rows(db, TOPUPS,
                "org-a|2026-03-01|failed|25|25|b.csv:2|1\n"
                "org-a|2026-03-01|failed|25|25|b.csv:3|1");
    assert_rows(db, "select count(distinct id), min(substr(id, 1, 1)) from topup", "2|t");
}

static void one_number_in_two_organizations_is_two_payments(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);
    const struct payment rows[] = {
        {1, 2, 1, MARCH, INVOICE("0001"), 50, "invoice:AAAAAAAA-0001", 1},
        {1, 3, 2, MARCH, INVOICE("0001"), 50, "invoice:AAAAAAAA-0001", 2},
    };

    (void)state;
    given_file(db, 1, "a.csv", "payments", NULL);
    given_organization(db, 1, "org-b");
    given_organization(db, 2, "org-a");
    given_payment(db, &rows[0]);
    given_payment(db, &rows[1]);
    derive(db, derive_payments);
    assert_rows(db, TOPUPS,
                "org-a|2026-03-01|paid|50|50|AAAAAAAA-0001|1\n"
                "org-b|2026-03-01|paid|50|50|AAAAAAAA-0001|1");
}

static void a_payment_whose_number_comes_later_is_one_fact(void **state)
{
    (void)state;
    for (int reversed = 0; reversed < 2; reversed++) {
        g_autoptr(Db) db = db_open_memory(NULL);
        int old = reversed ? 2 : 1, new = reversed ? 1 : 2;
        const struct payment rows[] = {
            /* two equal ones at once, then a third that only the old file has */
            {old, 2, 1, MARCH, "", "paid", 50, "content:a", 1},
            {old, 3, 1, MARCH, "", "paid", 50, "content:a", 2},
            {old, 4, 1, MARCH, "", "paid", 50, "content:a", 3},
            {new, 2, 1, MARCH, INVOICE("0001"), 50, "invoice:AAAAAAAA-0001", 1},
            {new, 3, 1, MARCH, INVOICE("0002"), 50, "invoice:AAAAAAAA-0002", 1},
            /* pending when it had none, and one that was refunded since */
            {old, 5, 1, MARCH + DAY, "", "pending", 20, "content:b", 1},
            {new, 4, 1, MARCH + DAY, INVOICE("0003"), 20, "invoice:AAAAAAAA-0003", 1},
            {old, 6, 1, MARCH + 2 * DAY, INVOICE("0004"), 30, "invoice:AAAAAAAA-0004", 1},
            {new, 5, 1, MARCH + 2 * DAY, "", "refunded", 30, "content:c", 1},
            /* in one file they are two; a failed attempt is no payment; nor is another's */
            {new, 6, 1, MARCH + 3 * DAY, INVOICE("0005"), 40, "invoice:AAAAAAAA-0005", 1},
            {new, 7, 1, MARCH + 3 * DAY, "", "paid", 40, "content:d", 1},
            {old, 7, 1, MARCH + 4 * DAY, "", "failed", 60, "content:e", 1},
            {new, 8, 1, MARCH + 4 * DAY, INVOICE("0006"), 60, "invoice:AAAAAAAA-0006", 1},
            {old, 8, 2, MARCH + 5 * DAY, "", "paid", 70, "content:f", 1},
            {new, 9, 1, MARCH + 5 * DAY, INVOICE("0007"), 70, "invoice:AAAAAAAA-0007", 1},
        };

        given_file(db, old, "a.csv", "payments", "covered_until = '2026-03-31'");
        given_file(db, new, "b.csv", "payments", "covered_until = '2026-04-30'");
        given_organization(db, 1, "org-a");
        given_organization(db, 2, "org-b");
        for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
            given_payment(db, &rows[reversed ? G_N_ELEMENTS(rows) - 1 - i : i]);
        derive(db, derive_payments);
        assert_rows(db,
                    "select organization_id, total_nanos / 1000000000, status, reference from topup"
                    " join organization using (organization_key)"
                    " order by organization_id, total_nanos, status, reference",
                    "org-a|20|paid|AAAAAAAA-0003\norg-a|30|refunded|b.csv:5\n"
                    "org-a|40|paid|AAAAAAAA-0005\norg-a|40|paid|b.csv:7\n"
                    "org-a|50|paid|AAAAAAAA-0001\norg-a|50|paid|AAAAAAAA-0002\n"
                    "org-a|50|paid|a.csv:4\norg-a|60|failed|a.csv:7\n"
                    "org-a|60|paid|AAAAAAAA-0006\norg-a|70|paid|AAAAAAAA-0007\n"
                    "org-b|70|paid|a.csv:8");
    }
}

static void given_receipt(struct db *db, int file_id, int line, const char *number,
                          const char *invoice, int total)
{
    runf(db,
         "insert into receipt_row (file_id, line, receipt_number, invoice_number, paid_on, "
         "paid_from, paid_until, seller, description, subtotal_nanos, tax_nanos, total_nanos, "
         "currency, payment_method, card_last4, identity, occurrence) values (%d, %d, '%s', '%s', "
         "'2026-03-05', %d, %d, '', '', null, null, %d * 1000000000, 'USD', '', '', 'receipt:%s', "
         "1)",
         file_id, line, number, invoice, MARCH + 4 * DAY, MARCH + 5 * DAY, total, number);
}

static void a_gap_in_a_counter_is_one_exception_a_run(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);
    const struct payment rows[] = {
        {1, 2, 1, MARCH, INVOICE("0001"), 50, "invoice:AAAAAAAA-0001", 1},
        {1, 3, 1, MARCH + DAY, INVOICE("0003"), 50, "invoice:AAAAAAAA-0003", 1},
        {1, 4, 1, MARCH + 2 * DAY, INVOICE("0008"), 50, "invoice:AAAAAAAA-0008", 1},
    };

    (void)state;
    given_file(db, 1, "a.csv", "payments", NULL);
    given_file(db, 2, "receipts.csv", "receipts", NULL);
    given_organization(db, 1, "org-a");
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        given_payment(db, &rows[i]);
    given_receipt(db, 2, 2, "1111-0001", "AAAAAAAA-0004", 50);
    given_receipt(db, 2, 3, "1111-0002", "BBBBBBBB-0001", 20);
    given_receipt(db, 2, 4, "1111-0003", "BBBBBBBB-0009", 20);
    derive(db, derive_payments);
    assert_rows(db, EXCEPTIONS,
                "MISSING_INVOICE|org-a|2026-03-01|0|USD|AAAAAAAA-0002|a.csv|2\n"
                "MISSING_INVOICE|org-a|2026-03-05|0|USD|AAAAAAAA-0005 to AAAAAAAA-0007|"
                "receipts.csv|2");
    assert_rows(db, "select explanation from exception order by reference",
                "No payment and no receipt has AAAAAAAA-0002, though AAAAAAAA-0001 and "
                "AAAAAAAA-0003 exist: 1 invoice is missing.\n"
                "No payment and no receipt has AAAAAAAA-0005 to AAAAAAAA-0007, though "
                "AAAAAAAA-0004 and AAAAAAAA-0008 exist: 3 invoices are missing.");
}

static void receipts_of_two_files_are_one_each(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);

    (void)state;
    given_file(db, 1, "a.csv", "receipts", NULL);
    given_file(db, 2, "b.csv", "receipts", NULL);
    given_receipt(db, 1, 2, "1111-0001", "", 50);
    given_receipt(db, 2, 2, "1111-0001", "", 50);
    given_receipt(db, 2, 3, "1111-0002", "AAAAAAAA-0001", 20);
    given_receipt(db, 1, 3, "1111-0002", "AAAAAAAA-0001", 30);
    derive(db, derive_payments);
    assert_rows(db,
                "select reference, total_nanos / 1000000000, substr(id, 1, 1) from receipt "
                "order by receipt_id",
                "1111-0001|50|r\nAAAAAAAA-0001|30|r");
    assert_rows(db, EXCEPTIONS,
                "SNAPSHOT_CONFLICT|-|2026-03-05|10000000000|USD|AAAAAAAA-0001|a.csv|3");
}

static void given_invoice(struct db *db, int file_id, int line, const char *invoice, int total)
{
    given_receipt(db, file_id, line, "", invoice, total);
    runf(db, "update receipt_row set identity = 'invoice:%s' where identity = 'receipt:'", invoice);
}

static void an_invoice_and_its_receipt_are_one(void **state)
{
    (void)state;
    for (int reversed = 0; reversed < 2; reversed++) {
        g_autoptr(Db) db = db_open_memory(NULL);
        int old = reversed ? 2 : 1, new = reversed ? 1 : 2;

        given_file(db, old, "a.csv", "receipts", "covered_until = '2026-03-31'");
        given_file(db, new, "b.csv", "receipts", "covered_until = '2026-04-30'");
        given_receipt(db, old, 2, "1111-0001", "AAAAAAAA-0001", 50);
        given_invoice(db, old, 3, "AAAAAAAA-0001", 50);
        given_invoice(db, new, 2, "AAAAAAAA-0001", 50);
        given_receipt(db, old, 4, "1111-0002", "AAAAAAAA-0002", 60);
        given_invoice(db, new, 3, "AAAAAAAA-0002", 66);
        given_invoice(db, new, 4, "AAAAAAAA-0003", 70);
        given_receipt(db, old, 5, "1111-0004", "AAAAAAAA-0004", 80);
        given_receipt(db, old, 6, "1111-0005", "AAAAAAAA-0004", 80);
        given_invoice(db, new, 5, "AAAAAAAA-0004", 80);
        derive(db, derive_payments);
        assert_rows(db,
                    "select reference, receipt_number, total_nanos / 1000000000 from receipt"
                    " order by reference, receipt_number",
                    "AAAAAAAA-0001|1111-0001|50\nAAAAAAAA-0002|1111-0002|60\n"
                    "AAAAAAAA-0003||70\nAAAAAAAA-0004||80\n"
                    "AAAAAAAA-0004|1111-0004|80\nAAAAAAAA-0004|1111-0005|80");
        assert_rows(db, EXCEPTIONS,
                    "SNAPSHOT_CONFLICT|-|2026-03-05|6000000000|USD|AAAAAAAA-0002|a.csv|4");
    }
}

static void a_grant_is_its_newest_revision(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);

    (void)state;
    given_file(db, 1, "new.csv", "credit_grants", "as_of = '2026-04-01'");
    given_file(db, 2, "old.csv", "credit_grants", "as_of = '2026-03-01'");
    given_organization(db, 1, "org-a");
    runf(db,
         "insert into grant_row (file_id, line, organization_key, grant_id, kind, granted_at, "
         "expires_at, amount_nanos, currency, identity, occurrence) values "
         "(1, 2, 1, 'g1', 'promotional', %d, null, 5000000000, 'USD', 'grant:g1', 1), "
         "(2, 2, 1, 'g1', 'promotional', %d, null, 8000000000, 'USD', 'grant:g1', 1), "
         "(2, 3, 1, '', 'opening', %d, null, 1000000000, 'USD', 'content:o', 1)",
         MARCH, MARCH, MARCH - 1);
    derive(db, derive_payments);
    assert_rows(
        db,
        "select grant_id, grant_fact.kind, granted_on, amount_nanos, file.name, substr(id, 1, 1) "
        "from grant_fact join file using (file_id) order by grant_fact_id",
        "|opening|2026-02-28|1000000000|old.csv|g\n"
        "g1|promotional|2026-03-01|5000000000|new.csv|g");
}

static void equal_observations_are_one_and_different_ones_stay(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);

    (void)state;
    given_file(db, 1, "b.csv", "balances", NULL);
    given_organization(db, 1, "org-a");
    runf(db,
         "insert into observation_row (file_id, line, organization_key, observed_at, "
         "balance_nanos, currency) values (null, 0, 1, %d, 7, 'USD'), (1, 2, 1, %d, 7, 'USD'), "
         "(1, 3, 1, %d, 9, 'USD')",
         MARCH, MARCH, MARCH);
    derive(db, derive_payments);
    assert_rows(db,
                "select observed_on, balance_nanos, coalesce(file.name, ''), line from observation "
                "left join file using (file_id) order by observation_id",
                "2026-03-01|7|b.csv|2\n2026-03-01|9|b.csv|3");
}

static void deriving_twice_is_deriving_once(void **state)
{
    g_autoptr(Db) db = corrected(FALSE);
    g_autofree char *before = rows_of(db, "select * from topup order by topup_id");

    (void)state;
    derive_again(db, derive_payments);
    assert_rows(db, "select * from topup order by topup_id", before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_corrected_payment_is_one_fact_in_both_orders),
        cmocka_unit_test(a_smaller_correction_in_a_newer_file_counts_too),
        cmocka_unit_test(equal_rank_keeps_the_larger_and_names_both_files),
        cmocka_unit_test(progress_decides_between_files_of_equal_rank),
        cmocka_unit_test(a_number_typed_twice_in_one_file_is_one_payment_and_a_conflict),
        cmocka_unit_test(rows_without_a_number_are_told_apart_by_occurrence),
        cmocka_unit_test(one_number_in_two_organizations_is_two_payments),
        cmocka_unit_test(a_gap_in_a_counter_is_one_exception_a_run),
        cmocka_unit_test(a_payment_whose_number_comes_later_is_one_fact),
        cmocka_unit_test(receipts_of_two_files_are_one_each),
        cmocka_unit_test(an_invoice_and_its_receipt_are_one),
        cmocka_unit_test(a_grant_is_its_newest_revision),
        cmocka_unit_test(equal_observations_are_one_and_different_ones_stay),
        cmocka_unit_test(deriving_twice_is_deriving_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
