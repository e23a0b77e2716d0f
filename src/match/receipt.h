/*
 * receipt.h - the receipt leg: top-ups and their receipts.
 */
#pragma once
#include "match/assign.h"
#include "match/fx.h"

/*
 * Pairs by invoice number, then by receipt number, then (where a number lacks on either side) by
 * equal amount within [-1, +2] days, unique both ways, and last in another currency
 * at the day's rate, likewise. Sets the top-ups' receipt legs and days, and the
 * receipts' topup. An equal number with another amount is 'suggested'; what cannot be told apart is
 * 'ambiguous'.
 */
struct pool *receipt_pair(struct facts *facts, struct fx *fx);

/* Why an edge of the receipt leg fits: a clause; free it. */
char *receipt_reason(const struct facts *facts, struct fx *fx, const struct edge *edge);

/* How a receipt in another currency compares with its payment: "28.90 EUR by the rate of
 * 2026-03-02", or which rate lacks; free it. */
char *receipt_comparison(struct fx *fx, const struct topup *topup, const struct receipt *receipt);
