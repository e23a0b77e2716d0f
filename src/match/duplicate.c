/*
 * duplicate.c - is a charge without a top-up the double of one that has one?
 *
 * It is when it stands beside it: the same account and amount (or it would have fitted the same
 * top-up), and 15 minutes apart where the statement tells times, the same purchase date where it
 * does not.
 */
#include "match/duplicate.h"
#include "core/exception.h"
#include "match/card.h"
#include "match/decided.h"
#include "match/sentence.h"

/* The matched charges, by account and time. */
static GArray *matched_find(struct facts *facts)
{
    GArray *matched = g_array_new(FALSE, FALSE, sizeof(guint));

    for (guint i = 0; i < facts->charges->len; i++)
        if (facts_charge(facts, i)->topup != NONE)
            g_array_append_val(matched, i);
    g_array_sort_with_data(matched, charges_compare, facts);
    return matched;
}

static gboolean is_beside(const struct charge *a, const struct charge *b)
{
    if (a->is_timed && b->is_timed)
        return ABS(a->purchased.from - b->purchased.from) <= NEAR_SECONDS;
    return g_str_equal(a->dated_on, b->dated_on);
}

static gboolean is_equal(const struct charge *a, const struct charge *b)
{
    if (originals_comparable(a, b))
        return cents_round(a->original_nanos) == cents_round(b->original_nanos);
    return g_str_equal(a->currency, b->currency) &&
           cents_round(a->amount_nanos) == cents_round(b->amount_nanos);
}

/* The matched charge that this one doubles, the nearest in time, or NONE. */
static guint double_find(const struct facts *facts, const struct pool *pool, const GArray *matched,
                         guint index)
{
    const struct charge *charge = facts_charge(facts, index);
    int64_t reach = charge->is_timed ? NEAR_SECONDS : 2 * SECONDS_PER_DAY;
    int64_t nearest = G_MAXINT64;
    guint best = NONE;

    for (guint k =
             charges_after(facts, matched, charge->account_id, charge->purchased.from - reach - 1);
         k < matched->len; k++) {
        guint other = g_array_index(matched, guint, k);
        const struct charge *beside = facts_charge(facts, other);
        int64_t apart = ABS(beside->purchased.from - charge->purchased.from);

        if (beside->account_id != charge->account_id ||
            beside->purchased.from > charge->purchased.from + reach)
            break;
        if (apart < nearest && is_beside(charge, beside) &&
            !decided_bars(facts, LEG_CARD, beside->topup, index) &&
            (is_equal(charge, beside) || edge_find(pool->edges, beside->topup, index) != NONE)) {
            nearest = apart;
            best = other;
        }
    }
    return best;
}

static gboolean charge_raise(struct facts *facts, const struct charge *charge, guint twin,
                             GError **error)
{
    const struct charge *beside = twin == NONE ? NULL : facts_charge(facts, twin);
    const struct topup *topup = beside ? facts_topup(facts, beside->topup) : NULL;
    g_autofree char *amount = sentence_money(charge->amount_nanos, charge->currency);
    g_autofree char *explanation = NULL;
    char day[11];
    struct exception exception = {
        .room = "match",
        .code = topup ? DUPLICATE_CHARGE : NO_TOPUP_FOR_CHARGE,
        .organization_key = topup ? topup->organization_key : 0,
        .dated_on = day,
        .amount_nanos = charge->amount_nanos,
        .currency = charge->currency,
        .reference = topup ? topup->reference : charge->reference,
        .file_id = charge->file_id,
        .line = charge->line,
        .subject = charge->id,
    };

    interval_day(charge->purchased, day);
    if (topup)
        explanation = g_strdup_printf("A second charge of %s on %s stands beside the one (%s) that "
                                      "paid top-up %s, and no top-up explains it.",
                                      amount, charge->dated_on, beside->source, topup->reference);
    else
        explanation =
            g_strdup_printf("No payment was found for the charge of %s on %s, \"%s\"%s%s.", amount,
                            charge->dated_on, charge->descriptor, charge->combination ? "; " : "",
                            charge->combination ? charge->combination : "");
    exception.explanation = explanation;
    return exception_add(facts->db, &exception, error);
}

gboolean duplicate_read(struct facts *facts, const struct pool *pool, GError **error)
{
    g_autoptr(GArray) matched = matched_find(facts);

    for (guint i = 0; i < facts->charges->len; i++) {
        const struct charge *charge = facts_charge(facts, i);

        if (!charge_is_taken(charge) || charge->topup != NONE || charge->in_question ||
            charge->is_settled)
            continue;
        if (!charge_raise(facts, charge, double_find(facts, pool, matched, i), error))
            return FALSE;
    }
    return TRUE;
}
