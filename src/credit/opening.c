/* opening.c - the evidence for what stood before the first day. */
#include "credit/opening.h"
#include "core/instant.h"

static guint first_use(const struct account *account)
{
    guint day = 0;

    while (day < account->organization->day_count && account->usage_nanos[day] == 0)
        day++;
    return day;
}

static const struct observation *seen_before_use(const struct account *account)
{
    const struct organization *organization = account->organization;
    int64_t used_by = organization->first_day + (int64_t)first_use(account) + 1;

    for (guint i = 0; i < organization->observation_count; i++)
        if (strcmp(organization->observations[i].currency, account->currency) == 0 &&
            organization->observations[i].observed_at < used_by * SECONDS_PER_DAY)
            return &organization->observations[i];
    return NULL;
}

static char *instant_text(int64_t at)
{
    struct civil civil;

    instant_to_civil(&civil, at, zone_utc());
    return g_strdup_printf("%04d-%02d-%02dT%02d:%02d:%02dZ", civil.year, civil.month, civil.day,
                           civil.hour, civil.minute, civil.second);
}

void opening_find(const struct account *account, struct opening *out)
{
    const struct burn_grant *first_topup = NULL;
    const struct observation *seen = seen_before_use(account);

    for (guint i = 0; i < account->burn_grants->len; i++) {
        const struct burn_grant *grant = &g_array_index(account->burn_grants, struct burn_grant, i);

        if (!grant->is_free && !grant->is_topup) {
            *out = (struct opening){"opening grant", g_strdup(grant->reference)};
            return;
        }
        if (grant->is_topup && !first_topup)
            first_topup = grant;
    }
    if (seen)
        *out = (struct opening){"balance seen", instant_text(seen->observed_at)};
    else if (first_topup && g_str_has_suffix(first_topup->reference, "-0001"))
        *out = (struct opening){"first invoice", g_strdup(first_topup->reference)};
    else
        *out = (struct opening){"", g_strdup("")};
}

void opening_clear(struct opening *opening)
{
    g_clear_pointer(&opening->reference, g_free);
}

gboolean opening_store(const struct account *account, const struct opening *opening, struct db *db,
                       GError **error)
{
    struct statement *row;
    char first_on[11];

    if (account->organization->day_count == 0)
        return TRUE;
    row = statement_get(db, "credit_opening_insert", error);
    if (!row)
        return FALSE;
    account_day_text(account, 0, first_on);
    statement_bind_int(row, "organization_key", account->organization->organization_key);
    statement_bind_text(row, "currency", account->currency);
    statement_bind_text(row, "first_on", first_on);
    statement_bind_text(row, "evidence", opening->evidence);
    statement_bind_text(row, "reference", opening->reference);
    return statement_execute(row, error);
}
