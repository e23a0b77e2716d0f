/*
 * report.h - reports: .sql files with front matter, run read-only, and documents made of them;
 * rendered as table, csv, json and what else render_*.c offers.
 */
#pragma once
#include "core/db.h"
#include <glib.h>

/* Values of the parameters a report may declare; NULL when not stated. */
struct report_options {
    const char *organization_id; /* --org */
    const char *project_id;      /* --project */
    const char *from, *until;    /* --from, --until: days, half-open */
    const char *month;           /* --month: "2026-10", instead of both */
    const char *as_of;  /* --as-of: day; default the day after the ledger's last covered day */
    const char *by;     /* --by: spend's grain */
    const char *policy; /* --policy free-first (default) or expiry-first */
    const char *card;   /* --card: the name of an account, or the last four digits of a card */
    gboolean raw;       /* --raw: text exactly as in the file */
    gboolean colour;    /* of tables, for a terminal that has it */
};

/* The format that the ending of a file's name says: "pdf" of "close.PDF", "table" of "a.txt"; NULL
 * when it is that of no format. */
const char *report_format_of_path(const char *path);
/* The formats by name; NULL past the end. */
const char *report_format_nth(guint index);

struct report_catalog;
struct report_catalog *report_catalog_load(GError **error);
void report_catalog_free(struct report_catalog *catalog);
typedef struct report_catalog ReportCatalog; /* for g_autoptr(ReportCatalog) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ReportCatalog, report_catalog_free)

/* By name order; NULL past the end. *by is "" or the grain that --by takes for this one. */
const char *report_catalog_nth(const struct report_catalog *catalog, guint index, const char **by,
                               const char **summary);

/* What --by may also say for the report at the index; NULL past the end. */
const char *report_catalog_grain_nth(const struct report_catalog *catalog, guint index, guint nth);

/* The documents, by name order; NULL past the end. */
const char *report_catalog_document_nth(const struct report_catalog *catalog, guint index,
                                        const char **summary);

/* The days of --month, or the first days of months given to --from and --until. */
struct report_month {
    char from[11], until[11];
};

/*
 * Sets from and until to the days of the month, where one is stated, and a month that one of them
 * is to its first day; they point into `days` then.
 * TRUEUP_ERROR_USAGE on what is no month, and beside --from or --until.
 */
gboolean report_read_month(struct report_options *options, struct report_month *days,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What goes into a pipe where nothing says otherwise: csv, or table for what is a document alone.
 */
const char *report_piped_format(const struct report_catalog *catalog, const char *name);

/*
 * TRUE when the report, or one of the document's, shows what is looked up for it alone: what a
 * "close" would find on its days (close_preview), or what "doctor" says (doctor_run). The caller
 * has that done first.
 */
gboolean report_needs(const struct report_catalog *catalog, const char *name, const char *by,
                      const char *what);

/*
 * Renders one report, or one document. A document that has the name of a report takes its place
 * where the format holds documents.
 *
 *   format  the NAME of a render_NAME.c that the report lists, or that holds documents
 *   width   columns of the terminal, for table; 0 for unlimited
 *   out     bytes are appended: for csv header and rows only
 *   footer  of csv and json, which are data alone: totals per currency, policy, provisional days
 * and rejects are appended, for stderr; other formats say them themselves TRUEUP_ERROR_USAGE for an
 * unknown report (naming the nearest), format, option or value.
 */
gboolean report_render(const struct report_catalog *catalog, struct db *db, const char *name,
                       const char *format, const struct report_options *options, int width,
                       GString *out, GString *footer, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * Of a report that was rendered, or of one of a document's name: appends a line to talk for each of
 * its grains whose rows must not be and that has some, and counts them.
 */
gboolean report_blocked(const struct report_catalog *catalog, struct db *db, const char *name,
                        const struct report_options *options, int64_t *count, GString *talk,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
