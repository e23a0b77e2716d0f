/* asset.c - embedded files by GResource, and the user's folder that wins over them. */
#include "core/asset.h"
#include "core/error.h"
#include <gio/gio.h>

#define PREFIX "/trueup/"

GResource *trueup_get_resource(void); /* generated with the bundle */

const char *asset_home(void)
{
    static gsize once;
    static char *home;

    if (g_once_init_enter(&once)) {
        const char *stated = g_getenv("TRUEUP_HOME");
        g_autofree char *chosen = stated && *stated
                                      ? g_strdup(stated)
                                      : g_build_filename(g_get_user_config_dir(), "trueup", NULL);

        home = g_canonicalize_filename(chosen, NULL);
        g_once_init_leave(&once, 1);
    }
    return home;
}

char *asset_place(const char *name)
{
    const char *stated = g_getenv("TRUEUP_HOME");
    const char *home = g_get_home_dir();
    g_autofree char *own = g_build_filename(asset_home(), name, NULL);
    gsize len = strlen(home);

    if (!g_file_test(own, G_FILE_TEST_EXISTS))
        return g_strdup(name);
    if (stated && *stated)
        return g_strconcat("$TRUEUP_HOME/", name, NULL);
    if (g_str_has_prefix(own, home) && own[len] == '/')
        return g_strconcat("~", own + len, NULL);
    return g_steal_pointer(&own);
}

GBytes *asset_read(const char *name, GError **error)
{
    g_autofree char *own = g_build_filename(asset_home(), name, NULL);
    g_autofree char *embedded = g_strconcat(PREFIX, name, NULL);
    g_autoptr(GError) failure = NULL;
    char *text = NULL;
    gsize len = 0;

    if (g_file_get_contents(own, &text, &len, &failure))
        return g_bytes_new_take(text, len);
    if (!g_error_matches(failure, G_FILE_ERROR, G_FILE_ERROR_NOENT) &&
        !g_error_matches(failure, G_FILE_ERROR, G_FILE_ERROR_NOTDIR)) {
        g_autofree char *place = asset_place(name);
        const char *why = strrchr(failure->message, ':'); /* what precedes is the path */

        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM, "%s: cannot be read (%s)", place,
                    why ? why + 2 : failure->message);
        return NULL;
    }

    GBytes *bytes = g_resource_lookup_data(trueup_get_resource(), embedded, 0, NULL);
    if (!bytes)
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM, "there is no %s in this program",
                    name);
    return bytes;
}

static void collect(GPtrArray *names, const char *folder, const char *suffix, const char *entry)
{
    if (g_str_has_suffix(entry, suffix) && entry[0] != '.') {
        char *name = g_build_filename(folder, entry, NULL);

        if (g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
            g_free(name);
        else
            g_ptr_array_add(names, name);
    }
}

static int compare_names(gconstpointer left, gconstpointer right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

GPtrArray *asset_list(const char *folder, const char *suffix)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *embedded = g_strconcat(PREFIX, folder, "/", NULL);
    g_autofree char *own = g_build_filename(asset_home(), folder, NULL);
    g_auto(GStrv) children =
        g_resource_enumerate_children(trueup_get_resource(), embedded, 0, NULL);
    g_autoptr(GDir) dir = g_dir_open(own, 0, NULL);

    for (guint i = 0; children && children[i]; i++)
        collect(names, folder, suffix, children[i]);
    for (const char *entry; dir && (entry = g_dir_read_name(dir));)
        collect(names, folder, suffix, entry);
    g_ptr_array_sort(names, compare_names);
    return names;
}
