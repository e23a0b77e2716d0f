/*
 * derive.h - what the facts of all files teach together, rebuilt at every refresh (see import.h).
 *
 * import_derive() empties every derived table, then runs the steps in the order below, inside the
 * caller's transaction: a step finds its tables empty.
 */
#pragma once
#include "core/db.h"

/* project_fact (class, owner, organization), names of organizations and projects, fx_rate. */
gboolean derive_projects(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* cost_day, usage_day, coverage, restatement, and the exceptions RESTATED, SNAPSHOT_CONFLICT,
 * PROJECT_ABSENT, GRAIN_MISMATCH, UNATTRIBUTED_COST, COVERAGE_GAP. */
gboolean derive_cost(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* topup, receipt, grant_fact, observation: newest revisions, and conflicts between equal ones. */
gboolean derive_payments(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* account, charge, statement_coverage. */
gboolean derive_cards(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* line_item: what the texts of line items say. */
gboolean derive_line_items(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* rate: the prices of rules/rates.csv and the user's own. */
gboolean derive_rates(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* organization_fact, calendar and invoiced_day: the span of everything above. */
gboolean derive_span(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
