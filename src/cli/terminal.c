/* terminal.c - printing. */
#include "cli/terminal.h"
#include "cli/pager.h"
#include "core/secret.h"
#include "core/text.h"
#include <sys/ioctl.h>
#include <unistd.h>

static gboolean silent;
static gboolean paged = TRUE;
static enum { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER } colour;
/* The progress line is drawn by a thread of its own: whoever prints holds this. */
static GMutex printing;
static gboolean progress_shown;

void terminal_set_quiet(gboolean quiet)
{
    silent = quiet;
}

gboolean terminal_is_interactive(void)
{
    return isatty(STDOUT_FILENO);
}

/* All zero when the stream is no terminal. */
static struct winsize screen(int fd)
{
    struct winsize size;

    if (!isatty(fd) || ioctl(fd, TIOCGWINSZ, &size) != 0)
        return (struct winsize){0};
    return size;
}

int terminal_width(void)
{
    return screen(STDOUT_FILENO).ws_col;
}

/* Whether it moves its cursor and paints when told to. */
static gboolean is_able(void)
{
    const char *kind = g_getenv("TERM");

    return kind && *kind && strcmp(kind, "dumb") != 0;
}

int terminal_progress_width(void)
{
    return silent || !is_able() ? 0 : screen(STDERR_FILENO).ws_col;
}

gboolean terminal_set_colour(const char *when)
{
    static const char *const words[] = {"auto", "always", "never"};

    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(when, words[i]) == 0) {
            colour = i;
            return TRUE;
        }
    return FALSE;
}

gboolean terminal_has_colour(void)
{
    const char *unwanted = g_getenv("NO_COLOR");

    if (colour != COLOUR_AUTO)
        return colour == COLOUR_ALWAYS;
    return terminal_is_interactive() && is_able() && !(unwanted && *unwanted);
}

void terminal_set_pager(gboolean wanted)
{
    paged = wanted;
}

/* What a person typed is told again in messages, and may hold a secret too. */
static char *fit_to_say(const char *text)
{
    g_autofree char *masked = secret_masked(text);

    return text_clean(masked, TRUE);
}

void terminal_data(const char *text)
{
    terminal_bytes(text, strlen(text));
}

/* While printing. */
static void draw_progress(const char *text)
{
    if (!text && !progress_shown)
        return;
    fprintf(stderr, "\r\033[K%s", text ? text : "");
    progress_shown = text != NULL;
}

void terminal_progress(const char *text)
{
    g_mutex_lock(&printing);
    draw_progress(text);
    g_mutex_unlock(&printing);
}

/* What does not arrive is found by terminal_flush(). */
void terminal_bytes(const char *bytes, gsize len)
{
    g_mutex_lock(&printing);
    draw_progress(NULL);
    (void)fwrite(bytes, 1, len, stdout);
    g_mutex_unlock(&printing);
}

/* Data and talk keep their order when both go to one place. */
static void talk(const char *before, const char *text, const char *after)
{
    g_mutex_lock(&printing);
    draw_progress(NULL);
    fflush(stdout);
    fprintf(stderr, "%s%s%s", before, text, after);
    g_mutex_unlock(&printing);
}

/* The last line of the screen is the prompt's. */
static gboolean is_longer_than_screen(const char *bytes, gsize len)
{
    int lines = screen(STDOUT_FILENO).ws_row;

    for (gsize i = 0; i < len && lines > 0; i++)
        if (bytes[i] == '\n' && --lines == 0)
            return TRUE;
    return FALSE;
}

void terminal_page(const char *bytes, gsize len)
{
    terminal_progress(NULL);
    fflush(stdout);
    if (!paged || !is_longer_than_screen(bytes, len) || !pager_show(bytes, len))
        terminal_bytes(bytes, len);
}

void terminal_talk(const char *format, ...)
{
    va_list arguments;
    g_autofree char *text = NULL;
    g_autofree char *clean = NULL;

    if (silent)
        return;
    va_start(arguments, format);
    text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    clean = fit_to_say(text);
    talk("", clean, "");
}

void terminal_error(const char *message)
{
    g_autofree char *clean = fit_to_say(message);

    talk("trueup: ", clean, "\n");
}

gboolean terminal_flush(void)
{
    return fflush(stdout) == 0 && !ferror(stdout);
}
