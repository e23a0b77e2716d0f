/*
 * render_html.c - one page that is all in itself: no script, nothing loaded, nothing of today.
 *
 * The style sheet is reports/page.css. The page's policy lets it have that style (by its digest)
 * and images within itself, and nothing else, whatever text a ledger holds.
 */
#include "core/asset.h"
#include "core/digest.h"
#include "report/chart_draw.h"
#include "report/html_table.h"
#include "report/html_text.h"

#define CHART_WIDTH 760.0
#define CHART_TEXT  10.0

struct page {
    const struct render_target *target;
    GString *main, *contents, *notes;
    gboolean in_section;
    gboolean is_broad; /* a table is, and then the whole is printed on its side */
    guint sections;
    struct html_table *table; /* the one that is being filled */
    GPtrArray *reports;       /* struct report*, borrowed: of each table */
    GHashTable *anchors;      /* char* "spend.day" -> the number of its first table */
    GArray *footnotes;        /* guint: tables that are made of others, which a footnote names */
    PangoLayout *layout;      /* from the first chart on */
    GError *why;              /* what could not be drawn */
};

static void *html_begin(const struct render_target *target)
{
    struct page *page = g_new0(struct page, 1);

    page->target = target;
    page->main = g_string_new(NULL);
    page->contents = g_string_new(NULL);
    page->notes = g_string_new(NULL);
    page->reports = g_ptr_array_new();
    page->anchors = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    page->footnotes = g_array_new(FALSE, FALSE, sizeof(guint));
    return page;
}

/* "spend.day", as evidence names it. */
static char *report_key(const struct report *report)
{
    return g_strconcat(report->name, *report->by ? "." : "", report->by, NULL);
}

/* --- the parts of a document ---------------------------------------------------------------- */

static void close_section(struct page *page)
{
    if (page->in_section)
        g_string_append(page->main, "</section>\n");
    page->in_section = FALSE;
}

static void append_notes(struct page *page, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (guint i = 0; lines[i]; i++)
        if (*lines[i]) {
            g_string_append(page->notes, "<li>");
            html_append_prose(page->notes, lines[i]);
            g_string_append(page->notes, "</li>\n");
        }
}

static void html_text(void *state, enum render_text kind, const char *text)
{
    struct page *page = state;
    g_auto(GStrv) lines = NULL;

    switch (kind) {
    case RENDER_HEADING:
        close_section(page);
        page->in_section = TRUE;
        page->sections++;
        html_append_format(page->main, "<section id=\"s%u\">\n<h2>%s</h2>\n", page->sections, text);
        html_append_format(page->contents, "<li><a href=\"#s%u\">%s</a></li>\n", page->sections,
                           text);
        break;
    case RENDER_PARAGRAPH:
        lines = g_strsplit(text, "\n", -1);
        for (guint i = 0; lines[i]; i++) {
            g_string_append(page->main, "<p>");
            html_append_prose(page->main, lines[i]);
            g_string_append(page->main, "</p>\n");
        }
        break;
    case RENDER_NOTE:
        append_notes(page, text);
        break;
    }
}

static void html_table(void *state, const struct report *report)
{
    struct page *page = state;
    char *key = report_key(report);

    g_ptr_array_add(page->reports, (gpointer)(guintptr)report);
    page->table = html_table_new(report);
    if (g_hash_table_contains(page->anchors, key))
        g_free(key);
    else
        g_hash_table_insert(page->anchors, key, GUINT_TO_POINTER(page->reports->len));
}

static void html_row(void *state, const struct report_cell *cells)
{
    html_table_row(((struct page *)state)->table, cells);
}

static void html_table_end(void *state, const struct report_totals *totals, const char *footer)
{
    struct page *page = state;
    guint number = page->reports->len;
    const struct report *report = g_ptr_array_index(page->reports, number - 1);
    gboolean has_evidence = report->evidence->len > 0;

    if (has_evidence)
        g_array_append_val(page->footnotes, number);
    page->is_broad |= html_table_is_broad(page->table);
    html_table_finish(g_steal_pointer(&page->table), totals, number,
                      has_evidence ? page->footnotes->len : 0, page->main);
    append_notes(page, footer);
}

/* --- charts --------------------------------------------------------------------------------- */

static char *data_uri(const struct page *page, const struct chart *chart,
                      const struct chart_theme *theme)
{
    g_autofree char *svg = chart_svg(chart, page->layout, CHART_WIDTH, CHART_TEXT, theme);
    g_autofree char *encoded = g_base64_encode((const guchar *)svg, strlen(svg));

    return g_strconcat("data:image/svg+xml;base64,", encoded, NULL);
}

static void html_chart(void *state, const struct chart *chart)
{
    struct page *page = state;
    g_autofree char *description = g_strdelimit(chart_description(chart), "\n", ' ');
    g_autofree char *light = NULL, *dark = NULL;

    if (!page->layout && !page->why)
        page->layout = typeface_layout(TYPEFACE_FOLDER, &page->why);
    if (!page->layout)
        return;
    light = data_uri(page, chart, &chart_light);
    dark = data_uri(page, chart, &chart_dark);
    html_append_format(
        page->main,
        "<figure role=\"group\" tabindex=\"0\" aria-label=\"Chart: %s\">\n<picture>"
        "<source media=\"screen and (prefers-color-scheme: dark)\" srcset=\"%s\">"
        "<img width=\"%u\" height=\"%u\" alt=\"%s\" src=\"%s\"></picture>\n</figure>\n",
        chart->report->title, dark, (guint)CHART_WIDTH, (guint)chart_height(chart, CHART_TEXT),
        description, light);
}

/* --- the page ------------------------------------------------------------------------------- */

/* "sha256-…" of the style sheet, as a policy names it. */
static char *style_digest(GBytes *style)
{
    char hex[DIGEST_HEX_LEN + 1];
    guchar raw[DIGEST_HEX_LEN / 2];
    gsize len = 0;
    const char *text = g_bytes_get_data(style, &len);
    g_autofree char *encoded = NULL;

    digest_text(text, (gssize)len, hex);
    for (guint i = 0; i < sizeof raw; i++)
        raw[i] =
            (guchar)(g_ascii_xdigit_value(hex[2 * i]) << 4 | g_ascii_xdigit_value(hex[2 * i + 1]));
    encoded = g_base64_encode(raw, sizeof raw);
    return g_strconcat("sha256-", encoded, NULL);
}

static void append_head(const struct page *page, GBytes *style)
{
    g_autofree char *digest = style_digest(style);
    GString *out = page->target->out;
    gsize len = 0;
    const char *text = g_bytes_get_data(style, &len);

    html_append_format(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        "style-src '%s'; img-src data:; base-uri 'none'; form-action 'none'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n"
        "<meta name=\"referrer\" content=\"no-referrer\">\n"
        "<meta name=\"generator\" content=\"trueup %s\">\n<link rel=\"icon\" href=\"data:,\">\n"
        "<title>%s%s%s</title>\n<style>",
        digest, TRUEUP_VERSION, page->target->title, *page->target->subtitle ? ", " : "",
        page->target->subtitle);
    g_string_append_len(out, text, (gssize)len);
    g_string_append(out, "</style>\n</head>\n");
    g_string_append(out, page->is_broad ? "<body class=\"broad\">\n" : "<body>\n");
}

/* "trueup report spend --by day", or its table where the page has it. */
static void append_evidence_link(const struct page *page, const char *key)
{
    guint table = GPOINTER_TO_UINT(g_hash_table_lookup(page->anchors, key));
    g_auto(GStrv) parts = g_strsplit(key, ".", 2);

    if (table > 0)
        html_append_format(page->target->out, "<a href=\"#t%u\">%s</a>", table,
                           ((const struct report *)page->reports->pdata[table - 1])->title);
    else
        html_append_format(page->target->out, "<code>trueup report %s%s%s</code>", parts[0],
                           parts[1] ? " --by " : "", parts[1] ? parts[1] : "");
}

static void append_evidence(const struct page *page)
{
    GString *out = page->target->out;

    g_string_append(out, "<section class=\"evidence\">\n<h2>Evidence</h2>\n"
                         "<p>Point at a number to see its exact amount and, where one record says "
                         "it, that record&#39;s file and line. <code>trueup report sources</code> "
                         "has the files with their SHA-256.</p>\n");
    if (page->footnotes->len > 0)
        g_string_append(out, "<ol>\n");
    for (guint i = 0; i < page->footnotes->len; i++) {
        guint table = g_array_index(page->footnotes, guint, i);
        const struct report *report = g_ptr_array_index(page->reports, table - 1);

        html_append_format(out, "<li id=\"e%u\"><a href=\"#t%u\">%s</a> opens into ", i + 1, table,
                           report->title);
        for (guint j = 0; j < report->evidence->len; j++) {
            g_string_append(out, j > 0 ? ", " : "");
            append_evidence_link(page, report->evidence->pdata[j]);
        }
        g_string_append(out, "</li>\n");
    }
    if (page->footnotes->len > 0)
        g_string_append(out, "</ol>\n");
    g_string_append(out, "</section>\n");
}

static void append_page(struct page *page, GBytes *style)
{
    GString *out = page->target->out;

    append_head(page, style);
    html_append_format(out, "<header>\n<h1>%s</h1>\n", page->target->title);
    if (*page->target->subtitle)
        html_append_format(out, "<p>%s</p>\n", page->target->subtitle);
    g_string_append(out, "</header>\n");
    if (page->contents->len > 0)
        g_string_append_printf(out, "<nav aria-label=\"Contents\">\n<ol>\n%s</ol>\n</nav>\n",
                               page->contents->str);
    close_section(page);
    g_string_append(out, "<main>\n");
    g_string_append_len(out, page->main->str, (gssize)page->main->len);
    g_string_append(out, "</main>\n<footer>\n");
    append_evidence(page);
    if (page->notes->len > 0)
        g_string_append_printf(out, "<section>\n<h2>Notes</h2>\n<ul>\n%s</ul>\n</section>\n",
                               page->notes->str);
    g_string_append(out,
                    "<p class=\"by\">trueup " TRUEUP_VERSION "</p>\n</footer>\n</body>\n</html>\n");
}

static gboolean html_end(void *state, GError **error)
{
    struct page *page = state;
    g_autoptr(GBytes) style = page->why ? NULL : asset_read("reports/page.css", &page->why);
    gboolean done = style != NULL;

    if (done)
        append_page(page, style);
    else
        g_propagate_error(error, g_steal_pointer(&page->why));
    g_string_free(page->main, TRUE);
    g_string_free(page->contents, TRUE);
    g_string_free(page->notes, TRUE);
    g_ptr_array_unref(page->reports);
    g_hash_table_unref(page->anchors);
    g_array_unref(page->footnotes);
    html_table_free(page->table);
    g_clear_object(&page->layout);
    g_free(page);
    return done;
}

const struct renderer renderer_html = {
    .name = "html",
    .for_people = TRUE,
    .composes = TRUE,
    .begin = html_begin,
    .text = html_text,
    .table = html_table,
    .row = html_row,
    .chart = html_chart,
    .table_end = html_table_end,
    .end = html_end,
};
