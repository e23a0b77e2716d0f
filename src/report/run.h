/*
 * run.h - one report's rows, into a renderer that has begun.
 */
#pragma once
#include "report/renderer.h"

/*
 * Runs the report under an authorizer that only lets it read, and gives its table to the renderer.
 *
 *   footer_below  the footer's lines go below the table; else they are appended to footer, after
 *                 the totals of a format that has none
 */
gboolean report_run(const struct report *report, struct db *db,
                    const struct report_options *options, const struct renderer *renderer,
                    void *state, GString *footer, gboolean footer_below,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
