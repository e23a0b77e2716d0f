/*
 * decided.h - what people decided about pairs and items, as matching obeys it.
 *
 * An accepted pair comes before any other, a rejected one can arise nowhere, and what is settled
 * looks for nothing. Decisions are read newest first: where the facts of two have become one since
 * they were made, the newer one holds.
 */
#pragma once
#include "match/assign.h"
#include "match/fx.h"

struct decided;

/*
 * Finds the facts that decisions name, and applies the decisions: sets the states of legs that are
 * accepted or settled, the items' topup and is_settled, and the wallet of what was accepted.
 * Writes decided_fact and decision_state.
 */
gboolean decided_read(struct facts *facts, struct fx *fx, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void decided_free(struct decided *decided);

/* Who rejected a pair, when and why: a clause, or NULL when nobody did. */
const char *decided_bars(const struct facts *facts, enum leg leg, guint topup, guint item);
/* Whether any pair of a top-up's leg was rejected. */
gboolean decided_bars_any(const struct facts *facts, enum leg leg, guint topup);

/* Adds a top-up's accepted pair of a leg to its pool, and the rejected ones as refused. */
void decided_offer(struct facts *facts, struct pool *pool, enum leg leg, guint topup);
/* Who accepted an edge, when and why: a clause. */
const char *decided_words(const struct facts *facts, enum leg leg, guint topup);
/* What an accepted pair's amounts are apart otherwise than when it was accepted: a sentence; free
 * it. NULL when they are not. */
char *decided_change(const struct facts *facts, enum leg leg, guint topup);

/* The charge that a person said a credit gives back, and who, when and why, or NONE; and whether a
 * person said that it is not this one. */
guint decided_gives_back(const struct facts *facts, guint credit, const char **words);
gboolean decided_bars_refund(const struct facts *facts, guint credit, guint charge);

/* A variance that a person named, or took into account when accepting. */
struct variance {
    guint topup;
    int64_t nanos;
    const char *currency, *cause, *explanation;
    enum { NAMED, OF_CHARGE, OF_RECEIPT } kind; /* what an accepted pair is apart, or `adjust` */
};

/* By top-up, what a person named in the order of the naming, then what was accepted: struct
 * variance. */
const GArray *decided_variances(const struct facts *facts);
