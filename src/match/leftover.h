/*
 * leftover.h - what is left after matching, read: what is missing, what is doubled, what is
 * undecided.
 */
#pragma once
#include "match/assign.h"
#include "match/coverage.h"
#include "match/fx.h"

/*
 * Settles which open card legs only await a statement; raises NO_RECEIPT, NO_CARD_CHARGE,
 * AMOUNT_MISMATCH and AMBIGUOUS for top-ups, NO_TOPUP_FOR_RECEIPT for receipts, DUPLICATE_CHARGE
 * and NO_TOPUP_FOR_CHARGE for charges. Pools are those of the two legs.
 */
gboolean leftover_read(struct facts *facts, struct fx *fx, struct pool *const pools[LEGS],
                       const struct coverage *coverage, GError **error) G_GNUC_WARN_UNUSED_RESULT;
