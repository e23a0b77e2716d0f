/*
 * record.h - CSV records with the physical line each starts on. The one door to libcsv.
 *
 * Pages of the Platform's APIs, which are JSON, come as records too: record_json.h.
 *
 * Strict: an unclosed quote, text after a closing quote and a quote inside an unquoted field are
 * errors, as are bytes that the source has escaped. Line ends LF, CRLF, CR and CR CR LF count as
 * one; `sep=;` on the first line is honoured.
 */
#pragma once
#include "import/source.h"
#include <glib.h>

#define RECORD_MAX_FIELD   (1024 * 1024)
#define RECORD_MAX_LEN     (4 * 1024 * 1024)
#define RECORD_MAX_COLUMNS 256

struct cell {
    const char *text; /* UTF-8, NUL-terminated; valid until the next record is read */
    gsize len;
    gboolean quoted; /* the field stood in quotes */
};

struct record {
    gint64 line;              /* physical line, 1-based, on which it starts */
    const struct cell *cells; /* their texts stand in one buffer, in this order */
    guint count;              /* fields; a blank line is not a record */
};

/* A record that outlives the reader's next one: each of its cells has a text of its own. */
struct record_copy {
    struct record record; /* first: an array of copies may be read as one of records */
    struct cell *cells;   /* the same as record.cells */
};

struct record_copy *record_copy_new(const struct record *record);
void record_copy_free(gpointer copy);  /* NULL is fine */
typedef struct record_copy RecordCopy; /* for g_autoptr(RecordCopy) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RecordCopy, record_copy_free)

struct reader;

/* The reader borrows the source. delimiter: 0 to sniff it over the first records (, ; TAB |). */
struct reader *reader_new(struct source *source, char delimiter, GError **error);
/*
 * From now on records have this many fields, or one more. Behind a bad record that ran over several
 * lines, reading goes on at the next line that may begin such a record; the lines in between are
 * taken for its rest, and the problem names them.
 */
void reader_expect(struct reader *reader, guint fields);
/* How many fields most of the first records have. */
guint reader_usual_count(const struct reader *reader);
void reader_free(struct reader *reader);
typedef struct reader Reader; /* for g_autoptr(Reader) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Reader, reader_free)

enum record_status { RECORD_ROW, RECORD_END, RECORD_BAD, RECORD_FAILED };

/*
 * Reads the next record.
 *
 *   RECORD_BAD     this record is malformed: *problem (owned by the reader, until the next
 *                  call) says where and why; reading may go on at the next record that fits
 *   RECORD_FAILED  the source failed: error is set and reading is over
 */
struct record_problem {
    gint64 line;        /* on which the record starts */
    const char *text;   /* a sentence without file and line */
    const char *record; /* the line on which it starts, without its end; cut when very long */
    const char *hint;   /* what can be done, where it is the same for every such record; or NULL.
                         * Never freed. */
};
enum record_status reader_next(struct reader *reader, const struct record **record,
                               const struct record_problem **problem, GError **error);

char reader_delimiter(const struct reader *reader); /* settled after reader_new; 0 of JSON */
gint64 reader_line_count(const struct reader *reader);
gboolean reader_ends_without_newline(const struct reader *reader); /* known after RECORD_END */
/* Whether the last page of JSON says that there are more; known likewise. */
gboolean reader_ends_early(const struct reader *reader);
