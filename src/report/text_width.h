/*
 * text_width.h - text in terminal columns: wide characters take two, combining ones none.
 *
 * For text that is UTF-8 and holds no control characters.
 */
#pragma once
#include <glib.h>

int text_width(const char *text);

/* Appends text in exactly `width` columns, cut with … when longer. */
void text_append_padded(GString *out, const char *text, int width, gboolean right);

/*
 * Appends text on lines of their own, indented and broken at blanks so that each fits `width` (0:
 * one line); a word that is longer stands on a line as it is.
 */
void text_append_wrapped(GString *out, const char *text, int indent, int width);
