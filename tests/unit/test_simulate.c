/* test_simulate.c - recorded use under other settings of auto-recharge. */
#include "core/instant.h"
#include "credit/simulate.h"
#include "test.h"

#define U    INT64_C(1000000000) /* one unit */
#define NONE INT64_MAX           /* no cap */

/* Days count from 1 January 2026; amounts of lots, rules and use in units. */
static int32_t day_number(int day)
{
    return day_from_civil(2026, 1, 1) + day;
}

static struct simulation_lot lot(int day, int expires_on, int units)
{
    return (struct simulation_lot){.day = day_number(day),
                                   .expires_on =
                                       expires_on < 0 ? SIMULATION_NEVER : day_number(expires_on),
                                   .nanos = units * U};
}

static struct simulation simulated(const struct simulation_lot *lots, guint lot_count,
                                   const int *use, guint day_count, guint from,
                                   struct recharge_rule rule)
{
    int64_t usage[400] = {0};
    struct simulation_input input = {lots, lot_count, day_number(0), day_count, usage, from};
    struct simulation out = {0};

    for (guint day = 0; day < day_count; day++)
        usage[day] = use[day] * U;
    assert_true(simulate(&input, &rule, &out));
    assert_int_equal(out.closing_nanos, out.opening_nanos + out.recorded_nanos + out.payment_nanos -
                                            out.usage_nanos - out.expired_nanos +
                                            out.adjustment_nanos);
    return out;
}

static void settings_decide_payments_stops_and_idle_money(void **state)
{
    static const int use[10] = {3, 3, 3, 3, 3, 3, 3, 3, 3, 3};
    const struct simulation_lot ten = lot(0, -1, 10);
    static const struct {
        struct recharge_rule rule;
        int payments, paid, stops, capped, closing;
        int64_t idle; /* tenths of a unit: the mean of ten days */
    } cases[] = {
        /* 7 14 11 8 15 12 9 6 13 10: recharged on the days that end at 5 or below */
        {{5 * U, 10 * U, 0, NONE}, 3, 30, 0, 0, 10, 105},
        /* 7 14 11 8 5 2 -1 -4 -7 -10: one payment a month */
        {{5 * U, 10 * U, 0, 10 * U}, 1, 10, 4, 6, -10, 47},
        {{5 * U, 10 * U, 0, 19 * U}, 1, 10, 4, 6, -10, 47},
        {{5 * U, 10 * U, 0, 30 * U}, 3, 30, 0, 0, 10, 105},
        /* 7 15 12 9 6 15 12 9 6 15: up to the target */
        {{5 * U, 0, 15 * U, NONE}, 3, 35, 0, 0, 15, 106},
        /* A target that the month's cap has no room for is not paid in part: 11 of 22 is left. */
        {{5 * U, 0, 15 * U, 22 * U}, 1, 11, 4, 5, -9, 52},
        /* 7 4 1 8 5 2 9 6 3 10: the days that brought it to zero or below are stops */
        {{0, 10 * U, 0, NONE}, 3, 30, 3, 0, 10, 55},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct simulation out = simulated(&ten, 1, use, 10, 0, cases[i].rule);

        print_message("case %zu\n", i);
        assert_int_equal(out.payment_count, cases[i].payments);
        assert_int_equal(out.payment_nanos, cases[i].paid * U);
        assert_int_equal(out.stop_out_count, cases[i].stops);
        assert_int_equal(out.capped_count, cases[i].capped);
        assert_int_equal(out.closing_nanos, cases[i].closing * U);
        assert_int_equal(out.idle_nanos, cases[i].idle * U / 10);
    }
}

static void a_day_that_uses_much_is_followed_by_as_many_payments_as_it_takes(void **state)
{
    static const int use[1] = {33};
    const struct simulation_lot ten = lot(0, -1, 10);
    struct simulation out =
        simulated(&ten, 1, use, 1, 0, (struct recharge_rule){5 * U, 10 * U, 0, NONE});

    (void)state;
    /* -23, then three bring it to 7, above 5. */
    assert_int_equal(out.payment_count, 3);
    assert_int_equal(out.closing_nanos, 7 * U);
    assert_int_equal(out.stop_out_count, 1);
    /* The cap allows two of them. */
    out = simulated(&ten, 1, use, 1, 0, (struct recharge_rule){5 * U, 10 * U, 0, 29 * U});
    assert_int_equal(out.payment_count, 2);
    assert_int_equal(out.capped_count, 1);
    assert_int_equal(out.closing_nanos, -3 * U);
}

static void a_cap_begins_anew_with_each_utc_month(void **state)
{
    int use[59] = {0};
    const struct simulation_lot ten = lot(0, -1, 10);
    struct simulation out;

    (void)state;
    use[29] = use[30] = use[31] = use[32] = 10; /* 30 and 31 January, 1 and 2 February */
    out = simulated(&ten, 1, use, 59, 0, (struct recharge_rule){0, 10 * U, 0, 10 * U});
    assert_int_equal(out.payment_count, 2);
    assert_int_equal(out.closing_nanos, -10 * U);
}

static void recorded_recharges_count_until_the_first_simulated_day_alone(void **state)
{
    static const int use[4] = {5, 5, 5, 5};
    struct simulation_lot lots[] = {lot(0, -1, 8), lot(1, -1, 20), lot(2, -1, 30), lot(3, -1, 4)};
    struct simulation out;

    (void)state;
    for (gsize i = 0; i < 3; i++)
        lots[i].is_automatic = TRUE;
    out = simulated(lots, 4, use, 4, 2, (struct recharge_rule){0, 50 * U, 0, NONE});
    /* 8 + 20 - 10 before; the 30 of the third day is left out, the 4 bought by hand are not. */
    assert_int_equal(out.opening_nanos, 18 * U);
    assert_int_equal(out.recorded_nanos, 4 * U);
    assert_int_equal(out.usage_nanos, 10 * U);
    assert_int_equal(out.payment_count, 0);
    assert_int_equal(out.closing_nanos, 12 * U);
    assert_int_equal(out.idle_nanos, (13 + 12) * U / 2);
}

static void what_is_left_at_expiry_is_lost_and_a_recharge_expires_a_year_later(void **state)
{
    int use[400] = {0};
    const struct simulation_lot lots[] = {lot(0, 2, 10), lot(0, -1, 3)};
    struct simulation out;

    (void)state;
    use[1] = 4;
    use[3] = 3;
    out = simulated(lots, 2, use, 400, 0, (struct recharge_rule){0, 20 * U, 0, NONE});
    /* 10 lose 4 to use and 6 to expiry; 3 are used on the fourth day, which recharges 20. They
     * stand until the same day a year later, and are recharged again as they go. */
    assert_int_equal(out.expired_nanos, 26 * U);
    assert_int_equal(out.payment_count, 2);
    assert_int_equal(out.closing_nanos, 20 * U);
    assert_int_equal(out.stop_out_count, 1);
}

static void a_day_that_gives_back_lessens_overdraft_then_fills_up_what_was_drawn(void **state)
{
    static const int use[4] = {12, -3, -4, -20};
    const struct simulation_lot ten = lot(0, -1, 10);
    struct simulation out =
        simulated(&ten, 1, use, 4, 0, (struct recharge_rule){-100 * U, 1, 0, NONE});

    (void)state;
    /* -2, then 1, 5 and 10: 15 of the last 20 have no place. */
    assert_int_equal(out.adjustment_nanos, -15 * U);
    assert_int_equal(out.closing_nanos, 10 * U);
    assert_int_equal(out.usage_nanos, -15 * U);
}

static void paid_credit_repays_overdraft_and_free_credit_does_not(void **state)
{
    static const int use[2] = {3, 0};
    struct simulation_lot lots[] = {lot(0, -1, -2), lot(1, -1, 6)};
    struct simulation out;

    (void)state;
    lots[1].is_free = TRUE;
    out = simulated(lots, 2, use, 2, 0, (struct recharge_rule){-100 * U, 1, 0, NONE});
    assert_int_equal(out.closing_nanos, U); /* 6 free beside 5 owed */
    assert_int_equal(out.recorded_nanos, 4 * U);
    assert_int_equal(out.stop_out_count, 1);
}

static void amounts_beyond_range_are_not_told(void **state)
{
    const struct simulation_lot ten = lot(0, -1, 10);
    const int64_t usage[1] = {U};
    const struct simulation_input input = {&ten, 1, day_number(0), 1, usage, 0};
    const struct recharge_rule rule = {20 * U, INT64_MAX, 0, NONE};
    struct simulation out = {.payment_count = 42};

    (void)state;
    assert_false(simulate(&input, &rule, &out));
    assert_int_equal(out.payment_count, 42);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_decide_payments_stops_and_idle_money),
        cmocka_unit_test(a_day_that_uses_much_is_followed_by_as_many_payments_as_it_takes),
        cmocka_unit_test(a_cap_begins_anew_with_each_utc_month),
        cmocka_unit_test(recorded_recharges_count_until_the_first_simulated_day_alone),
        cmocka_unit_test(what_is_left_at_expiry_is_lost_and_a_recharge_expires_a_year_later),
        cmocka_unit_test(a_day_that_gives_back_lessens_overdraft_then_fills_up_what_was_drawn),
        cmocka_unit_test(paid_credit_repays_overdraft_and_free_credit_does_not),
        cmocka_unit_test(amounts_beyond_range_are_not_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
