/*
 * read_ahead.h - records of a big file, split by a thread of their own while earlier ones are
 * stored.
 *
 * The same records and problems in the same order as the reader gives them, so that nothing depends
 * on there being a thread. A few batches are held, whatever the file's size.
 */
#pragma once
#include "import/record.h"

struct read_ahead;

/* From now on the reader belongs to the thread; it comes back when END or FAILED was returned. */
struct read_ahead *read_ahead_new(struct reader *reader);
/* Also before the end: the thread stops at the next batch. */
void read_ahead_free(struct read_ahead *ahead);
typedef struct read_ahead ReadAhead; /* for g_autoptr(ReadAhead) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ReadAhead, read_ahead_free)

/* As reader_next(). Not to be called again after END or FAILED. */
enum record_status read_ahead_next(struct read_ahead *ahead, const struct record **record,
                                   const struct record_problem **problem, GError **error);
