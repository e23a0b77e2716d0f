/*
 * refund_told.c - the credits on a card that payment history tells of.
 *
 * History tells that a payment was refunded, by what amount and when; a credit of that amount on
 * the payment's account about then is that refund. The nearest in time come together first. Where
 * the payment's charge is not known, the credit must be the only one that it can be, and it the
 * only payment.
 */
#include "core/money.h"
#include "match/refund_find.h"

#define BEFORE (3 * SECONDS_PER_DAY)
#define AFTER  (REFUND_TOLD_DAYS * SECONDS_PER_DAY)

struct telling {
    guint credit; /* index into credits */
    guint charge; /* of the payment, or NONE */
    guint topup;
    enum fit fit;
    int64_t distance;
};

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

static gboolean time_is_told(const struct charge *credit, const struct topup *topup)
{
    int64_t told_at = topup->refunded_at ? topup->refunded_at : topup->paid_at;
    int64_t after = topup->refunded_at ? AFTER : 2 * AFTER;

    return credit->purchased.until > told_at - BEFORE && credit->purchased.from < told_at + after;
}

/* A credit with the transaction id of a charge is no other's. */
static gboolean ids_allow(const struct refunds *refunds, const struct charge *credit,
                          const struct topup *topup, guint charge)
{
    enum fit fit;
    guint namesake = refunds_namesake(refunds, credit, &fit);
    guint paid;

    if (namesake == NONE || namesake == charge)
        return TRUE;
    paid = facts_charge(refunds->facts, namesake)->topup;
    return charge == NONE && (paid == NONE || facts_topup(refunds->facts, paid) == topup);
}

static gboolean is_of_its_charge(const struct refunds *refunds, const struct charge *credit,
                                 const struct topup *topup, struct telling *telling)
{
    const struct charge *charge = facts_charge(refunds->facts, topup->legs[LEG_CARD].item);

    telling->charge = topup->legs[LEG_CARD].item;
    telling->fit = refunds_judge(refunds, credit, telling->charge);
    return charge->account_id == credit->account_id && telling->fit != FIT_NOT &&
           charge->purchased.from < credit->purchased.until &&
           amount_is_told(credit, charge, topup) &&
           ids_allow(refunds, credit, topup, telling->charge);
}

static gboolean is_telling(const struct refunds *refunds, const struct charge *credit,
                           const struct topup *topup, struct telling *telling)
{
    enum leg_state state = topup->legs[LEG_CARD].state;

    if (topup->refunded_nanos <= 0 || state == LEG_NOT_DUE || !time_is_told(credit, topup))
        return FALSE;
    telling->distance = ABS(credit->purchased.from - topup->refunded_at);
    if (leg_is_sure(state))
        return is_of_its_charge(refunds, credit, topup, telling);
    return (!*topup->card_last4 || !*credit->card_last4 ||
            g_str_equal(topup->card_last4, credit->card_last4)) &&
           amount_is_told(credit, NULL, topup) && ids_allow(refunds, credit, topup, NONE);
}

static GArray *tellings_find(const struct refunds *refunds, const GArray *credits)
{
    GArray *tellings = g_array_new(FALSE, FALSE, sizeof(struct telling));

    for (guint i = 0; i < refunds->facts->topups->len; i++)
        for (guint k = 0; k < credits->len; k++) {
            struct telling telling = {.credit = k, .charge = NONE, .topup = i};
            const struct charge *credit =
                facts_charge(refunds->facts, g_array_index(credits, guint, k));

            if (is_telling(refunds, credit, facts_topup(refunds->facts, i), &telling))
                g_array_append_val(tellings, telling);
        }
    return tellings;
}

/* Those whose charge is known first, then the nearer, then by natural order. */
static int compare_tellings(gconstpointer a, gconstpointer b)
{
    const struct telling *x = a, *y = b;

    if ((x->charge == NONE) != (y->charge == NONE))
        return x->charge == NONE ? 1 : -1;
    if (x->distance != y->distance)
        return x->distance < y->distance ? -1 : 1;
    if (x->topup != y->topup)
        return x->topup < y->topup ? -1 : 1;
    return (x->credit > y->credit) - (x->credit < y->credit);
}

/* Whether another telling competes for the credit or the payment and is still to be had. */
static gboolean is_rivalled(const struct refunds *refunds, const GArray *tellings, guint index,
                            const struct refunded *found)
{
    const struct telling *telling = &g_array_index(tellings, struct telling, index);

    for (guint i = 0; i < tellings->len; i++) {
        const struct telling *other = &g_array_index(tellings, struct telling, i);

        if (i != index && (other->credit == telling->credit || other->topup == telling->topup) &&
            !found[other->credit].is_told &&
            !facts_topup(refunds->facts, other->topup)->refund_is_seen)
            return TRUE;
    }
    return FALSE;
}

void refunds_find_told(struct refunds *refunds, const GArray *credits, struct refunded *found)
{
    g_autoptr(GArray) tellings = tellings_find(refunds, credits);

    g_array_sort(tellings, compare_tellings);
    for (guint i = 0; i < tellings->len; i++) {
        const struct telling *telling = &g_array_index(tellings, struct telling, i);
        const struct charge *credit =
            facts_charge(refunds->facts, g_array_index(credits, guint, telling->credit));
        struct topup *topup = facts_topup(refunds->facts, telling->topup);

        if (found[telling->credit].is_told || topup->refund_is_seen ||
            (telling->charge != NONE ? refunds_judge(refunds, credit, telling->charge) == FIT_NOT
                                     : is_rivalled(refunds, tellings, i, found)))
            continue;
        topup->refund_is_seen = TRUE;
        found[telling->credit] = (struct refunded){.charge = telling->charge,
                                                   .topup = telling->topup,
                                                   .fit = telling->fit,
                                                   .is_told = TRUE};
        if (telling->charge != NONE)
            refunds_give(refunds, telling->charge, credit);
    }
}
