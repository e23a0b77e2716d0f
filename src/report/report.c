/* report.c - running one report and feeding its rows to a renderer. */
#include "core/error.h"
#include "core/money.h"
#include "core/text.h"
#include "report/parameters.h"
#include "report/renderer.h"

/* Exact totals of one column, by currency. */
struct total {
    const struct column *column;
    GTree *by_currency; /* char* -> int64_t* */
};

static const struct report *find_report(const struct report_catalog *catalog, const char *name,
                                        const char *by, GError **error)
{
    GPtrArray *reports = report_catalog_reports(catalog);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autoptr(GString) grains = g_string_new(NULL);
    gboolean known = FALSE;

    for (guint i = 0; i < reports->len; i++) {
        struct report *report = g_ptr_array_index(reports, i);

        if (strcmp(report->name, name) == 0 && strcmp(report->by, by ? by : "") == 0)
            return report;
        known |= strcmp(report->name, name) == 0;
        if (strcmp(report->name, name) == 0 && *report->by)
            g_string_append_printf(grains, "%s%s", grains->len ? ", " : "", report->by);
        g_ptr_array_add(names, report->name);
    }
    g_ptr_array_add(names, NULL);
    if (known) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "report %s takes no --by \"%s\"\nhint: %s%s", name, by,
                    grains->len ? "it takes " : "leave --by out", grains->str);
        return NULL;
    }
    const char *nearest = text_nearest(name, (const char *const *)names->pdata);
    if (nearest)
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "there is no report \"%s\"\nhint: did you mean \"%s\"?", name, nearest);
    else
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "there is no report \"%s\"\nhint: `trueup reports` lists them", name);
    return NULL;
}

static const struct renderer *choose_renderer(const struct report *report, const char *format,
                                              GError **error)
{
    const struct renderer *renderer = renderer_find(format);
    g_autoptr(GString) known = g_string_new(NULL);

    if (renderer && g_ptr_array_find_with_equal_func(report->formats, format, g_str_equal, NULL))
        return renderer;
    for (guint i = 0; i < report->formats->len; i++)
        g_string_append_printf(known, "%s%s", known->len ? ", " : "",
                               (const char *)g_ptr_array_index(report->formats, i));
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                "report %s has no format \"%s\"\nhint: it has %s", report->name, format,
                known->str);
    return NULL;
}

/* The index in the select list of every declared column; a report that lacks one is broken. */
static gboolean bind_columns(const struct report *report, struct statement *statement,
                             GHashTable *indexes, GError **error)
{
    int count = statement_column_count(statement);

    for (int i = 0; i < count; i++)
        g_hash_table_insert(indexes, g_strdup(statement_column_name(statement, i)),
                            GINT_TO_POINTER(i + 1));
    for (guint i = 0; i < report->columns->len; i++) {
        const struct column *column = g_ptr_array_index(report->columns, i);
        const char *missing =
            !g_hash_table_contains(indexes, column->name) ? column->name
            : column->currency && !g_hash_table_contains(indexes, column->currency)
                ? column->currency
                : NULL;

        if (missing) {
            g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                        "%s: declares the column %s, which its select does not have", report->asset,
                        missing);
            return FALSE;
        }
    }
    return TRUE;
}

static int index_of(GHashTable *indexes, const char *name)
{
    return GPOINTER_TO_INT(g_hash_table_lookup(indexes, name)) - 1;
}

static void read_row(const struct report *report, struct statement *statement, GHashTable *indexes,
                     struct report_cell *cells)
{
    for (guint i = 0; i < report->columns->len; i++) {
        const struct column *column = g_ptr_array_index(report->columns, i);
        int index = index_of(indexes, column->name);
        struct report_cell *cell = &cells[i];

        cell->is_null = statement_is_null(statement, index);
        cell->text = "";
        cell->currency = "";
        cell->integer = 0;
        if (cell->is_null)
            continue;
        if (column->type == COLUMN_TEXT || column->type == COLUMN_DAY ||
            column->type == COLUMN_MONTH)
            cell->text = statement_text(statement, index);
        else
            cell->integer = statement_int(statement, index);
        if (column->currency) {
            const char *currency = statement_text(statement, index_of(indexes, column->currency));

            cell->currency = currency ? currency : "";
        }
    }
}

static gboolean add_totals(GPtrArray *totals, const struct report *report,
                           const struct report_cell *cells, GError **error)
{
    for (guint i = 0; i < totals->len; i++) {
        struct total *total = g_ptr_array_index(totals, i);
        guint index = 0;
        int64_t *sum;

        g_ptr_array_find(report->columns, total->column, &index);
        if (cells[index].is_null)
            continue;
        sum = g_tree_lookup(total->by_currency, cells[index].currency);
        if (!sum) {
            sum = g_new0(int64_t, 1);
            g_tree_insert(total->by_currency, g_strdup(cells[index].currency), sum);
        }
        if (!money_add(sum, cells[index].integer, error))
            return FALSE;
    }
    return TRUE;
}

static int compare_text(gconstpointer left, gconstpointer right, gpointer unused)
{
    (void)unused;
    return strcmp(left, right);
}

static void total_free(struct total *total)
{
    g_tree_unref(total->by_currency);
    g_free(total);
}

static GPtrArray *totals_new(const struct report *report)
{
    GPtrArray *totals = g_ptr_array_new_with_free_func((GDestroyNotify)total_free);

    for (guint i = 0; i < report->columns->len; i++) {
        const struct column *column = g_ptr_array_index(report->columns, i);
        struct total *total;

        if (!column->total)
            continue;
        total = g_new0(struct total, 1);
        total->column = column;
        total->by_currency = g_tree_new_full(compare_text, NULL, g_free, g_free);
        g_ptr_array_add(totals, total);
    }
    return totals;
}

/* One line per currency, then column: "total USD: Cost 109.27, Estimated 0.00". */
static void append_totals(GString *footer, GPtrArray *totals)
{
    g_autoptr(GTree) lines = g_tree_new_full(compare_text, NULL, g_free, NULL);

    for (guint i = 0; i < totals->len; i++) {
        struct total *total = g_ptr_array_index(totals, i);

        for (GTreeNode *node = g_tree_node_first(total->by_currency); node;
             node = g_tree_node_next(node)) {
            g_autofree char *sum = money_format_grouped(*(int64_t *)g_tree_node_value(node), 2);
            GString *line = g_tree_lookup(lines, g_tree_node_key(node));

            if (!line) {
                line = g_string_new(NULL);
                g_tree_insert(lines, g_strdup(g_tree_node_key(node)), line);
            }
            g_string_append_printf(line, "%s%s %s", line->len ? ", " : "", total->column->heading,
                                   sum);
        }
    }
    for (GTreeNode *node = g_tree_node_first(lines); node; node = g_tree_node_next(node)) {
        GString *line = g_tree_node_value(node);

        g_string_append_printf(footer, "total %s: %s\n", (char *)g_tree_node_key(node), line->str);
        g_string_free(line, TRUE);
    }
}

static gboolean render_rows(const struct report *report, struct statement *statement,
                            const struct renderer *renderer, const struct render_target *target,
                            GPtrArray *totals, GError **error)
{
    g_autoptr(GHashTable) indexes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree struct report_cell *cells = g_new0(struct report_cell, report->columns->len);
    enum row_status status;
    gboolean added = TRUE;
    void *state;

    if (!bind_columns(report, statement, indexes, error))
        return FALSE;
    state = renderer->begin(target);
    while ((status = statement_step(statement, error)) == ROW) {
        read_row(report, statement, indexes, cells);
        renderer->row(state, cells);
        added = add_totals(totals, report, cells, error);
        if (!added)
            break;
    }
    renderer->end(state);
    return status == END && added;
}

/* The statement of a report, prepared while nothing but reading is allowed. */
static struct statement *prepare(struct db *db, const struct report *report, GError **error)
{
    struct statement *statement;

    db_set_read_only_authorizer(db, TRUE);
    statement = statement_new(db, report->asset, report->sql, error);
    db_set_read_only_authorizer(db, FALSE);
    return statement;
}

gboolean report_render(const struct report_catalog *catalog, struct db *db, const char *name,
                       const char *format, const struct report_options *options, int width,
                       GString *out, GString *footer, GError **error)
{
    const struct report *report = find_report(catalog, name, options->by, error);
    const struct renderer *renderer = report ? choose_renderer(report, format, error) : NULL;
    g_autoptr(Statement) statement = NULL;
    g_autoptr(GPtrArray) totals = NULL;

    if (!renderer || !parameters_check(db, report, options, error))
        return FALSE;
    statement = prepare(db, report, error);
    if (!statement || !parameters_bind(db, report, statement, options, footer, error))
        return FALSE;
    totals = totals_new(report);
    const struct render_target target = {report, width, options->raw, out};
    g_autoptr(GString) policies = g_string_new(footer->str);
    g_string_truncate(footer, 0);
    if (!render_rows(report, statement, renderer, &target, totals, error))
        return FALSE;
    append_totals(footer, totals);
    g_string_append(footer, policies->str);
    return TRUE;
}

gboolean report_format_for_people(const char *format)
{
    const struct renderer *renderer = renderer_find(format);

    return renderer && renderer->for_people;
}
