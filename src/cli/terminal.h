/*
 * terminal.h - the only place that prints: data on stdout, talk on stderr.
 */
#pragma once
#include <glib.h>

/* Talk is silent when quiet; progress is shown only on a terminal. */
void terminal_set_quiet(gboolean quiet);
gboolean terminal_is_interactive(void); /* stdout is a terminal */
int terminal_width(void);               /* columns; 0 when stdout is no terminal */

/* Data, exactly as given; bytes need not be text. */
void terminal_data(const char *text);
void terminal_bytes(const char *bytes, gsize len);
/* Talk: cleaned of control and bidi characters, newlines kept; secrets masked. */
void terminal_talk(const char *format, ...) G_GNUC_PRINTF(1, 2);
/* A failure: "trueup: …", never silenced. */
void terminal_error(const char *message);
/* Replaces the progress line; NULL clears it. Shown on a terminal's stderr only, not when quiet. */
void terminal_progress(const char *text);

/* Flushes stdout: FALSE when what was printed did not all arrive (a closed pipe, a full disk). */
gboolean terminal_flush(void);
