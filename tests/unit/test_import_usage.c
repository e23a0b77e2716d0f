/* Usage of every endpoint, and ChatGPT credits, in the ledger: what counts of files that overlap.
 */
#include "import_world.h"

#define CREDIT_HEADER                                                                              \
    "date_partition,account_id,account_user_id,email,name,public_id,usage_type,usage_credits,"     \
    "usage_quantity,usage_units\n"
#define CREDITS(day, type, credits)                                                                \
    "2026-03-" day ",acct,u1,a@example.com,A,p1," type "," credits ",1,counts\n"

struct credit_file {
    const char *name, *text, *as_of;
};

/* Imports the files in each rotation of their order into ledgers of their own. */
static void check_days(const struct credit_file *files, guint count, const char *expected)
{
    for (guint first = 0; first < count; first++) {
        void *state;

        setup(&state);
        for (guint i = 0; i < count; i++) {
            const struct credit_file *file = &files[(first + i) % count];
            const struct import_options options = {.as_of = file->as_of,
                                                   .quarantine = strstr(file->text, "bad") != NULL};
            g_autoptr(ImportResult) result = import_text(state, file->name, file->text, &options);

            assert_int_equal(result->outcome, IMPORTED);
        }
        assert_rows(state,
                    "select day, usage_type, credits_nanos / 1000000 from fct_credit_usage"
                    " order by 1, 2",
                    expected);
        teardown(&state);
    }
}

static const char first_report[] = CREDIT_HEADER CREDITS("15", "codex", "10.5")
    CREDITS("16", "codex", "2") CREDITS("16", "x", "1");
static const char later_report[] =
    CREDIT_HEADER CREDITS("16", "codex", "1.5") CREDITS("17", "codex", "4");

static void credits_of_a_day_in_two_reports_count_once_and_the_newer_one_does(void **state)
{
    const struct credit_file files[] = {{"a.csv", first_report, NULL},
                                        {"b.csv", later_report, NULL}};

    (void)state;
    check_days(files, 2,
               "2026-03-15|codex|10500\n"
               "2026-03-16|codex|1500\n"
               "2026-03-17|codex|4000");
}

static void a_stated_day_of_export_decides_between_credit_reports(void **state)
{
    const struct credit_file files[] = {{"a.csv", first_report, "2026-03-20"},
                                        {"b.csv", later_report, "2026-03-19"}};

    (void)state;
    check_days(files, 2,
               "2026-03-15|codex|10500\n"
               "2026-03-16|codex|2000\n"
               "2026-03-16|x|1000\n"
               "2026-03-17|codex|4000");
}

static void a_credit_report_with_rejects_of_a_day_supersedes_no_complete_one(void **state)
{
    const struct credit_file files[] = {{"a.csv", first_report, NULL},
                                        {"b.csv",
                                         CREDIT_HEADER CREDITS("16", "codex", "1.5")
                                             CREDITS("16", "x", "bad") CREDITS("17", "codex", "4"),
                                         NULL}};

    (void)state;
    check_days(files, 2,
               "2026-03-15|codex|10500\n"
               "2026-03-16|codex|2000\n"
               "2026-03-16|x|1000\n"
               "2026-03-17|codex|4000");
}

static void two_workspaces_never_supersede_each_other(void **state)
{
    const char *other = CREDIT_HEADER "2026-03-15,other,u1,a@example.com,A,p1,codex,7,1,counts\n"
                                      "2026-03-16,other,u1,a@example.com,A,p1,codex,7,1,counts\n";
    const struct credit_file files[] = {{"a.csv", first_report, NULL}, {"b.csv", other, NULL}};

    (void)state;
    check_days(files, 2,
               "2026-03-15|codex|10500\n"
               "2026-03-15|codex|7000\n"
               "2026-03-16|codex|2000\n"
               "2026-03-16|codex|7000\n"
               "2026-03-16|x|1000");
}

#define TIMES "1788220800,1788307200,"

static void usage_of_two_endpoints_of_one_day_stands_side_by_side(void **state)
{
    static const char *const files[][2] = {
        {"images.csv",
         "start_time,end_time,project_id,num_model_requests,images\n" TIMES "p,2,5\n"},
        {"more-images.csv",
         "start_time,end_time,project_id,num_model_requests,images\n" TIMES "p,2,6\n"},
        {"speech.csv", "start_time,end_time,project_id,characters\n" TIMES "p,900\n"},
        {"tokens.csv",
         "start_time,end_time,project_id,input_tokens,output_tokens\n" TIMES "p,7,3\n"},
        {"embeddings.csv", "start_time,end_time,project_id,model,input_tokens\n" TIMES
                           "p,text-embedding-3-large,4\n"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autoptr(ImportResult) result = import_text(*state, files[i][0], files[i][1], NULL);

        assert_int_equal(result->outcome, IMPORTED);
    }
    assert_true(import_derive(((struct world *)*state)->db, NULL));
    assert_rows(*state, "select kind, requests, tokens, quantity from usage_day order by 1",
                "audio_speeches|0|0|900\n"
                "completions|0|10|0\n"
                "embeddings|0|4|0\n"
                "images|2|0|6");
    assert_rows(*state, "select explanation from exception where code = 'SNAPSHOT_CONFLICT'",
                "Two exports disagree about project p on 2026-09-01: 5 images in images.csv, 6 "
                "images in more-images.csv, which counts; --as-of DATE states when an export was "
                "made.");
}

#define UNTOLD "start_time,end_time,model,input_tokens\n"

static void input_tokens_are_of_what_their_models_say_or_what_is_stated(void **state)
{
    static const char *const untold[] = {UNTOLD TIMES ",4\n", UNTOLD TIMES "gpt-5,4\n",
                                         UNTOLD TIMES "text-embedding-3-large,4\n" TIMES
                                                      "omni-moderation-latest,4\n"};
    const struct import_options stated = {.endpoint = "completions"};

    for (gsize i = 0; i < G_N_ELEMENTS(untold); i++) {
        g_autoptr(ImportResult) result = import_text(*state, "u.csv", untold[i], NULL);

        assert_refused(result, "--endpoint embeddings or --endpoint moderations");
    }
    g_autoptr(ImportResult) told =
        import_text(*state, "m.csv", UNTOLD TIMES "omni-moderation-latest,4\n" TIMES ",1\n", NULL);
    g_autoptr(ImportResult) said = import_text(*state, "u.csv", untold[1], &stated);
    assert_rows(*state, "select kind from snapshot order by 1", "completions\nmoderations");
    assert_rows(*state, "select options from file order by 1", "\nendpoint=completions");
}

static void one_activity_export_makes_a_snapshot_of_each_endpoint(void **state)
{
    const char *text =
        "organization_id,n_context_tokens_total,n_generated_tokens_total,project_id,usage_type,"
        "model,timestamp,num_requests,num_images,num_characters\n"
        "org-A,10.0,5.0,Default Project,text,gpt-4o,1788220800,1,,\n"
        "org-B,1.0,1.0,Default Project,text,gpt-4o,1788220800,1,,\n"
        "org-A,,,Default Project,dalle,dall-e-3,1788220800,3,4.0,\n"
        "org-A,,,Default Project,tts,tts-1,1788307200,2,,55.0\n";
    g_autoptr(ImportResult) result = import_text(*state, "activity.csv", text, NULL);

    assert_int_equal(result->outcome, IMPORTED);
    assert_rows(*state,
                "select kind, organization_id, from_day, until_day from snapshot inner join"
                " organization using (organization_key) order by 1, 2",
                "audio_speeches|org-A|2026-09-01|2026-09-02\n"
                "completions|org-A|2026-09-01|2026-09-01\n"
                "completions|org-B|2026-09-01|2026-09-01\n"
                "images|org-A|2026-09-01|2026-09-01");
    assert_true(import_derive(((struct world *)*state)->db, NULL));
    assert_rows(*state,
                "select organization_id, project_id, name_of, tokens, quantity from (select *,"
                " project.name as name_of from usage_day inner join organization using"
                " (organization_key) inner join project using (project_key)) order by 1, 2, kind",
                "org-A|Default Project (org-A)|Default Project|0|55\n"
                "org-A|Default Project (org-A)|Default Project|15|0\n"
                "org-A|Default Project (org-A)|Default Project|0|4\n"
                "org-B|Default Project (org-B)|Default Project|2|0");
}

static const char line_items[] =
    "select term.text, is_understood, surface, model, modality, token_kind, is_long_context"
    " from line_item inner join term using (term_id) order by 1";

static void line_items_are_told_apart_from_other_terms_and_parsed(void **state)
{
    static const char expected[] =
        "Vector storage|0|||||0\n"
        "gpt-image-1 image, output|1||gpt-image-1|image|output|0\n"
        "priority | gpt-5.6-sol, input, long context|1|priority|gpt-5.6-sol||input|1";
    const char *text =
        "start_time,end_time,amount_value,amount_currency,line_item,project_id,organization_id,"
        "user_id\n" TIMES "1,usd,Vector storage,proj_a,org-A,user-1\n" TIMES
        "1,usd,\"priority | gpt-5.6-sol, input, long context\",proj_a,org-A,user-1\n" TIMES
        "1,usd,\"gpt-image-1 image, output\",proj_a,org-A,user-1\n" TIMES
        "1,usd,Vector storage,proj_a,org-A,user-2\n";
    g_autoptr(ImportResult) result = import_text(*state, "cost.csv", text, NULL);
    struct db *db = ((struct world *)*state)->db;

    assert_int_equal(result->outcome, IMPORTED);
    assert_true(import_derive(db, NULL));
    assert_rows(*state, line_items, expected);
    /* what an older parser said is corrected */
    assert_true(
        db_execute(db, "test", "update line_item set model = 'old', is_understood = 1", NULL));
    assert_true(import_derive(db, NULL));
    assert_rows(*state, line_items, expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(credits_of_a_day_in_two_reports_count_once_and_the_newer_one_does),
        cmocka_unit_test(a_stated_day_of_export_decides_between_credit_reports),
        cmocka_unit_test(a_credit_report_with_rejects_of_a_day_supersedes_no_complete_one),
        cmocka_unit_test(two_workspaces_never_supersede_each_other),
        IN_WORLD(usage_of_two_endpoints_of_one_day_stands_side_by_side),
        IN_WORLD(input_tokens_are_of_what_their_models_say_or_what_is_stated),
        IN_WORLD(one_activity_export_makes_a_snapshot_of_each_endpoint),
        IN_WORLD(line_items_are_told_apart_from_other_terms_and_parsed),
    };

    g_setenv("TRUEUP_HOME", "/nonexistent", TRUE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
