/*
 * load.h - one file on its way into the ledger: what reading, checking and storing it share.
 *
 * Checks go on after the first problem, so that all are listed; writing stops at it, and what was
 * written before it is rolled back. In quarantine only the bad record is not written. So every
 * storing function first checks, then returns early when load_is_bad(), then counts and writes.
 * FALSE with an error is for the ledger alone: what is wrong with the file is a problem (of a
 * record) or the refusal (of the whole).
 */
#pragma once
#include "import/assemble.h"
#include "import/dictionary.h"
#include "import/format.h"
#include "import/guess.h"
#include "import/import.h"
#include "import/read_ahead.h"
#include "import/totals.h"

enum note_level { NOTE_ASSUMED, NOTE_WARNING };

struct note {
    enum note_level level;
    char *text;
};

/* Facts of one sort, counted and summed for the summary: charges, credits, failed payments … */
struct tally {
    gint64 count;
    struct totals totals;
};

#define LOAD_TALLIES        5
#define LOAD_HEADER_RECORDS 60 /* where a header must be found */

/* The columns whose names go through the dictionary. */
enum load_column {
    COLUMN_ORGANIZATION,
    COLUMN_PROJECT,
    COLUMN_LINE_ITEM,
    COLUMN_MODEL,
    COLUMN_USER,
    COLUMN_USER_EMAIL,
    COLUMN_API_KEY,
    COLUMN_API_SOURCE,
    COLUMN_UNIT,
    COLUMN_SERVICE_TIER,
    COLUMN_IMAGE_SIZE,
    COLUMN_SOURCE,
    LOAD_COLUMNS
};

/* The name that a row gave an organization or a project last: rows come in runs. */
struct name_given {
    int64_t key;
    char *name;
    gsize len;
};

struct partitions; /* partition.h */
struct reject;     /* reject.h */

struct load {
    struct db *db;
    struct dictionary *dictionary;
    const struct import_options *options;
    const struct format_set *formats;
    struct guess *guess; /* what its rows were asked for, else NULL */
    GString *alike;      /* formats whose shape the rows have, and that --format must state */
    struct format_set *guessed; /* the format of a statement that none of them knows, else NULL */

    /* The file. */
    char *path;                      /* absolute */
    char *name;                      /* for messages */
    char sha256[DIGEST_HEX_LEN + 1]; /* "" until load_join_digest(), for a big file */
    struct hashing *hashing;         /* of a big file, meanwhile; else NULL */
    const char *encoding; /* that it is read as, borrowed; NULL is UTF-8, or what its BOM says */
    struct source *source;
    struct reader *reader;
    struct assembly *assembly; /* of the reader's records */
    struct read_ahead *ahead;  /* of a big file, once its header was found; else NULL */
    struct mapping *mapping;
    const struct format *format;            /* of the mapping; NULL until recognised */
    char format_digest[DIGEST_HEX_LEN + 1]; /* its text's; of a PDF, with that of the rules */
    enum fact_kind kind;
    char account_hint[5];
    char *identity;           /* resolved options, as file.options */
    char *unchanged_name;     /* what this very reading is called in the ledger, else NULL */
    gint64 unchanged_rejects; /* records that this very reading set aside */
    char *corrected_by;       /* the file that corrects this quarantined one already, else NULL */
    char *kept_options;       /* of that reading, where this one states none; else NULL */
    gboolean states_nothing;  /* no option shapes this reading */
    gboolean is_replacing;    /* the same bytes were read otherwise before */
    gint64 file_id;

    /* Zones. */
    const struct zone *zone; /* of dates and times that carry no offset */
    const char *zone_source; /* "option", "format", "column" or "" */

    /* What it said. */
    gboolean is_read; /* to its end, or to where it cannot be read on */
    gint64 record_count, fact_count, empty_count, skipped_count;
    gboolean has_days;
    int32_t first_day, last_day; /* dated, empty buckets included */
    gboolean covers;
    int32_t covered_from, covered_until;
    gboolean names_last4;
    struct totals control;
    struct tally tallies[LOAD_TALLIES];
    gint64 usage_requests, usage_input, usage_output;
    gint64 usage_quantity[ENDPOINTS];    /* in each one's unit and scale */
    unsigned usage_endpoints;            /* bits, of the rows */
    unsigned usage_evidence;             /* bits: what models tell where columns do not */
    enum usage_endpoint untold_endpoint; /* of such a file, once it was read */
    struct partitions *partitions;       /* cost and usage */
    GByteArray *line_items;          /* of cost: 1 for each term id that is in line_item by now */
    GHashTable *identities;          /* char * -> struct repeat *, of rows with an identity */
    GHashTable *names_seen;          /* set of char * */
    struct name_given last_names[2]; /* by enum dictionary_kind: organization, project */
    struct dictionary_cache caches[LOAD_COLUMNS];

    /* What is wrong with it. */
    struct fact fact;         /* scratch of mapping_read, where no thread reads ahead */
    GPtrArray *cell_problems; /* scratch likewise */
    GPtrArray *mapping_notes; /* scratch likewise */
    GPtrArray *problems;      /* char *, the first IMPORT_PROBLEMS_SHOWN */
    gint64 problem_count;
    gboolean has_hinted;
    GError *refusal;
    GArray *notes;         /* struct note */
    struct reject *reject; /* in quarantine, from the header on; else NULL */
    gint64 reject_count;   /* records set aside */
    GPtrArray *cleared;    /* char *: what this file does to earlier rejects */
    GError *failure;       /* of the ledger, while a bad record was set aside */
};

struct load *load_new(struct db *db, struct dictionary *dictionary,
                      const struct import_options *options, const struct format_set *formats,
                      const char *path);
void load_free(struct load *load);
typedef struct load Load; /* for g_autoptr(Load) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Load, load_free)

/* Binds a format to a header, settling what it leaves open: as options state, else as the file's
 * rows tell. */
struct mapping *load_bind(struct load *load, const struct format *format,
                          const struct record *header, GError **error);
/* Surveys a file whose header no format knows; opens it anew, to be read by what was found. FALSE
 * when it is refused (load->refusal), or is no statement at all. */
gboolean load_guess(struct load *load);
/* The same for a file that was refused because it is not UTF-8. */
gboolean load_guess_encoded(struct load *load);
/* Opens the file, anew where it is open, as text in an encoding; NULL for UTF-8 or what its first
 * bytes say. */
gboolean load_read_as(struct load *load, const char *encoding) G_GNUC_WARN_UNUSED_RESULT;
/* The encoding that a format lists and the file needs; NULL when it is UTF-8, or none fits. */
const char *load_find_encoding(const struct load *load);
/* Finds which of the formats a statement without a header is, once no record is one. */
void load_recognise_rows(struct load *load, const struct format_set *formats);
/* Then: the lines before the header, and the card that they or the file's name tell of. */
gboolean load_settle_rows(struct load *load) G_GNUC_WARN_UNUSED_RESULT;
gboolean load_settle_card(struct load *load) G_GNUC_WARN_UNUSED_RESULT;
/* At the end: the records behind the table's. */
void load_count_behind(struct load *load);

/* Reads up to the header, settles format, zone and identity, and hashes the file or, when it is
 * big, begins to. FALSE: refused. */
gboolean load_open(struct load *load) G_GNUC_WARN_UNUSED_RESULT;
/* Waits until the file is hashed; a failure is the refusal. */
void load_join_digest(struct load *load);

/* The next fact that has no problem and is not skipped, until the next call; bad records on the way
 * are listed. NULL at the end, also when reading cannot go on (load->refusal, load->failure). */
const struct fact *load_next(struct load *load);

/* Whether the file is refused by now; in quarantine a bad record does not refuse it. */
gboolean load_is_refused(const struct load *load);
/* Whether nothing may be written of the record being read: it is bad, or the file refused. */
gboolean load_is_bad(const struct load *load);
/* Lists a problem of one record. */
void load_problem(struct load *load, gint64 line, const char *format, ...) G_GNUC_PRINTF(3, 4);
/* Refuses the whole file; the first refusal stands. */
void load_refuse(struct load *load, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* The same at a line; 0 is none. */
void load_refuse_at(struct load *load, gint64 line, const char *why);
/* Adds a note once. */
void load_note(struct load *load, enum note_level level, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
void load_dated(struct load *load, int32_t day); /* widens first_day .. last_day */
void load_tally(struct load *load, int tally, const struct amount *amount);

/* Checks and stores every record, in the caller's transaction. */
gboolean load_store(struct load *load, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Then writes down what the file was and held. It must be hashed by now. */
gboolean load_finish(struct load *load, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The line for people. */
char *load_summary(const struct load *load);
