/*
 * ledger_copy.h - the ledger that goes into a pack: all of it, or an excerpt that holds no row of
 * what the pack is not about.
 *
 * Rows are put into a new ledger, never taken out of a copy: no page can hold what was deleted.
 */
#pragma once
#include "core/db.h"
#include "pack/pack.h"

/* An open copy without a name in the file system: file is its bytes. */
typedef struct ledger_copy LedgerCopy; /* for g_autoptr(LedgerCopy) alone */
struct ledger_copy {
    struct db *db;
    int file;
    GPtrArray *sources; /* struct pack_source: the files behind it, each once; not looked at yet */
};

/*
 * Makes the copy in a file below `folder` that has no name once it is open. Fails with
 * TRUEUP_ERROR_USAGE when the ledger knows nothing of what is asked for.
 */
struct ledger_copy *ledger_copy_new(const struct db *source, const struct pack_request *request,
                                    const char *folder, GError **error);
void ledger_copy_free(struct ledger_copy *copy);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LedgerCopy, ledger_copy_free)

/* Size and SHA-256 of its bytes, and copying them. */
gboolean ledger_copy_measure(const struct ledger_copy *copy, guint64 *size,
                             char sha256[DIGEST_HEX_LEN + 1],
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ledger_copy_store(const struct ledger_copy *copy, struct archive *archive,
                           const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
