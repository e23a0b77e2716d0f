/* decided_refund.c - what people decided about which charge a credit on the card gives back. */
#include "match/decided_internal.h"
#include "match/wallet.h"

static const struct give_back *find(const GArray *all, guint credit, guint charge)
{
    for (guint i = 0; i < all->len; i++) {
        const struct give_back *given = &g_array_index(all, struct give_back, i);

        if (given->credit == credit && (charge == NONE || given->charge == charge))
            return given;
    }
    return NULL;
}

gboolean decision_is_of_refund(const struct decision *decision)
{
    return decision->facts->len == 2 &&
           g_array_index(decision->facts, struct named, 0).kind == 'c' &&
           g_array_index(decision->facts, struct named, 1).kind == 'c';
}

/* A charge may turn out to have been reversed since. */
static gboolean is_possible(const struct facts *facts, const struct give_back *given)
{
    const struct charge *charge = facts_charge(facts, given->charge);
    const struct charge *credit = facts_charge(facts, given->credit);

    return charge->state == CHARGE_POSTED && credit->state == CHARGE_POSTED &&
           charge->amount_nanos > 0 && credit->amount_nanos < 0;
}

void give_back_decide(struct facts *facts, guint index)
{
    struct decided *decided = facts->decided;
    struct decision *decision = decision_at(decided, index);
    gboolean is_accepted = g_str_equal(decision->verb, "accept");
    const struct give_back given = {
        .charge = g_array_index(decision->facts, struct named, 0).index,
        .credit = g_array_index(decision->facts, struct named, 1).index,
        .decision = index,
    };
    const struct give_back *newer =
        find(decided->given_back, given.credit, is_accepted ? NONE : given.charge);

    if (!newer)
        newer = find(decided->not_given_back, given.credit, given.charge);
    if (newer)
        decision_supersede(decided, decision, newer->decision);
    else if (!is_possible(facts, &given))
        decision_wait(decision);
    else
        g_array_append_val(is_accepted ? decided->given_back : decided->not_given_back, given);
}

gboolean given_back_take_wallets(struct facts *facts, GError **error)
{
    const GArray *all = facts->decided->given_back;

    for (guint i = 0; i < all->len; i++) {
        const struct give_back *given = &g_array_index(all, struct give_back, i);

        if (!wallet_set_charge(facts, facts_charge(facts, given->credit),
                               facts_charge(facts, given->charge)->wallet, "accepted", error))
            return FALSE;
    }
    return TRUE;
}

guint decided_gives_back(const struct facts *facts, guint credit, const char **words)
{
    const struct give_back *given =
        facts->decided ? find(facts->decided->given_back, credit, NONE) : NULL;

    if (!given)
        return NONE;
    *words = decision_at(facts->decided, given->decision)->words;
    return given->charge;
}

gboolean decided_bars_refund(const struct facts *facts, guint credit, guint charge)
{
    return facts->decided && find(facts->decided->not_given_back, credit, charge) != NULL;
}
