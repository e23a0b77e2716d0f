/*
 * explain.h - how a file would be read, and why, without importing it.
 */
#pragma once
#include "import/import.h"

struct explanation {
    char *text;  /* for people, lines */
    char *ini;   /* the format's text; that of a guess under the name that was asked for */
    char *known; /* the format that reads it, NULL for a guess */
};
void explanation_clear(struct explanation *explanation);

/*
 * Looks at one file. FALSE with an error when it could not be imported as it is; what was found by
 * then is in *out all the same.
 *
 *   name   of the format in *out's ini
 */
gboolean import_explain(const char *path, const struct import_options *options, const char *name,
                        struct explanation *out, GError **error) G_GNUC_WARN_UNUSED_RESULT;
