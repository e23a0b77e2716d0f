/* archive.c - writing an archive: an entry's header is put before its content when that is known.
 */
#include "core/error.h"
#include "pack/archive_format.h"
#include <errno.h>
#include <unistd.h>

struct archive {
    int file;
    char *path;
    GPtrArray *entries; /* struct archive_entry */
    uint64_t offset;    /* bytes so far */
    /* the entry that is being written; NULL between two */
    struct archive_entry *entry;
    uint64_t size;
    struct digest *digest;
};

struct archive *archive_new(int file, const char *path)
{
    struct archive *archive = g_new0(struct archive, 1);

    archive->file = file;
    archive->path = g_strdup(path);
    archive->entries = g_ptr_array_new_with_free_func((GDestroyNotify)archive_entry_free);
    return archive;
}

void archive_free(struct archive *archive)
{
    if (!archive)
        return;
    g_clear_pointer(&archive->digest, digest_free);
    if (archive->entry)
        archive_entry_free(archive->entry);
    g_ptr_array_unref(archive->entries);
    g_free(archive->path);
    g_free(archive);
}

const GPtrArray *archive_entries(const struct archive *archive)
{
    return archive->entries;
}

/* at: where to; -1 for the end of what is there. */
static gboolean put(struct archive *archive, const guint8 *bytes, gsize len, off_t at,
                    GError **error)
{
    while (len > 0) {
        ssize_t done =
            at < 0 ? write(archive->file, bytes, len) : pwrite(archive->file, bytes, len, at);

        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0) {
            g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM,
                        "%s: cannot be written (%s)\n"
                        "hint: check that its folder exists and may be written, and is not full",
                        archive->path, g_strerror(errno));
            return FALSE;
        }
        bytes += done;
        len -= (gsize)done;
        at += at < 0 ? 0 : done;
    }
    return TRUE;
}

static gboolean append(struct archive *archive, const void *bytes, gsize len, GError **error)
{
    archive->offset += len;
    if (archive->offset > ARCHIVE_MAX_SIZE) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "%s: the pack would be larger than 4 GiB, which its format cannot hold\n"
                    "hint: pack one organization at a time with --org",
                    archive->path);
        return FALSE;
    }
    return put(archive, bytes, len, -1, error);
}

gboolean archive_begin(struct archive *archive, const char *name, GError **error)
{
    g_autoptr(GByteArray) header = g_byte_array_new();
    guint count = archive->entries->len;
    struct archive_entry *last = count ? g_ptr_array_index(archive->entries, count - 1) : NULL;

    g_assert(!archive->entry && strlen(name) <= ARCHIVE_MAX_NAME);
    g_assert(!last || archive_name_precedes(last->name, name));
    if (count == ARCHIVE_MAX_ENTRIES) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "%s: the pack would hold more than %d files\n"
                    "hint: pack one organization at a time with --org",
                    archive->path, ARCHIVE_MAX_ENTRIES);
        return FALSE;
    }
    archive->entry = g_new0(struct archive_entry, 1);
    archive->entry->name = g_strdup(name);
    archive->entry->offset = (uint32_t)archive->offset;
    archive->size = 0;
    archive->digest = digest_new();
    format_local(header, archive->entry);
    return append(archive, header->data, header->len, error);
}

gboolean archive_write(struct archive *archive, const void *bytes, gsize len, GError **error)
{
    digest_update(archive->digest, bytes, len);
    archive->entry->crc = format_crc(archive->entry->crc, bytes, len);
    archive->size += len;
    return append(archive, bytes, len, error);
}

gboolean archive_end(struct archive *archive, GError **error)
{
    struct archive_entry *entry = g_steal_pointer(&archive->entry);
    g_autoptr(GByteArray) header = g_byte_array_new();

    entry->size = (uint32_t)archive->size; /* it fits, for the archive does */
    digest_finish(archive->digest, entry->sha256);
    g_clear_pointer(&archive->digest, digest_free);
    g_ptr_array_add(archive->entries, entry);
    format_local(header, entry);
    return put(archive, header->data, header->len, entry->offset, error);
}

gboolean archive_add(struct archive *archive, const char *name, const void *bytes, gsize len,
                     GError **error)
{
    return archive_begin(archive, name, error) && archive_write(archive, bytes, len, error) &&
           archive_end(archive, error);
}

gboolean archive_finish(struct archive *archive, GError **error)
{
    g_autoptr(GByteArray) directory = g_byte_array_new();

    format_directory(directory, archive->entries, (uint32_t)archive->offset);
    return append(archive, directory->data, directory->len, error);
}
