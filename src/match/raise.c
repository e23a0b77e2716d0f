/* raise.c - what every exception about a top-up has in common. */
#include "match/raise.h"

static gboolean raise_about(struct facts *facts, const struct topup *topup,
                            enum exception_code code, const char *subject, const char *explanation,
                            GError **error)
{
    const struct exception exception = {
        .room = "match",
        .code = code,
        .organization_key = topup->organization_key,
        .dated_on = topup->paid_on,
        .amount_nanos = ABS(topup->total_nanos),
        .currency = topup->currency,
        .reference = topup->reference,
        .file_id = topup->file_id,
        .line = topup->line,
        .explanation = explanation,
        .subject = subject,
    };

    return exception_add(facts->db, &exception, error);
}

gboolean topup_raise(struct facts *facts, const struct topup *topup, enum exception_code code,
                     const char *explanation, GError **error)
{
    return raise_about(facts, topup, code, topup->id, explanation, error);
}

gboolean leg_raise(struct facts *facts, const struct topup *topup, enum leg leg,
                   enum exception_code code, const char *explanation, GError **error)
{
    g_autofree char *subject =
        g_strdup_printf("%s %s", topup->id, leg == LEG_CARD ? "card" : "receipt");

    return raise_about(facts, topup, code, subject, explanation, error);
}
