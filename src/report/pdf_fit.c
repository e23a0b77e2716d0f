/* pdf_fit.c - fitting a table's columns to a page. */
#include "report/pdf_columns.h"

/* All in ems, the size of the type. */
#define LEAST_GAP  1.0 /* of a table that has no room to spare */
#define GAP        1.5
#define WIDE_GAP   3.0 /* of a table that cannot fill the page without holes */
#define WIDEST_GAP 4.5
#define MOST_WISH  24.0 /* of a text: prose is broken wherever it stands */
#define MOST_NAME  36.0 /* of a word that is kept whole where there is room */
#define MOST_WORD  20.0 /* of one that is kept whole in any case */
#define LEAST_TEXT 8.0  /* what is shorter is not broken */
#define STEP       0.25

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

static double sum_of(const struct pdf_table *table, double (*width)(const struct pdf_column *),
                     double gap)
{
    double sum = 0;

    for (guint i = 0; i < table->columns->len; i++)
        sum += width(&g_array_index(table->columns, struct pdf_column, i)) + (i > 0 ? gap : 0);
    return sum;
}

static double chosen(const struct pdf_column *shown)
{
    return shown->ems;
}

/* Takes from the widest text, again and again, until the columns fit into so many ems. */
static void narrow(struct pdf_table *table, double measure)
{
    while (sum_of(table, chosen, LEAST_GAP) > measure) {
        struct pdf_column *widest = NULL;

        for (guint i = 0; i < table->columns->len; i++) {
            struct pdf_column *shown = &g_array_index(table->columns, struct pdf_column, i);

            if (shown->ems > least(shown) && (!widest || shown->ems > widest->ems))
                widest = shown;
        }
        if (!widest)
            return;
        widest->ems = MAX(widest->ems - STEP, least(widest));
    }
}

static gboolean is_zero(const struct pdf_column *shown)
{
    return shown->column->currency && !shown->says_something;
}

static gboolean is_empty(const struct pdf_column *shown)
{
    return shown->natural <= 0;
}

static gboolean is_wide(const struct pdf_column *shown)
{
    return shown->column->wide;
}

static gboolean is_any(const struct pdf_column *shown)
{
    (void)shown;
    return TRUE;
}

/* TRUE for an amount in the currency of a column that went: it would be read in another. */
static gboolean is_orphan(const struct pdf_column *shown, GHashTable *gone)
{
    return shown->column->currency && g_hash_table_contains(gone, shown->column->currency);
}

/*
 * Takes columns out, rightmost first and each with the amounts in its currency, until the rest
 * fits. Those at these positions of the report have left, in its order.
 */
static GArray *take_out(struct pdf_table *table, double measure,
                        gboolean (*may_go)(const struct pdf_column *shown))
{
    GArray *positions = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autoptr(GHashTable) gone = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = table->columns->len; i-- > 0;) {
        const struct pdf_column *shown = &g_array_index(table->columns, struct pdf_column, i);
        gboolean fits = sum_of(table, least, LEAST_GAP) <= measure || table->columns->len == 1;

        if (!is_orphan(shown, gone) && (fits || !may_go(shown)))
            continue;
        g_hash_table_add(gone, shown->column->name);
        g_array_prepend_val(positions, shown->position);
        g_array_remove_index(table->columns, i);
    }
    return positions;
}

static void leave_out(struct pdf_table *table, double measure,
                      gboolean (*may_go)(const struct pdf_column *shown), const char *why)
{
    g_autoptr(GArray) positions = take_out(table, measure, may_go);
    g_autoptr(GString) names = g_string_new(NULL);

    for (guint i = 0; i < positions->len; i++) {
        guint position = g_array_index(positions, guint, i);
        const struct column *column = g_ptr_array_index(table->report->columns, position);

        g_string_append_printf(names, "%s%s", i > 0 ? ", " : "", column->heading);
    }
    if (names->len > 0)
        g_string_append_printf(table->notes, "Left out, %s: %s\n", why, names->str);
}

static int by_position(gconstpointer left, gconstpointer right)
{
    return *(const guint *)left < *(const guint *)right ? -1 : 1;
}

static void move_under(struct pdf_table *table, double measure,
                       gboolean (*may_go)(const struct pdf_column *shown))
{
    g_autoptr(GArray) positions = take_out(table, measure, may_go);

    g_array_append_vals(table->moved, positions->data, positions->len);
    g_array_sort(table->moved, by_position);
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
            g_string_append_printf(table->notes, "%s, not rounded: %s\n", total->label, told->str);
    }
}

/* Ems into points; what is over goes between the columns, as far as that helps the eye. */
static void place(struct pdf_table *table)
{
    double measure = pdf_measure(table->landscape), x = PDF_MARGIN;
    guint gaps = table->columns->len > 1 ? table->columns->len - 1 : 1;
    double over = measure - sum_of(table, chosen, LEAST_GAP) * table->size;

    table->gap = LEAST_GAP * table->size + MAX(over, 0) / gaps;
    if (table->gap > WIDEST_GAP * table->size)
        table->gap = WIDE_GAP * table->size;
    for (guint i = 0; i < table->columns->len; i++) {
        struct pdf_column *shown = &g_array_index(table->columns, struct pdf_column, i);

        shown->width = shown->ems * table->size;
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
        if (sum_of(table, wish, GAP) * table->size <= pdf_measure(table->landscape))
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
        leave_out(table, measure, is_empty, "empty throughout");
        move_under(table, measure, is_wide);
        move_under(table, measure, is_any);
    }
    for (guint i = 0; i < table->columns->len; i++) {
        struct pdf_column *shown = &g_array_index(table->columns, struct pdf_column, i);

        shown->ems = wish(shown);
    }
    narrow(table, pdf_measure(table->landscape) / table->size);
    tell_totals(table);
    place(table);
    table->lines = g_new0(int, table->row_count);
}

void pdf_table_turn(struct pdf_table *table)
{
    table->landscape = TRUE;
    place(table);
    memset(table->lines, 0, table->row_count * sizeof *table->lines);
}
