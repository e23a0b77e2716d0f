/* Importing, row by row: identities, dates and accounts of payments, grants and card statements. */
#include "import_world.h"

#define PAYMENT_HEADER                                                                             \
    "paid_at,organization_id,invoice_number,status,credit_amount,total_amount,currency\n"
#define CHASE_HEADER "Transaction Date,Post Date,Description,Category,Type,Amount,Memo\n"

static void rows_of_one_invoice_number_must_agree(void **state)
{
    const char *same = PAYMENT_HEADER "2026-09-01T10:00:00Z,org-A1,ABCD1234-0001,paid,50,50,USD\n"
                                      "2026-09-01T10:00:00Z,org-A1,ABCD1234-0001,paid,50,50,USD\n"
                                      "2026-09-01T10:00:00Z,org-B2,ABCD1234-0001,paid,60,60,USD\n";
    const char *other = PAYMENT_HEADER "2026-09-01T10:00:00Z,org-A1,ABCD1234-0001,paid,50,50,USD\n"
                                       "2026-09-01T10:00:00Z,org-A1,ABCD1234-0001,paid,55,55,USD\n";
    g_autoptr(ImportResult) agreeing = import_text(*state, "same.csv", same, NULL);
    g_autoptr(ImportResult) differing = import_text(*state, "other.csv", other, NULL);

    assert_int_equal(agreeing->outcome, IMPORTED);
    assert_rows(*state, "select line, identity, occurrence from topup_row order by 1",
                "2|invoice:ABCD1234-0001|1\n3|invoice:ABCD1234-0001|1\n4|invoice:ABCD1234-0001|1");
    assert_int_equal(differing->problem_count, 1);
    assert_string_equal(g_ptr_array_index(differing->problems, 0),
                        "other.csv:3: repeats invoice number ABCD1234-0001 of line 2, and differs "
                        "from it");
}

static void payments_without_a_number_are_told_apart_by_counting(void **state)
{
    const char *text = PAYMENT_HEADER "2026-09-01T10:00:00Z,org-A1,,failed,50,50,USD\n"
                                      "2026-09-01T10:00:00Z,org-A1,,failed,50,50,USD\n"
                                      "2026-09-01T10:00:01Z,org-A1,,failed,50,50,USD\n";
    g_autoptr(ImportResult) result = import_text(*state, "payments.csv", text, NULL);

    assert_int_equal(result->outcome, IMPORTED);
    assert_rows(*state, "select line, occurrence from topup_row order by 1", "2|1\n3|2\n4|1");
    assert_rows(*state, "select count(distinct identity) from topup_row", "2");
}

static void a_date_alone_is_noon_and_its_days_interval(void **state)
{
    const struct import_options berlin = {.zone = "Europe/Berlin"};
    const char *text = PAYMENT_HEADER "2026-07-01,org-A1,ABCD1234-0001,paid,50,50,USD\n";
    g_autoptr(ImportResult) unknown = import_text(*state, "payments.csv", text, NULL);

    assert_int_equal(unknown->outcome, IMPORTED);
    assert_rows(*state,
                "select datetime(paid_at, 'unixepoch'), paid_is_date, "
                "datetime(paid_from, 'unixepoch'), datetime(paid_until, 'unixepoch') "
                "from topup_row",
                "2026-07-01 12:00:00|1|2026-06-30 10:00:00|2026-07-02 14:00:00");

    g_autoptr(ImportResult) stated = import_text(*state, "payments.csv", text, &berlin);
    assert_int_equal(stated->outcome, IMPORTED_REPLACING);
    assert_rows(*state,
                "select datetime(paid_at, 'unixepoch'), paid_is_date, "
                "datetime(paid_from, 'unixepoch'), datetime(paid_until, 'unixepoch') "
                "from topup_row",
                "2026-07-01 10:00:00|1|2026-06-30 22:00:00|2026-07-01 22:00:00");
    assert_rows(*state, "select zone, zone_source from file", "Europe/Berlin|option");
}

static void a_time_in_no_zone_is_refused(void **state)
{
    const char *text = PAYMENT_HEADER "2026-07-01 10:00:00,org-A1,,paid,50,50,USD\n";
    g_autoptr(ImportResult) result = import_text(*state, "payments.csv", text, NULL);

    assert_int_equal(result->problem_count, 1);
    assert_non_null(strstr(g_ptr_array_index(result->problems, 0), "--tz"));
}

static void a_grants_dates_are_the_starts_of_their_days(void **state)
{
    const char *text = "organization_id,grant_id,kind,granted_at,expires_at,amount,currency\n"
                       "org-A1,grant_1,promotional,2026-01-01,2026-03-01,5,USD\n"
                       "org-A1,,free,2026-01-01T06:00:00Z,,7,USD\n";
    g_autoptr(ImportResult) result = import_text(*state, "grants.csv", text, NULL);

    assert_int_equal(result->outcome, IMPORTED);
    assert_rows(*state,
                "select datetime(granted_at, 'unixepoch'), datetime(expires_at, 'unixepoch'), "
                "substr(identity, 1, 8) from grant_row order by line",
                "2026-01-01 00:00:00|2026-03-01 00:00:00|grant:gr\n"
                "2026-01-01 06:00:00|-|content:");
}

static void two_cards_statements_may_hold_the_same_bytes(void **state)
{
    const char *text = CHASE_HEADER "03/05/2026,03/06/2026,OPENAI  *API,Shopping,Sale,-27.50,\n";
    g_autoptr(ImportResult) first =
        import_text(*state, "Chase1111_Activity20260401.CSV", text, NULL);
    g_autoptr(ImportResult) second =
        import_text(*state, "Chase2222_Activity20260401.CSV", text, NULL);
    g_autoptr(ImportResult) copy =
        import_text(*state, "Chase1111_Activity20260401 (1).CSV", text, NULL);

    assert_int_equal(first->outcome, IMPORTED);
    assert_int_equal(second->outcome, IMPORTED);
    assert_int_equal(copy->outcome, IMPORT_UNCHANGED);
    assert_rows(*state, "select account_hint, options from file order by 1",
                "1111|card=1111\n2222|card=2222");
    assert_rows(*state,
                "select purchased_on, purchased_time, posted_on, amount_nanos, descriptor, state "
                "from card_row limit 1",
                "2026-03-05|-|2026-03-06|27500000000|OPENAI *API|posted");
}

/* A Chase statement of no known card: one charge a day, of as many dollars as its day. */
static char *statement(int first_day, int last_day, int odd_from)
{
    GString *text = g_string_new(CHASE_HEADER);

    for (int day = first_day; day <= last_day; day++)
        g_string_append_printf(text, "03/%02d/2026,03/%02d/2026,SHOP %d,Shopping,Sale,-%d.00,\n",
                               day, day + 1, day >= odd_from, day);
    return g_string_free(text, FALSE);
}

static void rows_decide_whether_statements_without_account_are_one_card(void **state)
{
    g_autofree char *first = statement(1, 10, 99);
    g_autofree char *longer = statement(5, 20, 99);     /* 6 of 6 in common */
    g_autofree char *another = statement(1, 20, 1);     /* none in common */
    g_autofree char *between = statement(1, 11, 6);     /* 5 of 10 in common */
    g_autofree char *elsewhere = statement(21, 25, 23); /* no day in common */
    g_autoptr(ImportResult) one = import_text(*state, "one.csv", first, NULL);
    g_autoptr(ImportResult) two = import_text(*state, "two.csv", longer, NULL);
    g_autoptr(ImportResult) three = import_text(*state, "three.csv", another, NULL);
    g_autoptr(ImportResult) four = import_text(*state, "four.csv", between, NULL);
    g_autoptr(ImportResult) five = import_text(*state, "five.csv", elsewhere, NULL);

    assert_int_equal(one->outcome, IMPORTED);
    assert_int_equal(two->outcome, IMPORTED);
    assert_int_equal(three->outcome, IMPORTED);
    assert_refused(four, "names no account, and has 5 of 10 rows in common with one.csv");
    assert_int_equal(five->outcome, IMPORTED);
    assert_rows(*state, "select name from file order by file_id",
                "one.csv\ntwo.csv\nthree.csv\nfive.csv");
}

#define CHATGPT_ROW "03/01/2026,03/02/2026,OPENAI *CHATGPT SUBSCR,Shopping,Sale,-20.00,\n"

static void a_subscription_that_two_statements_share_is_no_evidence(void **state)
{
    const char *first = CHASE_HEADER CHATGPT_ROW "03/03/2026,03/04/2026,SHOP,Shopping,Sale,-50,\n";
    const char *other = CHASE_HEADER CHATGPT_ROW "03/09/2026,03/10/2026,SHOP,Shopping,Sale,-4,\n";
    g_autoptr(ImportResult) one = import_text(*state, "one.csv", first, NULL);
    g_autoptr(ImportResult) two = import_text(*state, "two.csv", other, NULL);

    assert_int_equal(one->outcome, IMPORTED);
    assert_refused(two, "names no account, and has 1 of 2 rows in common with one.csv");
}

static void nor_is_it_in_the_other_order(void **state)
{
    const char *first = CHASE_HEADER CHATGPT_ROW "03/09/2026,03/10/2026,SHOP,Shopping,Sale,-4,\n";
    const char *other = CHASE_HEADER CHATGPT_ROW "03/03/2026,03/04/2026,SHOP,Shopping,Sale,-50,\n";
    g_autoptr(ImportResult) one = import_text(*state, "one.csv", first, NULL);
    g_autoptr(ImportResult) two = import_text(*state, "two.csv", other, NULL);

    assert_int_equal(one->outcome, IMPORTED);
    assert_refused(two, "names no account, and has 1 of 2 rows in common with one.csv");
}

static void all_rows_of_the_common_days_are_evidence_however_few(void **state)
{
    const char *first = CHASE_HEADER CHATGPT_ROW;
    const char *longer = CHASE_HEADER CHATGPT_ROW "03/09/2026,03/10/2026,SHOP,Shopping,Sale,-4,\n";
    g_autoptr(ImportResult) one = import_text(*state, "one.csv", first, NULL);
    g_autoptr(ImportResult) two = import_text(*state, "two.csv", longer, NULL);

    assert_int_equal(one->outcome, IMPORTED);
    assert_int_equal(two->outcome, IMPORTED);
}

static void rows_between_one_card_and_another_of_a_named_account_are_refused_too(void **state)
{
    const struct import_options visa = {.account = "visa"};
    g_autofree char *first = statement(1, 10, 99);
    g_autofree char *between = statement(1, 11, 4); /* 3 of 10 in common */
    g_autofree char *few = statement(1, 11, 3);     /* 2 of 10 in common */
    g_autoptr(ImportResult) one = import_text(*state, "one.csv", first, &visa);
    g_autoptr(ImportResult) two = import_text(*state, "two.csv", between, NULL);
    g_autoptr(ImportResult) three = import_text(*state, "three.csv", few, NULL);

    assert_int_equal(one->outcome, IMPORTED);
    assert_refused(two, "names no account, and has 3 of 10 rows in common with one.csv");
    assert_int_equal(three->outcome, IMPORTED);
}

static void a_stated_account_settles_it(void **state)
{
    const struct import_options visa = {.account = "visa"};
    g_autofree char *first = statement(1, 10, 99);
    g_autofree char *between = statement(1, 11, 6);
    g_autoptr(ImportResult) one = import_text(*state, "one.csv", first, NULL);
    g_autoptr(ImportResult) two = import_text(*state, "two.csv", between, &visa);

    assert_int_equal(one->outcome, IMPORTED);
    assert_int_equal(two->outcome, IMPORTED);
    assert_rows(*state, "select account_option from file order by file_id", "\nvisa");
}

static void the_accounts_table_names_an_account_by_file(void **state)
{
    const char *accounts = "account,card_last4,file_pattern,timezone,currency,owner\n"
                           "visa,1234,two*.csv,,USD,\n";
    g_autofree char *first = statement(1, 10, 99);
    g_autofree char *between = statement(1, 11, 6);
    g_autoptr(ImportResult) table = import_text(*state, "accounts.csv", accounts, NULL);
    g_autoptr(ImportResult) one = import_text(*state, "one.csv", first, NULL);
    g_autoptr(ImportResult) two = import_text(*state, "two.csv", between, NULL);

    assert_int_equal(table->outcome, IMPORTED);
    assert_int_equal(one->outcome, IMPORTED);
    assert_int_equal(two->outcome, IMPORTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(rows_of_one_invoice_number_must_agree),
        IN_WORLD(payments_without_a_number_are_told_apart_by_counting),
        IN_WORLD(a_date_alone_is_noon_and_its_days_interval),
        IN_WORLD(a_time_in_no_zone_is_refused),
        IN_WORLD(a_grants_dates_are_the_starts_of_their_days),
        IN_WORLD(two_cards_statements_may_hold_the_same_bytes),
        IN_WORLD(rows_decide_whether_statements_without_account_are_one_card),
        IN_WORLD(a_subscription_that_two_statements_share_is_no_evidence),
        IN_WORLD(nor_is_it_in_the_other_order),
        IN_WORLD(all_rows_of_the_common_days_are_evidence_however_few),
        IN_WORLD(rows_between_one_card_and_another_of_a_named_account_are_refused_too),
        IN_WORLD(a_stated_account_settles_it),
        IN_WORLD(the_accounts_table_names_an_account_by_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
