/*
 * repeat.h - rows of one file that claim to be the same fact.
 *
 * A row with an id (an invoice number …) may stand twice in a file only if the rows agree; rows
 * without one are told apart by counting.
 */
#pragma once
#include "import/load.h"

GHashTable *repeat_table_new(void);

/*
 * The occurrence of a row, 1-based among rows of the same identity in the file. With an id it is
 * always 1, and a row that disagrees with an earlier one of its id is a problem of the record.
 *
 *   scope     what the identity is unique within (an organization), or ""
 *   id        what the message calls it: "invoice number X"; NULL for a row identified by content
 *   content   every column of the row, joined
 */
gint64 repeat_occurrence(struct load *load, gint64 line, const char *scope, const char *identity,
                         const char *id, const char *content);

/* Builds the text that identities and contents are compared by: parts closed by a unit separator.
 */
void content_add(GString *content, struct text part);
void content_add_string(GString *content, const char *part);
void content_add_int(GString *content, gint64 part);
void content_add_amount(GString *content, const struct amount *amount);
