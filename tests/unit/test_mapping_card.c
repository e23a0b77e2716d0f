/* Mapping card statements: which way money went, when, on which card, and what is no charge. */
#include "format_case.h"

static void assert_card(const struct fact *fact, int64_t cents, const char *currency,
                        const char *last4)
{
    assert_int_equal(fact->kind, FACT_CARD);
    assert_int_equal(fact->card.amount.nanos, cents * 10000000);
    assert_string_equal(fact->card.amount.currency, currency);
    assert_string_equal(fact->card.last4, last4);
}

static void assert_day(const struct printed_date *date, int year, int month, int day)
{
    assert_true(date->present);
    assert_int_equal(date->civil.year, year);
    assert_int_equal(date->civil.month, month);
    assert_int_equal(date->civil.day, day);
}

static void chase_prints_charges_negative(void **state)
{
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "chase-card",
                 "Card;Transaction Date;Post Date;Description;Category;Type;Amount;Memo", NULL);
    assert_true(
        case_read(&c, "42;04/03/2026;04/05/2026;OPENAI   *API;Services;Sale;-21.63;", &fact));
    assert_card(&fact, 2163, "USD", "0042");
    assert_day(&fact.card.purchased, 2026, 4, 3);
    assert_false(fact.card.purchased.civil.has_time);
    assert_day(&fact.card.posted, 2026, 4, 5);
    assert_text(fact.card.descriptor, "OPENAI *API");
    assert_text(fact.card.type, "Sale");
    assert_int_equal(fact.card.state, CARD_POSTED);
    assert_true(case_read(&c, "1234;04/03/2026;04/05/2026;Payment;;Payment;306.84;", &fact));
    assert_card(&fact, -30684, "USD", "1234");
    case_bad(&c, "1234;04/31/2026;04/05/2026;X;;Sale;-1;",
             "column \"Transaction Date\": \"04/31/2026\" is no date: there is no 31 April 2026");
    case_bad(&c, "1234;04/03/2026;;X;;Sale;-1;", "column \"Post Date\" is empty");
    case_bad(&c, "1234;04/03/2026;04/05/2026;X;;Sale;;", "column \"Amount\" is empty");
    case_bad(&c, "1234;2026-04-03;04/05/2026;X;;Sale;-1;",
             "column \"Transaction Date\": \"2026-04-03\" is not a date like 03/26/2026");
    case_close(&c);
}

static void amex_prints_charges_positive_and_five_digits(void **state)
{
    const struct mapping_options options = {.date_order = "mdy", .currency = "USD"};
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "amex-us", "Date;Description;Card Member;Account #;Amount", &options);
    assert_true(case_read(&c, "01/15/2026;OPENAI;A PERSON;-12345;1,005.75", &fact));
    assert_card(&fact, 100575, "USD", "2345");
    assert_true(case_read(&c, "01/15/2026;AUTOPAY;A PERSON;-12345;-5.75", &fact));
    assert_card(&fact, -575, "USD", "2345");
    case_bad(&c, "01/15/2026;AUTOPAY;A PERSON;-12345;-9223372036.854775808",
             "column \"Amount\": \"-9223372036.854775808\" is out of range");
    case_close(&c);
    case_open_as(&c, "amex-us-details",
                 "Date;Description;Amount;Extended Details;Appears On Your Statement As;Address;"
                 "City/State;Zip Code;Country;Reference;Category",
                 NULL);
    assert_true(case_read(&c, "01/15/2026;OPENAI;5.75;;;;;;;'AT260150000045000011523467';", &fact));
    assert_card(&fact, 575, "USD", "");
    assert_text(fact.card.reference, "AT260150000045000011523467");
    case_close(&c);
}

static void capital_one_splits_directions(void **state)
{
    struct format_case c;
    struct fact fact;
    gint64 line;

    (void)state;
    case_open_as(&c, "capital-one-card",
                 "Transaction Date;Posted Date;Card No.;Description;Category;Debit;Credit", NULL);
    assert_true(case_read(&c, "2026-12-31;2027-01-02;1234;X;Y;1000.00;", &fact));
    assert_card(&fact, 100000, "USD", "1234");
    assert_true(case_read(&c, "12/31/2026;01/02/2027;1234;X;Y;;1000.00", &fact));
    assert_card(&fact, -100000, "USD", "1234");
    assert_day(&fact.card.posted, 2027, 1, 2);
    assert_true(case_read(&c, "2026-12-31;2027-01-02;1234;X;Y;0.00;7.00", &fact));
    assert_card(&fact, -700, "USD", "1234");
    case_bad(&c, "2026-12-31;2027-01-02;1234;X;Y;;",
             "column \"Debit\" is empty, and so is the other direction's column");
    case_bad(&c, "2026-12-31;2027-01-02;1234;X;Y;1;2",
             "column \"Credit\": \"2\" stands beside an amount in the other direction");
    assert_true(mapping_finish(c.mapping, TRUE, &line, &c.error));
    assert_true(case_read(&c, "2026-12-31;2027-01-02;1234;X;Y;-1;", &fact));
    assert_false(mapping_finish(c.mapping, TRUE, &line, &c.error));
    assert_non_null(strstr(c.error->message, "column \"Debit\" holds 2 amounts above zero and 1 "
                                             "below; the first below zero is on line 7"));
    case_close(&c);
}

static void mercury_has_states_times_and_rows_without_a_card(void **state)
{
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "mercury",
                 "Timestamp;Date (UTC);Description;Amount;Status;Source Account;Bank Description;"
                 "Last Four Digits;Original Currency",
                 NULL);
    assert_true(case_read(&c,
                          "04-16-2026 03:24:57;04-17-2026;Adobe;-54.99;Sent;Mercury Credit;"
                          "ADOBE  *ADOBE;5678;EUR",
                          &fact));
    assert_card(&fact, 5499, "USD", "5678");
    assert_day(&fact.card.purchased, 2026, 4, 16);
    assert_int_equal(fact.card.purchased.civil.hour, 3);
    assert_day(&fact.card.posted, 2026, 4, 17);
    assert_text(fact.card.descriptor, "Adobe ADOBE *ADOBE");
    assert_true(case_read(&c, ";1/5/2026;GUSTO;-46.00;Sent;Mercury Checking;GUSTO;;", &fact));
    assert_card(&fact, 4600, "USD", "");
    assert_false(fact.card.purchased.present);
    assert_day(&fact.card.posted, 2026, 1, 5);
    assert_true(case_read(&c, ";2026-01-05;X;-1;Pending;;;;", &fact));
    assert_int_equal(fact.card.state, CARD_PENDING);
    assert_day(&fact.card.purchased, 2026, 1, 5);
    assert_false(fact.card.posted.present);
    assert_true(case_read(&c, ";2026-01-05;X;-1;Failed;;;;", &fact));
    assert_int_equal(fact.card.state, CARD_DEAD);
    assert_true(case_read(&c, ";2026-01-05;X;-1;cancelled;;;;", &fact));
    assert_int_equal(fact.card.state, CARD_DEAD);
    case_bad(&c, ";2026-01-05;X;-1;Odd;;;;",
             "column \"Status\": \"Odd\" is not a status that the format knows");
    case_close(&c);
}

static void revolut_keeps_fee_apart_and_skips_what_is_no_card_row(void **state)
{
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "revolut-personal",
                 "Type;Product;Started Date;Completed Date;Description;Amount;Fee;Currency;State;"
                 "Balance",
                 NULL);
    assert_true(case_read(&c,
                          "CARD_PAYMENT;Current;2026-03-01 6:11:59;2026-03-02 07:00:00;OPENAI;"
                          "-15.91;0.25;gbp;COMPLETED;10",
                          &fact));
    assert_card(&fact, 1591, "GBP", "");
    assert_int_equal(fact.card.fee.nanos, 250000000);
    assert_string_equal(fact.card.fee.currency, "GBP");
    assert_int_equal(fact.card.purchased.civil.hour, 6);
    assert_true(case_read(&c,
                          "CARD_PAYMENT;Current;2026-03-01 6:11:59;2026-03-02 07:00:00;OPENAI;"
                          "-15.91;-0.25;gbp;COMPLETED;10",
                          &fact));
    assert_card(&fact, 1591, "GBP", "");
    assert_int_equal(fact.card.fee.nanos, 250000000);
    assert_true(case_read(&c,
                          "CARD_REFUND;Current;2026-03-01 6:11:59;2026-03-02 07:00:00;OPENAI;"
                          "15.91;-0.25;gbp;COMPLETED;10",
                          &fact));
    assert_card(&fact, -1591, "GBP", "");
    assert_int_equal(fact.card.fee.nanos, -250000000);
    assert_true(
        case_read(&c, "CARD_PAYMENT;;2026-03-01 06:11:59;;OPENAI;-1;0;GBP;PENDING;", &fact));
    assert_int_equal(fact.card.state, CARD_PENDING);
    assert_true(
        case_read(&c, "CARD_PAYMENT;;2026-03-01 06:11:59;;OPENAI;-1;0;GBP;REVERTED;", &fact));
    assert_int_equal(fact.card.state, CARD_DEAD);
    assert_true(case_read(&c, "Topup;;2026-03-01 06:11:59;;Me;100;0;GBP;COMPLETED;", &fact));
    assert_true(fact.skipped);
    case_bad(&c, "CARD_PAYMENT;;2026-03-01 06:11:59;;OPENAI;-1;0;GBP;COMPLETED;",
             "column \"Completed Date\" is empty");
    case_close(&c);
}

static void a_virtual_card_tells_direction_by_type(void **state)
{
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "virtual-card",
                 "Transaction ID;Transaction Time;Card Number;Merchant;Transaction Amount;"
                 "Transaction Currency;Billing Amount;Billing Currency;Fee;Status;Type",
                 NULL);
    assert_true(case_read(&c,
                          "TX81Q0;2026-03-26 18:04:11;441234******4370;OPENAI *API;27.50;USD;"
                          "214.61;HKD;3.22;Completed;Purchase",
                          &fact));
    assert_card(&fact, 21461, "HKD", "4370");
    assert_int_equal(fact.card.original.nanos, 27500000000);
    assert_string_equal(fact.card.original.currency, "USD");
    assert_int_equal(fact.card.fee.nanos, 3220000000);
    assert_string_equal(fact.card.fee.currency, "HKD");
    assert_text(fact.card.reference, "TX81Q0");
    assert_true(case_read(&c,
                          "TX81Q1;2026-03-26 18:04:11;441234******4370;OPENAI;27.50;USD;214.61;"
                          "HKD;;Completed;Refund",
                          &fact));
    assert_card(&fact, -21461, "HKD", "4370");
    assert_int_equal(fact.card.original.nanos, -27500000000);
    assert_false(fact.card.fee.present);
    case_bad(&c, "T;2026-03-26 18:04:11;1;X;1;USD;1;HKD;;Completed;Gift",
             "column \"Type\": \"Gift\" does not say whether money was taken or given back");
    case_bad(&c, "T;2026-03-26 18:04:11;1;X;1;USD;-1;HKD;;Completed;Purchase",
             "column \"Billing Amount\": \"-1\" is negative although the row says that money was "
             "taken");
    case_close(&c);
}

static void a_time_must_exist_in_the_stated_zone(void **state)
{
    const struct mapping_options options = {.zone = "Europe/Berlin"};
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "revolut-personal",
                 "Type;Started Date;Completed Date;Description;Amount;Fee;Currency;State",
                 &options);
    assert_false(case_read(
        &c, "CARD_PAYMENT;2026-03-29 02:30:00;2026-03-30 07:00:00;X;-1;0;EUR;COMPLETED", &fact));
    assert_int_equal(c.problems->len, 1);
    assert_non_null(
        strstr(c.problems->pdata[0], "column \"Started Date\": \"2026-03-29 02:30:00\""));
    assert_true(case_read(
        &c, "CARD_PAYMENT;2026-10-25 02:30:00;2026-10-26 07:00:00;X;-1;0;EUR;COMPLETED", &fact));
    assert_int_equal(c.notes->len, 1);
    case_close(&c);
}

static void last_fours_are_found_however_they_are_written(void **state)
{
    static const struct {
        const char *text, *last4;
    } cases[] = {
        {"4242", "4242"},
        {"Visa - 4242", "4242"},
        {"•••• 4242", "4242"},
        {"441234******4370", "4370"},
        {"-12345", "2345"},
        {"7", "0007"},
        {"xx12", "0012"},
        {"", ""},
        {"PayPal", ""},
        {"PayPal 2", ""},
        {"Visa 4242 exp 12/29", "4242"},
        {"4111 1111 1111 1234", "1234"},
    };

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        char last4[5];

        last4_from((struct text){cases[i].text, strlen(cases[i].text)}, last4);
        assert_string_equal(last4, cases[i].last4);
    }
}

static void a_record_of_empty_cells_is_skipped(void **state)
{
    const struct mapping_options options = {.date_order = "mdy", .currency = "USD"};
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "amex-us", "Date;Description;Card Member;Account #;Amount", &options);
    assert_true(case_read(&c, ";;;;", &fact));
    assert_true(fact.skipped);
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chase_prints_charges_negative),
        cmocka_unit_test(amex_prints_charges_positive_and_five_digits),
        cmocka_unit_test(capital_one_splits_directions),
        cmocka_unit_test(mercury_has_states_times_and_rows_without_a_card),
        cmocka_unit_test(revolut_keeps_fee_apart_and_skips_what_is_no_card_row),
        cmocka_unit_test(a_virtual_card_tells_direction_by_type),
        cmocka_unit_test(a_time_must_exist_in_the_stated_zone),
        cmocka_unit_test(last_fours_are_found_however_they_are_written),
        cmocka_unit_test(a_record_of_empty_cells_is_skipped),
    };

    g_setenv("TRUEUP_HOME", "/nonexistent", TRUE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
