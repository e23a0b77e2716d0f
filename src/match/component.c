/*
 * component.c - a component as a graph: what it proves, and what its costs suggest.
 *
 * Costs are seconds. A pair costs its distance in time; where a rate stands between, a day more,
 * and a day for each percent that the charge is off. A suggestion must beat every other pairing by
 * half a day.
 */
#include "match/component.h"
#include "core/money.h"
#include "match/card.h"
#include "match/component_graph.h"

/* Larger components are left undecided, and say so. */
#define PLACES_ROWS_MAX  2000
#define PLACES_WORK_MAX  50000000 /* rows x edges */
#define PLACES_EDGES_MAX 135000   /* more than that have too many rows for it */
#define ASSIGN_SIDE_MAX  256

#define MARGIN            (SECONDS_PER_DAY / 2)
#define COST_OF_RATE      SECONDS_PER_DAY
#define COST_OF_A_PERCENT SECONDS_PER_DAY

struct group {
    struct facts *facts;
    GArray *edges;
    const GArray *component;
    GArray *topups, *items; /* guint, in natural order: rows and columns */
    struct graph graph;
};

static int compare_indexes(gconstpointer a, gconstpointer b)
{
    guint x = *(const guint *)a, y = *(const guint *)b;

    return (x > y) - (x < y);
}

static GArray *members_of(const GArray *edges, const GArray *component, gboolean are_topups)
{
    GArray *members = g_array_new(FALSE, FALSE, sizeof(guint));
    guint count = 0;

    for (guint k = 0; k < component->len; k++) {
        const struct edge *edge = edge_at(edges, g_array_index(component, guint, k));

        g_array_append_val(members, *(are_topups ? &edge->topup : &edge->item));
    }
    g_array_sort(members, compare_indexes);
    for (guint i = 0; i < members->len; i++)
        if (i == 0 || g_array_index(members, guint, i) != g_array_index(members, guint, count - 1))
            g_array_index(members, guint, count++) = g_array_index(members, guint, i);
    g_array_set_size(members, count);
    return members;
}

static guint place_of(const GArray *members, guint member)
{
    guint place = 0;

    g_array_binary_search((GArray *)(gsize)members, &member, compare_indexes, &place);
    return place;
}

static int64_t cost_of(const struct facts *facts, const struct edge *edge)
{
    const struct charge *charge = facts_charge(facts, edge->item);
    int64_t expected = charge->amount_nanos - edge->variance;
    int64_t off = ABS(edge->variance), cost = edge->distance;

    if (!edge->is_exact && expected > 0)
        cost += COST_OF_RATE + (int64_t)((int128)off * 100 * COST_OF_A_PERCENT / expected);
    return MIN(cost, GRAPH_COST_MAX);
}

static void group_init(struct group *group, struct facts *facts, struct pool *pool,
                       const GArray *component)
{
    *group = (struct group){
        .facts = facts,
        .edges = pool->edges,
        .component = component,
        .topups = members_of(pool->edges, component, TRUE),
        .items = members_of(pool->edges, component, FALSE),
    };
    group->graph = (struct graph){
        .row_count = group->topups->len,
        .column_count = group->items->len,
        .edges = g_array_new(FALSE, FALSE, sizeof(struct graph_edge)),
    };
    for (guint k = 0; k < component->len; k++) {
        const struct edge *edge = edge_at(pool->edges, g_array_index(component, guint, k));
        struct graph_edge drawn = {place_of(group->topups, edge->topup),
                                   place_of(group->items, edge->item), cost_of(facts, edge)};

        g_array_append_val(group->graph.edges, drawn);
    }
}

static void group_clear(struct group *group)
{
    g_array_unref(group->topups);
    g_array_unref(group->items);
    g_array_unref(group->graph.edges);
}

static struct edge *group_edge(const struct group *group, guint k, guint *index)
{
    *index = g_array_index(group->component, guint, k);
    return edge_at(group->edges, *index);
}

/* A payment whose charge must be among those that fit: its card's statements cover the days. */
static gboolean is_covered(const struct topup *topup, const struct coverage *coverage)
{
    return *topup->card_last4 && coverage_covers_topup(coverage, topup);
}

/* Whether a charge of the group could be another payment's that was typed a few cents off. */
static gboolean group_is_slipped(const struct group *group, const struct shelf *unpaired)
{
    for (guint i = 0; i < group->items->len; i++) {
        guint item = g_array_index(group->items, guint, i);
        g_autoptr(GArray) topups = topups_about(group->facts, unpaired, item);

        for (guint k = 0; k < topups->len; k++)
            if (charge_is_slip(facts_topup(group->facts, g_array_index(topups, guint, k)),
                               facts_charge(group->facts, item)))
                return TRUE;
    }
    return FALSE;
}

/* Whether a pairing that leaves somebody out would leave something unexplained. */
static gboolean group_is_whole(const struct group *group, const struct coverage *coverage,
                               const struct shelf *unpaired)
{
    guint index;

    if (group->topups->len != group->items->len)
        return FALSE;
    for (guint k = 0; k < group->component->len; k++) {
        const struct edge *edge = group_edge(group, k, &index);

        if (!edge->is_exact || edge->is_taxed || edge->is_far ||
            !*facts_charge(group->facts, edge->item)->card_last4)
            return FALSE;
    }
    for (guint i = 0; i < group->topups->len; i++)
        if (!is_covered(facts_topup(group->facts, g_array_index(group->topups, guint, i)),
                        coverage))
            return FALSE;
    return !group_is_slipped(group, unpaired);
}

/* The edges that are in all pairings win; their rivals, and those that are in none, lose. */
static void group_settle(struct group *group, const enum edge_place *places)
{
    g_autofree guint *taken = g_new(guint, group->topups->len + 1);
    g_autofree guint *gone = g_new(guint, group->items->len + 1);
    guint index;

    for (guint i = 0; i < group->topups->len; i++)
        taken[i] = gone[i] = NONE;
    for (guint k = 0; k < group->component->len; k++) {
        const struct graph_edge *drawn = &g_array_index(group->graph.edges, struct graph_edge, k);
        struct edge *edge = group_edge(group, k, &index);

        if (places[k] != EDGE_IN_ALL)
            continue;
        edge->fate = EDGE_WON;
        edge->rule = "only-complete-pairing";
        taken[drawn->row] = gone[drawn->column] = index;
    }
    for (guint k = 0; k < group->component->len; k++) {
        const struct graph_edge *drawn = &g_array_index(group->graph.edges, struct graph_edge, k);
        struct edge *edge = group_edge(group, k, &index);

        if (places[k] != EDGE_IN_NONE)
            continue;
        edge->fate = EDGE_LOST;
        edge->beaten_by = taken[drawn->row] != NONE ? taken[drawn->row] : gone[drawn->column];
    }
}

void component_force(struct facts *facts, struct pool *pool, const GArray *component,
                     const struct coverage *coverage, const struct shelf *unpaired)
{
    g_autofree enum edge_place *places = NULL;
    struct group group;

    if (component->len > PLACES_EDGES_MAX)
        return;
    places = g_new(enum edge_place, component->len + 1);
    group_init(&group, facts, pool, component);
    if (group.topups->len <= PLACES_ROWS_MAX &&
        (gsize)group.topups->len * component->len <= PLACES_WORK_MAX &&
        group_is_whole(&group, coverage, unpaired) && graph_places(&group.graph, places))
        group_settle(&group, places);
    group_clear(&group);
}

/* Shows a payment its best candidate, the one of the least-cost pairing first. */
static void leg_show(struct facts *facts, const GArray *edges, guint index, enum leg_state state,
                     const char *rule)
{
    struct edge *edge = edge_at(edges, index);
    struct pairing *leg = &facts_topup(facts, edge->topup)->legs[LEG_CARD];

    edge->rule = rule;
    if (leg->edge == NONE ||
        (leg->state == LEG_AMBIGUOUS &&
         (state == LEG_SUGGESTED || edge_is_better(edge, edge_at(edges, leg->edge)))))
        *leg = (struct pairing){state, edge->item, index, rule, NULL};
}

void component_weigh(struct facts *facts, struct pool *pool, const GArray *component)
{
    g_autofree guint *mates = NULL;
    g_autofree int64_t *margins = NULL;
    gboolean is_small;
    struct group group;
    guint index;

    group_init(&group, facts, pool, component);
    is_small = MAX(group.topups->len, group.items->len) <= ASSIGN_SIDE_MAX;
    mates = g_new0(guint, group.topups->len + 1);
    margins = g_new0(int64_t, group.topups->len + 1);
    if (is_small)
        graph_assign(&group.graph, mates, margins);
    for (guint k = 0; k < component->len; k++) {
        const struct edge *edge = group_edge(&group, k, &index);
        guint row = g_array_index(group.graph.edges, struct graph_edge, k).row;
        gboolean is_clear = is_small && mates[row] == k && margins[row] >= MARGIN && !edge->is_far;

        facts_question(facts, edge->item, edge->topup);
        leg_show(facts, pool->edges, index, is_clear ? LEG_SUGGESTED : LEG_AMBIGUOUS,
                 is_clear   ? "least-cost"
                 : is_small ? "ambiguous-component"
                            : "ambiguous-large");
    }
    group_clear(&group);
}
