/*
 * render_given.h - rows given to a renderer, without a ledger: each row is one text a column.
 *
 * A text is what the cell holds: text as it is, numbers as digits, currency after a blank
 * ("1500000000 USD"); NULL is null.
 */
#pragma once
#include "report/renderer.h"
#include "test.h"

#define RENDER_HEAD "-- title: Title\n-- summary: Summary.\n-- formats: table csv json pdf\n"

struct given_rows {
    const char *columns;      /* lines of front matter; currency is declared where it is needed */
    const char *const *texts; /* row by row */
    guint row_count;
    int width;
    gboolean raw;
};

static inline struct report_cell given_cell(const struct column *column, const char *text)
{
    struct report_cell cell = {text == NULL, text ? text : "", 0, ""};
    char *rest = NULL;

    if (!text || column_is_text(column))
        return cell;
    cell.text = "";
    cell.integer = g_ascii_strtoll(text, &rest, 10);
    if (*rest == ' ')
        cell.currency = rest + 1;
    return cell;
}

/* The bytes that a format makes of the rows, perhaps in colour; FALSE with the renderer's error. */
static inline gboolean given_render_in(const char *format, struct given_rows given, gboolean colour,
                                       GString *out, GError **error)
{
    g_autofree char *front = g_strconcat(RENDER_HEAD, given.columns, "select 1;\n", NULL);
    g_autoptr(Report) report = report_parse("reports/given.sql", front, error);
    const struct renderer *renderer = renderer_find(format);

    if (!report)
        return FALSE;
    const struct render_target target = {
        .title = report->title,
        .subtitle = "",
        .width = given.width,
        .raw = given.raw,
        .colour = colour,
        .out = out,
    };
    g_autoptr(ReportTotals) totals = report_totals_new(report);
    g_autofree struct report_cell *cells = g_new0(struct report_cell, report->columns->len);
    g_autoptr(Chart) chart = report->chart && renderer->chart ? chart_new(report) : NULL;
    void *state = renderer->begin(&target);

    renderer->table(state, report);
    for (guint row = 0; row < given.row_count; row++) {
        for (guint i = 0; i < report->columns->len; i++)
            cells[i] = given_cell(g_ptr_array_index(report->columns, i),
                                  given.texts[row * report->columns->len + i]);
        renderer->row(state, cells);
        if (chart)
            chart_add(chart, cells);
        if (!report_totals_add(totals, cells, error))
            return renderer->end(state, NULL) && FALSE;
    }
    if (chart && !chart_finish(chart, error))
        return renderer->end(state, NULL) && FALSE;
    if (chart && !chart_is_empty(chart))
        renderer->chart(state, chart);
    renderer->table_end(state, totals, "");
    return renderer->end(state, error);
}

static inline gboolean given_render(const char *format, struct given_rows given, GString *out,
                                    GError **error)
{
    return given_render_in(format, given, FALSE, out, error);
}

static inline GString *given_bytes_in(const char *format, struct given_rows given, gboolean colour)
{
    g_autoptr(GError) error = NULL;
    GString *out = g_string_new(NULL);

    if (!given_render_in(format, given, colour, out, &error))
        fail_msg("%s", error->message);
    return out;
}

static inline GString *given_bytes(const char *format, struct given_rows given)
{
    return given_bytes_in(format, given, FALSE);
}

static inline char *given_rendering_in(const char *format, struct given_rows given, gboolean colour)
{
    return g_string_free(given_bytes_in(format, given, colour), FALSE);
}

static inline char *given_rendering(const char *format, struct given_rows given)
{
    return given_rendering_in(format, given, FALSE);
}
