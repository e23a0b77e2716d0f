/*
 * run.h - one report's rows, into a renderer that has begun.
 */
#pragma once
#include "report/renderer.h"

/* Of a report with a chart. */
enum report_show { SHOW_BOTH, SHOW_TABLE, SHOW_CHART };

/*
 * Runs the report under an authorizer that only lets it read, and gives its table and chart to the
 * renderer.
 *
 *   empty   NULL: a report alone, whose footer's lines go below the table of a format for people
 *           and are else appended to footer, after the totals; otherwise a section of a document:
 *           its footer's lines are appended to footer, and this sentence takes the place of a table
 *           without rows
 */
gboolean report_run(const struct report *report, struct db *db,
                    const struct report_options *options, const struct renderer *renderer,
                    void *state, enum report_show show, GString *footer, const char *empty,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The number of the report's rows. */
gboolean report_count(const struct report *report, struct db *db,
                      const struct report_options *options, int64_t *count,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
