/* total.c - sums of the columns flagged total. */
#include "report/total.h"
#include "core/error.h"
#include "core/money.h"

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

void report_totals_append(const struct report_totals *totals, GString *footer)
{
    const struct report *report = totals->report;

    for (GTreeNode *node = g_tree_node_first(totals->by_currency); node;
         node = g_tree_node_next(node)) {
        const struct sum *sums = g_tree_node_value(node);
        const char *mark = ": ";

        g_string_append_printf(footer, "total %s", (const char *)g_tree_node_key(node));
        if (report->counted_what)
            g_string_append_printf(footer, " (%s)", report->counted_what);
        for (guint i = 0; i < report->columns->len; i++) {
            const struct column *column = g_ptr_array_index(report->columns, i);
            g_autofree char *text = NULL;

            if (!sums[i].any)
                continue;
            text = money_format_grouped(sums[i].nanos, 2);
            g_string_append_printf(footer, "%s%s %s", mark, column->heading, text);
            mark = ", ";
        }
        g_string_append_c(footer, '\n');
    }
}
