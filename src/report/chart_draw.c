/* chart_draw.c - a chart's panels: axes, names beside the data, and what the signs mean. */
#include "report/chart_draw.h"
#include "core/money.h"
#include "report/chart_plot.h"
#include "report/chart_text.h"

#define PANEL_EMS   21.0 /* height of a panel */
#define NAMES_SHARE 0.28 /* of the width, at most, for names beside the data */

/* Okabe and Ito's colours, told apart by the colour-blind, here darkened for white paper. */
const struct chart_theme chart_light = {
    .paper = {1, 1, 1},
    .ink = {0.11, 0.13, 0.16},
    .faint = {0.35, 0.38, 0.42},
    .grid = {0.87, 0.88, 0.90},
    .alarm = {0.75, 0.10, 0.10},
    .series = {{0.00, 0.35, 0.58},
               {0.84, 0.52, 0.00},
               {0.00, 0.55, 0.40},
               {0.70, 0.36, 0.55},
               {0.22, 0.60, 0.82},
               {0.75, 0.33, 0.00},
               {0.40, 0.38, 0.05}},
    .others = {0.55, 0.57, 0.60},
};

const struct chart_theme chart_dark = {
    .paper = {0.078, 0.090, 0.110},
    .ink = {0.91, 0.92, 0.94},
    .faint = {0.66, 0.69, 0.73},
    .grid = {0.20, 0.22, 0.26},
    .alarm = {1.00, 0.45, 0.40},
    .series = {{0.34, 0.66, 0.92},
               {0.90, 0.62, 0.00},
               {0.10, 0.72, 0.54},
               {0.84, 0.52, 0.70},
               {0.58, 0.82, 0.96},
               {0.88, 0.45, 0.13},
               {0.85, 0.80, 0.30}},
    .others = {0.52, 0.55, 0.60},
};

double chart_height(const struct chart *chart, double text_size)
{
    return MAX(chart->panels->len, 1) * PANEL_EMS * text_size;
}

static const struct chart_series *series_at(const struct plot *plot, guint index)
{
    return g_ptr_array_index(plot->panel->series, index);
}

static gboolean is_lines(const struct plot *plot)
{
    return plot->chart->report->chart->kind == CHART_LINES;
}

static char *tick_text(const struct plot *plot, int64_t nanos)
{
    return money_format_grouped(nanos, plot->axis.decimals);
}

/* --- room ----------------------------------------------------------------------------------- */

static double names_width(const struct plot *plot, double width)
{
    double widest = 0;

    for (guint i = 0; i < plot->panel->series->len; i++)
        widest = MAX(widest, chart_text_width(plot, series_at(plot, i)->label));
    return MIN(widest + 3.2 * plot->em, NAMES_SHARE * width);
}

/* Sets the area within the axes, and the axes. */
static void lay_out(struct plot *plot, double top, double width, double height)
{
    const GArray *units = plot->chart->units;
    g_autofree char *low_text = NULL, *high_text = NULL;
    double bottom = 2.9 * plot->em;
    int64_t low, high;

    if (is_lines(plot) &&
        (plot->chart->report->chart->marks[0] || plot->chart->report->chart->below))
        bottom += 1.7 * plot->em;
    plot->top = top + 2.2 * plot->em;
    plot->height = MAX(height - 2.2 * plot->em - bottom, plot->em);
    plot->first = g_array_index(units, int32_t, 0);
    plot->last = g_array_index(units, int32_t, units->len - 1);
    plot_extent(plot, &low, &high);
    money_axis_init(&plot->axis, low, high, (guint)(plot->height / (2.2 * plot->em)));
    low_text = tick_text(plot, plot->axis.low);
    high_text = tick_text(plot, plot->axis.high);
    plot->left =
        MAX(chart_text_width(plot, low_text), chart_text_width(plot, high_text)) + 0.8 * plot->em;
    plot->width = MAX(width - plot->left - names_width(plot, width), plot->em);
}

/* --- axes ----------------------------------------------------------------------------------- */

/* A line that is sharp on a screen as well. */
static void draw_rule(const struct plot *plot, double from_x, double from_y, double to_x,
                      double to_y, const struct chart_colour *colour)
{
    cairo_set_line_width(plot->cr, 0.08 * plot->em);
    plot_set_colour(plot->cr, colour);
    cairo_move_to(plot->cr, from_x, from_y);
    cairo_line_to(plot->cr, to_x, to_y);
    cairo_stroke(plot->cr);
}

static void draw_money_axis(const struct plot *plot)
{
    double right = plot->left + plot->width;

    for (int64_t nanos = money_axis_first(&plot->axis);;) {
        g_autofree char *text = tick_text(plot, nanos);
        double y = plot_y(plot, nanos);

        draw_rule(plot, plot->left, y, right, y, &plot->theme->grid);
        plot_set_colour(plot->cr, &plot->theme->faint);
        chart_text_draw(plot, text, plot->left - 0.5 * plot->em, y, CHART_RIGHT, 0);
        if (nanos > plot->axis.high - plot->axis.step)
            break;
        nanos += plot->axis.step;
    }
}

static void draw_time_axis(const struct plot *plot)
{
    gboolean months = plot->chart->report->chart->x->type == COLUMN_MONTH;
    g_autoptr(GPtrArray) ticks =
        time_ticks(plot->first, plot->last, months, (guint)(plot->width / (4.2 * plot->em)));
    double bottom = plot->top + plot->height, em = plot->em;

    for (guint i = 0; i < ticks->len; i++) {
        const struct time_tick *tick = g_ptr_array_index(ticks, i);
        double edge = plot_x(plot, tick->unit), next = plot_x(plot, tick->unit + 1);
        double middle = (edge + next) / 2;

        draw_rule(plot, middle, bottom, middle, bottom + 0.35 * em, &plot->theme->faint);
        plot_set_colour(plot->cr, &plot->theme->faint);
        chart_text_draw(plot, tick->label, middle, bottom + 1.0 * em, CHART_CENTRE, 0);
        if (tick->year)
            chart_text_draw(plot, tick->year, middle, bottom + 2.2 * em, CHART_CENTRE, 0);
    }
}

/* "cut off: 2026-10-12 at 12,345.00" */
static char *cut_text(const struct plot *plot)
{
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint x = 0; plot->cut > 0 && x < plot->chart->xs->len; x++) {
        int64_t top = plot_top(plot, x);
        g_autofree char *amount = NULL;

        if (top <= plot->axis.high)
            continue;
        amount = money_format_cents(top);
        g_string_append_printf(out, "%s%s at %s", out->len ? ", " : "cut off: ",
                               (const char *)plot->chart->xs->pdata[x], amount);
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static void draw_head(const struct plot *plot, double top, double width)
{
    const struct column *y = plot->chart->report->chart->ys[0];
    gboolean several = plot->chart->report->chart->ys[1] != NULL;
    g_autofree char *what = several ? g_strdup(plot->panel->currency)
                                    : g_strdup_printf("%s, %s", y->heading, plot->panel->currency);
    g_autofree char *cut = cut_text(plot);

    plot_set_colour(plot->cr, &plot->theme->faint);
    chart_text_draw(plot, what, 0, top + 0.8 * plot->em, CHART_LEFT, width / 3);
    plot_set_colour(plot->cr, &plot->theme->ink);
    if (*cut)
        chart_text_draw(plot, cut, width, top + 0.8 * plot->em, CHART_RIGHT, width * 0.62);
}

/* --- names ---------------------------------------------------------------------------------- */

struct name {
    guint series;
    double wants, y; /* where its data ends, and where it can stand */
};

/* The series' last value, for lines; for fills the order of the stack, top to bottom. */
static double wanted_y(const struct plot *plot, guint index)
{
    const struct chart_series *series = series_at(plot, index);
    guint count = plot->panel->series->len, x = plot->chart->xs->len;

    if (!is_lines(plot)) {
        gboolean stacked = plot->chart->report->chart->kind == CHART_STACK;

        return plot->top + (stacked ? count - 1 - index : index) * 1.5 * plot->em;
    }
    while (x-- > 0)
        if (series->points[x].any)
            return plot_y(plot, series->points[x].nanos);
    return plot->top;
}

static int compare_names(gconstpointer left, gconstpointer right)
{
    const struct name *a = left, *b = right;

    if (a->wants != b->wants)
        return a->wants < b->wants ? -1 : 1;
    return a->series < b->series ? -1 : 1;
}

/* Pushes names apart: down from the first, then up from the foot of the panel. */
static void spread(const struct plot *plot, GArray *names)
{
    double step = 1.45 * plot->em, y = plot->top - step;

    for (guint i = 0; i < names->len; i++) {
        struct name *name = &g_array_index(names, struct name, i);

        name->y = y = MAX(name->wants, y + step);
    }
    y = plot->top + plot->height + step;
    for (guint i = names->len; i-- > 0;) {
        struct name *name = &g_array_index(names, struct name, i);

        name->y = y = MIN(name->y, y - step);
    }
}

static void draw_sample(const struct plot *plot, guint index, double x, double y)
{
    double em = plot->em;

    if (is_lines(plot)) {
        plot_set_line(plot, index);
        cairo_move_to(plot->cr, x, y);
        cairo_line_to(plot->cr, x + 1.4 * em, y);
        cairo_stroke(plot->cr);
        cairo_set_dash(plot->cr, NULL, 0, 0);
        return;
    }
    cairo_rectangle(plot->cr, x, y - 0.5 * em, 1.2 * em, em);
    plot_fill_series(plot, index);
}

static void draw_names(const struct plot *plot, double width)
{
    g_autoptr(GArray) names = g_array_new(FALSE, FALSE, sizeof(struct name));
    double right = plot->left + plot->width, x = right + 0.9 * plot->em;

    for (guint i = 0; i < plot->panel->series->len; i++) {
        struct name name = {i, wanted_y(plot, i), 0};

        g_array_append_val(names, name);
    }
    g_array_sort(names, compare_names);
    spread(plot, names);
    for (guint i = 0; i < names->len; i++) {
        const struct name *name = &g_array_index(names, struct name, i);

        if (is_lines(plot))
            draw_rule(plot, right + 0.1 * plot->em, name->wants, x - 0.15 * plot->em, name->y,
                      &plot->theme->faint);
        draw_sample(plot, name->series, x, name->y);
        plot_set_colour(plot->cr, &plot->theme->ink);
        chart_text_draw(plot, series_at(plot, name->series)->label, x + 1.8 * plot->em, name->y,
                        CHART_LEFT, width - x - 1.8 * plot->em);
    }
}

/* What marks and the shade below zero mean, in one line at the foot. */
static void draw_signs(const struct plot *plot, double foot)
{
    const struct chart_declaration *declared = plot->chart->report->chart;
    double em = plot->em, x = plot->left, y = foot - 0.9 * em;

    for (guint i = 0; declared->marks[i]; i++) {
        plot_set_colour(plot->cr, &plot->theme->ink);
        plot_mark(plot, i, x + 0.4 * em, y);
        chart_text_draw(plot, declared->marks[i]->heading, x + 1.2 * em, y, CHART_LEFT, 0);
        x += 3.0 * em + chart_text_width(plot, declared->marks[i]->heading);
    }
    if (!declared->below)
        return;
    cairo_rectangle(plot->cr, x, y - 0.5 * em, 1.2 * em, em);
    plot_fill_below(plot);
    plot_set_colour(plot->cr, &plot->theme->ink);
    chart_text_draw(plot, declared->below->heading, x + 1.7 * em, y, CHART_LEFT, 0);
}

static void draw_panel(struct plot *plot, double top, double width, double height)
{
    double zero;

    lay_out(plot, top, width, height);
    draw_head(plot, top, width);
    draw_money_axis(plot);
    draw_time_axis(plot);
    if (is_lines(plot))
        plot_lines(plot);
    else
        plot_bars(plot);
    zero = plot_y(plot, 0);
    draw_rule(plot, plot->left, zero, plot->left + plot->width, zero, &plot->theme->ink);
    draw_names(plot, width);
    if (is_lines(plot))
        draw_signs(plot, top + height);
}

void chart_draw(const struct chart *chart, cairo_t *cr, PangoLayout *layout, double width,
                double height, double text_size, const struct chart_theme *theme)
{
    double each = height / MAX(chart->panels->len, 1);

    for (guint i = 0; i < chart->panels->len; i++) {
        struct plot plot = {.chart = chart,
                            .panel = g_ptr_array_index(chart->panels, i),
                            .theme = theme,
                            .cr = cr,
                            .layout = layout,
                            .em = text_size};

        cairo_save(cr);
        draw_panel(&plot, each * i, width, each);
        cairo_restore(cr);
    }
}
