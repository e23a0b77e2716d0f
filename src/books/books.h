/*
 * books.h - the ledger as journal entries, or as rows of FOCUS, for other programs to read.
 */
#pragma once
#include "core/db.h"

struct books_options {
    const char *organization_id; /* --org, or NULL */
    const char *from, *until;    /* days, half-open; from may be NULL */
};

/* "hledger, beancount, …": for messages. */
#define BOOKS_FORMATS "hledger, beancount, quickbooks, xero, focus"

/*
 * Appends the text of a format to out, and to notes a line per thing that a reader must know:
 * assumptions, and what is left out.
 *
 * TRUEUP_ERROR_USAGE for an unknown format (naming the nearest), organization or range;
 * TRUEUP_ERROR_INPUT when rules/accounts.ini cannot be used, or an amount is out of range.
 */
gboolean books_export(struct db *db, const char *format, const struct books_options *options,
                      GString *out, GString *notes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
