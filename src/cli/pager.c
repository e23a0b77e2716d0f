/* pager.c - running $PAGER, or less. */
#include "cli/pager.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define LESS_OPTIONS                                                                               \
    "FRSX"          /* quit if it fits, colours as they are, cut long lines, leave it there */
#define NOT_RUN 126 /* and 127: of a shell that cannot run or find the program */

/* What the shell is to run; NULL for nothing. */
static const char *command(void)
{
    const char *stated = g_getenv("PAGER");
    g_autofree char *less = NULL;

    if (stated)
        return *stated && strcmp(stated, "cat") != 0 ? stated : NULL;
    less = g_find_program_in_path("less");
    return less ? "less" : NULL;
}

/* A person who quits early has seen enough: what was not read is no failure. */
static void feed(int fd, const char *bytes, gsize len)
{
    while (len > 0) {
        ssize_t written = write(fd, bytes, len);

        if (written < 0 && errno != EINTR)
            break;
        bytes += MAX(written, 0);
        len -= (gsize)MAX(written, 0);
    }
    (void)close(fd);
}

static gboolean was_run(GPid pid)
{
    int status = 0;

    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return !WIFEXITED(status) || WEXITSTATUS(status) < NOT_RUN;
}

gboolean pager_show(const char *bytes, gsize len)
{
    const char *program = command();
    char *arguments[] = {(char[]){"/bin/sh"}, (char[]){"-c"}, (char *)(guintptr)program, NULL};
    g_auto(GStrv) environment = g_get_environ();
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    gboolean shown;
    GPid pid;
    int fd;

    if (!program)
        return FALSE;
    environment = g_environ_setenv(environment, "LESS", LESS_OPTIONS, FALSE);
    if (!g_spawn_async_with_pipes(NULL, arguments, environment, G_SPAWN_DO_NOT_REAP_CHILD, NULL,
                                  NULL, &pid, &fd, NULL, NULL, NULL))
        return FALSE;
    (void)sigaction(SIGINT, &ignore, &before); /* that key is the pager's now */
    feed(fd, bytes, len);
    shown = was_run(pid);
    (void)sigaction(SIGINT, &before, NULL);
    return shown;
}
