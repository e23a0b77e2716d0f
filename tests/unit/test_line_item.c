/* What line items say: every text that exports are known to hold, and some that they are not. */
#include "import/line_item.h"
#include "test.h"

/* "surface/model/modality/token kind", with "+" behind it in a long context; "?" when it is not
 * understood. */
static void check(const char *text, const char *expected)
{
    struct line_item item;
    g_autofree char *said = NULL;

    line_item_parse(&item, (struct text){text, strlen(text)});
    said = g_strdup_printf("%.*s/%.*s/%.*s/%.*s%s", (int)item.surface.len, item.surface.text,
                           (int)item.model.len, item.model.text, (int)item.modality.len,
                           item.modality.text, (int)item.token_kind.len, item.token_kind.text,
                           item.is_long_context ? "+" : "");
    if (!item.is_understood) {
        assert_string_equal(said, "///");
        assert_string_equal(expected, "?");
    } else if (strcmp(said, expected) != 0) {
        fail_msg("\"%s\" is \"%s\", not \"%s\"", text, said, expected);
    }
}

static void models_with_a_kind_of_token(void **state)
{
    static const char *const models[] = {
        "gpt-3.5-turbo-0125",
        "gpt-4.1-2025-04-14",
        "gpt-4.1-mini-2025-04-14",
        "gpt-4o-2024-08-06",
        "gpt-4o-mini-2024-07-18",
        "gpt-4o-mini-search-preview-2025-03-11",
        "o1-2024-12-17",
        "o3-mini-2025-01-31",
        "ft-gpt-4o-2024-08-06",
        "gpt-5.6-terra",
        "gpt-5.4-2026-03-05",
        "gpt-5-mini-2025-08-07",
        "gpt-5.4-nano-2026-03-17",
        "text-embedding-3-small",
        "gpt-5.6-sol",
        "gpt-5.2-pro",
        "ft:gpt-4o-mini:acme::AbC12",
    };
    static const char *const kinds[] = {"input", "cached input", "cache writes", "output"};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(models); i++) {
        for (gsize j = 0; j < G_N_ELEMENTS(kinds); j++) {
            g_autofree char *text = g_strdup_printf("%s, %s", models[i], kinds[j]);
            g_autofree char *longer = g_strdup_printf("%s, long context", text);
            g_autofree char *evals = g_strdup_printf("evals | %s", text);
            g_autofree char *said = g_strdup_printf("/%s//%s", models[i], kinds[j]);
            g_autofree char *said_longer = g_strdup_printf("%s+", said);
            g_autofree char *said_evals = g_strdup_printf("evals%s", said);

            check(text, said);
            check(longer, said_longer);
            check(evals, said_evals);
        }
    }
}

static void models_alone_modalities_and_surfaces(void **state)
{
    static const char *const cases[][2] = {
        {"ada v2", "/ada v2//"},
        {"whisper", "/whisper//"},
        {"omni-moderation-latest", "/omni-moderation-latest//"},
        {"dall-e 2, 1024x1024", "/dall-e 2/image/"},
        {"dall-e 3, standard, 1024x1024", "/dall-e 3/image/"},
        {"dall-e 3, hd, 1792x1024", "/dall-e 3/image/"},
        {"gpt-image-1 image, input", "/gpt-image-1/image/input"},
        {"gpt-image-1 image, cached input", "/gpt-image-1/image/cached input"},
        {"gpt-image-1 text, input", "/gpt-image-1/text/input"},
        {"gpt-image-2-2026-04-21 image, output", "/gpt-image-2-2026-04-21/image/output"},
        {"gpt-image-2-2026-04-21 text, output", "/gpt-image-2-2026-04-21/text/output"},
        {"gpt-image-2.5-flare image, output", "/gpt-image-2.5-flare/image/output"},
        {"gpt-audio-mini-2025-12-15 audio, input", "/gpt-audio-mini-2025-12-15/audio/input"},
        {"gpt-audio-mini-2025-12-15 text, output", "/gpt-audio-mini-2025-12-15/text/output"},
        {"priority | gpt-5.6-sol, output, long context", "priority/gpt-5.6-sol//output+"},
        {"flex | gpt-5-mini-2025-08-07, input", "flex/gpt-5-mini-2025-08-07//input"},
        {"batch api | gpt-5_1-2025-11-13", "batch api/gpt-5_1-2025-11-13//"},
        {"batch api | gpt-image-2.5-sunburst image", "batch api/gpt-image-2.5-sunburst/image/"},
        {"batch api | gpt-image-2.5-sunburst text", "batch api/gpt-image-2.5-sunburst/text/"},
        {"web search tool calls", "web search tool calls///"},
        {"web search tool calls | gpt-4o mini, med", "web search tool calls/gpt-4o mini//"},
        {"web search tool calls | gpt-4o", "web search tool calls/gpt-4o//"},
        {"web search tool calls | gpt-4o-mini", "web search tool calls/gpt-4o-mini//"},
        {"assistants api | file search", "assistants api///"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        check(cases[i][0], cases[i][1]);
}

static void what_does_not_fit_as_a_whole_is_not_understood(void **state)
{
    static const char *const texts[] = {
        "",
        "Vector storage",
        "Instruct models",
        "GPT-4",
        "gpt-5, reasoning",
        "gpt-5, input, output",
        "gpt-5, long context",
        "gpt-5, input, long context, long context",
        "gpt-5, med",
        "gpt-5, ",
        "gpt-5 turbo image, input",
        "moon | gpt-5, input",
        "flex | ",
        "flex | gpt-5 | gpt-4",
        "dall-e 3, 1024x",
        ", input",
        " gpt-5, input",
        "web search tool calls | ",
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        check(texts[i], "?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(models_with_a_kind_of_token),
        cmocka_unit_test(models_alone_modalities_and_surfaces),
        cmocka_unit_test(what_does_not_fit_as_a_whole_is_not_understood),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
