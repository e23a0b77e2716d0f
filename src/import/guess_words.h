/*
 * guess_words.h - the words by which unknown statements are read: rules/statement-words.ini.
 */
#pragma once
#include "import/survey.h"

struct guess_words;

struct guess_words *guess_words_load(GError **error);
void guess_words_free(struct guess_words *words);
typedef struct guess_words GuessWords; /* for g_autoptr(GuessWords) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GuessWords, guess_words_free)

/* A column's name taken apart: "Amount (USD)" is the word "amount" and the suffix "USD". */
struct column_name {
    char *word;   /* folded, marks and blanks gone */
    char *suffix; /* a code, a symbol or a zone in brackets at its end; "" for none */
};
struct column_name column_name_read(struct text text);
void column_name_clear(struct column_name *name);

/* Where a word stands in the list of a role, 1-based; 0 when it does not. */
guint guess_words_rank(const struct guess_words *words, enum role role, const char *word);
/* The word names a column that only other exports have; a balance that is owed. */
gboolean guess_words_is_foreign(const struct guess_words *words, const char *word);
gboolean guess_words_is_owed(const struct guess_words *words, const char *word);
gboolean guess_words_is_currency(const struct guess_words *words, const char *word);
gboolean guess_words_is_status(const struct guess_words *words, const char *word);

/* A text as words are compared: folded, marks and blanks gone. Free it. */
char *guess_word(const char *text);

enum heading { HEADING_NONE, HEADING_OUT, HEADING_IN, HEADING_IN_BESIDE_OUT };
/* What a cell says of its row's direction: for sure, or as a type of transaction. */
enum heading guess_words_direction(const struct guess_words *words, const char *word);
enum heading guess_words_type(const struct guess_words *words, const char *word);
/* Whether the folded text of a row says that money came in. */
enum incoming guess_words_incoming(const struct guess_words *words, const char *folded);
/* What the folded text of a row begins with that tells a balance. */
const char *const *guess_words_balances(const struct guess_words *words);
