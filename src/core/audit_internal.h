/*
 * audit_internal.h - a row of the log, as audit.c writes it and audit_verify.c reads it.
 */
#pragma once
#include "core/audit.h"

enum audit_field {
    AUDIT_ACTOR,
    AUDIT_ACTION,
    AUDIT_SUBJECT,
    AUDIT_DETAIL,
    AUDIT_PREVIOUS,
    AUDIT_FIELDS,
};

struct audit_text {
    const char *text; /* borrowed; what was tampered with may hold NUL */
    gsize len;
};

struct audit_row {
    int64_t audit_id, done_at;
    struct audit_text fields[AUDIT_FIELDS];
};

/* What the first row has for the hash of the row before it. */
extern const char audit_no_hash[DIGEST_HEX_LEN + 1];

void audit_row_hash(const struct audit_row *row, char hex[DIGEST_HEX_LEN + 1]);
