/*
 * refund_find.c - which charge a credit on the card gives back.
 *
 * Same account, same wallet, within reach. A charge whose payment the payment history tells to be
 * refunded, by that amount and about then, comes first; then one of the same amount; then, where
 * the account's currency is not the payment's, one that differs by no more than rates do; then a
 * larger one, of which it is a part. Of several that fit alike the latest is named, unless they are
 * of several organizations: then none is. What is given back of one charge never adds up to more
 * than it.
 */
#include "match/refund_find.h"
#include "core/money.h"

#define RATES_PERMILLE 25
#define TOLD_BEFORE    (5 * SECONDS_PER_DAY)
#define TOLD_AFTER     (60 * SECONDS_PER_DAY)

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
}

void refunds_clear(struct refunds *refunds)
{
    g_array_unref(refunds->taken);
    g_free(refunds->given);
    g_free(refunds->given_original);
}

gboolean amounts_about_equal(int64_t a, int64_t b)
{
    return (int128)ABS(a - b) * 1000 <= (int128)MAX(a, b) * RATES_PERMILLE;
}

gboolean cards_differ(const struct charge *a, const struct charge *b)
{
    return *a->card_last4 && *b->card_last4 && !g_str_equal(a->card_last4, b->card_last4);
}

static enum fit fit_amounts(int64_t back, int64_t taken, int64_t given)
{
    if (back + given > taken)
        return FIT_NOT;
    return back == taken ? FIT_WHOLE : FIT_PART;
}

static enum fit fit_judge(const struct refunds *refunds, const struct charge *credit, guint index)
{
    const struct charge *charge = facts_charge(refunds->facts, index);
    int64_t back = -credit->amount_nanos;
    enum fit fit;

    if (cards_differ(credit, charge))
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

/* Whether payment history gives back of a payment what the card did. */
static gboolean amount_is_told(const struct charge *credit, const struct charge *charge,
                               const struct topup *topup)
{
    int64_t back = -credit->amount_nanos, taken;

    if (g_str_equal(credit->currency, topup->currency))
        return cents_round(back) == cents_round(topup->refunded_nanos);
    if (g_str_equal(credit->original_currency, topup->currency))
        return cents_round(ABS(credit->original_nanos)) == cents_round(topup->refunded_nanos);
    return charge && topup->total_nanos > 0 &&
           money_scale(&taken, charge->amount_nanos, topup->refunded_nanos, topup->total_nanos,
                       NULL) &&
           amounts_about_equal(back, taken);
}

/* charge: the payment's, or NULL when none is known. */
static gboolean is_told(const struct charge *credit, const struct charge *charge,
                        const struct topup *topup)
{
    int64_t told_at = topup->refunded_at;

    return topup->refunded_nanos > 0 && !topup->refund_is_seen &&
           amount_is_told(credit, charge, topup) &&
           (told_at == 0 || (credit->purchased.until > told_at - TOLD_BEFORE &&
                             credit->purchased.from < told_at + TOLD_AFTER));
}

static int64_t organization_of(const struct refunds *refunds, guint charge)
{
    guint topup = facts_charge(refunds->facts, charge)->topup;

    return topup == NONE ? 0 : facts_topup(refunds->facts, topup)->organization_key;
}

/* Weighs one more charge that fits against the best so far. */
static void refunded_weigh(const struct refunds *refunds, const struct charge *credit, guint index,
                           enum fit fit, struct refunded *best)
{
    const struct charge *charge = facts_charge(refunds->facts, index);
    gboolean told = charge->topup != NONE &&
                    is_told(credit, charge, facts_topup(refunds->facts, charge->topup));
    int64_t mine = organization_of(refunds, index);

    if (told > best->is_told || (told == best->is_told && fit > best->fit)) {
        *best = (struct refunded){.charge = index,
                                  .topup = charge->topup,
                                  .fit = fit,
                                  .organization_key = mine,
                                  .is_told = told};
    } else if (told == best->is_told && fit == best->fit) {
        best->rivals++;
        best->is_unclear |=
            !told && mine && best->organization_key && mine != best->organization_key;
        best->organization_key = best->organization_key ? best->organization_key : mine;
    }
}

/* A payment that history tells to be refunded like this, though its charge is not known. */
static guint topup_told(const struct refunds *refunds, const struct charge *credit)
{
    for (guint i = 0; i < refunds->facts->topups->len; i++) {
        const struct topup *topup = facts_topup(refunds->facts, i);
        enum leg_state state = topup->legs[LEG_CARD].state;

        if (state != LEG_CONFIRMED && state != LEG_INTERCHANGEABLE && state != LEG_NOT_DUE &&
            (!*topup->card_last4 || !*credit->card_last4 ||
             g_str_equal(topup->card_last4, credit->card_last4)) &&
            is_told(credit, NULL, topup))
            return i;
    }
    return NONE;
}

struct refunded refunded_find(const struct refunds *refunds, const struct charge *credit,
                              int64_t reach)
{
    struct refunded best = {.charge = NONE, .topup = NONE, .fit = FIT_NOT};
    guint topup;

    for (guint k = charges_after(refunds->facts, refunds->taken, credit->account_id,
                                 credit->purchased.until);
         k-- > 0;) {
        guint index = g_array_index(refunds->taken, guint, k);
        const struct charge *charge = facts_charge(refunds->facts, index);
        enum fit fit;

        if (charge->account_id != credit->account_id ||
            credit->purchased.from - charge->purchased.until > reach)
            break;
        fit = fit_judge(refunds, credit, index);
        if (fit != FIT_NOT)
            refunded_weigh(refunds, credit, index, fit, &best);
    }
    topup = best.is_told ? NONE : topup_told(refunds, credit);
    if (topup != NONE)
        best = (struct refunded){.charge = NONE, .topup = topup, .is_told = TRUE};
    return best;
}
