/* organization.c - money that was paid where nobody used it; which top-ups those are says SQL. */
#include "wallet/organization.h"
#include "core/exception.h"
#include "wallet/words.h"

/* The columns of wallet_wrong_organizations. */
enum {
    TOPUP_ID,
    ORGANIZATION_KEY,
    ORGANIZATION,
    OTHER_ORGANIZATION,
    PAYER,
    PAID_ON,
    CREDIT,
    CURRENCY,
    REFERENCE,
    FILE_ID,
    LINE,
    IDLE_FROM,
    IDLE_UNTIL,
    BALANCE_BEFORE,
    OTHER_BALANCE,
    OTHER_SINCE,
    OTHER_UNTIL,
    OTHER_USED_BEFORE,
    OTHER_USED_AFTER,
    TOPUP
};

/* "from 2026-05-01 to 2026-05-09", "since 2026-05-01" */
static char *span_words(const char *from, const char *until)
{
    if (!until)
        return g_strdup_printf("since %s", from);
    return g_strdup_printf("from %s to %s", from, until);
}

static char *explain(struct statement *row)
{
    const char *currency = statement_text(row, CURRENCY);
    const char *other = statement_text(row, OTHER_ORGANIZATION);
    g_autofree char *credit = words_money(statement_int(row, CREDIT), currency);
    g_autofree char *before = words_cents(statement_int(row, BALANCE_BEFORE), currency);
    g_autofree char *balance = words_cents(statement_int(row, OTHER_BALANCE), currency);
    g_autofree char *used_before = words_cents(statement_int(row, OTHER_USED_BEFORE), currency);
    g_autofree char *used_after = words_cents(statement_int(row, OTHER_USED_AFTER), currency);
    g_autofree char *span =
        span_words(statement_text(row, OTHER_SINCE),
                   statement_is_null(row, OTHER_UNTIL) ? NULL : statement_text(row, OTHER_UNTIL));

    return g_strdup_printf(
        "%s of credit went to %s on %s, paid by %s, which also pays %s. %s used nothing from %s to "
        "%s and had %s before; %s stood at %s that day, not above zero %s, after using %s in the "
        "28 "
        "days up to it, and used %s in the 14 days after.",
        credit, statement_text(row, ORGANIZATION), statement_text(row, PAID_ON),
        statement_text(row, PAYER), other, statement_text(row, ORGANIZATION),
        statement_text(row, IDLE_FROM), statement_text(row, IDLE_UNTIL), before, other, balance,
        span, used_before, used_after);
}

static gboolean wrong_raise(struct db *db, struct statement *row, GError **error)
{
    g_autofree char *explanation = explain(row);
    const struct exception exception = {
        .room = "wallet",
        .code = WRONG_ORGANIZATION,
        .organization_key = statement_int(row, ORGANIZATION_KEY),
        .dated_on = statement_text(row, PAID_ON),
        .amount_nanos = statement_int(row, CREDIT),
        .currency = statement_text(row, CURRENCY),
        .reference = statement_text(row, REFERENCE),
        .file_id = statement_int(row, FILE_ID),
        .line = statement_int(row, LINE),
        .explanation = explanation,
        .subject = statement_text(row, TOPUP),
    };

    return exception_add(db, &exception, error);
}

gboolean organization_read(struct db *db, GError **error)
{
    struct statement *rows = statement_get(db, "wallet_wrong_organizations", error);
    enum row_status status = FAILED;
    int64_t told = 0;

    while (rows && (status = statement_step(rows, error)) == ROW) {
        if (statement_int(rows, TOPUP_ID) == told)
            continue; /* the organization that was shortest of credit stands first */
        told = statement_int(rows, TOPUP_ID);
        if (!wrong_raise(db, rows, error)) {
            statement_reset(rows);
            return FALSE;
        }
    }
    return status == END;
}
