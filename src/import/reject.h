/*
 * reject.h - the records that a quarantined import keeps out of the ledger, and what clears them.
 *
 * Until its header is known a file has no records: what is wrong before it refuses the file, also
 * in quarantine. From then on the problems of a record gather in load->reject, and when the next
 * record is asked for, a record with problems becomes a row of `reject` and nothing else.
 */
#pragma once
#include "import/load.h"

/* From here on bad records are set aside, where --quarantine says so. */
void reject_begin(struct load *load);
/* What is being read, so that it can be told if it is bad: a record and the fact made of it. */
void reject_expect(struct load *load, const struct record *record, const struct fact *fact);
/* The same of a record that the reader itself found bad. */
void reject_expect_text(struct load *load, const char *text);
/* Adds a sentence about the record being read: it is bad. */
void reject_add(struct load *load, gint64 line, const char *why);
/* Ends the record: stores it if it is bad. FALSE: load->failure is set, reading is over. */
gboolean reject_settle(struct load *load);
/* After the last record: a file of which nothing is good is refused as without quarantine. */
void reject_end(struct load *load);

gboolean reject_is_bad(const struct reject *reject); /* the record being read */
void reject_free(struct reject *reject);

/*
 * Once what this file held is written down: the quarantined readings that it corrects go, and a
 * quarantined file that another one corrects already is nothing new (load->corrected_by).
 *
 * A file corrects a quarantined reading when it was read by the same format and options, has no
 * rejects itself, holds every fact of that reading, equal ones as often, and more facts than it (of
 * cost and usage: on its days): a file that only lacks the bad records corrects nothing.
 */
gboolean reject_clear(struct load *load, GError **error) G_GNUC_WARN_UNUSED_RESULT;
