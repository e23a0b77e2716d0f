/*
 * archive.h - a pack's zip: one way to write it, and a reader that takes nothing else.
 *
 * Entries are stored, in the order of their names' bytes, the manifest and its signature last. Each
 * is dated 1980-01-01 and has mode 0644; there are no flags, extra fields, comments, descriptors
 * behind the data, and no zip64. So every byte of an archive follows from the names and contents of
 * its entries, and reading is: take the contents, make all other bytes again, compare.
 *
 * Names are of letters, digits, '.', '-', '_' and '/', below the folder they are unpacked in, and
 * differ by more than case.
 */
#pragma once
#include "core/digest.h"
#include <glib.h>
#include <stdint.h>

#define ARCHIVE_MANIFEST    "MANIFEST.sha256"
#define ARCHIVE_SIGNATURE   "MANIFEST.sha256.sig"
#define ARCHIVE_MAX_NAME    200
#define ARCHIVE_MAX_ENTRIES 20000
#define ARCHIVE_MAX_SIZE    G_MAXUINT32 /* bytes of the archive: beyond it there is zip64 */

struct archive_entry {
    char *name;
    uint32_t crc, size, offset; /* offset: of its local header */
    char sha256[DIGEST_HEX_LEN + 1];
};

/* TRUE where `name` comes before `other` in an archive. */
gboolean archive_name_precedes(const char *name, const char *other);

/*
 * Writing: begin, write and end for each entry in the order of names, then finish. The descriptor
 * is at the start of an empty file, and stays the caller's; path is for messages,
 * TRUEUP_ERROR_SYSTEM.
 */
struct archive *archive_new(int file, const char *path);
void archive_free(struct archive *archive);
typedef struct archive Archive; /* for g_autoptr(Archive) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Archive, archive_free)

gboolean archive_begin(struct archive *archive, const char *name,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean archive_write(struct archive *archive, const void *bytes, gsize len,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The digest of what was written is the last entry's sha256. */
gboolean archive_end(struct archive *archive, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* All three for an entry that is at hand. */
gboolean archive_add(struct archive *archive, const char *name, const void *bytes, gsize len,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean archive_finish(struct archive *archive, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* struct archive_entry, in the archive's order; borrowed. */
const GPtrArray *archive_entries(const struct archive *archive);

/* What reading found. */
struct archive_contents {
    GPtrArray *entries;               /* struct archive_entry */
    GByteArray *manifest, *signature; /* NULL where there is none */
    char *problem; /* a sentence: why it is no archive of ours; NULL when it is */
};
void archive_contents_clear(struct archive_contents *contents);
typedef struct archive_contents ArchiveContents; /* for g_auto(ArchiveContents) alone */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ArchiveContents, archive_contents_clear)

/*
 * Reads an archive from a descriptor once, front to back, in bounded memory; nothing is written
 * anywhere. FALSE is a file that cannot be read; what is wrong with the archive is its problem.
 */
gboolean archive_read(int file, const char *path, struct archive_contents *out,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
