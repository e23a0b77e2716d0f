/* keyboard.c - the terminal's mode, and reading byte by byte: no buffer holds what comes later. */
#include "cli/keyboard.h"
#include "cli/terminal.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <termios.h>
#include <unistd.h>

#define ESCAPE       27
#define SEQUENCE_MS  50 /* the bytes of one key come closer together than this */
#define LINE_LONGEST 4000

static const int caught[] = {SIGINT, SIGTERM, SIGHUP, SIGCONT};
static struct sigaction before[G_N_ELEMENTS(caught)];
static struct termios usual, by_key;
static volatile sig_atomic_t stopped_by; /* 0: by nothing */

static void on_signal(int number)
{
    if (number != SIGCONT) /* after a pause the shell has put its own mode back: only wake up */
        stopped_by = number;
}

gboolean keyboard_begin(void)
{
    struct sigaction action = {.sa_handler = on_signal};

    if (!terminal_is_interactive() || tcgetattr(STDIN_FILENO, &usual) != 0)
        return FALSE;
    stopped_by = 0;
    sigemptyset(&action.sa_mask);
    for (gsize i = 0; i < G_N_ELEMENTS(caught); i++)
        sigaction(caught[i], &action, &before[i]);
    by_key = usual;
    by_key.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    by_key.c_cc[VMIN] = 1;
    by_key.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &by_key);
    return TRUE;
}

void keyboard_end(void)
{
    tcsetattr(STDIN_FILENO, TCSADRAIN, &usual);
    for (gsize i = 0; i < G_N_ELEMENTS(caught); i++)
        sigaction(caught[i], &before[i], NULL);
    if (stopped_by) {
        (void)terminal_flush();
        raise(stopped_by);
    }
}

/* One byte, or KEYBOARD_END. mode: the terminal's while it waits. */
static int byte_read(const struct termios *mode)
{
    unsigned char byte;

    while (!stopped_by) {
        gssize count = read(STDIN_FILENO, &byte, 1);

        if (count == 1)
            return byte;
        if (count == 0 || errno != EINTR)
            return KEYBOARD_END;
        tcsetattr(STDIN_FILENO, TCSADRAIN, mode);
    }
    return KEYBOARD_END;
}

/* A key such as Home sends ESC and more, digits among it: they must not count as keys. */
static void sequence_skip(void)
{
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};

    while (poll(&input, 1, SEQUENCE_MS) == 1 && byte_read(&by_key) != KEYBOARD_END)
        ;
}

int keyboard_key(void)
{
    int key;

    (void)terminal_flush();
    key = byte_read(&by_key);
    if (key == ESCAPE)
        sequence_skip();
    return key;
}

char *keyboard_line(const char *prompt)
{
    g_autoptr(GString) line = g_string_new(NULL);
    int byte;

    terminal_data(prompt);
    (void)terminal_flush();
    tcsetattr(STDIN_FILENO, TCSADRAIN, &usual);
    while ((byte = byte_read(&usual)) != KEYBOARD_END && byte != '\n')
        if (line->len < LINE_LONGEST)
            g_string_append_c(line, (char)byte);
    tcsetattr(STDIN_FILENO, TCSADRAIN, &by_key);
    return byte == KEYBOARD_END ? NULL : g_utf8_make_valid(line->str, (gssize)line->len);
}
