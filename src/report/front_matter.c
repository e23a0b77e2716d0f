/* front_matter.c - reading what a report's file declares; a mistake names its file and line. */
#include "core/error.h"
#include "report/catalog.h"
#include "report/chart.h"
#include "report/missing.h"
#include "report/parameters.h"
#include "report/quotient.h"
#include "report/renderer.h"

static void column_free(struct column *column)
{
    g_free(column->name);
    g_free(column->heading);
    g_free(column->currency);
    g_free(column->numerator);
    g_free(column->denominator);
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
    g_free(report->counted);
    g_free(report->counted_what);
    g_free(report->needs);
    g_free(report->blocks);
    g_ptr_array_unref(report->grains);
    g_ptr_array_unref(report->files);
    g_ptr_array_unref(report->parameters);
    g_ptr_array_unref(report->formats);
    g_ptr_array_unref(report->evidence);
    g_ptr_array_unref(report->columns);
    chart_declaration_free(report->chart);
    g_free(report);
}

static const struct {
    const char *name;
    enum column_type type;
} types[] = {
    {"text", COLUMN_TEXT},     {"integer", COLUMN_INTEGER}, {"day", COLUMN_DAY},
    {"month", COLUMN_MONTH},   {"instant", COLUMN_INSTANT}, {"money", COLUMN_MONEY},
    {"amount", COLUMN_AMOUNT}, {"share", COLUMN_SHARE},
};

gboolean column_is_text(const struct column *column)
{
    return column->type == COLUMN_TEXT || column->type == COLUMN_DAY ||
           column->type == COLUMN_MONTH;
}

gboolean column_is_number(const struct column *column)
{
    return column->type == COLUMN_INTEGER || column->type == COLUMN_SHARE || column->currency;
}

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
        if (has_currency != (paren != NULL) ||
            (paren && (!g_str_has_suffix(text, ")") || strlen(paren) < 3)))
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

static gboolean parse_quotient(struct column *column, const char *flag, GError **error)
{
    if (column->numerator || !quotient_parse(column, flag)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "\"%s\" is no quotient\nhint: quotient(COLUMN,COLUMN), and for so many of the "
                    "second quotient(COLUMN,COLUMN,NUMBER), once and without blanks",
                    flag);
        return FALSE;
    }
    if (column_is_number(column))
        return TRUE;
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                "the column \"%s\" is no number, so it is no quotient", column->name);
    return FALSE;
}

static gboolean parse_flag(struct column *column, const char *flag, GError **error)
{
    if (g_str_has_prefix(flag, "quotient"))
        return parse_quotient(column, flag, error);
    if (strcmp(flag, "total") == 0 && !column->currency) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "the column \"%s\" is no money, so it has no total", column->name);
        return FALSE;
    }
    if (strcmp(flag, "total") == 0)
        column->total = TRUE;
    else if (strcmp(flag, "data") == 0)
        column->data = TRUE;
    else if (strcmp(flag, "wide") == 0)
        column->wide = TRUE;
    else if (strcmp(flag, "exact") == 0)
        column->exact = TRUE;
    else if (strcmp(flag, "below") == 0)
        column->below = TRUE;
    else {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "\"%s\" is no column flag\nhint: total, data, wide, exact, below, "
                    "quotient(COLUMN,COLUMN)",
                    flag);
        return FALSE;
    }
    return TRUE;
}

/* The words of a value, without blanks: char*, owned. */
static GPtrArray *split_words(const char *value)
{
    g_auto(GStrv) words = g_strsplit_set(value, " \t", -1);
    GPtrArray *out = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; words[i]; i++)
        if (*words[i])
            g_ptr_array_add(out, g_strdup(words[i]));
    return out;
}

static const struct column *find_column(const struct report *report, const char *name)
{
    for (guint i = 0; i < report->columns->len; i++) {
        const struct column *column = g_ptr_array_index(report->columns, i);

        if (strcmp(column->name, name) == 0)
            return column;
    }
    return NULL;
}

static gboolean parse_column(struct report *report, const char *value, GError **error)
{
    g_autoptr(GPtrArray) words = split_words(value);
    struct column *column;

    if (words->len < 3) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "a column needs a name, a type and a heading");
        return FALSE;
    }
    if (find_column(report, words->pdata[0])) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "the column \"%s\" is declared twice",
                    (char *)words->pdata[0]);
        return FALSE;
    }
    column = g_new0(struct column, 1);
    g_ptr_array_add(report->columns, column);
    column->name = g_strdup(words->pdata[0]);
    column->heading = g_strdelimit(g_strdup(words->pdata[2]), "_", ' ');
    if (!parse_type(column, words->pdata[1], error))
        return FALSE;
    for (guint i = 3; i < words->len; i++)
        if (!parse_flag(column, words->pdata[i], error))
            return FALSE;
    if (column->numerator && column->total) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "the column \"%s\" is a quotient, so it has no total", column->name);
        return FALSE;
    }
    return TRUE;
}

/* "is_settled  paid and refunded payments" -> a column of the select and what its rows are. */
static gboolean parse_totals(struct report *report, const char *value, GError **error)
{
    gsize len = strcspn(value, " \t");

    if (value[len] == '\0') {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "totals need a column and words for the rows where it is 1");
        return FALSE;
    }
    report->counted = g_strndup(value, len);
    report->counted_what = g_strstrip(g_strdup(value + len));
    return TRUE;
}

static gboolean parse_needs(struct report *report, const char *value, GError **error)
{
    static const char *const known[] = {"close", "doctor", NULL};

    if (!g_strv_contains(known, value)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "\"%s\" is nothing that a report can need\nhint: close or doctor", value);
        return FALSE;
    }
    report->needs = g_strdup(value);
    return TRUE;
}

static gboolean parse_formats(struct report *report, const char *value, GError **error)
{
    g_ptr_array_unref(report->formats);
    report->formats = split_words(value);
    for (guint i = 0; i < report->formats->len; i++) {
        const char *name = g_ptr_array_index(report->formats, i);

        if (renderer_find(name))
            continue;
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "\"%s\" is no format of reports",
                    name);
        return FALSE;
    }
    return TRUE;
}

static gboolean parse_files(struct report *report, const char *value, GError **error)
{
    g_ptr_array_unref(report->files);
    report->files = split_words(value);
    for (guint i = 0; i < report->files->len; i++) {
        const char *kind = g_ptr_array_index(report->files, i);

        if (missing_knows(kind))
            continue;
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "\"%s\" is no kind of files that reports are made of", kind);
        return FALSE;
    }
    return TRUE;
}

static gboolean parse_parameters(struct report *report, const char *value, GError **error)
{
    g_ptr_array_unref(report->parameters);
    report->parameters = split_words(value);
    for (guint i = 0; i < report->parameters->len; i++) {
        const char *name = g_ptr_array_index(report->parameters, i);

        if (parameters_known(name))
            continue;
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "\"%s\" is no option of reports\nhint: " PARAMETER_NAMES, name);
        return FALSE;
    }
    return TRUE;
}

/* Stands after the columns that it speaks of. */
static gboolean parse_chart(struct report *report, const char *value, GError **error)
{
    report->chart = chart_declaration_parse(report, value, error);
    return report->chart != NULL;
}

/* Words that need no check here. */
static gboolean parse_words(GPtrArray **words, const char *value)
{
    g_ptr_array_unref(*words);
    *words = split_words(value);
    return TRUE;
}

static gboolean parse_entry(struct report *report, GHashTable *seen, const char *key,
                            const char *value, GError **error)
{
    static const char *const keys[] = {"title",    "summary", "files",  "by",    "param",
                                       "column",   "totals",  "blocks", "needs", "chart",
                                       "evidence", "formats", NULL};

    if (!g_strv_contains(keys, key)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "\"%s\" is no entry of a report\n"
                    "hint: title, summary, files, by, param, column, totals, blocks, needs, chart, "
                    "evidence, formats",
                    key);
        return FALSE;
    }
    if (*value == '\0') {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "\"%s\" says nothing", key);
        return FALSE;
    }
    if (strcmp(key, "column") == 0)
        return parse_column(report, value, error);
    if (!g_hash_table_add(seen, g_strdup(key))) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "\"%s\" stands twice", key);
        return FALSE;
    }
    if (strcmp(key, "title") == 0)
        report->title = g_strdup(value);
    else if (strcmp(key, "summary") == 0)
        report->summary = g_strdup(value);
    else if (strcmp(key, "by") == 0)
        return parse_words(&report->grains, value);
    else if (strcmp(key, "files") == 0)
        return parse_files(report, value, error);
    else if (strcmp(key, "blocks") == 0)
        report->blocks = g_strdup(value);
    else if (strcmp(key, "needs") == 0)
        return parse_needs(report, value, error);
    else if (strcmp(key, "totals") == 0)
        return parse_totals(report, value, error);
    else if (strcmp(key, "evidence") == 0)
        return parse_words(&report->evidence, value);
    else if (strcmp(key, "chart") == 0)
        return parse_chart(report, value, error);
    else if (strcmp(key, "formats") == 0)
        return parse_formats(report, value, error);
    else
        return parse_parameters(report, value, error);
    return TRUE;
}

/* What no single line can be blamed for. */
static gboolean check_whole(const struct report *report, char **rest, GError **error)
{
    if (!report->title || !report->summary || report->columns->len == 0 ||
        report->formats->len == 0) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "%s: title, summary, formats and at least one column are needed",
                    report->asset);
        return FALSE;
    }
    for (guint i = 0; i < report->columns->len; i++) {
        const struct column *column = g_ptr_array_index(report->columns, i);

        if (!column->currency || find_column(report, column->currency))
            continue;
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "%s: the column \"%s\" has its currency in \"%s\", which is not declared",
                    report->asset, column->name, column->currency);
        return FALSE;
    }
    while (*rest && *g_strstrip(*rest) == '\0')
        rest++;
    if (*rest)
        return TRUE;
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "%s: there is no select", report->asset);
    return FALSE;
}

static gboolean parse_front_matter(struct report *report, const char *text, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    guint i;

    for (i = 0; lines[i] && g_str_has_prefix(lines[i], "--"); i++) {
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
        if (!parse_entry(report, seen, g_strstrip(key), g_strstrip(colon + 1), error)) {
            g_prefix_error(error, "%s:%u: ", report->asset, i + 1);
            return FALSE;
        }
    }
    return check_whole(report, lines + i, error);
}

struct report *report_parse(const char *asset, const char *text, GError **error)
{
    g_autoptr(Report) report = g_new0(struct report, 1);
    g_autofree char *base = g_path_get_basename(asset);
    g_auto(GStrv) parts = g_strsplit(base, ".", -1);
    guint count = g_strv_length(parts);

    report->asset = g_strdup(asset);
    report->name = g_strdup(parts[0]);
    report->by = g_strdup(count == 3 ? parts[1] : "");
    report->sql = g_strdup(text);
    report->grains = g_ptr_array_new_with_free_func(g_free);
    report->files = g_ptr_array_new_with_free_func(g_free);
    report->parameters = g_ptr_array_new_with_free_func(g_free);
    report->formats = g_ptr_array_new_with_free_func(g_free);
    report->evidence = g_ptr_array_new_with_free_func(g_free);
    report->columns = g_ptr_array_new_with_free_func((GDestroyNotify)column_free);
    if (count > 3) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "%s: a report's file is called NAME.sql or NAME.GRAIN.sql", asset);
        return NULL;
    }
    if (!parse_front_matter(report, text, error))
        return NULL;
    return g_steal_pointer(&report);
}
