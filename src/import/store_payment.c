/* store_payment.c - rows of payment history. */
#include "import/repeat.h"
#include "import/stamp.h"
#include "import/store.h"

struct topup {
    const struct payment_fact *fact;
    int64_t organization_key;
    struct stamp paid, refunded;
    char *identity; /* owned */
    gint64 occurrence;
};

/* The tally of each status; the order is that of the summary. */
static const char *const statuses[LOAD_TALLIES] = {"paid", "refunded", "pending", "failed", "void"};

static int status_tally(const char *status)
{
    for (int i = 0; i < LOAD_TALLIES; i++)
        if (strcmp(statuses[i], status) == 0)
            return i;
    g_assert_not_reached();
}

/* What tells a payment without invoice number from others: a refund does not make it another one.
 */
static char *topup_content_identity(const struct topup *topup)
{
    const struct payment_fact *fact = topup->fact;
    GString *identity = g_string_new("content:");

    content_add_int(identity, topup->paid.at);
    content_add_string(identity, fact->receipt_number);
    content_add(identity, fact->description);
    content_add_string(identity, strcmp(fact->status, "refunded") == 0 ? "paid" : fact->status);
    content_add_amount(identity, &fact->credit);
    content_add_amount(identity, &fact->total);
    content_add_string(identity, fact->last4);
    return g_string_free(identity, FALSE);
}

/* Every column: rows of one invoice number must agree on all of them. */
static char *topup_content(const struct topup *topup)
{
    const struct payment_fact *fact = topup->fact;
    GString *content = g_string_new("");

    content_add_int(content, topup->paid.at);
    content_add_string(content, fact->receipt_number);
    content_add(content, fact->description);
    content_add_string(content, fact->kind);
    content_add_string(content, fact->status);
    content_add_amount(content, &fact->credit);
    content_add_amount(content, &fact->tax);
    content_add_amount(content, &fact->total);
    content_add_string(content, fact->last4);
    content_add_int(content, topup->refunded.at);
    content_add_amount(content, &fact->refunded_credit);
    content_add_amount(content, &fact->refunded_total);
    return g_string_free(content, FALSE);
}

static void topup_identify(struct load *load, gint64 line, struct topup *topup)
{
    const char *invoice = topup->fact->invoice_number;
    g_autofree char *scope =
        g_strndup(topup->fact->organization_id.text, topup->fact->organization_id.len);
    g_autofree char *content = topup_content(topup);
    g_autofree char *called = NULL;

    if (invoice[0]) {
        called = g_strdup_printf("invoice number %s", invoice);
        topup->identity = g_strconcat("invoice:", invoice, NULL);
    } else {
        topup->identity = topup_content_identity(topup);
    }
    topup->occurrence = repeat_occurrence(load, line, scope, topup->identity, called, content);
}

static void bind_topup_money(struct statement *statement, const struct payment_fact *fact)
{
    const char *credit_currency =
        fact->credit.currency[0] ? fact->credit.currency : fact->total.currency;

    statement_bind_int(statement, "credit_nanos", fact->credit.nanos);
    statement_bind_text(statement, "credit_currency", credit_currency);
    statement_bind_int(statement, "tax_nanos", fact->tax.nanos);
    statement_bind_int(statement, "total_nanos", fact->total.nanos);
    statement_bind_text(statement, "currency", fact->total.currency);
    store_bind_amount(statement, "refunded_credit_nanos", &fact->refunded_credit);
    store_bind_amount(statement, "refunded_total_nanos", &fact->refunded_total);
}

static gboolean insert_topup(struct load *load, gint64 line, const struct topup *topup,
                             GError **error)
{
    const struct payment_fact *fact = topup->fact;
    struct statement *statement = statement_get(load->db, "topup_row_insert", error);

    if (!statement)
        return FALSE;
    statement_bind_int(statement, "file_id", load->file_id);
    statement_bind_int(statement, "line", line);
    statement_bind_int(statement, "organization_key", topup->organization_key);
    statement_bind_int(statement, "paid_at", topup->paid.at);
    statement_bind_int(statement, "paid_is_date", topup->paid.is_date);
    statement_bind_int(statement, "paid_from", topup->paid.range.from);
    statement_bind_int(statement, "paid_until", topup->paid.range.until);
    statement_bind_text(statement, "invoice_number", fact->invoice_number);
    statement_bind_text(statement, "receipt_number", fact->receipt_number);
    store_bind_text(statement, "description", fact->description);
    statement_bind_text(statement, "kind", fact->kind);
    statement_bind_text(statement, "status", fact->status);
    bind_topup_money(statement, fact);
    statement_bind_text(statement, "card_last4", fact->last4);
    if (fact->refunded.present)
        statement_bind_int(statement, "refunded_at", topup->refunded.at);
    else
        statement_bind_null(statement, "refunded_at");
    statement_bind_text(statement, "identity", topup->identity);
    statement_bind_int(statement, "occurrence", topup->occurrence);
    return statement_execute(statement, error);
}

gboolean store_topup(struct load *load, const struct fact *fact, GError **error)
{
    const struct payment_fact *payment = &fact->payment;
    struct topup topup = {.fact = payment};
    gboolean stored = TRUE;

    if (!stamp_read(load, fact->line, "paid_at", &payment->paid, DATE_IS_NOON, &topup.paid) ||
        (payment->refunded.present &&
         !stamp_read(load, fact->line, "refunded_at", &payment->refunded, DATE_IS_NOON,
                     &topup.refunded)))
        return TRUE;
    topup_identify(load, fact->line, &topup);
    if (!load_is_bad(load)) {
        totals_add(&load->control, &payment->total);
        load_tally(load, status_tally(payment->status), &payment->total);
        stored = dictionary_id(load->dictionary, DICTIONARY_ORGANIZATION,
                               &load->caches[COLUMN_ORGANIZATION], payment->organization_id,
                               &topup.organization_key, error) &&
                 store_name_seen(load, DICTIONARY_ORGANIZATION, topup.organization_key,
                                 payment->organization_id, payment->organization_name, error) &&
                 insert_topup(load, fact->line, &topup, error);
    }
    g_free(topup.identity);
    return stored;
}
