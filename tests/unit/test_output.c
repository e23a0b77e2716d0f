/* test_output.c - where a result goes, and in which format. */
#include "cli/output.h"
#include "core/error.h"
#include "test.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static void the_format_is_the_stated_one_else_what_the_ending_says(void **state)
{
    const struct {
        const char *path, *stated, *format; /* NULL: refused */
    } cases[] = {
        {"spend.csv", NULL, "csv"},    {"a/b.c/spend.JSON", NULL, "json"},
        {"spend.txt", NULL, "table"},  {"spend", NULL, "csv"},
        {"spend.json/x", NULL, "csv"}, {"spend.dat", NULL, NULL},
        {"close.xls", NULL, NULL},     {"close.2026-10", NULL, "csv"},
        {".csv", NULL, "csv"},         {"spend.dat", "json", "json"},
        {"spend.csv", "csv", "csv"},   {"spend.txt", "csv", "csv"},
        {"spend.csv", "json", NULL},   {"spend.json", "table", NULL},
        {NULL, "json", "json"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        const struct output output = {(char *)(guintptr)cases[i].path, FALSE};
        const char *format = output_format(&output, cases[i].stated, "csv", &error);

        if (cases[i].format) {
            assert_null(error);
            assert_string_equal(format, cases[i].format);
            continue;
        }
        assert_null(format);
        assert_true(g_error_matches(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE));
        assert_non_null(strstr(error->message, cases[i].path));
    }
}

/* Runs output_write() while standard output is a terminal; *shown is what it was given. */
static gboolean write_to_terminal(const char *bytes, gsize len, char *shown, gsize size,
                                  GError **error)
{
    const struct output output = {NULL, FALSE};
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    int before = dup(STDOUT_FILENO);
    gboolean done;
    ssize_t got = 0;
    int slave;

    assert_true(master >= 0 && before >= 0 && grantpt(master) == 0 && unlockpt(master) == 0);
    slave = open(ptsname(master), O_RDWR | O_NOCTTY);
    assert_true(slave >= 0);
    fflush(stdout);
    dup2(slave, STDOUT_FILENO);
    done = output_write(&output, bytes, len, error);
    fflush(stdout);
    dup2(before, STDOUT_FILENO);
    if (done)
        got = read(master, shown, size - 1);
    shown[MAX(got, 0)] = '\0';
    close(slave);
    close(master);
    close(before);
    return done;
}

static void text_is_given_to_a_terminal_and_other_bytes_are_not(void **state)
{
    const struct {
        const char *bytes;
        gsize len;
        gboolean shown;
    } cases[] = {
        {"Spend €", 9, TRUE},
        {"PK\3\4\0\0", 6, FALSE},
        {"%PDF-1.7 \xb5\xed", 11, FALSE},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        char shown[64];
        gboolean done =
            write_to_terminal(cases[i].bytes, cases[i].len, shown, sizeof shown, &error);

        assert_int_equal(done, cases[i].shown);
        assert_string_equal(shown, cases[i].shown ? cases[i].bytes : "");
        if (!cases[i].shown) {
            assert_true(g_error_matches(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE));
            assert_non_null(strstr(error->message, "-o"));
        }
    }
}

static void bytes_are_written_as_they_are_with_their_length(void **state)
{
    g_autofree char *folder = g_dir_make_tmp(NULL, NULL);
    struct output output = {g_build_filename(folder, "out.zip", NULL), FALSE};
    g_autofree char *read = NULL;
    gsize len = 0;

    (void)state;
    assert_true(output_write(&output, "PK\0\1", 4, NULL));
    assert_true(g_file_get_contents(output.path, &read, &len, NULL));
    assert_int_equal(len, 4);
    assert_memory_equal(read, "PK\0\1", 4);
    g_unlink(output.path);
    assert_int_equal(g_rmdir(folder), 0); /* nothing else is in it */
    output_clear(&output);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_format_is_the_stated_one_else_what_the_ending_says),
        cmocka_unit_test(text_is_given_to_a_terminal_and_other_bytes_are_not),
        cmocka_unit_test(bytes_are_written_as_they_are_with_their_length),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
