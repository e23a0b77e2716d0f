/*
 * missing.h - what is to be imported before a report has rows.
 */
#pragma once
#include "core/db.h"
#include "report/catalog.h"

/* TRUE for a kind of files that front matter may name. */
gboolean missing_knows(const char *kind);

/*
 * Appends a line that names which kinds of files the report is made of and the ledger has none of,
 * and how one comes by them; nothing when it has some of each.
 */
gboolean missing_tell(struct db *db, const struct report *report, GString *lines,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
