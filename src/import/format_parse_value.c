/*
 * format_parse_value.c - how a format's dates and numbers are written.
 *
 * A list of date patterns may hold several shapes, but never two that read the same text as
 * different days.
 */
#include "core/error.h"
#include "import/format_parse.h"

const char *date_pattern_order(const char *pattern)
{
    static const char *const families[] = {"dmy", "mdy", "ymd", NULL};
    const char *first = NULL;

    for (guint i = 0; families[i]; i++) {
        if (strcmp(pattern, families[i]) == 0)
            return families[i];
    }
    for (const char *p = pattern; *p; p++) {
        if (*p != '%' || !p[1])
            continue;
        p++;
        if (*p == 'b' || *p == 'B')
            return NULL;
        if (!first && strchr("dmYy", *p))
            first = *p == 'd' ? families[0] : *p == 'm' ? families[1] : families[2];
    }
    return first;
}

/* A pattern that civil_parse() takes and that tells year, month and day. */
static gboolean pattern_is_valid(const struct format *format, const char *pattern)
{
    gboolean year = FALSE, month = FALSE, day = FALSE;

    if (strcmp(pattern, DATES_AUTO) == 0)
        return format->kind == FACT_CARD;
    if (strcmp(pattern, "iso") == 0 || (*pattern != '%' && date_pattern_order(pattern)))
        return TRUE;
    for (const char *p = pattern; *p; p++) {
        if (*p != '%')
            continue;
        p++;
        if (*p == '\0' || !strchr("YymbBdHMS", *p))
            return FALSE;
        year |= *p == 'Y' || *p == 'y';
        month |= *p == 'm' || *p == 'b' || *p == 'B';
        day |= *p == 'd';
    }
    return year && month && day;
}

/* A year of four digits in front cannot be taken for a day or a month. */
static gboolean may_be_mistaken(const char *pattern)
{
    return strcmp(pattern, DATES_AUTO) == 0 ||
           (date_pattern_order(pattern) && !g_str_has_prefix(pattern, "%Y"));
}

static gboolean check_orders(const struct parser *parser, GError **error)
{
    const GStrv patterns = parser->format->date_patterns;

    for (guint i = 0; patterns[i]; i++) {
        for (guint j = 0; j < i; j++) {
            if (may_be_mistaken(patterns[i]) && may_be_mistaken(patterns[j]) &&
                g_strcmp0(date_pattern_order(patterns[i]), date_pattern_order(patterns[j])) != 0)
                return parser_fail(parser, "date-format", error,
                                   "\"%s\" and \"%s\" read the same date as different days",
                                   patterns[j], patterns[i]);
        }
    }
    return TRUE;
}

gboolean parser_read_dates(struct parser *parser, GError **error)
{
    struct format *format = parser->format;

    if (!parser_take_list(parser, "date-format", FALSE, &format->date_patterns, error))
        return FALSE;
    for (guint i = 0; format->date_patterns[i]; i++) {
        if (!pattern_is_valid(format, format->date_patterns[i]))
            return parser_fail(parser, "date-format", error,
                               "\"%s\" is neither iso, dmy, mdy or ymd nor a pattern with year, "
                               "month and day",
                               format->date_patterns[i]);
    }
    return check_orders(parser, error);
}

/* "," or "space | '": the marks in one text, as struct number_style has them. */
static gboolean parse_thousands(struct parser *parser, GError **error)
{
    struct format *format = parser->format;
    g_auto(GStrv) marks = NULL;

    if (!parser_take_list(parser, "thousands", FALSE, &marks, error))
        return FALSE;
    if (!marks)
        return TRUE;
    for (guint i = 0; marks[i]; i++) {
        if (strcmp(marks[i], "space") == 0) {
            g_free(marks[i]);
            marks[i] = g_strdup(" ");
        }
    }
    g_free(format->thousands_marks);
    format->thousands_marks = g_strjoinv("", marks);
    for (const char *c = format->thousands_marks; *c; c++) {
        if (g_ascii_isalnum(*c) || strchr("+-()", *c) || *c == format->decimal_mark)
            return parser_fail(parser, "thousands", error, "'%c' cannot group thousands here", *c);
    }
    return TRUE;
}

gboolean parser_read_amounts(struct parser *parser, GError **error)
{
    static const char *const marks[] = {".", ",", "auto", NULL};
    struct format *format = parser->format;
    int mark = 0;

    if (!parser_take_word(parser, "decimal", marks, 0, &mark, error))
        return FALSE;
    if (mark == 2 && format->kind != FACT_CARD)
        return parser_fail(parser, "decimal", error, "\"auto\" is for card formats alone");
    format->decimal_mark = mark == 2 ? DECIMAL_AUTO : *marks[mark];
    if (mark == 2)
        g_clear_pointer(&format->thousands_marks, g_free);
    return parse_thousands(parser, error);
}
