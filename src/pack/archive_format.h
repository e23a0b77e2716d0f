/*
 * archive_format.h - the bytes of an archive that are no content: what the writer writes and the
 * reader expects.
 */
#pragma once
#include "pack/archive.h"

#define LOCAL_LEN     30 /* of a local header without the name */
#define DIRECTORY_LEN 46 /* of an entry of the directory without the name */
#define END_LEN       22

#define LOCAL_SIGNATURE     0x04034b50u
#define DIRECTORY_SIGNATURE 0x02014b50u

void format_local(GByteArray *out, const struct archive_entry *entry);
/* The directory of all entries and the end record, which stand from `offset` on. */
void format_directory(GByteArray *out, const GPtrArray *entries, uint32_t offset);

uint16_t format_get16(const guint8 *bytes);
uint32_t format_get32(const guint8 *bytes);

/* The CRC-32 of more bytes behind those that made `crc`; 0 is that of none. */
uint32_t format_crc(uint32_t crc, const void *bytes, gsize len);
/* The version of the library that makes it; borrowed. */
const char *format_crc_version(void);

void archive_entry_free(struct archive_entry *entry);
