/* chart_declaration.c - reading the chart that a report's file declares. */
#include "core/error.h"
#include "report/chart.h"

void chart_declaration_free(struct chart_declaration *declaration)
{
    if (!declaration)
        return;
    g_free(declaration->only_text);
    g_free(declaration);
}

static const struct column *find_column(const struct report *report, const char *name,
                                        GError **error)
{
    for (guint i = 0; i < report->columns->len; i++) {
        const struct column *column = g_ptr_array_index(report->columns, i);

        if (strcmp(column->name, name) == 0)
            return column;
    }
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                "the chart's column \"%s\" is not declared", name);
    return NULL;
}

/* "topups,expired" -> columns of money, at most `most`, ended by NULL. */
static gboolean parse_moneys(const struct report *report, const char *names, guint most,
                             const struct column **out, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(names, ",", -1);

    for (guint i = 0; parts[i]; i++) {
        out[i] = i < most ? find_column(report, parts[i], error) : NULL;
        if (i < most && !out[i])
            return FALSE;
        if (i < most && out[i]->currency && strcmp(out[i]->currency, out[0]->currency) == 0)
            continue;
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "\"%s\" is no list of up to %u columns of money in one currency", names, most);
        return FALSE;
    }
    return TRUE;
}

/* "leg:both" */
static gboolean parse_only(const struct report *report, struct chart_declaration *out,
                           const char *value, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(value, ":", 2);

    out->only = find_column(report, parts[0] ? parts[0] : "", error);
    g_free(out->only_text);
    out->only_text = g_strdup(parts[0] ? parts[1] : NULL);
    if (!out->only)
        return FALSE;
    if (out->only_text && column_is_text(out->only))
        return TRUE;
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                "\"%s\" is no COLUMN:TEXT of a column of text", value);
    return FALSE;
}

static gboolean parse_word(const struct report *report, struct chart_declaration *out,
                           const char *word, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(word, "=", 2);
    const char *key = parts[0], *value = parts[0] ? parts[1] : NULL;
    const struct {
        const char *key;
        const struct column **column;
    } columns[] = {
        {"x", &out->x}, {"series", &out->series}, {"label", &out->label}, {"below", &out->below}};

    if (value && strcmp(key, "y") == 0)
        return parse_moneys(report, value, CHART_YS, out->ys, error);
    if (value && strcmp(key, "marks") == 0)
        return parse_moneys(report, value, CHART_MARKS, out->marks, error);
    if (value && strcmp(key, "only") == 0)
        return parse_only(report, out, value, error);
    for (guint i = 0; value && i < G_N_ELEMENTS(columns); i++)
        if (strcmp(key, columns[i].key) == 0) {
            *columns[i].column = find_column(report, value, error);
            return *columns[i].column != NULL;
        }
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                "\"%s\" is no part of a chart\n"
                "hint: x=, y=, series=, label=, marks=, below=, only=",
                word);
    return FALSE;
}

static gboolean check_whole(const struct chart_declaration *declaration, GError **error)
{
    const struct column *x = declaration->x, *series = declaration->series;
    const struct column *label = declaration->label ? declaration->label : series;

    const struct column *y = declaration->ys[0], *mark = declaration->marks[0];

    if (x && (x->type == COLUMN_DAY || x->type == COLUMN_MONTH) && y &&
        (!mark || strcmp(mark->currency, y->currency) == 0) && (!series || !declaration->ys[1]) &&
        (series || !label) && (!series || (column_is_text(series) && column_is_text(label))))
        return TRUE;
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                "a chart needs x=, a day or month, and y=, money: one with a series of text, or "
                "several without; marks are in y's currency");
    return FALSE;
}

struct chart_declaration *chart_declaration_parse(const struct report *report, const char *text,
                                                  GError **error)
{
    static const char *const kinds[] = {
        [CHART_LINES] = "lines", [CHART_STACK] = "stack", [CHART_BARS] = "bars"};
    g_auto(GStrv) words = g_strsplit_set(text, " \t", -1);
    struct chart_declaration *out = g_new0(struct chart_declaration, 1);
    guint kind = 0;

    while (kind < G_N_ELEMENTS(kinds) && strcmp(kinds[kind], words[0] ? words[0] : "") != 0)
        kind++;
    if (kind == G_N_ELEMENTS(kinds)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "\"%s\" is no chart\nhint: lines, stack, bars", text);
        chart_declaration_free(out);
        return NULL;
    }
    out->kind = (enum chart_kind)kind;
    for (guint i = 1; words[i]; i++)
        if (*words[i] && !parse_word(report, out, words[i], error)) {
            chart_declaration_free(out);
            return NULL;
        }
    if (check_whole(out, error))
        return out;
    chart_declaration_free(out);
    return NULL;
}
