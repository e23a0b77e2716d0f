/*
 * refund_find.h - which charge a credit on the card gives back.
 */
#pragma once
#include "match/facts.h"

/* A credit that payment history tells of stands on the card so many days after at most. */
#define REFUND_TOLD_DAYS 30

/* How well a charge fits a credit, the worst first. */
enum fit { FIT_NOT, FIT_PART, FIT_RATE, FIT_WHOLE };

/* The charges of an account in order of time, with what was given back of each. */
struct refunds {
    struct facts *facts;
    GArray *taken;  /* guint: charges, by account, time, natural order */
    GArray *by_id;  /* the same, by account, transaction id, time */
    int64_t *given; /* by charge: given back, in its own currency */
    int64_t *given_original;
};

/* What a credit gives back. */
struct refunded {
    guint charge; /* or NONE */
    guint topup;  /* of the charge, or the one that payment history tells of; or NONE */
    enum fit fit;
    guint rivals;             /* other charges that fit as well */
    int64_t organization_key; /* of the charges that fit; 0: none is known */
    gboolean is_unclear;      /* they are of several organizations */
    gboolean is_told;         /* payment history tells of this refund */
    const char *decided;      /* a person said so: who, when and why; or NULL */
};

void refunds_init(struct refunds *refunds, struct facts *facts);
void refunds_clear(struct refunds *refunds);

/* How well a charge fits a credit, with what was given back of it already. */
enum fit refunds_judge(const struct refunds *refunds, const struct charge *credit, guint charge);
/* The charge that has a credit's transaction id and that it can give back, or NONE. */
guint refunds_namesake(const struct refunds *refunds, const struct charge *credit, enum fit *fit);
/* Takes note of what a credit gives back of a charge. */
void refunds_give(struct refunds *refunds, guint charge, const struct charge *credit);
/* Takes the charges that people said the credits (guint: charges) give back; found: one per credit,
 * zeroed. */
void refunds_take_decided(struct refunds *refunds, const GArray *credits, struct refunded *found);
/* Whether payment history tells of what a credit gives back of a charge; it does so once. */
gboolean refund_is_told(struct facts *facts, const struct charge *credit, guint charge);
/* Finds, of the others, those that payment history tells of. */
void refunds_find_told(struct refunds *refunds, const GArray *credits, struct refunded *found);
/* The charge of the same transaction id, else the best of those at most reach seconds before. */
struct refunded refunded_find(const struct refunds *refunds, const struct charge *credit,
                              int64_t reach);

/* Whether two amounts, both positive, differ by no more than rates do. */
gboolean amounts_about_equal(int64_t a, int64_t b);
