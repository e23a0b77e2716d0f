/* chart_description.c - what a chart shows, in sentences, for who cannot see it. */
#include "core/money.h"
#include "report/chart.h"

static const struct chart_series *series_at(const struct chart_panel *panel, guint index)
{
    return g_ptr_array_index(panel->series, index);
}

static const char *x_at(const struct chart *chart, guint x)
{
    return g_ptr_array_index(chart->xs, x);
}

static void append_money(GString *out, const char *before, int128 nanos, const char *after)
{
    const struct exact_total total = {.nanos = nanos};
    gboolean fits = nanos >= INT64_MIN && nanos <= INT64_MAX;
    g_autofree char *text = fits ? money_format_cents((int64_t)nanos) : exact_total_format(&total);

    g_string_append_printf(out, "%s%s%s", before, text, after);
}

/* "; Top-ups on 3 days, 60.00" */
static void append_marks(GString *out, const struct chart *chart, const struct chart_series *series)
{
    const struct column *const *marks = chart->report->chart->marks;

    for (guint mark = 0; marks[mark]; mark++) {
        int128 sum = 0;
        guint count = 0;

        for (guint x = 0; x < chart->xs->len; x++) {
            sum += series->points[x].marks[mark];
            count += series->points[x].marks[mark] != 0;
        }
        if (count == 0)
            continue;
        g_string_append_printf(out, "; %s on %u %s, ", marks[mark]->heading, count,
                               count == 1 ? "day" : "days");
        append_money(out, "", sum, "");
    }
}

/* Where a line begins, ends, and was lowest and highest: its first days of these. */
static void append_line(GString *out, const struct chart *chart, const struct chart_series *series)
{
    guint first = chart->xs->len, last = 0, low = 0, high = 0, below = 0;

    for (guint x = 0; x < chart->xs->len; x++) {
        const struct chart_point *points = series->points;

        if (!points[x].any)
            continue;
        if (first == chart->xs->len)
            first = low = high = x;
        last = x;
        low = points[x].nanos < points[low].nanos ? x : low;
        high = points[x].nanos > points[high].nanos ? x : high;
        below += points[x].nanos < 0;
    }
    g_string_append_printf(out, "\n%s: ", series->label);
    append_money(out, "", series->points[first].nanos, "");
    g_string_append_printf(out, " on %s, ", x_at(chart, first));
    append_money(out, "", series->points[last].nanos, "");
    g_string_append_printf(out, " on %s; ", x_at(chart, last));
    append_money(out, "lowest ", series->points[low].nanos, "");
    g_string_append_printf(out, " on %s, ", x_at(chart, low));
    append_money(out, "highest ", series->points[high].nanos, "");
    g_string_append_printf(out, " on %s", x_at(chart, high));
    if (below > 0)
        g_string_append_printf(out, "; below zero on %u of %u", below, chart->xs->len);
    append_marks(out, chart, series);
    g_string_append_c(out, '.');
}

/* The sum of a series, and its greatest part. */
static void append_sum(GString *out, const struct chart *chart, const struct chart_series *series)
{
    int128 sum = 0;
    guint high = 0;

    for (guint x = 0; x < chart->xs->len; x++) {
        sum += series->points[x].nanos;
        high = series->points[x].nanos > series->points[high].nanos ? x : high;
    }
    g_string_append_printf(out, "\n%s: ", series->label);
    append_money(out, "", sum, " in all, ");
    append_money(out, "at most ", series->points[high].nanos, "");
    g_string_append_printf(out, " (%s).", x_at(chart, high));
}

char *chart_description(const struct chart *chart)
{
    static const char *const kinds[] = {
        [CHART_LINES] = "Lines", [CHART_STACK] = "Stacked bars", [CHART_BARS] = "Bars"};
    const struct chart_declaration *declared = chart->report->chart;
    GString *out = g_string_new(NULL);

    if (chart_is_empty(chart))
        g_string_append(out, "There is nothing to draw.");
    for (guint i = 0; i < chart->panels->len; i++) {
        const struct chart_panel *panel = g_ptr_array_index(chart->panels, i);

        g_string_append_printf(out, "%s%s of %s in %s, %s to %s", i > 0 ? "\n" : "",
                               kinds[declared->kind], declared->ys[0]->heading, panel->currency,
                               x_at(chart, 0), x_at(chart, chart->xs->len - 1));
        if (declared->series)
            g_string_append_printf(out, ", by %s", declared->series->heading);
        g_string_append_c(out, '.');
        for (guint series = 0; series < panel->series->len; series++)
            if (declared->kind == CHART_LINES)
                append_line(out, chart, series_at(panel, series));
            else
                append_sum(out, chart, series_at(panel, series));
    }
    return g_string_free(out, FALSE);
}
