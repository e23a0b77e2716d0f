/* test_wallet_subscription.c - given charges for ChatGPT, which months two subscriptions share. */
#include "match_given.h"
#include "wallet/wallet.h"

#define WEB    "OPENAI *CHATGPT SUBSCR"
#define GOOGLE "GOOGLE *ChatGPT"
#define APPLE  "APPLE.COM/BILL CHATGPT"

#define DOUBLES                                                                                    \
    "select dated_on, amount_nanos / 10000000, currency, line from exception"                      \
    " where code = 'DUPLICATE_SUBSCRIPTION' order by line"

static Db *ledger(void)
{
    Db *db = given_ledger();

    given_run(db, "with recursive days (number) as (select 20500 union all"
                  " select number + 1 from days where number < 20900)"
                  "insert into calendar select date(number * 86400, 'unixepoch'), number,"
                  " substr(date(number * 86400, 'unixepoch'), 1, 7) from days;"
                  "insert into account values (1, '…1111', '1111', '', '', 'Ann'),"
                  " (2, '…2222', '2222', '', '', 'Ann'), (3, '…3333', '3333', '', '', '')");
    return db;
}

static void wallets(Db *db)
{
    g_autoptr(GError) error = NULL;

    if (!wallet_run(db, &error))
        fail_msg("%s", error->message);
}

/* Charges in the order of their ids; each is a line of the same number. */
static void given_charges(Db *db, const struct given_charge *charges, guint count)
{
    for (guint i = 0; i < count; i++)
        given_charge(db, (int)i + 1, charges[i]);
    given_run(db, "update charge set wallet = 'chatgpt'");
}

#define GIVEN(db, ...)                                                                             \
    do {                                                                                           \
        static const struct given_charge charges[] = {__VA_ARGS__};                                \
        given_charges(db, charges, G_N_ELEMENTS(charges));                                         \
    } while (0)

static void one_subscription_that_renews_is_one(void **state)
{
    g_autoptr(Db) db = ledger();

    (void)state;
    GIVEN(db, {"2026-03-02", NULL, 2000, .descriptor = WEB},
          {"2026-04-01", NULL, 2000, .descriptor = WEB},
          {"2026-05-02", NULL, 2000, .descriptor = WEB},
          {"2026-06-05", NULL, 2000, .descriptor = WEB});
    wallets(db);
    assert_rows(db, DOUBLES, "");
}

static void the_web_and_a_store_in_one_month_are_told_with_both_charges(void **state)
{
    g_autoptr(Db) db = ledger();

    (void)state;
    GIVEN(db, {"2026-03-02", NULL, 2000, .descriptor = WEB},
          {"2026-03-17", NULL, 1999, .account = 2, .descriptor = GOOGLE});
    wallets(db);
    assert_rows(db, DOUBLES, "2026-03-17|1999|USD|2");
    assert_rows(db, "select explanation from exception",
                "19.99 USD on 2026-03-17 (given.csv:2, \"GOOGLE *ChatGPT\", Google's store) and "
                "20.00 USD on 2026-03-02 (given.csv:1, \"OPENAI *CHATGPT SUBSCR\", on the web) are "
                "for the same month: two subscriptions, both paid by Ann.");
    assert_rows(db, "select severity, room, reference, organization_key from exception",
                "warning|wallet|given.csv:c2|-");
}

static void two_equal_subscriptions_are_told_each_month_and_once(void **state)
{
    g_autoptr(Db) db = ledger();

    (void)state;
    GIVEN(db, {"2026-03-02", NULL, 2000, .descriptor = WEB},
          {"2026-03-16", NULL, 2000, .account = 2, .descriptor = WEB},
          {"2026-04-01", NULL, 2000, .descriptor = WEB},
          {"2026-04-15", NULL, 2000, .account = 2, .descriptor = WEB},
          {"2026-05-01", NULL, 2000, .descriptor = WEB});
    wallets(db);
    assert_rows(db, DOUBLES, "2026-03-16|2000|USD|2\n2026-04-15|2000|USD|4");
}

static void the_older_of_three_is_named_for_both_others(void **state)
{
    g_autoptr(Db) db = ledger();

    (void)state;
    GIVEN(db, {"2026-03-02", NULL, 2000, .descriptor = WEB},
          {"2026-03-05", NULL, 2000, .descriptor = WEB},
          {"2026-03-09", NULL, 2000, .descriptor = WEB},
          {"2026-04-01", NULL, 2000, .descriptor = WEB},
          {"2026-04-04", NULL, 2000, .descriptor = WEB},
          {"2026-04-08", NULL, 2000, .descriptor = WEB});
    wallets(db);
    assert_rows(db, DOUBLES,
                "2026-03-05|2000|USD|2\n2026-03-09|2000|USD|3\n"
                "2026-04-04|2000|USD|5\n2026-04-08|2000|USD|6");
    assert_rows(db,
                "select count(*) from exception where explanation like '%on 2026-03-02%'"
                " or explanation like '%on 2026-04-01%'",
                "4");
}

static void a_price_in_the_merchants_currency_is_what_renews(void **state)
{
    g_autoptr(Db) db = ledger();

    (void)state;
    GIVEN(db,
          {"2026-03-02", NULL, 1840, .currency = "EUR", .original_currency = "USD",
           .original_cents = 2000, .descriptor = WEB},
          {"2026-03-16", NULL, 1851, .currency = "EUR", .original_currency = "USD",
           .original_cents = 2000, .descriptor = WEB},
          {"2026-04-01", NULL, 1822, .currency = "EUR", .original_currency = "USD",
           .original_cents = 2000, .descriptor = WEB});
    wallets(db);
    assert_rows(db, DOUBLES, "2026-03-16|1851|EUR|2");
}

/* What is no second subscription, or not known to be one. */
static void what_may_be_right_is_not_told(void **state)
{
    static const struct given_charge cases[][3] = {
        /* Two owners. */
        {{"2026-03-02", NULL, 2000, .descriptor = WEB},
         {"2026-03-16", NULL, 2000, .account = 3, .descriptor = WEB},
         {"2026-04-01", NULL, 2000, .descriptor = WEB}},
        /* Another plan, or what a change of plan costs. */
        {{"2026-03-02", NULL, 2000, .descriptor = WEB},
         {"2026-03-16", NULL, 18065, .descriptor = WEB},
         {"2026-04-01", NULL, 20000, .descriptor = WEB}},
        /* A team's plan on the web and one person's in a store. */
        {{"2026-03-02", NULL, 15000, .descriptor = WEB},
         {"2026-03-16", NULL, 2000, .descriptor = APPLE},
         {"2026-04-01", NULL, 15000, .descriptor = WEB}},
        /* Two seats added to a plan on one day, neither of which renews. */
        {{"2026-03-02", NULL, 6000, .descriptor = WEB},
         {"2026-03-16", NULL, 1475, .descriptor = WEB},
         {"2026-03-16", NULL, 1475, .descriptor = WEB}},
        /* From the web to a store when the month is over. */
        {{"2026-03-02", NULL, 2000, .descriptor = WEB},
         {"2026-04-01", NULL, 2000, .descriptor = GOOGLE},
         {"2026-05-01", NULL, 2000, .descriptor = GOOGLE}},
        /* Another currency, of which no rate is a price. */
        {{"2026-03-02", NULL, 2000, .descriptor = WEB},
         {"2026-03-16", NULL, 2299, .currency = "EUR", .descriptor = GOOGLE},
         {"2026-04-01", NULL, 2000, .descriptor = WEB}},
    };

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Db) db = ledger();

        given_charges(db, cases[i], 3);
        wallets(db);
        assert_rows(db, DOUBLES, "");
    }
}

static void a_month_that_was_given_back_was_not_paid(void **state)
{
    g_autoptr(Db) db = ledger();

    (void)state;
    GIVEN(db, {"2026-03-02", NULL, 2000, .descriptor = WEB},
          {"2026-03-16", NULL, 2000, .descriptor = GOOGLE},
          {"2026-03-20", NULL, -2000, .descriptor = "OPENAI *CHATGPT SUBSCR"});
    wallets(db);
    /* The latest equal charge of the account before the credit is taken for the one given back. */
    assert_rows(db, DOUBLES, "");
}

static void other_wallets_and_pending_charges_are_no_subscription(void **state)
{
    g_autoptr(Db) db = ledger();

    (void)state;
    GIVEN(db, {"2026-03-02", NULL, 2000, .descriptor = WEB},
          {"2026-03-16", NULL, 2000, .descriptor = GOOGLE, .state = "pending"},
          {"2026-03-17", NULL, 2000, .descriptor = "APPLE.COM/BILL"});
    given_run(db, "update charge set wallet = 'unknown' where charge_id = 3");
    wallets(db);
    assert_rows(db, DOUBLES, "");
}

static void running_again_changes_nothing(void **state)
{
    g_autoptr(Db) db = ledger();

    (void)state;
    GIVEN(db, {"2026-03-02", NULL, 2000, .descriptor = WEB},
          {"2026-03-17", NULL, 2000, .descriptor = APPLE});
    wallets(db);
    wallets(db);
    assert_rows(db, DOUBLES, "2026-03-17|2000|USD|2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_subscription_that_renews_is_one),
        cmocka_unit_test(the_web_and_a_store_in_one_month_are_told_with_both_charges),
        cmocka_unit_test(two_equal_subscriptions_are_told_each_month_and_once),
        cmocka_unit_test(the_older_of_three_is_named_for_both_others),
        cmocka_unit_test(a_price_in_the_merchants_currency_is_what_renews),
        cmocka_unit_test(what_may_be_right_is_not_told),
        cmocka_unit_test(a_month_that_was_given_back_was_not_paid),
        cmocka_unit_test(other_wallets_and_pending_charges_are_no_subscription),
        cmocka_unit_test(running_again_changes_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
