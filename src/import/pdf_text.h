/*
 * pdf_text.h - the text of a PDF, by pdftotext (poppler-utils) in a confined process of its own.
 *
 * The PDF is not ours: nothing of it is parsed in this program. What pdftotext may use and do is in
 * pdf_sandbox.h; it sees the bytes on a pipe and answers on another.
 */
#pragma once
#include "import/pdf_sandbox.h"

enum pdf_layout {
    PDF_AS_PRINTED, /* lines and columns as they stand on the page */
    PDF_AS_DRAWN,   /* in the order in which the page draws it: columns one after the other */
};

extern const struct pdf_limits pdf_limits; /* 10 s, 256 MiB, 4 MiB of text */

/*
 * The text as UTF-8 without NULs or other controls but line ends (they stand as blanks); free it.
 * Fails with a sentence without the file's name: TRUEUP_ERROR_INPUT for what is wrong with the PDF
 * (no text, a password, damaged, cut short, too big, or more than the limits allow),
 * TRUEUP_ERROR_SYSTEM when pdftotext is not installed or cannot be confined.
 */
char *pdf_text_read(const char *bytes, gsize len, enum pdf_layout layout,
                    const struct pdf_limits *limits, GError **error);
