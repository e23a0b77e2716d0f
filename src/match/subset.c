/*
 * subset.c - a search that takes or leaves one amount after another, the largest first.
 *
 * It turns back where the rest is too small or the next too large, and stops at the second choice
 * that it finds.
 */
#include "match/subset.h"

struct amount {
    int64_t cents;
    guint place;
};

struct search {
    struct amount *amounts; /* the largest first */
    int64_t *rests;         /* by amount: the sum of it and all after it */
    guint count, least, found;
    guint steps;              /* left */
    gboolean *taken, *chosen; /* by place */
};

static int compare_amounts(gconstpointer a, gconstpointer b)
{
    const struct amount *x = a, *y = b;

    if (x->cents != y->cents)
        return x->cents > y->cents ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

static void search_from(struct search *search, guint next, int64_t missing, guint picked)
{
    const struct amount *amount = &search->amounts[next];

    if (search->found > 1 || search->steps == 0)
        return;
    search->steps--;
    if (missing == 0 && picked >= search->least) {
        if (search->found++ == 0)
            memcpy(search->chosen, search->taken, search->count * sizeof(gboolean));
        return;
    }
    if (next == search->count || search->rests[next] < missing || missing <= 0)
        return;
    if (amount->cents <= missing) {
        search->taken[amount->place] = TRUE;
        search_from(search, next + 1, missing - amount->cents, picked + 1);
        search->taken[amount->place] = FALSE;
    }
    search_from(search, next + 1, missing, picked);
}

enum subset_answer subset_find(const int64_t *cents, guint count, int64_t target, guint least,
                               gboolean *chosen, guint *steps)
{
    guint most = MIN(*steps, SUBSET_STEPS_MAX);
    struct amount amounts[SUBSET_COUNT_MAX + 1] = {{0, 0}};
    int64_t rests[SUBSET_COUNT_MAX + 1] = {0};
    gboolean taken[SUBSET_COUNT_MAX] = {FALSE};
    struct search search = {.amounts = amounts,
                            .rests = rests,
                            .count = count,
                            .least = least,
                            .steps = most,
                            .taken = taken,
                            .chosen = chosen};

    memset(chosen, 0, count * sizeof(gboolean));
    if (count > SUBSET_COUNT_MAX)
        return SUBSET_GAVE_UP;
    for (guint i = 0; i < count; i++)
        amounts[i] = (struct amount){cents[i], i};
    qsort(amounts, count, sizeof(struct amount), compare_amounts);
    for (guint i = count; i-- > 0;)
        rests[i] = rests[i + 1] + amounts[i].cents;
    search_from(&search, 0, target, 0);
    *steps -= most - search.steps;
    if (search.found == 1 && search.steps > 0)
        return SUBSET_ONLY;
    memset(chosen, 0, count * sizeof(gboolean));
    if (search.found > 1)
        return SUBSET_SEVERAL;
    return search.steps > 0 ? SUBSET_IMPOSSIBLE : SUBSET_GAVE_UP;
}
