/*
 * totals.h - exact sums by currency, for control totals.
 */
#pragma once
#include "core/money.h"
#include "import/fact.h"

/* A sum per currency. Zero-initialise, totals_clear() when done. */
struct totals {
    GArray *entries; /* struct currency_total, by currency; NULL while empty */
};

void totals_clear(struct totals *totals);
/* Amounts that are not present add nothing. */
void totals_add(struct totals *totals, const struct amount *amount);

/* "3.90581500000000011 USD", "12.00 USD", several joined by " + ", "" when there is none. */
char *totals_format(const struct totals *totals);
/* The same, for amounts that moved: ',' between thousands and no sign, since the words around it
 * say which way. "1,000.00 USD" */
char *totals_format_moved(const struct totals *totals);
/* Exact totals minus the sums of the rounded parts, in the same form; "" when nothing was rounded.
 */
char *totals_residue(const struct totals *totals);
gint64 totals_rounded_count(const struct totals *totals);
