/*
 * leftover.c - open and undecided top-ups and receipts; charges are read in duplicate.c.
 */
#include "match/leftover.h"
#include "core/exception.h"
#include "match/card.h"
#include "match/decided.h"
#include "match/duplicate.h"
#include "match/raise.h"
#include "match/receipt.h"
#include "match/sentence.h"

struct reading {
    struct facts *facts;
    struct fx *fx;
    struct pool *const *pools;
    const struct coverage *coverage;
    guint *pending;       /* by top-up: a pending charge that fits it, or NONE */
    guint *fitting[LEGS]; /* by top-up: how many pairs of a leg fit it */
};

static void day_after(const struct topup *topup, int days, char out[11])
{
    day_format(day_from_instant(topup->paid_at) + days, out);
}

/* A statement that could show the charge is still to come, or shows it as pending. */
static gboolean is_awaiting(const struct reading *reading, guint index)
{
    return reading->pending[index] != NONE ||
           !coverage_covers_topup(reading->coverage, facts_topup(reading->facts, index));
}

static char *explain_open(const struct topup *topup, enum leg leg)
{
    g_autofree char *total = sentence_money(topup->total_nanos, topup->currency);
    g_autofree char *due = sentence_money(topup->due_nanos, topup->currency);
    char until_on[11];

    if (leg == LEG_RECEIPT && topup->due_invoice)
        return g_strdup_printf("No receipt was found for the payment of %s on %s; its invoice (%s) "
                               "says what was due, not that it was paid.",
                               total, topup->paid_on, topup->due_invoice);
    if (leg == LEG_RECEIPT)
        return g_strdup_printf("No receipt was found for the payment of %s on %s.", total,
                               topup->paid_on);
    day_after(topup, POSTING_DAYS, until_on);
    return g_strdup_printf(
        "No charge of %s was found%s%s, though statements cover %s to %s%s%s%s%s.", due,
        *topup->card_last4 ? " on card " : "", topup->card_last4, topup->paid_on, until_on,
        topup->near_miss ? "; " : "", topup->near_miss ? topup->near_miss : "",
        topup->combination ? "; " : "", topup->combination ? topup->combination : "");
}

static char *explain_mismatch(const struct reading *reading, const struct topup *topup)
{
    const struct receipt *receipt = facts_receipt(reading->facts, topup->legs[LEG_RECEIPT].item);
    g_autofree char *total = sentence_money(topup->total_nanos, topup->currency);
    g_autofree char *given = sentence_money(receipt->total_nanos, receipt->currency);
    g_autofree char *compared = NULL;

    if (g_str_equal(topup->currency, receipt->currency))
        return g_strdup_printf(
            "The payment says %s, but the receipt of the same number (%s) says %s.", total,
            receipt->source, given);
    compared = receipt_comparison(reading->fx, topup, receipt);
    return g_strdup_printf(
        "The payment says %s (%s), but the receipt of the same number (%s) says %s.", total,
        compared, receipt->source, given);
}

static char *explain_ambiguous(const struct reading *reading, guint index, enum leg leg)
{
    const struct topup *topup = facts_topup(reading->facts, index);
    g_autofree char *total = sentence_money(topup->total_nanos, topup->currency);

    return g_strdup_printf(
        "%u %s fit the payment of %s on %s and other payments, and nothing tells "
        "which is whose.",
        reading->fitting[leg][index], leg == LEG_CARD ? "charge(s)" : "receipt(s)", total,
        topup->paid_on);
}

/* A card leg that is only suggested: by the least cost of several pairings, or by a sum. */
static gboolean suggestion_raise(const struct reading *reading, guint index, GError **error)
{
    const struct topup *topup = facts_topup(reading->facts, index);
    const struct pairing *pairing = &topup->legs[LEG_CARD];
    g_autofree char *due = sentence_money(topup->due_nanos, topup->currency);
    g_autofree char *explanation = NULL;

    if (pairing->why)
        explanation =
            g_strdup_printf("No single charge of %s was found, but %s.", due, pairing->why);
    else
        explanation = g_strdup_printf(
            "%u charge(s) fit the payment of %s on %s and other payments; by time and rate that of "
            "%s suits best, which is no proof.",
            reading->fitting[LEG_CARD][index], due, topup->paid_on,
            facts_charge(reading->facts, pairing->item)->source);
    return leg_raise(reading->facts, topup, LEG_CARD, pairing->why ? NO_CARD_CHARGE : AMBIGUOUS,
                     explanation, error);
}

static gboolean leg_read(const struct reading *reading, guint index, enum leg leg, GError **error)
{
    struct pairing *pairing = &facts_topup(reading->facts, index)->legs[leg];
    const struct topup *topup = facts_topup(reading->facts, index);
    g_autofree char *explanation = NULL;

    if (leg == LEG_CARD && pairing->state == LEG_OPEN && is_awaiting(reading, index))
        pairing->state = LEG_AWAITING;
    if (pairing->state == LEG_OPEN && decided_bars_any(reading->facts, leg, index))
        pairing->state = LEG_REJECTED;
    switch (pairing->state) {
    case LEG_OPEN:
    case LEG_REJECTED:
        explanation = explain_open(topup, leg);
        return leg_raise(reading->facts, topup, leg, leg == LEG_CARD ? NO_CARD_CHARGE : NO_RECEIPT,
                         explanation, error);
    case LEG_SUGGESTED:
        if (leg == LEG_CARD)
            return suggestion_raise(reading, index, error);
        explanation = explain_mismatch(reading, topup);
        return leg_raise(reading->facts, topup, leg, AMOUNT_MISMATCH, explanation, error);
    case LEG_AMBIGUOUS:
        explanation = explain_ambiguous(reading, index, leg);
        return leg_raise(reading->facts, topup, leg, AMBIGUOUS, explanation, error);
    case LEG_ACCEPTED:
        explanation = decided_change(reading->facts, leg, index);
        return !explanation ||
               leg_raise(reading->facts, topup, leg, AMOUNT_MISMATCH, explanation, error);
    default:
        return TRUE;
    }
}

static gboolean receipt_read(struct facts *facts, const struct receipt *receipt, GError **error)
{
    g_autofree char *total = sentence_money(receipt->total_nanos, receipt->currency);
    g_autofree char *explanation = NULL;
    char day[11];
    struct exception exception = {
        .room = "match",
        .code = NO_TOPUP_FOR_RECEIPT,
        .dated_on = day,
        .amount_nanos = ABS(receipt->total_nanos),
        .currency = receipt->currency,
        .reference = *receipt->invoice_number ? receipt->invoice_number : receipt->reference,
        .file_id = receipt->file_id,
        .line = receipt->line,
        .subject = receipt->id,
    };

    if (!receipt->is_paid || receipt->topup != NONE || receipt->in_question ||
        receipt->is_settled || !g_str_equal(receipt->wallet, "api"))
        return TRUE;
    interval_day(receipt->paid, day);
    explanation = g_strdup_printf("No payment was found for the receipt of %s on %s.", total, day);
    exception.explanation = explanation;
    return exception_add(facts->db, &exception, error);
}

static void reading_count(struct reading *reading)
{
    const GArray *refusals = reading->pools[LEG_CARD]->refusals;

    for (int leg = 0; leg < LEGS; leg++) {
        const GArray *edges = reading->pools[leg]->edges;

        reading->fitting[leg] = g_new0(guint, reading->facts->topups->len + 1);
        for (guint i = 0; i < edges->len; i++)
            reading->fitting[leg][edge_at(edges, i)->topup] += edge_at(edges, i)->fate == EDGE_OPEN;
    }
    reading->pending = g_new0(guint, reading->facts->topups->len + 1);
    for (guint i = 0; i < reading->facts->topups->len; i++)
        reading->pending[i] = NONE;
    for (guint i = 0; i < refusals->len; i++) {
        const struct refusal *refusal = &g_array_index(refusals, struct refusal, i);

        if (refusal->item != NONE &&
            facts_charge(reading->facts, refusal->item)->state == CHARGE_PENDING)
            reading->pending[refusal->topup] = refusal->item;
    }
}

gboolean leftover_read(struct facts *facts, struct fx *fx, struct pool *const pools[LEGS],
                       const struct coverage *coverage, GError **error)
{
    struct reading reading = {.facts = facts, .fx = fx, .pools = pools, .coverage = coverage};
    gboolean ok = TRUE;

    reading_count(&reading);
    for (guint i = 0; ok && i < facts->topups->len; i++)
        ok = leg_read(&reading, i, LEG_RECEIPT, error) && leg_read(&reading, i, LEG_CARD, error);
    for (guint i = 0; ok && i < facts->receipts->len; i++)
        ok = receipt_read(facts, facts_receipt(facts, i), error);
    g_free(reading.pending);
    g_free(reading.fitting[LEG_RECEIPT]);
    g_free(reading.fitting[LEG_CARD]);
    return ok && duplicate_read(facts, pools[LEG_CARD], error);
}
