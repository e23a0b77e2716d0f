/*
 * runaway.h - names the projects whose spend left their own baseline, and keeps what people say of
 * them.
 */
#pragma once
#include "core/db.h"

/* Empties and refills runaway_episode, runaway_rule, runaway_carrier and the exceptions of room
 * 'runaway', inside the caller's transaction. An episode with a verdict raises none. */
gboolean runaway_run(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a person says of an episode. */
struct verdict_request {
    const char *name;    /* the episode's id, the first letters of one, or its exception's id */
    const char *verdict; /* "real", "planned" or "noise" */
    const char *why;     /* not empty */
    const char *by;      /* NULL: the system's user */
};

/*
 * Judges, in a transaction of its own, with its row of the audit log; marks the ledger stale. What
 * is derived must be up to date. Returns a sentence that says what was judged, or that it had been
 * before and nothing was written; free it. TRUEUP_ERROR_USAGE on a word that is no verdict,
 * TRUEUP_ERROR_INPUT on a name that means none or several.
 */
char *runaway_judge(struct db *db, const struct verdict_request *request, GError **error);

/* Holds every verdict against the log; a problem (char *) names it. Adds to *count. */
gboolean runaway_verify(struct db *db, GPtrArray *problems, int64_t *count,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
