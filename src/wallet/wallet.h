/*
 * wallet.h - what wallets, organizations and cards say together, once matching and burn-down are
 * done: money in the wrong organization, doubled subscriptions, budgets, claims, and what charges
 * were for.
 */
#pragma once
#include "core/db.h"

/* Empties and refills what is derived here and the exceptions of room 'wallet', inside the caller's
 * transaction. */
gboolean wallet_run(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
