/* Facts by a thread of their own: the same ones in the same order. */
#include "core/error.h"
#include "import/read_ahead.h"
#include "test.h"
#include <glib/gstdio.h>

#define HEADER "project_id,class,purpose\n"

struct files {
    struct source *source;
    struct reader *reader;
    struct format_set *formats;
    struct mapping *mapping;
};

/* Writes records enough for many batches; every 500th holds a secret, and every 1000th is malformed
 * or lacks its class when `is_bad`. */
static char *write_file(gboolean is_bad, const char *ending)
{
    g_autofree char *folder = g_dir_make_tmp("trueup-ahead-XXXXXX", NULL);
    g_autoptr(GString) text = g_string_new(HEADER);
    char *path = g_build_filename(folder, "projects.csv", NULL);

    for (int i = 0; i < 20000; i++) {
        if (is_bad && i % 1000 == 999)
            g_string_append(text, i % 2000 == 999 ? "x,\"y\" z,w\n" : ",test,w\n");
        else
            g_string_append_printf(text, "proj_%d,\"quoted, %d\",%s%d\n", i, i * 7,
                                   i % 500 ? "" : "key sk-abcdefghijklmnopqrstuvwx", i);
    }
    g_string_append(text, ending);
    assert_true(g_file_set_contents(path, text->str, (gssize)text->len, NULL));
    return path;
}

static void open_files(struct files *files, const char *path)
{
    g_autoptr(GError) error = NULL;
    const struct record *record;
    const struct record_problem *problem;

    files->source = source_open(path, NULL, &error);
    files->reader = reader_new(files->source, 0, &error);
    files->formats = format_set_load(&error);
    assert_non_null(files->formats);
    assert_int_equal(reader_next(files->reader, &record, &problem, &error), RECORD_ROW);
    assert_int_equal(format_recognise(files->formats, record, NULL, &files->mapping, &error),
                     RECOGNISED_HEADER);
}

static void close_files(struct files *files)
{
    mapping_free(files->mapping);
    format_set_free(files->formats);
    reader_free(files->reader);
    source_free(files->source);
}

static void say_fact(GString *said, gint64 line, const struct fact *fact)
{
    const struct project_fact *project = &fact->project;

    g_string_append_printf(said, " %d [%.*s] [%.*s] [%.*s]", (int)line,
                           (int)project->project_id.len, project->project_id.text,
                           (int)project->project_class.len, project->project_class.text,
                           (int)project->purpose.len, project->purpose.text);
}

static char *say_plainly(const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
    const struct record *record = NULL;
    const struct record_problem *problem = NULL;
    GString *said = g_string_new("");
    enum record_status status;
    struct files files;
    struct fact fact;

    open_files(&files, path);
    do {
        status = reader_next(files.reader, &record, &problem, &error);
        g_string_append_printf(said, "%d", status);
        if (status == RECORD_ROW && mapping_read(files.mapping, record, &fact, problems, notes))
            say_fact(said, record->line, &fact);
        for (guint i = 0; status == RECORD_ROW && i < problems->len; i++)
            g_string_append_printf(said, " %d %s", (int)record->line,
                                   (char *)g_ptr_array_index(problems, i));
        g_ptr_array_set_size(problems, 0);
        if (status == RECORD_BAD)
            g_string_append_printf(said, " %d %s", (int)problem->line, problem->text);
        if (status == RECORD_FAILED)
            g_string_append_printf(said, " %s", error->message);
        g_string_append_c(said, '\n');
    } while (status == RECORD_ROW || status == RECORD_BAD);
    g_string_append_printf(said, "%d", reader_ends_without_newline(files.reader));
    close_files(&files);
    return g_string_free(said, FALSE);
}

static char *say_ahead(const char *path)
{
    g_autoptr(GError) error = NULL;
    GString *said = g_string_new("");
    enum record_status status;
    struct mapped mapped;
    struct files files;

    open_files(&files, path);
    struct read_ahead *ahead = read_ahead_new(files.reader, files.mapping);
    do {
        status = read_ahead_next(ahead, &mapped, &error);
        assert_int_equal(status, mapped.status);
        g_string_append_printf(said, "%d", status);
        if (mapped.fact)
            say_fact(said, mapped.line, mapped.fact);
        for (guint i = 0; i < mapped.problem_count; i++)
            g_string_append_printf(said, " %d %s", (int)mapped.line, mapped.problems[i]);
        if (status == RECORD_BAD)
            g_string_append_printf(said, " %d %s", (int)mapped.line, mapped.problem);
        if (status == RECORD_FAILED)
            g_string_append_printf(said, " %s", error->message);
        g_string_append_c(said, '\n');
    } while (status == RECORD_ROW || status == RECORD_BAD);
    g_string_append_printf(said, "%d", reader_ends_without_newline(files.reader));
    read_ahead_free(ahead);
    close_files(&files);
    return g_string_free(said, FALSE);
}

static void assert_the_same(gboolean is_bad, const char *ending, const char *expected)
{
    g_autofree char *path = write_file(is_bad, ending);
    g_autofree char *plain = say_plainly(path);
    g_autofree char *ahead = say_ahead(path);

    assert_string_equal(plain, ahead);
    assert_non_null(strstr(plain, expected));
}

static void facts_come_in_the_readers_order(void **state)
{
    (void)state;
    assert_the_same(FALSE, "", "0 20001 [proj_19999] [quoted, 139993] [19999]\n");
}

static void masked_texts_live_as_long_as_their_fact(void **state)
{
    (void)state;
    assert_the_same(FALSE, "", "0 19502 [proj_19500] [quoted, 136500] [key sk-…9500]\n");
}

static void bad_records_come_where_they_are(void **state)
{
    (void)state;
    assert_the_same(TRUE, "", "2 1001 ");
}

static void bad_cells_come_where_they_are(void **state)
{
    (void)state;
    assert_the_same(TRUE, "", "0 2001 column \"project_id\" is empty\n");
}

static void a_missing_newline_is_known_at_the_end(void **state)
{
    (void)state;
    assert_the_same(FALSE, "1,2,3", "1\n1");
}

static void a_source_that_fails_is_said_at_its_place(void **state)
{
    (void)state;
    assert_the_same(FALSE, "1,\xff,3\n", "is not valid UTF-8");
}

static void it_may_be_left_before_the_end(void **state)
{
    (void)state;
    for (int taken = 0; taken < 3000; taken += 700) {
        g_autoptr(GError) error = NULL;
        g_autofree char *path = write_file(FALSE, "");
        struct files files;
        struct mapped mapped = {.line = 0};

        open_files(&files, path);
        struct read_ahead *ahead = read_ahead_new(files.reader, files.mapping);
        g_usleep(50000); /* until every batch is full, and the thread waits */
        for (int i = 0; i < taken; i++)
            assert_int_equal(read_ahead_next(ahead, &mapped, &error), RECORD_ROW);
        assert_true(taken == 0 || mapped.line == taken + 1);
        read_ahead_free(ahead);
        close_files(&files);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(facts_come_in_the_readers_order),
        cmocka_unit_test(masked_texts_live_as_long_as_their_fact),
        cmocka_unit_test(bad_records_come_where_they_are),
        cmocka_unit_test(bad_cells_come_where_they_are),
        cmocka_unit_test(a_missing_newline_is_known_at_the_end),
        cmocka_unit_test(a_source_that_fails_is_said_at_its_place),
        cmocka_unit_test(it_may_be_left_before_the_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
