/*
 * format_parse_card.c - the keys of card formats: which way money flows, states, zone, file names.
 */
#include "core/error.h"
#include "import/format_parse.h"

/* "out = A | B" of a charge by column. */
static gboolean parse_charge_words(struct parser *parser, const char *part, GError **error)
{
    struct format *format = parser->format;
    const struct {
        const char *name;
        GStrv *words;
    } directions[] = {
        {"out", &format->charge_out}, {"in", &format->charge_in}, {"skip", &format->charge_skip}};
    const char *equals = strchr(part, '=');
    g_autofree char *name = equals ? g_strstrip(g_strndup(part, (gsize)(equals - part))) : NULL;

    for (guint i = 0; name && i < G_N_ELEMENTS(directions); i++) {
        if (strcmp(name, directions[i].name) != 0)
            continue;
        if (*directions[i].words)
            return parser_fail(parser, "charge", error, "states %s twice", name);
        *directions[i].words = parser_split(parser, "charge", equals + 1, TRUE, error);
        return *directions[i].words != NULL;
    }
    return parser_fail(parser, "charge", error,
                       "\"%s\" is neither out = WORDS, in = WORDS nor skip = WORDS", part);
}

/* "column: Type, out = Purchase, in = Refund" */
static gboolean parse_charge_column(struct parser *parser, const char *text, GError **error)
{
    struct format *format = parser->format;
    g_auto(GStrv) parts = g_strsplit(text, ",", -1);

    format->charge = CHARGE_BY_COLUMN;
    if (parts[0] && *g_strstrip(parts[0])) {
        format->charge_column = parser_split(parser, "charge", parts[0], TRUE, error);
        if (!format->charge_column)
            return FALSE;
        parser_know(parser, format->charge_column);
    }
    for (guint i = 1; parts[0] && parts[i]; i++) {
        if (!parse_charge_words(parser, g_strstrip(parts[i]), error))
            return FALSE;
    }
    if (!format->charge_column || !format->charge_out || !format->charge_in)
        return parser_fail(parser, "charge", error,
                           "needs column: NAME, out = WORDS, in = WORDS\n"
                           "hint: for example column: Type, out = Purchase, in = Refund");
    return TRUE;
}

/* "negative", "positive", "auto" or "column: …" */
static gboolean parse_charge(struct parser *parser, GError **error)
{
    struct format *format = parser->format;
    g_autofree char *text = parser_take_needed(parser, "charge", error);

    if (!text)
        return FALSE;
    if (strcmp(text, "auto") == 0) {
        format->charge = CHARGE_AUTO;
        return TRUE;
    }
    if (strcmp(text, "negative") == 0 || strcmp(text, "positive") == 0) {
        format->charge = *text == 'n' ? CHARGE_NEGATIVE : CHARGE_POSITIVE;
        return TRUE;
    }
    if (!g_str_has_prefix(text, "column:"))
        return parser_fail(parser, "charge", error,
                           "\"%s\" is not one of: negative, positive, auto, column: …\n"
                           "hint: which sign a charge has: negative when it is printed -12.00",
                           text);
    return parse_charge_column(parser, text + strlen("column:"), error);
}

/* "America/New_York" or "column: TimeZone". */
static gboolean parse_zone(struct parser *parser, GError **error)
{
    struct format *format = parser->format;
    g_autoptr(GError) failure = NULL;
    g_autofree char *text = parser_take(parser, "timezone", &failure);

    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    if (text && g_str_has_prefix(text, "column:")) {
        format->zone_column = parser_split(parser, "timezone", text + 7, TRUE, error);
        if (!format->zone_column)
            return FALSE;
        parser_know(parser, format->zone_column);
    } else if (text) {
        if (!zone_find(text, &failure))
            return parser_fail(parser, "timezone", error, "%s", failure->message);
        g_free(format->zone);
        format->zone = g_steal_pointer(&text);
    }
    return TRUE;
}

static gboolean parse_file_pattern(struct parser *parser, GError **error)
{
    g_autoptr(GError) failure = NULL;
    char *pattern = parser_take(parser, "file-pattern", &failure);
    const char *place = pattern ? strstr(pattern, "{last4}") : NULL;

    parser->format->file_pattern = pattern;
    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    if (pattern && (!place || strstr(place + 1, "{last4}")))
        return parser_fail(parser, "file-pattern", error,
                           "\"%s\" does not hold {last4} once\n"
                           "hint: {last4} stands for the card's last four digits",
                           pattern);
    return TRUE;
}

/* What is true of one card format as a whole. */
static gboolean check_card(struct parser *parser, GError **error)
{
    const struct column_source *columns = parser->format->columns;
    gboolean debit = columns[CARD_DEBIT].parts != NULL;
    gboolean credit = columns[CARD_CREDIT].parts != NULL;

    if (!columns[CARD_DATE].parts && !columns[CARD_POSTED_DATE].parts)
        return parser_fail(parser, "date", error, "is missing, and so is posted");
    if (debit != credit)
        return parser_fail(parser, debit ? "credit" : "debit", error, "is missing, and %s is there",
                           debit ? "debit" : "credit");
    if (debit == (columns[CARD_AMOUNT].parts != NULL))
        return parser_fail(parser, "amount", error,
                           debit ? "cannot stand beside debit and credit"
                                 : "is missing, and so are debit and credit");
    if (!columns[CARD_ORIGINAL_AMOUNT].parts != !columns[CARD_ORIGINAL_CURRENCY].parts)
        return parser_fail(parser, "original-amount", error,
                           "and original-currency need each other");
    return debit ? TRUE : parse_charge(parser, error);
}

gboolean parser_read_card(struct parser *parser, GError **error)
{
    struct format *format = parser->format;

    return parser_take_list(parser, "settled", TRUE, &format->settled, error) &&
           parser_take_list(parser, "pending", TRUE, &format->pending, error) &&
           parser_take_list(parser, "dead", TRUE, &format->dead, error) &&
           parser_read_rows(parser, error) && parse_zone(parser, error) &&
           parse_file_pattern(parser, error) && check_card(parser, error);
}
