/* chart_text.c - lines of text for charts. */
#include "report/chart_text.h"

static void set_text(const struct plot *plot, const char *text, double room)
{
    PangoFontDescription *font = pango_font_description_new();

    pango_font_description_set_family_static(font, TYPEFACE_NAME);
    pango_font_description_set_absolute_size(font, plot->em * PANGO_SCALE);
    pango_layout_set_font_description(plot->layout, font);
    pango_font_description_free(font);
    pango_layout_set_attributes(plot->layout, NULL);
    pango_layout_set_alignment(plot->layout, PANGO_ALIGN_LEFT);
    pango_layout_set_ellipsize(plot->layout, room > 0 ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
    pango_layout_set_width(plot->layout, room > 0 ? (int)(room * PANGO_SCALE) : -1);
    pango_layout_set_text(plot->layout, text, -1);
    pango_cairo_update_layout(plot->cr, plot->layout);
}

double chart_text_width(const struct plot *plot, const char *text)
{
    PangoRectangle logical;

    set_text(plot, text, 0);
    pango_layout_get_extents(plot->layout, NULL, &logical);
    return (double)logical.width / PANGO_SCALE;
}

void chart_text_draw(const struct plot *plot, const char *text, double x, double y,
                     enum chart_align align, double room)
{
    PangoRectangle logical;
    double width, height;

    set_text(plot, text, room);
    pango_layout_get_extents(plot->layout, NULL, &logical);
    width = (double)logical.width / PANGO_SCALE;
    height = (double)logical.height / PANGO_SCALE;
    if (align == CHART_CENTRE)
        x -= width / 2;
    else if (align == CHART_RIGHT)
        x -= width;
    cairo_save(plot->cr);
    /* Marks piled on a letter stay within the line. */
    cairo_rectangle(plot->cr, x, y - 0.8 * plot->em, width, 1.6 * plot->em);
    cairo_clip(plot->cr);
    cairo_move_to(plot->cr, x - (double)logical.x / PANGO_SCALE, y - height / 2);
    pango_cairo_show_layout(plot->cr, plot->layout);
    cairo_restore(plot->cr);
}
