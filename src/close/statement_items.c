/* statement_items.c - the parts of a statement that count things: top-ups, timing, exceptions,
 * files. */
#include "close/lines.h"
#include "close/statement.h"
#include "core/money.h"
#include "core/text.h"

/* One line of a count by name and currency. */
struct tally {
    char *name;
    char currency[4];
    int64_t count, nanos;
    int64_t ages[4]; /* 0-30, 31-60, 61-90, >90 days */
};

static void tally_clear(struct tally *tally)
{
    g_free(tally->name);
}

static GArray *tallies_new(void)
{
    GArray *tallies = g_array_new(FALSE, TRUE, sizeof(struct tally));

    g_array_set_clear_func(tallies, (GDestroyNotify)tally_clear);
    return tallies;
}

static struct tally *tally_find(GArray *tallies, const char *name, const char *currency)
{
    struct tally fresh = {0};

    for (guint i = 0; i < tallies->len; i++) {
        struct tally *tally = &g_array_index(tallies, struct tally, i);

        if (strcmp(tally->name, name) == 0 && strcmp(tally->currency, currency) == 0)
            return tally;
    }
    fresh.name = g_strdup(name);
    g_strlcpy(fresh.currency, currency, sizeof fresh.currency);
    g_array_append_val(tallies, fresh);
    return &g_array_index(tallies, struct tally, tallies->len - 1);
}

static gint tally_compare(gconstpointer a, gconstpointer b)
{
    const struct tally *one = a, *other = b;
    int order = strcmp(one->name, other->name);

    return order ? order : strcmp(one->currency, other->currency);
}

/* "top-up of 75.00 USD, paid 2026-10-31 (AAAAAAAA-0004)" */
static void append_payment(GString *out, const struct payment *payment)
{
    g_autofree char *credit = money_format_grouped(payment->credit_nanos, 2);
    g_autofree char *text = g_strdup_printf(
        "%s: %s of %s %s, paid %s", *payment->state ? payment->state : payment->status,
        payment->reference, credit, payment->credit_currency, payment->paid_on);

    lines_wrapped(out, "    ", text);
}

gboolean statement_topups(const struct subject *subject, GString *out, GError **error)
{
    g_autoptr(GArray) tallies = tallies_new();

    lines_section(out, "Top-ups by state");
    for (guint i = 0; i < subject->payments->len; i++) {
        const struct payment *payment = g_ptr_array_index(subject->payments, i);
        g_autofree char *name = payment_is_due(payment) && *payment->state
                                    ? g_strdup_printf("%s, %s", payment->status, payment->state)
                                    : g_strdup(payment->status);
        struct tally *tally = tally_find(tallies, name, payment->credit_currency);

        tally->count++;
        if (!money_add(&tally->nanos, payment->credit_nanos, error))
            return FALSE;
    }
    g_array_sort(tallies, tally_compare);
    for (guint i = 0; i < tallies->len; i++) {
        const struct tally *tally = &g_array_index(tallies, struct tally, i);
        g_autofree char *count = /* the number below the number, whether an s follows or not */
            g_strdup_printf("%" G_GINT64_FORMAT " top-up%s", (gint64)tally->count,
                            tally->count == 1 ? " " : "s");
        g_autofree char *amount = money_format_grouped(tally->nanos, 2);
        g_autofree char *cell = g_strdup_printf("%s %s", amount, tally->currency);

        lines_cells(out, tally->name, 34, count, cell, NULL);
    }
    for (guint i = 0; i < subject->payments->len; i++) {
        const struct payment *payment = g_ptr_array_index(subject->payments, i);

        if (payment_is_due(payment) && !payment_is_tied(payment))
            append_payment(out, payment);
    }
    if (tallies->len == 0)
        g_string_append(out, "  none\n");
    return TRUE;
}

gboolean statement_timing(const struct subject *subject, GString *out, GError **error)
{
    struct statement *row = statement_get(subject->db, "close_timing", error);
    enum row_status status;
    guint count = 0;

    if (!row)
        return FALSE;
    statement_bind_text(row, "organization_id", subject->organization_id);
    lines_section(out, "Timing differences");
    while ((status = statement_step(row, error)) == ROW) {
        const char *paid_on = statement_text(row, 2);
        const gboolean is_ours = g_str_has_prefix(paid_on, subject->month->text);
        g_autofree char *total = money_format_grouped(statement_int(row, 3), 2);
        g_autofree char *text =
            g_strdup_printf("%s of %s %s, paid %s, charged %s", statement_text(row, 1), total,
                            statement_text(row, 4), paid_on, statement_text(row, 5));

        lines_wrapped(out, is_ours ? "  to the next month    " : "  from a month before  ", text);
        count++;
    }
    statement_reset(row);
    if (count == 0)
        g_string_append(out, "  none\n");
    return status == END;
}

static int age_bucket(int64_t days)
{
    return days <= 30 ? 0 : days <= 60 ? 1 : days <= 90 ? 2 : 3;
}

/* Counts by age, and the sum of money that they are about. */
static void append_tally(GString *out, const struct tally *tally)
{
    g_autofree char *amount = money_format_grouped(tally->nanos, 2);
    g_autofree char *cell = g_strdup_printf("%s %s", amount, tally->currency);

    g_string_append(out, "  ");
    lines_padded(out, tally->name, 34);
    for (int i = 0; i < 4; i++)
        g_string_append_printf(out, " %6" G_GINT64_FORMAT, tally->ages[i]);
    g_string_append_printf(out, " %24s\n", cell);
}

/* The open exceptions of nobody are in no organization's list: they are told of beside it. */
static gboolean append_unassigned(const struct subject *subject, GString *out, GError **error)
{
    struct statement *row = statement_get(subject->db, "close_exceptions", error);
    enum row_status status;
    guint count = 0;

    if (!row)
        return FALSE;
    statement_bind_int(row, "organization_key", 0);
    statement_bind_text(row, "last", subject->month->last);
    while ((status = statement_step(row, error)) == ROW)
        count++;
    statement_reset(row);
    if (count > 0) {
        g_autofree char *exceptions = text_count(count, "exception");
        g_autofree char *text = g_strdup_printf(
            "The ledger has %s besides that belong to no organization.", exceptions);

        lines_wrapped(out, "  ", text);
    }
    return status == END;
}

gboolean statement_exceptions(const struct subject *subject, GString *out, GError **error)
{
    g_autoptr(GArray) tallies = tallies_new(); /* gravest first, as the rows come */
    g_autofree char *title =
        g_strdup_printf("Open exceptions by age in days on %s", subject->month->last);

    lines_section(out, title);
    for (guint i = 0; i < subject->exceptions->len; i++) {
        const struct open_exception *exception = g_ptr_array_index(subject->exceptions, i);
        g_autofree char *name = g_strdup_printf("%s (%s)", exception->code, exception->severity);
        struct tally *tally = tally_find(tallies, name, exception->currency);

        tally->ages[age_bucket(exception->age_days)]++;
        if (!money_add(&tally->nanos, exception->amount_nanos, error))
            return FALSE;
    }
    if (tallies->len == 0)
        g_string_append(out, "  none\n");
    else
        g_string_append_printf(out, "  %-34s %6s %6s %6s %6s %24s\n", "", "0-30", "31-60", "61-90",
                               ">90", "amount");
    for (guint i = 0; i < tallies->len; i++)
        append_tally(out, &g_array_index(tallies, struct tally, i));
    return append_unassigned(subject, out, error);
}

static gboolean append_assumptions(const struct subject *subject, const struct source_file *source,
                                   GString *out, GError **error)
{
    struct statement *row = statement_get(subject->db, "close_assumptions", error);
    enum row_status status;

    if (!row)
        return FALSE;
    statement_bind_int(row, "file_id", source->file_id);
    while ((status = statement_step(row, error)) == ROW) {
        g_autofree char *text = g_strdup_printf("assumed: %s", statement_text(row, 0));

        lines_wrapped(out, "    ", text);
    }
    statement_reset(row);
    return status == END;
}

gboolean statement_sources(const struct subject *subject, GString *out, GError **error)
{
    static const char *const states[] = {
        [SOURCE_UNCHANGED] = "", [SOURCE_MISSING] = " (missing)", [SOURCE_CHANGED] = " (changed)"};

    lines_section(out, "Sources, with their SHA-256");
    for (guint i = 0; i < subject->sources->len; i++) {
        const struct source_file *source = g_ptr_array_index(subject->sources, i);
        g_autofree char *name = g_strdup_printf("%s%s", source->name, states[source->state]);

        lines_wrapped(out, "  ", name);
        g_string_append_printf(out, "    %s\n", source->sha256);
        if (!append_assumptions(subject, source, out, error))
            return FALSE;
    }
    return TRUE;
}
