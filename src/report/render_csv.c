/*
 * render_csv.c - a header and rows, nothing else, with LF line ends. Text from files is made inert
 * (core/csv_text.h); --raw gives exact text.
 */
#include "core/csv_text.h"
#include "report/renderer.h"

struct csv {
    const struct render_target *target;
    GPtrArray *columns; /* of the table */
};

static void append_cell(const struct render_target *target, const struct column *column,
                        const struct report_cell *cell)
{
    g_autofree char *plain = report_cell_plain(column, cell);

    if (column_is_text(column) && !target->raw)
        csv_append_text(target->out, plain);
    else
        csv_append_field(target->out, plain);
}

static void *csv_begin(const struct render_target *target)
{
    struct csv *csv = g_new0(struct csv, 1);

    csv->target = target;
    return csv;
}

static void csv_table(void *state, const struct report *report)
{
    struct csv *csv = state;
    GString *out = csv->target->out;

    csv->columns = report->columns;
    for (guint i = 0; i < csv->columns->len; i++) {
        const struct column *column = g_ptr_array_index(csv->columns, i);

        if (i > 0)
            g_string_append_c(out, ',');
        csv_append_field(out, column->name);
    }
    g_string_append_c(out, '\n');
}

static void csv_row(void *state, const struct report_cell *cells)
{
    const struct csv *csv = state;
    GString *out = csv->target->out;
    gsize before = out->len;

    for (guint i = 0; i < csv->columns->len; i++) {
        if (i > 0)
            g_string_append_c(out, ',');
        append_cell(csv->target, g_ptr_array_index(csv->columns, i), &cells[i]);
    }
    if (out->len == before) /* readers skip blank lines: a row must not be one */
        g_string_append(out, "\"\"");
    g_string_append_c(out, '\n');
}

static void csv_table_end(void *state, const struct report_totals *totals, const char *footer)
{
    (void)state;
    (void)totals;
    (void)footer;
}

static gboolean csv_end(void *state, GError **error)
{
    (void)error;
    g_free(state);
    return TRUE;
}

const struct renderer renderer_csv = {
    .name = "csv",
    .begin = csv_begin,
    .table = csv_table,
    .row = csv_row,
    .table_end = csv_table_end,
    .end = csv_end,
};
