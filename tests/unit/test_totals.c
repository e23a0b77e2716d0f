/* Control totals by currency. */
#include "import/totals.h"
#include "test.h"

/* Adds an amount as a file prints it. */
static void add(struct totals *totals, const char *text, const char *currency)
{
    g_autoptr(GError) error = NULL;
    struct amount amount = {.present = TRUE};

    g_strlcpy(amount.currency, currency, sizeof amount.currency);
    assert_true(money_parse(&amount.nanos, text, strlen(text), &number_style_plain, &amount.residue,
                            &error));
    totals_add(totals, &amount);
}

static void the_total_is_exact_past_the_ninth_decimal(void **state)
{
    struct totals totals = {0};
    g_autofree char *total = NULL;
    g_autofree char *residue = NULL;

    (void)state;
    add(&totals, "0.11657000000000001", "USD");
    add(&totals, "1.5", "USD");
    total = totals_format(&totals);
    residue = totals_residue(&totals);
    assert_string_equal(total, "1.61657000000000001 USD");
    assert_string_equal(residue, "0.00000000000000001 USD");
    assert_int_equal(totals_rounded_count(&totals), 1);
    totals_clear(&totals);
}

static void currencies_are_kept_apart_and_in_order(void **state)
{
    struct totals totals = {0};
    g_autofree char *total = NULL;
    g_autofree char *residue = NULL;

    (void)state;
    add(&totals, "2", "USD");
    add(&totals, "1", "EUR");
    add(&totals, "3", "HKD");
    add(&totals, "4", "EUR");
    total = totals_format(&totals);
    residue = totals_residue(&totals);
    assert_string_equal(total, "5.00 EUR + 3.00 HKD + 2.00 USD");
    assert_string_equal(residue, "");
    totals_clear(&totals);
}

static void amounts_that_moved_show_cents_and_thousands_and_no_sign(void **state)
{
    static const struct {
        const char *amount, *shown;
    } rows[] = {{"1234567.5", "1,234,567.50 USD"},
                {"-1000", "1,000.00 USD"},
                {"999.999", "999.999 USD"},
                {"0", "0.00 USD"}};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct totals totals = {0};
        g_autofree char *shown = NULL;

        add(&totals, rows[i].amount, "USD");
        shown = totals_format_moved(&totals);
        assert_string_equal(shown, rows[i].shown);
        totals_clear(&totals);
    }
}

static void what_is_absent_adds_nothing(void **state)
{
    const struct amount absent = {.nanos = 5};
    struct totals totals = {0};
    g_autofree char *total = NULL;

    (void)state;
    totals_add(&totals, &absent);
    total = totals_format(&totals);
    assert_string_equal(total, "");
    totals_clear(&totals);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_total_is_exact_past_the_ninth_decimal),
        cmocka_unit_test(currencies_are_kept_apart_and_in_order),
        cmocka_unit_test(amounts_that_moved_show_cents_and_thousands_and_no_sign),
        cmocka_unit_test(what_is_absent_adds_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
