/* output.c - giving a result to standard output, or writing a file whole or not at all. */
#include "cli/output.h"
#include "cli/terminal.h"
#include "core/error.h"
#include "report/report.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#define NEW_FILE_MODE 0644

void output_clear(struct output *output)
{
    g_clear_pointer(&output->path, g_free);
}

static gboolean refuse(GError **error, const char *path, const char *why)
{
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM,
                "%s: cannot be written (%s)\n"
                "hint: check that its folder exists and may be written, and is not full",
                path, why);
    return FALSE;
}

/* Sets *mode to the permissions of what will be replaced, or to those of a new file. */
static gboolean check_place(const struct output *output, mode_t *mode, GError **error)
{
    struct stat there;

    *mode = NEW_FILE_MODE;
    if (lstat(output->path, &there) != 0)
        return TRUE;
    if (!output->force) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM,
                    "%s: exists and is not overwritten\n"
                    "hint: --force replaces it; or name another file",
                    output->path);
        return FALSE;
    }
    if (!S_ISREG(there.st_mode)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM,
                    "%s: is no file of its own, and is not replaced\n"
                    "hint: a folder, link or device stays as it is; without --output the result "
                    "goes to standard output",
                    output->path);
        return FALSE;
    }
    *mode = there.st_mode & 0777;
    return TRUE;
}

gboolean output_check(const struct output *output, GError **error)
{
    g_autofree char *folder = output->path ? g_path_get_dirname(output->path) : NULL;
    mode_t mode;

    if (!folder)
        return TRUE;
    return check_place(output, &mode, error) &&
           (g_access(folder, W_OK | X_OK) == 0 || refuse(error, output->path, g_strerror(errno)));
}

/* All of the bytes, on the disk: FALSE with errno. */
static gboolean write_all(int fd, const char *bytes, gsize len)
{
    while (len > 0) {
        ssize_t written = write(fd, bytes, len);

        if (written < 0 && errno != EINTR)
            return FALSE;
        bytes += MAX(written, 0);
        len -= (gsize)MAX(written, 0);
    }
    return fsync(fd) == 0;
}

/*
 * Moves the file to its place: FALSE with errno. Without --force a link is made, which fails when
 * something came to stand there meanwhile; a file system without links has renaming alone.
 */
static gboolean move(const char *from, const struct output *output)
{
    if (!output->force) {
        if (link(from, output->path) == 0)
            return g_unlink(from) == 0;
        if (errno == EEXIST)
            return FALSE;
    }
    return g_rename(from, output->path) == 0;
}

/* So that the new name outlives a power cut. Not every file system can: then it is as it is. */
static void sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        return;
    (void)fsync(fd);
    (void)close(fd);
}

/* Writes beside the place and moves: FALSE with errno, and nothing is left. */
static gboolean write_beside(const struct output *output, const char *folder, mode_t mode,
                             const char *bytes, gsize len)
{
    g_autofree char *beside = g_build_filename(folder, ".trueup-XXXXXX", NULL);
    int fd = g_mkstemp_full(beside, O_WRONLY | O_CLOEXEC, NEW_FILE_MODE);
    gboolean done;
    int why;

    if (fd < 0)
        return FALSE;
    done = write_all(fd, bytes, len) && (mode == NEW_FILE_MODE || fchmod(fd, mode) == 0);
    why = errno;
    if (close(fd) != 0 && done) {
        done = FALSE;
        why = errno;
    }
    if (done && !move(beside, output)) {
        done = FALSE;
        why = errno;
    }
    if (!done)
        (void)g_unlink(beside);
    errno = why;
    return done;
}

static gboolean write_file(const struct output *output, const char *bytes, gsize len,
                           GError **error)
{
    g_autofree char *folder = g_path_get_dirname(output->path);
    sigset_t ending, before;
    gboolean done;
    mode_t mode;
    int why;

    if (!check_place(output, &mode, error))
        return FALSE;
    sigemptyset(&ending); /* what would end the program waits, and leaves no half a file */
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGHUP);
    (void)sigprocmask(SIG_BLOCK, &ending, &before);
    done = write_beside(output, folder, mode, bytes, len);
    why = errno;
    (void)sigprocmask(SIG_SETMASK, &before, NULL);
    if (!done)
        return refuse(error, output->path, g_strerror(why));
    sync_folder(folder);
    return TRUE;
}

const char *output_format(const struct output *output, const char *stated, GError **error)
{
    const char *ending = output->path ? report_format_of_path(output->path) : NULL;

    if (!stated && ending)
        return ending;
    if (!stated)
        return terminal_is_interactive() && !output->path ? "table" : "csv";
    if (!ending || strcmp(stated, ending) == 0 || strcmp(ending, "table") == 0)
        return stated;
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                "%s: its ending says %s, and --format says %s\n"
                "hint: leave --format out, or give the file the ending .%s",
                output->path, ending, stated, strcmp(stated, "table") == 0 ? "txt" : stated);
    return NULL;
}

gboolean output_write(const struct output *output, const char *bytes, gsize len, GError **error)
{
    if (output->path)
        return write_file(output, bytes, len, error);
    if (terminal_is_interactive() && !g_utf8_validate_len(bytes, len, NULL)) {
        g_set_error_literal(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                            "what this format holds is no text for a terminal\n"
                            "hint: write it to a file with -o, or into a pipe");
        return FALSE;
    }
    terminal_page(bytes, len);
    return TRUE;
}
