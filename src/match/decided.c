/* decided.c - decisions applied, newest first. */
#include "match/card.h"
#include "match/decided_internal.h"
#include "match/wallet.h"

/* A pair that a newer decision rejected, while the pairs are still in the order of reading. */
static const struct pair *pair_rejected(const struct decided *decided, enum leg leg, guint topup,
                                        guint item)
{
    const struct pair key = {.leg = leg, .topup = topup, .item = item};

    for (guint i = 0; i < decided->rejected->len; i++) {
        const struct pair *pair = &g_array_index(decided->rejected, struct pair, i);

        if (pair_compare(pair, &key) == 0)
            return pair;
    }
    return NULL;
}

static guint *holder_of_item(struct decided *decided, enum leg leg, guint item)
{
    return leg == LEG_CARD ? &decided->holders.charges[item] : &decided->holders.receipts[item];
}

static void supersede(struct decided *decided, struct decision *decision, guint by)
{
    decision->state = "superseded";
    decision->ended_by = decision_at(decided, by)->decision_id;
}

static void wait_for_facts(struct decision *decision)
{
    decision->state = "waiting for its facts";
}

static gboolean facts_are_there(const struct decision *decision)
{
    for (guint i = 0; i < decision->facts->len; i++) {
        const struct named *named = &g_array_index(decision->facts, struct named, i);

        if (named->kind != 'x' && named->index == NONE)
            return FALSE;
    }
    return TRUE;
}

static enum leg leg_of(const struct decision *decision)
{
    return g_str_equal(decision->leg, "card") ? LEG_CARD : LEG_RECEIPT;
}

/* What a decision says of a pair may have become impossible since: a payment that turned out to
 * have failed, a charge that was reversed. */
static gboolean pair_is_possible(const struct facts *facts, enum leg leg, guint topup, guint item)
{
    const struct charge *charge = leg == LEG_CARD ? facts_charge(facts, item) : NULL;

    if (facts_topup(facts, topup)->legs[leg].state == LEG_NOT_DUE)
        return FALSE;
    return charge ? charge->state == CHARGE_POSTED && charge->amount_nanos > 0
                  : facts_receipt(facts, item)->is_paid;
}

/* How far the amounts of an accepted pair are apart. */
static void pair_measure(const struct facts *facts, struct fx *fx, struct pair *pair)
{
    const struct topup *topup = facts_topup(facts, pair->topup);
    const struct charge *charge = pair->leg == LEG_CARD ? facts_charge(facts, pair->item) : NULL;
    const struct receipt *receipt = charge ? NULL : facts_receipt(facts, pair->item);
    const char *currency = charge ? charge->currency : receipt->currency;
    int64_t amount = charge ? charge->amount_nanos : receipt->total_nanos;
    struct interval when = charge ? charge->purchased : receipt->paid;
    struct edge edge = {0};

    pair->distance = (gint32)MIN(interval_gap(topup->paid, when), G_MAXINT32);
    pair->currency = "";
    if (g_str_equal(currency, topup->currency)) {
        pair->currency = topup->currency;
        pair->difference = pair->variance = amount - topup->total_nanos;
    } else if (charge && g_str_equal(charge->original_currency, topup->currency)) {
        pair->currency = topup->currency;
        pair->difference = charge->original_nanos - topup->total_nanos;
    } else if (charge) {
        pair->is_within_rates = card_amount_fits(fx, topup, charge, &edge);
        pair->variance = edge.variance;
    }
    pair->is_exact = *pair->currency && pair->difference == 0;
}

static void variance_add(struct facts *facts, guint topup, int64_t nanos, const char *currency,
                         const char *cause, const char *explanation)
{
    struct variance variance = {topup, nanos, currency, cause, explanation};

    g_array_append_val(facts->decided->variances, variance);
}

/* What an accepted pair's amounts are apart is accepted with it. */
static void pair_variance(struct facts *facts, const struct pair *pair, const char *words)
{
    if (pair->difference != 0)
        variance_add(facts, pair->topup, pair->difference, pair->currency, "accepted difference",
                     words);
    else if (!*pair->currency && pair->variance != 0)
        variance_add(facts, pair->topup, pair->variance, facts_charge(facts, pair->item)->currency,
                     pair->is_within_rates ? "fx-margin" : "accepted difference", words);
}

/* What was accepted is of the wallet of what it paid, whatever a rule says of its descriptor. */
static gboolean wallet_follow(struct facts *facts, const struct pair *pair, GError **error)
{
    const char *wallet = facts_topup(facts, pair->topup)->wallet;

    if (pair->leg == LEG_CARD)
        return wallet_set_charge(facts, facts_charge(facts, pair->item), wallet, "accepted", error);
    return wallet_set_receipt(facts, facts_receipt(facts, pair->item), wallet, "accepted", error);
}

static gboolean pair_accept(struct facts *facts, struct fx *fx, guint index, GError **error)
{
    struct decided *decided = facts->decided;
    struct decision *decision = decision_at(decided, index);
    enum leg leg = leg_of(decision);
    struct pair pair = {
        .leg = leg,
        .topup = g_array_index(decision->facts, struct named, 0).index,
        .item = g_array_index(decision->facts, struct named, 1).index,
        .decision = index,
        .accepted_difference = decision->amount_nanos,
    };
    guint *of_topup = &decided->holders.legs[leg][pair.topup];
    guint *of_item = holder_of_item(decided, leg, pair.item);
    const struct pair *rejected = pair_rejected(decided, leg, pair.topup, pair.item);

    if (rejected || *of_topup || *of_item) {
        supersede(decided, decision,
                  rejected ? rejected->decision : (*of_topup ? *of_topup : *of_item) - 1);
        return TRUE;
    }
    if (!pair_is_possible(facts, leg, pair.topup, pair.item)) {
        wait_for_facts(decision);
        return TRUE;
    }
    *of_topup = *of_item = index + 1;
    pair_measure(facts, fx, &pair);
    facts_topup(facts, pair.topup)->legs[leg] =
        (struct pairing){LEG_ACCEPTED, pair.item, NONE, "accepted", NULL};
    if (leg == LEG_CARD)
        facts_charge(facts, pair.item)->topup = pair.topup;
    else
        facts_receipt(facts, pair.item)->topup = pair.topup;
    pair_variance(facts, &pair, decision->words);
    g_array_append_val(decided->accepted, pair);
    return wallet_follow(facts, &pair, error);
}

static void pair_reject(struct facts *facts, guint index)
{
    struct decided *decided = facts->decided;
    struct decision *decision = decision_at(decided, index);
    struct pair pair = {
        .leg = leg_of(decision),
        .topup = g_array_index(decision->facts, struct named, 0).index,
        .item = g_array_index(decision->facts, struct named, 1).index,
        .decision = index,
    };
    guint of_topup = decided->holders.legs[pair.leg][pair.topup];

    /* Both were one fact and its copy when they were decided. */
    if (of_topup && of_topup == *holder_of_item(decided, pair.leg, pair.item))
        supersede(decided, decision, of_topup - 1);
    else if (pair_rejected(decided, pair.leg, pair.topup, pair.item))
        supersede(decided, decision,
                  pair_rejected(decided, pair.leg, pair.topup, pair.item)->decision);
    else
        g_array_append_val(decided->rejected, pair);
}

static void item_settle(struct facts *facts, guint index)
{
    struct decided *decided = facts->decided;
    struct decision *decision = decision_at(decided, index);
    const struct named *named = &g_array_index(decision->facts, struct named, 0);
    enum leg leg = leg_of(decision);
    guint *holder;

    if (named->kind == 'x')
        return; /* exception_add() sees to it */
    if (named->kind == 't')
        holder = &decided->holders.legs[leg][named->index];
    else
        holder = holder_of_item(decided, named->kind == 'c' ? LEG_CARD : LEG_RECEIPT, named->index);
    if (*holder) {
        supersede(decided, decision, *holder - 1);
        return;
    }
    *holder = index + 1;
    if (named->kind == 'c')
        facts_charge(facts, named->index)->is_settled = TRUE;
    else if (named->kind == 'r')
        facts_receipt(facts, named->index)->is_settled = TRUE;
    else if (facts_topup(facts, named->index)->legs[leg].state == LEG_OPEN)
        facts_topup(facts, named->index)->legs[leg] =
            (struct pairing){LEG_SETTLED, NONE, NONE, "settled", NULL};
    else
        wait_for_facts(decision);
}

static gboolean decision_apply(struct facts *facts, struct fx *fx, guint index, GError **error)
{
    struct decision *decision = decision_at(facts->decided, index);

    if (decision->ended_by || g_str_equal(decision->verb, "undo"))
        return TRUE;
    if (!facts_are_there(decision)) {
        wait_for_facts(decision);
        return TRUE;
    }
    if (g_str_equal(decision->verb, "accept"))
        return pair_accept(facts, fx, index, error);
    if (g_str_equal(decision->verb, "reject"))
        pair_reject(facts, index);
    else if (g_str_equal(decision->verb, "settle"))
        item_settle(facts, index);
    else if (g_str_equal(decision->verb, "adjust"))
        variance_add(facts, g_array_index(decision->facts, struct named, 0).index,
                     decision->amount_nanos, decision->currency, decision->cause, decision->words);
    return TRUE;
}

/* By top-up; read newest first, they are told oldest first. */
static int variances_compare(gconstpointer a, gconstpointer b)
{
    const struct variance *x = a, *y = b;

    return (x->topup > y->topup) - (x->topup < y->topup);
}

static void variances_order(GArray *variances)
{
    for (guint i = 0; i < variances->len / 2; i++) {
        struct variance *left = &g_array_index(variances, struct variance, i);
        struct variance *right = &g_array_index(variances, struct variance, variances->len - 1 - i);
        struct variance swapped = *left;

        *left = *right;
        *right = swapped;
    }
    g_array_sort(variances, variances_compare); /* stable */
}

gboolean decided_read(struct facts *facts, struct fx *fx, GError **error)
{
    struct decided *decided;

    if (!decisions_load(facts, error))
        return FALSE;
    decided = facts->decided;
    for (guint i = 0; i < decided->decisions->len; i++)
        if (!decision_apply(facts, fx, i, error) ||
            !decision_state_write(facts->db, decision_at(decided, i), error))
            return FALSE;
    g_array_sort(decided->accepted, pair_compare);
    g_array_sort(decided->rejected, pair_compare);
    variances_order(decided->variances);
    return TRUE;
}
