/*
 * fuzz_archive.c - any bytes as a pack's archive: it is refused with a sentence, or writing its
 * files again gives these bytes and no others.
 */
#include "fuzz.h"
#include "pack/archive.h"
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

/* The contents of the entries, which lie one after the other, at their offsets. */
static void write_again(const struct archive_contents *contents, const uint8_t *data, size_t size)
{
    int file = memfd_create("again", MFD_CLOEXEC);
    g_autoptr(Archive) archive = archive_new(file, "again");
    g_autofree uint8_t *again = g_malloc(size + 1);

    for (guint i = 0; i < contents->entries->len; i++) {
        const struct archive_entry *entry = g_ptr_array_index(contents->entries, i);
        size_t at = entry->offset + 30 + strlen(entry->name);

        fuzz_demand(at + entry->size <= size);
        fuzz_demand(archive_add(archive, entry->name, data + at, entry->size, NULL));
    }
    fuzz_demand(archive_finish(archive, NULL));
    fuzz_demand(pread(file, again, size + 1, 0) == (ssize_t)size);
    fuzz_demand(memcmp(again, data, size) == 0);
    close(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_auto(ArchiveContents) contents = {0};
    struct fuzz_file input;
    int file;

    fuzz_file_open(&input, data, size);
    file = open(input.path, O_RDONLY | O_CLOEXEC);
    fuzz_demand(archive_read(file, "pack", &contents, NULL));
    close(file);
    if (contents.problem)
        fuzz_demand(*contents.problem != '\0');
    else
        write_again(&contents, data, size);
    fuzz_file_close(&input);
    return 0;
}
