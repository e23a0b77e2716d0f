/* pdf_columns.c - collecting a table's cells and totals. */
#include "report/pdf_columns.h"
#include "core/money.h"
#include "core/text.h"

/* Characters of a cell; a longer one is cut, and says so: a page is no place for a file. */
#define MOST_TEXT 10000

static void total_free(struct pdf_total *total)
{
    g_free(total->sums);
    g_free(total);
}

struct pdf_table *pdf_table_new(const struct report *report)
{
    struct pdf_table *table = g_new0(struct pdf_table, 1);

    table->report = report;
    table->texts = g_string_chunk_new(64 * 1024);
    table->cells = g_array_new(FALSE, FALSE, sizeof(struct pdf_cell));
    table->columns = g_array_new(FALSE, TRUE, sizeof(struct pdf_column));
    table->moved = g_array_new(FALSE, FALSE, sizeof(guint));
    table->below = g_array_new(FALSE, FALSE, sizeof(guint));
    table->totals = g_ptr_array_new_with_free_func((GDestroyNotify)total_free);
    table->notes = g_string_new(NULL);
    table->footer = g_strdup("");
    for (guint i = 0; i < report->columns->len; i++) {
        const struct column *column = g_ptr_array_index(report->columns, i);
        struct pdf_column shown = {.column = column, .position = i};

        if (column->below)
            g_array_append_val(table->below, i);
        else if (!column->data)
            g_array_append_val(table->columns, shown);
    }
    return table;
}

void pdf_table_free(struct pdf_table *table)
{
    g_string_chunk_free(table->texts);
    g_array_unref(table->cells);
    g_array_unref(table->columns);
    g_array_unref(table->moved);
    g_array_unref(table->below);
    g_ptr_array_unref(table->totals);
    g_string_free(table->notes, TRUE);
    g_free(table->footer);
    g_free(table->lines);
    g_free(table);
}

const struct pdf_cell *pdf_table_cell(const struct pdf_table *table, guint row, guint position)
{
    return &g_array_index(table->cells, struct pdf_cell,
                          row * table->report->columns->len + position);
}

/* Kept until the table goes; the same text is kept once. */
static const char *keep(struct pdf_table *table, const char *text)
{
    glong length = g_utf8_strlen(text, -1);
    g_autofree char *head = NULL, *cut = NULL;

    if (length <= MOST_TEXT)
        return g_string_chunk_insert_const(table->texts, text);
    head = g_utf8_substring(text, 0, MOST_TEXT);
    cut = g_strdup_printf("%s… (%ld characters more)", head, length - MOST_TEXT);
    return g_string_chunk_insert(table->texts, cut);
}

void pdf_table_add(struct pdf_table *table, const struct report_cell *cells)
{
    for (guint i = 0; i < table->report->columns->len; i++) {
        g_autofree char *text =
            report_cell_shown(g_ptr_array_index(table->report->columns, i), &cells[i]);
        struct pdf_cell cell = {keep(table, text), 0};

        g_array_append_val(table->cells, cell);
    }
    for (guint i = 0; i < table->columns->len; i++) {
        struct pdf_column *shown = &g_array_index(table->columns, struct pdf_column, i);

        shown->says_something |= cells[shown->position].integer != 0;
    }
    table->row_count++;
}

/* What the total of a column looks like below cells that are rounded to cents. */
static char *sum_shown(const struct column *column, int64_t nanos)
{
    return column->exact ? money_format(nanos, 9) : money_format_cents(nanos);
}

static struct pdf_total *total_new(struct pdf_table *table, const struct report_totals *totals,
                                   const char *currency)
{
    const struct report *report = table->report;
    struct pdf_total *total = g_new0(struct pdf_total, 1);
    g_autofree char *clean = text_clean(currency, FALSE);
    g_autofree char *label = report->counted_what
                                 ? g_strdup_printf("Total %s (%s)", clean, report->counted_what)
                                 : g_strdup_printf("Total %s", clean);

    total->label = keep(table, label);
    total->sums = g_new0(struct pdf_sum, report->columns->len);
    for (guint i = 0; i < report->columns->len; i++) {
        g_autofree char *shown = NULL, *exact = NULL;
        int64_t nanos;

        if (!report_totals_sum(totals, currency, i, &nanos))
            continue;
        shown = sum_shown(g_ptr_array_index(report->columns, i), nanos);
        exact = money_format_grouped(nanos, 2);
        total->sums[i].text = keep(table, shown);
        total->sums[i].exact = keep(table, exact);
    }
    return total;
}

void pdf_table_finish(struct pdf_table *table, const struct report_totals *totals,
                      const char *footer)
{
    const char *currency;

    for (guint i = 0; (currency = report_totals_currency(totals, i)); i++)
        g_ptr_array_add(table->totals, total_new(table, totals, currency));
    g_free(table->footer);
    table->footer = g_strdup(footer);
}
