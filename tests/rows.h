/*
 * rows.h - what a query says of a ledger, as text that tests can compare.
 */
#pragma once
#include "core/db.h"
#include "test.h"
#include <glib.h>

/* What a query says: columns joined by '|', rows by '\n'; null is '-'. Free it. */
static inline char *rows_of(struct db *db, const char *sql)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Statement) statement = statement_new(db, "test", sql, &error);
    GString *text = g_string_new(NULL);
    gboolean is_first = TRUE;

    if (error)
        print_message("%s\n", error->message);
    assert_non_null(statement);
    while (statement_step(statement, &error) == ROW) {
        if (!is_first)
            g_string_append_c(text, '\n');
        is_first = FALSE;
        for (int i = 0; i < statement_column_count(statement); i++)
            g_string_append_printf(text, "%s%s", i ? "|" : "",
                                   statement_is_null(statement, i) ? "-"
                                                                   : statement_text(statement, i));
    }
    assert_null(error);
    return g_string_free(text, FALSE);
}
