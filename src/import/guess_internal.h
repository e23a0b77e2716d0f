/*
 * guess_internal.h - what guess*.c share.
 */
#pragma once
#include "import/format_internal.h"
#include "import/guess.h"
#include "import/guess_words.h"

/* How the direction of money is told. */
enum direction {
    DIRECTION_OPEN,
    DIRECTION_NEGATIVE,
    DIRECTION_POSITIVE,
    DIRECTION_COLUMN,
    DIRECTION_SPLIT
};

struct guess {
    const struct import_options *options; /* borrowed while guessing */
    struct guess_words *words;
    char *encoding; /* as source.h names it */
    char *assumed;  /* the encoding that was assumed, or NULL */
    char delimiter;
    gboolean has_header, is_near;
    gint64 header_line; /* 0 without one */
    guint preamble;     /* records before it */
    guint column_count;
    GPtrArray *names; /* char*: clean names of columns, "" without one */
    GArray *parsed;   /* struct column_name */
    struct roles roles;
    struct survey *survey;
    GArray *findings; /* struct finding */

    /* What was decided, as the .ini says it; NULL for what it does not say. */
    char *date_format, *decimal, *thousands, *charge, *currency, *zone, *stop_at;
    enum direction direction;
    gboolean has_check, reads_fee;
};

/* Adds a finding; consumes value and evidence. */
void guess_find(struct guess *guess, const char *what, enum grade grade, char *value,
                char *evidence);
/* Adds what is open, and the option that states it. */
void guess_leave_open(struct guess *guess, const char *what, const char *hint, char *evidence);

const struct column_survey *guess_column(const struct guess *guess, enum role role);
gboolean guess_has(const struct guess *guess, enum role role);
/* The column's name as the .ini writes it: `column N` when its name cannot be written or is no name
 * of its own. Free it. */
char *guess_column_text(const struct guess *guess, int column);
/* For people: "Date", or "column 3". Free it. */
char *guess_column_shown(const struct guess *guess, int column);

/* Finds the header among the first records; FALSE when none is one. */
gboolean guess_header(struct guess *guess, GPtrArray *records, guint *header_index, char **why);
/* Finds columns of dates and amounts in records without a header. */
gboolean guess_shape(struct guess *guess, GPtrArray *records);
/* The .ini's `shape` of them, from the whole file. */
char *guess_shape_text(const struct guess *guess);

/* Takes a header's names. */
void guess_take_names(struct guess *guess, const struct record *record);
/* A known format's columns in a header, and what it leaves open. */
void guess_take_header(struct guess *guess, const struct format *format,
                       const struct record *record);
void guess_decide_open(struct guess *guess, const struct format *format);

/* The decisions, each a finding. */
void guess_dates(struct guess *guess);
void guess_decimal(struct guess *guess);
void guess_currency(struct guess *guess);
void guess_zone(struct guess *guess);
void guess_sign(struct guess *guess);
