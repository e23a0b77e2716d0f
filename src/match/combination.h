/*
 * combination.h - several charges that paid one top-up, and one charge that paid several.
 */
#pragma once
#include "match/assign.h"
#include "match/coverage.h"

/*
 * Looks, among the open top-ups and the charges that none took, for sums that agree to the cent
 * within windows, card and currency, and says in the top-ups' and charges' `combination` what it
 * found. The only choice that adds up is suggested. It is confirmed when besides nothing else is
 * there to explain any of its members: all name one card, of one day, that the statements cover; no
 * other open charge lies in the window, and no other open top-up in that of any member; and none of
 * them ever fitted anything alone.
 */
void combinations_find(struct facts *facts, struct pool *pool, const struct coverage *coverage);
