/* chart_plot.c - lines, stacks and bars. */
#include "report/chart_plot.h"

#define CUT_FACTOR 5 /* a bar so many times as high as the next one hides it */
#define CUT_MOST   3 /* more such bars are no outliers */
#define CUT_LEAST  8 /* fewer bars need no cut: each is seen */

static const struct chart_series *series_at(const struct plot *plot, guint index)
{
    return g_ptr_array_index(plot->panel->series, index);
}

double plot_x(const struct plot *plot, int32_t unit)
{
    return plot->left + plot->width * (unit - plot->first) / (plot->last - plot->first + 1);
}

double plot_y(const struct plot *plot, int64_t nanos)
{
    double low = (double)plot->axis.low, high = (double)plot->axis.high;

    return plot->top + plot->height * (high - (double)nanos) / (high - low);
}

/* --- extents -------------------------------------------------------------------------------- */

/* The parts of a stack at an x that are above (below) zero, summed; of lines and bars the highest
 * (lowest). */
static int64_t reach(const struct plot *plot, guint x, gboolean up)
{
    gboolean stacked = plot->chart->report->chart->kind == CHART_STACK;
    int64_t out = 0;

    for (guint i = plot->from; i < plot->until; i++) {
        int64_t nanos = series_at(plot, i)->points[x].nanos;

        if ((nanos > 0) != up)
            continue;
        if (stacked)
            out += nanos;
        else
            out = up ? MAX(out, nanos) : MIN(out, nanos);
    }
    return out;
}

int64_t plot_top(const struct plot *plot, guint x)
{
    return reach(plot, x, TRUE);
}

static int compare_down(gconstpointer left, gconstpointer right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

    return a < b ? 1 : a > b ? -1 : 0;
}

/* The height above which bars are cut, so that the others can be seen beside them. */
static int64_t find_cut(GArray *tops)
{
    int64_t cut = 0;

    g_array_sort(tops, compare_down);
    if (tops->len < CUT_LEAST)
        return 0;
    for (guint i = 1; i <= CUT_MOST; i++) {
        int64_t above = g_array_index(tops, int64_t, i - 1), next = g_array_index(tops, int64_t, i);

        if (next > 0 && above / CUT_FACTOR > next)
            cut = next;
    }
    return cut;
}

void plot_extent(struct plot *plot, int64_t *low, int64_t *high)
{
    g_autoptr(GArray) tops = g_array_new(FALSE, FALSE, sizeof(int64_t));

    *low = *high = 0;
    for (guint x = 0; x < plot->chart->xs->len; x++) {
        int64_t top = plot_top(plot, x);

        *low = MIN(*low, reach(plot, x, FALSE));
        *high = MAX(*high, top);
        if (top > 0)
            g_array_append_val(tops, top);
    }
    plot->cut = plot->chart->report->chart->kind == CHART_LINES ? 0 : find_cut(tops);
    if (plot->cut > 0)
        *high = plot->cut;
}

/* --- styles --------------------------------------------------------------------------------- */

void plot_set_colour(cairo_t *cr, const struct chart_colour *colour)
{
    cairo_set_source_rgb(cr, colour->red, colour->green, colour->blue);
}

static const struct chart_colour *colour_of(const struct plot *plot, guint index)
{
    if (series_at(plot, index)->folded > 0)
        return &plot->theme->others;
    /* Lines have strips of their own and need no colours to be told apart. */
    return &plot->theme->series[plot->chart->report->chart->kind == CHART_LINES ? 0 : index];
}

/* Parallel lines over the whole clip, `step` apart, that fall by `slope` of their run; 0: level. */
static void hatch(cairo_t *cr, double step, double slope)
{
    double left, top, right, bottom, run, first, last;

    cairo_clip_extents(cr, &left, &top, &right, &bottom);
    run = slope == 0 ? 0 : (bottom - top) / slope;
    first = slope == 0 ? top : left - MAX(0, run);
    last = slope == 0 ? bottom : right - MIN(0, run);
    for (int i = (int)(first / step) - 1; i * step <= last; i++) {
        if (slope == 0) {
            cairo_move_to(cr, left, i * step);
            cairo_line_to(cr, right, i * step);
        } else {
            cairo_move_to(cr, i * step, top);
            cairo_line_to(cr, i * step + run, bottom);
        }
    }
    cairo_stroke(cr);
}

/* What tells a fill apart without its colour; series 0 is plain. */
static const struct {
    double step, slope, again; /* again: a second set of lines, its slope; 0: none */
} hatches[CHART_COLOURS] = {{0, 0, 0},    {0.6, -1, 0}, {0.55, 0, 0}, {0.7, 1, -1},
                            {0.8, -2, 0}, {0.5, 1, 0},  {0.9, 3, -3}};

void plot_fill_series(const struct plot *plot, guint index)
{
    cairo_t *cr = plot->cr;

    cairo_save(cr);
    plot_set_colour(cr, colour_of(plot, index));
    cairo_fill_preserve(cr);
    cairo_clip(cr);
    if (hatches[index].step > 0) {
        plot_set_colour(cr, &plot->theme->paper);
        cairo_set_line_width(cr, 0.08 * plot->em);
        hatch(cr, hatches[index].step * plot->em, hatches[index].slope);
        if (hatches[index].again != 0)
            hatch(cr, hatches[index].step * plot->em, hatches[index].again);
    }
    cairo_restore(cr);
    cairo_new_path(cr);
}

void plot_fill_below(const struct plot *plot)
{
    const struct chart_colour *alarm = &plot->theme->alarm;
    cairo_t *cr = plot->cr;

    cairo_save(cr);
    cairo_set_source_rgba(cr, alarm->red, alarm->green, alarm->blue, 0.25);
    cairo_fill_preserve(cr);
    cairo_clip(cr);
    plot_set_colour(cr, alarm);
    cairo_set_line_width(cr, 0.08 * plot->em);
    hatch(cr, 0.45 * plot->em, -1);
    cairo_restore(cr);
    cairo_new_path(cr);
}

void plot_mark(const struct plot *plot, guint index, double x, double y)
{
    cairo_t *cr = plot->cr;
    double half = 0.34 * plot->em;

    cairo_save(cr);
    cairo_set_line_width(cr, 0.16 * plot->em);
    cairo_new_path(cr);
    if (index == 0) { /* a triangle that points up */
        cairo_move_to(cr, x, y - half);
        cairo_line_to(cr, x + half, y + half);
        cairo_line_to(cr, x - half, y + half);
        cairo_close_path(cr);
        cairo_fill(cr);
    } else if (index == 1) { /* a hollow diamond */
        cairo_move_to(cr, x, y - half);
        cairo_line_to(cr, x + half, y);
        cairo_line_to(cr, x, y + half);
        cairo_line_to(cr, x - half, y);
        cairo_close_path(cr);
        cairo_stroke(cr);
    } else { /* a cross */
        half *= 0.85;
        cairo_move_to(cr, x - half, y - half);
        cairo_line_to(cr, x + half, y + half);
        cairo_move_to(cr, x - half, y + half);
        cairo_line_to(cr, x + half, y - half);
        cairo_stroke(cr);
    }
    cairo_restore(cr);
}

/* --- lines ---------------------------------------------------------------------------------- */

static int32_t unit_at(const struct plot *plot, guint x)
{
    return g_array_index(plot->chart->units, int32_t, x);
}

/* Steps: what a day ended with stands over the whole day. A day without a row breaks the line. */
static void draw_line(const struct plot *plot, guint index)
{
    const struct chart_series *series = series_at(plot, index);
    int32_t expected = INT32_MIN;

    plot_set_colour(plot->cr, colour_of(plot, index));
    cairo_set_line_width(plot->cr, 0.16 * plot->em);
    cairo_set_line_join(plot->cr, CAIRO_LINE_JOIN_ROUND);
    for (guint x = 0; x < plot->chart->xs->len; x++) {
        int32_t unit = unit_at(plot, x);
        double y = plot_y(plot, series->points[x].nanos);

        if (!series->points[x].any)
            continue;
        if (unit == expected)
            cairo_line_to(plot->cr, plot_x(plot, unit), y);
        else
            cairo_move_to(plot->cr, plot_x(plot, unit), y);
        cairo_line_to(plot->cr, plot_x(plot, unit + 1), y);
        expected = unit + 1;
    }
    cairo_stroke(plot->cr);
}

static void draw_below(const struct plot *plot, const struct chart_series *series)
{
    double zero = plot_y(plot, 0);

    for (guint x = 0; x < plot->chart->xs->len; x++) {
        int32_t unit = unit_at(plot, x);
        double left = plot_x(plot, unit), y = plot_y(plot, series->points[x].nanos);

        if (series->points[x].nanos < 0)
            cairo_rectangle(plot->cr, left, zero, plot_x(plot, unit + 1) - left, y - zero);
    }
    plot_fill_below(plot);
}

/* Above the line what comes in, below it the last kind, which goes out. */
static void draw_marks(const struct plot *plot, guint index)
{
    const struct chart_series *series = series_at(plot, index);
    const struct column *const *marks = plot->chart->report->chart->marks;

    for (guint x = 0; x < plot->chart->xs->len; x++) {
        double middle = (plot_x(plot, unit_at(plot, x)) + plot_x(plot, unit_at(plot, x) + 1)) / 2;
        double y = plot_y(plot, series->points[x].nanos), up = 0.7 * plot->em;

        plot_set_colour(plot->cr, colour_of(plot, index));
        for (guint mark = 0; marks[mark]; mark++) {
            if (series->points[x].marks[mark] == 0)
                continue;
            if (mark > 0 && !marks[mark + 1]) {
                plot_mark(plot, mark, middle, y + 0.7 * plot->em);
                continue;
            }
            plot_mark(plot, mark, middle, y - up);
            up += 0.85 * plot->em;
        }
    }
}

void plot_lines(const struct plot *plot)
{
    cairo_save(plot->cr);
    for (guint i = plot->from; i < plot->until; i++) {
        if (plot->chart->report->chart->below)
            draw_below(plot, series_at(plot, i));
        draw_line(plot, i);
        draw_marks(plot, i);
    }
    cairo_restore(plot->cr);
}

/* --- bars ----------------------------------------------------------------------------------- */

/* Left edge and width of the bar of a series at an x: of its share of the band where bars stand
 * beside one another. */
static void place_bar(const struct plot *plot, guint x, guint index, double *left, double *width)
{
    int32_t unit = unit_at(plot, x);
    double edge = plot_x(plot, unit), band = plot_x(plot, unit + 1) - edge;
    double whole = MIN(band > 0.3 * plot->em ? 0.8 * band : band, 6 * plot->em);
    guint beside = plot->chart->report->chart->kind == CHART_BARS ? plot->until - plot->from : 1;

    *width = MAX(whole / beside, 0.02 * plot->em);
    *left = edge + (band - whole) / 2 + (beside > 1 ? *width * index : 0);
}

/* *up and *down: where the stack at an x stands so far. */
static void draw_bar(const struct plot *plot, guint x, guint index, int64_t *up, int64_t *down)
{
    const struct chart_point *point = &series_at(plot, index)->points[x];
    int64_t *base = point->nanos < 0 ? down : up;
    int64_t from = *base, until = *base + point->nanos;
    double left, width;

    if (plot->chart->report->chart->kind == CHART_STACK)
        *base = until;
    if (plot->cut > 0) { /* the axis ends there */
        from = MIN(from, plot->axis.high);
        until = MIN(until, plot->axis.high);
    }
    if (from == until)
        return;
    place_bar(plot, x, index, &left, &width);
    cairo_rectangle(plot->cr, left, plot_y(plot, MAX(from, until)), width,
                    plot_y(plot, MIN(from, until)) - plot_y(plot, MAX(from, until)));
}

/* A wave of paper across a bar that goes on above the axis. */
static void draw_break(const struct plot *plot, double left, double width)
{
    double tooth = 0.35 * plot->em, y = plot->top + 0.7 * plot->em;

    cairo_move_to(plot->cr, left - tooth, y);
    cairo_curve_to(plot->cr, left + width / 3, y - 2 * tooth, left + width * 2 / 3, y + 2 * tooth,
                   left + width + tooth, y);
    plot_set_colour(plot->cr, &plot->theme->paper);
    cairo_set_line_width(plot->cr, 0.3 * plot->em);
    cairo_stroke(plot->cr);
}

static void draw_breaks(const struct plot *plot)
{
    for (guint x = 0; x < plot->chart->xs->len; x++)
        for (guint i = plot->from; i < plot->until; i++) {
            gboolean stacked = plot->chart->report->chart->kind == CHART_STACK;
            int64_t top = stacked ? plot_top(plot, x) : series_at(plot, i)->points[x].nanos;
            double left, width;

            if (top <= plot->axis.high || (stacked && i > plot->from))
                continue;
            place_bar(plot, x, i, &left, &width);
            draw_break(plot, left, width);
        }
}

void plot_bars(const struct plot *plot)
{
    guint xs = plot->chart->xs->len;
    g_autofree int64_t *up = g_new0(int64_t, xs), *down = g_new0(int64_t, xs);

    for (guint i = plot->from; i < plot->until; i++) {
        for (guint x = 0; x < xs; x++)
            draw_bar(plot, x, i, &up[x], &down[x]);
        plot_fill_series(plot, i);
    }
    if (plot->cut > 0)
        draw_breaks(plot);
}
