/*
 * rhythm.c - what a project does every week or every month is no surprise.
 *
 * Days of short episodes count here, which are no baseline elsewhere: the first batch of a rhythm
 * is an alarm, and so is the second of a weekly one, for one batch is no rhythm yet.
 */
#include "core/instant.h"
#include "runaway/watch.h"

#define WEEKDAYS    4 /* the last so many of them */
#define WEEKS_BACK  8 /* among so many weeks */
#define MONTHS_BACK 3
#define MONTH_SLIPS 1 /* days that a monthly rhythm may be off */

#define ACTIVE_LEAST 5 /* days by which a project's usual factor is known */
#define MILLION      1000000

gboolean rhythm_weekday(const struct watch *watch, guint before, int128 *median2)
{
    int128 values[WEEKDAYS];
    guint count = 0;

    for (guint back = 7; back <= 7 * (WEEKS_BACK + 4) && count < WEEKDAYS; back += 7) {
        guint day = watch->day - back;

        if (watch->day < back + watch->project->begin || day + 7 * WEEKS_BACK < before)
            break;
        if (day < before && watch_at(watch, day)->is_known &&
            !(watch_marks(watch, day) & MARK_LONG))
            values[count++] = watch_at(watch, day)->nanos;
    }
    if (count < WEEKDAYS)
        return FALSE;
    *median2 = median_twice(values, count);
    return TRUE;
}

gboolean rhythm_is_weekend(const struct watch *watch, guint day)
{
    return (watch->organization->first + (int32_t)day + 3) % 7 >= 5; /* day 0 was a Thursday */
}

/* How many times the one number the other is, whichever is larger. */
static int128 factor_of(int128 a, int128 b)
{
    return a >= b ? a * MILLION / b : b * MILLION / a;
}

gboolean rhythm_is_record(const struct watch *watch, guint before)
{
    guint first = MAX(before > 7 * WEEKS_BACK ? before - 7 * WEEKS_BACK : 0, watch->project->begin);

    for (guint day = first; day < before; day++)
        if (watch_at(watch, day)->is_known &&
            !(watch_marks(watch, day) & (MARK_RAISED | MARK_BEAT)) &&
            2 * (int128)watch->nanos < 3 * (int128)watch_at(watch, day)->nanos)
            return FALSE;
    return TRUE;
}

/* The days with cost among those before `before`, of any kind or of the judged day's; how many. */
static guint active_days(const struct watch *watch, guint before, gboolean any)
{
    guint window = (guint)watch->threshold->of[SPIKE_WINDOW_DAYS], count = 0;
    guint first = MAX(before > window ? before - window : 0, watch->project->begin);

    for (guint day = first; day < before; day++)
        if (watch_at(watch, day)->is_known && watch_at(watch, day)->nanos > 0 &&
            (any || rhythm_is_weekend(watch, day) == rhythm_is_weekend(watch, watch->day)) &&
            !(watch_marks(watch, day) & (MARK_RAISED | MARK_BEAT)))
            watch->values[count++] = watch_at(watch, day)->nanos;
    return count;
}

gboolean rhythm_is_beyond(const struct watch *watch, guint before, int128 nanos, int64_t factors)
{
    guint count = active_days(watch, before, FALSE);
    int128 bound, factor;

    if (count < ACTIVE_LEAST)
        count = active_days(watch, before, TRUE);
    if (count < ACTIVE_LEAST)
        return TRUE;
    bound = MAX(1, half(median_twice(watch->values, count)));
    for (guint i = 0; i < count; i++)
        watch->values[i] = factor_of(watch->values[i], bound);
    factor = half(median_twice(watch->values, count));
    for (int64_t i = 0; i < factors && bound <= nanos; i++)
        bound = bound * factor / MILLION;
    return bound <= nanos;
}

static int32_t month_length(int year, int month)
{
    return day_from_civil(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1) -
           day_from_civil(year, month, 1);
}

/* Whether one of the days around was the beat of a rhythm, and not much smaller than this one. */
static gboolean had_beat(const struct watch *watch, int32_t number)
{
    for (int32_t slip = -MONTH_SLIPS; slip <= MONTH_SLIPS; slip++) {
        int64_t at = (int64_t)number + slip - watch->organization->first;
        guint8 marks;

        if (at < watch->project->begin || at >= watch->day)
            continue;
        marks = watch_marks(watch, (guint)at);
        if (marks & (MARK_OUT | MARK_BEAT) && !(marks & MARK_LONG) &&
            !is_times(watch->nanos, watch->threshold->of[SPIKE_RATIO],
                      watch_at(watch, (guint)at)->nanos))
            return TRUE;
    }
    return FALSE;
}

/* The same day of the month, counted from its first or from its last day. */
gboolean rhythm_month(const struct watch *watch)
{
    int year, month, day;
    int32_t from_end;

    day_to_civil(watch->organization->first + (int32_t)watch->day, &year, &month, &day);
    from_end = month_length(year, month) - day;
    for (int back = 0; back < MONTHS_BACK; back++) {
        int32_t length;

        year -= month == 1;
        month = month == 1 ? 12 : month - 1;
        if (year < 1970)
            return FALSE;
        length = month_length(year, month);
        if (had_beat(watch, day_from_civil(year, month, 1) + MIN(day, length) - 1) ||
            had_beat(watch, day_from_civil(year, month, 1) + length - 1 - from_end))
            return TRUE;
    }
    return FALSE;
}
