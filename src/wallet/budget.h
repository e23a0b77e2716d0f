/*
 * budget.h - budgets that were exceeded.
 */
#pragma once
#include "core/db.h"

/* Raises BUDGET_EXCEEDED for each. */
gboolean budget_read(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
