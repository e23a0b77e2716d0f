/* source_file.c - hashing the files behind a month where they lay at import. */
#include "close/source_file.h"

void source_file_free(struct source_file *source)
{
    g_free(source->name);
    g_free(source->sha256);
    g_free(source);
}

/* "" where there is no such file any more. */
static const char *hash_of(const char *path, GHashTable *hashes)
{
    char *hex = g_hash_table_lookup(hashes, path);
    g_autoptr(GMappedFile) map = NULL;

    if (hex)
        return hex;
    hex = g_new0(char, DIGEST_HEX_LEN + 1);
    map = g_file_test(path, G_FILE_TEST_IS_REGULAR) ? g_mapped_file_new(path, FALSE, NULL) : NULL;
    if (map)
        digest_text(g_mapped_file_get_contents(map), (gssize)g_mapped_file_get_length(map), hex);
    g_hash_table_insert(hashes, g_strdup(path), hex);
    return hex;
}

gboolean source_files_load(struct statement *rows, GPtrArray *sources, GHashTable *hashes,
                           GError **error)
{
    enum row_status status;

    while ((status = statement_step(rows, error)) == ROW) {
        struct source_file *source = g_new0(struct source_file, 1);
        const char *hex = hash_of(statement_text(rows, 2), hashes);

        source->file_id = statement_int(rows, 0);
        source->name = g_strdup(statement_text(rows, 1));
        source->sha256 = g_strdup(statement_text(rows, 3));
        source->reject_count = statement_int(rows, 4);
        if (!*hex)
            source->state = SOURCE_MISSING;
        else if (strcmp(hex, source->sha256) != 0)
            source->state = SOURCE_CHANGED;
        g_ptr_array_add(sources, source);
    }
    statement_reset(rows);
    return status == END;
}
