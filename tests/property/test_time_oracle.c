/*
 * test_time_oracle.c - the calendar day by day and zones second by second.
 *
 * The calendar is held against one that counts days one at a time. Local times are held against
 * GLib's other direction, from instants to offsets, by trying every second around each transition.
 * Both comparisons take what they compare as an argument, so that planted bugs show that they
 * would notice.
 */
#include "core/instant.h"
#include "test.h"

#include <inttypes.h>

#include "random.h"

#define FIRST_YEAR 1970
#define LAST_YEAR  2199
#define DAYS       84006 /* of those years */

#define SCAN_FROM  INT64_C(1420070400) /* 2015-01-01 */
#define SCAN_UNTIL INT64_C(2145916800) /* 2038-01-01 */

#define AROUND (3 * 3600) /* seconds either side of a transition in which candidates can lie */
#define HOUR   3600

static const char *const zone_names[] = {
    "America/New_York", "Europe/Berlin",     "Europe/London", "Asia/Hong_Kong", "Asia/Tokyo",
    "Australia/Sydney", "America/Sao_Paulo", "Asia/Kolkata",  "Pacific/Apia",   "Africa/Casablanca",
};

struct date {
    int year, month, day;
};

typedef gboolean (*leap_rule)(int year);

static gboolean gregorian(int year)
{
    if (year % 400 == 0)
        return TRUE;
    if (year % 100 == 0)
        return FALSE;
    return year % 4 == 0;
}

static gboolean julian(int year)
{
    return year % 4 == 0;
}

static int month_length(int year, int month, leap_rule leap)
{
    if (month == 2)
        return leap(year) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static void date_step(struct date *date, leap_rule leap)
{
    if (++date->day <= month_length(date->year, date->month, leap))
        return;
    date->day = 1;
    if (++date->month <= 12)
        return;
    date->month = 1;
    date->year++;
}

/* Whether day number and date are each other's, in every function and text. */
static gboolean day_agrees(int32_t number, const struct date *date)
{
    struct date back;
    struct civil civil;
    int32_t parsed = -1;
    char text[11], instant[21];
    g_autofree char *expected =
        g_strdup_printf("%04d-%02d-%02d", date->year, date->month, date->day);
    g_autofree char *expected_end = g_strdup_printf("%sT23:59:59Z", expected);
    g_autofree char *american = g_strdup_printf("%d/%d/%04d", date->month, date->day, date->year);
    g_autofree char *epoch = g_strdup_printf("%" PRId64, number * SECONDS_PER_DAY);

    day_to_civil(number, &back.year, &back.month, &back.day);
    day_format(number, text);
    instant_format((number + 1) * SECONDS_PER_DAY - 1, instant);
    if (day_from_civil(date->year, date->month, date->day) != number || back.year != date->year ||
        back.month != date->month || back.day != date->day ||
        !civil_day_valid(date->year, date->month, date->day) || strcmp(text, expected) != 0 ||
        strcmp(instant, expected_end) != 0 || !day_parse(&parsed, text, 10, NULL) ||
        parsed != number || day_from_instant(number * SECONDS_PER_DAY) != number ||
        day_from_instant((number + 1) * SECONDS_PER_DAY - 1) != number)
        return FALSE;

    const char *const texts[][2] = {
        {expected, "iso"}, {american, "%m/%d/%Y"}, {expected_end, "iso"}, {epoch, "epoch"}};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        if (!civil_parse(&civil, texts[i][0], strlen(texts[i][0]), texts[i][1], NULL) ||
            civil.year != date->year || civil.month != date->month || civil.day != date->day)
            return FALSE;
    }
    return TRUE;
}

/* The first day number on which trueup and a calendar with this rule differ, else -1. */
static int32_t find_day_difference(leap_rule leap)
{
    struct date date = {FIRST_YEAR, 1, 1};

    for (int32_t number = 0; number < DAYS; number++, date_step(&date, leap)) {
        if (!day_agrees(number, &date))
            return number;
    }
    return date.year == LAST_YEAR + 1 && date.month == 1 && date.day == 1 ? -1 : DAYS;
}

static void every_day_of_1970_to_2199_agrees_with_the_oracle(void **state)
{
    int32_t difference = find_day_difference(gregorian);

    (void)state;
    if (difference >= 0)
        fail_msg("day %d differs", difference);
}

static void the_calendar_comparison_notices_a_wrong_leap_year(void **state)
{
    (void)state;
    assert_int_equal(find_day_difference(julian), 47541); /* 2100-03-01 */
}

static void the_day_after_each_months_last_is_refused(void **state)
{
    (void)state;
    for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
        for (int month = 1; month <= 12; month++) {
            int length = month_length(year, month, gregorian);
            g_autofree char *text = g_strdup_printf("%04d-%02d-%02d", year, month, length + 1);
            struct civil civil;
            int32_t day;

            assert_true(civil_day_valid(year, month, length));
            assert_false(civil_day_valid(year, month, length + 1));
            assert_false(day_parse(&day, text, 10, NULL));
            assert_false(civil_parse(&civil, text, 10, "iso", NULL));
        }
    }
}

static void a_year_later_is_the_same_date_but_for_29_february(void **state)
{
    struct date date = {FIRST_YEAR, 1, 1};
    struct rng rng = rng_new();

    (void)state;
    for (int32_t number = 0; number < DAYS; number++, date_step(&date, gregorian)) {
        int second = rng_below(&rng, SECONDS_PER_DAY);
        int64_t later = instant_add_year(number * SECONDS_PER_DAY + second);
        gboolean leap_day = date.month == 2 && date.day == 29;
        struct date back;

        day_to_civil(day_from_instant(later), &back.year, &back.month, &back.day);
        assert_int_equal(back.year, date.year + 1);
        assert_int_equal(back.month, date.month);
        assert_int_equal(back.day, leap_day ? 28 : date.day);
        assert_int_equal(later % SECONDS_PER_DAY, second);
    }
}

static int offset_at(GTimeZone *rules, int64_t at)
{
    return g_time_zone_get_offset(rules,
                                  g_time_zone_find_interval(rules, G_TIME_TYPE_UNIVERSAL, at));
}

/* The first instant after `from` with another offset, else `until`. */
static int64_t next_transition(GTimeZone *rules, int64_t from, int64_t until)
{
    int offset = offset_at(rules, from);
    int64_t hour = from;

    while (hour < until && offset_at(rules, hour) == offset)
        hour += HOUR;
    if (hour >= until)
        return until;
    for (from = hour - HOUR; offset_at(rules, from) == offset;)
        from++;
    return from;
}

static struct civil civil_from_wall(int64_t wall)
{
    int32_t day = day_from_instant(wall);
    int second = (int)(wall - day * SECONDS_PER_DAY);
    struct civil civil = {
        .hour = second / 3600, .minute = second / 60 % 60, .second = second % 60, .has_time = TRUE};

    day_to_civil(day, &civil.year, &civil.month, &civil.day);
    return civil;
}

typedef gboolean (*convert_function)(int64_t *out, const struct civil *civil,
                                     const struct zone *zone, gboolean *overlap, GError **error);

/*
 * Compares every local second within an hour of a transition. The oracle's answer is the list of
 * the instants around it whose local time is that second.
 */
static gboolean transition_agrees(convert_function convert, const struct zone *zone,
                                  GTimeZone *rules, int64_t transition)
{
    int before = offset_at(rules, transition - 1);
    int after = offset_at(rules, transition);
    int64_t first_wall = transition + MIN(before, after) - HOUR;
    int len = ABS(after - before) + 2 * HOUR;
    g_autofree int64_t *earliest = g_new0(int64_t, len);
    g_autofree int *count = g_new0(int, len);

    for (int64_t at = transition - AROUND; at < transition + AROUND; at++) {
        int64_t index = at + offset_at(rules, at) - first_wall;
        if (index < 0 || index >= len)
            continue;
        if (count[index]++ == 0)
            earliest[index] = at;
    }
    for (int i = 0; i < len; i++) {
        struct civil civil = civil_from_wall(first_wall + i);
        gboolean overlap = FALSE;
        int64_t at = -77;
        gboolean exists = convert(&at, &civil, zone, &overlap, NULL);

        if (exists != (count[i] > 0) || overlap != (count[i] > 1) ||
            at != (exists ? earliest[i] : -77))
            return FALSE;
        if (!exists)
            continue;
        instant_to_civil(&civil, at, zone);
        if (civil.offset_seconds != offset_at(rules, at) || civil.second != (first_wall + i) % 60)
            return FALSE;
    }
    return TRUE;
}

/* How many transitions 2015-2037 of a zone were compared; the first that differs ends it with -1.
 */
static int compare_transitions(convert_function convert, const char *name)
{
    const struct zone *zone = zone_find(name, NULL);
    g_autoptr(GTimeZone) rules = g_time_zone_new_identifier(name);
    int count = 0;

    assert_non_null(zone);
    assert_non_null(rules);
    for (int64_t at = next_transition(rules, SCAN_FROM, SCAN_UNTIL); at < SCAN_UNTIL;
         at = next_transition(rules, at, SCAN_UNTIL)) {
        if (!transition_agrees(convert, zone, rules, at))
            return -1;
        count++;
    }
    return count;
}

static void local_times_around_every_transition_agree_with_the_oracle(void **state)
{
    int total = 0;

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(zone_names); i++) {
        int count = compare_transitions(civil_to_instant, zone_names[i]);

        if (count < 0)
            fail_msg("%s differs", zone_names[i]);
        total += count;
    }
    g_print("%d transitions\n", total);
    /* Four zones change twice a year throughout; zone data may yet change the others. */
    assert_true(total >= 4 * 46);
}

/* What g_time_zone_adjust_time makes of it: gaps are closed, overlaps are not told. */
static gboolean convert_by_adjusting(int64_t *out, const struct civil *civil,
                                     const struct zone *zone, gboolean *overlap, GError **error)
{
    g_autoptr(GTimeZone) rules = g_time_zone_new_identifier(zone_name(zone));
    gint64 wall = day_from_civil(civil->year, civil->month, civil->day) * SECONDS_PER_DAY +
                  civil->hour * 3600 + civil->minute * 60 + civil->second;
    int interval = g_time_zone_adjust_time(rules, G_TIME_TYPE_STANDARD, &wall);

    (void)overlap;
    (void)error;
    *out = wall - g_time_zone_get_offset(rules, interval);
    return TRUE;
}

/* Takes the later of two instants. */
static gboolean convert_to_later(int64_t *out, const struct civil *civil, const struct zone *zone,
                                 gboolean *overlap, GError **error)
{
    if (!civil_to_instant(out, civil, zone, overlap, error))
        return FALSE;
    *out += *overlap ? HOUR : 0;
    return TRUE;
}

static void the_transition_comparison_notices_planted_bugs(void **state)
{
    (void)state;
    assert_int_equal(compare_transitions(convert_by_adjusting, "Europe/Berlin"), -1);
    assert_int_equal(compare_transitions(convert_to_later, "Europe/Berlin"), -1);
}

typedef gboolean (*cover_function)(struct interval *out, const struct civil *civil,
                                   const struct zone *zone, GError **error);

/* Whether the local day changes to this one exactly where its interval starts. */
static gboolean day_starts_at(GTimeZone *rules, int64_t at, int32_t day)
{
    return day_from_instant(at + offset_at(rules, at)) == day &&
           day_from_instant(at - 1 + offset_at(rules, at - 1)) < day;
}

/* How many days of 1970-2199 do not exist in a zone; -1 when days leave a hole or overlap. */
static int compare_days(cover_function cover, const char *name)
{
    const struct zone *zone = zone_find(name, NULL);
    g_autoptr(GTimeZone) rules = g_time_zone_new_identifier(name);
    struct date date = {FIRST_YEAR, 1, 1};
    int64_t reached = 0;
    int skipped = 0;

    for (int32_t day = 0; day < DAYS; day++, date_step(&date, gregorian)) {
        struct civil civil = {.year = date.year, .month = date.month, .day = date.day};
        struct interval interval;

        if (!cover(&interval, &civil, zone, NULL)) {
            skipped++;
            continue;
        }
        if (interval.from >= interval.until || !day_starts_at(rules, interval.from, day) ||
            (day > 0 && interval.from != reached))
            return -1;
        reached = interval.until;
    }
    return skipped;
}

static void the_days_of_a_zone_tile_without_hole_or_overlap(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(zone_names); i++) {
        int skipped = compare_days(civil_to_interval, zone_names[i]);
        int expected = strcmp(zone_names[i], "Pacific/Apia") == 0; /* its 30 December 2011 */

        if (skipped != expected)
            fail_msg("%s: %d", zone_names[i], skipped);
    }
}

/* A day is 24 hours. */
static gboolean cover_24_hours(struct interval *out, const struct civil *civil,
                               const struct zone *zone, GError **error)
{
    gboolean covered = civil_to_interval(out, civil, zone, error);

    if (covered)
        out->until = out->from + SECONDS_PER_DAY;
    return covered;
}

static void the_comparison_of_days_notices_days_of_24_hours(void **state)
{
    (void)state;
    assert_int_equal(compare_days(cover_24_hours, "America/Sao_Paulo"), -1);
    assert_int_equal(compare_days(cover_24_hours, "Asia/Kolkata"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_of_1970_to_2199_agrees_with_the_oracle),
        cmocka_unit_test(the_calendar_comparison_notices_a_wrong_leap_year),
        cmocka_unit_test(the_day_after_each_months_last_is_refused),
        cmocka_unit_test(a_year_later_is_the_same_date_but_for_29_february),
        cmocka_unit_test(local_times_around_every_transition_agree_with_the_oracle),
        cmocka_unit_test(the_transition_comparison_notices_planted_bugs),
        cmocka_unit_test(the_days_of_a_zone_tile_without_hole_or_overlap),
        cmocka_unit_test(the_comparison_of_days_notices_days_of_24_hours),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
