/*
 * give_back.c - accepting that one movement of a card gave back another.
 *
 * A charge pays for a top-up and may be given back beside that, in parts too: only what gives back
 * does so once, and no more comes back than was taken.
 */
#include "core/money.h"
#include "decide/rule.h"

gboolean gives_back(const GPtrArray *facts)
{
    const struct fact *a = g_ptr_array_index(facts, 0), *b;

    if (facts->len != 2)
        return FALSE;
    b = g_ptr_array_index(facts, 1);
    return a->kind == FACT_CHARGE && b->kind == FACT_CHARGE &&
           (a->amount_nanos < 0) != (b->amount_nanos < 0);
}

/* What another decision says that a charge gave back, or 0 where it is in another currency. */
static gboolean given_before(const struct ruling *ruling, const struct held *held, int64_t *back,
                             GError **error)
{
    const struct fact *taken = ruling_fact(ruling, 0);

    for (guint i = 0; i < held->fact_ids->len; i++) {
        const char *id = g_ptr_array_index(held->fact_ids, i);
        g_autoptr(Fact) other = NULL;

        if (g_str_equal(id, taken->id))
            continue;
        other = fact_find(ruling->db, id, FALSE, error);
        if (!other)
            return FALSE;
        if (g_str_equal(other->currency, taken->currency) &&
            !money_add(back, -other->amount_nanos, error))
            return FALSE;
    }
    return TRUE;
}

enum rule_status give_back_allow(const struct ruling *ruling, GError **error)
{
    const struct fact *taken = ruling_fact(ruling, 0), *credit = ruling_fact(ruling, 1);
    g_autoptr(GPtrArray) all = held_find(ruling->db, taken, error);
    g_autofree char *words = fact_words(taken);
    g_autofree char *amount = NULL;
    int64_t back = -credit->amount_nanos;

    if (!all)
        return RULE_FAILED;
    if (!g_str_equal(taken->currency, credit->currency))
        return RULE_NEW; /* the rates of two days */
    for (guint i = 0; i < all->len; i++) {
        const struct held *held = g_ptr_array_index(all, i);

        if (g_str_equal(held->verb, "accept") && !*held->leg &&
            !given_before(ruling, held, &back, error))
            return RULE_FAILED;
    }
    if (back <= taken->amount_nanos)
        return RULE_NEW;
    amount = money_format(back, 2);
    return rule_refuse(error, "%s took less than the %s %s that would be given back of it", words,
                       amount, taken->currency);
}
