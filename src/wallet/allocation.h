/*
 * allocation.h - what is paid beside usage, allocated to projects by their use.
 */
#pragma once
#include "core/db.h"

/*
 * Fills allocation_month.
 *
 * Each month's tax, card fees, exchange differences and expired paid credit of an organization are
 * split over its projects in proportion to what they cost in that month, by largest remainder, so
 * that the parts add up to the whole. Where nothing was used in the month the newest 28 complete
 * days up to its end decide, and where these have none either it stays unallocated.
 */
gboolean allocation_read(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * Splits nanos of a currency into whole cents (or what the currency has) by largest remainder; what
 * the whole has below a cent goes to the first of the greatest weights.
 *
 *   weights   count numbers >= 0, at least one > 0
 *   parts     count nanos, written; they add up to nanos
 */
void allocation_split(int64_t *parts, int64_t nanos, const char *currency, const int64_t *weights,
                      gsize count);
