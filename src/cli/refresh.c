/* refresh.c - the order in which the rooms rebuild what is theirs. */
#include "cli/refresh.h"
#include "close/close.h"
#include "credit/credit.h"
#include "import/import.h"
#include "match/match.h"
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

static gboolean rebuild(struct db *db, GError **error)
{
    g_autoptr(Transaction) transaction = transaction_begin(db, error);

    return transaction && import_derive(db, error) && match_run(db, error) &&
           credit_run(db, error) && match_weigh_refunds(db, error) && wallet_run(db, error) &&
           runaway_run(db, error) && close_run(db, error) && set_stale(db, "0", error) &&
           transaction_commit(transaction, error);
}

/* References are not enforced meanwhile: SQLite would empty the tables row by row, looking each up
 * in every table that refers to it. That they hold is a check (sql/check/references_hold.sql). */
gboolean refresh_run(struct db *db, GError **error)
{
    gboolean ok = db_run(db, "references_trust", error) && rebuild(db, error);

    return db_run(db, "references_enforce", ok ? error : NULL) && ok;
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
