/* test_money_parse.c - reading amounts as exports and statements print them. */
#include "core/error.h"
#include "core/money.h"
#include "test.h"

#include <inttypes.h>

#define UNTOUCHED INT64_C(-77)

static const struct number_style plain = {'.', ""};
static const struct number_style english = {'.', ","};
static const struct number_style german = {',', "."};
static const struct number_style french = {',', " "};
static const struct number_style swiss = {'.', "'"};

struct parse_case {
    const char *text;
    const struct number_style *style;
    int64_t nanos;
};

static void assert_parses(const struct parse_case *cases, gsize count)
{
    for (gsize i = 0; i < count; i++) {
        int64_t nanos = UNTOUCHED;
        g_autoptr(GError) error = NULL;

        if (!money_parse(&nanos, cases[i].text, strlen(cases[i].text), cases[i].style, NULL,
                         &error))
            fail_msg("\"%s\" %s", cases[i].text, error->message);
        if (nanos != cases[i].nanos)
            fail_msg("\"%s\" is read as %" PRId64, cases[i].text, nanos);
    }
}

static void money_parse_reads_what_machines_print(void **state)
{
    static const struct parse_case cases[] = {
        {"0", &plain, 0},
        {"0.0", &plain, 0},
        {"-0", &plain, 0},
        {"-0.000", &plain, 0},
        {"50", &plain, 50000000000},
        {"007.5", &plain, 7500000000},
        {".5", &plain, 500000000},
        {"-.5", &plain, -500000000},
        {"-110.7", &plain, -110700000000},
        {"36.0000", &plain, 36000000000},
        {"-0.000125", &plain, -125000},
        {"0.003400000000000000000000000000000000", &plain, 3400000},
        {"0.0000000001", &plain, 0},
        {"00000000000000000012.5", &plain, 12500000000},
        {" 12.5", &plain, 12500000000},
        {"12.5\t", &plain, 12500000000},
        {"\xC2\xA0"
         "12.5\xE2\x80\xAF",
         &plain, 12500000000},
    };

    (void)state;
    assert_parses(cases, G_N_ELEMENTS(cases));
}

static void money_parse_reads_exponents(void **state)
{
    static const struct parse_case cases[] = {
        {"2.5e-05", &plain, 25000},
        {"2.5E-05", &plain, 25000},
        {"0E-6176", &plain, 0},
        {"-0E-6176", &plain, 0},
        {"0e999999999999999999999", &plain, 0},
        {"0.000e-99999999999", &plain, 0},
        {"1e9", &plain, INT64_C(1000000000000000000)},
        {"1e+2", &plain, 100000000000},
        {"12345678901234567890e-19", &plain, 1234567890},
        {"0.0000000000000000000000000000000000000001e40", &plain, 1000000000},
        {"1E-40", &plain, 0},
        {"-1.5e-9", &plain, -2},
        {"1.000e-38", &plain, 0},
    };

    (void)state;
    assert_parses(cases, G_N_ELEMENTS(cases));
}

static void money_parse_reads_declared_marks(void **state)
{
    static const struct parse_case cases[] = {
        {"1,234.56", &english, 1234560000000},
        {"1,234", &english, 1234000000000},
        {"1,234,567.8", &english, 1234567800000000},
        {"999", &english, 999000000000},
        {"1234.56", &english, 1234560000000},
        {"1.234,56", &german, 1234560000000},
        {"1.234", &german, 1234000000000},
        {"12,34", &german, 12340000000},
        {"1 234,56", &french, 1234560000000},
        {"1\xC2\xA0"
         "234,56",
         &french, 1234560000000},
        {"1\xE2\x80\xAF"
         "234\xE2\x80\xAF"
         "567,89",
         &french, 1234567890000000},
        {"1'234.56", &swiss, 1234560000000},
        {"1\xE2\x80\x99"
         "234.56",
         &swiss, 1234560000000},
        {"1 234,56 \xE2\x82\xAC", &french, 1234560000000},
        {"67 CR", &french, -67000000000},
    };

    (void)state;
    assert_parses(cases, G_N_ELEMENTS(cases));
}

static void money_parse_reads_signs_and_symbols_as_statements_print_them(void **state)
{
    static const struct parse_case cases[] = {
        {"+50,00", &german, 50000000000},
        {"50.00-", &plain, -50000000000},
        {"50.00+", &plain, 50000000000},
        {"12.00 -", &plain, -12000000000},
        {"(45.99)", &plain, -45990000000},
        {"( 45.99 )", &plain, -45990000000},
        {"$(0.01)", &plain, -10000000},
        {"($67.00)", &plain, -67000000000},
        {"-$7,971.39", &english, -7971390000000},
        {"$-42.55", &plain, -42550000000},
        {"+ $73.01", &plain, 73010000000},
        {"- $12.01", &plain, -12010000000},
        {"+ \xC2\xA3"
         "1,100.00",
         &english, 1100000000000},
        {"\xC2\xA3"
         "67.40",
         &plain, 67400000000},
        {"\xC2\xA5"
         "500",
         &plain, 500000000000},
        {"-3,18 \xE2\x82\xAC", &german, -3180000000},
        {"-3,18\xC2\xA0\xE2\x82\xAC", &german, -3180000000},
        {"SGD 5000", &plain, 5000000000000},
        {"SGD5000", &plain, 5000000000000},
        {"-21.63 USD", &plain, -21630000000},
        {"5EUR", &plain, 5000000000},
        {"(USD 5.00)", &plain, -5000000000},
        {"\xE2\x88\x92"
         "45,99",
         &german, -45990000000},
        {"\xE2\x80\x93"
         "45,99",
         &german, -45990000000},
        {"67.40 CR", &plain, -67400000000},
        {"67.40CR", &plain, -67400000000},
        {"67.40 cr", &plain, -67400000000},
        {"67.40 DR", &plain, 67400000000},
        {"$67.40 CR", &plain, -67400000000},
        {"67.40 CRC", &plain, 67400000000},
        {"67.40 USD CR", &plain, -67400000000},
    };

    (void)state;
    assert_parses(cases, G_N_ELEMENTS(cases));
}

static void money_parse_rounds_past_the_ninth_decimal_half_to_even(void **state)
{
    static const struct parse_case cases[] = {
        {"0.0000000005", &plain, 0},
        {"0.0000000015", &plain, 2},
        {"0.0000000025", &plain, 2},
        {"-0.0000000005", &plain, 0},
        {"-0.0000000015", &plain, -2},
        {"0.00000000050000000000000000000000000001", &plain, 1},
        {"0.00000000149999999999999999999999999999", &plain, 1},
        {"0.9999999995", &plain, 1000000000},
        {"$0.0000000015", &plain, 2},
        {"$0.0000000025", &plain, 2},
        {"$0.00000000250000000000000000000000000001", &plain, 3},
        {"$-0.9999999995", &plain, -1000000000},
    };

    (void)state;
    assert_parses(cases, G_N_ELEMENTS(cases));
}

static void money_parse_reaches_both_ends_of_its_range(void **state)
{
    static const struct parse_case cases[] = {
        {"9223372036.854775807", &plain, INT64_MAX},
        {"-9223372036.854775808", &plain, INT64_MIN},
        {"9223372036.8547758074", &plain, INT64_MAX},
        {"-9223372036.8547758085", &plain, INT64_MIN},
        {"9,223,372,036.854775807", &english, INT64_MAX},
        {"(9,223,372,036.854775808)", &english, INT64_MIN},
    };

    (void)state;
    assert_parses(cases, G_N_ELEMENTS(cases));
}

struct refusal {
    const char *text;
    const struct number_style *style;
    const char *why;
};

static void money_parse_says_why_it_refuses_and_leaves_out_alone(void **state)
{
    static const struct refusal cases[] = {
        {"", &plain, "has no digits"},
        {"   ", &plain, "has no digits"},
        {"-", &plain, "has no digits"},
        {"+ $", &plain, "has no digits"},
        {"()", &plain, "has no digits"},
        {"USD", &plain, "has no digits"},
        {"NaN", &plain, "is not an amount"},
        {"inf", &plain, "is not an amount"},
        {"abc", &plain, "is not an amount"},
        {".", &plain, "is not an amount"},
        {"0x10", &plain, "is not an amount"},
        {"1e", &plain, "is not an amount"},
        {"1e5e5", &plain, "is not an amount"},
        {"5 apples", &plain, "is not an amount"},
        {"usd 5", &plain, "is not an amount"},
        {"USDX 5", &plain, "is not an amount"},
        {"5)", &plain, "is not an amount"},
        {"12.3O", &plain, "is not an amount"},
        {"12,3O", &plain, "is not an amount"},
        {"12,34", &plain, "is not an amount"},
        {"12,34,567", &plain, "is not an amount"},
        {"USD 5 EUR", &plain, "is not an amount"},
        {"$$5", &plain, "is not an amount"},
        {"5 CR CR", &plain, "has more than one sign"},
        {"--5", &plain, "has more than one sign"},
        {"- -5", &plain, "has more than one sign"},
        {"-5-", &plain, "has more than one sign"},
        {"-(5)", &plain, "has more than one sign"},
        {"(-5)", &plain, "has more than one sign"},
        {"((5))", &plain, "has more than one sign"},
        {"-5 CR", &plain, "has more than one sign"},
        {"(5) DR", &plain, "has more than one sign"},
        {"--XXXX,X EUR", &german, "has more than one sign"},
        {"(5", &plain, "opens a bracket and does not close it"},
        {"1.2.3", &plain, "has two decimal marks"},
        {"-0.0.66962", &plain, "has two decimal marks"},
        {"5.", &plain, "ends in a decimal mark"},
        {"5. ", &plain, "ends in a decimal mark"},
        {"1,234", &plain, "groups thousands with ',', which is not declared here"},
        {"1,234.50", &plain, "groups thousands with ',', which is not declared here"},
        {"1 234.50", &plain, "groups thousands with ' ', which is not declared here"},
        {"1'234", &english, "groups thousands with ''', which is not declared here"},
        {"1.234,56", &french, "groups thousands with '.', which is not declared here"},
        {"12,34,567", &english, "does not group its thousands by three digits"},
        {"1234,567", &english, "does not group its thousands by three digits"},
        {"1,23", &english, "does not group its thousands by three digits"},
        {"1,2345", &english, "does not group its thousands by three digits"},
        {",234", &english, "does not group its thousands by three digits"},
        {"1 234\xC2\xA0"
         "567",
         &french, "groups thousands with two different marks"},
        {"9223372036.854775808", &plain, "is out of range"},
        {"-9223372036.854775809", &plain, "is out of range"},
        {"9223372036.8547758075", &plain, "is out of range"},
        {"10000000000", &plain, "is out of range"},
        {"1e10", &plain, "is out of range"},
        {"1e99999999999999999999", &plain, "is out of range"},
        {"99999999999999999999999999999999999999999999999999999999999999999999999999", &plain,
         "is out of range"},
        {"0.00000000000000000000000000000000000000001", &plain, "has more than 40 decimals"},
        {"1.11111111111111111111111111111111111111111", &plain, "has more than 40 decimals"},
        {"1e-41", &plain, "has more than 40 decimals"},
        {"1e-99999999999999999999", &plain, "has more than 40 decimals"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        int64_t nanos = UNTOUCHED;
        struct residue residue = {.units = 5, .rounded = TRUE};
        g_autoptr(GError) error = NULL;

        if (money_parse(&nanos, cases[i].text, strlen(cases[i].text), cases[i].style, &residue,
                        &error))
            fail_msg("\"%s\" is read as %" PRId64, cases[i].text, nanos);
        assert_true(g_error_matches(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT));
        if (strcmp(error->message, cases[i].why) != 0)
            fail_msg("\"%s\" %s", cases[i].text, error->message);
        assert_true(nanos == UNTOUCHED);
        assert_true(residue.units == 5 && residue.rounded);
    }
}

static void money_parse_reads_no_further_than_its_length(void **state)
{
    int64_t nanos = UNTOUCHED;

    (void)state;
    assert_true(money_parse(&nanos, "12.345", 4, &plain, NULL, NULL));
    assert_true(nanos == 12300000000);
    assert_true(money_parse(&nanos, "$12.345", 5, &plain, NULL, NULL));
    assert_true(nanos == 12300000000);
}

static void money_parse_refuses_a_nul_byte_within_the_text(void **state)
{
    int64_t nanos = UNTOUCHED;

    (void)state;
    assert_false(money_parse(&nanos, "12\0", 3, &plain, NULL, NULL));
    assert_false(money_parse(&nanos, "\0", 1, &plain, NULL, NULL));
    assert_false(money_parse(&nanos, "$5 \0R", 5, &plain, NULL, NULL));
    assert_true(nanos == UNTOUCHED);
}

static void money_parse_reports_what_rounding_took_away(void **state)
{
    static const struct {
        const char *text;
        const char *residue;
        gboolean rounded;
    } cases[] = {
        {"1.5", "0", FALSE},
        {"1.500000000000", "0", FALSE},
        {"$1.50", "0", FALSE},
        {"0.0000000001", "0.0000000001", TRUE},
        {"-0.0000000001", "-0.0000000001", TRUE},
        {"0.0000000009", "-0.0000000001", TRUE},
        {"-0.0000000009", "0.0000000001", TRUE},
        {"$-0.0000000009", "0.0000000001", TRUE},
        {"3.9058150000000001", "0.0000000000000001", TRUE},
        {"1e-40", "0.0000000000000000000000000000000000000001", TRUE},
        {"0.0000000009999999999999999999999999999999",
         "-0.0000000000000000000000000000000000000001", TRUE},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        int64_t nanos;
        struct residue residue = {.units = 5, .rounded = TRUE};
        struct exact_total total = {0};

        assert_true(
            money_parse(&nanos, cases[i].text, strlen(cases[i].text), &plain, &residue, NULL));
        exact_total_add(&total, nanos, &residue);
        g_autofree char *printed = exact_total_residue(&total);
        assert_string_equal(printed, cases[i].residue);
        assert_int_equal(residue.rounded, cases[i].rounded);
        assert_int_equal(total.rounded_count, cases[i].rounded);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(money_parse_reads_what_machines_print),
        cmocka_unit_test(money_parse_reads_exponents),
        cmocka_unit_test(money_parse_reads_declared_marks),
        cmocka_unit_test(money_parse_reads_signs_and_symbols_as_statements_print_them),
        cmocka_unit_test(money_parse_rounds_past_the_ninth_decimal_half_to_even),
        cmocka_unit_test(money_parse_reaches_both_ends_of_its_range),
        cmocka_unit_test(money_parse_says_why_it_refuses_and_leaves_out_alone),
        cmocka_unit_test(money_parse_reads_no_further_than_its_length),
        cmocka_unit_test(money_parse_refuses_a_nul_byte_within_the_text),
        cmocka_unit_test(money_parse_reports_what_rounding_took_away),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
