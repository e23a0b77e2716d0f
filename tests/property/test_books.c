/*
 * test_books.c - laws of the books over random burn-downs.
 *
 * Every entry balances, exactly and in cents. At every month's end, and at the end of any range,
 * prepaid is the paid credit and accrued the overdraft of the balances, each rounded to the cent. A
 * range that begins later than the first day ends with the same assets and liabilities as all days
 * do. Expenses of usage are what was drawn from paid credit and overdrawn, to the cent a month.
 */
#include "books/cent.h"
#include "books/make.h"
#include "core/instant.h"
#include "credit/credit.h"
#include "derive_world.h"
#include "random.h"

#define WORLDS 60
#define DAYS   100
#define CENT   INT64_C(10000000)

static void day_of(int day, char out[11])
{
    day_format(day_from_civil(2026, 1, 1) + day, out);
}

static int64_t random_money(struct rng *rng, int units)
{
    int64_t cents = 1 + rng_below(rng, units * 100);

    return rng_one_in(rng, 3) ? cents * CENT + rng_below(rng, (int)CENT) : cents * CENT;
}

/* A charge of a top-up: on its day or in a later month, in its currency or another, with a fee. */
static void given_charge(Db *db, struct rng *rng, int id, int day, int64_t total)
{
    gboolean is_foreign = rng_one_in(rng, 2);
    int64_t amount = is_foreign ? total * 7 + rng_below(rng, 1000) * CENT : total;
    char dated[11];

    day_of(day + (rng_one_in(rng, 3) ? rng_below(rng, 40) : 0), dated);
    runf(db,
         "insert into charge (charge_id, id, card_row_id, file_id, line, account_id, card_last4,"
         " dated_on, purchased_from, purchased_until, is_timed, zone, amount_nanos, currency,"
         " original_currency, fee_nanos, fee_currency, state, status, type, descriptor, reference,"
         " wallet, wallet_rule) values (%d, 'c%d', %d, 1, %d, 1, '', '%s', 0, 1, 0, 'UTC',"
         " %" G_GINT64_FORMAT ", '%s', '', %d, '%s', 'posted', '', '', 'OPENAI', 'TX%d', 'api',"
         " '')",
         id, id, id, id, dated, amount, is_foreign ? "HKD" : "USD",
         rng_one_in(rng, 2) ? 0 : 1 + rng_below(rng, 30000000), rng_one_in(rng, 2) ? "HKD" : "USD",
         id);
    if (!rng_one_in(rng, 5))
        runf(db, "insert into link values (%d, 'card', null, %d, 'confirmed', '', '', %d)", id, id,
             is_foreign ? rng_below(rng, 500) * 1000000 : 0);
}

static void given_topup(Db *db, struct rng *rng, int id)
{
    int day = rng_below(rng, DAYS), until = day + rng_below(rng, 60);
    int64_t at = (day_from_civil(2026, 1, 1) + (int64_t)day) * SECONDS_PER_DAY + 40000;
    int64_t credit = random_money(rng, 30), tax = rng_one_in(rng, 2) ? 0 : credit / 10;
    gboolean is_refunded = rng_one_in(rng, 5), is_foreign = rng_one_in(rng, 6);
    char paid_on[11];

    day_of(day, paid_on);
    runf(db,
         "insert into topup (topup_id, id, topup_row_id, file_id, line, organization_key, paid_at,"
         " paid_on, paid_is_date, paid_from, paid_until, invoice_number, receipt_number,"
         " description, kind, status, credit_nanos, credit_currency, tax_nanos, total_nanos,"
         " currency, card_last4, refunded_at, refunded_credit_nanos, refunded_total_nanos,"
         " reference, revision_count, wallet) values (%d, 't%d', %d, 1, %d, 1, %" G_GINT64_FORMAT
         ", '%s', 0, 0, 0, '', '', '', '', '%s', %" G_GINT64_FORMAT ", 'USD', %" G_GINT64_FORMAT
         ", %" G_GINT64_FORMAT ", '%s', '', %s, null, null, 'INV-%04d', 1, 'api')",
         id, id, id, id, at, paid_on, is_refunded ? "refunded" : "paid", credit, tax,
         is_foreign ? (credit + tax) / 2 : credit + tax, is_foreign ? "EUR" : "USD", "null", id);
    if (is_refunded)
        runf(db, "update topup set refunded_at = %" G_GINT64_FORMAT " where topup_id = %d",
             at + (until - day) * SECONDS_PER_DAY, id);
    if (is_refunded && rng_one_in(rng, 2))
        runf(db,
             "update topup set refunded_credit_nanos = %" G_GINT64_FORMAT " where topup_id = %d",
             credit / 3, id);
    if (is_foreign)
        runf(db, "update topup set tax_nanos = total_nanos / 10 where topup_id = %d", id);
    if (rng_one_in(rng, 2))
        given_charge(db, rng, id, day, credit + tax);
}

static void given_grant(Db *db, struct rng *rng, int id)
{
    static const char *const kinds[] = {"free", "promotional", "opening"};
    int day = rng_below(rng, DAYS);
    int64_t at = (day_from_civil(2026, 1, 1) + (int64_t)day) * SECONDS_PER_DAY;
    char granted_on[11];

    day_of(day, granted_on);
    runf(db,
         "insert into grant_fact values (%d, 'g%d', 1, %d, 1, 'grant_%d', '%s', %" G_GINT64_FORMAT
         ", '%s', %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", 'USD')",
         id, id, id, id, kinds[rng_below(rng, 3)], at, granted_on,
         at + rng_below(rng, 50) * SECONDS_PER_DAY,
         rng_one_in(rng, 8) ? -random_money(rng, 5) : random_money(rng, 20));
}

static Db *given_world(struct rng *rng)
{
    Db *db = db_open_memory(NULL);

    assert_non_null(db);
    given_file(db, 1, "given.csv", "payments", NULL);
    given_organization(db, 1, "org-a");
    run(db, "insert into project values (1, 'proj_b', 'b'), (2, 'proj_a', 'a'), (3, 'proj_c', 'c');"
            "insert into project_fact values (1, 1, 'production', 'rule', '', '', ''),"
            " (2, 1, 'test', 'rule', '', '', ''), (3, 1, '', '', '', '', '');"
            "insert into account values (1, 'card', '', '', '', '');"
            "with recursive days (day) as (select '2026-01-01' union all"
            " select date(day, '+1 day') from days where day < '2026-12-31')"
            "insert into calendar select day, cast(julianday(day) - 2440587.5 as integer),"
            " substr(day, 1, 7) from days;"
            "insert into organization_fact (organization_key, billing_mode, first_on, cost_from,"
            " cost_until) values (1, 'prepaid', '2026-01-01', '2026-01-01',"
            " (select date('2026-01-01', '+99 days')))");
    for (int i = 1; i <= rng_below(rng, 12); i++)
        given_topup(db, rng, i);
    for (int i = 1; i <= rng_below(rng, 6); i++)
        given_grant(db, rng, i);
    for (int day = 0; day < DAYS; day++)
        for (int project = 0; project <= 3; project++) {
            char text[11];

            if (!rng_one_in(rng, 3))
                continue;
            day_of(day, text);
            runf(db,
                 "insert into cost_day values (1, nullif(%d, 0), '%s', 'USD', %" G_GINT64_FORMAT
                 ", 0, null, null, 1)",
                 project, text, rng_one_in(rng, 9) ? -random_money(rng, 6) : random_money(rng, 4));
        }
    derive(db, credit_run);
    return db;
}

static enum role usage_role(const void *context, const char *class)
{
    (void)context;
    return strcmp(class, "production") == 0 ? ROLE_PRODUCTION : ROLE_RESEARCH;
}

static Journal *journal_of(Db *db, int from, int until, GPtrArray **books)
{
    g_autoptr(Journal) journal = journal_new();
    const struct maker maker = {journal, usage_role, NULL};
    g_autoptr(GError) error = NULL;

    day_of(from, journal->from);
    day_of(until, journal->until);
    *books = credit_books_load(db, journal, NULL, &error);
    assert_non_null(*books);
    for (guint i = 0; i < (*books)->len; i++) {
        assert_true(make_credit_entries(&maker, g_ptr_array_index(*books, i), &error));
        assert_true(make_charge_entries(&maker, g_ptr_array_index(*books, i), &error));
    }
    assert_true(make_card_entries(&maker, db, *books, NULL, &error));
    journal_cut(journal);
    return g_steal_pointer(&journal);
}

static void assert_balanced(const Journal *journal)
{
    for (guint i = 0; i < journal->entries->len; i++) {
        const struct entry *entry = g_ptr_array_index(journal->entries, i);
        int64_t exact = 0, cents = 0;

        assert_true(strcmp(entry->day, journal->from) >= 0);
        assert_true(strcmp(entry->day, journal->until) < 0);
        for (guint j = 0; j < entry->postings->len; j++) {
            const struct posting *posting = &g_array_index(entry->postings, struct posting, j);

            exact += posting->exact_nanos;
            cents += posting->nanos;
            assert_int_equal(posting->nanos % CENT, 0);
            if (posting->role == ROLE_ROUNDING)
                assert_true(ABS(posting->nanos) <= 4 * CENT);
        }
        assert_int_equal(exact, 0);
        assert_int_equal(cents, 0);
    }
}

/* What a role holds in dollars at the end of a day; NULL for the end. */
static int64_t held(const Journal *journal, enum role role, const char *day)
{
    int64_t sum = 0;

    for (guint i = 0; i < journal->entries->len; i++) {
        const struct entry *entry = g_ptr_array_index(journal->entries, i);

        for (guint j = 0; j < entry->postings->len; j++) {
            const struct posting *posting = &g_array_index(entry->postings, struct posting, j);

            if (posting->role == role && strcmp(entry->currency, "USD") == 0 &&
                (!day || strcmp(entry->day, day) <= 0))
                sum += posting->nanos;
        }
    }
    return sum;
}

static void assert_ties(const Journal *journal)
{
    for (guint i = 0; i < journal->assertions->len; i++) {
        const struct assertion *assertion =
            &g_array_index(journal->assertions, struct assertion, i);

        assert_int_equal(held(journal, assertion->role, assertion->day), assertion->nanos);
    }
}

/* The last assertion is the balance of the range's last day, read apart from the entries. */
static void assert_last_day_is_asserted(const Journal *journal)
{
    const struct assertion *last;
    char day[11];

    assert_true(journal->assertions->len >= 2);
    last = &g_array_index(journal->assertions, struct assertion, journal->assertions->len - 1);
    day_of(DAYS - 1, day);
    if (strcmp(journal->until, day) <= 0) {
        int32_t number;

        assert_true(day_parse(&number, journal->until, 10, NULL));
        day_format(number - 1, day);
    }
    assert_string_equal(last->day, day);
}

static void assert_usage(const Journal *journal, const GPtrArray *books)
{
    int64_t exact = 0,
            booked = held(journal, ROLE_PRODUCTION, NULL) + held(journal, ROLE_RESEARCH, NULL);

    for (guint i = 0; i < books->len; i++) {
        const struct credit_book *book = g_ptr_array_index(books, i);

        for (guint j = 0; j < book->uses->len; j++) {
            const struct use *use = &g_array_index(book->uses, struct use, j);

            if (strcmp(use->day, journal->from) >= 0 && strcmp(use->day, journal->until) < 0)
                exact += use->paid_nanos + use->overdrawn_nanos;
        }
    }
    assert_true(ABS(exact - booked) <= 5 * CENT); /* half a cent for each of at most five months */
}

static void books_balance_and_tie_to_the_balances_whatever_their_days(void **state)
{
    struct rng rng = rng_new();

    (void)state;
    for (int i = 0; i < WORLDS; i++) {
        g_autoptr(Db) db = given_world(&rng);
        int until = 2 + rng_below(&rng, DAYS + 20), from = 1 + rng_below(&rng, until - 1);
        g_autoptr(GPtrArray) books = NULL, books_again = NULL;

        if (from >= DAYS)
            from = DAYS - 1;
        g_autoptr(Journal) all = journal_of(db, 0, until, &books);
        g_autoptr(Journal) late = journal_of(db, from, until, &books_again);
        if (books->len == 0)
            continue;
        assert_balanced(all);
        assert_balanced(late);
        assert_ties(all);
        assert_ties(late);
        assert_last_day_is_asserted(all);
        assert_last_day_is_asserted(late);
        assert_usage(all, books);
        assert_usage(late, books_again);
        for (int role = 0; role < ROLES; role++)
            if (role_is_carried((enum role)role))
                assert_int_equal(held(all, (enum role)role, NULL),
                                 held(late, (enum role)role, NULL));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(books_balance_and_tie_to_the_balances_whatever_their_days),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
