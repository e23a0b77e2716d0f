/* adjustment.c - lines for tax, the margin of a conversion, and the card's fee. */
#include "match/adjustment.h"
#include "core/money.h"
#include "match/card.h"
#include "match/decided.h"
#include "match/sentence.h"
#include "match/tax.h"

struct line {
    const char *cause;
    int64_t nanos;
    const char *currency;
    int64_t rate_nanos; /* 0: there is none */
    const char *source, *treatment, *explanation;
    gboolean is_assumed;
};

static gboolean line_write(struct bulk *lines, const struct topup *topup, struct line line,
                           GError **error)
{
    bulk_add_int(lines, topup->topup_id);
    bulk_add_text(lines, line.cause);
    bulk_add_int(lines, line.nanos);
    bulk_add_text(lines, line.currency);
    bulk_add_text(lines, line.explanation);
    bulk_add_key(lines, line.rate_nanos);
    bulk_add_text(lines, line.source);
    bulk_add_text(lines, line.treatment);
    bulk_add_int(lines, line.is_assumed);
    return bulk_end_row(lines, error);
}

static gboolean tax_write(struct bulk *lines, const struct topup *topup, const struct tax *tax,
                          GError **error)
{
    gboolean is_assumed = !*topup->tax_treatment;
    g_autofree char *amount = sentence_money(tax->nanos, topup->currency);
    g_autofree char *percent = tax_percent(tax->rate_nanos);
    g_autofree char *explanation = NULL;

    if (tax->nanos == 0)
        return TRUE;
    explanation =
        g_strdup_printf("tax of %s%s%s, as told by %s; %s%s", amount, tax->rate_nanos ? ", " : "",
                        tax->rate_nanos ? percent : "", tax->source,
                        is_assumed ? "taken as a cost" : topup->tax_treatment,
                        is_assumed ? ", for the organizations table does not say" : "");
    return line_write(lines, topup,
                      (struct line){.cause = "tax",
                                    .nanos = tax->nanos,
                                    .currency = topup->currency,
                                    .rate_nanos = tax->rate_nanos,
                                    .source = tax->source,
                                    .treatment = is_assumed ? "cost" : topup->tax_treatment,
                                    .is_assumed = is_assumed,
                                    .explanation = explanation},
                      error);
}

static gboolean margin_write(struct bulk *lines, struct facts *facts, struct fx *fx,
                             const struct topup *topup, const struct edge *edge, GError **error)
{
    const struct charge *charge = facts_charge(facts, edge->item);
    int64_t expected = charge->amount_nanos - edge->variance, rate_nanos = 0;
    g_autofree char *explanation = NULL;
    g_autofree char *source = NULL;
    struct fx_amount rate;
    char day[11];

    if (edge->variance == 0 ||
        !fx_convert(fx, topup->due_nanos, topup->currency, charge->currency, charge->day, &rate))
        return TRUE;
    day_format(rate.rate_day, day);
    source = g_strdup_printf("rates of %s", day);
    explanation = card_reason(facts, fx, edge);
    if (!money_scale(&rate_nanos, NANOS_PER_UNIT, expected, topup->due_nanos, error))
        return FALSE;
    return line_write(lines, topup,
                      (struct line){.cause = "fx-margin",
                                    .nanos = edge->variance,
                                    .currency = charge->currency,
                                    .rate_nanos = rate_nanos,
                                    .source = source,
                                    .treatment = "cost",
                                    .explanation = explanation},
                      error);
}

static gboolean fee_write(struct bulk *lines, const struct topup *topup,
                          const struct charge *charge, int64_t fee_nanos, GError **error)
{
    g_autofree char *explanation =
        g_strdup_printf("the card's fee on the charge at %s", charge->source);

    return fee_nanos == 0 || line_write(lines, topup,
                                        (struct line){.cause = "card-fee",
                                                      .nanos = fee_nanos,
                                                      .currency = charge->fee_currency,
                                                      .source = charge->id,
                                                      .treatment = "cost",
                                                      .explanation = explanation},
                                        error);
}

/* The fees of a leg that is not one to one. Its parts stand together: they are sorted. */
static gboolean fees_write(struct bulk *lines, struct facts *facts, guint topup, GError **error)
{
    for (guint i = 0; i < facts->parts->len; i++) {
        const struct part *part = &g_array_index(facts->parts, struct part, i);

        if (part->topup == topup &&
            !fee_write(lines, facts_topup(facts, topup), facts_charge(facts, part->charge),
                       part->fee_nanos, error))
            return FALSE;
    }
    return TRUE;
}

/* Where a top-up's variances start, or would: they stand by top-up. */
static guint variances_from(const GArray *variances, guint topup)
{
    guint low = 0, high = variances->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (g_array_index(variances, struct variance, middle).topup < topup)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* What a person named, or accepted with a pair. */
static gboolean variances_write(struct bulk *lines, struct facts *facts, guint topup,
                                GError **error)
{
    const GArray *variances = decided_variances(facts);

    for (guint i = variances_from(variances, topup); i < variances->len; i++) {
        const struct variance *variance = &g_array_index(variances, struct variance, i);

        if (variance->topup != topup)
            break;
        if (variance->nanos != 0 && !line_write(lines, facts_topup(facts, topup),
                                                (struct line){.cause = variance->cause,
                                                              .nanos = variance->nanos,
                                                              .currency = variance->currency,
                                                              .source = "a decision",
                                                              .treatment = "cost",
                                                              .explanation = variance->explanation},
                                                error))
            return FALSE;
    }
    return TRUE;
}

gboolean adjustments_write(struct facts *facts, struct fx *fx, const struct pool *pool, guint index,
                           struct bulk *lines, GError **error)
{
    const struct topup *topup = facts_topup(facts, index);
    const struct pairing *leg = &topup->legs[LEG_CARD];
    const struct edge *edge = leg->edge == NONE ? NULL : edge_at(pool->edges, leg->edge);
    const struct charge *charge;

    if (!variances_write(lines, facts, index, error))
        return FALSE;
    if (!leg_is_sure(leg->state))
        return TRUE;
    if (!tax_write(lines, topup, edge && edge->is_taxed ? &topup->learnt : &topup->tax, error))
        return FALSE;
    if (!edge)
        return fees_write(lines, facts, index, error);
    charge = facts_charge(facts, edge->item);
    /* What an accepted pair is apart was named when it was accepted. */
    return (leg->state == LEG_ACCEPTED || margin_write(lines, facts, fx, topup, edge, error)) &&
           fee_write(lines, topup, charge, charge->fee_nanos, error);
}
