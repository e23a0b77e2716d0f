/* sentence.c - the parts that reasons and explanations are made of. */
#include "match/sentence.h"
#include "core/instant.h"
#include "core/money.h"

char *sentence_money(int64_t nanos, const char *currency)
{
    g_autofree char *amount = money_format(nanos, 2);

    return g_strconcat(amount, " ", currency, NULL);
}

char *sentence_span(int64_t seconds)
{
    if (seconds < 120)
        return g_strdup_printf("%" G_GINT64_FORMAT " s", seconds);
    if (seconds < 2 * 3600)
        return g_strdup_printf("%" G_GINT64_FORMAT " min", seconds / 60);
    if (seconds < 2 * SECONDS_PER_DAY)
        return g_strdup_printf("%" G_GINT64_FORMAT " h", seconds / 3600);
    return g_strdup_printf("%" G_GINT64_FORMAT " days", seconds / SECONDS_PER_DAY);
}
