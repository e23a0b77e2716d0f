/*
 * rule_class.c - what is told by what a project is: new, a test, or one that was silent.
 */
#include "runaway/watch.h"

#define NEW_DAYS    7
#define SILENT_DAYS 28

static int64_t budget_of(const struct watch *watch)
{
    switch (watch->project->class) {
    case CLASS_PRODUCTION:
        return watch->threshold->of[NEW_PRODUCTION];
    case CLASS_TEST:
        return watch->threshold->of[NEW_TEST];
    default:
        return watch->threshold->of[NEW_OTHER];
    }
}

/* A project is new where its organization was known for a week of the four before its first day:
 * else it is only new to this ledger. */
static gboolean is_new(const struct watch *watch)
{
    guint begin = watch->project->begin, known = 0;

    if (watch->day >= begin + NEW_DAYS)
        return FALSE;
    for (guint day = begin > 28 ? begin - 28 : 0; day < begin; day++)
        known += watch->organization->is_known[day] != 0;
    return known >= watch->threshold->of[SPIKE_MINIMUM_DAYS];
}

/* The first day is over its limit, or the first week over the budget of the project's class; what
 * another project lost on the judged day only moved. */
void rule_new_project(struct watch *watch)
{
    int128 sum = 0;
    gboolean is_first_day = watch->day == watch->project->begin;
    int64_t limit;

    if (!is_new(watch))
        return;
    for (guint day = watch->project->begin; day <= watch->day; day++)
        sum += watch_at(watch, day)->nanos;
    limit = is_first_day ? MIN(watch->threshold->of[NEW_FIRST_DAY], budget_of(watch))
                         : budget_of(watch);
    limit = MAX(limit, watch->floor);
    if (sum < limit || watch->nanos <= 0 ||
        sum - relief_moved(watch, watch->nanos) * (int128)(watch->day - watch->project->begin + 1) <
            limit)
        return;
    if (!watch_is_first(watch, RULE_NEW_PROJECT)) {
        watch_hit(watch, RULE_NEW_PROJECT, watch->project->begin, TRUE, 0, NULL);
        return;
    }
    g_autofree char *cost = money_format_cents(narrow(sum));
    g_autofree char *allowed = money_format_cents(limit);
    g_autofree char *date = watch_date(watch, watch->project->begin);

    watch_hit(watch, RULE_NEW_PROJECT, watch->project->begin, TRUE, 0,
              g_strdup_printf("%s %s %s %s, its first day, against %s that a new project may cost",
                              cost, watch->organization->currency, is_first_day ? "on" : "since",
                              date, allowed));
}

static gboolean is_share_large(const struct watch *watch)
{
    const struct organization *organization = watch->organization;
    int64_t ppm = organization->test_ppm[watch->day], usual = organization->usual_ppm[watch->day];

    return usual >= 0 &&
           (ppm > watch->threshold->of[TEST_SHARE] / 1000 ||
            (ppm > usual && is_times(ppm, watch->threshold->of[TEST_MULTIPLE], usual)));
}

static int128 test_floor(const struct watch *watch)
{
    int128 share = (int128)watch->organization->usual[watch->day] *
                   watch->threshold->of[TEST_EXCESS] / NANOS_PER_UNIT;

    return MAX(share, watch->floor);
}

/* A test project grew to more than the median production project costs. Where tests always are the
 * larger part nothing ran away: so its own baseline is to be exceeded as well. */
void rule_test_share(struct watch *watch)
{
    guint before = watch->run.is_open ? watch->run.from : watch->day;
    int64_t production;
    int128 excess = (int128)watch->nanos - watch->base;

    if (watch->project->class != CLASS_TEST || watch_at(watch, watch->day)->is_estimated ||
        excess < test_floor(watch) ||
        !is_times(watch->nanos, watch->threshold->of[SPIKE_RATIO], watch->base) ||
        (watch_marks(watch, watch->day) & MARK_BEAT) || !is_share_large(watch) ||
        !rhythm_is_record(watch, before) ||
        !rhythm_is_beyond(watch, before, watch->nanos, watch->threshold->of[SPIKE_FACTORS]))
        return;
    production = organization_production(watch->organization, watch->day);
    if (production < 0 || watch->nanos <= production ||
        excess - watch->backlog - relief_moved(watch, excess) < watch->floor)
        return;
    if (!watch_is_first(watch, RULE_TEST_SHARE)) {
        watch_hit(watch, RULE_TEST_SHARE, watch->day, TRUE, watch->base, NULL);
        return;
    }
    g_autofree char *cost = money_format_cents(watch->nanos);
    g_autofree char *median = money_format_cents(production);
    g_autofree char *date = watch_date(watch, watch->day);
    int64_t permille = watch->organization->test_ppm[watch->day] / 1000;

    watch_hit(watch, RULE_TEST_SHARE, watch->day, TRUE, watch->base,
              g_strdup_printf("%s %s on %s by a test project, the median production project costs "
                              "%s a day; tests are %" G_GINT64_FORMAT ".%d %% of the organization",
                              cost, watch->organization->currency, date, median, permille / 10,
                              (int)(permille % 10)));
}

/* Four weeks without cost, all of them known, and then more than the floor. */
void rule_silent(struct watch *watch)
{
    const struct project *project = watch->project;

    if (watch->day < project->begin + SILENT_DAYS || watch->nanos < watch->floor ||
        watch_marks(watch, watch->day) & MARK_BEAT)
        return;
    for (guint back = 1; back <= SILENT_DAYS; back++) {
        const struct day *day = watch_at(watch, watch->day - back);

        if (!day->is_known || day->nanos != 0)
            return;
    }
    if (watch->nanos - relief_moved(watch, watch->nanos) < watch->floor)
        return;
    g_autofree char *cost = money_format_cents(watch->nanos);
    g_autofree char *date = watch_date(watch, watch->day);

    watch_hit(watch, RULE_SILENT, watch->day, TRUE, 0,
              g_strdup_printf("%s %s on %s after %d days without any", cost,
                              watch->organization->currency, date, SILENT_DAYS));
}
