/*
 * replay.c - gives a fuzz target every file of the folders that are named: replay FOLDER…
 *
 * What was once found, and what the fuzzer thought worth keeping, is tried at every test run. A
 * folder without a file is a failure: such a test would say nothing.
 */
#include "fuzz.h"

static guint replay_folder(const char *folder)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GDir) dir = g_dir_open(folder, 0, &error);
    const char *name;
    guint count = 0;

    if (!dir)
        g_error("%s", error->message);
    for (; (name = g_dir_read_name(dir)); count++) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autofree char *text = NULL;
        gsize len;

        if (!g_file_get_contents(path, &text, &len, &error))
            g_error("%s", error->message);
        /* A copy of exactly its length: the sanitizer then sees every byte that is read past it. */
        g_autofree uint8_t *exact = g_memdup2(text, len);
        g_print("%s\n", path);
        LLVMFuzzerTestOneInput(exact, len);
    }
    return count;
}

int main(int argc, char **argv)
{
    guint count = 0;

    for (int i = 1; i < argc; i++)
        count += replay_folder(argv[i]);
    g_print("%u inputs\n", count);
    return count == 0;
}
