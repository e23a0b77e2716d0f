/*
 * schema.h - migrations of the tables, and the views, which are rebuilt when their text changes.
 *
 * Tables come from sql/schema/NNNN_*.sql, numbered without a gap, never edited once released;
 * PRAGMA user_version is the last one applied. Views come from sql/staging, sql/intermediate,
 * sql/mart and sql/check, one view a file and of the file's name, created in that order and by
 * name within a folder.
 */
#pragma once
#include "core/db.h"

/* Brings a writable ledger up to date, in one transaction. */
gboolean schema_migrate(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Checks that a ledger is ours and not newer; for DB_READ also that its views are this program's. */
gboolean schema_check(struct db *db, enum db_mode mode, GError **error) G_GNUC_WARN_UNUSED_RESULT;
