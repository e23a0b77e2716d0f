/*
 * shelf.h - open top-ups and charges in order of time, and which of them may be parts of another.
 */
#pragma once
#include "match/facts.h"

struct shelf {
    GArray *members; /* guint: top-ups, or charges */
    int64_t longest; /* of all their intervals */
};

void shelf_init(struct shelf *shelf);
void shelf_clear(struct shelf *shelf);
void shelf_put_topup(struct shelf *shelf, const struct facts *facts, guint topup);
void shelf_put_charge(struct shelf *shelf, const struct facts *facts, guint charge);
/* A shelf is looked through once it is sorted. */
void shelf_sort_topups(struct shelf *shelf, struct facts *facts);
void shelf_sort_charges(struct shelf *shelf, struct facts *facts);

/* Whether a top-up lacks a charge, and a charge a top-up, without being in question. */
gboolean topup_is_open(const struct topup *topup);
gboolean charge_is_open(const struct charge *charge);

/* What a charge took in a currency: its own amount or the merchant's, in cents; 0 when neither is
 * in it. */
int64_t charge_cents_in(const struct charge *charge, const char *currency);

/* Whether a charge is a top-up's but for a few cents, as a slip of the hand makes. */
gboolean charge_is_slip(const struct topup *topup, const struct charge *charge);

/* The charges that may be parts of a top-up by time, card, wallet and currency, and the top-ups
 * that may be parts of a charge; one more than can be searched (subset.h) is enough. The caller
 * frees them. */
GArray *charges_about(const struct facts *facts, const struct shelf *charges, guint topup);
GArray *topups_about(const struct facts *facts, const struct shelf *topups, guint charge);
