/*
 * refund.h - money that a card got back: reversals, refunds and chargebacks.
 */
#pragma once
#include "match/coverage.h"

/* Tells of the authorizations that were reversed and charged again: matching leaves them alone. */
gboolean refund_link_reversals(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Links, after matching, each credit to the charge that it gives back; raises REFUND and
 * CHARGEBACK. */
gboolean refund_link(struct facts *facts, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Raises REFUND, after that, for each refund that payment history tells of and no card shows though
 * statements cover the days. */
gboolean refund_read_unseen(struct facts *facts, const struct coverage *coverage,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
