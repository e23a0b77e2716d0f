/*
 * assign.c - uniqueness to a fixpoint, and connected components of what is left.
 *
 * Confirming the unique edges of one class cannot take the uniqueness of another edge of that class
 * away (they share no end), so the order in which edges are visited does not matter.
 */
#include "match/assign.h"

struct pool *pool_new(void)
{
    struct pool *pool = g_new0(struct pool, 1);

    pool->edges = g_array_new(FALSE, FALSE, sizeof(struct edge));
    pool->refusals = g_array_new(FALSE, FALSE, sizeof(struct refusal));
    return pool;
}

void pool_free(struct pool *pool)
{
    if (!pool)
        return;
    g_array_unref(pool->edges);
    g_array_unref(pool->refusals);
    g_free(pool);
}

gboolean edge_is_better(const struct edge *edge, const struct edge *than)
{
    if (edge->is_exact != than->is_exact)
        return edge->is_exact;
    if (edge->is_taxed != than->is_taxed)
        return !edge->is_taxed;
    if (edge->distance != than->distance)
        return edge->distance < than->distance;
    return ABS(edge->variance) < ABS(than->variance);
}

static guint edge_first(const GArray *edges, guint topup)
{
    guint low = 0, high = edges->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (edge_at(edges, middle)->topup < topup)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

guint edge_find(const GArray *edges, guint topup, guint item)
{
    for (guint i = edge_first(edges, topup); i < edges->len; i++) {
        if (edge_at(edges, i)->topup != topup)
            break;
        if (edge_at(edges, i)->item == item)
            return i;
    }
    return NONE;
}

/* How many open edges of each class meet at every end, and which edges those are. */
struct ends {
    guint count;
    guint *degrees[EDGE_CLASSES]; /* by end */
    guint *initial;               /* degree in EDGE_ANY before anything was confirmed */
    guint *first;                 /* by end: where its edges start in list; count + 1 of them */
    guint *list;                  /* edge indexes, by end */
};

static gboolean edge_is(const struct edge *edge, enum edge_class class)
{
    if (class == EDGE_EXACT)
        return edge->is_exact && !edge->is_taxed;
    return class == EDGE_TIGHT ? edge->is_tight : TRUE;
}

static void ends_init(struct ends *ends, const GArray *edges, guint count, gboolean of_topups)
{
    g_autofree guint *filled = g_new0(guint, count + 1);

    ends->count = count;
    for (int class = 0; class < EDGE_CLASSES; class ++)
        ends->degrees[class] = g_new0(guint, count + 1);
    ends->first = g_new0(guint, count + 1);
    ends->list = g_new0(guint, edges->len + 1);
    for (guint i = 0; i < edges->len; i++) {
        const struct edge *edge = edge_at(edges, i);

        for (int class = 0; class < EDGE_CLASSES; class ++)
            if (edge_is(edge, (enum edge_class) class))
                ends->degrees[class][of_topups ? edge->topup : edge->item]++;
    }
    ends->initial = g_memdup2(ends->degrees[EDGE_ANY], (count + 1) * sizeof(guint));
    for (guint i = 0; i < count; i++)
        ends->first[i + 1] = ends->first[i] + ends->initial[i];
    for (guint i = 0; i < edges->len; i++) {
        guint end = of_topups ? edge_at(edges, i)->topup : edge_at(edges, i)->item;

        ends->list[ends->first[end] + filled[end]++] = i;
    }
}

static void ends_clear(struct ends *ends)
{
    for (int class = 0; class < EDGE_CLASSES; class ++)
        g_free(ends->degrees[class]);
    g_free(ends->initial);
    g_free(ends->first);
    g_free(ends->list);
}

struct assignment {
    GArray *edges;
    const char *const *rules;
    gboolean inexact_may_be_right;
    struct ends topups, items;
};

static void edge_close(struct assignment *all, struct edge *edge)
{
    for (int class = 0; class < EDGE_CLASSES; class ++)
        if (edge_is(edge, (enum edge_class) class)) {
            all->topups.degrees[class][edge->topup]--;
            all->items.degrees[class][edge->item]--;
        }
}

/* Takes an end's other open edges away from it. */
static void rivals_lose(struct assignment *all, const struct ends *ends, guint end, guint winner)
{
    for (guint k = ends->first[end]; k < ends->first[end + 1]; k++) {
        struct edge *edge = edge_at(all->edges, ends->list[k]);

        if (edge->fate == EDGE_OPEN) {
            edge->fate = EDGE_LOST;
            edge->beaten_by = winner;
            edge_close(all, edge);
        }
    }
}

static void edge_win(struct assignment *all, guint index, enum edge_class class)
{
    struct edge *edge = edge_at(all->edges, index);

    edge->fate = EDGE_WON;
    if (all->rules)
        edge->rule = all->rules[class];
    edge_close(all, edge);
    rivals_lose(all, &all->topups, edge->topup, index);
    rivals_lose(all, &all->items, edge->item, index);
}

/* Whether an end's other open edges lead to what would be left without any when this one won. */
static gboolean end_orphans(const struct assignment *all, const struct ends *ends, guint end,
                            const struct edge *winner, gboolean to_items)
{
    for (guint k = ends->first[end]; k < ends->first[end + 1]; k++) {
        const struct edge *edge = edge_at(all->edges, ends->list[k]);
        guint degree = to_items ? all->items.degrees[EDGE_ANY][edge->item]
                                : all->topups.degrees[EDGE_ANY][edge->topup];

        if (edge != winner && edge->fate == EDGE_OPEN && degree == 1)
            return TRUE;
    }
    return FALSE;
}

/* Where clocks are known to agree, a far pair that is merely what elimination left proves nothing.
 */
static gboolean edge_is_unique(const struct assignment *all, const struct edge *edge,
                               enum edge_class class)
{
    if (edge->fate != EDGE_OPEN || edge->is_doubted || !edge_is(edge, class) ||
        all->topups.degrees[class][edge->topup] != 1 || all->items.degrees[class][edge->item] != 1)
        return FALSE;
    if (class == EDGE_EXACT && all->inexact_may_be_right &&
        (end_orphans(all, &all->topups, edge->topup, edge, TRUE) ||
         end_orphans(all, &all->items, edge->item, edge, FALSE)))
        return FALSE;
    return !edge->is_far ||
           (all->topups.initial[edge->topup] == 1 && all->items.initial[edge->item] == 1);
}

/* All are judged before any is won, so that their order does not matter. */
static gboolean class_confirm(struct assignment *all, enum edge_class class)
{
    g_autoptr(GArray) unique = g_array_new(FALSE, FALSE, sizeof(guint));

    for (guint i = 0; i < all->edges->len; i++)
        if (edge_is_unique(all, edge_at(all->edges, i), class))
            g_array_append_val(unique, i);
    for (guint i = 0; i < unique->len; i++)
        edge_win(all, g_array_index(unique, guint, i), class);
    return unique->len > 0;
}

void assign_unique(GArray *edges, guint topup_count, guint item_count,
                   const char *const rules[EDGE_CLASSES], gboolean inexact_may_be_right)
{
    struct assignment all = {
        .edges = edges, .rules = rules, .inexact_may_be_right = inexact_may_be_right};
    gboolean confirmed = TRUE;

    ends_init(&all.topups, edges, topup_count, TRUE);
    ends_init(&all.items, edges, item_count, FALSE);
    while (confirmed) {
        confirmed = FALSE;
        for (int class = 0; class < EDGE_CLASSES; class ++)
            confirmed |= class_confirm(&all, (enum edge_class) class);
    }
    ends_clear(&all.topups);
    ends_clear(&all.items);
}

static guint root_find(guint *parents, guint node)
{
    while (parents[node] != node)
        node = parents[node] = parents[parents[node]];
    return node;
}

static void component_free(gpointer component)
{
    g_array_unref(component);
}

GPtrArray *assign_components(const GArray *edges, guint topup_count, guint item_count)
{
    guint node_count = topup_count + item_count;
    g_autofree guint *parents = g_new(guint, node_count + 1);
    g_autofree GArray **of_root = g_new0(GArray *, node_count + 1);
    GPtrArray *components = g_ptr_array_new_with_free_func(component_free);

    for (guint i = 0; i < node_count; i++)
        parents[i] = i;
    for (guint i = 0; i < edges->len; i++) {
        const struct edge *edge = edge_at(edges, i);

        if (edge->fate == EDGE_OPEN)
            parents[root_find(parents, edge->topup)] = root_find(parents, topup_count + edge->item);
    }
    for (guint i = 0; i < edges->len; i++) {
        const struct edge *edge = edge_at(edges, i);
        guint root = root_find(parents, edge->topup);

        if (edge->fate != EDGE_OPEN)
            continue;
        if (!of_root[root]) {
            of_root[root] = g_array_new(FALSE, FALSE, sizeof(guint));
            g_ptr_array_add(components, of_root[root]);
        }
        g_array_append_val(of_root[root], i);
    }
    return components;
}
