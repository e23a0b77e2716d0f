/* raise.c - what a person should look at in an account, in sentences with numbers. */
#include "credit/raise.h"
#include "core/exception.h"
#include "core/instant.h"
#include "core/money.h"
#include "credit/overdraft.h"
#include "credit/sighting.h"

#define EXPIRING_SOON_DAYS 30

static struct exception exception_of(const struct outcome *outcome, enum exception_code code,
                                     int64_t amount_nanos)
{
    return (struct exception){
        .room = "credit",
        .code = code,
        .organization_key = outcome->account->organization->organization_key,
        .amount_nanos = ABS(amount_nanos),
        .currency = outcome->account->currency,
        .reference = "",
    };
}

static char *span_text(const struct outcome *outcome, const struct overdraft *overdraft)
{
    char from[11], until[11];

    account_day_text(outcome->account, overdraft->from, from);
    account_day_text(outcome->account, overdraft->until, until);
    if (overdraft->is_open)
        return g_strdup_printf("is below zero since %s", from);
    if (overdraft->from == overdraft->until)
        return g_strdup_printf("was below zero on %s", from);
    return g_strdup_printf("was below zero from %s to %s", from, until);
}

static gboolean raise_overdraft(const struct outcome *outcome, const struct overdraft *overdraft,
                                struct db *db, GError **error)
{
    struct exception exception = exception_of(outcome, NEGATIVE_BALANCE, overdraft->lowest_nanos);
    g_autofree char *span = span_text(outcome, overdraft);
    g_autofree char *lowest = money_format_cents(overdraft->lowest_nanos);
    g_autofree char *explanation =
        g_strdup_printf("The balance %s, at its lowest %s %s; caused by %s%s%s.", span, lowest,
                        outcome->account->currency, overdraft->caused_by,
                        *overdraft->repaid_by ? "; repaid by " : "", overdraft->repaid_by);
    char from[11];

    account_day_text(outcome->account, overdraft->from, from);
    exception.dated_on = from;
    exception.explanation = explanation;
    return exception_add(db, &exception, error);
}

static gboolean raise_opening(const struct outcome *outcome, const struct opening *opening,
                              struct db *db, GError **error)
{
    struct exception exception = exception_of(outcome, OPENING_UNKNOWN, 0);
    char day[11];
    g_autofree char *explanation = NULL;

    if (outcome->burn->days->len == 0 || *opening->evidence)
        return TRUE;
    account_day_text(outcome->account, 0, day);
    explanation = g_strdup_printf("What stood in %s before %s is assumed to be zero: no opening "
                                  "grant, no balance seen before the first use, and no invoice "
                                  "with counter 0001 says otherwise.",
                                  outcome->account->currency, day);
    exception.dated_on = day;
    exception.explanation = explanation;
    return exception_add(db, &exception, error);
}

static gboolean raise_grant(const struct outcome *outcome, guint index, enum exception_code code,
                            int64_t nanos, const char *explanation, struct db *db, GError **error)
{
    const struct grant *grant = g_ptr_array_index(outcome->account->grants, index);
    struct exception exception = exception_of(outcome, code, nanos);
    char day[11];

    day_format(day_from_instant(grant->burn.expires_at), day);
    exception.dated_on = day;
    exception.reference = grant->burn.reference;
    exception.file_id = grant->file_id;
    exception.line = grant->line;
    exception.explanation = explanation;
    return exception_add(db, &exception, error);
}

static gboolean raise_expiring(const struct outcome *outcome, guint index, struct db *db,
                               GError **error)
{
    const struct burn_input *input = &outcome->burn->input;
    const struct burn_grant *grant = &input->grants[index];
    int64_t after = (input->first_day + (int64_t)input->day_count) * SECONDS_PER_DAY;
    int64_t left = g_array_index(outcome->burn->states, struct burn_state, index).remaining_nanos;
    int64_t unused = outcome->forecast.unused_nanos[index];
    g_autofree char *remaining = money_format_cents(left);
    g_autofree char *forecast = money_format_cents(unused);
    g_autofree char *mean = money_format_cents(outcome->mean_nanos);
    g_autofree char *explanation = NULL;
    char day[11];

    if (input->day_count == 0 || left <= 0 || grant->expires_at < after ||
        grant->expires_at >= after + EXPIRING_SOON_DAYS * SECONDS_PER_DAY)
        return TRUE;
    day_format(day_from_instant(grant->expires_at), day);
    explanation = g_strdup_printf("%s %s of this grant expires on %s; at the mean use of %s a day "
                                  "%s of it will not be used.",
                                  remaining, outcome->account->currency, day, mean,
                                  unused > 0 ? forecast : "nothing");
    return raise_grant(outcome, index, EXPIRING_CREDITS, left, explanation, db, error);
}

static int64_t expired_total(const struct outcome *outcome)
{
    int64_t total = 0;

    for (guint i = 0; i < outcome->burn->states->len; i++)
        total += g_array_index(outcome->burn->states, struct burn_state, i).expired_nanos;
    return total;
}

static gboolean raise_expired(const struct outcome *outcome, const struct outcome *other,
                              guint index, struct db *db, GError **error)
{
    const struct burn_state *state =
        &g_array_index(outcome->burn->states, struct burn_state, index);
    const char *currency = outcome->account->currency;
    GString *text;
    g_autofree char *explanation = NULL, *expired = NULL;

    if (state->expired_nanos <= 0)
        return TRUE;
    expired = money_format_cents(state->expired_nanos);
    text = g_string_new(NULL);
    g_string_append_printf(text, "%s %s of this grant expired unused", expired, currency);
    if (state->expired_low_nanos < state->expired_nanos) {
        g_autofree char *low = money_format_cents(state->expired_low_nanos);

        g_string_append_printf(text,
                               ", or as little as %s if the day's use came before the hour "
                               "of expiry",
                               low);
    }
    if (expired_total(outcome) != expired_total(other)) {
        g_autofree char *mine = money_format_cents(expired_total(outcome));
        g_autofree char *theirs = money_format_cents(expired_total(other));

        g_string_append_printf(text, "; in all, %s %s expired under %s and %s under %s", mine,
                               currency, burn_policy_name(outcome->burn->policy), theirs,
                               burn_policy_name(other->burn->policy));
    }
    g_string_append_c(text, '.');
    explanation = g_string_free(text, FALSE);
    return raise_grant(outcome, index, EXPIRED_CREDITS, state->expired_nanos, explanation, db,
                       error);
}

/* "2026-03-14 at 10:00:00Z" */
static char *instant_text(int64_t at)
{
    struct civil civil;

    instant_to_civil(&civil, at, zone_utc());
    return g_strdup_printf("%04d-%02d-%02d at %02d:%02d:%02dZ", civil.year, civil.month, civil.day,
                           civil.hour, civil.minute, civil.second);
}

/* Between which two observations a difference arose, in a sentence. */
static char *arisen_text(const struct sighting *sighting)
{
    g_autofree char *since = instant_text(sighting->since->observed_at);
    g_autofree char *prior = NULL;
    const char *persists = sighting->since == sighting->observation ? "" : ", and has stood since";

    if (!sighting->prior)
        return g_strdup_printf("It was there at the first balance seen, on %s%s.", since, persists);
    prior = instant_text(sighting->prior->observed_at);
    return g_strdup_printf("It arose between %s, when the balance seen %s, and %s%s.", prior,
                           sighting->prior_ties ? "tied out" : "differed the other way", since,
                           persists);
}

static gboolean raise_mismatch(const struct outcome *outcome, const struct sighting *sighting,
                               struct db *db, GError **error)
{
    const struct account *account = outcome->account;
    const struct observation *observation = sighting->observation;
    struct exception exception;
    g_autofree char *observed = NULL, *low = NULL, *high = NULL, *rest = NULL, *explanation = NULL;
    g_autofree char *arisen = NULL;
    int32_t day = day_from_instant(observation->observed_at);
    struct civil seen;
    char text[11], reference[] = "00:00:00Z";
    g_autofree char *subject = NULL;

    if (sighting->unexplained_nanos == 0)
        return TRUE;
    exception = exception_of(outcome, BALANCE_MISMATCH, sighting->unexplained_nanos);
    observed = money_format_cents(observation->balance_nanos);
    low = money_format_cents(sighting->low_nanos);
    high = money_format_cents(sighting->high_nanos);
    rest = money_format_cents(sighting->unexplained_nanos);
    arisen = arisen_text(sighting);
    day_format(day, text);
    instant_to_civil(&seen, observation->observed_at, zone_utc());
    g_snprintf(reference, sizeof reference, "%02d:%02d:%02dZ", seen.hour, seen.minute, seen.second);
    explanation = g_strdup_printf(
        "A balance of %s %s was seen on %s at %s; the ledger allows %s to %s then%s, which leaves "
        "%s unexplained. %s",
        observed, account->currency, text, reference, low, high,
        account->is_provisional[day - account->organization->first_day]
            ? " (the day's cost is provisional)"
            : "",
        rest, arisen);
    /* Two balances of one day, or of one second, are two exceptions. */
    subject = g_strdup_printf("%s %s", reference, observed);
    exception.subject = subject;
    exception.reference = reference;
    exception.dated_on = text;
    exception.file_id = observation->file_id;
    exception.line = observation->line;
    exception.explanation = explanation;
    return exception_add(db, &exception, error);
}

gboolean outcome_raise(const struct outcome *outcome, const struct outcome *other,
                       const struct opening *opening, struct db *db, GError **error)
{
    if (!raise_opening(outcome, opening, db, error))
        return FALSE;
    for (guint i = 0; i < outcome->overdrafts->len; i++)
        if (!raise_overdraft(outcome, g_ptr_array_index(outcome->overdrafts, i), db, error))
            return FALSE;
    for (guint i = 0; i < outcome->burn->states->len; i++)
        if (!raise_expired(outcome, other, i, db, error) || !raise_expiring(outcome, i, db, error))
            return FALSE;
    for (guint i = 0; i < outcome->sightings->len; i++)
        if (!raise_mismatch(outcome, &g_array_index(outcome->sightings, struct sighting, i), db,
                            error))
            return FALSE;
    return TRUE;
}
