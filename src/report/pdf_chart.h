/*
 * pdf_chart.h - a chart kept until its page is known, as lines and text, not as pixels.
 */
#pragma once
#include "report/chart.h"
#include "report/pdf_page.h"

struct pdf_chart;

/* NULL when the typeface is not installed, which pdf_init() tells. */
struct pdf_chart *pdf_chart_new(const struct chart *chart);
void pdf_chart_free(struct pdf_chart *kept);

double pdf_chart_height(const struct pdf_chart *kept, gboolean landscape);
/* From y on; on the next page where this one has no room. */
void pdf_chart_draw(const struct pdf_chart *kept, struct pdf *pdf);
