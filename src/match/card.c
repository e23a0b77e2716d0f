/*
 * card.c - every pair of a top-up and a charge that fits, and the order in which they are decided:
 * uniqueness, what all complete pairings share, blocks, least cost.
 */
#include "match/card.h"
#include "match/component.h"
#include "match/decided.h"

struct search {
    struct facts *facts;
    struct fx *fx;
    struct pool *pool;
    guint topup;
};

static void pair_consider(void *context, guint item)
{
    struct search *search = context;
    const struct topup *topup = facts_topup(search->facts, search->topup);
    const struct charge *charge = facts_charge(search->facts, item);
    struct edge edge = {.topup = search->topup, .item = item, .beaten_by = NONE, .rule = ""};
    struct refusal refusal = {search->topup, item, card_refusal(topup, charge)};

    if (charge->topup != NONE)
        refusal.why = "a person accepted it for another top-up";
    if (decided_bars(search->facts, LEG_CARD, search->topup, item) ||
        !card_time_fits(topup, charge, &edge.distance) ||
        !card_amount_fits(search->fx, topup, charge, &edge))
        return;
    if (refusal.why) {
        g_array_append_val(search->pool->refusals, refusal);
        return;
    }
    g_array_append_val(search->pool->edges, edge);
}

static int compare_items(gconstpointer a, gconstpointer b, gpointer data)
{
    const struct edge *x = a, *y = b;

    (void)data;
    return (x->item > y->item) - (x->item < y->item);
}

static int compare_refused(gconstpointer a, gconstpointer b, gpointer data)
{
    const struct refusal *x = a, *y = b;

    (void)data;
    return (x->item > y->item) - (x->item < y->item);
}

/* Considers the charges of a top-up that lie about a time. */
static void time_search(struct search *search, const struct card_index *index, struct interval paid)
{
    const struct topup *topup = facts_topup(search->facts, search->topup);
    struct interval window = card_window(paid, card_index_has_posting_only(index));

    card_index_visit_amount(index, topup->currency, topup->due_nanos, topup->card_last4, window,
                            pair_consider, search);
    if (topup->learnt.nanos != 0)
        card_index_visit_amount(index, topup->currency, topup->due_nanos + topup->learnt.nanos,
                                topup->card_last4, window, pair_consider, search);
    if (topup->doubted_nanos > 0)
        card_index_visit_amount(index, topup->currency, topup->doubted_nanos, topup->card_last4,
                                window, pair_consider, search);
    card_index_visit_currency(index, topup->currency, TRUE, topup->card_last4, window,
                              pair_consider, search);
}

/* Leaves one of each pair that was found about both times. Edges and refusals are sorted by item.
 */
static void twice_found_drop(struct pool *pool, guint first_edge, guint first_refusal)
{
    for (guint i = pool->edges->len; i-- > first_edge + 1;)
        if (edge_at(pool->edges, i)->item == edge_at(pool->edges, i - 1)->item)
            g_array_remove_index(pool->edges, i);
    for (guint i = pool->refusals->len; i-- > first_refusal + 1;)
        if (g_array_index(pool->refusals, struct refusal, i).item ==
            g_array_index(pool->refusals, struct refusal, i - 1).item)
            g_array_remove_index(pool->refusals, i);
}

static void pairs_find(struct facts *facts, struct fx *fx, struct pool *pool)
{
    g_autoptr(CardIndex) index = card_index_new(facts);

    for (guint i = 0; i < facts->topups->len; i++) {
        const struct topup *topup = facts_topup(facts, i);
        struct search search = {facts, fx, pool, i};
        guint edge = pool->edges->len, refusal = pool->refusals->len;

        decided_offer(facts, pool, LEG_CARD, i);
        if (topup->legs[LEG_CARD].state != LEG_OPEN)
            continue;
        time_search(&search, index, topup->paid);
        if (topup->receipted.from < topup->receipted.until)
            time_search(&search, index, topup->receipted);
        g_qsort_with_data(pool->edges->data + edge * sizeof(struct edge),
                          (gint)(pool->edges->len - edge), sizeof(struct edge), compare_items,
                          NULL);
        g_qsort_with_data(pool->refusals->data + refusal * sizeof(struct refusal),
                          (gint)(pool->refusals->len - refusal), sizeof(struct refusal),
                          compare_refused, NULL);
        twice_found_drop(pool, edge, refusal);
    }
}

static const char *const class_rules[EDGE_CLASSES] = {
    [EDGE_ANY] = "unique-window",
    [EDGE_EXACT] = "unique-amount",
    [EDGE_TIGHT] = "unique-time",
};

static void winners_take(struct facts *facts, struct pool *pool)
{
    for (guint i = 0; i < pool->edges->len; i++) {
        const struct edge *edge = edge_at(pool->edges, i);

        if (edge->fate != EDGE_WON || facts_charge(facts, edge->item)->topup != NONE)
            continue; /* accepted before */
        facts_topup(facts, edge->topup)->legs[LEG_CARD] =
            (struct pairing){LEG_CONFIRMED, edge->item, i, edge->rule, NULL};
        facts_charge(facts, edge->item)->topup = edge->topup;
    }
}

/* The payments that no pair is proved of. */
static void unpaired_find(struct facts *facts, const GArray *edges, struct shelf *unpaired)
{
    g_autofree gboolean *is_paired = g_new0(gboolean, facts->topups->len + 1);

    for (guint i = 0; i < edges->len; i++)
        if (edge_at(edges, i)->fate == EDGE_WON)
            is_paired[edge_at(edges, i)->topup] = TRUE;
    shelf_init(unpaired);
    for (guint i = 0; i < facts->topups->len; i++)
        if (topup_is_open(facts_topup(facts, i)) && !is_paired[i])
            shelf_put_topup(unpaired, facts, i);
    shelf_sort_topups(unpaired, facts);
}

struct pool *card_pair(struct facts *facts, struct fx *fx, const struct coverage *coverage)
{
    struct pool *pool = pool_new();
    g_autoptr(GPtrArray) entangled = NULL;
    g_autoptr(GPtrArray) components = NULL;
    struct shelf unpaired;

    pairs_find(facts, fx, pool);
    card_clock_set(facts, pool->edges);
    assign_unique(pool->edges, facts->topups->len, facts->charges->len, class_rules, TRUE);
    entangled = assign_components(pool->edges, facts->topups->len, facts->charges->len);
    unpaired_find(facts, pool->edges, &unpaired);
    for (guint i = 0; i < entangled->len; i++)
        component_force(facts, pool, g_ptr_array_index(entangled, i), coverage, &unpaired);
    shelf_clear(&unpaired);
    winners_take(facts, pool);
    components = assign_components(pool->edges, facts->topups->len, facts->charges->len);
    for (guint i = 0; i < components->len; i++) {
        const GArray *component = g_ptr_array_index(components, i);

        if (!card_block_decide(facts, pool, component))
            component_weigh(facts, pool, component);
    }
    return pool;
}
