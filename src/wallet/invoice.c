/*
 * invoice.c - puts each invoice to the month that it bills.
 *
 * That is the month that its description names; else the one before it was issued, since usage is
 * billed when its month is over; else, where no document tells the day of issue, the one before it
 * was paid. The report says which it was.
 */
#include "wallet/invoice.h"
#include "core/money.h"
#include "wallet/month.h"

/* The columns of wallet_invoiced_usage. */
enum { USAGE_KEY, USAGE_ORGANIZATION, USAGE_MONTH, USAGE_CURRENCY, USAGE_NANOS };

/* The columns of wallet_invoices. */
enum {
    ORGANIZATION_KEY,
    ORGANIZATION,
    INVOICED,
    TAX,
    CURRENCY,
    REFERENCE,
    PAID_ON,
    DESCRIPTION,
    ISSUED_ON
};

enum basis { DESCRIBED, ISSUED, PAID, BASES };

static const char *const basis_names[BASES] = {"described", "issued", "paid"};

struct month {
    int64_t organization_key, usage_nanos, invoiced_nanos, tax_nanos;
    char month[MONTH_LEN], currency[4];
    GString *numbers;
    unsigned bases; /* bits by enum basis */
};

static void month_free(gpointer data)
{
    struct month *month = data;

    g_string_free(month->numbers, TRUE);
    g_free(month);
}

/* A month's row, made when it is new. Keys sort as the rows of the report do. */
static struct month *month_at(GTree *months, int64_t organization_key, const char *organization_id,
                              const char *name, const char *currency)
{
    g_autofree char *key = g_strdup_printf("%s %s %s", organization_id, name, currency);
    struct month *month = g_tree_lookup(months, key);

    if (month)
        return month;
    month = g_new0(struct month, 1);
    month->organization_key = organization_key;
    g_strlcpy(month->month, name, sizeof month->month);
    g_strlcpy(month->currency, currency, sizeof month->currency);
    month->numbers = g_string_new(NULL);
    g_tree_insert(months, g_steal_pointer(&key), month);
    return month;
}

static gboolean load_usage(struct db *db, GTree *months, GError **error)
{
    struct statement *rows = statement_get(db, "wallet_invoiced_usage", error);
    enum row_status status = FAILED;

    while (rows && (status = statement_step(rows, error)) == ROW)
        month_at(months, statement_int(rows, USAGE_KEY), statement_text(rows, USAGE_ORGANIZATION),
                 statement_text(rows, USAGE_MONTH), statement_text(rows, USAGE_CURRENCY))
            ->usage_nanos = statement_int(rows, USAGE_NANOS);
    return status == END;
}

static enum basis month_of(struct month_reader *reader, struct statement *row, char out[MONTH_LEN])
{
    gboolean is_issued = !statement_is_null(row, ISSUED_ON);

    if (month_find(reader, statement_text(row, DESCRIPTION), out))
        return DESCRIBED;
    month_before(statement_text(row, is_issued ? ISSUED_ON : PAID_ON), out);
    return is_issued ? ISSUED : PAID;
}

static gboolean load_invoices(struct db *db, GTree *months, GError **error)
{
    g_autoptr(MonthReader) reader = month_reader_new(error);
    struct statement *rows = reader ? statement_get(db, "wallet_invoices", error) : NULL;
    enum row_status status = FAILED;

    while (rows && (status = statement_step(rows, error)) == ROW) {
        char name[MONTH_LEN];
        enum basis basis = month_of(reader, rows, name);
        struct month *month =
            month_at(months, statement_int(rows, ORGANIZATION_KEY),
                     statement_text(rows, ORGANIZATION), name, statement_text(rows, CURRENCY));

        month->bases |= 1U << basis;
        g_string_append_printf(month->numbers, "%s%s", month->numbers->len ? ", " : "",
                               statement_text(rows, REFERENCE));
        if (!money_add(&month->invoiced_nanos, statement_int(rows, INVOICED), error) ||
            !money_add(&month->tax_nanos, statement_int(rows, TAX), error)) {
            statement_reset(rows);
            return FALSE;
        }
    }
    return status == END;
}

static gboolean month_write(struct db *db, const struct month *month, GError **error)
{
    struct statement *insert = statement_get(db, "wallet_invoiced_insert", error);
    g_autoptr(GString) bases = g_string_new(NULL);

    if (!insert)
        return FALSE;
    for (int basis = DESCRIBED; basis < BASES; basis++)
        if (month->bases & 1U << basis)
            g_string_append_printf(bases, "%s%s", bases->len ? ", " : "", basis_names[basis]);
    statement_bind_int(insert, "organization_key", month->organization_key);
    statement_bind_text(insert, "month", month->month);
    statement_bind_text(insert, "currency", month->currency);
    statement_bind_int(insert, "usage_nanos", month->usage_nanos);
    statement_bind_int(insert, "invoiced_nanos", month->invoiced_nanos);
    statement_bind_int(insert, "tax_nanos", month->tax_nanos);
    statement_bind_text(insert, "invoice_numbers", month->numbers->str);
    statement_bind_text(insert, "basis", bases->str);
    return statement_execute(insert, error);
}

struct writing {
    struct db *db;
    GError **error;
    gboolean ok;
};

static gboolean write_next(gpointer key, gpointer value, gpointer data)
{
    struct writing *writing = data;

    (void)key;
    writing->ok = month_write(writing->db, value, writing->error);
    return !writing->ok;
}

static gint compare_keys(gconstpointer a, gconstpointer b, gpointer data)
{
    (void)data;
    return strcmp(a, b);
}

gboolean invoice_read(struct db *db, GError **error)
{
    g_autoptr(GTree) months = g_tree_new_full(compare_keys, NULL, g_free, month_free);
    struct writing writing = {db, error, TRUE};

    if (!load_usage(db, months, error) || !load_invoices(db, months, error))
        return FALSE;
    g_tree_foreach(months, write_next, &writing);
    return writing.ok;
}
