/* advice.c - a grid of settings, each simulated. */
#include "credit/advice.h"
#include "core/instant.h"

/* A threshold or an amount of the grid; nanos 0: as much as the target says. */
struct option {
    const char *basis;
    int64_t nanos;
};

/* Purchases of one day expire together: one lot for them all keeps a day's work small. */
static gboolean joins(const struct simulation_lot *a, const struct simulation_lot *b)
{
    return a->day == b->day && a->expires_on == b->expires_on && a->is_free == b->is_free &&
           a->is_automatic == b->is_automatic && (a->nanos < 0) == (b->nanos < 0);
}

/* A refund is taken off what it refunds from the start. */
static GArray *lots_new(const struct account *account)
{
    GArray *lots = g_array_new(FALSE, FALSE, sizeof(struct simulation_lot));

    for (guint i = 0; i < account->grants->len; i++) {
        const struct grant *grant = g_ptr_array_index(account->grants, i);
        struct simulation_lot lot = {
            .day = day_from_instant(grant->burn.granted_at),
            .expires_on = grant->burn.expires_at == NEVER
                              ? SIMULATION_NEVER
                              : day_from_instant(grant->burn.expires_at),
            .nanos = grant->burn.face_nanos - grant->burn.refunded_nanos,
            .is_free = grant->burn.is_free,
            .is_automatic = grant->purchase == AUTOMATIC,
        };
        struct simulation_lot *last =
            lots->len ? &g_array_index(lots, struct simulation_lot, lots->len - 1) : NULL;

        if (last && joins(last, &lot))
            last->nanos += lot.nanos;
        else
            g_array_append_val(lots, lot);
    }
    return lots;
}

/* days times the mean, rounded up to a step. */
static int64_t days_of_use(int128 use, guint day_count, guint days)
{
    int128 step = (int128)ADVICE_STEP_NANOS * day_count;

    return (int64_t)MIN((use * days + step - 1) / step * ADVICE_STEP_NANOS, BURN_LIMIT_NANOS);
}

static void add_option(GArray *options, const char *basis, int64_t nanos)
{
    struct option option = {basis, nanos};

    for (guint i = 0; i < options->len; i++)
        if (g_array_index(options, struct option, i).nanos == nanos)
            return;
    g_array_append_val(options, option);
}

/* Both lists begin with the current one. */
static void add_options(const struct simulation_input *input, GArray *thresholds, GArray *amounts)
{
    guint days = input->day_count - input->from;
    int128 use = 0;
    int64_t largest = 0;

    for (guint day = input->from; day < input->day_count; day++) {
        use += input->usage_nanos[day];
        largest = MAX(largest, input->usage_nanos[day]);
    }
    if (use <= 0)
        return;
    add_option(thresholds, "1 day of use", days_of_use(use, days, 1));
    add_option(thresholds, "3 days of use", days_of_use(use, days, 3));
    add_option(thresholds, "7 days of use", days_of_use(use, days, 7));
    add_option(thresholds, "the largest day's use", days_of_use(largest, 1, 1));
    add_option(amounts, "7 days of use", days_of_use(use, days, 7));
    add_option(amounts, "14 days of use", days_of_use(use, days, 14));
    add_option(amounts, "30 days of use", days_of_use(use, days, 30));
}

static void add_choice(GArray *choices, const struct simulation_input *input,
                       const char *threshold_basis, const char *amount_basis,
                       struct recharge_rule rule)
{
    struct advice_choice choice = {threshold_basis, amount_basis, rule, {0}};

    if (simulate(input, &rule, &choice.result))
        g_array_append_val(choices, choice);
}

static void add_choices(GArray *choices, const struct simulation_input *input,
                        const struct recharge_rule *current, const char *basis)
{
    g_autoptr(GArray) thresholds = g_array_new(FALSE, FALSE, sizeof(struct option));
    g_autoptr(GArray) amounts = g_array_new(FALSE, FALSE, sizeof(struct option));
    struct recharge_rule without_cap = *current;

    add_choice(choices, input, basis, basis, *current);
    if (choices->len == 0)
        return;
    without_cap.cap_nanos = INT64_MAX;
    if (current->cap_nanos != INT64_MAX)
        add_choice(choices, input, basis, basis, without_cap);
    add_option(thresholds, basis, current->threshold_nanos);
    add_option(amounts, basis, current->amount_nanos);
    add_options(input, thresholds, amounts);
    for (guint i = 0; i < thresholds->len; i++)
        for (guint j = 0; j < amounts->len; j++) {
            const struct option *threshold = &g_array_index(thresholds, struct option, i);
            const struct option *amount = &g_array_index(amounts, struct option, j);
            struct recharge_rule rule = *current;

            if (i == 0 && j == 0)
                continue;
            rule.threshold_nanos = threshold->nanos;
            rule.amount_nanos = amount->nanos;
            if (amount->nanos > 0)
                rule.target_nanos = 0;
            add_choice(choices, input, threshold->basis, amount->basis, rule);
        }
}

/* NULL when no settings are stated or to be inferred. */
static const char *find_current(const struct account *account, const struct inference *inference,
                                int32_t day, struct recharge_rule *out)
{
    const struct recharge_setting *setting = recharge_setting_at(account, day);

    if (setting) {
        *out = (struct recharge_rule){setting->threshold_nanos, setting->amount_nanos,
                                      setting->target_nanos, setting->cap_nanos};
        return "stated";
    }
    *out =
        (struct recharge_rule){inference->threshold_nanos, inference->amount_nanos, 0, INT64_MAX};
    return inference->known && inference->amount_nanos > 0 ? "inferred" : NULL;
}

struct advice *advice_new(const struct account *account, const struct inference *inference)
{
    const struct organization *organization = account->organization;
    struct advice *advice = g_new0(struct advice, 1);
    guint first = (guint)MAX(0, organization->cost_from - organization->first_day);
    guint end = organization->day_count;
    struct recharge_rule current;
    const char *basis;

    advice->choices = g_array_new(FALSE, FALSE, sizeof(struct advice_choice));
    while (end > first && account->is_provisional[end - 1])
        end--;
    if (end <= first)
        return advice;
    advice->from = MAX(first, end > ADVICE_DAYS ? end - ADVICE_DAYS : 0);
    advice->day_count = end - advice->from;
    basis = find_current(account, inference, organization->first_day + (int32_t)end - 1, &current);
    if (basis) {
        g_autoptr(GArray) lots = lots_new(account);
        struct simulation_input input = {
            .lots = (const struct simulation_lot *)(const void *)lots->data,
            .lot_count = lots->len,
            .first_day = organization->first_day,
            .day_count = end,
            .usage_nanos = account->usage_nanos,
            .from = advice->from,
        };

        add_choices(advice->choices, &input, &current, basis);
    }
    return advice;
}

void advice_free(struct advice *advice)
{
    if (!advice)
        return;
    g_array_unref(advice->choices);
    g_free(advice);
}
