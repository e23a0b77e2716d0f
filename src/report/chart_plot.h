/*
 * chart_plot.h - the data of one panel, inside of its axes. For chart_draw.c.
 */
#pragma once
#include "report/chart_draw.h"
#include "report/chart_scale.h"

struct plot {
    const struct chart *chart;
    const struct chart_panel *panel;
    guint from, until; /* which of the panel's series are here */
    const struct chart_theme *theme;
    cairo_t *cr;
    PangoLayout *layout;
    double em;                       /* size of the text */
    double left, top, width, height; /* of the area within the axes */
    struct money_axis axis;
    int32_t first, last; /* units of time, both on the axis */
    int64_t cut;         /* bars above it are cut off and say so; 0: none is */
};

/* What the axis must hold, and where bars are cut. */
void plot_extent(struct plot *plot, int64_t *low, int64_t *high);

/* Device coordinates. A unit of time is a band; this is its left edge. */
double plot_x(const struct plot *plot, int32_t unit);
double plot_y(const struct plot *plot, int64_t nanos);

void plot_set_colour(cairo_t *cr, const struct chart_colour *colour);
/* Fills the current path as series `index` is filled, and drops it. */
void plot_fill_series(const struct plot *plot, guint index);
/* Fills the current path as what is below zero is, and drops it. */
void plot_fill_below(const struct plot *plot);
/* The sign of marks[index], its middle at x, y, in the source's colour. */
void plot_mark(const struct plot *plot, guint index, double x, double y);

/* The bar of a series at a point, before its hatch: total of a stack at x, of the bars above zero.
 */
int64_t plot_top(const struct plot *plot, guint x);

void plot_lines(const struct plot *plot);
void plot_bars(const struct plot *plot);
