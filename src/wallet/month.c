/* month.c - months as descriptions name them and as dates have them. */
#include "wallet/month.h"
#include "core/instant.h"
#include "core/pattern.h"

#define NAMES "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC"

struct month_reader {
    struct pattern *named, *numbered;
};

struct month_reader *month_reader_new(GError **error)
{
    g_autoptr(MonthReader) reader = g_new0(struct month_reader, 1);

    reader->named = pattern_new("\\b(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|"
                                "july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|"
                                "dec(?:ember)?)\\.? (20[0-9]{2})\\b",
                                error);
    if (reader->named)
        reader->numbered = pattern_new("\\b(20[0-9]{2})-(0[1-9]|1[0-2])\\b", error);
    return reader->numbered ? g_steal_pointer(&reader) : NULL;
}

void month_reader_free(struct month_reader *reader)
{
    if (!reader)
        return;
    if (reader->named)
        pattern_free(reader->named);
    if (reader->numbered)
        pattern_free(reader->numbered);
    g_free(reader);
}

static int number_of(const char *name)
{
    g_autofree char *start = g_ascii_strup(name, 3);

    return (int)(strstr(NAMES, start) - NAMES) / 3 + 1;
}

/* One find as a month; FALSE when another was found before. */
static gboolean take(const char *text, const struct pattern_find *find, gboolean is_named,
                     char out[MONTH_LEN])
{
    char month[MONTH_LEN];
    const char *first = text + find->from[1], *second = text + find->from[2];

    if (is_named)
        g_snprintf(month, sizeof month, "%.4s-%02d", second, number_of(first));
    else
        g_snprintf(month, sizeof month, "%.4s-%.2s", first, second);
    if (*out && strcmp(out, month) != 0)
        return FALSE;
    g_strlcpy(out, month, MONTH_LEN);
    return TRUE;
}

gboolean month_find(struct month_reader *reader, const char *text, char out[MONTH_LEN])
{
    gsize len = strlen(text);
    struct pattern_find find;

    *out = '\0';
    for (int is_named = 0; is_named < 2; is_named++) {
        struct pattern *pattern = is_named ? reader->named : reader->numbered;

        for (gsize at = 0; pattern_search(pattern, text, len, at, &find) == PATTERN_FOUND;
             at = (gsize)find.until[0])
            if (!take(text, &find, is_named, out))
                return FALSE;
    }
    return *out != '\0';
}

void month_before(const char *day, char out[MONTH_LEN])
{
    int32_t number;
    int year, month, of_month;
    char first[11];

    if (!day_parse(&number, day, strlen(day), NULL))
        g_assert_not_reached();
    day_to_civil(number, &year, &month, &of_month);
    day_format(number - of_month, first); /* the last day of the month before */
    g_strlcpy(out, first, MONTH_LEN);
}
