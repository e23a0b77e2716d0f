/*
 * evidence.c - each paid grant stands for one API top-up of its amount: of the same month, or of
 * the next one where it is dated the last day of a month, because the console dates grants back.
 *
 * A top-up's grant lies between the last day of the month before and the last of its own: both
 * ends move with the top-up's time, so that giving each top-up, in order of time, the earliest
 * grant left explains as many as any other choice would.
 */
#include "match/evidence.h"
#include "core/exception.h"
#include "match/sentence.h"

struct grant {
    int64_t file_id, line, organization_key, amount_nanos;
    const char *granted_on, *currency, *reference; /* interned with the facts */
    gboolean is_used;
};

static const char *text_of(struct facts *facts, struct statement *row, int column)
{
    return g_string_chunk_insert_const(facts->texts, statement_text(row, column));
}

static void grant_read(struct facts *facts, GArray *grants, struct statement *row)
{
    struct grant grant = {
        .file_id = statement_int(row, 0),
        .line = statement_int(row, 1),
        .organization_key = statement_int(row, 2),
        .reference = text_of(facts, row, 3),
        .granted_on = text_of(facts, row, 4),
        .amount_nanos = statement_int(row, 5),
        .currency = text_of(facts, row, 6),
    };

    if (!*grant.reference)
        grant.reference = text_of(facts, row, 7);
    g_array_append_val(grants, grant);
}

static GArray *grants_load(struct facts *facts, GError **error)
{
    g_autoptr(GArray) grants = g_array_new(FALSE, FALSE, sizeof(struct grant));
    struct statement *rows = statement_get(facts->db, "match_paid_grants", error);
    enum row_status status = FAILED;

    while (rows && (status = statement_step(rows, error)) == ROW)
        grant_read(facts, grants, rows);
    if (rows)
        statement_reset(rows);
    return status == END ? g_steal_pointer(&grants) : NULL;
}

/* The last day of the month before a top-up's, and the first of the month after. */
static void evidence_window(const struct topup *topup, char from_on[11], char until_on[11])
{
    int year, month, day;

    day_to_civil(day_from_instant(topup->paid_at), &year, &month, &day);
    day_format(day_from_civil(year, month, 1) - 1, from_on);
    day_format(month == 12 ? day_from_civil(year + 1, 1, 1) : day_from_civil(year, month + 1, 1),
               until_on);
}

/* One organization's grants, by day: a slice of all. */
struct table {
    struct grant *grants;
    guint count;
};

/* The first grant of a table that is not before a day. */
static guint grant_from(const struct table *table, const char *day)
{
    guint low = 0, high = table->count;

    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (strcmp(table->grants[middle].granted_on, day) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Marks the grant that stands for a top-up as used; FALSE when none is left. */
static gboolean grant_take(const struct table *table, const struct topup *topup)
{
    char from_on[11], until_on[11];

    evidence_window(topup, from_on, until_on);
    for (guint i = grant_from(table, from_on); i < table->count; i++) {
        struct grant *grant = &table->grants[i];

        if (strcmp(grant->granted_on, until_on) >= 0)
            break;
        if (!grant->is_used &&
            cents_round(grant->amount_nanos) == cents_round(topup->credit_nanos) &&
            g_str_equal(grant->currency, topup->credit_currency)) {
            grant->is_used = TRUE;
            return TRUE;
        }
    }
    return FALSE;
}

/* Whether a grant table reaches over a top-up's month. */
static gboolean month_is_covered(const struct table *table, const struct topup *topup)
{
    return table->count > 0 && strncmp(table->grants[0].granted_on, topup->paid_on, 7) <= 0 &&
           strncmp(table->grants[table->count - 1].granted_on, topup->paid_on, 7) >= 0;
}

/* The grants of one organization, which stand together. */
static struct table table_find(GArray *grants, int64_t organization_key)
{
    struct table table = {NULL, 0};

    for (guint i = 0; i < grants->len; i++) {
        struct grant *grant = &g_array_index(grants, struct grant, i);

        if (grant->organization_key != organization_key)
            continue;
        if (!table.grants)
            table.grants = grant;
        table.count++;
    }
    return table;
}

static gboolean credit_raise(struct facts *facts, const struct topup *topup, GError **error)
{
    g_autofree char *credit = sentence_money(topup->credit_nanos, topup->credit_currency);
    g_autofree char *explanation = g_strdup_printf(
        "The console's paid grants cover %.7s, but none of %s stands for this payment.",
        topup->paid_on, credit);
    const struct exception exception = {
        .room = "match",
        .code = NO_GRANT_FOR_TOPUP,
        .organization_key = topup->organization_key,
        .dated_on = topup->paid_on,
        .amount_nanos = ABS(topup->credit_nanos),
        .currency = topup->credit_currency,
        .reference = topup->reference,
        .file_id = topup->file_id,
        .line = topup->line,
        .explanation = explanation,
        .subject = topup->id,
    };

    return exception_add(facts->db, &exception, error);
}

static gboolean grant_raise(struct facts *facts, const struct grant *grant, GError **error)
{
    g_autofree char *amount = sentence_money(grant->amount_nanos, grant->currency);
    g_autofree char *explanation = g_strdup_printf(
        "The console shows a paid grant of %s on %s, but no payment of that credit stands for it.",
        amount, grant->granted_on);
    const struct exception exception = {
        .room = "match",
        .code = NO_TOPUP_FOR_GRANT,
        .organization_key = grant->organization_key,
        .dated_on = grant->granted_on,
        .amount_nanos = ABS(grant->amount_nanos),
        .currency = grant->currency,
        .reference = grant->reference,
        .file_id = grant->file_id,
        .line = grant->line,
        .explanation = explanation,
    };

    return exception_add(facts->db, &exception, error);
}

gboolean evidence_read(struct facts *facts, GError **error)
{
    g_autoptr(GArray) grants = grants_load(facts, error);
    struct table table = {NULL, 0};
    int64_t organization_key = 0;

    if (!grants)
        return FALSE;
    for (guint i = 0; grants->len > 0 && i < facts->topups->len; i++) {
        const struct topup *topup = facts_topup(facts, i);

        if (i == 0 || topup->organization_key != organization_key) /* they stand by organization */
            table = table_find(grants, organization_key = topup->organization_key);
        if (topup->status == PAYMENT_DUE && g_str_equal(topup->wallet, "api") &&
            !grant_take(&table, topup) && month_is_covered(&table, topup) &&
            !credit_raise(facts, topup, error))
            return FALSE;
    }
    for (guint i = 0; i < grants->len; i++) {
        const struct grant *grant = &g_array_index(grants, struct grant, i);

        if (!grant->is_used && !grant_raise(facts, grant, error))
            return FALSE;
    }
    return TRUE;
}
