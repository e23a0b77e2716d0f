/*
 * measure.h - medians, spreads and ratios of money in whole numbers.
 *
 * Halves are kept by doubling: two middle values are added, not averaged. Both sides of a
 * comparison are multiplied out over int128.
 */
#pragma once
#include "core/money.h"

/* Days, measured. */
struct baseline {
    guint days;
    int128 median2; /* twice the median */
    int128 mad4;    /* four times the median absolute deviation */
    int128 sum2;    /* twice the sum of absolute deviations */
};

/* Twice the median of count > 0 values, which it sorts. */
int128 median_twice(int128 *values, guint count);
/* Measures days (days > 0), which it overwrites. */
struct baseline baseline_of(int128 *values, guint days);
/*
 * The modified z as a fraction: above over spread, scaled alike. Where most days are alike and MAD
 * is 0, the mean absolute deviation measures; where that is 0 too, spread is 0.
 */
void modified_z(const struct baseline *baseline, int128 nanos, int128 *above, int128 *spread);

/* value >= times * other. A thousandth of a ratio, which is given in nanos, is as fine as it is
 * meant. */
gboolean is_times(int128 value, int64_t times, int128 other);
/* The middle of two, rounded down whatever the sign. */
int128 half(int128 twice);
/* The nearest number that an int64_t holds. */
int64_t narrow(int128 nanos);
