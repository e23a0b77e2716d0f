/*
 * test_simulate.c - simulated recharges against the burn-down, and against a balance that is only
 * added up.
 *
 * Without recharges a simulation is a burn-down, free first, of what the days hold: closing,
 * expired and what is overdrawn agree. Where nothing expires, only the balance matters, and a loop
 * that pays one at a time must come to the same payments. And always: what came in and what went
 * out add up, and no month pays more than its cap.
 */
#include "core/instant.h"
#include "credit/burn.h"
#include "credit/simulate.h"
#include "random.h"
#include "test.h"

#define WORLDS   3000
#define LOTS_MAX 8
#define DAYS_MAX 90

struct world {
    struct simulation_lot lots[LOTS_MAX];
    struct burn_grant grants[LOTS_MAX];
    char references[LOTS_MAX][4];
    guint lot_count, day_count;
    int64_t usage[DAYS_MAX];
    int32_t first_day;
};

/* A grant enters at the first second of its day and expires at that of another. */
static void add_lot(struct world *world, struct rng *rng, int day, gboolean may_expire)
{
    guint i = world->lot_count++;
    struct simulation_lot *lot = &world->lots[i];
    gboolean expires = may_expire && !rng_one_in(rng, 3);

    *lot = (struct simulation_lot){.day = world->first_day + day,
                                   .expires_on = SIMULATION_NEVER,
                                   .nanos = rng_below(rng, 60),
                                   .is_free = rng_one_in(rng, 3)};
    if (expires)
        lot->expires_on = lot->day + 1 + rng_below(rng, 40);
    g_snprintf(world->references[i], sizeof world->references[i], "g%u", i);
    world->grants[i] = (struct burn_grant){
        .reference = world->references[i],
        .is_free = lot->is_free,
        .is_topup = !lot->is_free,
        .granted_at = lot->day * SECONDS_PER_DAY,
        .expires_at = expires ? lot->expires_on * SECONDS_PER_DAY : NEVER,
        .face_nanos = lot->nanos,
        .refunded_at = NEVER,
    };
}

static void world_init(struct world *world, struct rng *rng, gboolean may_expire,
                       gboolean may_give_back)
{
    int lots = rng_below(rng, LOTS_MAX + 1), day = 0;

    memset(world, 0, sizeof *world);
    world->first_day = day_from_civil(2026, 1, 1) + rng_below(rng, 700);
    world->day_count = 1 + (guint)rng_below(rng, DAYS_MAX);
    for (int i = 0; i < lots; i++, day += rng_below(rng, 12))
        add_lot(world, rng, day, may_expire);
    for (guint i = 0; i < world->day_count; i++)
        world->usage[i] = rng_one_in(rng, 3) ? 0 : rng_below(rng, 16) - (may_give_back ? 5 : 0);
}

static struct simulation_input input_of(const struct world *world)
{
    return (struct simulation_input){world->lots,      world->lot_count, world->first_day,
                                     world->day_count, world->usage,     0};
}

static void assert_adds_up(const struct simulation *out)
{
    assert_int_equal(out->closing_nanos, out->opening_nanos + out->recorded_nanos +
                                             out->payment_nanos - out->usage_nanos -
                                             out->expired_nanos + out->adjustment_nanos);
}

static void without_recharges_it_is_the_burn_down(void **state)
{
    static const struct recharge_rule never = {0, 1, 0, 0}; /* the cap leaves nothing */
    struct rng rng = rng_new();

    (void)state;
    for (int i = 0; i < WORLDS; i++) {
        struct world world;
        struct simulation out;
        int64_t expired = 0, idle = 0;

        world_init(&world, &rng, TRUE, FALSE);
        struct simulation_input input = input_of(&world);
        struct burn_input burned = {world.grants, world.lot_count, world.first_day, world.day_count,
                                    world.usage};
        g_autoptr(Burn) burn = burn_new(&burned, FREE_FIRST);

        assert_true(simulate(&input, &never, &out));
        assert_adds_up(&out);
        for (guint day = 0; day < burn->days->len; day++) {
            const struct burn_day *at = &g_array_index(burn->days, struct burn_day, day);

            expired += at->expired_nanos;
            idle += MAX(0, burn_day_balance(at));
        }
        assert_int_equal(out.expired_nanos, expired);
        assert_int_equal(out.idle_nanos, idle / burn->days->len);
        assert_int_equal(out.closing_nanos, burn_day_balance(&g_array_index(
                                                burn->days, struct burn_day, burn->days->len - 1)));
    }
}

static struct recharge_rule rule_random(struct rng *rng)
{
    struct recharge_rule rule = {.threshold_nanos = rng_below(rng, 30), .cap_nanos = INT64_MAX};

    if (rng_one_in(rng, 3))
        rule.target_nanos = rule.threshold_nanos + 1 + rng_below(rng, 40);
    else
        rule.amount_nanos = 1 + rng_below(rng, 40);
    if (rng_one_in(rng, 2))
        rule.cap_nanos = rng_below(rng, 100);
    return rule;
}

static int month_of(int32_t day)
{
    int year, month, day_of_month;

    day_to_civil(day, &year, &month, &day_of_month);
    return year * 12 + month;
}

/* One payment at a time, of a balance alone. */
static struct simulation slow(const struct world *world, const struct recharge_rule *rule)
{
    struct simulation out = {0};
    int64_t balance = 0, in_month = 0;
    guint next = 0;

    for (guint i = 0; i < world->day_count; i++) {
        int32_t day = world->first_day + (int32_t)i;

        if (i == 0 || month_of(day) != month_of(day - 1))
            in_month = 0;
        for (; next < world->lot_count && world->lots[next].day <= day; next++)
            balance += world->lots[next].nanos;
        balance -= world->usage[i];
        out.stop_out_count += world->usage[i] > 0 && balance <= 0;
        while (balance <= rule->threshold_nanos) {
            int64_t pay = rule->amount_nanos ? rule->amount_nanos : rule->target_nanos - balance;

            if (in_month + pay > rule->cap_nanos) {
                out.capped_count++;
                break;
            }
            balance += pay;
            in_month += pay;
            out.payment_nanos += pay;
            out.payment_count++;
        }
        g_assert(in_month <= rule->cap_nanos);
    }
    out.closing_nanos = balance;
    return out;
}

static void where_nothing_expires_only_the_balance_matters(void **state)
{
    struct rng rng = rng_new();

    (void)state;
    for (int i = 0; i < WORLDS; i++) {
        struct recharge_rule rule = rule_random(&rng);
        struct world world;
        struct simulation out, expected;

        world_init(&world, &rng, FALSE, FALSE);
        struct simulation_input input = input_of(&world);

        expected = slow(&world, &rule);
        assert_true(simulate(&input, &rule, &out));
        assert_int_equal(out.payment_count, expected.payment_count);
        assert_int_equal(out.payment_nanos, expected.payment_nanos);
        assert_int_equal(out.stop_out_count, expected.stop_out_count);
        assert_int_equal(out.capped_count, expected.capped_count);
        assert_int_equal(out.closing_nanos, expected.closing_nanos);
    }
}

static void whatever_the_days_hold_it_adds_up(void **state)
{
    struct rng rng = rng_new();

    (void)state;
    for (int i = 0; i < WORLDS; i++) {
        struct recharge_rule rule = rule_random(&rng);
        struct world world;
        struct simulation out;

        world_init(&world, &rng, TRUE, TRUE);
        struct simulation_input input = input_of(&world);

        input.from = (guint)rng_below(&rng, (int)world.day_count);
        assert_true(simulate(&input, &rule, &out));
        assert_adds_up(&out);
        assert_true(out.adjustment_nanos <= 0);
        assert_true(out.expired_nanos >= 0);
        if (rule.amount_nanos)
            assert_int_equal(out.payment_nanos, out.payment_count * rule.amount_nanos);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_recharges_it_is_the_burn_down),
        cmocka_unit_test(where_nothing_expires_only_the_balance_matters),
        cmocka_unit_test(whatever_the_days_hold_it_adds_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
