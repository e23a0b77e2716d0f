/*
 * purpose.h - what the money of each card charge was for: the projects that used its credit.
 */
#pragma once
#include "core/db.h"

/* Fills charge_use, charge_purpose and charge_rate. */
gboolean purpose_read(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
