/* quotient.c - see quotient.h. */
#include "report/quotient.h"
#include "core/money.h"

#define SHARE_UNIT    INT64_C(1000000) /* parts per million */
#define LARGEST_SHARE (SHARE_UNIT * 1000000)
#define LARGEST_PER   INT64_C(1000000000000)

gboolean quotient_of(int64_t *out, const struct column *column, int64_t numerator,
                     int64_t denominator)
{
    const gboolean is_share = column->type == COLUMN_SHARE;
    int64_t times = is_share ? SHARE_UNIT * column->per : column->per;

    if (denominator <= 0 || !money_scale(out, numerator, times, denominator, NULL))
        return FALSE;
    return !is_share || (*out <= LARGEST_SHARE && *out >= -LARGEST_SHARE);
}

gboolean quotient_parse(struct column *column, const char *flag)
{
    const char *inside = flag + strlen("quotient(");
    g_autofree char *list = NULL;
    g_auto(GStrv) parts = NULL;
    guint count;

    if (!g_str_has_prefix(flag, "quotient(") || !g_str_has_suffix(inside, ")"))
        return FALSE;
    list = g_strndup(inside, strlen(inside) - 1);
    parts = g_strsplit(list, ",", -1);
    count = g_strv_length(parts);
    column->per = 1;
    if (count < 2 || count > 3 || !*parts[0] || !*parts[1] ||
        (count == 3 && !decimal_parse(&column->per, parts[2], strlen(parts[2]), 0, NULL)) ||
        column->per < 1 || column->per > LARGEST_PER)
        return FALSE;
    column->numerator = g_strdup(parts[0]);
    column->denominator = g_strdup(parts[1]);
    return TRUE;
}
