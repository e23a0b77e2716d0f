/*
 * record_resync.c - where reading goes on behind a bad record.
 *
 * A record with an open quote may have swallowed good lines, and those of its own that are left
 * would look like bad records. A line by itself tells which it is: by its number of fields.
 */
#include "import/record_internal.h"

/* Where the field that begins at `at` ends: at a delimiter or the line's end. */
static gsize field_end(const char *text, gsize at, gsize len, char delimiter, gboolean *is_open)
{
    *is_open = FALSE;
    while (at < len && (text[at] == ' ' || text[at] == '\t') && text[at] != delimiter)
        at++;
    if (at < len && text[at] == '"') {
        *is_open = TRUE;
        for (at++; at < len && *is_open; at++) {
            if (text[at] != '"')
                continue;
            if (at + 1 < len && text[at + 1] == '"')
                at++;
            else
                *is_open = FALSE;
        }
    }
    while (at < len && text[at] != delimiter)
        at++;
    return at;
}

/* The fields of one line, as far as it tells. */
static guint count_fields(const char *text, gsize len, char delimiter, gboolean *is_open)
{
    guint count = 1;
    gsize at = field_end(text, 0, len, delimiter, is_open);

    for (; at < len; count++)
        at = field_end(text, at + 1, len, delimiter, is_open);
    return count;
}

static gsize without_line_end(const char *text, gsize len)
{
    while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == '\r'))
        len--;
    return len;
}

gboolean line_may_begin(const char *text, gsize len, char delimiter, guint fields)
{
    gboolean is_open;
    gsize text_len = without_line_end(text, len);
    guint count = count_fields(text, text_len, delimiter, &is_open);

    return text_len == 0 || is_open || count == fields || count == fields + 1;
}

gboolean line_stays_open(const char *text, gsize len, char delimiter)
{
    gboolean is_open;

    count_fields(text, without_line_end(text, len), delimiter, &is_open);
    return is_open;
}
