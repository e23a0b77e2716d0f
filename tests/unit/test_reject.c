/* Quarantine: good records go in, bad ones are set aside, and a corrected file clears them. */
#include "import_world.h"

#define COST_HEADER                                                                                \
    "start_time,end_time,amount_value,amount_currency,line_item,project_id,organization_id\n"
#define DAY_1 "1788220800,1788307200,"
#define DAY_2 "1788307200,1788393600,"
#define DAY_3 "1788393600,1788480000,"

#define PAYMENT_HEADER                                                                             \
    "paid_at,organization_id,invoice_number,status,credit_amount,total_amount,currency\n"
#define CHASE_HEADER "Transaction Date,Post Date,Description,Category,Type,Amount,Memo\n"

static const struct import_options quarantine = {.quarantine = TRUE};

static const char counts[] = "select name, record_count, fact_count, empty_count, skipped_count, "
                             "reject_count from file order by name";

/* Four good records, and two bad ones: an amount, and a quote. */
static const char bad_cost[] = COST_HEADER DAY_1
    "1,usd,whisper,proj_a,org-A1\n" DAY_1 "x,usd,whisper,proj_b,org-A1\n" DAY_2
    "2,usd,whisper,proj_a,org-A1\n" DAY_2 "\"3\"3,usd,whisper,proj_a,org-A1\n" DAY_2
    "2,usd,whisper,proj_a,org-A1\n" DAY_3 ",,,,\n";
static const char good_cost[] =
    COST_HEADER DAY_1 "1,usd,whisper,proj_a,org-A1\n" DAY_1 "7,usd,whisper,proj_b,org-A1\n" DAY_2
                      "2,usd,whisper,proj_a,org-A1\n" DAY_2 "3,usd,whisper,proj_a,org-A1\n" DAY_2
                      "2,usd,whisper,proj_a,org-A1\n" DAY_3 ",,,,\n";

/* An older export of two days and two projects, and a newer one of three. */
static const char older_cost[] =
    COST_HEADER DAY_1 "10,usd,whisper,proj_a,org-A1\n" DAY_1 "20,usd,whisper,proj_b,org-A1\n" DAY_2
                      "30,usd,whisper,proj_a,org-A1\n" DAY_2 "40,usd,whisper,proj_b,org-A1\n";

static void bad_records_are_set_aside_and_all_are_accounted_for(void **state)
{
    g_autoptr(ImportResult) result = import_text(*state, "bad.csv", bad_cost, &quarantine);

    assert_int_equal(result->outcome, IMPORTED);
    assert_int_equal(result->exit_code, 3);
    assert_int_equal(result->reject_count, 2);
    assert_int_equal(result->problem_count, 2);
    assert_string_equal(g_ptr_array_index(result->problems, 1),
                        "bad.csv:5: column 3: text after the closing quote");
    assert_string_equal(result->summary,
                        "bad.csv: platform-cost, 6 records: 3 charges, 1 empty day; 3 days "
                        "2026-09-01 to 2026-09-03, covered until 2026-09-02; total 5.00 USD; 2 "
                        "records are set aside");
    assert_rows(*state, counts, "bad.csv|6|3|1|0|2");
    assert_rows(*state, "select count(*), sum(amount_nanos) from cost", "3|5000000000");
    assert_rows(*state, "select line, day, project_id, problem, text from reject order by line",
                "3|2026-09-01|proj_b|column \"amount_value\": \"x\" is not an amount|" DAY_1
                "x,usd,whisper,proj_b,org-A1\n"
                "5|-|-|column 3: text after the closing quote|" DAY_2
                "\"3\"3,usd,whisper,proj_a,org-A1");
}

static void without_quarantine_the_same_file_is_refused(void **state)
{
    g_autoptr(ImportResult) result = import_text(*state, "bad.csv", bad_cost, NULL);

    assert_int_equal(result->outcome, IMPORT_REFUSED);
    assert_int_equal(result->problem_count, 2);
    assert_rows(*state, "select count(*) from file", "0");
    assert_rows(*state, "select count(*) from reject", "0");
}

static void one_record_with_many_problems_is_one_reject(void **state)
{
    const char *text = COST_HEADER DAY_1 "1,usd,whisper,proj_a,org-A1\n"
                                         "x,y,z,u$d,whisper,proj_a,org-A1\n";
    g_autoptr(ImportResult) result = import_text(*state, "bad.csv", text, &quarantine);

    assert_int_equal(result->reject_count, 1);
    assert_int_equal(result->problem_count, 4);
    assert_rows(*state,
                "select length(problem) - length(replace(problem, char(10), '')) from reject", "3");
    assert_rows(*state, counts, "bad.csv|2|1|0|0|1");
}

static void a_rejects_text_is_masked_clean_and_cut(void **state)
{
    g_autofree char *filler = g_strnfill(5000, 'a');
    g_autofree char *text =
        g_strdup_printf(COST_HEADER DAY_1 "1,usd,whisper,proj_a,org-A1\n" DAY_1
                                          "x,usd,sk-abcdefghijklmnopqrstuvwxyz \x1b[31m "
                                          "4242424242424242 %s,proj_a,org-A1\n",
                        filler);
    g_autoptr(ImportResult) result = import_text(*state, "bad.csv", text, &quarantine);

    assert_int_equal(result->reject_count, 1);
    assert_rows(*state, "select substr(text, 23, 44), length(text) from reject",
                "x,usd,sk-…wxyz <U+001B>[31m ****4242 aaaaaaa|2001");
}

static void a_file_of_which_nothing_is_good_stays_refused(void **state)
{
    const char *none =
        COST_HEADER DAY_1 "x,usd,whisper,proj_a,org-A1\n" DAY_2 "y,usd,whisper,proj_a,org-A1\n";
    const char *headless = DAY_1 "1,usd,whisper,proj_a,org-A1\n";
    const char *before = "\"Report\"x\n" COST_HEADER DAY_1 "1,usd,whisper,proj_a,org-A1\n";
    g_autoptr(ImportResult) all_bad = import_text(*state, "none.csv", none, &quarantine);
    g_autoptr(ImportResult) unknown = import_text(*state, "headless.csv", headless, &quarantine);
    g_autoptr(ImportResult) above = import_text(*state, "above.csv", before, &quarantine);

    assert_int_equal(all_bad->outcome, IMPORT_REFUSED);
    assert_int_equal(all_bad->problem_count, 2);
    assert_refused(unknown, "has no header that is known");
    assert_int_equal(above->outcome, IMPORT_REFUSED);
    assert_string_equal(g_ptr_array_index(above->problems, 0),
                        "above.csv:1: column 1: text after the closing quote");
    assert_rows(*state, "select count(*) from file", "0");
    assert_rows(*state, "select count(*) from reject", "0");
}

static void a_quarantined_file_again_is_nothing_new_and_still_told(void **state)
{
    g_autoptr(ImportResult) first = import_text(*state, "bad.csv", bad_cost, &quarantine);
    g_autofree char *before = ledger_dump(((struct world *)*state)->db);
    g_autoptr(ImportResult) again = import_text(*state, "bad.csv", bad_cost, &quarantine);
    g_autoptr(ImportResult) strict = import_text(*state, "bad.csv", bad_cost, NULL);
    g_autofree char *after = ledger_dump(((struct world *)*state)->db);

    assert_int_equal(first->outcome, IMPORTED);
    assert_int_equal(again->outcome, IMPORT_UNCHANGED);
    assert_int_equal(strict->outcome, IMPORT_UNCHANGED);
    assert_int_equal(again->exit_code, 3);
    assert_int_equal(strict->exit_code, 3);
    assert_int_equal(strict->reject_count, 2);
    assert_string_equal(before, after);
}

static void forget_takes_the_rejects_back_too(void **state)
{
    struct world *world = *state;
    g_autoptr(ImportResult) result = import_text(world, "bad.csv", bad_cost, &quarantine);
    gint64 count = 0;

    assert_int_equal(result->outcome, IMPORTED);
    assert_true(import_forget(world->db, "bad.csv", &count, NULL));
    assert_int_equal(count, 1);
    assert_rows(world, "select (select count(*) from file), (select count(*) from reject)", "0|0");
}

static void a_corrected_file_clears_the_rejects_in_either_order(void **state)
{
    struct world *world = *state;
    g_autoptr(ImportResult) bad = import_text(world, "bad.csv", bad_cost, &quarantine);
    g_autoptr(ImportResult) good = import_text(world, "good.csv", good_cost, NULL);

    assert_int_equal(bad->outcome, IMPORTED);
    assert_int_equal(good->outcome, IMPORTED);
    assert_int_equal(good->notes->len, 1);
    assert_string_equal(g_ptr_array_index(good->notes, 0),
                        "takes the place of bad.csv, of which 2 records had been set aside");
    assert_rows(world, counts, "good.csv|6|5|1|0|0");
    assert_rows(world, "select count(*) from reject", "0");
    assert_rows(world, "select count(*), sum(amount_nanos) from cost", "5|15000000000");

    g_autofree char *before = ledger_dump(world->db);
    g_autoptr(ImportResult) again = import_text(world, "bad.csv", bad_cost, &quarantine);
    g_autofree char *after = ledger_dump(world->db);
    assert_int_equal(again->outcome, IMPORT_UNCHANGED);
    assert_int_equal(again->exit_code, 0);
    assert_string_equal(again->summary, "bad.csv: its good records are all in good.csv, which has "
                                        "no bad ones: nothing is new");
    assert_string_equal(before, after);
}

/* The most usual damage: its last line is cut, and what is lost was the only record of its day. */
static void the_whole_file_clears_one_that_was_cut(void **state)
{
    g_autofree char *cut = g_strndup(older_cost, strlen(older_cost) - 20);
    const char *whole = older_cost;
    g_autoptr(ImportResult) bad = import_text(*state, "cut.csv", cut, &quarantine);
    g_autoptr(ImportResult) good = import_text(*state, "whole.csv", whole, NULL);

    assert_int_equal(bad->reject_count, 1);
    assert_int_equal(good->outcome, IMPORTED);
    assert_rows(*state, counts, "whole.csv|4|4|0|0|0");
}

/* Files that do not hold all that went in, or nothing in place of the bad records. */
static void a_near_miss_clears_nothing(void **state)
{
    struct world *world = *state;
    const struct import_options other_options = {.as_of = "2026-10-05"};
    static const char *const near[] = {
        /* the bad lines are gone, nothing stands in their place */
        COST_HEADER DAY_1 "1,usd,whisper,proj_a,org-A1\n" DAY_2
                          "2,usd,whisper,proj_a,org-A1\n" DAY_2 "2,usd,whisper,proj_a,org-A1\n",
        /* one of two equal records is missing */
        COST_HEADER DAY_1 "1,usd,whisper,proj_a,org-A1\n" DAY_1
                          "7,usd,whisper,proj_b,org-A1\n" DAY_2
                          "2,usd,whisper,proj_a,org-A1\n" DAY_2 "3,usd,whisper,proj_a,org-A1\n",
        /* a good record reads otherwise by a nano */
        COST_HEADER DAY_1
        "1.000000001,usd,whisper,proj_a,org-A1\n" DAY_1 "7,usd,whisper,proj_b,org-A1\n" DAY_2
        "2,usd,whisper,proj_a,org-A1\n" DAY_2 "3,usd,whisper,proj_a,org-A1\n" DAY_2
        "2,usd,whisper,proj_a,org-A1\n",
        /* more records, but not on its days */
        COST_HEADER DAY_1 "1,usd,whisper,proj_a,org-A1\n" DAY_2
                          "2,usd,whisper,proj_a,org-A1\n" DAY_2
                          "2,usd,whisper,proj_a,org-A1\n" DAY_3 "9,usd,whisper,proj_a,org-A1\n",
    };
    g_autoptr(ImportResult) bad = import_text(world, "bad.csv", bad_cost, &quarantine);

    for (gsize i = 0; i < G_N_ELEMENTS(near); i++) {
        g_autofree char *name = g_strdup_printf("near-%zu.csv", i);
        g_autoptr(ImportResult) result = import_text(world, name, near[i], NULL);

        assert_int_equal(result->outcome, IMPORTED);
        if (result->notes->len == 0 ||
            !strstr(g_ptr_array_index(result->notes, 0), "the rejects of bad.csv stay open"))
            fail_msg("%s does not say that the rejects stay open", name);
    }
    g_autoptr(ImportResult) ranked = import_text(world, "as-of.csv", good_cost, &other_options);
    assert_int_equal(ranked->outcome, IMPORTED);
    assert_rows(world, "select count(*) from reject", "2");
    assert_rows(world, "select reject_count from file where name = 'bad.csv'", "2");
}

static void a_correction_with_rejects_of_its_own_clears_nothing(void **state)
{
    const char *half = COST_HEADER DAY_1
        "1,usd,whisper,proj_a,org-A1\n" DAY_1 "7,usd,whisper,proj_b,org-A1\n" DAY_2
        "2,usd,whisper,proj_a,org-A1\n" DAY_2 "\"3\"3,usd,whisper,proj_a,org-A1\n" DAY_2
        "2,usd,whisper,proj_a,org-A1\n";
    g_autoptr(ImportResult) bad = import_text(*state, "bad.csv", bad_cost, &quarantine);
    g_autoptr(ImportResult) better = import_text(*state, "half.csv", half, &quarantine);

    assert_int_equal(better->outcome, IMPORTED);
    assert_rows(*state, "select sum(reject_count) from file", "3");

    g_autoptr(ImportResult) good = import_text(*state, "good.csv", good_cost, NULL);
    assert_int_equal(good->notes->len, 2);
    assert_rows(*state, counts, "good.csv|6|5|1|0|0");
}

static void payments_are_cleared_by_what_their_rows_say(void **state)
{
    const char *bad = PAYMENT_HEADER "2026-09-01T10:00:00Z,org-A1,ABCD1234-0001,paid,50,50,USD\n"
                                     "2026-09-02T10:00:00Z,org-A1,ABCD1234-0002,pa1d,50,50,USD\n"
                                     "2026-09-03T10:00:00Z,org-A1,ABCD1234-0001,paid,55,55,USD\n";
    const char *good =
        PAYMENT_HEADER "2026-09-02T10:00:00Z,org-A1,ABCD1234-0002,paid,50,50,USD\n"
                       "2026-09-03T10:00:00Z,org-A1,ABCD1234-0003,paid,55,55,USD\n"
                       "\"2026-09-01T10:00:00Z\",org-A1,ABCD1234-0001,paid,50.00,50.00,USD\n";
    g_autoptr(ImportResult) first = import_text(*state, "bad.csv", bad, &quarantine);

    assert_int_equal(first->reject_count, 2);
    assert_rows(*state, "select line, day, problem from reject order by line",
                "3|2026-09-02|column \"status\": \"pa1d\" is not one of: paid, failed, pending, "
                "refunded, void\n"
                "4|2026-09-03|repeats invoice number ABCD1234-0001 of line 2, and differs from it");
    assert_rows(*state, "select control_total, covered_until from file", "50.00 USD|2026-09-01");

    g_autoptr(ImportResult) second = import_text(*state, "good.csv", good, NULL);
    assert_int_equal(second->outcome, IMPORTED);
    assert_rows(*state, counts, "good.csv|3|3|0|0|0");
}

static void cards_are_cleared_on_their_own_account_only(void **state)
{
    const struct import_options other = {.account = "visa-2", .quarantine = TRUE};
    const char *bad = CHASE_HEADER "09/01/2026,09/02/2026,OPENAI,Shopping,Sale,-20.00,\n"
                                   "09/31/2026,09/03/2026,OPENAI,Shopping,Sale,-20.00,\n";
    const char *good = CHASE_HEADER "09/01/2026,09/02/2026,OPENAI,Shopping,Sale,-20.00,\n"
                                    "09/30/2026,10/01/2026,OPENAI,Shopping,Sale,-20.00,\n";
    g_autoptr(ImportResult) named = import_text(*state, "bad-2.csv", bad, &other);
    g_autoptr(ImportResult) first = import_text(*state, "bad.csv", "\n", &quarantine);

    assert_int_equal(named->reject_count, 1);
    assert_int_equal(first->outcome, IMPORT_REFUSED);
    assert_rows(*state, "select line, account from reject", "3|visa-2");

    g_autoptr(ImportResult) elsewhere = import_text(*state, "good.csv", good, NULL);
    assert_int_equal(elsewhere->outcome, IMPORTED);
    assert_rows(*state, "select count(*) from reject", "1");

    const struct import_options same = {.account = "visa-2"};
    g_autoptr(ImportResult) second = import_text(*state, "good.csv", good, &same);
    assert_int_equal(second->outcome, IMPORTED_REPLACING);
    assert_rows(*state, counts, "good.csv|2|2|0|0|0");
}

/* What counts of a project's day: its total, and the file that says so. */
static const char days[] = "select coalesce(project_id, '-'), day, cost_nanos / 1000000000, "
                           "file.name from cost_day left join project using (project_key) "
                           "inner join file on file_id = source_file_id order by 1, 2";

static void assert_days(struct world *world, const char *expected)
{
    g_autoptr(GError) error = NULL;

    if (!import_derive(world->db, &error))
        fail_msg("%s", error->message);
    assert_rows(world, days, expected);
}

static void a_reject_keeps_its_partition_from_superseding_another(void **state)
{
    const char *newer = COST_HEADER DAY_1
        "11,usd,whisper,proj_a,org-A1\n" DAY_1 "x,usd,whisper,proj_a,org-A1\n" DAY_1
        "21,usd,whisper,proj_b,org-A1\n" DAY_2 "31,usd,whisper,proj_a,org-A1\n" DAY_2
        "41,usd,whisper,proj_b,org-A1\n" DAY_3 "51,usd,whisper,proj_a,org-A1\n";
    g_autoptr(ImportResult) second = import_text(*state, "newer.csv", newer, &quarantine);

    assert_int_equal(second->reject_count, 1);
    assert_days(*state, "proj_a|2026-09-01|11|newer.csv\nproj_a|2026-09-02|31|newer.csv\n"
                        "proj_a|2026-09-03|51|newer.csv\nproj_b|2026-09-01|21|newer.csv\n"
                        "proj_b|2026-09-02|41|newer.csv");

    g_autoptr(ImportResult) first = import_text(*state, "older.csv", older_cost, NULL);
    assert_int_equal(first->outcome, IMPORTED);
    assert_days(*state, "proj_a|2026-09-01|10|older.csv\nproj_a|2026-09-02|31|newer.csv\n"
                        "proj_a|2026-09-03|51|newer.csv\nproj_b|2026-09-01|21|newer.csv\n"
                        "proj_b|2026-09-02|41|newer.csv");
    assert_rows(*state,
                "select project_id, day from restatement inner join project using (project_key) "
                "order by 1, 2",
                "proj_a|2026-09-02\nproj_b|2026-09-01\nproj_b|2026-09-02");
}

static void a_reject_of_an_unknown_project_keeps_its_whole_day_back(void **state)
{
    const char *newer = COST_HEADER DAY_1
        "11,usd,whisper,proj_a,org-A1\n" DAY_1 "x,usd,whisper,proj_?,org-A1\n" DAY_1
        "21,usd,whisper,proj_b,org-A1\n" DAY_2 "31,usd,whisper,proj_a,org-A1\n" DAY_3
        "51,usd,whisper,proj_a,org-A1\n";
    g_autoptr(ImportResult) first = import_text(*state, "older.csv", older_cost, NULL);
    g_autoptr(ImportResult) second = import_text(*state, "newer.csv", newer, &quarantine);

    assert_int_equal(first->outcome, IMPORTED);
    assert_int_equal(second->reject_count, 1);
    assert_days(*state, "proj_a|2026-09-01|10|older.csv\nproj_a|2026-09-02|31|newer.csv\n"
                        "proj_a|2026-09-03|51|newer.csv\nproj_b|2026-09-01|20|older.csv\n"
                        "proj_b|2026-09-02|40|older.csv");
}

static void a_reject_of_an_unknown_day_keeps_the_whole_file_back(void **state)
{
    const char *newer = COST_HEADER DAY_1
        "11,usd,whisper,proj_a,org-A1\n" DAY_1 "21,usd,whisper,proj_b,org-A1\n" DAY_2
        "31,usd,whisper,proj_a,org-A1\n" DAY_2 "41,usd\n" DAY_3 "51,usd,whisper,proj_a,org-A1\n";
    const struct import_options whole = {.quarantine = TRUE, .whole = TRUE};
    g_autoptr(ImportResult) first = import_text(*state, "older.csv", older_cost, NULL);
    g_autoptr(ImportResult) second = import_text(*state, "newer.csv", newer, &whole);

    assert_int_equal(first->outcome, IMPORTED);
    assert_int_equal(second->reject_count, 1);
    /* Nor is a project absent from it zero, though it was said to be whole. */
    assert_days(*state, "proj_a|2026-09-01|10|older.csv\nproj_a|2026-09-02|30|older.csv\n"
                        "proj_a|2026-09-03|51|newer.csv\nproj_b|2026-09-01|20|older.csv\n"
                        "proj_b|2026-09-02|40|older.csv");
    assert_rows(*state, "select count(*) from restatement", "0");
    assert_rows(*state, "select count(*) from exception where code = 'PROJECT_ABSENT'", "0");
}

/* A kind of fact that the view does not know could never be cleared, or would always be. */
static void every_table_of_facts_is_compared(void **state)
{
    assert_rows(
        *state,
        "select m.name from sqlite_schema as m where m.type = 'table' and exists (select 1 "
        "from pragma_table_info(m.name) as c where c.name = 'file_id') and exists (select 1 "
        "from pragma_table_info(m.name) as c where c.name = 'line') and (m.name like "
        "'%\\_row' escape '\\' or m.name in ('cost', 'usage')) and not exists (select 1 "
        "from sqlite_schema as v where v.name = 'stg_fact_contents' and v.sql like "
        "'%from ' || m.name || '%')",
        "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(bad_records_are_set_aside_and_all_are_accounted_for),
        IN_WORLD(without_quarantine_the_same_file_is_refused),
        IN_WORLD(one_record_with_many_problems_is_one_reject),
        IN_WORLD(a_rejects_text_is_masked_clean_and_cut),
        IN_WORLD(a_file_of_which_nothing_is_good_stays_refused),
        IN_WORLD(a_quarantined_file_again_is_nothing_new_and_still_told),
        IN_WORLD(forget_takes_the_rejects_back_too),
        IN_WORLD(a_corrected_file_clears_the_rejects_in_either_order),
        IN_WORLD(the_whole_file_clears_one_that_was_cut),
        IN_WORLD(a_near_miss_clears_nothing),
        IN_WORLD(a_correction_with_rejects_of_its_own_clears_nothing),
        IN_WORLD(payments_are_cleared_by_what_their_rows_say),
        IN_WORLD(cards_are_cleared_on_their_own_account_only),
        IN_WORLD(a_reject_keeps_its_partition_from_superseding_another),
        IN_WORLD(a_reject_of_an_unknown_project_keeps_its_whole_day_back),
        IN_WORLD(a_reject_of_an_unknown_day_keeps_the_whole_file_back),
        IN_WORLD(every_table_of_facts_is_compared),
    };

    return cmocka_run_group_tests_name("rejects", tests, NULL, NULL);
}
