/* test_money.c - counts, printing, adding, scaling and splitting exact amounts. */
#include "core/error.h"
#include "core/money.h"
#include "test.h"

#include <inttypes.h>

#define UNTOUCHED INT64_C(-77)

static void decimal_parse_reads_counts_and_quantities(void **state)
{
    static const struct {
        const char *text;
        int scale;
        int64_t value;
    } cases[] = {
        {"4", 0, 4},
        {"31422.0", 0, 31422},
        {"-7", 0, -7},
        {" 4 ", 0, 4},
        {"1e3", 0, 1000},
        {"9223372036854775807", 0, INT64_MAX},
        {"65536.25", 6, 65536250000},
        {"0.0000005", 6, 0},
        {"0.0000015", 6, 2},
        {"0.0000025000001", 6, 3},
        {"0.00000050000000000000000000000000000001", 6, 1},
        {"1e-40", 6, 0},
        {"7852.0000000000000000000000000000000000000", 0, 7852},
        {"0000000000000000000000000000012.0", 0, 12},
        {"999999999999.0", 6, 999999999999000000},
        {"9223372036854.000000", 6, 9223372036854000000},
        {"1", 18, 1000000000000000000},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        int64_t value = UNTOUCHED;
        g_autoptr(GError) error = NULL;

        if (!decimal_parse(&value, cases[i].text, strlen(cases[i].text), cases[i].scale, &error))
            fail_msg("\"%s\" %s", cases[i].text, error->message);
        if (value != cases[i].value)
            fail_msg("\"%s\" is read as %" PRId64, cases[i].text, value);
    }
}

static void decimal_parse_says_why_it_refuses_and_leaves_out_alone(void **state)
{
    static const struct {
        const char *text;
        int scale;
        const char *why;
    } cases[] = {
        {"", 0, "has no digits"},
        {"-", 0, "has no digits"},
        {"--4", 0, "is not a number"},
        {"four", 0, "is not a number"},
        {"$4", 0, "is not a number"},
        {"4 USD", 0, "is not a number"},
        {"1,000", 0, "is not a number"},
        {"4.", 0, "is not a number"},
        {"4.0.0", 0, "is not a number"},
        {".0", 0, "is not a number"},
        {"4.0x", 0, "is not a number"},
        {"(4)", 0, "is not a number"},
        {"NaN", 6, "is not a number"},
        {"4.5", 0, "is not a whole number"},
        {"1e-3", 0, "is not a whole number"},
        {"9223372036854775808", 0, "is out of range"},
        {"9223372036854.775808", 6, "is out of range"},
        {"1e-41", 6, "has more than 40 decimals"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        int64_t value = UNTOUCHED;
        g_autoptr(GError) error = NULL;

        if (decimal_parse(&value, cases[i].text, strlen(cases[i].text), cases[i].scale, &error))
            fail_msg("\"%s\" is read as %" PRId64, cases[i].text, value);
        assert_true(g_error_matches(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT));
        if (strcmp(error->message, cases[i].why) != 0)
            fail_msg("\"%s\" %s", cases[i].text, error->message);
        assert_true(value == UNTOUCHED);
    }
}

static void money_format_prints_as_many_decimals_as_the_value_needs(void **state)
{
    static const struct {
        int64_t nanos;
        int decimals;
        const char *text, *grouped;
    } cases[] = {
        {0, 2, "0.00", "0.00"},
        {0, 0, "0", "0"},
        {1234500000000, 2, "1234.50", "1,234.50"},
        {1234500000000, 9, "1234.500000000", "1,234.500000000"},
        {1234000000000, 0, "1234", "1,234"},
        {-125000, 2, "-0.000125", "-0.000125"},
        {-1000000000, 2, "-1.00", "-1.00"},
        {-100000000000, 2, "-100.00", "-100.00"},
        {999999000000000, 2, "999999.00", "999,999.00"},
        {1000000000000000, 2, "1000000.00", "1,000,000.00"},
        {1, 0, "0.000000001", "0.000000001"},
        {INT64_MAX, 2, "9223372036.854775807", "9,223,372,036.854775807"},
        {INT64_MIN, 2, "-9223372036.854775808", "-9,223,372,036.854775808"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = money_format(cases[i].nanos, cases[i].decimals);
        g_autofree char *grouped = money_format_grouped(cases[i].nanos, cases[i].decimals);

        assert_string_equal(text, cases[i].text);
        assert_string_equal(grouped, cases[i].grouped);
    }
}

static void money_add_refuses_a_sum_out_of_range_and_leaves_it_alone(void **state)
{
    int64_t sum = INT64_MAX - 1;
    g_autoptr(GError) error = NULL;

    (void)state;
    assert_true(money_add(&sum, 1, &error));
    assert_true(sum == INT64_MAX);
    assert_false(money_add(&sum, 1, &error));
    assert_true(g_error_matches(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT));
    assert_string_equal(error->message, "the sum is out of range");
    assert_true(sum == INT64_MAX);

    sum = INT64_MIN;
    assert_false(money_add(&sum, -1, NULL));
    assert_true(sum == INT64_MIN);
}

static void money_scale_rounds_half_to_even(void **state)
{
    static const struct {
        int64_t amount, numerator, denominator, result;
    } cases[] = {
        {10, 1, 4, 2},
        {14, 1, 4, 4},
        {-10, 1, 4, -2},
        {-14, 1, 4, -4},
        {10, -1, 4, -2},
        {11, 1, 4, 3},
        {9, 1, 4, 2},
        {0, 5, 7, 0},
        {INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX},
        {INT64_MIN, 1, 1, INT64_MIN},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        int64_t out = UNTOUCHED;
        assert_true(
            money_scale(&out, cases[i].amount, cases[i].numerator, cases[i].denominator, NULL));
        assert_true(out == cases[i].result);
    }
}

static void money_scale_refuses_a_result_out_of_range_and_leaves_out_alone(void **state)
{
    int64_t out = UNTOUCHED;
    g_autoptr(GError) error = NULL;

    (void)state;
    assert_false(money_scale(&out, INT64_MAX, 2, 1, &error));
    assert_true(g_error_matches(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT));
    assert_string_equal(error->message, "the result is out of range");
    assert_false(money_scale(&out, INT64_MIN, -1, 1, NULL));
    assert_false(money_scale(&out, INT64_MIN, INT64_MIN, INT64_MAX, NULL));
    assert_true(out == UNTOUCHED);
}

static void money_split_gives_equal_remainders_to_the_lower_index(void **state)
{
    static const struct {
        int64_t total;
        int64_t weights[4];
        int64_t parts[4];
    } cases[] = {
        {10, {1, 1, 1, 1}, {3, 3, 2, 2}},
        {-10, {1, 1, 1, 1}, {-3, -3, -2, -2}},
        {10, {0, 1, 2, 0}, {0, 3, 7, 0}},
        {1, {1, 2, 2, 1}, {0, 1, 0, 0}},
        {0, {1, 2, 3, 4}, {0, 0, 0, 0}},
        {7, {0, 0, 0, 9}, {0, 0, 0, 7}},
        {INT64_MAX, {INT64_MAX, 0, 0, 0}, {INT64_MAX, 0, 0, 0}},
        {INT64_MIN, {INT64_MAX, 0, 0, 0}, {INT64_MIN, 0, 0, 0}},
        {INT64_MIN, {INT64_MAX, INT64_MAX, 0, 0}, {INT64_MIN / 2, INT64_MIN / 2, 0, 0}},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        int64_t parts[4];

        money_split(parts, cases[i].total, cases[i].weights, 4);
        assert_memory_equal(parts, cases[i].parts, sizeof parts);
    }
}

static void exact_total_prints_what_rounding_would_have_lost(void **state)
{
    static const char *const texts[] = {"1.9058150000000001", "2", "0.0000000000000000000001",
                                        "-0.00000000005"};
    struct exact_total total = {0};
    g_autofree char *empty = exact_total_format(&total);

    (void)state;
    assert_string_equal(empty, "0");
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        int64_t nanos;
        struct residue residue;

        assert_true(
            money_parse(&nanos, texts[i], strlen(texts[i]), &number_style_plain, &residue, NULL));
        exact_total_add(&total, nanos, &residue);
    }
    g_autofree char *exact = exact_total_format(&total);
    g_autofree char *residue = exact_total_residue(&total);
    assert_string_equal(exact, "3.9058149999500001000001");
    assert_string_equal(residue, "-0.0000000000499998999999");
    assert_int_equal(total.rounded_count, 3);
}

static void exact_total_never_overflows_its_residue(void **state)
{
    const struct residue half = {.units = UNITS_PER_NANO / 2, .rounded = TRUE};
    struct exact_total total = {0};
    const int count = 40 * 1000 * 1000; /* of halves would not fit without a carry */

    (void)state;
    for (int i = 0; i < count; i++)
        exact_total_add(&total, 0, &half);
    g_autofree char *exact = exact_total_format(&total);
    g_autofree char *residue = exact_total_residue(&total);
    assert_string_equal(exact, "0.02");
    assert_string_equal(residue, "0.02");
}

static void exact_total_goes_far_beyond_one_amount(void **state)
{
    struct exact_total total = {0};

    (void)state;
    for (int i = 0; i < 1000; i++)
        exact_total_add(&total, INT64_MIN, NULL);
    g_autofree char *exact = exact_total_format(&total);
    assert_string_equal(exact, "-9223372036854.775808");
}

static void currency_parse_takes_three_letters_and_nothing_else(void **state)
{
    static const char *const refused[] = {"", "US", "USDT", "U S", "US1", "$", "\xE2\x82\xAC"};
    char code[4] = "xyz";

    (void)state;
    assert_true(currency_parse(code, "USD", 3));
    assert_string_equal(code, "USD");
    assert_true(currency_parse(code, " usd\t", 5));
    assert_string_equal(code, "USD");
    assert_true(currency_parse(code, "EURO", 3));
    assert_string_equal(code, "EUR");
    for (gsize i = 0; i < G_N_ELEMENTS(refused); i++) {
        assert_false(currency_parse(code, refused[i], strlen(refused[i])));
        assert_string_equal(code, "EUR");
    }
}

static void currency_decimals_are_those_of_iso_4217(void **state)
{
    (void)state;
    assert_int_equal(currency_decimals("USD"), 2);
    assert_int_equal(currency_decimals("JPY"), 0);
    assert_int_equal(currency_decimals("XPF"), 0);
    assert_int_equal(currency_decimals("KWD"), 3);
    assert_int_equal(currency_decimals("BHD"), 3);
    assert_int_equal(currency_decimals(""), 2);
}

static void amounts_are_shown_with_their_currencys_decimals(void **state)
{
    static const struct {
        int64_t nanos;
        const char *currency, *shown;
    } cases[] = {
        {1234565000000, "USD", "1,234.56"},
        {1234575000000, "USD", "1,234.58"},
        {27500500000000, "JPY", "27,500"},
        {27501500000000, "JPY", "27,502"},
        {-27500500000001, "JPY", "-27,501"},
        {1234500000, "KWD", "1.234"},
        {1235500000, "KWD", "1.236"},
        {1234500000, "", "1.23"},
        {-400000000, "JPY", "0"},
        {INT64_MAX, "JPY", "9,223,372,036.854775807"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *shown = money_format_shown(cases[i].nanos, cases[i].currency);

        assert_string_equal(shown, cases[i].shown);
    }
}

static void counts_are_grouped_over_their_whole_range(void **state)
{
    static const struct {
        int64_t value;
        int scale;
        const char *text;
    } cases[] = {
        {0, 0, "0"},
        {8828270, 0, "8,828,270"},
        {INT64_MAX, 0, "9,223,372,036,854,775,807"}, /* more than fits in nanos */
        {34500000, 6, "34.5"},
        {INT64_C(1234000000), 6, "1,234"},
        {-1, 6, "-0.000001"},
    };

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = decimal_format_grouped(cases[i].value, cases[i].scale);

        assert_string_equal(text, cases[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimal_parse_reads_counts_and_quantities),
        cmocka_unit_test(decimal_parse_says_why_it_refuses_and_leaves_out_alone),
        cmocka_unit_test(money_format_prints_as_many_decimals_as_the_value_needs),
        cmocka_unit_test(money_add_refuses_a_sum_out_of_range_and_leaves_it_alone),
        cmocka_unit_test(money_scale_rounds_half_to_even),
        cmocka_unit_test(money_scale_refuses_a_result_out_of_range_and_leaves_out_alone),
        cmocka_unit_test(money_split_gives_equal_remainders_to_the_lower_index),
        cmocka_unit_test(exact_total_prints_what_rounding_would_have_lost),
        cmocka_unit_test(exact_total_never_overflows_its_residue),
        cmocka_unit_test(exact_total_goes_far_beyond_one_amount),
        cmocka_unit_test(currency_parse_takes_three_letters_and_nothing_else),
        cmocka_unit_test(currency_decimals_are_those_of_iso_4217),
        cmocka_unit_test(amounts_are_shown_with_their_currencys_decimals),
        cmocka_unit_test(counts_are_grouped_over_their_whole_range),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
