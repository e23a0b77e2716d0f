/*
 * rule_balance.c - what an organization's balance says: it will soon be gone, or is refilled as
 * never before.
 *
 * Both are named at the project that carries at least half of what the organization is above its
 * usual day, for the balance itself ran nowhere.
 */
#include "runaway/watch.h"

#define WINDOW     28
#define DAYS_LEAST 7
#define BURN_DAYS  3 /* by which the present burn is taken */

static gboolean carries_it(const struct watch *watch)
{
    const struct organization *organization = watch->organization;
    int128 excess = (int128)watch->nanos - watch->base;
    int128 all = (int128)organization->total[watch->day] - organization->usual[watch->day];

    return watch->has_baseline && excess >= watch->floor && 2 * excess >= all &&
           is_times(watch->nanos, watch->threshold->of[SHAPE_GROWTH], watch->base) &&
           !(watch_marks(watch, watch->day) & MARK_BEAT) &&
           excess - watch->backlog - relief_moved(watch, excess) >= watch->floor;
}

/* At the burn of the last days the balance is gone within the stated days; at the usual burn it
 * would last the stated days at least. */
static void judge_days_left(struct watch *watch)
{
    const struct organization *organization = watch->organization;
    const struct balance *balance = &organization->balances[watch->day];
    int128 burnt = 0;

    if (!balance->is_known || balance->nanos < 0 || watch->day < BURN_DAYS)
        return;
    for (guint back = 0; back < BURN_DAYS; back++)
        burnt += organization->total[watch->day - back];
    if (organization->usual[watch->day] <= 0 ||
        (int128)balance->nanos * BURN_DAYS >= burnt * watch->threshold->of[BALANCE_DAYS] ||
        balance->nanos <
            (int128)organization->usual[watch->day] * watch->threshold->of[BALANCE_USUAL_DAYS])
        return;
    g_autofree char *left = money_format_cents(balance->nanos);
    g_autofree char *usual = money_format_cents(organization->usual[watch->day]);
    g_autofree char *burn = money_format_cents(narrow(burnt / BURN_DAYS));

    watch_hit(
        watch, RULE_DAYS_LEFT, watch->day, TRUE, watch->base,
        watch_is_first(watch, RULE_DAYS_LEFT)
            ? g_strdup_printf("%s %s are left, at %s a day in the last %d days and %s usually",
                              left, organization->currency, burn, BURN_DAYS, usual)
            : NULL);
}

/* As many recharges on one day as the stated, and twice as many as on any day of the weeks
 * before. */
static void judge_recharges(struct watch *watch)
{
    const struct balance *balances = watch->organization->balances;
    guint most = 0, known = 0, now = balances[watch->day].recharges;

    if (now < watch->threshold->of[BALANCE_RECHARGES])
        return;
    for (guint day = watch->day > WINDOW ? watch->day - WINDOW : 0; day < watch->day; day++) {
        most = MAX(most, balances[day].recharges);
        known += balances[day].is_known;
    }
    if (known < DAYS_LEAST || now < 2 * most)
        return;
    watch_hit(watch, RULE_RECHARGES, watch->day, TRUE, watch->base,
              watch_is_first(watch, RULE_RECHARGES)
                  ? g_strdup_printf(
                        "%u recharges on one day against %u at most in the weeks before", now, most)
                  : NULL);
}

void rule_balance(struct watch *watch)
{
    if (!watch->organization->balances || watch_at(watch, watch->day)->is_estimated ||
        !carries_it(watch))
        return;
    judge_days_left(watch);
    judge_recharges(watch);
}
