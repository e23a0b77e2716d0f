/*
 * test_burn.c - burn-down against one that moves a single unit of money at a time.
 *
 * The slow one keeps every unit as a thing of its own: which grant it is in, or what became of it.
 * It looks for the best grant anew for each unit, and remembers each unit drawn, so that giving
 * back is taking the last one drawn that still has a home.
 */
#include "core/instant.h"
#include "credit/burn.h"
#include "random.h"
#include "test.h"

#define WORLDS     3000
#define GRANTS_MAX 8
#define DAYS_MAX   40

struct world {
    struct burn_grant grants[GRANTS_MAX];
    char references[GRANTS_MAX][4];
    int grant_count, day_count;
    int64_t usage[DAYS_MAX];
};

struct slow {
    const struct world *world;
    enum burn_policy policy;
    int left[GRANTS_MAX], used[GRANTS_MAX], expired[GRANTS_MAX], withdrawn[GRANTS_MAX];
    gboolean present[GRANTS_MAX], gone[GRANTS_MAX];
    GArray *drawn; /* int: the grant of each unit */
    int overdraft, adjustment;
};

static struct world world_random(struct rng *rng)
{
    struct world world = {.grant_count = rng_below(rng, GRANTS_MAX + 1),
                          .day_count = 1 + rng_below(rng, DAYS_MAX)};
    int64_t at = 0;

    for (int i = 0; i < world.grant_count; i++) {
        struct burn_grant *grant = &world.grants[i];
        int kind = rng_below(rng, 4);

        at += rng_below(rng, 10) * SECONDS_PER_DAY / 4;
        g_snprintf(world.references[i], sizeof world.references[i], "g%d", i);
        *grant = (struct burn_grant){.is_free = kind == 0,
                                     .is_topup = kind > 1,
                                     .granted_at = at,
                                     .expires_at = NEVER,
                                     .face_nanos = rng_below(rng, 30),
                                     .refunded_at = NEVER};
        if (!rng_one_in(rng, 4))
            grant->expires_at = at + (rng_below(rng, 60) - 2) * SECONDS_PER_DAY / 3;
        if (grant->is_topup && grant->face_nanos > 0 && rng_one_in(rng, 3)) {
            grant->refunded_at = at + rng_below(rng, 30) * SECONDS_PER_DAY / 2;
            grant->refunded_nanos =
                rng_one_in(rng, 2) ? grant->face_nanos : rng_below(rng, (int)grant->face_nanos) + 1;
        }
    }
    for (int day = 0; day < world.day_count; day++)
        world.usage[day] = rng_one_in(rng, 3) ? 0 : rng_below(rng, 16) - 4;
    return world;
}

/* TRUE when a is drawn before b. Of equal instants, the first is drawn first. */
static gboolean drawn_before(const struct slow *slow, int a, int b)
{
    const struct burn_grant *x = &slow->world->grants[a], *y = &slow->world->grants[b];

    if (slow->policy == FREE_FIRST && x->is_free != y->is_free)
        return x->is_free;
    if (x->expires_at != y->expires_at)
        return x->expires_at < y->expires_at;
    if (x->is_free != y->is_free)
        return x->is_free;
    return x->granted_at != y->granted_at ? x->granted_at < y->granted_at : a < b;
}

static void slow_draw_unit(struct slow *slow)
{
    int best = -1;

    for (int i = 0; i < slow->world->grant_count; i++)
        if (slow->present[i] && !slow->gone[i] && slow->left[i] > 0 &&
            (best < 0 || drawn_before(slow, i, best)))
            best = i;
    if (best < 0) {
        slow->overdraft++;
        return;
    }
    slow->left[best]--;
    slow->used[best]++;
    g_array_append_val(slow->drawn, best);
}

static void slow_give_back_unit(struct slow *slow)
{
    if (slow->overdraft > 0) {
        slow->overdraft--;
        return;
    }
    while (slow->drawn->len > 0) {
        int grant = g_array_index(slow->drawn, int, slow->drawn->len - 1);

        g_array_set_size(slow->drawn, slow->drawn->len - 1);
        if (slow->gone[grant])
            continue;
        slow->left[grant]++;
        slow->used[grant]--;
        return;
    }
    slow->adjustment--;
}

static void slow_enter(struct slow *slow, int i)
{
    const struct burn_grant *grant = &slow->world->grants[i];

    slow->present[i] = TRUE;
    slow->left[i] = (int)grant->face_nanos;
    while (!grant->is_free && slow->overdraft > 0 && slow->left[i] > 0) {
        slow->overdraft--;
        slow->left[i]--;
        slow->used[i]++;
        g_array_append_val(slow->drawn, i);
    }
}

static void slow_refund(struct slow *slow, int i)
{
    const struct burn_grant *grant = &slow->world->grants[i];

    for (int unit = 0; unit < grant->refunded_nanos; unit++) {
        if (slow->left[i] > 0) {
            slow->left[i]--;
            slow->withdrawn[i]++;
        } else {
            slow->overdraft++;
        }
    }
    if (grant->refunded_nanos == grant->face_nanos)
        slow->gone[i] = TRUE;
}

/* One second of the world: entries, then expiries, then refunds. */
static void slow_second(struct slow *slow, int64_t at)
{
    for (int i = 0; i < slow->world->grant_count; i++)
        if (slow->world->grants[i].granted_at == at)
            slow_enter(slow, i);
    for (int i = 0; i < slow->world->grant_count; i++) {
        const struct burn_grant *grant = &slow->world->grants[i];

        if (grant->expires_at == NEVER || MAX(grant->expires_at, grant->granted_at) != at)
            continue;
        slow->expired[i] = slow->left[i];
        slow->left[i] = 0;
        slow->gone[i] = TRUE;
    }
    for (int i = 0; i < slow->world->grant_count; i++)
        if (slow->world->grants[i].refunded_at == at)
            slow_refund(slow, i);
}

static int64_t slow_balance(const struct slow *slow)
{
    int64_t balance = -slow->overdraft;

    for (int i = 0; i < slow->world->grant_count; i++)
        balance += slow->left[i];
    return balance;
}

/* Every instant in a world is a whole number of twelfths of a day: two hours. */
static void slow_day(struct slow *slow, int day)
{
    for (int64_t at = day * SECONDS_PER_DAY; at < (day + 1) * SECONDS_PER_DAY; at += 7200)
        slow_second(slow, at);
    slow->adjustment = 0;
    for (int64_t unit = 0; unit < slow->world->usage[day]; unit++)
        slow_draw_unit(slow);
    for (int64_t unit = 0; unit > slow->world->usage[day]; unit--)
        slow_give_back_unit(slow);
}

static void assert_same_states(const struct slow *slow, const struct burn *burn)
{
    for (int i = 0; i < slow->world->grant_count; i++) {
        const struct burn_state *state = &g_array_index(burn->states, struct burn_state, i);

        if (!slow->present[i]) {
            assert_int_equal(state->remaining_nanos, slow->world->grants[i].face_nanos);
            continue;
        }
        assert_int_equal(state->used_nanos, slow->used[i]);
        assert_int_equal(state->expired_nanos, slow->expired[i]);
        assert_int_equal(state->withdrawn_nanos, slow->withdrawn[i]);
        assert_int_equal(state->remaining_nanos, slow->left[i]);
        assert_true(state->expired_low_nanos <= state->expired_nanos);
    }
}

static void assert_same(const struct world *world, enum burn_policy policy)
{
    struct burn_input input = {world->grants, (guint)world->grant_count, 0, (guint)world->day_count,
                               world->usage};
    g_autoptr(Burn) burn = burn_new(&input, policy);
    struct slow slow = {.world = world, .policy = policy};

    slow.drawn = g_array_new(FALSE, FALSE, sizeof(int));
    for (int day = 0; day < world->day_count; day++) {
        const struct burn_day *fast = &g_array_index(burn->days, struct burn_day, day);

        slow_day(&slow, day);
        assert_int_equal(burn_day_balance(fast), slow_balance(&slow));
        assert_int_equal(fast->overdraft_nanos, slow.overdraft);
        assert_int_equal(fast->adjustment_nanos, slow.adjustment);
    }
    assert_same_states(&slow, burn);
    g_array_unref(slow.drawn);
}

static void burning_down_equals_moving_one_unit_at_a_time(void **state)
{
    struct rng rng = rng_new();

    (void)state;
    for (int i = 0; i < WORLDS; i++) {
        struct world world = world_random(&rng);

        for (int grant = 0; grant < world.grant_count; grant++)
            world.grants[grant].reference = world.references[grant];
        assert_same(&world, FREE_FIRST);
        assert_same(&world, EXPIRY_FIRST);
    }
}

/* A grant's row of draws and what it repaid are all that it was used for. */
static void draws_and_repayments_add_up_to_what_was_used(void **state)
{
    struct rng rng = rng_new();

    (void)state;
    for (int i = 0; i < WORLDS; i++) {
        struct world world = world_random(&rng);
        struct burn_input input = {world.grants, (guint)world.grant_count, 0,
                                   (guint)world.day_count, world.usage};
        g_autoptr(Burn) burn = NULL;
        int64_t used[GRANTS_MAX] = {0};

        for (int grant = 0; grant < world.grant_count; grant++)
            world.grants[grant].reference = world.references[grant];
        burn = burn_new(&input, i % 2 ? FREE_FIRST : EXPIRY_FIRST);
        for (guint j = 0; j < burn->draws->len; j++) {
            const struct burn_draw *draw = &g_array_index(burn->draws, struct burn_draw, j);

            used[draw->grant] += draw->nanos;
        }
        for (int grant = 0; grant < world.grant_count; grant++) {
            const struct burn_state *end = &g_array_index(burn->states, struct burn_state, grant);

            assert_int_equal(used[grant] + end->repaid_nanos, end->used_nanos);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(burning_down_equals_moving_one_unit_at_a_time),
        cmocka_unit_test(draws_and_repayments_add_up_to_what_was_used),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
