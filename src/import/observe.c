/* observe.c - balances seen on the console, entered by hand. */
#include "core/audit.h"
#include "core/instant.h"
#include "core/money.h"
#include "core/secret.h"
#include "import/dictionary.h"
#include "import/forget.h"
#include "import/import.h"

struct observation {
    int64_t organization_key, observed_at, balance_nanos;
    const char *currency;
};

static void bind_observation(struct statement *statement, const struct observation *observation)
{
    statement_bind_int(statement, "organization_key", observation->organization_key);
    statement_bind_int(statement, "observed_at", observation->observed_at);
    statement_bind_int(statement, "balance_nanos", observation->balance_nanos);
    statement_bind_text(statement, "currency", observation->currency);
}

static enum row_status is_entered(struct db *db, const struct observation *observation,
                                  GError **error)
{
    struct statement *statement = statement_get(db, "observation_row_find", error);
    enum row_status status;

    if (!statement)
        return FAILED;
    bind_observation(statement, observation);
    status = statement_step(statement, error);
    statement_reset(statement);
    return status;
}

static gboolean enter(struct db *db, const struct observation *observation, GError **error)
{
    struct statement *statement = statement_get(db, "observation_row_insert", error);

    if (!statement)
        return FALSE;
    statement_bind_null(statement, "file_id");
    statement_bind_int(statement, "line", 0);
    bind_observation(statement, observation);
    return statement_execute(statement, error);
}

static gboolean log_observation(struct db *db, const char *organization_id,
                                const struct observation *observation, GError **error)
{
    g_autofree char *balance = money_format(observation->balance_nanos, 2);
    char observed_at[21];
    g_autofree char *detail = NULL;
    struct act act = {.action = "observe", .subject = organization_id};

    instant_format(observation->observed_at, observed_at);
    detail = g_strdup_printf("at=%s\nbalance=%s\ncurrency=%s", observed_at, balance,
                             observation->currency);
    act.detail = detail;
    return audit_append(db, &act, error);
}

gboolean import_observe(struct db *db, const char *organization_id, gint64 observed_at,
                        gint64 balance_nanos, const char *currency, GError **error)
{
    g_autoptr(Transaction) transaction = transaction_begin(db, error);
    g_autoptr(Dictionary) dictionary = dictionary_new(db);
    g_autofree char *masked = secret_masked(organization_id);
    const struct text organization = {masked, strlen(masked)};
    struct observation observation = {
        .observed_at = observed_at, .balance_nanos = balance_nanos, .currency = currency};

    if (!transaction || !dictionary_id(dictionary, DICTIONARY_ORGANIZATION, NULL, organization,
                                       &observation.organization_key, error))
        return FALSE;
    switch (is_entered(db, &observation, error)) {
    case ROW:
        return TRUE; /* and the transaction, which changed nothing, goes */
    case FAILED:
        return FALSE;
    case END:
        break;
    }
    return enter(db, &observation, error) && log_observation(db, masked, &observation, error) &&
           forget_mark_stale(db, error) && transaction_commit(transaction, error);
}
