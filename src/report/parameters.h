/*
 * parameters.h - the options of `trueup report`, as a report's SQL sees them, and the footer that
 * says so.
 *
 *   :org :project       an id, or null for all
 *   :from :until        days, half-open; the widest when not stated
 *   :as_of              a day; :as_of_number is its number since 1970-01-01
 *   :policy             'free-first' or 'expiry-first'
 */
#pragma once
#include "report/catalog.h"

#define PARAMETER_NAMES "org, project, from, until, as-of, policy"

/* TRUE for a name that front matter may declare. */
gboolean parameters_known(const char *name);

/* Refuses options the report does not take, and values that are no days, policies or known ids. */
gboolean parameters_check(struct db *db, const struct report *report,
                          const struct report_options *options,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * Binds every parameter of the report's select, and appends the footer's lines on policy, opening,
 * day, provisional and rejects. TRUEUP_ERROR_INPUT when the select takes other options than the
 * report declares.
 */
gboolean parameters_bind(struct db *db, const struct report *report, struct statement *statement,
                         const struct report_options *options, GString *footer,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
