/*
 * db_internal.h - what db.c, statement.c and rowsource.c share.
 */
#pragma once
#include "core/asset.h"
#include "core/db.h"

struct db {
    struct sqlite3 *handle;
    char *path;
    GHashTable *statements; /* name -> struct statement, owned */
};

/* Turns a SQLite status into a sentence; `what` names the statement. */
void db_set_error(struct db *db, int status, const char *what, GError **error);
/* The text of sql/statement/NAME.sql. */
GBytes *db_statement_text(const char *name, GError **error);
