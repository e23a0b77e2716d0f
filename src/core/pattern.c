/* pattern.c - see pattern.h. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "core/pattern.h"
#include "core/error.h"
#include <pcre2.h>

#define MATCH_LIMIT    50000
#define DEPTH_LIMIT    2000
#define HEAP_LIMIT_KIB 2048

struct pattern {
    pcre2_code *code;
    pcre2_match_context *limits;
    pcre2_match_data *found;
};

struct pattern *pattern_new(const char *text, GError **error)
{
    PCRE2_UCHAR message[160];
    int number = 0;
    PCRE2_SIZE offset = 0;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED,
                                     PCRE2_CASELESS | PCRE2_UTF, &number, &offset, NULL);
    struct pattern *pattern;

    if (!code) {
        pcre2_get_error_message(number, message, sizeof message);
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "the pattern \"%s\" is wrong at its character %" G_GSIZE_FORMAT ": %s", text,
                    offset + 1, (const char *)message);
        return NULL;
    }
    pattern = g_new0(struct pattern, 1);
    pattern->code = code;
    pattern->limits = pcre2_match_context_create(NULL);
    pattern->found = pcre2_match_data_create_from_pattern(code, NULL);
    if (!pattern->limits || !pattern->found)
        g_error("out of memory");
    pcre2_set_match_limit(pattern->limits, MATCH_LIMIT);
    pcre2_set_depth_limit(pattern->limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(pattern->limits, HEAP_LIMIT_KIB);
    return pattern;
}

void pattern_free(struct pattern *pattern)
{
    if (!pattern)
        return;
    pcre2_match_data_free(pattern->found);
    pcre2_match_context_free(pattern->limits);
    pcre2_code_free(pattern->code);
    g_free(pattern);
}

guint pattern_group_count(const struct pattern *pattern)
{
    uint32_t count = 0;

    pcre2_pattern_info(pattern->code, PCRE2_INFO_CAPTURECOUNT, &count);
    return count;
}

static void find_read(const struct pattern *pattern, int set_count, struct pattern_find *find)
{
    const PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(pattern->found);

    for (int i = 0; i < (int)G_N_ELEMENTS(find->from); i++) {
        gboolean is_set = i < set_count && offsets[2 * i] != PCRE2_UNSET;

        find->from[i] = is_set ? (gssize)offsets[2 * i] : -1;
        find->until[i] = is_set ? (gssize)offsets[2 * i + 1] : -1;
    }
}

enum pattern_status pattern_search(struct pattern *pattern, const char *text, gsize len,
                                   gsize start, struct pattern_find *find)
{
    int status = pcre2_match(pattern->code, (PCRE2_SPTR)text, len, start, 0, pattern->found,
                             pattern->limits);

    if (status == PCRE2_ERROR_NOMATCH)
        return PATTERN_NOT_FOUND;
    if (status < 0)
        return PATTERN_UNDECIDED;
    if (find)
        find_read(pattern, status, find);
    return PATTERN_FOUND;
}
