/*
 * decide.h - what a person decides about pairs and items, kept as facts.
 *
 * A decision is a row that nothing changes; a later one ends it and says so. Here it is checked
 * against the ledger and the decisions in force, and written with its row of the audit log. What
 * follows from it is match's, at the next refresh: the ledger is marked stale.
 */
#pragma once
#include "core/db.h"

enum decision_verb {
    DECIDE_ACCEPT, /* the facts belong together */
    DECIDE_REJECT, /* a top-up and a receipt or charge do not */
    DECIDE_SETTLE, /* an item needs no counterpart */
    DECIDE_ADJUST, /* a top-up has a variance of a known cause */
};

/* Texts are borrowed; NULL is not stated. */
struct decision_request {
    enum decision_verb verb;
    gboolean is_undo;     /* take the one in force back */
    char *const *names;   /* ids, first letters of ids, references or file:line; NULL-terminated */
    const char *leg;      /* settle: "receipt" or "card" of a top-up */
    const char *cause;    /* adjust */
    const char *currency; /* adjust: of the amount; the top-up's own when not stated */
    int64_t amount_nanos; /* adjust */
    const char *why, *by;
};

/*
 * Decides, in a transaction of its own. What is derived must be up to date. Returns a sentence
 * that says what was decided, or that it had been before and nothing was written; free it.
 *
 * Fails with TRUEUP_ERROR_INPUT when the ledger or an earlier decision contradicts, with
 * TRUEUP_ERROR_USAGE when something is to be stated that is not.
 */
char *decide(struct db *db, const struct decision_request *request, GError **error);

/* Holds every decision against the log; a problem (char *) names it. */
gboolean decide_verify(struct db *db, GPtrArray *problems, int64_t *count,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
