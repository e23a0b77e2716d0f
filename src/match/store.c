/*
 * store.c - rows of link, link_part, candidate, topup_state and adjustment, top-up by top-up.
 *
 * A long block has more pairs than anyone reads: of the pairs that a top-up lost, the nearest
 * LOSERS_KEPT of a leg are written, and one row says how many more there were.
 */
#include "match/store.h"
#include "match/adjustment.h"
#include "match/card.h"
#include "match/decided.h"
#include "match/part.h"
#include "match/receipt.h"
#include "match/sentence.h"

#define LOSERS_KEPT 4

static const char *const state_names[] = {
    [LEG_OPEN] = "open",           [LEG_AWAITING] = "awaiting-statement",
    [LEG_REJECTED] = "rejected",   [LEG_AMBIGUOUS] = "ambiguous",
    [LEG_SUGGESTED] = "suggested", [LEG_SETTLED] = "settled",
    [LEG_ACCEPTED] = "accepted",   [LEG_INTERCHANGEABLE] = "interchangeable",
    [LEG_CONFIRMED] = "confirmed", [LEG_NOT_DUE] = "",
};

static const char *const leg_names[LEGS] = {[LEG_RECEIPT] = "receipt", [LEG_CARD] = "card"};

/* Why a pair that fits won, in words that end its reason. */
static const struct {
    const char *rule, *words;
} rule_words[] = {
    {"invoice-number", ""},
    {"receipt-number", ""},
    {"accepted", ""},
    {"amount-window", "; no other receipt fits the payment and no other payment the receipt"},
    {"rate-window", "; no other receipt fits the payment and no other payment the receipt"},
    {"unique-window", "; no other charge fits the payment and no other payment the charge"},
    {"unique-amount", "; of all that fit, this alone is exact to the cent"},
    {"unique-time", "; of all that fit, this alone is within two minutes"},
    {"only-complete-pairing", "; the statements cover the days, and every other way to pair these "
                              "payments and charges would leave one of each unexplained"},
    {"least-cost", "; the pairing of least distance and difference has it, by a clear margin; "
                   "others fit as well, and that is no proof: a person decides"},
    {"equal-block", "; one of several equal payments and charges, paired in order of time: a swap "
                    "would change no period, organization or card"},
    {"ambiguous-block", "; one of several equal payments and charges, and a swap would change a "
                        "period, an organization or a card: a person decides"},
    {"ambiguous-component", "; others fit as well, and nothing tells which is whose: a person "
                            "decides"},
    {"contested", "; but others that lack a counterpart, by their sums or but for a few cents, "
                  "could explain each of them without the other: a person decides"},
    {"ambiguous-large", "; so many fit each other that they were not weighed: a person decides"},
};

static const char *words_find(const char *rule)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rule_words); i++)
        if (g_str_equal(rule_words[i].rule, rule))
            return rule_words[i].words;
    return "";
}

struct store {
    struct facts *facts;
    struct fx *fx;
    struct pool *const *pools;
    GArray *order[LEGS];   /* guint: edges by top-up, then distance, then item */
    GArray *refused[LEGS]; /* guint: refusals by top-up, then item */
    guint at[LEGS], refused_at[LEGS];
    struct bulk *links, *candidates, *states, *adjustments;
};

static char *fit_reason(const struct store *store, enum leg leg, const struct edge *edge)
{
    if (g_str_equal(edge->rule, "accepted"))
        return g_strdup(decided_words(store->facts, leg, edge->topup));
    return leg == LEG_CARD ? card_reason(store->facts, store->fx, edge)
                           : receipt_reason(store->facts, store->fx, edge);
}

/* The whole sentence of an edge: why it fits, and what became of it. */
static char *edge_reason(const struct store *store, enum leg leg, const struct edge *edge)
{
    const struct edge *winner =
        edge->beaten_by == NONE ? NULL : edge_at(store->pools[leg]->edges, edge->beaten_by);
    const struct facts *facts = store->facts;
    g_autofree char *fit = fit_reason(store, leg, edge);
    const char *what = leg == LEG_CARD ? "charge" : "receipt";

    if (edge->fate != EDGE_LOST)
        return g_strconcat(fit, words_find(edge->rule), NULL);
    if (winner && winner->topup == edge->topup)
        return g_strdup_printf("%s; but the payment took %s %s", fit, what,
                               leg == LEG_CARD ? facts_charge(facts, winner->item)->source
                                               : facts_receipt(facts, winner->item)->source);
    if (!winner)
        return g_strdup_printf("%s; but then another payment and another %s would be left without "
                               "any",
                               fit, what);
    return g_strdup_printf("%s; but the %s went to top-up %s", fit, what,
                           facts_topup(facts, winner->topup)->reference);
}

/* receipt_id and charge_id. */
static void add_item(const struct store *store, struct bulk *rows, enum leg leg, guint item)
{
    const struct facts *facts = store->facts;

    bulk_add_key(rows,
                 item != NONE && leg == LEG_RECEIPT ? facts_receipt(facts, item)->receipt_id : 0);
    bulk_add_key(rows, item != NONE && leg == LEG_CARD ? facts_charge(facts, item)->charge_id : 0);
}

static gboolean candidate_write(const struct store *store, guint topup, enum leg leg, guint item,
                                const char *verdict, const char *reason, GError **error)
{
    bulk_add_int(store->candidates, facts_topup(store->facts, topup)->topup_id);
    bulk_add_text(store->candidates, leg_names[leg]);
    add_item(store, store->candidates, leg, item);
    bulk_add_text(store->candidates, verdict);
    bulk_add_text(store->candidates, reason);
    return bulk_end_row(store->candidates, error);
}

static const char *edge_verdict(const struct edge *edge)
{
    static const char *const verdicts[] = {
        [EDGE_OPEN] = "undecided", [EDGE_WON] = "won", [EDGE_LOST] = "lost"};

    return verdicts[edge->fate];
}

static gboolean edge_write(const struct store *store, enum leg leg, const struct edge *edge,
                           GError **error)
{
    g_autofree char *reason = edge_reason(store, leg, edge);

    return candidate_write(store, edge->topup, leg, edge->item, edge_verdict(edge), reason, error);
}

static gboolean more_write(const struct store *store, guint topup, enum leg leg, guint more,
                           GError **error)
{
    g_autofree char *reason =
        g_strdup_printf("%u more pairs that fit less well or were refused are not listed", more);

    return more == 0 || candidate_write(store, topup, leg, NONE, "lost", reason, error);
}

static gboolean link_write(const struct store *store, guint topup, enum leg leg, const char *reason,
                           GError **error)
{
    const struct pairing *pairing = &facts_topup(store->facts, topup)->legs[leg];

    bulk_add_int(store->links, facts_topup(store->facts, topup)->topup_id);
    bulk_add_text(store->links, leg_names[leg]);
    add_item(store, store->links, leg, pairing->item);
    bulk_add_text(store->links, state_names[pairing->state]);
    bulk_add_text(store->links, pairing->rule);
    bulk_add_text(store->links, reason);
    bulk_add_int(store->links, pairing->edge == NONE
                                   ? 0
                                   : edge_at(store->pools[leg]->edges, pairing->edge)->variance);
    return bulk_end_row(store->links, error);
}

/* The pair that stands: a link, and the first of the top-up's candidates. */
static gboolean pair_write(const struct store *store, guint topup, enum leg leg, GError **error)
{
    const struct pairing *pairing = &facts_topup(store->facts, topup)->legs[leg];
    const struct edge *edge =
        pairing->edge == NONE ? NULL : edge_at(store->pools[leg]->edges, pairing->edge);
    g_autofree char *reason = edge ? edge_reason(store, leg, edge) : g_strdup(pairing->why);
    const char *verdict = leg_is_sure(pairing->state) ? "won" : "undecided";

    if (pairing->item != NONE && !link_write(store, topup, leg, reason, error))
        return FALSE;
    return !reason || candidate_write(store, topup, leg, edge ? edge->item : pairing->item,
                                      edge ? edge_verdict(edge) : verdict, reason, error);
}

/* Writes a top-up's other candidates of one leg: the nearest. */
static gboolean others_write(struct store *store, guint topup, enum leg leg, GError **error)
{
    const struct pairing *pairing = &facts_topup(store->facts, topup)->legs[leg];
    const struct pool *pool = store->pools[leg];
    guint kept = 0, more = 0;

    for (; store->at[leg] < store->order[leg]->len; store->at[leg]++) {
        guint index = g_array_index(store->order[leg], guint, store->at[leg]);

        if (edge_at(pool->edges, index)->topup != topup)
            break;
        if (index == pairing->edge)
            continue;
        if (kept++ >= LOSERS_KEPT)
            more++;
        else if (!edge_write(store, leg, edge_at(pool->edges, index), error))
            return FALSE;
    }
    kept = 0;
    for (; store->refused_at[leg] < store->refused[leg]->len; store->refused_at[leg]++) {
        guint index = g_array_index(store->refused[leg], guint, store->refused_at[leg]);
        const struct refusal *refusal = &g_array_index(pool->refusals, struct refusal, index);

        if (refusal->topup != topup)
            break;
        if (!decided_bars(store->facts, leg, topup, refusal->item) && kept++ >= LOSERS_KEPT)
            more++;
        else if (!candidate_write(store, topup, leg, refusal->item, "refused", refusal->why, error))
            return FALSE;
    }
    return more_write(store, topup, leg, more, error);
}

/* What every charge of a leg that is not one to one pays of every top-up. */
static gboolean parts_write(const struct store *store, GError **error)
{
    struct facts *facts = store->facts;

    for (guint i = 0; i < facts->parts->len; i++) {
        const struct part *part = &g_array_index(facts->parts, struct part, i);
        struct statement *insert = statement_get(facts->db, "match_part_insert", error);

        if (!insert)
            return FALSE;
        statement_bind_int(insert, "topup_id", facts_topup(facts, part->topup)->topup_id);
        statement_bind_int(insert, "charge_id", facts_charge(facts, part->charge)->charge_id);
        statement_bind_int(insert, "amount_nanos", part->amount_nanos);
        statement_bind_text(insert, "currency", facts_charge(facts, part->charge)->currency);
        statement_bind_int(insert, "fee_nanos", part->fee_nanos);
        statement_bind_int(insert, "paid_nanos", part->paid_nanos);
        statement_bind_text(insert, "paid_currency", facts_topup(facts, part->topup)->currency);
        if (!statement_execute(insert, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean state_write(const struct store *store, guint index, GError **error)
{
    const struct topup *topup = facts_topup(store->facts, index);
    const struct pairing *receipt = &topup->legs[LEG_RECEIPT], *card = &topup->legs[LEG_CARD];
    g_autofree char *rule =
        g_strconcat(receipt->rule, *receipt->rule && *card->rule ? " + " : "", card->rule, NULL);

    bulk_add_int(store->states, topup->topup_id);
    bulk_add_text(store->states, state_names[receipt->state]);
    bulk_add_text(store->states, state_names[card->state]);
    bulk_add_text(store->states, state_names[MIN(receipt->state, card->state)]);
    bulk_add_text(store->states, rule);
    return bulk_end_row(store->states, error);
}

static int compare_edges(gconstpointer a, gconstpointer b, gpointer data)
{
    const struct edge *x = edge_at(data, *(const guint *)a), *y = edge_at(data, *(const guint *)b);

    if (x->distance != y->distance)
        return x->distance < y->distance ? -1 : 1;
    return (x->item > y->item) - (x->item < y->item);
}

static const struct refusal *refusal_at(const GArray *refusals, guint index)
{
    return &g_array_index(refusals, struct refusal, index);
}

static int compare_refusals(gconstpointer a, gconstpointer b, gpointer data)
{
    const struct refusal *x = refusal_at(data, *(const guint *)a);
    const struct refusal *y = refusal_at(data, *(const guint *)b);

    return (x->item > y->item) - (x->item < y->item);
}

static guint edge_topup(const GArray *edges, guint index)
{
    return edge_at(edges, index)->topup;
}

static guint refusal_topup(const GArray *refusals, guint index)
{
    return refusal_at(refusals, index)->topup;
}

/* The rows' indexes by top-up, and within one as compare says: dealt out to top-ups, then sorted
 * there. */
static GArray *order_of(GArray *rows, guint topup_count, guint (*topup_of)(const GArray *, guint),
                        GCompareDataFunc compare)
{
    GArray *order = g_array_sized_new(FALSE, FALSE, sizeof(guint), rows->len);
    g_autofree guint *ends = g_new0(guint, topup_count + 1);
    guint *indexes;

    g_array_set_size(order, rows->len);
    indexes = (guint *)(void *)order->data;
    for (guint i = 0; i < rows->len; i++)
        ends[topup_of(rows, i) + 1]++;
    for (guint i = 0; i < topup_count; i++)
        ends[i + 1] += ends[i];
    for (guint i = 0; i < rows->len; i++)
        indexes[ends[topup_of(rows, i)]++] = i;
    for (guint i = 0, from = 0; i < topup_count; from = ends[i++])
        g_qsort_with_data(indexes + from, (gint)(ends[i] - from), sizeof(guint), compare, rows);
    return order;
}

static gboolean topups_write(struct store *store, GError **error)
{
    for (guint i = 0; i < store->facts->topups->len; i++) {
        for (enum leg leg = 0; leg < LEGS; leg++)
            if (!pair_write(store, i, leg, error) || !others_write(store, i, leg, error))
                return FALSE;
        if (!adjustments_write(store->facts, store->fx, store->pools[LEG_CARD], i,
                               store->adjustments, error) ||
            !state_write(store, i, error))
            return FALSE;
    }
    return bulk_end(store->links, error) && bulk_end(store->candidates, error) &&
           bulk_end(store->states, error) && bulk_end(store->adjustments, error);
}

gboolean store_write(struct facts *facts, struct fx *fx, struct pool *const pools[LEGS],
                     GError **error)
{
    g_autoptr(Bulk) links = bulk_new(facts->db, "match_link_insert");
    g_autoptr(Bulk) candidates = bulk_new(facts->db, "match_candidate_insert");
    g_autoptr(Bulk) states = bulk_new(facts->db, "match_state_insert");
    g_autoptr(Bulk) adjustments = bulk_new(facts->db, "match_adjustment_insert");
    struct store store = {
        .facts = facts,
        .fx = fx,
        .pools = pools,
        .links = links,
        .candidates = candidates,
        .states = states,
        .adjustments = adjustments,
    };
    gboolean ok;

    parts_sort(facts);
    for (int leg = 0; leg < LEGS; leg++) {
        store.order[leg] =
            order_of(pools[leg]->edges, facts->topups->len, edge_topup, compare_edges);
        store.refused[leg] =
            order_of(pools[leg]->refusals, facts->topups->len, refusal_topup, compare_refusals);
    }
    ok = topups_write(&store, error) && parts_write(&store, error);
    for (int leg = 0; leg < LEGS; leg++) {
        g_array_unref(store.order[leg]);
        g_array_unref(store.refused[leg]);
    }
    return ok;
}
