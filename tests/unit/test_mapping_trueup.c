/* Mapping trueup's own CSVs: payments, receipts, grants, balances and the user's tables. */
#include "format_case.h"

#define PAYMENTS                                                                                   \
    "paid_at;organization_id;invoice_number;receipt_number;kind;status;credit_amount;"             \
    "credit_currency;tax_amount;total_amount;currency;card_last4"
#define PAID "2026-03-26T18:04:11Z;org-A;56FB0333-0001;2843-0152;"

static void a_payment_is_read_whole(void **state)
{
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "trueup-payments", PAYMENTS, NULL);
    assert_true(case_read(&c, PAID "Auto-Reload;Succeeded;$50.00;;$9.00;$59.00;usd;4242", &fact));
    assert_int_equal(fact.kind, FACT_PAYMENT);
    assert_true(fact.payment.paid.civil.has_time);
    assert_text(fact.payment.organization_id, "org-A");
    assert_string_equal(fact.payment.invoice_number, "56FB0333-0001");
    assert_string_equal(fact.payment.receipt_number, "2843-0152");
    assert_string_equal(fact.payment.kind, "auto");
    assert_string_equal(fact.payment.status, "paid");
    assert_int_equal(fact.payment.credit.nanos, 50000000000);
    assert_string_equal(fact.payment.credit.currency, "USD");
    assert_int_equal(fact.payment.tax.nanos, 9000000000);
    assert_int_equal(fact.payment.total.nanos, 59000000000);
    assert_string_equal(fact.payment.last4, "4242");
    assert_false(fact.payment.refunded.present);
    case_close(&c);
}

static void payments_that_do_not_add_up_are_refused(void **state)
{
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "trueup-payments", PAYMENTS, NULL);
    case_bad(&c, PAID "auto;paid;50;;9;60.00;USD;",
             "column \"total_amount\": \"60.00\" is not credit plus tax, which is 59.00: off by "
             "1.00");
    /* Another currency of the credit: nothing to compare. */
    assert_true(case_read(&c, PAID "auto;paid;50;USD;9;500;HKD;", &fact));
    /* No tax told: the rest may be tax. */
    assert_true(case_read(&c, PAID "auto;paid;50;;;60;USD;", &fact));
    case_bad(&c, PAID "auto;paid;-50;;;50;USD;", "column \"credit_amount\": \"-50\" is negative");
    case_bad(&c, PAID "auto;lost;50;;;50;USD;",
             "column \"status\": \"lost\" is not one of: paid, failed, pending, refunded, void");
    case_bad(&c, PAID "auto;;50;;;50;USD;", "column \"status\" is empty");
    case_bad(&c, PAID "auto;paid;50;;;50;USD;none",
             "column \"card_last4\": \"none\" does not hold a card's last four digits");
    case_bad(
        &c, "2026-02-30T00:00:00Z;org-A;;;;paid;50;;;50;USD;",
        "column \"paid_at\": \"2026-02-30T00:00:00Z\" is no date: there is no 30 February 2026");
    case_close(&c);
}

static void an_amount_in_another_currency_than_its_column_is_refused(void **state)
{
    static const struct {
        const char *amount, *currency, *other; /* NULL: they agree */
    } cases[] = {
        {"$50", "USD", NULL},
        {"$50", "HKD", NULL},
        {"50 USD", "usd", NULL},
        {"\xe2\x82\xac 50", "EUR", NULL},
        {"\xc2\xa5 50", "CNY", NULL},
        {"50 CR", "USD", NULL},
        {"EUR 50", "USD", "EUR"},
        {"50 GBP", "USD", "GBP"},
        {"$50", "EUR", "$"},
        {"\xe2\x82\xac"
         "50",
         "USD", "\xe2\x82\xac"},
        {"\xc2\xa3"
         "50",
         "EUR", "\xc2\xa3"},
    };
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "trueup-balances", "organization_id;observed_at;balance;currency", NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *line =
            g_strdup_printf("org-A;2026-03-26;%s;%s", cases[i].amount, cases[i].currency);

        if (!cases[i].other) {
            assert_true(case_read(&c, line, &fact));
            continue;
        }
        g_autofree char *problem =
            g_strdup_printf("column \"balance\": \"%s\" is in %s, and its currency is %s",
                            cases[i].amount, cases[i].other, cases[i].currency);
        case_bad(&c, line, problem);
    }
    case_close(&c);
}

static void a_header_between_the_records_is_told_as_such(void **state)
{
    struct format_case c;

    (void)state;
    case_open_as(&c, "trueup-payments", PAYMENTS, NULL);
    case_bad(&c, PAYMENTS, "is the header once more: two exports in one file?");
    case_bad(&c, "\xef\xbb\xbf" PAYMENTS, "is the header once more: two exports in one file?");
    case_close(&c);
    case_open_as(&c, "trueup-projects", "project_id;class", NULL);
    case_bad(&c, "project_id;class", "is the header once more: two exports in one file?");
    case_close(&c);
}

static void a_time_needs_a_zone_and_must_exist_in_it(void **state)
{
    const struct mapping_options options = {.zone = "America/New_York"};
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "trueup-payments", PAYMENTS, NULL);
    case_bad(&c, "2026-03-08 02:30:00;org-A;;;;paid;50;;;50;USD;",
             "column \"paid_at\": \"2026-03-08 02:30:00\" is a time without Z or an offset; --tz "
             "ZONE states its zone");
    assert_true(case_read(&c, "March 8, 2026;org-A;;;;paid;50;;;50;USD;", &fact));
    assert_false(fact.payment.paid.civil.has_time);
    case_close(&c);
    case_open_as(&c, "trueup-payments", PAYMENTS, &options);
    assert_false(case_read(&c, "2026-03-08 02:30:00;org-A;;;;paid;50;;;50;USD;", &fact));
    assert_int_equal(c.problems->len, 1);
    assert_true(case_read(&c, "2026-11-01 01:30:00;org-A;;;;paid;50;;;50;USD;", &fact));
    assert_int_equal(c.notes->len, 1);
    assert_non_null(strstr(c.notes->pdata[0], "happens twice in America/New_York"));
    case_close(&c);
}

static void invoice_numbers_have_one_shape(void **state)
{
    static const struct {
        const char *printed, *number;
    } cases[] = {
        {"56FB0333-0001", "56FB0333-0001"},
        {"56fb0333-0001", "56FB0333-0001"},
        {"56FB0333\xE2\x80\x91"
         "0001",
         "56FB0333-0001"}, /* non-breaking hyphen */
        {"56FB0333\xC2\xA0"
         "0001",
         "56FB0333-0001"}, /* no-break space */
        {"56FB0333  0001", "56FB0333-0001"},
        {" 56FB0333 \xE2\x80\x93 0001 ", "56FB0333-0001"}, /* en dash */
        {"in_1AbC", "IN_1ABC"},
        {"56FB0333-00012", "56FB0333-00012"},
        {"56FB03330001", "56FB03330001"},
        {"", ""},
        {"4111 1111 1111 1111", "****1111"},
    };
    struct format_case c;

    (void)state;
    case_open_as(&c, "trueup-payments", PAYMENTS, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *line =
            g_strdup_printf("2026-03-26;org-A;%s;;;paid;5;;;5;USD;", cases[i].printed);
        struct fact fact;

        assert_true(case_read(&c, line, &fact));
        assert_string_equal(fact.payment.invoice_number, cases[i].number);
    }
    case_bad(&c, "2026-03-26;org-A;an invoice number that never ends;;;paid;5;;;5;USD;",
             "column \"invoice_number\": \"an invoice number that never ends\" is longer than 31 "
             "characters");
    case_close(&c);
}

static void a_receipt_is_read_whole(void **state)
{
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "trueup-receipts",
                 "receipt_number;invoice_number;date_paid;seller;description;subtotal;tax;total;"
                 "currency;payment_method",
                 NULL);
    assert_true(case_read(&c,
                          "2843-0152;56FB0333-0001;March 26, 2026;OpenAI, LLC;Credit;$1,000.00;"
                          "$82.50;$1,082.50;USD;Visa - 4242",
                          &fact));
    assert_string_equal(fact.receipt.receipt_number, "2843-0152");
    assert_int_equal(fact.receipt.total.nanos, INT64_C(1082500000000));
    assert_string_equal(fact.receipt.last4, "4242");
    assert_text(fact.receipt.payment_method, "Visa - 4242");
    assert_int_equal(fact.receipt.paid.civil.month, 3);
    assert_true(case_read(&c, "2843-0152;;Mar 26, 2026;;;;;5;USD;Link", &fact));
    assert_string_equal(fact.receipt.last4, "");
    assert_false(fact.receipt.tax.present);
    assert_true(case_read(&c, "2843-0152;;2026-03-26;;;;;5;USD;", &fact));
    case_bad(&c, "2843-0152;;2026-03-26;;;5;1;5;USD;",
             "column \"total\": \"5\" is not subtotal plus tax, which is 6.00: off by -1.00");
    case_close(&c);
}

static void grants_and_balances_are_read(void **state)
{
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "trueup-credit-grants",
                 "organization_id;grant_id;kind;granted_at;expires_at;amount;currency", NULL);
    assert_true(case_read(&c, "org-A;grant_1;Promo;2026-01-01T00:00:00Z;;18;USD", &fact));
    assert_string_equal(fact.grant.kind, "promotional");
    assert_false(fact.grant.expires.present);
    assert_true(case_read(&c, "org-A;;opening;2026-01-01;2026-06-01;18;USD", &fact));
    assert_string_equal(fact.grant.kind, "opening");
    case_bad(&c, "org-A;g;paid;2026-01-02T00:00:00Z;2026-01-01T00:00:00Z;18;USD",
             "column \"expires_at\": \"2026-01-01T00:00:00Z\" is before the grant");
    case_bad(&c, "org-A;g;gift;2026-01-02;;18;USD",
             "column \"kind\": \"gift\" is not one of: promotional, free, paid, opening");
    case_close(&c);
    case_open_as(&c, "trueup-balances", "organization_id;observed_at;balance;currency", NULL);
    assert_true(case_read(&c, "org-A;2026-01-01T00:00:00Z;-563.88;USD", &fact));
    assert_int_equal(fact.balance.balance.nanos, -563880000000);
    case_close(&c);
}

static void the_users_tables_are_read(void **state)
{
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "trueup-organizations",
                 "organization_id;billing_mode;from;until;materiality_amount;materiality_percent;"
                 "tax",
                 NULL);
    assert_true(
        case_read(&c, "org-A;Invoiced;2026-01-01;2026-01-01;$5;0.5%;Reverse-Charge", &fact));
    assert_string_equal(fact.organization.billing_mode, "invoiced");
    assert_int_equal(fact.organization.materiality_ppm, 5000);
    assert_int_equal(fact.organization.materiality.nanos, 5000000000);
    assert_string_equal(fact.organization.tax, "reverse-charge");
    assert_true(case_read(&c, "org-A;;;;;;", &fact));
    assert_string_equal(fact.organization.tax, "");
    assert_string_equal(fact.organization.billing_mode, "prepaid");
    assert_false(fact.organization.has_materiality_ppm);
    case_bad(&c, "org-A;;2026-01-02;2026-01-01;;;",
             "column \"until\": \"2026-01-01\" is before the first day");
    case_bad(&c, "org-A;;;;;101;",
             "column \"materiality_percent\": \"101\" is not between 0 and 100 percent");
    case_close(&c);

    case_open_as(&c, "trueup-accounts", "account;card_last4;file_pattern;timezone;currency", NULL);
    assert_true(case_read(&c, "visa;42;Chase0042_*;Asia/Hong_Kong;hkd", &fact));
    assert_string_equal(fact.account.last4, "0042");
    assert_string_equal(fact.account.currency, "HKD");
    assert_text(fact.account.file_pattern, "Chase0042_*");
    case_bad(&c, "visa;42;;Mars/Olympus;",
             "column \"timezone\": \"Mars/Olympus\" is not a time zone like America/New_York");
    case_bad(&c, ";42;;;", "column \"account\" is empty");
    case_close(&c);

    case_open_as(&c, "trueup-projects", "project_id;class;owner", NULL);
    assert_true(case_read(&c, "proj_A;test;someone", &fact));
    assert_text(fact.project.project_class, "test");
    case_close(&c);
}

static void a_recharge_setting_says_what_is_bought_or_up_to_what(void **state)
{
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "trueup-recharge",
                 "organization_id;from;until;threshold;amount;target;monthly_cap;currency", NULL);
    assert_true(case_read(&c, "org-A;2026-01-01;;$5;25;;1,000;usd", &fact));
    assert_int_equal(fact.recharge.threshold.nanos, 5000000000);
    assert_int_equal(fact.recharge.amount.nanos, 25000000000);
    assert_false(fact.recharge.target.present);
    assert_int_equal(fact.recharge.cap.nanos, 1000000000000);
    assert_string_equal(fact.recharge.threshold.currency, "USD");
    assert_true(case_read(&c, "org-A;;;5;;10;;USD", &fact));
    assert_false(fact.recharge.from.present);
    assert_false(fact.recharge.amount.present);
    assert_int_equal(fact.recharge.target.nanos, 10000000000);
    assert_false(fact.recharge.cap.present);
    case_bad(&c, "org-A;2026-01-02;2026-01-01;5;25;;;USD",
             "column \"until\": \"2026-01-01\" is before the first day");
    case_bad(&c, "org-A;;;5;0;;;USD", "column \"amount\": \"0\" is not above zero");
    case_bad(&c, "org-A;;;5;;5;;USD", "column \"target\": \"5\" is not above the threshold");
    case_bad(&c, "org-A;;;5;;;;USD", "states neither an amount nor a target");
    case_bad(&c, "org-A;;;5;1;9;;USD",
             "states an amount and a target: one of them is what a recharge buys");
    case_bad(&c, "org-A;;;;1;;;USD", "column \"threshold\" is empty");
    case_bad(&c, "org-A;;;-5;1;;;USD", "column \"threshold\": \"-5\" is negative");
    case_close(&c);
}

static void exchange_rates_are_above_zero_and_between_two_currencies(void **state)
{
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "trueup-fx-rates", "date;base;quote;rate", NULL);
    assert_true(case_read(&c, "2026-03-26;usd;HKD;7.8126", &fact));
    assert_string_equal(fact.fx_rate.base, "USD");
    assert_int_equal(fact.fx_rate.rate_nanos, 7812600000);
    case_bad(&c, "2026-03-26;USD;HKD;0", "column \"rate\": \"0\" is not above zero");
    case_bad(&c, "2026-03-26;USD;USD;1", "column \"quote\": \"USD\" is the base itself");
    case_bad(&c, "2026-03-26;USD;HKD;", "column \"rate\" is empty");
    case_close(&c);
}

static void a_table_of_rates_has_a_column_for_each_currency(void **state)
{
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "ecb-rates", "Date; USD; JPY;CYP; GBP;", NULL);
    assert_true(case_read(&c, "2026-10-30;1.0843;163.91;N/A;;", &fact));
    assert_int_equal(c.notes->len, 0);
    assert_string_equal(fact.fx_rate.base, "EUR");
    assert_string_equal(fact.fx_rate.quote, "USD");
    assert_int_equal(fact.fx_rate.rate_nanos, 1084300000);
    assert_int_equal(fact.fx_rate.more_count, 1);
    assert_string_equal(fact.fx_rate.more[0].quote, "JPY");
    assert_int_equal(fact.fx_rate.more[0].rate_nanos, INT64_C(163910000000));
    assert_true(case_read(&c, "30 October 2026; 1.0843;163.91;1;1;", &fact));
    assert_int_equal(fact.fx_rate.day.civil.month, 10);
    assert_int_equal(fact.fx_rate.more_count, 3);
    case_bad(&c, "2026-10-30;1.0843;-1;;;", "column \"JPY\": \"-1\" is not above zero");
    case_bad(&c, "2026-10-30;;;;N/A;", "holds no rate");
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_payment_is_read_whole),
        cmocka_unit_test(payments_that_do_not_add_up_are_refused),
        cmocka_unit_test(an_amount_in_another_currency_than_its_column_is_refused),
        cmocka_unit_test(a_header_between_the_records_is_told_as_such),
        cmocka_unit_test(a_time_needs_a_zone_and_must_exist_in_it),
        cmocka_unit_test(invoice_numbers_have_one_shape),
        cmocka_unit_test(a_receipt_is_read_whole),
        cmocka_unit_test(grants_and_balances_are_read),
        cmocka_unit_test(the_users_tables_are_read),
        cmocka_unit_test(a_recharge_setting_says_what_is_bought_or_up_to_what),
        cmocka_unit_test(exchange_rates_are_above_zero_and_between_two_currencies),
        cmocka_unit_test(a_table_of_rates_has_a_column_for_each_currency),
    };

    g_setenv("TRUEUP_HOME", "/nonexistent", TRUE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
