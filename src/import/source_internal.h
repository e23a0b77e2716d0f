/*
 * source_internal.h - for the reading layer and its tests alone.
 */
#pragma once
#include "import/source.h"

#define SOURCE_CHUNK_LEN (128 * 1024)

/* source_open() with chunks of chunk_len bytes: tests put chunk ends everywhere. */
struct source *source_open_chunked(const char *path, const char *encoding, gsize chunk_len,
                                   GError **error);

/* The length of the longest beginning of bytes that is UTF-8 without NUL. */
gsize utf8_valid_len(const char *bytes, gsize len);

/* Counts line ends (LF, CRLF, CR, CR CR LF are one each) over pieces of text. Zero-initialise. */
struct line_counter {
    gint64 ends;
    enum { AFTER_TEXT, AFTER_CR, AFTER_CR_CR } state;
};

void line_counter_add(struct line_counter *counter, const char *text, gsize len);
/* The line ends so far; a CR that a LF may still follow is one. */
gint64 line_counter_ends(const struct line_counter *counter);
