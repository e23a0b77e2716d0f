/*
 * test_match.c - laws of matching on random months whose truth is known.
 *
 * Two cards: 1 prints purchase dates in New York, 2 prints times in UTC. Few amounts, so that days
 * are crowded; some charges are missing, some doubled, some are another wallet's.
 */
#include "match_given.h"
#include "random.h"

#define ROUNDS   60
#define PAYMENTS 40
#define STEP     420 /* payments of a card stand seven minutes apart at least */

struct payment {
    int64_t at;
    int cents, card;
    gboolean is_missing, is_doubled;
};

struct month {
    struct payment payments[PAYMENTS];
    struct given_charge charges[3 * PAYMENTS];
    int truth[3 * PAYMENTS]; /* the payment behind each charge, or -1 */
    int charge_count;
    char texts[3 * PAYMENTS][2][24];
};

static const char *const last4s[] = {"1111", "2222"};

static void charge_add(struct month *month, int64_t at, int days, int cents, int card, int truth)
{
    static const char *const zones[] = {"America/New_York", "UTC"};
    int i = month->charge_count++;
    char *text = month->texts[i][0], *posted = month->texts[i][1];
    struct civil civil;

    instant_to_civil(&civil, at, zone_find(zones[card], NULL));
    g_snprintf(text, 24, card ? "%04d-%02d-%02dT%02d:%02d:%02d" : "%04d-%02d-%02d", civil.year,
               civil.month, civil.day, civil.hour, civil.minute, civil.second);
    day_format(day_from_civil(civil.year, civil.month, civil.day) + days, posted);
    month->charges[i] = (struct given_charge){.at = text,
                                              .posted = posted,
                                              .cents = cents,
                                              .account = card + 1,
                                              .zone = zones[card],
                                              .last4 = last4s[card]};
    month->truth[i] = truth;
}

static void month_make(struct month *month, struct rng *rng, gboolean clean)
{
    static const int amounts[] = {1000, 2500, 2750};
    int64_t at = INT64_C(1772496000); /* 2026-03-03: no month ends nearby */

    memset(month, 0, sizeof *month);
    for (int i = 0; i < PAYMENTS; i++) {
        at += STEP * (rng_one_in(rng, 2) ? 1 : 1 + rng_below(rng, 150));
        month->payments[i] = (struct payment){
            .at = at,
            .cents = amounts[rng_below(rng, 3)],
            .card = rng_below(rng, 2),
            .is_missing = !clean && rng_one_in(rng, 15),
            .is_doubled = !clean && rng_one_in(rng, 15),
        };
    }
    for (int i = 0; i < PAYMENTS; i++) {
        const struct payment *payment = &month->payments[i];

        if (!payment->is_missing)
            charge_add(month, payment->at + rng_below(rng, 20), rng_below(rng, 4), payment->cents,
                       payment->card, i);
        if (payment->is_doubled && !payment->is_missing)
            charge_add(month, payment->at + 30 + rng_below(rng, 60), rng_below(rng, 4),
                       payment->cents, payment->card, -1);
        if (!clean && rng_one_in(rng, 8)) {
            charge_add(month, payment->at, 1, payment->cents, payment->card, -1);
            month->charges[month->charge_count - 1].descriptor = "OPENAI *CHATGPT SUBSCR";
        }
    }
}

/* Stores the month, its charges in an order that says nothing. */
static Db *month_match(const struct month *month, int rotation)
{
    Db *db = given_ledger();

    given_account(db, 1, last4s[0], "2026-02-01", "2026-04-30");
    given_account(db, 2, last4s[1], "2026-02-01", "2026-04-30");
    for (int i = 0; i < PAYMENTS; i++) {
        const struct payment *payment = &month->payments[i];
        char at[21];

        instant_format(payment->at, at);
        given_topup(db, i + 1,
                    (struct given_payment){
                        .at = at, .cents = payment->cents, .last4 = last4s[payment->card]});
    }
    for (int i = 0; i < month->charge_count; i++) {
        int k = (i + rotation) % month->charge_count;

        given_charge(db, k + 1, month->charges[k]);
    }
    given_matched(db);
    return db;
}

/* Equal payments of one card on one printed day: nothing tells them apart. */
static gboolean same_group(const struct month *month, int payment, int charge)
{
    struct civil civil;
    char day[16];

    instant_to_civil(&civil, month->payments[payment].at, zone_find("America/New_York", NULL));
    g_snprintf(day, sizeof day, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
    return g_str_equal(month->charges[charge].at, day);
}

static void sure_pairs_are_right(Db *db, const struct month *month, gboolean clean)
{
    Statement *rows = statement_new(db, "given",
                                    "select topup_id, charge_id, state from link where leg = 'card'"
                                    " and state in ('confirmed', 'interchangeable')",
                                    NULL);
    int sure = 0;

    while (statement_step(rows, NULL) == ROW) {
        int payment = (int)statement_int(rows, 0) - 1, charge = (int)statement_int(rows, 1) - 1;
        const struct payment *paid = &month->payments[payment];
        gboolean own = month->truth[charge] == payment;

        sure++;
        assert_int_equal(month->charges[charge].cents, paid->cents);
        assert_int_equal(month->charges[charge].account, paid->card + 1);
        assert_null(month->charges[charge].descriptor);
        if (paid->card == 0)
            assert_true(same_group(month, payment, charge));
        if (clean && g_str_equal(statement_text(rows, 2), "confirmed"))
            assert_true(own);
        if (clean && paid->card == 1)
            assert_true(own);
    }
    statement_free(rows);
    if (clean)
        assert_int_equal(sure, PAYMENTS);
}

static void a_clean_month_is_paired_whole_and_right(void **state)
{
    struct rng rng = rng_new();

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct month month;
        g_autoptr(Db) db = NULL;

        month_make(&month, &rng, TRUE);
        db = month_match(&month, 0);
        sure_pairs_are_right(db, &month, TRUE);
        assert_rows(db, "select code from exception where code <> 'NO_RECEIPT'", "");
    }
}

static void a_dirty_month_never_pairs_across_cards_days_amounts_or_wallets(void **state)
{
    struct rng rng = rng_new();

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct month month;
        g_autoptr(Db) db = NULL;

        month_make(&month, &rng, FALSE);
        db = month_match(&month, 0);
        sure_pairs_are_right(db, &month, FALSE);
        assert_rows(db,
                    "select charge_id from link where state in ('confirmed', 'interchangeable')"
                    " group by charge_id having count(*) > 1",
                    "");
    }
}

static void every_charge_and_payment_is_accounted_for(void **state)
{
    struct rng rng = rng_new();

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct month month;
        g_autoptr(Db) db = NULL;

        month_make(&month, &rng, FALSE);
        db = month_match(&month, 0);
        /* A charge is a sure one, one of an undecided group, or an exception … */
        assert_rows(db,
                    "select charge.charge_id from charge where wallet = 'api' and charge_id not in"
                    " (select charge_id from link where charge_id is not null) and line not in"
                    " (select line from exception where code in"
                    " ('DUPLICATE_CHARGE', 'NO_TOPUP_FOR_CHARGE')) and charge_id not in"
                    " (select charge_id from candidate where verdict = 'undecided')",
                    "");
        /* … and a payment a sure pair, an undecided one, or an exception. */
        assert_rows(db,
                    "select topup.topup_id from topup where topup_id not in"
                    " (select topup_id from link where leg = 'card') and line not in"
                    " (select line from exception where code = 'NO_CARD_CHARGE')",
                    "");
    }
}

static void the_order_of_rows_changes_nothing(void **state)
{
    static const char everything[] =
        "select * from (select topup_id, leg, charge_id, state, rule, reason from link"
        " order by 1, 2) union all"
        " select * from (select topup_id, leg, charge_id, verdict, '', reason from candidate"
        " order by rowid) union all"
        " select * from (select code, reference, line, dated_on, amount_nanos, explanation"
        " from exception order by rowid)";
    struct rng rng = rng_new();

    (void)state;
    for (int round = 0; round < ROUNDS / 4; round++) {
        struct month month;
        g_autoptr(Db) one = NULL;
        g_autoptr(Db) other = NULL;
        g_autofree char *expected = NULL;

        month_make(&month, &rng, FALSE);
        one = month_match(&month, 0);
        other = month_match(&month, 1 + rng_below(&rng, month.charge_count - 1));
        expected = given_rows(one, everything);
        assert_rows(other, everything, expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clean_month_is_paired_whole_and_right),
        cmocka_unit_test(a_dirty_month_never_pairs_across_cards_days_amounts_or_wallets),
        cmocka_unit_test(every_charge_and_payment_is_accounted_for),
        cmocka_unit_test(the_order_of_rows_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
