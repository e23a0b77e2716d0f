/* archive_format.c - headers of a zip archive, in the one form that a pack has. */
#include "pack/archive_format.h"
#include <zlib.h>

#define VERSION_NEEDED 10               /* 1.0: stored files */
#define VERSION_MADE   (3u << 8 | 20)   /* on unix, by 2.0 */
#define FIXED_DATE     0x0021           /* 1980-01-01, where the calendar of zip begins */
#define FILE_MODE      (0100644u << 16) /* a regular file that its owner may write */

static void put16(GByteArray *out, guint value)
{
    const guint8 bytes[] = {(guint8)value, (guint8)(value >> 8)};

    g_byte_array_append(out, bytes, sizeof bytes);
}

static void put32(GByteArray *out, uint32_t value)
{
    put16(out, value & 0xffff);
    put16(out, value >> 16);
}

uint16_t format_get16(const guint8 *bytes)
{
    return (uint16_t)(bytes[0] | bytes[1] << 8);
}

uint32_t format_get32(const guint8 *bytes)
{
    return format_get16(bytes) | (uint32_t)format_get16(bytes + 2) << 16;
}

uint32_t format_crc(uint32_t crc, const void *bytes, gsize len)
{
    return (uint32_t)crc32_z(crc, bytes, len);
}

const char *format_crc_version(void)
{
    return zlibVersion();
}

/* What a local header and the directory say alike. */
static void put_common(GByteArray *out, const struct archive_entry *entry)
{
    put16(out, VERSION_NEEDED);
    put16(out, 0); /* flags */
    put16(out, 0); /* method: stored */
    put16(out, 0); /* time */
    put16(out, FIXED_DATE);
    put32(out, entry->crc);
    put32(out, entry->size); /* as stored */
    put32(out, entry->size);
    put16(out, (guint)strlen(entry->name));
    put16(out, 0); /* extra field */
}

static void put_name(GByteArray *out, const char *name)
{
    g_byte_array_append(out, (const guint8 *)name, (guint)strlen(name));
}

void format_local(GByteArray *out, const struct archive_entry *entry)
{
    put32(out, LOCAL_SIGNATURE);
    put_common(out, entry);
    put_name(out, entry->name);
}

void format_directory(GByteArray *out, const GPtrArray *entries, uint32_t offset)
{
    guint before = out->len;
    guint len;

    for (guint i = 0; i < entries->len; i++) {
        const struct archive_entry *entry = g_ptr_array_index(entries, i);

        put32(out, DIRECTORY_SIGNATURE);
        put16(out, VERSION_MADE);
        put_common(out, entry);
        put16(out, 0); /* comment */
        put16(out, 0); /* disk */
        put16(out, 0); /* no text, as far as zip is concerned */
        put32(out, FILE_MODE);
        put32(out, entry->offset);
        put_name(out, entry->name);
    }
    len = out->len - before;
    put32(out, 0x06054b50u);
    put16(out, 0); /* disk */
    put16(out, 0);
    put16(out, entries->len);
    put16(out, entries->len);
    put32(out, len);
    put32(out, offset);
    put16(out, 0); /* comment */
}

void archive_entry_free(struct archive_entry *entry)
{
    g_free(entry->name);
    g_free(entry);
}

/* The manifest is made of all others, and the signature of the manifest. */
static int rank(const char *name)
{
    return strcmp(name, ARCHIVE_SIGNATURE) == 0 ? 2 : strcmp(name, ARCHIVE_MANIFEST) == 0;
}

gboolean archive_name_precedes(const char *name, const char *other)
{
    int first = rank(name), second = rank(other);

    return first != second ? first < second : strcmp(name, other) < 0;
}
