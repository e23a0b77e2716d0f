/*
 * refund.c - links a credit on the card to the charge that it gives back, and says what is at risk.
 *
 * Unless a person said which one, the charge is at most 60 days before (180 for a chargeback). A
 * refund that payment history tells of has withdrawn its credit there: nothing is at risk, and
 * nothing is raised.
 */
#include "match/refund.h"
#include "core/exception.h"
#include "core/money.h"
#include "match/refund_find.h"
#include "match/sentence.h"

#define REFUND_SECONDS     (60 * SECONDS_PER_DAY)
#define CHARGEBACK_SECONDS (180 * SECONDS_PER_DAY)

static const char *charge_text(const struct charge *charge, int i)
{
    return i == 0 ? charge->type : i == 1 ? charge->status : charge->descriptor;
}

static gboolean charge_says(const struct charge *charge, const char *word)
{
    for (int i = 0; i < 3; i++) {
        g_autofree char *upper = g_ascii_strup(charge_text(charge, i), -1);

        if (strstr(upper, word))
            return TRUE;
    }
    return FALSE;
}

static gboolean is_chargeback(const struct charge *charge)
{
    return charge_says(charge, "CHARGEBACK") || charge_says(charge, "DISPUTE");
}

static gboolean is_credit(const struct charge *charge)
{
    return charge->amount_nanos < 0 && !charge->is_settled && charge->state == CHARGE_POSTED &&
           g_str_equal(charge->wallet, "api");
}

static gboolean refund_write(struct facts *facts, guint credit, guint charge, guint topup,
                             const char *kind, const char *reason, GError **error)
{
    struct statement *insert = statement_get(facts->db, "match_refund_insert", error);

    if (!insert)
        return FALSE;
    statement_bind_int(insert, "refund_charge_id", facts_charge(facts, credit)->charge_id);
    statement_bind_key(insert, "charge_id",
                       charge == NONE ? 0 : facts_charge(facts, charge)->charge_id);
    statement_bind_key(insert, "topup_id", topup == NONE ? 0 : facts_topup(facts, topup)->topup_id);
    statement_bind_text(insert, "kind", kind);
    statement_bind_text(insert, "reason", reason);
    return statement_execute(insert, error);
}

/* The part of the top-up's credit that the refunded part of the charge bought. */
static int64_t credit_at_risk(const struct topup *topup, const struct charge *credit,
                              const struct charge *charge, enum fit fit)
{
    gboolean by_original = originals_comparable(credit, charge);
    int64_t back = by_original ? ABS(credit->original_nanos) : -credit->amount_nanos;
    int64_t taken = by_original ? charge->original_nanos : charge->amount_nanos;
    int64_t part = topup->credit_nanos;

    if (fit == FIT_PART && !money_scale(&part, topup->credit_nanos, back, taken, NULL))
        part = topup->credit_nanos;
    return part;
}

/* "the charge of 27.50 USD on 2026-03-02 (visa.csv:4)", and how many others it could be. */
static char *charge_words(const struct facts *facts, const struct refunded *refunded)
{
    const struct charge *charge = facts_charge(facts, refunded->charge);
    g_autofree char *taken = sentence_money(charge->amount_nanos, charge->currency);
    gboolean is_open = refunded->rivals > 0 && !refunded->is_told;
    g_autofree char *rivals =
        !is_open ? g_strdup("")
        : refunded->rivals == 1
            ? g_strdup(", or for another that fits as well")
            : g_strdup_printf(", or for one of %u others that fit as well", refunded->rivals);

    return g_strdup_printf("%s of %s on %s (%s%s)",
                           refunded->fit == FIT_PART ? "part of the charge" : "the charge", taken,
                           charge->dated_on, charge->source, rivals);
}

static char *told_explain(const struct facts *facts, const char *back, const struct charge *credit,
                          const struct refunded *refunded)
{
    const struct topup *topup = facts_topup(facts, refunded->topup);
    g_autofree char *words = refunded->charge == NONE ? NULL : charge_words(facts, refunded);

    return g_strdup_printf("%s came back on %s%s%s, top-up %s: payment history tells of this "
                           "refund, and nothing more is at risk.",
                           back, credit->dated_on, words ? " for " : "", words ? words : "",
                           topup->reference);
}

static char *risk_explain(const struct facts *facts, const char *back, const struct charge *credit,
                          const struct refunded *refunded)
{
    const struct topup *topup = facts_topup(facts, refunded->topup);
    const struct charge *charge = facts_charge(facts, refunded->charge);
    g_autofree char *words = charge_words(facts, refunded);
    g_autofree char *risk = sentence_money(credit_at_risk(topup, credit, charge, refunded->fit),
                                           topup->credit_currency);
    g_autofree char *history = sentence_money(topup->refunded_nanos, topup->currency);

    if (topup->refunded_nanos > 0)
        return g_strdup_printf("%s came back on %s for %s, top-up %s: payment history tells of "
                               "another refund, of %s.",
                               back, credit->dated_on, words, topup->reference, history);
    return g_strdup_printf("%s came back on %s for %s, top-up %s: credit of %s is at risk of being "
                           "withdrawn.",
                           back, credit->dated_on, words, topup->reference, risk);
}

static char *refund_words(const struct facts *facts, const struct charge *credit,
                          const struct refunded *refunded)
{
    g_autofree char *back = sentence_money(-credit->amount_nanos, credit->currency);
    g_autofree char *words = NULL;

    if (refunded->is_told)
        return told_explain(facts, back, credit, refunded);
    if (refunded->charge == NONE)
        return g_strdup_printf("%s came back on %s; no charge of this account that it could give "
                               "back was found.",
                               back, credit->dated_on);
    words = charge_words(facts, refunded);
    if (refunded->is_unclear)
        return g_strdup_printf("%s came back on %s for %s: they paid top-ups of several "
                               "organizations, and nothing tells whose credit is at risk.",
                               back, credit->dated_on, words);
    if (refunded->topup == NONE)
        return g_strdup_printf("%s came back on %s for %s, which no top-up matches.", back,
                               credit->dated_on, words);
    return risk_explain(facts, back, credit, refunded);
}

static char *refund_explain(const struct facts *facts, const struct charge *credit,
                            const struct refunded *refunded)
{
    g_autofree char *words = refund_words(facts, credit, refunded);

    return refunded->decided
               ? g_strdup_printf("%s That it is for this charge was %s.", words, refunded->decided)
               : g_steal_pointer(&words);
}

static gboolean refund_raise(struct facts *facts, const struct charge *credit,
                             const struct refunded *refunded, enum exception_code code,
                             const char *explanation, GError **error)
{
    gboolean is_sure = refunded->charge != NONE && !refunded->is_unclear;
    const struct charge *charge = is_sure ? facts_charge(facts, refunded->charge) : NULL;
    const struct topup *topup =
        charge && refunded->topup != NONE ? facts_topup(facts, refunded->topup) : NULL;
    gboolean original = topup && g_str_equal(credit->original_currency, topup->currency);
    char day[11];
    struct exception exception = {
        .room = "match",
        .code = code,
        .organization_key = is_sure ? refunded->organization_key : 0,
        .dated_on = day,
        .amount_nanos = ABS(original ? credit->original_nanos : credit->amount_nanos),
        .currency = original ? credit->original_currency : credit->currency,
        .file_id = credit->file_id,
        .line = credit->line,
        .explanation = explanation,
        .subject = credit->id,
    };

    exception.reference = topup ? topup->reference : charge ? charge->reference : credit->reference;
    interval_day(credit->purchased, day);
    return exception_add(facts->db, &exception, error);
}

/* refunded: what a person or payment history tells of this credit, else zeroed. */
static gboolean credit_link(struct refunds *refunds, guint index, struct refunded refunded,
                            GError **error)
{
    struct facts *facts = refunds->facts;
    const struct charge *credit = facts_charge(facts, index);
    gboolean chargeback = is_chargeback(credit);
    g_autofree char *explanation = NULL;

    if (!refunded.is_told && !refunded.decided) {
        refunded = refunded_find(refunds, credit, chargeback ? CHARGEBACK_SECONDS : REFUND_SECONDS);
        if (refunded.charge != NONE && !refunded.is_unclear)
            refunds_give(refunds, refunded.charge, credit);
    }
    explanation = refund_explain(facts, credit, &refunded);
    return refund_write(facts, index, refunded.is_unclear ? NONE : refunded.charge,
                        refunded.is_unclear ? NONE : refunded.topup,
                        chargeback ? "chargeback" : "refund", explanation, error) &&
           (refunded.is_told || refund_raise(facts, credit, &refunded,
                                             chargeback ? CHARGEBACK : REFUND, explanation, error));
}

/* Credits in order of time, so that the first to come takes the charge. */
static GArray *credits_find(struct facts *facts)
{
    GArray *credits = g_array_new(FALSE, FALSE, sizeof(guint));

    for (guint i = 0; i < facts->charges->len; i++)
        if (is_credit(facts_charge(facts, i)))
            g_array_append_val(credits, i);
    g_array_sort_with_data(credits, charges_compare, facts);
    return credits;
}

gboolean refund_link(struct facts *facts, GError **error)
{
    struct refunds refunds;
    g_autoptr(GArray) credits = credits_find(facts);
    g_autofree struct refunded *told = g_new0(struct refunded, credits->len + 1);
    g_autofree gboolean *is_sure = g_new0(gboolean, credits->len + 1);
    gboolean ok = TRUE;

    refunds_init(&refunds, facts);
    refunds_take_decided(&refunds, credits, told);
    refunds_find_told(&refunds, credits, told);
    for (guint i = 0; i < credits->len; i++) {
        enum fit fit;

        is_sure[i] =
            told[i].is_told || told[i].decided ||
            refunds_namesake(&refunds, facts_charge(facts, g_array_index(credits, guint, i)),
                             &fit) != NONE;
    }
    /* Those that history or an id tells of first: no other may take their charge. */
    for (int sure = 1; ok && sure >= 0; sure--)
        for (guint i = 0; ok && i < credits->len; i++)
            if (is_sure[i] == sure)
                ok = credit_link(&refunds, g_array_index(credits, guint, i), told[i], error);
    refunds_clear(&refunds);
    return ok;
}

gboolean refund_link_reversals(struct db *db, GError **error)
{
    return db_run(db, "match_reversals", error);
}
