/*
 * fuzz_record.c - any bytes as CSV: what the reader says does not depend on where chunks end, nor
 * on which of its two splitters read a line.
 */
#include "fuzz.h"
#include "import/record_internal.h"
#include "import/source_internal.h"

/* What was read, an event a line, up to the end or the failure. */
static char *read_all(const char *path, gsize chunk_len, const struct reader_tuning *tuning)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Source) source = source_open_chunked(path, NULL, chunk_len, &error);
    g_autoptr(Reader) reader = NULL;
    GString *out = g_string_new(NULL);
    const struct record *record;
    const struct record_problem *problem;
    enum record_status status;

    if (source) {
        source_escape_bad_bytes(source);
        reader =
            tuning ? reader_new_tuned(source, 0, tuning, &error) : reader_new(source, 0, &error);
    }
    while (reader && (status = reader_next(reader, &record, &problem, &error)) != RECORD_END &&
           status != RECORD_FAILED) {
        if (status == RECORD_BAD) {
            g_string_append_printf(out, "BAD %" G_GINT64_FORMAT " %s\n", problem->line,
                                   problem->text);
            continue;
        }
        if (out->len == 0)
            reader_expect(reader, record->count); /* as if it were the header */
        g_string_append_printf(out, "ROW %" G_GINT64_FORMAT, record->line);
        for (guint i = 0; i < record->count; i++) {
            const struct cell *cell = &record->cells[i];

            fuzz_demand(strlen(cell->text) == cell->len);
            fuzz_demand(g_utf8_validate(cell->text, (gssize)cell->len, NULL));
            g_string_append_printf(out, "%s[%s]", cell->quoted ? "q" : " ", cell->text);
        }
        g_string_append_c(out, '\n');
    }
    if (error)
        g_string_append_printf(out, "FAILED %s\n", error->message);
    fuzz_demand(reader == NULL || error != NULL || reader_line_count(reader) >= 0);
    return g_string_free(out, FALSE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const gsize chunk_lens[] = {1, 17};
    static const struct reader_tuning alone = {
        .piece_len = 4096, .preview_len = 64 * 1024, .libcsv_alone = TRUE};
    struct fuzz_file file;

    fuzz_file_open(&file, data, size);
    g_autofree char *whole = read_all(file.path, 64 * 1024, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(chunk_lens); i++) {
        g_autofree char *chunked = read_all(file.path, chunk_lens[i], NULL);

        fuzz_demand(strcmp(whole, chunked) == 0);
    }
    g_autofree char *slow = read_all(file.path, 64 * 1024, &alone);
    fuzz_demand(strcmp(whole, slow) == 0);
    fuzz_file_close(&file);
    return 0;
}
