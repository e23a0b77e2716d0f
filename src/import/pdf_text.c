/*
 * pdf_text.c - see pdf_text.h.
 *
 * All three pipes are served by one poll loop, so that neither side waits for the other: a program
 * that writes before it has read everything, or stops reading, blocks nothing. What outlives its
 * time is killed.
 */
#include "import/pdf_text.h"
#include "core/error.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROGRAM       "pdftotext"
#define PDF_MAX_LEN   (16 * 1024 * 1024)
#define END_WITHIN    2048 /* bytes at the end in which a whole PDF has its end mark */
#define SAID_LEN      (16 * 1024)
#define PIECE_LEN     (64 * 1024)
#define POPPLER_NO_GO 3 /* exit status: the document forbids copying */

#define ENTER_BY_HAND                                                                              \
    "or enter the receipt in a CSV (`trueup formats --template receipts` has its header)"

const struct pdf_limits pdf_limits = {
    .seconds = 10,
    .memory_len = 256 * 1024 * 1024,
    .text_len = 4 * 1024 * 1024,
    .wall_time_us = 10 * G_USEC_PER_SEC,
};

/* A running pdftotext and what was said so far. */
struct talk {
    GPid pid;
    int in, out, err; /* our ends; -1 once closed */
    const char *bytes;
    gsize len, sent;
    GString *text, *said;
    gint64 deadline; /* monotonic, microseconds */
    gboolean is_late, is_long;
    int status;
};

static gboolean refuse(GError **error, const char *why)
{
    g_set_error_literal(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, why);
    return FALSE;
}

static void close_end(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static gboolean start(struct talk *talk, enum pdf_layout layout, const struct pdf_limits *limits,
                      GError **error)
{
    g_autofree char *program = g_find_program_in_path(PROGRAM);
    char as_drawn[] = "-raw", as_laid_out[] = "-layout";
    char *arguments[] = {program,
                         layout == PDF_AS_DRAWN ? as_drawn : as_laid_out,
                         (char[]){"-nopgbrk"},
                         (char[]){"-enc"},
                         (char[]){"UTF-8"},
                         (char[]){"-"},
                         (char[]){"-"},
                         NULL};
    char *environment[] = {(char[]){"LC_ALL=C.UTF-8"}, NULL};
    struct pdf_limits given = *limits;
    g_autoptr(GError) why = NULL;

    if (!program) {
        g_set_error_literal(error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM,
                            "is a PDF, and pdftotext, which reads its text, is not installed\n"
                            "hint: install poppler-utils (apt-get install poppler-utils)");
        return FALSE;
    }
    if (!g_spawn_async_with_pipes("/", arguments, environment, G_SPAWN_DO_NOT_REAP_CHILD,
                                  pdf_sandbox_enter, &given, &talk->pid, &talk->in, &talk->out,
                                  &talk->err, &why)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM, "pdftotext cannot be started: %s",
                    why->message);
        return FALSE;
    }
    fcntl(talk->in, F_SETFL, O_NONBLOCK);
    fcntl(talk->out, F_SETFL, O_NONBLOCK);
    fcntl(talk->err, F_SETFL, O_NONBLOCK);
    return TRUE;
}

/* Writes what the pipe takes; when all is sent or nobody reads any more, closes it. */
static void send_more(struct talk *talk)
{
    gssize sent = write(talk->in, talk->bytes + talk->sent, talk->len - talk->sent);

    if (sent > 0)
        talk->sent += (gsize)sent;
    else if (sent < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    else
        close_end(&talk->in);
    if (talk->sent == talk->len)
        close_end(&talk->in);
}

/* Reads what is there, keeps up to `most` bytes in all; FALSE when there was more. */
static gboolean take_more(int *fd, GString *kept, gsize most)
{
    g_autofree char *piece = g_malloc(PIECE_LEN);
    gssize got = read(*fd, piece, PIECE_LEN);

    if (got > 0) {
        gsize room = most - MIN(most, kept->len);

        g_string_append_len(kept, piece, (gssize)MIN((gsize)got, room));
        return (gsize)got <= room;
    }
    if (got == 0 || (errno != EAGAIN && errno != EINTR))
        close_end(fd);
    return TRUE;
}

static void converse(struct talk *talk, const struct pdf_limits *limits)
{
    while (!talk->is_long && (talk->out >= 0 || talk->err >= 0)) {
        struct pollfd ends[] = {
            {talk->in, POLLOUT, 0}, {talk->out, POLLIN, 0}, {talk->err, POLLIN, 0}};
        gint64 left = talk->deadline - g_get_monotonic_time();
        int ready = left > 0 ? poll(ends, G_N_ELEMENTS(ends), (int)(left / 1000) + 1) : 0;

        if (ready == 0) {
            talk->is_late = TRUE;
            return;
        }
        if (ready < 0)
            continue; /* a signal came between */
        if (ends[0].revents)
            send_more(talk);
        if (ends[1].revents)
            talk->is_long = !take_more(&talk->out, talk->text, limits->text_len);
        if (ends[2].revents)
            (void)take_more(&talk->err, talk->said, SAID_LEN); /* the rest is read and dropped */
    }
}

/* Waits for the end, which is near once the pipes are closed; what does not end is killed. */
static void finish(struct talk *talk)
{
    gboolean is_over = talk->is_late || talk->is_long;

    close_end(&talk->in);
    close_end(&talk->out);
    close_end(&talk->err);
    while (!is_over && waitpid(talk->pid, &talk->status, WNOHANG) == 0) {
        is_over = talk->is_late = g_get_monotonic_time() >= talk->deadline;
        g_usleep(500);
    }
    if (is_over) {
        kill(talk->pid, SIGKILL);
        while (waitpid(talk->pid, &talk->status, 0) < 0 && errno == EINTR)
            ;
    }
    g_spawn_close_pid(talk->pid);
}

/* A reader that is gone must be an error of write(), not the end of this program. */
static gboolean pipe_signal_hold(sigset_t *before)
{
    sigset_t pipe_signal, pending;

    sigemptyset(&pipe_signal);
    sigaddset(&pipe_signal, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe_signal, before);
    sigpending(&pending);
    return sigismember(&pending, SIGPIPE) == 1;
}

static void pipe_signal_release(const sigset_t *before, gboolean was_pending)
{
    const struct timespec now = {0};
    sigset_t pipe_signal;

    sigemptyset(&pipe_signal);
    sigaddset(&pipe_signal, SIGPIPE);
    while (!was_pending && sigtimedwait(&pipe_signal, NULL, &now) < 0 && errno == EINTR)
        ;
    pthread_sigmask(SIG_SETMASK, before, NULL);
}

/* What became of it, when it did not do its work. */
static gboolean judge(const struct talk *talk, const struct pdf_limits *limits, GError **error)
{
    int code = WIFEXITED(talk->status) ? WEXITSTATUS(talk->status) : -1;
    gboolean out_of_time =
        talk->is_late || (WIFSIGNALED(talk->status) &&
                          (WTERMSIG(talk->status) == SIGXCPU || WTERMSIG(talk->status) == SIGKILL));

    if (talk->is_long)
        return refuse(error, "is a PDF with more text than any receipt has (4 MiB)\n"
                             "hint: leave it out of the folder");
    if (out_of_time) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "is a PDF that pdftotext did not read within %u seconds; it was stopped\n"
                    "hint: download it again, " ENTER_BY_HAND,
                    limits->seconds);
        return FALSE;
    }
    if (code == PDF_SANDBOX_FAILED) {
        g_set_error_literal(error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM,
                            "is a PDF, and this system lets no process be confined (seccomp), "
                            "without which no PDF is opened");
        return FALSE;
    }
    if (code < 0)
        return refuse(error, "is a PDF on which pdftotext crashed\n"
                             "hint: download it again, " ENTER_BY_HAND);
    if (strstr(talk->said->str, "Incorrect password"))
        return refuse(error, "is an encrypted PDF: it needs a password\n"
                             "hint: save it without one, " ENTER_BY_HAND);
    if (code == POPPLER_NO_GO)
        return refuse(error, "is an encrypted PDF that forbids copying its text\n"
                             "hint: save it without protection, " ENTER_BY_HAND);
    return code == 0 || refuse(error, "is a damaged PDF: pdftotext cannot read it\n"
                                      "hint: download it again, " ENTER_BY_HAND);
}

/* UTF-8 in which every control but the line end, and every kind of blank, is a blank. */
static char *clean_text(const GString *text)
{
    g_autofree char *valid = NULL;
    g_autoptr(GString) clean = g_string_sized_new(text->len);

    for (gsize i = 0; i < text->len; i++)
        g_string_append_c(clean, text->str[i] ? text->str[i] : ' ');
    valid = g_utf8_make_valid(clean->str, (gssize)clean->len);
    g_string_truncate(clean, 0);
    for (const char *at = valid; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        gboolean is_blank = g_unichar_iscntrl(c) || g_unichar_isspace(c);

        g_string_append_unichar(clean, c != '\n' && is_blank ? ' ' : c);
    }
    return g_string_free(g_steal_pointer(&clean), FALSE);
}

static gboolean is_whole(const char *bytes, gsize len, GError **error)
{
    gsize end_len = MIN(len, END_WITHIN);

    if (len > PDF_MAX_LEN)
        return refuse(error, "is a PDF of more than 16 MiB, which no receipt is\n"
                             "hint: leave it out of the folder, " ENTER_BY_HAND);
    if (!memmem(bytes + len - end_len, end_len, "%%EOF", 5))
        return refuse(error, "is a PDF that is cut short: its end is missing\n"
                             "hint: download it again");
    return TRUE;
}

char *pdf_text_read(const char *bytes, gsize len, enum pdf_layout layout,
                    const struct pdf_limits *limits, GError **error)
{
    struct talk talk = {.bytes = bytes, .len = len, .in = -1, .out = -1, .err = -1};
    g_autoptr(GString) text = talk.text = g_string_new(NULL);
    g_autoptr(GString) said = talk.said = g_string_new(NULL);
    g_autofree char *clean = NULL;
    sigset_t before;
    gboolean was_pending;

    if (!is_whole(bytes, len, error) || !start(&talk, layout, limits, error))
        return NULL;
    talk.deadline = g_get_monotonic_time() + limits->wall_time_us;
    was_pending = pipe_signal_hold(&before);
    converse(&talk, limits);
    finish(&talk);
    pipe_signal_release(&before, was_pending);
    if (!judge(&talk, limits, error))
        return NULL;
    clean = clean_text(text);
    if (strspn(clean, " \n") == strlen(clean)) {
        refuse(error, "is a PDF without text: a picture of a page, as scanners make\n"
                      "hint: download the PDF from the billing page, " ENTER_BY_HAND);
        return NULL;
    }
    return g_steal_pointer(&clean);
}
