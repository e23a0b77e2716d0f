/* catalog.c - finding the reports, embedded and the user's. */
#include "report/catalog.h"
#include "core/asset.h"
#include "core/error.h"

struct report_catalog {
    GPtrArray *reports;
};

static int compare_reports(gconstpointer left, gconstpointer right)
{
    const struct report *a = *(struct report *const *)left, *b = *(struct report *const *)right;
    int by_name = strcmp(a->name, b->name);

    return by_name ? by_name : strcmp(a->by, b->by);
}

static struct report *load(const char *asset, GError **error)
{
    g_autoptr(GBytes) bytes = asset_read(asset, error);
    g_autofree char *place = asset_place(asset);
    const char *text;
    gsize len = 0;

    if (!bytes)
        return NULL;
    text = g_bytes_get_data(bytes, &len);
    if (!g_utf8_validate(text, (gssize)len, NULL)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "%s: is not UTF-8 text", place);
        return NULL;
    }
    return report_parse(place, text, error);
}

struct report_catalog *report_catalog_load(GError **error)
{
    g_autoptr(ReportCatalog) catalog = g_new0(struct report_catalog, 1);
    g_autoptr(GPtrArray) assets = asset_list("reports", ".sql");

    catalog->reports = g_ptr_array_new_with_free_func((GDestroyNotify)report_free);
    for (guint i = 0; i < assets->len; i++) {
        struct report *report = load(g_ptr_array_index(assets, i), error);

        if (!report)
            return NULL;
        g_ptr_array_add(catalog->reports, report);
    }
    g_ptr_array_sort(catalog->reports, compare_reports);
    return g_steal_pointer(&catalog);
}

void report_catalog_free(struct report_catalog *catalog)
{
    if (!catalog)
        return;
    g_ptr_array_unref(catalog->reports);
    g_free(catalog);
}

GPtrArray *report_catalog_reports(const struct report_catalog *catalog)
{
    return catalog->reports;
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
