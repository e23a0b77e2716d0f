/* Several rows that tell of one movement on a card: pending and posted, reversed, legs, fees. */
#include "core/asset.h"
#include "derive_world.h"
#include "import/derive.h"

#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

/* A row of a statement; amounts in cents. What is not stated is what most tests want. */
struct row {
    int file, line;
    const char *on; /* purchase day, "" for none */
    int cents;
    const char *descriptor, *id, *state, *type, *time, *posted, *currency, *original_currency;
    int original_cents, fee_cents, is_leg, is_fee;
};

static const char * or (const char *text, const char *otherwise)
{
    return text ? text : otherwise;
}

static void given_row(struct db *db, struct row row)
{
    const char *currency = or (row.currency, "USD"), *state = or (row.state, "posted");
    gboolean is_posted = g_str_equal(state, "posted");
    g_autofree char *original = row.original_currency
                                    ? g_strdup_printf("%d * 10000000", row.original_cents)
                                    : g_strdup("null");

    runf(db,
         "insert into card_row (file_id, line, purchased_on, purchased_time, posted_on,"
         " amount_nanos, currency, original_nanos, original_currency, fee_nanos, fee_currency,"
         " state, status, type, descriptor, reference, card_last4, is_leg, is_fee) values"
         " (%d, %d, nullif('%s', ''), nullif('%s', ''), nullif('%s', ''), %d * 10000000, '%s', %s,"
         " '%s', %d * 10000000, '%s', '%s', '', '%s', '%s', '%s', '', %d, %d)",
         row.file, row.line, row.on, or (row.time, ""), or (row.posted, is_posted ? row.on : ""),
         row.cents, currency, original, or (row.original_currency, ""), row.fee_cents, currency,
         state, or (row.type, ""), or (row.descriptor, "OPENAI"), or (row.id, ""), row.is_leg,
         row.is_fee);
}

static void given_statement(struct db *db, int file, const char *name)
{
    given_file(db, file, name, "card", "format = 'chase-card', account_hint = '1234'");
}

/* A ledger of as many statements of one card as are named: a.csv, b.csv, … */
static Db *given_statements(int count)
{
    Db *db = db_open_memory(NULL);

    for (int i = 0; i < count; i++) {
        g_autofree char *name = g_strdup_printf("%c.csv", 'a' + i);

        given_statement(db, i + 1, name);
    }
    return db;
}

/* Says what follows from the rows, and that it is all there. */
static void derived(struct db *db)
{
    g_autoptr(GBytes) check = asset_read("sql/check/charges_are_their_rows.sql", NULL);

    derive_again(db, derive_cards);
    assert_rows(db, g_bytes_get_data(check, NULL), "");
}

#define CHARGES                                                                                    \
    "select dated_on, amount_nanos / 10000000, currency, state from charge order by charge_id"
#define HISTORY                                                                                    \
    "select charge_id, file.name || ':' || card_row.line, role, is_counted from charge_row"        \
    " join card_row using (card_row_id) join file using (file_id)"                                 \
    " order by charge_id, file.name, card_row.line"

static void a_pending_row_that_posts_otherwise_is_one_charge(void **state)
{
    g_autoptr(Db) db = given_statements(2);
    g_autofree char *before = NULL, *after = NULL;

    (void)state;
    given_row(db, (struct row){1, 2, "2026-03-01", 500, "GITHUB"});
    given_row(db, (struct row){1, 3, "2026-03-05", 2750, "OPENAI AUTH 1234", "p-1", "pending"});
    derived(db);
    assert_rows(db, CHARGES, "2026-03-01|500|USD|posted\n2026-03-05|2750|USD|pending");
    before = rows_of(db, "select id from charge where amount_nanos = 27500000000");

    given_row(db, (struct row){2, 2, "2026-03-04", 700, "GITHUB"});
    given_row(db, (struct row){2, 3, "2026-03-07", 2753, "OPENAI *CHATGPT SUBSCR", "t-99"});
    derived(db);
    assert_rows(db, CHARGES,
                "2026-03-01|500|USD|posted\n2026-03-04|700|USD|posted\n"
                "2026-03-07|2753|USD|posted");
    assert_rows(db, HISTORY,
                "1|a.csv:2|posted|1\n2|b.csv:2|posted|1\n"
                "3|a.csv:3|pending|0\n3|b.csv:3|posted|1");
    after = rows_of(db, "select id from charge where amount_nanos = 27530000000");
    assert_string_equal(before, after); /* the id survives */
}

static void a_pending_row_is_not_followed_to_another_movement(void **state)
{
    static const struct row others[] = {
        {2, 3, "2026-03-06", 2750, "ANTHROPIC"},       /* another merchant */
        {2, 3, "2026-03-06", -2750, "OPENAI"},         /* the other direction */
        {2, 3, "2026-03-06", 3600, "OPENAI"},          /* another amount */
        {2, 3, "2026-03-06", 2600, "OPENAI"},          /* less than rates make it */
        {2, 3, "2026-03-16", 2750, "OPENAI"},          /* too late */
        {2, 3, "2026-03-02", 2750, "OPENAI"},          /* too early */
        {1, 4, "2026-03-05", 2750, "OPENAI.COM"},      /* beside it in one statement */
        {2, 3, "2026-03-06", 2750, .currency = "EUR"}, /* in another currency */
        {1, 4, "2026-03-05", 2750, "OPENAI"},          /* the same but for being posted */
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
        g_autoptr(Db) db = given_statements(2);

        given_row(db, (struct row){1, 2, "2026-03-01", 500, "GITHUB"});
        given_row(db, (struct row){1, 3, "2026-03-05", 2750, "OPENAI", .state = "pending"});
        given_row(db, others[i]);
        derived(db);
        assert_rows(db, "select count(*) from charge", "3");
        assert_rows(db,
                    "select count(*) from charge where amount_nanos = 27500000000 and state in "
                    "('pending', 'dropped')",
                    "1");
    }
}

static void rows_of_one_statement_are_one_movement_when_they_share_an_id(void **state)
{
    g_autoptr(Db) db = given_statements(1);

    (void)state;
    given_row(db, (struct row){1, 2, "2026-03-05", 2750, "OPENAI", "t-1", "pending"});
    given_row(db, (struct row){1, 3, "2026-03-06", 2761, "OPENAI *API", "t-1"});
    given_row(db, (struct row){1, 4, "2026-03-06", -2761, "OPENAI *API", "t-1"});
    derived(db);
    assert_rows(db, CHARGES, "2026-03-06|-2761|USD|posted\n2026-03-06|2761|USD|posted");
    assert_rows(db, HISTORY, "1|a.csv:4|posted|1\n2|a.csv:2|pending|0\n2|a.csv:3|posted|1");
}

static void rows_of_one_statement_that_differ_in_nothing_but_the_state_need_an_id(void **state)
{
    (void)state;
    for (int has_id = 0; has_id < 2; has_id++) {
        g_autoptr(Db) db = given_statements(1);
        const char *id = has_id ? "t-1" : NULL;

        given_row(db, (struct row){1, 2, "2026-03-05", 2750, "OPENAI", id, "pending"});
        given_row(db, (struct row){1, 3, "2026-03-05", 2750, "OPENAI", id});
        derived(db);
        assert_rows(db, "select count(*), group_concat(distinct state) from charge order by 2",
                    has_id ? "1|posted" : "2|posted,pending");
    }
}

static void an_id_that_many_payments_have_proves_nothing(void **state)
{
    g_autoptr(Db) db = given_statements(2);

    (void)state;
    given_row(db, (struct row){1, 2, "2026-03-05", 2750, "OPENAI", "INVOICE", "pending"});
    given_row(db, (struct row){2, 2, "2026-03-07", 900, "GITHUB", "INVOICE"});
    derived(db);
    assert_rows(db, CHARGES, "2026-03-05|2750|USD|pending\n2026-03-07|900|USD|posted");
}

static void identical_rows_keep_the_rows_of_every_statement_apart(void **state)
{
    g_autoptr(Db) db = given_statements(3);

    (void)state;
    /* Two at 09:00 and 11:00; b shows the later one, c both, the first still pending. */
    given_row(db, (struct row){1, 2, "2026-03-05", 2750, .time = "09:00:00"});
    given_row(db, (struct row){1, 3, "2026-03-05", 2750, .time = "11:00:00"});
    given_row(db, (struct row){2, 2, "2026-03-05", 2750, .time = "11:00:00"});
    given_row(db, (struct row){3, 2, "2026-03-05", 2750, .time = "11:00:00"});
    given_row(db, (struct row){3, 3, "2026-03-05", 2750, .time = "09:00:00", .state = "pending"});
    derived(db);
    assert_rows(db, CHARGES, "2026-03-05|2750|USD|posted\n2026-03-05|2750|USD|posted");
    assert_rows(db, HISTORY,
                "1|a.csv:2|posted|1\n1|c.csv:3|pending|0\n"
                "2|a.csv:3|posted|1\n2|b.csv:2|posted|0\n2|c.csv:2|posted|0");
}

static void what_is_not_unique_both_ways_stays_pending(void **state)
{
    g_autoptr(Db) db = given_statements(2);

    (void)state;
    given_row(db, (struct row){1, 2, "2026-03-05", 2750, "OPENAI", .state = "pending"});
    given_row(db, (struct row){2, 2, "2026-03-03", 100, "GITHUB"});
    given_row(db, (struct row){2, 3, "2026-03-06", 2750, "OPENAI"});
    given_row(db, (struct row){2, 4, "2026-03-07", 2750, "OPENAI"});
    given_row(db, (struct row){2, 5, "2026-03-20", 100, "GITHUB"});
    derived(db);
    assert_rows(db,
                "select dated_on, state from charge where amount_nanos = 27500000000 order by 1",
                "2026-03-05|pending\n2026-03-06|posted\n2026-03-07|posted");
    assert_rows(db, "select note from charge_row where role = 'pending'",
                "Several rows may be what it became: it stays pending.");
}

static void as_many_posted_as_were_pending_are_paired_in_order(void **state)
{
    g_autoptr(Db) db = given_statements(2);

    (void)state;
    given_row(db, (struct row){1, 2, "2026-03-05", 2750, .state = "pending"});
    given_row(db, (struct row){1, 3, "2026-03-05", 2750, .state = "pending"});
    given_row(db, (struct row){1, 4, "2026-03-06", 2750, .state = "pending"});
    given_row(db, (struct row){2, 2, "2026-03-07", 2750, "OPENAI *API"});
    given_row(db, (struct row){2, 3, "2026-03-08", 2750, "OPENAI *API"});
    given_row(db, (struct row){2, 4, "2026-03-08", 2750, "OPENAI *API"});
    derived(db);
    assert_rows(db, CHARGES,
                "2026-03-07|2750|USD|posted\n2026-03-08|2750|USD|posted\n"
                "2026-03-08|2750|USD|posted");
    assert_rows(db, "select count(*), count(distinct charge_id) from charge_row", "6|3");
}

static void a_pending_row_that_vanished_was_dropped(void **state)
{
    static const struct {
        struct row last;
        const char *state;
    } cases[] = {
        {{2, 3, "2026-03-12", 100, "GITHUB"}, "dropped"},
        {{2, 3, "2026-03-08", 100, "GITHUB"}, "pending"}, /* it may still post */
        {{2, 3, "2026-03-08", 100, "GITHUB", .state = "pending"}, "dropped"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Db) db = given_statements(2);
        g_autofree char *expected = g_strdup_printf("2026-03-05|2750|USD|%s", cases[i].state);

        given_row(db, (struct row){1, 2, "2026-03-05", 2750, .state = "pending"});
        given_row(db, (struct row){2, 2, "2026-03-02", 100, "GITHUB"});
        given_row(db, cases[i].last);
        derived(db);
        assert_rows(db,
                    "select dated_on, amount_nanos / 10000000, currency, state from charge"
                    " where amount_nanos = 27500000000",
                    expected);
    }
}

static void a_pending_row_without_a_date_is_followed_from_statement_to_statement(void **state)
{
    g_autoptr(Db) db = given_statements(3);

    (void)state;
    given_row(db, (struct row){1, 2, "", 6740, "L’OLILO LONDON GBR", .state = "pending"});
    given_row(db, (struct row){1, 3, "2026-03-03", 150, "TFL TRAVEL"});
    derived(db);
    assert_rows(db, CHARGES, "2026-03-03|150|USD|posted\n2026-03-03|6740|USD|pending");
    assert_rows(db, "select note from charge_row where role = 'pending'",
                "Its statement prints no date: the last dated day is taken for it.");

    given_row(db, (struct row){2, 2, "", 6740, "L’OLILO LONDON GBR", .state = "pending"});
    given_row(db, (struct row){2, 3, "2026-03-03", 150, "TFL TRAVEL"});
    given_row(db, (struct row){2, 4, "2026-03-05", 160, "TFL TRAVEL"});
    given_row(db, (struct row){3, 2, "2026-03-06", 6740, "L’OLILO SHOP LONDON"});
    derived(db);
    assert_rows(db, CHARGES,
                "2026-03-03|150|USD|posted\n2026-03-05|160|USD|posted\n"
                "2026-03-06|6740|USD|posted");
    assert_rows(db, HISTORY,
                "1|a.csv:3|posted|1\n1|b.csv:3|posted|0\n2|b.csv:4|posted|1\n"
                "3|a.csv:2|pending|0\n3|b.csv:2|pending|0\n3|c.csv:2|posted|1");
}

static void an_authorization_its_reversal_and_its_recapture_are_netted(void **state)
{
    g_autoptr(Db) db = given_statements(1);

    (void)state;
    given_row(db, (struct row){1, 2, "2026-12-06", 878, "CLOUDFLARE 650-3198939, US 9.95 USD"});
    given_row(db, (struct row){1, 3, "2026-12-07", 708, "CLOUDFLARE 650-3198939, US 8.03 USD"});
    given_row(db, (struct row){1, 4, "2026-12-06", -878, "Refund: CLOUDFLARE (650-3198939, US)"});
    given_row(db, (struct row){1, 5, "2026-12-06", 876, "CLOUDFLARE 650-3198939, US 9.95 USD"});
    given_row(db, (struct row){1, 6, "2026-12-07", -708, "Refund: CLOUDFLARE (650-3198939, US)"});
    given_row(db, (struct row){1, 7, "2026-12-07", 707, "CLOUDFLARE 650-3198939, US 8.03 USD"});
    given_row(db, (struct row){1, 8, "2026-12-17", 799, "NETFLIX.COM 14087249160, NL"});
    derived(db);
    assert_rows(db,
                "select state, sum(amount_nanos) / 10000000, count(*) from charge group by state, "
                "amount_nanos > 0 order by 1, 2",
                "posted|2382|3\nreversed|-1586|2\nreversed|1586|2");
    assert_rows(db,
                "select c.amount_nanos / 10000000, r.amount_nanos / 10000000, "
                "t.amount_nanos / 10000000 from charge_reversal join charge as c using (charge_id) "
                "join charge as r on r.charge_id = reversal_charge_id join charge as t on "
                "t.charge_id = recapture_charge_id order by 1",
                "708|-708|707\n878|-878|876");
    assert_rows(db, "select role, count(*) from charge_row group by role order by role",
                "authorization|2\nposted|3\nreversal|2");
}

static void equal_purchases_that_posted_on_different_days_are_never_one(void **state)
{
    g_autoptr(Db) db = given_statements(4);

    (void)state;
    given_row(db, (struct row){1, 2, "2026-09-30", 2750, .posted = "2026-09-30"}); /* September */
    given_row(db, (struct row){2, 2, "2026-09-30", 2750, .posted = "2026-10-01"}); /* October */
    derived(db);
    assert_rows(db, CHARGES, "2026-09-30|2750|USD|posted\n2026-09-30|2750|USD|posted");

    /* a statement over both, in any order, and one made before the second posted */
    given_row(db, (struct row){3, 2, "2026-09-30", 2750, .posted = "2026-10-01"});
    given_row(db, (struct row){3, 3, "2026-09-30", 2750, .posted = "2026-09-30"});
    given_row(db, (struct row){4, 2, "2026-09-30", 2750, .posted = "2026-09-30"});
    given_row(db, (struct row){4, 3, "2026-09-30", 2750, .state = "pending"});
    derived(db);
    assert_rows(db, CHARGES, "2026-09-30|2750|USD|posted\n2026-09-30|2750|USD|posted");
    assert_rows(db, HISTORY,
                "1|a.csv:2|posted|1\n1|c.csv:3|posted|0\n1|d.csv:2|posted|0\n"
                "2|b.csv:2|posted|1\n2|c.csv:2|posted|0\n2|d.csv:3|pending|0");
}

/* The ids of two equal purchases by their posting days, which stand in the statement in this order.
 */
static char *ids_of(const char *first, const char *second)
{
    g_autoptr(Db) db = given_statements(1);

    given_row(db, (struct row){1, 2, "2026-09-30", 2750, .posted = first});
    given_row(db, (struct row){1, 3, "2026-09-30", 2750, .posted = second});
    derived(db);
    return rows_of(db, "select posted_on, id from charge order by posted_on");
}

static void the_order_of_rows_gives_no_charge_another_id(void **state)
{
    g_autofree char *one = ids_of("2026-10-01", "2026-10-02");
    g_autofree char *other = ids_of("2026-10-02", "2026-10-01");

    (void)state;
    assert_string_equal(one, other);
}

/* Rows of one merchant; which of them are reversed. */
struct netting {
    const char *name;
    struct row rows[4];
    const char *reversed; /* amounts, by charge */
};

static void purchases_and_refunds_are_no_reversals(void **state)
{
    static const struct netting cases[] = {
        {"a refund, and nothing is charged again",
         {{1, 2, "2026-03-01", 2750}, {1, 3, "2026-03-02", -2750, "REFUND OPENAI"}},
         ""},
        {"two purchases of one price and a refund of one",
         {{1, 2, "2026-03-01", 2750},
          {1, 3, "2026-03-02", 2750},
          {1, 4, "2026-03-03", -2750, "REFUND OPENAI"}},
         ""},
        {"the same, and the refund between them",
         {{1, 2, "2026-03-01", 2750},
          {1, 3, "2026-03-02", -2750, "REFUND OPENAI"},
          {1, 4, "2026-03-03", 2750}},
         ""},
        {"two purchases at two rates, then a refund",
         {{1, 2, "2026-03-01", 2750},
          {1, 3, "2026-03-02", 2748},
          {1, 4, "2026-03-03", -2750, "REFUND OPENAI"}},
         ""},
        {"a refund weeks later, and a purchase after it",
         {{1, 2, "2026-03-01", 2750},
          {1, 3, "2026-03-22", -2750, "REFUND OPENAI"},
          {1, 4, "2026-03-23", 2748}},
         ""},
        {"the merchant's amounts differ",
         {{1, 2, "2026-03-01", 2750, .original_currency = "EUR", .original_cents = 2500},
          {1, 3, "2026-03-01", -2750, "REFUND OPENAI"},
          {1, 4, "2026-03-01", 2748, .original_currency = "EUR", .original_cents = 2510}},
         ""},
        {"a reversal, and the same is charged again",
         {{1, 2, "2026-03-01", 2750},
          {1, 3, "2026-03-02", -2750, "OPENAI", .type = "Reversal"},
          {1, 4, "2026-03-03", 2750}},
         "2750 -2750"},
        {"a reversal of one of two purchases",
         {{1, 2, "2026-03-01", 2750},
          {1, 3, "2026-03-01", 2750},
          {1, 4, "2026-03-03", -2750, "OPENAI", .type = "Reversal"}},
         ""},
        {"a statement from new to old",
         {{1, 2, "2026-03-04", 100, "GITHUB"},
          {1, 3, "2026-03-02", 2748},
          {1, 4, "2026-03-02", -2750, "REFUND OPENAI"},
          {1, 5, "2026-03-02", 2750}},
         "-2750 2750"},
        {"two purchases, then a refund, in a statement from new to old",
         {{1, 2, "2026-03-04", 100, "GITHUB"},
          {1, 3, "2026-03-02", -2750, "REFUND OPENAI"},
          {1, 4, "2026-03-02", 2748},
          {1, 5, "2026-03-02", 2750}},
         ""},
        {"a statement in no order",
         {{1, 2, "2026-03-02", -2750, "REFUND OPENAI"},
          {1, 3, "2026-03-04", 100, "GITHUB"},
          {1, 4, "2026-03-02", 2748},
          {1, 5, "2026-03-02", 2750}},
         "-2750 2750"},
        {"another merchant's refund",
         {{1, 2, "2026-03-01", 2750},
          {1, 3, "2026-03-01", -2750, "REFUND GITHUB"},
          {1, 4, "2026-03-01", 2748}},
         ""},
        {"an id says it, and no word",
         {{1, 2, "2026-03-01", 2750, "OPENAI", "t-1"},
          {1, 3, "2026-03-01", -2750, "OPENAI", "t-1"},
          {1, 4, "2026-03-01", 2748, "OPENAI", "t-2"}},
         "-2750 2750"},
        {"neither an id nor a word says it",
         {{1, 2, "2026-03-01", 2750, "OPENAI", "t-1"},
          {1, 3, "2026-03-01", -2750, "OPENAI", "t-3"},
          {1, 4, "2026-03-01", 2748, "OPENAI", "t-2"}},
         ""},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Db) db = given_statements(1);
        g_autofree char *found = NULL;

        for (gsize j = 0; j < G_N_ELEMENTS(cases[i].rows) && cases[i].rows[j].file; j++)
            given_row(db, cases[i].rows[j]);
        derived(db);
        found = rows_of(db, "select coalesce(group_concat(cents, ' '), '') from (select "
                            "amount_nanos / 10000000 as cents from charge where state = 'reversed'"
                            " order by charge_id)");
        if (strcmp(found, cases[i].reversed) != 0)
            fail_msg("%s: %s", cases[i].name, found);
    }
}

static void legs_of_one_purchase_are_summed(void **state)
{
    g_autoptr(Db) db = given_statements(2);

    (void)state;
    for (int file = 1; file <= 2; file++) { /* two statements that overlap */
        given_row(db, (struct row){file, 2, "2026-08-03", 1570, "Taste of Europe", "CARD-4",
                                   .currency = "CAD", .original_currency = "USD",
                                   .original_cents = 1118, .fee_cents = 7, .is_leg = 1});
        given_row(db, (struct row){file, 3, "2026-08-03", 2332, "Taste of Europe", "CARD-4",
                                   .currency = "USD", .original_currency = "USD",
                                   .original_cents = 2332, .is_leg = 1});
    }
    derived(db);
    assert_rows(db,
                "select amount_nanos / 10000000, currency, original_currency, fee_nanos / 10000000,"
                " fee_currency, state from charge",
                "3450|USD||7|CAD|posted");
    assert_rows(db, HISTORY, "1|a.csv:2|leg|1\n1|a.csv:3|leg|1\n1|b.csv:2|leg|0\n1|b.csv:3|leg|0");
}

static void legs_of_one_currency_keep_it_and_the_merchants_sum(void **state)
{
    g_autoptr(Db) db = given_statements(1);

    (void)state;
    given_row(db,
              (struct row){1, 2, "2026-08-03", 1000, "SHOP", "CARD-4", .original_currency = "EUR",
                           .original_cents = 900, .is_leg = 1, .fee_cents = 3});
    given_row(db,
              (struct row){1, 3, "2026-08-03", 2000, "SHOP", "CARD-4", .original_currency = "EUR",
                           .original_cents = 1800, .is_leg = 1, .fee_cents = 4});
    /* The refund of the same id is a movement of its own, and so is another day's. */
    given_row(db, (struct row){1, 4, "2026-08-05", -3000, "SHOP", "CARD-4", .is_leg = 1});
    given_row(db, (struct row){1, 5, "2026-08-09", 500, "SHOP", "CARD-4", .is_leg = 1});
    derived(db);
    assert_rows(db,
                "select amount_nanos / 10000000, currency, original_nanos / 10000000,"
                " original_currency, fee_nanos / 10000000 from charge order by dated_on",
                "3000|USD|2700|EUR|7\n-3000|USD|-||0\n500|USD|-||0");
}

static void legs_that_post_later_are_one_charge_all_along(void **state)
{
    g_autoptr(Db) db = given_statements(2);
    g_autofree char *before = NULL, *after = NULL;

    (void)state;
    for (int file = 1; file <= 2; file++) {
        const char *on = file == 1 ? "2026-08-03" : "2026-08-04";
        const char *pending = file == 1 ? "pending" : NULL;

        given_row(db,
                  (struct row){file, 2, on, 1570, "SHOP", "CARD-4", pending, .currency = "CAD",
                               .original_currency = "USD", .original_cents = 1118, .is_leg = 1});
        given_row(db, (struct row){file, 3, on, 2332, "SHOP", "CARD-4", pending, .is_leg = 1});
        derived(db);
        assert_rows(db, "select count(*), sum(amount_nanos) / 10000000 from charge", "1|3450");
        if (file == 1)
            before = rows_of(db, "select id from charge");
        else
            after = rows_of(db, "select id from charge");
    }
    assert_string_equal(before, after);
    assert_rows(db, "select state from charge", "posted");
    assert_rows(db, "select count(*), sum(is_counted) from charge_row", "4|2");
}

static void legs_that_cannot_be_added_stay_apart(void **state)
{
    g_autoptr(Db) db = given_statements(1);

    (void)state;
    given_row(db, (struct row){1, 2, "2026-08-03", 1570, "SHOP", "CARD-4", .currency = "CAD",
                               .is_leg = 1});
    given_row(db, (struct row){1, 3, "2026-08-03", 2332, "SHOP", "CARD-4", .currency = "EUR",
                               .is_leg = 1});
    derived(db);
    assert_rows(db, CHARGES, "2026-08-03|1570|CAD|posted\n2026-08-03|2332|EUR|posted");
}

static void a_fee_of_the_same_id_is_the_charges_fee(void **state)
{
    g_autoptr(Db) db = given_statements(2);

    (void)state;
    for (int file = 1; file <= 2; file++) {
        given_row(db, (struct row){file, 2, "2026-08-03", 10000, "Sent money", "TRANSFER-1"});
        given_row(db, (struct row){file, 3, "2026-08-03", 75, "Wise Charges for: TRANSFER-1",
                                   "TRANSFER-1", .is_fee = 1});
        given_row(db, (struct row){file, 4, "2026-08-03", -10000, "Returned", "TRANSFER-1"});
        given_row(db, (struct row){file, 5, "2026-08-04", 30, "Wise Charges for: TRANSFER-2",
                                   "TRANSFER-2", .is_fee = 1});
    }
    derived(db);
    assert_rows(db,
                "select amount_nanos / 10000000, fee_nanos / 10000000, fee_currency from charge"
                " order by charge_id",
                "-10000|0|USD\n10000|75|USD\n30|0|USD");
    assert_rows(db, "select distinct charge_id, role, note from charge_row where role = 'fee'",
                "2|fee|\n3|fee|A fee, and no row with its id says what for.");
}

static void a_charge_that_posts_with_its_fee_keeps_it(void **state)
{
    g_autoptr(Db) db = given_statements(2);

    (void)state;
    given_row(db, (struct row){1, 2, "2026-08-03", 10000, "OPENAI", "T-1", "pending"});
    given_row(
        db, (struct row){1, 3, "2026-08-03", 70, "Charges for T-1", "T-1", "pending", .is_fee = 1});
    given_row(db, (struct row){2, 2, "2026-08-04", 10010, "OPENAI", "T-1"});
    given_row(db, (struct row){2, 3, "2026-08-04", 75, "Charges for T-1", "T-1", .is_fee = 1});
    derived(db);
    assert_rows(db, "select amount_nanos / 10000000, fee_nanos / 10000000, state from charge",
                "10010|75|posted");
    assert_rows(db, "select count(*), sum(is_counted) from charge_row", "4|2");
}

/* Every pair of them would be kept: gigabytes, for a statement of a few megabytes. */
static void pending_rows_that_fit_hundreds_of_others_stay_pending(void **state)
{
    g_autoptr(Db) db = given_statements(2);

    (void)state;
    for (int i = 0; i < 600; i++) {
        g_autofree char *id = g_strdup_printf("p-%d", i), *other = g_strdup_printf("t-%d", i);

        given_row(db, (struct row){1, i + 2, "2026-03-05", 2500, .id = id, .state = "pending"});
        given_row(db, (struct row){2, i + 2, "2026-03-06", 2500, .id = other});
    }
    derived(db);
    assert_rows(db, "select state, count(*) from charge group by state", "pending|600\nposted|600");
}

/* Every pair of them would be compared for every credit: hours. */
static void a_reversal_is_not_looked_for_among_thousands_of_pairs(void **state)
{
    g_autoptr(Db) db = given_statements(1);

    (void)state;
    given_row(db, (struct row){1, 2, "2026-03-03", 2500, .original_currency = "EUR"});
    given_row(db, (struct row){1, 3, "2026-03-05", -2500, .type = "refund"});
    for (int i = 0; i < 150; i++) {
        given_row(db, (struct row){1, 10 + i, "2026-03-04", 2500, .original_currency = "EUR",
                                   .original_cents = 1});
        given_row(db, (struct row){1, 200 + i, "2026-03-06", 2501, .original_currency = "EUR"});
    }
    derived(db);
    assert_rows(db, "select state, count(*) from charge group by state", "posted|302");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pending_row_that_posts_otherwise_is_one_charge),
        cmocka_unit_test(a_pending_row_is_not_followed_to_another_movement),
        cmocka_unit_test(rows_of_one_statement_are_one_movement_when_they_share_an_id),
        cmocka_unit_test(rows_of_one_statement_that_differ_in_nothing_but_the_state_need_an_id),
        cmocka_unit_test(an_id_that_many_payments_have_proves_nothing),
        cmocka_unit_test(identical_rows_keep_the_rows_of_every_statement_apart),
        cmocka_unit_test(what_is_not_unique_both_ways_stays_pending),
        cmocka_unit_test(legs_that_post_later_are_one_charge_all_along),
        cmocka_unit_test(as_many_posted_as_were_pending_are_paired_in_order),
        cmocka_unit_test(a_pending_row_that_vanished_was_dropped),
        cmocka_unit_test(a_pending_row_without_a_date_is_followed_from_statement_to_statement),
        cmocka_unit_test(equal_purchases_that_posted_on_different_days_are_never_one),
        cmocka_unit_test(the_order_of_rows_gives_no_charge_another_id),
        cmocka_unit_test(an_authorization_its_reversal_and_its_recapture_are_netted),
        cmocka_unit_test(purchases_and_refunds_are_no_reversals),
        cmocka_unit_test(legs_of_one_purchase_are_summed),
        cmocka_unit_test(legs_of_one_currency_keep_it_and_the_merchants_sum),
        cmocka_unit_test(legs_that_cannot_be_added_stay_apart),
        cmocka_unit_test(a_fee_of_the_same_id_is_the_charges_fee),
        cmocka_unit_test(a_charge_that_posts_with_its_fee_keeps_it),
        cmocka_unit_test(pending_rows_that_fit_hundreds_of_others_stay_pending),
        cmocka_unit_test(a_reversal_is_not_looked_for_among_thousands_of_pairs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
