/* mapping_value.c - cells as amounts, currencies, numbers and dates. */
#include "import/mapping_internal.h"

static void check_currency(const struct reading *reading, guint column, struct amount *amount)
{
    struct text text = cell(reading, column);
    char other[5];

    if (!currency_contradicts(other, text.text, text.len, amount->currency))
        return;
    g_autofree char *why =
        g_strdup_printf("is in %s, and its currency is %s", other, amount->currency);
    problem(reading, column, why);
    amount->present = FALSE;
}

/* The amount of a cell, by one of the two ways to read it. */
static struct amount take_amount(const struct reading *reading, guint column, const char *currency,
                                 gboolean needed, char *mark)
{
    struct text text = cell(reading, column);
    const struct number_style *style = &reading->mapping->style;
    struct amount amount = {.nanos = 0};
    g_autoptr(GError) why = NULL;

    g_strlcpy(amount.currency, currency, sizeof(amount.currency));
    if (text.len == 0) {
        if (needed)
            problem(reading, column, "is empty");
        return amount;
    }
    amount.present =
        mark ? money_parse_marked(&amount.nanos, text.text, text.len, style, &amount.residue, mark,
                                  &why)
             : money_parse(&amount.nanos, text.text, text.len, style, &amount.residue, &why);
    if (amount.nanos == INT64_MIN) {
        problem(reading, column, "is out of range"); /* nothing above zero is as large */
        amount.present = FALSE;
    } else if (why) {
        problem(reading, column, why->message);
    } else {
        check_currency(reading, column, &amount);
    }
    return amount;
}

struct amount read_amount(const struct reading *reading, guint column, const char *currency,
                          gboolean needed)
{
    return take_amount(reading, column, currency, needed, NULL);
}

struct amount read_marked_amount(const struct reading *reading, guint column, const char *currency,
                                 gboolean needed, char *mark)
{
    *mark = '\0';
    return take_amount(reading, column, currency, needed, mark);
}

struct amount read_unsigned_amount(const struct reading *reading, guint column,
                                   const char *currency, gboolean needed)
{
    struct amount amount = read_amount(reading, column, currency, needed);

    if (amount.present && amount.nanos < 0) {
        problem(reading, column, "is negative");
        amount.present = FALSE;
    }
    return amount;
}

gboolean read_currency(const struct reading *reading, guint column, gboolean needed, char out[4])
{
    const char *constant = reading->mapping->format->columns[column].constant;
    struct text text = cell(reading, column);

    out[0] = '\0';
    if (constant) {
        memcpy(out, constant, 4);
        return TRUE;
    }
    if (text.len == 0) {
        if (needed)
            problem(reading, column, "is empty");
        return FALSE;
    }
    if (currency_parse(out, text.text, text.len))
        return TRUE;
    out[0] = '\0';
    problem(reading, column, "is not a currency like USD");
    return FALSE;
}

gboolean read_decimal(const struct reading *reading, guint column, int scale, int64_t *out)
{
    struct text text = cell(reading, column);
    g_autoptr(GError) why = NULL;

    if (text.len == 0)
        return FALSE;
    if (decimal_parse(out, text.text, text.len, scale, &why))
        return TRUE;
    problem(reading, column, why->message);
    return FALSE;
}

gboolean read_rate_at(const struct reading *reading, int index, int64_t *out)
{
    struct text text = cell_at(reading, index);
    g_autoptr(GError) why = NULL;

    if (!money_parse(out, text.text, text.len, &number_style_plain, NULL, &why)) {
        problem_at(reading, index, why->message);
        return FALSE;
    }
    if (*out <= 0) {
        problem_at(reading, index, "is not above zero");
        return FALSE;
    }
    return TRUE;
}

/*
 * Tries the patterns, the one that fitted last first. A pattern whose shape fits but whose day does
 * not exist tells more than one whose shape does not fit: its reason wins.
 */
static gboolean parse_date(struct mapping *mapping, struct text text, struct civil *out,
                           GError **error)
{
    const GStrv patterns = mapping->date_patterns;
    g_autoptr(GError) best = NULL;

    if (civil_parse(out, text.text, text.len, patterns[mapping->pattern], &best))
        return TRUE;
    for (guint i = 0; patterns[i]; i++) {
        g_autoptr(GError) why = NULL;

        if (civil_parse(out, text.text, text.len, patterns[i], &why)) {
            mapping->pattern = i;
            return TRUE;
        }
        if (g_str_has_prefix(best->message, "is not a date") &&
            !g_str_has_prefix(why->message, "is not a date")) {
            g_clear_error(&best);
            best = g_steal_pointer(&why);
        }
    }
    g_propagate_error(error, g_steal_pointer(&best));
    return FALSE;
}

struct printed_date read_date(const struct reading *reading, guint column, gboolean needed)
{
    struct text text = cell(reading, column);
    struct printed_date date = {.present = FALSE};
    g_autoptr(GError) why = NULL;

    if (text.len == 0) {
        if (needed)
            problem(reading, column, "is empty");
        return date;
    }
    date.present = parse_date(reading->mapping, text, &date.civil, &why);
    if (why && g_str_has_prefix(why->message, "is "))
        problem(reading, column, why->message);
    else if (why) { /* "there is no 31 April 2026", "year 1834 is outside …" */
        g_autofree char *sentence = g_strconcat("is no date: ", why->message, NULL);
        problem(reading, column, sentence);
    }
    return date;
}

/* A local time must exist in its zone; one that happens twice is worth a note. */
static void check_local(const struct reading *reading, guint column, struct printed_date *date,
                        const struct zone *zone)
{
    g_autoptr(GError) why = NULL;
    gboolean overlap = FALSE;
    int64_t at;

    if (!civil_to_instant(&at, &date->civil, zone, &overlap, &why)) {
        problem(reading, column, why->message);
        date->present = FALSE;
    } else if (overlap) {
        struct text text = cell(reading, column);
        g_ptr_array_add(reading->notes,
                        g_strdup_printf("line %" G_GINT64_FORMAT
                                        ": %.*s happens twice in %s; the earlier one is taken",
                                        reading->record->line, (int)text.len, text.text,
                                        zone_name(zone)));
    }
}

struct printed_date read_local(const struct reading *reading, guint column, gboolean needed)
{
    struct printed_date date = read_date(reading, column, needed);
    const struct zone *zone = reading->mapping->stated_zone;

    if (date.present && date.civil.has_time && !date.civil.has_offset && zone)
        check_local(reading, column, &date, zone);
    return date;
}

struct printed_date read_instant(const struct reading *reading, guint column, gboolean needed)
{
    struct printed_date date = read_local(reading, column, needed);

    if (date.present && date.civil.has_time && !date.civil.has_offset &&
        !reading->mapping->stated_zone) {
        problem(reading, column, "is a time without Z or an offset; --tz ZONE states its zone");
        date.present = FALSE;
    }
    return date;
}

const struct zone *read_zone_at(const struct reading *reading, int index)
{
    struct text text = cell_at(reading, index);
    g_autofree char *name = g_strndup(text.text, text.len);
    const struct zone *zone = text.len > 0 ? zone_find(name, NULL) : NULL;

    if (text.len > 0 && !zone)
        problem_at(reading, index, "is not a time zone like America/New_York");
    return zone;
}

void check_sum(const struct reading *reading, guint total_column, const struct amount *total,
               const struct amount *part, const struct amount *rest, const char *what)
{
    int64_t sum;

    if (!total->present || !part->present || !rest->present ||
        strcmp(total->currency, part->currency) != 0)
        return;
    sum = part->nanos;
    if (!money_add(&sum, rest->nanos, NULL) || sum == total->nanos)
        return;
    g_autofree char *expected = money_format(sum, 2);
    g_autofree char *off = money_format(total->nanos - sum, 2);
    g_autofree char *why =
        g_strdup_printf("is not %s, which is %s: off by %s", what, expected, off);
    problem(reading, total_column, why);
}
