/*
 * import.h - reads files into the ledger: each file in one transaction, all of it or nothing.
 *
 *     path -> source -> records -> format -> facts -> ledger
 *
 * After the last file the caller runs import_derive(), which rebuilds what the facts teach
 * together.
 */
#pragma once
#include "core/db.h"

#define IMPORT_PROBLEMS_SHOWN 20

struct import_options {
    const char *organization_id; /* --org: rows that name no organization belong to it */
    const char *account;         /* --account: the card account of a statement */
    const char *zone;            /* --tz */
    const char *as_of;           /* --as-of YYYY-MM-DD: when the export was made; ranks snapshots */
    const char *encoding;        /* --encoding */
    const char *endpoint;        /* --endpoint: of usage whose columns do not tell it */
    const char *format;          /* --format NAME: read the files by this format */
    const char *date_order;      /* --date-order: "dmy", "mdy", "ymd" */
    const char *decimal_mark;    /* --decimal: ".", "," */
    const char *charge;          /* --charge: "negative", "positive" */
    const char *currency;        /* --currency: "USD" */
    gboolean whole;              /* --scope organization: an absent project cost nothing */
    gboolean quarantine;         /* --quarantine: bad records are set aside, the others go in */
    gint64 imported_at;          /* wall clock, epoch seconds */
};

enum import_outcome {
    IMPORTED,
    IMPORTED_REPLACING, /* the same bytes were read otherwise before; that reading is gone */
    IMPORT_UNCHANGED,   /* already in the ledger: nothing is new */
    IMPORT_REFUSED,     /* error says why; the ledger is as it was */
};

/* What became of one file. */
struct import_result {
    enum import_outcome outcome;
    char *path, *name, *format; /* format NULL when not recognised */
    char *summary;              /* one line: records, facts, coverage, control total, residue */
    GPtrArray *notes;           /* char*: assumptions and warnings */
    GPtrArray *problems;        /* char*: at most IMPORT_PROBLEMS_SHOWN, "name:line: column …" */
    gint64 problem_count;       /* exact */
    gint64 reject_count;        /* records of it that the ledger has only as rejects */
    int exit_code;              /* 0, 3 or 4 */
    char *refusal;              /* when refused for one reason that is no record's; else NULL */
};

void import_result_free(struct import_result *result);
typedef struct import_result ImportResult; /* for g_autoptr(ImportResult) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ImportResult, import_result_free)

/*
 * Expands files, folders (hidden entries left out) and globs into paths, each once, in byte order:
 * the order of the arguments changes nothing. From folders only .csv, .tsv, .txt, .json and .pdf
 * files are taken (any case); how many others were left out is appended to notes (char*). A path
 * that does not exist is an error.
 */
GPtrArray *import_collect(char **arguments, GPtrArray *notes, GError **error);

struct importer;
struct importer *importer_new(struct db *db, const struct import_options *options, GError **error);
void importer_free(struct importer *importer);
typedef struct importer Importer; /* for g_autoptr(Importer) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Importer, importer_free)

/* Reads one file, in a transaction of its own, which also marks the ledger stale until the next
 * refresh. NULL only when the ledger itself fails (error is set); a refused file is a result. */
struct import_result *importer_read(struct importer *importer, const char *path, GError **error);

/* In a transaction of its own: takes back every reading of a file: by base name, path, or leading
 * digits (>= 8) of its SHA-256. *count: readings forgotten. None found, or several different files
 * of that name: an error that lists. */
gboolean import_forget(struct db *db, const char *which, gint64 *count,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* In a transaction of its own: enters an observed balance; entering the same again changes nothing.
 */
gboolean import_observe(struct db *db, const char *organization_id, gint64 observed_at,
                        gint64 balance_nanos, const char *currency,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * Rebuilds every table "derived by import" from the facts: calendar, organizations, projects,
 * accounts, top-ups, receipts, charges, grants, cost and usage days, coverage, restatements, and
 * the exceptions of room 'import'. Runs inside the caller's transaction.
 */
gboolean import_derive(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
