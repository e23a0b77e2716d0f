/*
 * refund.c - finds the charge that a credit on the card gives back, and says what is at risk.
 *
 * Same account, same wallet, the charge at most 60 days before (180 for a chargeback). The latest
 * charge of the same amount comes first; then, where the account's currency is not the payment's,
 * the latest one that differs by no more than rates do; then the latest larger one, of which it is
 * a part. What is given back of one charge never adds up to more than it.
 */
#include "match/refund.h"
#include "core/exception.h"
#include "core/money.h"
#include "match/sentence.h"

#define REVERSAL_SECONDS   (7 * SECONDS_PER_DAY)
#define REFUND_SECONDS     (60 * SECONDS_PER_DAY)
#define CHARGEBACK_SECONDS (180 * SECONDS_PER_DAY)
#define RATES_PERMILLE     25

/* How well a charge fits a credit, the worst first. */
enum fit { FIT_NOT, FIT_PART, FIT_RATE, FIT_WHOLE };

/* The charges of an account in order of time, with what was given back of each. */
struct refunds {
    struct facts *facts;
    GArray *taken;  /* guint: charges, by account, time, natural order */
    int64_t *given; /* by charge: given back, in its own currency */
    int64_t *given_original;
};

static const char *charge_words(const struct charge *charge, int i)
{
    return i == 0 ? charge->type : i == 1 ? charge->status : charge->descriptor;
}

static gboolean charge_says(const struct charge *charge, const char *word)
{
    for (int i = 0; i < 3; i++) {
        g_autofree char *upper = g_ascii_strup(charge_words(charge, i), -1);

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
    return charge->amount_nanos < 0 && charge->state == CHARGE_POSTED && !charge->set_aside &&
           g_str_equal(charge->wallet, "api");
}

static gboolean is_taken(const struct charge *charge)
{
    return charge->amount_nanos > 0 && charge->state == CHARGE_POSTED && !charge->set_aside &&
           g_str_equal(charge->wallet, "api");
}

static int compare_taken(gconstpointer a, gconstpointer b, gpointer data)
{
    guint x = *(const guint *)a, y = *(const guint *)b;
    const struct charge *p = facts_charge(data, x), *q = facts_charge(data, y);

    if (p->account_id != q->account_id)
        return p->account_id < q->account_id ? -1 : 1;
    if (p->purchased.from != q->purchased.from)
        return p->purchased.from < q->purchased.from ? -1 : 1;
    return (x > y) - (x < y);
}

static void refunds_init(struct refunds *refunds, struct facts *facts)
{
    refunds->facts = facts;
    refunds->taken = g_array_new(FALSE, FALSE, sizeof(guint));
    refunds->given = g_new0(int64_t, facts->charges->len + 1);
    refunds->given_original = g_new0(int64_t, facts->charges->len + 1);
    for (guint i = 0; i < facts->charges->len; i++)
        if (is_taken(facts_charge(facts, i)))
            g_array_append_val(refunds->taken, i);
    g_array_sort_with_data(refunds->taken, compare_taken, facts);
}

static void refunds_clear(struct refunds *refunds)
{
    g_array_unref(refunds->taken);
    g_free(refunds->given);
    g_free(refunds->given_original);
}

/* Where the charges of an account start that are later than a time. */
static guint taken_after(const struct refunds *refunds, int64_t account_id, int64_t time)
{
    guint low = 0, high = refunds->taken->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;
        const struct charge *charge =
            facts_charge(refunds->facts, g_array_index(refunds->taken, guint, middle));

        if (charge->account_id < account_id ||
            (charge->account_id == account_id && charge->purchased.from <= time))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static gboolean same_original(const struct charge *a, const struct charge *b)
{
    return *a->original_currency && g_str_equal(a->original_currency, b->original_currency);
}

/* Whether two amounts, both positive, differ by no more than rates do. */
static gboolean about_equal(int64_t a, int64_t b)
{
    return (int128)ABS(a - b) * 1000 <= (int128)MAX(a, b) * RATES_PERMILLE;
}

static gboolean cards_differ(const struct charge *a, const struct charge *b)
{
    return *a->card_last4 && *b->card_last4 && !g_str_equal(a->card_last4, b->card_last4);
}

static enum fit fit_amounts(int64_t back, int64_t taken, int64_t given)
{
    if (back + given > taken)
        return FIT_NOT;
    return back == taken ? FIT_WHOLE : FIT_PART;
}

static enum fit fit_judge(const struct refunds *refunds, const struct charge *credit, guint index)
{
    const struct charge *charge = facts_charge(refunds->facts, index);
    int64_t back = -credit->amount_nanos;
    enum fit fit;

    if (cards_differ(credit, charge))
        return FIT_NOT;
    if (same_original(credit, charge))
        return fit_amounts(ABS(credit->original_nanos), charge->original_nanos,
                           refunds->given_original[index]);
    if (!g_str_equal(credit->currency, charge->currency))
        return FIT_NOT;
    fit = fit_amounts(back, charge->amount_nanos, refunds->given[index]);
    if (fit != FIT_WHOLE && refunds->given[index] == 0 && charge->topup != NONE &&
        !g_str_equal(facts_topup(refunds->facts, charge->topup)->currency, charge->currency) &&
        about_equal(back, charge->amount_nanos))
        return FIT_RATE;
    return fit;
}

/* The charge that a credit gives back, or NONE. */
static guint refunded_find(const struct refunds *refunds, const struct charge *credit,
                           int64_t reach, enum fit *fit)
{
    guint best = NONE;

    *fit = FIT_NOT;
    for (guint k = taken_after(refunds, credit->account_id, credit->purchased.until); k-- > 0;) {
        guint index = g_array_index(refunds->taken, guint, k);
        const struct charge *charge = facts_charge(refunds->facts, index);
        enum fit judged;

        if (charge->account_id != credit->account_id ||
            credit->purchased.from - charge->purchased.until > reach)
            break;
        judged = fit_judge(refunds, credit, index);
        if (judged > *fit) {
            *fit = judged;
            best = index;
        }
    }
    return best;
}

static gboolean refund_write(struct facts *facts, guint credit, guint charge, const char *kind,
                             const char *reason, GError **error)
{
    struct statement *insert = statement_get(facts->db, "match_refund_insert", error);
    guint topup = charge == NONE ? NONE : facts_charge(facts, charge)->topup;

    if (!insert)
        return FALSE;
    statement_bind_int(insert, "refund_charge_id", facts_charge(facts, credit)->charge_id);
    if (charge == NONE)
        statement_bind_null(insert, "charge_id");
    else
        statement_bind_int(insert, "charge_id", facts_charge(facts, charge)->charge_id);
    if (topup == NONE)
        statement_bind_null(insert, "topup_id");
    else
        statement_bind_int(insert, "topup_id", facts_topup(facts, topup)->topup_id);
    statement_bind_text(insert, "kind", kind);
    statement_bind_text(insert, "reason", reason);
    return statement_execute(insert, error);
}

/* The part of the top-up's credit that the refunded part of the charge bought. */
static int64_t credit_at_risk(const struct topup *topup, const struct charge *credit,
                              const struct charge *charge, enum fit fit)
{
    gboolean by_original = same_original(credit, charge);
    int64_t back = by_original ? ABS(credit->original_nanos) : -credit->amount_nanos;
    int64_t taken = by_original ? charge->original_nanos : charge->amount_nanos;
    int64_t part = topup->credit_nanos;

    if (fit == FIT_PART && !money_scale(&part, topup->credit_nanos, back, taken, NULL))
        part = topup->credit_nanos;
    return part;
}

static char *refund_explain(const struct facts *facts, const struct charge *credit, guint index,
                            enum fit fit)
{
    g_autofree char *back = sentence_money(-credit->amount_nanos, credit->currency);
    const struct charge *charge;
    const struct topup *topup;
    g_autofree char *taken = NULL;
    g_autofree char *risk = NULL;

    if (index == NONE)
        return g_strdup_printf("%s came back on %s; no charge of this account that it could give "
                               "back was found.",
                               back, credit->dated_on);
    charge = facts_charge(facts, index);
    taken = sentence_money(charge->amount_nanos, charge->currency);
    if (charge->topup == NONE)
        return g_strdup_printf(
            "%s came back on %s for the charge of %s on %s (%s), which no top-up "
            "matches.",
            back, credit->dated_on, taken, charge->dated_on, charge->source);
    topup = facts_topup(facts, charge->topup);
    risk = sentence_money(credit_at_risk(topup, credit, charge, fit), topup->credit_currency);
    return g_strdup_printf("%s came back on %s for %s of %s on %s (%s), top-up %s: credit of %s is "
                           "at risk of being withdrawn.",
                           back, credit->dated_on,
                           fit == FIT_PART ? "part of the charge" : "the charge", taken,
                           charge->dated_on, charge->source, topup->reference, risk);
}

static gboolean refund_raise(struct facts *facts, const struct charge *credit, guint index,
                             enum exception_code code, const char *explanation, GError **error)
{
    const struct charge *charge = index == NONE ? NULL : facts_charge(facts, index);
    const struct topup *topup =
        charge && charge->topup != NONE ? facts_topup(facts, charge->topup) : NULL;
    gboolean original = topup && g_str_equal(credit->original_currency, topup->currency);
    char day[11];
    struct exception exception = {
        .room = "match",
        .code = code,
        .organization_key = topup ? topup->organization_key : 0,
        .dated_on = day,
        .amount_nanos = ABS(original ? credit->original_nanos : credit->amount_nanos),
        .currency = original ? credit->original_currency : credit->currency,
        .file_id = credit->file_id,
        .line = credit->line,
        .explanation = explanation,
    };

    exception.reference = topup ? topup->reference : charge ? charge->reference : credit->reference;
    interval_day(credit->purchased, day);
    return exception_add(facts->db, &exception, error);
}

static gboolean credit_link(struct refunds *refunds, guint index, GError **error)
{
    struct facts *facts = refunds->facts;
    const struct charge *credit = facts_charge(facts, index);
    gboolean chargeback = is_chargeback(credit);
    enum fit fit;
    guint charge =
        refunded_find(refunds, credit, chargeback ? CHARGEBACK_SECONDS : REFUND_SECONDS, &fit);
    g_autofree char *explanation = refund_explain(facts, credit, charge, fit);

    if (charge != NONE) {
        refunds->given[charge] += -credit->amount_nanos;
        refunds->given_original[charge] += ABS(credit->original_nanos);
    }
    return refund_write(facts, index, charge, chargeback ? "chargeback" : "refund", explanation,
                        error) &&
           refund_raise(facts, credit, charge, chargeback ? CHARGEBACK : REFUND, explanation,
                        error);
}

/* Credits in order of time, so that the first to come takes the charge. */
static GArray *credits_find(struct facts *facts)
{
    GArray *credits = g_array_new(FALSE, FALSE, sizeof(guint));

    for (guint i = 0; i < facts->charges->len; i++)
        if (is_credit(facts_charge(facts, i)))
            g_array_append_val(credits, i);
    g_array_sort_with_data(credits, compare_taken, facts);
    return credits;
}

gboolean refund_link(struct facts *facts, GError **error)
{
    struct refunds refunds;
    g_autoptr(GArray) credits = credits_find(facts);
    gboolean ok = TRUE;

    refunds_init(&refunds, facts);
    for (guint i = 0; ok && i < credits->len; i++)
        ok = credit_link(&refunds, g_array_index(credits, guint, i), error);
    refunds_clear(&refunds);
    return ok;
}

/* Another charge of about the same amount that stays when the reversed one goes, or NONE. */
static guint recapture_find(const struct refunds *refunds, const struct charge *credit,
                            guint reversed)
{
    const struct charge *charge = facts_charge(refunds->facts, reversed);
    int64_t until = credit->purchased.until + REVERSAL_SECONDS;

    for (guint k = taken_after(refunds, credit->account_id, until); k-- > 0;) {
        guint index = g_array_index(refunds->taken, guint, k);
        const struct charge *other = facts_charge(refunds->facts, index);

        if (other->account_id != charge->account_id ||
            other->purchased.from < charge->purchased.from)
            break;
        if (index != reversed && !other->set_aside && !cards_differ(charge, other) &&
            g_str_equal(other->currency, charge->currency) &&
            about_equal(other->amount_nanos, charge->amount_nanos))
            return index;
    }
    return NONE;
}

gboolean refund_set_reversals_aside(struct facts *facts, GError **error)
{
    struct refunds refunds;
    g_autoptr(GArray) credits = credits_find(facts);
    gboolean ok = TRUE;

    refunds_init(&refunds, facts);
    for (guint i = 0; ok && i < credits->len; i++) {
        guint index = g_array_index(credits, guint, i);
        struct charge *credit = facts_charge(facts, index);
        enum fit fit = FIT_NOT;
        guint charge = charge_says(credit, "REVERS")
                           ? refunded_find(&refunds, credit, REVERSAL_SECONDS, &fit)
                           : NONE;

        if (fit != FIT_WHOLE || recapture_find(&refunds, credit, charge) == NONE)
            continue;
        refunds.given[charge] += -credit->amount_nanos;
        credit->set_aside = facts_charge(facts, charge)->set_aside = TRUE;
        ok = refund_write(facts, index, charge, "reversal",
                          "An authorization, reversed and charged again.", error);
    }
    refunds_clear(&refunds);
    return ok;
}
