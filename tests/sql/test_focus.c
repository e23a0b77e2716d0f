/* test_focus.c - the FOCUS rows of a filled ledger: columns, and the shape of a prepayment. */
#include "books/books.h"
#include "filled_ledger.h"

/* Every column that the specification's version 1.2 calls mandatory. */
static const char *const mandatory[] = {
    "BilledCost",        "BillingAccountId",   "BillingAccountName", "BillingCurrency",
    "BillingPeriodEnd",  "BillingPeriodStart", "ChargeCategory",     "ChargeClass",
    "ChargeDescription", "ChargePeriodEnd",    "ChargePeriodStart",  "ContractedCost",
    "EffectiveCost",     "InvoiceIssuerName",  "ListCost",           "PricingQuantity",
    "PricingUnit",       "ProviderName",       "PublisherName",      "ServiceCategory",
    "ServiceName",
};

/* The lines of the export, each split into cells; no text of this ledger holds a comma. */
static GPtrArray *exported(Db *db, const char *from, const char *until)
{
    const struct books_options options = {NULL, from, until};
    g_autoptr(GString) out = g_string_new(NULL), notes = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    GPtrArray *rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);

    assert_true(books_export(db, "focus", &options, out, notes, &error));
    g_auto(GStrv) lines = g_strsplit(out->str, "\n", -1);
    for (guint i = 0; lines[i] && *lines[i]; i++)
        g_ptr_array_add(rows, g_strsplit(lines[i], ",", -1));
    return rows;
}

static guint column_of(const GPtrArray *rows, const char *name)
{
    char **header = g_ptr_array_index(rows, 0);

    for (guint i = 0; header[i]; i++)
        if (strcmp(header[i], name) == 0)
            return i;
    fail_msg("no column %s", name);
    return 0;
}

/* Some columns of every row, one a line. */
static char *told(const GPtrArray *rows, const char *const *names)
{
    GString *text = g_string_new(NULL);

    for (guint i = 1; i < rows->len; i++) {
        char **cells = g_ptr_array_index(rows, i);

        if (i > 1)
            g_string_append_c(text, '\n');
        for (guint j = 0; names[j]; j++)
            g_string_append_printf(text, "%s%s", j ? "|" : "", cells[column_of(rows, names[j])]);
    }
    return g_string_free(text, FALSE);
}

static void every_mandatory_column_is_there_and_every_row_has_every_column(void **state)
{
    g_autoptr(Db) db = filled_ledger();
    g_autoptr(GPtrArray) rows = exported(db, NULL, "2026-12-01");
    guint width = g_strv_length(g_ptr_array_index(rows, 0));

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(mandatory); i++)
        column_of(rows, mandatory[i]);
    assert_true(rows->len > 1);
    for (guint i = 1; i < rows->len; i++)
        assert_int_equal(g_strv_length(g_ptr_array_index(rows, i)), width);
}

static void a_purchase_is_billed_and_its_usage_effective(void **state)
{
    static const char *const names[] = {"ChargePeriodStart",
                                        "ChargeCategory",
                                        "BilledCost",
                                        "EffectiveCost",
                                        "ListCost",
                                        "PricingCategory",
                                        "CommitmentDiscountStatus",
                                        "SubAccountId",
                                        "x_CreditSource",
                                        NULL};
    g_autoptr(Db) db = filled_ledger();
    g_autoptr(GPtrArray) rows = NULL;
    g_autofree char *text = NULL;

    (void)state;
    run(db, "delete from burn; update credit_grant set expires_on = '2026-10-31'"
            " where credit_grant_id = 1;"
            "update grant_balance set expired_nanos = 500000000 where credit_grant_id = 1;"
            "insert into burn values ('free-first', 1, '2026-10-30', 1, 1000000000),"
            " ('free-first', 1, '2026-10-30', 2, 500000000),"
            " ('free-first', 1, '2026-10-31', 2, 2500000000)");
    rows = exported(db, "2026-10-01", "2026-12-01");
    text = told(rows, names);
    assert_string_equal(text,
                        "2026-10-30T00:00:00Z|Purchase|10.00|0.00|10.00|Standard|||paid\n"
                        "2026-10-30T00:00:00Z|Tax|1.00|1.00|1.00||||\n"
                        "2026-10-30T00:00:00Z|Usage|0.00|1.00|1.00|Committed|Used|proj_a|paid\n"
                        "2026-10-30T00:00:00Z|Usage|0.00|0.00|0.50|Standard||proj_a|free\n"
                        "2026-10-31T00:00:00Z|Usage|0.00|0.00|0.25|Standard|||free\n"
                        "2026-10-31T00:00:00Z|Usage|0.00|0.00|2.25|Standard||proj_a|free\n"
                        "2026-10-31T00:00:00Z|Usage|0.00|0.50|0.00|Committed|Unused||paid\n"
                        "2026-11-01T00:00:00Z|Usage|0.00|4.00|4.00|Standard||proj_b|overdraft");
}

static void what_is_given_back_is_a_correction(void **state)
{
    static const char *const names[] = {"ChargeCategory", "ChargeClass", "BilledCost",
                                        "CommitmentDiscountQuantity", NULL};
    g_autoptr(Db) db = filled_ledger();
    g_autoptr(GPtrArray) rows = NULL;
    g_autofree char *text = NULL;

    (void)state;
    run(db, "delete from burn; delete from allocation_day;"
            "update topup set status = 'refunded', refunded_at = 1793440800,"
            " refunded_total_nanos = 5500000000 where topup_id = 1");
    rows = exported(db, "2026-10-01", "2026-11-01");
    text = told(rows, names);
    assert_string_equal(text, "Purchase||10.00|10.00\n"
                              "Tax||1.00|\n"
                              "Purchase|Correction|-5.00|-5.00\n"
                              "Tax|Correction|-0.50|");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_mandatory_column_is_there_and_every_row_has_every_column),
        cmocka_unit_test(a_purchase_is_billed_and_its_usage_effective),
        cmocka_unit_test(what_is_given_back_is_a_correction),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
