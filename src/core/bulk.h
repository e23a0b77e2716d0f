/*
 * bulk.h - rows that are made one by one, written many at a time.
 *
 * As a prepared insert is used, at a third of its time: a row's cells are added in the order of the
 * columns c0, c1, … that sql/statement/NAME.sql selects from rowsource, and are kept until there
 * are enough rows. What is kept is in no table yet: bulk_end before anything reads it.
 */
#pragma once
#include "core/db.h"

struct bulk *bulk_new(struct db *db, const char *name);
void bulk_free(struct bulk *bulk); /* rows that were not written are lost, as after a failure */
typedef struct bulk Bulk;          /* for g_autoptr(Bulk) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Bulk, bulk_free)

/* The row's next cell. Text is copied; NULL text is null. */
void bulk_add_int(struct bulk *bulk, int64_t value);
void bulk_add_text(struct bulk *bulk, const char *value);
void bulk_add_null(struct bulk *bulk);
/* A row's key; 0, which no row has, is null. */
void bulk_add_key(struct bulk *bulk, int64_t key);

/* The row is whole. Every row has as many cells as the first. */
gboolean bulk_end_row(struct bulk *bulk, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Writes what is kept. More rows may follow. */
gboolean bulk_end(struct bulk *bulk, GError **error) G_GNUC_WARN_UNUSED_RESULT;
