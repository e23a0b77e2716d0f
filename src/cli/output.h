/*
 * output.h - files that commands write.
 */
#pragma once
#include <glib.h>

/* Refuses a path at which something is, or no file can be: before what cannot be taken back. */
gboolean output_check(const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * Writes a new file whole: beside its place, synced, then renamed. A file that exists is not
 * overwritten; a failure leaves nothing behind. TRUEUP_ERROR_SYSTEM with the path.
 */
gboolean output_write(const char *path, const char *bytes, gsize len,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
