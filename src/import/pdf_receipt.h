/*
 * pdf_receipt.h - a receipt or an invoice, a PDF, as a table of one record.
 *
 * The table goes the way of every CSV: formats/pdf-receipt.ini says what its columns mean, so that
 * dates, amounts, sums and secrets are read and checked in one place.
 */
#pragma once
#include "import/receipt_rules.h"

/*
 * The CSV of a header and one record; free it. rules_digest: of the rules that read it. Fails with
 * a sentence without the file's name: what is wrong with the PDF (pdf_text.h), or that it is no
 * receipt.
 */
char *pdf_receipt_read(const char *bytes, gsize len, char rules_digest[DIGEST_HEX_LEN + 1],
                       GError **error);
/* The same from its text by these rules: as printed and, unless NULL, as drawn. */
char *pdf_receipt_table(struct receipt_rules *rules, const char *printed, const char *drawn,
                        GError **error);
