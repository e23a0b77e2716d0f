/*
 * instant.c - the calendar: days, instants and their text in UTC.
 *
 * The proleptic Gregorian calendar counted in eras of 400 years from 1 March, so that the leap day
 * is the last of its year. Plain integer arithmetic; nothing here asks the C library about time.
 */
#include "core/instant.h"
#include "core/error.h"

#define FIRST_YEAR 1970
#define LAST_YEAR  2199

#define YEARS_PER_ERA 400
#define DAYS_PER_ERA  146097
/* From 0000-03-01 to 1970-01-01. */
#define EPOCH_FROM_ERA 719468

static gboolean leap_year(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return days[month - 1] + (month == 2 && leap_year(year));
}

gboolean civil_day_valid(int year, int month, int day)
{
    return year >= FIRST_YEAR && year <= LAST_YEAR && month >= 1 && month <= 12 && day >= 1 &&
           day <= days_in_month(year, month);
}

static int floor_divide(int value, int by)
{
    return value / by - (value % by < 0);
}

int32_t day_from_civil(int year, int month, int day)
{
    int shifted_year = year - (month <= 2);
    int era = floor_divide(shifted_year, YEARS_PER_ERA);
    int year_of_era = shifted_year - era * YEARS_PER_ERA;
    int month_from_march = month > 2 ? month - 3 : month + 9;
    int day_of_year = (153 * month_from_march + 2) / 5 + day - 1;

    return era * DAYS_PER_ERA + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 +
           day_of_year - EPOCH_FROM_ERA;
}

void day_to_civil(int32_t day, int *year, int *month, int *day_of_month)
{
    int shifted = day + EPOCH_FROM_ERA;
    int era = floor_divide(shifted, DAYS_PER_ERA);
    int day_of_era = shifted - era * DAYS_PER_ERA;
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month_from_march = (5 * day_of_year + 2) / 153;

    *day_of_month = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    *month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    *year = year_of_era + era * YEARS_PER_ERA + (*month <= 2);
}

int32_t day_from_instant(int64_t at)
{
    return (int32_t)(at / SECONDS_PER_DAY - (at % SECONDS_PER_DAY < 0));
}

/* Writes `width` digits, without a NUL. */
static char *write_number(char *out, int value, int width)
{
    for (int i = width - 1; i >= 0; i--) {
        out[i] = (char)('0' + value % 10);
        value /= 10;
    }
    return out + width;
}

void day_format(int32_t day, char out[11])
{
    int year, month, day_of_month;

    day_to_civil(day, &year, &month, &day_of_month);
    g_assert(year >= 0 && year <= 9999);
    out = write_number(out, year, 4);
    *out++ = '-';
    out = write_number(out, month, 2);
    *out++ = '-';
    out = write_number(out, day_of_month, 2);
    *out = '\0';
}

gboolean day_parse(int32_t *out, const char *text, gsize len, GError **error)
{
    static const char shape[] = "dddd-dd-dd";
    int field[3] = {0};
    int at = 0;
    gboolean shaped = len == sizeof shape - 1;

    for (gsize i = 0; shaped && i < len; i++) {
        if (shape[i] == '-') {
            shaped = text[i] == '-';
            at++;
        } else {
            shaped = g_ascii_isdigit(text[i]);
            field[at] = field[at] * 10 + (text[i] - '0');
        }
    }
    if (!shaped) {
        g_set_error_literal(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                            "is not a date like 2026-03-26");
        return FALSE;
    }
    if (!civil_day_check(field[0], field[1], field[2], error))
        return FALSE;
    *out = day_from_civil(field[0], field[1], field[2]);
    return TRUE;
}

gboolean month_days(int32_t *first, int32_t *until, const char *text, GError **error)
{
    g_autofree char *day = g_strconcat(text, "-01", NULL);
    int year, month, day_of_month;
    int32_t start;

    if (strlen(text) != strlen("2026-10") || !day_parse(&start, day, strlen(day), NULL) ||
        strcmp(text, "1970-01") == 0 || strcmp(text, "2199-12") == 0) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE, "\"%s\" is not a month like 2026-10",
                    text);
        return FALSE;
    }
    day_to_civil(start, &year, &month, &day_of_month);
    *first = start;
    *until = month == 12 ? day_from_civil(year + 1, 1, 1) : day_from_civil(year, month + 1, 1);
    return TRUE;
}

const char *const month_names[] = {"January",   "February", "March",    "April",
                                   "May",       "June",     "July",     "August",
                                   "September", "October",  "November", "December"};

gboolean civil_day_check(int year, int month, int day, GError **error)
{
    if (civil_day_valid(year, month, day))
        return TRUE;
    if (year < FIRST_YEAR || year > LAST_YEAR)
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "year %d is outside %d to %d", year,
                    FIRST_YEAR, LAST_YEAR);
    else if (month < 1 || month > 12)
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "there is no month %d", month);
    else
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "there is no %d %s %d", day,
                    month_names[month - 1], year);
    return FALSE;
}

void instant_format(int64_t at, char out[21])
{
    int32_t day = day_from_instant(at);
    int second = (int)(at - day * SECONDS_PER_DAY);

    day_format(day, out);
    out[10] = 'T';
    write_number(out + 11, second / 3600, 2);
    out[13] = ':';
    write_number(out + 14, second / 60 % 60, 2);
    out[16] = ':';
    write_number(out + 17, second % 60, 2);
    out[19] = 'Z';
    out[20] = '\0';
}

int64_t instant_add_year(int64_t at)
{
    int32_t day = day_from_instant(at);
    int year, month, day_of_month;

    day_to_civil(day, &year, &month, &day_of_month);
    if (month == 2 && day_of_month == 29)
        day_of_month = 28;
    return day_from_civil(year + 1, month, day_of_month) * SECONDS_PER_DAY +
           (at - day * SECONDS_PER_DAY);
}
