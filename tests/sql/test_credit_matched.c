/* test_credit_matched.c - given payments that were matched first, credit says exactly this. */
#include "credit/credit.h"
#include "match_given.h"

/* Both organizations prepay, and cost covers days of March 2026. */
static Db *given_covered(const char *from_on, const char *until_on)
{
    Db *db = given_ledger();

    given_run(db,
              "insert into organization_fact (organization_key, billing_mode, first_on, cost_from,"
              " cost_until) select organization_key, 'prepaid', '%s', '%s', '%s'"
              " from organization",
              from_on, from_on, until_on);
    given_run(db, "with recursive days (number) as (select 20400 union all select number + 1"
                  " from days where number < 21000) insert into calendar"
                  " select date(number * 86400, 'unixepoch'), number,"
                  " substr(date(number * 86400, 'unixepoch'), 1, 7) from days");
    return db;
}

static void given_cost(Db *db, const char *day, int cents)
{
    given_run(db,
              "insert into cost_day values (1, null, '%s', 'USD', %" G_GINT64_FORMAT
              ", 0, null, null, 1)",
              day, cents * CENT);
}

static void given_grant(Db *db, int id, const char *kind, const char *at, const char *until,
                        int cents)
{
    g_autofree char *expires_at = g_strdup("null");

    if (until) {
        g_free(expires_at);
        expires_at = g_strdup_printf("%" G_GINT64_FORMAT, given_interval(until, "UTC").from);
    }
    given_run(
        db,
        "insert into grant_fact values (%d, 'g%012d', 1, %d, 1, 'grant-%d', '%s', %" G_GINT64_FORMAT
        ", '%.10s', %s, %" G_GINT64_FORMAT ", 'USD')",
        id, id, id, id, kind, given_interval(at, "UTC").from, at, expires_at, cents * CENT);
}

static void given_burned(Db *db)
{
    g_autoptr(GError) error = NULL;

    given_matched(db);
    if (!credit_run(db, &error))
        fail_msg("%s", error->message);
}

static void a_refund_on_the_card_tells_what_its_grant_has_left(void **state)
{
    static const char expected[] =
        "50.00 USD came back on 2026-03-04 for the charge of 50.00 USD on 2026-03-01 "
        "(given.csv:1), top-up A-0001: credit of 50.00 USD is at risk of being withdrawn. Its "
        "grant has 38.00 USD left.";
    g_autoptr(Db) db = given_covered("2026-03-01", "2026-03-05");
    g_autoptr(GError) error = NULL;

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-01T10:00:00Z", 5000, .invoice = "A-0001"});
    given_charge(db, 1, (struct given_charge){"2026-03-01", NULL, 5000});
    given_charge(db, 2, (struct given_charge){"2026-03-04", NULL, -5000});
    given_cost(db, "2026-03-02", 1200);
    given_burned(db);
    if (!match_weigh_refunds(db, &error))
        fail_msg("%s", error->message);
    assert_rows(db, "select explanation from exception where code = 'REFUND'", expected);
    assert_rows(db, "select reason from refund_link", expected);
}

static void a_payment_of_another_wallet_is_no_api_credit(void **state)
{
    g_autoptr(Db) db = given_covered("2026-03-01", "2026-03-05");

    (void)state;
    given_topup(db, 1, (struct given_payment){"2026-03-01T10:00:00Z", 5000, .invoice = "A-0001"});
    given_topup(db, 2,
                (struct given_payment){"2026-03-02T10:00:00Z", 2000, .invoice = "A-0002",
                                       .description = "ChatGPT Plus Subscription"});
    given_topup(db, 3,
                (struct given_payment){"2026-03-03T10:00:00Z", 4000, .invoice = "A-0003",
                                       .description = "Codex credits"});
    given_cost(db, "2026-03-04", 100);
    given_burned(db);
    assert_rows(db, "select reference, face_nanos / 10000000 from credit_grant", "A-0001|5000");
    assert_rows(db,
                "select paid_nanos / 10000000 from balance_day where policy = 'free-first'"
                " and day = '2026-03-05'",
                "4900");
}

static void a_payment_of_another_wallet_needs_no_paid_grant_and_takes_none(void **state)
{
    g_autoptr(Db) db = given_covered("2026-03-01", "2026-03-05");

    (void)state;
    given_topup(db, 1,
                (struct given_payment){"2026-03-01T10:00:00Z", 2000, .invoice = "A-0001",
                                       .description = "ChatGPT Plus Subscription"});
    given_topup(db, 2, (struct given_payment){"2026-03-02T10:00:00Z", 2000, .invoice = "A-0002"});
    given_grant(db, 1, "paid", "2026-03-01T00:00:00Z", NULL, 2000);
    given_burned(db);
    assert_rows(db, "select code from exception where code like '%GRANT%'", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refund_on_the_card_tells_what_its_grant_has_left),
        cmocka_unit_test(a_payment_of_another_wallet_is_no_api_credit),
        cmocka_unit_test(a_payment_of_another_wallet_needs_no_paid_grant_and_takes_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
