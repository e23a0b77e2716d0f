/* Burning credits down: what a day does to grants, overdraft and balance. */
#include "core/error.h"
#include "core/instant.h"
#include "credit/burn.h"
#include "test.h"

#define U       INT64_C(1000000000) /* one unit */
#define AT(day) ((day)*SECONDS_PER_DAY)

/* Days 0, 1, 2 …; the usage of those not given is zero. */
static struct burn *burned(const struct burn_grant *grants, guint grant_count, guint day_count,
                           const int64_t *usage, enum burn_policy policy)
{
    struct burn_input input = {grants, grant_count, 0, day_count, usage};
    g_autoptr(GError) error = NULL;

    assert_true(burn_check_range(&input, &error));
    return burn_new(&input, policy);
}

static struct burn_grant paid(const char *reference, int64_t at, int64_t face)
{
    return (struct burn_grant){.reference = reference,
                               .is_topup = TRUE,
                               .granted_at = at,
                               .expires_at = at + AT(365),
                               .face_nanos = face,
                               .refunded_at = NEVER};
}

static struct burn_grant promotional(const char *reference, int64_t at, int64_t until, int64_t face)
{
    return (struct burn_grant){.reference = reference,
                               .is_free = TRUE,
                               .granted_at = at,
                               .expires_at = until,
                               .face_nanos = face,
                               .refunded_at = NEVER};
}

static const struct burn_state *state_at(const struct burn *burn, guint grant)
{
    return &g_array_index(burn->states, struct burn_state, grant);
}

static const struct burn_day *day_at(const struct burn *burn, guint day)
{
    return &g_array_index(burn->days, struct burn_day, day);
}

static int64_t balance_at(const struct burn *burn, guint day)
{
    return burn_day_balance(day_at(burn, day));
}

static void free_first_draws_free_credit_even_when_paid_expires_sooner(void **state)
{
    const struct burn_grant grants[] = {paid("P", AT(0), 10 * U),
                                        promotional("F", AT(0), AT(500), 10 * U)};
    const int64_t usage[] = {4 * U};
    g_autoptr(Burn) free_first = burned(grants, 2, 1, usage, FREE_FIRST);
    g_autoptr(Burn) expiry_first = burned(grants, 2, 1, usage, EXPIRY_FIRST);

    (void)state;
    assert_int_equal(state_at(free_first, 0)->used_nanos, 0);
    assert_int_equal(state_at(free_first, 1)->used_nanos, 4 * U);
    assert_int_equal(state_at(expiry_first, 0)->used_nanos, 4 * U);
    assert_int_equal(state_at(expiry_first, 1)->used_nanos, 0);
}

static void equal_kinds_are_drawn_by_expiry_then_grant_then_input(void **state)
{
    struct burn_grant grants[] = {paid("D", AT(0), U), paid("B", AT(0) + 5, U),
                                  paid("A", AT(0) + 5, U), paid("C", AT(0), U)};
    const int64_t usage[] = {4 * U};
    g_autoptr(Burn) burn = NULL;
    static const guint order[] = {3, 0, 1, 2};

    (void)state;
    grants[3].expires_at -= 1;
    burn = burned(grants, 4, 1, usage, FREE_FIRST);
    assert_int_equal(burn->draws->len, 4);
    for (guint i = 0; i < 4; i++)
        assert_int_equal(g_array_index(burn->draws, struct burn_draw, i).grant, order[i]);
}

static void what_is_left_at_the_instant_of_expiry_is_expired_before_the_days_use(void **state)
{
    const struct burn_grant grants[] = {promotional("F", AT(0), AT(2) + 1, 10 * U),
                                        paid("P", AT(0), 10 * U)};
    const int64_t usage[] = {2 * U, 3 * U, 4 * U};
    g_autoptr(Burn) burn = burned(grants, 2, 3, usage, FREE_FIRST);

    (void)state;
    assert_int_equal(state_at(burn, 0)->used_nanos, 5 * U);
    assert_int_equal(state_at(burn, 0)->expired_nanos, 5 * U);
    assert_int_equal(state_at(burn, 0)->expired_low_nanos, 1 * U);
    assert_string_equal(burn_state_name(state_at(burn, 0)), "expired");
    assert_int_equal(state_at(burn, 1)->used_nanos, 4 * U);
    assert_int_equal(balance_at(burn, 2), 6 * U);
}

static void a_grant_that_expires_a_second_before_midnight_misses_that_days_use(void **state)
{
    const struct burn_grant grants[] = {promotional("F", AT(0), AT(1) - 1, 10 * U)};
    const int64_t usage[] = {3 * U};
    g_autoptr(Burn) burn = burned(grants, 1, 1, usage, FREE_FIRST);

    (void)state;
    assert_int_equal(state_at(burn, 0)->expired_nanos, 10 * U);
    assert_int_equal(state_at(burn, 0)->expired_low_nanos, 7 * U);
    assert_int_equal(day_at(burn, 0)->overdraft_nanos, 3 * U);
}

static void what_expires_at_midnight_could_not_be_used_that_day(void **state)
{
    const struct burn_grant grants[] = {promotional("F", AT(0), AT(1), 10 * U)};
    const int64_t usage[] = {3 * U, 3 * U};
    g_autoptr(Burn) burn = burned(grants, 1, 2, usage, FREE_FIRST);

    (void)state;
    assert_int_equal(state_at(burn, 0)->expired_nanos, 7 * U);
    assert_int_equal(state_at(burn, 0)->expired_low_nanos, 7 * U);
    assert_int_equal(day_at(burn, 1)->overdraft_nanos, 3 * U);
}

static void a_topup_of_the_same_day_covers_the_days_use(void **state)
{
    const struct burn_grant grants[] = {paid("P", AT(1) - 1, 5 * U)};
    const int64_t usage[] = {5 * U};
    g_autoptr(Burn) burn = burned(grants, 1, 1, usage, FREE_FIRST);

    (void)state;
    assert_int_equal(day_at(burn, 0)->overdraft_nanos, 0);
    assert_string_equal(burn_state_name(state_at(burn, 0)), "used");
}

static void the_next_paid_topup_repays_overdraft_first_and_free_credit_never(void **state)
{
    const struct burn_grant grants[] = {promotional("F", AT(1), AT(99), 3 * U),
                                        paid("P", AT(2), 10 * U)};
    const int64_t usage[] = {4 * U, 0, 0};
    g_autoptr(Burn) burn = burned(grants, 2, 3, usage, FREE_FIRST);

    (void)state;
    assert_int_equal(balance_at(burn, 0), -4 * U);
    assert_int_equal(day_at(burn, 1)->overdraft_nanos, 4 * U);
    assert_int_equal(day_at(burn, 1)->free_nanos, 3 * U);
    assert_int_equal(day_at(burn, 2)->overdraft_nanos, 0);
    assert_int_equal(state_at(burn, 1)->repaid_nanos, 4 * U);
    assert_int_equal(state_at(burn, 1)->used_nanos, 4 * U);
    assert_int_equal(state_at(burn, 1)->remaining_nanos, 6 * U);
}

static void an_opening_repays_and_a_negative_opening_brings_overdraft(void **state)
{
    struct burn_grant grants[] = {promotional("O", AT(0), NEVER, -3 * U), paid("P", AT(1), 5 * U)};
    const int64_t usage[] = {0, 0};
    g_autoptr(Burn) burn = NULL;

    (void)state;
    grants[0].is_free = FALSE;
    burn = burned(grants, 2, 2, usage, FREE_FIRST);
    assert_int_equal(balance_at(burn, 0), -3 * U);
    assert_int_equal(day_at(burn, 0)->overdraft_nanos, 3 * U);
    assert_int_equal(state_at(burn, 1)->repaid_nanos, 3 * U);
    assert_int_equal(balance_at(burn, 1), 2 * U);
}

static void a_refund_withdraws_what_is_left_and_the_rest_is_overdraft(void **state)
{
    struct burn_grant grants[] = {paid("P", AT(0), 50 * U)};
    const int64_t usage[] = {30 * U, 0};
    g_autoptr(Burn) burn = NULL;

    (void)state;
    grants[0].refunded_at = AT(1) + 5;
    grants[0].refunded_nanos = 50 * U;
    burn = burned(grants, 1, 2, usage, FREE_FIRST);
    assert_int_equal(state_at(burn, 0)->withdrawn_nanos, 20 * U);
    assert_int_equal(state_at(burn, 0)->used_nanos, 30 * U);
    assert_string_equal(burn_state_name(state_at(burn, 0)), "withdrawn");
    assert_int_equal(day_at(burn, 1)->withdrawn_nanos, 50 * U);
    assert_int_equal(balance_at(burn, 1), -30 * U);
}

static void a_partial_refund_leaves_the_rest_in_the_grant(void **state)
{
    struct burn_grant grants[] = {paid("P", AT(0), 50 * U)};
    const int64_t usage[] = {10 * U, 15 * U};
    g_autoptr(Burn) burn = NULL;

    (void)state;
    grants[0].refunded_at = AT(1);
    grants[0].refunded_nanos = 20 * U;
    burn = burned(grants, 1, 2, usage, FREE_FIRST);
    assert_int_equal(state_at(burn, 0)->withdrawn_nanos, 20 * U);
    assert_int_equal(state_at(burn, 0)->remaining_nanos, 5 * U);
    assert_string_equal(burn_state_name(state_at(burn, 0)), "open");
}

static void a_negative_day_gives_back_to_the_grants_last_drawn(void **state)
{
    const struct burn_grant grants[] = {paid("A", AT(0), 5 * U), paid("B", AT(0) + 1, 10 * U)};
    const int64_t usage[] = {3 * U, 4 * U, -3 * U};
    g_autoptr(Burn) burn = burned(grants, 2, 3, usage, FREE_FIRST);
    const struct burn_draw *back;

    (void)state;
    /* Day 1 drew 2 of A, then 2 of B: B gets its 2 back, A the third. */
    assert_int_equal(state_at(burn, 0)->used_nanos, 4 * U);
    assert_int_equal(state_at(burn, 1)->used_nanos, 0);
    assert_int_equal(burn->draws->len, 5);
    back = &g_array_index(burn->draws, struct burn_draw, 3);
    assert_int_equal(back->grant, 1);
    assert_int_equal(back->nanos, -2 * U);
    assert_int_equal(day_at(burn, 2)->usage_nanos, -3 * U);
    assert_int_equal(day_at(burn, 2)->adjustment_nanos, 0);
    assert_int_equal(balance_at(burn, 2), 11 * U);
}

static void giving_back_to_one_grant_for_several_days_is_one_row(void **state)
{
    const struct burn_grant grants[] = {paid("A", AT(0), 10 * U)};
    const int64_t usage[] = {3 * U, 4 * U, -6 * U};
    g_autoptr(Burn) burn = burned(grants, 1, 3, usage, FREE_FIRST);

    (void)state;
    assert_int_equal(burn->draws->len, 3);
    assert_int_equal(g_array_index(burn->draws, struct burn_draw, 2).nanos, -6 * U);
}

static void a_negative_day_reduces_overdraft_before_it_gives_back(void **state)
{
    const struct burn_grant grants[] = {promotional("F", AT(0), AT(2), 10 * U)};
    const int64_t usage[] = {12 * U, -3 * U, 0};
    g_autoptr(Burn) burn = burned(grants, 1, 3, usage, FREE_FIRST);

    (void)state;
    /* Of 9 used in all, none is owed, and 1 of the 10 expires. */
    assert_int_equal(day_at(burn, 1)->overdrawn_nanos, -2 * U);
    assert_int_equal(day_at(burn, 1)->drawn_nanos, -1 * U);
    assert_int_equal(state_at(burn, 0)->used_nanos, 9 * U);
    assert_int_equal(state_at(burn, 0)->expired_nanos, 1 * U);
    assert_int_equal(balance_at(burn, 2), 0);
}

static void a_negative_day_gives_back_what_a_topup_repaid(void **state)
{
    const struct burn_grant grants[] = {promotional("F", AT(0), AT(1), 2 * U),
                                        paid("P", AT(2), 20 * U)};
    const int64_t usage[] = {7 * U, 0, 0, -3 * U};
    g_autoptr(Burn) burn = burned(grants, 2, 4, usage, FREE_FIRST);

    (void)state;
    assert_int_equal(balance_at(burn, 2), 15 * U);
    assert_int_equal(balance_at(burn, 3), 18 * U);
    assert_int_equal(state_at(burn, 1)->used_nanos, 2 * U);
    assert_int_equal(day_at(burn, 3)->adjustment_nanos, 0);
}

static void what_cannot_be_given_back_is_an_adjustment(void **state)
{
    const struct burn_grant grants[] = {promotional("F", AT(0), AT(1), 2 * U)};
    const int64_t usage[] = {5 * U, -7 * U};
    g_autoptr(Burn) burn = burned(grants, 1, 2, usage, FREE_FIRST);

    (void)state;
    /* 3 was overdrawn; F is expired, nothing goes back to it: 4 is left over. */
    assert_int_equal(balance_at(burn, 0), -3 * U);
    assert_int_equal(day_at(burn, 1)->overdraft_nanos, 0);
    assert_int_equal(day_at(burn, 1)->overdrawn_nanos, -3 * U);
    assert_int_equal(day_at(burn, 1)->adjustment_nanos, -4 * U);
    assert_int_equal(balance_at(burn, 1), 0);
}

static void a_grant_after_the_last_day_is_open_at_its_face(void **state)
{
    const struct burn_grant grants[] = {paid("P", AT(9), 5 * U)};
    const int64_t usage[] = {U};
    g_autoptr(Burn) burn = burned(grants, 1, 1, usage, FREE_FIRST);

    (void)state;
    assert_int_equal(state_at(burn, 0)->remaining_nanos, 5 * U);
    assert_string_equal(burn_state_name(state_at(burn, 0)), "open");
    assert_int_equal(balance_at(burn, 0), -U);
}

static void the_forecast_draws_the_mean_until_zero_and_tells_what_expires(void **state)
{
    const struct burn_grant grants[] = {promotional("F", AT(0), AT(4), 10 * U),
                                        paid("P", AT(0), 20 * U)};
    const int64_t usage[] = {2 * U, 2 * U};
    g_autoptr(Burn) burn = burned(grants, 2, 2, usage, FREE_FIRST);
    struct forecast forecast;

    (void)state;
    /* Days 2 and 3 draw F; its last 2 expire on day 4; P lasts days 4 to 13. */
    burn_forecast(burn, 2 * U, &forecast);
    assert_int_equal(forecast.unused_nanos[0], 2 * U);
    assert_int_equal(forecast.unused_nanos[1], 0);
    assert_int_equal(forecast.zero_day, 13);
    forecast_clear(&forecast);
    burn_forecast(burn, 0, &forecast);
    assert_int_equal(forecast.unused_nanos[0], 6 * U);
    assert_int_equal(forecast.unused_nanos[1], 20 * U);
    assert_int_equal(forecast.zero_day, 365);
    forecast_clear(&forecast);
}

static void a_balance_already_at_zero_has_no_day_of_zero(void **state)
{
    const int64_t usage[] = {2 * U};
    g_autoptr(Burn) burn = burned(NULL, 0, 1, usage, FREE_FIRST);
    struct forecast forecast;

    (void)state;
    burn_forecast(burn, 2 * U, &forecast);
    assert_int_equal(forecast.zero_day, -1);
    forecast_clear(&forecast);
}

static void money_beyond_range_is_refused(void **state)
{
    const struct burn_grant grants[] = {paid("P", AT(0), INT64_MAX / 8)};
    const int64_t usage[] = {INT64_MAX / 8, -U};
    struct burn_input input = {grants, 1, 0, 2, usage};
    g_autoptr(GError) error = NULL;

    (void)state;
    assert_false(burn_check_range(&input, &error));
    assert_true(g_error_matches(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT));
    assert_non_null(strstr(error->message, "out of range"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(free_first_draws_free_credit_even_when_paid_expires_sooner),
        cmocka_unit_test(equal_kinds_are_drawn_by_expiry_then_grant_then_input),
        cmocka_unit_test(what_is_left_at_the_instant_of_expiry_is_expired_before_the_days_use),
        cmocka_unit_test(a_grant_that_expires_a_second_before_midnight_misses_that_days_use),
        cmocka_unit_test(what_expires_at_midnight_could_not_be_used_that_day),
        cmocka_unit_test(a_topup_of_the_same_day_covers_the_days_use),
        cmocka_unit_test(the_next_paid_topup_repays_overdraft_first_and_free_credit_never),
        cmocka_unit_test(an_opening_repays_and_a_negative_opening_brings_overdraft),
        cmocka_unit_test(a_refund_withdraws_what_is_left_and_the_rest_is_overdraft),
        cmocka_unit_test(a_partial_refund_leaves_the_rest_in_the_grant),
        cmocka_unit_test(a_negative_day_gives_back_to_the_grants_last_drawn),
        cmocka_unit_test(giving_back_to_one_grant_for_several_days_is_one_row),
        cmocka_unit_test(a_negative_day_reduces_overdraft_before_it_gives_back),
        cmocka_unit_test(a_negative_day_gives_back_what_a_topup_repaid),
        cmocka_unit_test(what_cannot_be_given_back_is_an_adjustment),
        cmocka_unit_test(a_grant_after_the_last_day_is_open_at_its_face),
        cmocka_unit_test(the_forecast_draws_the_mean_until_zero_and_tells_what_expires),
        cmocka_unit_test(a_balance_already_at_zero_has_no_day_of_zero),
        cmocka_unit_test(money_beyond_range_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
