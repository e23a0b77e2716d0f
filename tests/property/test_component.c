/*
 * test_component.c - the graph of a component and the sums of a combination against all that there
 * is to try.
 */
#include "match/component_graph.h"
#include "match/subset.h"
#include "random.h"
#include "test.h"

#define ROUNDS   400
#define SIDE_MAX 6

/* What trying every pairing finds. */
struct tried {
    guint complete;     /* complete pairings */
    guint in[36];       /* by edge: complete pairings that have it */
    guint most;         /* edges that a pairing can have */
    int64_t least;      /* total cost of those with most */
    guint most_without; /* likewise without one edge */
    int64_t least_without;
};

static struct graph graph_make(struct rng *rng)
{
    struct graph graph = {.row_count = 1 + rng_below(rng, SIDE_MAX),
                          .column_count = 1 + rng_below(rng, SIDE_MAX),
                          .edges = g_array_new(FALSE, FALSE, sizeof(struct graph_edge))};

    if (rng_one_in(rng, 2))
        graph.column_count = graph.row_count;
    for (guint row = 0; row < graph.row_count; row++)
        for (guint column = 0; column < graph.column_count; column++) {
            struct graph_edge edge = {row, column, rng_below(rng, 8)};

            if (rng_one_in(rng, 2))
                g_array_append_val(graph.edges, edge);
        }
    return graph;
}

static const struct graph_edge *edge_in(const struct graph *graph, guint index)
{
    return &g_array_index(graph->edges, struct graph_edge, index);
}

/* Tries every choice of edges for the rows from one on. */
static void pairings_try(const struct graph *graph, guint row, guint columns, guint count,
                         int64_t cost, guint *picked, guint without, struct tried *tried)
{
    if (row == graph->row_count) {
        if (without == G_MAXUINT && count == graph->row_count && count == graph->column_count) {
            tried->complete++;
            for (guint i = 0; i < count; i++)
                tried->in[picked[i]]++;
        }
        if (without == G_MAXUINT &&
            (count > tried->most || (count == tried->most && cost < tried->least))) {
            tried->most = count;
            tried->least = cost;
        }
        if (without != G_MAXUINT &&
            (count > tried->most_without ||
             (count == tried->most_without && cost < tried->least_without))) {
            tried->most_without = count;
            tried->least_without = cost;
        }
        return;
    }
    pairings_try(graph, row + 1, columns, count, cost, picked, without, tried);
    for (guint i = 0; i < graph->edges->len; i++) {
        const struct graph_edge *edge = edge_in(graph, i);

        if (edge->row != row || i == without || columns >> edge->column & 1)
            continue;
        picked[count] = i;
        pairings_try(graph, row + 1, columns | 1U << edge->column, count + 1, cost + edge->cost,
                     picked, without, tried);
    }
}

static struct tried graph_try(const struct graph *graph, guint without)
{
    struct tried tried = {.least = INT64_MAX, .least_without = INT64_MAX};
    guint picked[SIDE_MAX];

    pairings_try(graph, 0, 0, 0, 0, picked, without, &tried);
    return tried;
}

static void an_edge_is_in_all_complete_pairings_when_every_one_has_it(void **state)
{
    struct rng rng = rng_new();
    guint forced = 0, dropped = 0;

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct graph graph = graph_make(&rng);
        struct tried tried = graph_try(&graph, G_MAXUINT);
        enum edge_place places[36];

        assert_int_equal(graph_places(&graph, places), tried.complete > 0);
        for (guint i = 0; tried.complete > 0 && i < graph.edges->len; i++) {
            assert_int_equal(places[i] == EDGE_IN_ALL, tried.in[i] == tried.complete);
            assert_int_equal(places[i] == EDGE_IN_NONE, tried.in[i] == 0);
            forced += places[i] == EDGE_IN_ALL;
            dropped += places[i] == EDGE_IN_NONE;
        }
        g_array_unref(graph.edges);
    }
    assert_true(forced > 0 && dropped > 0);
}

static void the_pairing_found_has_most_edges_and_least_cost_and_knows_its_margins(void **state)
{
    struct rng rng = rng_new();

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct graph graph = graph_make(&rng);
        struct tried tried = graph_try(&graph, G_MAXUINT);
        guint mates[SIDE_MAX], count = 0;
        int64_t margins[SIDE_MAX], cost = 0;

        graph_assign(&graph, mates, margins);
        for (guint row = 0; row < graph.row_count; row++) {
            struct tried without;

            if (mates[row] == G_MAXUINT)
                continue;
            count++;
            cost += edge_in(&graph, mates[row])->cost;
            assert_int_equal(edge_in(&graph, mates[row])->row, row);
            without = graph_try(&graph, mates[row]);
            if (without.most_without < tried.most)
                assert_true(margins[row] >= GRAPH_COST_MAX);
            else
                assert_int_equal(margins[row], without.least_without - tried.least);
        }
        assert_int_equal(count, tried.most);
        if (count > 0)
            assert_int_equal(cost, tried.least);
        g_array_unref(graph.edges);
    }
}

static void the_order_of_edges_changes_nothing(void **state)
{
    struct rng rng = rng_new();

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct graph graph = graph_make(&rng);
        struct graph turned = graph;
        guint mates[SIDE_MAX], turned_mates[SIDE_MAX];
        int64_t margins[SIDE_MAX];

        turned.edges = g_array_new(FALSE, FALSE, sizeof(struct graph_edge));
        for (guint i = graph.edges->len; i-- > 0;)
            g_array_append_val(turned.edges, *edge_in(&graph, i));
        graph_assign(&graph, mates, margins);
        graph_assign(&turned, turned_mates, margins);
        for (guint row = 0; row < graph.row_count; row++)
            assert_true(mates[row] == G_MAXUINT ? turned_mates[row] == G_MAXUINT
                                                : edge_in(&graph, mates[row])->column ==
                                                      edge_in(&turned, turned_mates[row])->column);
        g_array_unref(graph.edges);
        g_array_unref(turned.edges);
    }
}

static void a_sum_is_the_only_one_several_or_impossible_as_trying_all_says(void **state)
{
    struct rng rng = rng_new();
    guint answers[SUBSET_GAVE_UP + 1] = {0};

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        guint count = rng_below(&rng, 11), found = 0, last = 0, least = 1 + rng_below(&rng, 2);
        int64_t cents[10], target = 1 + rng_below(&rng, 60);
        gboolean chosen[10];
        enum subset_answer answer;
        guint steps = SUBSET_STEPS_MAX;

        for (guint i = 0; i < count; i++)
            cents[i] = 1 + rng_below(&rng, 20);
        for (guint set = 0; set < 1U << count; set++) {
            int64_t sum = 0;

            for (guint i = 0; i < count; i++)
                sum += set >> i & 1 ? cents[i] : 0;
            if (sum == target && (guint)__builtin_popcount(set) >= least) {
                found++;
                last = set;
            }
        }
        answer = subset_find(cents, count, target, least, chosen, &steps);
        answers[answer]++;
        assert_int_equal(answer, found == 0   ? SUBSET_IMPOSSIBLE
                                 : found == 1 ? SUBSET_ONLY
                                              : SUBSET_SEVERAL);
        for (guint i = 0; i < count; i++)
            assert_int_equal(chosen[i], found == 1 && (last >> i & 1));
    }
    assert_true(answers[SUBSET_IMPOSSIBLE] && answers[SUBSET_ONLY] && answers[SUBSET_SEVERAL]);
}

static void a_search_that_is_too_large_is_given_up_and_does_not_say_impossible(void **state)
{
    int64_t cents[SUBSET_COUNT_MAX + 1];
    gboolean chosen[SUBSET_COUNT_MAX + 1];
    guint steps = 1000000;

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cents); i++)
        cents[i] = 2000000 + 2 * i; /* all even: an odd sum is impossible, but takes long to see */
    assert_int_equal(subset_find(cents, SUBSET_COUNT_MAX, 30000001, 2, chosen, &steps),
                     SUBSET_GAVE_UP);
    assert_int_equal(steps, 900000);
    assert_int_equal(subset_find(cents, 12, 12000001, 2, chosen, &steps), SUBSET_IMPOSSIBLE);
    assert_true(steps < 900000);
    assert_int_equal(subset_find(cents, SUBSET_COUNT_MAX + 1, 4000002, 2, chosen, &steps),
                     SUBSET_GAVE_UP);
    steps = 3; /* what other searches left */
    assert_int_equal(subset_find(cents, 12, 12000001, 2, chosen, &steps), SUBSET_GAVE_UP);
    assert_int_equal(steps, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_edge_is_in_all_complete_pairings_when_every_one_has_it),
        cmocka_unit_test(the_pairing_found_has_most_edges_and_least_cost_and_knows_its_margins),
        cmocka_unit_test(the_order_of_edges_changes_nothing),
        cmocka_unit_test(a_sum_is_the_only_one_several_or_impossible_as_trying_all_says),
        cmocka_unit_test(a_search_that_is_too_large_is_given_up_and_does_not_say_impossible),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
