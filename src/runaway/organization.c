/* organization.c - lays costs out by day, and takes what is usual of them. */
#include "runaway/organization.h"
#include "core/money.h"
#include "runaway/detail.h"
#include "runaway/measure.h"

#define USUAL_DAYS  28
#define USUAL_LEAST 7
#define MILLION     1000000

static void project_free(gpointer data)
{
    struct project *project = data;

    g_free(project->id);
    g_free(project->days);
    g_free(project->usual);
    g_free(project);
}

struct organization *organization_new(int64_t key, const char *id, const char *currency)
{
    struct organization *organization = g_new0(struct organization, 1);

    organization->key = key;
    organization->id = g_strdup(id);
    g_strlcpy(organization->currency, currency, sizeof organization->currency);
    organization->projects = g_ptr_array_new_with_free_func(project_free);
    return organization;
}

void organization_free(struct organization *organization)
{
    if (!organization)
        return;
    g_free(organization->id);
    g_free(organization->is_known);
    g_free(organization->total);
    g_free(organization->usual);
    g_free(organization->test_ppm);
    g_free(organization->usual_ppm);
    for (guint i = 0; i < organization->projects->len; i++) {
        struct project *project = g_ptr_array_index(organization->projects, i);

        if (project->details)
            details_free(project->details, organization->count - project->begin);
    }
    g_free(organization->balances);
    g_ptr_array_unref(organization->projects);
    g_free(organization);
}

guint organization_add(struct organization *organization, int64_t key, const char *id,
                       enum project_class class)
{
    struct project *project = g_new0(struct project, 1);

    project->key = key;
    project->id = g_strdup(id);
    project->class = class;
    project->begin = G_MAXUINT;
    g_ptr_array_add(organization->projects, project);
    return organization->projects->len - 1;
}

/* The known values of the last four weeks, kept in order. */
struct window {
    int64_t sorted[USUAL_DAYS + 1]; /* before the oldest is taken out */
    guint count;
};

static guint window_place(const struct window *window, int64_t value)
{
    guint low = 0, high = window->count;

    while (low < high) {
        guint middle = (low + high) / 2;

        if (window->sorted[middle] < value)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void window_add(struct window *window, int64_t value)
{
    guint at = window_place(window, value);

    memmove(&window->sorted[at + 1], &window->sorted[at],
            (window->count - at) * sizeof *window->sorted);
    window->sorted[at] = value;
    window->count++;
}

static void window_take(struct window *window, int64_t value)
{
    guint at = window_place(window, value);

    window->count--;
    memmove(&window->sorted[at], &window->sorted[at + 1],
            (window->count - at) * sizeof *window->sorted);
}

static int64_t window_median(const struct window *window)
{
    return narrow(
        half((int128)window->sorted[(window->count - 1) / 2] + window->sorted[window->count / 2]));
}

/* The median of the four weeks before each day, or `without` where less than a week is known. */
static void usual_of(const int64_t *values, const gboolean *is_known, guint count, int64_t without,
                     int64_t *out)
{
    struct window window = {.count = 0};

    for (guint day = 0; day < count; day++) {
        if (day > USUAL_DAYS && is_known[day - USUAL_DAYS - 1])
            window_take(&window, values[day - USUAL_DAYS - 1]);
        out[day] = window.count >= USUAL_LEAST ? window_median(&window) : without;
        if (is_known[day])
            window_add(&window, values[day]);
    }
}

static void lay_axis(struct organization *organization, const GArray *costs, const GArray *spans)
{
    int32_t first = G_MAXINT32, last = G_MININT32;

    for (guint i = 0; i < costs->len; i++) {
        const struct cost *cost = &g_array_index(costs, struct cost, i);

        first = MIN(first, cost->day);
        last = MAX(last, cost->day);
    }
    for (guint i = 0; i < spans->len; i++) {
        const struct span *span = &g_array_index(spans, struct span, i);

        if (span->organization_key != organization->key)
            continue;
        first = MIN(first, span->from);
        last = MAX(last, span->until);
    }
    organization->first = first;
    organization->count = (guint)(last - first + 1);
    organization->is_known = g_new0(gboolean, organization->count);
    for (guint i = 0; i < spans->len; i++) {
        const struct span *span = &g_array_index(spans, struct span, i);

        if (span->organization_key != organization->key)
            continue;
        for (int32_t day = span->from; day <= span->until; day++)
            organization->is_known[day - first] = TRUE;
    }
}

static void lay_projects(struct organization *organization, const GArray *costs)
{
    for (guint i = 0; i < costs->len; i++) {
        const struct cost *cost = &g_array_index(costs, struct cost, i);

        if (cost->project != NO_PROJECT) {
            struct project *project = g_ptr_array_index(organization->projects, cost->project);

            project->begin = MIN(project->begin, (guint)(cost->day - organization->first));
        }
    }
    for (guint i = 0; i < organization->projects->len; i++) {
        struct project *project = g_ptr_array_index(organization->projects, i);
        guint count = organization->count - project->begin;

        project->days = g_new0(struct day, count);
        project->usual = g_new0(int64_t, count);
        for (guint day = 0; day < count; day++)
            project->days[day].is_known = organization->is_known[project->begin + day];
    }
}

static void lay_costs(struct organization *organization, const GArray *costs)
{
    organization->total = g_new0(int64_t, organization->count);
    organization->test_ppm = g_new0(int64_t, organization->count);
    for (guint i = 0; i < costs->len; i++) {
        const struct cost *cost = &g_array_index(costs, struct cost, i);
        guint at = (guint)(cost->day - organization->first);
        struct project *project;
        struct day *day;

        organization->total[at] = narrow((int128)organization->total[at] + cost->nanos);
        organization->is_known[at] = organization->is_known[at] || !cost->is_estimated;
        if (cost->project == NO_PROJECT)
            continue;
        project = g_ptr_array_index(organization->projects, cost->project);
        day = &project->days[at - project->begin];
        day->nanos = narrow((int128)day->nanos + cost->nanos);
        day->is_known = TRUE;
        day->is_provisional = day->is_provisional || cost->is_provisional;
        day->is_estimated = day->is_estimated || cost->is_estimated;
        if (project->class == CLASS_TEST)
            organization->test_ppm[at] = narrow((int128)organization->test_ppm[at] + cost->nanos);
    }
    for (guint at = 0; at < organization->count; at++) /* from amounts to shares */
        organization->test_ppm[at] =
            organization->total[at] > 0
                ? narrow((int128)organization->test_ppm[at] * MILLION / organization->total[at])
                : 0;
}

static void take_usual(struct organization *organization)
{
    g_autofree gboolean *is_known = g_new0(gboolean, organization->count);
    g_autofree int64_t *values = g_new0(int64_t, organization->count);

    for (guint i = 0; i < organization->projects->len; i++) {
        struct project *project = g_ptr_array_index(organization->projects, i);
        guint count = organization->count - project->begin;

        for (guint day = 0; day < count; day++) {
            values[day] = project->days[day].nanos;
            is_known[day] = project->days[day].is_known;
        }
        usual_of(values, is_known, count, 0, project->usual);
    }
    organization->usual = g_new0(int64_t, organization->count);
    organization->usual_ppm = g_new0(int64_t, organization->count);
    usual_of(organization->total, organization->is_known, organization->count, 0,
             organization->usual);
    usual_of(organization->test_ppm, organization->is_known, organization->count, -1,
             organization->usual_ppm);
}

int64_t organization_floor(const struct organization *organization,
                           const struct threshold *threshold, guint day)
{
    int128 share = (int128)organization->usual[day] * threshold->of[MONEY_SHARE] / NANOS_PER_UNIT;

    return CLAMP(narrow(share), threshold->of[MONEY_FLOOR], threshold->of[MONEY_CEILING]);
}

int64_t organization_production(const struct organization *organization, guint day)
{
    g_autofree int128 *values = g_new0(int128, organization->projects->len + 1);
    guint count = 0;

    for (guint i = 0; i < organization->projects->len; i++) {
        const struct project *project = organization_project(organization, i);

        if (project->class == CLASS_PRODUCTION && day >= project->begin)
            values[count++] = project_usual(project, day);
    }
    return count > 0 ? narrow(half(median_twice(values, count))) : -1;
}

void organization_lay(struct organization *organization, const GArray *costs, const GArray *spans)
{
    lay_axis(organization, costs, spans);
    lay_projects(organization, costs);
    lay_costs(organization, costs);
    take_usual(organization);
}
