/*
 * refund.h - money that a card got back: reversals, refunds and chargebacks.
 */
#pragma once
#include "match/facts.h"

/*
 * Sets aside, before matching, a charge whose reversal and recapture the statement shows as well: a
 * credit that calls itself a reversal, equal to a charge of the same account at most seven days
 * before, and another charge of about that amount within seven days.
 */
gboolean refund_set_reversals_aside(struct facts *facts, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Links, after matching, each credit to the charge that it gives back; raises REFUND and
 * CHARGEBACK. */
gboolean refund_link(struct facts *facts, GError **error) G_GNUC_WARN_UNUSED_RESULT;
