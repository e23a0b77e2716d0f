/*
 * mapping_card.c - card statements: the sign of an amount, its state, its texts.
 *
 * In a fact an amount above zero was taken from the card and one below was given back, whatever the
 * statement prints.
 */
#include "import/mapping_internal.h"

static void negate(struct amount *amount, const struct reading *reading, guint column)
{
    if (amount->nanos == INT64_MIN) {
        problem(reading, column, "is out of range");
        return;
    }
    amount->nanos = -amount->nanos;
    amount->residue.units = -amount->residue.units;
}

/* The amount of a format whose direction stands in another column: the cell itself has no sign. */
static void sign_by_column(const struct reading *reading, struct amount *amount)
{
    const struct format *format = reading->mapping->format;
    struct text text = cell_at(reading, reading->mapping->charge_column);
    gboolean out = in_words(format->charge_out, text);

    if (!out && !in_words(format->charge_in, text)) {
        problem_at(reading, reading->mapping->charge_column,
                   "does not say whether money was taken or given back");
    } else if (out && amount->nanos < 0) {
        problem(reading, CARD_AMOUNT, "is negative although the row says that money was taken");
    } else if (!out && amount->nanos > 0) {
        negate(amount, reading, CARD_AMOUNT);
    }
}

/* One of two columns says what was taken or given back; neither is signed. */
static struct amount read_split(const struct reading *reading, const char *currency)
{
    struct amount debit = read_unsigned_amount(reading, CARD_DEBIT, currency, FALSE);
    struct amount credit = read_unsigned_amount(reading, CARD_CREDIT, currency, FALSE);

    if (cell(reading, CARD_DEBIT).len == 0 && cell(reading, CARD_CREDIT).len == 0)
        problem(reading, CARD_DEBIT, "is empty, and so is the other direction's column");
    if (debit.present && credit.present && debit.nanos != 0 && credit.nanos != 0)
        problem(reading, CARD_CREDIT, "stands beside an amount in the other direction");
    if (!debit.present || (debit.nanos == 0 && credit.present)) {
        negate(&credit, reading, CARD_CREDIT);
        return credit;
    }
    return debit;
}

static struct amount read_signed(const struct reading *reading, const char *currency)
{
    const struct format *format = reading->mapping->format;

    if (!format->columns[CARD_AMOUNT].parts)
        return read_split(reading, currency);
    struct amount amount = read_amount(reading, CARD_AMOUNT, currency, TRUE);
    if (amount.present && reading->mapping->charge == CHARGE_NEGATIVE)
        negate(&amount, reading, CARD_AMOUNT);
    else if (amount.present && reading->mapping->charge == CHARGE_BY_COLUMN)
        sign_by_column(reading, &amount);
    return amount;
}

/* What the merchant took, with the sign of what the card lost. */
static struct amount read_original(const struct reading *reading, const struct amount *amount)
{
    char currency[4];
    struct amount original = {.nanos = 0};

    if (cell(reading, CARD_ORIGINAL_AMOUNT).len == 0 ||
        !read_currency(reading, CARD_ORIGINAL_CURRENCY, TRUE, currency))
        return original;
    original = read_amount(reading, CARD_ORIGINAL_AMOUNT, currency, FALSE);
    if (original.present && (original.nanos < 0) != (amount->nanos < 0))
        negate(&original, reading, CARD_ORIGINAL_AMOUNT);
    return original;
}

/* A fee comes on top of the amount, in its currency unless a column says another. */
static struct amount read_fee(const struct reading *reading, const char *currency)
{
    char own[4];

    if (!read_currency(reading, CARD_FEE_CURRENCY, FALSE, own))
        g_strlcpy(own, currency, sizeof(own));
    return read_amount(reading, CARD_FEE, own, FALSE);
}

static void read_state(const struct reading *reading, struct card_fact *out)
{
    const struct format *format = reading->mapping->format;
    struct text text = cell(reading, CARD_STATUS);

    out->state = CARD_POSTED;
    out->status = read_text(reading, CARD_STATUS);
    if (reading->mapping->column[CARD_STATUS] == ABSENT)
        return;
    if (in_words(format->pending, text))
        out->state = CARD_PENDING;
    else if (in_words(format->dead, text))
        out->state = CARD_DEAD;
    else if (!in_words(format->settled, text))
        problem(reading, CARD_STATUS,
                text.len > 0 ? "is not a status that the format knows" : "is empty");
}

/* A pending row has not been posted, whatever date its statement prints there. */
static void read_dates(const struct reading *reading, struct card_fact *out)
{
    const int *column = reading->mapping->column;
    gboolean has_posted = column[CARD_POSTED_DATE] != ABSENT;

    out->purchased = read_local(reading, CARD_DATE, column[CARD_DATE] != ABSENT && !has_posted);
    out->posted = read_local(reading, CARD_POSTED_DATE, has_posted && out->state == CARD_POSTED);
    if (out->state != CARD_PENDING)
        return;
    if (!out->purchased.present)
        out->purchased = out->posted;
    out->posted.present = FALSE;
}

/* The texts that describe the row, joined; blanks collapsed. */
static struct text read_descriptor(const struct reading *reading)
{
    const struct mapping *mapping = reading->mapping;
    GString *joined = mapping->joined;

    g_string_truncate(joined, 0);
    for (guint i = 0; i < mapping->joined_columns->len; i++) {
        struct text text = read_text_at(reading, g_array_index(mapping->joined_columns, int, i));
        const char *end = text.text + text.len;
        gboolean blank = joined->len > 0;

        for (const char *at = text.text; at < end; at = g_utf8_next_char(at)) {
            gunichar c = g_utf8_get_char(at);
            if (g_unichar_isspace(c)) {
                blank = joined->len > 0;
                continue;
            }
            if (blank)
                g_string_append_c(joined, ' ');
            blank = FALSE;
            g_string_append_unichar(joined, c);
        }
    }
    char *text = g_strndup(joined->str, joined->len);
    g_ptr_array_add(mapping->kept, text);
    return (struct text){text, joined->len};
}

/* A transaction id; the apostrophes that spreadsheets are fooled with are no part of it. */
static struct text read_reference(const struct reading *reading)
{
    struct text text = read_id(reading, CARD_ID);

    while (text.len > 0 && *text.text == '\'') {
        text.text++;
        text.len--;
    }
    while (text.len > 0 && text.text[text.len - 1] == '\'')
        text.len--;
    return text;
}

void read_card(const struct reading *reading, struct card_fact *out)
{
    char currency[4];

    memset(out, 0, sizeof(*out));
    read_state(reading, out);
    read_dates(reading, out);
    if (*reading->mapping->currency)
        memcpy(currency, reading->mapping->currency, sizeof(currency));
    else
        read_currency(reading, CARD_CURRENCY, TRUE, currency);
    out->amount = read_signed(reading, currency);
    out->original = read_original(reading, &out->amount);
    out->fee = read_fee(reading, currency);
    out->type = read_text(reading, CARD_TYPE);
    out->descriptor = read_descriptor(reading);
    out->reference = read_reference(reading);
    out->zone = read_zone_at(reading, reading->mapping->zone_column);
    last4_from(cell(reading, CARD_CARD), out->last4);
}
