/*
 * card_fit.c - whether one charge can be what one top-up cost, and the sentence that says so.
 *
 * The currency in which a charge is compared: its own when that is the top-up's; else the
 * merchant's when the statement tells it; else its own, converted at the rate of the purchase's
 * day.
 */
#include "core/money.h"
#include "match/card.h"
#include "match/sentence.h"
#include "match/tax.h"

static gboolean fx_fits(struct fx *fx, const struct topup *topup, const struct charge *charge,
                        struct edge *edge)
{
    struct fx_amount expected;

    if (!fx_convert(fx, topup->due_nanos, topup->currency, charge->currency, charge->day,
                    &expected))
        return FALSE;
    edge->is_exact = FALSE;
    edge->variance = charge->amount_nanos - expected.nanos;
    return fx_is_within(charge->amount_nanos, expected.nanos);
}

gboolean card_amount_fits(struct fx *fx, const struct topup *topup, const struct charge *charge,
                          struct edge *edge)
{
    int64_t taken;

    if (charge->amount_nanos <= 0 || topup->due_nanos <= 0)
        return FALSE;
    if (g_str_equal(charge->currency, topup->currency))
        taken = charge->amount_nanos;
    else if (g_str_equal(charge->original_currency, topup->currency))
        taken = charge->original_nanos;
    else
        return !*charge->original_currency && fx_fits(fx, topup, charge, edge);
    edge->is_exact = TRUE;
    edge->variance = 0;
    edge->is_taxed = topup->learnt.nanos != 0 &&
                     cents_round(taken) == cents_round(topup->due_nanos + topup->learnt.nanos);
    if (edge->is_taxed || cents_round(taken) == cents_round(topup->due_nanos))
        return TRUE;
    edge->is_exact = FALSE;
    edge->is_doubted =
        topup->doubted_nanos > 0 && cents_round(taken) == cents_round(topup->doubted_nanos);
    return edge->is_doubted;
}

struct interval card_window(struct interval paid, gboolean posting_only)
{
    struct interval window = {paid.from - CLOCK_SECONDS, paid.until + CLOCK_SECONDS};

    if (posting_only)
        window.until = paid.until + POSTING_DAYS * SECONDS_PER_DAY;
    return window;
}

static gboolean intervals_overlap(struct interval a, struct interval b)
{
    return a.from < b.until && b.from < a.until;
}

static struct interval widened(struct interval paid, int64_t before, int64_t after)
{
    return (struct interval){paid.from - before, paid.until + after};
}

static gboolean time_fits(struct interval paid, const struct charge *charge)
{
    int64_t slack = charge->is_timed ? CLOCK_SECONDS : 0;
    struct interval posting = widened(paid, slack, POSTING_DAYS * SECONDS_PER_DAY);

    if (charge->is_posting_only)
        return intervals_overlap(charge->purchased, posting);
    return intervals_overlap(charge->purchased, widened(paid, slack, slack)) &&
           (charge->posted.from == charge->posted.until ||
            intervals_overlap(charge->posted, posting));
}

static gboolean is_receipted(const struct topup *topup)
{
    return topup->receipted.from < topup->receipted.until;
}

gboolean card_time_fits(const struct topup *topup, const struct charge *charge, gint32 *distance)
{
    gboolean is_instant = charge->is_timed && !charge->is_posting_only && !topup->paid_is_date;
    int64_t gap = is_instant ? ABS(charge->purchased.from - topup->paid_at)
                             : interval_gap(topup->paid, charge->purchased);

    if (!time_fits(topup->paid, charge) &&
        !(is_receipted(topup) && time_fits(topup->receipted, charge)))
        return FALSE;
    *distance = (gint32)MIN(gap, G_MAXINT32);
    return TRUE;
}

const char *card_refusal(const struct topup *topup, const struct charge *charge)
{
    if (charge->is_settled)
        return "it was settled: it needs no top-up";
    if (charge->state == CHARGE_DEAD)
        return "it was declined or failed: nothing was taken";
    if (charge->state == CHARGE_PENDING)
        return "it is still pending on the statement";
    if (charge->state == CHARGE_REVERSED)
        return "it was reversed and charged again";
    if (charge->state == CHARGE_DROPPED)
        return "it was pending and never posted";
    if (g_str_equal(charge->wallet, topup->wallet))
        return NULL;
    if (g_str_equal(charge->wallet, "chatgpt"))
        return "its descriptor is a ChatGPT subscription's";
    if (g_str_equal(charge->wallet, "credits"))
        return "its descriptor is a purchase of Codex or Sora credits";
    return "its descriptor does not say what was bought";
}

/* ", 25.00 USD, and tax of 2.50 USD (10 %, as told by …)," where payment history tells no tax. */
static char *reason_tax(const struct topup *topup, const struct edge *edge)
{
    const struct tax *tax = edge->is_taxed ? &topup->learnt : &topup->tax;

    if (!edge->is_taxed && topup->due_nanos == topup->total_nanos)
        return g_strdup("");

    g_autofree char *paid = sentence_money(topup->total_nanos, topup->currency);
    g_autofree char *amount = sentence_money(tax->nanos, topup->currency);
    g_autofree char *percent = tax_percent(tax->rate_nanos);

    return g_strdup_printf(", %s, and tax of %s (%s, as told by %s),", paid, amount, percent,
                           tax->source);
}

static char *reason_amount(struct fx *fx, const struct topup *topup, const struct charge *charge,
                           const struct edge *edge)
{
    int64_t due = topup->due_nanos + (edge->is_taxed ? topup->learnt.nanos : 0);
    g_autofree char *total = sentence_money(due, topup->currency);
    g_autofree char *amount = sentence_money(charge->amount_nanos, charge->currency);
    g_autofree char *taxed = reason_tax(topup, edge);
    g_autofree char *expected = NULL;
    struct fx_amount rate = {0};
    char day[11];

    if (edge->is_doubted)
        return g_strdup_printf(
            "%s is not the payment's %s, but what the receipt of its number says", amount, total);
    if (edge->is_exact && g_str_equal(charge->currency, topup->currency))
        return g_strdup_printf("%s is the total%s to the cent", amount, taxed);
    if (edge->is_exact)
        return g_strdup_printf("the merchant took %s, the total%s to the cent (%s on the card)",
                               total, taxed, amount);
    if (!fx_convert(fx, topup->due_nanos, topup->currency, charge->currency, charge->day, &rate))
        return g_strdup(amount);
    day_format(rate.rate_day, day);
    expected = sentence_money(charge->amount_nanos - edge->variance, charge->currency);
    return g_strdup_printf("%s is %s at the rate of %s%s%s (%s) within %d.%d %%", amount, total,
                           day, *rate.across ? " across " : "", rate.across, expected,
                           FX_TOLERANCE_PERMILLE / 10, FX_TOLERANCE_PERMILLE % 10);
}

static char *reason_time(const struct topup *topup, const struct charge *charge,
                         const struct edge *edge)
{
    g_autofree char *span = sentence_span(edge->distance);
    char paid_at[21], receipted_on[11];

    instant_format(topup->paid_at, paid_at);
    if (!time_fits(topup->paid, charge)) {
        interval_day(topup->receipted, receipted_on);
        return g_strdup_printf("dated %s: not when the payment is said to be, at %s, but as its "
                               "receipt of %s has it",
                               charge->dated_on, paid_at, receipted_on);
    }
    if (charge->is_timed && !topup->paid_is_date)
        return g_strdup_printf("purchased %s from the payment at %s", span, paid_at);
    if (charge->is_posting_only)
        return g_strdup_printf("posted %s, within %d days after the payment at %s",
                               charge->dated_on, POSTING_DAYS, paid_at);
    return g_strdup_printf(
        "purchase date %s (%s%s) covers the payment at %s", charge->dated_on, charge->zone,
        g_str_equal(charge->zone, "unknown") ? ", 14 h either side" : "", paid_at);
}

char *card_reason(const struct facts *facts, struct fx *fx, const struct edge *edge)
{
    const struct topup *topup = facts_topup(facts, edge->topup);
    const struct charge *charge = facts_charge(facts, edge->item);
    g_autofree char *amount = reason_amount(fx, topup, charge, edge);
    g_autofree char *time = reason_time(topup, charge, edge);

    if (*topup->card_last4 && *charge->card_last4)
        return g_strdup_printf("%s; %s; card %s on both", amount, time, topup->card_last4);
    return g_strdup_printf("%s; %s; the card is not named on both", amount, time);
}
