/* test_runaway.c - given cost, runaway says exactly this. */
#include "core/asset.h"
#include "core/error.h"
#include "core/instant.h"
#include "derive_world.h"
#include "runaway/runaway.h"

#include <glib/gstdio.h>

#define EPISODES                                                                                   \
    "select project_id, currency, from_on, until_on, rules, excess_nanos / 1000000000,"            \
    " baseline_nanos / 1000000000, is_provisional from runaway_episode"                            \
    " inner join project using (project_key) order by project_id, currency, from_on"

/* Day 0 is 2026-01-01. */
static const char *day_text(int day)
{
    static char text[11];

    day_format(day_from_civil(2026, 1, 1) + day, text);
    return text;
}

static Db *given_ledger(int covered_days)
{
    Db *db = db_open_memory(NULL);

    assert_non_null(db);
    given_file(db, 1, "cost.csv", "cost", NULL);
    given_organization(db, 1, "org-a");
    run(db, "insert into project values (1, 'proj_b', ''), (2, 'proj_a', '')");
    for (int day = 0; day < 100; day++)
        runf(db, "insert into calendar values ('%s', %d, '')", day_text(day),
             day_from_civil(2026, 1, 1) + day);
    runf(db, "insert into coverage values (1, '2026-01-01', '%s')", day_text(covered_days - 1));
    return db;
}

static void given_cost(Db *db, int project, int from, int days, int units, const char *currency)
{
    for (int day = from; day < from + days; day++)
        runf(db, "insert into cost_day values (1, %d, '%s', '%s', %d000000000, 0, null, null, 1)",
             project, day_text(day), currency, units);
}

static void a_project_that_loops_is_named_with_its_excess(void **state)
{
    g_autoptr(Db) db = given_ledger(30);

    (void)state;
    given_cost(db, 1, 0, 20, 2, "USD");
    given_cost(db, 1, 20, 3, 40, "USD");
    given_cost(db, 1, 23, 7, 2, "USD");
    given_cost(db, 2, 0, 30, 3, "USD");
    derive(db, runaway_run);
    assert_rows(db, EPISODES, "proj_b|USD|2026-01-21|2026-01-23|spike|114|2|0");
    assert_rows(db, "select is_open, raised_on, day_count, cause, carried_by from runaway_episode",
                "0|2026-01-21|3|More of everything at once: more traffic, or a job that runs in a "
                "loop.|");
    assert_rows(db, "select rule, from_on, day_count, excess_nanos / 1000000000 from runaway_rule",
                "spike|2026-01-21|3|114");
    assert_rows(db, "select explanation from runaway_episode",
                "40.00 USD on 2026-01-21 against a median of 2.00 a day over the 20 days before "
                "(which were all alike); 114.00 above it in 3 days, the highest 40.00.");
    assert_rows(db,
                "select code, severity, organization_key, project_key, dated_on,"
                " amount_nanos / 1000000000, currency from exception",
                "RUNAWAY|warning|1|1|2026-01-21|114|USD");
}

static void covered_days_without_cost_are_zeros_from_the_first_day_on(void **state)
{
    g_autoptr(Db) db = given_ledger(40);

    (void)state;
    given_cost(db, 1, 0, 1, 1, "USD");
    given_cost(db, 1, 20, 1, 30, "USD");
    /* Not judged: its first day is its first cost, ten covered days are before it. */
    given_cost(db, 2, 10, 1, 20, "USD");
    derive(db, runaway_run);
    assert_rows(db, EPISODES, "proj_b|USD|2026-01-21|2026-01-21|spike|30|0|0");
}

static void a_provisional_day_is_judged_and_marked(void **state)
{
    g_autoptr(Db) db = given_ledger(21);

    (void)state;
    given_cost(db, 1, 0, 20, 2, "USD");
    given_cost(db, 1, 20, 1, 40, "USD");
    runf(db, "update cost_day set is_provisional = 1 where day = '%s'", day_text(20));
    derive(db, runaway_run);
    assert_rows(db, EPISODES, "proj_b|USD|2026-01-21|2026-01-21|spike|38|2|1");
}

static void each_currency_has_its_own_baseline(void **state)
{
    g_autoptr(Db) db = given_ledger(21);

    (void)state;
    given_cost(db, 1, 0, 21, 40, "EUR");
    given_cost(db, 1, 0, 20, 2, "USD");
    given_cost(db, 1, 20, 1, 40, "USD");
    derive(db, runaway_run);
    assert_rows(db, EPISODES, "proj_b|USD|2026-01-21|2026-01-21|spike|38|2|0");
}

static void running_again_changes_nothing(void **state)
{
    g_autoptr(Db) db = given_ledger(21);

    (void)state;
    given_cost(db, 1, 0, 20, 2, "USD");
    given_cost(db, 1, 20, 1, 40, "USD");
    derive(db, runaway_run);
    derive(db, runaway_run);
    assert_rows(db, "select count(*) from runaway_episode", "1");
    assert_rows(db, "select count(*) from exception", "1");
}

static void a_project_that_begins_large_is_named_as_new(void **state)
{
    g_autoptr(Db) db = given_ledger(30);

    (void)state;
    given_cost(db, 1, 0, 30, 20, "USD");
    given_cost(db, 2, 20, 10, 30, "USD");
    run(db, "insert into project_fact values (2, 1, 'test', 'rule', '', '', '')");
    derive(db, runaway_run);
    assert_rows(db, EPISODES, "proj_a|USD|2026-01-21|2026-01-27|new-project|210|0|0");
    assert_rows(db, "select cause from runaway_episode",
                "A new project: nobody set a budget by what it costs.");
}

/* A cost row of each line item and key, as import writes them: 1 with gpt-5, 2 with a new key. */
static void given_rows(Db *db, int partition, int day, int units, int item, int key)
{
    runf(db, "insert into partition values (%d, 1, 1, '%s', 'USD', %d, %d, 1, %d000000000, 0, 5)",
         partition, day_text(day), partition, partition, units);
    runf(db,
         "insert into cost (cost_id, partition_id, line, amount_nanos, line_item_id, api_key_id)"
         " values (%d, %d, 2, %d000000000, %d, %d)",
         partition, partition, units, item, key);
    runf(db, "insert into cost_day values (1, 1, '%s', 'USD', %d000000000, 0, %d, %d, 1)",
         day_text(day), units, partition, partition);
}

static void what_carried_an_episode_is_told_with_its_share(void **state)
{
    g_autoptr(Db) db = given_ledger(30);

    (void)state;
    run(db, "insert into snapshot values (1, 1, 'cost', 1, '2026-01-01', '2026-01-30',"
            " '2026-01-30', '2026-01-30', '2026-01-30', 0, 1, 0, null);"
            "insert into term values (1, 'gpt-5, input'), (2, 'gpt-5, output'), (3, 'key_old'),"
            " (4, 'key_new');"
            "insert into line_item values (1, 1, '', 'gpt-5', '', 'input', 0),"
            " (2, 1, '', 'gpt-5', '', 'output', 0)");
    for (int day = 0; day < 20; day++)
        given_rows(db, day + 1, day, 2, 1, 3);
    given_rows(db, 21, 20, 42, 2, 4);
    derive(db, runaway_run);
    assert_rows(db, "select carried_by from runaway_episode",
                "gpt-5, output 100 % (new); model gpt-5 100 %; key key_new 100 % (new)");
    assert_rows(db,
                "select dimension, position, name, share_ppm, basis, is_new from runaway_carrier"
                " order by dimension, position",
                "key|1|key_new|1000000|cost|1\nline item|1|gpt-5, output|1000000|cost|1\n"
                "model|1|gpt-5|1000000|cost|0");
    assert_rows(db, "select cause from runaway_episode",
                "A key that the project did not use before: key_new, handed on or leaked.");
}

/* Usage of an hour of a day, one row a partition, as an hourly export has it. */
static void given_hour(Db *db, int day, int hour, int requests)
{
    int id = 1000 + day * 24 + hour;
    int64_t at = (day_from_civil(2026, 1, 1) + (int64_t)day) * 86400 + (int64_t)hour * 3600;

    runf(db, "insert into partition values (%d, 2, 1, '%s', '', %d, %d, 1, 0, %d, 0)", id,
         day_text(day), id, id, requests);
    runf(db,
         "insert into usage (usage_id, partition_id, line, start_at, end_at, requests,"
         " input_tokens, output_tokens, input_cached_tokens, input_cache_write_tokens,"
         " input_uncached_tokens, input_text_tokens, output_text_tokens, input_cached_text_tokens,"
         " input_audio_tokens, input_cached_audio_tokens, output_audio_tokens, input_image_tokens,"
         " input_cached_image_tokens, output_image_tokens) values (%d, %d, 2, %" G_GINT64_FORMAT
         ", %" G_GINT64_FORMAT ", %d, 100, 50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)",
         id, id, at, at + 3600, requests);
    runf(db, "insert into usage_day values (1, 1, 'completions', '%s', %d, %d, 150, 0, 0)",
         day_text(day), id, requests);
}

static void hours_of_usage_tell_of_a_loop(void **state)
{
    g_autoptr(Db) db = given_ledger(30);

    (void)state;
    given_cost(db, 1, 0, 20, 10, "USD");
    given_cost(db, 1, 20, 1, 40, "USD");
    run(db, "insert into snapshot values (2, 1, 'completions', 1, '2026-01-01', '2026-01-30',"
            " '2026-01-30', '2026-01-30', '2026-01-30', 0, 1, 0, null)");
    for (int day = 0; day < 20; day++)
        for (int hour = 9; hour < 17; hour++)
            given_hour(db, day, hour, 10 + hour);
    for (int hour = 0; hour < 24; hour++)
        given_hour(db, 20, hour, 100);
    derive(db, runaway_run);
    assert_rows(db, "select rules, cause from runaway_episode",
                "spike,all-hours,flat|A job that runs in a loop: at hours, or as evenly, as nobody "
                "works.");
    assert_rows(db, "select rule, evidence from runaway_rule where rule <> 'spike' order by rule",
                "all-hours|requests in 24 hours of the day against 8 in the median of the 20 days "
                "before\nflat|as many requests in each of 24 hours");
}

static void a_balance_that_the_burn_will_use_up_is_told(void **state)
{
    g_autoptr(Db) db = given_ledger(30);

    (void)state;
    given_cost(db, 1, 0, 20, 10, "USD");
    given_cost(db, 1, 20, 3, 90, "USD");
    run(db, "insert into opening values (1, 'USD', '2026-01-01', 'first invoice', '')");
    for (int day = 0; day < 23; day++)
        runf(
            db,
            "insert into balance_day values ('free-first', 1, 'USD', '%s', %d000000000, 0, 0, 0, 0,"
            " 0, 0, 0, 0)",
            day_text(day), day < 20 ? 600 - 10 * day : 400 - 90 * (day - 20));
    derive(db, runaway_run);
    assert_rows(db, "select rule, from_on, evidence from runaway_rule where rule = 'days-left'",
                "days-left|2026-01-23|220.00 USD are left, at 90.00 a day in the last 3 days and "
                "10.00 usually");
    run(db, "update opening set evidence = ''");
    derive(db, runaway_run);
    assert_rows(db, "select count(*) from runaway_rule where rule = 'days-left'", "0");
}

static void a_day_of_priced_usage_is_judged_and_marked(void **state)
{
    g_autoptr(Db) db = given_ledger(20);

    (void)state;
    given_cost(db, 1, 0, 20, 2, "USD");
    given_cost(db, 2, 0, 20, 2, "USD");
    runf(db, "insert into estimate_day values (1, 1, '%s', 'USD', 132420000000, 0)", day_text(20));
    /* Nothing has a price, and nobody is known to have used it. */
    runf(db, "insert into estimate_day values (1, 2, '%s', 'USD', null, 1)", day_text(20));
    runf(db, "insert into estimate_day values (null, 2, '%s', 'USD', 99000000000, 0)",
         day_text(20));
    derive(db, runaway_run);
    assert_rows(db,
                "select project_id, from_on, until_on, marks, excess_nanos / 10000000 from "
                "fct_runaways",
                "proj_b|2026-01-21|-|estimated|13042");
}

static char *judge(Db *db, const char *name, const char *verdict, const char *why)
{
    const struct verdict_request request = {name, verdict, why, "ann"};
    g_autoptr(GError) error = NULL;
    char *told = runaway_judge(db, &request, &error);

    if (error)
        print_message("%s\n", error->message);
    assert_non_null(told);
    return told;
}

static char *id_of_episode(Db *db)
{
    return rows_of(db, "select id from runaway_episode order by from_on limit 1");
}

static void a_judged_episode_is_not_raised_again(void **state)
{
    g_autoptr(Db) db = given_ledger(30);

    (void)state;
    given_cost(db, 1, 0, 20, 2, "USD");
    given_cost(db, 1, 20, 3, 40, "USD");
    derive(db, runaway_run);
    g_autofree char *id = id_of_episode(db);
    g_autofree char *told = judge(db, id, "planned", "A load test.");
    assert_string_equal(told, "proj_b from 2026-01-21 until 2026-01-23 (114.00 USD above its "
                              "baseline) is planned (v1)");
    derive(db, runaway_run);
    assert_rows(db, "select count(*) from exception", "0");
    assert_rows(db, "select verdict, why, decided_by from fct_runaways",
                "planned|A load test.|ann");
    assert_rows(db, "select subject, detail, actor from audit where action = 'verdict'",
                "org-a proj_b 2026-01-21|verdict=v1\nuntil=2026-01-23\nis=planned\n"
                "excess=114.000000000 USD\nwhy=A load test.|ann");
    assert_rows(db, "select verb, ids is not '', refs, cause, state, id from fct_decisions",
                "verdict|1|proj_b|planned|in force|v1");
}

static void a_verdict_holds_when_a_restatement_moves_the_first_day(void **state)
{
    g_autoptr(Db) db = given_ledger(30);

    (void)state;
    given_cost(db, 1, 0, 20, 2, "USD");
    given_cost(db, 1, 20, 3, 40, "USD");
    derive(db, runaway_run);
    g_autofree char *id = id_of_episode(db);
    g_autofree char *told = judge(db, id, "real", "It looped.");
    /* The day before turns out to have been one of it, and its first day not. */
    runf(db, "update cost_day set cost_nanos = 30000000000 where day = '%s'", day_text(19));
    derive(db, runaway_run);
    assert_rows(db, "select from_on, verdict from fct_runaways", "2026-01-20|real");
    runf(db, "update cost_day set cost_nanos = 2000000000 where day in ('%s', '2026-01-21')",
         day_text(19));
    derive(db, runaway_run);
    assert_rows(db, "select from_on, verdict from fct_runaways", "2026-01-22|real");
    assert_rows(db, "select count(*) from exception", "0");
}

static void a_verdict_is_not_about_the_next_episode_of_its_project(void **state)
{
    g_autoptr(Db) db = given_ledger(40);

    (void)state;
    given_cost(db, 1, 0, 20, 2, "USD");
    given_cost(db, 1, 20, 3, 40, "USD");
    given_cost(db, 1, 23, 2, 2, "USD");
    given_cost(db, 1, 25, 1, 40, "USD");
    derive(db, runaway_run);
    g_autofree char *id = id_of_episode(db);
    g_autofree char *told = judge(db, id, "real", "It looped.");
    derive(db, runaway_run);
    assert_rows(db, "select from_on, verdict from fct_runaways order by from_on",
                "2026-01-21|real\n2026-01-26|");
    assert_rows(db, "select dated_on from exception", "2026-01-26");
}

static void a_later_verdict_takes_the_place_of_an_earlier_one(void **state)
{
    g_autoptr(Db) db = given_ledger(30);

    (void)state;
    given_cost(db, 1, 0, 20, 2, "USD");
    given_cost(db, 1, 20, 3, 40, "USD");
    derive(db, runaway_run);
    g_autofree char *id = id_of_episode(db);
    g_autofree char *first = judge(db, id, "noise", "Nothing there.");
    derive(db, runaway_run);
    g_autofree char *again = judge(db, id, "noise", "Nothing there.");
    assert_non_null(strstr(again, "was judged noise before, for the same reason"));
    g_autofree char *second = judge(db, id, "real", "It looped after all.");
    derive(db, runaway_run);
    assert_rows(db, "select verdict from fct_runaways", "real");
    assert_rows(db, "select id, cause, state, ended_by from fct_decisions order by decision_id",
                "v1|noise|superseded|v2\nv2|real|in force|");
}

static void assert_problems(Db *db, const char *expected)
{
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *text = NULL;
    int64_t count = 0;

    assert_true(runaway_verify(db, problems, &count, NULL));
    g_ptr_array_add(problems, NULL);
    text = g_strjoinv("\n", (char **)problems->pdata);
    assert_string_equal(text, expected);
}

static void verdicts_are_held_against_the_log(void **state)
{
    g_autoptr(Db) db = given_ledger(30);

    (void)state;
    given_cost(db, 1, 0, 20, 2, "USD");
    given_cost(db, 1, 20, 3, 40, "USD");
    derive(db, runaway_run);
    g_autofree char *id = id_of_episode(db);
    g_autofree char *told = judge(db, id, "planned", "A load test.");
    assert_problems(db, "");
    run(db, "drop trigger verdict_never_changes; update verdict set verdict = 'noise'");
    assert_problems(db, "verdict v1: it is not as the log records it");
    run(db, "update verdict set audit_id = 9");
    assert_problems(db, "verdict v1: the log does not record it\n"
                        "audit row 1: the verdict on org-a proj_b 2026-01-21 that it records is "
                        "gone");
    run(db, "drop trigger verdict_stays; delete from verdict");
    assert_problems(db, "audit row 1: the verdict on org-a proj_b 2026-01-21 that it records is "
                        "gone");
}

static void a_name_that_means_no_episode_or_several_is_refused(void **state)
{
    static const struct {
        const char *name, *verdict, *message;
    } cases[] = {
        {"w000", "real",
         "verdict: there is no episode \"w000\"\n"
         "hint: `trueup report runaway` prints their ids"},
        {"w", "real",
         "verdict: \"w\" begins the ids of several episodes\n"
         "hint: name one by its whole id"},
        {"w", "true", "verdict: \"true\" is neither real, planned nor noise"},
    };
    g_autoptr(Db) db = given_ledger(30);

    (void)state;
    given_cost(db, 1, 0, 20, 2, "USD");
    given_cost(db, 1, 20, 3, 40, "USD");
    given_cost(db, 2, 0, 20, 2, "USD");
    given_cost(db, 2, 20, 3, 40, "USD");
    derive(db, runaway_run);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const struct verdict_request request = {cases[i].name, cases[i].verdict, "Why.", NULL};
        g_autoptr(GError) error = NULL;

        assert_null(runaway_judge(db, &request, &error));
        assert_string_equal(error->message, cases[i].message);
    }
    /* The id of its exception means the episode, too. */
    g_autofree char *exception = rows_of(db, "select id from exception order by id limit 1");
    g_autofree char *told = judge(db, exception, "real", "It looped.");
}

/* The user's own thresholds: $TRUEUP_HOME is read once a process, so this test comes first. */
static void thresholds_that_are_none_are_refused_by_section_and_key(void **state)
{
    static const struct {
        const char *from, *to, *message;
    } cases[] = {
        {"floor=5.00", "", "rules/runaway.ini: [money] lacks \"floor\""},
        {"floor=", "flor=", "rules/runaway.ini: [money] has an unknown key \"flor\""},
        {"[test]", "[tset]", "rules/runaway.ini: [tset] has an unknown key \"share\""},
        {"window-days=28", "window-days=many",
         "rules/runaway.ini: [spike] window-days: \"many\" is not an amount"},
        {"window-days=28", "window-days=28.5",
         "rules/runaway.ini: [spike] window-days: \"28.5\" is not a whole number from 1 to 366"},
        {"minimum-days=7", "minimum-days=29",
         "rules/runaway.ini: [spike] minimum-days is more than window-days"},
        {"ceiling=500.00", "ceiling=4.00", "rules/runaway.ini: [money] floor is more than ceiling"},
        {"ratio=2", "ratio=0.5",
         "rules/runaway.ini: [spike] ratio: \"0.5\" is not a number from 1 to 1000"},
    };
    g_autofree char *home = g_dir_make_tmp("trueup-home-XXXXXX", NULL);
    g_autofree char *folder = g_build_filename(home, "rules", NULL);
    g_autofree char *path = g_build_filename(folder, "runaway.ini", NULL);
    g_autoptr(GBytes) whole = NULL;

    (void)state;
    assert_int_equal(g_mkdir(folder, 0700), 0);
    g_setenv("TRUEUP_HOME", home, TRUE);
    whole = asset_read("rules/runaway.ini", NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Db) db = db_open_memory(NULL);
        g_autoptr(GError) error = NULL;
        g_auto(GStrv) parts = g_strsplit(g_bytes_get_data(whole, NULL), cases[i].from, 2);
        g_autofree char *text = g_strjoinv(cases[i].to, parts);

        assert_int_equal(g_strv_length(parts), 2);
        assert_true(g_file_set_contents(path, text, -1, NULL));
        assert_false(runaway_run(db, &error));
        assert_true(g_error_matches(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT));
        assert_string_equal(error->message, cases[i].message);
    }
    assert_int_equal(g_remove(path), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thresholds_that_are_none_are_refused_by_section_and_key),
        cmocka_unit_test(a_project_that_loops_is_named_with_its_excess),
        cmocka_unit_test(covered_days_without_cost_are_zeros_from_the_first_day_on),
        cmocka_unit_test(a_provisional_day_is_judged_and_marked),
        cmocka_unit_test(each_currency_has_its_own_baseline),
        cmocka_unit_test(running_again_changes_nothing),
        cmocka_unit_test(a_project_that_begins_large_is_named_as_new),
        cmocka_unit_test(what_carried_an_episode_is_told_with_its_share),
        cmocka_unit_test(hours_of_usage_tell_of_a_loop),
        cmocka_unit_test(a_balance_that_the_burn_will_use_up_is_told),
        cmocka_unit_test(a_day_of_priced_usage_is_judged_and_marked),
        cmocka_unit_test(a_judged_episode_is_not_raised_again),
        cmocka_unit_test(a_verdict_holds_when_a_restatement_moves_the_first_day),
        cmocka_unit_test(a_verdict_is_not_about_the_next_episode_of_its_project),
        cmocka_unit_test(a_later_verdict_takes_the_place_of_an_earlier_one),
        cmocka_unit_test(verdicts_are_held_against_the_log),
        cmocka_unit_test(a_name_that_means_no_episode_or_several_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
