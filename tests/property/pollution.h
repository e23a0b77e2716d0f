/*
 * pollution.h - one thing gone wrong in one record of a good file, as it goes wrong in the world.
 */
#pragma once
#include "random.h"
#include "slow_csv.h"
#include <string.h>

/* A file in pieces: its header and records, each with its line end. */
struct pieces {
    GPtrArray *all; /* GString * */
};

enum pollution {
    DELIMITER_MORE,
    DELIMITER_LESS,
    QUOTE_MORE,
    QUOTE_LESS,
    BLANK,
    TAB,
    SEMICOLON,
    MARK_WITHIN, /* a byte order mark */
    NUL_BYTE,
    BAD_BYTE,
    MINUS,
    LINE_END_WITHIN,
    LINE_END_DOUBLED,
    LINE_END_LOST,
    LINE_END_OTHER,
    FIRST_BYTE_LOST,
    CUT, /* the file ends within the record */
    LINE_DOUBLED,
    LINES_SWAPPED,
    FIELDS_SWAPPED,
    FIELD_EMPTIED,
    DECIMAL_MARK_OTHER,
    ALL_QUOTED, /* the line as one field */
    FILE_LINE_ENDS_OTHER,
    FILE_MARKED,
    POLLUTIONS
};

static inline gsize piece_text_len(const GString *piece)
{
    gsize len = piece->len;

    while (len > 0 && (piece->str[len - 1] == '\n' || piece->str[len - 1] == '\r'))
        len--;
    return len;
}

/* Somewhere in the text, but within no character. */
static inline gsize somewhere(struct rng *rng, const GString *piece)
{
    gsize at = (gsize)rng_below(rng, (int)piece_text_len(piece) + 1);

    while (at > 0 && ((guchar)piece->str[at] & 0xc0) == 0x80)
        at--;
    return at;
}

/* The place of one of the bytes like this, or -1. */
static inline gssize one_of(struct rng *rng, const GString *piece, char byte)
{
    gsize len = piece_text_len(piece);
    int count = 0;

    for (gsize i = 0; i < len; i++)
        count += piece->str[i] == byte;
    if (count == 0)
        return -1;
    count = rng_below(rng, count) + 1;
    for (gsize i = 0;; i++)
        if (piece->str[i] == byte && --count == 0)
            return (gssize)i;
}

static inline void set_line_end(GString *piece, const char *line_end)
{
    g_string_truncate(piece, piece_text_len(piece));
    g_string_append(piece, line_end);
}

/* Ends of the fields of a piece, quotes honoured: offsets of delimiters, then of the text's end. */
static inline GArray *field_ends(const GString *piece)
{
    GArray *ends = g_array_new(FALSE, FALSE, sizeof(gsize));
    gsize len = piece_text_len(piece);
    gboolean inside = FALSE;

    for (gsize i = 0; i <= len; i++) {
        if (i < len && piece->str[i] == '"')
            inside = !inside;
        if (i == len || (piece->str[i] == ',' && !inside))
            g_array_append_val(ends, i);
    }
    return ends;
}

static inline void field_range(const GArray *ends, guint field, gsize *from, gsize *until)
{
    *from = field == 0 ? 0 : g_array_index(ends, gsize, field - 1) + 1;
    *until = g_array_index(ends, gsize, field);
}

static inline void swap_fields(struct rng *rng, GString *piece)
{
    g_autoptr(GArray) ends = field_ends(piece);
    guint one = (guint)rng_below(rng, (int)ends->len),
          other = (guint)rng_below(rng, (int)ends->len);
    gsize from[2], until[2];

    if (one == other)
        return;
    field_range(ends, MIN(one, other), &from[0], &until[0]);
    field_range(ends, MAX(one, other), &from[1], &until[1]);
    g_autofree char *first = g_strndup(piece->str + from[0], until[0] - from[0]);
    g_autofree char *second = g_strndup(piece->str + from[1], until[1] - from[1]);
    g_string_erase(piece, (gssize)from[1], (gssize)(until[1] - from[1]));
    g_string_insert(piece, (gssize)from[1], first);
    g_string_erase(piece, (gssize)from[0], (gssize)(until[0] - from[0]));
    g_string_insert(piece, (gssize)from[0], second);
}

static inline void empty_field(struct rng *rng, GString *piece)
{
    g_autoptr(GArray) ends = field_ends(piece);
    gsize from, until;

    field_range(ends, (guint)rng_below(rng, (int)ends->len), &from, &until);
    g_string_erase(piece, (gssize)from, (gssize)(until - from));
}

static inline void quote_all(GString *piece)
{
    g_autofree char *line_end = g_strdup(piece->str + piece_text_len(piece));
    GString *quoted = g_string_new("\"");

    for (gsize i = 0; i < piece_text_len(piece); i++)
        g_string_append_printf(quoted, piece->str[i] == '"' ? "\"\"" : "%c", piece->str[i]);
    g_string_append_printf(quoted, "\"%s", line_end);
    g_string_assign(piece, quoted->str);
    g_string_free(quoted, TRUE);
}

static inline void erase_one(struct rng *rng, GString *piece, char byte)
{
    gssize at = one_of(rng, piece, byte);

    if (at >= 0)
        g_string_erase(piece, at, 1);
}

static inline const char *some_line_end(struct rng *rng)
{
    static const char *const line_ends[] = {"\r", "\r\n", "\r\r\n"};

    return line_ends[rng_below(rng, 3)];
}

/* Pollutes one piece; *count: how many pieces from it on are touched. */
static inline void pollute(struct rng *rng, struct pieces *pieces, guint index,
                           enum pollution pollution, guint *count)
{
    static const char *const inserted[] = {
        [DELIMITER_MORE] = ",", [QUOTE_MORE] = "\"", [BLANK] = " ",
        [TAB] = "\t",           [SEMICOLON] = ";",   [MARK_WITHIN] = "\xef\xbb\xbf",
        [BAD_BYTE] = "\xe9",    [MINUS] = "-",       [LINE_END_WITHIN] = "\n",
        [POLLUTIONS] = NULL};
    GString *piece = g_ptr_array_index(pieces->all, index);
    gboolean is_last = index + 1 == pieces->all->len;
    gsize at = somewhere(rng, piece);
    gssize mark;

    *count = 1;
    switch (pollution) {
    case DELIMITER_LESS:
        erase_one(rng, piece, ',');
        break;
    case QUOTE_LESS:
        erase_one(rng, piece, '"');
        break;
    case NUL_BYTE:
        g_string_insert_len(piece, (gssize)at, "\0", 1);
        break;
    case LINE_END_DOUBLED:
        g_string_append(piece, "\n");
        break;
    case LINE_END_LOST:
        set_line_end(piece, "");
        *count = is_last ? 1 : 2;
        break;
    case LINE_END_OTHER:
        set_line_end(piece, some_line_end(rng));
        break;
    case FIRST_BYTE_LOST:
        g_string_erase(piece, 0, 1);
        break;
    case CUT:
        g_string_truncate(piece, at);
        g_ptr_array_set_size(pieces->all, (int)index + 1);
        break;
    case LINE_DOUBLED:
        g_ptr_array_insert(pieces->all, (int)index,
                           g_string_new_len(piece->str, (gssize)piece->len));
        *count = 2;
        break;
    case LINES_SWAPPED:
        if (is_last)
            break;
        pieces->all->pdata[index] = pieces->all->pdata[index + 1];
        pieces->all->pdata[index + 1] = piece;
        *count = 2;
        break;
    case FIELDS_SWAPPED:
        swap_fields(rng, piece);
        break;
    case FIELD_EMPTIED:
        empty_field(rng, piece);
        break;
    case DECIMAL_MARK_OTHER:
        mark = one_of(rng, piece, '.');
        if (mark >= 0)
            piece->str[mark] = ',';
        break;
    case ALL_QUOTED:
        quote_all(piece);
        break;
    case FILE_LINE_ENDS_OTHER: {
        const char *line_end = some_line_end(rng);

        for (guint i = 0; i < pieces->all->len; i++)
            set_line_end(g_ptr_array_index(pieces->all, i), line_end);
        break;
    }
    case FILE_MARKED:
        g_string_prepend(g_ptr_array_index(pieces->all, 0), "\xef\xbb\xbf");
        break;
    default:
        g_string_insert(piece, (gssize)at, inserted[pollution]);
        break;
    }
}

/* The line that the byte at `until` would stand on. */
static inline gint64 line_at(const GString *text, gsize until)
{
    struct slow slow = {text->str, text->len, 0, 1, ',', NO_BUG, NULL};

    while (slow.at < until) {
        gsize line_end = slow_line_end(&slow, slow.at);

        slow.line += line_end > 0;
        slow.at += MAX(line_end, 1);
    }
    return slow.line;
}
