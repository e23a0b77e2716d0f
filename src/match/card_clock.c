/*
 * card_clock.c - how far a timed statement's clock is from the Platform's, account by account.
 *
 * Pairs that nothing rivals tell it: the median of their differences, where there are at least
 * three. How near a pair is ("within two minutes") is then measured on a clock set right, so that a
 * statement that runs ten minutes late does not make the neighbour's charge look exact. Without
 * them, three pairs that nothing within two minutes rivals tell that the clock is right; without
 * those too, nothing is near.
 */
#include "match/card.h"

#define WITNESSES 3

struct witness {
    int64_t account_id, offset;
};

static int compare_witnesses(gconstpointer a, gconstpointer b)
{
    const struct witness *x = a, *y = b;

    if (x->account_id != y->account_id)
        return x->account_id < y->account_id ? -1 : 1;
    return (x->offset > y->offset) - (x->offset < y->offset);
}

static gboolean is_timed_pair(const struct facts *facts, const struct edge *edge)
{
    return facts_charge(facts, edge->item)->is_timed &&
           !facts_topup(facts, edge->topup)->paid_is_date;
}

static int64_t difference(const struct facts *facts, const struct edge *edge)
{
    return facts_charge(facts, edge->item)->purchased.from -
           facts_topup(facts, edge->topup)->paid_at;
}

static gboolean is_any_pair(const struct facts *facts, const struct edge *edge)
{
    (void)facts;
    (void)edge;
    return TRUE;
}

/* Within two minutes on the clock as it stands. */
static gboolean is_near_pair(const struct facts *facts, const struct edge *edge)
{
    return is_timed_pair(facts, edge) && ABS(difference(facts, edge)) <= TIGHT_SECONDS;
}

/* The differences of the pairs without a rival among those that count, by account, then size. */
static GArray *witnesses_find(const struct facts *facts, const GArray *edges,
                              gboolean (*counts)(const struct facts *, const struct edge *))
{
    g_autofree guint *of_topup = g_new0(guint, facts->topups->len + 1);
    g_autofree guint *of_item = g_new0(guint, facts->charges->len + 1);
    GArray *witnesses = g_array_new(FALSE, FALSE, sizeof(struct witness));

    for (guint i = 0; i < edges->len; i++) {
        if (!counts(facts, edge_at(edges, i)))
            continue;
        of_topup[edge_at(edges, i)->topup]++;
        of_item[edge_at(edges, i)->item]++;
    }
    for (guint i = 0; i < edges->len; i++) {
        const struct edge *edge = edge_at(edges, i);
        struct witness witness = {facts_charge(facts, edge->item)->account_id,
                                  difference(facts, edge)};

        if (counts(facts, edge) && of_topup[edge->topup] == 1 && of_item[edge->item] == 1 &&
            is_timed_pair(facts, edge))
            g_array_append_val(witnesses, witness);
    }
    g_array_sort(witnesses, compare_witnesses);
    return witnesses;
}

/* Where an account's witnesses start, or would. */
static guint witnesses_from(const GArray *witnesses, int64_t account_id)
{
    guint low = 0, high = witnesses->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (g_array_index(witnesses, struct witness, middle).account_id < account_id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The median of an account's witnesses; FALSE, and 0, where there are too few. */
static gboolean offset_find(const GArray *witnesses, int64_t account_id, int64_t *offset)
{
    guint first = witnesses_from(witnesses, account_id);
    guint count = witnesses_from(witnesses, account_id + 1) - first;

    *offset =
        count < WITNESSES ? 0 : g_array_index(witnesses, struct witness, first + count / 2).offset;
    return count >= WITNESSES;
}

void card_clock_set(const struct facts *facts, GArray *edges)
{
    g_autoptr(GArray) sure = witnesses_find(facts, edges, is_any_pair);
    g_autoptr(GArray) near = witnesses_find(facts, edges, is_near_pair);

    for (guint i = 0; i < edges->len; i++) {
        struct edge *edge = edge_at(edges, i);
        int64_t account_id = facts_charge(facts, edge->item)->account_id;
        int64_t apart, offset, none;
        gboolean is_known;

        if (!is_timed_pair(facts, edge))
            continue;
        is_known = offset_find(sure, account_id, &offset) || offset_find(near, account_id, &none);
        apart = ABS(difference(facts, edge) - offset);
        edge->is_tight = is_known && apart <= TIGHT_SECONDS;
        edge->is_far = apart > NEAR_SECONDS;
    }
}
