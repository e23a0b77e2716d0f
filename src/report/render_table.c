/*
 * render_table.c - a table for a person at a terminal: cents, aligned columns, text cut to fit.
 */
#include "core/money.h"
#include "core/text.h"
#include "report/renderer.h"

#define LEAST_TEXT_WIDTH 8
#define GAP              2

struct table {
    const struct render_target *target;
    GPtrArray *columns; /* const struct column*, those that tables show */
    GArray *positions;  /* guint: their index in the report */
    GPtrArray *rows;    /* char** each, one string a shown column */
    int *widths;
};

static int display_width(const char *text)
{
    int width = 0;

    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        gunichar character = g_utf8_get_char(at);

        if (!g_unichar_iszerowidth(character))
            width += g_unichar_iswide(character) ? 2 : 1;
    }
    return width;
}

static gboolean is_right_aligned(const struct column *column)
{
    return column->type == COLUMN_MONEY || column->type == COLUMN_AMOUNT ||
           column->type == COLUMN_INTEGER || column->type == COLUMN_SHARE;
}

static char *cell_text(const struct render_target *target, const struct column *column,
                       const struct report_cell *cell)
{
    g_autofree char *plain = NULL;

    if (!cell->is_null && (column->type == COLUMN_MONEY || column->type == COLUMN_AMOUNT))
        return money_format_cents(cell->integer);
    plain = report_cell_plain(column, cell);
    if (column->type == COLUMN_TEXT && !target->raw)
        return text_clean(plain, FALSE);
    return g_steal_pointer(&plain);
}

static void *table_begin(const struct render_target *target)
{
    struct table *table = g_new0(struct table, 1);
    GPtrArray *columns = target->report->columns;

    table->target = target;
    table->columns = g_ptr_array_new();
    table->positions = g_array_new(FALSE, FALSE, sizeof(guint));
    table->rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    table->widths = g_new0(int, columns->len);
    for (guint i = 0; i < columns->len; i++) {
        struct column *column = g_ptr_array_index(columns, i);

        if (column->data)
            continue;
        table->widths[table->columns->len] = display_width(column->heading);
        g_ptr_array_add(table->columns, column);
        g_array_append_val(table->positions, i);
    }
    return table;
}

static void table_row(void *state, const struct report_cell *cells)
{
    struct table *table = state;
    char **texts = g_new0(char *, table->columns->len + 1);

    for (guint i = 0; i < table->columns->len; i++) {
        guint position = g_array_index(table->positions, guint, i);

        texts[i] = cell_text(table->target, g_ptr_array_index(table->columns, i), &cells[position]);
        table->widths[i] = MAX(table->widths[i], display_width(texts[i]));
    }
    g_ptr_array_add(table->rows, texts);
}

/* Narrows the widest text column, again and again, until the table fits or none can give more. */
static void fit(struct table *table)
{
    int total = -GAP;

    for (guint i = 0; i < table->columns->len; i++)
        total += table->widths[i] + GAP;
    while (table->target->width > 0 && total > table->target->width) {
        int widest = -1;

        for (guint i = 0; i < table->columns->len; i++) {
            const struct column *column = g_ptr_array_index(table->columns, i);

            if (column->type == COLUMN_TEXT && table->widths[i] > LEAST_TEXT_WIDTH &&
                (widest < 0 || table->widths[i] > table->widths[widest]))
                widest = (int)i;
        }
        if (widest < 0)
            return;
        table->widths[widest]--;
        total--;
    }
}

/* Appends text in exactly `width` columns, cut with … when longer; the last column is not padded.
 */
static void append_padded(GString *out, const char *text, int width, gboolean right, gboolean last)
{
    int needed = display_width(text);

    if (needed > width) {
        int used = 0;

        for (const char *at = text; *at; at = g_utf8_next_char(at)) {
            gunichar character = g_utf8_get_char(at);

            used += g_unichar_iswide(character) ? 2 : 1;
            if (used > width - 1)
                break;
            g_string_append_unichar(out, character);
        }
        g_string_append(out, "…");
        return;
    }
    if (right)
        g_string_append_printf(out, "%*s", width - needed, "");
    g_string_append(out, text);
    if (!right && !last)
        g_string_append_printf(out, "%*s", width - needed, "");
}

static void append_line(struct table *table, char *const *texts)
{
    GString *out = table->target->out;

    for (guint i = 0; i < table->columns->len; i++) {
        const struct column *column = g_ptr_array_index(table->columns, i);
        gboolean last = i + 1 == table->columns->len;

        append_padded(out, texts ? texts[i] : column->heading, table->widths[i],
                      is_right_aligned(column), last);
        if (!last)
            g_string_append_printf(out, "%*s", GAP, "");
    }
    g_string_append_c(out, '\n');
}

static void table_end(void *state)
{
    struct table *table = state;
    GString *out = table->target->out;

    fit(table);
    g_string_append_printf(out, "%s\n\n", table->target->report->title);
    append_line(table, NULL);
    for (guint i = 0; i < table->columns->len; i++) {
        g_autofree char *rule = g_strnfill((gsize)table->widths[i], '-');

        g_string_append_printf(out, "%s%*s", rule, i + 1 < table->columns->len ? GAP : 0, "");
    }
    g_string_append_c(out, '\n');
    for (guint i = 0; i < table->rows->len; i++)
        append_line(table, g_ptr_array_index(table->rows, i));
    if (table->rows->len == 0)
        g_string_append(out, "(no rows)\n");
    g_ptr_array_unref(table->columns);
    g_array_unref(table->positions);
    g_ptr_array_unref(table->rows);
    g_free(table->widths);
    g_free(table);
}

const struct renderer renderer_table = {"table", TRUE, table_begin, table_row, table_end};
