/* pdf_columns.c - collecting a table's cells, and fitting its columns to a page. */
#include "report/pdf_columns.h"
#include "core/money.h"
#include "core/text.h"

/* Characters of a cell; a longer one is cut, and says so: a page is no place for a file. */
#define MOST_TEXT 10000

/* All in ems, the size of the type. */
#define GAP        1.5
#define WIDE_GAP   3.0 /* of a table that cannot fill the page without holes */
#define WIDEST_GAP 4.5
#define MOST_WISH  24.0 /* of a text: prose is broken wherever it stands */
#define MOST_NAME  36.0 /* of a word that is kept whole where there is room */
#define MOST_WORD  20.0 /* of one that is kept whole in any case */
#define LEAST_TEXT 8.0  /* what is shorter is not broken */
#define STEP       0.25

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
    table->under = g_array_new(FALSE, FALSE, sizeof(guint));
    table->totals = g_ptr_array_new_with_free_func((GDestroyNotify)total_free);
    table->left_out = g_string_new(NULL);
    table->footer = g_strdup("");
    for (guint i = 0; i < report->columns->len; i++) {
        const struct column *column = g_ptr_array_index(report->columns, i);
        struct pdf_column shown = {.column = column, .position = i};

        if (column->below)
            g_array_append_val(table->under, i);
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
    g_array_unref(table->under);
    g_ptr_array_unref(table->totals);
    g_string_free(table->left_out, TRUE);
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

static double widest_word(struct pdf *pdf, const char *text, gboolean bold)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    double widest = 0;

    for (guint i = 0; words[i]; i++)
        widest = MAX(widest, pdf_text_width(pdf, words[i], bold));
    return widest;
}

static void measure_column(struct pdf_table *table, struct pdf_column *shown, struct pdf *pdf)
{
    const char *last = NULL;
    double width = 0, word = 0;

    shown->word = widest_word(pdf, shown->column->heading, TRUE);
    for (guint row = 0; row < table->row_count; row++) {
        struct pdf_cell *cell = &g_array_index(table->cells, struct pdf_cell,
                                               row * table->report->columns->len + shown->position);

        if (cell->text != last) { /* equal texts are one string, and often follow each other */
            width = pdf_text_width(pdf, cell->text, FALSE);
            word = strchr(cell->text, ' ') ? widest_word(pdf, cell->text, FALSE) : width;
            last = cell->text;
        }
        cell->width = width;
        shown->natural = MAX(shown->natural, width);
        shown->longest = MAX(shown->longest, word);
    }
    for (guint i = 0; i < table->totals->len; i++) {
        const struct pdf_total *total = g_ptr_array_index(table->totals, i);
        const struct pdf_sum *sum = &total->sums[shown->position];

        if (sum->text)
            shown->natural = MAX(shown->natural, pdf_text_width(pdf, sum->text, TRUE));
    }
}

/* What a column is given where there is room. */
static double wish(const struct pdf_column *shown)
{
    double width = shown->natural;

    if (shown->column->type == COLUMN_TEXT)
        width = MIN(width, MAX(MOST_WISH, MIN(shown->longest, MOST_NAME)));
    return MAX(width, shown->word);
}

/* What it needs in any case. */
static double least(const struct pdf_column *shown)
{
    double width = shown->natural;

    if (shown->column->type == COLUMN_TEXT)
        width = MIN(width, MAX(LEAST_TEXT, MIN(shown->longest, MOST_WORD)));
    return MAX(width, shown->word);
}

static double sum_of(const struct pdf_table *table, double (*width)(const struct pdf_column *))
{
    double sum = 0;

    for (guint i = 0; i < table->columns->len; i++)
        sum += width(&g_array_index(table->columns, struct pdf_column, i)) + (i > 0 ? GAP : 0);
    return sum;
}

static double chosen(const struct pdf_column *shown)
{
    return shown->width;
}

/* Takes from the widest text, again and again, until the columns fit into so many ems. */
static void narrow(struct pdf_table *table, double measure)
{
    while (sum_of(table, chosen) > measure) {
        struct pdf_column *widest = NULL;

        for (guint i = 0; i < table->columns->len; i++) {
            struct pdf_column *shown = &g_array_index(table->columns, struct pdf_column, i);

            if (shown->width > least(shown) && (!widest || shown->width > widest->width))
                widest = shown;
        }
        if (!widest)
            return;
        widest->width = MAX(widest->width - STEP, least(widest));
    }
}

static gboolean is_zero(const struct pdf_column *shown)
{
    return shown->column->currency && !shown->says_something;
}

static gboolean is_wide(const struct pdf_column *shown)
{
    return shown->column->wide;
}

/* TRUE for an amount in the currency of a column that is left out: it would be read in another. */
static gboolean is_orphan(const struct pdf_column *shown, GHashTable *gone)
{
    return shown->column->currency && g_hash_table_contains(gone, shown->column->currency);
}

/* Leaves columns out, rightmost first and each with the amounts in its currency, until all fits. */
static void leave_out(struct pdf_table *table, double measure,
                      gboolean (*may_go)(const struct pdf_column *shown), const char *why)
{
    g_autoptr(GString) names = g_string_new(NULL);
    g_autoptr(GHashTable) gone = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = table->columns->len; i-- > 0;) {
        const struct pdf_column *shown = &g_array_index(table->columns, struct pdf_column, i);

        if (!is_orphan(shown, gone) && (sum_of(table, least) <= measure || !may_go(shown)))
            continue;
        g_hash_table_add(gone, shown->column->name);
        g_string_prepend(names, names->len ? ", " : "");
        g_string_prepend(names, shown->column->heading);
        g_array_remove_index(table->columns, i);
    }
    if (names->len > 0)
        g_string_append_printf(table->left_out, "Left out, %s: %s\n", why, names->str);
}

static int by_position(gconstpointer left, gconstpointer right)
{
    return *(const guint *)left < *(const guint *)right ? -1 : 1;
}

/* Columns at the right that still have no room stand under their row. */
static void put_under(struct pdf_table *table, double measure)
{
    while (table->columns->len > 1 && sum_of(table, least) > measure) {
        guint last = table->columns->len - 1;

        g_array_append_val(table->under,
                           g_array_index(table->columns, struct pdf_column, last).position);
        g_array_remove_index(table->columns, last);
    }
    g_array_sort(table->under, by_position);
}

static gboolean is_shown(const struct pdf_table *table, guint position)
{
    for (guint i = 0; i < table->columns->len; i++)
        if (g_array_index(table->columns, struct pdf_column, i).position == position)
            return TRUE;
    return FALSE;
}

/* Totals that the table shows rounded, and those of columns that are not in it any more. */
static void tell_totals(struct pdf_table *table)
{
    for (guint i = 0; i < table->totals->len; i++) {
        const struct pdf_total *total = g_ptr_array_index(table->totals, i);
        g_autoptr(GString) told = g_string_new(NULL);

        for (guint position = 0; position < table->report->columns->len; position++) {
            const struct column *column = g_ptr_array_index(table->report->columns, position);
            const struct pdf_sum *sum = &total->sums[position];

            if (!sum->text || (is_shown(table, position) &&
                               (column->exact || strcmp(sum->text, sum->exact) == 0)))
                continue;
            g_string_append_printf(told, "%s%s %s", told->len > 0 ? ", " : "", column->heading,
                                   sum->exact);
        }
        if (told->len > 0)
            g_string_append_printf(table->left_out, "%s, not rounded: %s\n", total->label,
                                   told->str);
    }
}

/* Ems into points; what is over goes between the columns, as far as that helps the eye. */
static void place(struct pdf_table *table)
{
    double measure = pdf_measure(table->landscape), x = PDF_MARGIN;
    guint gaps = table->columns->len > 1 ? table->columns->len - 1 : 1;
    double over = measure - sum_of(table, chosen) * table->size;

    table->gap = GAP * table->size + MAX(over, 0) / gaps;
    if (table->gap > WIDEST_GAP * table->size)
        table->gap = WIDE_GAP * table->size;
    for (guint i = 0; i < table->columns->len; i++) {
        struct pdf_column *shown = &g_array_index(table->columns, struct pdf_column, i);

        shown->width *= table->size;
        shown->x = x;
        x += shown->width + table->gap;
    }
    table->width = x - table->gap - PDF_MARGIN;
}

/* TRUE with the first page and size on which no text is broken that can do without. */
static gboolean choose_page(struct pdf_table *table)
{
    static const struct {
        gboolean landscape;
        double size;
    } pages[] = {{FALSE, 8.5}, {FALSE, 8}, {TRUE, 8.5}, {TRUE, 8}, {TRUE, 7.5}};

    for (guint i = 0; i < G_N_ELEMENTS(pages); i++) {
        table->landscape = pages[i].landscape;
        table->size = pages[i].size;
        if (sum_of(table, wish) * table->size <= pdf_measure(table->landscape))
            return TRUE;
    }
    return FALSE;
}

void pdf_table_fit(struct pdf_table *table, struct pdf *pdf)
{
    double measure;

    for (guint i = 0; i < table->columns->len; i++)
        measure_column(table, &g_array_index(table->columns, struct pdf_column, i), pdf);
    if (!choose_page(table)) {
        measure = pdf_measure(table->landscape) / table->size;
        leave_out(table, measure, is_zero, "zero throughout");
        leave_out(table, measure, is_wide, "too wide for a page");
        put_under(table, measure);
    }
    for (guint i = 0; i < table->columns->len; i++) {
        struct pdf_column *shown = &g_array_index(table->columns, struct pdf_column, i);

        shown->width = wish(shown);
    }
    narrow(table, pdf_measure(table->landscape) / table->size);
    tell_totals(table);
    place(table);
    table->lines = g_new0(int, table->row_count);
}
