/*
 * credits.h - ChatGPT, Codex and Sora credits: what was bought, used and is left, by month.
 */
#pragma once
#include "core/db.h"

/* Fills credit_wallet_month. */
gboolean credits_read(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
