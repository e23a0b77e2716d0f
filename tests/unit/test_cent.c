/* Whole cents of exact amounts. */
#include "books/cent.h"
#include "test.h"
#include <glib.h>

#define CENT INT64_C(10000000)

static void cent_round_goes_to_the_nearest_and_from_the_middle_to_the_even_one(void **state)
{
    static const struct {
        int64_t nanos, cents;
    } cases[] = {
        {0, 0},          {4999999, 0},    {5000000, 0},    {5000001, 1},  {15000000, 2},
        {25000000, 2},   {25000001, 3},   {-4999999, 0},   {-5000000, 0}, {-5000001, -1},
        {-15000000, -2}, {-25000000, -2}, {-25000001, -3}, {70000000, 7}, {-70000000, -7},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_int_equal(cent_round(cases[i].nanos), cases[i].cents * CENT);
}

static void assert_split(const int64_t *nanos, const int64_t *cents, gsize count)
{
    g_autofree int64_t *out = g_new0(int64_t, count);

    cent_split(out, nanos, count);
    for (gsize i = 0; i < count; i++)
        assert_int_equal(out[i], cents[i] * CENT);
}

static void cent_split_gives_the_cents_left_over_to_the_largest_remainders(void **state)
{
    const int64_t nanos[] = {3333334, 3333333, 3333333}, cents[] = {1, 0, 0};

    (void)state;
    assert_split(nanos, cents, 3);
}

static void cent_split_gives_equal_remainders_to_the_first(void **state)
{
    const int64_t nanos[] = {5000000, 5000000, 5000000, 5000000}, cents[] = {1, 1, 0, 0};

    (void)state;
    assert_split(nanos, cents, 4);
}

static void cent_split_takes_amounts_of_both_signs(void **state)
{
    const int64_t nanos[] = {-14000000, 26000000, -2000000}, cents[] = {-1, 2, 0};

    (void)state;
    assert_split(nanos, cents, 3);
}

static void cent_split_of_nothing_is_nothing(void **state)
{
    (void)state;
    cent_split(NULL, NULL, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cent_round_goes_to_the_nearest_and_from_the_middle_to_the_even_one),
        cmocka_unit_test(cent_split_gives_the_cents_left_over_to_the_largest_remainders),
        cmocka_unit_test(cent_split_gives_equal_remainders_to_the_first),
        cmocka_unit_test(cent_split_takes_amounts_of_both_signs),
        cmocka_unit_test(cent_split_of_nothing_is_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
