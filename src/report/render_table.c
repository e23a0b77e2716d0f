/*
 * render_table.c - a table for a person at a terminal: cents, aligned columns, text cut to fit.
 *
 * A table that is wider than its terminal loses, until it fits: money columns in which nothing is
 * but zero, rightmost first; columns flagged wide, rightmost first; then text is cut, the widest
 * column first, to LEAST_TEXT_WIDTH. What was left out is named below the rows. Text is always
 * cleaned: it meets a terminal.
 */
#include "core/text.h"
#include "report/meaning.h"
#include "report/text_width.h"

#define LEAST_TEXT_WIDTH 8
#define GAP              2
#define INDENT           4 /* of the lines below a row */

struct shown {
    const struct column *column;
    guint position; /* in the report */
    int width;
    int before, after;       /* of money: the point, and what stands before and from it on */
    gboolean says_something; /* a row has something other than zero or nothing in it */
};

struct table {
    const struct render_target *target;
    const struct report *report;
    GArray *shown;     /* struct shown, left to right */
    GPtrArray *rows;   /* struct row* */
    GString *left_out; /* lines that name the columns which had no room */
};

/* What the terminal is told before text, by meaning; after it, to be plain again. */
static const char *const paint[] = {
    [MEANS_NOTHING] = "",
    [MEANS_GOOD] = "\033[32m",
    [MEANS_DOUBTFUL] = "\033[33m",
    [MEANS_BAD] = "\033[31m",
};
#define BOLD  "\033[1m"
#define PLAIN "\033[0m"

/* One string and meaning a column of the report; "" where not shown. */
struct row {
    char **texts;
    enum meaning *meanings;
};

static void row_free(gpointer data)
{
    struct row *row = data;

    g_strfreev(row->texts);
    g_free(row->meanings);
    g_free(row);
}

static void *table_begin(const struct render_target *target)
{
    struct table *table = g_new0(struct table, 1);

    table->target = target;
    g_string_append_printf(target->out, "%s%s%s\n", target->colour ? BOLD : "", target->title,
                           target->colour ? PLAIN : "");
    if (*target->subtitle) {
        g_autofree char *subtitle = text_clean(target->subtitle, FALSE);

        g_string_append_printf(target->out, "%s\n", subtitle);
    }
    g_string_append_c(target->out, '\n');
    return table;
}

/* Lines, each broken at blanks where it is wider than the terminal. */
static void append_wrapped_lines(const struct table *table, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (guint i = 0; lines[i]; i++)
        if (*lines[i])
            text_append_wrapped(table->target->out, lines[i], 0, table->target->width);
}

static void table_text(void *state, enum render_text kind, const char *text)
{
    GString *out = ((const struct table *)state)->target->out;

    /* What stands below a table ends in one line break. */
    if (kind == RENDER_HEADING && !g_str_has_suffix(out->str, "\n\n"))
        g_string_append_c(out, '\n');
    append_wrapped_lines(state, text);
    if (kind != RENDER_NOTE)
        g_string_append_c(out, '\n');
}

static void table_clear(struct table *table)
{
    if (!table->report)
        return;
    g_string_free(table->left_out, TRUE);
    g_array_unref(table->shown);
    g_ptr_array_unref(table->rows);
    table->report = NULL;
}

static void table_table(void *state, const struct report *report)
{
    struct table *table = state;
    GPtrArray *columns = report->columns;

    table->report = report;
    table->shown = g_array_new(FALSE, TRUE, sizeof(struct shown));
    table->rows = g_ptr_array_new_with_free_func(row_free);
    table->left_out = g_string_new(NULL);
    for (guint i = 0; i < columns->len; i++) {
        const struct column *column = g_ptr_array_index(columns, i);
        struct shown shown = {.column = column, .position = i};

        shown.width = text_width(column->heading);
        if (!column->data && !column->below)
            g_array_append_val(table->shown, shown);
    }
}

/* Of an amount: how much stands from its point on, which currencies differ in. */
static int after_point(const char *amount)
{
    const char *point = strchr(amount, '.');

    return point ? text_width(point) : 0;
}

static void widen(struct shown *shown, const char *text)
{
    if (shown->column->currency) {
        int after = after_point(text);

        shown->after = MAX(shown->after, after);
        shown->before = MAX(shown->before, text_width(text) - after);
        shown->width = MAX(shown->width, shown->before + shown->after);
    }
    shown->width = MAX(shown->width, text_width(text));
}

static void table_row(void *state, const struct report_cell *cells)
{
    struct table *table = state;
    GPtrArray *columns = table->report->columns;
    struct row *row = g_new0(struct row, 1);

    row->texts = g_new0(char *, columns->len + 1);
    row->meanings = g_new0(enum meaning, columns->len);
    for (guint i = 0; i < columns->len; i++) {
        row->texts[i] = report_cell_shown(g_ptr_array_index(columns, i), &cells[i]);
        row->meanings[i] = cell_meaning(g_ptr_array_index(columns, i), &cells[i]);
    }
    for (guint i = 0; i < table->shown->len; i++) {
        struct shown *shown = &g_array_index(table->shown, struct shown, i);

        widen(shown, row->texts[shown->position]);
        shown->says_something |= cells[shown->position].integer != 0;
    }
    g_ptr_array_add(table->rows, row);
}

static int total_width(const struct table *table)
{
    int total = -GAP;

    for (guint i = 0; i < table->shown->len; i++)
        total += g_array_index(table->shown, struct shown, i).width + GAP;
    return total;
}

static gboolean is_zero(const struct shown *shown)
{
    return shown->column->currency && !shown->says_something;
}

static gboolean is_wide(const struct shown *shown)
{
    return shown->column->wide;
}

/* TRUE for an amount in the currency of a column that is left out: it would be read in another. */
static gboolean is_orphan(const struct shown *shown, GHashTable *gone)
{
    return shown->column->currency && g_hash_table_contains(gone, shown->column->currency);
}

/*
 * Leaves out columns, rightmost first and each with the amounts in its currency, until the table
 * fits or none is left that may go.
 */
static void leave_out(struct table *table, gboolean (*may_go)(const struct shown *shown),
                      const char *why)
{
    g_autoptr(GString) names = g_string_new(NULL);
    g_autoptr(GHashTable) gone = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = table->shown->len; i-- > 0;) {
        const struct shown *shown = &g_array_index(table->shown, struct shown, i);

        if (!is_orphan(shown, gone) &&
            (total_width(table) <= table->target->width || !may_go(shown)))
            continue;
        g_hash_table_add(gone, shown->column->name);
        g_string_prepend(names, names->len ? ", " : "");
        g_string_prepend(names, shown->column->heading);
        g_array_remove_index(table->shown, i);
    }
    if (names->len > 0)
        g_string_append_printf(table->left_out, "left out, %s: %s\n", why, names->str);
}

/* Narrows the widest text column, again and again, until the table fits or none can give more. */
static void narrow(struct table *table)
{
    for (int total = total_width(table); total > table->target->width; total--) {
        struct shown *widest = NULL;

        for (guint i = 0; i < table->shown->len; i++) {
            struct shown *shown = &g_array_index(table->shown, struct shown, i);

            if (shown->column->type == COLUMN_TEXT && shown->width > LEAST_TEXT_WIDTH &&
                (!widest || shown->width > widest->width))
                widest = shown;
        }
        if (!widest)
            return;
        widest->width--;
    }
}

static void trim_line(GString *out)
{
    while (out->len > 0 && out->str[out->len - 1] == ' ')
        g_string_truncate(out, out->len - 1);
    g_string_append_c(out, '\n');
}

/* In the width of its column, painted; the point of an amount below the points above it. */
static void append_cell(GString *out, const struct shown *shown, const char *text, const char *mark)
{
    gboolean right = column_is_number(shown->column);
    int after = right && shown->column->currency ? shown->after - after_point(text) : 0;
    int width = shown->width - after;
    int blanks = MAX(0, width - text_width(text));

    text_append_padded(out, "", right ? blanks : 0, FALSE);
    g_string_append(out, mark);
    text_append_padded(out, text, width - blanks, FALSE);
    g_string_append(out, *mark ? PLAIN : "");
    text_append_padded(out, "", (right ? 0 : blanks) + after, FALSE);
}

static void append_headings(struct table *table)
{
    GString *out = table->target->out;

    for (guint i = 0; i < table->shown->len; i++) {
        const struct shown *shown = &g_array_index(table->shown, struct shown, i);

        if (i > 0)
            text_append_padded(out, "", GAP, FALSE);
        text_append_padded(out, shown->column->heading, shown->width,
                           column_is_number(shown->column));
    }
    trim_line(out);
}

static void append_line(struct table *table, const struct row *row)
{
    GString *out = table->target->out;

    for (guint i = 0; i < table->shown->len; i++) {
        const struct shown *shown = &g_array_index(table->shown, struct shown, i);
        enum meaning meaning = row->meanings[shown->position];

        if (i > 0)
            text_append_padded(out, "", GAP, FALSE);
        append_cell(out, shown, row->texts[shown->position],
                    table->target->colour ? paint[meaning] : "");
    }
    trim_line(out);
}

/* The columns flagged below, each "    Heading: text" over as many lines as it takes. */
static void append_below(struct table *table, const struct row *row)
{
    GPtrArray *columns = table->report->columns;

    for (guint i = 0; i < columns->len; i++) {
        const struct column *column = g_ptr_array_index(columns, i);
        g_autofree char *text = NULL;

        if (!column->below || *row->texts[i] == '\0')
            continue;
        text = g_strdup_printf("%s: %s", column->heading, row->texts[i]);
        text_append_wrapped(table->target->out, text, INDENT, table->target->width);
    }
}

static void append_rule(struct table *table)
{
    for (guint i = 0; i < table->shown->len; i++) {
        const struct shown *shown = &g_array_index(table->shown, struct shown, i);
        g_autofree char *rule = g_strnfill((gsize)shown->width, '-');

        g_string_append_printf(table->target->out, "%s%s", i > 0 ? "  " : "", rule);
    }
    g_string_append_c(table->target->out, '\n');
}

static void append_rows(struct table *table)
{
    append_headings(table);
    append_rule(table);
    for (guint i = 0; i < table->rows->len; i++) {
        append_line(table, g_ptr_array_index(table->rows, i));
        append_below(table, g_ptr_array_index(table->rows, i));
    }
}

static void table_table_end(void *state, const struct report_totals *totals, const char *footer)
{
    struct table *table = state;
    GString *out = table->target->out;
    g_autoptr(GString) below = g_string_new(NULL);

    if (table->target->width > 0) {
        leave_out(table, is_zero, "all zero");
        leave_out(table, is_wide, "too wide");
        narrow(table);
    }
    if (table->rows->len > 0) {
        append_rows(table);
        g_string_append_printf(out, "\n%s", table->left_out->str);
    } else {
        g_string_append(out, "(no rows)\n\n");
    }
    report_totals_append(totals, below);
    g_string_append(below, footer);
    append_wrapped_lines(table, below->str);
    table_clear(table);
}

static gboolean table_end(void *state, GError **error)
{
    (void)error;
    table_clear(state);
    g_free(state);
    return TRUE;
}

const struct renderer renderer_table = {
    .name = "table",
    .for_people = TRUE,
    .composes = TRUE,
    .begin = table_begin,
    .text = table_text,
    .table = table_table,
    .row = table_row,
    .table_end = table_table_end,
    .end = table_end,
};
