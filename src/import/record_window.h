/*
 * record_window.h - a source's text as physical lines, with a way back to a line already read.
 *
 * LF, CRLF, CR and CR CR LF end a line. A line comes in one piece, unless it is long; a piece never
 * ends within a line end. The window keeps what has not been handed out, and what lies behind a
 * mark.
 */
#pragma once
#include "import/source.h"
#include <glib.h>

struct window;

struct window_piece {
    const char *text; /* with its line end; valid until the next call */
    gsize len;
    gint64 line;          /* physical line, 1-based */
    gboolean has_quote;   /* there is a '"' in it */
    gboolean ends_line;   /* the last piece of its line, */
    gboolean has_newline; /* which has a line end (the file's last line may lack one) */
};

enum window_status { WINDOW_PIECE, WINDOW_END, WINDOW_FAILED };

/* A line longer than piece_len comes in pieces. */
struct window *window_new(struct source *source, gsize piece_len);
void window_free(struct window *window);
typedef struct window Window; /* for g_autoptr(Window) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Window, window_free)

/*
 * Fills the window with the file's beginning, for looks ahead: until window_start(window, FALSE),
 * window_next() says END where that beginning ends, whole lines only.
 */
gboolean window_preview(struct window *window, gsize len, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Back to the first line; allowed while no byte has been dropped. */
void window_start(struct window *window, gboolean previewing);

enum window_status window_next(struct window *window, struct window_piece *piece, GError **error);

/* Marks the place before the next piece, at most one; window_return() goes back there. */
void window_mark(struct window *window);
void window_unmark(struct window *window);
void window_return(struct window *window);

gint64 window_line_count(const struct window *window); /* lines begun so far */
