/*
 * xlsx_chart.c - laying out a chart's numbers for the workbook's own charts: a row per day or
 * month, a column per series, and for each of its marks that occurs a column of the points that
 * have it.
 */
#include "report/xlsx_chart.h"
#include "core/instant.h"
#include "core/money.h"
#include "report/chart_draw.h"
#include "report/text_width.h"
#include "report/xlsx_summary.h"

#define LEAST_WIDTH 12
#define MOST_WIDTH  28
#define NO_MARK     -1

/* The panel that is being written, and where. */
struct panel_place {
    const struct chart *chart;
    const struct chart_panel *panel;
    struct xlsx_sheet *sheet;
    struct xlsx_chart *picture;
    guint header, last; /* rows */
    GArray *columns;    /* struct chart_column, left to right, after that of days */
};

struct chart_column {
    const struct chart_series *series;
    guint position; /* of the series */
    int mark;       /* NO_MARK: the series itself; else its points that have the mark */
};

static guint32 rgb(const struct chart_colour *colour)
{
    const guint32 red = (guint32)(colour->red * 255 + 0.5);
    const guint32 green = (guint32)(colour->green * 255 + 0.5);

    return red << 16 | green << 8 | (guint32)(colour->blue * 255 + 0.5);
}

static gboolean has_mark(const struct chart_series *series, guint count, int mark)
{
    for (guint i = 0; i < count; i++)
        if (series->points[i].any && series->points[i].marks[mark] != 0)
            return TRUE;
    return FALSE;
}

/* Series first, then marks: the legend has this order. */
static GArray *columns_of(const struct chart *chart, const struct chart_panel *panel)
{
    GArray *columns = g_array_new(FALSE, FALSE, sizeof(struct chart_column));

    for (int mark = NO_MARK; mark == NO_MARK || chart->report->chart->marks[mark]; mark++)
        for (guint i = 0; i < panel->series->len; i++) {
            struct chart_column column = {g_ptr_array_index(panel->series, i), i, mark};

            if (mark == NO_MARK || has_mark(column.series, chart->xs->len, mark))
                g_array_append_val(columns, column);
        }
    return columns;
}

static void write_text(const struct panel_place *place, guint row, guint column, const char *text,
                       enum xlsx_style style)
{
    gboolean cut = FALSE;
    g_autofree char *fit = xlsx_cell_text(text, &cut);

    xlsx_sheet_text(place->sheet, row, column, fit, style);
}

static char *heading_of(const struct panel_place *place, guint i)
{
    const struct chart_column *column = &g_array_index(place->columns, struct chart_column, i);

    if (column->mark == NO_MARK)
        return g_strdup(column->series->label);
    return g_strdup_printf("%s: %s", place->chart->report->chart->marks[column->mark]->heading,
                           column->series->label);
}

static void write_header(const struct panel_place *place)
{
    int lines = 1;

    for (guint i = 0; i < place->columns->len; i++) {
        g_autofree char *heading = heading_of(place, i);

        lines = MAX(lines, xlsx_text_lines(heading, MOST_WIDTH - 10));
    }
    xlsx_sheet_lines(place->sheet, place->header, lines);
    write_text(place, place->header, 0, place->chart->report->chart->x->heading, XLSX_HEADER);
    xlsx_sheet_column(place->sheet, 0, LEAST_WIDTH, FALSE);
    for (guint i = 0; i < place->columns->len; i++) {
        g_autofree char *heading = heading_of(place, i);
        const int width = CLAMP(text_width(heading) + 3, LEAST_WIDTH, MOST_WIDTH);

        write_text(place, place->header, i + 1, heading, XLSX_HEADER_TALL);
        xlsx_sheet_column(place->sheet, i + 1, width, FALSE);
    }
}

/* A day or month, as text: programs guess the kind of axis that numbers want, each its own. */
static void write_label(const struct panel_place *place, guint row, int32_t unit)
{
    char label[11];

    if (place->chart->report->chart->x->type == COLUMN_MONTH)
        (void)g_snprintf(label, sizeof label, "%04d-%02d", 1970 + unit / 12, unit % 12 + 1);
    else
        day_format(unit, label);
    xlsx_sheet_text(place->sheet, row, 0, label, XLSX_TEXT);
}

static void write_points(const struct panel_place *place, guint row, guint x)
{
    for (guint i = 0; i < place->columns->len; i++) {
        const struct chart_column *column = &g_array_index(place->columns, struct chart_column, i);
        const struct chart_point *point = &column->series->points[x];

        if (point->any && (column->mark == NO_MARK || point->marks[column->mark] != 0))
            (void)xlsx_sheet_number(place->sheet, row, i + 1, point->nanos, NANOS_PER_UNIT,
                                    xlsx_money_style(point->nanos, place->panel->currency, FALSE));
    }
}

/* Where time runs on, a day or month of which nothing is known has a row too. */
static guint write_rows(const struct panel_place *place)
{
    const gboolean runs_on = place->chart->report->chart->kind != CHART_BARS;
    guint row = place->header + 1;

    for (guint x = 0; x < place->chart->xs->len; x++) {
        const int32_t unit = g_array_index(place->chart->units, int32_t, x);

        for (int32_t gap = x > 0 ? g_array_index(place->chart->units, int32_t, x - 1) + 1 : unit;
             runs_on && gap < unit; gap++)
            write_label(place, row++, gap);
        write_label(place, row, unit);
        write_points(place, row++, x);
    }
    return row - 1;
}

static void draw_columns(const struct panel_place *place)
{
    const struct chart_declaration *declared = place->chart->report->chart;

    for (guint i = 0; i < place->columns->len; i++) {
        const struct chart_column *column = &g_array_index(place->columns, struct chart_column, i);
        const struct xlsx_points points = {place->header, place->last, i + 1};
        const guint32 colour =
            rgb(column->series->folded > 0 ? &chart_light.others
                                           : &chart_light.series[column->position % CHART_COLOURS]);

        if (column->mark == NO_MARK)
            xlsx_chart_series(place->picture, &points, column->position, colour);
        else
            xlsx_chart_marks(place->picture, &points, (guint)column->mark,
                             declared->marks[column->mark]->heading, colour);
    }
}

/* The row after it. */
static guint write_panel(const struct chart *chart, const struct chart_panel *panel,
                         struct xlsx_sheet *sheet, guint row)
{
    static const enum xlsx_chart_kind kinds[] = {
        [CHART_LINES] = XLSX_LINES, [CHART_STACK] = XLSX_STACK, [CHART_BARS] = XLSX_BARS};
    struct panel_place place = {chart, panel, sheet, NULL, row + XLSX_CHART_ROWS + 1, 0, NULL};
    g_autofree char *title = g_strdup_printf("%s, %s", chart->report->title, panel->currency);

    place.columns = columns_of(chart, panel);
    write_header(&place);
    place.last = write_rows(&place);
    place.picture =
        xlsx_sheet_chart(sheet, row, kinds[chart->report->chart->kind], title,
                         place.last - place.header, xlsx_money_style(0, panel->currency, FALSE));
    draw_columns(&place);
    g_array_unref(place.columns);
    return place.last + 2;
}

void xlsx_chart_write(const struct chart *chart, struct xlsx_sheet *sheet)
{
    guint row = 0;

    for (guint i = 0; i < chart->panels->len; i++)
        row = write_panel(chart, g_ptr_array_index(chart->panels, i), sheet, row);
}
