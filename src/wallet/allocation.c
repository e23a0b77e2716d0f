/* allocation.c - splits what is paid beside usage over the projects that used the credit. */
#include "wallet/allocation.h"
#include "core/money.h"

/* The columns of wallet_allocation_totals. */
enum { POLICY, ORGANIZATION_KEY, MONTH, KIND, CURRENCY, USE_CURRENCY, AMOUNT };

/* The columns of wallet_allocation_use and wallet_allocation_trailing. */
enum { PROJECT_KEY, COST, BASIS };

/* What a month's sums are split by. */
struct use {
    int64_t organization_key; /* 0: none yet, which no organization has */
    char month[8], currency[4];
    GArray *projects; /* int64_t: project_key, 0 for cost without one */
    GArray *weights;  /* int64_t: cost, never below zero */
    char basis[40];
};

void allocation_split(int64_t *parts, int64_t nanos, const char *currency, const int64_t *weights,
                      gsize count)
{
    int64_t unit = NANOS_PER_UNIT;
    gsize greatest = 0;

    for (int i = currency_decimals(currency); i > 0 && unit > 1; i--)
        unit /= 10;
    money_split(parts, nanos / unit, weights, count);
    for (gsize i = 0; i < count; i++) {
        parts[i] *= unit;
        if (weights[i] > weights[greatest])
            greatest = i;
    }
    parts[greatest] += nanos % unit;
}

/* Reads who used how much. FALSE as well when nobody used anything: then error is not set. */
static gboolean use_read(struct use *use, struct db *db, const char *statement, GError **error)
{
    struct statement *rows = statement_get(db, statement, error);
    enum row_status status = FAILED;
    gboolean is_any = FALSE;

    g_array_set_size(use->projects, 0);
    g_array_set_size(use->weights, 0);
    if (!rows)
        return FALSE;
    statement_bind_int(rows, "organization_key", use->organization_key);
    statement_bind_text(rows, "currency", use->currency);
    statement_bind_text(rows, "month", use->month);
    while ((status = statement_step(rows, error)) == ROW) {
        int64_t project = statement_int(rows, PROJECT_KEY); /* 0 of null */
        int64_t weight = MAX(0, statement_int(rows, COST));

        is_any |= weight > 0;
        g_array_append_val(use->projects, project);
        g_array_append_val(use->weights, weight);
        g_strlcpy(use->basis, statement_text(rows, BASIS), sizeof use->basis);
    }
    return status == END && is_any;
}

/* The month's use, else that of the days before its end, else nothing. */
static gboolean use_load(struct use *use, struct db *db, struct statement *total, GError **error)
{
    g_autoptr(GError) failure = NULL;

    use->organization_key = statement_int(total, ORGANIZATION_KEY);
    g_strlcpy(use->month, statement_text(total, MONTH), sizeof use->month);
    g_strlcpy(use->currency, statement_text(total, USE_CURRENCY), sizeof use->currency);
    if (use_read(use, db, "wallet_allocation_use", &failure) ||
        (!failure && use_read(use, db, "wallet_allocation_trailing", &failure)))
        return TRUE;
    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    g_strlcpy(use->basis, "unallocated", sizeof use->basis);
    g_array_set_size(use->projects, 0);
    g_array_set_size(use->weights, 0);
    return TRUE;
}

static gboolean is_used_by(const struct use *use, struct statement *total)
{
    return use->organization_key == statement_int(total, ORGANIZATION_KEY) &&
           g_str_equal(use->month, statement_text(total, MONTH)) &&
           g_str_equal(use->currency, statement_text(total, USE_CURRENCY));
}

static gboolean part_write(struct db *db, struct statement *total, int64_t project_key,
                           int64_t nanos, const char *basis, GError **error)
{
    struct statement *insert = statement_get(db, "wallet_allocation_insert", error);

    if (!insert)
        return FALSE;
    statement_bind_text(insert, "policy", statement_text(total, POLICY));
    statement_bind_int(insert, "organization_key", statement_int(total, ORGANIZATION_KEY));
    statement_bind_text(insert, "month", statement_text(total, MONTH));
    statement_bind_text(insert, "kind", statement_text(total, KIND));
    statement_bind_text(insert, "currency", statement_text(total, CURRENCY));
    statement_bind_text(insert, "use_currency", statement_text(total, USE_CURRENCY));
    statement_bind_key(insert, "project_key", project_key);
    statement_bind_int(insert, "amount_nanos", nanos);
    statement_bind_text(insert, "basis", basis);
    return statement_execute(insert, error);
}

static gboolean total_allocate(struct db *db, struct statement *total, const struct use *use,
                               GError **error)
{
    gsize count = use->weights->len;
    int64_t nanos = statement_int(total, AMOUNT);
    g_autofree int64_t *parts = g_new0(int64_t, count);

    if (count == 0)
        return part_write(db, total, 0, nanos, use->basis, error);
    allocation_split(parts, nanos, statement_text(total, CURRENCY), (int64_t *)use->weights->data,
                     count);
    for (gsize i = 0; i < count; i++)
        if (parts[i] != 0 && !part_write(db, total, g_array_index(use->projects, int64_t, i),
                                         parts[i], use->basis, error))
            return FALSE;
    return TRUE;
}

gboolean allocation_read(struct db *db, GError **error)
{
    struct statement *totals = statement_get(db, "wallet_allocation_totals", error);
    g_autoptr(GArray) projects = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_autoptr(GArray) weights = g_array_new(FALSE, FALSE, sizeof(int64_t));
    struct use use = {.projects = projects, .weights = weights};
    enum row_status status = FAILED;

    while (totals && (status = statement_step(totals, error)) == ROW)
        if ((!is_used_by(&use, totals) && !use_load(&use, db, totals, error)) ||
            !total_allocate(db, totals, &use, error)) {
            statement_reset(totals);
            return FALSE;
        }
    return status == END;
}
