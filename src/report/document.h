/*
 * document.h - documents: several reports with headings and words between, as an .ini says.
 *
 * reports/documents/NAME.ini, in GKeyFile's syntax, lists with "|":
 *
 *     [document]
 *     title=Monthly close
 *     summary=What a controller signs.
 *     param=org|from|until|as-of
 *     as-of=until
 *
 *     [rollforward]
 *     heading=Roll-forward of prepaid credits
 *     text=Opening to closing balance.
 *     report=rollforward
 *     empty=No organization has prepaid credits.
 *
 *     [exceptions]
 *     report=exceptions
 *     without=from
 *
 * The sections stand in the order of the file. A section has a heading, a text, a report (with `by`
 * for its grain), or several of these, and prints them in this order. Each report is given those of
 * the document's options that it takes, but for those of `without`; one without rows is the
 * sentence of `empty`, or "None.". Of a report with a chart both are printed, or what `show` says:
 * `table` or `chart`. With as-of=until, ages are judged from --until on where --as-of is not
 * stated.
 */
#pragma once
#include "report/run.h"

struct section {
    GPtrArray *without;                         /* char*: options that its report is not given */
    char *heading, *text, *report, *by, *empty; /* NULL where the section has none */
    enum report_show show;
};

typedef struct document Document; /* for g_autoptr(Document) alone */
struct document {
    char *name, *asset, *title, *summary;
    GPtrArray *parameters; /* char* */
    GPtrArray *sections;   /* struct section* */
    gboolean is_as_of_until;
};

/* Reads one file's text. TRUEUP_ERROR_INPUT names asset, group and what is wrong. */
struct document *document_parse(const char *asset, const char *text, GError **error);
void document_free(struct document *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Document, document_free)

/* The renderer of a format that holds documents. TRUEUP_ERROR_USAGE names those there are. */
const struct renderer *document_renderer(const struct document *document, const char *format,
                                         GError **error);

/* Renders all sections; what the reports' footers say stands once, at the end. */
gboolean document_render(const struct document *document, const struct report_catalog *catalog,
                         struct db *db, const struct renderer *renderer,
                         const struct report_options *options, int width, GString *out,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Gives the report `sources` to a renderer that ends with it; to others nothing. */
gboolean document_render_sources(const struct report_catalog *catalog, struct db *db,
                                 const struct renderer *renderer, void *state,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
