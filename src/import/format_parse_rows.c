/*
 * format_parse_rows.c - the keys of card formats that say which records are rows, and what a row
 * is.
 */
#include "core/error.h"
#include "import/format_parse.h"

void condition_free(struct condition *condition)
{
    g_strfreev(condition->columns);
    g_strfreev(condition->words);
    g_free(condition);
}

/* "Type: TOPUP | EXCHANGE" */
static struct condition *parse_condition(struct parser *parser, const char *key, const char *text,
                                         GError **error)
{
    const char *colon = strchr(text, ':');

    if (!colon) {
        parser_fail(parser, key, error,
                    "\"%s\" is not COLUMN: WORDS\n"
                    "hint: for example Type: Transfer | Payment",
                    text);
        return NULL;
    }
    g_autofree char *columns = g_strndup(text, (gsize)(colon - text));
    struct condition *condition = g_new0(struct condition, 1);
    condition->columns = parser_split(parser, key, columns, TRUE, error);
    if (condition->columns) {
        parser_know(parser, condition->columns);
        condition->words = parser_split(parser, key, colon + 1, TRUE, error);
    }
    if (condition->words)
        return condition;
    condition_free(condition);
    return NULL;
}

/* "Type: TOPUP | EXCHANGE ; Status: Memo": any number of them. *out stays NULL without the key. */
static gboolean parse_conditions(struct parser *parser, const char *key, GPtrArray **out,
                                 GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autofree char *text = parser_take(parser, key, &failure);

    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    if (!text)
        return TRUE;
    g_auto(GStrv) parts = g_strsplit(text, ";", -1);
    *out = g_ptr_array_new_with_free_func((GDestroyNotify)condition_free);
    for (guint i = 0; parts[i]; i++) {
        struct condition *condition = parse_condition(parser, key, g_strstrip(parts[i]), error);

        if (!condition)
            return FALSE;
        g_ptr_array_add(*out, condition);
    }
    return TRUE;
}

static gboolean parse_flag(struct parser *parser, const char *key, gboolean *out, GError **error)
{
    static const char *const words[] = {"no", "yes", NULL};
    int value = 0;

    if (!parser_take_word(parser, key, words, 0, &value, error))
        return FALSE;
    *out = value == 1;
    return TRUE;
}

/* "balance: Running Bal." */
static gboolean parse_check(struct parser *parser, GError **error)
{
    struct format *format = parser->format;
    g_autoptr(GError) failure = NULL;
    g_autofree char *text = parser_take(parser, "check", &failure);

    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    if (!text)
        return TRUE;
    if (!g_str_has_prefix(text, "balance:"))
        return parser_fail(parser, "check", error, "\"%s\" is not balance: COLUMN", text);
    format->balance_column = parser_split(parser, "check", text + strlen("balance:"), TRUE, error);
    if (format->balance_column)
        parser_know(parser, format->balance_column);
    return format->balance_column != NULL;
}

/* What one key needs of another. */
static gboolean check_rows(struct parser *parser, GError **error)
{
    const struct format *format = parser->format;

    if (format->is_only_stated && !format->shape)
        return parser_fail(parser, "only-stated", error, "needs match-columns and shape");
    if (format->is_signed_split && !format->columns[CARD_DEBIT].parts)
        return parser_fail(parser, "signed-split", error, "needs debit and credit");
    if (format->has_fee_in_amount && !format->columns[CARD_FEE].parts)
        return parser_fail(parser, "fee-in-amount", error, "needs fee");
    if (format->is_joined && !format->columns[CARD_ID].parts)
        return parser_fail(parser, "join", error, "needs id");
    if (format->fee_if && !format->columns[CARD_ID].parts)
        return parser_fail(parser, "fee-if", error, "needs id");
    if (format->shape && (format->preamble_card || format->preamble_in || format->preamble_out))
        return parser_fail(parser, "match-columns", error,
                           "says that there is no header, and so nothing before it");
    return TRUE;
}

gboolean parser_read_rows(struct parser *parser, GError **error)
{
    struct format *format = parser->format;

    return parse_conditions(parser, "skip-if", &format->skip_if, error) &&
           parse_conditions(parser, "keep-if", &format->keep_if, error) &&
           parse_flag(parser, "only-stated", &format->is_only_stated, error) &&
           parse_flag(parser, "signed-split", &format->is_signed_split, error) &&
           parse_flag(parser, "fee-in-amount", &format->has_fee_in_amount, error) &&
           parse_conditions(parser, "fee-if", &format->fee_if, error) &&
           parse_conditions(parser, "out-if", &format->out_if, error) &&
           parse_conditions(parser, "in-if", &format->in_if, error) &&
           parse_flag(parser, "join", &format->is_joined, error) &&
           parse_flag(parser, "short-rows", &format->has_short_rows, error) &&
           parse_flag(parser, "continuation", &format->has_continuation, error) &&
           parser_take_list(parser, "stop-at", TRUE, &format->stop_at, error) &&
           parser_take_list(parser, "preamble-card", TRUE, &format->preamble_card, error) &&
           parser_take_list(parser, "preamble-out", TRUE, &format->preamble_out, error) &&
           parser_take_list(parser, "preamble-in", TRUE, &format->preamble_in, error) &&
           parser_take_list(parser, "encoding", FALSE, &format->encodings, error) &&
           parse_check(parser, error) && check_rows(parser, error);
}
