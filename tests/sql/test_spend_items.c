/* test_spend_items.c - spend by what exports split it by: models, surfaces, keys, users, line
 * items. */
#include "core/instant.h"
#include "spend_given.h"

#define BY(grain) ((struct report_options){.by = (grain)})

/* Terms of these ids: line items, then models, tiers, keys, users and units. */
static Db *ledger(void)
{
    Db *db = spend_ledger();

    run(db, "insert into term values (1, 'gpt-5, input'), (2, 'gpt-5, output'),"
            " (3, 'batch api | o3, input'), (4, 'Vector storage'), (11, 'gpt-5'), (12, 'o3'),"
            " (13, 'whisper'), (21, 'default'), (22, 'flex'), (31, 'key_1'), (32, 'key_2'),"
            " (41, 'user-1'), (42, 'ann@example.com'), (51, 'tokens'), (52, 'seconds');"
            "insert into line_item values (1, 1, '', 'gpt-5', '', 'input', 0),"
            " (2, 1, '', 'gpt-5', '', 'output', 0), (3, 1, 'batch api', 'o3', '', 'input', 0),"
            " (4, 0, '', '', '', '', 0);"
            "insert into snapshot values (1, 1, 'cost', 1, '2026-09-01', '2026-10-31',"
            " '2026-10-31', '2026-10-31', '2026-10-31', 0, 1, 0, null),"
            " (2, 1, 'completions', null, '2026-09-01', '2026-10-31', '2026-10-31', '2026-10-31',"
            " '2026-10-31', 0, 1, 0, null)");
    given_coverage(db, 1, 1, 61);
    return db;
}

/*
 * A project's day whose cost is split by rows "cents, line item, key, user, e-mail, quantity,
 * unit", ended by NULL; cents is the day's whole cost.
 */
static void given_split(Db *db, int project, int day, int cents, const char *const *rows)
{
    static int next = 1;
    int first = next;
    int64_t total = 0;

    for (; *rows; rows++) {
        runf(db,
             "insert into cost (cost_id, partition_id, line, line_item_id, api_key_id, user_id,"
             " user_email_id, quantity_micros, quantity_unit_id, amount_nanos)"
             " select %d, %d, 1, item, key, user, email, quantity * 1000000, unit,"
             " cents * 10000000 from (select null as cents, null as item, null as key,"
             " null as user, null as email, null as quantity, null as unit where false"
             " union all values (%s))",
             next++, first, *rows);
        total += g_ascii_strtoll(*rows, NULL, 10) * CENT;
    }
    runf(db,
         "insert into partition values (%d, 1, %d, '%s', 'USD', %d, %d, %d, %" G_GINT64_FORMAT
         ", 0, 1);"
         "insert into cost_day values (1, %d, '%s', 'USD', %" G_GINT64_FORMAT ", 0, %d, %d, 1)",
         first, project, spend_day(day), first, next - 1, next - first, total, project,
         spend_day(day), cents * CENT, first, first);
}

/* Usage of a project's day: "model, tier, is batch, key, user, requests, tokens", ended by NULL. */
static void given_used(Db *db, int project, int day, const char *const *rows)
{
    static int next = 100000; /* of partitions, too */
    int first = next;

    for (; *rows; rows++)
        runf(db,
             "insert into usage select %d, %d, 1, 0, 0, model, user, key, tier, batch, requests,"
             " tokens, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null, null, null from ("
             "select null as model, null as tier, null as batch, null as key, null as user,"
             " null as requests, null as tokens where false union all values (%s))",
             next++, first, *rows);
    runf(db,
         "insert into partition select %d, 2, %d, '%s', '', %d, %d, count(*), sum(input_tokens),"
         " sum(requests), 0 from usage where partition_id = %d;"
         "insert into usage_day select 1, %d, 'completions', day, partition_id, request_count,"
         " total, 0, 0 from partition where partition_id = %d",
         first, project, spend_day(day), first, next - 1, first, project, first);
}

static void a_model_is_priced_by_its_own_usage_of_the_same_days(void **state)
{
    static const char *const cost[] = {
        "200, 1, null, null, null, null, null", "300, 2, null, null, null, null, null",
        "100, 3, null, null, null, null, null", "50, 4, null, null, null, null, null", NULL};
    static const char *const use[] = {"11, 21, 0, null, null, 40, 800000",
                                      "11, 21, 0, null, null, 10, 200000",
                                      "13, 21, 0, null, null, 7, 10", NULL};
    g_autoptr(Db) db = ledger();

    (void)state;
    given_split(db, 1, 1, 700, cost);
    given_split(db, 1, 2, 650, cost); /* no usage is known of this day */
    given_used(db, 1, 1, use);
    assert_spend(db, (struct report_options){.by = "model", .month = "2026-09"},
                 "model cost share requests tokens measured_cost cost_per_request "
                 "cost_per_million_tokens",
                 "|1.500000000|0.111111|||||\n"
                 "gpt-5|10.000000000|0.740741|50|1000000|5.000000000|0.100000000|5.000000000\n"
                 "o3|2.000000000|0.148148|||||\n"
                 "whisper|||7|10|||\n");
}

static void what_a_model_cost_is_held_against_the_month_before(void **state)
{
    static const char *const before[] = {"200, 1, null, null, null, null, null", NULL};
    static const char *const after[] = {"300, 2, null, null, null, null, null",
                                        "100, 3, null, null, null, null, null", NULL};
    g_autoptr(Db) db = ledger();

    (void)state;
    given_split(db, 1, 1, 200, before);
    given_split(db, 1, 40, 400, after);
    assert_spend(db, BY("model"), "model month cost prior change growth",
                 "gpt-5|2026-09|2.000000000|||\n"
                 "gpt-5|2026-10|3.000000000|2.000000000|1.000000000|0.500000\n"
                 "o3|2026-10|1.000000000|0.000000000|1.000000000|\n");
}

static void a_surface_is_what_line_items_and_tiers_say(void **state)
{
    static const char *const cost[] = {"200, 1, null, null, null, null, null",
                                       "100, 3, null, null, null, null, null",
                                       "50, 4, null, null, null, null, null", NULL};
    static const char *const use[] = {
        "11, 21, 0, null, null, 20, 1000000", "12, 21, 1, null, null, 10, 1000000",
        "11, 22, 0, null, null, 5, 1", "11, null, null, null, null, 3, 1", NULL};
    g_autoptr(Db) db = ledger();

    (void)state;
    given_split(db, 1, 31, 350, cost);
    given_used(db, 1, 31, use);
    assert_spend(db, BY("surface"), "surface cost requests cost_per_request",
                 "|0.500000000|3|\n"
                 "batch api|1.000000000|10|0.100000000\n"
                 "flex||5|\n"
                 "standard|2.000000000|20|0.100000000\n");
}

static void a_key_and_a_user_have_what_exports_split_by_them(void **state)
{
    static const char *const cost[] = {
        "200, 1, 31, 41, 42, null, null", "100, 2, 31, 41, null, null, null",
        "50, 1, 32, null, null, null, null", "25, 1, null, null, null, null, null", NULL};
    static const char *const use[] = {"11, 21, 0, 31, 41, 30, 1", "11, 21, 0, null, null, 4, 1",
                                      NULL};
    g_autoptr(Db) db = ledger();

    (void)state;
    given_split(db, 1, 31, 400, cost); /* 0.25 more than its rows */
    given_used(db, 1, 31, use);
    assert_spend(db, BY("key"), "project_name api_key_id cost requests cost_per_request",
                 "web||0.500000000|4|\n"
                 "web|key_1|3.000000000|30|0.100000000\n"
                 "web|key_2|0.500000000||\n");
    assert_spend(db, BY("user"), "user_id user_email cost requests cost_per_request",
                 "||1.000000000|4|\n"
                 "user-1|ann@example.com|3.000000000|30|0.100000000\n");
}

static void a_line_item_is_priced_by_the_quantity_that_its_export_tells(void **state)
{
    static const char *const first[] = {"200, 1, null, null, null, 1000000, 51",
                                        "300, 2, null, null, null, 1000000, 51",
                                        "10, 4, null, null, null, 3, 51", NULL};
    static const char *const second[] = {
        "100, 1, null, null, null, 500000, 51", "900, 1, null, null, null, null, null",
        "300, 2, null, null, null, null, null", "10, 4, null, null, null, 3, 52", NULL};
    g_autoptr(Db) db = ledger();

    (void)state;
    given_split(db, 1, 31, 510, first);
    given_split(db, 1, 32, 1310, second);
    assert_spend(db, (struct report_options){.by = "key", .project_id = "proj_web"}, "cost",
                 "18.200000000\n");
    assert_spend(db, BY("surface"), "surface cost", "|0.200000000\nstandard|18.000000000\n");
    run(db, "update term set text = replace(text, ', ', ' ')"); /* for a csv that is cut at ',' */
    assert_spend(db, BY("line_item"),
                 "line_item cost quantity quantity_unit measured_cost cost_per_million",
                 "Vector storage|0.200000000||||\n"
                 "gpt-5 input|12.000000000|1500000|tokens|3.000000000|2.000000000\n"
                 "gpt-5 output|6.000000000|1000000|tokens|3.000000000|3.000000000\n");
}

static void usage_without_cost_is_estimated_by_model_and_surface(void **state)
{
    g_autoptr(Db) db = ledger();

    (void)state;
    runf(db,
         "insert into usage_value values (1, 1, 'completions', '%s', 'gpt-5', 'batch', 'input',"
         " 1000, null, 5000000000, 0), (1, 1, 'completions', '%s', 'o3', 'standard', 'input',"
         " 1000, null, null, 0);"
         "insert into estimate_day values (1, 1, '%s', 'USD', 5000000000, 1)",
         spend_day(62), spend_day(62), spend_day(62));
    assert_spend(db, BY("model"), "model month cost estimated",
                 "gpt-5|2026-11|0.000000000|5.000000000\no3|2026-11|0.000000000|\n");
    assert_spend(db, BY("surface"), "surface month cost estimated",
                 "batch api|2026-11|0.000000000|5.000000000\nstandard|2026-11|0.000000000|\n");
    assert_spend(db, BY("key"), "api_key_id month cost estimated",
                 "|2026-11|0.000000000|5.000000000\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_model_is_priced_by_its_own_usage_of_the_same_days),
        cmocka_unit_test(what_a_model_cost_is_held_against_the_month_before),
        cmocka_unit_test(a_surface_is_what_line_items_and_tiers_say),
        cmocka_unit_test(a_key_and_a_user_have_what_exports_split_by_them),
        cmocka_unit_test(a_line_item_is_priced_by_the_quantity_that_its_export_tells),
        cmocka_unit_test(usage_without_cost_is_estimated_by_model_and_surface),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
