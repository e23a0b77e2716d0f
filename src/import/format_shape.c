/*
 * format_shape.c - statements without a header: known by the number of their columns and what
 * stands in each.
 *
 * Nothing but the cells tells what such a file is, so every record that is looked at must fit, and
 * a format with a header that fits comes first.
 */
#include "core/error.h"
#include "import/format_internal.h"

static gboolean is_date(const struct format *format, const char *text, gsize len)
{
    static const char *const orders[] = {"dmy", "mdy", "ymd"};
    struct civil civil;

    for (guint i = 0; format->date_patterns[i]; i++) {
        const char *pattern = format->date_patterns[i];

        if (strcmp(pattern, DATES_AUTO) != 0 && civil_parse(&civil, text, len, pattern, NULL))
            return TRUE;
        for (guint j = 0; strcmp(pattern, DATES_AUTO) == 0 && j < G_N_ELEMENTS(orders); j++) {
            if (civil_parse(&civil, text, len, orders[j], NULL))
                return TRUE;
        }
    }
    g_autofree char *word = name_fold(text, len);
    return g_strv_contains((const char *const *)format->pending, word);
}

static gboolean is_amount(const struct format *format, const char *text, gsize len)
{
    int64_t nanos;

    for (const char *mark = ".,"; *mark; mark++) {
        const struct number_style style = {*mark, format->thousands_marks ? format->thousands_marks
                                                  : *mark == '.'          ? ", '"
                                                                          : ". '"};

        if ((format->decimal_mark == *mark || format->decimal_mark == DECIMAL_AUTO) &&
            money_parse(&nanos, text, len, &style, NULL, NULL))
            return TRUE;
    }
    return FALSE;
}

/* "4500********7927", "XXXX 4242": digits that are masked but for the last four. */
static gboolean is_masked_card(const char *text)
{
    gsize len = strlen(text);
    gsize digits = 0;

    while (digits < len && g_ascii_isdigit(text[len - 1 - digits]))
        digits++;
    return digits == 4 && strpbrk(text, "*xX") != NULL;
}

static gboolean cell_fits(const struct format *format, const char *word, const struct cell *cell)
{
    g_autofree char *text = name_clean(cell->text, cell->len);
    gsize len = strlen(text);

    if (strcmp(word, "date") == 0)
        return len > 0 && is_date(format, text, len);
    if (strcmp(word, "amount") == 0)
        return len > 0 && is_amount(format, text, len);
    if (strcmp(word, "amount?") == 0)
        return len == 0 || is_amount(format, text, len);
    if (strcmp(word, "text") == 0)
        return len > 0 && !is_amount(format, text, len);
    if (strcmp(word, "empty") == 0)
        return len == 0;
    if (strcmp(word, "card") == 0)
        return is_masked_card(text);
    if (*word != '=')
        return TRUE;
    g_autofree char *own = name_fold(text, len);
    g_autofree char *wanted = name_fold(word + 1, strlen(word + 1));
    return strcmp(own, wanted) == 0;
}

gboolean shape_word_is_valid(const char *word)
{
    static const char *const words[] = {"date",  "amount", "amount?", "text",
                                        "empty", "card",   "*",       NULL};

    return (*word == '=' && word[1]) || g_strv_contains(words, word);
}

static gboolean record_fits(const struct format *format, const struct record *record)
{
    if (record->count != g_strv_length(format->shape))
        return FALSE;
    for (guint i = 0; i < record->count; i++) {
        if (!cell_fits(format, format->shape[i], &record->cells[i]))
            return FALSE;
    }
    return TRUE;
}

/* A record that holds neither date nor amount goes on with the text of the one before. */
static gboolean is_continuation(const struct format *format, const struct record *record)
{
    if (!format->has_continuation || record->count != g_strv_length(format->shape))
        return FALSE;
    for (guint i = 0; i < record->count; i++) {
        if (record->cells[i].len > 0 &&
            (strcmp(format->shape[i], "date") == 0 || g_str_has_prefix(format->shape[i], "amount")))
            return FALSE;
    }
    return TRUE;
}

static gboolean all_fit(const struct format *format, const GPtrArray *records)
{
    guint fitting = 0;

    if (!format->shape)
        return FALSE;
    for (guint i = 0; i < records->len; i++) {
        const struct record *record = records->pdata[i];

        if (format_ends_at(format, record))
            break;
        if (record_fits(format, record))
            fitting++;
        else if (fitting == 0 || !is_continuation(format, record))
            return FALSE;
    }
    return fitting > 0;
}

gboolean format_ends_at(const struct format *format, const struct record *record)
{
    if (!format->stop_at)
        return FALSE;
    g_autofree char *first = name_fold(record->cells[0].text, record->cells[0].len);
    for (guint i = 0; format->stop_at[i]; i++) {
        if (g_str_has_prefix(first, format->stop_at[i]))
            return TRUE;
    }
    return FALSE;
}

enum recognition format_recognise_rows(const struct format_set *set, const GPtrArray *records,
                                       const struct format **out, GString *alike, GError **error)
{
    g_autoptr(GString) names = g_string_new(NULL);
    guint count = 0;

    for (guint i = 0; i < set->formats->len; i++) {
        const struct format *format = set->formats->pdata[i];
        gboolean is_known = set->is_stated || !format->is_only_stated;
        GString *into = is_known ? names : alike;

        if (!all_fit(format, records))
            continue;
        g_string_append_printf(into, "%s%s", into->len > 0 ? ", " : "", format->name);
        if (!is_known)
            continue;
        *out = format;
        count++;
    }
    if (count <= 1)
        return count == 1 ? RECOGNISED_HEADER : RECOGNISED_NOT_YET;
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                "has no header, and its rows fit several formats: %s\n"
                "hint: --format NAME states which",
                names->str);
    return RECOGNISED_FAILED;
}
