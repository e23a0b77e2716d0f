/*
 * asset.h - the embedded sql/, reports/, formats/, rules/ and completion/, and the user's own that
 * win over them.
 *
 * A name is a path below the project's root: "formats/chase-card.ini". The same path below
 * $TRUEUP_HOME (default ~/.config/trueup) replaces or adds to what is embedded.
 */
#pragma once
#include <glib.h>

/* The text of one asset, NUL-terminated; free with g_bytes_unref. TRUEUP_ERROR_SYSTEM when there is
 * none. */
GBytes *asset_read(const char *name, GError **error);

/* The names below a folder ("reports", "sql/mart"), embedded and the user's, sorted, each once. */
GPtrArray *asset_list(const char *folder, const char *suffix);

/*
 * How a message names an asset: by its own name when it is embedded, else so that a shell finds the
 * user's: "$TRUEUP_HOME/formats/bank.ini", "~/.config/trueup/formats/bank.ini". Free it.
 */
char *asset_place(const char *name);

/* The user's folder, made absolute; borrowed, never NULL. */
const char *asset_home(void);
