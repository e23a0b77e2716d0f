/* format_scan.c - a look at a format's text before GKeyFile reads it: one group, each key once. */
#include "core/error.h"
#include "core/ini.h"
#include "import/format_internal.h"

gboolean format_scan(const char *path, const char *text, gsize len, GHashTable *lines,
                     GError **error)
{
    g_autoptr(GPtrArray) scanned = ini_scan(path, text, len, error);

    if (!scanned)
        return FALSE;
    for (guint i = 0; i < scanned->len; i++) {
        const struct ini_line *line = g_ptr_array_index(scanned, i);

        if (line->key) {
            g_hash_table_insert(lines, g_strdup(line->key), GINT_TO_POINTER(line->number));
        } else if (i > 0) {
            g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                        "%s:%d: [%s] is a second group; one file holds one format", path,
                        line->number, line->group);
            return FALSE;
        }
    }
    if (scanned->len == 0)
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "%s: holds no [format NAME] group",
                    path);
    return scanned->len > 0;
}
