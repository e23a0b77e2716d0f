/* test_allocation.c - given what was paid beside usage and what projects cost: who is allocated
 * what. */
#include "core/asset.h"
#include "match_given.h"
#include "wallet/allocation.h"
#include "wallet/wallet.h"

/* org-a with three projects; cost exports cover it from 1 September to 31 October 2026. */
static Db *ledger(void)
{
    Db *db = given_ledger();

    given_run(db, "insert into project values (3, 'proj_a', 'atlas'), (2, 'proj_b', 'beta'),"
                  " (1, 'proj_c', 'ceres');"
                  "insert into project_fact values (3, 1, '', '', 'Ann', '', 'CC-1'),"
                  " (2, 1, '', '', 'Bo', '', 'CC-2'), (1, 1, '', '', 'Bo', '', 'CC-2');"
                  "with recursive days (day) as (select '2026-08-01' union all"
                  " select date(day, '+1 day') from days where day < '2026-12-31')"
                  "insert into calendar select day,"
                  " cast(julianday(day) - 2440587.5 as integer), substr(day, 1, 7) from days;"
                  "insert into coverage values (1, '2026-09-01', '2026-10-31')");
    return db;
}

static void given_cost(Db *db, const char *project, const char *day, int cents)
{
    given_run(db,
              "insert into cost_day values (1, (select project_key from project"
              " where project_id = '%s'), '%s', 'USD', %" G_GINT64_FORMAT ", 0, null, null, 1)",
              project, day, cents * CENT);
}

static void given_extra(Db *db, int topup, const char *cause, const char *nanos,
                        const char *currency, const char *treatment)
{
    given_run(db, "insert into adjustment values (%d, '%s', %s, '%s', '', null, '', '%s', 0)",
              topup, cause, nanos, currency, treatment);
}

/* Top-ups 1 in October, 2 in August, before anything was used, and 3 in November, after. */
static Db *given_topups(void)
{
    Db *db = ledger();

    given_topup(db, 1, (struct given_payment){"2026-10-02T10:00:00Z", 1000});
    given_topup(db, 2, (struct given_payment){"2026-08-02T10:00:00Z", 1000});
    given_topup(db, 3, (struct given_payment){"2026-11-02T10:00:00Z", 1000});
    return db;
}

static void given_expired(Db *db, int grant, int is_free, const char *expires_on, const char *nanos)
{
    given_run(db,
              "insert into credit_grant values (%d, 1, 'USD', 'g%d', 'paid', %d, 0, '2025-10-01',"
              " 0, '%s', 100000000000, null, null, 1, 1)",
              grant, grant, is_free, expires_on);
    given_run(db,
              "insert into grant_balance select 'free-first', %d, 0, 0, %s, 0, 0, 'expired', 0, 0",
              grant, nanos);
}

static void assert_allocated(Db *db, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) check = asset_read("sql/check/extras_are_allocated.sql", &error);

    if (!check || !wallet_run(db, &error))
        fail_msg("%s", error->message);
    assert_rows(db,
                "select policy, month, kind, coalesce(project_id, ''), amount_nanos, currency,"
                " basis from fct_allocations order by policy, month, kind, currency, project_id",
                expected);
    assert_rows(db, g_bytes_get_data(check, NULL), "");
}

static void a_months_extras_are_split_by_its_use_to_the_cent(void **state)
{
    g_autoptr(Db) db = given_topups();

    (void)state;
    given_cost(db, "proj_a", "2026-10-01", 100);
    given_cost(db, "proj_b", "2026-10-15", 100);
    given_cost(db, "proj_c", "2026-10-31", 100);
    given_cost(db, "proj_c", "2026-09-30", 100000);
    given_extra(db, 1, "tax", "1000000000", "USD", "cost");
    given_extra(db, 1, "card-fee", "-20000000", "EUR", "cost");
    assert_allocated(db, "|2026-10|card-fee|proj_a|-10000000|EUR|use of 2026-10\n"
                         "|2026-10|card-fee|proj_b|-10000000|EUR|use of 2026-10\n"
                         "|2026-10|tax|proj_a|340000000|USD|use of 2026-10\n"
                         "|2026-10|tax|proj_b|330000000|USD|use of 2026-10\n"
                         "|2026-10|tax|proj_c|330000000|USD|use of 2026-10");
}

static void cost_without_a_project_has_its_part_and_a_project_below_zero_has_none(void **state)
{
    g_autoptr(Db) db = given_topups();

    (void)state;
    given_cost(db, "proj_a", "2026-10-01", 300);
    given_cost(db, "", "2026-10-01", 100);
    given_cost(db, "proj_b", "2026-10-01", 50);
    given_cost(db, "proj_b", "2026-10-02", -150);
    given_extra(db, 1, "fx-margin", "1000000000", "USD", "cost");
    assert_allocated(db, "|2026-10|fx-margin||250000000|USD|use of 2026-10\n"
                         "|2026-10|fx-margin|proj_a|750000000|USD|use of 2026-10");
}

static void what_is_below_a_cent_goes_to_who_used_most(void **state)
{
    g_autoptr(Db) db = given_topups();

    (void)state;
    given_cost(db, "proj_a", "2026-10-01", 100);
    given_cost(db, "proj_b", "2026-10-01", 200);
    given_extra(db, 1, "fx-margin", "1564000001", "GBP", "cost");
    given_extra(db, 1, "card-fee", "10000000000", "JPY", "cost");
    assert_allocated(db, "|2026-10|card-fee|proj_a|3000000000|JPY|use of 2026-10\n"
                         "|2026-10|card-fee|proj_b|7000000000|JPY|use of 2026-10\n"
                         "|2026-10|fx-margin|proj_a|520000000|GBP|use of 2026-10\n"
                         "|2026-10|fx-margin|proj_b|1044000001|GBP|use of 2026-10");
}

static void tax_that_comes_back_and_what_other_wallets_paid_are_not_allocated(void **state)
{
    g_autoptr(Db) db = given_topups();

    (void)state;
    given_cost(db, "proj_a", "2026-10-01", 100);
    given_run(db, "update topup set wallet = 'chatgpt' where topup_id = 3");
    given_extra(db, 1, "tax", "1000000000", "USD", "recoverable");
    given_extra(db, 1, "tax", "2000000000", "USD", "reverse-charge");
    given_extra(db, 3, "tax", "4000000000", "USD", "cost");
    assert_allocated(db, "");
}

static void a_month_without_use_goes_by_the_days_before_its_end_or_stays(void **state)
{
    g_autoptr(Db) db = given_topups();

    (void)state;
    given_cost(db, "proj_c", "2026-10-03", 900000);
    given_cost(db, "proj_a", "2026-10-04", 100);
    given_cost(db, "proj_b", "2026-10-31", 300);
    given_extra(db, 2, "tax", "1000000000", "USD", "cost");
    given_extra(db, 3, "tax", "1000000000", "USD", "cost");
    assert_allocated(db, "|2026-08|tax||1000000000|USD|unallocated\n"
                         "|2026-11|tax|proj_a|250000000|USD|use of 28 days to 2026-10-31\n"
                         "|2026-11|tax|proj_b|750000000|USD|use of 28 days to 2026-10-31");
    /* A day that is not complete takes no part, so that the 28 reach one further back. */
    given_run(db, "update cost_day set is_provisional = 1 where day = '2026-10-31'");
    assert_allocated(db, "|2026-08|tax||1000000000|USD|unallocated\n"
                         "|2026-11|tax|proj_c|1000000000|USD|use of 28 days to 2026-10-30");
}

static void paid_credit_that_expired_is_allocated_and_free_credit_is_not(void **state)
{
    g_autoptr(Db) db = given_topups();

    (void)state;
    given_cost(db, "proj_a", "2026-10-01", 100);
    given_cost(db, "proj_b", "2026-10-01", 100);
    given_run(db, "insert into cost_day values (1, 1, '2026-10-01', 'EUR', 9000000000000, 0, null,"
                  " null, 1)");
    given_expired(db, 1, 0, "2026-10-20", "3000000001");
    given_expired(db, 2, 0, "2026-10-21", "2010000000");
    given_expired(db, 3, 1, "2026-10-22", "7000000000");
    assert_allocated(db, "free-first|2026-10|expired|proj_a|2510000001|USD|use of 2026-10\n"
                         "free-first|2026-10|expired|proj_b|2500000000|USD|use of 2026-10");
}

/* Laws that hold for any weights: the seed makes them all. */
static void parts_add_up_and_are_whole_cents_but_one(void **state)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(20261127);

    (void)state;
    for (int round = 0; round < 20000; round++) {
        int64_t weights[9], parts[9], sum = 0;
        int64_t nanos = (int64_t)g_rand_int(random) * g_rand_int_range(random, -2000000, 2000000);
        gsize count = (gsize)g_rand_int_range(random, 1, 10), odd = 0;

        for (gsize i = 0; i < count; i++)
            weights[i] = g_rand_boolean(random) ? (int64_t)g_rand_int(random) << 20 : 0;
        weights[g_rand_int_range(random, 0, (gint32)count)] += 1;
        allocation_split(parts, nanos, "USD", weights, count);
        for (gsize i = 0; i < count; i++) {
            sum += parts[i];
            odd += parts[i] % CENT != 0;
            assert_true(weights[i] > 0 || parts[i] == 0);
            assert_true(parts[i] == 0 || (parts[i] < 0) == (nanos < 0));
        }
        assert_int_equal(sum, nanos);
        assert_true(odd <= 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_months_extras_are_split_by_its_use_to_the_cent),
        cmocka_unit_test(cost_without_a_project_has_its_part_and_a_project_below_zero_has_none),
        cmocka_unit_test(what_is_below_a_cent_goes_to_who_used_most),
        cmocka_unit_test(tax_that_comes_back_and_what_other_wallets_paid_are_not_allocated),
        cmocka_unit_test(a_month_without_use_goes_by_the_days_before_its_end_or_stays),
        cmocka_unit_test(paid_credit_that_expired_is_allocated_and_free_credit_is_not),
        cmocka_unit_test(parts_add_up_and_are_whole_cents_but_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
