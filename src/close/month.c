/* month.c - a calendar month: its days, its instants and its neighbours. */
#include "close/subject.h"
#include "core/error.h"
#include "core/instant.h"

static void month_format(int year, int month, char out[8])
{
    char day[11];

    day_format(day_from_civil(year, month, 1), day);
    g_strlcpy(out, day, 8);
}

/* "YYYY-MM" of a month that has a month before and one after it. */
static gboolean read_month(const char *text, int32_t *first)
{
    g_autofree char *day = g_strconcat(text, "-01", NULL);

    return strlen(text) == 7 && day_parse(first, day, strlen(day), NULL) && *first > 31 &&
           strcmp(text, "2199-12") < 0;
}

gboolean month_parse(struct month *out, const char *text, GError **error)
{
    int32_t first, until;
    int year, month, day;

    if (!read_month(text, &first)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE, "\"%s\" is not a month like 2026-10",
                    text);
        return FALSE;
    }
    day_to_civil(first, &year, &month, &day);
    month_format(year, month, out->text);
    month_format(month == 1 ? year - 1 : year, month == 1 ? 12 : month - 1, out->prior);
    month_format(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, out->next);
    until = month == 12 ? day_from_civil(year + 1, 1, 1) : day_from_civil(year, month + 1, 1);
    day_format(first, out->first);
    day_format(until - 1, out->last);
    out->first_at = first * SECONDS_PER_DAY;
    out->until_at = until * SECONDS_PER_DAY;
    return TRUE;
}
