/*
 * credit.h - grants, burn-down, balances and what they cause, per organization.
 *
 * Reads cost_day, topup, grant_fact, observation, organization_fact; fills every table "derived by
 * credit" under both burn policies, and the exceptions of room 'credit' (under free-first).
 */
#pragma once
#include "core/db.h"

/* Empties and refills everything above, inside the caller's transaction. */
gboolean credit_run(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
