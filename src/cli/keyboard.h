/*
 * keyboard.h - keys and lines from a person at a terminal.
 *
 * Between begin and end keys come one at a time and are not echoed. SIGINT, SIGTERM and SIGHUP end
 * the waiting for a key instead of the program; keyboard_end() gives the terminal back as it was,
 * and then lets such a signal do what it would have done.
 */
#pragma once
#include <glib.h>

#define KEYBOARD_END (-1) /* no more input, or a signal came */

/* FALSE, and nothing is to be ended, where standard input or output is no terminal. */
gboolean keyboard_begin(void) G_GNUC_WARN_UNUSED_RESULT;
void keyboard_end(void);

/* The next key; a key that sends several bytes (an arrow) is the first of them, ESC. */
int keyboard_key(void);
/* A line, edited and echoed as usual, without its newline; NULL at KEYBOARD_END. Free it. */
char *keyboard_line(const char *prompt);
