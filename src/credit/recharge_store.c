/* recharge_store.c - the audit and the advice, into the ledger and into words. */
#include "core/exception.h"
#include "core/instant.h"
#include "core/money.h"
#include "credit/advice.h"

#define SUSPECTS_TOLD 5

static const struct grant *grant_at(const struct account *account, guint index)
{
    return g_ptr_array_index(account->grants, index);
}

/* A sentence on a cap that was broken, "" on any other. */
static void append_cap(GString *text, const struct account *account,
                       const struct recharge_month *month)
{
    const struct grant *first = grant_at(account, month->broken_by);
    int64_t automatic = month->bought[AUTOMATIC].nanos;
    int64_t all = automatic + month->bought[BY_HAND].nanos + month->bought[UNSTATED].nanos;
    g_autofree char *cap = money_format_cents(month->cap_nanos);
    g_autofree char *over = money_format_cents(month->over_nanos);
    g_autofree char *automatic_text = money_format_cents(automatic);
    g_autofree char *all_text = money_format_cents(all);
    char day[11];

    day_format(day_from_instant(first->burn.granted_at), day);
    if (month->cap_state == CAP_BROKEN)
        g_string_append_printf(text,
                               "The automatic recharges of %s %s in %s broke the cap of %s by %s, "
                               "from %s of %s on.",
                               automatic_text, account->currency, month->month, cap, over,
                               first->burn.reference, day);
    else if (month->cap_state == CAP_BROKEN_WITH_MANUAL)
        g_string_append_printf(
            text,
            "The automatic recharges of %s %s in %s keep the cap of %s; with the other purchases "
            "it is %s, and %s of %s came %s above the cap. Whether purchases by hand count toward "
            "it is not published.",
            automatic_text, account->currency, month->month, cap, all_text, first->burn.reference,
            day, over);
}

static void append_suspects(GString *text, const struct account *account, const GArray *suspects)
{
    for (guint i = 0; i < MIN(suspects->len, SUSPECTS_TOLD); i++) {
        const struct suspect *suspect = &g_array_index(suspects, struct suspect, i);
        g_autofree char *low = money_format_cents(suspect->low_nanos);
        g_autofree char *threshold = money_format_cents(suspect->threshold_nanos);

        g_string_append_printf(
            text, "%s%s came while %s at least stood, above %s %s.", text->len ? " " : "",
            grant_at(account, suspect->grant)->burn.reference, low,
            suspect->stated ? "the threshold of" : "all that any recharge before it found, at most",
            threshold);
    }
    if (suspects->len > SUSPECTS_TOLD)
        g_string_append_printf(text, " And %u more.", suspects->len - SUSPECTS_TOLD);
}

static char *month_text(const struct account *account, const struct recharge_month *month)
{
    GString *text = g_string_new(NULL);

    if (month->cap_state == CAP_BROKEN || month->cap_state == CAP_BROKEN_WITH_MANUAL)
        append_cap(text, account, month);
    append_suspects(text, account, month->suspects);
    return g_string_free(text, FALSE);
}

/* NEVER and the like stand as null. */
static void bind_or_null(struct statement *row, const char *name, int64_t value, int64_t null)
{
    if (value == null)
        statement_bind_null(row, name);
    else
        statement_bind_int(row, name, value);
}

static void bind_purchases(struct statement *row, const char *count, const char *nanos,
                           const struct purchases *purchases)
{
    statement_bind_int(row, count, purchases->count);
    statement_bind_int(row, nanos, purchases->nanos);
}

static gboolean store_month(const struct account *account, const struct recharge_month *month,
                            struct db *db, GError **error)
{
    static const char *const bases[] = {
        [NO_THRESHOLD] = "", [STATED] = "stated", [INFERRED] = "inferred"};
    struct statement *row = statement_get(db, "credit_recharge_month_insert", error);
    g_autofree char *explanation = month_text(account, month);
    int64_t suspect_nanos = 0;

    if (!row)
        return FALSE;
    for (guint i = 0; i < month->suspects->len; i++)
        suspect_nanos += grant_at(account, g_array_index(month->suspects, struct suspect, i).grant)
                             ->burn.face_nanos;
    statement_bind_int(row, "organization_key", account->organization->organization_key);
    statement_bind_text(row, "currency", account->currency);
    statement_bind_text(row, "month", month->month);
    bind_purchases(row, "automatic_count", "automatic_nanos", &month->bought[AUTOMATIC]);
    bind_purchases(row, "manual_count", "manual_nanos", &month->bought[BY_HAND]);
    bind_purchases(row, "unstated_count", "unstated_nanos", &month->bought[UNSTATED]);
    bind_or_null(row, "cap_nanos", month->cap_nanos, NEVER);
    statement_bind_text(row, "cap_state", cap_state_name(month->cap_state));
    if (month->threshold_basis != NO_THRESHOLD)
        statement_bind_int(row, "threshold_nanos", month->threshold_nanos);
    statement_bind_text(row, "threshold_basis", bases[month->threshold_basis]);
    statement_bind_int(row, "suspect_count", month->suspects->len);
    statement_bind_int(row, "suspect_nanos", suspect_nanos);
    statement_bind_text(row, "explanation", explanation);
    return statement_execute(row, error);
}

/* An error when automatic recharges alone broke the cap; else it depends on what is not published.
 */
static gboolean raise_cap(const struct account *account, const struct recharge_month *month,
                          struct db *db, GError **error)
{
    const struct grant *first = grant_at(account, month->broken_by);
    g_autoptr(GString) text = g_string_new(NULL);
    char day[11];

    if (month->cap_state != CAP_BROKEN && month->cap_state != CAP_BROKEN_WITH_MANUAL)
        return TRUE;
    append_cap(text, account, month);
    day_format(day_from_instant(first->burn.granted_at), day);
    struct exception exception = {
        .room = "credit",
        .code = RECHARGE_CAP,
        .severity = month->cap_state == CAP_BROKEN ? NULL : "info",
        .organization_key = account->organization->organization_key,
        .dated_on = day,
        .amount_nanos = month->over_nanos,
        .currency = account->currency,
        .reference = first->burn.reference,
        .file_id = first->file_id,
        .line = first->line,
        .explanation = text->str,
    };
    return exception_add(db, &exception, error);
}

static void bind_rule(struct statement *row, const struct recharge_rule *rule)
{
    statement_bind_int(row, "threshold_nanos", rule->threshold_nanos);
    bind_or_null(row, "amount_nanos", rule->amount_nanos, 0);
    bind_or_null(row, "target_nanos", rule->target_nanos, 0);
    bind_or_null(row, "cap_nanos", rule->cap_nanos, INT64_MAX);
}

static void bind_result(struct statement *row, const struct simulation *result, guint day_count)
{
    /* Of 30 days, to a tenth, halves up. */
    int128 tenths = ((int128)result->payment_count * 600 + day_count) / (2 * (int128)day_count);
    g_autofree char *per_month =
        g_strdup_printf("%" G_GINT64_FORMAT ".%d", (int64_t)(tenths / 10), (int)(tenths % 10));

    statement_bind_int(row, "opening_nanos", result->opening_nanos);
    statement_bind_int(row, "recorded_nanos", result->recorded_nanos);
    statement_bind_int(row, "payment_count", result->payment_count);
    statement_bind_int(row, "payment_nanos", result->payment_nanos);
    statement_bind_text(row, "payments_per_month", per_month);
    statement_bind_int(row, "usage_nanos", result->usage_nanos);
    statement_bind_int(row, "expired_nanos", result->expired_nanos);
    statement_bind_int(row, "adjustment_nanos", result->adjustment_nanos);
    statement_bind_int(row, "closing_nanos", result->closing_nanos);
    statement_bind_int(row, "stop_out_count", result->stop_out_count);
    statement_bind_int(row, "capped_count", result->capped_count);
    statement_bind_int(row, "idle_nanos", result->idle_nanos);
}

static gboolean store_choice(const struct account *account, const struct advice *advice,
                             guint index, struct db *db, GError **error)
{
    const struct advice_choice *choice =
        &g_array_index(advice->choices, struct advice_choice, index);
    struct statement *row = statement_get(db, "credit_recharge_choice_insert", error);
    char day[11];

    if (!row)
        return FALSE;
    statement_bind_int(row, "organization_key", account->organization->organization_key);
    statement_bind_text(row, "currency", account->currency);
    statement_bind_int(row, "position", index + 1);
    statement_bind_text(row, "threshold_basis", choice->threshold_basis);
    statement_bind_text(row, "amount_basis", choice->amount_basis);
    statement_bind_int(row, "is_current", index == 0);
    account_day_text(account, advice->from, day);
    statement_bind_text(row, "from_on", day);
    account_day_text(account, advice->from + advice->day_count - 1, day);
    statement_bind_text(row, "until_on", day);
    statement_bind_int(row, "day_count", advice->day_count);
    bind_rule(row, &choice->rule);
    bind_result(row, &choice->result, advice->day_count);
    return statement_execute(row, error);
}

gboolean recharge_run(const struct account *account, const struct burn *burn, struct db *db,
                      GError **error)
{
    g_autoptr(RechargeAudit) audit = recharge_audit_new(account, burn);
    g_autoptr(Advice) advice = advice_new(account, &audit->inference);

    for (guint i = 0; i < audit->months->len; i++) {
        const struct recharge_month *month =
            &g_array_index(audit->months, struct recharge_month, i);

        if (!store_month(account, month, db, error) || !raise_cap(account, month, db, error))
            return FALSE;
    }
    for (guint i = 0; i < advice->choices->len; i++)
        if (!store_choice(account, advice, i, db, error))
            return FALSE;
    return TRUE;
}
