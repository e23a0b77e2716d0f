/* Pages of the Platform's APIs as records. */
#include "import/record.h"
#include "import/source_internal.h"
#include "test.h"
#include <glib/gstdio.h>
#include <unistd.h>

static char *path; /* the file that the test at hand reads */

/* What a reader makes of a text: "1:a|b\n" a record, "!4 …\n" a bad one, then "ends", "ends early"
 * or the error. */
static char *read_all(const char *text, gsize chunk_len)
{
    g_autoptr(GError) error = NULL;
    GString *out = g_string_new("");
    const struct record *record;
    const struct record_problem *problem;
    enum record_status status = RECORD_ROW;

    assert_true(g_file_set_contents(path, text, -1, NULL));
    g_autoptr(Source) source = source_open_chunked(path, NULL, chunk_len, &error);
    g_autoptr(Reader) reader = source ? reader_new(source, 0, &error) : NULL;
    assert_non_null(reader);
    while (status == RECORD_ROW || status == RECORD_BAD) {
        status = reader_next(reader, &record, &problem, &error);
        if (status == RECORD_BAD)
            g_string_append_printf(out, "!%d %s\n", (int)problem->line, problem->text);
        if (status != RECORD_ROW)
            continue;
        g_string_append_printf(out, "%d:", (int)record->line);
        for (guint i = 0; i < record->count; i++) {
            if (i > 0) /* one buffer, in order: read_ahead.c relies on it */
                assert_true(record->cells[i].text > record->cells[i - 1].text);
            assert_int_equal(strlen(record->cells[i].text), record->cells[i].len);
            g_string_append_printf(out, "%s%s", i ? "|" : "", record->cells[i].text);
        }
        g_string_append_c(out, '\n');
    }
    if (status == RECORD_FAILED)
        g_string_append(out, strchr(error->message, ':'));
    else
        g_string_append(out, reader_ends_early(reader) ? "ends early" : "ends");
    return g_string_free(out, FALSE);
}

static void check(const char *text, const char *expected)
{
    static const gsize chunk_lens[] = {1, 2, 3, 7, 31, SOURCE_CHUNK_LEN};

    for (gsize i = 0; i < G_N_ELEMENTS(chunk_lens); i++) {
        g_autofree char *got = read_all(text, chunk_lens[i]);

        assert_string_equal(got, expected);
    }
}

#define TIMES "start_time|end_time|start_time_iso|end_time_iso"
#define COST_HEADER                                                                                \
    "1:" TIMES "|amount_value|amount_currency|quantity|quantity_unit|line_item|project_id|"        \
    "user_id|api_key_id|organization_id|project_name|organization_name|user_email|api_source\n"

static void results_become_records_under_the_names_of_the_csv(void **state)
{
    (void)state;
    check("{\"object\":\"page\",\"data\":[\n"
          " {\"object\":\"bucket\",\"start_time\":10,\"end_time\":20,\"start_time_iso\":\"S\",\n"
          "  \"results\":[\n"
          "   {\"object\":\"organization.costs.result\",\"amount\":{\"value\":\"0E-6176\","
          "\"currency\":\"usd\"},\"quantity\":0.0,\n"
          "    \"line_item\":\"gpt-4o, cached \\u0069nput\",\"project_id\":null},\n"
          "   {\"object\":\"organization.costs.result\",\"amount\":{\"value\":"
          "0.11657000000000001,\"currency\":\"usd\"},\"new\":{\"a\":[1]}}]},\n"
          " {\"start_time\":20,\"end_time\":30,\"results\":[]}],\"has_more\":false}\n",
          COST_HEADER "4:10|20|S||0E-6176|usd|0.0||gpt-4o, cached input||||||||\n"
                      "6:10|20|S||0.11657000000000001|usd|||||||||||\n"
                      "7:20|30|||||||||||||||\n"
                      "ends");
}

#define RESULT(value) "{\"amount\":{\"currency\":\"usd\",\"value\":\"" value "\"}}"
#define PAGE(start, result, more)                                                                  \
    "{\"data\":[{\"end_time\":9,\"results\":[" result "],\"start_time\":" start "}],"              \
    "\"has_more\":" more ",\"object\":\"page\"}"

static void keys_may_come_in_any_order_and_pages_in_any_shape(void **state)
{
    static const char rows[] = COST_HEADER "1:1|9|||2.5|usd|||||||||||\n"
                                           "2:2|9|||3|usd|||||||||||\n";
    static const char *const joints[][3] = {{"[", ",\n", "]"}, {"", "\n", ""}};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(joints); i++) {
        g_autofree char *text =
            g_strconcat(joints[i][0], PAGE("1", RESULT("2.5"), "true"), joints[i][1],
                        PAGE("2", RESULT("3"), "false"), joints[i][2], NULL);
        g_autofree char *expected = g_strconcat(rows, "ends", NULL);

        check(text, expected);
    }
}

static void a_last_page_that_has_more_ends_early(void **state)
{
    (void)state;
    check(PAGE("1", RESULT("2.5"), "true"), COST_HEADER "1:1|9|||2.5|usd|||||||||||\nends early");
}

static void pages_without_any_result_are_times_alone(void **state)
{
    (void)state;
    check(PAGE("1", "", "false"), "1:" TIMES "\n1:1|9||\nends");
}

static void usage_is_read_like_costs(void **state)
{
    (void)state;
    check(PAGE("1",
               "{\"object\":\"organization.usage.audio_speeches.result\",\"characters\":45,"
               "\"num_model_requests\":2,\"model\":\"tts-1\"}",
               "false"),
          "1:" TIMES "|project_id|user_id|api_key_id|num_model_requests|model|characters\n"
          "1:1|9||||||2|tts-1|45\n"
          "ends");
}

static void the_same_page_twice_is_a_problem(void **state)
{
    (void)state;
    check(PAGE("1", RESULT("2.5"), "false") "\n" PAGE("1", RESULT("2.5"), "false"),
          COST_HEADER "1:1|9|||2.5|usd|||||||||||\n"
                      "2:1|9|||2.5|usd|||||||||||\n"
                      ":2: repeats the bucket of line 1 word for word: the same page twice?");
    /* two projects asked for one by one */
    check(PAGE("1", RESULT("2.5"), "false") "\n" PAGE("1", RESULT("2.6"), "false"),
          COST_HEADER "1:1|9|||2.5|usd|||||||||||\n"
                      "2:1|9|||2.6|usd|||||||||||\n"
                      "ends");
}

#define NO_PAGE ": is JSON, but no page of the Platform's costs or usage"
#define HINT                                                                                       \
    "\nhint: what GET /v1/organization/costs answers is read; of anything else, download the CSV " \
    "export"

static void json_that_is_something_else_is_named(void **state)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"{\"object\":\"credit_summary\",\"total_granted\":18.0}",
         ":1" NO_PAGE ": it calls itself \"credit_summary\"" HINT},
        {"{\"error\":{\"message\":\"no\"}}", ":1" NO_PAGE HINT},
        {"[]", ":1" NO_PAGE HINT},
        {"[[{\"object\":\"page\"}]]", ":1" NO_PAGE HINT},
        {"{\"object\":\"page\",\"data\":[7]}", ":1" NO_PAGE HINT},
        {"{\n\"object\":\"page\",\"data\":[{\"results\":[{\"object\":\"organization.x\"}]}]}",
         ":2" NO_PAGE ": it calls itself \"organization.x\"" HINT},
        {"{\"object\":\"page\",\n\"data\":[",
         ":2: is JSON that breaks off here: was the file cut short?"},
        {"{\"object\":\"page\",\n\"data\":[}",
         ":2: is not JSON throughout: parse error: unallowed token at this point in JSON text"},
        {"{\"object\":\"pa\\u0000ge\"}", ":1: holds a NUL, which no text does"},
        {"{\"object\":\"page\",\"data\":[{\"results\":[" RESULT(
             "1") ","
                  "{\"object\":\"organization.usage.images.result\"}]}]}",
         ":1: holds organization.costs.result and organization.usage.images.result: two exports "
         "in one file?"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = read_all(cases[i].text, SOURCE_CHUNK_LEN);
        const char *end = strrchr(got, '\n');

        /* the last line, and the hint under it */
        if (end && g_str_has_prefix(end, "\nhint"))
            end = g_strrstr_len(got, end - got, "\n");
        assert_string_equal(end ? end + 1 : got, cases[i].expected);
    }
}

static void depth_and_length_are_limited(void **state)
{
    g_autoptr(GString) deep = g_string_new("{\"object\":\"page\",\"x\":");
    g_autoptr(GString) longer = g_string_new("{\"object\":\"");
    g_autofree char *of_deep = NULL, *of_longer = NULL;

    (void)state;
    for (int i = 0; i < 100; i++)
        g_string_append(deep, "[{\"y\":");
    of_deep = read_all(deep->str, SOURCE_CHUNK_LEN);
    assert_string_equal(of_deep, ":1: is JSON nested deeper than 64 levels");
    for (int i = 0; i < 3000000; i++)
        g_string_append_c(longer, 'a');
    of_longer = read_all(longer->str, SOURCE_CHUNK_LEN);
    assert_string_equal(of_longer, ":1: holds a value that is longer than 1 MiB");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_become_records_under_the_names_of_the_csv),
        cmocka_unit_test(keys_may_come_in_any_order_and_pages_in_any_shape),
        cmocka_unit_test(a_last_page_that_has_more_ends_early),
        cmocka_unit_test(pages_without_any_result_are_times_alone),
        cmocka_unit_test(usage_is_read_like_costs),
        cmocka_unit_test(the_same_page_twice_is_a_problem),
        cmocka_unit_test(json_that_is_something_else_is_named),
        cmocka_unit_test(depth_and_length_are_limited),
    };
    int failed;

    path = g_build_filename(g_get_tmp_dir(), "trueup-json-XXXXXX", NULL);
    close(g_mkstemp(path));
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    g_unlink(path);
    g_free(path);
    return failed;
}
