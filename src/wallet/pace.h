/*
 * pace.h - how budgets stand against an even spend, and where they are going.
 */
#pragma once
#include "core/db.h"

/*
 * Fills budget_pace: a row per budget that counts.
 *
 * Pace holds what the budget's complete days cost against as many days of an even spend. The
 * forecast is what was spent, and for each day after the last covered one the mean of the newest 28
 * complete days of the budget. Days are those that cost exports cover, never those of a clock.
 */
gboolean pace_read(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
