/*
 * ledger_text.h - what a ledger holds, as text that tests can compare; and files for it to import.
 */
#pragma once
#include "import/import.h"
#include "rows.h"
#include <glib/gstdio.h>

/* Every row of every table, ids and all. Free it. */
static inline char *ledger_dump(struct db *db)
{
    g_autofree char *list = rows_of(db, "select name from sqlite_schema where type = 'table' "
                                        "order by name");
    g_auto(GStrv) names = g_strsplit(list, "\n", -1);
    GString *text = g_string_new("");

    for (char **name = names; *name && **name; name++) {
        g_autofree char *sql = g_strdup_printf("select rowid, * from \"%s\" order by rowid", *name);
        g_autofree char *rows = rows_of(db, sql);

        g_string_append_printf(text, "%s\n%s\n", *name, rows);
    }
    return g_string_free(text, FALSE);
}

/* Writes a file below a folder; its path. Free it. */
static inline char *file_in(const char *folder, const char *name, const char *text)
{
    char *path = g_build_filename(folder, name, NULL);

    assert_true(g_file_set_contents(path, text, -1, NULL));
    return path;
}

/* Imports one path under options (NULL: none). Free the result. */
static inline struct import_result *import_path(struct db *db, const char *path,
                                                const struct import_options *options)
{
    static const struct import_options none;
    g_autoptr(GError) error = NULL;
    g_autoptr(Importer) importer = importer_new(db, options ? options : &none, &error);
    struct import_result *result = importer ? importer_read(importer, path, &error) : NULL;

    if (!result)
        fail_msg("%s", error->message);
    return result;
}
