/*
 * pdf_table.h - the rows of a table, over as many pages as they take.
 *
 * Each page begins with the headings. A row is split only where it is longer than a page, between
 * lines; totals never stand alone on a page.
 */
#pragma once
#include "report/pdf_columns.h"

/* Of what must not be parted from the heading above: the column headings and the first row. */
double pdf_table_beginning(struct pdf_table *table, struct pdf *pdf);
/* TRUE when all of it ends within the height. */
gboolean pdf_table_ends_within(struct pdf_table *table, struct pdf *pdf, double height);
/* From y on, on the page that has begun. */
void pdf_table_draw(struct pdf_table *table, struct pdf *pdf);
