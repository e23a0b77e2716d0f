/* forecast.c - the burn-down, gone on with at a steady daily use. */
#include "credit/burn.h"

/*
 * The days so far, then FORECAST_DAYS at the mean. Use beyond all credit there ever is would change
 * nothing but overdraft: it stops there, so that a great mean cannot leave the range of int64.
 */
static int64_t *usage_continued(const struct burn_input *input, int64_t mean_nanos)
{
    int64_t *usage = g_new0(int64_t, input->day_count + FORECAST_DAYS);
    int64_t credit = 0;

    for (guint i = 0; i < input->grant_count; i++)
        credit += MAX(0, input->grants[i].face_nanos);
    for (guint i = 0; i < input->day_count; i++)
        usage[i] = input->usage_nanos[i];
    for (guint i = 0; i < FORECAST_DAYS; i++) {
        usage[input->day_count + i] = MIN(mean_nanos, credit);
        credit -= MIN(mean_nanos, credit);
    }
    return usage;
}

static int32_t first_zero(const struct burn *ahead, guint from)
{
    if (burn_day_balance(&g_array_index(ahead->days, struct burn_day, from - 1)) <= 0)
        return -1;
    for (guint i = from; i < ahead->days->len; i++)
        if (burn_day_balance(&g_array_index(ahead->days, struct burn_day, i)) <= 0)
            return ahead->input.first_day + (int32_t)i;
    return -1;
}

void burn_forecast(const struct burn *burn, int64_t mean_nanos, struct forecast *out)
{
    g_autofree int64_t *usage = usage_continued(&burn->input, mean_nanos);
    struct burn_input input = burn->input;
    g_autoptr(Burn) ahead = NULL;

    g_assert(mean_nanos >= 0);
    out->zero_day = -1;
    out->unused_nanos = g_new0(int64_t, input.grant_count);
    if (input.day_count == 0)
        return;
    input.usage_nanos = usage;
    input.day_count += FORECAST_DAYS;
    ahead = burn_new(&input, burn->policy);
    out->zero_day = first_zero(ahead, burn->input.day_count);
    for (guint i = 0; i < input.grant_count; i++)
        out->unused_nanos[i] = g_array_index(ahead->states, struct burn_state, i).expired_nanos -
                               g_array_index(burn->states, struct burn_state, i).expired_nanos;
}

void forecast_clear(struct forecast *forecast)
{
    g_clear_pointer(&forecast->unused_nanos, g_free);
}
