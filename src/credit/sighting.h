/*
 * sighting.h - an observed balance against what the burn-down allows at its instant.
 *
 * The day's use may lie before or after the instant, all or in part; so may a top-up of which only
 * the date is known.
 */
#pragma once
#include "credit/account.h"

struct sighting {
    const struct observation *observation;
    int64_t low_nanos, high_nanos;
    int64_t unexplained_nanos; /* 0 within [low, high], else observed minus the nearer bound */
    /* Since when there is a rest of this sign: the first of the consecutive observations that have
     * one, and the one before that. NULL: it ties out; there was none before. */
    const struct observation *since, *prior;
    gboolean prior_ties; /* prior ties out: the difference arose after it */
};

/*
 * One per observation in the account's currency that lies within the days of the burn-down, in
 * their order: of other days nothing is known. A balance printed in whole cents may be off by less
 * than one.
 */
GArray *sightings_new(const struct account *account, const struct burn *burn);
