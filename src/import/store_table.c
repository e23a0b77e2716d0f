/* store_table.c - the user's own tables: organizations, projects, accounts, exchange rates, prices,
 * recharges. */
#include "import/store.h"

gboolean store_organization(struct load *load, const struct fact *fact, GError **error)
{
    const struct organization_fact *organization = &fact->organization;
    struct statement *statement;

    if (load_is_bad(load))
        return TRUE;
    load->tallies[0].count++;
    statement = store_begin_row(load, "organization_row_insert", fact->line, error);
    if (!statement || !store_bind_key(load, statement, "organization_key", DICTIONARY_ORGANIZATION,
                                      organization->organization_id, error))
        return FALSE;
    store_bind_text(statement, "name", organization->name);
    statement_bind_text(statement, "billing_mode", organization->billing_mode);
    store_bind_day(statement, "from_on", &organization->from);
    store_bind_day(statement, "until_on", &organization->until);
    store_bind_amount(statement, "materiality_nanos", &organization->materiality);
    if (organization->has_materiality_ppm)
        statement_bind_int(statement, "materiality_ppm", organization->materiality_ppm);
    else
        statement_bind_null(statement, "materiality_ppm");
    statement_bind_text(statement, "tax", organization->tax);
    return statement_execute(statement, error);
}

gboolean store_project(struct load *load, const struct fact *fact, GError **error)
{
    const struct project_fact *project = &fact->project;
    struct statement *statement;

    if (load_is_bad(load))
        return TRUE;
    load->tallies[0].count++;
    statement = store_begin_row(load, "project_row_insert", fact->line, error);
    if (!statement ||
        !store_bind_key(load, statement, "project_key", DICTIONARY_PROJECT, project->project_id,
                        error) ||
        !store_bind_key(load, statement, "organization_key", DICTIONARY_ORGANIZATION,
                        project->organization_id, error))
        return FALSE;
    store_bind_text(statement, "class", project->project_class);
    store_bind_text(statement, "owner", project->owner);
    store_bind_text(statement, "purpose", project->purpose);
    store_bind_text(statement, "cost_center", project->cost_center);
    return statement_execute(statement, error);
}

gboolean store_account(struct load *load, const struct fact *fact, GError **error)
{
    const struct account_fact *account = &fact->account;
    struct statement *statement;

    if (load_is_bad(load))
        return TRUE;
    load->tallies[0].count++;
    statement = store_begin_row(load, "account_row_insert", fact->line, error);
    if (!statement)
        return FALSE;
    store_bind_text(statement, "account", account->account);
    statement_bind_text(statement, "card_last4", account->last4);
    store_bind_text(statement, "file_pattern", account->file_pattern);
    store_bind_text(statement, "zone", account->zone);
    statement_bind_text(statement, "currency", account->currency);
    store_bind_text(statement, "owner", account->owner);
    return statement_execute(statement, error);
}

static gboolean store_quote(struct load *load, const struct fact *fact, const char *quote,
                            int64_t rate_nanos, GError **error)
{
    struct statement *statement = store_begin_row(load, "fx_row_insert", fact->line, error);

    if (!statement)
        return FALSE;
    store_bind_day(statement, "day", &fact->fx_rate.day);
    statement_bind_text(statement, "base", fact->fx_rate.base);
    statement_bind_text(statement, "quote", quote);
    statement_bind_int(statement, "rate_nanos", rate_nanos);
    return statement_execute(statement, error);
}

gboolean store_fx_rate(struct load *load, const struct fact *fact, GError **error)
{
    const struct fx_rate_fact *rate = &fact->fx_rate;
    const struct civil *day = &rate->day.civil;
    gboolean stored;

    load_dated(load, day_from_civil(day->year, day->month, day->day));
    if (load_is_bad(load))
        return TRUE;
    load->tallies[0].count++;
    stored = store_quote(load, fact, rate->quote, rate->rate_nanos, error);
    for (guint i = 0; stored && i < rate->more_count; i++)
        stored = store_quote(load, fact, rate->more[i].quote, rate->more[i].rate_nanos, error);
    return stored;
}

gboolean store_recharge(struct load *load, const struct fact *fact, GError **error)
{
    const struct recharge_fact *recharge = &fact->recharge;
    struct statement *statement;

    if (load_is_bad(load))
        return TRUE;
    load->tallies[0].count++;
    statement = store_begin_row(load, "recharge_row_insert", fact->line, error);
    if (!statement || !store_bind_key(load, statement, "organization_key", DICTIONARY_ORGANIZATION,
                                      recharge->organization_id, error))
        return FALSE;
    store_bind_day(statement, "from_on", &recharge->from);
    store_bind_day(statement, "until_on", &recharge->until);
    store_bind_amount(statement, "threshold_nanos", &recharge->threshold);
    store_bind_amount(statement, "amount_nanos", &recharge->amount);
    store_bind_amount(statement, "target_nanos", &recharge->target);
    store_bind_amount(statement, "cap_nanos", &recharge->cap);
    statement_bind_text(statement, "currency", recharge->threshold.currency);
    return statement_execute(statement, error);
}

void store_bind_rate(struct statement *statement, const struct rate_fact *rate)
{
    store_bind_text(statement, "model", rate->model);
    statement_bind_text(statement, "token_kind", rate->token_kind);
    statement_bind_text(statement, "service_tier", rate->service_tier);
    statement_bind_int(statement, "rate_nanos", rate->price.nanos);
    store_bind_day(statement, "from_on", &rate->from);
    store_bind_day(statement, "until_on", &rate->until);
    store_bind_text(statement, "source", rate->source);
}

gboolean store_rate(struct load *load, const struct fact *fact, GError **error)
{
    struct statement *statement;

    if (load_is_bad(load))
        return TRUE;
    load->tallies[0].count++;
    statement = store_begin_row(load, "rate_row_insert", fact->line, error);
    if (!statement)
        return FALSE;
    store_bind_rate(statement, &fact->rate);
    return statement_execute(statement, error);
}
