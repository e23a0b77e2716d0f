/*
 * chart_text.h - lines of text in a panel. For chart_draw.c.
 *
 * Text is UTF-8 without control characters (text_clean). What is wider than its room is cut with
 * an ellipsis.
 */
#pragma once
#include "report/chart_plot.h"

enum chart_align { CHART_LEFT, CHART_CENTRE, CHART_RIGHT };

double chart_text_width(const struct plot *plot, const char *text);
/* Draws a line whose middle is at y and whose left, centre or right is at x, in the source's
 * colour; at most `room` wide (0: as wide as it is). */
void chart_text_draw(const struct plot *plot, const char *text, double x, double y,
                     enum chart_align align, double room);
