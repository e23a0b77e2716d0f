/*
 * audit.h - the log of acts that changed the ledger: append-only, each row bound to the one before
 * by a digest.
 *
 * A row is written in the transaction of the change that it records, so that neither is there
 * without the other. The head (how many rows there are, and the newest one's hash) stands in meta
 * as well: a log whose end was cut off no longer agrees with it. Who can write to the file can of
 * course make a new log and a new head; the hash kept elsewhere (`trueup verify --anchor`) shows
 * it.
 */
#pragma once
#include "core/db.h"
#include "core/digest.h"

/* An act. Texts are borrowed; none may hold NUL. */
struct act {
    const char *actor;   /* NULL: the system's user */
    const char *action;  /* 'import', 'close', … */
    const char *subject; /* what it was done to */
    const char *detail;  /* 'name=value' a line, or "" */
    int64_t done_at;     /* 0: now */
};

/* Who is at the keyboard, as UTF-8; owned by the system. */
const char *audit_actor(void);
/* The wall clock in epoch seconds: it dates acts, and no report but those of acts depends on it. */
int64_t audit_now(void);

/* Appends an act; to be called within the transaction of the change. */
gboolean audit_append(struct db *db, const struct act *act,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The state of the log: the number of rows and the newest one's hash ("" of an empty one). */
struct audit_head {
    int64_t count;
    char hash[DIGEST_HEX_LEN + 1];
};

gboolean audit_head(struct db *db, struct audit_head *out,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a walk over the log found. */
struct audit_verdict {
    struct audit_head head;
    int64_t anchor_row;  /* the row whose hash is the anchor; 0: none, or none was given */
    GPtrArray *problems; /* char *, a sentence each that names the row; none: all is as written */
};

/*
 * Walks the log: every row's types, number, hash and link to the row before, the head in meta, and
 * the triggers that keep tables append-only. FALSE is a ledger that cannot be read; what does not
 * hold is a problem.
 */
gboolean audit_verify(struct db *db, const char *anchor, struct audit_verdict *out,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
void audit_verdict_clear(struct audit_verdict *verdict);
typedef struct audit_verdict AuditVerdict; /* for g_auto(AuditVerdict) alone */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AuditVerdict, audit_verdict_clear)
