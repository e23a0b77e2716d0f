/*
 * xlsx_book.h - the door to libxlsxwriter: a workbook in memory, written sheet by sheet.
 *
 * Rows of a sheet are written from the top; sheets may take turns. Text is only ever a string,
 * never a formula or a link. What fails is told at the end: until then a failed book takes
 * everything and does nothing. The same calls make the same bytes.
 */
#pragma once
#include "report/xlsx_text.h"

#define XLSX_ROWS_MAX 1048576 /* of a sheet, the header included */

enum xlsx_style {
    XLSX_TITLE,
    XLSX_SUBTITLE,
    XLSX_HEADER,
    XLSX_HEADER_RIGHT,
    XLSX_TEXT,
    XLSX_PROSE, /* over as many lines as xlsx_sheet_lines() gives it */
    XLSX_INTEGER,
    XLSX_SHARE,
    XLSX_DAY,
    XLSX_MONTH,
    XLSX_INSTANT,
    XLSX_MONEY_0, /* decimals; below zero red, with a minus */
    XLSX_MONEY_2,
    XLSX_MONEY_3,
    XLSX_EXACT_2, /* two decimals, and as many more as the number has, aligned on the point */
    XLSX_EXACT_3,
    XLSX_STYLE_COUNT,
};

struct xlsx_book;
struct xlsx_sheet; /* owned by its book */

/* The version of libxlsxwriter; borrowed. */
const char *xlsx_book_version(void);

struct xlsx_book *xlsx_book_new(const char *title);
void xlsx_book_free(struct xlsx_book *book);

/* Appends a sheet, which is printed as wide as a page; its name is as xlsx_sheet_name() gives it.
 */
struct xlsx_sheet *xlsx_book_sheet(struct xlsx_book *book, const char *name, gboolean landscape);

/* From 0. The text is as xlsx_cell_text() gives it. */
void xlsx_sheet_text(struct xlsx_sheet *sheet, guint row, guint column, const char *text,
                     enum xlsx_style style);

/*
 * The number value / scale, as near as a double comes to it. FALSE when it has more than the 15
 * significant digits that spreadsheets keep (ratios that are no decimals aside). Dates are days
 * since 1899-12-30.
 */
gboolean xlsx_sheet_number(struct xlsx_sheet *sheet, guint row, guint column, int64_t value,
                           int64_t scale, enum xlsx_style style);

/* The height of a row, before its cells. */
void xlsx_sheet_lines(struct xlsx_sheet *sheet, guint row, int lines);

/* Width in digits; a folded column is hidden until someone presses the + above it. */
void xlsx_sheet_column(struct xlsx_sheet *sheet, guint column, int width, gboolean folded);

/* Row 0 is the header of a table down to the last row: it stays in sight, filters and repeats. */
void xlsx_sheet_table(struct xlsx_sheet *sheet, guint last_row, guint last_column);

/* Appends the file's bytes. TRUEUP_ERROR_SYSTEM when it could not be made. */
gboolean xlsx_book_finish(struct xlsx_book *book, GString *out,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
