/*
 * refund_unseen.c - refunds that payment history tells of and no card shows.
 *
 * Told only where the statements of the payment's card cover the refund's day and all in which its
 * credit would be looked for: before that it may be on its way.
 */
#include "core/exception.h"
#include "match/refund.h"
#include "match/refund_find.h"
#include "match/sentence.h"

static gboolean unseen_raise(struct facts *facts, const struct topup *topup, const char *from_on,
                             const char *until_on, GError **error)
{
    g_autofree char *back = sentence_money(topup->refunded_nanos, topup->currency);
    g_autofree char *explanation =
        g_strdup_printf("Payment history tells that %s of the payment on %s were given back on %s, "
                        "but no credit of "
                        "that amount was found%s%s, though statements cover %s to %s.",
                        back, topup->paid_on, from_on, *topup->card_last4 ? " on card " : "",
                        topup->card_last4, from_on, until_on);
    const struct exception exception = {
        .room = "match",
        .code = REFUND,
        .organization_key = topup->organization_key,
        .dated_on = from_on,
        .amount_nanos = topup->refunded_nanos,
        .currency = topup->currency,
        .reference = topup->reference,
        .file_id = topup->file_id,
        .line = topup->line,
        .explanation = explanation,
    };

    return exception_add(facts->db, &exception, error);
}

gboolean refund_read_unseen(struct facts *facts, const struct coverage *coverage, GError **error)
{
    for (guint i = 0; i < facts->topups->len; i++) {
        const struct topup *topup = facts_topup(facts, i);
        char from_on[11], until_on[11];

        if (topup->status != PAYMENT_DUE || topup->refunded_nanos <= 0 || topup->refunded_at == 0 ||
            topup->refund_is_seen || topup->legs[LEG_CARD].state == LEG_NOT_DUE)
            continue;
        day_format(day_from_instant(topup->refunded_at), from_on);
        day_format(day_from_instant(topup->refunded_at) + REFUND_TOLD_DAYS, until_on);
        if (coverage_covers(coverage, topup->card_last4, from_on, until_on) &&
            !unseen_raise(facts, topup, from_on, until_on, error))
            return FALSE;
    }
    return TRUE;
}
