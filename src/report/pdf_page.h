/*
 * pdf_page.h - the pages of a PDF: their frame, and text upon them.
 *
 * A document is walked twice. The first time nothing is drawn and its pages are counted, for each
 * says "page 3 of 12"; the second time they are drawn, and streamed out as they are full. Lengths
 * are points, y goes down.
 */
#pragma once
#include "report/typeface.h"

#define PDF_MARGIN  51.0 /* left and right; A4, and Letter when an A4 page is printed on it */
#define PDF_BOTTOM  64.0
#define PDF_LEADING 1.25 /* of the size: from baseline to baseline */

struct pdf_type {
    double size;
    double grey; /* 0 is black */
    gboolean bold, right;
};

struct pdf {
    const char *title, *subtitle; /* borrowed; clean */
    PangoLayout *layout;
    cairo_surface_t *surface;
    cairo_t *cr;     /* NULL while pages are only counted */
    gboolean tagged; /* with the structure that readers aloud need */
    gboolean landscape;
    double width, height, top, y; /* of the page; y is where the next thing stands */
    int page, page_count;
};

typedef struct pdf Pdf; /* for g_auto(Pdf) alone */
/* Fails when the typeface is not installed. */
gboolean pdf_init(struct pdf *pdf, const char *title, const char *subtitle,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pdf_clear(struct pdf *pdf);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Pdf, pdf_clear)

/* After the pages were counted: begins again, and draws, appending the file's bytes to out. */
void pdf_start_drawing(struct pdf *pdf, GString *out);
/* Ends the file. TRUEUP_ERROR_SYSTEM when any of it could not be made. */
gboolean pdf_finish(struct pdf *pdf, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Ends the page, if there is one, and begins the next. */
void pdf_next_page(struct pdf *pdf, gboolean landscape);
/* Between the margins, and between head and foot of a page that is not the first. */
double pdf_measure(gboolean landscape);
double pdf_body(gboolean landscape);
/* From y to the foot. */
double pdf_room(const struct pdf *pdf);

/* The width of a text of that weight at the size of one point. */
double pdf_text_width(struct pdf *pdf, const char *text, gboolean bold);
/* Sets the text that is drawn next, broken to the width; returns its lines. */
int pdf_set_text(struct pdf *pdf, const struct pdf_type *type, const char *text, double width);
/* Draws lines of the text that was set, the first below y; right-aligned ones end at x + width. */
void pdf_draw_lines(struct pdf *pdf, const struct pdf_type *type, double x, double y, int from,
                    int until);
void pdf_rule(struct pdf *pdf, double x, double y, double width, double weight, double grey);

/*
 * A paragraph from y on, over as many pages as it takes, with its structure; y is below it then.
 * The plural: one for each line of a text, none for an empty one.
 */
void pdf_draw_paragraph(struct pdf *pdf, const struct pdf_type *type, const char *text,
                        const char *tag);
void pdf_draw_paragraphs(struct pdf *pdf, const struct pdf_type *type, const char *text);
double pdf_paragraphs_height(struct pdf *pdf, const struct pdf_type *type, const char *text);

/* The structure around what is drawn in between: "H1", "Table", "TD". */
void pdf_tag(struct pdf *pdf, const char *name);
void pdf_untag(struct pdf *pdf, const char *name);
/* A bookmark for what comes next. */
void pdf_bookmark(struct pdf *pdf, const char *text);
