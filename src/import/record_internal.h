/*
 * record_internal.h - the parts of the CSV reader, for itself and its tests alone.
 */
#pragma once
#include "import/record.h"

#define SNIFF_RECORDS 60

/* What tests vary so that every edge is met on small files. */
struct reader_tuning {
    gsize piece_len;       /* lines longer than this are read in pieces */
    gsize preview_len;     /* how much of the file's beginning sniffing may see */
    gboolean libcsv_alone; /* no line is split without libcsv */
};

struct reader *reader_new_tuned(struct source *source, char delimiter,
                                const struct reader_tuning *tuning, GError **error);

/*
 * Splits a line that is one record beyond doubt, in place: fields without a quote, and fields that
 * are a quote, text and a quote. What libcsv would say of it, four times as fast.
 *
 *   text    the line without its line end, and room for a NUL behind it; it becomes the cells' text
 *   cells   RECORD_MAX_COLUMNS of them, written
 * Returns the number of fields, 0 for a blank line, -1 when in doubt: text is spoilt then.
 */
int plain_split(char *text, gsize len, char delimiter, struct cell *cells);

/*
 * Which quotes of a record open and close fields. libcsv says what a record holds; this says where
 * its quotes stood, which libcsv does not tell. It is right for every record that libcsv accepts.
 */
struct quotes {
    enum { QUOTE_OUTSIDE, QUOTE_INSIDE, QUOTE_MAYBE_CLOSED } state;
    guint field; /* 0-based, in which the last quote opened */
    gint64 line; /* the physical line on which it opened */
    gboolean any;
    gboolean quoted[RECORD_MAX_COLUMNS]; /* fields that stand in quotes; all FALSE unless any */
};

void quotes_reset(struct quotes *quotes);
/* Follows a piece of the record's text; field is the index of the field in which it begins. */
void quotes_scan(struct quotes *quotes, const char *text, gsize len, char delimiter, guint field,
                 gint64 line);

/* Whether a line may begin a record of so many fields, or one more; a blank line, and one
 * whose last quote does not close on it, may. */
gboolean line_may_begin(const char *text, gsize len, char delimiter, guint fields);
/* Whether the line's last quote that opens a field does not close on it. */
gboolean line_stays_open(const char *text, gsize len, char delimiter);

/* The delimiters that sniffing tries, in the order that decides a tie. */
extern const char sniff_delimiters[4];

/* How many of the first records had how many fields, under one delimiter. Zero-initialise. */
struct sniff_tally {
    guint records;                            /* bad ones too */
    guint with_count[RECORD_MAX_COLUMNS + 1]; /* records by field count */
};

/* The most frequent number of fields, of equally frequent ones the largest. */
guint sniff_usual(const struct sniff_tally *tally);
/* The delimiter under which the most records have the most fields: ',' when none has two. */
char sniff_choose(const struct sniff_tally tallies[G_N_ELEMENTS(sniff_delimiters)]);

/* TRUE when a file's first line is "sep=X"; X is written. */
gboolean sniff_declared(const char *line, gsize len, char *delimiter);
