/* Card statements: accounts, overlapping files as multisets, intervals, coverage. */
#include "derive_world.h"
#include "import/derive.h"

struct row {
    int file_id, line;
    const char *purchased_on, *purchased_time, *posted_on; /* "" for none */
    int amount;
    const char *state, *descriptor, *reference, *card_last4;
};

static void given_row(struct db *db, const struct row *row)
{
    runf(db,
         "insert into card_row (file_id, line, purchased_on, purchased_time, posted_on, "
         "posted_time, amount_nanos, currency, original_nanos, original_currency, fee_nanos, "
         "fee_currency, state, status, type, descriptor, reference, card_last4) values "
         "(%d, %d, nullif('%s', ''), nullif('%s', ''), nullif('%s', ''), null, %d * 1000000000, "
         "'USD', null, '', 0, '', '%s', '', '', '%s', '%s', '%s')",
         row->file_id, row->line, row->purchased_on, row->purchased_time, row->posted_on,
         row->amount, row->state, row->descriptor, row->reference, row->card_last4);
}

/* A row of a plain statement: day, amount, descriptor. */
static void given_charge(struct db *db, int file_id, int line, const char *day, int amount,
                         const char *descriptor)
{
    const struct row row = {file_id, line, day, "", day, amount, "posted", descriptor, "", ""};

    given_row(db, &row);
}

static void given_statement(struct db *db, int file_id, const char *name, const char *set)
{
    given_file(db, file_id, name, "card", "format = 'chase-card'");
    if (set)
        runf(db, "update file set %s where file_id = %d", set, file_id);
}

#define CHARGES                                                                                    \
    "select account, dated_on, amount_nanos / 1000000000, state, descriptor, reference "           \
    "from charge join account using (account_id) order by charge_id"
#define COVERAGE                                                                                   \
    "select account, from_on, until_on from statement_coverage join account using (account_id) "   \
    "order by 1, 2"

static void overlapping_statements_of_one_card_count_once(void **state)
{
    (void)state;
    for (int reversed = 0; reversed < 2; reversed++) {
        g_autoptr(Db) db = db_open_memory(NULL);
        int a = reversed ? 2 : 1, b = reversed ? 1 : 2;

        given_statement(db, a, "a.csv", "account_hint = '1234'");
        given_statement(db, b, "b.csv", "account_hint = '1234'");
        given_charge(db, b, 2, "2026-03-02", 25, "OPENAI");
        given_charge(db, a, 2, "2026-03-01", 25, "OPENAI");
        given_charge(db, a, 3, "2026-03-02", 25, "OPENAI");
        given_charge(db, b, 3, "2026-03-03", 25, "OPENAI");
        derive(db, derive_cards);
        assert_rows(db, CHARGES,
                    "…1234|2026-03-01|25|posted|OPENAI|a.csv:2\n"
                    "…1234|2026-03-02|25|posted|OPENAI|a.csv:3\n"
                    "…1234|2026-03-03|25|posted|OPENAI|b.csv:3");
        assert_rows(db, COVERAGE, "…1234|2026-03-01|2026-03-03");
    }
}

/* A user may state the name that reports show for a card, "…1234", for a statement that names none.
 */
static void a_card_is_known_whichever_statement_comes_first(void **state)
{
    (void)state;
    for (int reversed = 0; reversed < 2; reversed++) {
        g_autoptr(Db) db = db_open_memory(NULL);
        const char *stated = reversed ? "b.csv" : "a.csv", *printed = reversed ? "a.csv" : "b.csv";

        given_statement(db, 1, stated, "account_option = '…1234'");
        given_statement(db, 2, printed, "account_hint = '1234'");
        given_charge(db, 1, 2, "2026-03-01", 25, "OPENAI");
        given_charge(db, 2, 2, "2026-03-01", 25, "OPENAI");
        given_charge(db, 2, 3, "2026-03-02", 30, "OPENAI");
        derive(db, derive_cards);
        assert_rows(db,
                    "select account, charge.card_last4, dated_on, amount_nanos / 1000000000 "
                    "from charge join account using (account_id) order by charge_id",
                    "…1234|1234|2026-03-01|25\n"
                    "…1234|1234|2026-03-02|30");
    }
}

static void equal_rows_in_one_file_are_two_charges(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);

    (void)state;
    given_statement(db, 1, "a.csv", "account_hint = '1234'");
    given_statement(db, 2, "b.csv", "account_hint = '1234'");
    given_charge(db, 1, 2, "2026-03-01", 25, "OPENAI");
    given_charge(db, 1, 3, "2026-03-01", 25, "OPENAI");
    given_charge(db, 2, 7, "2026-03-01", 25, "OPENAI");
    derive(db, derive_cards);
    assert_rows(db, CHARGES,
                "…1234|2026-03-01|25|posted|OPENAI|a.csv:2\n"
                "…1234|2026-03-01|25|posted|OPENAI|a.csv:3");
    assert_rows(db, "select count(distinct id), min(substr(id, 1, 1)) from charge", "2|c");
}

static void a_charge_and_its_refund_on_one_day_are_two(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);

    (void)state;
    given_statement(db, 1, "a.csv", "account_hint = '1234'");
    given_charge(db, 1, 2, "2026-03-01", 25, "OPENAI");
    given_charge(db, 1, 3, "2026-03-01", -25, "OPENAI");
    derive(db, derive_cards);
    assert_rows(db, CHARGES,
                "…1234|2026-03-01|-25|posted|OPENAI|a.csv:3\n"
                "…1234|2026-03-01|25|posted|OPENAI|a.csv:2");
}

static void equal_rows_on_two_cards_stay_two_charges(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);

    (void)state;
    given_statement(db, 1, "Chase1234.csv", "account_hint = '1234'");
    given_statement(db, 2, "Chase5678.csv", "account_hint = '5678'");
    given_charge(db, 1, 2, "2026-03-01", 25, "OPENAI");
    given_charge(db, 2, 2, "2026-03-01", 25, "OPENAI");
    derive(db, derive_cards);
    assert_rows(db, CHARGES,
                "…1234|2026-03-01|25|posted|OPENAI|Chase1234.csv:2\n"
                "…5678|2026-03-01|25|posted|OPENAI|Chase5678.csv:2");
    /* One account of two cards: their charges are still two, and no card is the account's. */
    given_file(db, 3, "accounts.csv", "accounts", NULL);
    run(db, "insert into account_row values (3, 2, 'team', '1234', '', '', 'USD', 'ann'), "
            "(3, 3, 'team', '5678', '', '', '', '')");
    derive_again(db, derive_cards);
    assert_rows(db,
                "select account, charge.card_last4, reference, account.card_last4 from charge "
                "join account using (account_id) order by charge_id",
                "team|1234|Chase1234.csv:2|\nteam|5678|Chase5678.csv:2|");
}

static void two_banks_cards_of_the_same_digits_stay_two_charges(void **state)
{
    (void)state;
    for (int reversed = 0; reversed < 2; reversed++) {
        g_autoptr(Db) db = db_open_memory(NULL);
        int a = reversed ? 3 : 1, b = reversed ? 1 : 3;

        given_statement(db, a, "a.csv", "account_hint = '1234'");
        given_statement(db, b, "b.csv", "account_hint = '1234', format = 'capital-one-card'");
        given_statement(db, 2, "c.csv", "account_hint = '1234', format = 'chase-card-2018'");
        given_charge(db, a, 2, "2026-03-02", 25, "OPENAI");
        given_charge(db, b, 2, "2026-03-02", 25, "OPENAI");
        given_charge(db, 2, 2, "2026-03-02", 25, "OPENAI");
        derive(db, derive_cards);
        assert_rows(db, CHARGES,
                    "…1234 (capital)|2026-03-02|25|posted|OPENAI|b.csv:2\n"
                    "…1234 (chase)|2026-03-02|25|posted|OPENAI|a.csv:2");
    }
}

static void the_accounts_table_tells_two_banks_cards_of_the_same_digits_apart(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);

    (void)state;
    given_statement(db, 1, "a.csv", "account_hint = '1234'");
    given_statement(db, 2, "b.csv", "account_hint = '1234', format = 'capital-one-card'");
    given_file(db, 3, "accounts.csv", "accounts", NULL);
    run(db, "insert into account_row values (3, 2, 'ours', '1234', 'b*', '', '', '')");
    given_charge(db, 1, 2, "2026-03-02", 25, "OPENAI");
    given_charge(db, 2, 2, "2026-03-02", 25, "OPENAI");
    derive(db, derive_cards);
    assert_rows(db, "select account, reference from charge join account using (account_id)",
                "ours|b.csv:2\nours (chase)|a.csv:2");
}

static void the_posted_row_stands_for_its_pending_one(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);
    const struct row rows[] = {
        {1, 2, "2026-03-01", "", "", 25, "pending", "OPENAI", "", ""},
        {1, 3, "2026-03-01", "", "", 25, "pending", "OPENAI", "", ""},
        {2, 2, "2026-03-01", "", "2026-03-03", 25, "posted", "OPENAI", "", ""},
        {1, 4, "2026-03-01", "", "", 25, "dead", "OPENAI", "", ""},
    };

    (void)state;
    given_statement(db, 1, "a.csv", "account_hint = '1234'");
    given_statement(db, 2, "b.csv", "account_hint = '1234'");
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        given_row(db, &rows[i]);
    derive(db, derive_cards);
    assert_rows(db, CHARGES,
                "…1234|2026-03-01|25|posted|OPENAI|b.csv:2\n"
                "…1234|2026-03-01|25|pending|OPENAI|a.csv:3\n"
                "…1234|2026-03-01|25|dead|OPENAI|a.csv:4");
}

static void no_row_stands_for_two_charges(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);
    const struct row rows[] = {
        {1, 2, "2026-03-01", "09:00:00", "", 25, "posted", "OPENAI", "TX1", ""},
        {1, 3, "2026-03-01", "10:00:00", "", 25, "posted", "OPENAI", "TX2", ""},
        {2, 2, "2026-03-01", "10:00:00", "", 25, "posted", "OPENAI", "TX2", ""},
    };

    (void)state;
    given_statement(db, 1, "z.csv", "account_hint = '1234'");
    given_statement(db, 2, "a.csv", "account_hint = '1234'");
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        given_row(db, &rows[i]);
    derive(db, derive_cards);
    assert_rows(db, CHARGES,
                "…1234|2026-03-01|25|posted|OPENAI|TX1\n…1234|2026-03-01|25|posted|OPENAI|TX2");
}

static void statements_that_each_show_another_transaction_of_a_day_lose_none(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);
    const struct row rows[] = {
        {1, 2, "2026-03-01", "09:00:00", "", 25, "posted", "OPENAI", "TX1", ""},
        {2, 2, "2026-03-01", "22:00:00", "", 25, "posted", "OPENAI", "TX2", ""},
    };

    (void)state;
    given_statement(db, 1, "morning.csv", "account_hint = '1234'");
    given_statement(db, 2, "evening.csv", "account_hint = '1234'");
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        given_row(db, &rows[i]);
    derive(db, derive_cards);
    assert_rows(db, CHARGES,
                "…1234|2026-03-01|25|posted|OPENAI|TX1\n…1234|2026-03-01|25|posted|OPENAI|TX2");
}

static void what_was_stated_names_the_account(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);
    const struct row with_card = {1, 2, "2026-03-01", "", "", 1, "posted", "X", "", "1234"};
    const struct row optioned = {4, 2, "2026-03-01", "", "", 1, "posted", "X", "", "1234"};

    (void)state;
    given_statement(db, 1, "a.csv", "account_hint = '9999'");
    given_statement(db, 2, "b.csv", "account_hint = '5678'");
    given_statement(db, 3, "card_hk_1.csv", NULL);
    given_statement(db, 4, "d.csv", "account_option = 'mine'");
    given_row(db, &with_card);
    given_charge(db, 2, 2, "2026-03-01", 1, "X");
    given_charge(db, 3, 2, "2026-03-01", 1, "X");
    given_row(db, &optioned);
    given_file(db, 8, "accounts.csv", "accounts", NULL);
    run(db, "insert into account_row values (8, 2, 'visa', '1234', '', '', 'USD', 'ann'), "
            "(8, 3, 'hk', '', 'card_hk_*', 'Asia/Hong_Kong', 'HKD', 'bob'), "
            "(8, 4, 'unused', '', '', '', '', '')");
    derive(db, derive_cards);
    assert_rows(db,
                "select reference, account from charge join account using (account_id) "
                "order by reference",
                "a.csv:2|visa\nb.csv:2|…5678\ncard_hk_1.csv:2|hk\nd.csv:2|mine");
    assert_rows(db,
                "select account, card_last4, zone, currency, owner from account "
                "order by account_id",
                "hk||Asia/Hong_Kong|HKD|bob\nmine||||\nunused||||\nvisa|1234||USD|ann\n"
                "…5678|5678|||");
}

/* Statements of a format that names no account; days 1 to 10 of March and further. */
static void given_anonymous(struct db *db, int file_id, const char *name, int from, int until,
                            const char *descriptor)
{
    given_statement(db, file_id, name, NULL);
    for (int day = from; day <= until; day++) {
        g_autofree char *printed = g_strdup_printf("2026-03-%02d", day);

        given_charge(db, file_id, day, printed, 10, descriptor);
    }
}

#define ANONYMOUS                                                                                  \
    "select account, min(dated_on), max(dated_on), count(*) from charge join account using "       \
    "(account_id) group by account order by account"

static void files_without_account_that_agree_are_one(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);

    (void)state;
    given_anonymous(db, 1, "a.csv", 1, 10, "X");
    given_anonymous(db, 2, "b.csv", 5, 15, "X");
    given_anonymous(db, 3, "c.csv", 20, 25, "Y"); /* no day in common: nothing speaks against */
    derive(db, derive_cards);
    assert_rows(db, ANONYMOUS, "chase-card|2026-03-01|2026-03-25|21");
    assert_rows(db, COVERAGE, "chase-card|2026-03-01|2026-03-15\nchase-card|2026-03-20|2026-03-25");
}

static void files_without_account_that_share_nothing_are_two(void **state)
{
    (void)state;
    for (int reversed = 0; reversed < 2; reversed++) {
        g_autoptr(Db) db = db_open_memory(NULL);

        given_anonymous(db, reversed ? 3 : 1, "a.csv", 1, 10, "X");
        given_anonymous(db, 2, "b.csv", 5, 15, "X");
        given_anonymous(db, reversed ? 1 : 3, "c.csv", 4, 12, "Y");
        derive(db, derive_cards);
        assert_rows(db, ANONYMOUS,
                    "chase-card #1|2026-03-01|2026-03-15|15\n"
                    "chase-card #2|2026-03-04|2026-03-12|9");
    }
}

/* Import refuses such a pair; what is forgotten later may still leave one. */
static void two_cards_that_share_a_subscription_keep_both_charges(void **state)
{
    (void)state;
    for (int reversed = 0; reversed < 2; reversed++) {
        g_autoptr(Db) db = db_open_memory(NULL);
        int a = reversed ? 2 : 1, b = reversed ? 1 : 2;

        given_statement(db, a, "a.csv", NULL);
        given_statement(db, b, "b.csv", NULL);
        given_charge(db, a, 2, "2026-10-01", 20, "OPENAI");
        given_charge(db, a, 3, "2026-10-03", 50, "OPENAI");
        given_charge(db, b, 2, "2026-10-01", 20, "OPENAI");
        given_charge(db, b, 3, "2026-10-09", 4, "OPENAI");
        derive(db, derive_cards);
        assert_rows(db, "select count(*), sum(amount_nanos) / 1000000000 from charge", "4|94");
    }
}

static void a_row_that_two_cards_have_does_not_make_them_one(void **state)
{
    (void)state;
    for (int reversed = 0; reversed < 2; reversed++) {
        g_autoptr(Db) db = db_open_memory(NULL);

        given_anonymous(db, reversed ? 3 : 1, "a.csv", 1, 12, "X");
        given_anonymous(db, reversed ? 1 : 3, "b.csv", 2, 13, "Y");
        run(db, "update card_row set descriptor = 'BOTH' where purchased_on = '2026-03-07'");
        given_anonymous(db, 2, "part.csv", 7, 7, "BOTH");
        derive(db, derive_cards);
        assert_rows(db, ANONYMOUS,
                    "chase-card #1|2026-03-01|2026-03-12|12\n"
                    "chase-card #2|2026-03-02|2026-03-13|12");
    }
}

static void a_card_without_account_in_two_layouts_counts_once(void **state)
{
    (void)state;
    for (int reversed = 0; reversed < 2; reversed++) {
        g_autoptr(Db) db = db_open_memory(NULL);

        given_anonymous(db, reversed ? 2 : 1, "a.csv", 1, 7, "X");
        given_anonymous(db, reversed ? 1 : 2, "b.csv", 5, 10, "X");
        run(db, "update file set format = 'chase-card-2018' where name = 'b.csv'");
        derive(db, derive_cards);
        assert_rows(db, ANONYMOUS, "chase-card|2026-03-01|2026-03-10|10");
    }
}

static void two_rows_in_two_layouts_are_not_yet_one_card(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);

    (void)state;
    given_anonymous(db, 1, "a.csv", 1, 7, "X");
    given_anonymous(db, 2, "b.csv", 6, 10, "X");
    run(db, "update file set format = 'chase-card-2018' where name = 'b.csv'");
    derive(db, derive_cards);
    assert_rows(db, ANONYMOUS,
                "chase-card|2026-03-01|2026-03-07|7\nchase-card-2018|2026-03-06|2026-03-10|5");
}

static void a_part_of_a_statement_is_of_its_card_even_with_one_row(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);

    (void)state;
    given_anonymous(db, 1, "a.csv", 1, 10, "X");
    given_anonymous(db, 2, "b.csv", 4, 4, "X");
    derive(db, derive_cards);
    assert_rows(db, ANONYMOUS, "chase-card|2026-03-01|2026-03-10|10");
}

static void a_file_without_account_that_agrees_with_one_that_has_it_is_of_that_account(void **state)
{
    (void)state;
    for (int reversed = 0; reversed < 2; reversed++) {
        g_autoptr(Db) db = db_open_memory(NULL);

        given_anonymous(db, reversed ? 2 : 1, "renamed.csv", 1, 10, "X");
        given_anonymous(db, reversed ? 1 : 2, "Chase4242_.csv", 5, 15, "X");
        run(db, "update file set account_hint = '4242' where name = 'Chase4242_.csv'");
        derive(db, derive_cards);
        assert_rows(db, ANONYMOUS, "…4242|2026-03-01|2026-03-15|15");
    }
}

static void one_row_in_common_is_not_yet_the_same_account(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);

    (void)state;
    given_anonymous(db, 1, "renamed.csv", 1, 5, "X");
    given_anonymous(db, 2, "Chase4242_.csv", 5, 15, "X");
    run(db, "update file set account_hint = '4242' where file_id = 2");
    derive(db, derive_cards);
    assert_rows(db, ANONYMOUS,
                "chase-card|2026-03-01|2026-03-05|5\n…4242|2026-03-05|2026-03-15|11");
}

static void a_file_that_also_disagrees_with_an_account_is_not_of_it(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);

    (void)state;
    given_anonymous(db, 1, "a.csv", 1, 4, "X"); /* all of it as in the other account's */
    given_anonymous(db, 2, "b.csv", 1, 9, "X"); /* half of it */
    given_anonymous(db, 3, "Chase4242_.csv", 1, 4, "X");
    for (int day = 5; day <= 9; day++) {
        g_autofree char *printed = g_strdup_printf("2026-03-%02d", day);

        given_charge(db, 3, day, printed, 10, "Y");
    }
    run(db, "update file set account_hint = '4242' where file_id = 3");
    derive(db, derive_cards);
    assert_rows(db, ANONYMOUS, "chase-card|2026-03-01|2026-03-09|9\n…4242|2026-03-01|2026-03-09|9");
}

static void what_was_guessed_is_of_the_account_of_the_format_that_was_written_for_it(void **state)
{
    (void)state;
    for (int reversed = 0; reversed < 2; reversed++) {
        g_autoptr(Db) db = db_open_memory(NULL);

        given_anonymous(db, reversed ? 2 : 1, "a.csv", 1, 10, "X");
        given_anonymous(db, reversed ? 1 : 2, "b.csv", 5, 15, "X");
        run(db, "update file set format = iif(name = 'a.csv', 'guessed', 'mybank')");
        derive(db, derive_cards);
        assert_rows(db, ANONYMOUS, "mybank|2026-03-01|2026-03-15|15");
    }
}

static void statements_that_touch_cover_one_run(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);

    (void)state;
    given_anonymous(db, 1, "a.csv", 1, 10, "X");
    given_anonymous(db, 2, "b.csv", 11, 15, "X");
    given_anonymous(db, 3, "c.csv", 17, 18, "X");
    derive(db, derive_cards);
    assert_rows(db, COVERAGE, "chase-card|2026-03-01|2026-03-15\nchase-card|2026-03-17|2026-03-18");
}

#define INTERVALS                                                                                  \
    "select zone, is_timed, purchased_from, purchased_until, posted_from, posted_until from "      \
    "charge order by charge_id"

static void the_zone_is_the_options_then_the_accounts_then_the_formats(void **state)
{
    static const struct {
        const char *file, *expected;
    } cases[] = {
        {"zone = 'Europe/Berlin', zone_source = 'option'",
         "Europe/Berlin|0|1772319600|1772406000|1772406000|1772492400"},
        {"zone = 'UTC', zone_source = 'column'",
         "UTC|0|1772323200|1772409600|1772409600|1772496000"},
        {"zone = 'UTC', zone_source = 'format'",
         "America/New_York|0|1772341200|1772427600|1772427600|1772514000"},
    };

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Db) db = db_open_memory(NULL);
        const struct row row = {1, 2, "2026-03-01", "", "2026-03-02", 1, "posted", "X", "", "1234"};

        given_statement(db, 1, "a.csv", cases[i].file);
        given_row(db, &row);
        given_file(db, 2, "accounts.csv", "accounts", NULL);
        run(db, "insert into account_row values "
                "(2, 2, 'visa', '1234', '', 'America/New_York', '', '')");
        derive(db, derive_cards);
        assert_rows(db, INTERVALS, cases[i].expected);
        if (i + 1 < G_N_ELEMENTS(cases))
            continue;
        run(db, "delete from account_row");
        derive_again(db, derive_cards);
        assert_rows(db, INTERVALS, "UTC|0|1772323200|1772409600|1772409600|1772496000");
        run(db, "update file set zone = '', zone_source = ''");
        derive_again(db, derive_cards);
        assert_rows(db, INTERVALS, "unknown|0|1772272800|1772460000|1772359200|1772546400");
    }
}

static void a_time_is_one_second_and_one_that_a_learnt_zone_skips_is_its_day(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);
    const struct row rows[] = {
        {1, 2, "2026-03-07", "02:30:00", "", 1, "posted", "X", "", "1234"},
        {1, 3, "2026-03-08", "02:30:00", "", 1, "posted", "X", "", "1234"},
        {1, 4, "", "", "2026-03-09", 1, "posted", "X", "", "1234"},
    };

    (void)state;
    given_statement(db, 1, "a.csv", NULL);
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        given_row(db, &rows[i]);
    given_file(db, 2, "accounts.csv", "accounts", NULL);
    run(db, "insert into account_row values "
            "(2, 2, 'visa', '1234', '', 'America/New_York', '', '')");
    derive(db, derive_cards);
    assert_rows(db, INTERVALS,
                "America/New_York|1|1772868600|1772868601|-|-\n"
                "America/New_York|0|1772946000|1773028800|-|-\n"
                "America/New_York|0|1773028800|1773115200|1773028800|1773115200");
}

static void an_accounts_zone_that_does_not_exist_is_named(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);
    g_autoptr(GError) error = NULL;
    const struct row row = {1, 2, "2026-03-01", "", "", 1, "posted", "X", "", "1234"};

    (void)state;
    given_statement(db, 1, "a.csv", NULL);
    given_row(db, &row);
    given_file(db, 2, "accounts.csv", "accounts", NULL);
    run(db, "insert into account_row values (2, 2, 'visa', '1234', '', 'Mars/Base', '', '')");
    assert_false(derive_cards(db, &error));
    assert_non_null(strstr(error->message, "a.csv, account visa: "));
    assert_non_null(strstr(error->message, "Mars/Base"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(overlapping_statements_of_one_card_count_once),
        cmocka_unit_test(a_card_is_known_whichever_statement_comes_first),
        cmocka_unit_test(equal_rows_in_one_file_are_two_charges),
        cmocka_unit_test(a_charge_and_its_refund_on_one_day_are_two),
        cmocka_unit_test(equal_rows_on_two_cards_stay_two_charges),
        cmocka_unit_test(two_banks_cards_of_the_same_digits_stay_two_charges),
        cmocka_unit_test(the_accounts_table_tells_two_banks_cards_of_the_same_digits_apart),
        cmocka_unit_test(the_posted_row_stands_for_its_pending_one),
        cmocka_unit_test(no_row_stands_for_two_charges),
        cmocka_unit_test(statements_that_each_show_another_transaction_of_a_day_lose_none),
        cmocka_unit_test(what_was_stated_names_the_account),
        cmocka_unit_test(files_without_account_that_agree_are_one),
        cmocka_unit_test(files_without_account_that_share_nothing_are_two),
        cmocka_unit_test(two_cards_that_share_a_subscription_keep_both_charges),
        cmocka_unit_test(a_row_that_two_cards_have_does_not_make_them_one),
        cmocka_unit_test(a_card_without_account_in_two_layouts_counts_once),
        cmocka_unit_test(two_rows_in_two_layouts_are_not_yet_one_card),
        cmocka_unit_test(a_part_of_a_statement_is_of_its_card_even_with_one_row),
        cmocka_unit_test(
            a_file_without_account_that_agrees_with_one_that_has_it_is_of_that_account),
        cmocka_unit_test(a_file_that_also_disagrees_with_an_account_is_not_of_it),
        cmocka_unit_test(one_row_in_common_is_not_yet_the_same_account),
        cmocka_unit_test(what_was_guessed_is_of_the_account_of_the_format_that_was_written_for_it),
        cmocka_unit_test(statements_that_touch_cover_one_run),
        cmocka_unit_test(the_zone_is_the_options_then_the_accounts_then_the_formats),
        cmocka_unit_test(a_time_is_one_second_and_one_that_a_learnt_zone_skips_is_its_day),
        cmocka_unit_test(an_accounts_zone_that_does_not_exist_is_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
