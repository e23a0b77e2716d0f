/*
 * xlsx_whole.h - whether a workbook's file holds all that was written to it.
 *
 * libxlsxwriter keeps its parts in temporary files and does not look whether these took what it
 * wrote: on a full disk it makes a file of what was left, and says that all went well.
 */
#pragma once
#include <glib.h>

/* TRUE when every part ends with the end of its XML, and its sheets have so many cells. */
gboolean xlsx_is_whole(const char *bytes, gsize len, guint64 cell_count);
