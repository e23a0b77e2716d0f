/*
 * wallet.h - which wallet each top-up, receipt and charge belongs to, by rule.
 */
#pragma once
#include "match/facts.h"

/* Judges every fact and writes the wallet columns. */
gboolean wallet_sort(struct facts *facts, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Gives one fact another wallet than the rules do, by a rule of that name. */
gboolean wallet_set_charge(struct facts *facts, struct charge *charge, const char *wallet,
                           const char *rule, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean wallet_set_receipt(struct facts *facts, struct receipt *receipt, const char *wallet,
                            const char *rule, GError **error) G_GNUC_WARN_UNUSED_RESULT;
