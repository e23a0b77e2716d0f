/*
 * test_close.c - a month's check list, its close, what changes it later, and the opening that
 * follows.
 *
 * org-a bought 100.00 USD on 10 September 2026 and used 10.00 in September, 20.00 in October
 * and 30.00 in November, whose last day is not covered. Every check of September and October is
 * green.
 */
#include "close/close.h"
#include "core/error.h"
#include "report_given.h"
#include <glib/gstdio.h>

static void given_topup(Db *db, int key, const char *paid_on, const char *reference)
{
    runf(db,
         "insert into topup (topup_id, id, topup_row_id, file_id, line, organization_key, paid_at,"
         " paid_on, paid_is_date, paid_from, paid_until, invoice_number, receipt_number,"
         " description, kind, status, credit_nanos, credit_currency, tax_nanos, total_nanos,"
         " currency, card_last4, reference, revision_count, wallet) values"
         " (%d, 't%012d', %d, 1, 2, 1, 0, '%s', 0, 0, 1, '%s', '', '', '', 'paid', 100000000000,"
         " 'USD', 0, 100000000000, 'USD', '', '%s', 1, 'api');"
         "insert into topup_state (topup_id, receipt_state, card_state, state, rule) values"
         " (%d, 'confirmed', 'confirmed', 'confirmed', '')",
         key, key, key, paid_on, reference, reference, key);
}

static void given_pair(Db *db)
{
    run(db, "insert into receipt (receipt_id, id, receipt_row_id, file_id, line, receipt_number,"
            " invoice_number, paid_on, paid_from, paid_until, seller, description, total_nanos,"
            " currency, payment_method, card_last4, reference, wallet, wallet_rule) values"
            " (1, 'r000000000001', 1, 1, 2, '1', 'A-1', '2026-09-10', 0, 1, '', '', 100000000000,"
            "  'USD', '', '', '1', 'api', ''),"
            " (2, 'r000000000002', 2, 1, 3, '2', 'A-1', '2026-09-10', 0, 1, '', '', 100000000000,"
            "  'USD', '', '', '2', 'api', '');"
            "insert into link (topup_id, leg, receipt_id, charge_id, state, rule, reason,"
            " variance_nanos) values (1, 'receipt', 1, null, 'confirmed', '', '', 0)");
}

static void given_balances(Db *db, const char *policy)
{
    runf(
        db,
        "insert into balance_day (policy, organization_key, currency, day, paid_nanos, free_nanos,"
        " overdraft_nanos, topup_nanos, grant_nanos, usage_nanos, expired_nanos, withdrawn_nanos,"
        " adjustment_nanos) values"
        " ('%s', 1, 'USD', '2026-09-30', 90000000000, 0, 0, 100000000000, 0, 10000000000, 0, 0, 0),"
        " ('%s', 1, 'USD', '2026-10-31', 70000000000, 0, 0, 0, 0, 20000000000, 0, 0, 0),"
        " ('%s', 1, 'USD', '2026-11-29', 40000000000, 0, 0, 0, 0, 30000000000, 0, 0, 0)",
        policy, policy, policy);
}

static Db *given_ledger(void)
{
    g_autoptr(GError) error = NULL;
    Db *db = db_open_memory(&error);

    assert_non_null(db);
    given_organization(db, 1, "org-a");
    given_file(db, 1, "facts.csv", "other", NULL);
    run(db, "insert into project values (1, 'proj_a', 'atlas');"
            "insert into organization_fact (organization_key, billing_mode, first_on, cost_from,"
            " cost_until) values (1, 'prepaid', '2026-09-01', '2026-09-01', '2026-11-29');"
            "with recursive days (day) as (select '2026-09-01' union all"
            " select date(day, '+1 day') from days where day < '2026-12-31')"
            "insert into calendar select day,"
            " cast(julianday(day) - 2440587.5 as integer), substr(day, 1, 7) from days;"
            "insert into coverage values (1, '2026-09-01', '2026-11-29');"
            "insert into cost_day values"
            " (1, 1, '2026-09-30', 'USD', 10000000000, 0, null, null, 1),"
            " (1, 1, '2026-10-31', 'USD', 20000000000, 0, null, null, 1),"
            " (1, 1, '2026-11-29', 'USD', 30000000000, 0, null, null, 1)");
    given_topup(db, 1, "2026-09-10", "A-1");
    given_pair(db);
    given_balances(db, "free-first");
    given_balances(db, "expiry-first");
    return db;
}

static struct close_request request_of(const char *month)
{
    return (struct close_request){.month = month, .prepared_by = "ada", .reviewed_by = "grace"};
}

/* The statement, or the check list when it is refused. */
static char *close_text(Db *db, const struct close_request *request, gboolean *refused)
{
    g_autoptr(GError) error = NULL;
    GString *out = g_string_new(NULL);
    g_autoptr(GString) talk = g_string_new(NULL);

    if (!close_month(db, request, out, talk, refused, &error))
        fail_msg("%s", error->message);
    return g_string_free(out, FALSE);
}

static char *must_close(Db *db, const char *month)
{
    const struct close_request request = request_of(month);
    gboolean refused = TRUE;
    char *text = close_text(db, &request, &refused);

    if (refused)
        fail_msg("%s", text);
    return text;
}

static void closed(Db *db, const char *month)
{
    g_autofree char *text = must_close(db, month);

    assert_true(*text);
}

/* What is red in a check list, joined by blanks. */
static char *red_codes(const char *list)
{
    g_auto(GStrv) lines = g_strsplit(list, "\n", -1);
    GString *codes = g_string_new(NULL);

    for (guint i = 0; lines[i]; i++)
        if (g_str_has_prefix(lines[i], "  red     ")) {
            char *end = strchr(lines[i] + 10, ' ');

            g_string_append_printf(codes, "%s%.*s", codes->len ? " " : "",
                                   (int)(end - lines[i] - 10), lines[i] + 10);
        }
    return g_string_free(codes, FALSE);
}

static const struct {
    const char *defect, *code, *finding;
} defects[] = {
    {"update coverage set until_day = '2026-09-20'", "COVERAGE",
     "cost is covered to 2026-09-20, and 10 days of 2026-09 not at all"},
    {"delete from coverage", "COVERAGE", "no cost export covers a day of 2026-09"},
    {"insert into exception (room, code, severity, organization_key, dated_on, amount_nanos,"
     " currency, reference, line, explanation, next_action, id) values"
     " ('import', 'COVERAGE_GAP', 'warning', 1, '2026-09-12', 0, 'USD', '', 0, '', '', 'x1')",
     "COVERAGE", "1 COVERAGE_GAP open"},
    {"update cost_day set is_provisional = 1 where day = '2026-09-30'", "PROVISIONAL",
     "1 day from 2026-09-30 on may still change: 10.00 USD of cost so far"},
    {"update topup_state set state = 'open', card_state = 'open'", "TOPUPS",
     "not settled on both sides: 1 top-up, 100.00 USD: A-1"},
    {"update topup set status = 'pending'; update topup_state set state = ''", "TOPUPS",
     "not settled on both sides: 1 top-up, 100.00 USD: A-1"},
    {"update topup_state set state = 'suggested'", "TOPUPS", "1 top-up, 100.00 USD: A-1"},
    {"update topup_state set state = 'awaiting-statement'", "STATEMENTS",
     "awaiting a card statement: 1 top-up, 100.00 USD: A-1"},
    {"update topup_state set state = 'ambiguous'", "AMBIGUOUS",
     "above materiality is ambiguous: 100.00 USD: A-1"},
    {"insert into opening (organization_key, currency, first_on, evidence, reference) values"
     " (1, 'USD', '2026-09-01', '', '')",
     "OPENING", "in USD it is not known: zero was assumed"},
    {"insert into observation (observation_id, line, organization_key, observed_at, observed_on,"
     " balance_nanos, currency) values (1, 0, 1, 0, '2026-09-30', 89900000000, 'USD');"
     "insert into balance_check (policy, observation_id, low_nanos, high_nanos, unexplained_nanos) "
     "values ('free-first', 1, 0, 0, -100000000)",
     "UNEXPLAINED", "-0.10 USD of the observed balance is unexplained, against 0.05 USD"},
    {"insert into exception (room, code, severity, organization_key, dated_on, amount_nanos,"
     " currency, reference, line, explanation, next_action, id) values"
     " ('import', 'SNAPSHOT_CONFLICT', 'error', 1, '2026-09-01', 5000000000, 'USD', '', 0, '', '',"
     "  'x1')",
     "CONFLICTS", "5.00 USD: SNAPSHOT_CONFLICT"},
    {"insert into exception (room, code, severity, organization_key, dated_on, amount_nanos,"
     " currency, reference, line, explanation, next_action, id) values"
     " ('import', 'PROJECT_ABSENT', 'warning', 1, '2026-09-01', 5000000000, 'USD', '', 0, '', '',"
     "  'x1')",
     "CONFLICTS", "5.00 USD: PROJECT_ABSENT"},
    {"update file set kind = 'accounts', reject_count = 2, path = '/dev/null',"
     " sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'",
     "REJECTS SOURCES", "2 records of facts.csv not in the ledger"},
    {"update file set kind = 'projects'", "SOURCES", "facts.csv is missing"},
};

static void each_defect_turns_its_line_of_the_check_list_red(void **state)
{
    const struct close_request request = request_of("2026-09");

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(defects); i++) {
        g_autoptr(Db) db = given_ledger();
        gboolean refused = FALSE;
        g_autofree char *list = NULL, *codes = NULL;

        run(db, defects[i].defect);
        list = close_text(db, &request, &refused);
        codes = red_codes(list);
        assert_true(refused);
        if (strcmp(codes, defects[i].code) != 0 || !strstr(list, defects[i].finding))
            fail_msg("%s: red is %s:\n%s", defects[i].defect, codes, list);
        assert_rows(db, "select count(*) from closing", "0");
        assert_rows(db, "select count(*) from audit", "0");
    }
}

/* Within materiality: what a stated amount allows is green. */
static void what_is_within_materiality_is_green(void **state)
{
    static const char *const changes[] = {
        "update topup_state set state = 'ambiguous';"
        "update organization_fact set materiality_nanos = 100000000000",
        "insert into observation (observation_id, line, organization_key, observed_at, observed_on,"
        " balance_nanos, currency) values (1, 0, 1, 0, '2026-09-30', 89000000000, 'USD');"
        "insert into balance_check (policy, observation_id, low_nanos, high_nanos, "
        "unexplained_nanos) values ('free-first', 1, 0, 0, -1000000000);"
        "update organization_fact set materiality_ppm = 100000"};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(changes); i++) {
        g_autoptr(Db) db = given_ledger();

        run(db, changes[i]);
        closed(db, "2026-09");
    }
}

/* What was accepted above and below must not cancel: each is held against materiality by itself. */
static void adjustments_are_summed_each_way_by_itself(void **state)
{
    g_autoptr(Db) db = given_ledger();
    g_autofree char *text = NULL;

    (void)state;
    run(db, "insert into adjustment (topup_id, cause, amount_nanos, currency, explanation) values"
            " (1, 'card-fee', 60000000, 'USD', ''), (1, 'fx-margin', -20000000, 'USD', ''),"
            " (1, 'tax', 9000000000, 'USD', ''), (1, 'card-fee', 50000000, 'HKD', '')");
    text = must_close(db, "2026-09");
    assert_non_null(
        strstr(text, "  card-fee, HKD (1)                              0.05                 0.00\n"
                     "  card-fee, USD (1)                              0.06                 0.00\n"
                     "  fx-margin, USD (1)                             0.00                -0.02\n"
                     "  tax, USD (1)                                   9.00                 0.00\n"
                     "  all but tax, HKD                               0.05                 0.00"
                     "                 none\n"
                     "  all but tax, USD                               0.06                -0.02"
                     "           above 0.05\n"));
}

static void a_month_of_which_nothing_is_known_is_never_closed(void **state)
{
    g_autoptr(Db) db = given_ledger();
    const struct close_waiver waivers[] = {{"COVERAGE", "idle"}};
    struct close_request request = request_of("2026-12");
    gboolean refused = FALSE;
    g_autofree char *list = NULL;

    (void)state;
    request.waivers = waivers;
    request.waiver_count = 1;
    list = close_text(db, &request, &refused);
    assert_true(refused);
    assert_non_null(strstr(list, "no cost export covers a day of 2026-12"));
}

static void a_waiver_closes_and_is_kept_with_its_reason(void **state)
{
    g_autoptr(Db) db = given_ledger();
    const struct close_waiver waivers[] = {{"PROVISIONAL", "final"}, {"TOPUPS", "not needed"}};
    struct close_request request = request_of("2026-09");
    gboolean refused = TRUE;
    g_autofree char *text = NULL;

    (void)state;
    run(db, "update cost_day set is_provisional = 1 where day = '2026-09-30'");
    request.waivers = waivers;
    request.waiver_count = 2;
    text = close_text(db, &request, &refused);
    assert_false(refused);
    assert_non_null(strstr(text, "waived because: final"));
    assert_null(strstr(text, "not needed"));
    assert_rows(db, "select code, reason from closing_waiver", "PROVISIONAL|final");
}

/* What a change to the facts does to a closed September, and what each is told as. */
static const struct {
    const char *change, *told; /* told: code, amount, reference, a row each; "" for none */
} later[] = {
    {"update cost_day set cost_nanos = 12000000000 where day = '2026-09-30';"
     "update balance_day set usage_nanos = 12000000000, paid_nanos = 88000000000"
     " where day = '2026-09-30'",
     "RESTATED_AFTER_CLOSE|2000000000|2026-09 cost USD"},
    {"insert into project values (2, 'proj_b', '');"
     "insert into cost_day values (1, 2, '2026-09-05', 'USD', 1, 0, null, null, 1)",
     "RESTATED_AFTER_CLOSE|1|2026-09 cost USD"},
    {"update topup set credit_nanos = 90000000000",
     "RESTATED_AFTER_CLOSE|10000000000|2026-09 topup USD"},
    {"update topup set total_nanos = 110000000000", "RESTATED_AFTER_CLOSE|0|2026-09 topup USD"},
    {"update topup set status = 'failed'; update topup_state set receipt_state = '',"
     " card_state = '', state = ''",
     "RESTATED_AFTER_CLOSE|200000000000|2026-09 pair USD\n"
     "RESTATED_AFTER_CLOSE|100000000000|2026-09 topup USD"},
    {"update topup_state set receipt_state = 'open', state = 'open'; delete from link",
     "RESTATED_AFTER_CLOSE|100000000000|2026-09 pair USD"},
    {"update link set receipt_id = 2", "RESTATED_AFTER_CLOSE|100000000000|2026-09 pair USD"},
    {"update balance_day set grant_nanos = 5000000000, free_nanos = 5000000000"
     " where day = '2026-09-30'",
     "RESTATED_AFTER_CLOSE|5000000000|2026-09 rollforward USD"},
    {"delete from balance_day; delete from cost_day; delete from link; delete from topup_state;"
     " delete from topup",
     "RESTATED_AFTER_CLOSE|10000000000|2026-09 cost USD\n"
     "RESTATED_AFTER_CLOSE|200000000000|2026-09 pair USD\n"
     "RESTATED_AFTER_CLOSE|90000000000|2026-09 rollforward USD\n"
     "RESTATED_AFTER_CLOSE|100000000000|2026-09 topup USD"},
    /* no change of what was signed */
    {"update topup_state set card_state = 'interchangeable', state = 'interchangeable'", ""},
    {"update topup_state set receipt_state = 'settled', state = 'settled'; delete from link", ""},
    {"update topup set status = 'refunded', refunded_at = 1793491200", ""},
    {"update cost_day set cost_nanos = 1 where day = '2026-10-31'", ""},
    {"insert into exception (room, code, severity, organization_key, dated_on, amount_nanos,"
     " currency, reference, line, explanation, next_action, id) values"
     " ('match', 'NO_RECEIPT', 'warning', 1, '2026-09-02', 0, 'USD', '', 0, '', '', 'x1')",
     ""},
};

static void a_change_of_what_was_signed_suspends_it_and_nothing_else_does(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(later); i++) {
        g_autoptr(Db) db = given_ledger();
        g_autofree char *told = NULL, *sign_off = NULL;

        closed(db, "2026-09");
        run(db, later[i].change);
        derive(db, close_run);
        told = rows_of(db, "select code, amount_nanos, reference from exception"
                           " where room = 'close' order by reference");
        sign_off = rows_of(db, "select state from fct_closings");
        if (strcmp(told, later[i].told) != 0)
            fail_msg("%s: told is\n%s", later[i].change, told);
        assert_string_equal(sign_off, *later[i].told ? "suspended" : "closed");
    }
}

/* Both orders of the words: what comes apart is told, what is cleared later is not. */
static void an_open_item_that_clears_later_suspends_nothing(void **state)
{
    g_autoptr(Db) db = given_ledger();
    const struct close_waiver waivers[] = {{"TOPUPS", "the receipt is on its way"}};
    struct close_request request = request_of("2026-09");
    gboolean refused = TRUE;
    g_autofree char *text = NULL;

    (void)state;
    run(db, "update topup_state set receipt_state = 'open', state = 'open'; delete from link");
    request.waivers = waivers;
    request.waiver_count = 1;
    text = close_text(db, &request, &refused);
    assert_false(refused);
    run(db, "update topup_state set receipt_state = 'confirmed', state = 'confirmed';"
            "insert into link (topup_id, leg, receipt_id, charge_id, state, rule, reason,"
            " variance_nanos) values (1, 'receipt', 1, null, 'confirmed', '', '', 0)");
    derive(db, close_run);
    assert_rows(db, "select count(*) from closing_change", "0");
}

static void given_charges(Db *db)
{
    run(db,
        "pragma foreign_keys = off;"
        "insert into account (account_id, account, card_last4, zone, currency, owner)"
        " values (1, 'card', '', '', '', '');"
        "with keys (key) as (values (1), (2), (3))"
        "insert into charge (charge_id, id, card_row_id, file_id, line, account_id, card_last4,"
        " dated_on, purchased_from, purchased_until, is_timed, zone, amount_nanos, currency,"
        " original_currency, fee_nanos, fee_currency, state, status, type, descriptor,"
        " reference, wallet, wallet_rule) select key, 'c00000000000' || key, key, 1, key, 1, '',"
        " '2026-09-1' || key, 0, 1, 0, '', 50000000000, 'USD', '', 0, '', 'posted', '', '', '', '',"
        " 'api', '' from keys");
}

/* A leg of several charges is covered whole: one of them that is another's is a change, other ids
 * of the same ones are none. */
static void a_charge_of_several_that_is_another_is_a_change(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_charges(db);
    run(db, "insert into link (topup_id, leg, receipt_id, charge_id, state, rule, reason,"
            " variance_nanos) values (1, 'card', null, 1, 'confirmed', '', '', 0);"
            "insert into link_part values (1, 1, 50000000000, 'USD', 0, 50000000000, 'USD'),"
            " (1, 2, 50000000000, 'USD', 0, 50000000000, 'USD')");
    closed(db, "2026-09");
    assert_rows(db, "select text from closing_fact where kind = 'pair' and id like '% card'",
                "2026-09-11 50000000000 USD to 2026-09-12 50000000000 USD, 2");
    run(db, "update account set account = 'corporate'; update charge set id = 'c1' || charge_id");
    derive(db, close_run);
    assert_rows(db, "select count(*) from closing_change", "0");
    run(db, "update link_part set charge_id = 3 where charge_id = 2");
    derive(db, close_run);
    assert_rows(db, "select explanation from exception",
                "The pairs of 2026-09 changed after it was closed, in USD: A-1 card has another "
                "counterpart (facts.csv). Its sign-off is suspended.");
}

static void a_statement_without_a_roll_forward_says_why(void **state)
{
    g_autoptr(Db) paid = given_ledger(), invoiced = given_ledger();
    g_autofree char *unused = NULL, *uncredited = NULL;

    (void)state;
    run(paid, "delete from balance_day");
    unused = must_close(paid, "2026-09");
    assert_non_null(strstr(unused, "  none: no cost export says what was used of the credits\n"));
    run(invoiced,
        "delete from balance_day; update organization_fact set billing_mode = 'invoiced'");
    uncredited = must_close(invoiced, "2026-09");
    assert_non_null(strstr(uncredited, "  none: no prepaid credits\n"));
}

static void a_suspension_goes_when_the_change_is_taken_back(void **state)
{
    g_autoptr(Db) db = given_ledger();
    g_autofree char *first = must_close(db, "2026-09"), *again = NULL;

    (void)state;
    run(db, "update topup set credit_nanos = 1");
    derive(db, close_run);
    assert_rows(db, "select state from fct_closings", "suspended");
    run(db, "update topup set credit_nanos = 100000000000");
    derive(db, close_run);
    assert_rows(db, "select state from fct_closings", "closed");
    again = must_close(db, "2026-09");
    assert_string_equal(first, again);
    assert_rows(db, "select count(*) from closing", "1");
}

#define ROLLFORWARD                                                                                \
    "select month, opening_nanos / 1000000000, restated_nanos / 1000000000,"                       \
    " closing_nanos / 1000000000 from fct_rollforward where policy = 'free-first' order by month"

static void the_opening_is_the_signed_closing_and_a_change_is_restated(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    closed(db, "2026-09");
    closed(db, "2026-10");
    assert_rows(db, ROLLFORWARD, "2026-09|0|0|90\n2026-10|90|0|70\n2026-11|70|0|40");
    run(db, "update balance_day set usage_nanos = 13000000000 where day = '2026-09-30';"
            "update balance_day set paid_nanos = paid_nanos - 3000000000");
    assert_rows(db, ROLLFORWARD, "2026-09|0|0|87\n2026-10|90|-3|67\n2026-11|70|-3|37");
    derive(db, close_run);
    assert_rows(db, "select month, state from fct_closings order by month",
                "2026-09|suspended\n2026-10|suspended");
}

/* The figures of the other policy were never signed: they keep the opening that follows from the
 * facts. */
static void only_the_policy_that_was_signed_has_a_signed_opening(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    closed(db, "2026-09");
    run(db, "update balance_day set paid_nanos = 80000000000 where day = '2026-09-30'");
    assert_rows(db,
                "select policy, opening_nanos / 1000000000, restated_nanos / 1000000000"
                " from fct_rollforward where month = '2026-10' order by policy",
                "expiry-first|80|0\nfree-first|90|-10");
}

/* A month whose facts are all gone still has its signed closing as the next one's opening. */
static void a_signed_closing_outlives_its_facts(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    closed(db, "2026-09");
    run(db, "pragma foreign_keys = off; delete from balance_day where day < '2026-10-01'");
    assert_rows(db, ROLLFORWARD, "2026-10|90|-90|70\n2026-11|70|0|40");
    assert_true(db_run(db, "dictionary_prune", NULL));
    assert_rows(db, "select organization_id from organization", "org-a");
}

static void assert_reopen_fails(Db *db, const char *month, const char *message)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) talk = g_string_new(NULL);

    assert_false(close_reopen(db, NULL, month, "why not", talk, &error));
    assert_non_null(strstr(error->message, message));
}

static void months_are_reopened_from_the_newest_back(void **state)
{
    g_autoptr(Db) db = given_ledger();
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) talk = g_string_new(NULL);

    (void)state;
    closed(db, "2026-09");
    closed(db, "2026-10");
    assert_reopen_fails(db, "2026-09",
                        "2026-10 of org-a is closed too, and stands on the closing of 2026-09");
    assert_reopen_fails(db, "2026-08", "2026-08 is not closed");
    assert_true(close_reopen(db, "org-a", "2026-10", "late", talk, &error));
    assert_true(close_reopen(db, "org-a", "2026-09", "late", talk, &error));
    assert_reopen_fails(db, "2026-09", "2026-09 is not closed");
    closed(db, "2026-09");
    assert_rows(db,
                "select month, sequence, state, reopened_for from fct_closings"
                " order by month, sequence",
                "2026-09|1|replaced|late\n2026-09|2|closed|-\n2026-10|1|reopened|late");
}

static void a_month_behind_one_that_is_open_or_suspended_is_red(void **state)
{
    g_autoptr(Db) db = given_ledger();
    const struct close_request october = request_of("2026-10"), november = request_of("2026-11");
    gboolean refused = FALSE;
    g_autofree char *list = NULL, *codes = NULL, *later_list = NULL;

    (void)state;
    closed(db, "2026-09");
    later_list = close_text(db, &november, &refused);
    assert_true(refused);
    assert_non_null(strstr(later_list, "2026-10 is not closed; the newest month that is, is "
                                       "2026-09"));
    run(db, "update balance_day set paid_nanos = paid_nanos - 1, usage_nanos = usage_nanos + 1"
            " where day = '2026-09-30'");
    derive(db, close_run);
    list = close_text(db, &october, &refused);
    codes = red_codes(list);
    assert_string_equal(codes, "PRIOR_MONTH OPENING");
}

/* What is read once for all organizations is told apart again. */
static void organizations_closed_together_sign_what_is_their_own(void **state)
{
    g_autoptr(Db) db = given_ledger();
    const struct close_waiver waivers[] = {{"TOPUPS", "no receipt"}};
    struct close_request request = request_of("2026-09");
    gboolean refused = TRUE;
    g_autofree char *text = NULL, *second = NULL;

    (void)state;
    given_organization(db, 2, "org-b");
    given_topup(db, 2, "2026-09-20", "B-1");
    given_charges(db);
    run(db, "update topup set organization_key = 2, credit_nanos = 70000000000 where topup_id = 2;"
            "update topup_state set receipt_state = 'open', state = 'open' where topup_id = 2;"
            "insert into organization_fact (organization_key, billing_mode, first_on, cost_from,"
            " cost_until) values (2, 'prepaid', '2026-09-01', '2026-09-01', '2026-09-30');"
            "insert into coverage values (2, '2026-09-01', '2026-09-30');"
            "update charge set posted_on = '2026-10-01' where charge_id = 1;"
            "insert into link (topup_id, leg, receipt_id, charge_id, state, rule, reason,"
            " variance_nanos) values (1, 'card', null, 1, 'confirmed', '', '', 0)");
    request.waivers = waivers;
    request.waiver_count = 1;
    text = close_text(db, &request, &refused);
    assert_false(refused);
    assert_rows(db,
                "select organization_id, id, amount_nanos from closing_fact"
                " where kind in ('topup', 'pair') order by organization_id, id",
                "org-a|t000000000001|100000000000\norg-a|t000000000001 card|100000000000\n"
                "org-a|t000000000001 receipt|100000000000\norg-b|t000000000002|70000000000\n"
                "org-b|t000000000002 card|100000000000");
    assert_rows(db,
                "select organization_id, finding from closing_check where code = 'TOPUPS'"
                " order by organization_id",
                "org-a|every top-up has its receipt and its charge\n"
                "org-b|not settled on both sides: 1 top-up, 70.00 USD: B-1");
    second = g_strdup(strstr(text, "org-b"));
    assert_non_null(second);
    assert_non_null(strstr(text, "A-1 of 100.00 USD, paid 2026-09-10, charged 2026-10-01"));
    assert_null(strstr(second, "charged 2026-10-01"));
}

/* Keys depend on the order of import; what is signed must not. */
static void the_statement_is_the_same_whatever_the_keys_are(void **state)
{
    g_autoptr(Db) db = given_ledger();
    g_autoptr(Db) other = given_ledger();
    g_autofree char *text = NULL, *other_text = NULL;

    (void)state;
    run(other, "pragma foreign_keys = off;"
               "update organization set organization_key = 77;"
               "update organization_fact set organization_key = 77;"
               "update coverage set organization_key = 77;"
               "update project set project_key = 55;"
               "update cost_day set organization_key = 77, project_key = 55;"
               "update balance_day set organization_key = 77;"
               "update topup set topup_id = 99, organization_key = 77;"
               "update topup_state set topup_id = 99; update link set topup_id = 99");
    text = must_close(db, "2026-09");
    other_text = must_close(other, "2026-09");
    assert_string_equal(text, other_text);
}

static guint problem_count(Db *db, char **first)
{
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    int64_t count = 0;

    if (!close_verify(db, problems, &count, &error))
        fail_msg("%s", error->message);
    *first = problems->len ? g_strdup(g_ptr_array_index(problems, 0)) : NULL;
    return problems->len;
}

static const char *const tamperings[] = {
    "update closing set statement = statement || ' '",
    "update closing set statement = cast(cast(statement as blob) || x'00' as text)",
    "update closing set statement_sha256 = upper(statement_sha256)",
    "update closing set contents_sha256 = ''",
    "update closing set month = '2026-08'",
    "update closing set organization_id = 'org-b'",
    "update closing set sequence = 2",
    "update closing set next_month = '2026-11'",
    "update closing set policy = 'expiry-first'",
    "update closing set prepared_by = 'eve'",
    "update closing set reviewed_by = ''",
    "update closing set audit_id = 2",
    "update closing_fact set amount_nanos = amount_nanos + 1 where id = 'usage'",
    "update closing_fact set id = 'used' where id = 'usage'",
    "update closing_fact set kind = 'pair' where kind = 'topup'",
    "update closing_fact set currency = 'EUR' where id = 'usage'",
    "update closing_fact set text = '' where kind = 'topup'",
    "update closing_fact set source = cast(x'66006f' as text) where kind = 'topup'",
    "delete from closing_fact where kind = 'cost'",
    "update closing_waiver set reason = 'x'",
    "update closing_waiver set code = 'TOPUPS'",
    "delete from closing_waiver",
    "insert into closing_waiver values ('org-a', '2026-09', 1, 'TOPUPS', '')",
    "update reopening set reason = 'x'",
    "update reopening set sequence = 2",
    "update reopening set audit_id = 1",
    "delete from reopening",
    "delete from closing",
    "update closing_check set finding = finding || '.' where position = 3",
    "update closing_check set state = 'green'",
    "update closing_check set code = 'TOPUPS' where position = 3",
    "delete from closing_check where position = 11",
    "delete from closing_check",
    "insert into closing select organization_id, '2026-07', 1, next_month, policy, prepared_by,"
    " reviewed_by, statement, statement_sha256, contents_sha256, audit_id from closing",
};

static void verify_names_a_close_that_was_tampered_with(void **state)
{
    (void)state;
    for (gsize i = 0; i <= G_N_ELEMENTS(tamperings); i++) {
        g_autoptr(Db) db = given_ledger();
        g_autoptr(GError) error = NULL;
        g_autoptr(GString) talk = g_string_new(NULL);
        const struct close_waiver waivers[] = {{"PROVISIONAL", "final"}};
        struct close_request request = request_of("2026-09");
        g_autofree char *text = NULL, *first = NULL;
        gboolean refused = TRUE;

        request.waivers = waivers;
        request.waiver_count = 1;
        run(db, "update cost_day set is_provisional = 1 where day = '2026-09-30'");
        text = close_text(db, &request, &refused);
        assert_false(refused);
        assert_true(close_reopen(db, NULL, "2026-09", "late", talk, &error));
        run(db, "drop trigger closing_never_changes; drop trigger closing_keeps_its_rows;"
                "drop trigger closing_fact_never_changes; drop trigger closing_fact_keeps_its_rows;"
                "drop trigger closing_waiver_never_changes;"
                "drop trigger closing_waiver_keeps_its_rows;"
                "drop trigger closing_check_never_changes;"
                "drop trigger closing_check_keeps_its_rows;"
                "drop trigger reopening_never_changes; drop trigger reopening_keeps_its_rows");
        if (i == G_N_ELEMENTS(tamperings)) {
            assert_int_equal(problem_count(db, &first), 0);
            continue;
        }
        run(db, tamperings[i]);
        if (problem_count(db, &first) == 0)
            fail_msg("not found: %s", tamperings[i]);
        if (!strstr(first, "org-a") && !strstr(first, "org-b"))
            fail_msg("%s: names nothing: %s", tamperings[i], first);
    }
}

/* The reports of a month, as csv without the header and what no test is about. */
static char *report_rows(Db *db, const char *name, const char *month)
{
    const struct report_options options = {.month = month};
    g_autofree char *csv = render(db, name, "csv", options, 0, NULL);

    return g_strdup(strchr(csv, '\n') + 1);
}

static void previewed(Db *db, const char *from, const char *until)
{
    g_autoptr(GError) error = NULL;

    if (!close_preview(db, NULL, from, until, &error))
        fail_msg("%s", error->message);
}

static void a_month_that_is_not_closed_shows_the_list_as_it_is_now(void **state)
{
    g_autoptr(Db) db = given_ledger();
    g_autofree char *before = NULL, *after = NULL, *off = NULL;

    (void)state;
    run(db, "update topup_state set state = 'open', card_state = 'open'");
    before = report_rows(db, "close-checks", "2026-09");
    assert_string_equal(before, "");
    previewed(db, "2026-09-01", "2026-10-01");
    after = report_rows(db, "close-checks", "2026-09");
    assert_true(g_str_has_prefix(after, "org-a,2026-09,PRIOR_MONTH,green,now,no earlier "
                                        "month is closed: this is the first close,,,1\n"));
    assert_non_null(strstr(
        after, "org-a,2026-09,TOPUPS,red,now,\"not settled on both sides: 1 top-up, "
               "100.00 USD: A-1\",,Look at `trueup report unmatched`; `trueup explain` tells "
               "why each is open.,4\n"));
    off = report_rows(db, "sign-off", "2026-09");
    assert_non_null(strstr(off, "org-a,,2026-09,not closed,,1,0,,,,"));
    assert_non_null(strstr(off, "not signed: what is red below stands in the way"));
    assert_rows(db, "select count(*) from main.close_check", "0");
}

static void a_closed_month_shows_the_list_that_was_signed(void **state)
{
    g_autoptr(Db) db = given_ledger();
    const struct close_waiver waivers[] = {{"PROVISIONAL", "final"}};
    struct close_request request = request_of("2026-09");
    gboolean refused = TRUE;
    g_autofree char *text = NULL, *list = NULL, *off = NULL;

    (void)state;
    run(db, "update cost_day set is_provisional = 1 where day = '2026-09-30'");
    request.waivers = waivers;
    request.waiver_count = 1;
    request.reviewed_by = "ada";
    text = close_text(db, &request, &refused);
    assert_false(refused);
    run(db, "update topup_state set state = 'open', card_state = 'open'");
    previewed(db, NULL, NULL);
    list = report_rows(db, "close-checks", "2026-09");
    assert_non_null(strstr(list, "org-a,2026-09,PROVISIONAL,waived,signed,1 day from 2026-09-30 "
                                 "on may still change: 10.00 USD of cost so far,final,,3\n"));
    assert_null(strstr(list, ",red,"));
    off = report_rows(db, "sign-off", "2026-09");
    assert_non_null(strstr(off, "org-a,,2026-09,closed,1,,1,ada,ada,"));
    assert_non_null(strstr(off, "the same person: there was no second pair of eyes"));
}

static void materiality_is_weighed_by_month_and_currency(void **state)
{
    g_autoptr(Db) db = given_ledger();
    g_autofree char *before = report_rows(db, "materiality", "2026-10");
    g_autofree char *after = NULL, *elsewhere = NULL;

    (void)state;
    assert_string_equal(before, "");
    previewed(db, "2026-10-01", "2026-11-01");
    after = report_rows(db, "materiality", "2026-10");
    assert_string_equal(after,
                        "org-a,2026-10,,,0.100000000,no balance was observed,USD,the smaller "
                        "of 1.00 and 0.5 % of the month's usage (nothing is stated: the "
                        "default)\n");
    previewed(db, "2026-11-01", "2026-12-01");
    elsewhere = report_rows(db, "materiality", "2026-10");
    assert_string_equal(elsewhere, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_defect_turns_its_line_of_the_check_list_red),
        cmocka_unit_test(what_is_within_materiality_is_green),
        cmocka_unit_test(adjustments_are_summed_each_way_by_itself),
        cmocka_unit_test(a_month_of_which_nothing_is_known_is_never_closed),
        cmocka_unit_test(a_waiver_closes_and_is_kept_with_its_reason),
        cmocka_unit_test(a_change_of_what_was_signed_suspends_it_and_nothing_else_does),
        cmocka_unit_test(an_open_item_that_clears_later_suspends_nothing),
        cmocka_unit_test(a_charge_of_several_that_is_another_is_a_change),
        cmocka_unit_test(a_statement_without_a_roll_forward_says_why),
        cmocka_unit_test(a_suspension_goes_when_the_change_is_taken_back),
        cmocka_unit_test(the_opening_is_the_signed_closing_and_a_change_is_restated),
        cmocka_unit_test(only_the_policy_that_was_signed_has_a_signed_opening),
        cmocka_unit_test(a_signed_closing_outlives_its_facts),
        cmocka_unit_test(months_are_reopened_from_the_newest_back),
        cmocka_unit_test(a_month_behind_one_that_is_open_or_suspended_is_red),
        cmocka_unit_test(organizations_closed_together_sign_what_is_their_own),
        cmocka_unit_test(the_statement_is_the_same_whatever_the_keys_are),
        cmocka_unit_test(a_month_that_is_not_closed_shows_the_list_as_it_is_now),
        cmocka_unit_test(a_closed_month_shows_the_list_that_was_signed),
        cmocka_unit_test(materiality_is_weighed_by_month_and_currency),
        cmocka_unit_test(verify_names_a_close_that_was_tampered_with),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
