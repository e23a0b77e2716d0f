/* chart.c - gathering rows into a chart: by currency, series and day or month. */
#include "report/chart.h"
#include "core/error.h"
#include "core/instant.h"
#include "core/money.h"
#include "core/text.h"
#include "report/renderer.h"

/* A series as it was met, before it is known which ones are shown. */
struct met {
    char *id, *label;
    int128 weight; /* of its amounts, signs left out */
    struct chart_series *shown;
};

/* The series of a currency, in the order of their first rows. */
struct currency {
    char *code;
    GPtrArray *met;    /* struct met* */
    GHashTable *by_id; /* char* -> borrowed struct met* */
};

struct cell {
    guint x, currency;
    struct met *met;
    struct chart_point point;
};

struct gathering {
    GHashTable *xs;        /* char* -> number of the x in the order of their first rows */
    GPtrArray *currencies; /* struct currency* */
    GArray *cells;         /* struct cell */
};

static void met_free(struct met *met)
{
    g_free(met->id);
    g_free(met->label);
    g_free(met);
}

static void currency_free(struct currency *currency)
{
    g_free(currency->code);
    g_hash_table_unref(currency->by_id);
    g_ptr_array_unref(currency->met);
    g_free(currency);
}

static void gathering_free(struct gathering *gathering)
{
    if (!gathering)
        return;
    g_hash_table_unref(gathering->xs);
    g_ptr_array_unref(gathering->currencies);
    g_array_unref(gathering->cells);
    g_free(gathering);
}

static void series_free(struct chart_series *series)
{
    g_free(series->id);
    g_free(series->label);
    g_free(series->points);
    g_free(series);
}

static void panel_free(struct chart_panel *panel)
{
    g_free(panel->currency);
    g_ptr_array_unref(panel->series);
    g_free(panel);
}

struct chart *chart_new(const struct report *report)
{
    struct chart *chart = g_new0(struct chart, 1);
    struct gathering *gathering = g_new0(struct gathering, 1);

    gathering->xs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    gathering->currencies = g_ptr_array_new_with_free_func((GDestroyNotify)currency_free);
    gathering->cells = g_array_new(FALSE, FALSE, sizeof(struct cell));
    chart->report = report;
    chart->xs = g_ptr_array_new_with_free_func(g_free);
    chart->units = g_array_new(FALSE, FALSE, sizeof(int32_t));
    chart->panels = g_ptr_array_new_with_free_func((GDestroyNotify)panel_free);
    chart->gathering = gathering;
    return chart;
}

void chart_free(struct chart *chart)
{
    if (!chart)
        return;
    g_ptr_array_unref(chart->xs);
    g_array_unref(chart->units);
    g_ptr_array_unref(chart->panels);
    gathering_free(chart->gathering);
    g_free(chart);
}

gboolean chart_is_empty(const struct chart *chart)
{
    return chart->gathering ? chart->gathering->cells->len == 0 : chart->xs->len == 0;
}

/* --- gathering ------------------------------------------------------------------------------ */

static const struct report_cell *cell_of(const struct chart *chart, const struct report_cell *cells,
                                         const struct column *column)
{
    guint index = 0;

    if (!g_ptr_array_find(chart->report->columns, column, &index))
        g_assert_not_reached();
    return &cells[index];
}

static guint number_of_x(struct gathering *gathering, const char *text)
{
    gpointer number;

    if (g_hash_table_lookup_extended(gathering->xs, text, NULL, &number))
        return GPOINTER_TO_UINT(number);
    number = GUINT_TO_POINTER(g_hash_table_size(gathering->xs));
    g_hash_table_insert(gathering->xs, g_strdup(text), number);
    return GPOINTER_TO_UINT(number);
}

static guint number_of_currency(struct gathering *gathering, const char *code)
{
    struct currency *currency;

    for (guint i = 0; i < gathering->currencies->len; i++)
        if (strcmp(((struct currency *)gathering->currencies->pdata[i])->code, code) == 0)
            return i;
    currency = g_new0(struct currency, 1);
    currency->code = g_strdup(code);
    currency->met = g_ptr_array_new_with_free_func((GDestroyNotify)met_free);
    currency->by_id = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_ptr_array_add(gathering->currencies, currency);
    return gathering->currencies->len - 1;
}

static struct met *met_of(struct currency *currency, const char *id, const char *label)
{
    struct met *met = g_hash_table_lookup(currency->by_id, id);

    if (met)
        return met;
    met = g_new0(struct met, 1);
    met->id = text_clean(id, FALSE);
    met->label = text_clean(*label ? label : id, FALSE);
    g_ptr_array_add(currency->met, met);
    g_hash_table_insert(currency->by_id, g_strdup(id), met);
    return met;
}

/* What a row says of one y, to its series. */
static void add_cell(struct chart *chart, const struct report_cell *cells, const struct column *y,
                     const char *id, const char *label)
{
    const struct chart_declaration *declared = chart->report->chart;
    struct gathering *gathering = chart->gathering;
    const struct report_cell *value = cell_of(chart, cells, y);
    struct cell cell = {0};
    int128 nanos = value->integer;

    if (value->is_null)
        return;
    cell.x = number_of_x(gathering, cell_of(chart, cells, declared->x)->text);
    cell.currency = number_of_currency(gathering, value->currency);
    cell.met = met_of(g_ptr_array_index(gathering->currencies, cell.currency), id, label);
    cell.met->weight += nanos < 0 ? -nanos : nanos;
    cell.point.any = TRUE;
    cell.point.nanos = value->integer;
    for (guint i = 0; declared->marks[i]; i++)
        cell.point.marks[i] = cell_of(chart, cells, declared->marks[i])->integer;
    g_array_append_val(gathering->cells, cell);
}

void chart_add(struct chart *chart, const struct report_cell *cells)
{
    const struct chart_declaration *declared = chart->report->chart;
    const char *id, *label;

    if (cell_of(chart, cells, declared->x)->is_null ||
        (declared->only &&
         strcmp(cell_of(chart, cells, declared->only)->text, declared->only_text) != 0))
        return;
    if (declared->series) {
        id = cell_of(chart, cells, declared->series)->text;
        label = declared->label ? cell_of(chart, cells, declared->label)->text : id;
        add_cell(chart, cells, declared->ys[0], id, label);
        return;
    }
    for (guint i = 0; declared->ys[i]; i++)
        add_cell(chart, cells, declared->ys[i], declared->ys[i]->name, declared->ys[i]->heading);
}

/* --- what is shown -------------------------------------------------------------------------- */

static int compare_text(gconstpointer left, gconstpointer right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static int compare_panels(gconstpointer left, gconstpointer right)
{
    return strcmp((*(const struct chart_panel *const *)left)->currency,
                  (*(const struct chart_panel *const *)right)->currency);
}

/* Heaviest first; never by the order of the rows. */
static int compare_met(gconstpointer left, gconstpointer right)
{
    const struct met *a = *(const struct met *const *)left, *b = *(const struct met *const *)right;

    if (a->weight != b->weight)
        return a->weight < b->weight ? 1 : -1;
    return strcmp(a->id, b->id);
}

/* Fills xs and units. *rank tells the place of each number that cells know an x by. */
static gboolean sort_xs(struct chart *chart, guint **rank, GError **error)
{
    GHashTable *numbers = chart->gathering->xs;
    gboolean months = chart->report->chart->x->type == COLUMN_MONTH;
    GHashTableIter iter;
    gpointer text, number;

    g_hash_table_iter_init(&iter, numbers);
    while (g_hash_table_iter_next(&iter, &text, NULL))
        g_ptr_array_add(chart->xs, g_strdup(text));
    g_ptr_array_sort(chart->xs, compare_text);
    *rank = g_new(guint, chart->xs->len);
    for (guint i = 0; i < chart->xs->len; i++) {
        const char *x = g_ptr_array_index(chart->xs, i);
        g_autofree char *date = g_strconcat(x, months ? "-01" : "", NULL);
        int year, month, day;
        int32_t unit;

        number = g_hash_table_lookup(numbers, x);
        (*rank)[GPOINTER_TO_UINT(number)] = i;
        if (!day_parse(&unit, date, strlen(date), error)) {
            g_prefix_error(error, "%s: the chart's \"%s\" ", chart->report->asset, x);
            return FALSE;
        }
        day_to_civil(unit, &year, &month, &day);
        if (months)
            unit = (year - 1970) * 12 + month - 1;
        g_array_append_val(chart->units, unit);
    }
    return TRUE;
}

static struct chart_series *series_new(const struct chart *chart, const char *id, char *label,
                                       guint folded)
{
    struct chart_series *series = g_new0(struct chart_series, 1);

    series->id = g_strdup(id);
    series->label = label;
    series->folded = folded;
    series->points = g_new0(struct chart_point, chart->xs->len);
    return series;
}

/* Two series of one name are told apart by their ids, and one without a name is no blank. */
static char *label_of(const struct chart *chart, const struct currency *currency,
                      const struct met *met)
{
    const struct column *series = chart->report->chart->series;

    if (series && *met->label == '\0')
        return g_strdup_printf("(no %s)", series->heading);
    for (guint i = 0; i < currency->met->len; i++) {
        const struct met *other = g_ptr_array_index(currency->met, i);

        if (other != met && strcmp(other->label, met->label) == 0)
            return g_strdup_printf("%s (%s)", met->label, met->id);
    }
    return g_strdup(met->label);
}

/* The series of a currency that are shown, and which of them stands for each that was met. */
static struct chart_panel *make_panel(const struct chart *chart, struct currency *currency)
{
    struct chart_panel *panel = g_new0(struct chart_panel, 1);
    guint shown = currency->met->len, folded;

    panel->currency = g_strdup(currency->code);
    panel->series = g_ptr_array_new_with_free_func((GDestroyNotify)series_free);
    if (chart->report->chart->series) {
        g_ptr_array_sort(currency->met, compare_met);
        /* One alone is not folded: it takes no more room under its own name. */
        shown = shown > CHART_SERIES + 1 ? CHART_SERIES : shown;
    }
    folded = currency->met->len - shown;
    for (guint i = 0; i < currency->met->len; i++) {
        struct met *met = g_ptr_array_index(currency->met, i);

        if (i < shown)
            g_ptr_array_add(panel->series,
                            series_new(chart, met->id, label_of(chart, currency, met), 0));
        else if (i == shown)
            g_ptr_array_add(panel->series,
                            series_new(chart, "", g_strdup_printf("%u others", folded), folded));
        met->shown = g_ptr_array_index(panel->series, MIN(i, shown));
    }
    return panel;
}

/* Negative, and one off, so that what fits is a sum that fits with either sign. */
static int64_t *new_magnitudes(gsize count)
{
    int64_t *magnitudes = g_new(int64_t, count + 1);

    for (gsize i = 0; i < count; i++)
        magnitudes[i] = -1;
    return magnitudes;
}

/* One cell into its series, and into the magnitude of its day: when no such sum is out of range,
 * then no sum over some of its series is. */
static gboolean place(const struct chart *chart, const struct cell *cell, guint x,
                      int64_t *magnitude, GError **error)
{
    struct chart_point *point = &cell->met->shown->points[x];
    int64_t nanos = cell->point.nanos;
    gboolean done = money_add(magnitude, nanos > 0 ? -nanos : nanos, error) &&
                    money_add(&point->nanos, nanos, error);

    point->any = TRUE;
    for (guint i = 0; done && i < CHART_MARKS; i++)
        done = money_add(&point->marks[i], cell->point.marks[i], error);
    if (!done)
        g_prefix_error(error, "%s: the chart's sum of %s: ", chart->report->asset,
                       (const char *)chart->xs->pdata[x]);
    return done;
}

gboolean chart_finish(struct chart *chart, GError **error)
{
    struct gathering *gathering = chart->gathering;
    g_autofree guint *rank = NULL;
    g_autofree int64_t *magnitudes = NULL;

    if (!sort_xs(chart, &rank, error))
        return FALSE;
    magnitudes = new_magnitudes((gsize)chart->xs->len * gathering->currencies->len);
    for (guint i = 0; i < gathering->currencies->len; i++)
        g_ptr_array_add(chart->panels,
                        make_panel(chart, g_ptr_array_index(gathering->currencies, i)));
    for (guint i = 0; i < gathering->cells->len; i++) {
        const struct cell *cell = &g_array_index(gathering->cells, struct cell, i);
        guint x = rank[cell->x];

        if (!place(chart, cell, x, &magnitudes[(gsize)cell->currency * chart->xs->len + x], error))
            return FALSE;
    }
    g_ptr_array_sort(chart->panels, compare_panels);
    gathering_free(gathering);
    chart->gathering = NULL;
    return TRUE;
}
