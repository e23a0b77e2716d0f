/*
 * spike.h - the spike rule: days that cost far more than a project's own last weeks.
 *
 * A known day is a spike when, against the known days of the window before it,
 *
 *   1. its modified z, 0.6745 (x - median) / MAD, is above the limit; where more than half of the
 *      days are equal and MAD is 0, (x - median) / (1.2533 mean absolute deviation); where that is
 *      0 too, every deviation is beyond measure and the next two decide;
 *   2. x - median is at least the floor;
 *   3. x is at least the ratio times the median.
 *
 * Days of an earlier episode are no baseline. So a spike does not hide the next one, and a step
 * that stays becomes the new normal once the window before it has run out: then there are too few
 * days to judge by, and the days after it are known days again.
 *
 * Whole numbers only: both sides of a comparison are multiplied out over int128.
 */
#pragma once
#include "runaway/threshold.h"

struct spike_day {
    int64_t nanos;
    gboolean is_known; /* FALSE: no export covers the day; neither judged nor a baseline */
};

/* Spikes at most one day apart are one episode. Days count from the first of the series. */
struct spike {
    guint from, until;
    int64_t baseline_nanos; /* the median before its first day, rounded to the lower nano */
    guint baseline_days;    /* known days it was taken from */
    int64_t excess_nanos;   /* the sum of its days above that baseline */
    int64_t highest_nanos;
    int64_t z_tenths; /* modified z of the first day, in tenths; -1: no spread to measure by */
};

/* The episodes of a series, in order: struct spike. */
GArray *spike_find(const struct spike_day *days, guint count,
                   const struct spike_threshold *threshold);
