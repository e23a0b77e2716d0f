/* Importing, case by case: what a file becomes, what refuses it, what replaces it. */
#include "core/instant.h"
#include "ledger_text.h"

#define COST_HEADER                                                                                \
    "start_time,end_time,amount_value,amount_currency,line_item,project_id,organization_id\n"
#define PAYMENT_HEADER                                                                             \
    "paid_at,organization_id,invoice_number,status,credit_amount,total_amount,currency\n"
#define CHASE_HEADER "Transaction Date,Post Date,Description,Category,Type,Amount,Memo\n"

struct world {
    char *folder;
    struct db *db;
};

static int setup(void **state)
{
    struct world *world = g_new0(struct world, 1);

    world->folder = g_dir_make_tmp("trueup-import-XXXXXX", NULL);
    world->db = db_open_memory(NULL);
    *state = world;
    return 0;
}

static int teardown(void **state)
{
    struct world *world = *state;

    db_close(world->db);
    g_free(world->folder);
    g_free(world);
    return 0;
}

/* Writes and imports a file. */
static struct import_result *import_text(struct world *world, const char *name, const char *text,
                                         const struct import_options *options)
{
    g_autofree char *path = file_in(world->folder, name, text);

    return import_path(world->db, path, options);
}

static void assert_rows(struct world *world, const char *sql, const char *expected)
{
    g_autofree char *rows = rows_of(world->db, sql);

    assert_string_equal(rows, expected);
}

static void assert_refused(const struct import_result *result, const char *why)
{
    assert_int_equal(result->outcome, IMPORT_REFUSED);
    assert_int_equal(result->exit_code, 3);
    assert_non_null(result->refusal);
    if (!strstr(result->refusal, why))
        fail_msg("\"%s\" does not say \"%s\"", result->refusal, why);
}

/* A cost export whose days from 2026-09-01 on cost what `amounts` say; NULL for an empty day. */
static char *cost_days(const char *organization, const char *const *amounts, gsize count)
{
    GString *text = g_string_new(COST_HEADER);

    for (gsize i = 0; i < count; i++) {
        int64_t start = INT64_C(1788220800) + (int64_t)i * SECONDS_PER_DAY;

        g_string_append_printf(text, "%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT, start,
                               start + SECONDS_PER_DAY);
        if (amounts[i])
            g_string_append_printf(text, ",%s,usd,whisper,proj_a,%s\n", amounts[i], organization);
        else
            g_string_append(text, ",,,,,\n");
    }
    return g_string_free(text, FALSE);
}

static void a_snapshot_knows_which_days_may_still_change(void **state)
{
    static const char *const amounts[] = {NULL, "1", "2", NULL, "3", "4", "5", "6", "7", "8", NULL};
    g_autofree char *text = cost_days("org-A1", amounts, G_N_ELEMENTS(amounts));
    g_autoptr(ImportResult) result = import_text(*state, "cost.csv", text, NULL);

    assert_int_equal(result->outcome, IMPORTED);
    assert_rows(*state,
                "select from_day, until_day, provisional_from, settling_from, rank_day, "
                "rank_stated, is_grouped, is_whole from snapshot",
                "2026-09-01|2026-09-10|2026-09-09|2026-09-03|2026-09-10|0|1|0\n");
    assert_rows(*state,
                "select kind, record_count, fact_count, empty_count, covered_from, covered_until, "
                "control_total from file",
                "cost|11|8|3|2026-09-01|2026-09-10|36 USD\n");
    assert_rows(*state, "select count(*), sum(total), max(grain) from partition",
                "8|36000000000|1\n");
}

static void the_only_charged_day_is_provisional_and_settling(void **state)
{
    static const char *const amounts[] = {"1"};
    g_autofree char *text = cost_days("org-A1", amounts, 1);
    g_autoptr(ImportResult) result = import_text(*state, "cost.csv", text, NULL);

    assert_int_equal(result->outcome, IMPORTED);
    assert_rows(*state, "select provisional_from, settling_from from snapshot",
                "2026-09-01|2026-09-01\n");
}

static void the_summary_says_days_and_the_exact_total(void **state)
{
    static const char *const amounts[] = {"0.11657000000000001", NULL, "1000.5", NULL};
    g_autofree char *text = cost_days("org-A1", amounts, G_N_ELEMENTS(amounts));
    g_autoptr(ImportResult) result = import_text(*state, "cost.csv", text, NULL);

    assert_string_equal(result->summary,
                        "cost.csv: platform-cost, 4 records: 2 charges, 2 empty days; 4 days "
                        "2026-09-01 to 2026-09-04, covered until 2026-09-03; total "
                        "1000.61657000000000001 USD (rounded 1 amount, residue "
                        "0.00000000000000001 USD)");
}

static void a_partition_sums_its_rows_and_knows_where_they_are(void **state)
{
    const char *text = COST_HEADER "1788220800,1788307200,1,usd,\"gpt-5, input\",proj_a,org-A1\n"
                                   "1788220800,1788307200,2,usd,whisper,proj_b,org-A1\n"
                                   "1788220800,1788307200,-0.25,usd,,proj_a,org-A1\n"
                                   "1788220800,1788307200,4,usd,,,org-A1\n";
    g_autoptr(ImportResult) result = import_text(*state, "cost.csv", text, NULL);

    assert_int_equal(result->outcome, IMPORTED);
    assert_rows(*state,
                "select project_id, first_row, last_row, row_count, total, grain from partition "
                "left join project using (project_key) order by partition_id",
                "proj_a|1|3|2|750000000|1\nproj_b|2|2|1|2000000000|1\nnull|4|4|1|4000000000|0\n");
    assert_rows(*state, "select cost_id, partition_id, line from cost order by 1",
                "1|1|2\n2|2|3\n3|1|4\n4|3|5\n");
}

static void a_sum_that_does_not_fit_refuses_the_file(void **state)
{
    const char *text = COST_HEADER "1788220800,1788307200,9000000000,usd,,proj_a,org-A1\n"
                                   "1788220800,1788307200,9000000000,usd,,proj_a,org-A1\n";
    g_autoptr(ImportResult) result = import_text(*state, "cost.csv", text, NULL);

    assert_refused(result, "out of range");
    assert_rows(*state, "select count(*) from cost", "0\n");
}

static void the_same_file_again_is_nothing_new_under_any_name(void **state)
{
    static const char *const amounts[] = {"1"};
    g_autofree char *text = cost_days("org-A1", amounts, 1);
    g_autoptr(ImportResult) first = import_text(*state, "cost.csv", text, NULL);
    g_autoptr(ImportResult) second = import_text(*state, "cost.csv", text, NULL);
    g_autoptr(ImportResult) third = import_text(*state, "copy.csv", text, NULL);

    assert_int_equal(first->outcome, IMPORTED);
    assert_int_equal(second->outcome, IMPORT_UNCHANGED);
    assert_string_equal(second->summary, "cost.csv: already in the ledger: nothing is new");
    assert_int_equal(third->outcome, IMPORT_UNCHANGED);
    assert_string_equal(third->summary,
                        "copy.csv: already in the ledger as cost.csv: nothing is new");
    assert_rows(*state, "select count(*) from file", "1\n");
}

static void the_same_bytes_read_otherwise_replace_the_old_reading(void **state)
{
    const struct import_options wrong = {.organization_id = "org-Wrong"};
    const struct import_options right = {.organization_id = "org-Right"};
    const char *text = COST_HEADER "1788220800,1788307200,1,usd,,,\n";
    g_autoptr(ImportResult) first = import_text(*state, "cost.csv", text, &wrong);
    g_autoptr(ImportResult) second = import_text(*state, "cost.csv", text, &right);

    assert_int_equal(first->outcome, IMPORTED);
    assert_int_equal(second->outcome, IMPORTED_REPLACING);
    assert_rows(*state, "select options from file", "org=org-Right\n");
    assert_rows(*state, "select count(*), sum(amount_nanos) from cost", "1|1000000000\n");
    assert_rows(*state, "select organization_id from organization", "org-Right\n");
}

static void options_that_do_not_concern_a_kind_are_no_part_of_its_reading(void **state)
{
    const struct import_options options = {.account = "visa", .zone = "Europe/Berlin"};
    static const char *const amounts[] = {"1"};
    g_autofree char *text = cost_days("org-A1", amounts, 1);
    g_autoptr(ImportResult) first = import_text(*state, "cost.csv", text, NULL);
    g_autoptr(ImportResult) second = import_text(*state, "cost.csv", text, &options);

    assert_int_equal(first->outcome, IMPORTED);
    assert_int_equal(second->outcome, IMPORT_UNCHANGED);
}

static void the_day_an_export_was_made_ranks_it(void **state)
{
    const struct import_options made = {.as_of = "2026-10-05", .whole = TRUE};
    const struct import_options before = {.as_of = "2026-08-31"};
    static const char *const amounts[] = {"1"};
    g_autofree char *text = cost_days("org-A1", amounts, 1);
    g_autoptr(ImportResult) first = import_text(*state, "cost.csv", text, &made);
    g_autoptr(ImportResult) second = import_text(*state, "cost.csv", text, &before);

    assert_int_equal(first->outcome, IMPORTED);
    assert_rows(*state, "select rank_day, rank_stated, is_whole from snapshot", "2026-10-05|1|1\n");
    assert_refused(second, "charges 2026-09-01, a day after --as-of 2026-08-31");
    assert_rows(*state, "select as_of from file", "2026-10-05\n");
}

static void cost_rows_without_organization_need_one_stated(void **state)
{
    const char *text = COST_HEADER "1788220800,1788307200,1,usd,,,\n";
    g_autoptr(ImportResult) result = import_text(*state, "cost.csv", text, NULL);

    assert_int_equal(result->outcome, IMPORT_REFUSED);
    assert_int_equal(result->problem_count, 1);
    assert_non_null(strstr(g_ptr_array_index(result->problems, 0), "cost.csv:2: "));
    assert_non_null(strstr(g_ptr_array_index(result->problems, 0), "--org"));
}

static void usage_keeps_its_organization_open(void **state)
{
    const char *text = "start_time,end_time,project_id,num_model_requests,user_id,api_key_id,model,"
                       "batch,service_tier,input_tokens,output_tokens\n"
                       "1788220800,1788224400,proj_a,3.0,user-1,,gpt-5,False,default,10.0,4.0\n"
                       "1788224400,1788228000,,,,,,,,,\n"
                       "1788228000,1788231600,proj_a,1.0,,key_1,gpt-5,True,default,5.0,1.0\n";
    g_autoptr(ImportResult) result = import_text(*state, "usage.csv", text, NULL);

    if (result->outcome != IMPORTED)
        fail_msg("%s", result->refusal ? result->refusal
                                       : (char *)g_ptr_array_index(result->problems, 0));
    assert_rows(*state, "select kind, organization_key, until_day from snapshot",
                "completions|null|2026-09-01\n");
    assert_rows(*state, "select currency, row_count, total, request_count, grain from partition",
                "|2|20|4|14\n");
    assert_rows(*state, "select line, is_batch, requests, input_tokens from usage order by 1",
                "2|0|3|10\n4|1|1|5\n");
    assert_string_equal(result->summary,
                        "usage.csv: platform-completions, 3 records: 2 rows of use, 1 empty "
                        "bucket; 1 day on 2026-09-01, covered until 2026-09-01; 4 requests, 15 "
                        "input tokens, 5 output tokens");
}

static void an_export_without_charges_is_imported_and_covers_nothing(void **state)
{
    static const char *const amounts[] = {NULL, NULL};
    g_autofree char *text = cost_days("org-A1", amounts, 2);
    g_autoptr(ImportResult) result = import_text(*state, "cost.csv", text, NULL);

    assert_int_equal(result->outcome, IMPORTED);
    assert_rows(*state, "select fact_count, empty_count, covered_from from file", "0|2|null\n");
    assert_rows(*state, "select count(*) from snapshot", "0\n");
    assert_rows(*state, "select level, text from file_note",
                "warning|nothing was charged or used in it, so it covers no day\n");
}

static void a_window_with_nothing_in_it_is_imported_and_covers_nothing(void **state)
{
    const char *text =
        "start_time,end_time,start_time_iso,end_time_iso\n"
        "1788220800,1788307200,2026-09-01T00:00:00+00:00,2026-09-02T00:00:00+00:00\n";
    g_autoptr(ImportResult) result = import_text(*state, "empty.csv", text, NULL);

    assert_int_equal(result->outcome, IMPORTED);
    assert_rows(*state, "select kind, record_count, fact_count, empty_count from file",
                "empty|1|0|1\n");
}

static void a_header_without_records_is_refused(void **state)
{
    g_autoptr(ImportResult) cost = import_text(*state, "cost.csv", COST_HEADER, NULL);
    g_autoptr(ImportResult) payments = import_text(*state, "payments.csv", PAYMENT_HEADER, NULL);

    assert_refused(cost, "cost.csv: has a header and no records");
    assert_refused(payments, "payments.csv: has a header and no records");
    assert_rows(*state, "select count(*) from file", "0\n");
}

static void an_empty_file_and_an_unknown_one_are_refused(void **state)
{
    g_autoptr(ImportResult) empty = import_text(*state, "empty.csv", "", NULL);
    g_autoptr(ImportResult) blank = import_text(*state, "blank.csv", "\n\n\n", NULL);
    g_autoptr(ImportResult) unknown = import_text(*state, "unknown.csv", "a,b\n1,2\n", NULL);

    assert_refused(empty, "empty.csv: is empty");
    assert_refused(blank, "blank.csv: ");
    assert_refused(unknown, "unknown.csv: has no header that is known");
}

static void every_bad_record_is_counted_and_twenty_are_listed(void **state)
{
    g_autoptr(GString) text = g_string_new(COST_HEADER);
    g_autoptr(ImportResult) result = NULL;

    for (int i = 0; i < 25; i++)
        g_string_append(text, i % 2 ? "1788220800,1788307200,12,5O,usd,,proj_a,org-A1\n"
                                    : "1788220800,1788307200,1.2O,usd,,proj_a,org-A1\n");
    result = import_text(*state, "cost.csv", text->str, NULL);
    assert_int_equal(result->outcome, IMPORT_REFUSED);
    assert_int_equal(result->problem_count, 25);
    assert_int_equal(result->problems->len, IMPORT_PROBLEMS_SHOWN);
    assert_non_null(strstr(g_ptr_array_index(result->problems, 0),
                           "cost.csv:2: column \"amount_value\": \"1.2O\" "));
    assert_non_null(strstr(g_ptr_array_index(result->problems, 19), "cost.csv:21: "));
    assert_null(result->refusal);
}

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
    assert_rows(
        *state, "select line, identity, occurrence from topup_row order by 1",
        "2|invoice:ABCD1234-0001|1\n3|invoice:ABCD1234-0001|1\n4|invoice:ABCD1234-0001|1\n");
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
    assert_rows(*state, "select line, occurrence from topup_row order by 1", "2|1\n3|2\n4|1\n");
    assert_rows(*state, "select count(distinct identity) from topup_row", "2\n");
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
                "2026-07-01 12:00:00|1|2026-06-30 10:00:00|2026-07-02 14:00:00\n");

    g_autoptr(ImportResult) stated = import_text(*state, "payments.csv", text, &berlin);
    assert_int_equal(stated->outcome, IMPORTED_REPLACING);
    assert_rows(*state,
                "select datetime(paid_at, 'unixepoch'), paid_is_date, "
                "datetime(paid_from, 'unixepoch'), datetime(paid_until, 'unixepoch') "
                "from topup_row",
                "2026-07-01 10:00:00|1|2026-06-30 22:00:00|2026-07-01 22:00:00\n");
    assert_rows(*state, "select zone, zone_source from file", "Europe/Berlin|option\n");
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
                "2026-01-01 06:00:00|null|content:\n");
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
                "1111|card=1111\n2222|card=2222\n");
    assert_rows(*state,
                "select purchased_on, purchased_time, posted_on, amount_nanos, descriptor, state "
                "from card_row limit 1",
                "2026-03-05|null|2026-03-06|27500000000|OPENAI *API|posted\n");
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
                "one.csv\ntwo.csv\nthree.csv\nfive.csv\n");
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
    assert_rows(*state, "select account_option from file order by file_id", "\nvisa\n");
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

static void forgetting_takes_a_name_a_path_or_a_digest(void **state)
{
    struct world *world = *state;
    static const char *const amounts[] = {"1", "2"};
    g_autofree char *one = cost_days("org-A1", amounts, 1);
    g_autofree char *two = cost_days("org-A1", amounts, 2);
    g_autoptr(ImportResult) first = import_text(world, "one.csv", one, NULL);
    g_autoptr(ImportResult) second = import_text(world, "two.csv", two, NULL);
    g_autofree char *digest = rows_of(world->db, "select substr(sha256, 1, 8) from file "
                                                 "where name = 'two.csv'");
    g_autoptr(GError) error = NULL;
    gint64 count = 0;

    assert_int_equal(first->outcome, IMPORTED);
    assert_int_equal(second->outcome, IMPORTED);
    assert_true(import_forget(world->db, "one.csv", &count, &error));
    assert_int_equal(count, 1);
    assert_rows(world, "select sum(amount_nanos), count(*) from cost", "3000000000|2\n");
    assert_true(import_forget(world->db, g_strchomp(digest), &count, &error));
    assert_rows(world, "select count(*) from cost", "0\n");
    assert_false(import_forget(world->db, "one.csv", &count, &error));
    assert_non_null(strstr(error->message, "no imported file is called \"one.csv\""));
}

static void forgetting_a_name_of_several_files_lists_them(void **state)
{
    struct world *world = *state;
    static const char *const amounts[] = {"1", "2"};
    g_autofree char *one = cost_days("org-A1", amounts, 1);
    g_autofree char *two = cost_days("org-A1", amounts, 2);
    g_autofree char *other = g_build_filename(world->folder, "other", NULL);
    g_autoptr(GError) error = NULL;
    g_autofree char *path = NULL;
    gint64 count = 0;

    assert_int_equal(g_mkdir(other, 0700), 0);
    path = file_in(other, "cost.csv", two);
    g_autoptr(ImportResult) first = import_text(world, "cost.csv", one, NULL);
    g_autoptr(ImportResult) second = import_path(world->db, path, NULL);
    assert_false(import_forget(world->db, "cost.csv", &count, &error));
    assert_non_null(strstr(error->message, "\"cost.csv\" names several files:"));
    assert_rows(world, "select count(*) from file", "2\n");
    g_clear_error(&error);
    assert_true(import_forget(world->db, path, &count, &error));
    assert_rows(world, "select count(*) from file", "1\n");
}

static void an_observed_balance_is_entered_once(void **state)
{
    struct world *world = *state;

    for (int i = 0; i < 2; i++)
        assert_true(import_observe(world->db, "org-A1", 1788220800, -5000000000, "USD", NULL));
    assert_true(import_observe(world->db, "org-A1", 1788220800, -5000000001, "USD", NULL));
    assert_rows(world,
                "select line, observed_at, balance_nanos, currency from observation_row order by 3",
                "0|1788220800|-5000000001|USD\n0|1788220800|-5000000000|USD\n");
}

static void importing_says_that_derived_tables_lag_behind(void **state)
{
    static const char *const amounts[] = {"1"};
    g_autofree char *text = cost_days("org-A1", amounts, 1);

    assert_rows(*state, "select count(*) from meta where name = 'stale' and value = '1'", "0\n");
    g_autoptr(ImportResult) result = import_text(*state, "cost.csv", text, NULL);
    assert_int_equal(result->outcome, IMPORTED);
    assert_rows(*state, "select count(*) from meta where name = 'stale' and value = '1'", "1\n");
}

static void a_missing_final_newline_is_noted(void **state)
{
    const char *text = COST_HEADER "1788220800,1788307200,1,usd,,proj_a,org-A1";
    g_autoptr(ImportResult) result = import_text(*state, "cost.csv", text, NULL);

    assert_int_equal(result->outcome, IMPORTED);
    assert_string_equal(g_ptr_array_index(result->notes, 0),
                        "warning: the last line has no line end: was the file cut short?");
}

static void a_bad_option_is_refused_before_any_file(void **state)
{
    struct world *world = *state;
    const struct import_options zone = {.zone = "Mars/Olympus"};
    const struct import_options day = {.as_of = "yesterday"};
    g_autoptr(GError) error = NULL;

    assert_null(importer_new(world->db, &zone, &error));
    assert_non_null(strstr(error->message, "--tz"));
    g_clear_error(&error);
    assert_null(importer_new(world->db, &day, &error));
    assert_non_null(strstr(error->message, "--as-of"));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_snapshot_knows_which_days_may_still_change),
        CASE(the_only_charged_day_is_provisional_and_settling),
        CASE(the_summary_says_days_and_the_exact_total),
        CASE(a_partition_sums_its_rows_and_knows_where_they_are),
        CASE(a_sum_that_does_not_fit_refuses_the_file),
        CASE(the_same_file_again_is_nothing_new_under_any_name),
        CASE(the_same_bytes_read_otherwise_replace_the_old_reading),
        CASE(options_that_do_not_concern_a_kind_are_no_part_of_its_reading),
        CASE(the_day_an_export_was_made_ranks_it),
        CASE(cost_rows_without_organization_need_one_stated),
        CASE(usage_keeps_its_organization_open),
        CASE(an_export_without_charges_is_imported_and_covers_nothing),
        CASE(a_window_with_nothing_in_it_is_imported_and_covers_nothing),
        CASE(a_header_without_records_is_refused),
        CASE(an_empty_file_and_an_unknown_one_are_refused),
        CASE(every_bad_record_is_counted_and_twenty_are_listed),
        CASE(rows_of_one_invoice_number_must_agree),
        CASE(payments_without_a_number_are_told_apart_by_counting),
        CASE(a_date_alone_is_noon_and_its_days_interval),
        CASE(a_time_in_no_zone_is_refused),
        CASE(a_grants_dates_are_the_starts_of_their_days),
        CASE(two_cards_statements_may_hold_the_same_bytes),
        CASE(rows_decide_whether_statements_without_account_are_one_card),
        CASE(a_stated_account_settles_it),
        CASE(the_accounts_table_names_an_account_by_file),
        CASE(forgetting_takes_a_name_a_path_or_a_digest),
        CASE(forgetting_a_name_of_several_files_lists_them),
        CASE(an_observed_balance_is_entered_once),
        CASE(importing_says_that_derived_tables_lag_behind),
        CASE(a_missing_final_newline_is_noted),
        CASE(a_bad_option_is_refused_before_any_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
