/*
 * month.h - months as descriptions name them and as dates have them.
 */
#pragma once
#include <glib.h>

#define MONTH_LEN 8 /* "2026-10" and the NUL */

/* Reads months in descriptions: "October 2026", "Oct 2026", "2026-10", "2026-10-01". */
struct month_reader;
struct month_reader *month_reader_new(GError **error);
void month_reader_free(struct month_reader *reader);
typedef struct month_reader MonthReader; /* for g_autoptr(MonthReader) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MonthReader, month_reader_free)

/* The one month that a text names; FALSE when it names none, or several. */
gboolean month_find(struct month_reader *reader, const char *text, char out[MONTH_LEN]);

/* The month before that of a day. */
void month_before(const char *day, char out[MONTH_LEN]);
