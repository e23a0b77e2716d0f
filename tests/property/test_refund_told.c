/*
 * test_refund_told.c - refunds_find_told() is what comparing every credit with every payment, and
 * every such pair with every other one, comes to.
 *
 * One currency, two cards, few amounts, some charges of payments known: whatever may compete does.
 */
#include "match/refund_find.h"
#include "random.h"
#include "test.h"

#define ROUNDS   400
#define PAYMENTS 14
#define CREDITS  12
#define FIRST    INT64_C(1772496000) /* 2026-03-03 */
#define CENT     INT64_C(10000000)

struct world {
    struct facts facts;
    struct refunds refunds;
    GArray *credits;
    char references[2 * PAYMENTS + CREDITS][8];
};

static const char *const last4s[] = {"1111", "2222", ""};

static void charge_add(struct world *world, struct charge charge)
{
    guint index = world->facts.charges->len;

    g_snprintf(world->references[index], sizeof world->references[index], "x%u", index);
    charge.reference = world->references[index];
    charge.currency = "USD";
    charge.original_currency = "";
    charge.wallet = "api";
    charge.state = CHARGE_POSTED;
    g_array_append_val(world->facts.charges, charge);
}

static struct interval day_or_instant(struct rng *rng, int64_t at)
{
    return rng_one_in(rng, 2) ? (struct interval){at, at + 1}
                              : (struct interval){at - at % 86400, at - at % 86400 + 86400};
}

static void payment_add(struct world *world, struct rng *rng)
{
    int64_t paid_at = FIRST + (int64_t)rng_below(rng, 90) * 43200;
    int64_t cents = 1000 + 500 * (int64_t)rng_below(rng, 3);
    guint card = (guint)rng_below(rng, 2), index = world->facts.topups->len;
    struct topup topup = {
        .paid_at = paid_at,
        .total_nanos = cents * CENT,
        .refunded_nanos = rng_one_in(rng, 5) ? 0 : (rng_one_in(rng, 4) ? 500 : cents) * CENT,
        .refunded_at = rng_one_in(rng, 4) ? 0 : paid_at + (int64_t)rng_below(rng, 20) * 43200,
        .currency = "USD",
        .card_last4 = rng_one_in(rng, 4) ? "" : last4s[card],
        .legs = {[LEG_RECEIPT] = {.item = NONE, .edge = NONE, .rule = ""},
                 [LEG_CARD] = {.item = NONE, .edge = NONE, .rule = ""}},
    };

    if (rng_one_in(rng, 2)) {
        topup.legs[LEG_CARD].state = LEG_CONFIRMED;
        topup.legs[LEG_CARD].item = world->facts.charges->len;
        charge_add(world, (struct charge){.account_id = card + 1,
                                          .purchased = day_or_instant(rng, paid_at),
                                          .amount_nanos = cents * CENT,
                                          .card_last4 = last4s[card],
                                          .topup = index});
    } else if (rng_one_in(rng, 6)) {
        topup.legs[LEG_CARD].state = LEG_NOT_DUE;
    }
    g_array_append_val(world->facts.topups, topup);
}

static void credit_add(struct world *world, struct rng *rng)
{
    int64_t cents = rng_one_in(rng, 4) ? 500 : 1000 + 500 * (int64_t)rng_below(rng, 3);
    guint card = (guint)rng_below(rng, 2), index = world->facts.charges->len;

    charge_add(world, (struct charge){.account_id = card + 1,
                                      .purchased = day_or_instant(
                                          rng, FIRST + (int64_t)rng_below(rng, 120) * 43200),
                                      .amount_nanos = -cents * CENT,
                                      .card_last4 = rng_one_in(rng, 4) ? "" : last4s[card],
                                      .topup = NONE});
    g_array_append_val(world->credits, index);
}

static void world_make(struct world *world, uint64_t seed)
{
    struct rng rng = {seed};

    memset(world, 0, sizeof *world);
    world->facts.topups = g_array_new(FALSE, FALSE, sizeof(struct topup));
    world->facts.charges = g_array_new(FALSE, FALSE, sizeof(struct charge));
    world->credits = g_array_new(FALSE, FALSE, sizeof(guint));
    for (int i = 0; i < PAYMENTS; i++)
        payment_add(world, &rng);
    for (int i = 0; i < CREDITS; i++)
        credit_add(world, &rng);
    refunds_init(&world->refunds, &world->facts);
}

static void world_clear(struct world *world)
{
    refunds_clear(&world->refunds);
    g_array_unref(world->facts.topups);
    g_array_unref(world->facts.charges);
    g_array_unref(world->credits);
}

/* The plain way. */

struct pair {
    guint credit, topup, charge;
    int64_t distance;
    enum fit fit;
};

static const struct charge *credit_of(const struct world *world, guint credit)
{
    return facts_charge(&world->facts, g_array_index(world->credits, guint, credit));
}

static gboolean may_be(const struct world *world, struct pair *pair)
{
    const struct topup *topup = facts_topup(&world->facts, pair->topup);
    const struct charge *credit = credit_of(world, pair->credit);
    int64_t told_at = topup->refunded_at ? topup->refunded_at : topup->paid_at;
    int64_t days = topup->refunded_at ? 30 : 60;
    const struct charge *charge;

    if (topup->refunded_nanos != -credit->amount_nanos ||
        topup->legs[LEG_CARD].state == LEG_NOT_DUE ||
        credit->purchased.until <= told_at - 3 * 86400 ||
        credit->purchased.from >= told_at + days * 86400)
        return FALSE;
    pair->distance = ABS(credit->purchased.from - topup->refunded_at);
    pair->charge = NONE;
    if (topup->legs[LEG_CARD].state != LEG_CONFIRMED)
        return !*topup->card_last4 || !*credit->card_last4 ||
               g_str_equal(topup->card_last4, credit->card_last4);
    pair->charge = topup->legs[LEG_CARD].item;
    charge = facts_charge(&world->facts, pair->charge);
    pair->fit = refunds_judge(&world->refunds, credit, pair->charge);
    return charge->account_id == credit->account_id && pair->fit != FIT_NOT &&
           charge->purchased.from < credit->purchased.until;
}

static gint compare_pairs(gconstpointer a, gconstpointer b)
{
    const struct pair *x = a, *y = b;

    if ((x->charge == NONE) != (y->charge == NONE))
        return x->charge == NONE ? 1 : -1;
    if (x->distance != y->distance)
        return x->distance < y->distance ? -1 : 1;
    if (x->topup != y->topup)
        return x->topup < y->topup ? -1 : 1;
    return (x->credit > y->credit) - (x->credit < y->credit);
}

static GArray *pairs_find(const struct world *world)
{
    GArray *pairs = g_array_new(FALSE, FALSE, sizeof(struct pair));

    for (guint i = 0; i < world->facts.topups->len; i++)
        for (guint k = 0; k < world->credits->len; k++) {
            struct pair pair = {.credit = k, .topup = i};

            if (may_be(world, &pair))
                g_array_append_val(pairs, pair);
        }
    g_array_sort(pairs, compare_pairs);
    return pairs;
}

static gboolean is_alone(const GArray *pairs, const struct pair *pair, const gboolean *taken,
                         const gboolean *seen)
{
    for (guint i = 0; i < pairs->len; i++) {
        const struct pair *other = &g_array_index(pairs, struct pair, i);

        if (other != pair && (other->credit == pair->credit || other->topup == pair->topup) &&
            !taken[other->credit] && !seen[other->topup])
            return FALSE;
    }
    return TRUE;
}

/* Whose refund each credit is, by payment, or NONE. */
static void told_plainly(struct world *world, guint *topups)
{
    g_autoptr(GArray) pairs = pairs_find(world);
    gboolean taken[CREDITS] = {FALSE}, seen[PAYMENTS] = {FALSE};

    for (guint i = 0; i < CREDITS; i++)
        topups[i] = NONE;
    for (guint i = 0; i < pairs->len; i++) {
        const struct pair *pair = &g_array_index(pairs, struct pair, i);
        const struct charge *credit = credit_of(world, pair->credit);

        if (taken[pair->credit] || seen[pair->topup] ||
            (pair->charge != NONE ? refunds_judge(&world->refunds, credit, pair->charge) == FIT_NOT
                                  : !is_alone(pairs, pair, taken, seen)))
            continue;
        taken[pair->credit] = seen[pair->topup] = TRUE;
        topups[pair->credit] = pair->topup;
        if (pair->charge != NONE)
            refunds_give(&world->refunds, pair->charge, credit);
    }
}

static void refunds_told_are_those_that_comparing_everything_finds(void **state)
{
    guint told = 0, untold = 0;

    (void)state;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        struct refunded found[CREDITS] = {0};
        struct world plain, ours;
        guint topups[CREDITS];

        world_make(&plain, seed);
        world_make(&ours, seed);
        told_plainly(&plain, topups);
        refunds_find_told(&ours.refunds, ours.credits, found);
        for (guint i = 0; i < CREDITS; i++) {
            guint topup = found[i].is_told ? found[i].topup : NONE;

            if (topup != topups[i])
                fail_msg("seed %" G_GUINT64_FORMAT ": credit %u", seed, i);
            *(topup == NONE ? &untold : &told) += 1;
        }
        world_clear(&plain);
        world_clear(&ours);
    }
    assert_true(told > ROUNDS && untold > ROUNDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refunds_told_are_those_that_comparing_everything_finds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
