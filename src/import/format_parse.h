/*
 * format_parse.h - what format_parse*.c share: one .ini on its way to a format.
 */
#pragma once
#include "import/format_internal.h"

struct parser {
    const char *path;
    char *group;
    GKeyFile *keys;
    GHashTable *lines;  /* key -> line */
    GHashTable *unread; /* set of keys; what is left of it is unknown */
    struct format *format;
};

/* "path:line: [group] key: why", without the line where the key is missing; always FALSE. */
gboolean parser_fail(const struct parser *parser, const char *key, GError **error,
                     const char *format, ...) G_GNUC_PRINTF(4, 5);

/* The value of a key, blanks stripped; NULL without an error when it is not stated. Free it. */
char *parser_take(struct parser *parser, const char *key, GError **error);
/* The same for a key that must be there. */
char *parser_take_needed(struct parser *parser, const char *key, GError **error);
/* An optional list: *out stays as it is when the key is not stated. */
gboolean parser_take_list(struct parser *parser, const char *key, gboolean folded, GStrv *out,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* An optional value that is one of `words`; *out is its index, else `fallback`. */
gboolean parser_take_word(struct parser *parser, const char *key, const char *const *words,
                          int fallback, int *out, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* "A | B" to its parts, blanks stripped, folded when asked. NULL with an error on an empty part. */
GStrv parser_split(const struct parser *parser, const char *key, const char *text, gboolean folded,
                   GError **error);

/* date-format, decimal and thousands; format_parse_value.c. */
gboolean parser_read_dates(struct parser *parser, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean parser_read_amounts(struct parser *parser, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* References become ones that the format knows. */
void parser_know(struct parser *parser, const GStrv references);
/* Which records are rows, and what a row is; format_parse_rows.c. */
gboolean parser_read_rows(struct parser *parser, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void condition_free(struct condition *condition);
/* The keys of a card format; format_parse_card.c. */
gboolean parser_read_card(struct parser *parser, GError **error) G_GNUC_WARN_UNUSED_RESULT;
