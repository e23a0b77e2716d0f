/*
 * store_control.c - the user's tables of budgets and claims.
 *
 * Their days date the file: of two tables that state the same, the one that reaches further counts,
 * unless --as-of says otherwise.
 */
#include "import/store.h"

static void date_by(struct load *load, const struct printed_date *date)
{
    if (date->present)
        load_dated(load, day_from_civil(date->civil.year, date->civil.month, date->civil.day));
}

gboolean store_budget(struct load *load, const struct fact *fact, GError **error)
{
    const struct budget_fact *budget = &fact->budget;
    struct statement *statement;

    date_by(load, &budget->from);
    date_by(load, &budget->until);
    if (load_is_bad(load))
        return TRUE;
    load->tallies[0].count++;
    statement = store_begin_row(load, "budget_row_insert", fact->line, error);
    if (!statement ||
        !store_bind_key(load, statement, "organization_key", DICTIONARY_ORGANIZATION,
                        budget->organization_id, error) ||
        !store_bind_key(load, statement, "project_key", DICTIONARY_PROJECT, budget->project_id,
                        error))
        return FALSE;
    store_bind_day(statement, "from_on", &budget->from);
    store_bind_day(statement, "until_on", &budget->until);
    statement_bind_int(statement, "amount_nanos", budget->amount.nanos);
    statement_bind_text(statement, "currency", budget->amount.currency);
    return statement_execute(statement, error);
}

gboolean store_claim(struct load *load, const struct fact *fact, GError **error)
{
    const struct claim_fact *claim = &fact->claim;
    struct statement *statement;

    date_by(load, &claim->date);
    date_by(load, &claim->submitted);
    if (load_is_bad(load))
        return TRUE;
    load->tallies[0].count++;
    statement = store_begin_row(load, "claim_row_insert", fact->line, error);
    if (!statement)
        return FALSE;
    store_bind_text(statement, "claim_id", claim->claim_id);
    store_bind_text(statement, "charge", claim->charge);
    statement_bind_text(statement, "card_last4", claim->last4);
    store_bind_day(statement, "dated_on", &claim->date);
    store_bind_amount(statement, "amount_nanos", &claim->amount);
    statement_bind_text(statement, "currency", claim->amount.present ? claim->amount.currency : "");
    store_bind_text(statement, "claimant", claim->claimant);
    store_bind_day(statement, "submitted_on", &claim->submitted);
    store_bind_text(statement, "approver", claim->approver);
    store_bind_text(statement, "purpose", claim->purpose);
    return statement_execute(statement, error);
}
