/*
 * xlsx_text.h - text as a workbook may hold it.
 */
#pragma once
#include <glib.h>

/* UTF-16 units in a cell, and characters in the name of a sheet: more than these no program opens.
 */
#define XLSX_TEXT_MAX 32767
#define XLSX_NAME_MAX 31

/*
 * Text from files or people, for a cell: cleaned (text_clean), and what a reader would take for an
 * escape ("_x000D_" is a carriage return to it) escaped. *cut becomes TRUE when the text is too
 * long for a cell: it then ends with "…".
 */
char *xlsx_cell_text(const char *text, gboolean *cut);

/*
 * A name for a sheet: the wanted one without what names may not hold, cut, and told from the names
 * that are taken (char*, case is no difference) by a number: "spend", "spend (2)".
 */
char *xlsx_sheet_name(const char *wanted, GPtrArray *taken);

/* How many lines a text takes in a column: an estimate, fonts differ. */
int xlsx_text_lines(const char *text, int width);
