/*
 * assemble.h - from the records of a file to those that are rows of a statement.
 *
 * Between reader and mapping. Until a format is known, records are handed on and kept: what stands
 * before a header may name the card and control totals, and without a header they are rows. Then
 * records that only go on with the text of the one before are put together with it, and what
 * stands behind the end of the table is counted and not handed on.
 */
#pragma once
#include "import/format.h"

struct assembly;

/* Borrows the reader. */
struct assembly *assembly_new(struct reader *reader);
void assembly_free(struct assembly *assembly);
typedef struct assembly Assembly; /* for g_autoptr(Assembly) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Assembly, assembly_free)

/* As reader_next(). */
enum record_status assembly_next(struct assembly *assembly, const struct record **record,
                                 const struct record_problem **problem, GError **error);

/* What was read before assembly_settle(): struct record*, borrowed until then. None when it is more
 * text than the first records of a statement ever are. */
const GPtrArray *assembly_kept(const struct assembly *assembly);
/* The mapping (borrowed) decides from now on. Without a header, records come from the first on. */
void assembly_settle(struct assembly *assembly, const struct mapping *mapping);
/* How many records stand behind the end of the table; known at the end. */
gint64 assembly_behind_count(const struct assembly *assembly);
/* How many of them resemble rows, and the line of the first. */
gint64 assembly_doubtful_count(const struct assembly *assembly, gint64 *first_line);
