/*
 * count.h - how many credits a description says were bought.
 */
#pragma once
#include <glib.h>
#include <stdint.h>

/* Reads "1,000 credits", "2500 Codex credits"; never an amount of money. */
struct count_reader;
struct count_reader *count_reader_new(GError **error);
void count_reader_free(struct count_reader *reader);
typedef struct count_reader CountReader; /* for g_autoptr(CountReader) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CountReader, count_reader_free)

/* The one number of credits that a text names, in nanos; FALSE when it names none, or several. */
gboolean count_find(struct count_reader *reader, const char *text, int64_t *out);
