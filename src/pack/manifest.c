/* manifest.c - making a manifest, and telling how one differs from what it should be. */
#include "pack/manifest.h"

static gboolean is_listed(const struct archive_entry *entry)
{
    return strcmp(entry->name, ARCHIVE_MANIFEST) != 0 &&
           strcmp(entry->name, ARCHIVE_SIGNATURE) != 0;
}

GString *manifest_make(const GPtrArray *entries)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < entries->len; i++) {
        const struct archive_entry *entry = g_ptr_array_index(entries, i);

        if (is_listed(entry))
            g_string_append_printf(text, "%s  %s\n", entry->sha256, entry->name);
    }
    return text;
}

static void problem(GPtrArray *problems, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void problem(GPtrArray *problems, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_ptr_array_add(problems, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

/* name -> hex, of the lines that look like lines of a manifest. */
static GHashTable *parse(const char *text, gsize len)
{
    GHashTable *digests = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    const char *end = text + len;

    while (text < end) {
        const char *stop = memchr(text, '\n', (gsize)(end - text));
        gsize line_len = (gsize)((stop ? stop : end) - text);

        if (line_len > DIGEST_HEX_LEN + 2)
            g_hash_table_insert(digests,
                                g_strndup(text + DIGEST_HEX_LEN + 2, line_len - DIGEST_HEX_LEN - 2),
                                g_strndup(text, DIGEST_HEX_LEN));
        text += line_len + 1;
    }
    return digests;
}

void manifest_check(const GPtrArray *entries, const char *text, gsize len, GPtrArray *problems)
{
    g_autoptr(GString) expected = manifest_make(entries);
    g_autoptr(GHashTable) digests = parse(text, len);
    g_autoptr(GList) missing = NULL;
    guint before = problems->len;

    if (expected->len == len && memcmp(expected->str, text, len) == 0)
        return;
    for (guint i = 0; i < entries->len; i++) {
        const struct archive_entry *entry = g_ptr_array_index(entries, i);
        const char *hex = g_hash_table_lookup(digests, entry->name);

        if (!is_listed(entry))
            continue;
        if (!hex)
            problem(problems, "\"%s\" is not in the manifest", entry->name);
        else if (strcmp(hex, entry->sha256) != 0)
            problem(problems, "\"%s\" is not what the manifest was made of", entry->name);
        g_hash_table_remove(digests, entry->name);
    }
    missing = g_list_sort(g_hash_table_get_keys(digests), (GCompareFunc)strcmp);
    for (const GList *name = missing; name; name = name->next)
        problem(problems, "\"%s\" is in the manifest and not in the pack",
                (const char *)name->data);
    if (problems->len == before)
        problem(problems, "the manifest is not written as a pack's is");
}
