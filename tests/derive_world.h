/*
 * derive_world.h - given rows for the tests of src/import/derive*: a ledger in memory, files and
 * rows written the way import writes them, and what a query says as one text.
 */
#pragma once
#include "rows.h"
#include <glib.h>

static inline void run(struct db *db, const char *sql)
{
    g_autoptr(GError) error = NULL;
    gboolean done = db_execute(db, "test", sql, &error);

    if (error)
        print_message("%s\n%s\n", error->message, sql);
    assert_true(done);
}

static inline void G_GNUC_PRINTF(2, 3) runf(struct db *db, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_autofree char *sql = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    run(db, sql);
}

static inline void assert_rows(struct db *db, const char *sql, const char *expected)
{
    g_autofree char *rows = rows_of(db, sql);

    assert_string_equal(rows, expected);
}

/* A file as import writes it; `set` overrides columns: "as_of = '2026-04-01'", or NULL. */
static inline void given_file(struct db *db, int file_id, const char *name, const char *kind,
                              const char *set)
{
    runf(db,
         "insert into file values (%d, '%s', '/in/%s', 'sha-%s', '%s', '%s', 'digest', '', "
         "'utf-8', ',', '', '', '', '', '', 0, 0, 0, 0, 0, null, null, '', '', 0, 0)",
         file_id, name, name, name, kind, kind);
    if (set)
        runf(db, "update file set %s where file_id = %d", set, file_id);
}

static inline void given_organization(struct db *db, int key, const char *organization_id)
{
    runf(db, "insert into organization values (%d, '%s', '')", key, organization_id);
}

typedef gboolean (*derive_step)(struct db *db, GError **error);

static inline void derive(struct db *db, derive_step step)
{
    g_autoptr(GError) error = NULL;
    gboolean done = step(db, &error);

    if (error)
        print_message("%s\n", error->message);
    assert_true(done);
}

/* As every refresh does: a step's tables are emptied before it. */
static inline void derive_again(struct db *db, derive_step step)
{
    assert_true(db_run(db, "derive_clear", NULL));
    derive(db, step);
}
