/*
 * archive_read.c - reading an archive that anyone may have made.
 *
 * It is read once from its first byte. Each local header must be what the writer would have put
 * there, and names must come in order, so that none can come twice. What follows the last entry
 * must be the directory and end record of just these entries, and the file's end. There is no place
 * for anything else: no data before, between or after, no second entry in the bytes of a first.
 */
#include "core/error.h"
#include "pack/archive_format.h"
#include <errno.h>
#include <unistd.h>

#define CHUNK        (64 * 1024)
#define MAX_KEPT     (8u * 1024 * 1024) /* of the manifest, and of the signature */
#define LINK_MODE    0120000u
#define MODE_TYPE    0170000u
#define MODE_OFFSET  40 /* of the mode in an entry of the directory */
#define MADE_BY_UNIX 3

struct reader {
    int file;
    const char *path;
    struct archive_contents *out;
    guint8 *buffer; /* CHUNK bytes */
    gsize from, until;
    uint64_t offset;    /* of buffer + from in the file */
    GHashTable *folded; /* names and folders so far, in small letters */
    GError **error;
};

static gboolean problem(struct reader *reader, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Says what is wrong, once. Always FALSE. */
static gboolean problem(struct reader *reader, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    if (!reader->out->problem)
        reader->out->problem = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return FALSE;
}

static gboolean problem_cut_short(struct reader *reader)
{
    return problem(reader, "it is cut short");
}

/* Reads on when the buffer is used up; FALSE with *at_end at the end of the file. */
static gboolean fill(struct reader *reader, gboolean *at_end)
{
    ssize_t len;

    *at_end = FALSE;
    if (reader->from < reader->until)
        return TRUE;
    do
        len = read(reader->file, reader->buffer, CHUNK);
    while (len < 0 && errno == EINTR);
    if (len < 0)
        g_set_error(reader->error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM, "%s: cannot be read (%s)",
                    reader->path, g_strerror(errno));
    *at_end = len == 0;
    reader->from = 0;
    reader->until = len > 0 ? (gsize)len : 0;
    return len > 0;
}

/* The next bytes, at most `most`, borrowed; 0 at the end and on a failure. */
static gsize take(struct reader *reader, gsize most, const guint8 **bytes)
{
    gboolean at_end;
    gsize len;

    if (!fill(reader, &at_end))
        return at_end ? (problem_cut_short(reader), 0) : 0;
    len = MIN(most, reader->until - reader->from);
    *bytes = reader->buffer + reader->from;
    reader->from += len;
    reader->offset += len;
    return len;
}

static gboolean take_all(struct reader *reader, guint8 *out, gsize len)
{
    while (len > 0) {
        const guint8 *bytes;
        gsize got = take(reader, len, &bytes);

        if (got == 0)
            return FALSE;
        memcpy(out, bytes, got);
        out += got;
        len -= got;
    }
    return TRUE;
}

/* NULL, or why a name is no name of ours. */
static const char *name_refusal(const char *name, gsize len)
{
    g_auto(GStrv) parts = g_strsplit(name, "/", -1);

    if (strlen(name) != len)
        return "it holds a NUL";
    if (*name == '/' || strchr(name, '\\') || strchr(name, ':'))
        return "it could leave the folder it is unpacked in";
    for (guint i = 0; parts[i]; i++)
        if (strcmp(parts[i], "..") == 0)
            return "it could leave the folder it is unpacked in";
        else if (!*parts[i] || strcmp(parts[i], ".") == 0)
            return "it is no plain path";
    for (const char *at = name; *at; at++)
        if (!g_ascii_isalnum(*at) && !strchr("._-/", *at))
            return "no pack has such letters in a name";
    return len == 0 ? "it is empty" : NULL;
}

/* A name that differs by case alone, or is the folder of another, is a twin where it is unpacked.
 */
static gboolean check_twins(struct reader *reader, const char *name)
{
    g_autofree char *folded = g_ascii_strdown(name, -1);

    for (char *slash = strchr(folded, '/'); slash; slash = strchr(slash + 1, '/')) {
        g_autofree char *folder = g_strndup(folded, (gsize)(slash - folded));
        gpointer kind = g_hash_table_lookup(reader->folded, folder);

        if (GPOINTER_TO_INT(kind) == 1)
            return problem(reader, "\"%s\" is a file and a folder", name);
        g_hash_table_insert(reader->folded, g_steal_pointer(&folder), GINT_TO_POINTER(2));
    }
    if (g_hash_table_contains(reader->folded, folded))
        return problem(reader, "two of its files have the name \"%s\"", name);
    g_hash_table_insert(reader->folded, g_steal_pointer(&folded), GINT_TO_POINTER(1));
    return TRUE;
}

static gboolean check_name(struct reader *reader, const char *name, gsize len)
{
    const char *refusal = name_refusal(name, len);
    guint count = reader->out->entries->len;
    const struct archive_entry *last =
        count ? g_ptr_array_index(reader->out->entries, count - 1) : NULL;

    if (refusal)
        return problem(reader, "the name \"%s\" is refused: %s", name, refusal);
    if (!check_twins(reader, name))
        return FALSE;
    if (last && !archive_name_precedes(last->name, name))
        return problem(reader, "\"%s\" is not in its place", name);
    return count < ARCHIVE_MAX_ENTRIES ||
           problem(reader, "it holds more than %d files", ARCHIVE_MAX_ENTRIES);
}

/* The header of the next entry, whose first four bytes are read already. */
static struct archive_entry *read_header(struct reader *reader, const guint8 signature[4])
{
    g_autoptr(GByteArray) expected = g_byte_array_new();
    guint8 header[LOCAL_LEN + ARCHIVE_MAX_NAME];
    g_autofree struct archive_entry *entry = g_new0(struct archive_entry, 1);
    g_autofree char *name = NULL;
    gsize name_len;

    if (reader->offset > ARCHIVE_MAX_SIZE)
        return problem(reader, "it is larger than a pack can be"), NULL;
    entry->offset = (uint32_t)(reader->offset - 4);
    memcpy(header, signature, 4);
    if (!take_all(reader, header + 4, LOCAL_LEN - 4))
        return NULL;
    name_len = format_get16(header + 26);
    if (name_len > ARCHIVE_MAX_NAME)
        return problem(reader, "it has a name of more than %d bytes", ARCHIVE_MAX_NAME), NULL;
    if (!take_all(reader, header + LOCAL_LEN, name_len))
        return NULL;
    name = g_strndup((char *)header + LOCAL_LEN, name_len);
    if (!check_name(reader, name, name_len))
        return NULL;
    if (format_get16(header + 8) != 0 || format_get32(header + 18) != format_get32(header + 22))
        return problem(reader, "\"%s\" is compressed, and a pack's files are stored", name), NULL;
    entry->crc = format_get32(header + 14);
    entry->size = format_get32(header + 18);
    entry->name = name;
    format_local(expected, entry);
    if (memcmp(expected->data, header, expected->len) != 0)
        return problem(reader, "the header of \"%s\" is not as a pack's are", name), NULL;
    entry->name = g_steal_pointer(&name);
    return g_steal_pointer(&entry);
}

/* Where the content is to be kept; NULL for nowhere. */
static GByteArray *keep(struct reader *reader, const char *name)
{
    GByteArray **place = strcmp(name, ARCHIVE_MANIFEST) == 0    ? &reader->out->manifest
                         : strcmp(name, ARCHIVE_SIGNATURE) == 0 ? &reader->out->signature
                                                                : NULL;

    if (place)
        *place = g_byte_array_new();
    return place ? *place : NULL;
}

static gboolean read_content(struct reader *reader, struct archive_entry *entry)
{
    g_autoptr(Digest) digest = digest_new();
    GByteArray *kept = keep(reader, entry->name);
    uint32_t left = entry->size, crc = 0;

    if (kept && left > MAX_KEPT)
        return problem(reader, "\"%s\" is larger than one can be", entry->name);
    while (left > 0) {
        const guint8 *bytes;
        gsize len = take(reader, left, &bytes);

        if (len == 0)
            return FALSE;
        digest_update(digest, bytes, len);
        crc = format_crc(crc, bytes, len);
        if (kept)
            g_byte_array_append(kept, bytes, (guint)len);
        left -= (uint32_t)len;
    }
    digest_finish(digest, entry->sha256);
    return crc == entry->crc ||
           problem(reader, "\"%s\" is not what its checksum was made of", entry->name);
}

/* What is wrong with the directory, where it differs from the one that the entries make. */
static gboolean problem_of_directory(struct reader *reader, const guint8 *record, gsize len)
{
    guint8 made_on = len > 5 ? record[5] : 0;

    if (len >= DIRECTORY_LEN && made_on == MADE_BY_UNIX &&
        (format_get16(record + MODE_OFFSET) & MODE_TYPE) == LINK_MODE)
        return problem(reader, "one of its files is a symbolic link");
    return problem(reader, "its directory tells of other files than there are, or otherwise");
}

/* The rest of the file, whose first four bytes are read already. */
static gboolean check_end(struct reader *reader, const guint8 signature[4])
{
    g_autoptr(GByteArray) expected = g_byte_array_new();
    const GPtrArray *entries = reader->out->entries;
    guint8 record[DIRECTORY_LEN + ARCHIVE_MAX_NAME];
    gsize at = 0, end;
    gboolean at_end;

    if (reader->offset > ARCHIVE_MAX_SIZE)
        return problem(reader, "it is larger than a pack can be");
    format_directory(expected, entries, (uint32_t)(reader->offset - 4));
    end = expected->len - END_LEN;
    memcpy(record, signature, 4);
    for (guint i = 0; i <= entries->len; i++) {
        const struct archive_entry *entry = i < entries->len ? entries->pdata[i] : NULL;
        gsize len = entry ? DIRECTORY_LEN + strlen(entry->name) : END_LEN;
        gsize had = i == 0 ? 4 : 0;

        if (!take_all(reader, record + had, len - had))
            return FALSE;
        if (memcmp(record, expected->data + at, len) != 0)
            return entry ? problem_of_directory(reader, record, len)
                         : problem(reader, "its end record is not that of its files");
        at += len;
    }
    g_assert(at == end + END_LEN);
    if (fill(reader, &at_end))
        return problem(reader, "there is data after the archive");
    return at_end;
}

static gboolean read_all(struct reader *reader)
{
    for (;;) {
        guint8 signature[4];
        struct archive_entry *entry;

        if (!take_all(reader, signature, sizeof signature))
            return FALSE;
        if (format_get32(signature) == DIRECTORY_SIGNATURE && reader->out->entries->len > 0)
            return check_end(reader, signature);
        if (format_get32(signature) != LOCAL_SIGNATURE)
            return problem(
                reader, reader->offset == sizeof signature
                            ? "it does not begin as a pack does: it is no zip, or has data before "
                              "the archive"
                            : "there is data between its files");
        entry = read_header(reader, signature);
        if (!entry)
            return FALSE;
        g_ptr_array_add(reader->out->entries, entry);
        if (!read_content(reader, entry))
            return FALSE;
    }
}

gboolean archive_read(int file, const char *path, struct archive_contents *out, GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autofree guint8 *buffer = g_malloc(CHUNK);
    g_autoptr(GHashTable) folded = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    struct reader reader = {
        .file = file,
        .path = path,
        .out = out,
        .buffer = buffer,
        .folded = folded,
        .error = &failure,
    };
    gboolean is_read;

    *out = (struct archive_contents){0};
    out->entries = g_ptr_array_new_with_free_func((GDestroyNotify)archive_entry_free);
    is_read = read_all(&reader);
    g_assert(is_read || failure || out->problem);
    if (failure)
        g_propagate_error(error, g_steal_pointer(&failure));
    return is_read || out->problem;
}

void archive_contents_clear(struct archive_contents *contents)
{
    g_clear_pointer(&contents->entries, g_ptr_array_unref);
    g_clear_pointer(&contents->manifest, g_byte_array_unref);
    g_clear_pointer(&contents->signature, g_byte_array_unref);
    g_clear_pointer(&contents->problem, g_free);
}
