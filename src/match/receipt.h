/*
 * receipt.h - the receipt leg: top-ups and their receipts.
 */
#pragma once
#include "match/assign.h"

/*
 * Pairs by invoice number, then by receipt number, then (where a number lacks on either side) by
 * equal amount within [-1, +2] days, unique both ways. Sets the top-ups' receipt legs and the
 * receipts' topup. An equal number with another amount is 'suggested'; what cannot be told apart is
 * 'ambiguous'.
 */
struct pool *receipt_pair(struct facts *facts);

/* Why an edge of the receipt leg fits: a clause; free it. */
char *receipt_reason(const struct facts *facts, const struct edge *edge);
