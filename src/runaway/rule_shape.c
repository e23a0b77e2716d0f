/*
 * rule_shape.c - days that differ in kind from what a project does: hours, keys, line items, and
 * the proportion of tokens.
 *
 * All of it is judged on days alone that cost the stated growth times what they are held against
 * and the floor of a finding more, and only where exports have the grain: a rule is silent where
 * less than a week of the four before tells of it.
 */
#include "runaway/detail.h"
#include "runaway/watch.h"

#define WINDOW       28
#define DAYS_LEAST   7
#define CARRIED_PPM  800000 /* of the excess, by one key */
#define SELDOM_PPM   200000 /* of the weeks before: at most so much was that key's */
#define HALF_PPM     500000
#define CACHED_LEAST 200000 /* share of cached input below which there is nothing to collapse */
#define MILLION      1000000

static const struct detail *detail_of(const struct watch *watch, guint day)
{
    return &watch->project->details[day - watch->project->begin];
}

/* The days of the window before that a baseline is made of; FALSE past the last. */
static gboolean next_day(const struct watch *watch, guint *day)
{
    for (; *day < watch->day; (*day)++)
        if (watch_at(watch, *day)->is_known &&
            !(watch_marks(watch, *day) & (MARK_RAISED | MARK_BEAT)))
            return TRUE;
    return FALSE;
}

static guint first_day(const struct watch *watch)
{
    return MAX(watch->day > WINDOW ? watch->day - WINDOW : 0, watch->project->begin);
}

static guint active_hours(const struct detail *detail)
{
    guint count = 0;

    for (guint hour = 0; hour < HOURS; hour++)
        count += detail->requests[hour] > 0;
    return count;
}

/* Whether all hours with requests have as many, within the stated share of their mean. */
static gboolean is_flat(const struct watch *watch, const struct detail *detail)
{
    int64_t least = INT64_MAX, most = 0;
    int128 sum = 0;
    guint hours = active_hours(detail);

    if (hours < watch->threshold->of[SHAPE_HOURS])
        return FALSE;
    for (guint hour = 0; hour < HOURS; hour++) {
        if (detail->requests[hour] == 0)
            continue;
        least = MIN(least, detail->requests[hour]);
        most = MAX(most, detail->requests[hour]);
        sum += detail->requests[hour];
    }
    return (int128)(most - least) * hours * 1000 <=
           sum * (watch->threshold->of[SHAPE_FLAT] / 1000000);
}

/* The usual number of active hours, twice, and on how many days it was flat; FALSE without a week
 * of hourly usage. */
static gboolean usual_hours(const struct watch *watch, int128 *hours2, guint *flat_days,
                            guint *days)
{
    int128 hours[WINDOW];

    *days = *flat_days = 0;
    for (guint day = first_day(watch); next_day(watch, &day); day++) {
        const struct detail *detail = detail_of(watch, day);

        if (!detail->is_hourly)
            continue;
        hours[(*days)++] = active_hours(detail);
        *flat_days += is_flat(watch, detail);
    }
    if (*days < DAYS_LEAST)
        return FALSE;
    *hours2 = median_twice(hours, *days);
    return TRUE;
}

static void judge_hours(struct watch *watch)
{
    const struct detail *now = detail_of(watch, watch->day);
    guint hours = active_hours(now), flat_days, days;
    int128 hours2;

    if (!now->is_hourly || !usual_hours(watch, &hours2, &flat_days, &days))
        return;
    if (hours >= watch->threshold->of[SHAPE_HOURS] &&
        hours2 <= 2 * watch->threshold->of[SHAPE_OFFICE_HOURS])
        watch_hit(watch, RULE_ALL_HOURS, watch->day, TRUE, watch->base,
                  watch_is_first(watch, RULE_ALL_HOURS)
                      ? g_strdup_printf("requests in %u hours of the day against %d in the median "
                                        "of the %u days before",
                                        hours, (int)(hours2 / 2), days)
                      : NULL);
    if (is_flat(watch, now) && 2 * flat_days <= days)
        watch_hit(watch, RULE_FLAT, watch->day, TRUE, watch->base,
                  watch_is_first(watch, RULE_FLAT)
                      ? g_strdup_printf("as many requests in each of %u hours", hours)
                      : NULL);
}

/* What a name took in the window, of the parts that `keys` chooses, and all together. */
static guint window_parts(const struct watch *watch, const char *name, gboolean keys, int128 *own,
                          int128 *all)
{
    guint days = 0;

    *own = *all = 0;
    for (guint day = first_day(watch); next_day(watch, &day); day++) {
        const struct detail *detail = detail_of(watch, day);
        const GArray *parts = keys ? detail->keys : detail->items;

        if (watch_at(watch, day)->nanos != 0 && !parts)
            continue; /* it names none: not known */
        days++;
        *own += details_amount(parts, name);
        for (guint i = 0; parts && i < parts->len; i++)
            *all += g_array_index(parts, struct part, i).amount;
    }
    return days;
}

static const struct part *largest(const GArray *parts, int128 *sum)
{
    const struct part *best = NULL;

    *sum = 0;
    for (guint i = 0; parts && i < parts->len; i++) {
        const struct part *part = &g_array_index(parts, struct part, i);

        *sum += part->amount;
        if (!best || part->amount > best->amount)
            best = part;
    }
    return best;
}

static char *share_evidence(const char *what, const char *name, int128 part, int128 sum,
                            const char *usually)
{
    int64_t percent = sum > 0 ? narrow(part * 100 / sum) : 0;

    return g_strdup_printf("%s %s is %" G_GINT64_FORMAT " %% of the day, and was %s", what, name,
                           percent, usually);
}

/* A key that was little or nothing of the project carries what the day is above its weeks. */
static void judge_key(struct watch *watch)
{
    const struct detail *now = detail_of(watch, watch->day);
    int128 sum, own, all, above;
    const struct part *part = largest(now->keys, &sum);
    guint days;

    if (!part || sum <= 0)
        return;
    days = window_parts(watch, part->name, TRUE, &own, &all);
    if (days < DAYS_LEAST || all <= 0 || own * MILLION > all * SELDOM_PPM)
        return;
    above = sum - all / days;
    if (above <= 0 || (part->amount - own / days) * MILLION < above * CARRIED_PPM)
        return;
    watch_hit(watch, RULE_ONE_KEY, watch->day, TRUE, watch->base,
              watch_is_first(watch, RULE_ONE_KEY)
                  ? share_evidence("key", part->name, part->amount, sum,
                                   own > 0 ? "seldom used before" : "not used before")
                  : NULL);
}

/* A line item that the weeks before did not have carries half of the excess, and comes to the first
 * day's limit. */
static void judge_item(struct watch *watch)
{
    const struct detail *now = detail_of(watch, watch->day);
    int128 sum, own, all, excess = (int128)watch->nanos - watch->base;
    const struct part *part = largest(now->items, &sum);

    if (!part || part->amount < watch->threshold->of[NEW_FIRST_DAY] ||
        part->amount * (int128)MILLION < excess * HALF_PPM ||
        window_parts(watch, part->name, FALSE, &own, &all) < DAYS_LEAST || own != 0)
        return;
    watch_hit(watch, RULE_NEW_ITEM, watch->day, TRUE, watch->base,
              watch_is_first(watch, RULE_NEW_ITEM)
                  ? share_evidence("line item", part->name, part->amount, sum, "not there before")
                  : NULL);
}

/* The usual proportion of two counts in parts per million; -1 without a week of it. */
static int64_t usual_ppm(const struct watch *watch, gboolean of_output)
{
    int128 values[WINDOW];
    guint days = 0;

    for (guint day = first_day(watch); next_day(watch, &day); day++) {
        const struct detail *detail = detail_of(watch, day);

        if (detail->input > 0)
            values[days++] =
                (int128)(of_output ? detail->output : detail->cached) * MILLION / detail->input;
    }
    return days < DAYS_LEAST ? -1 : narrow(half(median_twice(values, days)));
}

static char *proportion_evidence(const char *what, int64_t now_ppm, int64_t usual)
{
    return g_strdup_printf("%s is %" G_GINT64_FORMAT ".%02d of input against %" G_GINT64_FORMAT
                           ".%02d in the weeks before",
                           what, now_ppm / MILLION, (int)(now_ppm % MILLION / 10000),
                           usual / MILLION, (int)(usual % MILLION / 10000));
}

static void judge_tokens(struct watch *watch)
{
    const struct detail *now = detail_of(watch, watch->day);
    int64_t output, cached, usual;

    if (now->input <= 0)
        return;
    output = narrow((int128)now->output * MILLION / now->input);
    cached = narrow((int128)now->cached * MILLION / now->input);
    usual = usual_ppm(watch, TRUE);
    if (usual > 0 && is_times(output, watch->threshold->of[SHAPE_OUTPUT], usual))
        watch_hit(watch, RULE_OUTPUT, watch->day, TRUE, watch->base,
                  watch_is_first(watch, RULE_OUTPUT) ? proportion_evidence("output", output, usual)
                                                     : NULL);
    usual = usual_ppm(watch, FALSE);
    if (usual >= CACHED_LEAST && !is_times(cached, watch->threshold->of[SHAPE_CACHED], usual))
        watch_hit(watch, RULE_CACHE, watch->day, TRUE, watch->base,
                  watch_is_first(watch, RULE_CACHE)
                      ? proportion_evidence("cached input", cached, usual)
                      : NULL);
}

void rule_shape(struct watch *watch)
{
    int128 excess = (int128)watch->nanos - watch->base;

    if (!watch->project->details || !watch->has_baseline || excess < watch->floor ||
        !is_times(watch->nanos, watch->threshold->of[SHAPE_GROWTH], watch->base) ||
        watch_marks(watch, watch->day) & MARK_BEAT ||
        excess - watch->backlog - relief_moved(watch, excess) < watch->floor)
        return;
    judge_hours(watch);
    judge_key(watch);
    judge_item(watch);
    judge_tokens(watch);
}

/* A weekend day as dear as a weekday, of a project that rested at weekends. */
void rule_off_hours(struct watch *watch)
{
    guint weekends = 0;
    int128 excess = (int128)watch->nanos - watch->weekday;

    if (!watch->has_weekday || !rhythm_is_weekend(watch, watch->day) || excess < watch->floor ||
        watch->median <= 0 || watch->nanos < watch->median ||
        watch_marks(watch, watch->day) & MARK_BEAT)
        return;
    for (guint day = first_day(watch); next_day(watch, &day); day++) {
        if (!rhythm_is_weekend(watch, day))
            continue;
        weekends++;
        if (is_times(watch_at(watch, day)->nanos, watch->threshold->of[SHAPE_REST],
                     watch->median) &&
            watch_at(watch, day)->nanos > 0)
            return;
    }
    if (weekends < 4 || excess - watch->backlog - relief_moved(watch, excess) < watch->floor)
        return;
    g_autofree char *cost = money_format_cents(watch->nanos);
    g_autofree char *usual = money_format_cents(watch->weekday);
    g_autofree char *date = watch_date(watch, watch->day);

    watch_hit(watch, RULE_OFF_HOURS, watch->day, TRUE, watch->weekday,
              g_strdup_printf("%s %s on %s, a weekend, against a median of %s on the four same "
                              "weekdays before",
                              cost, watch->organization->currency, date, usual));
}
