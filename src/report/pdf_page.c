/* pdf_page.c - pages and text by Cairo and Pango. */
#include "report/pdf_page.h"
#include "core/error.h"
#include <cairo-pdf.h>

#define SHORT_SIDE   595.276 /* of A4 */
#define LONG_SIDE    841.89
#define TOP          72.0
#define FIRST_TOP    60.0
#define HEAD         46.0
#define FOOT         46.0
#define BASELINE     0.971 /* of the size: from a line's top to its baseline, in DejaVu Sans */
#define BELOW        0.5   /* of the size: below a paragraph */
#define LONGEST_LINE 500.0 /* of prose, on a wide page too */

gboolean pdf_init(struct pdf *pdf, const char *title, const char *subtitle, GError **error)
{
    g_autoptr(PangoAttrList) attributes = pango_attr_list_new();

    pdf->title = title;
    pdf->subtitle = subtitle;
    pdf->layout = typeface_layout(TYPEFACE_FOLDER, error);
    if (!pdf->layout)
        return FALSE;
    pango_layout_set_wrap(pdf->layout, PANGO_WRAP_WORD_CHAR);
    /* A hyphen that Pango puts where it breaks an id would be read as a part of it. */
    pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
    pango_layout_set_attributes(pdf->layout, attributes);
    return TRUE;
}

void pdf_clear(struct pdf *pdf)
{
    g_clear_object(&pdf->layout);
    g_clear_pointer(&pdf->cr, cairo_destroy);
    g_clear_pointer(&pdf->surface, cairo_surface_destroy);
}

static cairo_status_t append_bytes(void *out, const unsigned char *bytes, unsigned int len)
{
    g_string_append_len(out, (const char *)bytes, len);
    return CAIRO_STATUS_SUCCESS;
}

void pdf_start_drawing(struct pdf *pdf, GString *out)
{
    pdf->page_count = pdf->page;
    pdf->page = 0;
    pdf->surface = cairo_pdf_surface_create_for_stream(append_bytes, out, SHORT_SIDE, LONG_SIDE);
    cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_TITLE, pdf->title);
    if (*pdf->subtitle)
        cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_SUBJECT, pdf->subtitle);
    cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_CREATOR, "trueup");
    /* Empty, there is none: Cairo would write the clock's. */
    cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
    pdf->cr = cairo_create(pdf->surface);
}

gboolean pdf_finish(struct pdf *pdf, GError **error)
{
    cairo_status_t status;

    g_assert(pdf->page == pdf->page_count);
    pdf_untag(pdf, "Document");
    status = cairo_status(pdf->cr);
    cairo_surface_finish(pdf->surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(pdf->surface);
    if (status == CAIRO_STATUS_SUCCESS)
        return TRUE;
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM, "the PDF could not be made: %s",
                cairo_status_to_string(status));
    return FALSE;
}

double pdf_measure(gboolean landscape)
{
    return (landscape ? LONG_SIDE : SHORT_SIDE) - 2 * PDF_MARGIN;
}

double pdf_body(gboolean landscape)
{
    return (landscape ? SHORT_SIDE : LONG_SIDE) - TOP - PDF_BOTTOM;
}

double pdf_room(const struct pdf *pdf)
{
    return pdf->height - PDF_BOTTOM - pdf->y;
}

/* One line of the frame, cut where it is too long for its place. */
static void draw_furniture(struct pdf *pdf, const char *text, double x, double y, double width,
                           gboolean right)
{
    const struct pdf_type type = {.size = 7.5, .grey = 0.4, .right = right};

    pango_layout_set_ellipsize(pdf->layout, PANGO_ELLIPSIZE_END);
    pdf_set_text(pdf, &type, text, width);
    pdf_draw_lines(pdf, &type, x, y, 0, 1);
    pango_layout_set_ellipsize(pdf->layout, PANGO_ELLIPSIZE_NONE);
}

static void draw_frame(struct pdf *pdf)
{
    double measure = pdf_measure(pdf->landscape);
    g_autofree char *number = g_strdup_printf("page %d of %d", pdf->page, pdf->page_count);

    if (!pdf->cr)
        return;
    if (pdf->page > 1) {
        draw_furniture(pdf, pdf->title, PDF_MARGIN, HEAD, measure * 0.5, FALSE);
        draw_furniture(pdf, pdf->subtitle, PDF_MARGIN + measure * 0.55, HEAD, measure * 0.45, TRUE);
    }
    draw_furniture(pdf, number, PDF_MARGIN, pdf->height - FOOT, measure, TRUE);
}

void pdf_next_page(struct pdf *pdf, gboolean landscape)
{
    if (pdf->cr && pdf->page > 0)
        cairo_show_page(pdf->cr);
    pdf->page++;
    pdf->landscape = landscape;
    pdf->width = landscape ? LONG_SIDE : SHORT_SIDE;
    pdf->height = landscape ? SHORT_SIDE : LONG_SIDE;
    pdf->top = pdf->page == 1 ? FIRST_TOP : TOP;
    pdf->y = pdf->top;
    if (pdf->cr)
        cairo_pdf_surface_set_size(pdf->surface, pdf->width, pdf->height);
    if (pdf->page == 1)
        pdf_tag(pdf, "Document");
    draw_frame(pdf);
}

static void set_type(struct pdf *pdf, double size, gboolean bold)
{
    g_autoptr(PangoFontDescription) font = pango_font_description_new();

    pango_font_description_set_family_static(font, TYPEFACE_NAME);
    pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_size(font, (int)(size * PANGO_SCALE));
    pango_layout_set_font_description(pdf->layout, font);
}

double pdf_text_width(struct pdf *pdf, const char *text, gboolean bold)
{
    const double size = 10;
    int width;

    set_type(pdf, size, bold);
    pango_layout_set_width(pdf->layout, -1);
    pango_layout_set_text(pdf->layout, text, -1);
    pango_layout_get_size(pdf->layout, &width, NULL);
    return (double)width / PANGO_SCALE / size;
}

int pdf_set_text(struct pdf *pdf, const struct pdf_type *type, const char *text, double width)
{
    set_type(pdf, type->size, type->bold);
    pango_layout_set_width(pdf->layout, (int)(width * PANGO_SCALE));
    pango_layout_set_text(pdf->layout, text, -1);
    return pango_layout_get_line_count(pdf->layout);
}

void pdf_draw_lines(struct pdf *pdf, const struct pdf_type *type, double x, double y, int from,
                    int until)
{
    double width = (double)pango_layout_get_width(pdf->layout) / PANGO_SCALE;

    if (!pdf->cr)
        return;
    cairo_set_source_rgb(pdf->cr, type->grey, type->grey, type->grey);
    for (int i = from; i < until; i++) {
        PangoLayoutLine *line = pango_layout_get_line_readonly(pdf->layout, i);
        PangoRectangle extents;

        if (!line)
            return;
        pango_layout_line_get_extents(line, NULL, &extents);
        cairo_move_to(pdf->cr, type->right ? x + width - (double)extents.width / PANGO_SCALE : x,
                      y + type->size * (BASELINE + PDF_LEADING * (i - from)));
        pango_cairo_show_layout_line(pdf->cr, line);
    }
}

void pdf_rule(struct pdf *pdf, double x, double y, double width, double weight, double grey)
{
    if (!pdf->cr)
        return;
    cairo_set_source_rgb(pdf->cr, grey, grey, grey);
    cairo_set_line_width(pdf->cr, weight);
    cairo_move_to(pdf->cr, x, y);
    cairo_rel_line_to(pdf->cr, width, 0);
    cairo_stroke(pdf->cr);
}

static int set_paragraph(struct pdf *pdf, const struct pdf_type *type, const char *text)
{
    return pdf_set_text(pdf, type, text, MIN(pdf_measure(pdf->landscape), LONGEST_LINE));
}

static double paragraph_height(const struct pdf_type *type, int lines)
{
    return type->size * (PDF_LEADING * lines + BELOW);
}

void pdf_draw_paragraph(struct pdf *pdf, const struct pdf_type *type, const char *text,
                        const char *tag)
{
    int lines = set_paragraph(pdf, type, text);

    pdf_tag(pdf, tag);
    for (int from = 0; from < lines;) {
        int fit = (int)(pdf_room(pdf) / (type->size * PDF_LEADING));
        int until = MIN(lines, from + fit);

        if (fit < 1) {
            pdf_next_page(pdf, pdf->landscape);
            (void)set_paragraph(pdf, type, text);
            continue;
        }
        pdf_draw_lines(pdf, type, PDF_MARGIN, pdf->y, from, until);
        pdf->y += paragraph_height(type, until - from) - type->size * BELOW;
        from = until;
    }
    pdf_untag(pdf, tag);
    pdf->y += type->size * BELOW;
}

void pdf_draw_paragraphs(struct pdf *pdf, const struct pdf_type *type, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (guint i = 0; lines[i]; i++)
        if (*lines[i])
            pdf_draw_paragraph(pdf, type, lines[i], "P");
}

double pdf_paragraphs_height(struct pdf *pdf, const struct pdf_type *type, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    double height = 0;

    for (guint i = 0; lines[i]; i++)
        if (*lines[i])
            height += paragraph_height(type, set_paragraph(pdf, type, lines[i]));
    return height;
}

void pdf_tag(struct pdf *pdf, const char *name)
{
    if (pdf->cr && pdf->tagged)
        cairo_tag_begin(pdf->cr, name, NULL);
}

void pdf_untag(struct pdf *pdf, const char *name)
{
    if (pdf->cr && pdf->tagged)
        cairo_tag_end(pdf->cr, name);
}

void pdf_bookmark(struct pdf *pdf, const char *text)
{
    g_autofree char *place =
        g_strdup_printf("page=%d pos=[%d %d]", pdf->page, (int)PDF_MARGIN, (int)pdf->y);

    if (pdf->cr)
        (void)cairo_pdf_surface_add_outline(pdf->surface, CAIRO_PDF_OUTLINE_ROOT, text, place, 0);
}
