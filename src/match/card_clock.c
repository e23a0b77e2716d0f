/*
 * card_clock.c - how far a timed statement's clock is from the Platform's, account by account.
 *
 * Pairs that nothing rivals tell it: the median of their differences, where there are at least
 * three. How near a pair is ("within two minutes") is then measured on a clock set right, so that a
 * statement that runs ten minutes late does not make the neighbour's charge look exact.
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

/* The differences of the pairs without a rival, by account, then size. */
static GArray *witnesses_find(const struct facts *facts, const GArray *edges)
{
    g_autofree guint *of_topup = g_new0(guint, facts->topups->len + 1);
    g_autofree guint *of_item = g_new0(guint, facts->charges->len + 1);
    GArray *witnesses = g_array_new(FALSE, FALSE, sizeof(struct witness));

    for (guint i = 0; i < edges->len; i++) {
        of_topup[edge_at(edges, i)->topup]++;
        of_item[edge_at(edges, i)->item]++;
    }
    for (guint i = 0; i < edges->len; i++) {
        const struct edge *edge = edge_at(edges, i);
        struct witness witness = {facts_charge(facts, edge->item)->account_id,
                                  difference(facts, edge)};

        if (of_topup[edge->topup] == 1 && of_item[edge->item] == 1 && is_timed_pair(facts, edge))
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

/* The median of an account's witnesses, 0 where there are too few. */
static int64_t offset_find(const GArray *witnesses, int64_t account_id)
{
    guint first = witnesses_from(witnesses, account_id);
    guint count = witnesses_from(witnesses, account_id + 1) - first;

    if (count < WITNESSES)
        return 0;
    return g_array_index(witnesses, struct witness, first + count / 2).offset;
}

void card_clock_set(const struct facts *facts, GArray *edges)
{
    g_autoptr(GArray) witnesses = witnesses_find(facts, edges);

    for (guint i = 0; i < edges->len; i++) {
        struct edge *edge = edge_at(edges, i);
        int64_t apart;

        if (!is_timed_pair(facts, edge))
            continue;
        apart = ABS(difference(facts, edge) -
                    offset_find(witnesses, facts_charge(facts, edge->item)->account_id));
        edge->is_tight = apart <= TIGHT_SECONDS;
        edge->is_far = apart > NEAR_SECONDS;
    }
}
