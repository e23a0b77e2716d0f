/* derive_cost_coverage.c - the runs of days that cost exports cover, and the days between and
 * beside them. */
#include "core/exception.h"
#include "core/instant.h"
#include "import/derive_cost.h"

struct run {
    int64_t organization_key;
    int32_t from, until; /* inclusive */
};

static gboolean read_day(struct statement *statement, int column, int32_t *out, GError **error)
{
    return day_parse(out, statement_text(statement, column), statement_text_len(statement, column),
                     error);
}

/* Snapshots come ordered by organization and first day: a run ends where the next one does not
 * touch it. */
static gboolean read_runs(struct db *db, GArray *runs, GError **error)
{
    struct statement *spans = statement_get(db, "derive_cost_spans", error);
    enum row_status status;

    if (!spans)
        return FALSE;
    while ((status = statement_step(spans, error)) == ROW) {
        struct run *last = runs->len ? &g_array_index(runs, struct run, runs->len - 1) : NULL;
        struct run run = {.organization_key = statement_int(spans, 0)};

        if (!read_day(spans, 1, &run.from, error) || !read_day(spans, 2, &run.until, error)) {
            statement_reset(spans);
            return FALSE;
        }
        if (last && last->organization_key == run.organization_key && run.from <= last->until + 1)
            last->until = MAX(last->until, run.until);
        else
            g_array_append_val(runs, run);
    }
    statement_reset(spans);
    return status == END;
}

gboolean derive_cost_coverage(struct db *db, GError **error)
{
    g_autoptr(GArray) runs = g_array_new(FALSE, FALSE, sizeof(struct run));

    if (!read_runs(db, runs, error))
        return FALSE;
    for (guint i = 0; i < runs->len; i++) {
        const struct run *run = &g_array_index(runs, struct run, i);
        struct statement *insert = statement_get(db, "derive_cost_coverage_insert", error);
        char from[11], until[11];

        if (!insert)
            return FALSE;
        day_format(run->from, from);
        day_format(run->until, until);
        statement_bind_int(insert, "organization_key", run->organization_key);
        statement_bind_text(insert, "from_day", from);
        statement_bind_text(insert, "until_day", until);
        if (!statement_execute(insert, error))
            return FALSE;
    }
    return TRUE;
}

/* The day after (or before) one that the ledger holds. */
static gboolean neighbour(struct statement *gaps, int column, int32_t step, char out[11],
                          GError **error)
{
    int32_t day;

    if (!read_day(gaps, column, &day, error))
        return FALSE;
    day_format(day + step, out);
    return TRUE;
}

enum gap_column { ORGANIZATION, PREVIOUS_UNTIL, NEXT_FROM, FIRST_DAY, LAST_DAY, DAY_COUNT };

static char *describe_usage(struct statement *gaps)
{
    const char *first = statement_text(gaps, FIRST_DAY), *last = statement_text(gaps, LAST_DAY);
    int64_t count = statement_int(gaps, DAY_COUNT);

    if (count == 1)
        return g_strdup_printf("was seen on %s", first);
    return g_strdup_printf("was seen on %" G_GINT64_FORMAT " days from %s to %s", count, first,
                           last);
}

static gboolean report_gap(struct db *db, struct statement *gaps, GError **error)
{
    gboolean is_between =
        !statement_is_null(gaps, PREVIOUS_UNTIL) && !statement_is_null(gaps, NEXT_FROM);
    g_autofree char *usage = statement_int(gaps, DAY_COUNT) ? describe_usage(gaps) : NULL;
    g_autofree char *explanation = NULL;
    char from[11] = "", until[11] = "";
    struct exception exception = {
        .room = "import",
        .code = COVERAGE_GAP,
        .organization_key = statement_int(gaps, ORGANIZATION),
        .currency = "",
        .reference = "",
    };

    if (is_between) {
        if (!neighbour(gaps, PREVIOUS_UNTIL, 1, from, error) ||
            !neighbour(gaps, NEXT_FROM, -1, until, error))
            return FALSE;
        explanation = g_strdup_printf(
            "No cost export covers %s to %s%s%s, though exports before and after do.", from, until,
            usage ? ", where usage " : "", usage ? usage : "");
        exception.dated_on = from;
    } else {
        explanation = g_strdup_printf("Usage %s, but no cost export covers %s.", usage,
                                      statement_int(gaps, DAY_COUNT) == 1 ? "it" : "them");
        exception.dated_on = statement_text(gaps, FIRST_DAY);
    }
    exception.explanation = explanation;
    return exception_add(db, &exception, error);
}

gboolean derive_cost_report_gaps(struct db *db, GError **error)
{
    struct statement *gaps = statement_get(db, "derive_cost_gaps", error);
    enum row_status status;

    if (!gaps)
        return FALSE;
    while ((status = statement_step(gaps, error)) == ROW) {
        if (!report_gap(db, gaps, error)) {
            statement_reset(gaps);
            return FALSE;
        }
    }
    statement_reset(gaps);
    return status == END;
}
