/* Importing, file by file: what one becomes, what refuses it, what replaces it. */
#include "core/asset.h"
#include "core/instant.h"
#include "import_world.h"

#define COST_HEADER                                                                                \
    "start_time,end_time,amount_value,amount_currency,line_item,project_id,organization_id\n"
#define PAYMENT_HEADER                                                                             \
    "paid_at,organization_id,invoice_number,status,credit_amount,total_amount,currency\n"

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
                "2026-09-01|2026-09-10|2026-09-09|2026-09-03|2026-09-10|0|1|0");
    assert_rows(*state,
                "select kind, record_count, fact_count, empty_count, covered_from, covered_until, "
                "control_total from file",
                "cost|11|8|3|2026-09-01|2026-09-10|36.00 USD");
    assert_rows(*state, "select count(*), sum(total), max(grain) from partition",
                "8|36000000000|1");
}

static void the_only_charged_day_is_provisional_and_settling(void **state)
{
    static const char *const amounts[] = {"1"};
    g_autofree char *text = cost_days("org-A1", amounts, 1);
    g_autoptr(ImportResult) result = import_text(*state, "cost.csv", text, NULL);

    assert_int_equal(result->outcome, IMPORTED);
    assert_rows(*state, "select provisional_from, settling_from from snapshot",
                "2026-09-01|2026-09-01");
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
                "proj_a|1|3|2|750000000|1\nproj_b|2|2|1|2000000000|1\n-|4|4|1|4000000000|0");
    assert_rows(*state, "select cost_id, partition_id, line from cost order by 1",
                "1|1|2\n2|2|3\n3|1|4\n4|3|5");
}

static void a_sum_that_does_not_fit_refuses_the_file(void **state)
{
    const char *text = COST_HEADER "1788220800,1788307200,9000000000,usd,,proj_a,org-A1\n"
                                   "1788220800,1788307200,9000000000,usd,,proj_a,org-A1\n";
    g_autoptr(ImportResult) result = import_text(*state, "cost.csv", text, NULL);

    assert_int_equal(result->outcome, IMPORT_REFUSED);
    assert_string_equal(g_ptr_array_index(result->problems, 0),
                        "cost.csv:3: the cost of its project's day up to here is out of range");
    assert_rows(*state, "select count(*) from cost", "0");
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
    assert_rows(*state, "select count(*) from file", "1");
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
    assert_rows(*state, "select options from file", "org=org-Right");
    assert_rows(*state, "select count(*), sum(amount_nanos) from cost", "1|1000000000");
    assert_rows(*state, "select organization_id from organization", "org-Right");
}

/* A folder is imported again every month, its corrected files too. */
static void importing_without_options_keeps_what_was_stated(void **state)
{
    static const struct import_options stated[] = {
        {.organization_id = "org-A1"}, {.as_of = "2026-10-05"}, {.whole = TRUE}};
    const char *text = COST_HEADER "1788220800,1788307200,1,usd,,,org-B2\n";

    for (gsize i = 0; i < G_N_ELEMENTS(stated); i++) {
        g_autoptr(ImportResult) first = import_text(*state, "cost.csv", text, &stated[i]);
        g_autofree char *before = ledger_dump(((struct world *)*state)->db);
        g_autoptr(ImportResult) plain = import_text(*state, "cost.csv", text, NULL);
        g_autofree char *after = ledger_dump(((struct world *)*state)->db);

        assert_true(first->outcome == IMPORTED || first->outcome == IMPORTED_REPLACING);
        assert_int_equal(plain->outcome, IMPORT_UNCHANGED);
        assert_int_equal(plain->notes->len, 1);
        assert_non_null(strstr(g_ptr_array_index(plain->notes, 0), "what was stated then is kept"));
        assert_string_equal(before, after);
    }
}

static void a_file_that_needs_its_options_is_known_again_without_them(void **state)
{
    const struct import_options stated = {.organization_id = "org-A1"};
    const struct import_options latin = {.encoding = "windows-1252"};
    const char *nameless = "start_time,end_time,amount_value,amount_currency\n"
                           "1788220800,1788307200,1,usd\n";
    const char *umlaut = "project_id,class,owner\nproj_a,test,J\xfcrgen\n";
    g_autoptr(ImportResult) refused = import_text(*state, "cost.csv", nameless, NULL);
    g_autoptr(ImportResult) first = import_text(*state, "cost.csv", nameless, &stated);
    g_autoptr(ImportResult) again = import_text(*state, "cost.csv", nameless, NULL);
    g_autoptr(ImportResult) bytes = import_text(*state, "projects.csv", umlaut, &latin);
    g_autoptr(ImportResult) known = import_text(*state, "projects.csv", umlaut, NULL);

    assert_int_equal(refused->outcome, IMPORT_REFUSED);
    assert_int_equal(first->outcome, IMPORTED);
    assert_int_equal(again->outcome, IMPORT_UNCHANGED);
    assert_int_equal(bytes->outcome, IMPORTED);
    assert_int_equal(known->outcome, IMPORT_UNCHANGED);
    assert_rows(*state, "select count(*), count(distinct sha256) from file", "2|2");
}

/* More than is hashed before it is read. */
static void a_big_file_is_known_again_and_replaced_like_any_other(void **state)
{
    struct world *world = *state;
    const struct import_options made = {.as_of = "2026-10-05"};
    g_autoptr(GString) text = g_string_new(COST_HEADER);
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;

    while (text->len < 5 * 1024 * 1024)
        g_string_append(text, "1788220800,1788307200,0.000000001,usd,"
                              "\"a line item that is rather long and says so\",proj_a,org-A1\n");
    g_autoptr(ImportResult) first = import_text(world, "cost.csv", text->str, NULL);
    before = ledger_dump(world->db);
    g_autoptr(ImportResult) again = import_text(world, "cost.csv", text->str, NULL);
    g_autoptr(ImportResult) copy = import_text(world, "copy.csv", text->str, NULL);
    after = ledger_dump(world->db);
    g_autoptr(ImportResult) ranked = import_text(world, "copy.csv", text->str, &made);

    assert_int_equal(first->outcome, IMPORTED);
    assert_int_equal(again->outcome, IMPORT_UNCHANGED);
    assert_int_equal(copy->outcome, IMPORT_UNCHANGED);
    assert_string_equal(before, after);
    assert_int_equal(ranked->outcome, IMPORTED_REPLACING);
    assert_rows(world,
                "select name, as_of, length(sha256), fact_count = (select count(*) from cost) "
                "from file",
                "copy.csv|2026-10-05|64|1");
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
    assert_rows(*state, "select rank_day, rank_stated, is_whole from snapshot", "2026-10-05|1|1");
    assert_refused(second, "charges 2026-09-01, a day after --as-of 2026-08-31");
    assert_rows(*state, "select as_of from file", "2026-10-05");
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
                "completions|-|2026-09-01");
    assert_rows(*state, "select currency, row_count, total, request_count, grain from partition",
                "|2|20|4|14");
    assert_rows(*state, "select line, is_batch, requests, input_tokens from usage order by 1",
                "2|0|3|10\n4|1|1|5");
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
    assert_rows(*state, "select fact_count, empty_count, covered_from from file", "0|2|-");
    assert_rows(*state, "select count(*) from snapshot", "0");
    assert_rows(*state, "select level, text from file_note",
                "warning|nothing was charged or used in it, so it covers no day");
}

static void a_window_with_nothing_in_it_is_imported_and_covers_nothing(void **state)
{
    const char *text =
        "start_time,end_time,start_time_iso,end_time_iso\n"
        "1788220800,1788307200,2026-09-01T00:00:00+00:00,2026-09-02T00:00:00+00:00\n";
    g_autoptr(ImportResult) result = import_text(*state, "empty.csv", text, NULL);

    assert_int_equal(result->outcome, IMPORTED);
    assert_rows(*state, "select kind, record_count, fact_count, empty_count from file",
                "empty|1|0|1");
}

static void a_header_without_records_is_refused(void **state)
{
    g_autoptr(ImportResult) cost = import_text(*state, "cost.csv", COST_HEADER, NULL);
    g_autoptr(ImportResult) payments = import_text(*state, "payments.csv", PAYMENT_HEADER, NULL);

    assert_refused(cost, "cost.csv: has a header and no records");
    assert_refused(payments, "payments.csv: has a header and no records");
    assert_rows(*state, "select count(*) from file", "0");
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
    assert_rows(world, "select sum(amount_nanos), count(*) from cost", "3000000000|2");
    assert_true(import_forget(world->db, digest, &count, &error));
    assert_rows(world, "select count(*) from cost", "0");
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
    assert_rows(world, "select count(*) from file", "2");
    g_clear_error(&error);
    assert_true(import_forget(world->db, path, &count, &error));
    assert_rows(world, "select count(*) from file", "1");
}

static void an_observed_balance_is_entered_once(void **state)
{
    struct world *world = *state;

    for (int i = 0; i < 2; i++)
        assert_true(import_observe(world->db, "org-A1", 1788220800, -5000000000, "USD", NULL));
    assert_true(import_observe(world->db, "org-A1", 1788220800, -5000000001, "USD", NULL));
    assert_rows(world,
                "select line, observed_at, balance_nanos, currency from observation_row order by 3",
                "0|1788220800|-5000000001|USD\n0|1788220800|-5000000000|USD");
}

static void importing_says_that_derived_tables_lag_behind(void **state)
{
    static const char *const amounts[] = {"1"};
    g_autofree char *text = cost_days("org-A1", amounts, 1);

    assert_rows(*state, "select count(*) from meta where name = 'stale' and value = '1'", "0");
    g_autoptr(ImportResult) result = import_text(*state, "cost.csv", text, NULL);
    assert_int_equal(result->outcome, IMPORTED);
    assert_rows(*state, "select count(*) from meta where name = 'stale' and value = '1'", "1");
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

/* What names an organization or a fact and goes with no file must be empty before these go. */
static void every_derived_table_is_emptied_before_a_file_is_forgotten(void **state)
{
    g_autoptr(GBytes) clear = asset_read("sql/statement/derive_clear.sql", NULL);
    g_autofree char *list = rows_of(
        ((struct world *)*state)->db,
        "select distinct m.name from sqlite_schema as m, pragma_foreign_key_list(m.name) as f"
        " where m.type = 'table' and f.on_delete = 'NO ACTION' and f.\"table\" in"
        " ('organization', 'project', 'account', 'topup', 'receipt', 'charge', 'grant_fact',"
        "  'observation', 'credit_grant') and not exists (select 1 from"
        " pragma_foreign_key_list(m.name) as c where c.on_delete = 'CASCADE') order by 1");
    g_auto(GStrv) names = g_strsplit(list, "\n", -1);

    assert_true(g_strv_length(names) > 20);
    for (char **name = names; *name; name++) {
        g_autofree char *line = g_strdup_printf("delete from %s;", *name);

        if (!strstr(g_bytes_get_data(clear, NULL), line))
            fail_msg("derive_clear.sql does not empty %s", *name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(a_snapshot_knows_which_days_may_still_change),
        IN_WORLD(the_only_charged_day_is_provisional_and_settling),
        IN_WORLD(the_summary_says_days_and_the_exact_total),
        IN_WORLD(a_partition_sums_its_rows_and_knows_where_they_are),
        IN_WORLD(a_sum_that_does_not_fit_refuses_the_file),
        IN_WORLD(the_same_file_again_is_nothing_new_under_any_name),
        IN_WORLD(the_same_bytes_read_otherwise_replace_the_old_reading),
        IN_WORLD(importing_without_options_keeps_what_was_stated),
        IN_WORLD(a_file_that_needs_its_options_is_known_again_without_them),
        IN_WORLD(a_big_file_is_known_again_and_replaced_like_any_other),
        IN_WORLD(options_that_do_not_concern_a_kind_are_no_part_of_its_reading),
        IN_WORLD(the_day_an_export_was_made_ranks_it),
        IN_WORLD(cost_rows_without_organization_need_one_stated),
        IN_WORLD(usage_keeps_its_organization_open),
        IN_WORLD(an_export_without_charges_is_imported_and_covers_nothing),
        IN_WORLD(a_window_with_nothing_in_it_is_imported_and_covers_nothing),
        IN_WORLD(a_header_without_records_is_refused),
        IN_WORLD(an_empty_file_and_an_unknown_one_are_refused),
        IN_WORLD(every_bad_record_is_counted_and_twenty_are_listed),
        IN_WORLD(forgetting_takes_a_name_a_path_or_a_digest),
        IN_WORLD(forgetting_a_name_of_several_files_lists_them),
        IN_WORLD(an_observed_balance_is_entered_once),
        IN_WORLD(importing_says_that_derived_tables_lag_behind),
        IN_WORLD(a_missing_final_newline_is_noted),
        IN_WORLD(a_bad_option_is_refused_before_any_file),
        IN_WORLD(every_derived_table_is_emptied_before_a_file_is_forgotten),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
