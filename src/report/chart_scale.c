/* chart_scale.c - steps that people count in: 1, 2 and 5; days, weeks, months and years. */
#include "report/chart_scale.h"
#include "core/instant.h"
#include "core/money.h"

/* The multiple of step at or above (below) a value, or the last one that fits. */
static int64_t round_out(int64_t value, int64_t step, gboolean up)
{
    int128 rounded = (int128)(value / step) * step;

    if (up && rounded < value)
        rounded += step;
    if (!up && rounded > value)
        rounded -= step;
    if (rounded > INT64_MAX || rounded < INT64_MIN)
        return value;
    return (int64_t)rounded;
}

void money_axis_init(struct money_axis *axis, int64_t low, int64_t high, guint most)
{
    static const int factors[] = {1, 2, 5};
    int128 span;
    int64_t power = 1;
    guint factor = 0;

    low = MIN(low, 0);
    high = MAX(high, 0);
    if (low == high)
        high = NANOS_PER_UNIT;
    span = (int128)high - low;
    while (span / ((int128)power * factors[factor]) > MAX(most, 1)) {
        factor = (factor + 1) % G_N_ELEMENTS(factors);
        if (factor == 0)
            power *= 10;
    }
    axis->step = power * factors[factor];
    axis->low = round_out(low, axis->step, FALSE);
    axis->high = round_out(high, axis->step, TRUE);
    axis->decimals = 0;
    for (int64_t unit = NANOS_PER_UNIT; axis->step % unit != 0; unit /= 10)
        axis->decimals++;
}

int64_t money_axis_first(const struct money_axis *axis)
{
    return round_out(axis->low, axis->step, TRUE);
}

/* --- time ----------------------------------------------------------------------------------- */

/* Which days, or months, have a tick; from fine to coarse. */
static const struct {
    int days;   /* a tick every so many days of a month, from the 1st to the 28th; 0: none */
    int months; /* a tick every so many months; */
} steps[] = {
    {1, 0}, {2, 0},  {7, 0},  {14, 0}, {0, 1},   {0, 2},   {0, 3},
    {0, 6}, {0, 12}, {0, 24}, {0, 60}, {0, 120}, {0, 240}, {0, 600},
};

static void time_tick_free(struct time_tick *tick)
{
    g_free(tick->label);
    g_free(tick->year);
    g_free(tick);
}

struct date {
    int year, month, day;
};

static struct date date_of(int32_t unit, gboolean months)
{
    struct date date = {1970 + unit / 12, unit % 12 + 1, 1};

    if (!months)
        day_to_civil(unit, &date.year, &date.month, &date.day);
    return date;
}

static gboolean has_tick(guint step, const struct date *date)
{
    int month = date->year * 12 + date->month - 1;

    if (steps[step].days == 1)
        return TRUE;
    if (steps[step].days > 0)
        return date->day <= 29 && (date->day - 1) % steps[step].days == 0 &&
               date->day + steps[step].days / 2 <= 31;
    return date->day == 1 && month % steps[step].months == 0;
}

static guint count_ticks(guint step, int32_t first, int32_t last, gboolean months)
{
    guint count = 0;

    for (int32_t unit = first; unit <= last; unit++) {
        struct date date = date_of(unit, months);

        count += has_tick(step, &date);
    }
    return count;
}

static char *label_of(guint step, const struct date *date)
{
    if (steps[step].days > 0)
        return g_strdup_printf("%d %.3s", date->day, month_names[date->month - 1]);
    if (steps[step].months < 12)
        return g_strdup_printf("%.3s", month_names[date->month - 1]);
    return g_strdup_printf("%d", date->year);
}

GPtrArray *time_ticks(int32_t first, int32_t last, gboolean months, guint most)
{
    GPtrArray *ticks = g_ptr_array_new_with_free_func((GDestroyNotify)time_tick_free);
    guint step = 0;
    int year = 0;

    while (months && steps[step].days > 0)
        step++;
    while (step + 1 < G_N_ELEMENTS(steps) && count_ticks(step, first, last, months) > MAX(most, 3))
        step++;
    for (int32_t unit = first; unit <= last; unit++) {
        struct date date = date_of(unit, months);
        struct time_tick *tick;

        if (!has_tick(step, &date))
            continue;
        tick = g_new0(struct time_tick, 1);
        tick->unit = unit;
        tick->label = label_of(step, &date);
        if (date.year != year && steps[step].months < 12)
            tick->year = g_strdup_printf("%d", date.year);
        year = date.year;
        g_ptr_array_add(ticks, tick);
    }
    return ticks;
}
