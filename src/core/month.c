/* month.c - a calendar month: its days, its instants and its neighbours. */
#include "core/month.h"
#include "core/instant.h"

static void month_format(int year, int month, char out[8])
{
    char day[11];

    day_format(day_from_civil(year, month, 1), day);
    g_strlcpy(out, day, 8);
}

gboolean month_parse(struct month *out, const char *text, GError **error)
{
    int32_t first, until;
    int year, month, day;

    if (!month_days(&first, &until, text, error))
        return FALSE;
    day_to_civil(first, &year, &month, &day);
    month_format(year, month, out->text);
    month_format(month == 1 ? year - 1 : year, month == 1 ? 12 : month - 1, out->prior);
    month_format(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, out->next);
    day_format(first, out->first);
    day_format(until - 1, out->last);
    out->first_at = first * SECONDS_PER_DAY;
    out->until_at = until * SECONDS_PER_DAY;
    return TRUE;
}
