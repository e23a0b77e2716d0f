/* test_books.c - given top-ups, charges and cost, the books hold exactly these entries. */
#include "books/make.h"
#include "core/instant.h"
#include "core/money.h"
#include "credit/credit.h"
#include "derive_world.h"

#define CENT INT64_C(10000000)

static const char *const role_names[ROLES] = {
    [ROLE_PREPAID] = "prepaid",
    [ROLE_ACCRUED] = "accrued",
    [ROLE_CARD] = "card",
    [ROLE_CLEARING] = "clearing",
    [ROLE_REFUNDS] = "refunds",
    [ROLE_SUSPENSE] = "suspense",
    [ROLE_TAX] = "tax",
    [ROLE_TAX_DUE] = "tax-due",
    [ROLE_OPENING] = "opening",
    [ROLE_TAX_COST] = "tax-cost",
    [ROLE_CARD_FEE] = "card-fee",
    [ROLE_FX] = "fx",
    [ROLE_PRODUCTION] = "production",
    [ROLE_RESEARCH] = "research",
    [ROLE_EXPIRED] = "expired",
    [ROLE_ADJUSTMENT] = "adjustment",
    [ROLE_ROUNDING] = "rounding",
};

/* One organization whose cost is covered from 1 October to 30 November 2026. */
static Db *given_ledger(const char *tax)
{
    Db *db = db_open_memory(NULL);

    assert_non_null(db);
    given_file(db, 1, "given.csv", "payments", NULL);
    given_organization(db, 1, "org-a");
    run(db, "insert into project values (1, 'proj_a', 'atlas'), (2, 'proj_b', 'bench');"
            "insert into project_fact values (1, 1, 'production', 'rule', '', '', ''),"
            " (2, 1, 'test', 'rule', '', '', '');"
            "insert into account values (1, 'visa', '', '', '', '');"
            "with recursive days (day) as (select '2025-01-01' union all"
            " select date(day, '+1 day') from days where day < '2027-12-31')"
            "insert into calendar select day, cast(julianday(day) - 2440587.5 as integer),"
            " substr(day, 1, 7) from days");
    runf(db,
         "insert into organization_fact (organization_key, billing_mode, first_on, cost_from,"
         " cost_until, tax) values (1, 'prepaid', '2025-10-01', '2025-10-01', '2026-11-30', '%s')",
         tax);
    return db;
}

static int64_t noon(const char *day)
{
    int32_t number = 0;

    assert_true(day_parse(&number, day, strlen(day), NULL));
    return number * SECONDS_PER_DAY + 43200;
}

/* Amounts in cents. */
static void given_topup(Db *db, int id, const char *day, int credit, int tax, int total)
{
    runf(db,
         "insert into topup (topup_id, id, topup_row_id, file_id, line, organization_key, paid_at,"
         " paid_on, paid_is_date, paid_from, paid_until, invoice_number, receipt_number,"
         " description, kind, status, credit_nanos, credit_currency, tax_nanos, total_nanos,"
         " currency, card_last4, reference, revision_count, wallet) values (%d, 't%d', %d, 1, %d,"
         " 1, %" G_GINT64_FORMAT ", '%s', 0, 0, 0, '', '', '', '', 'paid', %" G_GINT64_FORMAT
         ", 'USD', %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", 'USD', '', 'INV-%d', 1, 'api')",
         id, id, id, id, noon(day), day, credit * CENT, tax * CENT, total * CENT, id);
}

static void given_charge(Db *db, int id, const char *day, int cents, const char *currency, int fee)
{
    runf(db,
         "insert into charge (charge_id, id, card_row_id, file_id, line, account_id, card_last4,"
         " dated_on, purchased_from, purchased_until, is_timed, zone, amount_nanos, currency,"
         " original_currency, fee_nanos, fee_currency, state, status, type, descriptor, reference,"
         " wallet, wallet_rule) values (%d, 'c%d', %d, 1, %d, 1, '', '%s', 0, 1, 0, 'UTC',"
         " %" G_GINT64_FORMAT ", '%s', '', %" G_GINT64_FORMAT ", '%s', 'posted', '', '', 'OPENAI',"
         " 'TX%d', 'api', '')",
         id, id, id, id, day, cents * CENT, currency, fee * CENT, fee ? currency : "", id);
}

static void given_link(Db *db, int topup, int charge, const char *state, int variance)
{
    runf(db, "insert into link values (%d, 'card', null, %d, '%s', '', '', %" G_GINT64_FORMAT ")",
         topup, charge, state, variance * CENT);
}

static void given_part(Db *db, int topup, int charge, int amount, int paid)
{
    runf(db,
         "insert into link_part values (%d, %d, %" G_GINT64_FORMAT ", 'USD', 0, %" G_GINT64_FORMAT
         ", 'USD')",
         topup, charge, amount * CENT, paid * CENT);
}

static void given_cost(Db *db, int project, const char *day, int64_t nanos)
{
    runf(db,
         "insert into cost_day values (1, %d, '%s', 'USD', %" G_GINT64_FORMAT ", 0, null, null, 1)",
         project, day, nanos);
}

static enum role usage_role(const void *context, const char *class)
{
    (void)context;
    return strcmp(class, "production") == 0 ? ROLE_PRODUCTION : ROLE_RESEARCH;
}

static void tell_entry(GString *text, const struct entry *entry)
{
    g_string_append_printf(text, "%s%s %s %s:", text->len ? "\n" : "", entry->day, entry->kind,
                           entry->reference);
    for (guint i = 0; i < entry->postings->len; i++) {
        const struct posting *posting = &g_array_index(entry->postings, struct posting, i);
        g_autofree char *amount = money_format(posting->nanos, 2);

        g_string_append_printf(text, " %s %s", role_names[posting->role], amount);
        if (*posting->own_currency) {
            g_autofree char *own = money_format(posting->own_nanos, 2);

            g_string_append_printf(text, " (%s %s)", own, posting->own_currency);
        }
        if (posting->role == ROLE_ADJUSTMENT && *posting->text)
            g_string_append_printf(text, " [%s]", posting->text);
    }
    for (guint i = 0; i < entry->memos->len; i++)
        g_string_append_printf(text, " ; %s", (const char *)g_ptr_array_index(entry->memos, i));
}

static void assert_books(Db *db, const char *from, const char *until, const char *expected)
{
    g_autoptr(Journal) journal = journal_new();
    const struct maker maker = {journal, usage_role, NULL};
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GPtrArray) books = NULL;
    g_autoptr(GError) error = NULL;

    g_strlcpy(journal->from, from, sizeof journal->from);
    g_strlcpy(journal->until, until, sizeof journal->until);
    derive(db, credit_run);
    books = credit_books_load(db, journal, NULL, &error);
    assert_non_null(books);
    for (guint i = 0; i < books->len; i++) {
        assert_true(make_credit_entries(&maker, g_ptr_array_index(books, i), &error));
        assert_true(make_charge_entries(&maker, g_ptr_array_index(books, i), &error));
    }
    assert_true(make_card_entries(&maker, db, books, NULL, &error));
    journal_cut(journal);
    for (guint i = 0; i < journal->entries->len; i++)
        tell_entry(text, g_ptr_array_index(journal->entries, i));
    assert_string_equal(text->str, expected);
}

static void a_charge_in_another_currency_is_valued_at_the_total_and_its_margin_apart(void **state)
{
    g_autoptr(Db) db = given_ledger("recoverable");

    (void)state;
    given_topup(db, 1, "2026-10-02", 5000, 500, 5500);
    given_charge(db, 1, "2026-10-02", 44000, "HKD", 440);
    given_link(db, 1, 1, "confirmed", 1200);
    assert_books(db, "", "2026-11-01",
                 "2026-10-02 topup INV-1: prepaid 50.00 tax 5.00 fx 1.54 (12.00 HKD)"
                 " card-fee 0.57 (4.40 HKD) card -57.11 (-444.40 HKD)");
}

static void
a_charge_of_another_month_goes_through_clearing_and_one_that_only_fits_waits(void **state)
{
    g_autoptr(Db) db = given_ledger("cost");

    (void)state;
    given_topup(db, 1, "2026-10-31", 5000, 500, 5500);
    given_topup(db, 2, "2026-10-31", 1000, 0, 1000);
    given_charge(db, 1, "2026-11-01", 5500, "USD", 0);
    given_charge(db, 2, "2026-10-31", 1000, "USD", 0);
    given_link(db, 1, 1, "interchangeable", 0);
    given_link(db, 2, 2, "suggested", 0);
    assert_books(db, "", "2026-11-01",
                 "2026-10-31 topup INV-1: prepaid 50.00 tax-cost 5.00 clearing -55.00\n"
                 "2026-10-31 topup INV-2: prepaid 10.00 clearing -10.00\n"
                 "2026-10-31 suspense TX2: suspense 10.00 card -10.00");
    assert_books(db, "2026-11-01", "2026-12-01",
                 "2026-11-01 forward : card -10.00 suspense 10.00\n"
                 "2026-11-01 forward : prepaid 60.00 clearing -65.00 opening 5.00\n"
                 "2026-11-01 charge INV-1: clearing 55.00 card -55.00");
}

static void charges_that_paid_in_part_are_credited_their_parts(void **state)
{
    g_autoptr(Db) db = given_ledger("recoverable");

    (void)state;
    given_topup(db, 1, "2026-10-02", 5000, 0, 5000);
    given_topup(db, 2, "2026-10-03", 2000, 0, 2000);
    given_topup(db, 3, "2026-10-31", 3000, 0, 3000);
    given_charge(db, 1, "2026-10-03", 7000, "USD", 0);
    given_charge(db, 2, "2026-10-31", 1000, "USD", 0);
    given_charge(db, 3, "2026-11-01", 2000, "USD", 0);
    given_link(db, 1, 1, "confirmed", 0);
    given_link(db, 2, 1, "confirmed", 0);
    given_link(db, 3, 2, "confirmed", 0);
    given_part(db, 1, 1, 5000, 5000);
    given_part(db, 2, 1, 2000, 2000);
    given_part(db, 3, 2, 1000, 1000);
    given_part(db, 3, 3, 2000, 2000);
    assert_books(db, "", "2026-12-01",
                 "2026-10-02 topup INV-1: prepaid 50.00 card -50.00\n"
                 "2026-10-03 topup INV-2: prepaid 20.00 card -20.00\n"
                 "2026-10-31 topup INV-3: prepaid 30.00 card -10.00 clearing -20.00\n"
                 "2026-11-01 charge INV-3: clearing 20.00 card -20.00");
}

static void tax_that_only_the_receipt_tells_was_due_to_the_seller_or_to_the_state(void **state)
{
    static const struct {
        const char *treatment, *entry;
    } cases[] = {
        {"recoverable", "tax 5.00 card -55.00"},
        {"cost", "tax-cost 5.00 card -55.00"},
        {"", "tax-cost 5.00 card -55.00"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Db) db = given_ledger(cases[i].treatment);
        g_autofree char *expected =
            g_strdup_printf("2026-10-02 topup INV-1: prepaid 50.00 %s", cases[i].entry);

        given_topup(db, 1, "2026-10-02", 5000, 0, 5000);
        given_charge(db, 1, "2026-10-02", 5500, "USD", 0);
        given_link(db, 1, 1, "confirmed", 500);
        run(db, "insert into adjustment (topup_id, cause, amount_nanos, currency, explanation)"
                " values (1, 'tax', 5000000000, 'USD', '')");
        assert_books(db, "", "2026-11-01", expected);
    }
}

static void reverse_charge_stands_on_both_sides_unless_the_seller_took_it(void **state)
{
    g_autoptr(Db) db = given_ledger("reverse-charge");

    (void)state;
    given_topup(db, 1, "2026-10-02", 5000, 1000, 5000);
    given_topup(db, 2, "2026-10-03", 5000, 1000, 6000);
    assert_books(db, "", "2026-11-01",
                 "2026-10-02 topup INV-1: prepaid 50.00 tax 10.00 tax-due -10.00 clearing -50.00\n"
                 "2026-10-03 topup INV-2: prepaid 50.00 tax 10.00 clearing -60.00");
}

static void what_was_paid_beside_credit_and_tax_is_a_difference(void **state)
{
    g_autoptr(Db) db = given_ledger("recoverable");

    (void)state;
    given_topup(db, 1, "2026-10-02", 5000, 0, 4000);
    assert_books(db, "", "2026-11-01",
                 "2026-10-02 topup INV-1: prepaid 50.00 adjustment -10.00 clearing -40.00");
}

static void an_accepted_difference_has_the_name_that_a_person_gave_it(void **state)
{
    g_autoptr(Db) db = given_ledger("recoverable");

    (void)state;
    given_topup(db, 1, "2026-10-02", 5000, 0, 5000);
    given_charge(db, 1, "2026-10-02", 5100, "USD", 0);
    given_link(db, 1, 1, "accepted", 100);
    run(db, "insert into adjustment (topup_id, cause, amount_nanos, currency, explanation)"
            " values (1, 'bank fee', 1000000000, 'USD', '')");
    assert_books(db, "", "2026-11-01",
                 "2026-10-02 topup INV-1: prepaid 50.00 adjustment 1.00 [bank fee] card -51.00");
    run(db, "insert into adjustment (topup_id, cause, amount_nanos, currency, explanation)"
            " values (1, 'rounding', 1, 'USD', '')");
    assert_books(db, "", "2026-11-01",
                 "2026-10-02 topup INV-1: prepaid 50.00 adjustment 1.00 [bank fee and rounding] "
                 "card -51.00");
    run(db, "insert into adjustment (topup_id, cause, amount_nanos, currency, explanation)"
            " values (1, 'late fee', 1, 'USD', '')");
    assert_books(db, "", "2026-11-01",
                 "2026-10-02 topup INV-1: prepaid 50.00 adjustment 1.00 [bank fee and others] "
                 "card -51.00");
}

static void use_beyond_credit_is_accrued_and_the_next_topup_repays_it(void **state)
{
    g_autoptr(Db) db = given_ledger("recoverable");

    (void)state;
    given_topup(db, 1, "2026-10-01", 1000, 0, 1000);
    given_cost(db, 1, "2026-10-05", 900 * CENT);
    given_cost(db, 2, "2026-10-05", 300 * CENT);
    given_topup(db, 2, "2026-11-03", 500, 0, 500);
    given_cost(db, 2, "2026-11-05", -100 * CENT);
    assert_books(db, "2026-10-01", "2026-12-01",
                 "2026-10-01 topup INV-1: prepaid 10.00 clearing -10.00\n"
                 "2026-10-31 usage 2026-10: production 9.00 research 3.00 prepaid -10.00"
                 " accrued -2.00\n"
                 "2026-11-03 topup INV-2: prepaid 3.00 accrued 2.00 clearing -5.00\n"
                 "2026-11-30 usage 2026-11: research -1.00 prepaid 1.00");
}

static void a_month_is_cut_where_a_range_begins_in_it(void **state)
{
    g_autoptr(Db) db = given_ledger("recoverable");

    (void)state;
    given_topup(db, 1, "2026-10-01", 1000, 0, 1000);
    given_cost(db, 1, "2026-10-05", 100 * CENT);
    given_cost(db, 1, "2026-10-15", 200 * CENT);
    given_cost(db, 1, "2026-10-25", 400 * CENT);
    assert_books(db, "2026-10-10", "2026-10-20",
                 "2026-10-10 forward : prepaid 9.00 clearing -10.00 opening 1.00\n"
                 "2026-10-19 usage 2026-10: production 2.00 prepaid -2.00");
}

static void what_rounding_leaves_stands_on_a_line_of_its_own(void **state)
{
    g_autoptr(Db) db = given_ledger("recoverable");

    (void)state;
    given_topup(db, 1, "2026-10-01", 100, 0, 100);
    run(db, "update topup set credit_nanos = 1004000000, total_nanos = 1004000000");
    given_cost(db, 1, "2026-10-05", 1008000000);
    assert_books(db, "", "2026-11-01",
                 "2026-10-01 topup INV-1: prepaid 1.00 clearing -1.00\n"
                 "2026-10-31 usage 2026-10: production 1.01 prepaid -1.00 accrued 0.00"
                 " rounding -0.01");
}

static void free_credit_and_its_use_are_told_of_and_not_booked(void **state)
{
    g_autoptr(Db) db = given_ledger("recoverable");

    (void)state;
    runf(db,
         "insert into grant_fact values (1, 'g1', 1, 1, 1, 'grant_1', 'free', %" G_GINT64_FORMAT
         ", '2026-10-01', %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", 'USD')",
         noon("2026-10-01"), noon("2026-10-20"), 500 * CENT);
    given_topup(db, 1, "2026-10-01", 1000, 0, 1000);
    given_cost(db, 1, "2026-10-05", 300 * CENT);
    given_cost(db, 1, "2026-10-25", 200 * CENT);
    assert_books(db, "", "2026-11-01",
                 "2026-10-01 grant grant_1: ; 5.00 USD of free credit granted, at zero basis\n"
                 "2026-10-01 topup INV-1: prepaid 10.00 clearing -10.00\n"
                 "2026-10-20 expiry grant_1: ; 2.00 USD of free credit expired, at zero basis\n"
                 "2026-10-31 usage 2026-10: production 2.00 prepaid -2.00"
                 " ; 3.00 USD of free credit used, at zero basis");
}

static void paid_credit_that_expires_is_an_expense(void **state)
{
    g_autoptr(Db) db = given_ledger("recoverable");

    (void)state;
    given_topup(db, 1, "2025-10-10", 1000, 0, 1000);
    given_cost(db, 1, "2026-10-05", 100 * CENT);
    assert_books(db, "2026-10-01", "2026-11-01",
                 "2026-10-01 forward : prepaid 10.00 clearing -10.00\n"
                 "2026-10-10 expiry INV-1: prepaid -9.00 expired 9.00\n"
                 "2026-10-31 usage 2026-10: production 1.00 prepaid -1.00");
}

static void a_refund_takes_credit_back_and_what_is_short_is_accrued(void **state)
{
    g_autoptr(Db) db = given_ledger("recoverable");

    (void)state;
    given_topup(db, 1, "2026-10-01", 1000, 100, 1100);
    given_charge(db, 1, "2026-10-01", 8580, "HKD", 0);
    given_link(db, 1, 1, "confirmed", 0);
    given_cost(db, 1, "2026-10-05", 400 * CENT);
    runf(db, "update topup set status = 'refunded', refunded_at = %" G_GINT64_FORMAT,
         noon("2026-10-20"));
    given_charge(db, 2, "2026-10-22", -8500, "HKD", 0);
    run(db, "insert into refund_link values (2, 1, 1, 'refund', '')");
    assert_books(db, "", "2026-11-01",
                 "2026-10-01 topup INV-1: prepaid 10.00 tax 1.00 card -11.00 (-85.80 HKD)\n"
                 "2026-10-20 refund INV-1: prepaid -6.00 accrued -4.00 refunds 11.00 tax -1.00\n"
                 "2026-10-22 card-refund INV-1: refunds -11.00 card 11.00 (85.00 HKD)\n"
                 "2026-10-31 usage 2026-10: production 4.00 prepaid -4.00");
}

static void what_came_apart_from_its_value_is_brought_forward_apart(void **state)
{
    g_autoptr(Db) db = given_ledger("recoverable");

    (void)state;
    given_topup(db, 1, "2026-10-01", 1280, 0, 1280);
    given_charge(db, 1, "2026-10-01", 10000, "HKD", 0);
    given_link(db, 1, 1, "confirmed", 0);
    runf(db,
         "update topup set status = 'refunded', refunded_at = %" G_GINT64_FORMAT
         ", refunded_credit_nanos = 12000000000, refunded_total_nanos = 12000000000",
         noon("2026-10-20"));
    given_charge(db, 2, "2026-10-22", -10000, "HKD", 0);
    run(db, "insert into refund_link values (2, 1, 1, 'refund', '')");
    assert_books(db, "2026-11-01", "2026-12-01", "2026-11-01 forward : prepaid 0.80 card -0.80");
}

static void less_than_a_cent_is_brought_forward_too(void **state)
{
    g_autoptr(Db) db = given_ledger("recoverable");

    (void)state;
    given_topup(db, 1, "2026-10-01", 100, 0, 100);
    given_cost(db, 1, "2026-10-05", 996000000);
    assert_books(db, "2026-11-01", "2026-12-01",
                 "2026-11-01 forward : prepaid 0.00 clearing -1.00 opening 1.00");
}

static void reversed_authorizations_and_other_wallets_are_no_payments(void **state)
{
    g_autoptr(Db) db = given_ledger("recoverable");

    (void)state;
    given_topup(db, 1, "2026-10-01", 1000, 0, 1000);
    given_charge(db, 1, "2026-10-01", 1000, "USD", 0);
    given_charge(db, 2, "2026-10-01", 900, "USD", 0);
    given_charge(db, 3, "2026-10-02", -900, "USD", 0);
    given_charge(db, 4, "2026-10-03", 2000, "USD", 0);
    given_charge(db, 5, "2026-10-04", 3000, "USD", 0);
    given_link(db, 1, 1, "confirmed", 0);
    run(db, "insert into charge_reversal values (3, 2, 1);"
            "update charge set wallet = 'chatgpt' where charge_id = 4;"
            "update charge set state = 'pending' where charge_id = 5");
    assert_books(db, "", "2026-11-01", "2026-10-01 topup INV-1: prepaid 10.00 card -10.00");
}

static void nothing_is_booked_after_the_last_day_that_cost_covers(void **state)
{
    g_autoptr(Db) db = given_ledger("recoverable");

    (void)state;
    given_topup(db, 1, "2026-11-30", 1000, 0, 1000);
    given_topup(db, 2, "2026-12-01", 1000, 0, 1000);
    assert_books(db, "", "2027-01-01", "2026-11-30 topup INV-1: prepaid 10.00 clearing -10.00");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_charge_in_another_currency_is_valued_at_the_total_and_its_margin_apart),
        cmocka_unit_test(
            a_charge_of_another_month_goes_through_clearing_and_one_that_only_fits_waits),
        cmocka_unit_test(charges_that_paid_in_part_are_credited_their_parts),
        cmocka_unit_test(tax_that_only_the_receipt_tells_was_due_to_the_seller_or_to_the_state),
        cmocka_unit_test(reverse_charge_stands_on_both_sides_unless_the_seller_took_it),
        cmocka_unit_test(what_was_paid_beside_credit_and_tax_is_a_difference),
        cmocka_unit_test(an_accepted_difference_has_the_name_that_a_person_gave_it),
        cmocka_unit_test(use_beyond_credit_is_accrued_and_the_next_topup_repays_it),
        cmocka_unit_test(a_month_is_cut_where_a_range_begins_in_it),
        cmocka_unit_test(what_rounding_leaves_stands_on_a_line_of_its_own),
        cmocka_unit_test(free_credit_and_its_use_are_told_of_and_not_booked),
        cmocka_unit_test(paid_credit_that_expires_is_an_expense),
        cmocka_unit_test(a_refund_takes_credit_back_and_what_is_short_is_accrued),
        cmocka_unit_test(what_came_apart_from_its_value_is_brought_forward_apart),
        cmocka_unit_test(less_than_a_cent_is_brought_forward_too),
        cmocka_unit_test(reversed_authorizations_and_other_wallets_are_no_payments),
        cmocka_unit_test(nothing_is_booked_after_the_last_day_that_cost_covers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
