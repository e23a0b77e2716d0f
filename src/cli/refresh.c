/* refresh.c - the order in which the rooms rebuild what is theirs. */
#include "cli/refresh.h"
#include "close/close.h"
#include "core/progress.h"
#include "credit/credit.h"
#include "import/import.h"
#include "match/match.h"
#include "rate/rate.h"
#include "runaway/runaway.h"
#include "wallet/wallet.h"

static gboolean set_stale(struct db *db, const char *value, GError **error)
{
    struct statement *statement = statement_get(db, "meta_write", error);

    if (!statement)
        return FALSE;
    statement_bind_text(statement, "name", "stale");
    statement_bind_text(statement, "value", value);
    return statement_execute(statement, error);
}

/* In the order in which they build on each other. */
static const struct step {
    const char *name;
    gboolean (*run)(struct db *db, GError **error);
    int share; /* about how much of a refresh it takes, of 100 */
} steps[] = {
    {"deriving", import_derive, 60},    {"matching", match_run, 10},
    {"burning down", credit_run, 20},   {"weighing refunds", match_weigh_refunds, 1},
    {"filling wallets", wallet_run, 3}, {"pricing usage", rate_run, 2},
    {"watching spend", runaway_run, 3}, {"comparing closes", close_run, 1},
};

static gboolean run_steps(struct db *db, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(steps); i++) {
        progress_name(steps[i].name);
        if (!steps[i].run(db, error))
            return FALSE;
        progress_add(steps[i].share);
    }
    return TRUE;
}

static gboolean rebuild(struct db *db, GError **error)
{
    g_autoptr(Transaction) transaction = transaction_begin(db, error);
    gboolean done;

    if (!transaction)
        return FALSE;
    progress_begin("refreshing", "", 100);
    done =
        run_steps(db, error) && set_stale(db, "0", error) && transaction_commit(transaction, error);
    progress_end();
    return done;
}

/* References are not enforced meanwhile: SQLite would empty the tables row by row, looking each up
 * in every table that refers to it. That they hold is a check (sql/check/references_hold.sql). And
 * what is derived anew is not overwritten first. */
gboolean refresh_run(struct db *db, GError **error)
{
    gboolean ok = db_run(db, "refresh_begin", error) && rebuild(db, error);

    return db_run(db, "refresh_end", ok ? error : NULL) && ok;
}

gboolean refresh_is_due(struct db *db, gboolean *stale, GError **error)
{
    struct statement *statement = statement_get(db, "meta_read", error);
    enum row_status status;

    if (!statement)
        return FALSE;
    statement_bind_text(statement, "name", "stale");
    status = statement_step(statement, error);
    *stale = status == ROW && strcmp(statement_text(statement, 0), "0") != 0;
    statement_reset(statement);
    return status != FAILED;
}

gboolean refresh_if_due(struct db *db, GError **error)
{
    gboolean stale = FALSE;

    return refresh_is_due(db, &stale, error) && (!stale || refresh_run(db, error));
}
