/* raise.c - what every exception about a top-up has in common. */
#include "match/raise.h"

gboolean topup_raise(struct facts *facts, const struct topup *topup, enum exception_code code,
                     const char *explanation, GError **error)
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
    };

    return exception_add(facts->db, &exception, error);
}
