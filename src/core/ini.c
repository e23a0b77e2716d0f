/* ini.c - the lines of an .ini file, each once. */
#include "core/ini.h"
#include "core/error.h"

static void line_free(struct ini_line *line)
{
    g_free(line->group);
    g_free(line->key);
    g_free(line);
}

int ini_line(const GPtrArray *lines, const char *group, const char *key)
{
    for (guint i = 0; i < lines->len; i++) {
        const struct ini_line *line = g_ptr_array_index(lines, i);

        if (strcmp(line->group, group) == 0 && g_strcmp0(line->key, key) == 0)
            return line->number;
    }
    return 0;
}

struct scan {
    const char *path;
    int line;
    const char *group; /* borrowed from the line that opened it; NULL before the first */
    GPtrArray *lines;
};

static void refuse(const struct scan *scan, GError **error, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

static void refuse(const struct scan *scan, GError **error, const char *format, ...)
{
    g_autofree char *message = NULL;
    va_list arguments;

    va_start(arguments, format);
    message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "%s:%d: %s", scan->path, scan->line,
                message);
}

static struct ini_line *add(const struct scan *scan, const char *group, const char *key)
{
    struct ini_line *line = g_new(struct ini_line, 1);

    line->number = scan->line;
    line->group = g_strdup(group);
    line->key = g_strdup(key);
    g_ptr_array_add(scan->lines, line);
    return line;
}

static gboolean scan_group(struct scan *scan, const char *text, GError **error)
{
    g_autofree char *group = NULL;
    int first;

    if (!g_str_has_suffix(text, "]")) {
        refuse(scan, error, "\"%s\" opens a group and does not close it", text);
        return FALSE;
    }
    group = g_strndup(text + 1, strlen(text) - 2);
    first = ini_line(scan->lines, group, NULL);
    if (first > 0) {
        refuse(scan, error, "%s was opened on line %d already", text, first);
        return FALSE;
    }
    scan->group = add(scan, group, NULL)->group;
    return TRUE;
}

static gboolean scan_key(struct scan *scan, const char *text, GError **error)
{
    const char *equals = strchr(text, '=');
    g_autofree char *key = NULL;
    int first;

    if (!equals || equals == text) {
        refuse(scan, error, "\"%s\" is neither a comment, a [group] nor key = value", text);
        return FALSE;
    }
    if (!scan->group) {
        refuse(scan, error, "\"%s\" stands before the first [group]", text);
        return FALSE;
    }
    key = g_strchomp(g_strndup(text, (gsize)(equals - text)));
    first = ini_line(scan->lines, scan->group, key);
    if (first > 0) {
        refuse(scan, error, "key \"%s\" was given on line %d already", key, first);
        return FALSE;
    }
    (void)add(scan, scan->group, key);
    return TRUE;
}

GPtrArray *ini_scan(const char *path, const char *text, gsize len, GError **error)
{
    g_autofree char *whole = g_strndup(text ? text : "", len); /* NULL: an empty file's bytes */
    g_auto(GStrv) split = g_strsplit(whole, "\n", -1);
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func((GDestroyNotify)line_free);
    struct scan scan = {.path = path, .lines = lines};

    if (!g_utf8_validate(text ? text : "", (gssize)len, NULL)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "%s: is not UTF-8 text", path);
        return NULL;
    }
    for (guint i = 0; split[i]; i++) {
        const char *line = g_strstrip(split[i]);

        scan.line = (int)i + 1;
        if (*line == '\0' || *line == '#')
            continue;
        if (*line == '[' ? !scan_group(&scan, line, error) : !scan_key(&scan, line, error))
            return NULL;
    }
    return g_steal_pointer(&lines);
}
