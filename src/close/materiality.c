/* materiality.c - what is too little to matter. */
#include "close/subject.h"
#include "core/money.h"

#define DEFAULT_AMOUNT NANOS_PER_UNIT /* 1.00 */
#define DEFAULT_SHARE  5000           /* parts per million: 0.5 % */

static const struct figures *find_figures(const struct subject *subject, const char *currency)
{
    for (guint i = 0; i < subject->figures->len; i++) {
        const struct figures *figures = &g_array_index(subject->figures, struct figures, i);

        if (strcmp(figures->currency, currency) == 0)
            return figures;
    }
    return NULL;
}

gboolean subject_has_currency(const struct subject *subject, const char *currency)
{
    return find_figures(subject, currency) != NULL;
}

static gboolean is_stated(const struct subject *subject)
{
    return subject->has_amount || subject->has_share;
}

gboolean subject_materiality(const struct subject *subject, const char *currency, int64_t *out,
                             GError **error)
{
    const struct figures *figures = find_figures(subject, currency);
    int64_t usage = figures ? ABS(figures->nanos[FIGURE_USAGE]) : 0;
    int64_t amount = subject->has_amount ? subject->amount_nanos : DEFAULT_AMOUNT;
    int64_t share = 0;

    if (!money_scale(&share, usage, subject->has_share ? subject->share_ppm : DEFAULT_SHARE,
                     1000000, error))
        return FALSE;
    if (is_stated(subject) && !subject->has_share)
        *out = amount;
    else if (is_stated(subject) && !subject->has_amount)
        *out = share;
    else
        *out = MIN(amount, share);
    return TRUE;
}

char *subject_materiality_rule(const struct subject *subject)
{
    g_autofree char *amount =
        money_format_grouped(subject->has_amount ? subject->amount_nanos : DEFAULT_AMOUNT, 2);
    /* Parts per million of the whole are 1e-4 of a percent: as nanos, 1e5 each. */
    g_autofree char *share = money_format_grouped(
        (subject->has_share ? subject->share_ppm : DEFAULT_SHARE) * (NANOS_PER_UNIT / 10000), 1);

    if (is_stated(subject) && !subject->has_share)
        return g_steal_pointer(&amount);
    if (is_stated(subject) && !subject->has_amount)
        return g_strdup_printf("%s %% of the month's usage", share);
    return g_strdup_printf("the smaller of %s and %s %% of the month's usage%s", amount, share,
                           is_stated(subject) ? "" : " (nothing is stated: the default)");
}
