/*
 * attempt.c - pairs attempts with what followed them: the same organization and credit, within a
 * day.
 *
 * A failed attempt that a paid one followed within 24 hours is ordinary and raises nothing; one
 * that none followed may have stopped usage. Three attempts within ten minutes, one of them failed,
 * are reported once: a card might have been charged for more than one of them.
 */
#include "match/attempt.h"
#include "match/raise.h"
#include "match/sentence.h"

#define RETRY_SECONDS  SECONDS_PER_DAY
#define BURST_SECONDS  600
#define BURST_ATTEMPTS 3
#define PENDING_DAYS   5

/* Two attempts at the same thing. */
static gboolean attempts_alike(const struct topup *a, const struct topup *b)
{
    return a->organization_key == b->organization_key && a->credit_nanos == b->credit_nanos &&
           g_str_equal(a->credit_currency, b->credit_currency);
}

/* The next attempt at the same thing within a span, or NONE. Top-ups stand by organization and
 * time. */
static guint attempt_next(const struct facts *facts, guint index, int64_t span, gboolean paid_only)
{
    const struct topup *topup = facts_topup(facts, index);

    for (guint i = index + 1; i < facts->topups->len; i++) {
        const struct topup *next = facts_topup(facts, i);

        if (next->organization_key != topup->organization_key ||
            next->paid_at - topup->paid_at > span)
            break;
        if (attempts_alike(topup, next) && (!paid_only || next->status == PAYMENT_DUE))
            return i;
    }
    return NONE;
}

static gboolean retry_write(struct facts *facts, guint index, GError **error)
{
    struct statement *insert = statement_get(facts->db, "match_retry_insert", error);
    guint next = attempt_next(facts, index, RETRY_SECONDS, FALSE);

    if (!insert)
        return FALSE;
    statement_bind_int(insert, "topup_id", facts_topup(facts, index)->topup_id);
    statement_bind_key(insert, "retried_by_topup_id",
                       next == NONE ? 0 : facts_topup(facts, next)->topup_id);
    return statement_execute(insert, error);
}

static gboolean failure_raise(struct facts *facts, guint index, GError **error)
{
    const struct topup *topup = facts_topup(facts, index);
    g_autofree char *total = sentence_money(topup->total_nanos, topup->currency);
    g_autofree char *explanation = NULL;
    char paid_at[21];

    if (attempt_next(facts, index, RETRY_SECONDS, TRUE) != NONE)
        return TRUE;
    instant_format(topup->paid_at, paid_at);
    explanation = g_strdup_printf("The payment of %s at %s failed, and no payment for the same "
                                  "credit succeeded within 24 hours.",
                                  total, paid_at);
    return topup_raise(facts, topup, FAILED_TOPUP, explanation, error);
}

static gboolean pending_raise(struct facts *facts, guint index, GError **error)
{
    const struct topup *topup = facts_topup(facts, index);
    int64_t days = (facts->last_at - topup->paid_at) / SECONDS_PER_DAY;
    g_autofree char *total = sentence_money(topup->total_nanos, topup->currency);
    g_autofree char *explanation = NULL;

    if (facts->last_at - topup->paid_at <= PENDING_DAYS * SECONDS_PER_DAY)
        return TRUE;
    explanation = g_strdup_printf("The payment of %s is still pending %" G_GINT64_FORMAT
                                  " days later, at the ledger's last fact.",
                                  total, days);
    return topup_raise(facts, topup, PENDING_AGED, explanation, error);
}

/* The attempts of one burst: alike, all within ten minutes of the first; in_burst marks them. */
static gboolean burst_raise(struct facts *facts, guint first, gboolean *in_burst, GError **error)
{
    const struct topup *topup = facts_topup(facts, first);
    guint count = 0, failed = 0;
    g_autofree char *total = sentence_money(topup->total_nanos, topup->currency);
    g_autofree char *explanation = NULL;

    for (guint i = first; i < facts->topups->len; i++) {
        const struct topup *next = facts_topup(facts, i);

        if (next->organization_key != topup->organization_key ||
            next->paid_at - topup->paid_at > BURST_SECONDS)
            break;
        if (!in_burst[i] && attempts_alike(topup, next)) {
            count++;
            failed += next->status == PAYMENT_FAILED;
        }
    }
    if (count < BURST_ATTEMPTS || failed == 0)
        return TRUE;
    for (guint i = first, marked = 0; marked < count; i++)
        if (!in_burst[i] && attempts_alike(topup, facts_topup(facts, i))) {
            in_burst[i] = TRUE;
            marked++;
        }
    explanation = g_strdup_printf("%u attempts to pay %s within ten minutes, %u of them failed.",
                                  count, total, failed);
    return topup_raise(facts, topup, RAPID_RETRY, explanation, error);
}

gboolean attempt_read(struct facts *facts, GError **error)
{
    g_autofree gboolean *in_burst = g_new0(gboolean, facts->topups->len + 1);

    for (guint i = 0; i < facts->topups->len; i++) {
        enum payment_status status = facts_topup(facts, i)->status;

        if ((status == PAYMENT_FAILED || status == PAYMENT_VOID) && !retry_write(facts, i, error))
            return FALSE;
        if (status == PAYMENT_FAILED && !failure_raise(facts, i, error))
            return FALSE;
        if (status == PAYMENT_PENDING && !pending_raise(facts, i, error))
            return FALSE;
        if (!in_burst[i] && !burst_raise(facts, i, in_burst, error))
            return FALSE;
    }
    return TRUE;
}
