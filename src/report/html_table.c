/* html_table.c - rows and totals as a table of a page. */
#include "report/html_table.h"
#include "report/html_text.h"

#define BROAD 10 /* columns that an upright sheet has no room for */

struct shown {
    const struct column *column;
    guint position;      /* in the report */
    const char *heading; /* borrowed */
    int id;              /* position of the id that a name stands for; -1 for none */
    int source, line;    /* positions of where the cell's evidence is; -1 for none */
};

struct html_table {
    const struct report *report;
    GArray *shown; /* struct shown, left to right */
    GArray *below; /* likewise, of the columns flagged below */
    GString *rows;
    guint count;
};

/* The position of the column whose name is prefix and name; -1 for none. */
static int find(const struct report *report, const char *prefix, gsize len, const char *name)
{
    for (guint i = 0; i < report->columns->len; i++) {
        const struct column *column = g_ptr_array_index(report->columns, i);

        if (strncmp(column->name, prefix, len) == 0 && strcmp(column->name + len, name) == 0)
            return (int)i;
    }
    return -1;
}

static const struct column *column_at(const struct report *report, int position)
{
    return g_ptr_array_index(report->columns, (guint)position);
}

/* Sets where a cell's evidence is: card_source and card_line for card_amount, else the first pair
 * of a source and a line in the report. */
static void find_evidence(const struct report *report, struct shown *shown)
{
    gsize len = strcspn(shown->column->name, "_") + 1;

    shown->source = shown->line = -1;
    if (len <= strlen(shown->column->name)) {
        shown->source = find(report, shown->column->name, len, "source");
        shown->line = find(report, shown->column->name, len, "line");
    }
    for (guint i = 0; (shown->source < 0 || shown->line < 0) && i < report->columns->len; i++) {
        const char *name = column_at(report, (int)i)->name;
        gsize prefix = g_str_has_suffix(name, "source") ? strlen(name) - strlen("source") : 0;

        if (!g_str_has_suffix(name, "source") || (prefix > 0 && name[prefix - 1] != '_'))
            continue;
        shown->source = (int)i;
        shown->line = find(report, name, prefix, "line");
    }
}

/* FALSE for the id of a name that is shown, which becomes the name's title. */
static gboolean make_shown(const struct report *report, guint position, struct shown *out)
{
    const struct column *column = column_at(report, (int)position);
    gsize len = strlen(column->name);
    int other;

    *out = (struct shown){column, position, column->heading, -1, -1, -1};
    find_evidence(report, out);
    if (g_str_has_suffix(column->name, "_id")) {
        other = find(report, column->name, len - strlen("id"), "name");
        return other < 0 || column_at(report, other)->data;
    }
    if (!g_str_has_suffix(column->name, "_name"))
        return TRUE;
    other = find(report, column->name, len - strlen("name"), "id");
    if (other >= 0) {
        out->id = other;
        if (strcmp(column->heading, "Name") == 0) /* without an id beside it: of what? */
            out->heading = column_at(report, other)->heading;
    }
    return TRUE;
}

struct html_table *html_table_new(const struct report *report)
{
    struct html_table *table = g_new0(struct html_table, 1);

    table->report = report;
    table->shown = g_array_new(FALSE, FALSE, sizeof(struct shown));
    table->below = g_array_new(FALSE, FALSE, sizeof(struct shown));
    table->rows = g_string_new(NULL);
    for (guint i = 0; i < report->columns->len; i++) {
        struct shown shown;

        if (column_at(report, (int)i)->data || !make_shown(report, i, &shown))
            continue;
        g_array_append_val(shown.column->below ? table->below : table->shown, shown);
    }
    return table;
}

void html_table_free(struct html_table *table)
{
    if (!table)
        return;
    g_array_unref(table->shown);
    g_array_unref(table->below);
    g_string_free(table->rows, TRUE);
    g_free(table);
}

/* --- cells ---------------------------------------------------------------------------------- */

/* "12.345678900 USD, payments.csv:6": what a cell's number is exactly, and where it stands. */
static char *title_of(const struct shown *shown, const struct report_cell *cells)
{
    const struct report_cell *cell = &cells[shown->position];
    GString *title = g_string_new(NULL);

    if (shown->id >= 0 && *cells[shown->id].text && *cell->text)
        g_string_append(title, cells[shown->id].text);
    if (!column_is_number(shown->column) || cell->is_null)
        return g_string_free(title, FALSE);
    if (shown->column->currency) {
        g_autofree char *exact = report_cell_plain(shown->column, cell);

        g_string_append_printf(title, "%s %s", exact, cell->currency);
    }
    if (shown->source >= 0 && *cells[shown->source].text) {
        g_string_append_printf(title, "%s%s", title->len ? ", " : "", cells[shown->source].text);
        if (shown->line >= 0 && !cells[shown->line].is_null)
            g_string_append_printf(title, ":%" G_GINT64_FORMAT, (gint64)cells[shown->line].integer);
    }
    return g_string_free(title, FALSE);
}

static const char *class_of(const struct column *column)
{
    if (column_is_number(column))
        return "n";
    return column->type == COLUMN_TEXT ? "" : "d";
}

static void append_open(GString *out, const struct column *column, const struct report_cell *cell)
{
    gboolean negative = column_is_number(column) && !cell->is_null && cell->integer < 0;
    const char *class = class_of(column);

    g_string_append(out, "<td");
    if (*class)
        g_string_append_printf(out, " class=\"%s%s\"", class, negative ? " neg" : "");
}

static void append_cell(GString *out, const struct shown *shown, const struct report_cell *cells)
{
    const struct report_cell *cell = &cells[shown->position];
    g_autofree char *title = title_of(shown, cells);
    g_autofree char *text = report_cell_shown(shown->column, cell);

    append_open(out, shown->column, cell);
    if (*title)
        html_append_format(out, " title=\"%s\"", title);
    g_string_append_c(out, '>');
    /* A project without a name is still some project. */
    html_append(out, shown->id >= 0 && *text == '\0' ? cells[shown->id].text : text);
    g_string_append(out, "</td>");
}

static void append_below(struct html_table *table, const struct report_cell *cells)
{
    gboolean any = FALSE;

    for (guint i = 0; i < table->below->len; i++) {
        const struct shown *shown = &g_array_index(table->below, struct shown, i);
        g_autofree char *text = report_cell_shown(shown->column, &cells[shown->position]);

        if (*text == '\0')
            continue;
        if (!any)
            html_append_format(table->rows, "<tr class=\"below\"><td colspan=\"%u\"><dl>",
                               table->shown->len);
        any = TRUE;
        html_append_format(table->rows, "<div><dt>%s</dt> <dd>%s</dd></div>", shown->heading, text);
    }
    if (any)
        g_string_append(table->rows, "</dl></td></tr>\n");
}

void html_table_row(struct html_table *table, const struct report_cell *cells)
{
    g_string_append(table->rows, "<tr>");
    for (guint i = 0; i < table->shown->len; i++)
        append_cell(table->rows, &g_array_index(table->shown, struct shown, i), cells);
    g_string_append(table->rows, "</tr>\n");
    append_below(table, cells);
    table->count++;
}

/* --- the table ------------------------------------------------------------------------------ */

static void append_head(const struct html_table *table, GString *out)
{
    g_string_append(out, "<thead><tr>");
    for (guint i = 0; i < table->shown->len; i++) {
        const struct shown *shown = &g_array_index(table->shown, struct shown, i);

        const char *class = class_of(shown->column);

        html_append_format(out, "<th scope=\"col\"");
        if (*class)
            html_append_format(out, " class=\"%s\"", class);
        html_append_format(out, ">%s</th>", shown->heading);
    }
    g_string_append(out, "</tr></thead>\n");
}

static guint columns_before_totals(const struct html_table *table)
{
    guint before = 0;

    while (before < table->shown->len &&
           !g_array_index(table->shown, struct shown, before).column->total)
        before++;
    return before;
}

static void append_total(GString *out, const struct shown *shown,
                         const struct report_totals *totals, const char *currency)
{
    struct report_cell cell = {.text = "", .currency = currency};
    g_autofree char *exact = NULL, *text = NULL;

    cell.is_null = !shown->column->total ||
                   !report_totals_sum(totals, currency, shown->position, &cell.integer);
    exact = report_cell_plain(shown->column, &cell);
    text = report_cell_shown(shown->column, &cell);
    append_open(out, shown->column, &cell);
    if (!cell.is_null)
        html_append_format(out, " title=\"%s %s\"", exact, currency);
    html_append_format(out, ">%s</td>", text);
}

/* A row per currency, named over the columns that stand before the first total. */
static void append_totals(const struct html_table *table, const struct report_totals *totals,
                          GString *out)
{
    const char *counted = table->report->counted_what, *currency;
    guint before = columns_before_totals(table), count = table->shown->len;

    if (before == count || !report_totals_currency(totals, 0))
        return;
    g_string_append(out, "<tfoot>\n");
    for (guint row = 0; (currency = report_totals_currency(totals, row)); row++) {
        html_append_format(out, "<tr><th scope=\"row\" colspan=\"%u\">Total %s%s%s</th>",
                           before > 0 ? before : count, currency, counted ? ", " : "",
                           counted ? counted : "");
        if (before == 0)
            g_string_append(out, "</tr>\n<tr>");
        for (guint i = before; i < count; i++)
            append_total(out, &g_array_index(table->shown, struct shown, i), totals, currency);
        g_string_append(out, "</tr>\n");
    }
    g_string_append(out, "</tfoot>\n");
}

gboolean html_table_is_broad(const struct html_table *table)
{
    return table->shown->len >= BROAD;
}

void html_table_finish(struct html_table *table, const struct report_totals *totals, guint number,
                       guint footnote, GString *out)
{
    html_append_format(out,
                       "<div class=\"table\" role=\"region\" aria-labelledby=\"c%u\" "
                       "tabindex=\"0\">\n<table id=\"t%u\">\n<caption id=\"c%u\"><span>%s",
                       number, number, number, table->report->summary);
    if (footnote > 0)
        html_append_format(out, " <a class=\"note\" href=\"#e%u\">evidence&nbsp;%u</a>", footnote,
                           footnote);
    g_string_append(out, "</span></caption>\n");
    append_head(table, out);
    g_string_append(out, "<tbody>\n");
    g_string_append_len(out, table->rows->str, (gssize)table->rows->len);
    if (table->count == 0)
        html_append_format(out, "<tr><td class=\"none\" colspan=\"%u\">No rows.</td></tr>\n",
                           table->shown->len);
    g_string_append(out, "</tbody>\n");
    append_totals(table, totals, out);
    g_string_append(out, "</table>\n</div>\n");
    html_table_free(table);
}
