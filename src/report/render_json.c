/*
 * render_json.c - an array with one object a row, text exact.
 *
 * Money is a string holding a plain decimal: a JSON number would pass through a double in most
 * readers. Integers are numbers, what is absent is null.
 */
#include "core/json_text.h"
#include "report/renderer.h"

struct json {
    const struct render_target *target;
    GPtrArray *columns; /* of the table */
    gboolean any;
};

static void *json_begin(const struct render_target *target)
{
    struct json *json = g_new0(struct json, 1);

    json->target = target;
    return json;
}

static void json_table(void *state, const struct report *report)
{
    struct json *json = state;

    json->columns = report->columns;
    g_string_append_c(json->target->out, '[');
}

static void json_row(void *state, const struct report_cell *cells)
{
    struct json *json = state;
    GString *out = json->target->out;

    g_string_append(out, json->any ? ",\n {" : "\n {");
    json->any = TRUE;
    for (guint i = 0; i < json->columns->len; i++) {
        const struct column *column = g_ptr_array_index(json->columns, i);
        g_autofree char *plain = report_cell_plain(column, &cells[i]);

        g_string_append(out, i > 0 ? ", " : "");
        json_append_string(out, column->name);
        g_string_append(out, ": ");
        if (cells[i].is_null)
            g_string_append(out, "null");
        else if (column->type == COLUMN_INTEGER)
            g_string_append(out, plain);
        else
            json_append_string(out, plain);
    }
    g_string_append_c(out, '}');
}

static void json_table_end(void *state, const struct report_totals *totals, const char *footer)
{
    const struct json *json = state;

    (void)totals;
    (void)footer;
    g_string_append(json->target->out, json->any ? "\n]\n" : "]\n");
}

static gboolean json_end(void *state, GError **error)
{
    (void)error;
    g_free(state);
    return TRUE;
}

const struct renderer renderer_json = {
    .name = "json",
    .begin = json_begin,
    .table = json_table,
    .row = json_row,
    .table_end = json_table_end,
    .end = json_end,
};
