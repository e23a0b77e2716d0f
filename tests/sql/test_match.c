/* test_match.c - given payments, receipts and charges, matching says exactly this. */
#include "match_given.h"

#define EXCEPTIONS                                                                                 \
    "select code, coalesce(organization_key, 0), dated_on, amount_nanos / 10000000, currency,"     \
    " reference from exception order by code, dated_on, reference"
#define RECEIPT_LEGS                                                                               \
    "select topup_state.topup_id, coalesce(receipt_id, 0), receipt_state, coalesce(link.rule, '')" \
    " from topup_state left join link on link.topup_id = topup_state.topup_id"                     \
    " and leg = 'receipt' order by topup_state.topup_id"

static void a_charge_whose_date_covers_the_payment_is_confirmed_in_its_zone(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T03:30:00Z", 2750, 250, .last4 = "1234"});
    given_charge(db, 1,
                 (struct given_charge){"2026-03-01", "2026-03-03", 2750, .last4 = "1234",
                                       .zone = "America/New_York"});
    given_charge(db, 2,
                 (struct given_charge){"2026-03-02", "2026-03-04", 2750, .last4 = "1234",
                                       .zone = "America/New_York"});
    given_matched(db);
    assert_card_legs(db, "1|1|confirmed|unique-window");
}

static void a_charge_of_another_sign_card_amount_or_wallet_never_matches(void **state)
{
    static const struct given_charge charges[] = {
        {"2026-03-02", NULL, -2750, .last4 = "1234"},
        {"2026-03-02", NULL, 2750, .last4 = "9999"},
        {"2026-03-02", NULL, 2751, .last4 = "1234"},
        {"2026-03-02", NULL, 2750, .last4 = "1234", .descriptor = "OPENAI *CHATGPT SUBSCR"},
        {"2026-03-02", NULL, 2750, .last4 = "1234", .descriptor = "APPLE.COM/BILL"},
        {"2026-03-02", NULL, 2750, .last4 = "1234", .state = "pending"},
        {"2026-03-02", NULL, 2750, .last4 = "1234", .state = "dead"},
        {"2026-03-02", "2026-03-09", 2750, .last4 = "1234"},
        {"2026-03-03", NULL, 2750, .last4 = "1234"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(charges); i++) {
        g_autoptr(Db) db = given_ledger();

        given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750, .last4 = "1234"});
        given_charge(db, 1, charges[i]);
        given_matched(db);
        assert_rows(db, "select count(*) from link", "0");
    }
}

static void a_failed_void_or_pending_payment_takes_no_charge(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750, .status = "failed"});
    given_topup(db, 2, (struct given_payment){"2026-03-02T10:05:00Z", 2750});
    given_topup(db, 3, (struct given_payment){"2026-03-02T10:06:00Z", 2750, .status = "void"});
    given_topup(db, 4, (struct given_payment){"2026-03-02T10:07:00Z", 2750, .status = "pending"});
    given_charge(db, 1, (struct given_charge){"2026-03-02", "2026-03-03", 2750});
    given_matched(db);
    assert_rows(db, "select topup_id, card_state, state from topup_state",
                "1||\n2|confirmed|open\n3||\n4||");
    assert_rows(db, "select topup_id, retried_by_topup_id from retry", "1|2\n3|4");
}

static void
a_failed_payment_is_an_exception_only_when_no_paid_one_followed_within_a_day(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750, .status = "failed"});
    given_topup(db, 2, (struct given_payment){"2026-03-03T09:59:59Z", 2750});
    given_topup(db, 3, (struct given_payment){"2026-03-05T10:00:00Z", 2750, .status = "failed"});
    given_topup(db, 4, (struct given_payment){"2026-03-06T10:00:01Z", 2750});
    given_topup(db, 5, (struct given_payment){"2026-03-08T10:00:00Z", 2750, .status = "failed"});
    given_topup(db, 6, (struct given_payment){"2026-03-08T11:00:00Z", 5000, .organization = 2});
    given_matched(db);
    assert_rows(db, "select reference from exception where code = 'FAILED_TOPUP' order by 1",
                "given.csv:3\ngiven.csv:5");
}

static void three_attempts_in_ten_minutes_are_one_rapid_retry(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750, .status = "failed"});
    given_topup(db, 2, (struct given_payment){"2026-03-02T10:04:00Z", 2750, .status = "failed"});
    given_topup(db, 3, (struct given_payment){"2026-03-02T10:08:00Z", 2750});
    given_topup(db, 4, (struct given_payment){"2026-03-02T12:00:00Z", 2750});
    given_topup(db, 5, (struct given_payment){"2026-03-02T12:01:00Z", 2750});
    given_topup(db, 6, (struct given_payment){"2026-03-02T12:02:00Z", 2750});
    given_matched(db);
    assert_rows(db, "select reference from exception where code = 'RAPID_RETRY'", "given.csv:1");
}

static void a_payment_pending_for_more_than_five_days_is_an_exception(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750, .status = "pending"});
    given_topup(db, 2, (struct given_payment){"2026-03-04T10:00:00Z", 2750, .status = "pending"});
    given_charge(
        db, 1, (struct given_charge){"2026-03-09T00:00:00", NULL, 100, .descriptor = "UBER *TRIP"});
    given_matched(db);
    assert_rows(db, "select reference from exception where code = 'PENDING_AGED'", "given.csv:1");
}

static void receipts_match_by_invoice_number_then_by_receipt_number(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750, .invoice = "A-0001"});
    given_topup(db, 2,
                (struct given_payment){"2026-03-02T11:00:00Z", 2750, .receipt = "2222-2222"});
    given_receipt(db, 1, (struct given_receipt){"2026-03-09", 2750, "1111-1111", "A-0001"});
    given_receipt(db, 2, (struct given_receipt){"2026-03-02", 2750, "2222-2222"});
    given_matched(db);
    assert_rows(db, RECEIPT_LEGS, "1|1|confirmed|invoice-number\n2|2|confirmed|receipt-number");
}

static void an_equal_number_with_another_amount_is_suggested_and_an_exception(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750, .invoice = "A-0001"});
    given_receipt(db, 1, (struct given_receipt){"2026-03-02", 2500, "1111-1111", "A-0001"});
    given_matched(db);
    assert_rows(db, RECEIPT_LEGS, "1|1|suggested|invoice-number");
    assert_rows(db, EXCEPTIONS, "AMOUNT_MISMATCH|1|2026-03-02|2750|USD|A-0001");
}

static void receipts_without_numbers_match_by_amount_and_window_when_unique_both_ways(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750, .invoice = "A-0001"});
    given_topup(db, 2, (struct given_payment){"2026-03-12T10:00:00Z", 5000});
    given_topup(db, 3, (struct given_payment){"2026-03-12T11:00:00Z", 5000});
    given_topup(db, 4, (struct given_payment){"2026-03-22T10:00:00Z", 7000});
    given_topup(db, 5, (struct given_payment){"2026-03-26T10:00:00Z", 9000, .invoice = "A-0005"});
    given_receipt(db, 1, (struct given_receipt){"2026-03-04", 2750, "1111-1111"});
    given_receipt(db, 2, (struct given_receipt){"2026-03-12", 5000, "2222-2222"});
    given_receipt(db, 3, (struct given_receipt){"2026-03-25", 7000, "3333-3333"});
    given_receipt(db, 4, (struct given_receipt){"2026-03-26", 9000, "4444-4444", "A-0009"});
    given_matched(db);
    assert_rows(db, RECEIPT_LEGS,
                "1|1|confirmed|amount-window\n2|2|ambiguous|amount-window\n"
                "3|2|ambiguous|amount-window\n4|0|open|\n5|0|open|");
    assert_rows(db,
                "select code, reference from exception where code like '%RECEIPT%' order by 1, 2",
                "NO_RECEIPT|A-0005\nNO_RECEIPT|given.csv:4\n"
                "NO_TOPUP_FOR_RECEIPT|3333-3333\nNO_TOPUP_FOR_RECEIPT|A-0009");
}

static void the_merchants_amount_decides_where_the_card_has_another_currency(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750, .last4 = "1234"});
    given_charge(db, 1,
                 (struct given_charge){"2026-03-02T18:00:20", NULL, 21461, .last4 = "1234",
                                       .zone = "Asia/Hong_Kong", .currency = "HKD",
                                       .original_currency = "USD", .original_cents = 2750,
                                       .fee_cents = 322, .fee_currency = "HKD"});
    given_charge(db, 2,
                 (struct given_charge){"2026-03-02T18:00:21", NULL, 21461, .last4 = "1234",
                                       .zone = "Asia/Hong_Kong", .currency = "HKD",
                                       .original_currency = "USD", .original_cents = 2751});
    given_rate(db, "2026-03-02", "USD", "HKD", INT64_C(7804000000));
    given_matched(db);
    assert_card_legs(db, "1|1|confirmed|unique-window");
    assert_rows(db, "select topup_id, cause, amount_nanos / 10000000, currency from adjustment",
                "1|card-fee|322|HKD");
}

static void
another_currency_is_converted_at_the_days_rate_within_two_and_a_half_percent(void **state)
{
    static const struct {
        const char *day, *base, *quote;
        int64_t rate;
        const char *links;
    } cases[] = {
        {"2026-03-02", "USD", "GBP", INT64_C(800000000), "1|confirmed|40"},  /* direct */
        {"2026-03-02", "GBP", "USD", INT64_C(1250000000), "1|confirmed|40"}, /* inverse */
        {"2026-02-23", "USD", "GBP", INT64_C(800000000), "1|confirmed|40"},  /* seven days back */
        {"2026-02-22", "USD", "GBP", INT64_C(800000000), ""},                /* eight */
        {"2026-03-03", "USD", "GBP", INT64_C(800000000), ""},                /* the day after */
        {"2026-03-02", "USD", "GBP", INT64_C(790000000), ""},                /* 3.8 % off */
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Db) db = given_ledger();

        given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 5000});
        given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 4040, .currency = "GBP"});
        given_rate(db, cases[i].day, cases[i].base, cases[i].quote, cases[i].rate);
        if (i == 5)
            given_run(db, "update charge set amount_nanos = 41000000000");
        given_matched(db);
        assert_rows(db, "select charge_id, state, variance_nanos / 10000000 from link",
                    cases[i].links);
        if (*cases[i].links)
            assert_rows(db, "select cause, amount_nanos, currency from adjustment",
                        "fx-margin|400000000|GBP");
    }
}

static void two_currencies_meet_across_a_third(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 5000});
    given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 4000, .currency = "GBP"});
    given_rate(db, "2026-03-02", "EUR", "USD", INT64_C(1000000000));
    given_rate(db, "2026-03-02", "EUR", "GBP", INT64_C(800000000));
    given_matched(db);
    assert_card_legs(db, "1|1|confirmed|unique-window");
    assert_rows(db, "select count(*) from link where reason like '%across EUR%'", "1");
}

static void a_date_in_an_unknown_zone_covers_what_it_could_cover_anywhere(void **state)
{
    static const struct {
        const char *on, *links;
    } cases[] = {
        {"2026-03-01", "1"}, {"2026-03-02", "1"}, {"2026-03-03", "1"},
        {"2026-02-28", "0"}, {"2026-03-04", "0"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Db) db = given_ledger();

        given_topup(db, 1, (struct given_payment){"2026-03-02T12:00:00Z", 2750});
        given_charge(db, 1, (struct given_charge){cases[i].on, NULL, 2750, .zone = "unknown"});
        given_matched(db);
        assert_rows(db, "select count(*) from link where state = 'confirmed'", cases[i].links);
    }
}

static void a_statement_of_posting_dates_alone_matches_within_five_days_after(void **state)
{
    static const struct {
        const char *on, *legs;
    } cases[] = {
        {"2026-03-01", "1|-|open|"},
        {"2026-03-02", "1|1|confirmed|unique-window"},
        {"2026-03-07", "1|1|confirmed|unique-window"},
        {"2026-03-08", "1|-|open|"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Db) db = given_ledger();

        given_account(db, 1, "1234", "2026-03-01", "2026-03-31");
        given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750});
        given_charge(db, 1, (struct given_charge){cases[i].on, NULL, 2750, .posting_only = TRUE});
        given_matched(db);
        assert_card_legs(db, cases[i].legs);
    }
}

static void a_timed_statement_may_be_an_hour_off_and_not_more(void **state)
{
    static const struct {
        const char *at, *links;
    } cases[] = {
        {"2026-03-02T10:59:59", "1"},
        {"2026-03-02T11:00:02", "0"},
        {"2026-03-02T09:00:01", "1"},
        {"2026-03-02T08:59:58", "0"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Db) db = given_ledger();

        given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750});
        given_charge(db, 1, (struct given_charge){cases[i].at, NULL, 2750});
        given_matched(db);
        assert_rows(db, "select count(*) from link", cases[i].links);
    }
}

static void a_burst_on_a_timed_statement_is_told_apart_by_the_minute(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750});
    given_topup(db, 2, (struct given_payment){"2026-03-02T10:10:00Z", 2750});
    given_topup(db, 3, (struct given_payment){"2026-03-02T10:20:00Z", 2750});
    given_charge(db, 1, (struct given_charge){"2026-03-02T10:00:30", NULL, 2750});
    given_charge(db, 2, (struct given_charge){"2026-03-02T10:10:30", NULL, 2750});
    given_charge(db, 3, (struct given_charge){"2026-03-02T10:20:30", NULL, 2750});
    given_matched(db);
    assert_card_legs(db, "1|1|confirmed|unique-time\n2|2|confirmed|unique-time\n"
                         "3|3|confirmed|unique-time");
}

static void what_elimination_leaves_far_apart_on_a_good_clock_is_not_confirmed(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750});
    given_topup(db, 2, (struct given_payment){"2026-03-02T10:40:00Z", 2750});
    given_charge(db, 1, (struct given_charge){"2026-03-02T10:40:05", NULL, 2750});
    given_charge(db, 2, (struct given_charge){"2026-03-02T10:45:00", NULL, 2750});
    for (int day = 3; day < 6; day++) {
        g_autofree char *paid = g_strdup_printf("2026-03-%02dT10:00:00Z", day);
        g_autofree char *charged = g_strdup_printf("2026-03-%02dT10:00:05", day);

        given_topup(db, day, (struct given_payment){paid, 2750});
        given_charge(db, day, (struct given_charge){charged, NULL, 2750});
    }
    given_matched(db);
    assert_rows(db,
                "select topup_id, charge_id, state, rule from link where topup_id < 3 order by 1",
                "1|2|ambiguous|ambiguous-component\n2|1|confirmed|unique-time");
}

static void on_a_clock_that_nothing_tells_nearness_proves_nothing(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750});
    given_topup(db, 2, (struct given_payment){"2026-03-02T10:10:00Z", 2750, .organization = 2});
    given_charge(db, 1, (struct given_charge){"2026-03-02T10:10:05", NULL, 2750});
    given_matched(db);
    assert_card_legs(db, "1|1|ambiguous|ambiguous-block\n2|1|ambiguous|ambiguous-block");
}

static void a_clock_that_runs_late_is_set_right_by_the_pairs_that_nothing_rivals(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 1000});
    given_topup(db, 2, (struct given_payment){"2026-03-03T10:00:00Z", 1000});
    given_topup(db, 3, (struct given_payment){"2026-03-04T10:00:00Z", 1000});
    given_topup(db, 4, (struct given_payment){"2026-03-05T10:00:00Z", 2750});
    given_topup(db, 5, (struct given_payment){"2026-03-05T10:10:00Z", 2750});
    given_charge(db, 1, (struct given_charge){"2026-03-02T10:10:00", NULL, 1000});
    given_charge(db, 2, (struct given_charge){"2026-03-03T10:10:03", NULL, 1000});
    given_charge(db, 3, (struct given_charge){"2026-03-04T10:09:58", NULL, 1000});
    given_charge(db, 4, (struct given_charge){"2026-03-05T10:10:01", NULL, 2750});
    given_charge(db, 5, (struct given_charge){"2026-03-05T10:20:02", NULL, 2750});
    given_matched(db);
    assert_rows(db, "select topup_id, charge_id, rule from link where topup_id > 3 order by 1",
                "4|4|unique-time\n5|5|unique-time");
}

static void equal_payments_and_charges_of_a_day_are_interchangeable_in_order(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750, .last4 = "1234"});
    given_topup(db, 2, (struct given_payment){"2026-03-02T11:00:00Z", 2750, .last4 = "1234"});
    given_charge(db, 1, (struct given_charge){"2026-03-02", "2026-03-04", 2750, .last4 = "1234"});
    given_charge(db, 2, (struct given_charge){"2026-03-02", "2026-03-03", 2750, .last4 = "1234"});
    given_matched(db);
    assert_card_legs(db, "1|2|interchangeable|equal-block\n2|1|interchangeable|equal-block");
}

static void a_block_whose_swap_would_change_something_is_ambiguous(void **state)
{
    static const struct {
        struct given_payment second;
        struct given_charge charge;
    } cases[] = {
        /* another organization */
        {{"2026-03-31T23:00:00Z", 2750, .organization = 2}, {"2026-03-31", "2026-04-01", 2750}},
        /* another month of posting */
        {{"2026-03-31T23:00:00Z", 2750}, {"2026-03-31", "2026-03-31", 2750}},
        /* another account */
        {{"2026-03-31T23:00:00Z", 2750}, {"2026-03-31", "2026-04-01", 2750, .account = 2}},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Db) db = given_ledger();

        given_topup(db, 1, (struct given_payment){"2026-03-31T10:00:00Z", 2750});
        given_topup(db, 2, cases[i].second);
        given_charge(db, 1, (struct given_charge){"2026-03-31", "2026-04-01", 2750});
        given_charge(db, 2, cases[i].charge);
        given_matched(db);
        assert_rows(db, "select distinct state, rule from link", "ambiguous|ambiguous-block");
        assert_rows(db, "select count(*) from exception where code = 'AMBIGUOUS'", "2");
    }
}

static void a_block_over_a_month_end_is_ambiguous(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-31T23:00:00Z", 2750});
    given_topup(db, 2, (struct given_payment){"2026-04-01T01:00:00Z", 2750});
    for (int i = 1; i <= 2; i++)
        given_charge(
            db, i,
            (struct given_charge){"2026-03-31", "2026-04-02", 2750, .zone = "America/New_York"});
    given_matched(db);
    assert_card_legs(db, "1|1|ambiguous|ambiguous-block\n2|2|ambiguous|ambiguous-block");
}

static void of_unequal_numbers_the_smaller_is_paired_and_the_rest_is_reported(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_account(db, 1, "1234", "2026-03-01", "2026-03-31");
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750, .invoice = "A-0001"});
    given_topup(
        db, 2,
        (struct given_payment){"2026-03-05T10:00:00Z", 2750, .invoice = "A-0002", .last4 = "1234"});
    given_topup(
        db, 3,
        (struct given_payment){"2026-03-05T12:00:00Z", 2750, .invoice = "A-0003", .last4 = "1234"});
    given_charge(db, 1, (struct given_charge){"2026-03-02", "2026-03-03", 2750});
    given_charge(db, 2, (struct given_charge){"2026-03-02", "2026-03-04", 2750});
    given_charge(db, 3, (struct given_charge){"2026-03-05", "2026-03-06", 2750, .last4 = "1234"});
    given_matched(db);
    assert_card_legs(db, "1|1|interchangeable|equal-block\n2|-|open|\n"
                         "3|3|interchangeable|equal-block");
    assert_rows(db,
                "select code, organization_key, reference, line from exception"
                " where code <> 'NO_RECEIPT' order by code",
                "DUPLICATE_CHARGE|1|A-0001|2\nNO_CARD_CHARGE|1|A-0002|2");
}

static void too_few_charges_for_payments_that_name_no_card_are_ambiguous(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_account(db, 1, "1234", "2026-03-01", "2026-03-31");
    given_topup(db, 1, (struct given_payment){"2026-03-05T10:00:00Z", 2750, .invoice = "A-0001"});
    given_topup(db, 2, (struct given_payment){"2026-03-05T12:00:00Z", 2750, .invoice = "A-0002"});
    given_charge(db, 1, (struct given_charge){"2026-03-05", "2026-03-06", 2750, .last4 = "1234"});
    given_matched(db);
    assert_card_legs(db, "1|1|ambiguous|ambiguous-block\n2|1|ambiguous|ambiguous-block");
}

static void different_amounts_that_fit_by_rate_stay_ambiguous(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 5000});
    given_topup(db, 2, (struct given_payment){"2026-03-02T11:00:00Z", 5050});
    given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 4030, .currency = "GBP"});
    given_charge(db, 2, (struct given_charge){"2026-03-02", NULL, 4045, .currency = "GBP"});
    given_rate(db, "2026-03-02", "USD", "GBP", INT64_C(800000000));
    given_matched(db);
    assert_rows(db, "select topup_id, charge_id, state, rule from link order by 1",
                "1|1|ambiguous|ambiguous-component\n2|2|ambiguous|ambiguous-component");
}

static void an_exact_amount_wins_over_one_that_fits_by_rate(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 5000});
    given_topup(db, 2, (struct given_payment){"2026-03-02T11:00:00Z", 5050});
    given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 5000});
    given_charge(db, 2,
                 (struct given_charge){"2026-03-02", NULL, 4045, .account = 2, .currency = "GBP"});
    given_rate(db, "2026-03-02", "USD", "GBP", INT64_C(800000000));
    given_matched(db);
    assert_card_legs(db, "1|1|confirmed|unique-amount\n2|2|confirmed|unique-window");
}

static void an_exact_amount_that_leaves_a_rival_alone_proves_nothing(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 5000});
    given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 5000});
    given_charge(db, 2,
                 (struct given_charge){"2026-03-02", NULL, 4005, .account = 2, .currency = "GBP"});
    given_rate(db, "2026-03-02", "USD", "GBP", INT64_C(800000000));
    given_matched(db);
    assert_card_legs(db, "1|1|suggested|least-cost");
}

static void an_open_charge_leg_awaits_a_statement_until_one_covers_the_window(void **state)
{
    static const struct {
        const char *last4, *from, *until, *legs;
    } cases[] = {
        {"1234", "2026-03-01", "2026-03-06", "1|-|awaiting-statement|"},
        {"1234", "2026-03-01", "2026-03-07", "1|-|open|"},
        {"1234", "2026-03-03", "2026-03-31", "1|-|awaiting-statement|"},
        {"9999", "2026-03-01", "2026-03-31", "1|-|awaiting-statement|"},
        {"", "2026-03-01", "2026-03-31", "1|-|open|"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Db) db = given_ledger();

        given_account(db, 1, "1234", cases[i].from, cases[i].until);
        given_topup(db, 1,
                    (struct given_payment){"2026-03-02T10:00:00Z", 2750, .last4 = cases[i].last4});
        given_matched(db);
        assert_card_legs(db, cases[i].legs);
        assert_rows(db, "select count(*) from exception where code = 'NO_CARD_CHARGE'",
                    strstr(cases[i].legs, "open") ? "1" : "0");
    }
}

static void a_pending_charge_that_fits_keeps_the_leg_awaiting(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_account(db, 1, "1234", "2026-03-01", "2026-03-31");
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750, .last4 = "1234"});
    given_charge(
        db, 1,
        (struct given_charge){"2026-03-02", NULL, 2750, .last4 = "1234", .state = "pending"});
    given_matched(db);
    assert_card_legs(db, "1|-|awaiting-statement|");
}

static void a_second_equal_charge_within_minutes_is_a_duplicate_and_later_ones_are_not(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750, .invoice = "A-0001"});
    given_charge(db, 1, (struct given_charge){"2026-03-02T10:00:10", NULL, 2750});
    given_charge(db, 2, (struct given_charge){"2026-03-02T10:14:00", NULL, 2750});
    given_charge(db, 3, (struct given_charge){"2026-03-02T10:40:00", NULL, 2750});
    given_matched(db);
    assert_rows(db,
                "select code, coalesce(organization_key, 0), reference, line from exception"
                " where code like '%CHARGE%' order by code",
                "DUPLICATE_CHARGE|1|A-0001|2\nNO_TOPUP_FOR_CHARGE|0|given.csv:c3|3");
}

static void a_credit_is_linked_to_the_latest_equal_charge_and_never_above_it(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1,
                (struct given_payment){"2026-03-02T10:00:00Z", 2750, 250, .invoice = "A-0001"});
    given_topup(db, 2,
                (struct given_payment){"2026-03-04T10:00:00Z", 2750, 250, .invoice = "A-0002"});
    given_topup(db, 3, (struct given_payment){"2026-03-06T10:00:00Z", 9000, .invoice = "A-0003"});
    given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 2750});
    given_charge(db, 2, (struct given_charge){"2026-03-04", NULL, 2750});
    given_charge(db, 3, (struct given_charge){"2026-03-06", NULL, 9000});
    given_charge(db, 4, (struct given_charge){"2026-03-10", NULL, -2750, .type = "Refund"});
    given_charge(db, 5, (struct given_charge){"2026-03-11", NULL, -2750, .type = "Refund"});
    given_charge(db, 6, (struct given_charge){"2026-03-12", NULL, -2750, .type = "Refund"});
    given_charge(db, 7, (struct given_charge){"2026-03-13", NULL, -6251, .type = "Refund"});
    given_matched(db);
    assert_rows(db, "select refund_charge_id, charge_id, topup_id, kind from refund_link",
                "4|2|2|refund\n5|1|1|refund\n6|3|3|refund\n7|-|-|refund");
    assert_rows(db,
                "select organization_key, amount_nanos / 10000000, reference from exception"
                " where code = 'REFUND' order by dated_on",
                "1|2750|A-0002\n1|2750|A-0001\n1|2750|A-0003\n-|6251|given.csv:c7");
    assert_rows(db,
                "select count(*) from exception where code = 'REFUND'"
                " and explanation like '%credit of 25.00 USD is at risk%'",
                "2");
    assert_rows(db,
                "select count(*) from exception where reference = 'A-0003'"
                " and explanation like '%part of the charge%credit of 27.50 USD is at risk%'",
                "1");
}

static void a_credit_at_another_days_rate_gives_the_whole_charge_back(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 5000, .invoice = "A-0001"});
    given_topup(db, 2, (struct given_payment){"2026-03-03T10:00:00Z", 5000, .invoice = "A-0002"});
    given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 4000, .currency = "GBP"});
    given_charge(db, 2,
                 (struct given_charge){"2026-03-03", NULL, 38000, .currency = "HKD", .account = 2,
                                       .original_currency = "USD", .original_cents = 5000});
    given_charge(db, 3, (struct given_charge){"2026-03-09", NULL, -4020, .currency = "GBP"});
    given_charge(db, 4,
                 (struct given_charge){"2026-03-10", NULL, -39000, .currency = "HKD", .account = 2,
                                       .original_currency = "USD", .original_cents = -5000});
    given_charge(db, 5, (struct given_charge){"2026-03-11", NULL, -4020, .currency = "GBP"});
    given_rate(db, "2026-03-02", "USD", "GBP", INT64_C(800000000));
    given_matched(db);
    assert_rows(db, "select refund_charge_id, charge_id from refund_link", "3|1\n4|2\n5|-");
    assert_rows(db,
                "select amount_nanos / 10000000, currency, reference from exception"
                " where code = 'REFUND' order by dated_on",
                "4020|GBP|A-0001\n5000|USD|A-0002\n4020|GBP|given.csv:c5");
}

static void a_chargeback_reaches_further_back_than_a_refund(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750, .invoice = "A-0001"});
    given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 2750});
    given_charge(db, 2, (struct given_charge){"2026-06-02", NULL, -2750, .type = "Refund"});
    given_charge(db, 3, (struct given_charge){"2026-06-03", NULL, -2750, .type = "Chargeback"});
    given_matched(db);
    assert_rows(db, "select refund_charge_id, charge_id, kind from refund_link",
                "2|-|refund\n3|1|chargeback");
    assert_rows(db, "select code, reference from exception where code in ('REFUND', 'CHARGEBACK')",
                "REFUND|given.csv:c2\nCHARGEBACK|A-0001");
}

static void a_reversed_authorization_and_its_reversal_are_left_alone(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 1000});
    given_charge(
        db, 1,
        (struct given_charge){"2026-03-02", NULL, 801, .currency = "GBP", .state = "reversed"});
    given_charge(
        db, 2,
        (struct given_charge){"2026-03-02", NULL, -801, .currency = "GBP", .state = "reversed"});
    given_charge(db, 3, (struct given_charge){"2026-03-02", NULL, 800, .currency = "GBP"});
    given_run(db, "insert into charge_reversal values (2, 1, 3)");
    given_rate(db, "2026-03-02", "USD", "GBP", INT64_C(800000000));
    given_matched(db);
    assert_card_legs(db, "1|3|confirmed|unique-window");
    assert_rows(db, "select refund_charge_id, charge_id, kind from refund_link", "2|1|reversal");
    assert_rows(db, "select distinct reason from candidate where charge_id = 1",
                "it was reversed and charged again");
    assert_rows(db, "select code from exception where code <> 'NO_RECEIPT'", "");
}

static void a_reversal_without_a_recapture_is_a_refund(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 1000, .invoice = "A-0001"});
    given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 1000});
    given_charge(db, 2, (struct given_charge){"2026-03-03", NULL, -1000, .type = "Reversal"});
    given_matched(db);
    assert_card_legs(db, "1|1|confirmed|unique-window");
    assert_rows(db, "select code, reference from exception where code <> 'NO_RECEIPT'",
                "REFUND|A-0001");
}

static void given_paid_grant(Db *db, int id, const char *on, int cents)
{
    struct interval granted = given_interval(on, "UTC");

    given_run(db,
              "insert into grant_fact values (%d, 'g%012d', 1, %d, 1, 'grant_%d', 'paid', "
              "%" G_GINT64_FORMAT ", '%s', null, %" G_GINT64_FORMAT ", 'USD')",
              id, id, id, id, granted.from, on, cents * CENT);
}

static void paid_grants_are_evidence_of_the_month_or_the_month_end_before(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1,
                (struct given_payment){"2026-03-10T10:00:00Z", 2750, 250, .invoice = "A-0001"});
    given_topup(db, 2,
                (struct given_payment){"2026-03-20T10:00:00Z", 2750, 250, .invoice = "A-0002"});
    given_topup(db, 3, (struct given_payment){"2026-03-25T10:00:00Z", 6000, .invoice = "A-0003"});
    given_topup(db, 4, (struct given_payment){"2026-05-02T10:00:00Z", 6000, .invoice = "A-0004"});
    given_paid_grant(db, 1, "2026-02-28", 2500);
    given_paid_grant(db, 2, "2026-03-30", 2500);
    given_paid_grant(db, 3, "2026-03-30", 4000);
    given_matched(db);
    assert_rows(db, "select code, reference from exception where code like '%GRANT%' order by code",
                "NO_GRANT_FOR_TOPUP|A-0003\nNO_TOPUP_FOR_GRANT|grant_3");
}

static void the_state_of_a_topup_is_the_weaker_of_its_legs(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750, .invoice = "A-0001"});
    given_topup(db, 2, (struct given_payment){"2026-03-03T10:00:00Z", 2750, .invoice = "A-0002"});
    given_topup(db, 3, (struct given_payment){"2026-03-04T10:00:00Z", 0, .invoice = "A-0003"});
    given_receipt(db, 1, (struct given_receipt){"2026-03-02", 2750, "1111-1111", "A-0001"});
    given_receipt(db, 2, (struct given_receipt){"2026-03-03", 2700, "2222-2222", "A-0002"});
    given_receipt(db, 3, (struct given_receipt){"2026-03-04", 0, "3333-3333", "A-0003"});
    given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 2750});
    given_charge(db, 2, (struct given_charge){"2026-03-03", NULL, 2750});
    given_matched(db);
    assert_rows(db, "select topup_id, receipt_state, card_state, state, rule from topup_state",
                "1|confirmed|confirmed|confirmed|invoice-number + unique-window\n"
                "2|suggested|confirmed|suggested|invoice-number + unique-window\n"
                "3|confirmed||confirmed|invoice-number");
}

static void every_pair_keeps_its_reason_losers_and_near_misses_too(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750, .invoice = "A-0001"});
    given_topup(db, 2, (struct given_payment){"2026-03-09T10:00:00Z", 2750, .invoice = "A-0002"});
    given_charge(db, 1, (struct given_charge){"2026-03-02T10:00:10", NULL, 2750});
    given_charge(db, 2, (struct given_charge){"2026-03-02T10:09:00", NULL, 2750});
    given_charge(db, 3, (struct given_charge){"2026-03-09T10:00:00", NULL, 2800});
    given_matched(db);
    assert_rows(db, "select topup_id, charge_id, verdict from candidate order by rowid",
                "1|1|won\n1|2|lost\n2|1|refused\n2|2|refused\n2|3|refused");
    assert_rows(db, "select reason from candidate where topup_id = 1 and charge_id = 2",
                "27.50 USD is the total to the cent; purchased 9 min from the payment at "
                "2026-03-02T10:00:00Z; the card is not named on both; but the payment took charge "
                "given.csv:1");
    assert_rows(db, "select reason from candidate where topup_id = 2 and charge_id = 3",
                "the time fits, but 28.00 USD is 0.50 USD off the total");
}

static void explain_tells_of_a_fact_by_id_number_or_source(void **state)
{
    g_autoptr(Db) db = given_ledger();
    g_autoptr(GError) error = NULL;
    g_autofree char *by_number = NULL, *by_charge = NULL;

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750, .invoice = "A-0001"});
    given_receipt(db, 1, (struct given_receipt){"2026-03-02", 2750, "1111-1111", "A-0001"});
    given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 2750});
    given_charge(db, 2, (struct given_charge){"2026-03-05", NULL, -2750, .type = "Refund"});
    given_matched(db);
    by_number = match_explain(db, "A-0001", &error);
    assert_non_null(by_number);
    assert_non_null(strstr(by_number, "top-up A-0001 (t000000000001), given.csv:1\n"));
    assert_non_null(strstr(by_number, "  card: confirmed, by rule unique-window\n"));
    assert_non_null(strstr(by_number, "    won       card given.csv:1 (c000000000001): 27.50 USD"));
    assert_non_null(strstr(by_number, "\nreceipt 1111-1111 (r000000000001), given.csv:1\n"));
    by_charge = match_explain(db, "c000000000001", &error);
    assert_non_null(by_charge);
    assert_non_null(strstr(by_charge, "    won       top-up A-0001 (t000000000001): "));
    assert_non_null(strstr(by_charge, "  refund given.csv:2 (c000000000002): 27.50 USD came back"));
    assert_null(match_explain(db, "nothing", &error));
    assert_non_null(strstr(error->message, "there is no top-up, receipt or charge \"nothing\"\n"));
}

static void matching_twice_leaves_what_matching_once_left(void **state)
{
    static const char everything[] =
        "select * from (select topup_id, leg, charge_id, state, reason from link order by 1, 2)"
        " union all select count(*), '', '', '', '' from candidate"
        " union all select count(*), '', '', '', '' from exception";
    g_autoptr(Db) db = given_ledger();
    g_autofree char *once = NULL;

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750});
    given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 2750});
    given_charge(db, 2, (struct given_charge){"2026-03-02", NULL, -2750});
    given_matched(db);
    once = given_rows(db, everything);
    given_matched(db);
    assert_rows(db, everything, once);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_charge_whose_date_covers_the_payment_is_confirmed_in_its_zone),
        cmocka_unit_test(a_charge_of_another_sign_card_amount_or_wallet_never_matches),
        cmocka_unit_test(a_failed_void_or_pending_payment_takes_no_charge),
        cmocka_unit_test(
            a_failed_payment_is_an_exception_only_when_no_paid_one_followed_within_a_day),
        cmocka_unit_test(three_attempts_in_ten_minutes_are_one_rapid_retry),
        cmocka_unit_test(a_payment_pending_for_more_than_five_days_is_an_exception),
        cmocka_unit_test(receipts_match_by_invoice_number_then_by_receipt_number),
        cmocka_unit_test(an_equal_number_with_another_amount_is_suggested_and_an_exception),
        cmocka_unit_test(receipts_without_numbers_match_by_amount_and_window_when_unique_both_ways),
        cmocka_unit_test(the_merchants_amount_decides_where_the_card_has_another_currency),
        cmocka_unit_test(
            another_currency_is_converted_at_the_days_rate_within_two_and_a_half_percent),
        cmocka_unit_test(two_currencies_meet_across_a_third),
        cmocka_unit_test(a_date_in_an_unknown_zone_covers_what_it_could_cover_anywhere),
        cmocka_unit_test(a_statement_of_posting_dates_alone_matches_within_five_days_after),
        cmocka_unit_test(a_timed_statement_may_be_an_hour_off_and_not_more),
        cmocka_unit_test(a_burst_on_a_timed_statement_is_told_apart_by_the_minute),
        cmocka_unit_test(what_elimination_leaves_far_apart_on_a_good_clock_is_not_confirmed),
        cmocka_unit_test(on_a_clock_that_nothing_tells_nearness_proves_nothing),
        cmocka_unit_test(a_clock_that_runs_late_is_set_right_by_the_pairs_that_nothing_rivals),
        cmocka_unit_test(equal_payments_and_charges_of_a_day_are_interchangeable_in_order),
        cmocka_unit_test(a_block_whose_swap_would_change_something_is_ambiguous),
        cmocka_unit_test(a_block_over_a_month_end_is_ambiguous),
        cmocka_unit_test(of_unequal_numbers_the_smaller_is_paired_and_the_rest_is_reported),
        cmocka_unit_test(too_few_charges_for_payments_that_name_no_card_are_ambiguous),
        cmocka_unit_test(different_amounts_that_fit_by_rate_stay_ambiguous),
        cmocka_unit_test(an_exact_amount_wins_over_one_that_fits_by_rate),
        cmocka_unit_test(an_exact_amount_that_leaves_a_rival_alone_proves_nothing),
        cmocka_unit_test(an_open_charge_leg_awaits_a_statement_until_one_covers_the_window),
        cmocka_unit_test(a_pending_charge_that_fits_keeps_the_leg_awaiting),
        cmocka_unit_test(
            a_second_equal_charge_within_minutes_is_a_duplicate_and_later_ones_are_not),
        cmocka_unit_test(a_credit_is_linked_to_the_latest_equal_charge_and_never_above_it),
        cmocka_unit_test(a_credit_at_another_days_rate_gives_the_whole_charge_back),
        cmocka_unit_test(a_chargeback_reaches_further_back_than_a_refund),
        cmocka_unit_test(a_reversed_authorization_and_its_reversal_are_left_alone),
        cmocka_unit_test(a_reversal_without_a_recapture_is_a_refund),
        cmocka_unit_test(paid_grants_are_evidence_of_the_month_or_the_month_end_before),
        cmocka_unit_test(the_state_of_a_topup_is_the_weaker_of_its_legs),
        cmocka_unit_test(every_pair_keeps_its_reason_losers_and_near_misses_too),
        cmocka_unit_test(explain_tells_of_a_fact_by_id_number_or_source),
        cmocka_unit_test(matching_twice_leaves_what_matching_once_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
