/*
 * close.h - closing a month: the check list, the statement that is signed, the lock, and what
 * becomes of a signature when facts of its month change.
 *
 * A close is a fact: it is never changed and never emptied, and names organizations and months by
 * their own names. Whether it still stands is derived: close_run() compares what was signed with
 * what the ledger says now. docs/DECISIONS.md tells what a signature covers.
 */
#pragma once
#include "core/db.h"

/* A check that is passed over, and why. Texts are borrowed. */
struct close_waiver {
    const char *code, *reason;
};

struct close_request {
    const char *organization_id;           /* NULL: all that have a fact by then */
    const char *month;                     /* "2026-10" */
    const char *prepared_by, *reviewed_by; /* "" for nobody */
    const struct close_waiver *waivers;
    gsize waiver_count;
};

/* TRUE for the code of a check, which a waiver may name. */
gboolean close_knows_code(const char *code);
/* The codes of all checks, NULL-terminated. */
const char *const *close_codes(void);

/*
 * Closes a month of the organizations, all of them or none, in one transaction.
 *
 *   out      the statements; when *refused, the check lists instead
 *   talk     a line per organization: what was done
 *   *refused a check is red, or a month that was closed changed since: nothing is closed
 *
 * A month that is closed already and is as it was signed is left alone: its statement is told
 * again. Fails with TRUEUP_ERROR_USAGE on a month that is none, TRUEUP_ERROR_INPUT when nobody has
 * a fact by then.
 */
gboolean close_month(struct db *db, const struct close_request *request, GString *out,
                     GString *talk, gboolean *refused, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * Takes the newest close of a month back; it stays in the history. Refused with TRUEUP_ERROR_INPUT
 * when the month is not closed, or a later one is: that stands on this one's closing.
 */
gboolean close_reopen(struct db *db, const char *organization_id, const char *month,
                      const char *reason, GString *talk, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Refresh: what changed in closed months since they were signed; fills closing_change. */
gboolean close_run(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * Fills the temporary tables close_check and close_materiality with what a close of each month with
 * a day from `from` and before `until` (NULL: the first, the last) would find now, of one
 * organization or (NULL) all. Reports of this connection then show it; nothing is written to the
 * ledger.
 */
gboolean close_preview(struct db *db, const char *organization_id, const char *from,
                       const char *until, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Holds every close against the log and against its own hashes; a problem (char *) names it. */
gboolean close_verify(struct db *db, GPtrArray *problems, int64_t *count,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
