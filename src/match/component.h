/*
 * component.h - groups of payments and charges that uniqueness leaves entangled.
 *
 * What every way to explain all of them has in common is proved; of the rest the pairing of least
 * cost is no more than a suggestion.
 */
#pragma once
#include "match/assign.h"
#include "match/coverage.h"
#include "match/shelf.h"

/*
 * Confirms the pairs that a component's every complete pairing has, and drops those that none has.
 *
 * Does so only where no other explanation is left: as many charges as payments, all of one named
 * card each, every pair exact and none far, and statements that cover every payment's days, and no
 * payment in unpaired (those that nothing is proved of yet) that is a few cents off one of the
 * charges. Then any other pairing would leave a payment and a charge unexplained.
 */
void component_force(struct facts *facts, struct pool *pool, const GArray *component,
                     const struct coverage *coverage, const struct shelf *unpaired);

/*
 * Suggests the pairs of the least-cost pairing that are better than any other by a clear margin,
 * and calls the others ambiguous; each payment is shown its best candidate.
 */
void component_weigh(struct facts *facts, struct pool *pool, const GArray *component);
