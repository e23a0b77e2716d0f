/* report.c - running one report and feeding its rows to a renderer. */
#include "core/error.h"
#include "core/text.h"
#include "report/parameters.h"
#include "report/renderer.h"
#include "report/total.h"

/* TRUE for what --by says: nothing, or the grain, for the report itself. */
static gboolean answers_to(const struct report *report, const char *by)
{
    return strcmp(report->by, by ? by : "") == 0 ||
           (by && report->grain && strcmp(report->grain, by) == 0);
}

static void refuse_grain(const char *name, const char *by, const char *grains, GError **error)
{
    if (!by)
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "report %s needs --by\nhint: it takes %s", name, grains);
    else
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "report %s takes no --by \"%s\"\nhint: %s%s", name, by,
                    *grains ? "it takes " : "leave --by out", grains);
}

static void refuse_name(const char *name, GPtrArray *names, GError **error)
{
    const char *nearest;

    g_ptr_array_add(names, NULL);
    nearest = text_nearest(name, (const char *const *)names->pdata);
    if (nearest)
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "there is no report \"%s\"\nhint: did you mean \"%s\"?", name, nearest);
    else
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "there is no report \"%s\"\nhint: `trueup reports` lists them", name);
}

static const struct report *find_report(const struct report_catalog *catalog, const char *name,
                                        const char *by, GError **error)
{
    GPtrArray *reports = report_catalog_reports(catalog);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autoptr(GString) grains = g_string_new(NULL);
    gboolean known = FALSE;

    for (guint i = 0; i < reports->len; i++) {
        const struct report *report = g_ptr_array_index(reports, i);
        const char *grain = report->grain ? report->grain : report->by;

        g_ptr_array_add(names, report->name);
        if (strcmp(report->name, name) != 0)
            continue;
        if (answers_to(report, by))
            return report;
        known = TRUE;
        if (*grain)
            g_string_append_printf(grains, "%s%s", grains->len ? ", " : "", grain);
    }
    if (known)
        refuse_grain(name, by, grains->str, error);
    else
        refuse_name(name, names, error);
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

/* A run of one report. */
typedef struct run Run; /* for g_auto(Run) alone */
struct run {
    const struct report *report;
    struct statement *statement;
    int *indexes;    /* of each column in the select list */
    int *currencies; /* of each column's currency; -1 for none */
    int counted;     /* of the column that tells which rows totals count; -1 for none */
    struct report_cell *cells;
};

static void run_clear(struct run *run)
{
    g_free(run->indexes);
    g_free(run->currencies);
    g_free(run->cells);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Run, run_clear)

/* A column that the select lacks makes a broken report. A NULL name is no column: -1. */
static gboolean find_index(const struct run *run, const char *name, int *out, GError **error)
{
    int count = statement_column_count(run->statement);

    *out = -1;
    if (!name)
        return TRUE;
    for (int i = 0; i < count; i++)
        if (strcmp(statement_column_name(run->statement, i), name) == 0) {
            *out = i;
            return TRUE;
        }
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                "%s: declares the column %s, which its select does not have", run->report->asset,
                name);
    return FALSE;
}

static gboolean run_init(struct run *run, const struct report *report, struct statement *statement,
                         GError **error)
{
    guint count = report->columns->len;

    run->report = report;
    run->statement = statement;
    run->indexes = g_new0(int, count);
    run->currencies = g_new0(int, count);
    run->cells = g_new0(struct report_cell, count);
    for (guint i = 0; i < count; i++) {
        const struct column *column = g_ptr_array_index(report->columns, i);

        if (!find_index(run, column->name, &run->indexes[i], error) ||
            !find_index(run, column->currency, &run->currencies[i], error))
            return FALSE;
    }
    return find_index(run, report->counted, &run->counted, error);
}

/* SQLite makes a REAL of a sum that overflows: printed, it would be a wrong amount. */
static gboolean read_integer(const struct run *run, const struct column *column, int index,
                             struct report_cell *cell, GError **error)
{
    if (!statement_is_integer(run->statement, index)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "%s: the column %s holds something else than a whole number in range",
                    run->report->asset, column->name);
        return FALSE;
    }
    cell->integer = statement_int(run->statement, index);
    return TRUE;
}

static gboolean read_row(struct run *run, GError **error)
{
    for (guint i = 0; i < run->report->columns->len; i++) {
        const struct column *column = g_ptr_array_index(run->report->columns, i);
        struct report_cell *cell = &run->cells[i];
        const char *currency = NULL;

        cell->is_null = statement_is_null(run->statement, run->indexes[i]);
        cell->text = "";
        cell->integer = 0;
        if (run->currencies[i] >= 0)
            currency = statement_text(run->statement, run->currencies[i]);
        cell->currency = currency ? currency : "";
        if (cell->is_null)
            continue;
        if (column_is_text(column))
            cell->text = statement_text(run->statement, run->indexes[i]);
        else if (!read_integer(run, column, run->indexes[i], cell, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean render_rows(struct run *run, const struct renderer *renderer,
                            const struct render_target *target, struct report_totals *totals,
                            GError **error)
{
    enum row_status status = FAILED;
    void *state = renderer->begin(target);
    gboolean done = TRUE;

    while (done && (status = statement_step(run->statement, error)) == ROW) {
        done = read_row(run, error);
        if (!done)
            break;
        renderer->row(state, run->cells);
        if (run->counted < 0 || statement_int(run->statement, run->counted) == 1)
            done = report_totals_add(totals, run->cells, error);
    }
    renderer->end(state);
    return done && status == END;
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
    g_autoptr(ReportTotals) totals = NULL;
    g_autoptr(GString) lines = g_string_new(NULL);
    g_auto(Run) run = {0};
    gsize before = out->len;

    if (!renderer || !parameters_check(db, report, options, error))
        return FALSE;
    statement = prepare(db, report, error);
    if (!statement || !run_init(&run, report, statement, error) ||
        !parameters_bind(db, report, statement, options, lines, error))
        return FALSE;
    totals = report_totals_new(report);
    const struct render_target target = {report, width, options->raw, out};
    if (!render_rows(&run, renderer, &target, totals, error)) {
        g_string_truncate(out, before);
        return FALSE;
    }
    report_totals_append(totals, footer);
    g_string_append(footer, lines->str);
    return TRUE;
}

gboolean report_format_for_people(const char *format)
{
    const struct renderer *renderer = renderer_find(format);

    return renderer && renderer->for_people;
}
