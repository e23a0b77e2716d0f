/*
 * mapping_settle.c - what a format leaves open, settled by what was stated or found in the file;
 * and what is taken for granted, in a sentence.
 *
 * Order of days, decimal mark, sign and currency decide money and its date: where nothing settles
 * one of them the file is refused, and so it is where an option says something else than the
 * format.
 */
#include "core/error.h"
#include "core/text.h"
#include "import/mapping_internal.h"

static gboolean left_open(const struct format *format, const char *what, const char *hint,
                          GError **error)
{
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                "format %s leaves %s open, and nothing in the file settles it\nhint: %s states it",
                format->name, what, hint);
    return FALSE;
}

/* An option's value against what the format says itself; NULL says nothing. */
static gboolean check_stated(const struct format *format, const char *option, const char *stated,
                             const char *own, GError **error)
{
    if (!stated || !own || strcmp(stated, own) == 0)
        return TRUE;
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "%s states %s, and format %s says %s",
                option, stated, format->name, own);
    return FALSE;
}

static gboolean settle_dates(struct mapping *mapping, const struct mapping_options *options,
                             GError **error)
{
    const struct format *format = mapping->format;

    mapping->date_patterns = g_strdupv(format->date_patterns);
    for (guint i = 0; mapping->date_patterns[i]; i++) {
        char **pattern = &mapping->date_patterns[i];

        if (strcmp(*pattern, DATES_AUTO) != 0) {
            if (g_str_has_prefix(*pattern, "%Y"))
                continue;
            if (!check_stated(format, "--date-order", options->date_order,
                              date_pattern_order(*pattern), error))
                return FALSE;
            continue;
        }
        if (!options->date_order)
            return left_open(format, "the order of day, month and year",
                             "--date-order dmy, mdy or ymd", error);
        g_free(*pattern);
        *pattern = g_strdup(options->date_order);
    }
    return TRUE;
}

static gboolean settle_numbers(struct mapping *mapping, const struct mapping_options *options,
                               GError **error)
{
    const struct format *format = mapping->format;
    const char own[] = {format->decimal_mark, '\0'};
    const char *mark = format->decimal_mark == DECIMAL_AUTO ? options->decimal_mark : own;

    if (!mark)
        return left_open(format, "the decimal mark", "--decimal . or --decimal ,", error);
    if (format->decimal_mark != DECIMAL_AUTO && format->kind == FACT_CARD &&
        !check_stated(format, "--decimal", options->decimal_mark, own, error))
        return FALSE;
    mapping->style.decimal_mark = *mark;
    mapping->style.thousands_marks = format->thousands_marks ? format->thousands_marks
                                     : *mark == '.'          ? ", '"
                                                             : ". '";
    return TRUE;
}

static gboolean settle_charge(struct mapping *mapping, const struct mapping_options *options,
                              GError **error)
{
    static const char *const words[] = {[CHARGE_NEGATIVE] = "negative",
                                        [CHARGE_POSITIVE] = "positive",
                                        [CHARGE_BY_COLUMN] = "column"};
    const struct format *format = mapping->format;

    mapping->charge = format->charge;
    if (!format->columns[CARD_AMOUNT].parts)
        return TRUE;
    if (format->charge != CHARGE_AUTO)
        return check_stated(format, "--charge", options->charge, words[format->charge], error);
    if (!options->charge)
        return left_open(format, "which sign a charge has", "--charge negative or positive", error);
    mapping->charge =
        strcmp(options->charge, words[CHARGE_NEGATIVE]) == 0 ? CHARGE_NEGATIVE : CHARGE_POSITIVE;
    return TRUE;
}

/* The currency that a header's suffix means: "GBP", "USD $", "£"; FALSE for "$", "Net" and "". */
static gboolean currency_of_suffix(char out[4], const char *suffix)
{
    static const char *const symbols[][2] = {
        {"\xC2\xA3", "GBP"}, {"\xE2\x82\xAC", "EUR"}, {"\xE5\x86\x86", "JPY"}};

    for (const char *at = suffix; *at; at++) {
        gsize len = 0;

        while (g_ascii_isupper(at[len]))
            len++;
        if (len == 3 && !g_ascii_isalpha(at[3]))
            return currency_parse(out, at, 3);
        at += len > 0 ? len - 1 : 0;
    }
    for (guint i = 0; i < G_N_ELEMENTS(symbols); i++) {
        if (strcmp(suffix, symbols[i][0]) == 0) {
            memcpy(out, symbols[i][1], 4);
            return TRUE;
        }
    }
    return FALSE;
}

/* The currency that one column's name ends in, else the stated one. */
static gboolean read_suffix(const struct mapping *mapping, int index, const char *stated,
                            char out[4], GError **error)
{
    const char *name = mapping->names->pdata[index];
    g_autofree char *suffix = name_suffix(mapping->header->pdata[index]);
    char other[5];

    if (suffix && currency_of_suffix(out, suffix))
        return check_stated(mapping->format, "--currency", stated, out, error);
    if (stated && !(suffix && currency_contradicts(other, suffix, strlen(suffix), stated))) {
        g_strlcpy(out, stated, 4);
        return TRUE;
    }
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                "the name of column \"%s\" does not tell the currency of its amounts\n"
                "hint: --currency USD states it",
                name);
    return FALSE;
}

static gboolean settle_suffix(struct mapping *mapping, const char *stated, GError **error)
{
    static const int columns[] = {CARD_AMOUNT, CARD_DEBIT, CARD_CREDIT};

    for (guint i = 0; i < G_N_ELEMENTS(columns); i++) {
        int index = mapping->column[columns[i]];
        char own[4];

        if (index == ABSENT)
            continue;
        if (!read_suffix(mapping, index, stated, own, error))
            return FALSE;
        if (*mapping->currency && strcmp(mapping->currency, own) != 0) {
            g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                        "column \"%s\" is in %s, and the amounts beside it are in %s",
                        (const char *)mapping->names->pdata[index], own, mapping->currency);
            return FALSE;
        }
        memcpy(mapping->currency, own, sizeof own);
    }
    return TRUE;
}

gboolean mapping_settle_currency(struct mapping *mapping, const struct mapping_options *options,
                                 GError **error)
{
    const struct format *format = mapping->format;
    const char *stated = options ? options->currency : NULL;
    const char *own = format->kind == FACT_CARD ? format->columns[CARD_CURRENCY].constant : NULL;

    if (format->currency == CURRENCY_IN_HEADER)
        return settle_suffix(mapping, stated, error);
    if (!check_stated(format, "--currency", stated, own, error))
        return FALSE;
    if (format->currency == CURRENCY_AUTO && !stated)
        return left_open(format, "the currency", "--currency USD", error);
    if (own || format->currency == CURRENCY_AUTO)
        g_strlcpy(mapping->currency, own ? own : stated, sizeof mapping->currency);
    return TRUE;
}

/* The values of the options are checked where they are taken; a wrong one is our mistake. */
static void check_options(const struct mapping_options *options)
{
    static const char *const orders[] = {"dmy", "mdy", "ymd", NULL};
    static const char *const signs[] = {"negative", "positive", NULL};
    static const char *const marks[] = {".", ",", NULL};
    char code[4];

    g_assert(!options->date_order || g_strv_contains(orders, options->date_order));
    g_assert(!options->charge || g_strv_contains(signs, options->charge));
    g_assert(!options->decimal_mark || g_strv_contains(marks, options->decimal_mark));
    g_assert(!options->currency ||
             currency_parse(code, options->currency, strlen(options->currency)));
}

gboolean mapping_settle(struct mapping *mapping, const struct mapping_options *options,
                        GError **error)
{
    static const struct mapping_options nothing = {.zone = NULL};

    options = options ? options : &nothing;
    check_options(options);
    if (options->zone && *options->zone) {
        mapping->stated_zone = zone_find(options->zone, error);
        if (!mapping->stated_zone)
            return FALSE;
    }
    if (options->organization_id && *options->organization_id)
        mapping->organization_id = g_strdup(options->organization_id);
    if (!settle_numbers(mapping, options, error))
        return FALSE;
    if (mapping->format->kind == FACT_CARD)
        return settle_dates(mapping, options, error) && settle_charge(mapping, options, error);
    mapping->date_patterns = g_strdupv(mapping->format->date_patterns);
    return TRUE;
}

/* A pattern as people write it: "MM/DD/YYYY", "ISO 8601", "day, month, year". */
static char *describe_pattern(const char *pattern)
{
    static const char *const whole[][2] = {{"iso", "ISO 8601"},
                                           {"epoch", "seconds since 1970"},
                                           {"dmy", "day, month, year"},
                                           {"mdy", "month, day, year"},
                                           {"ymd", "year, month, day"}};
    static const char *const words[][2] = {{"%Y", "YYYY"}, {"%y", "YY"},  {"%m", "MM"},
                                           {"%d", "DD"},   {"%H", "hh"},  {"%M", "mm"},
                                           {"%S", "ss"},   {"%b", "Mon"}, {"%B", "Month"}};

    for (guint i = 0; i < G_N_ELEMENTS(whole); i++) {
        if (strcmp(pattern, whole[i][0]) == 0)
            return g_strdup(whole[i][1]);
    }
    GString *text = g_string_new(pattern);
    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        g_string_replace(text, words[i][0], words[i][1], 0);
    return g_string_free(text, FALSE);
}

static void append_dates(GString *text, const struct mapping *mapping)
{
    for (guint i = 0; mapping->date_patterns[i]; i++) {
        g_autofree char *pattern = describe_pattern(mapping->date_patterns[i]);

        g_string_append_printf(text, "%s%s", i > 0 ? " or " : "dates are ", pattern);
    }
}

/* What a statement's own figures prove of its rows. */
static void append_proofs(GString *text, const struct mapping *mapping)
{
    const struct balance_steps *old = &mapping->oldest_first;
    const struct balance_steps *new = &mapping->newest_first;
    const struct balance_steps *better = new->broken < old->broken ? new : old;

    if (!mapping->is_whole)
        return;
    if (mapping->balance_column != ABSENT && better->broken == 0) {
        g_autofree char *steps = text_count(better->held, "step");
        g_string_append_printf(text, ", the running balance proves %s",
                               better->held > 0 ? steps : "nothing");
    }
    if (mapping->control_out.label || mapping->control_in.label)
        g_string_append(text, ", its control totals are those of its rows");
}

char *mapping_assumptions(const struct mapping *mapping)
{
    const struct format *format = mapping->format;

    if (format->kind != FACT_CARD)
        return NULL;
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "format %s: ", format->name);
    if (format->columns[CARD_AMOUNT].parts && mapping->charge != CHARGE_BY_COLUMN)
        g_string_append_printf(text, "a charge is %s, ",
                               mapping->charge == CHARGE_NEGATIVE ? "negative" : "positive");
    append_dates(text, mapping);
    if (mapping->style.decimal_mark != '.' || format->decimal_mark == DECIMAL_AUTO)
        g_string_append_printf(text, ", the decimal mark is '%c'", mapping->style.decimal_mark);
    if (*mapping->currency)
        g_string_append_printf(text, ", amounts are %s", mapping->currency);
    if (*format->zone && !mapping->stated_zone)
        g_string_append_printf(text, ", times are %s unless the accounts table says otherwise",
                               format->zone);
    append_proofs(text, mapping);
    return g_string_free(text, FALSE);
}
