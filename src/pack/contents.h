/*
 * contents.h - what goes into a pack, before it is written.
 */
#pragma once
#include "core/audit.h"
#include "pack/ledger_copy.h"
#include "report/catalog.h"

/* A file of the pack: bytes that are at hand, a source, or the ledger copy. */
struct item {
    char *name, *title;
    GBytes *bytes;                    /* or NULL */
    const struct pack_source *source; /* or NULL; borrowed */
    guint64 size;
    char sha256[DIGEST_HEX_LEN + 1];
};

/* An organization of a monthly pack, and the newest close of the month. */
struct close_row {
    char *organization_id, *name;
    int64_t sequence; /* 0: never closed, and nothing below is set */
    char *state;      /* as `report closings` has it */
    char *prepared_by, *reviewed_by, *policy;
    char *statement_sha256, *contents_sha256;
    char *entry; /* the statement's name in the pack */
};

typedef struct contents Contents; /* for g_autoptr(Contents) alone */
struct contents {
    const struct pack_request *request;
    LedgerCopy *copy;
    GPtrArray *items;  /* struct item */
    GPtrArray *closes; /* struct close_row; of a card none */
    struct audit_head head;
    int64_t blocked_count; /* rows of documents that must not be */
    GString *blocked;      /* a line on each kind of them */
};

/* Everything but pack.json, index.html and VERIFY.txt, which tell of the rest. */
struct contents *contents_new(struct db *db, const struct pack_request *request, const char *folder,
                              GError **error);
void contents_free(struct contents *contents);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Contents, contents_free)

gboolean contents_is_excerpt(const struct contents *contents);
/* "October 2026", "October 2026, org-…", "card ending in 4370, from … until before …". */
char *contents_about(const struct contents *contents);

/* Takes the bytes. */
void contents_add(struct contents *contents, const char *name, const char *title, GString *bytes);
/* In the order of their names. */
void contents_sort(struct contents *contents);

/* about.c, index.c: the three. VERIFY.txt tells how many files there will be. */
GString *contents_json(const struct contents *contents, GError **error);
GString *contents_index(const struct contents *contents);
GString *contents_verify(const struct contents *contents, guint file_count, GError **error);
