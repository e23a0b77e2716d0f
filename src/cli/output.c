/* output.c - writing a file whole or not at all. */
#include "cli/output.h"
#include "core/error.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

static gboolean refuse(GError **error, const char *path, const char *why)
{
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM,
                "%s: cannot be written (%s)\n"
                "hint: check that its folder exists and may be written, and is not full",
                path, why);
    return FALSE;
}

gboolean output_check(const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);

    if (g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM,
                    "%s: exists and is not overwritten\nhint: remove it or name another file",
                    path);
        return FALSE;
    }
    return g_access(folder, W_OK | X_OK) == 0 || refuse(error, path, g_strerror(errno));
}

gboolean output_write(const char *path, const char *bytes, gsize len, GError **error)
{
    g_autoptr(GError) failure = NULL;

    if (!output_check(path, error))
        return FALSE;
    if (!g_file_set_contents_full(path, bytes, (gssize)len,
                                  G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                  0644, &failure)) {
        const char *why = strrchr(failure->message, ':'); /* what precedes names our own file */

        return refuse(error, path, why ? why + 2 : failure->message);
    }
    return TRUE;
}
