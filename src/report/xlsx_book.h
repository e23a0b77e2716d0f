/*
 * xlsx_book.h - the door to libxlsxwriter: a workbook in memory, written sheet by sheet.
 *
 * Rows of a sheet are written from the top; sheets may take turns. Text is only ever a string,
 * never a formula or a link. What fails is told at the end: until then a failed book takes
 * everything and does nothing. The same calls make the same bytes.
 */
#pragma once
#include "report/xlsx_text.h"

#define XLSX_EPOCH_DAYS 25569 /* 1970-01-01, in days since 1899-12-30 */

#define XLSX_ROWS_MAX 1048576 /* of a sheet, the header included */

enum xlsx_style {
    XLSX_TITLE,
    XLSX_SUBTITLE,
    XLSX_HEADER,
    XLSX_HEADER_RIGHT,
    XLSX_HEADER_TALL, /* the same, over the lines of its row */
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

enum xlsx_chart_kind { XLSX_LINES, XLSX_STACK, XLSX_BARS };
struct xlsx_chart; /* owned by its sheet's book */

/* A chart, XLSX_CHART_ROWS high from a row on, of so many days or months. */
#define XLSX_CHART_ROWS 21
struct xlsx_chart *xlsx_sheet_chart(struct xlsx_sheet *sheet, guint row, enum xlsx_chart_kind kind,
                                    const char *title, guint point_count, enum xlsx_style money);

/* Points of a chart on its sheet: days or months in column 0, amounts in another under their name.
 */
struct xlsx_points {
    guint header_row, last_row, column;
};

/* A line or the bars of a series; position tells it from others by its dashes or hatches. */
void xlsx_chart_series(struct xlsx_chart *chart, const struct xlsx_points *points, guint position,
                       guint32 rgb);

/* Points that have a mark (0, 1, 2), of which the legend tells the name once. */
void xlsx_chart_marks(struct xlsx_chart *chart, const struct xlsx_points *points, guint mark,
                      const char *name, guint32 rgb);

/* Row 0 is the header of a table down to the last row: it stays in sight, filters and repeats. */
void xlsx_sheet_table(struct xlsx_sheet *sheet, guint last_row, guint last_column);

/* Appends the file's bytes. TRUEUP_ERROR_SYSTEM when it could not be made. */
gboolean xlsx_book_finish(struct xlsx_book *book, GString *out,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
