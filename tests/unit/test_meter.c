/* test_meter.c - how far long work is: counted by rooms, shown after a second. */
#include "cli/meter.h"
#include "test.h"

#include <string.h>

#define SECOND G_USEC_PER_SEC

static void the_line_tells_share_rate_and_what_is_left(void **state)
{
    const struct {
        const char *what, *unit;
        gint64 done, total, elapsed;
        int width;
        const char *line; /* NULL: none */
    } cases[] = {
        {"importing", "bytes", 1, 4, SECOND - 1, 80, NULL},
        {"importing", "bytes", 500000000, 2000000000, 2 * SECOND, 80,
         "importing  [======>                 ]  25 %  250 MB/s  0:06 left"},
        {"importing", "bytes", 500000000, 2000000000, 2 * SECOND, 60,
         "importing  25 %  250 MB/s  0:06 left"},
        {"importing", "bytes", 500000000, 2000000000, 2 * SECOND, 20, "importing  25 %  25"},
        {"importing", "bytes", 9999, 2000000000, SECOND, 0,
         "importing  [>                       ]  0 %  9,999 bytes/s  55:33:39 left"},
        {"importing", "bytes", 5, 4, 2 * SECOND, 80, /* never beyond the end */
         "importing  [========================]  100 %  2 bytes/s  0:00 left"},
        {"rendering", "rows", 120000, 0, 3 * SECOND, 80, "rendering  120,000 rows  40,000 rows/s"},
        {"matching", "", 30, 100, 90 * SECOND, 80,
         "matching  [=======>                ]  30 %  3:30 left"},
        {"matching", "", 0, 100, 90 * SECOND, 80, "matching  [>                       ]  0 %"},
        {"x", "bytes", G_MAXINT64, G_MAXINT64, SECOND, 0,
         "x  [========================]  100 %  9,223,372 TB/s  0:00 left"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct progress progress = {
            .unit = cases[i].unit, .done = cases[i].done, .total = cases[i].total};
        g_autofree char *line = NULL;

        g_strlcpy(progress.what, cases[i].what, sizeof progress.what);
        progress.started_at = 1000;
        line = meter_line(&progress, 1000 + cases[i].elapsed, cases[i].width);
        if (cases[i].line)
            assert_string_equal(line, cases[i].line);
        else
            assert_null(line);
    }
}

static gpointer add_a_thousand_times(gpointer unused)
{
    (void)unused;
    for (int i = 0; i < 1000; i++)
        progress_add(3);
    return NULL;
}

static void what_is_added_by_any_thread_counts_while_work_runs(void **state)
{
    struct progress progress;
    GThread *threads[4];

    (void)state;
    progress_add(1000);
    assert_false(progress_read(&progress));
    progress_begin("first", "rows", 100);
    for (gsize i = 0; i < G_N_ELEMENTS(threads); i++)
        threads[i] = g_thread_new("adding", add_a_thousand_times, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(threads); i++)
        g_thread_join(threads[i]);
    assert_true(progress_read(&progress));
    assert_int_equal(progress.done, 12000);
    assert_string_equal(progress.what, "first");
    progress_end();
    assert_false(progress_read(&progress));
}

static void work_within_work_is_not_counted(void **state)
{
    struct progress progress;

    (void)state;
    progress_begin("outer", "bytes", 100);
    progress_add(10);
    progress_begin("inner", "rows", 5);
    progress_add(5);
    progress_reach(3);
    progress_name("step");
    progress_end();
    assert_true(progress_read(&progress));
    assert_string_equal(progress.what, "outer");
    assert_int_equal(progress.done, 10);
    progress_reach(7);
    progress_name("outer step");
    assert_true(progress_read(&progress));
    assert_string_equal(progress.what, "outer step");
    assert_int_equal(progress.done, 7);
    progress_end();
}

static guint begun, ended;

static void count_begun(void)
{
    begun++;
}

static void count_ended(void)
{
    struct progress progress;

    ended += progress_read(&progress); /* it is still to be read then */
}

static void who_watches_is_told_once_of_beginning_and_end(void **state)
{
    (void)state;
    progress_watch(count_begun, count_ended);
    progress_begin("outer", "", 1);
    progress_begin("inner", "", 1);
    progress_end();
    assert_int_equal(ended, 0);
    progress_end();
    progress_watch(NULL, NULL);
    assert_int_equal(begun, 1);
    assert_int_equal(ended, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_line_tells_share_rate_and_what_is_left),
        cmocka_unit_test(what_is_added_by_any_thread_counts_while_work_runs),
        cmocka_unit_test(work_within_work_is_not_counted),
        cmocka_unit_test(who_watches_is_told_once_of_beginning_and_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
