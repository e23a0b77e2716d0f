/*
 * threshold.h - the limits of the runaway rules, from rules/runaway.ini, which gives their reasons.
 */
#pragma once
#include <glib.h>
#include <stdint.h>

enum limit {
    MONEY_FLOOR,
    MONEY_SHARE,
    MONEY_CEILING,
    SPIKE_WINDOW_DAYS,
    SPIKE_MINIMUM_DAYS,
    SPIKE_MODIFIED_Z,
    SPIKE_RATIO,
    SPIKE_FACTORS,
    SPIKE_RUN_DAYS,
    SPIKE_LONGEST_DAYS,
    SPIKE_RHYTHM_DAYS,
    SPIKE_CATCH_UP_DAYS,
    DRIFT_RISE,
    DRIFT_GROWTH,
    NEW_FIRST_DAY,
    NEW_PRODUCTION,
    NEW_TEST,
    NEW_OTHER,
    TEST_SHARE,
    TEST_MULTIPLE,
    TEST_EXCESS,
    SHAPE_GROWTH,
    SHAPE_HOURS,
    SHAPE_OFFICE_HOURS,
    SHAPE_FLAT,
    SHAPE_OUTPUT,
    SHAPE_CACHED,
    SHAPE_REST,
    BALANCE_DAYS,
    BALANCE_USUAL_DAYS,
    BALANCE_RECHARGES,
    LIMITS
};

struct threshold {
    int64_t of[LIMITS]; /* whole numbers (days, hours, times) as they are, everything else in
                           nanos: 3.5 is 3500000000 */
};

/* TRUEUP_ERROR_INPUT naming section and key: unknown, missing, no number, out of range. */
gboolean threshold_read(struct threshold *out, GError **error) G_GNUC_WARN_UNUSED_RESULT;
