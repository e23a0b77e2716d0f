/*
 * assign.h - decides between pairs that all fit: what is unique both ways is confirmed, step by
 * step.
 *
 * The pairs of one leg are edges between top-ups and items (receipts or charges). Only what this
 * file says is known here; amounts and dates were judged when an edge was made.
 */
#pragma once
#include "match/facts.h"
#include <stdbool.h>

enum edge_fate {
    EDGE_OPEN, /* undecided */
    EDGE_WON,
    EDGE_LOST, /* its top-up or its item went elsewhere */
};

/* What made a won edge unique. */
enum edge_class {
    EDGE_ANY,   /* nothing else fits either side */
    EDGE_EXACT, /* the only one without a currency conversion between */
    EDGE_TIGHT, /* the only one within two minutes */
    EDGE_CLASSES
};

/* A burst of n payments makes n x n of these: small, in this order. */
struct edge {
    guint topup, item;
    guint beaten_by;  /* the edge that took its top-up or item; NONE */
    gint32 distance;  /* seconds between the payment and the item */
    int64_t variance; /* what the item is above what was expected, in its currency */
    const char *rule; /* static */
    enum edge_fate fate;
    bool is_exact, is_tight;
    bool is_doubted; /* fits another document's amount only: contests, but never wins */
    bool is_rated;   /* a receipt in another currency that agrees at the day's rate */
    bool is_taxed;   /* exact with a tax that other receipts of the account teach */
    bool is_far;     /* times are known and lie apart: may not become unique by elimination */
};

/* Pairs that were not even candidates, kept because a person would ask. */
struct refusal {
    guint topup, item;
    const char *why; /* a clause; owned by the facts */
};

/* Everything that was considered for one leg. */
struct pool {
    GArray *edges;    /* struct edge */
    GArray *refusals; /* struct refusal */
};

struct pool *pool_new(void);
void pool_free(struct pool *pool);
typedef struct pool Pool; /* for g_autoptr(Pool) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pool, pool_free)

static inline struct edge *edge_at(const GArray *edges, guint index)
{
    return &g_array_index(edges, struct edge, index);
}

/*
 * Of two edges that stay undecided, whether the first is the one to show: exact before not, then
 * the nearer, then the smaller variance. Of equal ones neither is better: the first stays.
 */
gboolean edge_is_better(const struct edge *edge, const struct edge *than);

/* The edge between a top-up and an item, or NONE. Edges must be sorted by top-up. */
guint edge_find(const GArray *edges, guint topup, guint item);

/*
 * Confirms edges until nothing more is unique: first what has no rival, then what has none among
 * exact edges, then none among tight ones; what a confirmed edge takes away from others may make
 * them unique. The result does not depend on the order of edges.
 * A won edge takes the rule of what made it unique, unless rules is NULL.
 * With inexact_may_be_right an exact edge does not win over inexact ones when it would leave a
 * rival without any pair: then the two explain as much, and exactness could be chance.
 */
void assign_unique(GArray *edges, guint topup_count, guint item_count,
                   const char *const rules[EDGE_CLASSES], gboolean inexact_may_be_right);

/* Groups the open edges into connected components: a GPtrArray of GArray of guint (edge indexes),
 * by the first edge of each. */
GPtrArray *assign_components(const GArray *edges, guint topup_count, guint item_count);
