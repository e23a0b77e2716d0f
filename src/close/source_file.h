/*
 * source_file.h - the files behind a month, and whether they are still what was imported.
 */
#pragma once
#include "close/subject.h"

/*
 * Reads the rows of close_sources into sources (struct source_file). Each file is read again from
 * its path and hashed; hashes (path -> hex, "" where it cannot be read) keeps what was read.
 */
gboolean source_files_load(struct statement *rows, GPtrArray *sources, GHashTable *hashes,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
void source_file_free(struct source_file *source);
