/*
 * runaway_given.h - given projects' days, what the runaway rules say of them.
 *
 * Day 0 is Thursday, 1 January 2026.
 */
#pragma once
#include "core/instant.h"
#include "runaway/episode.h"
#include "test.h"

#define U        NANOS_PER_UNIT
#define CENT     (NANOS_PER_UNIT / 100)
#define DAYS_MAX 400

static const struct threshold usual_limits = {.of = {
                                                  [MONEY_FLOOR] = 5 * NANOS_PER_UNIT,
                                                  [MONEY_SHARE] = 80000000,
                                                  [MONEY_CEILING] = 500 * NANOS_PER_UNIT,
                                                  [SPIKE_WINDOW_DAYS] = 28,
                                                  [SPIKE_MINIMUM_DAYS] = 7,
                                                  [SPIKE_MODIFIED_Z] = 3500000000,
                                                  [SPIKE_RATIO] = 2 * NANOS_PER_UNIT,
                                                  [SPIKE_FACTORS] = 5,
                                                  [SPIKE_RUN_DAYS] = 4,
                                                  [SPIKE_LONGEST_DAYS] = 28,
                                                  [SPIKE_RHYTHM_DAYS] = 3,
                                                  [SPIKE_CATCH_UP_DAYS] = 4,
                                                  [DRIFT_RISE] = NANOS_PER_UNIT / 2,
                                                  [DRIFT_GROWTH] = 1500000000,
                                                  [NEW_FIRST_DAY] = 25 * NANOS_PER_UNIT,
                                                  [NEW_PRODUCTION] = 250 * NANOS_PER_UNIT,
                                                  [NEW_TEST] = 25 * NANOS_PER_UNIT,
                                                  [NEW_OTHER] = 50 * NANOS_PER_UNIT,
                                                  [TEST_SHARE] = NANOS_PER_UNIT / 5,
                                                  [TEST_MULTIPLE] = 3 * NANOS_PER_UNIT,
                                                  [TEST_EXCESS] = 150000000,
                                                  [SHAPE_GROWTH] = 1500000000,
                                                  [SHAPE_HOURS] = 20,
                                                  [SHAPE_OFFICE_HOURS] = 12,
                                                  [SHAPE_FLAT] = 50000000,
                                                  [SHAPE_OUTPUT] = 3 * NANOS_PER_UNIT,
                                                  [SHAPE_CACHED] = 250000000,
                                                  [SHAPE_REST] = 200000000,
                                                  [BALANCE_DAYS] = 3,
                                                  [BALANCE_USUAL_DAYS] = 14,
                                                  [BALANCE_RECHARGES] = 3,
                                              }};

/* A project's days, one behind the other. */
struct series {
    int64_t nanos[DAYS_MAX];
    gboolean is_known[DAYS_MAX];
    guint count;
};

static inline void add(struct series *series, guint count, int64_t nanos)
{
    for (guint i = 0; i < count; i++) {
        series->nanos[series->count] = nanos;
        series->is_known[series->count++] = TRUE;
    }
}

static inline void add_unknown(struct series *series, guint count)
{
    add(series, count, 0);
    for (guint i = 1; i <= count; i++)
        series->is_known[series->count - i] = FALSE;
}

/* Days that move a little around a level: 0.8, 1.0, 1.2 of it in turn. */
static inline void add_steady(struct series *series, guint count, int64_t nanos)
{
    for (guint i = 0; i < count; i++)
        add(series, 1, nanos * (8 + 2 * (series->count % 3)) / 10);
}

/* An organization of some projects; coverage is that of the first. */
static inline struct organization *organization_of(const struct series *const *series,
                                                   const enum project_class *classes, guint count)
{
    static const char *const names[] = {"proj_a", "proj_b", "proj_c", "proj_d"};
    struct organization *organization = organization_new(1, "org-a", "USD");
    g_autoptr(GArray) costs = g_array_new(FALSE, FALSE, sizeof(struct cost));
    g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(struct span));
    int32_t first = day_from_civil(2026, 1, 1);

    for (guint i = 0; i < count; i++) {
        guint project = organization_add(organization, i + 1, names[i], classes[i]);
        gboolean has_begun = FALSE;

        for (guint day = 0; day < series[i]->count; day++) {
            struct cost cost = {project, first + (int32_t)day, series[i]->nanos[day], FALSE, FALSE};

            if (series[i]->nanos[day] != 0 || (i == 0 && !has_begun && series[i]->is_known[day])) {
                g_array_append_val(costs, cost);
                has_begun = TRUE;
            }
        }
    }
    for (guint day = 0; day < series[0]->count; day++) {
        struct span span = {1, first + (int32_t)day, first + (int32_t)day};

        if (series[0]->is_known[day])
            g_array_append_val(spans, span);
    }
    organization_lay(organization, costs, spans);
    return organization;
}

/* The days that a rule names, "28-30 33": of the project at `index`. */
static inline char *days_of(const struct organization *organization, guint index, enum rule rule)
{
    GArray *hits =
        watch_project(organization, organization_project(organization, index), &usual_limits);
    GString *text = g_string_new("");
    guint last = G_MAXUINT - 1;

    for (guint i = 0; i < hits->len; i++) {
        const struct hit *hit = &g_array_index(hits, struct hit, i);

        if (hit->rule != rule)
            continue;
        if (hit->day == last + 1)
            g_string_truncate(text, text->len - strlen(strrchr(text->str, '-')));
        else
            g_string_append_printf(text, "%s%u", text->len ? " " : "", hit->day);
        g_string_append_printf(text, "-%u", hit->day);
        last = hit->day;
    }
    hits_free(hits);
    return g_string_free(text, FALSE);
}

/* The episodes: "28-30 spike,weekday raised 28"; several are parted by "; ". */
static inline char *episodes_text(const struct organization *organization, guint index)
{
    const struct project *project = organization_project(organization, index);
    GArray *hits = watch_project(organization, project, &usual_limits);
    g_autoptr(GArray) episodes = episodes_of(organization, project, hits);
    GString *text = g_string_new("");

    for (guint i = 0; i < episodes->len; i++) {
        const struct episode *episode = &g_array_index(episodes, struct episode, i);
        g_autofree char *rules = episode_rules(episode);

        g_string_append_printf(text, "%s%u-%u%s %s raised %u", i ? "; " : "", episode->from,
                               episode->until, episode->is_open ? " open" : "", rules,
                               episode->raised);
    }
    hits_free(hits);
    return g_string_free(text, FALSE);
}

static inline void assert_days(const struct series *series, enum rule rule, const char *expected)
{
    const enum project_class class = CLASS_OTHER;
    g_autoptr(Organization) organization = organization_of(&series, &class, 1);
    g_autofree char *found = days_of(organization, 0, rule);

    assert_string_equal(found, expected);
}

static inline void assert_episodes(const struct series *series, const char *expected)
{
    const enum project_class class = CLASS_OTHER;
    g_autoptr(Organization) organization = organization_of(&series, &class, 1);
    g_autofree char *found = episodes_text(organization, 0);

    assert_string_equal(found, expected);
}
