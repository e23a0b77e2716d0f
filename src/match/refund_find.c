/*
 * refund_find.c - which charge a credit on the card gives back.
 *
 * What a person said comes first. Else same account, same wallet, and a charge with the credit's
 * transaction id before any other. Else within reach, a charge of the same amount comes first;
 * then, where the account's currency is not the payment's, one that differs by no more than rates
 * do; then a larger one, of which it is a part. Of several that fit alike the latest is named,
 * unless they (or without one of the same amount, all that fit) are of several organizations: then
 * none is. What is given back of one charge never adds up to more than it.
 */
#include "match/refund_find.h"
#include "core/money.h"
#include "match/decided.h"

#define RATES_PERMILLE 25

static int ids_compare(const struct charge *a, const struct charge *b)
{
    if (a->account_id != b->account_id)
        return a->account_id < b->account_id ? -1 : 1;
    return strcmp(a->reference, b->reference);
}

static int by_id(gconstpointer a, gconstpointer b, gpointer facts)
{
    int order =
        ids_compare(facts_charge(facts, *(const guint *)a), facts_charge(facts, *(const guint *)b));

    return order ? order : charges_compare(a, b, facts);
}

void refunds_init(struct refunds *refunds, struct facts *facts)
{
    refunds->facts = facts;
    refunds->taken = g_array_new(FALSE, FALSE, sizeof(guint));
    refunds->given = g_new0(int64_t, facts->charges->len + 1);
    refunds->given_original = g_new0(int64_t, facts->charges->len + 1);
    for (guint i = 0; i < facts->charges->len; i++)
        if (charge_is_taken(facts_charge(facts, i)))
            g_array_append_val(refunds->taken, i);
    g_array_sort_with_data(refunds->taken, charges_compare, facts);
    refunds->by_id = g_array_copy(refunds->taken);
    g_array_sort_with_data(refunds->by_id, by_id, facts);
}

void refunds_clear(struct refunds *refunds)
{
    g_array_unref(refunds->taken);
    g_array_unref(refunds->by_id);
    g_free(refunds->given);
    g_free(refunds->given_original);
}

gboolean amounts_about_equal(int64_t a, int64_t b)
{
    return (int128)ABS(a - b) * 1000 <= (int128)MAX(a, b) * RATES_PERMILLE;
}

static gboolean cards_differ(const struct charge *a, const struct charge *b)
{
    return *a->card_last4 && *b->card_last4 && !g_str_equal(a->card_last4, b->card_last4);
}

static enum fit fit_amounts(int64_t back, int64_t taken, int64_t given)
{
    if (back > taken || given > taken - back)
        return FIT_NOT;
    return back == taken ? FIT_WHOLE : FIT_PART;
}

static gboolean is_barred(const struct refunds *refunds, const struct charge *credit, guint charge)
{
    return decided_bars_refund(refunds->facts, (guint)(credit - facts_charge(refunds->facts, 0)),
                               charge);
}

enum fit refunds_judge(const struct refunds *refunds, const struct charge *credit, guint index)
{
    const struct charge *charge = facts_charge(refunds->facts, index);
    int64_t back = -credit->amount_nanos;
    enum fit fit;

    if (cards_differ(credit, charge) || is_barred(refunds, credit, index))
        return FIT_NOT;
    if (originals_comparable(credit, charge))
        return fit_amounts(ABS(credit->original_nanos), charge->original_nanos,
                           refunds->given_original[index]);
    if (!g_str_equal(credit->currency, charge->currency))
        return FIT_NOT;
    fit = fit_amounts(back, charge->amount_nanos, refunds->given[index]);
    if (fit != FIT_WHOLE && refunds->given[index] == 0 && charge->topup != NONE &&
        !g_str_equal(facts_topup(refunds->facts, charge->topup)->currency, charge->currency) &&
        amounts_about_equal(back, charge->amount_nanos))
        return FIT_RATE;
    return fit;
}

/* Whose payment a charge was; of one in question whose it can have been. */
static int64_t organization_of(const struct refunds *refunds, guint index)
{
    const struct charge *charge = facts_charge(refunds->facts, index);

    return charge->topup == NONE ? charge->in_question_of
                                 : facts_topup(refunds->facts, charge->topup)->organization_key;
}

/* A sum that does not fit is more than any charge. */
static void add_given(int64_t *given, int64_t back)
{
    if (__builtin_add_overflow(*given, back, given))
        *given = INT64_MAX;
}

void refunds_give(struct refunds *refunds, guint charge, const struct charge *credit)
{
    add_given(&refunds->given[charge], -credit->amount_nanos);
    add_given(&refunds->given_original[charge], ABS(credit->original_nanos));
}

/* One organization beside another: the one that is known, or SEVERAL. */
static int64_t organizations_join(int64_t a, int64_t b)
{
    if (a == 0 || b == 0)
        return a ? a : b;
    return a == b ? a : SEVERAL;
}

/* Weighs one more charge that fits against the best so far. all: whose the charges are. */
static void refunded_weigh(const struct refunds *refunds, guint index, enum fit fit,
                           struct refunded *best, int64_t *all)
{
    const struct charge *charge = facts_charge(refunds->facts, index);
    int64_t mine = organization_of(refunds, index);

    *all = organizations_join(*all, mine);
    if (fit > best->fit) {
        *best = (struct refunded){
            .charge = index, .topup = charge->topup, .fit = fit, .organization_key = mine};
    } else if (fit == best->fit) {
        best->rivals++;
        best->organization_key = organizations_join(best->organization_key, mine);
    }
}

/* A refund of all of a charge, at the rate of another day. */
static gboolean is_at_another_rate(const struct refunds *refunds, const struct charge *credit,
                                   guint index)
{
    const struct charge *charge = facts_charge(refunds->facts, index);

    return !is_barred(refunds, credit, index) && refunds->given[index] == 0 &&
           g_str_equal(credit->currency, charge->currency) &&
           amounts_about_equal(-credit->amount_nanos, charge->amount_nanos);
}

guint refunds_namesake(const struct refunds *refunds, const struct charge *credit, enum fit *fit)
{
    guint low = 0, high = refunds->by_id->len, found = NONE;

    *fit = FIT_NOT;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        guint index = g_array_index(refunds->by_id, guint, middle);

        if (ids_compare(facts_charge(refunds->facts, index), credit) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < refunds->by_id->len; low++) {
        guint index = g_array_index(refunds->by_id, guint, low);
        const struct charge *charge = facts_charge(refunds->facts, index);
        enum fit own = refunds_judge(refunds, credit, index);

        if (ids_compare(charge, credit) != 0 || charge->purchased.from >= credit->purchased.until)
            break;
        if (own == FIT_NOT && is_at_another_rate(refunds, credit, index))
            own = FIT_RATE;
        if (own > *fit) {
            *fit = own;
            found = index;
        }
    }
    return found;
}

void refunds_take_decided(struct refunds *refunds, const GArray *credits, struct refunded *found)
{
    for (guint i = 0; i < credits->len; i++) {
        guint index = g_array_index(credits, guint, i);
        const struct charge *credit = facts_charge(refunds->facts, index);
        const char *decided = NULL;
        guint charge = decided_gives_back(refunds->facts, index, &decided);
        enum fit fit = charge == NONE ? FIT_NOT : refunds_judge(refunds, credit, charge);

        if (charge == NONE)
            continue;
        found[i] = (struct refunded){
            .charge = charge,
            .topup = facts_charge(refunds->facts, charge)->topup,
            .fit = fit == FIT_NOT ? FIT_RATE : fit,
            .organization_key = organization_of(refunds, charge),
            .is_told = refund_is_told(refunds->facts, credit, charge),
            .decided = decided,
        };
        refunds_give(refunds, charge, credit);
    }
}

struct refunded refunded_find(const struct refunds *refunds, const struct charge *credit,
                              int64_t reach)
{
    struct refunded best = {.charge = NONE, .topup = NONE, .fit = FIT_NOT};
    enum fit fit_of_namesake;
    guint namesake = refunds_namesake(refunds, credit, &fit_of_namesake);
    int64_t all = 0;

    if (namesake != NONE) {
        refunded_weigh(refunds, namesake, fit_of_namesake, &best, &all);
        best.is_unclear = best.organization_key == SEVERAL;
        return best;
    }
    for (guint k = charges_after(refunds->facts, refunds->taken, credit->account_id,
                                 credit->purchased.until - 1);
         k-- > 0;) {
        guint index = g_array_index(refunds->taken, guint, k);
        const struct charge *charge = facts_charge(refunds->facts, index);
        enum fit fit;

        if (charge->account_id != credit->account_id ||
            credit->purchased.from - charge->purchased.until > reach)
            break;
        fit = refunds_judge(refunds, credit, index);
        if (fit != FIT_NOT)
            refunded_weigh(refunds, index, fit, &best, &all);
    }
    /* What is not exact may as well be a part of any larger one. */
    best.is_unclear = (best.fit == FIT_WHOLE ? best.organization_key : all) == SEVERAL;
    return best;
}
