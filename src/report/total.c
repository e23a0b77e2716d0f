/* total.c - sums of the columns flagged total. */
#include "report/total.h"
#include "core/error.h"
#include "core/money.h"
#include "report/renderer.h"

struct report_totals {
    const struct report *report;
    GTree *by_currency; /* char* -> struct sum*, one a column of the report */
};

struct sum {
    int64_t nanos;
    gboolean any;
};

static int compare_text(gconstpointer left, gconstpointer right, gpointer unused)
{
    (void)unused;
    return strcmp(left, right);
}

struct report_totals *report_totals_new(const struct report *report)
{
    struct report_totals *totals = g_new0(struct report_totals, 1);

    totals->report = report;
    totals->by_currency = g_tree_new_full(compare_text, NULL, g_free, g_free);
    return totals;
}

void report_totals_free(struct report_totals *totals)
{
    if (!totals)
        return;
    g_tree_unref(totals->by_currency);
    g_free(totals);
}

static struct sum *sums_of(struct report_totals *totals, const char *currency)
{
    struct sum *sums = g_tree_lookup(totals->by_currency, currency);

    if (!sums) {
        sums = g_new0(struct sum, totals->report->columns->len);
        g_tree_insert(totals->by_currency, g_strdup(currency), sums);
    }
    return sums;
}

gboolean report_totals_add(struct report_totals *totals, const struct report_cell *cells,
                           GError **error)
{
    for (guint i = 0; i < totals->report->columns->len; i++) {
        const struct column *column = g_ptr_array_index(totals->report->columns, i);
        struct sum *sum;

        if (!column->total || cells[i].is_null)
            continue;
        sum = sums_of(totals, cells[i].currency) + i;
        sum->any = TRUE;
        if (!money_add(&sum->nanos, cells[i].integer, error)) {
            g_prefix_error(error, "%s: the total of \"%s\" in %s: ", totals->report->asset,
                           column->heading, cells[i].currency);
            return FALSE;
        }
    }
    return TRUE;
}

const char *report_totals_currency(const struct report_totals *totals, guint index)
{
    GTreeNode *node = g_tree_node_first(totals->by_currency);

    for (; node && index > 0; index--)
        node = g_tree_node_next(node);
    return node ? g_tree_node_key(node) : NULL;
}

gboolean report_totals_sum(const struct report_totals *totals, const char *currency, guint column,
                           int64_t *nanos)
{
    const struct sum *sums = g_tree_lookup(totals->by_currency, currency);

    if (!sums || !sums[column].any)
        return FALSE;
    *nanos = sums[column].nanos;
    return TRUE;
}

void report_totals_append(const struct report_totals *totals, GString *footer)
{
    const struct report *report = totals->report;
    const char *currency;

    for (guint i = 0; (currency = report_totals_currency(totals, i)); i++) {
        const char *mark = ": ";

        g_string_append_printf(footer, "total %s", currency);
        if (report->counted_what)
            g_string_append_printf(footer, " (%s)", report->counted_what);
        for (guint column = 0; column < report->columns->len; column++) {
            const struct column *declared = g_ptr_array_index(report->columns, column);
            g_autofree char *text = NULL;
            int64_t nanos;

            if (!report_totals_sum(totals, currency, column, &nanos))
                continue;
            text = money_format_grouped(nanos, currency_decimals(currency));
            g_string_append_printf(footer, "%s%s %s", mark, declared->heading, text);
            mark = ", ";
        }
        g_string_append_c(footer, '\n');
    }
}
