/* pdf_table.c - headings, rows, totals and what stands below them. */
#include "report/pdf_table.h"

#define PADDING     0.32 /* of the size: above and below the lines of a row */
#define INDENT      1.2  /* of the size: of what stands under a row */
#define LEAST_LABEL 8.0  /* of the size: narrower, a total's label has a line of its own */
#define MOST_WHOLE  0.5  /* of a page: a table that is no higher is not parted */
#define LEAST_LINES 3    /* of a long row, at the foot of a page */
#define SLACK       0.5  /* points that a text which fits exactly may be off by */

static const struct pdf_type note = {.size = 7.5, .grey = 0.35};

static double leading(const struct pdf_table *table)
{
    return table->size * PDF_LEADING;
}

static double height_of(const struct pdf_table *table, int lines)
{
    return lines * leading(table) + 2 * PADDING * table->size;
}

static int set_cell(struct pdf *pdf, const struct pdf_column *shown, const struct pdf_type *type,
                    const char *text)
{
    return pdf_set_text(pdf, type, text, shown->width + SLACK);
}

static gboolean has_under(const struct pdf_table *table)
{
    return table->moved->len + table->below->len > 0;
}

/* Under a row there is the whole page's width. */
static double full_width(const struct pdf_table *table)
{
    return has_under(table) ? pdf_measure(table->landscape) : table->width;
}

static void append_under(const struct pdf_table *table, guint row, guint position, GString *out)
{
    const struct column *column = g_ptr_array_index(table->report->columns, position);
    const struct pdf_cell *cell = pdf_table_cell(table, row, position);

    if (*cell->text)
        g_string_append_printf(out, "%s%s: %s", out->len > 0 ? "  ·  " : "", column->heading,
                               cell->text);
}

/* The nth text under a row, the columns that were moved first; "" where its cells are empty. */
static char *text_under(const struct pdf_table *table, guint row, guint nth)
{
    g_autoptr(GString) text = g_string_new(NULL);

    if (nth > 0)
        append_under(table, row, g_array_index(table->below, guint, nth - 1), text);
    for (guint i = 0; nth == 0 && i < table->moved->len; i++)
        append_under(table, row, g_array_index(table->moved, guint, i), text);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static int set_under(struct pdf_table *table, struct pdf *pdf, const struct pdf_type *type,
                     const char *text)
{
    return pdf_set_text(pdf, type, text, full_width(table) - INDENT * table->size);
}

/* How many lines the cells of a row take; those under it are not among them. */
static int cell_lines(struct pdf_table *table, struct pdf *pdf, guint row)
{
    const struct pdf_type type = {.size = table->size};
    int most = 1;

    for (guint i = 0; i < table->columns->len; i++) {
        const struct pdf_column *shown = &g_array_index(table->columns, struct pdf_column, i);
        const struct pdf_cell *cell = pdf_table_cell(table, row, shown->position);

        if (cell->width * table->size > shown->width + SLACK / 2)
            most = MAX(most, set_cell(pdf, shown, &type, cell->text));
    }
    return most;
}

static int row_lines(struct pdf_table *table, struct pdf *pdf, guint row)
{
    const struct pdf_type type = {.size = table->size};

    if (table->lines[row] > 0)
        return table->lines[row];
    table->lines[row] = cell_lines(table, pdf, row);
    for (guint i = 0; i <= table->below->len; i++) {
        g_autofree char *text = text_under(table, row, i);

        if (*text)
            table->lines[row] += set_under(table, pdf, &type, text);
    }
    return table->lines[row];
}

/* A part of a row: lines `first` to first + count of it, as far as they are in [from, until). */
static void draw_part(struct pdf_table *table, struct pdf *pdf, const struct pdf_type *type,
                      double x, int first, int count, int from, int until)
{
    int begin = MAX(from - first, 0), end = MIN(until - first, count);

    if (begin < end)
        pdf_draw_lines(pdf, type, x,
                       pdf->y + PADDING * table->size + (first + begin - from) * leading(table),
                       begin, end);
}

static void draw_cells(struct pdf_table *table, struct pdf *pdf, guint row, int from, int until)
{
    for (guint i = 0; i < table->columns->len; i++) {
        const struct pdf_column *shown = &g_array_index(table->columns, struct pdf_column, i);
        const struct pdf_type type = {.size = table->size,
                                      .right = column_is_number(shown->column)};
        const char *text = pdf_table_cell(table, row, shown->position)->text;

        pdf_tag(pdf, "TD");
        if (*text) {
            int count = set_cell(pdf, shown, &type, text);

            draw_part(table, pdf, &type, type.right ? shown->x - SLACK : shown->x, 0, count, from,
                      until);
        }
        pdf_untag(pdf, "TD");
    }
}

static void draw_under(struct pdf_table *table, struct pdf *pdf, guint row, int from, int until)
{
    const struct pdf_type type = {.size = table->size, .grey = 0.25};
    int first = cell_lines(table, pdf, row);

    for (guint i = 0; i <= table->below->len; i++) {
        g_autofree char *text = text_under(table, row, i);
        int count;

        if (*text == '\0')
            continue;
        pdf_tag(pdf, "TD");
        count = set_under(table, pdf, &type, text);
        draw_part(table, pdf, &type, PDF_MARGIN + INDENT * table->size, first, count, from, until);
        pdf_untag(pdf, "TD");
        first += count;
    }
}

/* Lines [from, until) of a row. */
static void draw_row(struct pdf_table *table, struct pdf *pdf, guint row, int from, int until)
{
    if (pdf->cr) {
        pdf_tag(pdf, "TR");
        draw_cells(table, pdf, row, from, until);
        if (has_under(table))
            draw_under(table, pdf, row, from, until);
        pdf_untag(pdf, "TR");
    }
    pdf->y += height_of(table, until - from);
    pdf_rule(pdf, PDF_MARGIN, pdf->y, full_width(table), 0.25, 0.8);
}

static struct pdf_type heading_type(const struct pdf_table *table, const struct pdf_column *shown)
{
    return (struct pdf_type){
        .size = table->size, .grey = 0.2, .bold = TRUE, .right = column_is_number(shown->column)};
}

static int heading_lines(struct pdf_table *table, struct pdf *pdf)
{
    int most = 1;

    for (guint i = 0; i < table->columns->len; i++) {
        const struct pdf_column *shown = &g_array_index(table->columns, struct pdf_column, i);
        const struct pdf_type type = heading_type(table, shown);

        most = MAX(most, set_cell(pdf, shown, &type, shown->column->heading));
    }
    return most;
}

static double head_height(struct pdf_table *table, struct pdf *pdf)
{
    return height_of(table, heading_lines(table, pdf));
}

/* The headings, on their last line each; to readers aloud only the first time. */
static void draw_head(struct pdf_table *table, struct pdf *pdf, gboolean is_first)
{
    int lines = heading_lines(table, pdf);

    pdf_rule(pdf, PDF_MARGIN, pdf->y, full_width(table), 0.9, 0.1);
    if (is_first)
        pdf_tag(pdf, "TR");
    for (guint i = 0; i < table->columns->len; i++) {
        const struct pdf_column *shown = &g_array_index(table->columns, struct pdf_column, i);
        const struct pdf_type type = heading_type(table, shown);
        int count = set_cell(pdf, shown, &type, shown->column->heading);

        if (is_first)
            pdf_tag(pdf, "TH");
        draw_part(table, pdf, &type, type.right ? shown->x - SLACK : shown->x, lines - count, count,
                  0, lines);
        if (is_first)
            pdf_untag(pdf, "TH");
    }
    if (is_first)
        pdf_untag(pdf, "TR");
    pdf->y += height_of(table, lines);
    pdf_rule(pdf, PDF_MARGIN, pdf->y, full_width(table), 0.5, 0.1);
}

static void next_page(struct pdf_table *table, struct pdf *pdf)
{
    pdf_next_page(pdf, pdf->landscape);
    draw_head(table, pdf, FALSE);
}

/* The first column with a sum; NULL when none of them is shown. */
static const struct pdf_column *first_sum(const struct pdf_table *table,
                                          const struct pdf_total *total)
{
    for (guint i = 0; i < table->columns->len; i++) {
        const struct pdf_column *shown = &g_array_index(table->columns, struct pdf_column, i);

        if (total->sums[shown->position].text)
            return shown;
    }
    return NULL;
}

/* The label stands left of the first sum, or where that has no room above all of them. */
static double label_width(const struct pdf_table *table, const struct pdf_column *first)
{
    double width = first->x - table->gap - PDF_MARGIN;

    return width < LEAST_LABEL * table->size ? pdf_measure(table->landscape) : width;
}

/* The lines of a total, and in *sums_line the one on which its sums stand; 0 when it has none. */
static int total_lines(struct pdf_table *table, struct pdf *pdf, const struct pdf_total *total,
                       int *sums_line)
{
    const struct pdf_type type = {.size = table->size, .bold = TRUE};
    const struct pdf_column *first = first_sum(table, total);
    int lines;

    if (!first)
        return 0;
    lines = pdf_set_text(pdf, &type, total->label, label_width(table, first));
    *sums_line = label_width(table, first) < first->x ? lines - 1 : lines;
    return *sums_line + 1;
}

static double totals_height(struct pdf_table *table, struct pdf *pdf)
{
    double height = 0;
    int sums_line;

    for (guint i = 0; i < table->totals->len; i++) {
        int lines = total_lines(table, pdf, g_ptr_array_index(table->totals, i), &sums_line);

        height += lines > 0 ? height_of(table, lines) : 0;
    }
    return height;
}

static void draw_total(struct pdf_table *table, struct pdf *pdf, const struct pdf_total *total)
{
    const struct pdf_type left = {.size = table->size, .bold = TRUE};
    const struct pdf_type right = {.size = table->size, .bold = TRUE, .right = TRUE};
    int sums_line = 0, lines = total_lines(table, pdf, total, &sums_line);

    if (lines == 0)
        return;
    pdf_tag(pdf, "TR");
    pdf_tag(pdf, "TH");
    draw_part(table, pdf, &left, PDF_MARGIN, 0, lines, 0, lines);
    pdf_untag(pdf, "TH");
    for (guint i = 0; i < table->columns->len; i++) {
        const struct pdf_column *shown = &g_array_index(table->columns, struct pdf_column, i);
        const char *sum = total->sums[shown->position].text;

        if (!sum)
            continue;
        pdf_tag(pdf, "TD");
        (void)set_cell(pdf, shown, &right, sum);
        draw_part(table, pdf, &right, shown->x - SLACK, sums_line, 1, 0, lines);
        pdf_untag(pdf, "TD");
    }
    pdf_untag(pdf, "TR");
    pdf->y += height_of(table, lines);
    pdf_rule(pdf, PDF_MARGIN, pdf->y, full_width(table), 0.25, 0.8);
}

static void draw_totals(struct pdf_table *table, struct pdf *pdf)
{
    double height = totals_height(table, pdf);

    if (height > pdf_room(pdf))
        next_page(table, pdf);
    if (height > 0)
        pdf_rule(pdf, PDF_MARGIN, pdf->y, full_width(table), 0.5, 0.1);
    for (guint i = 0; i < table->totals->len; i++)
        draw_total(table, pdf, g_ptr_array_index(table->totals, i));
    pdf_rule(pdf, PDF_MARGIN, pdf->y, full_width(table), 0.9, 0.1);
}

/* Lines of a row that is longer than any page. */
static void draw_long_row(struct pdf_table *table, struct pdf *pdf, guint row, int lines)
{
    int from = 0;

    if (pdf_room(pdf) < height_of(table, LEAST_LINES))
        next_page(table, pdf);
    while (from < lines) {
        int fit = (int)((pdf_room(pdf) - height_of(table, 0)) / leading(table));
        int until = MIN(lines, from + MAX(fit, 1));

        draw_row(table, pdf, row, from, until);
        if (until < lines)
            next_page(table, pdf);
        from = until;
    }
}

/* Of what follows the last row, and is not parted from it. */
static double end_height(struct pdf_table *table, struct pdf *pdf)
{
    return totals_height(table, pdf) + note.size +
           pdf_paragraphs_height(pdf, &note, table->notes->str) +
           pdf_paragraphs_height(pdf, &note, table->footer);
}

static void draw_rows(struct pdf_table *table, struct pdf *pdf)
{
    double body = pdf_body(pdf->landscape) - head_height(table, pdf);
    double end = end_height(table, pdf);

    for (guint row = 0; row < table->row_count; row++) {
        int lines = row_lines(table, pdf, row);
        double height = height_of(table, lines);
        double together = row + 1 == table->row_count ? height + end : height;

        if (height > body) {
            draw_long_row(table, pdf, row, lines);
            continue;
        }
        if (pdf_room(pdf) < (together > body ? height : together))
            next_page(table, pdf);
        draw_row(table, pdf, row, 0, lines);
    }
}

double pdf_table_height(struct pdf_table *table, struct pdf *pdf, double most)
{
    double height = end_height(table, pdf);

    if (table->row_count > 0)
        height += head_height(table, pdf);
    for (guint row = 0; row < table->row_count && height <= most; row++)
        height += height_of(table, row_lines(table, pdf, row));
    return height;
}

double pdf_table_beginning(struct pdf_table *table, struct pdf *pdf)
{
    double whole = pdf_body(table->landscape) * MOST_WHOLE;
    double height = pdf_table_height(table, pdf, whole);

    if (height <= whole)
        return height;
    return MIN(whole, head_height(table, pdf) + height_of(table, row_lines(table, pdf, 0)));
}

void pdf_table_draw(struct pdf_table *table, struct pdf *pdf)
{
    if (table->row_count > 0) {
        pdf_tag(pdf, "Table");
        draw_head(table, pdf, TRUE);
        draw_rows(table, pdf);
        draw_totals(table, pdf);
        pdf_untag(pdf, "Table");
        pdf->y += note.size;
    } else {
        pdf_draw_paragraphs(pdf, &note, "No rows.");
    }
    pdf_draw_paragraphs(pdf, &note, table->notes->str);
    pdf_draw_paragraphs(pdf, &note, table->footer);
}
