/*
 * pack_bytes.h - packs made of a few short files, for tests that then spoil them.
 */
#pragma once
#include "pack/archive_format.h"
#include "pack/manifest.h"
#include "pack/verify.h"
#include "test.h"
#include <sys/mman.h>
#include <unistd.h>

struct pack_file {
    const char *name, *text;
};

/* An archive of just these, whatever they are called; the last name is NULL. */
static inline GByteArray *pack_raw(const struct pack_file *files)
{
    g_autoptr(GPtrArray) entries =
        g_ptr_array_new_with_free_func((GDestroyNotify)archive_entry_free);
    GByteArray *bytes = g_byte_array_new();

    for (; files->name; files++) {
        struct archive_entry *entry = g_new0(struct archive_entry, 1);

        entry->name = g_strdup(files->name);
        entry->size = (uint32_t)strlen(files->text);
        entry->crc = format_crc(0, files->text, strlen(files->text));
        entry->offset = bytes->len;
        g_ptr_array_add(entries, entry);
        format_local(bytes, entry);
        g_byte_array_append(bytes, (const guint8 *)files->text, (guint)strlen(files->text));
    }
    format_directory(bytes, entries, bytes->len);
    return bytes;
}

static inline GByteArray *pack_read_back(int file)
{
    GByteArray *bytes = g_byte_array_new();
    guint8 chunk[4096];
    ssize_t len;

    for (off_t at = 0; (len = pread(file, chunk, sizeof chunk, at)) > 0; at += len)
        g_byte_array_append(bytes, chunk, (guint)len);
    return bytes;
}

/* A pack as the program writes it, of these files in order, with its manifest and a signature where
 * one is given. */
static inline GByteArray *pack_made(const struct pack_file *files, const char *signature)
{
    int file = memfd_create("pack", MFD_CLOEXEC);
    g_autoptr(Archive) archive = archive_new(file, "test.zip");
    g_autoptr(GString) manifest = NULL;
    GByteArray *bytes;

    for (; files->name; files++)
        assert_true(archive_add(archive, files->name, files->text, strlen(files->text), NULL));
    manifest = manifest_make(archive_entries(archive));
    assert_true(archive_add(archive, ARCHIVE_MANIFEST, manifest->str, manifest->len, NULL));
    if (signature)
        assert_true(archive_add(archive, ARCHIVE_SIGNATURE, signature, strlen(signature), NULL));
    assert_true(archive_finish(archive, NULL));
    bytes = pack_read_back(file);
    close(file);
    return bytes;
}

/* The files that every pack has, one in a folder, and one that is empty. */
static const struct pack_file pack_usual[] = {
    {"VERIFY.txt", "sha256sum -c MANIFEST.sha256\n"},
    {"index.html", "<!doctype html><title>October</title>"},
    {"ledger.sqlite", "SQLite format 3"},
    {"pack.json", "{\"pack\": 1}\n"},
    {"reports/spend.csv", "project_id,cost\nproj_1,1.00\n"},
    {"sources/s0001.csv", ""},
    {NULL, NULL},
};

/* What verify finds first; NULL when nothing is wrong. Free it. */
static inline char *pack_finding(const guint8 *bytes, gsize len)
{
    int file = memfd_create("pack", MFD_CLOEXEC);
    g_autofree char *path = g_strdup_printf("/proc/self/fd/%d", file);
    g_auto(PackVerdict) verdict = {0};
    g_autoptr(GError) error = NULL;
    char *finding;

    assert_int_equal(pwrite(file, bytes, len, 0), len);
    if (!pack_verify(path, NULL, &verdict, &error))
        fail_msg("%s", error->message);
    close(file);
    finding = verdict.problems->len ? g_strdup(verdict.problems->pdata[0]) : NULL;
    return finding;
}
