/*
 * record_plain.c - splits lines that are one record beyond doubt.
 *
 * Nearly every line of an export is; libcsv, which looks at each byte in turn, reads the rest.
 */
#include "import/record_internal.h"

static gboolean is_blank(char c, char delimiter)
{
    return (c == ' ' || c == '\t') && c != delimiter;
}

/* A field without quotes: the blanks around it are not part of it. */
static struct cell unquoted_cell(char *from, char *stop, char delimiter)
{
    while (from < stop && is_blank(*from, delimiter))
        from++;
    while (from < stop && is_blank(stop[-1], delimiter))
        stop--;
    return (struct cell){.text = from, .len = (gsize)(stop - from)};
}

/* The first such byte, or end. */
static char *find(char *from, char *end, char byte)
{
    char *hit = memchr(from, byte, (gsize)(end - from));

    return hit ? hit : end;
}

int plain_split(char *text, gsize len, char delimiter, struct cell *cells)
{
    char *at = text, *end = text + len;
    char *quote = find(text, end, '"');
    int count = 0;

    for (;; at++) {
        char *stop;

        if (count == RECORD_MAX_COLUMNS)
            return -1;
        if (at < end && at == quote) {
            char *closing = find(at + 1, end, '"');
            stop = closing + 1;
            if (closing == end || (stop < end && *stop != delimiter))
                return -1; /* it goes on, is doubled, or something follows */
            cells[count] = (struct cell){at + 1, (gsize)(closing - at - 1), TRUE};
            quote = find(stop, end, '"');
        } else {
            stop = find(at, end, delimiter);
            if (quote < stop)
                return -1;
            cells[count] = unquoted_cell(at, stop, delimiter);
        }
        /* The NUL goes where the delimiter, the closing quote or a blank stood. */
        text[cells[count].text + cells[count].len - text] = '\0';
        count++;
        at = stop;
        if (at == end)
            break;
    }
    return count == 1 && cells[0].len == 0 && !cells[0].quoted ? 0 : count;
}
