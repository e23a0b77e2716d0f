/*
 * instant.h - UTC instants, civil days, and the interval a date covers in a zone.
 *
 * An instant is UTC epoch seconds (int64_t, names end in _at). A civil day is days since
 * 1970-01-01 (int32_t). A date without a time is not an instant: it is the half-open interval
 * [from, until) that the date covers in its zone. Nothing here reads TZ or the locale.
 */
#pragma once
#include <glib.h>
#include <stdint.h>

#define SECONDS_PER_DAY INT64_C(86400)

struct civil {
    int year, month, day;     /* 1970..2199, 1..12, 1..31 */
    int hour, minute, second; /* 0..23, 0..59, 0..59; all 0 when has_time is FALSE */
    gboolean has_time;
    gboolean has_offset; /* the text carried Z or an offset */
    int offset_seconds;  /* east of UTC; 0 without has_offset */
};

struct interval {
    int64_t from, until; /* half-open, epoch seconds */
};

enum date_order { DATE_ORDER_YMD, DATE_ORDER_DMY, DATE_ORDER_MDY };

/*
 * An IANA zone, or one of two special ones. Owned by a process-wide cache: borrow freely, never
 * free.
 *
 * The unknown zone (zone_unknown()) has no instants: a date in it covers its UTC day widened by
 * 14 hours on either side.
 */
struct zone;

/* Finds "Europe/Berlin", "UTC" or "+08:00". TRUEUP_ERROR_USAGE-free: an unknown name is
 * TRUEUP_ERROR_INPUT, with the name and a hint. */
const struct zone *zone_find(const char *name, GError **error);
const struct zone *zone_utc(void);
const struct zone *zone_unknown(void);
gboolean zone_is_unknown(const struct zone *zone);
const char *zone_name(const struct zone *zone); /* borrowed; "unknown" for the unknown zone */

/* The version of the system's zone data, "2026a"; "unknown" where it does not say. Free it. */
char *zone_data_version(void);

/* Days and text. */
gboolean civil_day_valid(int year, int month, int day); /* within 1970-01-01 .. 2199-12-31 */
/* civil_day_valid() with the reason: "there is no 30 February 2026", "year 1834 is outside …". */
gboolean civil_day_check(int year, int month, int day, GError **error) G_GNUC_WARN_UNUSED_RESULT;
extern const char *const month_names[]; /* twelve, English */
int32_t day_from_civil(int year, int month, int day);
void day_to_civil(int32_t day, int *year, int *month, int *day_of_month);
int32_t day_from_instant(int64_t at); /* the UTC day */
/* Writes "YYYY-MM-DD" and the NUL. */
void day_format(int32_t day, char out[11]);
/* Reads exactly "YYYY-MM-DD". */
gboolean day_parse(int32_t *out, const char *text, gsize len,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
/*
 * The days of "YYYY-MM", half-open. TRUEUP_ERROR_USAGE on what is no month, and on the first and
 * the last of the calendar: a month has one before and one after it.
 */
gboolean month_days(int32_t *first, int32_t *until, const char *text,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Writes "YYYY-MM-DDTHH:MM:SSZ" and the NUL. */
void instant_format(int64_t at, char out[21]);
/* One year later to the second; 29 February becomes 28 February. */
int64_t instant_add_year(int64_t at);

/*
 * Reads a date, with a time or without, by a pattern.
 *
 *   pattern   "%Y-%m-%d", "%m/%d/%Y", "%d %b %Y", "%B %d, %Y", "%m-%d-%Y %H:%M:%S"; %Y four digits,
 *             %y two (70..99 are 19xx), %m %d %H one or two digits, %M %S two, %b and %B English
 *             month names, short or long, any case. A blank in the pattern is one or more blanks.
 *             "iso" reads ISO 8601: "2026-03-26", "2026-03-26T18:04:11", "…+00:00", "…Z", "+0800",
 *             a blank for the T, fractions of a second (dropped), an unpadded hour.
 *             "epoch" reads whole seconds since 1970. "dmy", "mdy" and "ymd" read three numbers in
 *             that order, parted by '/', '.' or '-' (twice the same), padded or not, the year of
 *             two or four digits, with or without a time as in ISO 8601 or with AM and PM.
 *             A month name may end in a dot.
 * Fails with TRUEUP_ERROR_INPUT ("is not a date like …", "there is no 30 February 2026", "year 1834
 * is outside 1970 to 2199"), leaving *out alone; the caller names file, line, column and text.
 */
gboolean civil_parse(struct civil *out, const char *text, gsize len, const char *pattern,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * The instant of a civil time in a zone (its own offset wins over the zone).
 *
 *   *overlap  may be NULL; set when the local time happens twice: the earlier one is taken
 * Fails with TRUEUP_ERROR_INPUT when the local time does not exist (a DST gap), and when the zone
 * is unknown and the time carries no offset. Needs civil->has_time.
 */
gboolean civil_to_instant(int64_t *out, const struct civil *civil, const struct zone *zone,
                          gboolean *overlap, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * The interval that a civil value covers: [day's start, next day's start) in the zone for a date
 * (a day whose midnight is skipped by DST starts at the first instant that exists), one second for
 * a time. In the unknown zone a date covers its UTC day, a time its UTC second, each widened by 14
 * h. A time in a DST gap fails as civil_to_instant does.
 */
gboolean civil_to_interval(struct interval *out, const struct civil *civil, const struct zone *zone,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The civil time of an instant in a zone that is not unknown, e.g. to find its local day. */
void instant_to_civil(struct civil *out, int64_t at, const struct zone *zone);
