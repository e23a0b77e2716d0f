/* decided.c - decisions applied, newest first. */
#include "core/money.h"
#include "match/card.h"
#include "match/decided_internal.h"
#include "match/part.h"
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

void decision_supersede(const struct decided *decided, struct decision *decision, guint by)
{
    decision->state = "superseded";
    decision->ended_by = decision_at(decided, by)->decision_id;
}

void decision_wait(struct decision *decision)
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

/* The top-ups and the receipt or charges that a person said belong together: guint, sorted. */
struct group {
    enum leg leg;
    const GArray *topups, *items;
};

static int indexes_compare(gconstpointer a, gconstpointer b)
{
    guint x = *(const guint *)a, y = *(const guint *)b;

    return (x > y) - (x < y);
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

/* Amounts that a person paired, added up: FALSE when they are of several currencies or too much. */
static gboolean amount_add(struct fx_amount *sum, const char **currency, int64_t nanos,
                           const char *of)
{
    if (*currency && !g_str_equal(*currency, of))
        return FALSE;
    *currency = of;
    return !__builtin_add_overflow(sum->nanos, nanos, &sum->nanos);
}

/* What the items took, in the top-ups' currency where a statement tells it. */
static gboolean items_sum(const struct facts *facts, enum leg leg, const GArray *items,
                          const char *wanted, struct fx_amount *sum, const char **currency)
{
    for (guint i = 0; i < items->len; i++) {
        guint item = g_array_index(items, guint, i);
        const struct charge *charge = leg == LEG_CARD ? facts_charge(facts, item) : NULL;
        const struct receipt *receipt = charge ? NULL : facts_receipt(facts, item);
        const char *of = charge ? charge->currency : receipt->currency;
        int64_t nanos = charge ? charge->amount_nanos : receipt->total_nanos;

        if (charge && !g_str_equal(of, wanted) && g_str_equal(charge->original_currency, wanted)) {
            of = wanted;
            nanos = charge->original_nanos;
        }
        if (!amount_add(sum, currency, nanos, of))
            return FALSE;
    }
    return TRUE;
}

/* How far the amounts of what was accepted are apart. */
static void group_measure(const struct facts *facts, struct fx *fx, const struct group *group,
                          struct pair *pair)
{
    struct fx_amount paid = {0}, taken = {0}, expected;
    const char *paid_in = NULL, *taken_in = NULL;

    pair->currency = "";
    for (guint i = 0; i < group->topups->len; i++) {
        const struct topup *topup = facts_topup(facts, g_array_index(group->topups, guint, i));

        if (!amount_add(&paid, &paid_in, topup->total_nanos, topup->currency))
            return;
    }
    if (!items_sum(facts, group->leg, group->items, paid_in, &taken, &taken_in))
        return;
    if (g_str_equal(taken_in, paid_in)) {
        pair->currency = paid_in;
        pair->difference = taken.nanos - paid.nanos;
        pair->is_exact = pair->difference == 0;
        if (group->leg == LEG_CARD &&
            g_str_equal(facts_charge(facts, pair->item)->currency, paid_in))
            pair->variance = pair->difference;
    } else if (group->leg == LEG_CARD &&
               fx_convert(fx, paid.nanos, paid_in, taken_in, facts_charge(facts, pair->item)->day,
                          &expected)) {
        pair->variance = taken.nanos - expected.nanos;
        pair->is_within_rates =
            (int128)ABS(pair->variance) * 1000 <= (int128)expected.nanos * FX_TOLERANCE_PERMILLE;
    }
}

/* What accepted amounts are apart is accepted with them: a line of the first top-up. */
static void group_variance(struct facts *facts, enum leg leg, const struct pair *pair,
                           const char *words)
{
    struct variance variance = {
        .topup = pair->topup,
        .nanos = pair->difference,
        .currency = pair->currency,
        .cause = "accepted difference",
        .explanation = words,
        .kind = leg == LEG_CARD ? OF_CHARGE : OF_RECEIPT,
    };

    if (!*pair->currency && pair->variance != 0) {
        variance.nanos = pair->variance;
        variance.currency = facts_charge(facts, pair->item)->currency;
        if (pair->is_within_rates)
            variance.cause = "fx-margin";
    }
    if (variance.nanos != 0)
        g_array_append_val(facts->decided->variances, variance);
}

/* What was accepted is of the wallet of what it paid, whatever a rule says of its descriptor. */
static gboolean item_take(struct facts *facts, enum leg leg, guint topup, guint item,
                          GError **error)
{
    const char *wallet = facts_topup(facts, topup)->wallet;

    if (leg == LEG_CARD) {
        facts_charge(facts, item)->topup = topup;
        return wallet_set_charge(facts, facts_charge(facts, item), wallet, "accepted", error);
    }
    facts_receipt(facts, item)->topup = topup;
    return wallet_set_receipt(facts, facts_receipt(facts, item), wallet, "accepted", error);
}

/* The decision, and one, that keeps a group from being taken: 0 when none does. */
static guint group_rival(struct decided *decided, const struct group *group)
{
    guint rival = 0;

    for (guint i = 0; i < group->topups->len; i++)
        for (guint k = 0; k < group->items->len; k++) {
            guint topup = g_array_index(group->topups, guint, i);
            guint item = g_array_index(group->items, guint, k);
            const struct pair *rejected = pair_rejected(decided, group->leg, topup, item);

            rival = MAX(rival, decided->holders.legs[group->leg][topup]);
            rival = MAX(rival, *holder_of_item(decided, group->leg, item));
            rival = MAX(rival, rejected ? rejected->decision + 1 : 0);
        }
    return rival;
}

static gboolean group_is_possible(const struct facts *facts, const struct group *group)
{
    for (guint i = 0; i < group->topups->len; i++)
        for (guint k = 0; k < group->items->len; k++)
            if (!pair_is_possible(facts, group->leg, g_array_index(group->topups, guint, i),
                                  g_array_index(group->items, guint, k)))
                return FALSE;
    return TRUE;
}

static gboolean group_take(struct facts *facts, struct fx *fx, const struct group *group,
                           guint index, GError **error)
{
    struct decided *decided = facts->decided;
    struct decision *decision = decision_at(decided, index);
    guint first = g_array_index(group->items, guint, 0);
    gboolean is_group = group->topups->len + group->items->len > 2;

    for (guint i = 0; i < group->topups->len; i++) {
        guint topup = g_array_index(group->topups, guint, i);
        struct pair pair = {.leg = group->leg,
                            .topup = topup,
                            .item = first,
                            .decision = index,
                            .currency = "",
                            .is_group = is_group};

        if (i == 0) {
            pair.accepted_difference = decision->amount_nanos;
            group_measure(facts, fx, group, &pair);
            group_variance(facts, group->leg, &pair, decision->words);
        }
        g_array_append_val(decided->accepted, pair);
        decided->holders.legs[group->leg][topup] = index + 1;
        facts_topup(facts, topup)->legs[group->leg] =
            (struct pairing){LEG_ACCEPTED, first, NONE, "accepted", decision->words};
    }
    for (guint k = 0; k < group->items->len; k++) {
        guint item = g_array_index(group->items, guint, k);

        *holder_of_item(decided, group->leg, item) = index + 1;
        if (!item_take(facts, group->leg, g_array_index(group->topups, guint, 0), item, error))
            return FALSE;
    }
    if (is_group)
        parts_share(facts, group->topups, group->items);
    return TRUE;
}

static gboolean group_accept(struct facts *facts, struct fx *fx, guint index, GError **error)
{
    struct decided *decided = facts->decided;
    struct decision *decision = decision_at(decided, index);
    g_autoptr(GArray) topups = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(guint));
    const struct group group = {leg_of(decision), topups, items};
    guint rival;

    for (guint i = 0; i < decision->facts->len; i++) {
        const struct named *named = &g_array_index(decision->facts, struct named, i);

        g_array_append_val(named->kind == 't' ? topups : items, named->index);
    }
    g_array_sort(topups, indexes_compare);
    g_array_sort(items, indexes_compare);
    rival = group_rival(decided, &group);
    if (rival)
        decision_supersede(decided, decision, rival - 1);
    else if (!group_is_possible(facts, &group))
        decision_wait(decision);
    else
        return group_take(facts, fx, &group, index, error);
    return TRUE;
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
        decision_supersede(decided, decision, of_topup - 1);
    else if (pair_rejected(decided, pair.leg, pair.topup, pair.item))
        decision_supersede(decided, decision,
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
        decision_supersede(decided, decision, *holder - 1);
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
        decision_wait(decision);
}

static void variance_name(struct facts *facts, const struct decision *decision)
{
    struct variance variance = {
        .topup = g_array_index(decision->facts, struct named, 0).index,
        .nanos = decision->amount_nanos,
        .currency = decision->currency,
        .cause = decision->cause,
        .explanation = decision->words,
    };

    g_array_append_val(facts->decided->variances, variance);
}

static gboolean decision_apply(struct facts *facts, struct fx *fx, guint index, GError **error)
{
    struct decision *decision = decision_at(facts->decided, index);

    if (decision->ended_by || g_str_equal(decision->verb, "undo"))
        return TRUE;
    if (!facts_are_there(decision)) {
        decision_wait(decision);
        return TRUE;
    }
    if (decision_is_of_refund(decision))
        give_back_decide(facts, index);
    else if (g_str_equal(decision->verb, "accept"))
        return group_accept(facts, fx, index, error);
    else if (g_str_equal(decision->verb, "reject"))
        pair_reject(facts, index);
    else if (g_str_equal(decision->verb, "settle"))
        item_settle(facts, index);
    else if (g_str_equal(decision->verb, "adjust"))
        variance_name(facts, decision);
    return TRUE;
}

/* By top-up, named ones first; read newest first, they are told oldest first. */
static int variances_compare(gconstpointer a, gconstpointer b)
{
    const struct variance *x = a, *y = b;

    if (x->topup != y->topup)
        return x->topup > y->topup ? 1 : -1;
    return (int)x->kind - (int)y->kind;
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

/* What a person named of what a charge is apart is no longer in the line accepted with the pair. */
static gboolean accepted_reduce(GArray *variances, GError **error)
{
    for (guint i = 0; i < variances->len; i++) {
        struct variance *accepted = &g_array_index(variances, struct variance, i);

        for (guint k = i; accepted->kind == OF_CHARGE && k-- > 0;) {
            const struct variance *named = &g_array_index(variances, struct variance, k);

            if (named->topup != accepted->topup)
                break;
            if (g_str_equal(named->currency, accepted->currency) &&
                !money_add(&accepted->nanos, -named->nanos, error))
                return FALSE;
        }
    }
    return TRUE;
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
    return accepted_reduce(decided->variances, error) && given_back_take_wallets(facts, error);
}
