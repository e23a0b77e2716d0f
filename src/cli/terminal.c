/* terminal.c - printing. */
#include "cli/terminal.h"
#include "core/secret.h"
#include "core/text.h"
#include <sys/ioctl.h>
#include <unistd.h>

static gboolean silent;
static gboolean progress_shown;

void terminal_set_quiet(gboolean quiet)
{
    silent = quiet;
}

gboolean terminal_is_interactive(void)
{
    return isatty(STDOUT_FILENO);
}

int terminal_width(void)
{
    struct winsize size;

    if (!terminal_is_interactive() || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
        return 0;
    return size.ws_col;
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

/* What does not arrive is found by terminal_flush(). */
void terminal_bytes(const char *bytes, gsize len)
{
    (void)fwrite(bytes, 1, len, stdout);
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
    terminal_progress(NULL);
    fflush(stdout); /* data and talk keep their order when both go to one place */
    fputs(clean, stderr);
}

void terminal_error(const char *message)
{
    g_autofree char *clean = fit_to_say(message);

    terminal_progress(NULL);
    fflush(stdout);
    fprintf(stderr, "trueup: %s\n", clean);
}

void terminal_progress(const char *text)
{
    if (silent || !isatty(STDERR_FILENO) || (!text && !progress_shown))
        return;
    fprintf(stderr, "\r\033[K%s", text ? text : "");
    progress_shown = text != NULL;
}

gboolean terminal_flush(void)
{
    return fflush(stdout) == 0 && !ferror(stdout);
}
