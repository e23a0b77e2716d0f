/*
 * fuzz.h - what the fuzz targets share.
 *
 * A target is one fuzz_NAME.c with the function below. libFuzzer calls it with inputs of its own
 * making (tests/fuzz/run); replay.c calls it with the files of corpus/NAME, which is a test.
 */
#pragma once
#include <glib.h>
#include <stdint.h>

/* Returns 0; aborts when a law is broken. data is not NUL-terminated. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A law that every input must keep. */
#define fuzz_demand(condition)                                                                     \
    do {                                                                                           \
        if (!(condition))                                                                          \
            g_error("%s:%d: broken: %s", __FILE__, __LINE__, #condition);                          \
    } while (0)

/* Bytes as a file that has a path and is on no disk. */
struct fuzz_file {
    int descriptor;
    char path[32];
};

void fuzz_file_open(struct fuzz_file *file, const uint8_t *data, size_t size);
void fuzz_file_close(struct fuzz_file *file);
