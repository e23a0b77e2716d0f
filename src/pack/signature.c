/* signature.c - ssh-keygen as a process: no shell, text on its standard input. */
#include "pack/signature.h"
#include "core/error.h"
#include "core/text.h"
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* What came of a run of ssh-keygen. */
struct answer {
    gboolean is_good;
    GBytes *out;
    char *said; /* on standard error or output, one line, clean */
};

static void answer_clear(struct answer *answer)
{
    g_clear_pointer(&answer->out, g_bytes_unref);
    g_clear_pointer(&answer->said, g_free);
}
typedef struct answer Answer; /* for g_auto(Answer) alone */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Answer, answer_clear)

static char *line_of(GBytes *bytes)
{
    g_autofree char *text = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
    g_autofree char *clean = NULL;

    g_strdelimit(g_strstrip(text), "\r\n", ' ');
    clean = text_clean(text, FALSE);
    return g_steal_pointer(&clean);
}

static gboolean refuse_temporary(const GError *failure, GError **error)
{
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM,
                "what is signed cannot be handed to ssh-keygen (%s)\n"
                "hint: check that $TMPDIR may be written and is not full",
                failure->message);
    return FALSE;
}

/* A file that ssh-keygen reads. */
static char *temporary_new(const void *bytes, gsize len, GError **error)
{
    g_autofree char *path = NULL;
    g_autoptr(GError) failure = NULL;
    int file = g_file_open_tmp("trueup-XXXXXX", &path, &failure);

    if (file >= 0)
        close(file);
    if (file < 0 || !g_file_set_contents(path, bytes, (gssize)len, &failure)) {
        if (path)
            g_unlink(path);
        refuse_temporary(failure, error);
        return NULL;
    }
    return g_steal_pointer(&path);
}

static void temporary_free(char *path)
{
    if (path)
        g_unlink(path);
    g_free(path);
}

/* The text is a file, not a pipe: ssh-keygen may end before it reads it, and is heard all the same.
 */
static gboolean run(const char *const *arguments, const char *text, gsize len, struct answer *out,
                    GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autoptr(GSubprocessLauncher) launcher =
        g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
    g_autoptr(GSubprocess) process = NULL;
    g_autoptr(GBytes) said = NULL;
    char *input = temporary_new(text, len, error);
    gboolean done;

    if (!input)
        return FALSE;
    g_subprocess_launcher_set_stdin_file_path(launcher, input);
    g_subprocess_launcher_setenv(launcher, "LC_ALL", "C", TRUE);
    process = g_subprocess_launcher_spawnv(launcher, arguments, &failure);
    done = process && g_subprocess_communicate(process, NULL, NULL, &out->out, &said, &failure);
    temporary_free(input);
    if (!done) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM,
                    "ssh-keygen, which signs and checks signatures, cannot be run (%s)\n"
                    "hint: install openssh-client",
                    failure->message);
        return FALSE;
    }
    out->is_good = g_subprocess_get_successful(process);
    out->said = line_of(g_bytes_get_size(said) > 0 ? said : out->out);
    return TRUE;
}

GByteArray *signature_make(const char *key, const char *text, gsize len, GError **error)
{
    const char *const arguments[] = {"ssh-keygen",        "-q", "-Y", "sign", "-n",
                                     SIGNATURE_NAMESPACE, "-f", key,  NULL};
    g_auto(Answer) answer = {0};
    GByteArray *signature;
    gsize signature_len;
    const guint8 *bytes;

    if (!run(arguments, text, len, &answer, error))
        return NULL;
    bytes = g_bytes_get_data(answer.out, &signature_len);
    if (!answer.is_good || signature_len == 0) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "--sign %s: the key cannot sign (%s)\n"
                    "hint: name a private SSH key, with its passphrase at hand",
                    key, answer.said);
        return NULL;
    }
    signature = g_byte_array_new();
    g_byte_array_append(signature, bytes, (guint)signature_len);
    return signature;
}

/* Whose key it is, of the allowed signers; NULL when nobody's. */
static gboolean find_principal(const char *signers, const char *file, char **principal,
                               struct answer *answer, GError **error)
{
    const char *const arguments[] = {"ssh-keygen", "-Y", "find-principals", "-f", signers, "-s",
                                     file,         NULL};
    g_autofree char *lines = NULL;

    if (!run(arguments, "", 0, answer, error))
        return FALSE;
    if (!answer->is_good)
        return TRUE;
    lines = g_strndup(g_bytes_get_data(answer->out, NULL), g_bytes_get_size(answer->out));
    *principal = g_strndup(lines, strcspn(lines, "\n"));
    return TRUE;
}

static void refuse(char **problem, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void refuse(char **problem, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    *problem = g_strdup_vprintf(format, arguments);
    va_end(arguments);
}

/* With the signature in a file, which is how ssh-keygen takes it. */
static gboolean check_in_file(const char *signers, const char *text, gsize len, const char *file,
                              char **who, char **problem, GError **error)
{
    g_auto(Answer) found = {0};
    g_auto(Answer) answer = {0};
    g_autofree char *principal = NULL;

    if (signers && !find_principal(signers, file, &principal, &found, error))
        return FALSE;
    if (signers && !principal) {
        refuse(problem, "its signature is of nobody whom %s allows (%s)", signers, found.said);
        return TRUE;
    }
    const char *const allowed[] = {"ssh-keygen",        "-Y", "verify", "-n",
                                   SIGNATURE_NAMESPACE, "-f", signers,  "-I",
                                   principal,           "-s", file,     NULL};
    const char *const alone[] = {
        "ssh-keygen", "-Y", "check-novalidate", "-n", SIGNATURE_NAMESPACE, "-s", file, NULL};
    if (!run(signers ? allowed : alone, text, len, &answer, error))
        return FALSE;
    if (answer.is_good)
        *who = g_steal_pointer(&answer.said);
    else
        refuse(problem, "its signature is not one of its manifest (%s)", answer.said);
    return TRUE;
}

gboolean signature_check(const char *signers, const char *text, gsize len,
                         const GByteArray *signature, char **who, char **problem, GError **error)
{
    char *file = temporary_new(signature->data, signature->len, error);
    gboolean is_done;

    *who = *problem = NULL;
    is_done = file && check_in_file(signers, text, len, file, who, problem, error);
    temporary_free(file);
    return is_done;
}
