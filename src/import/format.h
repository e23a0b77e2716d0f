/*
 * format.h - formats: .ini files that say how a CSV's columns become facts, and recognition by
 * header.
 *
 * The .ini language is described in docs/FORMATS.md. One file a format, one group [format NAME].
 */
#pragma once
#include "import/fact.h"
#include "import/record.h"
#include <glib.h>

struct format; /* borrowed from its set */
struct format_set;

/* Reads every formats/ *.ini, embedded and the user's. Unknown keys and values, repeated groups and
 * keys are errors naming file, line or section and key. */
struct format_set *format_set_load(GError **error);
void format_set_free(struct format_set *set);
typedef struct format_set FormatSet; /* for g_autoptr(FormatSet) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FormatSet, format_set_free)

/* The set of one format that is no asset: the text of an .ini, by its name. */
struct format_set *format_set_parse(const char *name, const char *text, GError **error);
/* Leaves one format in the set. TRUEUP_ERROR_USAGE, naming --format, when there is none of it. */
gboolean format_set_keep(struct format_set *set, const char *name,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The text of one format's .ini as it was read; NULL when there is none. Free it. */
char *format_text(const struct format *format);

/* By name order; NULL-terminated iteration: format_set_nth(set, i) is NULL past the end. */
const struct format *format_set_nth(const struct format_set *set, guint index);

const char *format_name(const struct format *format);
const char *format_title(const struct format *format); /* "Chase credit card" */
enum fact_kind format_kind(const struct format *format);
const char *format_kind_name(enum fact_kind kind); /* "cost", "card", "payments", … as file.kind */
/* Of usage formats; ENDPOINT_UNTOLD where the columns do not tell it, and for other kinds. */
enum usage_endpoint format_endpoint(const struct format *format);
const char *format_digest(const struct format *format); /* hex */
const char *format_zone(const struct format *format); /* IANA name, "" when unknown or by column */
/* trueup's own formats print their header line: "paid_at,organization_id,…\n"; NULL for others. */
const char *format_template(const struct format *format);
/* The last four digits that a file's base name carries by the format's file pattern
 * ("Chase1234_Activity…"), written to out; FALSE when it carries none. */
gboolean format_file_last4(const struct format *format, const char *base_name, char out[5]);

/* What a format leaves to the file: found by evidence, or stated. */
enum format_open { OPEN_DATE_ORDER = 1, OPEN_DECIMAL = 2, OPEN_CHARGE = 4, OPEN_CURRENCY = 8 };
unsigned format_leaves_open(const struct format *format); /* enum format_open */

/*
 * What one import states, or found in the file, beside the format. Strings may be NULL. The last
 * four settle what a card format leaves open; against a format that says otherwise they are an
 * error.
 */
struct mapping_options {
    const char *zone;            /* --tz */
    const char *organization_id; /* --org */
    const char *date_order;      /* --date-order: "dmy", "mdy", "ymd" */
    const char *decimal_mark;    /* --decimal: ".", "," */
    const char *charge;          /* --charge: "negative", "positive" */
    const char *currency;        /* --currency: "USD" */
};

/* A format bound to the columns of one file. */
struct mapping;

/*
 * Recognises the file: offers records in order until one is a header that a format knows (first
 * 60). The most specific format wins (most required columns); a tie is an error that lists the
 * formats.
 *
 *   RECOGNISED_HEADER   the record was the header: *out is the mapping, the next record is data
 *   RECOGNISED_NOT_YET  not a header: offer the next one
 *   RECOGNISED_FAILED   error: a doubled column, a tie …
 */
enum recognition { RECOGNISED_HEADER, RECOGNISED_NOT_YET, RECOGNISED_FAILED };
enum recognition format_recognise(const struct format_set *set, const struct record *record,
                                  const struct mapping_options *options, struct mapping **out,
                                  GError **error);
/* The first half of that: the format alone. *out is set with RECOGNISED_HEADER. */
enum recognition format_recognise_header(const struct format_set *set, const struct record *record,
                                         const struct format **out, GError **error);
/* The same of a statement without a header, from its first records (struct record*): every one of
 * them must fit. Only to be asked when none of them is a header. The names of formats that fit and
 * that --format must state are appended to alike. */
enum recognition format_recognise_rows(const struct format_set *set, const GPtrArray *records,
                                       const struct format **out, GString *alike, GError **error);
/* Encodings to try when the text is not UTF-8; NULL for none. */
const char *const *format_encodings(const struct format *format);
/* The second half. `header` is the first row where there is no header. Fails when the header lacks
 * a column, when nothing settles what the format leaves open (the option is named), and when an
 * option contradicts the format. */
struct mapping *mapping_new(const struct format *format, const struct record *header,
                            const struct mapping_options *options, GError **error);
/* The error for a file in which no header was found: names the first record's text and the nearest
 * formats. */
void format_unrecognised(const struct format_set *set, const struct record *first, GError **error);

void mapping_free(struct mapping *mapping);
typedef struct mapping Mapping; /* for g_autoptr(Mapping) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Mapping, mapping_free)
const struct format *mapping_format(const struct mapping *mapping);
/* How many fields most records of the file have: settles whether each ends in a trailing delimiter.
 * Otherwise its first record does. */
void mapping_expect(struct mapping *mapping, guint fields);
/* What the format takes for granted about this file (sign, dates, currency, zone), in a sentence to
 * be kept as a note; NULL when nothing. Free it. */
char *mapping_assumptions(const struct mapping *mapping);

/*
 * After the last record: what only the file as a whole shows to be wrong, in a sentence without the
 * file's name. What a bad record would break by being left out is not held against a file that has
 * any (is_whole is FALSE). *line is where it shows, 0 for nowhere.
 */
gboolean mapping_finish(struct mapping *mapping, gboolean is_whole, gint64 *line,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* For assemble.h: what the format says about records and rows. */
gboolean mapping_has_header(const struct mapping *mapping);
gboolean mapping_has_continuation(const struct mapping *mapping);
/* Whether records and rows are not one to one, so that the assembly must see every record. */
gboolean mapping_is_assembled(const struct mapping *mapping);
gboolean mapping_ends_at(const struct mapping *mapping, const struct record *record);
/* Whether a record behind the end could have been a row: it has its fields and a date. */
gboolean mapping_resembles_row(const struct mapping *mapping, const struct record *record);
gboolean mapping_continues(const struct mapping *mapping, const struct record *record);
gboolean mapping_reads_text(const struct mapping *mapping, guint index);

/* Takes from a record before the header what the format looks for there. */
gboolean mapping_read_preamble(struct mapping *mapping, const struct record *record,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The card's last four digits from there, or "". */
const char *mapping_last4(const struct mapping *mapping);

/*
 * Texts of a fact that no cell holds as they are (masked, joined) live in an array of the mapping's
 * own until the next record is read; or, once this was called, in one that the caller empties.
 */
void mapping_keep_in(struct mapping *mapping, GPtrArray *kept);

/*
 * Types one record. On failure returns FALSE and appends to problems one char* a bad cell, each
 * `column "X": "text" why` (secrets masked), without file and line; the caller prefixes those.
 * The fact borrows from the record; that of a bad record holds what could be read of it, and
 * otherwise nothing. A record with more or fewer fields than the header is a
 * problem. Warnings (for example a local time that happens twice) are appended to notes.
 */
gboolean mapping_read(struct mapping *mapping, const struct record *record, struct fact *out,
                      GPtrArray *problems, GPtrArray *notes) G_GNUC_WARN_UNUSED_RESULT;
