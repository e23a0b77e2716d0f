/* stamp.c - see stamp.h. */
#include "import/stamp.h"

static char *civil_text(const struct civil *civil)
{
    if (!civil->has_time)
        return g_strdup_printf("%04d-%02d-%02d", civil->year, civil->month, civil->day);
    return g_strdup_printf("%04d-%02d-%02d %02d:%02d:%02d", civil->year, civil->month, civil->day,
                           civil->hour, civil->minute, civil->second);
}

static void note_zone(struct load *load, const struct civil *civil)
{
    if (civil->has_offset)
        return;
    if (zone_is_unknown(load->zone))
        load_note(load, NOTE_ASSUMED,
                  "dates are in no stated zone (--tz): each is taken as its UTC day, widened by 14 "
                  "hours on either side");
    else
        load_note(load, NOTE_ASSUMED, "dates and times without an offset are read in %s (%s)",
                  zone_name(load->zone),
                  strcmp(load->zone_source, "option") == 0 ? "--tz" : "the format's zone");
}

/* The instant that stands for a date: noon, or the start of its day; in UTC when no zone is known.
 */
static gboolean date_instant(const struct load *load, const struct civil *civil,
                             enum date_stands_for rule, const struct interval *range, int64_t *at,
                             GError **error)
{
    const struct zone *zone = zone_is_unknown(load->zone) ? zone_utc() : load->zone;
    struct civil timed = *civil;

    if (rule == DATE_IS_START && zone == load->zone) {
        *at = range->from; /* the day's first instant, also where midnight does not exist */
        return TRUE;
    }
    timed.has_time = TRUE;
    timed.hour = rule == DATE_IS_NOON ? 12 : 0;
    return civil_to_instant(at, &timed, zone, NULL, error);
}

static gboolean read_civil(struct load *load, const struct civil *civil, enum date_stands_for rule,
                           struct stamp *stamp, GError **error)
{
    if (!civil_to_interval(&stamp->range, civil, load->zone, error))
        return FALSE;
    stamp->is_date = !civil->has_time;
    if (stamp->is_date)
        return date_instant(load, civil, rule, &stamp->range, &stamp->at, error);
    return civil_to_instant(&stamp->at, civil, load->zone, NULL, error);
}

gboolean stamp_read(struct load *load, gint64 line, const char *column,
                    const struct printed_date *date, enum date_stands_for rule, struct stamp *out)
{
    const struct civil *civil = &date->civil;
    g_autofree char *text = civil_text(civil);
    g_autoptr(GError) error = NULL;
    struct stamp stamp = {0};

    if (!read_civil(load, civil, rule, &stamp, &error)) {
        load_problem(load, line, "column \"%s\": \"%s\" %s", column, text, error->message);
        return FALSE;
    }
    note_zone(load, civil);
    load_dated(load, day_from_instant(stamp.at));
    *out = stamp;
    return TRUE;
}
