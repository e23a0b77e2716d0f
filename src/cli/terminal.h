/*
 * terminal.h - the only place that prints: data on stdout, talk on stderr.
 */
#pragma once
#include <glib.h>

/* Talk is silent when quiet; progress is shown only on a terminal. */
void terminal_set_quiet(gboolean quiet);
gboolean terminal_is_interactive(void); /* stdout is a terminal */
int terminal_width(void);               /* columns; 0 when stdout is no terminal */

/*
 * Colours what goes to standard output: "auto" when that is a terminal which has colours and
 * NO_COLOR is not set, "always" or "never". FALSE for another word.
 */
gboolean terminal_set_colour(const char *when) G_GNUC_WARN_UNUSED_RESULT;
gboolean terminal_has_colour(void);
/* Whether what is longer than the screen goes to a pager. */
void terminal_set_pager(gboolean paged);

/* Data, exactly as given; bytes need not be text. */
void terminal_data(const char *text);
void terminal_bytes(const char *bytes, gsize len);
/* Data that ends the command: on a terminal by way of the pager, when it is longer than that. */
void terminal_page(const char *bytes, gsize len);
/* Talk: cleaned of control and bidi characters, newlines kept; secrets masked. */
void terminal_talk(const char *format, ...) G_GNUC_PRINTF(1, 2);
/* A failure: "trueup: …", never silenced. */
void terminal_error(const char *message);
/* Replaces the progress line, from any thread; NULL clears it, as does what is printed. */
void terminal_progress(const char *text);
/* Columns for it; 0 when none is to be shown: standard error is no able terminal, or quiet. */
int terminal_progress_width(void);

/* Flushes stdout: FALSE when what was printed did not all arrive (a closed pipe, a full disk). */
gboolean terminal_flush(void);
