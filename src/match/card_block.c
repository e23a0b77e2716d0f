/*
 * card_block.c - blocks: several equal top-ups and several equal charges, as auto-recharge bursts
 * make.
 *
 * Nothing in the files tells the members of a block apart but their order, and a pairing in order
 * of time is the one of least total distance. Where a swap of two members would change no period,
 * organization or card, any pairing is as right as any other and the state says so:
 * interchangeable. Where it would, a person decides. Of unequal numbers the smaller is paired
 * whole, at least distance; the rest stays open. (Too few charges for payments that name no card
 * are left to a person: which of them another card paid is not told.)
 */
#include "match/card.h"
#include "match/decided.h"

/* The table of the pairing has so many cells at most; a larger block is left to a person. */
#define CELLS_MAX 4000000

struct block {
    struct facts *facts;
    GArray *edges;
    GArray *topups, *items; /* guint, in order of time */
    guint *cells;           /* topups x items: edge index or NONE */
};

enum step { STEP_NONE, STEP_SKIP_ITEM, STEP_SKIP_TOPUP, STEP_PAIR };

static int compare_by_payment(gconstpointer a, gconstpointer b, gpointer data)
{
    guint x = *(const guint *)a, y = *(const guint *)b;
    int64_t p = facts_topup(data, x)->paid_at, q = facts_topup(data, y)->paid_at;

    return p != q ? (p > q) - (p < q) : (x > y) - (x < y);
}

static int compare_by_purchase(gconstpointer a, gconstpointer b, gpointer data)
{
    guint x = *(const guint *)a, y = *(const guint *)b;
    const struct charge *p = facts_charge(data, x), *q = facts_charge(data, y);

    if (p->purchased.from != q->purchased.from)
        return p->purchased.from < q->purchased.from ? -1 : 1;
    if (p->posted.from != q->posted.from)
        return p->posted.from < q->posted.from ? -1 : 1;
    return (x > y) - (x < y);
}

static void add_once(GArray *set, GHashTable *seen, guint member)
{
    if (g_hash_table_add(seen, GUINT_TO_POINTER(member + 1)))
        g_array_append_val(set, member);
}

static void block_members(struct block *block, const GArray *component)
{
    g_autoptr(GHashTable) topups = g_hash_table_new(NULL, NULL);
    g_autoptr(GHashTable) items = g_hash_table_new(NULL, NULL);

    for (guint k = 0; k < component->len; k++) {
        const struct edge *edge = edge_at(block->edges, g_array_index(component, guint, k));

        add_once(block->topups, topups, edge->topup);
        add_once(block->items, items, edge->item);
    }
    g_array_sort_with_data(block->topups, compare_by_payment, block->facts);
    g_array_sort_with_data(block->items, compare_by_purchase, block->facts);
}

static guint member(const GArray *set, guint index)
{
    return g_array_index(set, guint, index);
}

/* Whether a person rejected a pair of the block: then its members are not alike. */
static gboolean block_is_barred(const struct block *block)
{
    for (guint i = 0; i < block->topups->len; i++) {
        guint topup = member(block->topups, i);

        for (guint k = 0; decided_bars_any(block->facts, LEG_CARD, topup) && k < block->items->len;
             k++)
            if (decided_bars(block->facts, LEG_CARD, topup, member(block->items, k)))
                return TRUE;
    }
    return FALSE;
}

/* Every pair exact, with tax or without, and every total the same. (Their charges are then equal as
 * well.) */
static gboolean block_is_equal(const struct block *block, const GArray *component)
{
    const struct topup *first = facts_topup(block->facts, member(block->topups, 0));

    const struct edge *any = edge_at(block->edges, g_array_index(component, guint, 0));

    for (guint k = 0; k < component->len; k++) {
        const struct edge *edge = edge_at(block->edges, g_array_index(component, guint, k));

        if (!edge->is_exact || edge->is_taxed != any->is_taxed)
            return FALSE;
    }
    for (guint i = 1; i < block->topups->len; i++) {
        const struct topup *topup = facts_topup(block->facts, member(block->topups, i));

        if (cents_round(topup->due_nanos) != cents_round(first->due_nanos) ||
            !g_str_equal(topup->currency, first->currency))
            return FALSE;
    }
    return block->topups->len + block->items->len > 2;
}

static void posting_month(const struct charge *charge, char month[11])
{
    if (charge->posted.from < charge->posted.until)
        interval_day(charge->posted, month);
    else
        interval_day(charge->purchased, month);
    month[7] = '\0';
}

/* Whether a swap within the block changes nothing that a book or a report shows. */
static gboolean block_is_interchangeable(const struct block *block)
{
    const struct topup *first = facts_topup(block->facts, member(block->topups, 0));
    const struct charge *charged = facts_charge(block->facts, member(block->items, 0));
    char month[11], other[11];

    for (guint i = 1; i < block->topups->len; i++) {
        const struct topup *topup = facts_topup(block->facts, member(block->topups, i));

        if (topup->organization_key != first->organization_key ||
            strncmp(topup->paid_on, first->paid_on, 7) != 0 ||
            !g_str_equal(topup->card_last4, first->card_last4))
            return FALSE;
    }
    /* Which of them was paid with another card, of which there is no statement, is not told. */
    if (block->topups->len > block->items->len && !*first->card_last4)
        return FALSE;
    posting_month(charged, month);
    for (guint i = 1; i < block->items->len; i++) {
        const struct charge *charge = facts_charge(block->facts, member(block->items, i));

        posting_month(charge, other);
        if (charge->account_id != charged->account_id || !g_str_equal(month, other) ||
            !g_str_equal(charge->card_last4, charged->card_last4))
            return FALSE;
    }
    return TRUE;
}

static void block_cells(struct block *block, const GArray *component)
{
    g_autoptr(GHashTable) columns = g_hash_table_new(NULL, NULL);
    g_autoptr(GHashTable) rows = g_hash_table_new(NULL, NULL);
    gsize count = (gsize)block->topups->len * block->items->len;

    block->cells = g_new(guint, count);
    memset(block->cells, 0xff, count * sizeof(guint)); /* NONE */
    for (guint i = 0; i < block->topups->len; i++)
        g_hash_table_insert(rows, GUINT_TO_POINTER(member(block->topups, i)), GUINT_TO_POINTER(i));
    for (guint i = 0; i < block->items->len; i++)
        g_hash_table_insert(columns, GUINT_TO_POINTER(member(block->items, i)),
                            GUINT_TO_POINTER(i));
    for (guint k = 0; k < component->len; k++) {
        guint index = g_array_index(component, guint, k);
        const struct edge *edge = edge_at(block->edges, index);
        gsize row = GPOINTER_TO_UINT(g_hash_table_lookup(rows, GUINT_TO_POINTER(edge->topup)));
        guint column = GPOINTER_TO_UINT(g_hash_table_lookup(columns, GUINT_TO_POINTER(edge->item)));

        block->cells[row * block->items->len + column] = index;
    }
}

/* What a pair costs: seconds from the payment to the middle of what the charge's date covers. */
static int64_t pair_cost(const struct block *block, const struct edge *edge)
{
    const struct topup *topup = facts_topup(block->facts, edge->topup);
    struct interval purchased = facts_charge(block->facts, edge->item)->purchased;

    return ABS(purchased.from + (purchased.until - purchased.from) / 2 - topup->paid_at);
}

/*
 * The pairing in order that pairs most, and of those the one of least cost. cost[j] is that of the
 * first i top-ups and first j items; a pair earns more than any distance costs. Of equal ones the
 * later item stays open, then the later top-up.
 */
static void block_walk(const struct block *block, guint8 *steps)
{
    const int64_t reward = INT64_C(1) << 40;
    guint width = block->items->len + 1;
    g_autofree int64_t *above = g_new0(int64_t, width);
    g_autofree int64_t *cost = g_new0(int64_t, width);

    for (guint i = 1; i <= block->topups->len; i++) {
        cost[0] = 0;
        for (guint j = 1; j < width; j++) {
            guint index = block->cells[(gsize)(i - 1) * (width - 1) + j - 1];
            enum step step = STEP_SKIP_ITEM;

            cost[j] = cost[j - 1];
            if (above[j] < cost[j]) {
                cost[j] = above[j];
                step = STEP_SKIP_TOPUP;
            }
            if (index != NONE) {
                int64_t paired =
                    above[j - 1] + pair_cost(block, edge_at(block->edges, index)) - reward;

                if (paired < cost[j]) {
                    cost[j] = paired;
                    step = STEP_PAIR;
                }
            }
            steps[(gsize)i * width + j] = (guint8)step;
        }
        memcpy(above, cost, width * sizeof(int64_t));
    }
}

/* Marks the pairs of the walk, from its end. Pairs come out as edge indexes. */
static GArray *block_pairs(const struct block *block)
{
    guint width = block->items->len + 1;
    g_autofree guint8 *steps = g_new0(guint8, (gsize)width * (block->topups->len + 1));
    GArray *pairs = g_array_new(FALSE, FALSE, sizeof(guint));
    guint i = block->topups->len, j = block->items->len;

    block_walk(block, steps);
    while (i > 0 && j > 0) {
        enum step step = (enum step)steps[(gsize)i * width + j];

        if (step == STEP_PAIR) {
            guint index = block->cells[(gsize)(i - 1) * (width - 1) + j - 1];

            g_array_append_val(pairs, index);
        }
        i -= step != STEP_SKIP_ITEM;
        j -= step != STEP_SKIP_TOPUP;
    }
    return pairs;
}

static void block_settle(struct facts *facts, struct block *block, const GArray *component)
{
    g_autoptr(GArray) pairs = block_pairs(block);

    for (guint k = 0; k < pairs->len; k++) {
        guint index = member(pairs, k);
        struct edge *edge = edge_at(block->edges, index);

        edge->fate = EDGE_WON;
        edge->rule = "equal-block";
        facts_topup(facts, edge->topup)->legs[LEG_CARD] =
            (struct pairing){LEG_INTERCHANGEABLE, edge->item, index, edge->rule, NULL};
        facts_charge(facts, edge->item)->topup = edge->topup;
    }
    for (guint k = 0; k < component->len; k++) {
        struct edge *edge = edge_at(block->edges, member(component, k));
        guint taken = facts_topup(facts, edge->topup)->legs[LEG_CARD].edge;
        guint by = facts_charge(facts, edge->item)->topup;

        if (edge->fate != EDGE_OPEN)
            continue;
        edge->fate = EDGE_LOST;
        edge->beaten_by = taken != NONE ? taken : facts_topup(facts, by)->legs[LEG_CARD].edge;
    }
}

/* Shows the pairing in order, but leaves it to a person. */
static void block_leave(struct facts *facts, struct block *block, const GArray *component)
{
    g_autoptr(GArray) pairs = block_pairs(block);

    for (guint k = 0; k < component->len + pairs->len; k++) {
        guint index = k < pairs->len ? member(pairs, k) : member(component, k - pairs->len);
        struct edge *edge = edge_at(block->edges, index);
        struct pairing *leg = &facts_topup(facts, edge->topup)->legs[LEG_CARD];

        edge->rule = "ambiguous-block";
        facts_question(facts, edge->item, edge->topup);
        if (leg->edge == NONE)
            *leg = (struct pairing){LEG_AMBIGUOUS, edge->item, index, edge->rule, NULL};
    }
}

gboolean card_block_decide(struct facts *facts, struct pool *pool, const GArray *component)
{
    struct block block = {
        .facts = facts,
        .edges = pool->edges,
        .topups = g_array_new(FALSE, FALSE, sizeof(guint)),
        .items = g_array_new(FALSE, FALSE, sizeof(guint)),
    };
    gboolean is_block;

    block_members(&block, component);
    is_block = (gsize)block.topups->len * block.items->len <= CELLS_MAX &&
               block_is_equal(&block, component) && !block_is_barred(&block);
    if (is_block) {
        block_cells(&block, component);
        if (block_is_interchangeable(&block))
            block_settle(facts, &block, component);
        else
            block_leave(facts, &block, component);
    }
    g_array_unref(block.topups);
    g_array_unref(block.items);
    g_free(block.cells);
    return is_block;
}
