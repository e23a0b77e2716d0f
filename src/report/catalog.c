/* catalog.c - finding reports and reading their front matter. */
#include "report/catalog.h"
#include "core/asset.h"
#include "core/error.h"

struct report_catalog {
    GPtrArray *reports;
};

static void column_free(struct column *column)
{
    g_free(column->name);
    g_free(column->heading);
    g_free(column->currency);
    g_free(column);
}

void report_free(struct report *report)
{
    g_free(report->name);
    g_free(report->by);
    g_free(report->asset);
    g_free(report->title);
    g_free(report->summary);
    g_free(report->sql);
    g_ptr_array_unref(report->parameters);
    g_ptr_array_unref(report->formats);
    g_ptr_array_unref(report->columns);
    g_free(report);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Report, report_free)

static const struct {
    const char *name;
    enum column_type type;
} types[] = {
    {"text", COLUMN_TEXT},     {"integer", COLUMN_INTEGER}, {"day", COLUMN_DAY},
    {"month", COLUMN_MONTH},   {"instant", COLUMN_INSTANT}, {"money", COLUMN_MONEY},
    {"amount", COLUMN_AMOUNT}, {"share", COLUMN_SHARE},
};

/* "money(currency)" -> the type and the currency's column. */
static gboolean parse_type(struct column *column, const char *text, GError **error)
{
    const char *paren = strchr(text, '(');
    gsize len = paren ? (gsize)(paren - text) : strlen(text);
    gboolean has_currency;

    for (guint i = 0; i < G_N_ELEMENTS(types); i++) {
        if (strlen(types[i].name) != len || strncmp(types[i].name, text, len) != 0)
            continue;
        column->type = types[i].type;
        has_currency = column->type == COLUMN_MONEY || column->type == COLUMN_AMOUNT;
        if (has_currency != (paren != NULL) || (paren && !g_str_has_suffix(text, ")")))
            break;
        if (paren)
            column->currency = g_strndup(paren + 1, strlen(paren) - 2);
        return TRUE;
    }
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                "\"%s\" is no column type\nhint: text, integer, day, month, instant, share, "
                "money(CURRENCY COLUMN), amount(CURRENCY COLUMN)",
                text);
    return FALSE;
}

static gboolean parse_column(struct report *report, const char *value, GError **error)
{
    g_auto(GStrv) words = g_strsplit_set(value, " \t", -1);
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    struct column *column;

    for (guint i = 0; words[i]; i++)
        if (*words[i])
            g_ptr_array_add(parts, words[i]);
    if (parts->len < 3) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "a column needs a name, a type and a heading");
        return FALSE;
    }
    column = g_new0(struct column, 1);
    g_ptr_array_add(report->columns, column);
    column->name = g_strdup(parts->pdata[0]);
    column->heading = g_strdelimit(g_strdup(parts->pdata[2]), "_", ' ');
    for (guint i = 3; i < parts->len; i++) {
        const char *flag = parts->pdata[i];

        if (strcmp(flag, "total") == 0)
            column->total = TRUE;
        else if (strcmp(flag, "data") == 0)
            column->data = TRUE;
        else {
            g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                        "\"%s\" is no column flag\nhint: total, data", flag);
            return FALSE;
        }
    }
    return parse_type(column, parts->pdata[1], error);
}

static void split_words(GPtrArray *out, const char *value)
{
    g_auto(GStrv) words = g_strsplit_set(value, " \t", -1);

    for (guint i = 0; words[i]; i++)
        if (*words[i])
            g_ptr_array_add(out, g_strdup(words[i]));
}

static gboolean parse_entry(struct report *report, const char *key, const char *value,
                            GError **error)
{
    char **text = strcmp(key, "title") == 0     ? &report->title
                  : strcmp(key, "summary") == 0 ? &report->summary
                                                : NULL;

    if (text) {
        g_free(*text);
        *text = g_strdup(value);
        return TRUE;
    }
    if (strcmp(key, "column") == 0)
        return parse_column(report, value, error);
    if (strcmp(key, "param") == 0 || strcmp(key, "formats") == 0) {
        split_words(key[0] == 'p' ? report->parameters : report->formats, value);
        return TRUE;
    }
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                "\"%s\" is no entry of a report\nhint: title, summary, param, column, formats",
                key);
    return FALSE;
}

static gboolean parse_front_matter(struct report *report, const char *text, GError **error)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (guint i = 0; lines[i] && g_str_has_prefix(lines[i], "--"); i++) {
        char *key = g_strstrip(lines[i] + 2);
        char *colon = strchr(key, ':');

        if (*key == '\0')
            continue;
        if (!colon) {
            g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                        "%s:%u: is no \"-- key: value\" line", report->asset, i + 1);
            return FALSE;
        }
        *colon = '\0';
        if (!parse_entry(report, g_strstrip(key), g_strstrip(colon + 1), error)) {
            g_prefix_error(error, "%s:%u: ", report->asset, i + 1);
            return FALSE;
        }
    }
    if (report->title && report->summary && report->columns->len > 0 && report->formats->len > 0)
        return TRUE;
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                "%s: title, summary, formats and at least one column are needed", report->asset);
    return FALSE;
}

struct report *report_parse(const char *asset, const char *text, GError **error)
{
    g_autoptr(Report) report = g_new0(struct report, 1);
    g_autofree char *base = g_path_get_basename(asset);
    g_auto(GStrv) parts = g_strsplit(base, ".", 3);

    report->asset = g_strdup(asset);
    report->name = g_strdup(parts[0]);
    report->by = g_strdup(g_strv_length(parts) == 3 ? parts[1] : "");
    report->sql = g_strdup(text);
    report->parameters = g_ptr_array_new_with_free_func(g_free);
    report->formats = g_ptr_array_new_with_free_func(g_free);
    report->columns = g_ptr_array_new_with_free_func((GDestroyNotify)column_free);
    if (!parse_front_matter(report, text, error))
        return NULL;
    return g_steal_pointer(&report);
}

struct report_catalog *report_catalog_load(GError **error)
{
    g_autoptr(ReportCatalog) catalog = g_new0(struct report_catalog, 1);
    g_autoptr(GPtrArray) assets = asset_list("reports", ".sql");

    catalog->reports = g_ptr_array_new_with_free_func((GDestroyNotify)report_free);
    for (guint i = 0; i < assets->len; i++) {
        const char *asset = g_ptr_array_index(assets, i);
        g_autoptr(GBytes) text = asset_read(asset, error);
        struct report *report =
            text ? report_parse(asset, g_bytes_get_data(text, NULL), error) : NULL;

        if (!report)
            return NULL;
        g_ptr_array_add(catalog->reports, report);
    }
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
