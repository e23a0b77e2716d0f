/*
 * near.h - the near misses of top-ups that found no charge, kept because a person would ask about
 * them.
 */
#pragma once
#include "match/card.h"

/* Adds to the pool's refusals, per open card leg, the nearest few charges of the right amount up to
 * ten days outside the window, those inside it that differ by no more than 5 %, and those in
 * another currency that nothing can compare; sets near_miss to the least off that is nobody's. */
void near_find(struct facts *facts, struct fx *fx, struct pool *pool);
