/*
 * schema.h - migrations of the tables, and the views, which are rebuilt when their text changes.
 *
 * Tables come from sql/schema/NNNN_*.sql, numbered without a gap, never edited once released;
 * PRAGMA user_version is the last one applied. Views come from sql/staging, sql/intermediate
 * and sql/mart, one view a file, in that order and by name within a folder (a view may
 * read a later one: SQLite resolves names when a view is used).
 */
#pragma once
#include "core/db.h"

/* Brings a writable ledger up to date, in one transaction. Refuses one that is foreign or newer. */
gboolean schema_migrate(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Tells whether tables and views are this program's. Refuses one that is foreign or newer. */
gboolean schema_is_current(struct db *db, gboolean *current,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
