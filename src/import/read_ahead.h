/*
 * read_ahead.h - records of a big file, split and mapped by a thread of their own while earlier
 * ones are stored.
 *
 * The same facts and problems in the same order as the reader and the mapping give them, so that
 * nothing depends on there being a thread. A few batches are held, whatever the file's size.
 */
#pragma once
#include "import/format.h"
#include "import/record.h"

/* One record, read and mapped. What it points to lives until the next one is taken. */
struct mapped {
    enum record_status status;
    gint64 line;
    const char *problem;        /* RECORD_BAD: what is wrong with it, a sentence */
    const char *text;           /* RECORD_BAD: its first line */
    const char *hint;           /* RECORD_BAD: what can be done, or NULL */
    const struct fact *fact;    /* RECORD_ROW: NULL when cells are bad */
    const struct fact *partial; /* RECORD_ROW: the same, or what could be read of a bad one */
    struct record record;       /* RECORD_ROW */
    char *const *problems;      /* RECORD_ROW: of cells */
    char *const *notes;
    guint problem_count, note_count;
};

struct read_ahead;

/* From now on reader and mapping belong to the thread; they come back when END or FAILED was
 * returned. */
struct read_ahead *read_ahead_new(struct reader *reader, struct mapping *mapping);
/* Also before the end: the thread stops at the next batch. */
void read_ahead_free(struct read_ahead *ahead);
typedef struct read_ahead ReadAhead; /* for g_autoptr(ReadAhead) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ReadAhead, read_ahead_free)

/* The next record; its status is also returned, and error set with RECORD_FAILED. Not to be called
 * again after END or FAILED. */
enum record_status read_ahead_next(struct read_ahead *ahead, struct mapped *out, GError **error);
