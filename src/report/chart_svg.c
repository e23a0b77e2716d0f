/*
 * chart_svg.c - a chart as an SVG document.
 *
 * Its letters are outlines: an image may load no font, and a name looks the same on every machine.
 */
#include "report/chart_draw.h"
#include <cairo-svg.h>

static cairo_status_t append(void *out, const unsigned char *bytes, unsigned len)
{
    g_string_append_len(out, (const char *)bytes, len);
    return CAIRO_STATUS_SUCCESS;
}

/* Cairo counts the surfaces of a process and calls a drawing by that number; nothing refers to it.
 */
static void drop_surface_number(GString *svg)
{
    static const char mark[] = "<g id=\"surface";
    const char *found = strstr(svg->str, mark);
    gssize at = found ? found - svg->str : -1;

    g_assert(at >= 0);
    at += (gssize)strlen(mark);
    g_string_erase(svg, at, (gssize)strspn(svg->str + at, "0123456789"));
}

char *chart_svg(const struct chart *chart, PangoLayout *layout, double width, double text_size,
                const struct chart_theme *theme)
{
    double height = chart_height(chart, text_size);
    GString *out = g_string_new(NULL);
    cairo_surface_t *surface = cairo_svg_surface_create_for_stream(append, out, width, height);
    cairo_t *cr = cairo_create(surface);

    chart_draw(chart, cr, layout, width, height, text_size, theme);
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    g_assert(cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS); /* else out of memory */
    cairo_surface_destroy(surface);
    drop_surface_number(out);
    return g_string_free(out, FALSE);
}
