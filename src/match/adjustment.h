/*
 * adjustment.h - what stands between a payment's credit and what its card lost, by cause.
 */
#pragma once
#include "core/bulk.h"
#include "match/assign.h"
#include "match/fx.h"

/*
 * Writes the rows of `adjustment` of one top-up, where its card leg is sure: 'tax' (in the
 * payment's currency, whether or not its total holds it), 'fx-margin' (what the charge is above the
 * day's rate, in the charge's currency) and 'card-fee' (in the fee's), each with what tells it and
 * how books take it. Pool: that of the card leg;
 * lines: of match_adjustment_insert.
 */
gboolean adjustments_write(struct facts *facts, struct fx *fx, const struct pool *pool, guint topup,
                           struct bulk *lines, GError **error) G_GNUC_WARN_UNUSED_RESULT;
