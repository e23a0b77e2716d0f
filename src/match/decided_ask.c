/* decided_ask.c - what the other steps of matching ask of decisions. */
#include "match/decided_internal.h"
#include "match/sentence.h"

int pair_compare(gconstpointer a, gconstpointer b)
{
    const struct pair *x = a, *y = b;

    if (x->leg != y->leg)
        return x->leg < y->leg ? -1 : 1;
    if (x->topup != y->topup)
        return x->topup < y->topup ? -1 : 1;
    return (x->item > y->item) - (x->item < y->item);
}

/* The first pair of a sorted array that is not before a key. */
static guint pair_first(const GArray *pairs, enum leg leg, guint topup, guint item)
{
    const struct pair key = {.leg = leg, .topup = topup, .item = item};
    guint low = 0;

    for (guint high = pairs->len; low < high;) {
        guint middle = low + (high - low) / 2;

        if (pair_compare(&g_array_index(pairs, struct pair, middle), &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const struct pair *pair_of_leg(const GArray *pairs, enum leg leg, guint topup, guint item)
{
    guint index = pair_first(pairs, leg, topup, item);
    const struct pair *pair = index < pairs->len ? &g_array_index(pairs, struct pair, index) : NULL;

    return pair && pair->leg == leg && pair->topup == topup ? pair : NULL;
}

const char *decided_bars(const struct facts *facts, enum leg leg, guint topup, guint item)
{
    const struct pair *pair =
        facts->decided ? pair_of_leg(facts->decided->rejected, leg, topup, item) : NULL;

    return pair && pair->item == item ? decision_at(facts->decided, pair->decision)->words : NULL;
}

gboolean decided_bars_any(const struct facts *facts, enum leg leg, guint topup)
{
    return facts->decided && pair_of_leg(facts->decided->rejected, leg, topup, 0) != NULL;
}

void decided_offer(struct facts *facts, struct pool *pool, enum leg leg, guint topup)
{
    const GArray *rejected = facts->decided->rejected;
    const struct pair *accepted = pair_of_leg(facts->decided->accepted, leg, topup, 0);

    for (guint i = pair_first(rejected, leg, topup, 0); i < rejected->len; i++) {
        const struct pair *pair = &g_array_index(rejected, struct pair, i);
        struct refusal refusal = {topup, pair->item, NULL};

        if (pair->leg != leg || pair->topup != topup)
            break;
        refusal.why = decision_at(facts->decided, pair->decision)->words;
        g_array_append_val(pool->refusals, refusal);
    }
    if (accepted && !accepted->is_group) {
        struct edge edge = {
            .topup = topup,
            .item = accepted->item,
            .beaten_by = NONE,
            .variance = accepted->variance,
            .rule = "accepted",
            .fate = EDGE_WON,
            .is_exact = accepted->is_exact,
        };

        facts_topup(facts, topup)->legs[leg].edge = pool->edges->len;
        g_array_append_val(pool->edges, edge);
    }
}

const char *decided_words(const struct facts *facts, enum leg leg, guint topup)
{
    const struct pair *pair = pair_of_leg(facts->decided->accepted, leg, topup, 0);

    return decision_at(facts->decided, pair->decision)->words;
}

char *decided_change(const struct facts *facts, enum leg leg, guint topup)
{
    const struct pair *pair = pair_of_leg(facts->decided->accepted, leg, topup, 0);
    g_autofree char *was = NULL;
    g_autofree char *is = NULL;

    if (!*pair->currency || pair->difference == pair->accepted_difference)
        return NULL;
    was = sentence_money(pair->accepted_difference, pair->currency);
    is = sentence_money(pair->difference, pair->currency);
    return g_strdup_printf("The %s was %s with a difference of %s, but now it is %s.",
                           leg == LEG_CARD ? "charge" : "receipt",
                           decision_at(facts->decided, pair->decision)->words, was, is);
}

const GArray *decided_variances(const struct facts *facts)
{
    return facts->decided->variances;
}
