/*
 * wallet.h - which wallet each top-up, receipt and charge belongs to, by rule.
 */
#pragma once
#include "match/facts.h"

/* Judges every fact and writes the wallet columns. */
gboolean wallet_sort(struct facts *facts, GError **error) G_GNUC_WARN_UNUSED_RESULT;
