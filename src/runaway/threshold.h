/*
 * threshold.h - the limits of the runaway rules, from rules/runaway.ini, which gives their reasons.
 */
#pragma once
#include <glib.h>
#include <stdint.h>

struct spike_threshold {
    guint window_days;   /* 1..366 */
    guint minimum_days;  /* 1..window_days */
    int64_t modified_z;  /* in nanos: 3.5 is 3500000000; 1..1000 */
    int64_t floor_nanos; /* >= 0 */
    int64_t ratio;       /* in nanos; 1..1000 */
};

/* TRUEUP_ERROR_INPUT naming section and key: unknown, missing, no number, out of range. */
gboolean threshold_read(struct spike_threshold *out, GError **error) G_GNUC_WARN_UNUSED_RESULT;
