/*
 * part.h - card legs that are not one to one: which part of a charge paid which part of a top-up.
 */
#pragma once
#include "match/facts.h"

/*
 * Shares charges out over top-ups (both guint): several charges that paid one top-up, or one charge
 * that paid several. A charge's parts add up to its amount and fee, a top-up's to its total.
 */
void parts_share(struct facts *facts, const GArray *topups, const GArray *charges);

/* Sorts the parts by top-up, then charge. */
void parts_sort(struct facts *facts);
