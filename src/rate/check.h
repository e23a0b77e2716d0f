/*
 * check.h - cost held against quantity x list price.
 */
#pragma once
#include "rate/card.h"

/*
 * Fills rate_check: each day's line items whose quantity the cost export tells, or a usage export
 * of the same project, model, tier and token kind. A difference has one cause, the first that fits:
 *
 *   unknown model   the card has no price for it
 *   rounding        at most a millionth of a dollar, or of the cost ten millionths
 *   tier            the cost is the price of another service tier, or a long context's
 *   late            the cost or the usage of the day is still provisional
 *   unexplained     none of these
 */
gboolean check_costs(struct db *db, const struct card *card,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
