/*
 * simulate.h - what settings of auto-recharge would have done to the use that was recorded.
 *
 * Arithmetic alone. A day goes like this: what was bought by hand or given that day comes in, what
 * has expired goes; the whole day's use is drawn at once (free credit first, then by expiry, then
 * by age); then, when the balance has come down to the threshold, recharges bring it above it, as
 * far as the month's cap allows. What a recharge buys expires a year later.
 *
 * Use beyond all credit is overdraft, which what is bought next repays. A day that gives back
 * lessens overdraft, then fills up the credit drawn last; the rest is an adjustment.
 *
 * Law: opening + recorded + payments - usage - expired + adjustment = closing.
 */
#pragma once
#include "core/money.h"
#include <stdint.h>

#define SIMULATION_NEVER INT32_MAX

/* What came in on a day as recorded. */
struct simulation_lot {
    int32_t day, expires_on; /* drawn from up to the day before expires_on; SIMULATION_NEVER */
    int64_t nanos;           /* below zero: an overdraft carried in */
    gboolean is_free;        /* repays no overdraft */
    gboolean is_automatic;   /* left out from the first simulated day on */
};

struct recharge_rule {
    int64_t threshold_nanos;
    int64_t amount_nanos; /* 0: up to the target */
    int64_t target_nanos;
    int64_t cap_nanos; /* of a UTC month; INT64_MAX: none */
};

struct simulation_input {
    const struct simulation_lot *lots; /* by day */
    guint lot_count;
    int32_t first_day;
    guint day_count;
    const int64_t *usage_nanos; /* one per day */
    guint from;                 /* the first simulated day; those before only give the opening */
};

struct simulation {
    int64_t opening_nanos, recorded_nanos, payment_nanos, usage_nanos, expired_nanos,
        adjustment_nanos, closing_nanos;
    int64_t idle_nanos; /* mean balance at the day's end, days below zero as zero */
    int64_t payment_count;
    guint stop_out_count; /* days whose use brought the balance to zero or below */
    guint capped_count;   /* days on which the cap kept a recharge back */
};

/*
 * FALSE, and nothing in *out, when a rule is so far from the use that an amount leaves int64.
 */
gboolean simulate(const struct simulation_input *input, const struct recharge_rule *rule,
                  struct simulation *out) G_GNUC_WARN_UNUSED_RESULT;
