/* derive_invoices.c - gaps in the invoice counters. */
#include "core/exception.h"
#include "import/derive_payments.h"

/* One invoice number that a payment or a receipt carries. */
struct invoice {
    char *prefix; /* "AAAAAAAA" */
    guint64 number;
    gsize digits;             /* as printed: 4 for "0001" */
    int64_t organization_key; /* 0 for a receipt */
    char *organization_id;
    char *dated_on, *currency;
    int64_t file_id, line;
};

static void invoice_free(gpointer pointer)
{
    struct invoice *invoice = pointer;

    g_free(invoice->prefix);
    g_free(invoice->organization_id);
    g_free(invoice->dated_on);
    g_free(invoice->currency);
    g_free(invoice);
}

/* Reads "PREFIX-0001"; NULL for a number that is no counter's. */
static struct invoice *invoice_parse(const char *text)
{
    const char *hyphen = strrchr(text, '-');
    guint64 number;

    if (!hyphen || hyphen == text ||
        !g_ascii_string_to_unsigned(hyphen + 1, 10, 0, G_MAXINT32, &number, NULL))
        return NULL;

    struct invoice *invoice = g_new0(struct invoice, 1);
    invoice->prefix = g_strndup(text, (gsize)(hyphen - text));
    invoice->number = number;
    invoice->digits = strlen(hyphen + 1);
    return invoice;
}

/* By counter and number; a payment before a receipt, since it names the organization. */
static gint invoice_compare(gconstpointer left, gconstpointer right)
{
    const struct invoice *a = *(struct invoice *const *)left;
    const struct invoice *b = *(struct invoice *const *)right;
    int order = strcmp(a->prefix, b->prefix);

    if (order == 0 && a->number != b->number)
        order = a->number < b->number ? -1 : 1;
    if (order == 0)
        order = (a->organization_key == 0) - (b->organization_key == 0);
    if (order == 0)
        order = strcmp(a->organization_id, b->organization_id);
    return order ? order : strcmp(a->dated_on, b->dated_on);
}

static GPtrArray *invoices_read(struct db *db, GError **error)
{
    struct statement *rows = statement_get(db, "derive_invoice_numbers", error);
    g_autoptr(GPtrArray) invoices = g_ptr_array_new_with_free_func(invoice_free);
    enum row_status status = FAILED;

    while (rows && (status = statement_step(rows, error)) == ROW) {
        struct invoice *invoice = invoice_parse(statement_text(rows, 0));

        if (!invoice)
            continue;
        invoice->organization_key = statement_int(rows, 1);
        invoice->organization_id = g_strdup(statement_text(rows, 2));
        invoice->dated_on = g_strdup(statement_text(rows, 3));
        invoice->currency = g_strdup(statement_text(rows, 4));
        invoice->file_id = statement_int(rows, 5);
        invoice->line = statement_int(rows, 6);
        g_ptr_array_add(invoices, invoice);
    }
    if (status != END)
        return NULL;
    g_ptr_array_sort(invoices, invoice_compare);
    return g_steal_pointer(&invoices);
}

static char *invoice_number(const struct invoice *like, guint64 number)
{
    return g_strdup_printf("%s-%0*" G_GUINT64_FORMAT, like->prefix, (int)like->digits, number);
}

/* The gap between two neighbours is evidenced by the lower one. */
static gboolean report_gap(struct db *db, const struct invoice *below, const struct invoice *above,
                           int64_t organization_key, GError **error)
{
    guint64 count = above->number - below->number - 1;
    g_autofree char *first = invoice_number(below, below->number + 1);
    g_autofree char *last = invoice_number(below, above->number - 1);
    g_autofree char *low = invoice_number(below, below->number);
    g_autofree char *high = invoice_number(below, above->number);
    g_autofree char *reference =
        count == 1 ? g_strdup(first) : g_strdup_printf("%s to %s", first, last);
    g_autofree char *explanation = g_strdup_printf(
        "No payment and no receipt has %s, though %s and %s exist: %" G_GUINT64_FORMAT
        " invoice%s missing.",
        reference, low, high, count, count == 1 ? " is" : "s are");
    const struct exception exception = {
        .room = "import",
        .code = MISSING_INVOICE,
        .organization_key = organization_key,
        .dated_on = below->dated_on,
        .currency = below->currency,
        .reference = reference,
        .file_id = below->file_id,
        .line = below->line,
        .explanation = explanation,
    };

    return exception_add(db, &exception, error);
}

/* The organization of the nearest payment at or below `index` in its counter, else the next above.
 */
static int64_t owner_at(const GPtrArray *invoices, guint first, guint end, guint index)
{
    for (guint i = index + 1; i > first; i--) {
        const struct invoice *invoice = g_ptr_array_index(invoices, i - 1);

        if (invoice->organization_key)
            return invoice->organization_key;
    }
    for (guint i = index + 1; i < end; i++) {
        const struct invoice *invoice = g_ptr_array_index(invoices, i);

        if (invoice->organization_key)
            return invoice->organization_key;
    }
    return 0;
}

static gboolean report_counter(struct db *db, const GPtrArray *invoices, guint first, guint end,
                               GError **error)
{
    for (guint i = first; i + 1 < end; i++) {
        const struct invoice *below = g_ptr_array_index(invoices, i);
        const struct invoice *above = g_ptr_array_index(invoices, i + 1);

        if (above->number <= below->number + 1)
            continue;

        int64_t owner = owner_at(invoices, first, end, i);
        if (owner && !report_gap(db, below, above, owner, error))
            return FALSE;
    }
    return TRUE;
}

gboolean report_missing_invoices(struct db *db, GError **error)
{
    g_autoptr(GPtrArray) invoices = invoices_read(db, error);
    guint end;

    if (!invoices)
        return FALSE;
    for (guint first = 0; first < invoices->len; first = end) {
        const struct invoice *head = g_ptr_array_index(invoices, first);

        for (end = first + 1; end < invoices->len; end++) {
            const struct invoice *next = g_ptr_array_index(invoices, end);

            if (strcmp(next->prefix, head->prefix) != 0)
                break;
        }
        if (!report_counter(db, invoices, first, end, error))
            return FALSE;
    }
    return TRUE;
}
