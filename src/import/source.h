/*
 * source.h - the bytes of one file, as UTF-8 text in chunks, and their SHA-256.
 *
 * A source knows nothing of CSV. It settles the encoding (BOM, then the option, then UTF-8),
 * refuses what is no text under a .csv name (gzip, zip/xlsx, HTML, NUL bytes) by naming
 * what it is, and never holds more than a few chunks, whatever the file's size, but for a PDF.
 * Every error begins with the file's name, and with the physical line where there is one
 * ("visa.csv:42: …"): nobody prefixes it again.
 */
#pragma once
#include "core/digest.h"
#include <glib.h>

struct source;

/* encoding: NULL for automatic, else a name that iconv knows ("windows-1252", "shift_jis"). */
struct source *source_open(const char *path, const char *encoding, GError **error);
/* UTF-8 text that is in memory already, under the name that messages give it. Copied. */
struct source *source_of_text(const char *name, const char *text, gsize len, GError **error);
void source_free(struct source *source);
typedef struct source Source; /* for g_autoptr(Source) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Source, source_free)

const char *source_name(const struct source *source); /* base name, cleaned for showing */
/* "utf-8", "utf-8 with BOM", "utf-16le", … "pdf" */
const char *source_encoding(const struct source *source);
/* Whether the text is JSON by its look: no delimited text, for record_json.h. */
gboolean source_is_json(const struct source *source);
/* A PDF's text is the table that rules made of it (pdf_receipt.h): their digest. NULL for others.
 */
const char *source_rules_digest(const struct source *source);
/* The physical line of its first line: 1, but 0 for a PDF, whose one record is its line 1. */
gint64 source_first_line(const struct source *source);

/*
 * The next chunk of UTF-8 without BOM: *text borrowed until the next call, *len 0 at the end. A
 * chunk may end anywhere between two characters. Invalid bytes fail, naming the physical line.
 */
gboolean source_read(struct source *source, const char **text, gsize *len,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * From now on a byte that is not valid UTF-8, or is a NUL, does not fail the read: it is given as a
 * NUL and "xE9", its value; no valid text holds a NUL. Text that is converted, and JSON, fail all
 * the same.
 */
void source_escape_bad_bytes(struct source *source);
gboolean source_has_escaped(const struct source *source); /* one so far, at least */

/* The SHA-256 of the file's bytes as they are on disk. Reads the file on its own, before or after.
 */
gboolean source_digest(const char *path, char hex[DIGEST_HEX_LEN + 1],
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
