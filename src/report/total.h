/*
 * total.h - the exact totals below a report, per currency.
 */
#pragma once
#include "report/catalog.h"

struct report_cell;
struct report_totals;
struct report_totals *report_totals_new(const struct report *report);
void report_totals_free(struct report_totals *totals);
typedef struct report_totals ReportTotals; /* for g_autoptr(ReportTotals) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ReportTotals, report_totals_free)

/* Adds a row, one cell a column. TRUEUP_ERROR_INPUT when a sum is out of range. */
gboolean report_totals_add(struct report_totals *totals, const struct report_cell *cells,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The currencies in their order; NULL past the last. Borrowed from the totals. */
const char *report_totals_currency(const struct report_totals *totals, guint index);
/* The nth column's total in a currency; FALSE when it has none. */
gboolean report_totals_sum(const struct report_totals *totals, const char *currency, guint column,
                           int64_t *nanos);

/* One line per currency, in their order: "total USD: Cost 1,109.27, Provisional 0.00". */
void report_totals_append(const struct report_totals *totals, GString *footer);
