/*
 * derive_cost.h - the parts of derive_cost() (see derive.h), which share its working tables.
 */
#pragma once
#include "core/db.h"

/* coverage, from the ranked snapshots; and COVERAGE_GAP, once usage_day is filled. */
gboolean derive_cost_coverage(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean derive_cost_report_gaps(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The exceptions in which files disagree about the same days, and UNATTRIBUTED_COST. */
gboolean derive_cost_report_differences(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
