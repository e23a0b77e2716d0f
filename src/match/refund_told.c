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

/* When a credit may be purchased, at least in part, that is a payment's refund. */
static struct interval window_of(const struct topup *topup)
{
    int64_t told_at = topup->refunded_at ? topup->refunded_at : topup->paid_at;
    int64_t after = topup->refunded_at ? AFTER : 2 * AFTER;

    return (struct interval){told_at - BEFORE, told_at + after};
}

static gboolean time_is_told(const struct charge *credit, const struct topup *topup)
{
    struct interval window = window_of(topup);

    return credit->purchased.until > window.from && credit->purchased.from < window.until;
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

gboolean refund_is_told(struct facts *facts, const struct charge *credit, guint charge)
{
    const struct charge *taken = facts_charge(facts, charge);
    struct topup *topup = taken->topup == NONE ? NULL : facts_topup(facts, taken->topup);

    if (!topup || topup->refund_is_seen || topup->refunded_nanos <= 0 ||
        !amount_is_told(credit, taken, topup))
        return FALSE;
    topup->refund_is_seen = TRUE;
    return TRUE;
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

/* Credits in order of time, and the longest of their intervals. */
struct timeline {
    const struct facts *facts;
    const GArray *credits;
    GArray *order; /* guint: indexes into credits */
    int64_t longest;
};

static const struct charge *credit_at(const struct timeline *timeline, guint index)
{
    guint credit = g_array_index(timeline->order, guint, index);

    return facts_charge(timeline->facts, g_array_index(timeline->credits, guint, credit));
}

static gint compare_times(gconstpointer a, gconstpointer b, gpointer data)
{
    const struct timeline *timeline = data;
    guint x = *(const guint *)a, y = *(const guint *)b;
    int64_t p =
        facts_charge(timeline->facts, g_array_index(timeline->credits, guint, x))->purchased.from;
    int64_t q =
        facts_charge(timeline->facts, g_array_index(timeline->credits, guint, y))->purchased.from;

    return p != q ? (p > q) - (p < q) : (x > y) - (x < y);
}

static void timeline_init(struct timeline *timeline, const struct facts *facts,
                          const GArray *credits)
{
    *timeline = (struct timeline){facts, credits, g_array_new(FALSE, FALSE, sizeof(guint)), 0};
    for (guint i = 0; i < credits->len; i++) {
        struct interval purchased =
            facts_charge(facts, g_array_index(credits, guint, i))->purchased;

        timeline->longest = MAX(timeline->longest, purchased.until - purchased.from);
        g_array_append_val(timeline->order, i);
    }
    g_array_sort_with_data(timeline->order, compare_times, timeline);
}

/* Where in the timeline those start that are purchased later than a time. */
static guint timeline_after(const struct timeline *timeline, int64_t time)
{
    guint low = 0, high = timeline->order->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (credit_at(timeline, middle)->purchased.from <= time)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static GArray *tellings_find(const struct refunds *refunds, const GArray *credits,
                             const struct refunded *found)
{
    GArray *tellings = g_array_new(FALSE, FALSE, sizeof(struct telling));
    struct timeline timeline;

    timeline_init(&timeline, refunds->facts, credits);
    for (guint i = 0; i < refunds->facts->topups->len; i++) {
        const struct topup *topup = facts_topup(refunds->facts, i);
        struct interval window = window_of(topup);

        if (topup->refunded_nanos <= 0 || topup->refund_is_seen)
            continue;
        for (guint k = timeline_after(&timeline, window.from - timeline.longest);
             k < credits->len && credit_at(&timeline, k)->purchased.from < window.until; k++) {
            struct telling telling = {
                .credit = g_array_index(timeline.order, guint, k), .charge = NONE, .topup = i};

            if (!found[telling.credit].decided &&
                is_telling(refunds, credit_at(&timeline, k), topup, &telling))
                g_array_append_val(tellings, telling);
        }
    }
    g_array_unref(timeline.order);
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

/* The tellings by what they compete for: credits, or payments. */
struct side {
    guint *ends;    /* by credit or payment: where its tellings end in members */
    guint *members; /* indexes of tellings */
    guint *left;    /* by credit or payment: how many of its tellings are still to be had */
};

static guint rival_of(const GArray *tellings, guint index, gboolean by_credit)
{
    const struct telling *telling = &g_array_index(tellings, struct telling, index);

    return by_credit ? telling->credit : telling->topup;
}

static void side_init(struct side *side, const GArray *tellings, guint count, gboolean by_credit)
{
    side->ends = g_new0(guint, (gsize)count + 1);
    side->left = g_new0(guint, (gsize)count + 1);
    side->members = g_new0(guint, (gsize)tellings->len + 1);
    for (guint i = 0; i < tellings->len; i++) {
        side->ends[rival_of(tellings, i, by_credit) + 1]++;
        side->left[rival_of(tellings, i, by_credit)]++;
    }
    for (guint i = 0; i < count; i++)
        side->ends[i + 1] += side->ends[i];
    for (guint i = 0; i < tellings->len; i++)
        side->members[side->ends[rival_of(tellings, i, by_credit)]++] = i;
}

static void side_clear(struct side *side)
{
    g_free(side->ends);
    g_free(side->members);
    g_free(side->left);
}

struct tellings {
    struct facts *facts;
    GArray *all; /* struct telling, the likeliest first */
    struct side credits, topups;
    struct refunded *found; /* by credit */
};

static gboolean is_to_be_had(const struct tellings *tellings, const struct telling *telling)
{
    return !tellings->found[telling->credit].is_told &&
           !facts_topup(tellings->facts, telling->topup)->refund_is_seen;
}

/* Strikes the tellings of a credit or a payment that are still to be had. */
static void tellings_strike(struct tellings *tellings, const struct side *side, guint key)
{
    for (guint i = key ? side->ends[key - 1] : 0; i < side->ends[key]; i++) {
        const struct telling *telling =
            &g_array_index(tellings->all, struct telling, side->members[i]);

        if (!is_to_be_had(tellings, telling))
            continue;
        tellings->credits.left[telling->credit]--;
        tellings->topups.left[telling->topup]--;
    }
}

/* Whether another telling competes for the credit or the payment and is still to be had. */
static gboolean is_rivalled(const struct tellings *tellings, const struct telling *telling)
{
    return tellings->credits.left[telling->credit] > 1 || tellings->topups.left[telling->topup] > 1;
}

static void telling_take(struct tellings *tellings, const struct telling *telling)
{
    tellings_strike(tellings, &tellings->credits, telling->credit);
    tellings->found[telling->credit] = (struct refunded){
        .charge = telling->charge, .topup = telling->topup, .fit = telling->fit, .is_told = TRUE};
    tellings_strike(tellings, &tellings->topups, telling->topup);
    facts_topup(tellings->facts, telling->topup)->refund_is_seen = TRUE;
}

void refunds_find_told(struct refunds *refunds, const GArray *credits, struct refunded *found)
{
    g_autoptr(GArray) all = tellings_find(refunds, credits, found);
    struct tellings tellings = {.facts = refunds->facts, .all = all, .found = found};

    g_array_sort(all, compare_tellings);
    side_init(&tellings.credits, all, credits->len, TRUE);
    side_init(&tellings.topups, all, refunds->facts->topups->len, FALSE);
    for (guint i = 0; i < all->len; i++) {
        const struct telling *telling = &g_array_index(all, struct telling, i);
        const struct charge *credit =
            facts_charge(refunds->facts, g_array_index(credits, guint, telling->credit));

        if (!is_to_be_had(&tellings, telling) ||
            (telling->charge != NONE ? refunds_judge(refunds, credit, telling->charge) == FIT_NOT
                                     : is_rivalled(&tellings, telling)))
            continue;
        telling_take(&tellings, telling);
        if (telling->charge != NONE)
            refunds_give(refunds, telling->charge, credit);
    }
    side_clear(&tellings.credits);
    side_clear(&tellings.topups);
}
