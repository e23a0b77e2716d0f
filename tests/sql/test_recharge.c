/* test_recharge.c - given purchases and settings, the audit of recharges and the advice say this.
 */
#include "credit/credit.h"
#include "credit_given.h"

#define MONTHS                                                                                     \
    "select month, automatic_count, automatic_nanos / 10000000, manual_count,"                     \
    " manual_nanos / 10000000, unstated_count, unstated_nanos / 10000000, cap_nanos / 10000000,"   \
    " cap_state from recharge_month order by month"
#define THRESHOLDS                                                                                 \
    "select month, threshold_nanos / 10000000, threshold_basis, suspect_count,"                    \
    " suspect_nanos / 10000000 from recharge_month order by month"

/* A purchase of a kind: 'auto', 'manual' or ''. */
static void given_purchase(Db *db, int id, int day, int hour, int cents, const char *kind)
{
    given_topup(db, id, at(day, hour), cents, "paid");
    runf(db, "update topup set kind = '%s' where topup_id = %d", kind, id);
}

/* from and until: days or null; cap: cents or null. */
static void given_setting(Db *db, int file, int line, const char *from, const char *until,
                          int threshold, int amount, const char *cap)
{
    runf(db,
         "insert into recharge_row values (%d, %d, 1, %s, %s, %" G_GINT64_FORMAT
         ", %" G_GINT64_FORMAT ", null, %s * 10000000, 'USD')",
         file, line, from, until, threshold * CENT, amount * CENT, cap);
}

static void a_months_purchases_are_counted_by_kind(void **state)
{
    g_autoptr(Db) db = given_ledger(40);

    (void)state;
    given_purchase(db, 1, 0, 9, 1000, "manual");
    given_purchase(db, 2, 3, 9, 500, "auto");
    given_purchase(db, 3, 30, 23, 500, "auto");
    given_purchase(db, 4, 31, 0, 700, "");
    given_topup(db, 5, at(32, 9), 400, "failed");
    given_grant(db, 6, "free", 5, 50, 100);
    derive(db, credit_run);
    assert_rows(db, MONTHS, "2026-01|2|1000|1|1000|0|0|-|\n2026-02|0|0|0|0|1|700|-|");
}

static void a_cap_is_held_against_recharges_and_against_all_purchases(void **state)
{
    g_autoptr(Db) db = given_ledger(59);

    (void)state;
    given_setting(db, 1, 2, "null", "null", 500, 2500, "6000");
    given_purchase(db, 1, 1, 9, 2500, "auto");
    given_purchase(db, 2, 2, 9, 2000, "manual");
    given_purchase(db, 3, 3, 9, 2500, "auto");
    given_purchase(db, 4, 20, 9, 9000, "manual"); /* no recharge follows it */
    for (int i = 5; i < 8; i++)
        given_purchase(db, i, 27 + i, 9, 2500, "auto");
    derive(db, credit_run);
    assert_rows(db, MONTHS,
                "2026-01|2|5000|2|11000|0|0|6000|broken with manual\n"
                "2026-02|3|7500|0|0|0|0|6000|broken");
    assert_rows(db,
                "select severity, dated_on, amount_nanos / 10000000, reference, line, explanation"
                " from exception where code = 'RECHARGE_CAP' order by dated_on",
                "info|2026-01-04|1000|INV-0003|3|The automatic recharges of 50.00 USD in 2026-01 "
                "keep the cap of 60.00; with the other purchases it is 160.00, and INV-0003 of "
                "2026-01-04 came 10.00 above the cap. Whether purchases by hand count toward it is "
                "not published.\n"
                "error|2026-02-04|1500|INV-0007|7|The automatic recharges of 75.00 USD in 2026-02 "
                "broke the cap of 60.00 by 15.00, from INV-0007 of 2026-02-04 on.");
}

static void settings_hold_on_their_days_and_the_newest_file_has_them_all(void **state)
{
    g_autoptr(Db) db = given_ledger(59);

    (void)state;
    given_file(db, 2, "old.csv", "recharge", "as_of = '2026-01-01'");
    given_file(db, 3, "new.csv", "recharge", "as_of = '2026-01-02'");
    given_setting(db, 2, 2, "null", "null", 100, 500, "100");
    given_setting(db, 3, 2, "'2026-01-01'", "'2026-01-20'", 300, 500, "600");
    given_setting(db, 3, 3, "'2026-01-10'", "'2026-01-31'", 400, 500, "null");
    given_purchase(db, 1, 5, 9, 500, "auto");
    given_purchase(db, 2, 6, 9, 500, "auto");
    given_purchase(db, 3, 12, 9, 500, "auto"); /* of two settings the later; it has no cap */
    given_purchase(db, 4, 35, 9, 500, "auto"); /* none holds any more */
    derive(db, credit_run);
    assert_rows(db, MONTHS, "2026-01|3|1500|0|0|0|0|600|broken\n2026-02|1|500|0|0|0|0|-|");
    assert_rows(db, "select amount_nanos / 10000000 from exception where code = 'RECHARGE_CAP'",
                "400");
    run(db, "update recharge_row set currency = 'EUR'");
    derive(db, credit_run);
    assert_rows(db, MONTHS, "2026-01|3|1500|0|0|0|0|-|\n2026-02|1|500|0|0|0|0|-|");
}

static void a_recharge_above_every_stated_threshold_is_suspect(void **state)
{
    g_autoptr(Db) db = given_ledger(30);

    (void)state;
    given_setting(db, 1, 2, "'2026-01-03'", "'2026-01-05'", 900, 500, "null");
    given_setting(db, 1, 3, "'2026-01-06'", "null", 400, 500, "null");
    given_purchase(db, 1, 0, 9, 500, "manual");
    given_cost(db, 1, 7, 200);
    given_purchase(db, 2, 7, 9, 500, "auto");  /* 8.00 to 10.00 before it: may be 9.00 */
    given_purchase(db, 3, 7, 10, 500, "auto"); /* 13.00 to 15.00: above all of them */
    given_purchase(db, 4, 1, 10, 500, "auto"); /* no setting yet, nothing to infer from */
    derive(db, credit_run);
    assert_rows(db, THRESHOLDS, "2026-01|400|stated|1|500");
    assert_rows(db, "select explanation from recharge_month",
                "INV-0003 came while 13.00 at least stood, above the threshold of 9.00.");
}

static void a_threshold_that_nobody_states_is_inferred_from_three_recharges(void **state)
{
    g_autoptr(Db) db = given_ledger(40);

    (void)state;
    given_purchase(db, 1, 0, 9, 1000, "manual");
    for (int i = 0; i < 4; i++) { /* 10.00, less 7.00 a day, recharged at 3.00 the day after */
        given_cost(db, 1, 4 * i, 700);
        given_purchase(db, 2 + i, 4 * i + 1, 9, 700, "auto");
    }
    given_purchase(db, 6, 20, 9, 700, "auto"); /* at 10.00 */
    derive(db, credit_run);
    assert_rows(db, THRESHOLDS, "2026-01|300|inferred|1|700");
    assert_rows(db, "select explanation from recharge_month",
                "INV-0006 came while 10.00 at least stood, above all that any recharge before it "
                "found, at most 3.00.");
    run(db, "update topup set status = 'void' where topup_id in (4, 5)"); /* only two are left
                                                                             before it */
    derive(db, credit_run);
    assert_rows(db, "select suspect_count from recharge_month", "0");
}

static void use_that_may_have_come_before_a_recharge_clears_it(void **state)
{
    g_autoptr(Db) db = given_ledger(40);

    (void)state;
    given_setting(db, 1, 2, "null", "null", 300, 500, "null");
    given_purchase(db, 1, 0, 9, 1000, "manual");
    given_cost(db, 1, 3, 700);
    given_purchase(db, 2, 3, 9, 500, "auto");
    derive(db, credit_run);
    assert_rows(db, "select suspect_count from recharge_month", "0");
    run(db, "update cost_day set cost_nanos = cost_nanos - 1");
    derive(db, credit_run);
    assert_rows(db, "select suspect_count from recharge_month", "1");
}

static void a_recharge_of_an_unknown_hour_is_not_judged(void **state)
{
    g_autoptr(Db) db = given_ledger(40);

    (void)state;
    given_setting(db, 1, 2, "null", "null", 300, 500, "null");
    given_purchase(db, 1, 0, 9, 1000, "manual");
    given_purchase(db, 2, 3, 9, 500, "auto");
    runf(db,
         "update topup set paid_is_date = 1, paid_from = %" G_GINT64_FORMAT
         ", paid_until = %" G_GINT64_FORMAT " where topup_id = 2",
         at(3, 0), at(4, 0));
    derive(db, credit_run);
    assert_rows(db, "select automatic_count, suspect_count from recharge_month", "1|0");
}

static void advice_begins_with_the_current_settings(void **state)
{
    g_autoptr(Db) db = given_ledger(40);

    (void)state;
    given_purchase(db, 1, 0, 9, 2000, "manual");
    for (int day = 0; day < 40; day++)
        given_cost(db, 1, day, 200);
    run(db, "update cost_day set is_provisional = 1 where day >= '2026-02-08'");
    derive(db, credit_run);
    assert_rows(db, "select count(*) from recharge_choice", "0"); /* nothing stated, nothing seen */
    given_setting(db, 1, 2, "null", "null", 500, 1000, "3000");
    derive(db, credit_run);
    /* 38 days of 2.00. The cap keeps January's fourth recharge back: each day from the 25th to
     * 1 February brings the balance to zero or below. */
    assert_rows(db,
                "select position, threshold_nanos / 10000000, threshold_basis,"
                " amount_nanos / 10000000, amount_basis, cap_nanos / 10000000, is_current,"
                " payment_count, payments_per_month, stop_out_count, capped_count,"
                " closing_nanos / 10000000, from_on, until_on, day_count"
                " from recharge_choice where position <= 3 order by position",
                "1|500|stated|1000|stated|3000|1|6|4.7|8|10|400|2026-01-01|2026-02-07|38\n"
                "2|500|stated|1000|stated|-|0|7|5.5|0|0|1400|2026-01-01|2026-02-07|38\n"
                "3|500|stated|1500|7 days of use|3000|0|4|3.2|8|10|400|2026-01-01|2026-02-07|38");
    assert_rows(db,
                "select distinct threshold_nanos / 10000000, threshold_basis from recharge_choice"
                " order by 1",
                "500|stated\n1000|3 days of use\n1500|7 days of use");
    assert_rows(db,
                "select distinct amount_nanos / 10000000, amount_basis from recharge_choice"
                " order by 1",
                "1000|stated\n1500|7 days of use\n3000|14 days of use\n6000|30 days of use");
    assert_rows(db,
                "select count(*) from recharge_choice where closing_nanos <> opening_nanos"
                " + recorded_nanos + payment_nanos - usage_nanos - expired_nanos"
                " + adjustment_nanos",
                "0");
    assert_rows(db,
                "select verdict from fct_recharge_choices where position <= 3 order by position",
                "current\nfewer stops\nfewer payments");
}

static void what_recharges_show_is_current_where_no_table_states_it(void **state)
{
    g_autoptr(Db) db = given_ledger(20);

    (void)state;
    given_purchase(db, 1, 0, 9, 1000, "manual");
    for (int i = 0; i < 3; i++) {
        given_cost(db, 1, 4 * i, 700);
        given_purchase(db, 2 + i, 4 * i + 1, 9, 700, "auto");
    }
    derive(db, credit_run);
    assert_rows(db,
                "select threshold_nanos / 10000000, threshold_basis, amount_nanos / 10000000,"
                " amount_basis, cap_nanos, payment_count, recorded_nanos / 10000000,"
                " closing_nanos / 10000000 from recharge_choice where position = 1",
                "300|inferred|700|inferred|-|3|1000|1000");
}

static void settings_up_to_a_target_are_simulated_as_such(void **state)
{
    g_autoptr(Db) db = given_ledger(3);

    (void)state;
    run(db, "insert into recharge_row values (1, 2, 1, null, null, 100 * 10000000, null,"
            " 900 * 10000000, null, 'USD')");
    given_purchase(db, 1, 0, 9, 400, "manual");
    given_cost(db, 1, 1, 300);
    derive(db, credit_run);
    assert_rows(db,
                "select amount_nanos, target_nanos / 10000000, payment_count,"
                " payment_nanos / 10000000, closing_nanos / 10000000 from recharge_choice"
                " where position = 1",
                "-|900|1|800|900");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_months_purchases_are_counted_by_kind),
        cmocka_unit_test(a_cap_is_held_against_recharges_and_against_all_purchases),
        cmocka_unit_test(settings_hold_on_their_days_and_the_newest_file_has_them_all),
        cmocka_unit_test(a_recharge_above_every_stated_threshold_is_suspect),
        cmocka_unit_test(a_threshold_that_nobody_states_is_inferred_from_three_recharges),
        cmocka_unit_test(use_that_may_have_come_before_a_recharge_clears_it),
        cmocka_unit_test(a_recharge_of_an_unknown_hour_is_not_judged),
        cmocka_unit_test(advice_begins_with_the_current_settings),
        cmocka_unit_test(what_recharges_show_is_current_where_no_table_states_it),
        cmocka_unit_test(settings_up_to_a_target_are_simulated_as_such),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
