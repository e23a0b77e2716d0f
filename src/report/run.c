/* run.c - running one report's select and feeding its rows to a renderer. */
#include "report/run.h"
#include "core/error.h"
#include "report/missing.h"
#include "report/parameters.h"
#include "report/quotient.h"

typedef struct run Run; /* for g_auto(Run) alone */
struct run {
    const struct report *report;
    const struct renderer *renderer;
    void *state;
    gboolean has_rows;
    gboolean lists;      /* the renderer is given the rows */
    struct chart *chart; /* NULL: none is drawn */
    struct statement *statement;
    int *indexes;    /* of each column, of a quotient its numerator, in the select list */
    int *unders;     /* of each quotient's denominator; -1 for none */
    int *currencies; /* of each column's currency; -1 for none */
    int counted;     /* of the column that tells which rows totals count; -1 for none */
    struct report_cell *cells;
};

static void run_clear(struct run *run)
{
    g_free(run->indexes);
    g_free(run->unders);
    g_free(run->currencies);
    g_free(run->cells);
    chart_free(run->chart);
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
    run->unders = g_new0(int, count);
    run->currencies = g_new0(int, count);
    run->cells = g_new0(struct report_cell, count);
    for (guint i = 0; i < count; i++) {
        const struct column *column = g_ptr_array_index(report->columns, i);

        if (!find_index(run, column->numerator ? column->numerator : column->name, &run->indexes[i],
                        error) ||
            !find_index(run, column->denominator, &run->unders[i], error) ||
            !find_index(run, column->currency, &run->currencies[i], error))
            return FALSE;
    }
    return find_index(run, report->counted, &run->counted, error);
}

/* SQLite makes a REAL of a sum that overflows: printed, it would be a wrong amount. */
static gboolean read_integer(const struct run *run, const struct column *column, int index,
                             int64_t *out, GError **error)
{
    if (!statement_is_integer(run->statement, index)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "%s: the column %s holds something else than a whole number in range",
                    run->report->asset, column->name);
        return FALSE;
    }
    *out = statement_int(run->statement, index);
    return TRUE;
}

/* The cell's integer is the numerator, and becomes the quotient: nothing where there is none. */
static gboolean divide(const struct run *run, const struct column *column, int under,
                       struct report_cell *cell, GError **error)
{
    int64_t denominator = 0, quotient;

    if (!statement_is_null(run->statement, under) &&
        !read_integer(run, column, under, &denominator, error))
        return FALSE;
    cell->is_null = !quotient_of(&quotient, column, cell->integer, denominator);
    cell->integer = cell->is_null ? 0 : quotient;
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
        else if (!read_integer(run, column, run->indexes[i], &cell->integer, error) ||
                 (column->numerator && !divide(run, column, run->unders[i], cell, error)))
            return FALSE;
    }
    return TRUE;
}

static gboolean render_rows(struct run *run, struct report_totals *totals, GError **error)
{
    enum row_status status;

    while ((status = statement_step(run->statement, error)) == ROW) {
        if (!read_row(run, error))
            return FALSE;
        if (run->lists && !run->has_rows)
            run->renderer->table(run->state, run->report);
        run->has_rows = TRUE;
        if (run->lists)
            run->renderer->row(run->state, run->cells);
        if (run->chart)
            chart_add(run->chart, run->cells);
        if ((run->counted < 0 || statement_int(run->statement, run->counted) == 1) &&
            !report_totals_add(totals, run->cells, error))
            return FALSE;
    }
    return status == END;
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

/* The chart, or what it says in words where it stands for a table in a format that has none. */
static gboolean render_chart(struct run *run, GError **error)
{
    g_autofree char *description = NULL;

    if (!run->chart || !run->has_rows)
        return TRUE;
    if (!chart_finish(run->chart, error))
        return FALSE;
    if (run->renderer->chart && !chart_is_empty(run->chart)) {
        run->renderer->chart(run->state, run->chart);
    } else if (!run->lists) {
        description = chart_description(run->chart);
        run->renderer->text(run->state, RENDER_PARAGRAPH, description);
    }
    return TRUE;
}

/* A table without rows stays one where nothing is to be said instead. */
static void end_table(const struct run *run, const struct report_totals *totals, const char *lines,
                      const char *empty)
{
    if (!run->has_rows && empty) {
        run->renderer->text(run->state, RENDER_PARAGRAPH, empty);
        return;
    }
    if (!run->lists)
        return;
    if (!run->has_rows)
        run->renderer->table(run->state, run->report);
    run->renderer->table_end(run->state, totals, lines);
}

gboolean report_run(const struct report *report, struct db *db,
                    const struct report_options *options, const struct renderer *renderer,
                    void *state, enum report_show show, GString *footer, const char *empty,
                    GError **error)
{
    const gboolean draws =
        report->chart && show != SHOW_TABLE && (renderer->chart || show == SHOW_CHART);
    const gboolean footer_below = !empty && renderer->for_people;
    g_autoptr(Statement) statement = prepare(db, report, error);
    g_autoptr(ReportTotals) totals = report_totals_new(report);
    g_autoptr(GString) lines = g_string_new(NULL);
    g_auto(Run) run = {.renderer = renderer,
                       .state = state,
                       .lists = show != SHOW_CHART || renderer->keeps_rows,
                       .chart = draws ? chart_new(report) : NULL};

    if (!statement || !run_init(&run, report, statement, error) ||
        !parameters_bind(db, report, statement, options, lines, error) ||
        !render_rows(&run, totals, error) || !render_chart(&run, error))
        return FALSE;
    if (!run.has_rows && !missing_tell(db, report, lines, error))
        return FALSE;
    end_table(&run, totals, footer_below ? lines->str : "", empty);
    if (!renderer->for_people)
        report_totals_append(totals, footer);
    if (!footer_below)
        g_string_append(footer, lines->str);
    return TRUE;
}

gboolean report_count(const struct report *report, struct db *db,
                      const struct report_options *options, int64_t *count, GError **error)
{
    g_autoptr(Statement) statement = prepare(db, report, error);
    g_autoptr(GString) lines = g_string_new(NULL);
    enum row_status status = FAILED;

    *count = 0;
    if (!statement || !parameters_bind(db, report, statement, options, lines, error))
        return FALSE;
    while ((status = statement_step(statement, error)) == ROW)
        (*count)++;
    return status == END;
}
