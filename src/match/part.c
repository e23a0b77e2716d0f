/* part.c - shares by largest remainder, so that no cent is lost or told twice. */
#include "match/part.h"
#include "core/money.h"

/* One top-up: each charge whole, and of the total as much as it has of their sum. */
static void charges_share(struct facts *facts, guint topup, const GArray *charges)
{
    g_autofree int64_t *weights = g_new(int64_t, charges->len);
    g_autofree int64_t *paid = g_new(int64_t, charges->len);

    for (guint i = 0; i < charges->len; i++)
        weights[i] = facts_charge(facts, g_array_index(charges, guint, i))->amount_nanos;
    money_split(paid, facts_topup(facts, topup)->total_nanos, weights, charges->len);
    for (guint i = 0; i < charges->len; i++) {
        guint index = g_array_index(charges, guint, i);
        const struct charge *charge = facts_charge(facts, index);
        struct part part = {topup, index, charge->amount_nanos, charge->fee_nanos, paid[i]};

        g_array_append_val(facts->parts, part);
    }
}

/* One charge: each total whole, and of the charge as much as it has of their sum. */
static void topups_share(struct facts *facts, const GArray *topups, guint index)
{
    const struct charge *charge = facts_charge(facts, index);
    g_autofree int64_t *weights = g_new(int64_t, topups->len);
    g_autofree int64_t *amounts = g_new(int64_t, topups->len);
    g_autofree int64_t *fees = g_new(int64_t, topups->len);

    for (guint i = 0; i < topups->len; i++)
        weights[i] = facts_topup(facts, g_array_index(topups, guint, i))->total_nanos;
    money_split(amounts, charge->amount_nanos, weights, topups->len);
    money_split(fees, charge->fee_nanos, weights, topups->len);
    for (guint i = 0; i < topups->len; i++) {
        struct part part = {g_array_index(topups, guint, i), index, amounts[i], fees[i],
                            weights[i]};

        g_array_append_val(facts->parts, part);
    }
}

void parts_share(struct facts *facts, const GArray *topups, const GArray *charges)
{
    g_assert(topups->len == 1 || charges->len == 1);
    if (topups->len == 1)
        charges_share(facts, g_array_index(topups, guint, 0), charges);
    else
        topups_share(facts, topups, g_array_index(charges, guint, 0));
}

static int compare_parts(gconstpointer a, gconstpointer b)
{
    const struct part *x = a, *y = b;

    if (x->topup != y->topup)
        return x->topup < y->topup ? -1 : 1;
    return (x->charge > y->charge) - (x->charge < y->charge);
}

void parts_sort(struct facts *facts)
{
    g_array_sort(facts->parts, compare_parts);
}
