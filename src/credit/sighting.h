/*
 * sighting.h - an observed balance against what the burn-down allows at its instant.
 */
#pragma once
#include "credit/account.h"

struct sighting {
    int64_t low_nanos, high_nanos;
    int64_t unexplained_nanos; /* 0 within [low, high], else observed minus the nearer bound */
};

/*
 * FALSE when the observation lies outside the days of the burn-down: then nothing is known.
 *
 * The day's use may lie before or after the instant, all or in part; so may a top-up of which only
 * the date is known. A balance printed in whole cents may be off by less than one.
 */
gboolean sighting_check(const struct account *account, const struct burn *burn,
                        const struct observation *observation, struct sighting *out);
