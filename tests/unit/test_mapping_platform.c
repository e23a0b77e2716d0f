/* Mapping the Platform's exports: cost, completions, and windows in which nothing happened. */
#include "format_case.h"

#define COST_A                                                                                     \
    "start_time;end_time;amount_value;amount_currency;line_item;project_id;organization_id;"       \
    "project_name;organization_name"
#define COST_C                                                                                     \
    "start_time;end_time;start_time_iso;end_time_iso;amount_value;amount_currency;quantity;"       \
    "quantity_unit;line_item;user_id;api_key_id;project_id;organization_id;project_name;"          \
    "organization_name;user_email"
#define DAY     "1734739200;1734825600;"
#define DAY_ISO DAY "2024-12-21T00:00:00+00:00;2024-12-22T00:00:00;"
#define COMPLETION                                                                                 \
    "start_time;end_time;start_time_iso;end_time_iso;project_id;num_model_requests;"               \
    "model;batch;input_tokens;output_tokens;input_cached_tokens;compute_units"

static void a_charged_row_becomes_a_cost(void **state)
{
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "platform-cost", COST_C, NULL);
    assert_true(case_read(&c,
                          DAY_ISO "0.003400000000000000000000000000000000;usd;65536.25;tokens;"
                                  "gpt-4o, input;user-A1;key_B2;proj_C3;org-D4;Checkout;Acme;"
                                  "a@example.com",
                          &fact));
    assert_int_equal(fact.kind, FACT_COST);
    assert_int_equal(fact.line, 2);
    assert_int_equal(fact.cost.start_at, 1734739200);
    assert_int_equal(fact.cost.end_at, 1734825600);
    assert_false(fact.cost.is_empty);
    assert_int_equal(fact.cost.amount.nanos, 3400000);
    assert_string_equal(fact.cost.amount.currency, "USD");
    assert_false(fact.cost.amount.residue.rounded);
    assert_true(fact.cost.has_quantity);
    assert_int_equal(fact.cost.quantity_micros, 65536250000);
    assert_text(fact.cost.quantity_unit, "tokens");
    assert_text(fact.cost.line_item, "gpt-4o, input");
    assert_text(fact.cost.user_id, "user-A1");
    assert_text(fact.cost.api_key_id, "key_B2");
    assert_text(fact.cost.project_id, "proj_C3");
    assert_text(fact.cost.organization_id, "org-D4");
    assert_text(fact.cost.project_name, "Checkout");
    assert_text(fact.cost.organization_name, "Acme");
    assert_text(fact.cost.user_email, "a@example.com");
    case_close(&c);
}

static void float_noise_exponents_and_negatives_are_exact(void **state)
{
    static const struct {
        const char *printed;
        int64_t nanos;
        gboolean rounded;
    } cases[] = {
        {"0.11657000000000001", 116570000, TRUE},
        {"2.5e-05", 25000, FALSE},
        {"0E-6176", 0, FALSE},
        {"-3.25", -3250000000, FALSE},
        {"0", 0, FALSE},
    };
    struct format_case c;

    (void)state;
    case_open_as(&c, "platform-cost", COST_A, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *line = g_strdup_printf(DAY "%s;usd;;;org-A;;", cases[i].printed);
        struct fact fact;

        assert_true(case_read(&c, line, &fact));
        assert_int_equal(fact.cost.amount.nanos, cases[i].nanos);
        assert_int_equal(fact.cost.amount.residue.rounded, cases[i].rounded);
    }
    case_close(&c);
}

static void a_bucket_without_anything_is_empty(void **state)
{
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "platform-cost", COST_C, NULL);
    assert_true(case_read(&c, DAY_ISO ";;;;;;;;;;;", &fact));
    assert_true(fact.cost.is_empty);
    assert_int_equal(fact.cost.start_at, 1734739200);
    assert_false(fact.cost.amount.present);
    case_bad(&c, DAY_ISO ";;;;;;;;org-A;;;",
             "column \"amount_value\" is empty, and the row is not");
    case_close(&c);
}

static void times_that_are_wrong_or_disagree_are_problems(void **state)
{
    static const struct {
        const char *times, *problem;
    } cases[] = {
        {"1734739200;1734825600;2024-12-21T01:00:00;",
         "column \"start_time_iso\": \"2024-12-21T01:00:00\" disagrees with \"start_time\": "
         "1734739200 is 2024-12-21T00:00:00Z"},
        {"1734739200;1734825600;2024-12-21T00:00:00+01:00;",
         "column \"start_time_iso\": \"2024-12-21T00:00:00+01:00\" disagrees with \"start_time\": "
         "1734739200 is 2024-12-21T00:00:00Z"},
        {"1734739200;1734825600;2024-12-21;",
         "column \"start_time_iso\": \"2024-12-21\" has no time of day"},
        {"1734739200;1734739200;;", "column \"end_time\": \"1734739200\" is not after the start"},
        {"1734742800;1734829200;;",
         "column \"start_time\": \"1734742800\" is not the midnight (UTC) that begins a day"},
        {"1734739200;1734912000;;",
         "column \"end_time\": \"1734912000\" is not one day after the start"},
        {";1734825600;;", "column \"start_time\" is empty"},
        {"1734739200x;1734825600;;", "column \"start_time\": \"1734739200x\" is not a count of "
                                     "seconds since 1970, like 1774548251"},
    };
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "platform-cost", COST_C, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *line = g_strconcat(cases[i].times, ";1;usd;;;;;;;org-A;;;", NULL);

        case_bad(&c, line, cases[i].problem);
        /* A good bucket before a bad one must not lend it its times. */
        assert_true(case_read(&c, DAY_ISO "1;usd;;;;;;;org-A;;;", &fact));
    }
    case_close(&c);
}

static void every_bad_cell_of_a_row_is_reported(void **state)
{
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "platform-cost", COST_C, NULL);
    assert_false(case_read(&c, DAY_ISO "12,3O;dollars;x;;;;;;;;;", &fact));
    assert_int_equal(c.problems->len, 4);
    assert_string_equal(c.problems->pdata[0],
                        "column \"amount_currency\": \"dollars\" is not a currency like USD");
    assert_string_equal(c.problems->pdata[1],
                        "column \"amount_value\": \"12,3O\" is not an amount");
    assert_non_null(strstr(c.problems->pdata[2], "column \"quantity\": \"x\" "));
    assert_string_equal(c.problems->pdata[3], "column \"organization_id\" is empty, and --org "
                                              "states no organization");
    case_close(&c);
}

static void amounts_that_are_not_amounts_are_refused(void **state)
{
    static const char *const amounts[] = {"NaN", "inf",   "0x10",        "1,234",
                                          "1_0", "1.2.3", "99999999999", "--1"};
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "platform-cost", COST_A, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(amounts); i++) {
        g_autofree char *line = g_strdup_printf(DAY "%s;usd;;;org-A;;", amounts[i]);

        assert_false(case_read(&c, line, &fact));
        assert_int_equal(c.problems->len, 1);
        assert_non_null(strstr(c.problems->pdata[0], amounts[i]));
    }
    case_close(&c);
}

static void a_row_has_as_many_fields_as_the_header(void **state)
{
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "platform-cost", COST_A, NULL);
    case_bad(&c, DAY "1;usd;;;org-A;", "has 8 fields where the header has 9");
    case_bad(&c, DAY "1;usd;;;org-A;;;x", "has 10 fields where the header has 9");
    assert_true(case_read(&c, DAY "1;usd;;;org-A;;", &fact));
    case_bad(&c, DAY "1;usd;;;org-A;;;", "has 10 fields where the header has 9");
    case_close(&c);
}

static void a_trailing_delimiter_is_taken_when_every_row_has_it(void **state)
{
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "platform-cost", COST_A, NULL);
    assert_true(case_read(&c, DAY "1;usd;;;org-A;;;", &fact));
    assert_true(case_read(&c, DAY "1;usd;;;org-A;;;", &fact));
    case_bad(&c, DAY "1;usd;;;org-A;;", "has 9 fields where most records have 10");
    case_close(&c);
}

static void secrets_are_masked_in_texts_and_messages(void **state)
{
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "platform-cost", COST_C, NULL);
    assert_true(case_read(&c,
                          DAY_ISO "1;usd;;;paid with 4111 1111 1111 1111;;"
                                  "sk-abcdefghijklmnopqrstuvwxyz;4111111111111111;org-A;;;",
                          &fact));
    assert_text(fact.cost.line_item, "paid with ****1111");
    assert_text(fact.cost.api_key_id, "sk-…wxyz");
    assert_text(fact.cost.project_id, "****1111");
    /* Neither what was read before nor an id's shape lets the next one pass. */
    assert_true(
        case_read(&c, DAY_ISO "1;usd;;;plain;;key_1;proj_4111111111111111;org-A;;;", &fact));
    assert_text(fact.cost.project_id, "proj_4111111111111111");
    assert_true(
        case_read(&c, DAY_ISO "1;usd;;;4111111111111111;;;4111111111111111;org-A;;;", &fact));
    assert_text(fact.cost.line_item, "****1111");
    assert_text(fact.cost.project_id, "****1111");
    case_bad(&c, DAY_ISO "x4111111111111111;usd;;;;;;;org-A;;;",
             "column \"amount_value\": \"x****1111\" is not an amount");
    /* An amount is an amount, whatever digits it has. */
    assert_true(case_read(&c, DAY_ISO "0.4111111111111111;usd;;;;;;;org-A;;;", &fact));
    assert_int_equal(fact.cost.amount.nanos, 411111111);
    case_close(&c);
}

static void long_and_wild_texts_are_shown_short_and_clean(void **state)
{
    struct format_case c;
    struct fact fact;
    g_autofree char *wide = g_strnfill(100, 'y');
    g_autofree char *line = g_strdup_printf(DAY "\x1b[2J%s;usd;;;org-A;;", wide);

    (void)state;
    case_open_as(&c, "platform-cost", COST_A, NULL);
    assert_false(case_read(&c, line, &fact));
    assert_null(strchr(c.problems->pdata[0], '\x1b'));
    assert_non_null(strstr(c.problems->pdata[0], "<U+001B>[2Jyyy"));
    assert_non_null(strstr(c.problems->pdata[0], "y…\" is not an amount"));
    case_close(&c);
}

static void a_used_row_becomes_usage(void **state)
{
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "platform-completions", COMPLETION, NULL);
    assert_true(case_read(&c, DAY_ISO "proj_A;3.0;gpt-4o;FALSE;197.0;32.0;5;1.5", &fact));
    assert_int_equal(fact.kind, FACT_USAGE);
    assert_int_equal(fact.usage.counts[USAGE_REQUESTS], 3);
    assert_int_equal(fact.usage.counts[USAGE_INPUT], 197);
    assert_int_equal(fact.usage.counts[USAGE_OUTPUT], 32);
    assert_int_equal(fact.usage.counts[USAGE_INPUT_CACHED], 5);
    assert_int_equal(fact.usage.counts[USAGE_INPUT_AUDIO], 0);
    assert_true(fact.usage.has_compute_units);
    assert_int_equal(fact.usage.compute_units_micros, 1500000);
    assert_true(fact.usage.has_batch);
    assert_false(fact.usage.batch);
    assert_text(fact.usage.model, "gpt-4o");
    assert_true(case_read(&c, DAY_ISO ";;;;;;;", &fact));
    assert_true(fact.usage.is_empty);
    /* a minute is a bucket too */
    assert_true(case_read(&c, "1734739260;1734739320;;;;1;gpt-4o;True;1;1;;", &fact));
    assert_true(fact.usage.batch);
    assert_int_equal(fact.usage.end_at - fact.usage.start_at, 60);
    case_close(&c);
}

static void usage_that_makes_no_sense_is_refused(void **state)
{
    struct format_case c;

    (void)state;
    case_open_as(&c, "platform-completions", COMPLETION, NULL);
    case_bad(&c, DAY_ISO ";;gpt-4o;;1;1;;",
             "column \"num_model_requests\" is empty, and the row is not");
    case_bad(&c, DAY_ISO ";1;gpt-4o;;-1;1;;", "column \"input_tokens\": \"-1\" is negative");
    case_bad(&c, DAY_ISO ";1;gpt-4o;maybe;1;1;;",
             "column \"batch\": \"maybe\" is neither True nor False");
    case_bad(&c, "1734739200;1734829200;;;;1;gpt-4o;;1;1;;",
             "column \"end_time\": \"1734829200\" is on another UTC day than the start");
    struct fact fact;
    assert_false(case_read(&c, DAY_ISO ";1.5;gpt-4o;;1;1;;", &fact));
    assert_non_null(strstr(c.problems->pdata[0], "column \"num_model_requests\": \"1.5\" "));
    case_close(&c);
}

static void every_endpoint_is_known_by_its_columns(void **state)
{
    static const struct {
        const char *columns, *format;
    } headers[] = {
        {"input_tokens;output_tokens", "platform-completions"},
        {"num_model_requests;input_tokens", "platform-input-tokens"},
        {"model;images;size;source", "platform-images"},
        {"num_model_requests;characters", "platform-audio-speeches"},
        {"seconds;model", "platform-audio-transcriptions"},
        {"usage_bytes;project_id", "platform-vector-stores"},
        {"num_sessions", "platform-code-interpreter-sessions"},
    };

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(headers); i++) {
        g_autofree char *header = g_strconcat("end_time;start_time;", headers[i].columns, NULL);
        struct format_case c;

        case_open_as(&c, headers[i].format, header, NULL);
        case_close(&c);
    }
}

static void what_an_endpoint_counts_is_its_quantity(void **state)
{
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "platform-images",
                 "start_time;end_time;num_model_requests;images;size;source;model", NULL);
    assert_true(case_read(&c, DAY "3.0;5.0;1024x1024;image.edit;gpt-image-1", &fact));
    assert_int_equal(fact.usage.endpoint, ENDPOINT_IMAGES);
    assert_true(fact.usage.has_quantity);
    assert_int_equal(fact.usage.quantity, 5);
    assert_text(fact.usage.image_size, "1024x1024");
    assert_text(fact.usage.source, "image.edit");
    case_bad(&c, DAY "3.0;;1024x1024;;", "column \"images\" is empty, and the row is not");
    case_close(&c);

    case_open_as(&c, "platform-audio-transcriptions", "start_time;end_time;seconds", NULL);
    assert_true(case_read(&c, DAY "34.5", &fact));
    assert_int_equal(fact.usage.quantity, 34500000);
    case_close(&c);
}

#define ACTIVITY                                                                                   \
    "organization_id;operation;n_context_tokens_total;n_generated_tokens_total;project_id;"        \
    "usage_type;model;timestamp;user;num_requests;num_images;image_size;num_characters"

static void an_activity_row_is_usage_of_its_own_endpoint(void **state)
{
    static const struct {
        const char *row;
        enum usage_endpoint endpoint;
        int64_t quantity, tokens;
    } rows[] = {
        {"org-A;completion;7852.0;399.0;P;text;gpt-4o;1745366400;a@example.com;22;;;",
         ENDPOINT_COMPLETIONS, 0, 7852},
        {"org-A;embeddings;640.0;0.0;P;text;;1745366400;;1;;;", ENDPOINT_EMBEDDINGS, 0, 640},
        {"org-A;;10.0;;P;text;omni-moderation-latest;1745366400;;1;;;", ENDPOINT_MODERATIONS, 0,
         10},
        {"org-A;generations;;;P;dalle;dall-e-3;1745366400;;25;25.0;1024x1024;", ENDPOINT_IMAGES, 25,
         0},
        {"org-A;;;;P;tts;tts-1;1745366400;;33;;;8828270.0", ENDPOINT_AUDIO_SPEECHES, 8828270, 0},
        {"org-A;;;;P;whisper;whisper-1;1745366400;;2;;;", ENDPOINT_AUDIO_TRANSCRIPTIONS, 0, 0},
    };
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "platform-activity", ACTIVITY, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        assert_true(case_read(&c, rows[i].row, &fact));
        assert_int_equal(fact.kind, FACT_ACTIVITY);
        assert_int_equal(fact.usage.endpoint, rows[i].endpoint);
        assert_int_equal(fact.usage.quantity, rows[i].quantity);
        assert_int_equal(fact.usage.counts[USAGE_INPUT], rows[i].tokens);
        assert_int_equal(fact.usage.start_at, 1745366400);
        assert_int_equal(fact.usage.end_at, 1745366400);
    }
    case_bad(&c, "org-A;;;;P;ft_data;;1745366400;;1;;;",
             "column \"usage_type\": \"ft_data\" is not a type of usage that is known");
    case_bad(&c, ";;1;;P;text;;1745366400;;1;;;",
             "column \"organization_id\" is empty, and --org states no organization");
    case_close(&c);
}

static void a_project_told_by_its_name_is_its_organizations_own(void **state)
{
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "platform-activity", ACTIVITY, NULL);
    assert_true(case_read(&c, "org-A;;1;;Default Project;text;;1745366400;;1;;;", &fact));
    assert_text(fact.usage.project_id, "Default Project (org-A)");
    assert_text(fact.usage.project_name, "Default Project");
    assert_true(case_read(&c, "org-A;;1;;proj_1;text;;1745366400;;1;;;", &fact));
    assert_text(fact.usage.project_id, "proj_1");
    assert_text(fact.usage.project_name, "");
    case_close(&c);
}

static void credits_are_read_exactly(void **state)
{
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "chatgpt-credit-usage",
                 "date_partition;account_id;account_user_id;email;name;public_id;usage_type;"
                 "usage_credits;usage_quantity;usage_units",
                 NULL);
    assert_true(case_read(
        &c, "2026-03-15;acct-1;user-1;a@example.com;A;p1;codex.local.2;2003.295;40065.9;counts",
        &fact));
    assert_int_equal(fact.credit_usage.credits_nanos, INT64_C(2003295000000));
    assert_int_equal(fact.credit_usage.quantity_nanos, INT64_C(40065900000000));
    assert_text(fact.credit_usage.usage_type, "codex.local.2");
    assert_text(fact.credit_usage.units, "counts");
    case_bad(&c, "2026-03-15;acct-1;;;;;codex;;;", "column \"usage_credits\" is empty");
    case_bad(&c, "2026-03-15;;;;;;codex;1;;", "column \"account_id\" is empty");
    case_close(&c);
}

static void a_file_that_holds_nothing_for_a_ledger_says_so(void **state)
{
    struct format_case c;

    (void)state;
    assert_int_equal(case_open(&c,
                               "cadence;period_start;period_end;account_id;public_id;name;email;"
                               "user_status;messages",
                               NULL),
                     RECOGNISED_FAILED);
    assert_true(g_str_has_prefix(c.error->message, "is a ChatGPT workspace user report: "));
    case_close(&c);
    case_open_as(&c, "chatgpt-nothing", "No data found for the specified period.", NULL);
    case_bad(&c, "2026-03-01", "stands under the line that says that there is nothing");
    case_close(&c);
}

static void a_window_without_data_is_empty_days(void **state)
{
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "platform-empty", "start_time;end_time;start_time_iso;end_time_iso", NULL);
    assert_true(case_read(&c, "1734739200;1734825600;;2024-12-22T00:00:00", &fact));
    assert_int_equal(fact.kind, FACT_EMPTY_WINDOW);
    assert_true(fact.cost.is_empty);
    assert_int_equal(fact.cost.end_at, 1734825600);
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_charged_row_becomes_a_cost),
        cmocka_unit_test(float_noise_exponents_and_negatives_are_exact),
        cmocka_unit_test(a_bucket_without_anything_is_empty),
        cmocka_unit_test(times_that_are_wrong_or_disagree_are_problems),
        cmocka_unit_test(every_bad_cell_of_a_row_is_reported),
        cmocka_unit_test(amounts_that_are_not_amounts_are_refused),
        cmocka_unit_test(a_row_has_as_many_fields_as_the_header),
        cmocka_unit_test(a_trailing_delimiter_is_taken_when_every_row_has_it),
        cmocka_unit_test(secrets_are_masked_in_texts_and_messages),
        cmocka_unit_test(long_and_wild_texts_are_shown_short_and_clean),
        cmocka_unit_test(a_used_row_becomes_usage),
        cmocka_unit_test(usage_that_makes_no_sense_is_refused),
        cmocka_unit_test(every_endpoint_is_known_by_its_columns),
        cmocka_unit_test(what_an_endpoint_counts_is_its_quantity),
        cmocka_unit_test(an_activity_row_is_usage_of_its_own_endpoint),
        cmocka_unit_test(a_project_told_by_its_name_is_its_organizations_own),
        cmocka_unit_test(credits_are_read_exactly),
        cmocka_unit_test(a_file_that_holds_nothing_for_a_ledger_says_so),
        cmocka_unit_test(a_window_without_data_is_empty_days),
    };

    g_setenv("TRUEUP_HOME", "/nonexistent", TRUE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
