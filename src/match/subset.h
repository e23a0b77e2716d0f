/*
 * subset.h - which of several amounts add up to another: exactly, or not at all, or not settled.
 */
#pragma once
#include <glib.h>
#include <stdint.h>

#define SUBSET_COUNT_MAX 64
#define SUBSET_STEPS_MAX 100000

enum subset_answer {
    SUBSET_IMPOSSIBLE, /* proved: no choice of them adds up to it */
    SUBSET_ONLY,       /* proved: exactly one choice does */
    SUBSET_SEVERAL,
    SUBSET_GAVE_UP, /* too many amounts, or too many ways: nothing is known */
};

/*
 * Looks for choices of amounts, `least` of them or more, whose sum is the target.
 *
 *   cents   count numbers > 0
 *   chosen  count flags: the choice where there is exactly one, else all FALSE, written
 *   steps   how many steps all searches together may still take; lessened
 *
 * Two choices of different places are two, though their amounts be equal.
 */
enum subset_answer subset_find(const int64_t *cents, guint count, int64_t target, guint least,
                               gboolean *chosen, guint *steps);
