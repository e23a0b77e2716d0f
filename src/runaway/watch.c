/* watch.c - walks over a project's days. */
#include "runaway/watch.h"
#include "core/instant.h"

static const char *const names[RULES] = {
    [RULE_SPIKE] = "spike",
    [RULE_WEEKDAY] = "weekday",
    [RULE_DRIFT] = "drift",
    [RULE_NEW_PROJECT] = "new-project",
    [RULE_NEW_ITEM] = "new-line-item",
    [RULE_TEST_SHARE] = "test-share",
    [RULE_ONE_KEY] = "one-key",
    [RULE_ALL_HOURS] = "all-hours",
    [RULE_OFF_HOURS] = "off-hours",
    [RULE_FLAT] = "flat",
    [RULE_OUTPUT] = "output",
    [RULE_CACHE] = "cache",
    [RULE_DAYS_LEFT] = "days-left",
    [RULE_RECHARGES] = "recharges",
    [RULE_SILENT] = "silent",
};

const char *rule_name(enum rule rule)
{
    return names[rule];
}

void hits_free(GArray *hits)
{
    for (guint i = 0; i < hits->len; i++)
        g_free(g_array_index(hits, struct hit, i).evidence);
    g_array_unref(hits);
}

void watch_hit(struct watch *watch, enum rule rule, guint from, gboolean raises, int64_t base,
               char *evidence)
{
    struct hit hit = {rule, from, watch->day, raises, base, evidence};

    g_array_append_val(watch->hits, hit);
    watch->last[rule] = watch->day + 1;
}

gboolean watch_is_first(const struct watch *watch, enum rule rule)
{
    return watch->last[rule] == 0 || watch->last[rule] + 1 < watch->day;
}

guint watch_window(const struct watch *watch, guint from, guint until)
{
    guint count = 0;

    for (guint day = MAX(from, watch->project->begin); day < until; day++)
        if (watch_at(watch, day)->is_known &&
            !(watch_marks(watch, day) & (MARK_RAISED | MARK_BEAT)))
            watch->values[count++] = watch_at(watch, day)->nanos;
    return count;
}

char *watch_date(const struct watch *watch, guint day)
{
    char text[11];

    day_format(watch->organization->first + (int32_t)day, text);
    return g_strdup(text);
}

GArray *watch_project(const struct organization *organization, const struct project *project,
                      const struct threshold *threshold)
{
    guint window = (guint)MAX(threshold->of[SPIKE_WINDOW_DAYS], 28);
    g_autofree guint8 *marks = g_new0(guint8, organization->count - project->begin);
    g_autofree int128 *values = g_new(int128, window);
    struct watch watch = {
        .organization = organization,
        .project = project,
        .threshold = threshold,
        .marks = marks,
        .values = values,
        .hits = g_array_new(FALSE, FALSE, sizeof(struct hit)),
    };

    for (guint day = project->begin; day < organization->count; day++) {
        if (!watch_at(&watch, day)->is_known) {
            watch.backlog = 0;
            continue;
        }
        watch.day = day;
        watch.nanos = watch_at(&watch, day)->nanos;
        watch.floor = organization_floor(organization, threshold, day);
        rule_spike(&watch);
        rule_drift(&watch);
        rule_new_project(&watch);
        rule_test_share(&watch);
        rule_silent(&watch);
        rule_off_hours(&watch);
        rule_shape(&watch);
        rule_balance(&watch);
    }
    return watch.hits;
}
