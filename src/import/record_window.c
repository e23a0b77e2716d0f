/*
 * record_window.c - a source's text as physical lines.
 *
 * Where the next LF, CR and quote stand is found by memchr and remembered, so that each byte is
 * looked at three times in all, however short the lines and whichever of the three is missing.
 */
#include "import/record_window.h"

struct window {
    struct source *source;
    gsize piece_len;
    char *bytes;
    gsize capacity;
    gsize at, end;       /* the next byte to hand out; where the text ends */
    gsize lf, cr, quote; /* no such byte in [at, these); these are one, or end */
    gsize mark;
    gint64 line, mark_line;
    gboolean is_marked, is_previewing, source_ended;
    gboolean in_line; /* a piece of the line was handed out */
};

struct window *window_new(struct source *source, gsize piece_len)
{
    struct window *window = g_new0(struct window, 1);

    window->source = source;
    window->piece_len = piece_len;
    window->line = source_first_line(source);
    return window;
}

void window_free(struct window *window)
{
    if (!window)
        return;
    g_free(window->bytes);
    g_free(window);
}

/* Forgets where things were found: after a move to another place in the text. */
static void go_to(struct window *window, gsize at, gint64 line)
{
    window->at = window->lf = window->cr = window->quote = at;
    window->line = line;
    window->in_line = FALSE;
}

/* Drops the bytes before keep. */
static void drop(struct window *window, gsize keep)
{
    if (keep == 0)
        return;
    memmove(window->bytes, window->bytes + keep, window->end - keep);
    window->at -= keep;
    window->end -= keep;
    window->mark -= MIN(keep, window->mark);
    window->lf -= MIN(keep, window->lf);
    window->cr -= MIN(keep, window->cr);
    window->quote -= MIN(keep, window->quote);
}

/* Takes in one more chunk of the source. */
static gboolean fill(struct window *window, GError **error)
{
    const char *text;
    gsize len;

    if (!source_read(window->source, &text, &len, error))
        return FALSE;
    if (window->end + len > window->capacity) {
        window->capacity = window->end + len;
        window->bytes = g_realloc(window->bytes, window->capacity);
    }
    if (len > 0)
        memcpy(window->bytes + window->end, text, len);
    window->end += len;
    window->source_ended = len == 0;
    return TRUE;
}

gboolean window_preview(struct window *window, gsize len, GError **error)
{
    while (window->end < len && !window->source_ended) {
        if (!fill(window, error))
            return FALSE;
    }
    window_start(window, TRUE);
    return TRUE;
}

void window_start(struct window *window, gboolean previewing)
{
    window->is_marked = FALSE;
    window->is_previewing = previewing;
    go_to(window, 0, source_first_line(window->source));
}

/* The place of the next byte like this at or behind window->at, from what *found remembers. */
static gsize seek(const struct window *window, gsize *found, char byte)
{
    if (*found < window->at)
        *found = window->at;
    if (*found < window->end && window->bytes[*found] != byte) {
        const char *hit = memchr(window->bytes + *found, byte, window->end - *found);
        *found = hit ? (gsize)(hit - window->bytes) : window->end;
    }
    return *found;
}

/*
 * Where the line that begins at window->at ends, behind its line end; 0 when that is not known yet.
 * *text_end: where its text ends as far as it is known.
 */
static gsize find_line_end(struct window *window, gsize *text_end)
{
    const char *bytes = window->bytes;
    gsize end = window->end;
    gsize lf = seek(window, &window->lf, '\n');
    gsize cr = seek(window, &window->cr, '\r');

    *text_end = MIN(lf, cr);
    if (*text_end == end)
        return 0;
    if (lf < cr)
        return lf + 1;
    if (cr + 1 < end && bytes[cr + 1] == '\n')
        return cr + 2;
    if (cr + 2 < end && bytes[cr + 1] == '\r' && bytes[cr + 2] == '\n')
        return cr + 3;
    if (window->source_ended || (cr + 1 < end && bytes[cr + 1] != '\r') || cr + 2 < end)
        return cr + 1;
    return 0; /* what follows the CR decides, and is not here yet */
}

static void hand_out(struct window *window, gsize stop, gboolean ends_line, gboolean has_newline,
                     struct window_piece *piece)
{
    *piece = (struct window_piece){
        .text = window->bytes + window->at,
        .len = stop - window->at,
        .line = window->line,
        .has_quote = seek(window, &window->quote, '"') < stop,
        .ends_line = ends_line,
        .has_newline = has_newline,
    };
    window->at = stop;
    window->in_line = !ends_line;
    if (ends_line)
        window->line++;
}

enum window_status window_next(struct window *window, struct window_piece *piece, GError **error)
{
    for (;;) {
        gsize text_end;
        gsize stop = find_line_end(window, &text_end);

        if (stop > 0) {
            hand_out(window, stop, TRUE, TRUE, piece);
            return WINDOW_PIECE;
        }
        if (window->source_ended) {
            /* A long line may have ended with its last piece already. */
            if (window->at == window->end && !window->in_line)
                return WINDOW_END;
            hand_out(window, window->end, TRUE, FALSE, piece);
            return WINDOW_PIECE;
        }
        if (window->is_previewing)
            return WINDOW_END;
        if (text_end - window->at >= window->piece_len) {
            hand_out(window, text_end, FALSE, FALSE, piece);
            return WINDOW_PIECE;
        }
        drop(window, window->is_marked ? window->mark : window->at);
        if (!fill(window, error))
            return WINDOW_FAILED;
    }
}

void window_mark(struct window *window)
{
    window->mark = window->at;
    window->mark_line = window->line;
    window->is_marked = TRUE;
}

void window_unmark(struct window *window)
{
    window->is_marked = FALSE;
}

void window_return(struct window *window)
{
    g_assert(window->is_marked);
    window->is_marked = FALSE;
    go_to(window, window->mark, window->mark_line);
}

gint64 window_line_count(const struct window *window)
{
    return window->line - 1 + window->in_line;
}
