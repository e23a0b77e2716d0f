/*
 * rule_spike.c - days that cost far more than a project's own last weeks.
 *
 * A known day is a spike when, against the known days of the window before it,
 *
 *   1. its modified z, 0.6745 (x - median) / MAD, is above the limit; where more than half of the
 *      days are equal and MAD is 0, (x - median) / (1.2533 mean absolute deviation); where that is
 *      0 too, every deviation is beyond measure and the rest decides;
 *   2. x - median is at least the floor;
 *   3. x is at least the ratio times the median;
 *   4. with four weeks of history, 2 and 3 also hold against its weekday's median: the smaller
 *      excess counts;
 *   5. no earlier month had as much on this day of the month;
 *   6. 2 to 4 hold without what an outage held back before, and without what another project lost.
 *
 * Spikes at most one day apart, days of rest aside, are one run, held against the baseline of its
 * first day; a day goes on with a run when 2 and 3 hold against its weekday (its median, without
 * four weeks). A run is raised on the day on which its excess has come to the share of the
 * organization's day and it has a day beyond the project's usual factor, or enough days. Days of
 * raised runs are no baseline, unless that leaves less than a third of the window. A run that has
 * lasted the longest time is the new normal.
 */
#include "runaway/watch.h"

static gboolean is_above(const struct watch *watch, int128 nanos, int128 median2)
{
    return 2 * nanos - median2 >= 2 * (int128)watch->threshold->of[MONEY_FLOOR] &&
           is_times(2 * nanos, watch->threshold->of[SPIKE_RATIO], median2);
}

static gboolean is_far(const struct watch *watch, const struct baseline *baseline, int128 nanos)
{
    int128 above, spread;

    modified_z(baseline, nanos, &above, &spread);
    return 2 * nanos > baseline->median2 &&
           above * 1000 > spread * (watch->threshold->of[SPIKE_MODIFIED_Z] / 1000000);
}

/* The days of a baseline, into watch->values: those of the window that are usable; where these are
 * less than a third, all of it: what has been raised that often is what the project does. */
static guint window_fill(struct watch *watch, guint from)
{
    guint known = 0, usable;

    for (guint day = MAX(from, watch->project->begin); day < watch->day; day++)
        known += watch_at(watch, day)->is_known != 0;
    usable = watch_window(watch, from, watch->day);
    if (3 * usable >= known)
        return usable;
    usable = 0;
    for (guint day = MAX(from, watch->project->begin); day < watch->day; day++)
        if (watch_at(watch, day)->is_known)
            watch->values[usable++] = watch_at(watch, day)->nanos;
    return usable;
}

static guint window_from(const struct watch *watch, guint until)
{
    guint window = (guint)watch->threshold->of[SPIKE_WINDOW_DAYS];

    return until > window ? until - window : 0;
}

static void run_mark(struct watch *watch, guint8 set, guint8 clear)
{
    for (guint day = watch->run.from; day <= watch->run.until; day++) {
        guint8 *marks = &watch->marks[day - watch->project->begin];

        *marks = (guint8)((*marks & ~clear) | set);
    }
}

/* A run is over when two days have passed it on which the project does not rest (at weekends), and
 * when it has become the normal. */
static void run_close(struct watch *watch)
{
    struct run *run = &watch->run;

    if (run->is_open && watch->day - run->from >= watch->threshold->of[SPIKE_LONGEST_DAYS]) {
        run_mark(watch, 0, MARK_OUT | MARK_LONG | MARK_RAISED);
        run->is_open = FALSE;
    }
    if (run->is_open && watch->day > run->seen + 2)
        run->is_open = FALSE;
}

static char *evidence(const struct watch *watch, const struct baseline *baseline)
{
    g_autofree char *cost = money_format_cents(watch->nanos);
    g_autofree char *median = money_format_cents(narrow(half(baseline->median2)));
    g_autofree char *date = watch_date(watch, watch->day);
    g_autofree char *z = NULL;
    int128 above, spread;

    modified_z(baseline, watch->nanos, &above, &spread);
    if (spread > 0) {
        int64_t tenths = narrow(above * 10 / spread);

        z = g_strdup_printf("modified z %" G_GINT64_FORMAT ".%d", tenths / 10, (int)(tenths % 10));
    }
    return g_strdup_printf("%s %s on %s against a median of %s a day over the %u days before (%s)",
                           cost, watch->organization->currency, date, median, baseline->days,
                           z ? z : "which were all alike");
}

static char *weekday_evidence(const struct watch *watch, int128 weekday2)
{
    g_autofree char *cost = money_format_cents(watch->nanos);
    g_autofree char *median = money_format_cents(narrow(half(weekday2)));
    g_autofree char *date = watch_date(watch, watch->day);

    return g_strdup_printf("%s %s on %s against a median of %s on the four same weekdays before",
                           cost, watch->organization->currency, date, median);
}

/* One day has to be a record, and far beyond the days that the project has; of several in a row
 * their mean has to be a little less far. */
static gboolean is_out_of_habit(const struct watch *watch)
{
    const struct run *run = &watch->run;
    int64_t factors = watch->threshold->of[SPIKE_FACTORS];

    if (run->days >= watch->threshold->of[SPIKE_RUN_DAYS])
        return rhythm_is_beyond(watch, run->from, run->sum / run->days, factors - 1);
    return rhythm_is_record(watch, run->from) &&
           rhythm_is_beyond(watch, run->from, watch->nanos, factors);
}

static void run_go_on(struct watch *watch, gboolean has_weekday, int128 weekday2)
{
    struct run *run = &watch->run;
    guint length;

    if (!run->is_open)
        *run = (struct run){.is_open = TRUE, .from = watch->day, .baseline = run->baseline};
    run->until = run->seen = watch->day;
    length = run->until - run->from + 1;
    run_mark(watch, MARK_OUT | (length > watch->threshold->of[SPIKE_RHYTHM_DAYS] ? MARK_LONG : 0),
             0);
    run->excess += (int128)watch->nanos - watch->base;
    run->days++;
    run->sum += watch->nanos;
    run->is_raised = run->is_raised || (run->excess >= watch->floor && is_out_of_habit(watch));
    if (run->is_raised)
        run_mark(watch, MARK_RAISED, 0);
    watch_hit(watch, RULE_SPIKE, run->from, run->is_raised, watch->base,
              watch_is_first(watch, RULE_SPIKE) ? evidence(watch, &run->baseline) : NULL);
    if (has_weekday)
        watch_hit(watch, RULE_WEEKDAY, run->from, run->is_raised, watch->base,
                  watch_is_first(watch, RULE_WEEKDAY) ? weekday_evidence(watch, weekday2) : NULL);
}

/* Whether a day that no run is open for begins one. */
static gboolean is_spike(struct watch *watch, guint window_days, gboolean has_weekday,
                         int128 weekday2)
{
    int128 median2 = watch->run.baseline.median2;
    int128 nanos = watch->nanos;

    if (!is_above(watch, nanos, median2) || (has_weekday && !is_above(watch, nanos, weekday2)))
        return FALSE;
    nanos -= watch->backlog;
    nanos -= relief_moved(watch, nanos - watch->base);
    if (!is_above(watch, nanos, median2) || (has_weekday && !is_above(watch, nanos, weekday2)))
        return FALSE;
    watch->run.baseline = baseline_of(watch->values, window_days);
    if (!is_far(watch, &watch->run.baseline, nanos))
        return FALSE;
    if (!rhythm_month(watch))
        return TRUE;
    watch->marks[watch->day - watch->project->begin] |= MARK_BEAT;
    return FALSE;
}

void rule_spike(struct watch *watch)
{
    struct run *run = &watch->run;
    gboolean has_weekday;
    int128 weekday2 = 0;
    guint days = 0, before;

    run_close(watch);
    before = run->is_open ? run->from : watch->day;
    if (!run->is_open) {
        days = window_fill(watch, window_from(watch, watch->day));
        watch->has_baseline = days >= watch->threshold->of[SPIKE_MINIMUM_DAYS];
        run->baseline = (struct baseline){.days = days};
        if (watch->has_baseline)
            run->baseline.median2 = median_twice(watch->values, days);
    }
    watch->median = narrow(half(run->baseline.median2));
    has_weekday = watch->has_baseline && rhythm_weekday(watch, before, &weekday2);
    watch->has_weekday = has_weekday;
    watch->weekday = has_weekday ? narrow(half(weekday2)) : 0;
    watch->base = has_weekday ? MAX(watch->median, watch->weekday) : watch->median;
    if (!watch->has_baseline)
        return;
    if (run->is_open ? is_above(watch, watch->nanos, has_weekday ? weekday2 : run->baseline.median2)
                     : is_spike(watch, days, has_weekday, weekday2))
        run_go_on(watch, has_weekday, weekday2);
    else if (run->is_open && has_weekday && 2 * weekday2 < run->baseline.median2)
        run->seen = watch->day;
    relief_follow(watch, has_weekday ? weekday2 : run->baseline.median2);
}
