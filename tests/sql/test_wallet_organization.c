/* test_wallet_organization.c - given balances, which top-ups went to the wrong organization. */
#include "match_given.h"
#include "wallet/wallet.h"

/* Day 100 of the ledger is 2026-04-11, the day of payment; cost covers days 0 to 200. */
#define PAID_DAY 100

static Db *ledger(void)
{
    Db *db = given_ledger();

    given_run(db, "with recursive days (number) as (select 20454 union all"
                  " select number + 1 from days where number < 20754)"
                  "insert into calendar select date(number * 86400, 'unixepoch'), number,"
                  " substr(date(number * 86400, 'unixepoch'), 1, 7) from days;"
                  "insert into organization_fact (organization_key, billing_mode, first_on,"
                  " cost_from, cost_until) values"
                  " (1, 'prepaid', '2026-01-01', '2026-01-01', '2026-07-20'),"
                  " (2, 'prepaid', '2026-01-01', '2026-01-01', '2026-07-20');"
                  "insert into account values (1, '…1234', '1234', '', '', '')");
    return db;
}

/* Days from .. until of an organization: its balance and what it used each day, in units. */
static void given_days(Db *db, int organization, int from, int until, int balance, int usage)
{
    given_run(
        db,
        "insert or replace into balance_day select 'free-first', %d, 'USD', day,"
        " max(%d, 0) * 1000000000, 0, max(0 - (%d), 0) * 1000000000, 0, 0, %d * 1000000000, 0, 0,"
        " 0 from calendar where day_number between 20454 + %d and 20454 + %d",
        organization, balance, balance, usage, from, until);
}

/* org-a idle with 80.00; org-b at -3.00 from day 99 to day 108, after using 10.00 a day. */
static Db *given_wrong(void)
{
    Db *db = ledger();

    given_topup(db, 1,
                (struct given_payment){"2026-04-11T10:00:00Z", 5500, 500, .last4 = "1234",
                                       .invoice = "AAAAAAAA-0004"});
    given_topup(db, 2,
                (struct given_payment){"2026-02-01T10:00:00Z", 5500, 500, 2, .last4 = "1234",
                                       .invoice = "BBBBBBBB-0001"});
    given_run(db, "update topup set wallet = 'api'");
    given_days(db, 1, 0, PAID_DAY - 1, 80, 0);
    given_days(db, 1, PAID_DAY, 200, 130, 0);
    given_days(db, 2, 0, PAID_DAY - 2, 50, 10);
    given_days(db, 2, PAID_DAY - 1, PAID_DAY + 8, -3, 0);
    given_days(db, 2, PAID_DAY + 9, 200, 90, 1);
    return db;
}

static void wallets(Db *db)
{
    g_autoptr(GError) error = NULL;

    if (!wallet_run(db, &error))
        fail_msg("%s", error->message);
}

#define WRONG                                                                                      \
    "select code, severity, organization_key, dated_on, amount_nanos / 10000000, currency,"        \
    " reference, line from exception"

static void a_topup_that_the_other_organization_lacked_is_told_with_its_evidence(void **state)
{
    g_autoptr(Db) db = given_wrong();

    (void)state;
    wallets(db);
    assert_rows(db, WRONG, "WRONG_ORGANIZATION|warning|1|2026-04-11|5000|USD|AAAAAAAA-0004|1");
    assert_rows(db, "select explanation from exception",
                "50.00 USD of credit went to org-a on 2026-04-11, paid by card 1234, which also "
                "pays org-b. org-a used nothing from 2026-03-14 to 2026-04-25 and had 80.00 USD "
                "before; org-b stood at -3.00 USD that day, not above zero from 2026-04-10 to "
                "2026-04-19, after using 260.00 USD in the 28 days up to it, and used 6.00 USD in "
                "the 14 days after.");
}

static void one_that_still_stands_has_no_end(void **state)
{
    g_autoptr(Db) db = given_wrong();

    (void)state;
    given_days(db, 2, PAID_DAY + 9, 200, -3, 0);
    wallets(db);
    assert_rows(db,
                "select explanation like '%not above zero since 2026-04-10, after%' from exception",
                "1");
}

static void an_owners_other_card_pays_too(void **state)
{
    g_autoptr(Db) db = given_wrong();

    (void)state;
    given_run(db, "update topup set card_last4 = '9999' where topup_id = 2;"
                  "insert into account values (2, '…9999', '9999', '', '', 'Ann');"
                  "update account set owner = 'Ann'");
    wallets(db);
    assert_rows(db, "select explanation like '%, paid by a card of Ann, which%' from exception",
                "1");
}

static void a_card_is_known_from_the_charge_too(void **state)
{
    g_autoptr(Db) db = given_wrong();

    (void)state;
    given_charge(db, 1, (struct given_charge){"2026-04-11", NULL, 5500, .last4 = "1234"});
    given_run(db, "update topup set card_last4 = '' where topup_id = 1;"
                  "insert into link values (1, 'card', null, 1, 'confirmed', '', '', 0)");
    wallets(db);
    assert_rows(db, "select count(*) from exception", "1");
    given_run(db, "update link set state = 'suggested'");
    wallets(db);
    assert_rows(db, "select count(*) from exception", "0");
}

/* Each is one change that makes the payment right, or not known to be wrong. */
static void what_may_be_right_is_not_told(void **state)
{
    static const char *const changes[] = {
        /* The organization that was funded used something before, or after. */
        "insert into cost_day values (1, null, '2026-03-20', 'USD', 1, 0, null, null, 1)",
        "insert into cost_day values (1, null, '2026-04-25', 'USD', 1, 0, null, null, 1)",
        /* It is billed by invoice, and this paid one. */
        "insert into invoiced_day values (1, '2026-04-11')",
        /* What it used afterwards is not known yet. */
        "update organization_fact set cost_until = '2026-04-24'",
        "update organization_fact set cost_from = '2026-04-12'",
        /* Another card, and none. */
        "update topup set card_last4 = '9999' where topup_id = 2",
        "update topup set card_last4 = '' where topup_id = 1",
        /* Not paid, or another wallet's. */
        "update topup set status = 'failed' where topup_id = 1",
        "update topup set status = 'refunded' where topup_id = 1",
        "update topup set wallet = 'chatgpt' where topup_id = 1",
        /* The other's own recharge came on the next day. */
        "update balance_day set paid_nanos = 1, overdraft_nanos = 0 where organization_key = 2"
        " and day = '2026-04-13'",
        /* The other had not used anything for a month: it was left, not cut off. */
        "update balance_day set usage_nanos = 0 where organization_key = 2",
        /* The other's credit is in another currency. */
        "update balance_day set currency = 'EUR' where organization_key = 2",
    };

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(changes); i++) {
        g_autoptr(Db) db = given_wrong();

        given_run(db, "%s", changes[i]);
        wallets(db);
        assert_rows(db, WRONG, "");
    }
}

static void of_several_the_one_that_was_shortest_is_named_once(void **state)
{
    g_autoptr(Db) db = given_wrong();

    (void)state;
    given_run(db, "insert into organization values (3, 'org-c', 'C');"
                  "insert into organization_fact (organization_key, billing_mode, first_on,"
                  " cost_from, cost_until)"
                  " values (3, 'prepaid', '2026-01-01', '2026-01-01', '2026-07-20')");
    given_topup(db, 3,
                (struct given_payment){"2026-02-02T10:00:00Z", 5500, 500, 3, .last4 = "1234"});
    given_days(db, 3, 0, PAID_DAY - 2, 50, 10);
    given_days(db, 3, PAID_DAY - 1, 200, -7, 0);
    wallets(db);
    assert_rows(db, "select count(*), min(explanation like '%pays org-c.%') from exception", "1|1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_topup_that_the_other_organization_lacked_is_told_with_its_evidence),
        cmocka_unit_test(one_that_still_stands_has_no_end),
        cmocka_unit_test(an_owners_other_card_pays_too),
        cmocka_unit_test(a_card_is_known_from_the_charge_too),
        cmocka_unit_test(what_may_be_right_is_not_told),
        cmocka_unit_test(of_several_the_one_that_was_shortest_is_named_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
