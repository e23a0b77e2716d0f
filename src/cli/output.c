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

struct output_draft {
    const struct output *output;
    char *folder, *beside; /* beside: its name for now; NULL where it has none */
    int file;
    mode_t mode;
    sigset_t signals; /* as they were before, where it has a name */
};

/*
 * A file without a name is gone when the program is, whatever ends it. Where the file system has
 * none, what would end the program waits, so that no half a file is left.
 */
static gboolean open_draft(struct output_draft *draft)
{
    sigset_t ending;

    if (g_file_test("/proc/self/fd", G_FILE_TEST_IS_DIR))
        draft->file = open(draft->folder, O_TMPFILE | O_RDWR | O_CLOEXEC, NEW_FILE_MODE);
    if (draft->file >= 0)
        return TRUE;
    sigemptyset(&ending);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGHUP);
    (void)sigprocmask(SIG_BLOCK, &ending, &draft->signals);
    draft->beside = g_build_filename(draft->folder, ".trueup-XXXXXX", NULL);
    draft->file = g_mkstemp_full(draft->beside, O_RDWR | O_CLOEXEC, NEW_FILE_MODE);
    return draft->file >= 0;
}

struct output_draft *output_draft_new(const struct output *output, GError **error)
{
    g_autoptr(OutputDraft) draft = g_new0(struct output_draft, 1);

    draft->output = output;
    draft->file = -1;
    draft->folder = g_path_get_dirname(output->path);
    if (!check_place(output, &draft->mode, error))
        return NULL;
    if (!open_draft(draft)) {
        refuse(error, output->path, g_strerror(errno));
        return NULL;
    }
    return g_steal_pointer(&draft);
}

int output_draft_file(const struct output_draft *draft)
{
    return draft->file;
}

void output_draft_free(struct output_draft *draft)
{
    if (draft->file >= 0)
        (void)close(draft->file);
    if (draft->beside) {
        (void)g_unlink(draft->beside);
        (void)sigprocmask(SIG_SETMASK, &draft->signals, NULL);
    }
    g_free(draft->beside);
    g_free(draft->folder);
    g_free(draft);
}

/* Gives a file without a name one, which nothing has yet: FALSE with errno. */
static gboolean name_draft(struct output_draft *draft, const char *name)
{
    g_autofree char *from = g_strdup_printf("/proc/self/fd/%d", draft->file);

    return linkat(AT_FDCWD, from, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0;
}

/* A name beside the place, to be renamed from: FALSE with errno. */
static gboolean name_beside(struct output_draft *draft)
{
    for (guint i = 0; i < 100; i++) {
        g_autofree char *name = g_strdup_printf("%s/.trueup-%08x", draft->folder, g_random_int());

        if (name_draft(draft, name)) {
            draft->beside = g_steal_pointer(&name);
            (void)sigprocmask(SIG_BLOCK, NULL, &draft->signals);
            return TRUE;
        }
        if (errno != EEXIST)
            return FALSE;
    }
    return FALSE;
}

/*
 * Moves the file to its place: FALSE with errno. Without --force a link is made, which fails when
 * something came to stand there meanwhile; a file system without links has renaming alone.
 */
static gboolean move(struct output_draft *draft)
{
    const struct output *output = draft->output;

    if (!draft->beside && !output->force)
        return name_draft(draft, output->path);
    if (!draft->beside && !name_beside(draft))
        return FALSE;
    if (!output->force) {
        if (link(draft->beside, output->path) == 0)
            return TRUE; /* the other name goes with the draft */
        if (errno == EEXIST)
            return FALSE;
    }
    return g_rename(draft->beside, output->path) == 0;
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

gboolean output_draft_commit(struct output_draft *draft, GError **error)
{
    if ((draft->mode != NEW_FILE_MODE && fchmod(draft->file, draft->mode) != 0) ||
        fsync(draft->file) != 0 || !move(draft))
        return refuse(error, draft->output->path, g_strerror(errno));
    sync_folder(draft->folder);
    return TRUE;
}

/* FALSE with errno. */
static gboolean write_all(int fd, const char *bytes, gsize len)
{
    while (len > 0) {
        ssize_t written = write(fd, bytes, len);

        if (written < 0 && errno != EINTR)
            return FALSE;
        bytes += MAX(written, 0);
        len -= (gsize)MAX(written, 0);
    }
    return TRUE;
}

static gboolean write_file(const struct output *output, const char *bytes, gsize len,
                           GError **error)
{
    g_autoptr(OutputDraft) draft = output_draft_new(output, error);

    if (!draft)
        return FALSE;
    if (!write_all(draft->file, bytes, len))
        return refuse(error, output->path, g_strerror(errno));
    return output_draft_commit(draft, error);
}

/* What is known for another format (.xls, .ods) must not come out as something else. */
static gboolean ends_in_letters(const char *path)
{
    g_autofree char *name = g_path_get_basename(path);
    const char *dot = strrchr(name, '.');

    return dot && dot != name && g_ascii_isalpha(dot[1]);
}

static const char *format_unstated(const struct output *output, const char *otherwise,
                                   GError **error)
{
    if (!output->path)
        return terminal_is_interactive() ? "table" : otherwise;
    if (!ends_in_letters(output->path))
        return otherwise;
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                "%s: its ending names no format\n"
                "hint: say which with --format, or end the name in .csv, .json, .txt, .xlsx, .html "
                "or .pdf",
                output->path);
    return NULL;
}

const char *output_format(const struct output *output, const char *stated, const char *otherwise,
                          GError **error)
{
    const char *ending = output->path ? report_format_of_path(output->path) : NULL;

    if (!stated)
        return ending ? ending : format_unstated(output, otherwise, error);
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
