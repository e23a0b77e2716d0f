/*
 * rowsource.h - a virtual table that a callback fills, for fast bulk inserts.
 *
 * `insert into cost (…) select … from rowsource` is more than twice a prepared insert a row. The
 * eponymous table `rowsource` has the columns c0 … c31; each call of `next` provides one row of
 * integers and text. `next` may run statements of its own on other tables.
 */
#pragma once
#include "core/db.h"

#define ROWSOURCE_COLUMNS 32

struct rowsource_cell {
    enum { CELL_NULL, CELL_INT, CELL_TEXT } type;
    int64_t integer;
    const char *text; /* borrowed until the next call of next */
    gsize len;
    gboolean lasts; /* until the insert is done: it need not be copied */
};

/* Fills the row's cells (all CELL_NULL on entry). FAILED sets error, which rowsource_insert
 * returns. */
typedef enum row_status (*rowsource_next)(void *context, struct rowsource_cell *cells,
                                          GError **error);

/* Runs sql/statement/NAME.sql (an insert … select … from rowsource) until `next` says END. */
gboolean rowsource_insert(struct db *db, const char *name, rowsource_next next, void *context,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
