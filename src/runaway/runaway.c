/*
 * runaway.c - judges every project's days and writes the episodes down.
 *
 * A project is followed from its first day with cost to the last day that its organization's
 * exports cover; a covered day without cost cost nothing, a day that no export covers is not known.
 */
#include "runaway/runaway.h"
#include "core/exception.h"
#include "core/instant.h"
#include "core/money.h"
#include "runaway/spike.h"

/* A run of covered days. */
struct span {
    int64_t organization_key;
    int32_t from, until;
};

struct cost {
    int32_t day;
    int64_t nanos;
    gboolean is_provisional;
};

/* One project in one organization and currency. */
struct follow {
    int64_t organization_key, project_key;
    char currency[4];
    GArray *costs; /* struct cost, by day */
};

struct work {
    struct db *db;
    struct spike_threshold threshold;
    GArray *spans; /* struct span, by organization and day */
};

/* The columns of runaway_costs. */
enum { ORGANIZATION_KEY, PROJECT_KEY, CURRENCY, DAY, COST, IS_PROVISIONAL };

static gboolean load_spans(struct work *work, GError **error)
{
    struct statement *row = statement_get(work->db, "runaway_coverage", error);
    enum row_status status = FAILED;

    while (row && (status = statement_step(row, error)) == ROW) {
        struct span span = {statement_int(row, 0), (int32_t)statement_int(row, 1),
                            (int32_t)statement_int(row, 2)};

        g_array_append_val(work->spans, span);
    }
    return status == END;
}

static int32_t last_day(const struct work *work, const struct follow *follow)
{
    int32_t last = g_array_index(follow->costs, struct cost, follow->costs->len - 1).day;

    for (guint i = 0; i < work->spans->len; i++) {
        const struct span *span = &g_array_index(work->spans, struct span, i);

        if (span->organization_key == follow->organization_key)
            last = MAX(last, span->until);
    }
    return last;
}

static struct spike_day *series_of(const struct work *work, const struct follow *follow,
                                   guint *count)
{
    int32_t first = g_array_index(follow->costs, struct cost, 0).day;
    int32_t last = last_day(work, follow);
    struct spike_day *days = g_new0(struct spike_day, last - first + 1);

    *count = (guint)(last - first + 1);
    for (guint i = 0; i < work->spans->len; i++) {
        const struct span *span = &g_array_index(work->spans, struct span, i);

        if (span->organization_key != follow->organization_key)
            continue;
        for (int32_t day = MAX(span->from, first); day <= span->until; day++)
            days[day - first].is_known = TRUE;
    }
    for (guint i = 0; i < follow->costs->len; i++) {
        const struct cost *cost = &g_array_index(follow->costs, struct cost, i);

        days[cost->day - first].is_known = TRUE;
        days[cost->day - first].nanos += cost->nanos;
    }
    return days;
}

static char *explain(const struct follow *follow, const struct spike_day *days,
                     const struct spike *spike, const char *from)
{
    g_autofree char *first = money_format_cents(days[spike->from].nanos);
    g_autofree char *baseline = money_format_cents(spike->baseline_nanos);
    g_autofree char *excess = money_format_cents(spike->excess_nanos);
    g_autofree char *highest = money_format_cents(spike->highest_nanos);
    g_autofree char *z = NULL;

    if (spike->z_tenths >= 0)
        z = g_strdup_printf("modified z %" G_GINT64_FORMAT ".%d", spike->z_tenths / 10,
                            (int)(spike->z_tenths % 10));
    return g_strdup_printf("%s %s on %s against a median of %s a day over the %u days before (%s); "
                           "%s above it in %u day%s, the highest %s.",
                           first, follow->currency, from, baseline, spike->baseline_days,
                           z ? z : "which were all alike", excess, spike->until - spike->from + 1,
                           spike->until > spike->from ? "s" : "", highest);
}

static gboolean is_provisional(const struct follow *follow, int32_t from, int32_t until)
{
    for (guint i = 0; i < follow->costs->len; i++) {
        const struct cost *cost = &g_array_index(follow->costs, struct cost, i);

        if (cost->is_provisional && cost->day >= from && cost->day <= until)
            return TRUE;
    }
    return FALSE;
}

static gboolean store(const struct work *work, const struct follow *follow,
                      const struct spike_day *days, const struct spike *spike, GError **error)
{
    struct statement *row = statement_get(work->db, "runaway_insert", error);
    int32_t first = g_array_index(follow->costs, struct cost, 0).day;
    char from[11], until[11];
    g_autofree char *explanation = NULL;
    struct exception exception;

    if (!row)
        return FALSE;
    day_format(first + (int32_t)spike->from, from);
    day_format(first + (int32_t)spike->until, until);
    explanation = explain(follow, days, spike, from);
    statement_bind_int(row, "organization_key", follow->organization_key);
    statement_bind_int(row, "project_key", follow->project_key);
    statement_bind_text(row, "currency", follow->currency);
    statement_bind_text(row, "from_on", from);
    statement_bind_text(row, "until_on", until);
    statement_bind_text(row, "rules", "spike");
    statement_bind_int(row, "excess_nanos", spike->excess_nanos);
    statement_bind_int(row, "baseline_nanos", spike->baseline_nanos);
    statement_bind_int(
        row, "is_provisional",
        is_provisional(follow, first + (int32_t)spike->from, first + (int32_t)spike->until));
    statement_bind_text(row, "explanation", explanation);
    exception = (struct exception){.room = "runaway",
                                   .code = RUNAWAY,
                                   .organization_key = follow->organization_key,
                                   .project_key = follow->project_key,
                                   .dated_on = from,
                                   .amount_nanos = MAX(0, spike->excess_nanos),
                                   .currency = follow->currency,
                                   .reference = "",
                                   .explanation = explanation};
    return statement_execute(row, error) && exception_add(work->db, &exception, error);
}

static gboolean judge(const struct work *work, struct follow *follow, GError **error)
{
    g_autofree struct spike_day *days = NULL;
    g_autoptr(GArray) spikes = NULL;
    guint count;

    if (follow->costs->len == 0)
        return TRUE;
    days = series_of(work, follow, &count);
    spikes = spike_find(days, count, &work->threshold);
    for (guint i = 0; i < spikes->len; i++)
        if (!store(work, follow, days, &g_array_index(spikes, struct spike, i), error))
            return FALSE;
    g_array_set_size(follow->costs, 0);
    return TRUE;
}

static gboolean is_same(const struct follow *follow, struct statement *row)
{
    return follow->organization_key == statement_int(row, ORGANIZATION_KEY) &&
           follow->project_key == statement_int(row, PROJECT_KEY) &&
           strcmp(follow->currency, statement_text(row, CURRENCY)) == 0;
}

static gboolean judge_all(const struct work *work, struct follow *follow, GError **error)
{
    struct statement *row = statement_get(work->db, "runaway_costs", error);
    enum row_status status = FAILED;

    while (row && (status = statement_step(row, error)) == ROW) {
        struct cost cost = {(int32_t)statement_int(row, DAY), statement_int(row, COST),
                            statement_int(row, IS_PROVISIONAL) != 0};

        if (!is_same(follow, row)) {
            if (!judge(work, follow, error)) {
                statement_reset(row);
                return FALSE;
            }
            follow->organization_key = statement_int(row, ORGANIZATION_KEY);
            follow->project_key = statement_int(row, PROJECT_KEY);
            g_strlcpy(follow->currency, statement_text(row, CURRENCY), sizeof follow->currency);
        }
        g_array_append_val(follow->costs, cost);
    }
    return status == END && judge(work, follow, error);
}

gboolean runaway_run(struct db *db, GError **error)
{
    struct work work = {.db = db};
    struct follow follow = {0};
    gboolean ran;

    if (!threshold_read(&work.threshold, error) || !db_run(db, "runaway_clear", error) ||
        !exception_clear(db, "runaway", error))
        return FALSE;
    work.spans = g_array_new(FALSE, FALSE, sizeof(struct span));
    follow.costs = g_array_new(FALSE, FALSE, sizeof(struct cost));
    ran = load_spans(&work, error) && judge_all(&work, &follow, error);
    g_array_unref(follow.costs);
    g_array_unref(work.spans);
    return ran;
}
