/* fuzz_file.c - a file in memory; see fuzz.h. */
#include "fuzz.h"
#include <sys/mman.h>
#include <unistd.h>

void fuzz_file_open(struct fuzz_file *file, const uint8_t *data, size_t size)
{
    file->descriptor = memfd_create("input", 0);
    fuzz_demand(file->descriptor >= 0);
    g_snprintf(file->path, sizeof file->path, "/proc/self/fd/%d", file->descriptor);
    for (size_t written = 0; written < size;) {
        ssize_t count = write(file->descriptor, data + written, size - written);

        fuzz_demand(count > 0);
        written += (size_t)count;
    }
}

void fuzz_file_close(struct fuzz_file *file)
{
    close(file->descriptor);
}
