/*
 * pdf_columns.h - a table of a PDF: its cells, and which of its columns get how much of which page.
 *
 * A table stands on an upright page where it fits at 8.5 or 8 points, else on a wide one, at
 * 7.5 points at the least. Where that is not enough its texts are broken; then columns go that are
 * zero or empty throughout, which is said below the table; and what still has no room, columns
 * flagged wide first, stands under its row, as "Heading: text". Nothing is lost or cut off.
 */
#pragma once
#include "report/pdf_page.h"
#include "report/renderer.h"

struct pdf_cell {
    const char *text;
    double width; /* at the size of one point */
};

struct pdf_column {
    const struct column *column;
    guint position;          /* in the report */
    double natural, longest; /* its widest cell, and the widest word of its cells; at one point */
    double word;             /* the widest word of its heading; likewise */
    double ems;              /* its width as chosen, likewise */
    double x, width;         /* in points */
    gboolean says_something; /* a row has something other than zero or nothing in it */
};

struct pdf_sum {
    const char *text, *exact; /* as the column shows it, and to the last digit; NULL for none */
};

struct pdf_total {
    const char *label;
    struct pdf_sum *sums; /* one a column of the report */
};

struct pdf_table {
    const struct report *report;
    GStringChunk *texts;
    GArray *cells;   /* struct pdf_cell, row by row, one a column of the report */
    GArray *columns; /* struct pdf_column, left to right */
    GArray *moved;   /* guint: columns of the report that stand on one line under the row */
    GArray *below;   /* guint: those that stand on a line each below that */
    GPtrArray *totals;
    GString *notes; /* lines: columns that say nothing, totals to the last digit */
    char *footer;   /* lines, or "" */
    guint row_count;
    int *lines; /* of each row; 0 until they are counted */
    gboolean landscape;
    double size, gap, width; /* of the type, between columns, and of all columns together */
};

struct pdf_table *pdf_table_new(const struct report *report);
void pdf_table_free(struct pdf_table *table);
void pdf_table_add(struct pdf_table *table, const struct report_cell *cells);
void pdf_table_finish(struct pdf_table *table, const struct report_totals *totals,
                      const char *footer);
/* After the last row: measures everything and chooses. */
void pdf_table_fit(struct pdf_table *table, struct pdf *pdf);
/* Lets a table that fits an upright page stand on a wide one, at the same size. */
void pdf_table_turn(struct pdf_table *table);

const struct pdf_cell *pdf_table_cell(const struct pdf_table *table, guint row, guint position);
