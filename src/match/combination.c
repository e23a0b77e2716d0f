/*
 * combination.c - sums of open charges that are an open top-up's total, and the other way round.
 *
 * Each open top-up and each charge that none took is asked which of the other side may be parts of
 * it, and those are searched. What two questions answer with a common member is neither's.
 */
#include "match/combination.h"
#include "core/instant.h"
#include "match/card.h"
#include "match/part.h"
#include "match/sentence.h"
#include "match/shelf.h"
#include "match/subset.h"

#define NAMED_MAX 8        /* members of a sum that a sentence names */
#define STEPS_MAX 20000000 /* of all searches together: a fraction of a second */

struct sum {
    guint whole;   /* the top-up, or the charge */
    GArray *parts; /* guint: charges, or top-ups */
    gboolean of_topup;
    gboolean is_all; /* there is no other part that could be */
};

struct finding {
    struct facts *facts;
    struct pool *pool;
    const struct coverage *coverage;
    struct shelf topups, charges;
    guint *topup_degrees, *charge_degrees; /* how many of the other side may be parts of one */
    gboolean *topup_fits, *charge_fits;    /* it fits something alone, or did */
    guint *topup_sums, *charge_sums;       /* how many sums it is in */
    GArray *sums;                          /* struct sum */
    guint steps;                           /* left to all searches */
};

/* "20.00 USD (visa.csv:3) + 8.00 USD (visa.csv:4)" */
static char *sum_words(const struct facts *facts, const struct sum *sum)
{
    GString *words = g_string_new(NULL);

    for (guint i = 0; i < MIN(sum->parts->len, NAMED_MAX); i++) {
        guint part = g_array_index(sum->parts, guint, i);
        g_autofree char *amount = sum->of_topup
                                      ? sentence_money(facts_charge(facts, part)->amount_nanos,
                                                       facts_charge(facts, part)->currency)
                                      : sentence_money(facts_topup(facts, part)->due_nanos,
                                                       facts_topup(facts, part)->currency);

        g_string_append_printf(words, "%s%s (%s)", i ? " + " : "", amount,
                               sum->of_topup ? facts_charge(facts, part)->source
                                             : facts_topup(facts, part)->reference);
    }
    if (sum->parts->len > NAMED_MAX)
        g_string_append_printf(words, " and %u more", sum->parts->len - NAMED_MAX);
    return g_string_free(words, FALSE);
}

static void clause_set(struct finding *finding, guint whole, gboolean of_topup, char *clause)
{
    const char *kept = g_string_chunk_insert_const(finding->facts->texts, clause);
    struct refusal refusal = {whole, NONE, kept};

    if (of_topup) {
        facts_topup(finding->facts, whole)->combination = kept;
        g_array_append_val(finding->pool->refusals, refusal);
    } else {
        facts_charge(finding->facts, whole)->combination = kept;
    }
    g_free(clause);
}

/* Says why a search found no sum; nothing where there was nothing to search. */
static void answer_say(struct finding *finding, guint whole, gboolean of_topup,
                       enum subset_answer answer, guint count)
{
    const char *what = of_topup ? "charges" : "payments";

    if (count < 2)
        return;
    if (answer == SUBSET_IMPOSSIBLE)
        clause_set(finding, whole, of_topup,
                   g_strdup_printf("no two or more of the %u open %s within its window add up to "
                                   "it",
                                   count, what));
    else if (answer == SUBSET_SEVERAL)
        clause_set(finding, whole, of_topup,
                   g_strdup_printf("several choices of the %u open %s within its window add up to "
                                   "it, and nothing tells which is right",
                                   count, what));
    else
        clause_set(finding, whole, of_topup,
                   g_strdup_printf("whether some of the %s%u open %s within its window add up to "
                                   "it was not settled: the search was given up",
                                   count > SUBSET_COUNT_MAX ? "more than " : "",
                                   MIN(count, SUBSET_COUNT_MAX), what));
}

static int64_t cents_of_part(const struct finding *finding, guint whole, gboolean of_topup,
                             guint part)
{
    if (!of_topup)
        return cents_round(facts_topup(finding->facts, part)->due_nanos);
    return charge_cents_in(facts_charge(finding->facts, part),
                           facts_topup(finding->facts, whole)->currency);
}

/* Payments of a charge in one currency: the one that it can be compared in. */
static void currency_keep(const struct finding *finding, guint charge, GArray *topups)
{
    const char *currency = facts_charge(finding->facts, charge)->currency;
    gboolean is_own = FALSE;

    for (guint i = 0; i < topups->len; i++)
        is_own |= g_str_equal(
            facts_topup(finding->facts, g_array_index(topups, guint, i))->currency, currency);
    for (guint i = topups->len; is_own && i-- > 0;)
        if (!g_str_equal(facts_topup(finding->facts, g_array_index(topups, guint, i))->currency,
                         currency))
            g_array_remove_index(topups, i);
}

/* Asks one fact of which others it is the sum. */
static void sum_search(struct finding *finding, guint whole, gboolean of_topup)
{
    struct facts *facts = finding->facts;
    g_autoptr(GArray) around = of_topup ? charges_about(facts, &finding->charges, whole)
                                        : topups_about(facts, &finding->topups, whole);
    g_autofree gboolean *chosen = g_new0(gboolean, around->len + 1);
    g_autofree int64_t *cents = g_new0(int64_t, around->len + 1);
    struct sum sum = {.whole = whole, .of_topup = of_topup};
    enum subset_answer answer;
    int64_t target;

    (of_topup ? finding->topup_degrees : finding->charge_degrees)[whole] = around->len;
    if (!of_topup)
        currency_keep(finding, whole, around);
    if (around->len < 2)
        return;
    target = of_topup
                 ? cents_round(facts_topup(facts, whole)->due_nanos)
                 : charge_cents_in(facts_charge(facts, whole),
                                   facts_topup(facts, g_array_index(around, guint, 0))->currency);
    for (guint i = 0; i < around->len; i++)
        cents[i] = cents_of_part(finding, whole, of_topup, g_array_index(around, guint, i));
    answer = subset_find(cents, around->len, target, 2, chosen, &finding->steps);
    if (answer != SUBSET_ONLY) {
        answer_say(finding, whole, of_topup, answer, around->len);
        return;
    }
    sum.parts = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < around->len; i++)
        if (chosen[i])
            g_array_append_val(sum.parts, g_array_index(around, guint, i));
    sum.is_all = sum.parts->len == around->len;
    g_array_append_val(finding->sums, sum);
}

static gboolean sum_has_fitting(const struct finding *finding, const struct sum *sum)
{
    gboolean fits = (sum->of_topup ? finding->topup_fits : finding->charge_fits)[sum->whole];

    for (guint i = 0; i < sum->parts->len; i++)
        fits |= (sum->of_topup ? finding->charge_fits
                               : finding->topup_fits)[g_array_index(sum->parts, guint, i)];
    return fits;
}

/* How many sums the member that is in most of them is in. */
static guint sum_uses(const struct finding *finding, const struct sum *sum)
{
    guint most = (sum->of_topup ? finding->topup_sums : finding->charge_sums)[sum->whole];

    for (guint i = 0; i < sum->parts->len; i++)
        most =
            MAX(most, (sum->of_topup ? finding->charge_sums
                                     : finding->topup_sums)[g_array_index(sum->parts, guint, i)]);
    return most;
}

static void sum_count(struct finding *finding, const struct sum *sum)
{
    (sum->of_topup ? finding->topup_sums : finding->charge_sums)[sum->whole]++;
    for (guint i = 0; i < sum->parts->len; i++)
        (sum->of_topup ? finding->charge_sums
                       : finding->topup_sums)[g_array_index(sum->parts, guint, i)]++;
}

/* A pair of a sum's members: the same named card and day, and covered. */
static gboolean pair_is_anchored(const struct finding *finding, guint topup, guint charge)
{
    const struct topup *paid = facts_topup(finding->facts, topup);
    const struct charge *taken = facts_charge(finding->facts, charge);

    return *paid->card_last4 && g_str_equal(paid->card_last4, taken->card_last4) &&
           !taken->is_posting_only && coverage_covers_topup(finding->coverage, paid);
}

static gboolean sum_is_proof(const struct finding *finding, const struct sum *sum)
{
    const guint *degrees = sum->of_topup ? finding->charge_degrees : finding->topup_degrees;
    const struct facts *facts = finding->facts;
    guint first = g_array_index(sum->parts, guint, 0);

    if (!sum->is_all)
        return FALSE;
    for (guint i = 0; i < sum->parts->len; i++) {
        guint part = g_array_index(sum->parts, guint, i);
        gboolean same_day = sum->of_topup ? g_str_equal(facts_charge(facts, part)->dated_on,
                                                        facts_charge(facts, first)->dated_on)
                                          : g_str_equal(facts_topup(facts, part)->paid_on,
                                                        facts_topup(facts, first)->paid_on);

        if (!same_day || degrees[part] != 1 ||
            !pair_is_anchored(finding, sum->of_topup ? sum->whole : part,
                              sum->of_topup ? part : sum->whole))
            return FALSE;
    }
    return TRUE;
}

/* Gives every top-up of a sum its leg, and its charges their share. */
static void sum_take(struct finding *finding, const struct sum *sum, enum leg_state state,
                     const char *words)
{
    struct facts *facts = finding->facts;
    g_autoptr(GArray) one = g_array_new(FALSE, FALSE, sizeof(guint));
    const GArray *topups, *charges;
    const char *why = g_string_chunk_insert_const(facts->texts, words);

    g_array_append_val(one, sum->whole);
    topups = sum->of_topup ? one : sum->parts;
    charges = sum->of_topup ? sum->parts : one;
    for (guint i = 0; i < topups->len; i++)
        facts_topup(facts, g_array_index(topups, guint, i))->legs[LEG_CARD] =
            (struct pairing){state, g_array_index(charges, guint, 0), NONE,
                             sum->of_topup ? "sum-of-charges" : "sum-of-topups", why};
    for (guint i = 0; state == LEG_CONFIRMED && i < charges->len; i++)
        facts_charge(facts, g_array_index(charges, guint, i))->topup =
            g_array_index(topups, guint, 0);
    parts_share(facts, topups, charges);
}

static void sum_judge(struct finding *finding, const struct sum *sum)
{
    struct facts *facts = finding->facts;
    g_autofree char *words = sum_words(facts, sum);
    g_autofree char *whole = sum->of_topup
                                 ? sentence_money(facts_topup(facts, sum->whole)->due_nanos,
                                                  facts_topup(facts, sum->whole)->currency)
                                 : g_strdup(facts_charge(facts, sum->whole)->source);
    const char *which = sum->of_topup ? "the total of" : "the charge";
    g_autofree char *why = NULL;

    if (sum_has_fitting(finding, sum) || sum_uses(finding, sum) > 1) {
        clause_set(finding, sum->whole, sum->of_topup,
                   g_strdup_printf("%s add up to it, but not all of them lack another explanation",
                                   words));
    } else if (sum_is_proof(finding, sum)) {
        why = g_strdup_printf("%s are %s %s to the cent; one card, one day, and nothing else is "
                              "there to explain any of them",
                              words, which, whole);
        sum_take(finding, sum, LEG_CONFIRMED, why);
    } else {
        why = g_strdup_printf("%s are %s %s to the cent, and no other choice is; a sum alone is no "
                              "proof: a person decides",
                              words, which, whole);
        sum_take(finding, sum, LEG_SUGGESTED, why);
        for (guint i = 0; i < (sum->of_topup ? sum->parts->len : 1); i++)
            facts_charge(facts, sum->of_topup ? g_array_index(sum->parts, guint, i) : sum->whole)
                ->combination = g_string_chunk_insert_const(facts->texts, why);
    }
}

static void finding_init(struct finding *finding)
{
    struct facts *facts = finding->facts;
    const GArray *edges = finding->pool->edges;

    shelf_init(&finding->topups);
    shelf_init(&finding->charges);
    finding->topup_degrees = g_new0(guint, facts->topups->len + 1);
    finding->charge_degrees = g_new0(guint, facts->charges->len + 1);
    finding->topup_fits = g_new0(gboolean, facts->topups->len + 1);
    finding->charge_fits = g_new0(gboolean, facts->charges->len + 1);
    finding->topup_sums = g_new0(guint, facts->topups->len + 1);
    finding->charge_sums = g_new0(guint, facts->charges->len + 1);
    finding->sums = g_array_new(FALSE, FALSE, sizeof(struct sum));
    for (guint i = 0; i < edges->len; i++) {
        finding->topup_fits[edge_at(edges, i)->topup] = TRUE;
        finding->charge_fits[edge_at(edges, i)->item] = TRUE;
    }
    for (guint i = 0; i < facts->topups->len; i++)
        if (topup_is_open(facts_topup(facts, i)))
            shelf_put_topup(&finding->topups, facts, i);
    for (guint i = 0; i < facts->charges->len; i++)
        if (charge_is_open(facts_charge(facts, i)))
            shelf_put_charge(&finding->charges, facts, i);
    shelf_sort_topups(&finding->topups, facts);
    shelf_sort_charges(&finding->charges, facts);
}

static void finding_clear(struct finding *finding)
{
    for (guint i = 0; i < finding->sums->len; i++)
        g_array_unref(g_array_index(finding->sums, struct sum, i).parts);
    g_array_unref(finding->sums);
    shelf_clear(&finding->topups);
    shelf_clear(&finding->charges);
    g_free(finding->topup_degrees);
    g_free(finding->charge_degrees);
    g_free(finding->topup_fits);
    g_free(finding->charge_fits);
    g_free(finding->topup_sums);
    g_free(finding->charge_sums);
}

void combinations_find(struct facts *facts, struct pool *pool, const struct coverage *coverage)
{
    struct finding finding = {
        .facts = facts, .pool = pool, .coverage = coverage, .steps = STEPS_MAX};

    finding_init(&finding);
    for (guint i = 0; i < finding.topups.members->len; i++)
        sum_search(&finding, g_array_index(finding.topups.members, guint, i), TRUE);
    for (guint i = 0; i < finding.charges.members->len; i++)
        sum_search(&finding, g_array_index(finding.charges.members, guint, i), FALSE);
    for (guint i = 0; i < finding.sums->len; i++)
        sum_count(&finding, &g_array_index(finding.sums, struct sum, i));
    for (guint i = 0; i < finding.sums->len; i++)
        sum_judge(&finding, &g_array_index(finding.sums, struct sum, i));
    finding_clear(&finding);
}
