/*
 * mapping_balance.c - what a statement says of itself, held against its rows: a running balance and
 * control totals.
 *
 * Both are proofs: of the sign, of what is part of an amount, and that no row is missing. The
 * balance goes with the printed amounts, from the oldest row down or from the newest, whichever
 * holds throughout the file.
 */
#include "core/error.h"
#include "import/mapping_internal.h"

/* Whether a row leaves a pending or dead movement, which no balance counts. */
static gboolean is_counted(const struct card_fact *card)
{
    return card->state == CARD_POSTED && card->amount.present;
}

/* How the balance moves by a row. A fee is on it too, when it is in the balance's currency. */
static int128 movement(const struct mapping *mapping, const struct card_fact *card)
{
    int128 taken = card->amount.nanos;

    if (card->fee.present && strcmp(card->fee.currency, card->amount.currency) == 0)
        taken += card->fee.nanos;
    return mapping->charge == CHARGE_POSITIVE && mapping->format->columns[CARD_AMOUNT].parts
               ? taken
               : -taken;
}

static struct balance_chain *find_chain(struct mapping *mapping, const char *currency)
{
    struct balance_chain chain = {.currency = ""};

    for (guint i = 0; i < mapping->chains->len; i++) {
        struct balance_chain *known = &g_array_index(mapping->chains, struct balance_chain, i);

        if (strcmp(known->currency, currency) == 0)
            return known;
    }
    g_strlcpy(chain.currency, currency, sizeof chain.currency);
    g_array_append_val(mapping->chains, chain);
    return &g_array_index(mapping->chains, struct balance_chain, mapping->chains->len - 1);
}

static void note_step(struct balance_steps *steps, gboolean holds, gint64 line)
{
    if (holds)
        steps->held++;
    else if (steps->broken++ == 0)
        steps->first_line = line;
}

/* One row with a balance; delta NULL for a row that is skipped, whose movement is unknown. */
static void step(struct mapping *mapping, struct balance_chain *chain, int64_t balance,
                 const int128 *delta, gint64 line)
{
    if (chain->has_balance && delta)
        note_step(&mapping->oldest_first, chain->balance + chain->between + *delta == balance,
                  line);
    if (chain->has_balance && chain->has_delta)
        note_step(&mapping->newest_first, balance + chain->between + chain->delta == chain->balance,
                  line);
    chain->balance = balance;
    chain->has_balance = TRUE;
    chain->has_delta = delta != NULL;
    chain->delta = delta ? *delta : 0;
    chain->between = 0;
}

void mapping_check_balance(const struct reading *reading, const struct card_fact *card)
{
    struct mapping *mapping = reading->mapping;
    struct text text = cell_at(reading, mapping->balance_column);
    struct balance_chain *chain = find_chain(mapping, card->amount.currency);
    g_autoptr(GError) why = NULL;
    int64_t balance;

    if (!is_counted(card))
        return;
    int128 delta = movement(mapping, card);
    if (text.len == 0)
        chain->between += delta;
    else if (money_parse(&balance, text.text, text.len, &mapping->style, NULL, &why))
        step(mapping, chain, balance, &delta, reading->record->line);
    else
        problem_at(reading, mapping->balance_column, why->message);
}

/* A row that is no fact may have moved the balance: where it prints one, the chain goes on. */
void mapping_skip_balance(const struct reading *reading)
{
    struct mapping *mapping = reading->mapping;
    struct text text = cell_at(reading, mapping->balance_column);
    struct text name = cell(reading, CARD_CURRENCY);
    char currency[4] = "";
    int64_t balance;

    if (*mapping->currency)
        g_strlcpy(currency, mapping->currency, sizeof currency);
    else if (!currency_parse(currency, name.text, name.len))
        currency[0] = '\0';
    if (*currency && text.len > 0 &&
        money_parse(&balance, text.text, text.len, &mapping->style, NULL, NULL))
        step(mapping, find_chain(mapping, currency), balance, NULL, reading->record->line);
    else if (*currency)
        find_chain(mapping, currency)->has_balance = FALSE;
    else
        g_array_set_size(mapping->chains, 0);
}

gboolean mapping_balance_holds(const struct mapping *mapping, gint64 *line, GError **error)
{
    const struct balance_steps *old = &mapping->oldest_first;
    const struct balance_steps *new = &mapping->newest_first;
    const struct balance_steps *better = new->broken < old->broken ? new : old;

    if (mapping->balance_column == ABSENT || better->broken == 0)
        return TRUE;
    *line = better->first_line;
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                "column \"%s\" is not the balance before it and the amount beside it\n"
                "hint: a row is missing or doubled, or its amount was changed",
                (const char *)mapping->names->pdata[mapping->balance_column]);
    return FALSE;
}

/* Adds what a row moved to the sums that control totals are held against. */
void mapping_sum(struct mapping *mapping, const struct card_fact *card)
{
    int128 moved = card->amount.nanos;

    if (!is_counted(card))
        return;
    if (mapping->format->has_fee_in_amount && card->fee.present)
        moved += card->fee.nanos;
    *(moved > 0 ? &mapping->control_out.sum : &mapping->control_in.sum) +=
        moved > 0 ? moved : -moved;
}

static gboolean check_total(const struct control_total *total, GError **error)
{
    int128 stated = total->nanos < 0 ? -(int128)total->nanos : (int128)total->nanos;

    if (!total->label || stated == total->sum)
        return TRUE;
    if (total->sum > INT64_MAX) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "the control total \"%s\" is not what its rows add up to", total->label);
        return FALSE;
    }
    g_autofree char *said = money_format_grouped((int64_t)stated, 2);
    g_autofree char *summed = money_format_grouped((int64_t)total->sum, 2);
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                "the control total \"%s\" is %s, and its rows add up to %s\n"
                "hint: rows are missing or doubled, or an amount was changed",
                total->label, said, summed);
    return FALSE;
}

gboolean mapping_totals_hold(const struct mapping *mapping, GError **error)
{
    return check_total(&mapping->control_out, error) && check_total(&mapping->control_in, error);
}
