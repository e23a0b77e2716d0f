/* statement.c - prepared statements, by file, bound by name. */
#include "core/db_internal.h"
#include "core/error.h"
#include <sqlite3.h>

struct statement {
    struct db *db;
    char *name;
    sqlite3_stmt *handle;
    GPtrArray *names; /* of the parameters, by number: SQLite goes through a list for each, and
                         makes them anew when the schema changes */
    int last;         /* the parameter bound last, 0: none yet */
    int *after; /* by parameter: which one was bound after it the last time, as it likely will be */
    char **columns; /* their names; NULL until one is asked for */
    int column;     /* the one that will likely be asked for next */
};

static gboolean refuse(struct db *db, const char *name, const char *why, GError **error)
{
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "%s: cannot run in %s: %s", name, db->path,
                why);
    return FALSE;
}

/* SQLite would leave what follows the first statement unread. */
static gboolean ends_there(struct db *db, const char *name, const char *rest, GError **error)
{
    sqlite3_stmt *second = NULL;
    int status = sqlite3_prepare_v3(db->handle, rest, -1, 0, &second, NULL);

    sqlite3_finalize(second);
    if (status == SQLITE_OK && !second)
        return TRUE;
    return refuse(db, name, "it holds more than one statement", error);
}

static gboolean prepare(struct db *db, const char *name, const char *sql, sqlite3_stmt **handle,
                        GError **error)
{
    const char *rest = NULL;
    int status = sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, handle, &rest);

    switch (status & 0xff) {
    case SQLITE_OK:
        return *handle ? ends_there(db, name, rest, error)
                       : refuse(db, name, "it holds no statement", error);
    case SQLITE_AUTH:
        return refuse(db, name, "it may only read", error);
    case SQLITE_ERROR:
        return refuse(db, name, sqlite3_errmsg(db->handle), error);
    default:
        db_set_error(db, status, name, error);
        return FALSE;
    }
}

struct statement *statement_new(struct db *db, const char *name, const char *sql, GError **error)
{
    struct statement *statement;
    sqlite3_stmt *handle = NULL;
    int count;

    if (!prepare(db, name, sql, &handle, error)) {
        sqlite3_finalize(handle);
        return NULL;
    }
    statement = g_new0(struct statement, 1);
    statement->db = db;
    statement->name = g_strdup(name);
    statement->handle = handle;
    count = sqlite3_bind_parameter_count(handle);
    statement->names = g_ptr_array_new_with_free_func(g_free);
    for (int i = 0; i <= count; i++) /* the first is 1 */
        g_ptr_array_add(statement->names, g_strdup(sqlite3_bind_parameter_name(handle, i)));
    statement->after = g_new0(int, count + 1);
    return statement;
}

void statement_free(struct statement *statement)
{
    if (!statement)
        return;
    sqlite3_finalize(statement->handle);
    g_free(statement->after);
    g_ptr_array_unref(statement->names);
    g_strfreev(statement->columns);
    g_free(statement->name);
    g_free(statement);
}

struct statement *statement_get(struct db *db, const char *name, GError **error)
{
    struct statement *statement = g_hash_table_lookup(db->statements, name);

    if (!statement) {
        g_autoptr(GBytes) text = db_statement_text(name, error);

        statement = text ? statement_new(db, name, g_bytes_get_data(text, NULL), error) : NULL;
        if (statement)
            g_hash_table_insert(db->statements, g_strdup(name), statement);
        return statement;
    }
    statement_reset(statement);
    return statement;
}

static int parameter_index(struct statement *statement, const char *parameter)
{
    int found = statement->after[statement->last];
    const char *likely = g_ptr_array_index(statement->names, found);
    char name[64];

    if (!likely || !g_str_equal(likely + 1, parameter)) {
        g_snprintf(name, sizeof name, ":%s", parameter);
        found = sqlite3_bind_parameter_index(statement->handle, name);
    }
    statement->after[statement->last] = found;
    statement->last = found;
    return found;
}

/* A parameter the statement does not have is our own mistake. */
static int require_parameter(struct statement *statement, const char *parameter)
{
    int index = parameter_index(statement, parameter);

    if (index == 0)
        g_error("%s has no parameter :%s", statement->name, parameter);
    return index;
}

/* Binding fails only when out of memory or while the statement runs: our own mistake. */
static void require_bound(struct statement *statement, int status)
{
    if (status != SQLITE_OK)
        g_error("%s: binding failed: %s", statement->name, sqlite3_errstr(status));
}

void statement_bind_int(struct statement *statement, const char *parameter, int64_t value)
{
    int index = require_parameter(statement, parameter);

    require_bound(statement, sqlite3_bind_int64(statement->handle, index, value));
}

void statement_bind_text_len(struct statement *statement, const char *parameter, const char *value,
                             gsize len)
{
    int index = require_parameter(statement, parameter);

    require_bound(statement, sqlite3_bind_text64(statement->handle, index, value, len,
                                                 SQLITE_TRANSIENT, SQLITE_UTF8));
}

void statement_bind_text(struct statement *statement, const char *parameter, const char *value)
{
    if (value)
        statement_bind_text_len(statement, parameter, value, strlen(value));
    else
        statement_bind_null(statement, parameter);
}

void statement_bind_null(struct statement *statement, const char *parameter)
{
    int index = require_parameter(statement, parameter);

    require_bound(statement, sqlite3_bind_null(statement->handle, index));
}

void statement_bind_key(struct statement *statement, const char *parameter, int64_t key)
{
    if (key)
        statement_bind_int(statement, parameter, key);
    else
        statement_bind_null(statement, parameter);
}

gboolean statement_has_parameter(struct statement *statement, const char *parameter)
{
    return parameter_index(statement, parameter) != 0;
}

const char *statement_parameter_name(struct statement *statement, int index)
{
    const char *name;

    if (index >= sqlite3_bind_parameter_count(statement->handle))
        return NULL;
    name = g_ptr_array_index(statement->names, index + 1);
    return name ? name + 1 : "";
}

enum row_status statement_step(struct statement *statement, GError **error)
{
    int status = sqlite3_step(statement->handle);

    if (status == SQLITE_ROW)
        return ROW;
    if (status == SQLITE_DONE)
        return END;
    db_set_error(statement->db, status, statement->name, error);
    sqlite3_reset(statement->handle);
    return FAILED;
}

gboolean statement_execute(struct statement *statement, GError **error)
{
    enum row_status status = statement_step(statement, error);

    if (status == ROW)
        g_error("%s returned a row where none is expected", statement->name);
    statement_reset(statement);
    return status == END;
}

void statement_reset(struct statement *statement)
{
    sqlite3_reset(statement->handle);
    sqlite3_clear_bindings(statement->handle);
    statement->last = 0;
}

int statement_column_count(struct statement *statement)
{
    return sqlite3_column_count(statement->handle);
}

const char *statement_column_name(struct statement *statement, int column)
{
    return sqlite3_column_name(statement->handle, column);
}

static void columns_read(struct statement *statement)
{
    int count = statement_column_count(statement);

    statement->columns = g_new0(char *, count + 1);
    for (int i = 0; i < count; i++)
        statement->columns[i] = g_strdup(statement_column_name(statement, i));
}

/* Names are mostly asked for in their order. */
int statement_column_index(struct statement *statement, const char *name)
{
    int found = statement->column;

    if (!statement->columns)
        columns_read(statement);
    if (!statement->columns[found] || !g_str_equal(statement->columns[found], name))
        for (found = 0; statement->columns[found]; found++)
            if (g_str_equal(statement->columns[found], name))
                break;
    if (!statement->columns[found])
        g_error("%s has no column %s", statement->name, name);
    statement->column = found + 1;
    return found;
}

gboolean statement_is_null(struct statement *statement, int column)
{
    return sqlite3_column_type(statement->handle, column) == SQLITE_NULL;
}

gboolean statement_is_integer(struct statement *statement, int column)
{
    return sqlite3_column_type(statement->handle, column) == SQLITE_INTEGER;
}

int64_t statement_int(struct statement *statement, int column)
{
    return sqlite3_column_int64(statement->handle, column);
}

const char *statement_text(struct statement *statement, int column)
{
    return (const char *)sqlite3_column_text(statement->handle, column);
}

gsize statement_text_len(struct statement *statement, int column)
{
    return (gsize)sqlite3_column_bytes(statement->handle, column);
}
