/* share.c - allocates use to projects, in proportion to their cost. */
#include "credit/share.h"
#include "core/money.h"

static void share_day(const struct account *account, guint day, const struct burn_day *burned,
                      GArray *shares)
{
    guint first = account->first_cost[day];
    guint count = account->first_cost[day + 1] - first;
    const struct cost *costs = &account->costs[first];
    g_autofree int64_t *weights = g_new0(int64_t, count);
    g_autofree int64_t *drawn = g_new0(int64_t, count);
    g_autofree int64_t *overdrawn = g_new0(int64_t, count);

    if (burned->drawn_nanos == 0 && burned->overdrawn_nanos == 0)
        return;
    for (guint i = 0; i < count; i++)
        weights[i] = MAX(0, burned->usage_nanos > 0 ? costs[i].nanos : -costs[i].nanos);
    money_split(drawn, burned->drawn_nanos, weights, count);
    money_split(overdrawn, burned->overdrawn_nanos, weights, count);
    for (guint i = 0; i < count; i++) {
        struct share share = {day, costs[i].project, drawn[i], overdrawn[i]};

        if (drawn[i] != 0 || overdrawn[i] != 0)
            g_array_append_val(shares, share);
    }
}

GArray *share_days(const struct account *account, const struct burn *burn)
{
    GArray *shares = g_array_new(FALSE, FALSE, sizeof(struct share));

    for (guint day = 0; day < burn->days->len; day++)
        share_day(account, day, &g_array_index(burn->days, struct burn_day, day), shares);
    return shares;
}

static gboolean keep_positive(int64_t *weights, guint count)
{
    gboolean any = FALSE;

    for (guint i = 0; i < count; i++) {
        weights[i] = MAX(0, weights[i]);
        any |= weights[i] > 0;
    }
    return any;
}

static void add_costs(const struct account *account, guint day, int64_t *weights)
{
    for (guint i = account->first_cost[day]; i < account->first_cost[day + 1]; i++)
        weights[account->costs[i].project] += account->costs[i].nanos;
}

int64_t *share_weights(const struct account *account, enum share_basis *basis)
{
    guint count = account->organization->projects->len;
    int64_t *weights = g_new0(int64_t, count);
    guint days[TRAILING_DAYS];
    guint day_count = account_trailing_days(account, days);

    *basis = TRAILING;
    for (guint i = 0; i < day_count; i++)
        add_costs(account, days[i], weights);
    if (keep_positive(weights, count))
        return weights;
    *basis = LIFE;
    for (guint i = 0; i < count; i++)
        weights[i] = 0;
    for (guint day = 0; day < account->organization->day_count; day++)
        add_costs(account, day, weights);
    if (!keep_positive(weights, count))
        *basis = UNALLOCATED;
    return weights;
}
