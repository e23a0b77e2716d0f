/*
 * report.h - reports: .sql files with front matter, run read-only and rendered as table, csv or
 * json.
 */
#pragma once
#include "core/db.h"
#include <glib.h>

/* Values of the parameters a report may declare; NULL when not stated. */
struct report_options {
    const char *organization_id; /* --org */
    const char *project_id;      /* --project */
    const char *from, *until;    /* --from, --until: days, half-open */
    const char *as_of;  /* --as-of: day; default the day after the ledger's last covered day */
    const char *by;     /* --by: spend's grain */
    const char *policy; /* --policy free-first (default) or expiry-first */
    gboolean raw;       /* --raw: text exactly as in the file */
};

struct report_catalog;
struct report_catalog *report_catalog_load(GError **error);
void report_catalog_free(struct report_catalog *catalog);
typedef struct report_catalog ReportCatalog; /* for g_autoptr(ReportCatalog) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ReportCatalog, report_catalog_free)

/* By name order; NULL past the end. *by is "" or the grain that --by takes for this one. */
const char *report_catalog_nth(const struct report_catalog *catalog, guint index, const char **by,
                               const char **summary);

/*
 * Renders one report.
 *
 *   format  "table", "csv" or "json"
 *   width   columns of the terminal, for table; 0 for unlimited
 *   out     the report's text is appended: for csv header and rows only
 *   footer  totals per currency and the footer (policy, provisional days, rejects) are appended:
 *           what table prints below itself, and a pipe gets on stderr
 * TRUEUP_ERROR_USAGE for an unknown report (naming the nearest), format, option or value.
 */
gboolean report_render(const struct report_catalog *catalog, struct db *db, const char *name,
                       const char *format, const struct report_options *options, int width,
                       GString *out, GString *footer, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* TRUE when a format is read by people, so that totals and footer belong below its rows. */
gboolean report_format_for_people(const char *format);
