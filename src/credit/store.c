/* store.c - one account's burn-down, row by row into the ledger. */
#include "credit/store.h"
#include "core/bulk.h"
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

static int64_t project_key(const struct outcome *outcome, guint project)
{
    GArray *projects = outcome->account->organization->projects;

    return g_array_index(projects, struct project, project).project_key;
}

static int64_t grant_id(const struct outcome *outcome, guint grant)
{
    return ((const struct grant *)g_ptr_array_index(outcome->account->grants, grant))->grant_id;
}

static void add_day(const struct outcome *outcome, struct bulk *rows, guint day)
{
    char text[11];

    account_day_text(outcome->account, day, text);
    bulk_add_text(rows, text);
}

/* What the rows of an organization begin with. */
static void add_policy(const struct outcome *outcome, struct bulk *rows)
{
    bulk_add_text(rows, burn_policy_name(outcome->burn->policy));
    bulk_add_int(rows, outcome->account->organization->organization_key);
}

static gboolean store_states(const struct outcome *outcome, struct db *db, GError **error)
{
    g_autoptr(Bulk) rows = bulk_new(db, "credit_state_insert");

    for (guint i = 0; i < outcome->burn->states->len; i++) {
        const struct burn_state *state =
            &g_array_index(outcome->burn->states, struct burn_state, i);

        bulk_add_text(rows, burn_policy_name(outcome->burn->policy));
        bulk_add_int(rows, grant_id(outcome, i));
        bulk_add_int(rows, state->used_nanos);
        bulk_add_int(rows, state->repaid_nanos);
        bulk_add_int(rows, state->expired_nanos);
        bulk_add_int(rows, state->expired_low_nanos);
        bulk_add_int(rows, state->withdrawn_nanos);
        bulk_add_int(rows, state->remaining_nanos);
        bulk_add_text(rows, burn_state_name(state));
        bulk_add_int(rows, outcome->forecast.unused_nanos[i]);
        if (!bulk_end_row(rows, error))
            return FALSE;
    }
    return bulk_end(rows, error);
}

static gboolean store_draws(const struct outcome *outcome, struct db *db, GError **error)
{
    g_autoptr(Bulk) rows = bulk_new(db, "credit_draw_insert");

    for (guint i = 0; i < outcome->burn->draws->len; i++) {
        const struct burn_draw *draw = &g_array_index(outcome->burn->draws, struct burn_draw, i);

        add_policy(outcome, rows);
        add_day(outcome, rows, draw->day);
        bulk_add_int(rows, grant_id(outcome, draw->grant));
        bulk_add_int(rows, draw->nanos);
        if (!bulk_end_row(rows, error))
            return FALSE;
    }
    return bulk_end(rows, error);
}

static gboolean store_days(const struct outcome *outcome, struct db *db, GError **error)
{
    g_autoptr(Bulk) rows = bulk_new(db, "credit_day_insert");

    for (guint i = 0; i < outcome->burn->days->len; i++) {
        const struct burn_day *day = &g_array_index(outcome->burn->days, struct burn_day, i);

        add_policy(outcome, rows);
        bulk_add_text(rows, outcome->account->currency);
        add_day(outcome, rows, i);
        bulk_add_int(rows, day->paid_nanos);
        bulk_add_int(rows, day->free_nanos);
        bulk_add_int(rows, day->overdraft_nanos);
        bulk_add_int(rows, day->topup_nanos);
        bulk_add_int(rows, day->grant_nanos);
        bulk_add_int(rows, day->usage_nanos);
        bulk_add_int(rows, day->expired_nanos);
        bulk_add_int(rows, day->withdrawn_nanos);
        bulk_add_int(rows, day->adjustment_nanos);
        if (!bulk_end_row(rows, error))
            return FALSE;
    }
    return bulk_end(rows, error);
}

static gboolean store_shares(const struct outcome *outcome, struct db *db, GError **error)
{
    g_autoptr(Bulk) rows = bulk_new(db, "credit_share_insert");

    for (guint i = 0; i < outcome->shares->len; i++) {
        const struct share *share = &g_array_index(outcome->shares, struct share, i);

        add_policy(outcome, rows);
        bulk_add_key(rows, project_key(outcome, share->project));
        bulk_add_text(rows, outcome->account->currency);
        add_day(outcome, rows, share->day);
        bulk_add_int(rows, share->drawn_nanos);
        bulk_add_int(rows, share->overdrawn_nanos);
        if (!bulk_end_row(rows, error))
            return FALSE;
    }
    return bulk_end(rows, error);
}

static gboolean store_served(const struct outcome *outcome, struct db *db, GError **error)
{
    g_autoptr(GArray) all = served_grants(outcome->account, outcome->burn, outcome->shares);
    g_autoptr(Bulk) rows = bulk_new(db, "credit_use_insert");

    for (guint i = 0; i < all->len; i++) {
        const struct served *served = &g_array_index(all, struct served, i);
        gboolean has_project = served->project < outcome->account->organization->projects->len;

        add_policy(outcome, rows);
        bulk_add_int(rows, grant_id(outcome, served->grant));
        bulk_add_key(rows, has_project ? project_key(outcome, served->project) : 0);
        bulk_add_int(rows, served->nanos);
        if (!bulk_end_row(rows, error))
            return FALSE;
    }
    return bulk_end(rows, error);
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
        statement_bind_key(row, "project_key", project_key(outcome, (guint)project));
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
