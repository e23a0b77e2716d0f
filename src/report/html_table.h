/*
 * html_table.h - one report's table of a page. For render_html.c.
 *
 * All columns but those flagged data are there, for a page scrolls; columns flagged below share a
 * row under theirs. Where a report has both a name and an id, the name is shown and the id is its
 * title. A number's title is its exact amount with its currency, and where it stands: the file and
 * line of its row's source, or of the receipt or charge that the column speaks of.
 */
#pragma once
#include "report/renderer.h"

struct html_table;
struct html_table *html_table_new(const struct report *report);
void html_table_row(struct html_table *table, const struct report_cell *cells);

/* TRUE for one that needs a sheet on its side. */
gboolean html_table_is_broad(const struct html_table *table);

/*
 * Appends the table and frees it.
 *
 *   number    of the table in the page: its id is t<number>
 *   footnote  a link to where its evidence is told, in the caption; 0 for none
 */
void html_table_finish(struct html_table *table, const struct report_totals *totals, guint number,
                       guint footnote, GString *out);
/* Of what failed half way. */
void html_table_free(struct html_table *table);
