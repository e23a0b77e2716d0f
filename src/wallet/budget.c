/* budget.c - says which budgets were exceeded, when and by how much; the sums are SQL's. */
#include "wallet/budget.h"
#include "core/exception.h"
#include "wallet/words.h"

/* The columns of wallet_exceeded_budgets. */
enum {
    ORGANIZATION_KEY,
    PROJECT_KEY,
    ORGANIZATION,
    PROJECT,
    FROM_ON,
    UNTIL_ON,
    AMOUNT,
    SPENT,
    EXCEEDED_ON,
    CURRENCY,
    FILE_ID,
    LINE,
    REFERENCE,
    MEAN_DAILY,
    MEAN_DAYS,
    FORECAST
};

/* "project proj_a", "organization org-a", "project proj_a in organization org-a" */
static char *owner_words(struct statement *row)
{
    if (statement_is_null(row, PROJECT))
        return g_strdup_printf("organization %s", statement_text(row, ORGANIZATION));
    if (statement_is_null(row, ORGANIZATION))
        return g_strdup_printf("project %s", statement_text(row, PROJECT));
    return g_strdup_printf("project %s in organization %s", statement_text(row, PROJECT),
                           statement_text(row, ORGANIZATION));
}

/* " At 1.50 USD a day, the mean of its last 12 complete days, it comes to 40.00 USD.", or "". */
static char *forecast_words(struct statement *row, const char *currency)
{
    g_autofree char *mean = NULL;
    g_autofree char *forecast = NULL;

    if (statement_is_null(row, FORECAST))
        return g_strdup("");
    mean = words_cents(statement_int(row, MEAN_DAILY), currency);
    forecast = words_cents(statement_int(row, FORECAST), currency);
    return g_strdup_printf(" At %s a day, the mean of its last complete days (%" G_GINT64_FORMAT
                           "), it comes to %s.",
                           mean, statement_int(row, MEAN_DAYS), forecast);
}

static gboolean budget_raise(struct db *db, struct statement *row, GError **error)
{
    const char *currency = statement_text(row, CURRENCY);
    const char *until = statement_is_null(row, UNTIL_ON) ? "" : statement_text(row, UNTIL_ON);
    int64_t over_nanos = statement_int(row, SPENT) - statement_int(row, AMOUNT);
    g_autofree char *owner = owner_words(row);
    g_autofree char *amount = words_money(statement_int(row, AMOUNT), currency);
    g_autofree char *spent = words_cents(statement_int(row, SPENT), currency);
    g_autofree char *over = words_cents(over_nanos, currency);
    g_autofree char *forecast = forecast_words(row, currency);
    g_autofree char *explanation = g_strdup_printf(
        "The budget of %s of %s %s %s%s%s was exceeded on %s; %s was spent by now, %s above it.%s",
        amount, owner, *until ? "from" : "since", statement_text(row, FROM_ON),
        *until ? " to " : "", until, statement_text(row, EXCEEDED_ON), spent, over, forecast);
    g_autofree char *subject =
        g_strdup_printf("%s %s %s", statement_is_null(row, ORGANIZATION) ? "project" : owner,
                        statement_text(row, FROM_ON), until);
    const struct exception exception = {
        .room = "wallet",
        .code = BUDGET_EXCEEDED,
        .organization_key = statement_int(row, ORGANIZATION_KEY),
        .project_key = statement_int(row, PROJECT_KEY),
        .dated_on = statement_text(row, EXCEEDED_ON),
        .amount_nanos = over_nanos,
        .currency = currency,
        .reference = statement_text(row, REFERENCE),
        .file_id = statement_int(row, FILE_ID),
        .line = statement_int(row, LINE),
        .explanation = explanation,
        .subject = subject,
    };

    return exception_add(db, &exception, error);
}

gboolean budget_read(struct db *db, GError **error)
{
    struct statement *rows = statement_get(db, "wallet_exceeded_budgets", error);
    enum row_status status = FAILED;

    while (rows && (status = statement_step(rows, error)) == ROW)
        if (!budget_raise(db, rows, error)) {
            statement_reset(rows);
            return FALSE;
        }
    return status == END;
}
