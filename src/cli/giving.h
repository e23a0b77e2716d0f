/*
 * giving.h - a report given to standard output or to its file, for every command that prints one.
 */
#pragma once
#include "cli/command.h"
#include "cli/output.h"
#include "report/report.h"

/* Has looked up what a report shows and no table holds. */
gboolean prepare_report(struct db *db, const struct report_catalog *catalog, const char *name,
                        const struct report_options *stated,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * Renders a prepared report in a format and gives it where the output says; what people must know
 * of it goes to standard error. *blocked: how many rows it has that must not be.
 */
gboolean give_report(struct db *db, const struct report_catalog *catalog, const char *name,
                     const char *format, const struct report_options *options,
                     const struct output *output, int64_t *blocked,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
