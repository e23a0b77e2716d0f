/*
 * raise.h - the exceptions that a burn-down gives rise to.
 */
#pragma once
#include "credit/opening.h"
#include "credit/store.h"

/*
 * Raises NEGATIVE_BALANCE, OPENING_UNKNOWN, EXPIRING_CREDITS, EXPIRED_CREDITS and BALANCE_MISMATCH
 * as the default policy sees them; `other` is the same account under the other policy.
 */
gboolean outcome_raise(const struct outcome *outcome, const struct outcome *other,
                       const struct opening *opening, struct db *db,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
