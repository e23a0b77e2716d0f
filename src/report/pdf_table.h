/*
 * pdf_table.h - the rows of a table, over as many pages as they take.
 *
 * Each page begins with the headings. A row is split only where it is longer than a page, between
 * lines; totals never stand alone on a page.
 */
#pragma once
#include "report/pdf_columns.h"

/* Its height; above `most` it is only known to be more than that. */
double pdf_table_height(struct pdf_table *table, struct pdf *pdf, double most);
/* Of what must not be parted from the heading above: all of a small table, else its headings and
 * first row. */
double pdf_table_beginning(struct pdf_table *table, struct pdf *pdf);
/* From y on, on the page that has begun. */
void pdf_table_draw(struct pdf_table *table, struct pdf *pdf);
