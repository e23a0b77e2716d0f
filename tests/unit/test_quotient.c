/* test_quotient.c - one column divided by another: to the nano, to the millionth, or not at all. */
#include "report/quotient.h"
#include "test.h"

#define LEAST    INT64_MIN
#define GREATEST INT64_MAX

struct quotient_case {
    int64_t numerator, denominator, per;
    gboolean there_is;
    int64_t expected;
};

static void assert_quotients(enum column_type type, const struct quotient_case *cases, gsize count)
{
    for (gsize i = 0; i < count; i++) {
        const struct column column = {.type = type, .per = cases[i].per};
        int64_t out = 0;

        if (quotient_of(&out, &column, cases[i].numerator, cases[i].denominator) !=
            cases[i].there_is)
            fail_msg("case %zu: %s", i, cases[i].there_is ? "there is none" : "there is one");
        if (cases[i].there_is)
            assert_int_equal(out, cases[i].expected);
    }
}

static void money_is_divided_to_the_nano_half_to_even(void **state)
{
    static const struct quotient_case cases[] = {
        {10, 4, 1, TRUE, 2},   /* 2.5 */
        {14, 4, 1, TRUE, 4},   /* 3.5 */
        {-10, 4, 1, TRUE, -2}, /* a price of a refund */
        {-14, 4, 1, TRUE, -4},
        {11, 4, 1, TRUE, 3},
        {0, 7, 1, TRUE, 0},
        {1, 3, 1000000, TRUE, 333333},
        {2, 3, 1000000, TRUE, 666667},
        {7000000000, 2000, 1000000, TRUE, 3500000000000},
    };

    (void)state;
    assert_quotients(COLUMN_MONEY, cases, G_N_ELEMENTS(cases));
    assert_quotients(COLUMN_AMOUNT, cases, G_N_ELEMENTS(cases));
    assert_quotients(COLUMN_INTEGER, cases, G_N_ELEMENTS(cases));
}

static void a_share_is_in_parts_per_million(void **state)
{
    static const struct quotient_case cases[] = {
        {1, 3, 1, TRUE, 333333},
        {-1, 4, 1, TRUE, -250000},
        {3, 1, 1, TRUE, 3000000},
        {1, 2000000, 1, TRUE, 0}, /* half a millionth */
        {3, 2000000, 1, TRUE, 2},
        {1, 4, 100, TRUE, 25000000},
        {GREATEST, GREATEST, 1, TRUE, 1000000},
        {LEAST, GREATEST, 1, TRUE, -1000000},
    };

    (void)state;
    assert_quotients(COLUMN_SHARE, cases, G_N_ELEMENTS(cases));
}

static void nothing_is_said_per_nothing_or_per_less(void **state)
{
    static const struct quotient_case cases[] = {
        {1, 0, 1, FALSE, 0},
        {0, 0, 1, FALSE, 0},
        {1, -4, 1, FALSE, 0},
        {LEAST, LEAST, 1, FALSE, 0},
    };

    (void)state;
    assert_quotients(COLUMN_MONEY, cases, G_N_ELEMENTS(cases));
    assert_quotients(COLUMN_SHARE, cases, G_N_ELEMENTS(cases));
}

static void what_is_out_of_range_is_not_said(void **state)
{
    static const struct quotient_case money[] = {
        {GREATEST, 1, 1, TRUE, GREATEST},
        {LEAST, 1, 1, TRUE, LEAST},
        {GREATEST, 1, 2, FALSE, 0},
        {LEAST, 1, 1000000000000, FALSE, 0},
        {GREATEST, 1000000, 1000000, TRUE, GREATEST},
    };
    static const struct quotient_case shares[] = {
        {1000000, 1, 1, TRUE, 1000000000000},
        {1000001, 1, 1, FALSE, 0},
        {-1000000, 1, 1, TRUE, -1000000000000},
        {-1000001, 1, 1, FALSE, 0},
        {GREATEST, 1, 1, FALSE, 0},
        {LEAST, 1, 1000000000000, FALSE, 0},
    };

    (void)state;
    assert_quotients(COLUMN_MONEY, money, G_N_ELEMENTS(money));
    assert_quotients(COLUMN_SHARE, shares, G_N_ELEMENTS(shares));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(money_is_divided_to_the_nano_half_to_even),
        cmocka_unit_test(a_share_is_in_parts_per_million),
        cmocka_unit_test(nothing_is_said_per_nothing_or_per_less),
        cmocka_unit_test(what_is_out_of_range_is_not_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
