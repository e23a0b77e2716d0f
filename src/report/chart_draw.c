/* chart_draw.c - a chart's panels: axes, names beside the data, and what the signs mean. */
#include "report/chart_draw.h"
#include "core/money.h"
#include "report/chart_plot.h"
#include "report/chart_text.h"

#define PANEL_EMS   21.0 /* height of a panel */
#define STRIP_EMS   10.5 /* and of a strip in it, where it has several */
#define HEAD_EMS    1.6
#define FOOT_EMS    4.6
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

/* Lines have a strip each: an organization with little is not flattened by one with much. */
static guint count_strips(const struct chart *chart, const struct chart_panel *panel)
{
    return chart->report->chart->kind == CHART_LINES ? panel->series->len : 1;
}

static double panel_ems(const struct chart *chart, const struct chart_panel *panel)
{
    guint strips = count_strips(chart, panel);

    return strips > 1 ? HEAD_EMS + strips * STRIP_EMS + FOOT_EMS : PANEL_EMS;
}

double chart_height(const struct chart *chart, double text_size)
{
    double ems = 0;

    for (guint i = 0; i < chart->panels->len; i++)
        ems += panel_ems(chart, g_ptr_array_index(chart->panels, i));
    return MAX(ems, 1) * text_size;
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

    if (is_lines(plot))
        return 0.5 * plot->em;
    for (guint i = 0; i < plot->panel->series->len; i++)
        widest = MAX(widest, chart_text_width(plot, series_at(plot, i)->label));
    return MIN(widest + 3.2 * plot->em, NAMES_SHARE * width);
}

/* The widest label of an axis of money. */
static double ticks_width(const struct plot *plot)
{
    g_autofree char *low = tick_text(plot, plot->axis.low),
                    *high = tick_text(plot, plot->axis.high);

    return MAX(chart_text_width(plot, low), chart_text_width(plot, high));
}

static void set_axis(struct plot *plot)
{
    int64_t low, high;

    plot_extent(plot, &low, &high);
    money_axis_init(&plot->axis, low, high, (guint)(plot->height / (1.8 * plot->em)));
}

/* Sets the area within the axes, of the given height, but for its top. All strips have the same
 * left edge, so that their days stand below one another. */
static void lay_out(struct plot *plot, double width, double height)
{
    const GArray *units = plot->chart->units;
    guint strips = count_strips(plot->chart, plot->panel);

    plot->height = height;
    plot->first = g_array_index(units, int32_t, 0);
    plot->last = g_array_index(units, int32_t, units->len - 1);
    plot->left = 0;
    for (guint i = 0; i < strips; i++) {
        plot->from = i;
        plot->until = strips > 1 ? i + 1 : plot->panel->series->len;
        set_axis(plot);
        plot->left = MAX(plot->left, ticks_width(plot) + 0.8 * plot->em);
    }
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
                                    : g_strdup_printf("%s, %s%s", y->heading, plot->panel->currency,
                                                      count_strips(plot->chart, plot->panel) > 1
                                                          ? "; each on its own scale"
                                                          : "");
    g_autofree char *cut = cut_text(plot);

    plot_set_colour(plot->cr, &plot->theme->faint);
    chart_text_draw(plot, what, 0, top + 0.8 * plot->em, CHART_LEFT, width / 2);
    plot_set_colour(plot->cr, &plot->theme->ink);
    if (*cut)
        chart_text_draw(plot, cut, width, top + 0.8 * plot->em, CHART_RIGHT, width * 0.48);
}

/* --- names ---------------------------------------------------------------------------------- */

/* A line is named above it, the parts of bars beside them in their order: a stack's from the top.
 */
static void draw_names(const struct plot *plot, double width)
{
    double right = plot->left + plot->width, em = plot->em;
    gboolean stacked = plot->chart->report->chart->kind == CHART_STACK;

    for (guint i = plot->from; i < plot->until; i++) {
        guint row = stacked ? plot->until - 1 - i : i - plot->from;
        double x = is_lines(plot) ? plot->left : right + 0.9 * em;
        double y = is_lines(plot) ? plot->top - 2.0 * em : plot->top + (0.5 + 1.5 * row) * em;

        if (!is_lines(plot)) {
            cairo_rectangle(plot->cr, x, y - 0.5 * em, 1.2 * em, em);
            plot_fill_series(plot, i);
            x += 1.8 * em;
        }
        plot_set_colour(plot->cr, &plot->theme->ink);
        chart_text_draw(plot, series_at(plot, i)->label, x, y, CHART_LEFT, width - x);
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

static void draw_strip(const struct plot *plot, double width)
{
    double zero = plot_y(plot, 0);

    draw_money_axis(plot);
    if (is_lines(plot))
        plot_lines(plot);
    else
        plot_bars(plot);
    draw_rule(plot, plot->left, zero, plot->left + plot->width, zero, &plot->theme->ink);
    draw_names(plot, width);
}

static void draw_panel(struct plot *plot, double top, double width, double height)
{
    const struct chart_declaration *declared = plot->chart->report->chart;
    gboolean has_signs = is_lines(plot) && (declared->marks[0] || declared->below);
    guint strips = count_strips(plot->chart, plot->panel);
    double head = HEAD_EMS * plot->em, foot = (has_signs ? FOOT_EMS : FOOT_EMS - 1.7) * plot->em;
    double gap = (is_lines(plot) ? 3.1 : 0.4) * plot->em; /* above a strip, with its name */
    double strip = (height - head - foot) / strips;

    lay_out(plot, width, MAX(strip - gap, plot->em));
    for (guint i = 0; i < strips; i++) {
        plot->from = i;
        plot->until = strips > 1 ? i + 1 : plot->panel->series->len;
        plot->top = top + head + i * strip + gap;
        set_axis(plot);
        draw_strip(plot, width);
    }
    draw_head(plot, top, width);
    draw_time_axis(plot);
    if (has_signs)
        draw_signs(plot, top + height);
}

void chart_draw(const struct chart *chart, cairo_t *cr, PangoLayout *layout, double width,
                double height, double text_size, const struct chart_theme *theme)
{
    double scale = height / chart_height(chart, text_size), top = 0;

    for (guint i = 0; i < chart->panels->len; i++) {
        struct plot plot = {.chart = chart,
                            .panel = g_ptr_array_index(chart->panels, i),
                            .theme = theme,
                            .cr = cr,
                            .layout = layout,
                            .em = text_size};
        double each = panel_ems(chart, plot.panel) * text_size * scale;

        cairo_save(cr);
        draw_panel(&plot, top, width, each);
        cairo_restore(cr);
        top += each;
    }
}
