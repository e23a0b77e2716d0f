/*
 * render_csv.c - a header and rows, nothing else, with LF line ends. Text from files is made inert
 * (core/csv_text.h); --raw gives exact text.
 */
#include "core/csv_text.h"
#include "report/renderer.h"

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
    GPtrArray *columns = target->report->columns;

    for (guint i = 0; i < columns->len; i++) {
        const struct column *column = g_ptr_array_index(columns, i);

        if (i > 0)
            g_string_append_c(target->out, ',');
        csv_append_field(target->out, column->name);
    }
    g_string_append_c(target->out, '\n');
    return (void *)(guintptr)target;
}

static void csv_row(void *state, const struct report_cell *cells)
{
    const struct render_target *target = state;
    GPtrArray *columns = target->report->columns;
    gsize before = target->out->len;

    for (guint i = 0; i < columns->len; i++) {
        if (i > 0)
            g_string_append_c(target->out, ',');
        append_cell(target, g_ptr_array_index(columns, i), &cells[i]);
    }
    if (target->out->len == before) /* readers skip blank lines: a row must not be one */
        g_string_append(target->out, "\"\"");
    g_string_append_c(target->out, '\n');
}

static void csv_end(void *state)
{
    (void)state;
}

const struct renderer renderer_csv = {"csv", FALSE, csv_begin, csv_row, csv_end};
