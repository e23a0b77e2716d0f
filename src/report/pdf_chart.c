/* pdf_chart.c - charts by way of Cairo's recordings, one for each way a page may lie. */
#include "report/pdf_chart.h"
#include "report/chart_draw.h"

#define TEXT_SIZE 7.5
#define ABOVE     6.0
#define BELOW     10.0
#define OVERHANG  6.0

struct pdf_chart {
    cairo_surface_t *drawn[2]; /* upright, wide */
    double heights[2];
};

static cairo_surface_t *record(const struct chart *chart, PangoLayout *layout, double width,
                               double height)
{
    /* What a letter overhangs is not to be cut off. */
    const cairo_rectangle_t extents = {-OVERHANG, -OVERHANG, width + 2 * OVERHANG,
                                       height + 2 * OVERHANG};
    cairo_surface_t *surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &extents);
    cairo_t *cr = cairo_create(surface);

    chart_draw(chart, cr, layout, width, height, TEXT_SIZE, &chart_light);
    cairo_destroy(cr);
    return surface;
}

struct pdf_chart *pdf_chart_new(const struct chart *chart)
{
    g_autoptr(PangoLayout) layout = typeface_layout(TYPEFACE_FOLDER, NULL);
    struct pdf_chart *kept;

    if (!layout)
        return NULL;
    kept = g_new0(struct pdf_chart, 1);
    for (int landscape = 0; landscape < 2; landscape++) {
        double height = MIN(chart_height(chart, TEXT_SIZE), pdf_body(landscape) - ABOVE - BELOW);

        kept->heights[landscape] = height;
        kept->drawn[landscape] = record(chart, layout, pdf_measure(landscape), height);
    }
    return kept;
}

void pdf_chart_free(struct pdf_chart *kept)
{
    if (!kept)
        return;
    cairo_surface_destroy(kept->drawn[0]);
    cairo_surface_destroy(kept->drawn[1]);
    g_free(kept);
}

double pdf_chart_height(const struct pdf_chart *kept, gboolean landscape)
{
    return ABOVE + kept->heights[landscape] + BELOW;
}

void pdf_chart_draw(const struct pdf_chart *kept, struct pdf *pdf)
{
    if (pdf_room(pdf) < ABOVE + kept->heights[pdf->landscape])
        pdf_next_page(pdf, pdf->landscape);
    if (pdf->cr) {
        pdf_tag(pdf, "Figure");
        cairo_set_source_surface(pdf->cr, kept->drawn[pdf->landscape], PDF_MARGIN, pdf->y + ABOVE);
        cairo_paint(pdf->cr);
        pdf_untag(pdf, "Figure");
    }
    pdf->y += pdf_chart_height(kept, pdf->landscape);
}
