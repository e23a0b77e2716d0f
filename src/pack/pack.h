/*
 * pack.h - the evidence pack: one zip with all that a month, or a card's charges, stand on.
 *
 *   MANIFEST.sha256      every other file's SHA-256; MANIFEST.sha256.sig its signature
 *   VERIFY.txt           how to prove it with stock tools
 *   closes/c0001.txt     the statements that were signed
 *   documents/           NAME.html, NAME.pdf, …: every document in every format that holds one
 *   index.html           where to start
 *   ledger.sqlite        the ledger, or an excerpt of it
 *   pack.json            the same for programs: what, which period, versions, what is missing
 *   receipts/r0001.pdf   receipts as documents
 *   reports/NAME.csv     every report
 *   sources/s0001.csv    the files as imported; s0001.masked.csv where one holds a secret
 *
 * Names are made here, never taken from the files. Everything but the sources is made from the
 * pack's own ledger copy, so that nothing stands in a pack that is not in its ledger. The bytes
 * are a function of the ledger's file, the sources and the key.
 */
#pragma once
#include "core/db.h"
#include "core/month.h"
#include "pack/source.h"

struct pack_request {
    const struct month *month;   /* or NULL: of a card */
    const char *organization_id; /* of a month; NULL: all */
    const char *card;            /* last four digits */
    const char *from, *until;    /* days, half-open: of a card */
    const char *key;             /* to sign with, or NULL */
    source_pdf_text pdf_text;
    /* Leaves in the connection's temporary tables what a close of these days would find. */
    gboolean (*preview)(struct db *db, const char *organization_id, const char *from,
                        const char *until, GError **error);
};

/* What came of it. */
struct pack_summary {
    guint file_count, source_count, masked_count;
    GPtrArray *missing;    /* char *: a sentence for each file that is not in it */
    int64_t blocked_count; /* charges that a claim must not ask for yet */
    char *blocked;         /* lines on them */
};
void pack_summary_clear(struct pack_summary *summary);
typedef struct pack_summary PackSummary; /* for g_auto(PackSummary) alone */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PackSummary, pack_summary_clear)

/*
 * Writes a pack to an empty file, which stays the caller's; path is for messages, what is made on
 * the way lies in its folder. Nothing is written to the ledger.
 */
gboolean pack_write(struct db *db, const struct pack_request *request, int file, const char *path,
                    struct pack_summary *summary, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The files that every pack has besides its manifest; NULL ends them. */
extern const char *const pack_required[];
