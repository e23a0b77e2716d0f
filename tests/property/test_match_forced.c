/*
 * test_match_forced.c - what matching confirms of small crowded weeks, against all pairings there
 * are.
 *
 * One card, whose statement prints posting dates alone: each payment may be posted within five
 * days. Two amounts, so that days are crowded; some charges are missing, some are nobody's.
 */
#include "match_given.h"
#include "random.h"

#define ROUNDS   60
#define SIDE_MAX 6

struct week {
    int payment_count, charge_count;
    int hours[SIDE_MAX], days[SIDE_MAX]; /* of payments since 2 March; of charges likewise */
    int payment_cents[SIDE_MAX], charge_cents[SIDE_MAX];
};

static void week_make(struct week *week, struct rng *rng)
{
    static const int cents[] = {1000, 2500};

    memset(week, 0, sizeof *week);
    week->payment_count = 1 + rng_below(rng, SIDE_MAX);
    for (int i = 0; i < week->payment_count; i++) {
        week->hours[i] = rng_below(rng, 12 * 24);
        week->payment_cents[i] = cents[rng_one_in(rng, 4)];
        if (rng_one_in(rng, 8))
            continue;
        week->days[week->charge_count] = week->hours[i] / 24 + rng_below(rng, 6);
        week->charge_cents[week->charge_count++] = week->payment_cents[i];
    }
    if (rng_one_in(rng, 4) && week->charge_count < SIDE_MAX) {
        week->days[week->charge_count] = rng_below(rng, 16);
        week->charge_cents[week->charge_count++] = cents[rng_below(rng, 2)];
    }
}

static void day_text(char text[11], int days)
{
    day_format(day_from_civil(2026, 3, 2) + days, text);
}

static Db *week_match(const struct week *week, int rotation)
{
    Db *db = given_ledger();

    given_account(db, 1, "1234", "2026-02-01", "2026-04-30");
    for (int k = 0; k < week->payment_count; k++) {
        int i = (k + rotation) % week->payment_count;
        char day[11], at[21];

        day_text(day, week->hours[i] / 24);
        g_snprintf(at, sizeof at, "%sT%02d:00:00Z", day, week->hours[i] % 24);
        given_topup(db, i + 1, (struct given_payment){at, week->payment_cents[i], .last4 = "1234"});
    }
    for (int k = 0; k < week->charge_count; k++) {
        int i = (k + rotation) % week->charge_count;
        char day[11];

        day_text(day, week->days[i]);
        given_charge(db, i + 1,
                     (struct given_charge){day, NULL, week->charge_cents[i], .last4 = "1234",
                                           .posting_only = TRUE});
    }
    given_matched(db);
    return db;
}

static gboolean fits(const struct week *week, int payment, int charge)
{
    int behind = week->days[charge] * 24 - week->hours[payment];

    return week->payment_cents[payment] == week->charge_cents[charge] && behind > -24 &&
           behind <= 5 * 24;
}

struct tried {
    int most, count;             /* pairs at most, and in how many ways */
    int has[SIDE_MAX][SIDE_MAX]; /* of those, the ones that have this pair */
    int chosen[SIDE_MAX];        /* by payment: its charge, or -1 */
};

static void pairings_try(const struct week *week, int payment, int taken, int pairs,
                         struct tried *tried)
{
    if (payment == week->payment_count) {
        if (pairs < tried->most)
            return;
        if (pairs > tried->most) {
            tried->most = pairs;
            tried->count = 0;
            memset(tried->has, 0, sizeof tried->has);
        }
        tried->count++;
        for (int i = 0; i < week->payment_count; i++)
            if (tried->chosen[i] >= 0)
                tried->has[i][tried->chosen[i]]++;
        return;
    }
    tried->chosen[payment] = -1;
    pairings_try(week, payment + 1, taken, pairs, tried);
    for (int charge = 0; charge < week->charge_count; charge++)
        if (!(taken >> charge & 1) && fits(week, payment, charge)) {
            tried->chosen[payment] = charge;
            pairings_try(week, payment + 1, taken | 1 << charge, pairs + 1, tried);
        }
    tried->chosen[payment] = -1;
}

static void what_is_confirmed_is_in_every_largest_pairing(void **state)
{
    struct rng rng = rng_new();
    int confirmed = 0, forced = 0;

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct week week;
        struct tried tried = {0};
        g_autoptr(Db) db = NULL;
        Statement *rows;

        week_make(&week, &rng);
        pairings_try(&week, 0, 0, 0, &tried);
        db = week_match(&week, 0);
        rows = statement_new(db, "given",
                             "select topup_id, charge_id, rule from link where state = 'confirmed'"
                             " and rule not like 'sum-%'",
                             NULL);
        while (statement_step(rows, NULL) == ROW) {
            int payment = (int)statement_int(rows, 0) - 1, charge = (int)statement_int(rows, 1) - 1;

            assert_int_equal(tried.has[payment][charge], tried.count);
            confirmed++;
            forced += g_str_equal(statement_text(rows, 2), "only-complete-pairing");
        }
        statement_free(rows);
    }
    assert_true(confirmed > 0 && forced > 0);
}

static void in_a_week_that_all_explain_what_is_in_every_pairing_is_decided(void **state)
{
    struct rng rng = rng_new();
    int decided = 0;

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct week week;
        struct tried tried = {0};
        g_autoptr(Db) db = NULL;

        week_make(&week, &rng);
        pairings_try(&week, 0, 0, 0, &tried);
        if (tried.most < week.payment_count || tried.most < week.charge_count)
            continue;
        db = week_match(&week, 0);
        for (int i = 0; i < week.payment_count; i++)
            for (int j = 0; j < week.charge_count; j++) {
                g_autofree char *query =
                    g_strdup_printf("select count(*) from link where state = 'confirmed'"
                                    " and topup_id = %d and charge_id = %d",
                                    i + 1, j + 1);

                if (tried.has[i][j] != tried.count)
                    continue;
                assert_rows(db, query, "1");
                decided++;
            }
    }
    assert_true(decided > 0);
}

static void the_order_of_facts_changes_nothing(void **state)
{
    static const char everything[] =
        "select * from (select topup_id, leg, charge_id, state, rule, reason from link"
        " order by 1, 2) union all"
        " select * from (select topup_id, leg, charge_id, verdict, '', reason from candidate"
        " order by rowid) union all"
        " select * from (select code, reference, line, dated_on, amount_nanos, explanation"
        " from exception order by rowid) union all"
        " select * from (select topup_id, charge_id, amount_nanos, paid_nanos, '', '' from"
        " link_part order by rowid)";
    struct rng rng = rng_new();

    (void)state;
    for (int round = 0; round < ROUNDS / 4; round++) {
        struct week week;
        g_autoptr(Db) one = NULL;
        g_autoptr(Db) other = NULL;
        g_autofree char *expected = NULL;

        week_make(&week, &rng);
        one = week_match(&week, 0);
        other = week_match(&week, 1 + rng_below(&rng, SIDE_MAX));
        expected = given_rows(one, everything);
        assert_rows(other, everything, expected);
    }
}

/* Whatever the sums of the rest: no money is used twice, and every payment is paid whole. */
static void sums_use_no_money_twice(void **state)
{
    struct rng rng = rng_new();
    int sums = 0;

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        g_autoptr(Db) db = given_ledger();
        g_autofree char *count = NULL;
        gboolean is_batch = rng_one_in(&rng, 2); /* one charge of all payments */
        int payments = 1 + rng_below(&rng, 4), charges = is_batch ? 1 : 1 + rng_below(&rng, 4);
        int total = 0;

        given_account(db, 1, "1234", "2026-02-01", "2026-04-30");
        for (int i = 1; i <= payments; i++) {
            int cents = 1000 * (1 + rng_below(&rng, 6));

            total += cents;
            given_topup(db, i,
                        (struct given_payment){"2026-03-02T10:00:00Z", cents, .last4 = "1234"});
        }
        for (int i = 1; i <= charges; i++)
            given_charge(db, i,
                         (struct given_charge){"2026-03-02", NULL,
                                               is_batch ? total : 1000 * (1 + rng_below(&rng, 12)),
                                               .last4 = "1234"});
        given_matched(db);
        assert_rows(
            db,
            "select charge_id from charge join (select charge_id, sum(amount_nanos) as parts"
            " from link_part group by charge_id) using (charge_id)"
            " where parts <> amount_nanos",
            "");
        assert_rows(db,
                    "select topup_id from topup join (select topup_id, sum(paid_nanos) as parts"
                    " from link_part group by topup_id) using (topup_id)"
                    " where parts <> total_nanos",
                    "");
        assert_rows(db,
                    "select charge_id from link_part where charge_id in (select charge_id from link"
                    " where topup_id not in (select topup_id from link_part))",
                    "");
        count = given_rows(db, "select count(*) from link where rule like 'sum-%'"
                               " and state = 'confirmed'");
        sums += !g_str_equal(count, "0");
    }
    assert_true(sums > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_confirmed_is_in_every_largest_pairing),
        cmocka_unit_test(in_a_week_that_all_explain_what_is_in_every_pairing_is_decided),
        cmocka_unit_test(the_order_of_facts_changes_nothing),
        cmocka_unit_test(sums_use_no_money_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
