/*
 * lines.h - plain text of at most 96 columns: sections, wrapped sentences, columns of money.
 */
#pragma once
#include <glib.h>
#include <stdint.h>

#define LINE_WIDTH 96

/* A blank line, the title, and a rule under it. */
void lines_section(GString *out, const char *title);
/*
 * A text behind a label, its words wrapped; the lines after the first are indented by as much as
 * the label takes. The text is cleaned of what could move a cursor.
 */
void lines_wrapped(GString *out, const char *label, const char *text);
/* "  LABEL (padded to width)" and cells, each right-aligned in 20 columns; NULL ends them. */
void lines_cells(GString *out, const char *label, int width, ...) G_GNUC_NULL_TERMINATED;
/* Appends text cleaned and padded to a width in characters; a longer one is left whole. */
void lines_padded(GString *out, const char *text, int width);
