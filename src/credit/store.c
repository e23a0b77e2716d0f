/* store.c - one account's burn-down, row by row into the ledger. */
#include "credit/store.h"
#include "core/instant.h"
#include "core/money.h"
#include "credit/overdraft.h"
#include "credit/served.h"
#include "credit/share.h"
#include "credit/sighting.h"

#define EXPIRING_DAYS 90

/* A statement with what every row of an outcome begins with. */
static struct statement *row_of(const struct outcome *outcome, struct db *db, const char *name,
                                GError **error)
{
    struct statement *row = statement_get(db, name, error);

    if (!row)
        return NULL;
    statement_bind_text(row, "policy", burn_policy_name(outcome->burn->policy));
    if (statement_has_parameter(row, "organization_key"))
        statement_bind_int(row, "organization_key",
                           outcome->account->organization->organization_key);
    if (statement_has_parameter(row, "currency"))
        statement_bind_text(row, "currency", outcome->account->currency);
    return row;
}

static void bind_day(const struct outcome *outcome, struct statement *row, const char *name,
                     guint day)
{
    char text[11];

    account_day_text(outcome->account, day, text);
    statement_bind_text(row, name, text);
}

static void bind_project(const struct outcome *outcome, struct statement *row, guint project)
{
    GArray *projects = outcome->account->organization->projects;

    statement_bind_key(row, "project_key",
                       g_array_index(projects, struct project, project).project_key);
}

static int64_t grant_id(const struct outcome *outcome, guint grant)
{
    return ((const struct grant *)g_ptr_array_index(outcome->account->grants, grant))->grant_id;
}

static gboolean store_states(const struct outcome *outcome, struct db *db, GError **error)
{
    for (guint i = 0; i < outcome->burn->states->len; i++) {
        const struct burn_state *state =
            &g_array_index(outcome->burn->states, struct burn_state, i);
        struct statement *row = row_of(outcome, db, "credit_state_insert", error);

        if (!row)
            return FALSE;
        statement_bind_int(row, "credit_grant_id", grant_id(outcome, i));
        statement_bind_int(row, "used_nanos", state->used_nanos);
        statement_bind_int(row, "repaid_nanos", state->repaid_nanos);
        statement_bind_int(row, "expired_nanos", state->expired_nanos);
        statement_bind_int(row, "expired_low_nanos", state->expired_low_nanos);
        statement_bind_int(row, "withdrawn_nanos", state->withdrawn_nanos);
        statement_bind_int(row, "remaining_nanos", state->remaining_nanos);
        statement_bind_text(row, "state", burn_state_name(state));
        statement_bind_int(row, "forecast_unused_nanos", outcome->forecast.unused_nanos[i]);
        if (!statement_execute(row, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean store_draws(const struct outcome *outcome, struct db *db, GError **error)
{
    for (guint i = 0; i < outcome->burn->draws->len; i++) {
        const struct burn_draw *draw = &g_array_index(outcome->burn->draws, struct burn_draw, i);
        struct statement *row = row_of(outcome, db, "credit_draw_insert", error);

        if (!row)
            return FALSE;
        bind_day(outcome, row, "day", draw->day);
        statement_bind_int(row, "credit_grant_id", grant_id(outcome, draw->grant));
        statement_bind_int(row, "drawn_nanos", draw->nanos);
        if (!statement_execute(row, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean store_days(const struct outcome *outcome, struct db *db, GError **error)
{
    for (guint i = 0; i < outcome->burn->days->len; i++) {
        const struct burn_day *day = &g_array_index(outcome->burn->days, struct burn_day, i);
        struct statement *row = row_of(outcome, db, "credit_day_insert", error);

        if (!row)
            return FALSE;
        bind_day(outcome, row, "day", i);
        statement_bind_int(row, "paid_nanos", day->paid_nanos);
        statement_bind_int(row, "free_nanos", day->free_nanos);
        statement_bind_int(row, "overdraft_nanos", day->overdraft_nanos);
        statement_bind_int(row, "topup_nanos", day->topup_nanos);
        statement_bind_int(row, "grant_nanos", day->grant_nanos);
        statement_bind_int(row, "usage_nanos", day->usage_nanos);
        statement_bind_int(row, "expired_nanos", day->expired_nanos);
        statement_bind_int(row, "withdrawn_nanos", day->withdrawn_nanos);
        statement_bind_int(row, "adjustment_nanos", day->adjustment_nanos);
        if (!statement_execute(row, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean store_shares(const struct outcome *outcome, struct db *db, GError **error)
{
    for (guint i = 0; i < outcome->shares->len; i++) {
        const struct share *share = &g_array_index(outcome->shares, struct share, i);
        struct statement *row = row_of(outcome, db, "credit_share_insert", error);

        if (!row)
            return FALSE;
        bind_project(outcome, row, share->project);
        bind_day(outcome, row, "day", share->day);
        statement_bind_int(row, "drawn_nanos", share->drawn_nanos);
        statement_bind_int(row, "overdrawn_nanos", share->overdrawn_nanos);
        if (!statement_execute(row, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean store_served(const struct outcome *outcome, struct db *db, GError **error)
{
    g_autoptr(GArray) all = served_grants(outcome->account, outcome->burn, outcome->shares);

    for (guint i = 0; i < all->len; i++) {
        const struct served *served = &g_array_index(all, struct served, i);
        struct statement *row = row_of(outcome, db, "credit_use_insert", error);

        if (!row)
            return FALSE;
        statement_bind_int(row, "credit_grant_id", grant_id(outcome, served->grant));
        if (served->project < outcome->account->organization->projects->len)
            bind_project(outcome, row, served->project);
        statement_bind_int(row, "used_nanos", served->nanos);
        if (!statement_execute(row, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean store_overdrafts(const struct outcome *outcome, struct db *db, GError **error)
{
    for (guint i = 0; i < outcome->overdrafts->len; i++) {
        const struct overdraft *overdraft = g_ptr_array_index(outcome->overdrafts, i);
        struct statement *row = row_of(outcome, db, "credit_overdraft_insert", error);

        if (!row)
            return FALSE;
        bind_day(outcome, row, "from_on", overdraft->from);
        if (!overdraft->is_open)
            bind_day(outcome, row, "until_on", overdraft->until);
        statement_bind_int(row, "lowest_nanos", overdraft->lowest_nanos);
        statement_bind_text(row, "caused_by", overdraft->caused_by);
        statement_bind_text(row, "repaid_by", overdraft->repaid_by);
        if (!statement_execute(row, error))
            return FALSE;
    }
    return TRUE;
}

/* What is left in grants that expire within EXPIRING_DAYS after the last day. */
static int64_t expiring_nanos(const struct outcome *outcome)
{
    const struct burn_input *input = &outcome->burn->input;
    int64_t after = (input->first_day + (int64_t)input->day_count) * SECONDS_PER_DAY;
    int64_t nanos = 0;

    for (guint i = 0; i < input->grant_count; i++) {
        int64_t expires_at = input->grants[i].expires_at;

        if (expires_at >= after && expires_at < after + EXPIRING_DAYS * SECONDS_PER_DAY)
            nanos += g_array_index(outcome->burn->states, struct burn_state, i).remaining_nanos;
    }
    return nanos;
}

/* project: an index, or -1 for none. */
static gboolean store_expiring_row(const struct outcome *outcome, struct db *db, int project,
                                   int64_t share_ppm, int64_t nanos, enum share_basis basis,
                                   GError **error)
{
    static const char *const names[] = {
        [TRAILING] = "trailing 28 days", [LIFE] = "life", [UNALLOCATED] = "unallocated"};
    struct statement *row = row_of(outcome, db, "credit_expiring_insert", error);

    if (!row)
        return FALSE;
    if (project >= 0)
        bind_project(outcome, row, (guint)project);
    statement_bind_int(row, "share_ppm", share_ppm);
    statement_bind_int(row, "allocated_nanos", nanos);
    statement_bind_text(row, "basis", names[basis]);
    return statement_execute(row, error);
}

static gboolean store_expiring(const struct outcome *outcome, struct db *db, GError **error)
{
    guint count = outcome->account->organization->projects->len;
    int64_t expiring = expiring_nanos(outcome);
    enum share_basis basis;
    g_autofree int64_t *weights = share_weights(outcome->account, &basis);
    g_autofree int64_t *nanos = g_new0(int64_t, count);
    g_autofree int64_t *share_ppm = g_new0(int64_t, count);

    if (expiring <= 0)
        return TRUE;
    if (basis == UNALLOCATED)
        return store_expiring_row(outcome, db, -1, 1000000, expiring, basis, error);
    money_split(nanos, expiring, weights, count);
    money_split(share_ppm, 1000000, weights, count);
    for (guint i = 0; i < count; i++)
        if (weights[i] > 0 &&
            !store_expiring_row(outcome, db, (int)i, share_ppm[i], nanos[i], basis, error))
            return FALSE;
    return TRUE;
}

static gboolean store_forecast(const struct outcome *outcome, struct db *db, GError **error)
{
    struct statement *row;
    char zero_on[11];

    if (outcome->burn->days->len == 0)
        return TRUE;
    row = row_of(outcome, db, "credit_forecast_insert", error);
    if (!row)
        return FALSE;
    bind_day(outcome, row, "as_of_day", outcome->burn->days->len - 1);
    statement_bind_int(row, "mean_daily_burn_nanos", outcome->mean_nanos);
    statement_bind_int(row, "day_count", outcome->mean_days);
    if (outcome->forecast.zero_day >= 0) {
        day_format(outcome->forecast.zero_day, zero_on);
        statement_bind_text(row, "zero_on", zero_on);
    }
    return statement_execute(row, error);
}

static gboolean store_checks(const struct outcome *outcome, struct db *db, GError **error)
{
    for (guint i = 0; i < outcome->sightings->len; i++) {
        const struct sighting *sighting = &g_array_index(outcome->sightings, struct sighting, i);
        struct statement *row = row_of(outcome, db, "credit_check_insert", error);
        char since_on[11];

        if (!row)
            return FALSE;
        statement_bind_int(row, "observation_id", sighting->observation->observation_id);
        statement_bind_int(row, "low_nanos", sighting->low_nanos);
        statement_bind_int(row, "high_nanos", sighting->high_nanos);
        statement_bind_int(row, "unexplained_nanos", sighting->unexplained_nanos);
        if (sighting->since) {
            day_format(day_from_instant(sighting->since->observed_at), since_on);
            statement_bind_text(row, "since_on", since_on);
        }
        if (sighting->prior)
            statement_bind_int(row, "prior_at", sighting->prior->observed_at);
        if (!statement_execute(row, error))
            return FALSE;
    }
    return TRUE;
}

gboolean outcome_store(const struct outcome *outcome, struct db *db, GError **error)
{
    return store_states(outcome, db, error) && store_draws(outcome, db, error) &&
           store_days(outcome, db, error) && store_shares(outcome, db, error) &&
           store_served(outcome, db, error) && store_overdrafts(outcome, db, error) &&
           store_expiring(outcome, db, error) && store_forecast(outcome, db, error) &&
           store_checks(outcome, db, error);
}
