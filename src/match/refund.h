/*
 * refund.h - money that a card got back: reversals, refunds and chargebacks.
 */
#pragma once
#include "match/facts.h"

/* Tells of the authorizations that were reversed and charged again: matching leaves them alone. */
gboolean refund_link_reversals(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Links, after matching, each credit to the charge that it gives back; raises REFUND and
 * CHARGEBACK. */
gboolean refund_link(struct facts *facts, GError **error) G_GNUC_WARN_UNUSED_RESULT;
