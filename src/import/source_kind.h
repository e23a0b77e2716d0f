/*
 * source_kind.h - tells what a file is that is no delimited text, whatever its name says.
 */
#pragma once
#include <glib.h>

#define SOURCE_HEAD_LEN 4096 /* bytes of a file's beginning that the look needs at most */

/* What a file is, as a noun ("a gzip archive"), and what its owner can do about it. */
struct source_kind {
    const char *noun;
    const char *hint;
};

/* What a PDF is, which is read all the same (pdf_receipt.h). */
extern const struct source_kind source_kind_pdf;

/* NULL when the file's first bytes do not say that it is something else than delimited text. */
const struct source_kind *source_kind_find(const char *head, gsize len);
/* Whether that something is JSON, which is read where it holds pages of the Platform's APIs. */
gboolean source_kind_is_json(const struct source_kind *kind);
