/*
 * source_text.c - what is UTF-8, and where lines end.
 */
#include "import/source_internal.h"
#include <stdint.h>

#define ONES  UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)
#define BLOCK 64
#define SLICE 1024

/*
 * The length of a beginning in whole blocks that is ASCII without NUL. Exports are nearly all
 * ASCII, and this is ten times as fast as looking at each byte.
 */
static gsize ascii_len(const char *bytes, gsize len)
{
    gsize at = 0;

    for (; at + BLOCK <= len; at += BLOCK) {
        guint64 words[BLOCK / 8], marks = 0;
        memcpy(words, bytes + at, BLOCK);
        for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
            marks |= words[i] | ((words[i] - ONES) & ~words[i]);
        if (marks & HIGHS)
            break;
    }
    return at;
}

gsize utf8_valid_len(const char *bytes, gsize len)
{
    gsize at = 0;

    while (at < len) {
        at += ascii_len(bytes + at, len - at);
        gsize stop = MIN(at + SLICE, len);
        while (stop < len && stop > at && ((guchar)bytes[stop] & 0xc0) == 0x80)
            stop--; /* not within a character */
        if (stop == at)
            stop = MIN(at + SLICE, len);

        const char *bad;
        if (!g_utf8_validate(bytes + at, (gssize)(stop - at), &bad))
            return (gsize)(bad - bytes);
        at = stop;
    }
    return len;
}

void line_counter_add(struct line_counter *counter, const char *text, gsize len)
{
    for (gsize i = 0; i < len; i++) {
        if (text[i] == '\n') {
            counter->ends++; /* with whatever CRs stood before it */
            counter->state = AFTER_TEXT;
        } else if (text[i] == '\r') {
            if (counter->state == AFTER_CR_CR)
                counter->ends++; /* the first of three is a line end of its own */
            counter->state = counter->state == AFTER_TEXT ? AFTER_CR : AFTER_CR_CR;
        } else {
            counter->ends += counter->state;
            counter->state = AFTER_TEXT;
        }
    }
}

gint64 line_counter_ends(const struct line_counter *counter)
{
    return counter->ends + counter->state;
}
