/*
 * mask.h - a text file with its secrets masked, in pieces, whatever its size.
 */
#pragma once
#include <glib.h>

/* Takes the masked text piece by piece. FALSE, with an error, ends it. */
typedef gboolean (*mask_sink)(gpointer user, const char *bytes, gsize len, GError **error);

enum mask_result {
    MASK_PLAIN,  /* there was none */
    MASK_MASKED, /* there were some */
    MASK_OPAQUE, /* no text, or one that hides what it says: nobody can tell */
    MASK_FAILED, /* with an error */
};

/*
 * Reads the file as text of that encoding (as `file.encoding` has it) and gives it to the sink as
 * UTF-8. Secrets are those of core/secret.h, also behind the escapes of JSON.
 */
enum mask_result mask_file(const char *path, const char *encoding, mask_sink sink, gpointer user,
                           GError **error);
