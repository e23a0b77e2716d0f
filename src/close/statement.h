/*
 * statement.h - the parts of a statement, in its order.
 */
#pragma once
#include "close/subject.h"

gboolean statement_rollforward(const struct subject *subject, GString *out,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean statement_costs(const struct subject *subject, GString *out,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean statement_topups(const struct subject *subject, GString *out,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean statement_timing(const struct subject *subject, GString *out,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean statement_adjustments(const struct subject *subject, GString *out,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean statement_exceptions(const struct subject *subject, GString *out,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean statement_sources(const struct subject *subject, GString *out,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
