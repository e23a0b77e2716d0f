/*
 * mapping_receipt.c - receipts and invoices: rows of the user's own table, and PDFs.
 *
 * An invoice says what is due. It is evidence of a payment only where it also says that, or when,
 * it was paid; a receipt and a row of the table always are.
 */
#include "import/mapping_internal.h"

static const struct synonym documents[] = {
    {"invoice", "invoice"},
    {"receipt", "receipt"},
    {NULL, NULL},
};

/* An amount that must be the total, where it is told. */
static void check_is_total(const struct reading *reading, guint column, const struct amount *amount,
                           const struct amount *total, const char *what)
{
    if (!amount->present || !total->present || amount->nanos == total->nanos)
        return;
    g_autofree char *expected = money_format(total->nanos, 2);
    g_autofree char *why = g_strdup_printf("is not %s, %s", what, expected);
    problem(reading, column, why);
}

/* A document tells its total several times; *is_paid when it says that something was paid. */
static void check_sums(const struct reading *reading, const struct receipt_fact *receipt,
                       const char *currency, gboolean *is_paid)
{
    struct amount net = read_unsigned_amount(reading, RECEIPT_NET, currency, FALSE);
    struct amount paid = read_unsigned_amount(reading, RECEIPT_AMOUNT_PAID, currency, FALSE);
    struct amount due = read_unsigned_amount(reading, RECEIPT_AMOUNT_DUE, currency, FALSE);

    check_sum(reading, RECEIPT_TOTAL, &receipt->total, &receipt->subtotal, &receipt->tax,
              "subtotal plus tax");
    check_is_total(reading, RECEIPT_NET, &net, &receipt->subtotal, "the subtotal");
    *is_paid = paid.present && paid.nanos > 0;
    if (*is_paid)
        check_is_total(reading, RECEIPT_AMOUNT_PAID, &paid, &receipt->total, "the total");
    if (due.present && (due.nanos != 0 || (!*is_paid && !receipt->paid.present)))
        check_is_total(reading, RECEIPT_AMOUNT_DUE, &due, &receipt->total, "the total");
}

void read_receipt(const struct reading *reading, struct receipt_fact *out)
{
    char currency[4];
    gboolean is_invoice, is_paid;

    memset(out, 0, sizeof(*out));
    out->document = read_word(reading, RECEIPT_DOCUMENT, documents, "");
    is_invoice = g_str_equal(out->document, "invoice");
    out->issued = read_date(reading, RECEIPT_DATE_ISSUED, is_invoice);
    out->paid = read_instant(reading, RECEIPT_DATE_PAID, !is_invoice);
    read_number_of(reading, RECEIPT_INVOICE, INVOICE_HEAD, out->invoice_number);
    read_number_of(reading, RECEIPT_NUMBER, RECEIPT_HEAD, out->receipt_number);
    out->seller = read_text(reading, RECEIPT_SELLER);
    out->description = read_text(reading, RECEIPT_DESCRIPTION);
    out->payment_method = read_text(reading, RECEIPT_PAYMENT_METHOD);
    out->tax_name = read_text(reading, RECEIPT_TAX_NAME);
    out->bill_to = read_text(reading, RECEIPT_BILL_TO);
    read_currency(reading, RECEIPT_CURRENCY, TRUE, currency);
    out->subtotal = read_unsigned_amount(reading, RECEIPT_SUBTOTAL, currency, FALSE);
    out->tax = read_unsigned_amount(reading, RECEIPT_TAX, currency, FALSE);
    out->total = read_unsigned_amount(reading, RECEIPT_TOTAL, currency, TRUE);
    /* Percent with four decimals are parts per million. */
    out->has_tax_rate = read_decimal(reading, RECEIPT_TAX_RATE, 4, &out->tax_rate_ppm);
    check_sums(reading, out, currency, &is_paid);
    if (is_invoice && is_paid && !out->paid.present)
        out->paid = out->issued;
    last4_from(cell(reading, RECEIPT_PAYMENT_METHOD), out->last4);
}
