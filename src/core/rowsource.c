/*
 * rowsource.c - the virtual table behind rowsource_insert().
 *
 * The module lives for one insert: it is registered with the caller's callback, the statement is
 * prepared, run and dropped, and the module with it. Eponymous only (no xCreate), so that no schema
 * can name it, and direct only, so that no view can read it.
 */
#include "core/rowsource.h"
#include "core/db_internal.h"
#include <sqlite3.h>

struct feed {
    rowsource_next next;
    void *context;
    struct rowsource_cell cells[ROWSOURCE_COLUMNS];
    int64_t row;
    gboolean ended;
    GError *error; /* what next said */
};

struct table {
    sqlite3_vtab base; /* first: SQLite sees only this */
    struct feed *feed;
};

struct cursor {
    sqlite3_vtab_cursor base; /* first */
    struct feed *feed;
};

static int table_connect(sqlite3 *handle, void *feed, int argc, const char *const *argv,
                         sqlite3_vtab **out, char **message)
{
    struct table *table;
    int status;

    (void)argc;
    (void)argv;
    (void)message;
    status = sqlite3_declare_vtab(handle,
                                  "create table rowsource (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, "
                                  "c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20, c21, "
                                  "c22, c23, c24, c25, c26, c27, c28, c29, c30, c31)");
    if (status != SQLITE_OK)
        return status;
    sqlite3_vtab_config(handle, SQLITE_VTAB_DIRECTONLY);
    table = g_new0(struct table, 1);
    table->feed = feed;
    *out = &table->base;
    return SQLITE_OK;
}

static int table_disconnect(sqlite3_vtab *base)
{
    g_free(base);
    return SQLITE_OK;
}

static int table_best_index(sqlite3_vtab *base, sqlite3_index_info *info)
{
    (void)base;
    info->estimatedCost = 1e6;
    info->estimatedRows = 1000000;
    return SQLITE_OK;
}

static int cursor_open(sqlite3_vtab *base, sqlite3_vtab_cursor **out)
{
    struct cursor *cursor = g_new0(struct cursor, 1);

    cursor->feed = ((struct table *)base)->feed;
    *out = &cursor->base;
    return SQLITE_OK;
}

static int cursor_close(sqlite3_vtab_cursor *base)
{
    g_free(base);
    return SQLITE_OK;
}

static int cursor_next(sqlite3_vtab_cursor *base)
{
    struct feed *feed = ((struct cursor *)base)->feed;

    for (int i = 0; i < ROWSOURCE_COLUMNS; i++)
        feed->cells[i].type = CELL_NULL;
    feed->row++;
    switch (feed->next(feed->context, feed->cells, &feed->error)) {
    case ROW:
        return SQLITE_OK;
    case END:
        feed->ended = TRUE;
        return SQLITE_OK;
    case FAILED:
        break;
    }
    feed->ended = TRUE;
    return SQLITE_ERROR;
}

static int cursor_filter(sqlite3_vtab_cursor *base, int index, const char *index_text, int argc,
                         sqlite3_value **argv)
{
    (void)index;
    (void)index_text;
    (void)argc;
    (void)argv;
    return cursor_next(base);
}

static int cursor_eof(sqlite3_vtab_cursor *base)
{
    return ((struct cursor *)base)->feed->ended;
}

static int cursor_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column)
{
    const struct rowsource_cell *cell = &((struct cursor *)base)->feed->cells[column];

    switch (cell->type) {
    case CELL_NULL:
        break; /* what a result is when nothing sets it */
    case CELL_INT:
        sqlite3_result_int64(context, cell->integer);
        break;
    case CELL_TEXT:
        sqlite3_result_text64(context, cell->text, cell->len,
                              cell->lasts ? SQLITE_STATIC : SQLITE_TRANSIENT, SQLITE_UTF8);
        break;
    }
    return SQLITE_OK;
}

static int cursor_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *out)
{
    *out = ((struct cursor *)base)->feed->row;
    return SQLITE_OK;
}

static const sqlite3_module rowsource_module = {
    .xConnect = table_connect,
    .xBestIndex = table_best_index,
    .xDisconnect = table_disconnect,
    .xOpen = cursor_open,
    .xClose = cursor_close,
    .xFilter = cursor_filter,
    .xNext = cursor_next,
    .xEof = cursor_eof,
    .xColumn = cursor_column,
    .xRowid = cursor_rowid,
};

static gboolean insert_from_module(struct db *db, const char *name, GError **error)
{
    g_autoptr(GBytes) sql = db_statement_text(name, error);
    g_autoptr(Statement) statement =
        sql ? statement_new(db, name, g_bytes_get_data(sql, NULL), error) : NULL;

    return statement && statement_execute(statement, error);
}

gboolean rowsource_insert(struct db *db, const char *name, rowsource_next next, void *context,
                          GError **error)
{
    struct feed feed = {.next = next, .context = context};
    GError *failure = NULL;
    gboolean done;
    int status;

    /* Registering can only fail for lack of memory, where GLib's rule is to abort. */
    status = sqlite3_create_module(db->handle, "rowsource", &rowsource_module, &feed);
    g_assert(status == SQLITE_OK);
    done = insert_from_module(db, name, &failure);
    status = sqlite3_create_module(db->handle, "rowsource", NULL, NULL);
    g_assert(status == SQLITE_OK);
    if (feed.error) { /* it knows more than SQLite does about why */
        g_clear_error(&failure);
        failure = feed.error;
        done = FALSE;
    }
    if (!done)
        g_propagate_error(error, failure);
    return done;
}
