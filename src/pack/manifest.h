/*
 * manifest.h - the list of a pack's files with their SHA-256, as `sha256sum -c` reads it.
 *
 * A line per file but the manifest and its signature, in the order of the archive: 64 hex digits,
 * two blanks, the name.
 */
#pragma once
#include "pack/archive.h"

/* Of struct archive_entry. */
GString *manifest_make(const GPtrArray *entries);
/* Adds a sentence to problems (char *) for each way in which text is not the manifest of entries.
 */
void manifest_check(const GPtrArray *entries, const char *text, gsize len, GPtrArray *problems);
