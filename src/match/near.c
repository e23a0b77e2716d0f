/* near.c - charges that almost fit: right amount at the wrong time, or the other way round. */
#include "match/near.h"
#include "core/money.h"
#include "match/decided.h"
#include "match/sentence.h"

#define NEAR_DAYS     10
#define NEAR_KEPT     5
#define NEAR_PERMILLE 50

struct miss {
    guint item;
    int64_t gap;
};

struct search {
    struct facts *facts;
    struct fx *fx;
    struct pool *pool;
    guint topup;
    struct miss misses[NEAR_KEPT]; /* right amount, wrong time: the nearest, in order */
    guint miss_count, off_count, rated_count;
    int64_t
        least; /* how far the amount of the near miss is off, in ppm of the total; -1: none yet */
};

static void refusal_add(struct search *search, guint item, const char *why)
{
    struct refusal refusal = {search->topup, item,
                              g_string_chunk_insert_const(search->facts->texts, why)};

    g_array_append_val(search->pool->refusals, refusal);
}

static gboolean miss_is_nearer(struct miss a, struct miss b)
{
    return a.gap != b.gap ? a.gap < b.gap : a.item < b.item;
}

/* Puts a miss where it belongs among the nearest; what is no longer one of them is gone. */
static void miss_keep(struct search *search, struct miss miss)
{
    guint i = search->miss_count;

    while (i > 0 && miss_is_nearer(miss, search->misses[i - 1]))
        i--;
    if (i == NEAR_KEPT)
        return;
    search->miss_count = MIN(search->miss_count + 1, NEAR_KEPT);
    memmove(search->misses + i + 1, search->misses + i,
            (search->miss_count - 1 - i) * sizeof(struct miss));
    search->misses[i] = miss;
}

static void time_consider(void *context, guint item)
{
    struct search *search = context;
    const struct topup *topup = facts_topup(search->facts, search->topup);
    const struct charge *charge = facts_charge(search->facts, item);
    struct edge edge;
    gint32 distance;
    struct miss miss = {item, interval_gap(topup->paid, charge->purchased)};

    if (!decided_bars(search->facts, LEG_CARD, search->topup, item) &&
        !card_refusal(topup, charge) && card_amount_fits(search->fx, topup, charge, &edge) &&
        !card_time_fits(topup, charge, &distance))
        miss_keep(search, miss);
}

/* The near miss that is told where a charge lacks: the least off of those that are nobody's. */
static void near_miss_set(struct search *search, guint item, const char *why, int64_t off_ppm)
{
    const struct charge *charge = facts_charge(search->facts, item);
    g_autofree char *clause = NULL;

    if (charge->topup != NONE || charge->in_question ||
        (search->least >= 0 && search->least <= off_ppm))
        return;
    search->least = off_ppm;
    clause = g_strdup_printf("of the charge at %s %s", charge->source, why);
    facts_topup(search->facts, search->topup)->near_miss =
        g_string_chunk_insert_const(search->facts->texts, clause);
}

static void amount_consider(void *context, guint item)
{
    struct search *search = context;
    const struct topup *topup = facts_topup(search->facts, search->topup);
    const struct charge *charge = facts_charge(search->facts, item);
    int64_t off = charge->amount_nanos - topup->due_nanos;
    g_autofree char *amount = NULL;
    g_autofree char *difference = NULL;
    g_autofree char *why = NULL;
    gint32 distance;

    if (off == 0 || search->off_count >= NEAR_KEPT ||
        decided_bars(search->facts, LEG_CARD, search->topup, item) || card_refusal(topup, charge) ||
        !card_time_fits(topup, charge, &distance) ||
        (int128)ABS(off) * 1000 > (int128)topup->due_nanos * NEAR_PERMILLE)
        return;
    search->off_count++;
    amount = sentence_money(charge->amount_nanos, charge->currency);
    difference = sentence_money(off, charge->currency);
    why = g_strdup_printf("the time fits, but %s is %s off the total", amount, difference);
    refusal_add(search, item, why);
    near_miss_set(search, item, why, (int64_t)((int128)ABS(off) * 1000000 / topup->due_nanos));
}

/* Charges in another currency: further off the day's rate than is accepted, or without any rate. */
static void rate_consider(void *context, guint item)
{
    struct search *search = context;
    const struct topup *topup = facts_topup(search->facts, search->topup);
    const struct charge *charge = facts_charge(search->facts, item);
    g_autofree char *amount = sentence_money(charge->amount_nanos, charge->currency);
    g_autofree char *by_rate = NULL;
    g_autofree char *why = NULL;
    struct fx_amount expected;
    gint32 distance;
    int64_t off;

    if (search->rated_count >= NEAR_KEPT || card_refusal(topup, charge) || charge->topup != NONE ||
        !card_time_fits(topup, charge, &distance))
        return;
    if (!fx_convert(search->fx, topup->due_nanos, topup->currency, charge->currency, charge->day,
                    &expected)) {
        why =
            g_strdup_printf("the time fits, but it is in %s, and no rate of %s/%s for %s is "
                            "known: import fx rates",
                            charge->currency, topup->currency, charge->currency, charge->dated_on);
        off = 1000000;
    } else {
        off = ABS(charge->amount_nanos - expected.nanos);
        if (fx_is_within(charge->amount_nanos, expected.nanos) ||
            (int128)off * 1000 > (int128)expected.nanos * NEAR_PERMILLE)
            return;
        by_rate = sentence_money(expected.nanos, charge->currency);
        why = g_strdup_printf("the time fits, but %s is further from %s, the total at the day's "
                              "rate, than %d.%d %%",
                              amount, by_rate, FX_TOLERANCE_PERMILLE / 10,
                              FX_TOLERANCE_PERMILLE % 10);
        off = (int64_t)((int128)off * 1000000 / expected.nanos);
    }
    search->rated_count++;
    refusal_add(search, item, why);
    near_miss_set(search, item, why, off);
}

static void misses_tell(struct search *search)
{
    for (guint i = 0; i < search->miss_count; i++) {
        const struct miss *miss = &search->misses[i];
        const struct charge *charge = facts_charge(search->facts, miss->item);
        g_autofree char *span = sentence_span(miss->gap);
        g_autofree char *why = g_strdup_printf(
            "the amount fits, but the charge of %s is outside the window, %s from the payment",
            charge->dated_on, span);

        refusal_add(search, miss->item, why);
        near_miss_set(search, miss->item, why, G_MAXINT64);
    }
}

void near_find(struct facts *facts, struct fx *fx, struct pool *pool)
{
    g_autoptr(CardIndex) index = card_index_new(facts);

    for (guint i = 0; i < facts->topups->len; i++) {
        const struct topup *topup = facts_topup(facts, i);
        struct search search = {.facts = facts, .fx = fx, .pool = pool, .topup = i, .least = -1};
        struct interval wide = {topup->paid.from - NEAR_DAYS * SECONDS_PER_DAY,
                                topup->paid.until + NEAR_DAYS * SECONDS_PER_DAY};

        if (topup->legs[LEG_CARD].state != LEG_OPEN)
            continue;
        card_index_visit_amount(index, topup->currency, topup->due_nanos, topup->card_last4, wide,
                                time_consider, &search);
        card_index_visit_currency(index, topup->currency, FALSE, topup->card_last4,
                                  card_window(topup->paid, card_index_has_posting_only(index)),
                                  amount_consider, &search);
        card_index_visit_currency(index, topup->currency, TRUE, topup->card_last4,
                                  card_window(topup->paid, card_index_has_posting_only(index)),
                                  rate_consider, &search);
        misses_tell(&search);
    }
}
