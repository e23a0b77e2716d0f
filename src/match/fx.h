/*
 * fx.h - amounts in another currency, by the rate of a day.
 *
 * A rate is looked up on the day, else on the nearest earlier day that has one, at most seven days
 * back; on each day directly, else inverted, else across one currency that both have a rate to.
 */
#pragma once
#include "core/db.h"

struct fx;

struct fx_amount {
    int64_t nanos;
    int32_t rate_day; /* the day whose rate was used */
    char across[4];   /* the currency between, or "" */
};

struct fx *fx_load(struct db *db, GError **error);
void fx_free(struct fx *fx);
typedef struct fx Fx; /* for g_autoptr(Fx) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Fx, fx_free)

#define FX_TOLERANCE_PERMILLE 25

/* Whether an amount is what was expected, but for what card networks add to a day's rate. */
gboolean fx_is_within(int64_t nanos, int64_t expected);

/* FALSE, leaving *out alone, when there is no rate or the amount would not fit. */
gboolean fx_convert(struct fx *fx, int64_t nanos, const char *from, const char *to, int32_t day,
                    struct fx_amount *out);
