/*
 * mapping_card.c - card statements: the sign of an amount, its state, its texts.
 *
 * In a fact an amount above zero was taken from the card and one below was given back, whatever the
 * statement prints.
 */
#include "import/mapping_internal.h"

static void negate(struct amount *amount)
{
    amount->nanos = -amount->nanos;
    amount->residue.units = -amount->residue.units;
}

/* The amount of a format whose direction stands in another column: the cell itself has no sign. */
static void sign_by_column(const struct reading *reading, struct amount *amount, char mark)
{
    const struct format *format = reading->mapping->format;
    struct text text = cell_at(reading, reading->mapping->charge_column);
    gboolean out = in_words(format->charge_out, text);

    if (out == in_words(format->charge_in, text)) {
        problem_at(reading, reading->mapping->charge_column,
                   "does not say whether money was taken or given back");
    } else if (mark && mark != (out ? 'D' : 'C')) {
        problem(reading, CARD_AMOUNT, "has the sign of the other direction");
    } else if (out && amount->nanos < 0) {
        problem(reading, CARD_AMOUNT, "is negative although the row says that money was taken");
    } else if (!out && amount->nanos > 0) {
        negate(amount);
    }
}

/* One signed amount. CR and DR are signs by themselves, whichever sign a charge has else. */
static struct amount read_one(const struct reading *reading, const char *currency)
{
    enum charge_sign charge = reading->mapping->charge;
    char mark;
    struct amount amount = read_marked_amount(reading, CARD_AMOUNT, currency, TRUE, &mark);

    if (!amount.present)
        return amount;
    if (charge == CHARGE_BY_COLUMN)
        sign_by_column(reading, &amount, mark);
    else if (charge == CHARGE_NEGATIVE && !mark)
        negate(&amount);
    return amount;
}

static void count_sign(struct split_signs *signs, int64_t nanos, gint64 line)
{
    gint64 *count = nanos > 0 ? &signs->above : &signs->below;
    gint64 *first = nanos > 0 ? &signs->first_above : &signs->first_below;

    if (nanos == 0)
        return;
    if ((*count)++ == 0)
        *first = line;
}

/*
 * What one of two columns of directions holds, as a magnitude: banks print either sign there, but
 * one of them in a file. With signed-split below zero is a reversal. CR and DR must agree.
 */
static struct amount read_side(const struct reading *reading, guint column, const char *currency,
                               char agreeing, struct split_signs *signs)
{
    char mark;
    struct amount amount = read_marked_amount(reading, column, currency, FALSE, &mark);

    if (mark && mark != agreeing) {
        problem(reading, column, "has the sign of the other direction");
        amount.present = FALSE;
    }
    if (!amount.present)
        return amount;
    if (!mark)
        count_sign(signs, amount.nanos, reading->record->line);
    if (amount.nanos < 0 && (mark || !reading->mapping->format->is_signed_split))
        negate(&amount);
    return amount;
}

static struct amount read_split(const struct reading *reading, const char *currency)
{
    struct mapping *mapping = reading->mapping;
    struct amount debit = read_side(reading, CARD_DEBIT, currency, 'D', &mapping->debit);
    struct amount credit = read_side(reading, CARD_CREDIT, currency, 'C', &mapping->credit);

    if (cell(reading, CARD_DEBIT).len == 0 && cell(reading, CARD_CREDIT).len == 0)
        problem(reading, CARD_DEBIT, "is empty, and so is the other direction's column");
    if (debit.present && credit.present && debit.nanos != 0 && credit.nanos != 0)
        problem(reading, CARD_CREDIT, "stands beside an amount in the other direction");
    if (!debit.present || (debit.nanos == 0 && credit.present)) {
        negate(&credit);
        return credit;
    }
    return debit;
}

/* A fee that the amount includes is taken out of it: facts hold the two side by side. */
static void split_fee(const struct reading *reading, struct amount *amount,
                      const struct amount *fee)
{
    gboolean was_taken = amount->nanos > 0;

    if (!amount->present || !fee->present || fee->nanos == 0)
        return;
    if (strcmp(fee->currency, amount->currency) != 0)
        problem(reading, CARD_FEE, "is part of the amount, and in another currency");
    else if (was_taken && fee->nanos < 0)
        problem(reading, CARD_FEE, "is negative");
    else if (__builtin_sub_overflow(amount->nanos, fee->nanos, &amount->nanos))
        problem(reading, CARD_FEE, "is out of range");
    else if (was_taken && amount->nanos < 0)
        problem(reading, CARD_FEE, "is more than the amount that includes it");
    else
        amount->residue.units -= fee->residue.units;
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
        negate(&original);
    return original;
}

/*
 * A fee comes on top of the amount, in its currency unless a column says another. Statements that
 * print a charge below zero print its fee above zero or below, and mean the same.
 */
static struct amount read_fee(const struct reading *reading, const struct amount *amount)
{
    struct amount fee;
    char own[4];

    if (!read_currency(reading, CARD_FEE_CURRENCY, FALSE, own))
        g_strlcpy(own, amount->currency, sizeof(own));
    fee = read_amount(reading, CARD_FEE, own, FALSE);
    if (reading->mapping->charge == CHARGE_NEGATIVE && amount->nanos > 0 && fee.nanos < 0)
        negate(&fee);
    return fee;
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

/* Whether a date's cell holds a word for pending instead of a date. */
static gboolean says_pending(const struct reading *reading, guint column)
{
    struct text text = cell(reading, column);

    return text.len > 0 && !g_ascii_isdigit(*text.text) &&
           in_words(reading->mapping->format->pending, text);
}

/* A pending row has not been posted, whatever date its statement prints there. */
static void read_dates(const struct reading *reading, struct card_fact *out)
{
    const int *column = reading->mapping->column;
    gboolean has_posted = column[CARD_POSTED_DATE] != ABSENT;
    gboolean purchase_pends = says_pending(reading, CARD_DATE);
    gboolean posting_pends = says_pending(reading, CARD_POSTED_DATE);

    if (out->state == CARD_POSTED && (purchase_pends || posting_pends))
        out->state = CARD_PENDING;
    if (!purchase_pends || out->state == CARD_DEAD)
        out->purchased = read_local(reading, CARD_DATE, column[CARD_DATE] != ABSENT && !has_posted);
    if (!posting_pends || out->state == CARD_DEAD)
        out->posted =
            read_local(reading, CARD_POSTED_DATE, has_posted && out->state == CARD_POSTED);
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

/* What else the row says of its direction and its currency must not contradict what was read. */
static void check_contradictions(const struct reading *reading, const struct amount *amount)
{
    const struct mapping *mapping = reading->mapping;
    struct text stray = cell_at(reading, mapping->stray_currency);
    char currency[4];

    if (amount->nanos < 0 && any_condition_fits(reading, mapping->out_if))
        problem(reading, CARD_AMOUNT, "has the sign of money given back, in a row of money taken");
    if (amount->nanos > 0 && any_condition_fits(reading, mapping->in_if))
        problem(reading, CARD_AMOUNT, "has the sign of money taken, in a row of money given back");
    if (currency_parse(currency, stray.text, stray.len) && strcmp(currency, amount->currency) != 0)
        problem_at(reading, mapping->stray_currency,
                   "is not the currency that the format takes all amounts to be in");
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
    out->amount = reading->mapping->format->columns[CARD_AMOUNT].parts
                      ? read_one(reading, currency)
                      : read_split(reading, currency);
    check_contradictions(reading, &out->amount);
    out->original = read_original(reading, &out->amount);
    out->fee = read_fee(reading, &out->amount);
    if (reading->mapping->format->has_fee_in_amount)
        split_fee(reading, &out->amount, &out->fee);
    out->type = read_text(reading, CARD_TYPE);
    out->descriptor = read_descriptor(reading);
    out->reference = read_reference(reading);
    out->zone = read_zone_at(reading, reading->mapping->zone_column);
    out->is_fee = any_condition_fits(reading, reading->mapping->fee_if);
    out->is_leg = reading->mapping->format->is_joined && out->reference.len > 0 && !out->is_fee;
    last4_from(cell(reading, CARD_CARD), out->last4);
}
