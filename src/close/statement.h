/*
 * statement.h - the parts of a statement, in its order.
 */
#pragma once
#include "close/subject.h"

/* Two decimals where all amounts have no more, else nine, so that a column lines up. */
char *statement_money(int64_t nanos, int decimals);
int statement_decimals(const int64_t *amounts, gsize count);

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
