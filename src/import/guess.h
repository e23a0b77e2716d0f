/*
 * guess.h - how a card or bank statement is to be read that no format knows.
 *
 *     file -> survey (counts) -> findings, each with its evidence -> the text of an .ini
 *
 * The text is read like any other format's, so what is written down is exactly what was used. What
 * would change money or its date and is neither found nor stated is left open, and then there is no
 * such text: a guess is right or refuses.
 */
#pragma once
#include "import/format.h"
#include "import/import.h"

/* The name of the format that a guess is read by, until it is written under another. */
#define GUESS_NAME "guessed"

enum grade {
    GRADE_PROVED,    /* the file's rows allow nothing else */
    GRADE_SUGGESTED, /* independent signs agree and none disagrees */
    GRADE_ASSUMED,   /* changes neither money nor a date */
    GRADE_STATED,    /* by an option */
    GRADE_OPEN       /* nothing tells: an option must state it */
};
const char *grade_word(enum grade grade);

struct finding {
    const char *what; /* "date order" */
    char *value;      /* "dmy"; "" when open */
    enum grade grade;
    char *evidence;        /* with its numbers */
    char *hint;            /* when open: the option that states it; else NULL */
    gboolean shapes_money; /* of amounts or dates, not of the file as text */
};

struct guess;

/* Surveys the whole file. NULL with an error, without the file's name, when it cannot be read or is
 * no statement; *is_near when its names are a statement's all the same. */
struct guess *guess_file(const char *path, const struct import_options *options, gboolean *is_near,
                         GError **error);
/* The same for a file of a known format, for what it leaves open alone. */
struct guess *guess_file_of(const char *path, const char *encoding,
                            const struct import_options *options, const struct format *format,
                            const struct record *header, GError **error);
/* Fills in what a format leaves open and the options do not state, as far as the file tells. Its
 * strings belong to the guess. */
void guess_settle(const struct guess *guess, const struct format *format,
                  struct mapping_options *options);
void guess_free(struct guess *guess);
typedef struct guess Guess; /* for g_autoptr(Guess) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Guess, guess_free)

const GArray *guess_findings(const struct guess *guess); /* struct finding */
/* Whether its header is that of one of the formats but for a name that is misspelt. */
gboolean guess_is_damaged(const struct guess *guess, const struct format_set *formats);
/* The encoding that source_open() needs, when nothing states one; NULL when none is needed. */
const char *guess_encoding(const struct guess *guess);
/* The .ini under this name; what is open stands in it as a comment. Free it. */
char *guess_ini(const struct guess *guess, const char *name);
gboolean guess_is_open(const struct guess *guess);
/* Why the file is refused, and the options that would state what is open. */
void guess_refuse(const struct guess *guess, GError **error);
