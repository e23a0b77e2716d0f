/*
 * rule_drift.c - cost that rises slowly, so that no day is far from the ones before it.
 *
 * Over the last two weeks, days of runs of spikes left out:
 *
 *   1. the slope that half of all pairs of days exceed (Theil and Sen), times 14, is at least the
 *      floor and the stated share of the median;
 *   2. the last seven days cost at least the stated growth times the largest of the four weeks
 * before these two (of three, where one is not known), and the floor of a finding more than it;
 *   3. six of the last seven days cost more than the same weekday before, and the judged day is
 * above the median of the two weeks.
 *
 * Slopes are exact: 360,360 is a multiple of every distance up to 13 days.
 */
#include "runaway/watch.h"

#define DAYS        14
#define DAYS_LEAST  10
#define WEEK        7
#define WEEK_LEAST  5
#define WEEKS       4
#define WEEKS_LEAST 3
#define SCALE       360360
#define PAIRS       (DAYS * (DAYS - 1) / 2)

#define ABOVE_LEAST  5
#define BELOW_MOST   1
#define CHANGES_MOST 1

static gboolean is_baseline(const struct watch *watch, guint day)
{
    return watch_at(watch, day)->is_known && !(watch_marks(watch, day) & (MARK_RAISED | MARK_BEAT));
}

/* What seven days like those of [from, from + 7) cost; FALSE where too few of them are known. */
static gboolean week_cost(const struct watch *watch, guint from, int128 *out)
{
    guint days = watch_window(watch, from, from + WEEK);
    int128 sum = 0;

    for (guint i = 0; i < days; i++)
        sum += watch->values[i];
    *out = days >= WEEK_LEAST ? sum * WEEK / days : 0;
    return days >= WEEK_LEAST;
}

/* The largest of the weeks before the last two. */
static gboolean weeks_before(const struct watch *watch, int128 *largest)
{
    guint count = 0;

    *largest = 0;

    for (guint week = 0; week < WEEKS; week++) {
        guint back = DAYS - 1 + WEEK * (week + 1);
        int128 cost;

        if (watch->day < back + watch->project->begin)
            break;
        if (!week_cost(watch, watch->day - back, &cost))
            continue;
        *largest = MAX(*largest, cost);
        count++;
    }
    return count >= WEEKS_LEAST;
}

/* Whether nearly all days of the last week cost more than the same day of the week before. */
static gboolean is_rising(const struct watch *watch)
{
    guint above = 0, below = 0;

    for (guint day = watch->day - (WEEK - 1); day <= watch->day; day++) {
        int64_t now = watch_at(watch, day)->nanos, before = watch_at(watch, day - WEEK)->nanos;

        if (!is_baseline(watch, day) || !is_baseline(watch, day - WEEK))
            continue;
        above += now > before;
        below += now < before;
    }
    return above >= ABOVE_LEAST && below <= BELOW_MOST;
}

/* A project that costs nothing on some days and something on others has no slope. */
static gboolean is_regular(const struct watch *watch)
{
    guint changes = 0;

    for (guint day = watch->day - (DAYS - 1); day <= watch->day; day++)
        changes += is_baseline(watch, day) && is_baseline(watch, day - WEEK) &&
                   (watch_at(watch, day)->nanos == 0) != (watch_at(watch, day - WEEK)->nanos == 0);
    return changes <= CHANGES_MOST;
}

/* Twice the median slope, times SCALE; FALSE where too few days are known. */
static gboolean slope(const struct watch *watch, int128 *slope2)
{
    int128 slopes[PAIRS];
    guint first = watch->day - (DAYS - 1), days = 0, count = 0;

    for (guint later = first; later <= watch->day; later++) {
        if (!is_baseline(watch, later))
            continue;
        days++;
        for (guint earlier = first; earlier < later; earlier++)
            if (is_baseline(watch, earlier))
                slopes[count++] =
                    ((int128)watch_at(watch, later)->nanos - watch_at(watch, earlier)->nanos) *
                    (SCALE / (later - earlier));
    }
    if (days < DAYS_LEAST)
        return FALSE;
    *slope2 = median_twice(slopes, count);
    return TRUE;
}

static char *evidence(const struct watch *watch, int128 week, int128 before_week, int128 rise)
{
    g_autofree char *now = money_format_cents(narrow(week));
    g_autofree char *before = money_format_cents(narrow(before_week));
    g_autofree char *by = money_format_cents(narrow(rise));
    g_autofree char *date = watch_date(watch, watch->day);

    return g_strdup_printf("%s %s in the seven days up to %s against %s in the largest of the "
                           "weeks before the last two; the "
                           "median slope adds %s in 14 days",
                           now, watch->organization->currency, date, before, by);
}

void rule_drift(struct watch *watch)
{
    int128 week, largest, slope2, median2;
    const int64_t *limit = watch->threshold->of;

    if (watch->day < watch->project->begin + DAYS + WEEKS_LEAST * WEEK - 1 ||
        !is_baseline(watch, watch->day) || !week_cost(watch, watch->day - (WEEK - 1), &week) ||
        !weeks_before(watch, &largest) || week - largest < watch->floor ||
        !is_times(week, limit[DRIFT_GROWTH], largest))
        return;
    median2 =
        median_twice(watch->values, watch_window(watch, watch->day - (DAYS - 1), watch->day + 1));
    if (2 * (int128)watch->nanos < median2 || !is_rising(watch) || !is_regular(watch) ||
        !slope(watch, &slope2) || slope2 * DAYS < 2 * SCALE * (int128)limit[MONEY_FLOOR] ||
        !is_times(slope2 * DAYS, limit[DRIFT_RISE], SCALE * median2) ||
        relief_moved_week(watch, week - largest) > 0)
        return;
    watch_hit(watch, RULE_DRIFT, watch->day - (WEEK - 1), TRUE, narrow(largest / WEEK),
              watch_is_first(watch, RULE_DRIFT)
                  ? evidence(watch, week, largest, slope2 * DAYS / (2 * SCALE))
                  : NULL);
}
