/*
 * parameters.h - the options of `trueup report`, as a report's SQL sees them, and the footer that
 * says so.
 *
 *   :org :project       an id, or null for all
 *   :from :until        days, half-open; the widest when not stated
 *   :as_of              a day; :as_of_number is its number since 1970-01-01
 *   :policy             'free-first' or 'expiry-first'
 *   :card               the name of an account or last four digits of a card, or null for all
 */
#pragma once
#include "report/catalog.h"

#define PARAMETER_NAMES "org, project, from, until, as-of, policy, card"

/* TRUE for a name that front matter may declare. */
gboolean parameters_known(const char *name);

/* TRUE when a parameter is among those declared. */
gboolean parameters_take(const GPtrArray *declared, const char *parameter);

/*
 * Refuses options that the report or document of that name does not declare, and values that are no
 * days, policies or known ids.
 */
gboolean parameters_check(struct db *db, const char *name, const GPtrArray *declared,
                          const struct report_options *options,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What was asked for, for people: "org-A, from 2026-10-01 until 2026-11-01"; "" for all. */
char *parameters_describe(const struct report_options *options);

/*
 * Binds every parameter of the report's select, and appends the footer's lines on policy, opening,
 * day, provisional and rejects. TRUEUP_ERROR_INPUT when the select takes other options than the
 * report declares.
 */
gboolean parameters_bind(struct db *db, const struct report *report, struct statement *statement,
                         const struct report_options *options, GString *footer,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
