/*
 * contest.c - could both sides of a pair be explained otherwise: by sums, or by a slip of the hand?
 *
 * Two payments that were charged together and a third of their sum look like a pair and two open
 * payments. All pairs are judged before any is undone, so that their order does not matter.
 */
#include "match/contest.h"
#include "match/shelf.h"
#include "match/subset.h"

#define STEPS_MAX 5000000 /* of all searches together */

/* The open facts, and with them those of pairs that could be undone. */
struct contest {
    struct facts *facts;
    const struct coverage *coverage;
    struct shelf open_topups, open_charges, topups, charges;
    guint steps; /* left to all searches */
};

/* A search that was given up proves no other explanation. */
static gboolean has_sum(struct contest *contest, const GArray *cents, int64_t target, guint least)
{
    g_autofree gboolean *chosen = g_new0(gboolean, cents->len + 1);
    enum subset_answer answer = subset_find((const int64_t *)(const void *)cents->data, cents->len,
                                            target, least, chosen, &contest->steps);

    return answer == SUBSET_ONLY || answer == SUBSET_SEVERAL;
}

/* What charges took in a currency, or top-ups of that currency are due, but for one of them. */
static GArray *cents_of(const struct contest *contest, const GArray *members, gboolean are_topups,
                        const char *currency, guint without)
{
    GArray *cents = g_array_new(FALSE, FALSE, sizeof(int64_t));

    for (guint i = 0; i < members->len; i++) {
        guint member = g_array_index(members, guint, i);
        const struct topup *topup = are_topups ? facts_topup(contest->facts, member) : NULL;
        int64_t value = !topup ? charge_cents_in(facts_charge(contest->facts, member), currency)
                        : g_str_equal(topup->currency, currency) ? cents_round(topup->due_nanos)
                                                                 : 0;

        if (member != without && value > 0)
            g_array_append_val(cents, value);
    }
    return cents;
}

/* Whether a paired top-up is the sum of open charges. */
static gboolean topup_is_sum(struct contest *contest, guint topup, const GArray *around)
{
    const struct topup *paid = facts_topup(contest->facts, topup);
    g_autoptr(GArray) cents = cents_of(contest, around, FALSE, paid->currency, NONE);

    return has_sum(contest, cents, cents_round(paid->due_nanos), 2);
}

/* Whether a paired top-up is, with others, the sum of an open charge. */
static gboolean topup_is_part(struct contest *contest, guint topup, const GArray *around)
{
    const struct topup *paid = facts_topup(contest->facts, topup);

    for (guint i = 0; i < around->len; i++) {
        guint open = g_array_index(around, guint, i);
        g_autoptr(GArray) members = topups_about(contest->facts, &contest->topups, open);
        g_autoptr(GArray) cents = cents_of(contest, members, TRUE, paid->currency, topup);
        int64_t rest = charge_cents_in(facts_charge(contest->facts, open), paid->currency) -
                       cents_round(paid->due_nanos);

        if (rest > 0 && has_sum(contest, cents, rest, 1))
            return TRUE;
    }
    return FALSE;
}

/* Whether a paired charge is the sum of open top-ups, in the pair's currency. */
static gboolean charge_is_sum(struct contest *contest, guint charge, const char *currency,
                              const GArray *around)
{
    g_autoptr(GArray) cents = cents_of(contest, around, TRUE, currency, NONE);

    return has_sum(contest, cents, charge_cents_in(facts_charge(contest->facts, charge), currency),
                   2);
}

/* Whether a paired charge is, with others, the sum of an open top-up. */
static gboolean charge_is_part(struct contest *contest, guint charge, const GArray *around)
{
    for (guint i = 0; i < around->len; i++) {
        guint open = g_array_index(around, guint, i);
        const struct topup *topup = facts_topup(contest->facts, open);
        g_autoptr(GArray) members = charges_about(contest->facts, &contest->charges, open);
        g_autoptr(GArray) cents = cents_of(contest, members, FALSE, topup->currency, charge);
        int64_t rest = cents_round(topup->due_nanos) -
                       charge_cents_in(facts_charge(contest->facts, charge), topup->currency);

        if (rest > 0 && has_sum(contest, cents, rest, 1))
            return TRUE;
    }
    return FALSE;
}

/* Those of the payments whose own charge would stand in the statements. */
static GArray *covered_of(const struct contest *contest, const GArray *topups)
{
    GArray *covered = g_array_new(FALSE, FALSE, sizeof(guint));

    for (guint i = 0; i < topups->len; i++) {
        const struct topup *topup = facts_topup(contest->facts, g_array_index(topups, guint, i));

        if (*topup->card_last4 && coverage_covers_topup(contest->coverage, topup))
            g_array_append_val(covered, g_array_index(topups, guint, i));
    }
    return covered;
}

/*
 * Whether payments that lack a charge, although their card's statements are there, are together the
 * charge of a pair: then the charge may be theirs, and the pair's payment the one that lacks.
 */
static gboolean charge_is_claimed(struct contest *contest, guint topup)
{
    const struct topup *paid = facts_topup(contest->facts, topup);
    guint charge = paid->legs[LEG_CARD].item;
    g_autoptr(GArray) topups = topups_about(contest->facts, &contest->open_topups, charge);
    g_autoptr(GArray) covered = covered_of(contest, topups);

    return covered->len > 1 && charge_is_sum(contest, charge, paid->currency, covered);
}

static gboolean pair_is_contested(struct contest *contest, guint topup)
{
    const struct topup *paid = facts_topup(contest->facts, topup);
    guint charge = paid->legs[LEG_CARD].item;
    g_autoptr(GArray) charges = charges_about(contest->facts, &contest->open_charges, topup);
    g_autoptr(GArray) topups = NULL;

    if (charges->len == 0)
        return FALSE;
    topups = topups_about(contest->facts, &contest->open_topups, charge);
    return topups->len > 0 &&
           (topup_is_part(contest, topup, charges) || topup_is_sum(contest, topup, charges)) &&
           (charge_is_sum(contest, charge, paid->currency, topups) ||
            charge_is_part(contest, charge, topups));
}

/*
 * Whether a payment may have been paid by one open charge as well as by its own, while another that
 * lacks one is off by a slip from both: then which of the two is whose is not told.
 */
static gboolean pair_is_slipped(const struct contest *contest, const struct pool *pool, guint topup)
{
    guint charge = facts_topup(contest->facts, topup)->legs[LEG_CARD].item;
    g_autoptr(GArray) charges = charges_about(contest->facts, &contest->open_charges, topup);
    g_autoptr(GArray) topups = NULL;

    for (guint i = charges->len; i-- > 0;)
        if (edge_find(pool->edges, topup, g_array_index(charges, guint, i)) == NONE)
            g_array_remove_index(charges, i);
    if (charges->len == 0)
        return FALSE;
    topups = topups_about(contest->facts, &contest->open_topups, charge);
    for (guint i = 0; i < topups->len; i++)
        if (charge_is_slip(facts_topup(contest->facts, g_array_index(topups, guint, i)),
                           facts_charge(contest->facts, charge)))
            return TRUE;
    return FALSE;
}

static void pair_undo(struct facts *facts, struct pool *pool, guint topup)
{
    struct pairing *leg = &facts_topup(facts, topup)->legs[LEG_CARD];
    struct edge *edge = edge_at(pool->edges, leg->edge);

    edge->fate = EDGE_OPEN;
    leg->rule = edge->rule = "contested";
    leg->state = LEG_AMBIGUOUS;
    facts_charge(facts, leg->item)->topup = NONE;
    facts_question(facts, leg->item, topup);
}

/* A pair of this leg that something else could explain away. */
static gboolean is_undoable(const struct pool *pool, const struct pairing *leg)
{
    return (leg->state == LEG_CONFIRMED || leg->state == LEG_INTERCHANGEABLE) &&
           leg->edge != NONE && edge_at(pool->edges, leg->edge)->is_exact &&
           !edge_at(pool->edges, leg->edge)->is_tight;
}

static void contest_init(struct contest *contest, const struct pool *pool)
{
    struct facts *facts = contest->facts;

    shelf_init(&contest->open_topups);
    shelf_init(&contest->open_charges);
    shelf_init(&contest->topups);
    shelf_init(&contest->charges);
    for (guint i = 0; i < facts->topups->len; i++) {
        const struct pairing *leg = &facts_topup(facts, i)->legs[LEG_CARD];

        if (topup_is_open(facts_topup(facts, i)))
            shelf_put_topup(&contest->open_topups, facts, i);
        if (topup_is_open(facts_topup(facts, i)) || is_undoable(pool, leg))
            shelf_put_topup(&contest->topups, facts, i);
        if (is_undoable(pool, leg))
            shelf_put_charge(&contest->charges, facts, leg->item);
    }
    for (guint i = 0; i < facts->charges->len; i++)
        if (charge_is_open(facts_charge(facts, i))) {
            shelf_put_charge(&contest->open_charges, facts, i);
            shelf_put_charge(&contest->charges, facts, i);
        }
    shelf_sort_topups(&contest->open_topups, facts);
    shelf_sort_topups(&contest->topups, facts);
    shelf_sort_charges(&contest->open_charges, facts);
    shelf_sort_charges(&contest->charges, facts);
}

void contests_find(struct facts *facts, struct pool *pool, const struct coverage *coverage)
{
    struct contest contest = {.facts = facts, .coverage = coverage, .steps = STEPS_MAX};
    g_autoptr(GArray) contested = g_array_new(FALSE, FALSE, sizeof(guint));

    contest_init(&contest, pool);
    for (guint i = 0; i < facts->topups->len; i++)
        if (is_undoable(pool, &facts_topup(facts, i)->legs[LEG_CARD]) &&
            (pair_is_contested(&contest, i) || charge_is_claimed(&contest, i) ||
             pair_is_slipped(&contest, pool, i)))
            g_array_append_val(contested, i);
    for (guint i = 0; i < contested->len; i++)
        pair_undo(facts, pool, g_array_index(contested, guint, i));
    shelf_clear(&contest.open_topups);
    shelf_clear(&contest.open_charges);
    shelf_clear(&contest.topups);
    shelf_clear(&contest.charges);
}
