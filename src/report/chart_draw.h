/*
 * chart_draw.h - a chart on any Cairo surface, and as an SVG image.
 *
 * Colours are never alone: lines have strips of their own, fills have hatches.
 */
#pragma once
#include "report/chart.h"
#include "report/typeface.h"

struct chart_colour {
    double red, green, blue;
};

#define CHART_COLOURS (CHART_SERIES + 1)

struct chart_theme {
    struct chart_colour paper; /* what the chart stands on; itself it paints no ground */
    struct chart_colour ink, faint, grid, alarm;
    struct chart_colour series[CHART_COLOURS], others;
};

extern const struct chart_theme chart_light, chart_dark;

/* The height that suits a width, in the same unit as the size of the text. */
double chart_height(const struct chart *chart, double text_size);

/* Draws a chart that has points, its left top corner at 0, 0. The layout is typeface_layout()'s,
 * and free for other use afterwards. */
void chart_draw(const struct chart *chart, cairo_t *cr, PangoLayout *layout, double width,
                double height, double text_size, const struct chart_theme *theme);

/* The chart as an SVG document, its text as outlines; the same bytes for the same chart and fonts.
 */
char *chart_svg(const struct chart *chart, PangoLayout *layout, double width, double text_size,
                const struct chart_theme *theme);
