/*
 * exception.h - the closed set of exceptions: their severity and next action, and how one is
 * written down.
 */
#pragma once
#include "core/db.h"

enum exception_code {
    NO_RECEIPT,
    NO_TOPUP_FOR_RECEIPT,
    NO_CARD_CHARGE,
    NO_TOPUP_FOR_CHARGE,
    NO_GRANT_FOR_TOPUP,
    NO_TOPUP_FOR_GRANT,
    AMOUNT_MISMATCH,
    AMBIGUOUS,
    PENDING_AGED,
    DUPLICATE_CHARGE,
    RAPID_RETRY,
    FAILED_TOPUP,
    REFUND,
    CHARGEBACK,
    MISSING_INVOICE,
    NEGATIVE_BALANCE,
    OPENING_UNKNOWN,
    EXPIRING_CREDITS,
    EXPIRED_CREDITS,
    RECHARGE_CAP,
    BALANCE_MISMATCH,
    RESTATED,
    SNAPSHOT_CONFLICT,
    PROJECT_ABSENT,
    GRAIN_MISMATCH,
    UNATTRIBUTED_COST,
    COVERAGE_GAP,
    RUNAWAY,
    WRONG_ORGANIZATION,
    DUPLICATE_SUBSCRIPTION,
    BUDGET_EXCEEDED,
    ALREADY_CLAIMED,
    RESTATED_AFTER_CLOSE,
    EXCEPTION_CODES
};

struct exception {
    const char *room; /* "import", "match", "credit", "wallet", "runaway", "close" */
    enum exception_code code;
    int64_t organization_key, project_key; /* 0: none */
    const char *dated_on;                  /* UTC day */
    int64_t amount_nanos;                  /* the money concerned, >= 0 */
    const char *currency;
    const char *reference; /* "" for none */
    int64_t file_id;       /* 0: none */
    int64_t line;
    const char *explanation; /* what was found, in a sentence with its numbers */
    /* What it is about, where the reference does not tell it from another of its day or is a line
     * of a file: a fact's id and leg, a span; NULL: the reference tells. */
    const char *subject;
    const char *severity; /* NULL: the code's own */
};

const char *exception_name(enum exception_code code);
const char *exception_severity(enum exception_code code); /* "error", "warning", "info" */
const char *exception_next_action(enum exception_code code);

/* Empties a room's exceptions. */
gboolean exception_clear(struct db *db, const char *room, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Raises one, unless a person settled it at this amount or a larger one: then it stands in
 * settled_exception. Its id is made of what it is about: never of its amount or words. */
gboolean exception_add(struct db *db, const struct exception *exception,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
