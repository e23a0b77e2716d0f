/* account.c - one organization in one currency, its cost by day. */
#include "credit/account.h"
#include "core/instant.h"
#include "core/money.h"

static void add_currency(GPtrArray *currencies, const char *currency)
{
    if (!g_ptr_array_find_with_equal_func(currencies, currency, g_str_equal, NULL))
        g_ptr_array_add(currencies, (gpointer)(uintptr_t)currency);
}

static gint compare_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *organization_currencies(const struct organization *organization)
{
    GPtrArray *currencies = g_ptr_array_new();

    for (guint i = 0; i < organization->costs->len; i++)
        add_currency(currencies, g_array_index(organization->costs, struct cost, i).currency);
    for (guint i = 0; i < organization->grant_count; i++)
        add_currency(currencies, organization->grants[i].currency);
    for (guint i = 0; i < organization->observation_count; i++)
        add_currency(currencies, organization->observations[i].currency);
    g_ptr_array_sort(currencies, compare_text);
    return currencies;
}

/* Cost stands sorted by currency and day: the account's part is a slice, each day's again. */
static gboolean slice_costs(struct account *account, GError **error)
{
    const struct organization *organization = account->organization;
    GArray *all = organization->costs;
    guint from = 0, count = 0, next = 0;
    int128 gross = 0;

    while (from < all->len &&
           strcmp(g_array_index(all, struct cost, from).currency, account->currency) != 0)
        from++;
    account->costs = &g_array_index(all, struct cost, from);
    while (from + count < all->len &&
           strcmp(account->costs[count].currency, account->currency) == 0)
        count++;
    for (guint i = 0; i < count; i++)
        gross += account->costs[i].nanos < 0 ? -(int128)account->costs[i].nanos
                                             : (int128)account->costs[i].nanos;
    if (gross > BURN_LIMIT_NANOS)
        return burn_refuse_range(error);
    account->first_cost = g_new0(guint, organization->day_count + 1);
    account->usage_nanos = g_new0(int64_t, organization->day_count + 1);
    account->is_provisional = g_new0(gboolean, organization->day_count + 1);
    for (guint day = 0; day < organization->day_count; day++) {
        account->first_cost[day] = next;
        for (; next < count; next++) {
            const struct cost *cost = &account->costs[next];

            g_assert(cost->day >= organization->first_day);
            if (cost->day > organization->first_day + (int32_t)day)
                break;
            account->is_provisional[day] |= cost->is_provisional;
            account->usage_nanos[day] += cost->nanos;
        }
    }
    account->first_cost[organization->day_count] = next;
    g_assert(next == count);
    return TRUE;
}

struct account *account_new(const struct organization *organization, const char *currency,
                            GError **error)
{
    g_autoptr(Account) account = g_new0(struct account, 1);
    struct burn_input input;

    account->organization = organization;
    g_strlcpy(account->currency, currency, sizeof account->currency);
    account->burn_grants = g_array_new(FALSE, TRUE, sizeof(struct burn_grant));
    account->grants = g_ptr_array_new();
    for (guint i = 0; i < organization->grant_count; i++) {
        const struct grant *grant = &organization->grants[i];

        if (strcmp(grant->currency, currency) != 0)
            continue;
        g_array_append_val(account->burn_grants, grant->burn);
        g_ptr_array_add(account->grants, (gpointer)(uintptr_t)grant);
    }
    if (!slice_costs(account, error))
        return NULL;
    input = account_burn_input(account);
    return burn_check_range(&input, error) ? g_steal_pointer(&account) : NULL;
}

void account_free(struct account *account)
{
    if (!account)
        return;
    g_array_unref(account->burn_grants);
    g_ptr_array_unref(account->grants);
    g_free(account->first_cost);
    g_free(account->usage_nanos);
    g_free(account->is_provisional);
    g_free(account);
}

struct burn_input account_burn_input(const struct account *account)
{
    return (struct burn_input){
        .grants = (const struct burn_grant *)(const void *)account->burn_grants->data,
        .grant_count = account->burn_grants->len,
        .first_day = account->organization->first_day,
        .day_count = account->organization->day_count,
        .usage_nanos = account->usage_nanos,
    };
}

void account_day_text(const struct account *account, guint day, char out[11])
{
    day_format(account->organization->first_day + (int32_t)day, out);
}

guint account_trailing_days(const struct account *account, guint days[TRAILING_DAYS])
{
    const struct organization *organization = account->organization;
    guint count = 0;

    for (guint day = organization->day_count; day-- > 0 && count < TRAILING_DAYS;)
        if (organization->is_covered[day] && !account->is_provisional[day])
            days[count++] = day;
    return count;
}
