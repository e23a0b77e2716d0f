/*
 * render_pdf.c - pages for people who sign and file: a title, tables and words, notes at the end.
 *
 * Everything is kept until the end, because every page says how many there are.
 */
#include "core/text.h"
#include "report/pdf_chart.h"
#include "report/pdf_table.h"
#include "report/renderer.h"

/*
 * Structure for readers aloud takes about 150 bytes a cell: a document of more cells has none,
 * because it would be thirty times as large.
 */
#define MOST_TAGGED_CELLS 20000
#define GAP               20.0 /* above a heading */
#define MOST_KEPT         0.75 /* of a page: words that are not parted from the table below them */

static const struct pdf_type title_type = {.size = 18, .bold = TRUE};
static const struct pdf_type subtitle_type = {.size = 9.5, .grey = 0.35};
static const struct pdf_type heading_type = {.size = 12, .bold = TRUE};
static const struct pdf_type prose_type = {.size = 9, .grey = 0.15};
static const struct pdf_type note_type = {.size = 7.5, .grey = 0.35};

struct block {
    enum render_text kind;
    char *text; /* one of these three */
    struct pdf_chart *chart;
    struct pdf_table *table;
};

struct document {
    const struct render_target *target;
    GPtrArray *blocks;       /* struct block* */
    struct pdf_table *table; /* the last block's, while it is given rows */
};

static void block_free(struct block *block)
{
    g_free(block->text);
    g_clear_pointer(&block->chart, pdf_chart_free);
    g_clear_pointer(&block->table, pdf_table_free);
    g_free(block);
}

static void *document_begin(const struct render_target *target)
{
    struct document *document = g_new0(struct document, 1);

    document->target = target;
    document->blocks = g_ptr_array_new_with_free_func((GDestroyNotify)block_free);
    return document;
}

static struct block *add_block(struct document *document)
{
    struct block *block = g_new0(struct block, 1);

    g_ptr_array_add(document->blocks, block);
    return block;
}

static void document_text(void *state, enum render_text kind, const char *text)
{
    struct block *block = add_block(state);

    block->kind = kind;
    block->text = text_clean(text, kind != RENDER_HEADING);
}

static void document_table(void *state, const struct report *report)
{
    struct document *document = state;

    document->table = pdf_table_new(report);
    add_block(document)->table = document->table;
}

static void document_row(void *state, const struct report_cell *cells)
{
    pdf_table_add(((struct document *)state)->table, cells);
}

/* Above the table whose rows it shows. */
static void document_chart(void *state, const struct chart *chart)
{
    struct document *document = state;
    struct pdf_chart *kept = pdf_chart_new(chart);
    struct block *block;

    if (!kept)
        return;
    block = g_new0(struct block, 1);
    block->kind = RENDER_PARAGRAPH;
    block->chart = kept;
    g_ptr_array_insert(document->blocks, document->table ? (int)document->blocks->len - 1 : -1,
                       block);
}

static void document_table_end(void *state, const struct report_totals *totals, const char *footer)
{
    struct document *document = state;

    pdf_table_finish(document->table, totals, footer);
    document->table = NULL;
}

static const struct block *block_at(const struct document *document, guint index)
{
    return index < document->blocks->len ? g_ptr_array_index(document->blocks, index) : NULL;
}

/*
 * A section is words, of which a heading is the first, and the table or the notes that they lead
 * to: the index of these, or where the next section begins.
 */
static guint section_end(const struct document *document, guint first)
{
    const struct block *block;
    guint end = first;

    while ((block = block_at(document, end)) && !block->table && block->kind != RENDER_NOTE &&
           (end == first || block->kind != RENDER_HEADING))
        end++;
    return end;
}

static double block_height(struct pdf *pdf, const struct block *block, gboolean landscape)
{
    if (block->chart)
        return pdf_chart_height(block->chart, landscape);
    if (block->kind == RENDER_HEADING)
        return pdf_paragraphs_height(pdf, &heading_type, block->text) + GAP;
    return pdf_paragraphs_height(pdf, &prose_type, block->text);
}

static void draw_block(struct pdf *pdf, const struct block *block)
{
    if (block->chart) {
        pdf_chart_draw(block->chart, pdf);
    } else if (block->kind == RENDER_HEADING) {
        pdf->y += pdf->y > pdf->top ? GAP : 0;
        pdf_bookmark(pdf, block->text);
        pdf_draw_paragraph(pdf, &heading_type, block->text, "H2");
    } else {
        pdf_draw_paragraphs(pdf, &prose_type, block->text);
    }
}

/* The report that no words introduce, which stands alone; NULL in a document. */
static const struct report *report_alone(const struct document *document)
{
    const struct block *block;

    for (guint i = 0; (block = block_at(document, i)) && !block->text; i++)
        if (block->table)
            return block->table->report;
    return NULL;
}

static void draw_title(struct document *document, struct pdf *pdf)
{
    const struct report *alone = report_alone(document);

    pdf_draw_paragraph(pdf, &title_type, pdf->title, "H1");
    if (*pdf->subtitle)
        pdf_draw_paragraph(pdf, &subtitle_type, pdf->subtitle, "P");
    if (alone)
        pdf_draw_paragraph(pdf, &prose_type, alone->summary, "P");
    pdf->y += 10;
}

/* TRUE for a table that fits an upright page but has no need of one. */
static gboolean may_turn(struct pdf *pdf, struct pdf_table *table)
{
    double page = pdf_body(FALSE);

    return !table->landscape && pdf_table_height(table, pdf, page) <= page;
}

/*
 * How the page of a section lies. One wide page is followed by others, for a document that is
 * turned at every table is read by nobody; only a table of several pages stands upright again.
 */
static gboolean lies(struct pdf *pdf, struct pdf_table *table)
{
    if (table && pdf->landscape && may_turn(pdf, table))
        pdf_table_turn(table);
    return table ? table->landscape : pdf->landscape;
}

/* Likewise the first page, when a table that needs a wide one comes before a long upright one. */
static gboolean begins_wide(const struct document *document, struct pdf *pdf)
{
    const struct block *block;

    for (guint i = 0; (block = block_at(document, i)); i++)
        if (block->table && !may_turn(pdf, block->table))
            return block->table->landscape;
    return FALSE;
}

/* Begins a page where a section that ends in a table (or NULL) could not begin. */
static void make_room(struct document *document, struct pdf *pdf, guint first, guint end,
                      struct pdf_table *table)
{
    gboolean landscape = lies(pdf, table);
    double needed = table ? pdf_table_beginning(table, pdf) : 0;

    for (guint i = first; i < end; i++)
        needed += block_height(pdf, block_at(document, i), landscape);
    if (pdf->page == 0 || landscape != pdf->landscape ||
        pdf_room(pdf) < MIN(needed, pdf_body(landscape) * MOST_KEPT))
        pdf_next_page(pdf, landscape);
    if (pdf->y == pdf->top && pdf->page == 1)
        draw_title(document, pdf);
}

static void draw_notes(struct pdf *pdf, const char *text)
{
    double height = GAP + note_type.size + pdf_paragraphs_height(pdf, &note_type, text);

    if (*text == '\0')
        return;
    if (pdf_room(pdf) < MIN(height, pdf_body(pdf->landscape) * MOST_KEPT))
        pdf_next_page(pdf, pdf->landscape);
    else
        pdf->y += GAP;
    pdf_rule(pdf, PDF_MARGIN, pdf->y, pdf_measure(pdf->landscape), 0.5, 0.1);
    pdf->y += note_type.size;
    pdf_draw_paragraphs(pdf, &note_type, text);
}

static void draw_section(struct document *document, struct pdf *pdf, guint first, guint end)
{
    const struct block *last = block_at(document, end);
    struct pdf_table *table = last ? last->table : NULL;

    make_room(document, pdf, first, end, table);
    for (guint i = first; i < end; i++)
        draw_block(pdf, block_at(document, i));
    if (table) {
        if (pdf_room(pdf) < pdf_table_beginning(table, pdf))
            pdf_next_page(pdf, pdf->landscape);
        pdf_table_draw(table, pdf);
    } else if (last && last->kind == RENDER_NOTE) {
        draw_notes(pdf, last->text);
    }
}

static void walk(struct document *document, struct pdf *pdf)
{
    pdf->landscape = begins_wide(document, pdf);
    for (guint first = 0; first < document->blocks->len || pdf->page == 0;) {
        guint end = section_end(document, first);
        const struct block *last = block_at(document, end);

        draw_section(document, pdf, first, end);
        first = last && last->kind == RENDER_HEADING && !last->table ? end : end + 1;
    }
}

static void fit_tables(struct document *document, struct pdf *pdf)
{
    guint cells = 0;

    for (guint i = 0; i < document->blocks->len; i++) {
        const struct block *block = g_ptr_array_index(document->blocks, i);

        if (!block->table)
            continue;
        pdf_table_fit(block->table, pdf);
        cells += block->table->cells->len;
    }
    pdf->tagged = cells <= MOST_TAGGED_CELLS;
}

static gboolean document_draw(struct document *document, GError **error)
{
    g_autofree char *title = text_clean(document->target->title, FALSE);
    g_autofree char *subtitle = text_clean(document->target->subtitle, FALSE);
    g_auto(Pdf) pdf = {0};

    if (!pdf_init(&pdf, title, subtitle, error))
        return FALSE;
    fit_tables(document, &pdf);
    walk(document, &pdf);
    pdf_start_drawing(&pdf, document->target->out);
    walk(document, &pdf);
    return pdf_finish(&pdf, error);
}

static gboolean document_end(void *state, GError **error)
{
    struct document *document = state;
    gboolean drawn = document_draw(document, error);

    g_ptr_array_unref(document->blocks);
    g_free(document);
    return drawn;
}

const struct renderer renderer_pdf = {
    .name = "pdf",
    .for_people = TRUE,
    .composes = TRUE,
    .begin = document_begin,
    .text = document_text,
    .table = document_table,
    .row = document_row,
    .chart = document_chart,
    .table_end = document_table_end,
    .end = document_end,
};
