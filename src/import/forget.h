/*
 * forget.h - taking a reading back, inside the caller's transaction.
 */
#pragma once
#include "core/db.h"

/*
 * Removes a reading, its facts, and the organizations and projects that nothing else names. Derived
 * tables point at files, so they are emptied too: the ledger is stale until the next refresh.
 */
gboolean forget_reading(struct db *db, int64_t file_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Says in the ledger that derived tables lag behind the facts. */
gboolean forget_mark_stale(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
