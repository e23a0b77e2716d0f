/*
 * format_recognise.c - which format a header is, by its names alone.
 *
 * Neither the file's name nor the columns' order counts: both drift, and a format that fits by
 * accident would decide the sign of money.
 */
#include "core/error.h"
#include "core/secret.h"
#include "core/text.h"
#include "import/format_internal.h"

#define SHOWN_HEADER_CHARS 200
#define NEAREST_SHOWN      2

/* How many of the names that a format matches by are there. */
static guint count_matched(const struct format *format, const struct header *header)
{
    guint count = 0;

    for (guint i = 0; format->match_names[i]; i++)
        count += header_has(header, format->match_names[i]);
    return count;
}

/* How many names the format does not know; *first is the first of them. */
static guint count_others(const struct format *format, const struct header *header,
                          const char **first)
{
    guint count = 0;

    for (guint i = 0; i < header->names->len; i++) {
        const char *name = header->names->pdata[i];

        if (*name == '\0' || format_knows(format, header, i))
            continue;
        if (count++ == 0 && first)
            *first = name;
    }
    return count;
}

static gboolean fits(const struct format *format, const struct header *header)
{
    return !format->shape && count_matched(format, header) == g_strv_length(format->match_names) &&
           !(format->refuses_other_columns && count_others(format, header, NULL) > 0);
}

static void fail_tie(const struct format_set *set, const struct header *header, guint most,
                     GError **error)
{
    g_autoptr(GString) names = g_string_new(NULL);

    for (guint i = 0; i < set->formats->len; i++) {
        const struct format *format = set->formats->pdata[i];
        if (fits(format, header) && g_strv_length(format->match_names) == most)
            g_string_append_printf(names, "%s%s", names->len ? ", " : "", format->name);
    }
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                "the header fits several formats equally: %s", names->str);
}

enum recognition format_recognise_header(const struct format_set *set, const struct record *record,
                                         const struct format **out, GError **error)
{
    g_auto(header_t) header = header_new(record);
    const struct format *best = NULL;
    guint most = 0, equals = 0;

    for (guint i = 0; i < set->formats->len; i++) {
        const struct format *format = set->formats->pdata[i];
        guint count = g_strv_length(format->match_names);

        if (count < most || !fits(format, &header))
            continue;
        equals = count == most ? equals + 1 : 1;
        most = count;
        best = format;
    }
    if (!best)
        return RECOGNISED_NOT_YET;
    if (equals > 1) {
        fail_tie(set, &header, most, error);
        return RECOGNISED_FAILED;
    }
    if (best->refusal) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "is a %s: %s", best->title,
                    best->refusal);
        return RECOGNISED_FAILED;
    }
    *out = best;
    return RECOGNISED_HEADER;
}

enum recognition format_recognise(const struct format_set *set, const struct record *record,
                                  const struct mapping_options *options, struct mapping **out,
                                  GError **error)
{
    const struct format *format;
    enum recognition recognition = format_recognise_header(set, record, &format, error);

    if (recognition != RECOGNISED_HEADER)
        return recognition;
    *out = mapping_new(format, record, options, error);
    return *out ? RECOGNISED_HEADER : RECOGNISED_FAILED;
}

/* A format and how far a header is from it: names that it lacks, or has beyond what is taken. */
struct nearness {
    const struct format *format;
    guint matched, missing, distance;
};

static int compare_nearness(gconstpointer left, gconstpointer right)
{
    const struct nearness *a = left;
    const struct nearness *b = right;
    const guint a_share = a->matched * (b->matched + b->distance);
    const guint b_share = b->matched * (a->matched + a->distance);

    if (a_share != b_share) /* of its names: a long format has many by chance */
        return a_share > b_share ? -1 : 1;
    if (a->matched != b->matched)
        return a->matched > b->matched ? -1 : 1;
    if (a->distance != b->distance)
        return a->distance < b->distance ? -1 : 1;
    return strcmp(a->format->name, b->format->name);
}

/* "mercury, which also needs "Status", "Bank Description"" */
static void append_distance(GString *text, const struct nearness *near, const struct header *header)
{
    const struct format *format = near->format;
    const char *separator = ", which also needs ";

    g_string_append(text, format->name);
    if (near->missing == 0) {
        const char *first = "";
        count_others(format, header, &first);
        g_autofree char *masked = secret_masked(first);
        g_autofree char *other = text_clean(masked, FALSE);
        g_string_append_printf(text, ", which takes no column \"%s\"", other);
        return;
    }
    for (guint i = 0; format->match_names[i]; i++) {
        if (!header_has(header, format->match_names[i])) {
            g_string_append_printf(text, "%s\"%s\"", separator, format->match[i]);
            separator = ", ";
        }
    }
}

static char *nearest_formats(const struct format_set *set, const struct header *header)
{
    g_autoptr(GArray) nearest = g_array_new(FALSE, FALSE, sizeof(struct nearness));
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < set->formats->len; i++) {
        const struct format *format = set->formats->pdata[i];
        guint matched = count_matched(format, header);
        guint missing = g_strv_length(format->match_names) - matched;
        guint others = format->refuses_other_columns ? count_others(format, header, NULL) : 0;
        struct nearness near = {format, matched, missing, missing + others};

        if (matched > 0 && !fits(format, header))
            g_array_append_val(nearest, near);
    }
    g_array_sort(nearest, compare_nearness);
    for (guint i = 0; i < MIN(nearest->len, NEAREST_SHOWN); i++) {
        g_string_append(text, i == 0 ? "the nearest format is " : "; then ");
        append_distance(text, &g_array_index(nearest, struct nearness, i), header);
    }
    if (nearest->len == 0)
        g_string_append(text, "none of its names is known; `trueup formats` lists what is read");
    return g_string_free(text, FALSE);
}

/* The record as a line, without secrets and control characters, cut when long. */
static char *shown_record(const struct record *record)
{
    g_autoptr(GString) line = g_string_new(NULL);

    for (guint i = 0; i < record->count && line->len < 4 * SHOWN_HEADER_CHARS; i++) {
        g_autofree char *masked = secret_mask(record->cells[i].text, record->cells[i].len);
        g_string_append(line, i > 0 ? "," : "");
        g_string_append(line, masked ? masked : record->cells[i].text);
    }
    g_autofree char *clean = text_clean(line->str, FALSE);
    if (g_utf8_strlen(clean, -1) <= SHOWN_HEADER_CHARS)
        return g_steal_pointer(&clean);
    g_autofree char *cut = g_utf8_substring(clean, 0, SHOWN_HEADER_CHARS);
    return g_strconcat(cut, "…", NULL);
}

void format_unrecognised(const struct format_set *set, const struct record *first, GError **error)
{
    if (!first) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "holds no record: there is no header to recognise it by");
        return;
    }
    g_auto(header_t) header = header_new(first);
    g_autofree char *shown = shown_record(first);
    g_autofree char *nearest = nearest_formats(set, &header);

    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                "has no header that is known; its first record is: %s\nhint: %s", shown, nearest);
}
