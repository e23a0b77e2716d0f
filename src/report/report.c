/* report.c - finding a report or document by its name, and rendering it. */
#include "core/error.h"
#include "core/text.h"
#include "report/document.h"
#include "report/parameters.h"
#include "report/run.h"

/* TRUE for what --by says: nothing, or one of its grains, for the report itself. */
static gboolean answers_to(const struct report *report, const char *by)
{
    return strcmp(report->by, by ? by : "") == 0 ||
           (by && g_ptr_array_find_with_equal_func(report->grains, by, g_str_equal, NULL));
}

static void append_grain(GString *grains, const char *grain)
{
    g_string_append_printf(grains, "%s%s", grains->len ? ", " : "", grain);
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

const struct report *report_catalog_find(const struct report_catalog *catalog, const char *name,
                                         const char *by, GError **error)
{
    GPtrArray *reports = report_catalog_reports(catalog);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autoptr(GString) grains = g_string_new(NULL);
    gboolean known = FALSE;

    for (guint i = 0; i < reports->len; i++) {
        const struct report *report = g_ptr_array_index(reports, i);

        g_ptr_array_add(names, report->name);
        if (strcmp(report->name, name) != 0)
            continue;
        if (answers_to(report, by))
            return report;
        known = TRUE;
        for (guint j = 0; j < report->grains->len; j++)
            append_grain(grains, g_ptr_array_index(report->grains, j));
        if (*report->by && report->grains->len == 0)
            append_grain(grains, report->by);
    }
    for (guint i = 0; i < report_catalog_documents(catalog)->len; i++) {
        const struct document *document = g_ptr_array_index(report_catalog_documents(catalog), i);

        g_ptr_array_add(names, document->name);
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

/* TRUE with what a lone report makes of itself. */
static gboolean render_report(const struct report *report, const struct report_catalog *catalog,
                              struct db *db, const struct renderer *renderer,
                              const struct report_options *options, int width, GString *out,
                              GString *footer, GError **error)
{
    g_autofree char *subtitle = parameters_describe(options);
    const struct render_target target = {
        .title = report->title,
        .subtitle = subtitle,
        .width = width,
        .raw = options->raw,
        .colour = options->colour,
        .out = out,
    };
    void *state;
    gboolean done;

    if (!parameters_check(db, report->name, report->parameters, options, error))
        return FALSE;
    state = renderer->begin(&target);
    done = report_run(report, db, options, renderer, state, SHOW_BOTH, footer, NULL, error) &&
           (strcmp(report->name, "sources") == 0 ||
            document_render_sources(catalog, db, renderer, state, error));
    return renderer->end(state, done ? error : NULL) && done;
}

/* A document may have the name of a report: then its grains, and formats that hold one table, are
 * the report's. */
static const struct document *choose_document(const struct report_catalog *catalog,
                                              const char *name, const char *by, const char *format)
{
    const struct renderer *renderer = renderer_find(format);
    GPtrArray *reports = report_catalog_reports(catalog);
    const gboolean is_one_table = (renderer && !renderer->composes) || (by && *by);

    for (guint i = 0; is_one_table && i < reports->len; i++)
        if (strcmp(((const struct report *)reports->pdata[i])->name, name) == 0)
            return NULL;
    return report_catalog_document(catalog, name);
}

const char *report_piped_format(const struct report_catalog *catalog, const char *name)
{
    return choose_document(catalog, name, NULL, "csv") ? "table" : "csv";
}

gboolean report_render(const struct report_catalog *catalog, struct db *db, const char *name,
                       const char *format, const struct report_options *stated, int width,
                       GString *out, GString *footer, GError **error)
{
    struct report_options options = *stated;
    struct report_month days;
    const struct document *document = choose_document(catalog, name, options.by, format);
    const struct report *report =
        document ? NULL : report_catalog_find(catalog, name, options.by, error);
    const struct renderer *renderer = NULL;
    g_autoptr(GString) talk = g_string_new(NULL);
    gsize before = out->len;
    gboolean done;

    if (!report_read_month(&options, &days, error))
        return FALSE;
    if (document)
        renderer = document_renderer(document, format, error);
    else if (report)
        renderer = choose_renderer(report, format, error);
    if (!renderer)
        return FALSE;
    done = document
               ? document_render(document, catalog, db, renderer, &options, width, out, error)
               : render_report(report, catalog, db, renderer, &options, width, out, talk, error);
    if (done)
        g_string_append(footer, talk->str);
    else
        g_string_truncate(out, before);
    return done;
}

/* The report itself, or one of its grains. */
static gboolean one_needs(const struct report_catalog *catalog, const char *name, const char *by,
                          const char *what)
{
    GPtrArray *reports = report_catalog_reports(catalog);

    for (guint i = 0; i < reports->len; i++) {
        const struct report *report = g_ptr_array_index(reports, i);

        if (g_strcmp0(report->needs, what) == 0 && strcmp(report->name, name) == 0 &&
            answers_to(report, by))
            return TRUE;
    }
    return FALSE;
}

gboolean report_needs(const struct report_catalog *catalog, const char *name, const char *by,
                      const char *what)
{
    const struct document *document = report_catalog_document(catalog, name);

    for (guint i = 0; document && i < document->sections->len; i++) {
        const struct section *section = g_ptr_array_index(document->sections, i);

        if (section->report && one_needs(catalog, section->report, section->by, what))
            return TRUE;
    }
    return one_needs(catalog, name, by, what);
}

static void append_blocked(const struct report *report, int64_t count, GString *talk)
{
    g_autofree char *rows = text_count(count, "row");

    g_string_append_printf(talk, "%s in the way: %s (`trueup report %s%s%s`)\n", rows,
                           report->blocks, report->name, *report->by ? " --by " : "", report->by);
}

gboolean report_blocked(const struct report_catalog *catalog, struct db *db, const char *name,
                        const struct report_options *stated, int64_t *count, GString *talk,
                        GError **error)
{
    struct report_options options = *stated;
    GPtrArray *reports = report_catalog_reports(catalog);
    struct report_month days;

    *count = 0;
    if (!report_read_month(&options, &days, error))
        return FALSE;
    for (guint i = 0; i < reports->len; i++) {
        const struct report *report = g_ptr_array_index(reports, i);
        int64_t rows = 0;

        if (!report->blocks || strcmp(report->name, name) != 0)
            continue;
        if (!report_count(report, db, &options, &rows, error))
            return FALSE;
        *count += rows;
        if (rows > 0)
            append_blocked(report, rows, talk);
    }
    return TRUE;
}
