/*
 * What a reader says of a file does not depend on where chunks and pieces end, nor on which of its
 * two splitters read a line, and it is what the rules say: a slow parser, written from the rules
 * alone, says the same of good files and of corrupted ones.
 */
#include "import/record_internal.h"
#include "import/source_internal.h"
#include "property/random.h"
#include "property/slow_csv.h"
#include "test.h"
#include <glib/gstdio.h>
#include <unistd.h>

#define FILES 2500

struct trial {
    const char *path;
    GString *text;
    char delimiter;
};

static void append_cell(struct rng *rng, GString *text, char delimiter)
{
    static const char *const plain[] = {
        "",         "7",          "12.50", "gpt-4o", "Zürich", "a b",  "日本",
        " padded ", "2026-03-26", "\t",    "org-1",  "😀",      "it's", "a longer piece of text",
        "-"};
    static const char *const within[] = {"",   "x",  " ",    "\"\"",   ",", ";",
                                         "\n", "\r", "\r\n", "\r\r\n", "é", "\t|"};

    if (rng_below(rng, 3) > 0) {
        g_string_append(text, plain[rng_below(rng, G_N_ELEMENTS(plain))]);
        return;
    }
    g_string_append_printf(text, "%s\"", rng_one_in(rng, 8) ? " " : "");
    for (int i = rng_below(rng, 5); i > 0; i--)
        g_string_append(text, within[rng_below(rng, G_N_ELEMENTS(within))]);
    g_string_append_printf(text, "\"%s", rng_one_in(rng, 8) && delimiter != '\t' ? " \t" : "");
}

/* A file that keeps to the rules. */
static void append_file(struct rng *rng, GString *text, char delimiter)
{
    static const char *const line_ends[] = {"\n", "\r\n", "\r", "\r\r\n", "\n\n", "\r\n  \r\n"};
    const char *usual = line_ends[rng_below(rng, 4)];
    int columns = 1 + rng_below(rng, 6);

    for (int row = 1 + rng_below(rng, 20); row > 0; row--) {
        for (int i = 0; i < columns; i++) {
            append_cell(rng, text, delimiter);
            if (i + 1 < columns)
                g_string_append_c(text, delimiter);
        }
        if (row > 1 || !rng_one_in(rng, 4))
            g_string_append(text, rng_one_in(rng, 6)
                                      ? line_ends[rng_below(rng, G_N_ELEMENTS(line_ends))]
                                      : usual);
    }
}

/* Breaks a file somewhere, but never its UTF-8. */
static void corrupt(struct rng *rng, GString *text)
{
    static const char *const intruders[] = {"\"", "\"\"", "\"x", "\n", "\r", ",", "x\"", "\"\n"};

    for (int i = 1 + rng_below(rng, 3); i > 0; i--) {
        gsize at = text->len ? (gsize)rng_below(rng, (int)text->len) : 0;
        while (at > 0 && ((guchar)text->str[at] & 0xc0) == 0x80)
            at--;
        if (rng_one_in(rng, 3) && text->len > 0 && (guchar)text->str[at] < 0x80)
            g_string_erase(text, (gssize)at, 1);
        else
            g_string_insert(text, (gssize)at, intruders[rng_below(rng, G_N_ELEMENTS(intruders))]);
    }
}

static char *read_all(const struct trial *trial, gsize chunk_len,
                      const struct reader_tuning *tuning)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Source) source = source_open_chunked(trial->path, NULL, chunk_len, &error);
    assert_non_null(source);
    g_autoptr(Reader) reader = reader_new_tuned(source, trial->delimiter, tuning, &error);
    assert_non_null(reader);
    GString *out = g_string_new(NULL);
    const struct record *record;
    const struct record_problem *problem;
    enum record_status status;

    while ((status = reader_next(reader, &record, &problem, &error)) != RECORD_END) {
        assert_int_not_equal(status, RECORD_FAILED);
        if (status == RECORD_BAD) {
            g_string_append_printf(out, "BAD %" G_GINT64_FORMAT "\n", problem->line);
            continue;
        }
        g_string_append_printf(out, "ROW %" G_GINT64_FORMAT " ", record->line);
        for (guint i = 0; i < record->count; i++) {
            const struct cell *cell = &record->cells[i];
            assert_int_equal(strlen(cell->text), cell->len);
            g_string_append_printf(out, "%s[%s]", cell->quoted ? "q" : "", cell->text);
        }
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

static void make_trial(struct rng *rng, struct trial *trial, gboolean corrupted)
{
    trial->delimiter = sniff_delimiters[rng_below(rng, G_N_ELEMENTS(sniff_delimiters))];
    g_string_truncate(trial->text, 0);
    append_file(rng, trial->text, trial->delimiter);
    if (corrupted)
        corrupt(rng, trial->text);
    if (trial->text->len == 0 || g_str_has_prefix(trial->text->str, "[") ||
        trial->text->str[0] == '{')
        g_string_prepend(trial->text, "x"); /* neither empty nor JSON */
    assert_true(g_file_set_contents(trial->path, trial->text->str, (gssize)trial->text->len, NULL));
}

/* Runs check on many files, good ones and corrupted ones by turns; returns how often it held. */
static int count_held(gboolean (*check)(struct rng *, const struct trial *, gconstpointer),
                      gconstpointer data, int files)
{
    struct rng rng = rng_new();
    g_autofree char *path = NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    int fd = g_file_open_tmp("trueup-chunks-XXXXXX", &path, NULL);
    struct trial trial = {path, text, ','};
    int held = 0;

    assert_true(fd >= 0);
    close(fd);
    for (int i = 0; i < files; i++) {
        make_trial(&rng, &trial, i % 2);
        held += check(&rng, &trial, data);
    }
    g_unlink(path);
    return held;
}

static gboolean agrees_with_rules(struct rng *rng, const struct trial *trial, gconstpointer data)
{
    static const gsize lens[] = {1, 2, 3, 5, 7, 16, 61, 64, 4096};
    enum slow_bug bug = GPOINTER_TO_INT(data);
    struct reader_tuning tuning = {
        .piece_len = lens[rng_below(rng, G_N_ELEMENTS(lens))],
        .preview_len = 16 + lens[rng_below(rng, G_N_ELEMENTS(lens))],
        .libcsv_alone = rng_one_in(rng, 2),
    };
    gsize chunk_len = lens[rng_below(rng, G_N_ELEMENTS(lens))];
    g_autofree char *read = read_all(trial, chunk_len, &tuning);
    g_autofree char *expected =
        slow_parse(trial->text->str, trial->text->len, trial->delimiter, bug);

    if (bug == NO_BUG && strcmp(read, expected) != 0) {
        g_autofree char *shown = g_strescape(trial->text->str, NULL);
        print_message("text %s\nchunk %zu piece %zu alone %d delimiter %d\nread\n%srules\n%s",
                      shown, chunk_len, tuning.piece_len, tuning.libcsv_alone, trial->delimiter,
                      read, expected);
    }
    return strcmp(read, expected) == 0;
}

static void a_reader_agrees_with_the_rules_wherever_chunks_end(void **state)
{
    (void)state;
    assert_int_equal(count_held(agrees_with_rules, GINT_TO_POINTER(NO_BUG), FILES), FILES);
}

static void the_harness_notices_every_planted_bug(void **state)
{
    (void)state;
    for (int bug = BUG_CR_CR_LF_IS_TWO; bug <= BUG_GOES_ON_BEHIND_ERROR; bug++)
        assert_in_range(count_held(agrees_with_rules, GINT_TO_POINTER(bug), 300), 0, 299);
}

/* Both splitters, every chunk length from 1 up, on the same file. */
static gboolean splitters_agree(struct rng *rng, const struct trial *trial, gconstpointer data)
{
    struct reader_tuning plain = {.piece_len = 64, .preview_len = 32};
    struct reader_tuning alone = {.piece_len = 64, .preview_len = 32, .libcsv_alone = TRUE};
    g_autofree char *expected = read_all(trial, 4096, &alone);
    gboolean agree = TRUE;

    (void)rng;
    (void)data;
    for (gsize chunk_len = 1; agree && chunk_len < 40; chunk_len++) {
        g_autofree char *read = read_all(trial, chunk_len, &plain);
        agree = strcmp(read, expected) == 0;
    }
    return agree;
}

static void lines_split_without_libcsv_are_what_libcsv_says(void **state)
{
    (void)state;
    assert_int_equal(count_held(splitters_agree, NULL, 200), 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reader_agrees_with_the_rules_wherever_chunks_end),
        cmocka_unit_test(the_harness_notices_every_planted_bug),
        cmocka_unit_test(lines_split_without_libcsv_are_what_libcsv_says),
    };

    return cmocka_run_group_tests_name("records over chunks", tests, NULL, NULL);
}
