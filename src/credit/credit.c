/* credit.c - every organization's credits, burned down under both policies. */
#include "credit/credit.h"
#include "core/exception.h"
#include "credit/account.h"
#include "credit/overdraft.h"
#include "credit/raise.h"
#include "credit/recharge.h"
#include "credit/share.h"
#include "credit/sighting.h"
#include "credit/store.h"

/* The mean of the trailing days, whole nanos; 0 when they gave back more than they used. */
static void mean_use(struct outcome *outcome)
{
    guint days[TRAILING_DAYS];
    int64_t sum = 0;

    outcome->mean_days = account_trailing_days(outcome->account, days);
    for (guint i = 0; i < outcome->mean_days; i++)
        sum += outcome->account->usage_nanos[days[i]];
    outcome->mean_nanos = outcome->mean_days ? MAX(0, sum / (int64_t)outcome->mean_days) : 0;
}

static void outcome_init(struct outcome *outcome, const struct account *account,
                         enum burn_policy policy)
{
    struct burn_input input = account_burn_input(account);

    outcome->account = account;
    outcome->burn = burn_new(&input, policy);
    outcome->shares = share_days(account, outcome->burn);
    outcome->overdrafts = overdraft_episodes(account, outcome->burn, outcome->shares);
    outcome->sightings = sightings_new(account, outcome->burn);
    mean_use(outcome);
    burn_forecast(outcome->burn, outcome->mean_nanos, &outcome->forecast);
}

static void outcome_clear(struct outcome *outcome)
{
    forecast_clear(&outcome->forecast);
    g_array_unref(outcome->sightings);
    g_ptr_array_unref(outcome->overdrafts);
    g_array_unref(outcome->shares);
    burn_free(outcome->burn);
}

static gboolean run_account(const struct account *account, struct db *db, GError **error)
{
    struct outcome outcomes[BURN_POLICIES];
    struct opening opening;
    gboolean stored;

    opening_find(account, &opening);
    stored = opening_store(account, &opening, db, error);
    for (int policy = FREE_FIRST; policy < BURN_POLICIES; policy++)
        outcome_init(&outcomes[policy], account, (enum burn_policy)policy);
    for (int policy = FREE_FIRST; policy < BURN_POLICIES; policy++)
        stored = stored && outcome_store(&outcomes[policy], db, error);
    stored = stored &&
             outcome_raise(&outcomes[FREE_FIRST], &outcomes[EXPIRY_FIRST], &opening, db, error) &&
             recharge_run(account, outcomes[FREE_FIRST].burn, db, error);
    for (int policy = FREE_FIRST; policy < BURN_POLICIES; policy++)
        outcome_clear(&outcomes[policy]);
    opening_clear(&opening);
    return stored;
}

static gboolean run_organization(struct organization *organization, struct credit_facts *facts,
                                 struct db *db, GError **error)
{
    gboolean ran = organization_load_costs(organization, db, facts, error);

    if (ran) {
        g_autoptr(GPtrArray) currencies = organization_currencies(organization);

        for (guint i = 0; ran && i < currencies->len; i++) {
            g_autoptr(Account) account =
                account_new(organization, g_ptr_array_index(currencies, i), error);

            ran = account && run_account(account, db, error);
        }
    }
    organization_unload_costs(organization);
    if (!ran)
        g_prefix_error(error, "%s: ", organization->organization_id);
    return ran;
}

gboolean credit_run(struct db *db, GError **error)
{
    g_autoptr(CreditFacts) facts = NULL;

    if (!db_run(db, "credit_clear", error) || !exception_clear(db, "credit", error))
        return FALSE;
    facts = credit_facts_load(db, error);
    if (!facts)
        return FALSE;
    for (guint i = 0; i < facts->organizations->len; i++)
        if (!run_organization(&g_array_index(facts->organizations, struct organization, i), facts,
                              db, error))
            return FALSE;
    return TRUE;
}
