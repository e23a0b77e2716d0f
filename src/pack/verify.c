/* verify.c - the archive, its manifest, the files that every pack has, and the signature. */
#include "pack/verify.h"
#include "core/error.h"
#include "pack/manifest.h"
#include "pack/pack.h"
#include "pack/signature.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

static void problem(GPtrArray *problems, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void problem(GPtrArray *problems, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_ptr_array_add(problems, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

static gboolean has_entry(const GPtrArray *entries, const char *name)
{
    for (guint i = 0; i < entries->len; i++)
        if (strcmp(((struct archive_entry *)entries->pdata[i])->name, name) == 0)
            return TRUE;
    return FALSE;
}

static void check_contents(const struct archive_contents *contents, struct pack_verdict *out)
{
    out->file_count = contents->entries->len;
    if (contents->problem) {
        problem(out->problems, "%s", contents->problem);
        return;
    }
    if (!contents->manifest) {
        problem(out->problems, "there is no manifest in it");
        return;
    }
    digest_text((const char *)contents->manifest->data, contents->manifest->len,
                out->manifest_sha256);
    manifest_check(contents->entries, (const char *)contents->manifest->data,
                   contents->manifest->len, out->problems);
    for (guint i = 0; pack_required[i]; i++)
        if (!has_entry(contents->entries, pack_required[i]))
            problem(out->problems, "\"%s\", which every pack has, is not in it", pack_required[i]);
}

static gboolean check_signature(const struct archive_contents *contents, const char *signers,
                                struct pack_verdict *out, GError **error)
{
    char *why = NULL;

    if (!contents->signature) {
        if (signers)
            problem(out->problems, "it is not signed");
        return TRUE;
    }
    if (!signature_check(signers, (const char *)contents->manifest->data, contents->manifest->len,
                         contents->signature, &out->signer, &why, error))
        return FALSE;
    if (why)
        g_ptr_array_add(out->problems, why);
    return TRUE;
}

gboolean pack_verify(const char *path, const char *signers, struct pack_verdict *out,
                     GError **error)
{
    g_auto(ArchiveContents) contents = {0};
    int file = g_open(path, O_RDONLY | O_CLOEXEC, 0);
    gboolean is_read;

    if (file < 0) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "%s: cannot be read (%s)", path,
                    g_strerror(errno));
        return FALSE;
    }
    out->problems = g_ptr_array_new_with_free_func(g_free);
    is_read = archive_read(file, path, &contents, error);
    close(file);
    if (!is_read)
        return FALSE;
    check_contents(&contents, out);
    return out->problems->len > 0 || check_signature(&contents, signers, out, error);
}

void pack_verdict_clear(struct pack_verdict *verdict)
{
    g_clear_pointer(&verdict->problems, g_ptr_array_unref);
    g_clear_pointer(&verdict->signer, g_free);
}
