/*
 * guess_known.c - evidence for a format that leaves something open: its columns are known, what its
 * rows tell of orders, marks, signs and currencies is found as for any statement.
 */
#include "import/guess_internal.h"

static const struct {
    enum role role;
    enum card_column column;
} sources[] = {
    {ROLE_DATE, CARD_DATE},
    {ROLE_POSTED, CARD_POSTED_DATE},
    {ROLE_AMOUNT, CARD_AMOUNT},
    {ROLE_DEBIT, CARD_DEBIT},
    {ROLE_CREDIT, CARD_CREDIT},
    {ROLE_CURRENCY, CARD_CURRENCY},
    {ROLE_ORIGINAL_AMOUNT, CARD_ORIGINAL_AMOUNT},
    {ROLE_FEE, CARD_FEE},
    {ROLE_TYPE, CARD_TYPE},
};

static int find_alias(const struct header *header, const struct format *format, const GStrv aliases)
{
    int index = NO_COLUMN;

    return header_find_alias(header, format, aliases, &index, NULL) ? index : NO_COLUMN;
}

static void take_roles(struct guess *guess, const struct format *format,
                       const struct header *header)
{
    const struct column_source *text = &format->columns[CARD_TEXT];

    for (int role = 0; role < ROLES; role++)
        guess->roles.column[role] = NO_COLUMN;
    for (gsize i = 0; i < G_N_ELEMENTS(sources); i++) {
        const struct column_source *source = &format->columns[sources[i].column];

        if (source->parts)
            guess->roles.column[sources[i].role] =
                find_alias(header, format, source->parts->pdata[0]);
    }
    for (guint i = 0; text->parts && i < text->parts->len; i++) {
        int column = find_alias(header, format, text->parts->pdata[i]);
        if (column != NO_COLUMN)
            guess->roles.is_text[column] = TRUE;
    }
}

/* A column that is called a balance speaks for the sign, whether the format reads it or not. */
static void find_balance(struct guess *guess)
{
    for (guint i = 0; i < guess->column_count; i++) {
        const char *word = g_array_index(guess->parsed, struct column_name, i).word;

        if (guess->roles.column[ROLE_BALANCE] == NO_COLUMN &&
            guess_words_rank(guess->words, ROLE_BALANCE, word)) {
            guess->roles.column[ROLE_BALANCE] = (int)i;
            guess->roles.is_owed = guess_words_is_owed(guess->words, word);
        }
    }
}

void guess_take_header(struct guess *guess, const struct format *format,
                       const struct record *record)
{
    g_auto(header_t) header = header_new(record);

    guess_take_names(guess, record);
    guess->has_header = format->shape == NULL;
    guess->header_line = record->line;
    take_roles(guess, format, &header);
    if (guess->has_header)
        find_balance(guess);
}

void guess_decide_open(struct guess *guess, const struct format *format)
{
    unsigned open = format_leaves_open(format);

    if (open & OPEN_DATE_ORDER)
        guess_dates(guess);
    if (open & (OPEN_DECIMAL | OPEN_CHARGE))
        guess_decimal(guess);
    if (open & OPEN_CHARGE)
        guess_sign(guess);
    if (open & OPEN_CURRENCY)
        guess_currency(guess);
}

static const char *stated_or(const char *stated, const char *found)
{
    return stated ? stated : found;
}

/* The order among the patterns that were decided; ISO dates tell theirs by themselves. */
static const char *found_order(const struct guess *guess)
{
    static const char *const orders[] = {"dmy", "mdy", "ymd"};

    if (g_strcmp0(guess->date_format, "iso") == 0)
        return "ymd";
    for (gsize i = 0; guess->date_format && i < G_N_ELEMENTS(orders); i++)
        if (strstr(guess->date_format, orders[i]))
            return orders[i];
    return NULL;
}

void guess_settle(const struct guess *guess, const struct format *format,
                  struct mapping_options *options)
{
    unsigned open = format_leaves_open(format);
    gboolean is_plain = g_strcmp0(guess->decimal, "auto") == 0; /* whole numbers: either mark */
    const char *currency = guess->currency;

    if (currency && g_str_has_prefix(currency, "const: "))
        currency += strlen("const: ");
    else
        currency = NULL;
    if (open & OPEN_DATE_ORDER)
        options->date_order = stated_or(options->date_order, found_order(guess));
    if (open & OPEN_DECIMAL)
        options->decimal_mark = stated_or(options->decimal_mark, is_plain ? "." : guess->decimal);
    if ((open & OPEN_CHARGE) && guess->direction != DIRECTION_COLUMN)
        options->charge = stated_or(options->charge, guess->charge);
    if (open & OPEN_CURRENCY)
        options->currency = stated_or(options->currency, currency);
}

/* The only name of a format that a header lacks; NULL when it lacks none or several. */
static const char *only_missing(const struct format *format, const GPtrArray *names)
{
    const char *missing = NULL;

    for (guint i = 0; format->match_names && format->match_names[i]; i++) {
        gboolean found = FALSE;

        for (guint c = 0; c + 1 < names->len && !found; c++)
            found = name_fits(format->match_names[i], names->pdata[c]);
        if (found)
            continue;
        if (missing)
            return NULL;
        missing = format->match_names[i];
    }
    return missing;
}

/* Whether two names differ in one byte at most: more, less or another. */
static gboolean is_near(const char *a, const char *b)
{
    gsize a_len = strlen(a), b_len = strlen(b);
    gsize longer = MAX(a_len, b_len), shorter = MIN(a_len, b_len);
    gsize front = 0, back = 0;

    while (front < shorter && a[front] == b[front])
        front++;
    while (back < shorter - front && a[a_len - 1 - back] == b[b_len - 1 - back])
        back++;
    return shorter > 3 && front + back + 1 >= longer;
}

/*
 * A header of a known format with a damaged name would be read by the names that are left, without
 * what the damaged column says. It is refused like any header with a misspelling.
 */
gboolean guess_is_damaged(const struct guess *guess, const struct format_set *formats)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    if (!guess->has_header)
        return FALSE;
    for (guint c = 0; c < guess->names->len; c++)
        g_ptr_array_add(names, name_fold(guess->names->pdata[c], strlen(guess->names->pdata[c])));
    g_ptr_array_add(names, NULL);
    for (guint i = 0; i < formats->formats->len; i++) {
        const struct format *format = formats->formats->pdata[i];
        const char *missing = only_missing(format, names);

        for (guint c = 0; missing && c + 1 < names->len; c++)
            if (is_near(missing, names->pdata[c]) &&
                !g_strv_contains((const char *const *)format->match_names, names->pdata[c]))
                return TRUE;
    }
    return FALSE;
}
