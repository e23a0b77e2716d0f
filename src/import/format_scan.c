/*
 * format_scan.c - a look at a format's text before GKeyFile reads it.
 *
 * GKeyFile merges repeated groups and keeps the last of a repeated key. In a file that decides
 * signs and dates neither may pass, so both are refused here, by line.
 */
#include "core/error.h"
#include "import/format_internal.h"

struct scan {
    const char *path;
    int line;
    gboolean in_group;
    GHashTable *lines; /* key -> line */
};

static gboolean scan_group(struct scan *scan, const char *text, GError **error)
{
    if (!g_str_has_suffix(text, "]")) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "%s:%d: \"%s\" opens a group and does not close it", scan->path, scan->line,
                    text);
        return FALSE;
    }
    if (scan->in_group) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "%s:%d: %s is a second group; one file holds one format", scan->path,
                    scan->line, text);
        return FALSE;
    }
    scan->in_group = TRUE;
    return TRUE;
}

static gboolean scan_key(struct scan *scan, const char *text, GError **error)
{
    const char *equals = strchr(text, '=');

    if (!equals || equals == text) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "%s:%d: \"%s\" is neither a comment, a [group] nor key = value", scan->path,
                    scan->line, text);
        return FALSE;
    }
    if (!scan->in_group) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "%s:%d: \"%s\" stands before the [format …] group", scan->path, scan->line,
                    text);
        return FALSE;
    }
    char *key = g_strchomp(g_strndup(text, (gsize)(equals - text)));
    int first = GPOINTER_TO_INT(g_hash_table_lookup(scan->lines, key));
    if (first > 0) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "%s:%d: key \"%s\" was given on line %d already", scan->path, scan->line, key,
                    first);
        g_free(key);
        return FALSE;
    }
    g_hash_table_insert(scan->lines, key, GINT_TO_POINTER(scan->line));
    return TRUE;
}

gboolean format_scan(const char *path, const char *text, gsize len, GHashTable *lines,
                     GError **error)
{
    text = text ? text : ""; /* the bytes of an empty file */
    g_autofree char *whole = g_strndup(text, len);
    g_auto(GStrv) split = g_strsplit(whole, "\n", -1);
    struct scan scan = {.path = path, .lines = lines};

    if (!g_utf8_validate(text, (gssize)len, NULL)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "%s: is not UTF-8 text", path);
        return FALSE;
    }
    for (guint i = 0; split[i]; i++) {
        const char *line = g_strstrip(split[i]);

        scan.line = (int)i + 1;
        if (*line == '\0' || *line == '#')
            continue;
        if (*line == '[' ? !scan_group(&scan, line, error) : !scan_key(&scan, line, error))
            return FALSE;
    }
    if (!scan.in_group)
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "%s: holds no [format NAME] group",
                    path);
    return scan.in_group;
}
