/*
 * render_csv.c - a header and rows, nothing else: RFC 4180 quoting where needed, LF line ends.
 *
 * Text that a spreadsheet would take for a formula starts with an apostrophe, and control and bidi
 * characters are spelt out; --raw gives exact text.
 */
#include "core/text.h"
#include "report/renderer.h"

/* = + - @ and their full-width forms start formulas somewhere (so do TAB and CR, spelt out here).
 */
static gboolean starts_formula(const char *text)
{
    switch (g_utf8_get_char(text)) {
    case '=':
    case '+':
    case '-':
    case '@':
    case 0xFF1D:
    case 0xFF0B:
    case 0xFF0D:
    case 0xFF20:
        return TRUE;
    default:
        return FALSE;
    }
}

static void append_field(GString *out, const char *text)
{
    if (!strpbrk(text, ",\"\r\n")) {
        g_string_append(out, text);
        return;
    }
    g_string_append_c(out, '"');
    for (const char *at = text; *at; at++) {
        if (*at == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, *at);
    }
    g_string_append_c(out, '"');
}

static void append_cell(const struct render_target *target, const struct column *column,
                        const struct report_cell *cell)
{
    g_autofree char *plain = report_cell_plain(column, cell);

    if (column_is_text(column) && !target->raw) {
        g_autofree char *clean = text_clean(plain, FALSE);
        g_autofree char *inert = g_strconcat(starts_formula(clean) ? "'" : "", clean, NULL);

        append_field(target->out, inert);
    } else {
        append_field(target->out, plain);
    }
}

static void *csv_begin(const struct render_target *target)
{
    GPtrArray *columns = target->report->columns;

    for (guint i = 0; i < columns->len; i++) {
        const struct column *column = g_ptr_array_index(columns, i);

        if (i > 0)
            g_string_append_c(target->out, ',');
        append_field(target->out, column->name);
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
