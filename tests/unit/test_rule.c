/* test_rule.c - which wallet a text is sorted into, and what a rules file may not say. */
#include "core/error.h"
#include "match/rule.h"
#include "test.h"

static void the_embedded_rules_sort_real_descriptors(void **state)
{
    static const struct {
        const char *text, *wallet, *rule;
    } cases[] = {
        {"OPENAI *CHATGPT SUBSCR / Sale", "chatgpt", "chatgpt"},
        {"OPENAI *CHATGPT SUBSCR SAN FRANCISCO", "chatgpt", "chatgpt"},
        {"Openai *chatgpt Subscr Openai.com Ca", "chatgpt", "chatgpt"},
        {"VTS OPENAI *CHATGPT SUBSC, +14158799686", "chatgpt", "chatgpt"},
        {"VTS RECR OPENAI *CHATGPT, +14158799686", "chatgpt", "chatgpt"},
        {"COMERCIO: OPENAI *CHATGPT SUBSCR OPERACION: 779574", "chatgpt", "chatgpt"},
        {"Chatgpt Subscripti Httpsopenai.c", "chatgpt", "chatgpt"},
        {"CHATGPT SUBSCRIPTION OPENAI.COM CA", "chatgpt", "chatgpt"},
        {"ChatGPT Plus Subscription / OpenAI, LLC", "chatgpt", "chatgpt"},
        {"OPENAI SUBSCRIPTION", "chatgpt", "openai-subscription"},
        {"GOOGLE *ChatGPT", "chatgpt", "google-play-chatgpt"},
        {"RECR GOOGLE *ChatGPT, 855-836-3987", "chatgpt", "google-play-chatgpt"},
        {"GOOGLE *CHATGPT 766999 GB", "chatgpt", "google-play-chatgpt"},
        {"OPENAI *API CREDITS", "api", "openai-api"},
        {"OPENAI *API USAGE OPENAI.COM CA", "api", "openai-api"},
        {"OpenAI API usage credit / OpenAI OpCo, LLC", "api", "openai-api"},
        {"API usage credit", "api", "api-usage-credit"},
        {"OPENAI OPENAI.COM CA", "api", "openai-plain-could-be-either"},
        {"OPENAI OPENAI.COM CA AMT 11.50", "api", "openai-plain-could-be-either"},
        {"OPENAI HTTPSOPENAI.C CA", "api", "openai-plain-could-be-either"},
        {"Openai Httpsopenai.c Ca Null", "api", "openai-plain-could-be-either"},
        {"OPENAI +14158799686 USA (USD -21.63)", "api", "openai-plain-could-be-either"},
        {"PAYPAL *OPENAI", "api", "openai-plain-could-be-either"},
        {"OPENAI, LLC SAN FRANCISCO CA", "api", "openai-plain-could-be-either"},
        {"OPENAI *CODEX CREDITS", "credits", "codex-or-sora-credits"},
        {"Sora credits / OpenAI, LLC", "credits", "codex-or-sora-credits"},
        {"OPENAI *SORA", "credits", "openai-codex-or-sora"},
        {"OPENAI *CHATGPT CREDITS", "credits", "chatgpt-credits"},
        {"SORA SUSHI BAR", "other", "no-openai-name"},
        {"APPLE.COM/BILL", "unknown", "app-store-proves-nothing"},
        {"APL*APPLE.COM/BILL 866-712-7753", "unknown", "app-store-proves-nothing"},
        {"APPLE.COM/BIL CORK", "unknown", "app-store-proves-nothing"},
        {"APL*ITUNES.COM/BILL", "unknown", "app-store-proves-nothing"},
        {"GOOGLE *Google Play Apps", "unknown", "app-store-proves-nothing"},
        {"APPLE.COM/US", "other", "no-openai-name"},
        {"GOOGLE *CLOUD", "other", "no-openai-name"},
        {"APPLE.COM/BILL CHATGPT PLUS", "chatgpt", "chatgpt"},
        {"GOOGLE *OPENAI", "chatgpt", "google-play-openai"},
        {"ANTHROPIC* CLAUDE SUB", "other", "anthropic"},
        {"HEYGEN TECHNOLOGY INC., +12133166526", "other", "no-openai-name"},
        {"UBER *TRIP", "other", "no-openai-name"},
        {"", "unknown", "no-rule"},
    };
    g_autoptr(GError) error = NULL;
    g_autoptr(Ruleset) ruleset = ruleset_load(&error);

    (void)state;
    assert_non_null(ruleset);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct rule_verdict verdict = ruleset_judge(ruleset, cases[i].text);

        assert_string_equal(verdict.wallet, cases[i].wallet);
        assert_string_equal(verdict.rule, cases[i].rule);
    }
}

static void the_first_rule_that_matches_decides(void **state)
{
    static const char text[] = "# comment\n\none api  A\ntwo  chatgpt\tA|B  \n";
    g_autoptr(Ruleset) ruleset = ruleset_parse("x.rules", text, sizeof text - 1, NULL);

    (void)state;
    assert_string_equal(ruleset_judge(ruleset, "xax").rule, "one");
    assert_string_equal(ruleset_judge(ruleset, "xbx").rule, "two");
    assert_string_equal(ruleset_judge(ruleset, "xcx").rule, "no-rule");
}

static void a_search_that_meets_a_limit_is_undecided_and_no_later_rule_decides(void **state)
{
    static const char text[] = "slow api ^(A+)+$\nall other .\n";
    g_autoptr(Ruleset) ruleset = ruleset_parse("x.rules", text, sizeof text - 1, NULL);
    struct rule_verdict verdict;

    (void)state;
    verdict = ruleset_judge(ruleset, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!");
    assert_string_equal(verdict.wallet, "unknown");
    assert_string_equal(verdict.rule, "undecided");
    assert_string_equal(ruleset_judge(ruleset, "AAAA").rule, "slow");
    assert_string_equal(ruleset_judge(ruleset, "b").rule, "all");
}

static void a_bad_rule_is_an_error_that_names_file_and_line(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"ok api A\nOops api B\n", "x.rules:2: \"Oops\" is not a rule's name\n"},
        {"ok api A\nok api B\n", "x.rules:2: there is a rule \"ok\" already"},
        {"\nnew cash A\n", "x.rules:2: \"cash\" is not a wallet\n"},
        {"new api\n", "x.rules:1: the rule \"new\" has no pattern"},
        {"new api A(B\n", "x.rules:1: the pattern \"A(B\" is wrong at its character 4: "},
        {"# nothing\n", "x.rules: has no rule"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        const char *text = cases[i].text;

        assert_null(ruleset_parse("x.rules", text, strlen(text), &error));
        assert_true(g_error_matches(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT));
        assert_true(g_str_has_prefix(error->message, cases[i].message));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_embedded_rules_sort_real_descriptors),
        cmocka_unit_test(the_first_rule_that_matches_decides),
        cmocka_unit_test(a_search_that_meets_a_limit_is_undecided_and_no_later_rule_decides),
        cmocka_unit_test(a_bad_rule_is_an_error_that_names_file_and_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
