/* Records by a thread of their own: the same ones in the same order. */
#include "core/error.h"
#include "import/read_ahead.h"
#include "test.h"
#include <glib/gstdio.h>

/* Writes records enough for many batches; every 1000th is malformed when `is_bad`. */
static char *write_file(gboolean is_bad, const char *ending)
{
    g_autofree char *folder = g_dir_make_tmp("trueup-ahead-XXXXXX", NULL);
    g_autoptr(GString) text = g_string_new("a,b,c\n");
    char *path = g_build_filename(folder, "file.csv", NULL);

    for (int i = 0; i < 20000; i++) {
        if (is_bad && i % 1000 == 999)
            g_string_append(text, "x,\"y\" z,w\n");
        else
            g_string_append_printf(text, "%d,\"quoted, %d\",%s\n", i, i * 7, i % 3 ? "" : "text");
    }
    g_string_append(text, ending);
    assert_true(g_file_set_contents(path, text->str, (gssize)text->len, NULL));
    return path;
}

/* What a reader says, as text: status, line, cells. */
static enum record_status say(GString *said, enum record_status status, const struct record *record,
                              const struct record_problem *problem, const GError *error)
{
    g_string_append_printf(said, "%d", status);
    if (status == RECORD_ROW) {
        g_string_append_printf(said, " %d", (int)record->line);
        for (guint i = 0; i < record->count; i++)
            g_string_append_printf(said, " [%s %d %d]", record->cells[i].text,
                                   (int)record->cells[i].len, record->cells[i].quoted);
    }
    if (status == RECORD_BAD)
        g_string_append_printf(said, " %d %s", (int)problem->line, problem->text);
    if (status == RECORD_FAILED)
        g_string_append_printf(said, " %s", error->message);
    g_string_append_c(said, '\n');
    return status;
}

static gboolean goes_on(enum record_status status)
{
    return status == RECORD_ROW || status == RECORD_BAD;
}

static char *say_plainly(const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Source) source = source_open(path, NULL, &error);
    g_autoptr(Reader) reader = reader_new(source, 0, &error);
    const struct record *record = NULL;
    const struct record_problem *problem = NULL;
    GString *said = g_string_new("");
    enum record_status status;

    do
        status = reader_next(reader, &record, &problem, &error);
    while (goes_on(say(said, status, record, problem, error)));
    g_string_append_printf(said, "%d", reader_ends_without_newline(reader));
    return g_string_free(said, FALSE);
}

static char *say_ahead(const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Source) source = source_open(path, NULL, &error);
    g_autoptr(Reader) reader = reader_new(source, 0, &error);
    g_autoptr(ReadAhead) ahead = read_ahead_new(reader);
    const struct record *record = NULL;
    const struct record_problem *problem = NULL;
    GString *said = g_string_new("");
    enum record_status status;

    do
        status = read_ahead_next(ahead, &record, &problem, &error);
    while (goes_on(say(said, status, record, problem, error)));
    g_string_append_printf(said, "%d", reader_ends_without_newline(reader));
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

static void records_come_in_the_readers_order(void **state)
{
    (void)state;
    assert_the_same(FALSE, "", "0 20001 [19999 5 0] [quoted, 139993 14 1] [ 0 0]\n");
}

static void bad_records_come_where_they_are(void **state)
{
    (void)state;
    assert_the_same(TRUE, "", "2 1001 ");
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
        g_autoptr(Source) source = source_open(path, NULL, &error);
        g_autoptr(Reader) reader = reader_new(source, 0, &error);
        g_autoptr(ReadAhead) ahead = read_ahead_new(reader);
        const struct record *record = NULL;
        const struct record_problem *problem;

        g_usleep(50000); /* until every batch is full, and the thread waits */
        for (int i = 0; i < taken; i++)
            assert_int_equal(read_ahead_next(ahead, &record, &problem, &error), RECORD_ROW);
        assert_true(taken == 0 || record->line == taken);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_come_in_the_readers_order),
        cmocka_unit_test(bad_records_come_where_they_are),
        cmocka_unit_test(a_missing_newline_is_known_at_the_end),
        cmocka_unit_test(a_source_that_fails_is_said_at_its_place),
        cmocka_unit_test(it_may_be_left_before_the_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
