/* sighting.c - the range that a balance may have at an instant. */
#include "credit/sighting.h"
#include "core/instant.h"
#include "core/money.h"

#define CENT (NANOS_PER_UNIT / 100)

/* What grants, expiries and refunds of the day did to the balance until the instant. */
static int64_t moved_until(const struct burn *burn, guint day, int64_t at)
{
    int64_t moved = 0;

    for (guint i = 0; i < burn->movements->len; i++) {
        const struct burn_movement *movement =
            &g_array_index(burn->movements, struct burn_movement, i);

        if (movement->day != day || movement->at > at)
            continue;
        if (movement->kind == GRANTED)
            moved += movement->nanos;
        else if (movement->kind == EXPIRED || movement->kind == WITHDRAWN)
            moved -= movement->nanos;
    }
    return moved;
}

/* Top-ups of which the instant is not known may not have come yet, or may have come already. */
static void widen(const struct account *account, int64_t at, struct sighting *out)
{
    for (guint i = 0; i < account->grants->len; i++) {
        const struct grant *grant = g_ptr_array_index(account->grants, i);

        if (at < grant->dated_from || at >= grant->dated_until)
            continue;
        if (grant->burn.granted_at <= at)
            out->low_nanos -= grant->burn.face_nanos;
        else
            out->high_nanos += grant->burn.face_nanos;
    }
}

/* FALSE when the observation lies outside the days of the burn-down. */
static gboolean check(const struct account *account, const struct burn *burn, struct sighting *out)
{
    const struct observation *observation = out->observation;
    int64_t day = day_from_instant(observation->observed_at) - burn->input.first_day;
    int64_t observed, usage, balance = 0;

    if (day < 0 || day >= burn->days->len)
        return FALSE;
    if (day > 0)
        balance = burn_day_balance(&g_array_index(burn->days, struct burn_day, day - 1));
    balance += moved_until(burn, (guint)day, observation->observed_at);
    /* A typing error beyond all range stays one, and in range. */
    observed = CLAMP(observation->balance_nanos, -BURN_LIMIT_NANOS, BURN_LIMIT_NANOS);
    usage = burn->input.usage_nanos[day];
    out->low_nanos = balance - MAX(usage, 0);
    out->high_nanos = balance - MIN(usage, 0);
    widen(account, observation->observed_at, out);
    out->unexplained_nanos = MIN(observed - out->low_nanos, 0) + MAX(observed - out->high_nanos, 0);
    if (observed % CENT == 0 && out->unexplained_nanos > -CENT && out->unexplained_nanos < CENT)
        out->unexplained_nanos = 0;
    return TRUE;
}

static int sign(int64_t nanos)
{
    return (nanos > 0) - (nanos < 0);
}

/* last: the sighting before, or NULL. */
static void follow(struct sighting *sighting, const struct sighting *last)
{
    if (sighting->unexplained_nanos == 0)
        return;
    if (last && sign(last->unexplained_nanos) == sign(sighting->unexplained_nanos)) {
        sighting->since = last->since;
        sighting->prior = last->prior;
        sighting->prior_ties = last->prior_ties;
        return;
    }
    sighting->since = sighting->observation;
    sighting->prior = last ? last->observation : NULL;
    sighting->prior_ties = last && last->unexplained_nanos == 0;
}

GArray *sightings_new(const struct account *account, const struct burn *burn)
{
    const struct organization *organization = account->organization;
    GArray *sightings = g_array_new(FALSE, TRUE, sizeof(struct sighting));

    for (guint i = 0; i < organization->observation_count; i++) {
        struct sighting sighting = {.observation = &organization->observations[i]};

        if (strcmp(sighting.observation->currency, account->currency) != 0 ||
            !check(account, burn, &sighting))
            continue;
        follow(&sighting, sightings->len
                              ? &g_array_index(sightings, struct sighting, sightings->len - 1)
                              : NULL);
        g_array_append_val(sightings, sighting);
    }
    return sightings;
}
