/*
 * cent.h - exact amounts brought to whole cents, without losing one.
 */
#pragma once
#include <glib.h>
#include <stdint.h>

/* The nearest whole cent, half to even. Nanos, within half of int64's range. */
int64_t cent_round(int64_t nanos);

/*
 * Rounds amounts (either sign) so that their sum is their exact sum to the nearest cent: each goes
 * down to a whole cent, and the cents that are left over go to the largest remainders, of equal
 * ones to the lower index.
 */
void cent_split(int64_t *out, const int64_t *nanos, gsize count);
