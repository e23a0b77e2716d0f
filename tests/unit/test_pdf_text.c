/*
 * Tests of pdf_text.h: a pdftotext of our own on PATH shows what the confined process may do, and
 * that nothing it does holds the import up.
 */
#include "core/error.h"
#include "import/pdf_text.h"
#include "test.h"
#include <glib/gstdio.h>
#include <sys/stat.h>

#define PDF "%PDF-1.4\n%%EOF\n"

static char *folder;

static int folder_make(void **state)
{
    (void)state;
    folder = g_dir_make_tmp("trueup-pdf-XXXXXX", NULL);
    g_setenv("PATH", folder, TRUE);
    return folder ? 0 : -1;
}

static int folder_remove(void **state)
{
    g_autofree char *program = g_build_filename(folder, "pdftotext", NULL);

    (void)state;
    g_remove(program);
    g_rmdir(folder);
    g_free(folder);
    return 0;
}

/* Reads a PDF with a pdftotext that is this script. */
static char *read_by(const char *script, const char *bytes, gsize len, GError **error)
{
    g_autofree char *program = g_build_filename(folder, "pdftotext", NULL);
    g_autofree char *text = g_strconcat("#!/bin/bash\n", script, NULL);
    struct pdf_limits limits = pdf_limits;

    limits.wall_time_us = G_USEC_PER_SEC * 3 / 2;
    assert_true(g_file_set_contents(program, text, -1, NULL));
    assert_int_equal(chmod(program, 0700), 0);
    return pdf_text_read(bytes, len, PDF_AS_PRINTED, &limits, error);
}

static void assert_fails(const char *script, const char *beginning)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = read_by(script, PDF, strlen(PDF), &error);

    assert_null(text);
    assert_true(g_error_matches(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT));
    if (!g_str_has_prefix(error->message, beginning))
        fail_msg("%s", error->message);
}

static void what_pdftotext_writes_is_the_text_without_controls(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text =
        read_by("printf '56FB0333\\0000001\\f\\n\\xff'", PDF, strlen(PDF), &error);

    (void)state;
    assert_null(error);
    assert_string_equal(text, "56FB0333 0001 \n\xEF\xBF\xBD");
}

static void the_process_has_no_network_no_files_to_write_and_no_children(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text =
        read_by("echo begins\n"
                "{ exec 3<>/dev/udp/127.0.0.1/9; } && echo reaches the network\n"
                "{ exec 3>\"$0.made\"; } && echo makes files\n"
                "{ exec 3>>\"$0\"; } && echo changes files\n"
                "{ exec 3<\"$0\"; } && echo reads\n",
                PDF, strlen(PDF), &error);

    (void)state;
    assert_null(error);
    assert_string_equal(text, "begins\nreads\n");
    assert_fails("( echo has children ); exit 0", "is a damaged PDF"); /* bash gives up */
}

static void the_process_has_as_much_memory_as_it_is_given(void **state)
{
    (void)state;
    assert_fails("printf -v long '%*s' 400000000 x; echo ${#long}", "is a ");
}

static void a_program_that_hangs_is_stopped(void **state)
{
    (void)state;
    assert_fails("while :; do read -r -t 0.2 <&1; done",
                 "is a PDF that pdftotext did not read within 10 seconds; it was stopped");
    assert_fails("exec >&- 2>&-; while :; do :; done",
                 "is a PDF that pdftotext did not read within 10 seconds; it was stopped");
}

static void a_program_that_crashes_or_fails_is_told(void **state)
{
    (void)state;
    assert_fails("ulimit -c 0; kill -SEGV $$; exit 1", "is a damaged PDF"); /* it may not kill */
    assert_fails("exit 1", "is a damaged PDF: pdftotext cannot read it");
    assert_fails("echo 'Command Line Error: Incorrect password' >&2; exit 1",
                 "is an encrypted PDF: it needs a password");
    assert_fails("exit 3", "is an encrypted PDF that forbids copying its text");
    assert_fails("printf '\\f\\n  \\n'", "is a PDF without text");
}

static void neither_side_waits_for_the_other(void **state)
{
    const gsize len = 3 * 1024 * 1024;
    g_autofree char *bytes = g_malloc0(len);
    g_autoptr(GError) error = NULL;
    g_autofree char *unread = NULL;
    g_autofree char *late = NULL;

    (void)state;
    memcpy(bytes + len - 6, "%%EOF\n", 6);
    /* It ends without reading: our write meets a closed pipe. */
    unread = read_by("echo done", bytes, len, &error);
    assert_null(error);
    assert_string_equal(unread, "done\n");
    /* It writes more than both pipes hold, also what nobody asked for, before it reads. */
    late = read_by("printf -v long '%*s' 300000 x; echo \"$long\" >&2; echo \"$long\"", bytes, len,
                   &error);
    assert_null(error);
    assert_int_equal(strlen(late), 300001);
}

static void more_text_than_any_receipt_has_ends_it(void **state)
{
    (void)state;
    assert_fails("printf -v long '%*s' 100000 x; while :; do echo \"$long\"; done",
                 "is a PDF with more text than any receipt has (4 MiB)");
}

static void a_pdf_that_is_too_long_or_cut_short_is_not_even_tried(void **state)
{
    const gsize len = 16 * 1024 * 1024 + 1;
    g_autofree char *bytes = g_malloc0(len);
    g_autoptr(GError) error = NULL;

    (void)state;
    assert_null(read_by("echo tried", bytes, len, &error));
    assert_true(g_str_has_prefix(error->message, "is a PDF of more than 16 MiB"));
    g_clear_error(&error);
    assert_null(read_by("echo tried", bytes, 1000, &error));
    assert_true(g_str_has_prefix(error->message, "is a PDF that is cut short"));
}

static void without_pdftotext_the_message_says_what_to_install(void **state)
{
    g_autofree char *program = g_build_filename(folder, "pdftotext", NULL);
    g_autoptr(GError) error = NULL;

    (void)state;
    g_remove(program);
    assert_null(pdf_text_read(PDF, strlen(PDF), PDF_AS_DRAWN, &pdf_limits, &error));
    assert_true(g_error_matches(error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM));
    assert_non_null(strstr(error->message, "poppler-utils"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_pdftotext_writes_is_the_text_without_controls),
        cmocka_unit_test(the_process_has_no_network_no_files_to_write_and_no_children),
        cmocka_unit_test(the_process_has_as_much_memory_as_it_is_given),
        cmocka_unit_test(a_program_that_hangs_is_stopped),
        cmocka_unit_test(a_program_that_crashes_or_fails_is_told),
        cmocka_unit_test(neither_side_waits_for_the_other),
        cmocka_unit_test(more_text_than_any_receipt_has_ends_it),
        cmocka_unit_test(a_pdf_that_is_too_long_or_cut_short_is_not_even_tried),
        cmocka_unit_test(without_pdftotext_the_message_says_what_to_install),
    };

    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
