/*
 * civil_parse.c - dates and times as files write them.
 *
 * Two fixed shapes ("epoch", "iso") and patterns in the manner of strptime, which is not used:
 * it reads the locale's month names, forgives too much and says nothing about why it stopped.
 * Nothing is allocated but an error.
 */
#include "core/error.h"
#include "core/instant.h"

/* 2200-01-01T00:00:00Z, the first instant that is too late. */
#define EPOCH_END INT64_C(7258118400)
/* No zone was ever further from UTC. */
#define MAX_OFFSET_HOURS 15

struct cursor {
    const char *at, *end;
};

static gboolean fail(GError **error, const char *why)
{
    g_set_error_literal(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, why);
    return FALSE;
}

/* Skips blanks, tabs and the two no-break spaces; TRUE when there was one. */
static gboolean skip_blanks(struct cursor *c)
{
    const char *start = c->at;

    for (;;) {
        gsize left = (gsize)(c->end - c->at);
        if (left >= 1 && (*c->at == ' ' || *c->at == '\t'))
            c->at++;
        else if (left >= 2 && memcmp(c->at, "\xC2\xA0", 2) == 0)
            c->at += 2;
        else if (left >= 3 && memcmp(c->at, "\xE2\x80\xAF", 3) == 0)
            c->at += 3;
        else
            return c->at > start;
    }
}

static gboolean at_digit(const struct cursor *c)
{
    return c->at < c->end && g_ascii_isdigit(*c->at);
}

static gboolean take_char(struct cursor *c, char wanted)
{
    if (c->at == c->end || *c->at != wanted)
        return FALSE;
    c->at++;
    return TRUE;
}

/* Reads a number of `least` to `most` digits, as many as there are. */
static gboolean take_number(struct cursor *c, int least, int most, int *out)
{
    int value = 0;
    int count = 0;

    for (; count < most && at_digit(c); count++)
        value = value * 10 + (*c->at++ - '0');
    *out = value;
    return count >= least;
}

/* An English month name, whole or its first three letters, or "Sept". */
static gboolean take_month(struct cursor *c, int *out)
{
    gsize len = 0;

    while (c->at + len < c->end && g_ascii_isalpha(c->at[len]))
        len++;
    for (int month = 1; month <= 12; month++) {
        const char *name = month_names[month - 1];
        if ((len == 3 || len == strlen(name) || (len == 4 && month == 9)) &&
            g_ascii_strncasecmp(c->at, name, len) == 0) {
            c->at += len;
            *out = month;
            return TRUE;
        }
    }
    return FALSE;
}

/* Day and time of day must exist before a civil value leaves here. */
static gboolean civil_check(const struct civil *civil, GError **error)
{
    if (!civil_day_check(civil->year, civil->month, civil->day, error))
        return FALSE;
    if (civil->hour > 23 || civil->minute > 59 || civil->second > 59) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "there is no time %02d:%02d:%02d",
                    civil->hour, civil->minute, civil->second);
        return FALSE;
    }
    return TRUE;
}

static gboolean parse_epoch(struct civil *out, struct cursor *c, GError **error)
{
    int64_t at = 0;
    int count = 0;

    for (; at_digit(c) && count < 18; count++)
        at = at * 10 + (*c->at++ - '0');
    if (count == 0 || c->at < c->end)
        return fail(error, "is not a count of seconds since 1970, like 1774548251");
    if (at >= EPOCH_END)
        return fail(error, "is after 2199 when read as seconds since 1970");

    instant_to_civil(out, at, zone_utc());
    return TRUE;
}

/* "Z", "UTC", "+08:00", "+0800", "+08" or nothing. */
static gboolean take_offset(struct cursor *c, struct civil *civil)
{
    int hours, minutes = 0;

    if (c->at == c->end)
        return TRUE;
    civil->has_offset = TRUE;
    if (take_char(c, 'Z') || take_char(c, 'z'))
        return TRUE;
    if (c->end - c->at == 3 && memcmp(c->at, "UTC", 3) == 0) {
        c->at += 3;
        return TRUE;
    }
    gboolean west = *c->at == '-';
    if (!take_char(c, '+') && !take_char(c, '-'))
        return FALSE;
    if (!take_number(c, 2, 2, &hours))
        return FALSE;
    if ((take_char(c, ':') || at_digit(c)) && !take_number(c, 2, 2, &minutes))
        return FALSE;
    civil->offset_seconds = (hours * 60 + minutes) * (west ? -60 : 60);
    return hours <= MAX_OFFSET_HOURS && minutes <= 59;
}

/* " PM", if it is there: to 24 hours. */
static gboolean take_half_day(struct cursor *c, struct civil *civil)
{
    struct cursor ahead = *c;

    skip_blanks(&ahead);
    if (ahead.end - ahead.at < 2 || !*ahead.at || !strchr("AaPp", *ahead.at) ||
        g_ascii_toupper(ahead.at[1]) != 'M')
        return TRUE;
    if (civil->hour < 1 || civil->hour > 12)
        return FALSE;
    civil->hour = civil->hour % 12 + (g_ascii_toupper(*ahead.at) == 'P' ? 12 : 0);
    c->at = ahead.at + 2;
    return TRUE;
}

/* "T18:04:11.123+00:00": what follows the day, all of it optional but the hour and minute. */
static gboolean take_iso_time(struct cursor *c, struct civil *civil)
{
    if (!take_char(c, 'T') && !take_char(c, 't') && !skip_blanks(c))
        return FALSE;
    if (!take_number(c, 1, 2, &civil->hour) || !take_char(c, ':') ||
        !take_number(c, 2, 2, &civil->minute))
        return FALSE;
    if (take_char(c, ':')) {
        if (!take_number(c, 2, 2, &civil->second))
            return FALSE;
        if (take_char(c, '.') || take_char(c, ',')) {
            if (!at_digit(c))
                return FALSE;
            while (at_digit(c)) /* parts of a second are dropped */
                c->at++;
        }
    }
    civil->has_time = TRUE;
    if (!take_half_day(c, civil))
        return FALSE;
    skip_blanks(c);
    return take_offset(c, civil);
}

static gboolean parse_iso(struct civil *out, struct cursor *c, GError **error)
{
    struct civil civil = {.year = 0};

    if (!take_number(c, 4, 4, &civil.year) || !take_char(c, '-') ||
        !take_number(c, 2, 2, &civil.month) || !take_char(c, '-') ||
        !take_number(c, 2, 2, &civil.day) || (c->at < c->end && !take_iso_time(c, &civil)) ||
        c->at < c->end)
        return fail(error, "is not a date like 2026-03-26 or a time like 2026-03-26T18:04:11Z");
    if (!civil_check(&civil, error))
        return FALSE;
    *out = civil;
    return TRUE;
}

static gboolean take_year(struct cursor *c, int *year)
{
    const char *start = c->at;

    if (!take_number(c, 2, 4, year) || c->at - start == 3)
        return FALSE;
    if (c->at - start == 2)
        *year += *year >= 70 ? 1900 : 2000;
    return TRUE;
}

/* Three numbers in the order that `order` states ("dmy"), parted by one of / . - and perhaps
 * followed by a time. */
static gboolean take_numeric(struct cursor *c, const char *order, struct civil *civil)
{
    char separator = '\0';

    for (int i = 0; i < 3; i++) {
        if (i > 0) {
            if (c->at == c->end || !*c->at || !strchr("/.-", *c->at) ||
                (separator && *c->at != separator))
                return FALSE;
            separator = *c->at++;
        }
        if (order[i] == 'y' ? !take_year(c, &civil->year)
                            : !take_number(c, 1, 2, order[i] == 'd' ? &civil->day : &civil->month))
            return FALSE;
    }
    return c->at == c->end || (!at_digit(c) && take_iso_time(c, civil));
}

static gboolean parse_numeric(struct civil *out, struct cursor *c, const char *order,
                              GError **error)
{
    struct civil civil = {.year = 0};

    if (!take_numeric(c, order, &civil) || c->at < c->end) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "is not a date like %s",
                    *order == 'd'   ? "26/03/2026"
                    : *order == 'm' ? "03/26/2026"
                                    : "2026/03/26");
        return FALSE;
    }
    if (!civil_check(&civil, error))
        return FALSE;
    *out = civil;
    return TRUE;
}

/* Reads what one conversion of a pattern stands for. */
static gboolean take_conversion(struct cursor *c, char conversion, struct civil *civil)
{
    switch (conversion) {
    case 'Y':
        return take_number(c, 4, 4, &civil->year);
    case 'y':
        if (!take_number(c, 2, 2, &civil->year))
            return FALSE;
        civil->year += civil->year >= 70 ? 1900 : 2000;
        return TRUE;
    case 'm':
        return take_number(c, 1, 2, &civil->month);
    case 'd':
        return take_number(c, 1, 2, &civil->day);
    case 'b':
    case 'B':
        return take_month(c, &civil->month);
    case 'H':
        civil->has_time = TRUE;
        return take_number(c, 1, 2, &civil->hour);
    case 'M':
        return take_number(c, 2, 2, &civil->minute);
    case 'S':
        return take_number(c, 2, 2, &civil->second);
    default:
        return FALSE;
    }
}

static gboolean take_pattern(struct cursor *c, const char *pattern, struct civil *civil)
{
    for (const char *p = pattern; *p; p++) {
        if (*p == '%' && p[1]) {
            if (!take_conversion(c, *++p, civil))
                return FALSE;
            if ((*p == 'b' || *p == 'B') && p[1] != '.')
                take_char(c, '.'); /* "14 Feb. 2026" */
        } else if (*p == ' ') {
            if (!skip_blanks(c))
                return FALSE;
        } else if (!take_char(c, *p)) {
            return FALSE;
        }
    }
    return c->at == c->end;
}

/* The message shows an example in the pattern's shape; its 26 cannot be taken for a month. */
static gboolean fail_pattern(const char *pattern, GError **error)
{
    static const struct {
        char conversion;
        const char *example;
    } examples[] = {{'Y', "2026"}, {'y', "26"}, {'m', "03"},  {'d', "26"},   {'H', "18"},
                    {'M', "04"},   {'S', "11"}, {'b', "Mar"}, {'B', "March"}};
    g_autoptr(GString) example = g_string_new(NULL);

    for (const char *p = pattern; *p; p++) {
        gsize i = 0;
        while (*p == '%' && i < G_N_ELEMENTS(examples) && examples[i].conversion != p[1])
            i++;
        if (*p != '%' || i == G_N_ELEMENTS(examples)) {
            g_string_append_c(example, *p);
        } else {
            g_string_append(example, examples[i].example);
            p++;
        }
    }
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "is not a date like %s", example->str);
    return FALSE;
}

gboolean civil_parse(struct civil *out, const char *text, gsize len, const char *pattern,
                     GError **error)
{
    struct cursor c = {text, text + len};
    struct civil civil = {.year = 0};

    skip_blanks(&c);
    while (c.end > c.at && g_ascii_isspace(c.end[-1]))
        c.end--;
    if (strcmp(pattern, "epoch") == 0)
        return parse_epoch(out, &c, error);
    if (strcmp(pattern, "iso") == 0)
        return parse_iso(out, &c, error);
    if (*pattern != '%' && strlen(pattern) == 3 && strspn(pattern, "dmy") == 3)
        return parse_numeric(out, &c, pattern, error);
    if (!take_pattern(&c, pattern, &civil))
        return fail_pattern(pattern, error);
    if (!civil_check(&civil, error))
        return FALSE;
    *out = civil;
    return TRUE;
}
