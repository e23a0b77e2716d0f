/*
 * decided_internal.h - decisions in memory: decided_load.c reads them, decided.c applies them,
 * decided_ask.c answers from them; decided_refund.c does both for what gives back.
 */
#pragma once
#include "match/decided.h"

/* A pair that a person accepted or rejected; of a group each top-up with the first item. */
struct pair {
    enum leg leg;
    guint topup, item;
    guint decision;
    int64_t difference, accepted_difference; /* accepted: the item above the top-up's total */
    const char *currency;                    /* of the differences; "" when not comparable */
    int64_t variance; /* in the item's currency, of what a rate makes comparable */
    gboolean is_exact, is_within_rates;
    gboolean is_group; /* accepted with more than one on either side */
};

struct named {
    char kind;   /* of the id: 't', 'r', 'c', 'x' */
    guint index; /* in the facts' array; NONE while it is not in the ledger */
};

struct decision {
    int64_t decision_id, amount_nanos;
    const char *verb, *leg, *currency, *cause;
    const char *words; /* "accepted by ann on 2026-11-26: why" */
    GArray *facts;     /* struct named */
    GString *ids, *references;
    const char *state;
    int64_t ended_by; /* 0: none */
};

/* The decision that holds a leg or an item: its index in decisions and one; 0: none. */
struct holders {
    guint *legs[LEGS], *receipts, *charges;
};

/* A credit on the card, and the charge that a person said it does or does not give back. */
struct give_back {
    guint credit, charge, decision;
};

struct decided {
    GArray *decisions;                   /* struct decision, newest first */
    GArray *accepted, *rejected;         /* struct pair, by leg, top-up and item */
    GArray *given_back, *not_given_back; /* struct give_back: accepted, rejected */
    GArray *variances;                   /* struct variance */
    struct holders holders;
};

static inline struct decision *decision_at(const struct decided *decided, guint index)
{
    return &g_array_index(decided->decisions, struct decision, index);
}

/* Reads the decisions into facts->decided, newest first, with the facts that they name now. */
gboolean decisions_load(struct facts *facts, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean decision_state_write(struct db *db, const struct decision *decision,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A newer decision ends it; or what it says is not possible, or not in the ledger. */
void decision_supersede(const struct decided *decided, struct decision *decision, guint by);
void decision_wait(struct decision *decision);

gboolean decision_is_of_refund(const struct decision *decision);
void give_back_decide(struct facts *facts, guint index);
/* A credit is of the wallet of what it gives back. */
gboolean given_back_take_wallets(struct facts *facts, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Orders pairs by leg, top-up and item. */
int pair_compare(gconstpointer a, gconstpointer b);
