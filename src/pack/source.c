/* source.c - reading a source twice: to know what will go into the pack, and to put it there. */
#include "pack/source.h"
#include "core/error.h"
#include "core/secret.h"
#include "pack/mask.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK   (256 * 1024)
#define MAX_PDF (64 * 1024 * 1024)

void pack_source_free(struct pack_source *source)
{
    g_free(source->name);
    g_free(source->path);
    g_free(source->kind);
    g_free(source->encoding);
    g_free(source->entry);
    g_free(source);
}

/* Where the bytes go on their way, and what they are. */
struct flow {
    struct digest *digest;
    guint64 size;
    char first;              /* byte that is no blank and no byte order mark; 0 so far */
    struct archive *archive; /* NULL: only counted */
};

static void flow_note_first(struct flow *flow, const char *bytes, gsize len)
{
    for (gsize i = 0; i < len && !flow->first; i++)
        if (!g_ascii_isspace(bytes[i]) && !strchr("\xef\xbb\xbf\xff\xfe", bytes[i]))
            flow->first = bytes[i];
}

static gboolean flow_take(gpointer user, const char *bytes, gsize len, GError **error)
{
    struct flow *flow = user;

    digest_update(flow->digest, bytes, len);
    flow->size += len;
    flow_note_first(flow, bytes, len);
    return !flow->archive || archive_write(flow->archive, bytes, len, error);
}

static int open_regular(const char *path)
{
    int file = g_open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0); /* never wait for a pipe */
    struct stat status;

    if (file >= 0 && (fstat(file, &status) != 0 || !S_ISREG(status.st_mode))) {
        close(file);
        return -1;
    }
    return file;
}

/* The file's bytes as they are. FALSE without an error: it cannot be read. */
static gboolean flow_file(struct flow *flow, const char *path, GError **error)
{
    g_autofree char *buffer = g_malloc(CHUNK);
    int file = open_regular(path);
    gboolean going = file >= 0;
    ssize_t len = -1;

    while (going) {
        len = read(file, buffer, CHUNK);
        if (len < 0 && errno == EINTR)
            continue;
        going = len > 0 && flow_take(flow, buffer, (gsize)len, error);
    }
    if (file >= 0)
        close(file);
    return len == 0;
}

/* The masked text; what is not masked is the file's own bytes. */
static enum mask_result flow_masked(struct flow *flow, const struct pack_source *source,
                                    GError **error)
{
    return mask_file(source->path, source->encoding, flow_take, flow, error);
}

static gboolean pdf_shows_secret(const char *path, source_pdf_text pdf_text, gboolean *is_read)
{
    g_autoptr(GMappedFile) map = g_mapped_file_new(path, FALSE, NULL);
    gsize len = map ? g_mapped_file_get_length(map) : 0;
    g_autofree char *text = NULL;
    g_autofree char *masked = NULL;

    if (map && len <= MAX_PDF)
        text = pdf_text(g_mapped_file_get_contents(map), len, NULL);
    *is_read = text != NULL;
    if (text)
        masked = secret_mask(text, strlen(text));
    return masked != NULL;
}

static gboolean is_pdf(const struct pack_source *source)
{
    return strcmp(source->encoding, "pdf") == 0;
}

static enum source_state look_at_pdf(const struct pack_source *source, source_pdf_text pdf_text)
{
    gboolean is_read;

    if (pdf_shows_secret(source->path, pdf_text, &is_read))
        return SOURCE_SECRET;
    return is_read ? SOURCE_WHOLE : SOURCE_OPAQUE;
}

static enum source_state look_at_text(struct pack_source *source)
{
    g_autoptr(Digest) digest = digest_new();
    struct flow flow = {.digest = digest};

    switch (flow_masked(&flow, source, NULL)) {
    case MASK_PLAIN:
        return SOURCE_WHOLE;
    case MASK_MASKED:
        digest_finish(digest, source->entry_sha256);
        source->entry_size = flow.size;
        return SOURCE_MASKED;
    case MASK_OPAQUE:
        return SOURCE_OPAQUE;
    case MASK_FAILED:
    default:
        return SOURCE_ABSENT;
    }
}

void pack_source_look(struct pack_source *source, source_pdf_text pdf_text)
{
    g_autoptr(Digest) digest = digest_new();
    struct flow flow = {.digest = digest};

    if (!source->is_whole) {
        source->state = SOURCE_FOREIGN;
        return;
    }
    if (!flow_file(&flow, source->path, NULL)) {
        source->state = SOURCE_ABSENT;
        return;
    }
    digest_finish(digest, source->entry_sha256);
    source->entry_size = flow.size;
    source->ending = is_pdf(source)                           ? "pdf"
                     : flow.first == '{' || flow.first == '[' ? "json"
                                                              : "csv";
    if (strcmp(source->entry_sha256, source->sha256) != 0)
        source->state = SOURCE_CHANGED;
    else if (is_pdf(source))
        source->state = look_at_pdf(source, pdf_text);
    else
        source->state = look_at_text(source);
}

gboolean pack_source_copy(const struct pack_source *source, struct archive *archive, GError **error)
{
    g_autoptr(Digest) digest = digest_new();
    struct flow flow = {.digest = digest, .archive = archive};
    g_autoptr(GError) failure = NULL;
    char hex[DIGEST_HEX_LEN + 1];

    if (!archive_begin(archive, source->entry, error))
        return FALSE;
    if (source->state == SOURCE_MASKED)
        (void)flow_masked(&flow, source, &failure);
    else
        (void)flow_file(&flow, source->path, &failure);
    if (failure && failure->domain == TRUEUP_ERROR) { /* of the archive */
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    digest_finish(digest, hex);
    if (strcmp(hex, source->entry_sha256) != 0) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "%s: it changed while it was packed\n"
                    "hint: run this again when nothing else writes to it",
                    source->path);
        return FALSE;
    }
    return archive_end(archive, error);
}

const char *pack_source_reason(const struct pack_source *source)
{
    switch (source->state) {
    case SOURCE_ABSENT:
        return "is not where it was imported from";
    case SOURCE_CHANGED:
        return "is no longer what was imported";
    case SOURCE_SECRET:
        return "shows a card number or a key that cannot be masked in it";
    case SOURCE_OPAQUE:
        return "cannot be looked through for card numbers and keys";
    case SOURCE_FOREIGN:
        return "tells of more than this pack is about; the ledger copy has what belongs here";
    case SOURCE_WHOLE:
    case SOURCE_MASKED:
    default:
        return "";
    }
}
