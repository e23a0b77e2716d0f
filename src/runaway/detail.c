/* detail.c - reads rows of cost and usage, and sums them by day and name. */
#include "runaway/detail.h"
#include "core/instant.h"
#include "runaway/measure.h"

#define WEEKS_BEFORE 28 /* days */
#define DAYS_BEFORE  7  /* without which nothing is usual */

static void parts_free(GArray *parts)
{
    if (!parts)
        return;
    for (guint i = 0; i < parts->len; i++)
        g_free(g_array_index(parts, struct part, i).name);
    g_array_unref(parts);
}

void details_free(struct detail *details, guint count)
{
    for (guint day = 0; details && day < count; day++) {
        parts_free(details[day].items);
        parts_free(details[day].keys);
    }
    g_free(details);
}

void details_add(GArray **parts, const char *name, int64_t amount)
{
    if (!*parts)
        *parts = g_array_new(FALSE, FALSE, sizeof(struct part));
    for (guint i = 0; i < (*parts)->len; i++) {
        struct part *part = &g_array_index(*parts, struct part, i);

        if (strcmp(part->name, name) == 0) {
            part->amount = narrow((int128)part->amount + amount);
            return;
        }
    }
    struct part part = {g_strdup(name), amount};
    g_array_append_val(*parts, part);
}

int64_t details_amount(const GArray *parts, const char *name)
{
    for (guint i = 0; parts && i < parts->len; i++) {
        const struct part *part = &g_array_index(parts, struct part, i);

        if (strcmp(part->name, name) == 0)
            return part->amount;
    }
    return 0;
}

/* Whether a day may be a finding by its shape: enough above what is usual. */
static gboolean is_candidate(const struct organization *organization, const struct project *project,
                             const struct threshold *threshold, guint day)
{
    const struct day *at = project_day(project, day);
    int128 above = (int128)at->nanos - project_usual(project, day);

    return at->is_known && above >= organization_floor(organization, threshold, day) &&
           is_times(at->nanos, threshold->of[SHAPE_GROWTH], project_usual(project, day));
}

/* The days to read; FALSE where none needs it. */
static gboolean range_of(const struct organization *organization, const struct project *project,
                         const struct threshold *threshold, guint *from, guint *until)
{
    gboolean is_found = FALSE;

    for (guint day = project->begin + DAYS_BEFORE; day < organization->count; day++) {
        if (!is_candidate(organization, project, threshold, day))
            continue;
        if (!is_found)
            *from = MAX(project->begin, day > WEEKS_BEFORE ? day - WEEKS_BEFORE : 0);
        *until = day;
        is_found = TRUE;
    }
    return is_found;
}

static struct statement *rows_of(struct db *db, const char *name,
                                 const struct organization *organization,
                                 const struct project *project, guint from, guint until,
                                 GError **error)
{
    struct statement *row = statement_get(db, name, error);
    char text[11];

    if (!row)
        return NULL;
    statement_bind_int(row, "project_key", project->key);
    day_format(organization->first + (int32_t)from, text);
    statement_bind_text(row, "from", text);
    day_format(organization->first + (int32_t)until, text);
    statement_bind_text(row, "until", text);
    return row;
}

static struct detail *detail_at(const struct organization *organization, struct project *project,
                                struct statement *row, GError **error)
{
    int32_t number;

    if (!day_parse(&number, statement_text(row, 0), statement_text_len(row, 0), error))
        return NULL;
    return &project->details[(guint)(number - organization->first) - project->begin];
}

static gboolean load_cost(struct statement *row, const struct organization *organization,
                          struct project *project, GError **error)
{
    enum row_status status = FAILED;

    while (row && (status = statement_step(row, error)) == ROW) {
        struct detail *detail = detail_at(organization, project, row, error);
        const char *item = statement_text(row, 1), *key = statement_text(row, 2);

        if (!detail)
            break;
        if (*item)
            details_add(&detail->items, item, statement_int(row, 3));
        if (*key)
            details_add(&detail->keys, key, statement_int(row, 3));
        detail->keys_are_money = detail->keys != NULL;
    }
    if (row)
        statement_reset(row);
    return status == END;
}

static gboolean load_usage(struct statement *row, const struct organization *organization,
                           struct project *project, GError **error)
{
    enum row_status status = FAILED;

    while (row && (status = statement_step(row, error)) == ROW) {
        struct detail *detail = detail_at(organization, project, row, error);
        int64_t hour = statement_int(row, 1);
        const char *key = statement_text(row, 2);

        if (!detail)
            break;
        detail->is_hourly = hour >= 0 && (!detail->is_known || detail->is_hourly);
        detail->is_known = TRUE;
        if (hour >= 0 && hour < HOURS)
            detail->requests[hour] += statement_int(row, 3);
        detail->input += statement_int(row, 4);
        detail->cached += statement_int(row, 5);
        detail->output += statement_int(row, 6);
        if (*key && !detail->keys_are_money)
            details_add(&detail->keys, key, statement_int(row, 4) + statement_int(row, 6));
    }
    if (row)
        statement_reset(row);
    return status == END;
}

gboolean details_load(struct db *db, const struct organization *organization,
                      struct project *project, const struct threshold *threshold, GError **error)
{
    guint from = 0, until = 0;
    struct statement *cost;

    if (!range_of(organization, project, threshold, &from, &until))
        return TRUE;
    project->details = g_new0(struct detail, organization->count - project->begin);
    cost = rows_of(db, "runaway_details_cost", organization, project, from, until, error);
    if (!cost)
        return FALSE;
    statement_bind_int(cost, "organization_key", organization->key);
    statement_bind_text(cost, "currency", organization->currency);
    return load_cost(cost, organization, project, error) &&
           load_usage(
               rows_of(db, "runaway_details_usage", organization, project, from, until, error),
               organization, project, error);
}
