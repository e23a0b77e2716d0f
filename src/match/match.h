/*
 * match.h - sorts charges and receipts into wallets, and pairs top-ups with receipts and card
 * charges.
 *
 * Reads the tables that import_derive() fills; fills link, link_part, candidate, topup_state,
 * adjustment, refund_link, retry, the wallet columns, and the exceptions of room 'match'. Same
 * facts, same result.
 */
#pragma once
#include "core/db.h"

/* Empties and refills everything above, inside the caller's transaction. */
gboolean match_run(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* After burn-down, in the same transaction: adds to what is said of each refund and chargeback what
 * its top-up's grant has left. */
gboolean match_weigh_refunds(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Tells about one fact by its id ('t…', 'r…', 'c…') or reference: what it is, where it stands, what
 * it was paired with and why, and why not with the others. Lines of text, owned by the caller. */
char *match_explain(struct db *db, const char *id, GError **error);
