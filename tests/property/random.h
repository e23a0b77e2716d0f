/*
 * random.h - numbers by SplitMix64: the same on every machine for one seed.
 */
#pragma once
#include <glib.h>
#include <stdint.h>

struct rng {
    uint64_t state;
};

/* The seed in $TRUEUP_SEED, else a fixed one; printed, so that a failure can be run again. */
static inline struct rng rng_new(void)
{
    const char *text = g_getenv("TRUEUP_SEED");
    struct rng rng = {text ? g_ascii_strtoull(text, NULL, 10) : 20261120};

    g_print("seed %" G_GUINT64_FORMAT "\n", rng.state);
    return rng;
}

static inline uint64_t rng_next(struct rng *rng)
{
    uint64_t z = rng->state += UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

/* 0 … bound-1. */
static inline int rng_below(struct rng *rng, int bound)
{
    return (int)(rng_next(rng) % (uint64_t)bound);
}

static inline gboolean rng_one_in(struct rng *rng, int n)
{
    return rng_below(rng, n) == 0;
}

/* Any int64, with the ends, small numbers and round ones far more often than chance has them. */
static inline int64_t rng_int64(struct rng *rng)
{
    int64_t value = (int64_t)rng_next(rng);

    switch (rng_below(rng, 8)) {
    case 0:
        return INT64_MAX - rng_below(rng, 3);
    case 1:
        return INT64_MIN + rng_below(rng, 3);
    case 2:
        return rng_below(rng, 21) - 10;
    case 3:
        return value % INT64_C(1000000) * INT64_C(1000000000);
    case 4:
    case 5:
        return value >> rng_below(rng, 63);
    default:
        return value;
    }
}
