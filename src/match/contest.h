/*
 * contest.h - pairs that a whole other explanation speaks against.
 */
#pragma once
#include "match/assign.h"
#include "match/coverage.h"

/*
 * Calls pairs ambiguous, before sums are found, where both sides would be explained without each
 * other: the charge is the sum of payments that lack one, and the payment is a part of a charge
 * that lacks a payment; or the other way round. So too where another open charge fits the payment,
 * and an open payment is a few cents off both charges; and where payments that lack a charge,
 * although their card's statements are there, are together the charge. A pair within two minutes on
 * a clock that is known to be right is left alone, and so is one where the search was given up.
 */
void contests_find(struct facts *facts, struct pool *pool, const struct coverage *coverage);
