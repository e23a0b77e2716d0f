/*
 * text.h - text from files made safe to show, and small helpers for sentences.
 */
#pragma once
#include <glib.h>

/*
 * Controls, format characters (bidi controls, zero width, tags), the separators that end a line,
 * and the code points at the end of each plane, which are no characters.
 */
gboolean text_is_unsafe(gunichar character);

/*
 * A copy of UTF-8 text in which every control, bidi-control and invisible format character stands
 * as <U+001B>, so that it can neither move a cursor nor reorder what a person reads. Invalid bytes
 * become U+FFFD. With keep_newlines, \n stays.
 */
char *text_clean(const char *text, gboolean keep_newlines);

/* "1 record", "2 records": the plural is the singular and an s. */
char *text_count(gint64 count, const char *singular);

/*
 * The candidate nearest to a mistyped word by edit distance, or NULL when none is near (more than a
 * third of its letters differ). candidates ends with NULL; the first of equals wins.
 */
const char *text_nearest(const char *word, const char *const *candidates);
