/* catalog.c - finding the reports and documents, embedded and the user's. */
#include "report/catalog.h"
#include "core/asset.h"
#include "core/error.h"
#include "report/document.h"

struct report_catalog {
    GPtrArray *reports, *documents;
};

/* "spend.day": a name, and a grain. */
static gboolean has_report(const struct report_catalog *catalog, const char *key)
{
    for (guint i = 0; i < catalog->reports->len; i++) {
        const struct report *report = g_ptr_array_index(catalog->reports, i);
        gsize len = strlen(report->name);

        if (strncmp(key, report->name, len) == 0 &&
            (*report->by ? key[len] == '.' && strcmp(key + len + 1, report->by) == 0
                         : key[len] == '\0'))
            return TRUE;
    }
    return FALSE;
}

static gboolean check_evidence(const struct report_catalog *catalog, GError **error)
{
    for (guint i = 0; i < catalog->reports->len; i++) {
        const struct report *report = g_ptr_array_index(catalog->reports, i);

        for (guint j = 0; j < report->evidence->len; j++) {
            if (has_report(catalog, report->evidence->pdata[j]))
                continue;
            g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                        "%s: its evidence \"%s\" is no report", report->asset,
                        (const char *)report->evidence->pdata[j]);
            return FALSE;
        }
    }
    return TRUE;
}

static int compare_reports(gconstpointer left, gconstpointer right)
{
    const struct report *a = *(struct report *const *)left, *b = *(struct report *const *)right;
    int by_name = strcmp(a->name, b->name);

    return by_name ? by_name : strcmp(a->by, b->by);
}

static char *read_text(const char *asset, const char *place, GError **error)
{
    g_autoptr(GBytes) bytes = asset_read(asset, error);
    const char *text;
    gsize len = 0;

    if (!bytes)
        return NULL;
    text = g_bytes_get_data(bytes, &len);
    if (!g_utf8_validate(text, (gssize)len, NULL)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "%s: is not UTF-8 text", place);
        return NULL;
    }
    return g_strdup(text);
}

static gboolean load_reports(struct report_catalog *catalog, GError **error)
{
    g_autoptr(GPtrArray) assets = asset_list("reports", ".sql");

    for (guint i = 0; i < assets->len; i++) {
        const char *asset = g_ptr_array_index(assets, i);
        g_autofree char *place = asset_place(asset);
        g_autofree char *text = read_text(asset, place, error);
        struct report *report = text ? report_parse(place, text, error) : NULL;

        if (!report)
            return FALSE;
        g_ptr_array_add(catalog->reports, report);
    }
    g_ptr_array_sort(catalog->reports, compare_reports);
    return check_evidence(catalog, error);
}

/* asset_list() sorts by name. */
static gboolean load_documents(struct report_catalog *catalog, GError **error)
{
    g_autoptr(GPtrArray) assets = asset_list("reports/documents", ".ini");

    for (guint i = 0; i < assets->len; i++) {
        const char *asset = g_ptr_array_index(assets, i);
        g_autofree char *place = asset_place(asset);
        g_autofree char *text = read_text(asset, place, error);
        struct document *document = text ? document_parse(place, text, error) : NULL;

        if (!document)
            return FALSE;
        g_ptr_array_add(catalog->documents, document);
    }
    return TRUE;
}

struct report_catalog *report_catalog_load(GError **error)
{
    g_autoptr(ReportCatalog) catalog = g_new0(struct report_catalog, 1);

    catalog->reports = g_ptr_array_new_with_free_func((GDestroyNotify)report_free);
    catalog->documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    if (!load_reports(catalog, error) || !load_documents(catalog, error))
        return NULL;
    return g_steal_pointer(&catalog);
}

void report_catalog_free(struct report_catalog *catalog)
{
    if (!catalog)
        return;
    g_ptr_array_unref(catalog->reports);
    g_ptr_array_unref(catalog->documents);
    g_free(catalog);
}

GPtrArray *report_catalog_reports(const struct report_catalog *catalog)
{
    return catalog->reports;
}

GPtrArray *report_catalog_documents(const struct report_catalog *catalog)
{
    return catalog->documents;
}

const struct document *report_catalog_document(const struct report_catalog *catalog,
                                               const char *name)
{
    for (guint i = 0; i < catalog->documents->len; i++) {
        const struct document *document = g_ptr_array_index(catalog->documents, i);

        if (strcmp(document->name, name) == 0)
            return document;
    }
    return NULL;
}

const char *report_catalog_nth(const struct report_catalog *catalog, guint index, const char **by,
                               const char **summary)
{
    const struct report *report;

    if (index >= catalog->reports->len)
        return NULL;
    report = g_ptr_array_index(catalog->reports, index);
    *by = report->by;
    *summary = report->summary;
    return report->name;
}

const char *report_catalog_grain_nth(const struct report_catalog *catalog, guint index, guint nth)
{
    const struct report *report = g_ptr_array_index(catalog->reports, index);

    return nth < report->grains->len ? g_ptr_array_index(report->grains, nth) : NULL;
}

const char *report_catalog_document_nth(const struct report_catalog *catalog, guint index,
                                        const char **summary)
{
    const struct document *document;

    if (index >= catalog->documents->len)
        return NULL;
    document = g_ptr_array_index(catalog->documents, index);
    *summary = document->summary;
    return document->name;
}
