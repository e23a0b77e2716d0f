/* store_receipt.c - rows of receipts. */
#include "import/repeat.h"
#include "import/stamp.h"
#include "import/store.h"

/* Every column of a receipt. */
static char *receipt_content(const struct receipt_fact *receipt, const struct stamp *paid)
{
    GString *content = g_string_new("");

    content_add_string(content, receipt->receipt_number);
    content_add_string(content, receipt->invoice_number);
    content_add_int(content, paid->at);
    content_add(content, receipt->seller);
    content_add(content, receipt->description);
    content_add_amount(content, &receipt->subtotal);
    content_add_amount(content, &receipt->tax);
    content_add_amount(content, &receipt->total);
    content_add(content, receipt->payment_method);
    content_add_string(content, receipt->document);
    return g_string_free(content, FALSE);
}

/* The identity of a receipt, and what a message calls it (NULL for one without a number). */
static char *receipt_identity(const struct receipt_fact *receipt, const char *content,
                              char **called)
{
    *called = NULL;
    if (receipt->receipt_number[0]) {
        *called = g_strdup_printf("receipt number %s", receipt->receipt_number);
        return g_strconcat("receipt:", receipt->receipt_number, NULL);
    }
    if (receipt->invoice_number[0]) {
        *called = g_strdup_printf("invoice number %s", receipt->invoice_number);
        return g_strconcat("invoice:", receipt->invoice_number, NULL);
    }
    return g_strconcat("content:", content, NULL);
}

/* What a document tells beside the payment. */
static void bind_document(struct statement *statement, const struct receipt_fact *receipt)
{
    statement_bind_text(statement, "document", receipt->document);
    statement_bind_int(statement, "is_paid", receipt->paid.present);
    if (receipt->issued.present)
        store_bind_day(statement, "issued_on", &receipt->issued);
    else
        statement_bind_null(statement, "issued_on");
    if (receipt->has_tax_rate)
        statement_bind_int(statement, "tax_rate_ppm", receipt->tax_rate_ppm);
    else
        statement_bind_null(statement, "tax_rate_ppm");
    store_bind_text(statement, "tax_name", receipt->tax_name);
    store_bind_text(statement, "bill_to", receipt->bill_to);
}

/* The day that a document is of: paid, or else issued. */
static const struct printed_date *receipt_date(const struct receipt_fact *receipt)
{
    return receipt->paid.present ? &receipt->paid : &receipt->issued;
}

static gboolean insert_receipt(struct load *load, const struct fact *fact, const struct stamp *paid,
                               const char *identity, gint64 occurrence, GError **error)
{
    const struct receipt_fact *receipt = &fact->receipt;
    struct statement *statement = statement_get(load->db, "receipt_row_insert", error);

    if (!statement)
        return FALSE;
    statement_bind_int(statement, "file_id", load->file_id);
    statement_bind_int(statement, "line", fact->line);
    statement_bind_text(statement, "receipt_number", receipt->receipt_number);
    statement_bind_text(statement, "invoice_number", receipt->invoice_number);
    store_bind_day(statement, "paid_on", receipt_date(receipt));
    statement_bind_int(statement, "paid_from", paid->range.from);
    statement_bind_int(statement, "paid_until", paid->range.until);
    store_bind_text(statement, "seller", receipt->seller);
    store_bind_text(statement, "description", receipt->description);
    store_bind_amount(statement, "subtotal_nanos", &receipt->subtotal);
    store_bind_amount(statement, "tax_nanos", &receipt->tax);
    statement_bind_int(statement, "total_nanos", receipt->total.nanos);
    statement_bind_text(statement, "currency", receipt->total.currency);
    store_bind_text(statement, "payment_method", receipt->payment_method);
    statement_bind_text(statement, "card_last4", receipt->last4);
    statement_bind_text(statement, "identity", identity);
    statement_bind_int(statement, "occurrence", occurrence);
    bind_document(statement, receipt);
    return statement_execute(statement, error);
}

gboolean store_receipt(struct load *load, const struct fact *fact, GError **error)
{
    const struct receipt_fact *receipt = &fact->receipt;
    g_autofree char *content = NULL;
    g_autofree char *identity = NULL;
    g_autofree char *called = NULL;
    struct stamp paid;
    gint64 occurrence;

    if (!stamp_read(load, fact->line, "date_paid", receipt_date(receipt), DATE_IS_NOON, &paid))
        return TRUE;
    content = receipt_content(receipt, &paid);
    identity = receipt_identity(receipt, content, &called);
    occurrence = repeat_occurrence(load, fact->line, "", identity, called, content);
    if (load_is_bad(load))
        return TRUE;
    totals_add(&load->control, &receipt->total);
    load_tally(load, receipt->paid.present ? 0 : 1, &receipt->total);
    return insert_receipt(load, fact, &paid, identity, occurrence, error);
}
