/* options.c - the options of an import; see options.h. */
#include "import/options.h"
#include "core/error.h"
#include "core/secret.h"
#include "import/endpoint.h"

/* The options that hold text. */
#define TEXT_OPTIONS 11
static void list_texts(struct import_options *options, const char **texts[TEXT_OPTIONS])
{
    const char **const all[TEXT_OPTIONS] = {
        &options->organization_id, &options->account,  &options->zone,     &options->as_of,
        &options->encoding,        &options->endpoint, &options->format,   &options->date_order,
        &options->decimal_mark,    &options->charge,   &options->currency,
    };

    memcpy(texts, all, sizeof all);
}

struct import_options import_options_copy(const struct import_options *options)
{
    struct import_options copy = *options;
    const char **texts[TEXT_OPTIONS];

    list_texts(&copy, texts);
    for (gsize i = 0; i < TEXT_OPTIONS; i++)
        *texts[i] = *texts[i] && **texts[i] ? secret_masked(*texts[i]) : NULL;
    return copy;
}

void import_options_clear(struct import_options *options)
{
    const char **texts[TEXT_OPTIONS];

    list_texts(options, texts);
    for (gsize i = 0; i < TEXT_OPTIONS; i++) {
        g_free((char *)(gsize)*texts[i]);
        *texts[i] = NULL;
    }
}

gboolean import_options_are_plain(const struct import_options *options)
{
    struct import_options copy = *options;
    const char **texts[TEXT_OPTIONS];
    gboolean any = options->whole;

    list_texts(&copy, texts);
    for (gsize i = 0; i < TEXT_OPTIONS; i++)
        any |= *texts[i] != NULL;
    return !any;
}

struct mapping_options import_options_for_mapping(const struct import_options *options)
{
    return (struct mapping_options){
        .zone = options->zone,
        .organization_id = options->organization_id,
        .date_order = options->date_order,
        .decimal_mark = options->decimal_mark,
        .charge = options->charge,
        .currency = options->currency,
    };
}

/* One of the words that an option takes, or nothing. */
static gboolean check_word(const char *option, const char *value, const char *const *words,
                           GError **error)
{
    if (!value || g_strv_contains(words, value))
        return TRUE;
    g_autofree char *known = g_strjoinv(", ", (char **)(gsize)words);
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE, "%s takes one of %s, not \"%s\"", option,
                known, value);
    return FALSE;
}

static gboolean check_currency(const char *value, GError **error)
{
    char code[4];

    if (!value || (currency_parse(code, value, strlen(value)) && strcmp(code, value) == 0))
        return TRUE;
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                "--currency takes a code of three capitals like USD, not \"%s\"", value);
    return FALSE;
}

static gboolean check_day_and_zone(const struct import_options *options, GError **error)
{
    g_autoptr(GError) why = NULL;
    int32_t day;

    if (options->zone && !zone_find(options->zone, &why))
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE, "--tz: %s", why->message);
    else if (options->as_of && !day_parse(&day, options->as_of, strlen(options->as_of), &why))
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE, "--as-of \"%s\": %s", options->as_of,
                    why->message);
    return !why;
}

static gboolean check_endpoint(const char *value, GError **error)
{
    enum usage_endpoint endpoint;

    if (!value || (endpoint_find(value, &endpoint) && !endpoint_unit(endpoint, TRUE)))
        return TRUE;
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                "--endpoint takes embeddings, moderations or completions, not \"%s\"", value);
    return FALSE;
}

gboolean import_options_check(const struct import_options *options, GError **error)
{
    static const char *const orders[] = {"dmy", "mdy", "ymd", NULL};
    static const char *const marks[] = {".", ",", NULL};
    static const char *const charges[] = {"negative", "positive", NULL};

    return check_day_and_zone(options, error) && check_endpoint(options->endpoint, error) &&
           check_word("--date-order", options->date_order, orders, error) &&
           check_word("--decimal", options->decimal_mark, marks, error) &&
           check_word("--charge", options->charge, charges, error) &&
           check_currency(options->currency, error);
}
