/* count.c - how many credits a description says were bought. */
#include "wallet/count.h"
#include "core/money.h"
#include "core/pattern.h"

struct count_reader {
    struct pattern *pattern;
};

struct count_reader *count_reader_new(GError **error)
{
    struct pattern *pattern = pattern_new("(?<![-\\w.,$€£¥])([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)"
                                          " (?:(?:chatgpt|codex|sora|openai) )*credits?\\b",
                                          error);
    struct count_reader *reader = pattern ? g_new0(struct count_reader, 1) : NULL;

    if (reader)
        reader->pattern = pattern;
    return reader;
}

void count_reader_free(struct count_reader *reader)
{
    if (!reader)
        return;
    pattern_free(reader->pattern);
    g_free(reader);
}

gboolean count_find(struct count_reader *reader, const char *text, int64_t *out)
{
    static const struct number_style style = {'.', ","};
    gsize len = strlen(text);
    struct pattern_find find, other;

    return pattern_search(reader->pattern, text, len, 0, &find) == PATTERN_FOUND &&
           pattern_search(reader->pattern, text, len, (gsize)find.until[0], &other) ==
               PATTERN_NOT_FOUND &&
           money_parse(out, text + find.from[1], (gsize)(find.until[1] - find.from[1]), &style,
                       NULL, NULL);
}
