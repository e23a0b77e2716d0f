/* The virtual table behind bulk inserts. */
#include "core/error.h"
#include "core/rowsource.h"
#include "test.h"
#include <glib/gstdio.h>

/* A feed of rows numbered 1 … `count`, failing at row `fails_at`. */
struct feed {
    struct db *db;
    int64_t count, row, fails_at;
    gboolean writes_terms, lacks_partition;
};

static gboolean write_term(struct feed *feed, GError **error)
{
    g_autofree char *text = g_strdup_printf("term %d", (int)feed->row);
    struct statement *statement = statement_get(feed->db, "term_insert", error);

    if (!statement)
        return FALSE;
    statement_bind_text(statement, "text", text);
    return statement_execute(statement, error);
}

static enum row_status next_cost(void *context, struct rowsource_cell *cells, GError **error)
{
    struct feed *feed = context;

    for (int i = 0; i < ROWSOURCE_COLUMNS; i++)
        assert_int_equal(cells[i].type, CELL_NULL);
    if (feed->row == feed->count)
        return END;
    feed->row++;
    if (feed->row == feed->fails_at) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "row %d is bad", (int)feed->row);
        return FAILED;
    }
    if (feed->writes_terms && !write_term(feed, error))
        return FAILED;
    cells[0] = (struct rowsource_cell){.type = CELL_INT, .integer = feed->row};
    if (!feed->lacks_partition)
        cells[1] = (struct rowsource_cell){.type = CELL_INT, .integer = 7};
    cells[2] = (struct rowsource_cell){.type = CELL_INT, .integer = feed->row + 1};
    cells[3] = (struct rowsource_cell){.type = CELL_INT, .integer = INT64_MIN + feed->row};
    return ROW;
}

static enum row_status next_meta(void *context, struct rowsource_cell *cells, GError **error)
{
    int *row = context;
    static const char text[] = "gone by the next row";

    (void)error;
    if ((*row)++ == 1)
        return END;
    cells[0] = (struct rowsource_cell){.type = CELL_TEXT, .text = "name, cut", .len = 4};
    cells[1] = (struct rowsource_cell){.type = CELL_TEXT, .text = text, .len = strlen(text)};
    return ROW;
}

static int64_t one_int(struct db *db, const char *sql)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Statement) statement = statement_new(db, "test", sql, &error);

    assert_null(error);
    assert_int_equal(statement_step(statement, &error), ROW);
    return statement_int(statement, 0);
}

static void every_row_of_the_feed_is_inserted(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Db) db = db_open_memory(&error);
    struct feed feed = {.db = db, .count = 1000};

    (void)state;
    assert_true(rowsource_insert(db, "cost_insert", next_cost, &feed, &error));
    assert_int_equal(one_int(db, "select count(*) from cost"), 1000);
    assert_int_equal(one_int(db, "select sum(line) from cost"), 1000 * 1001 / 2 + 1000);
    assert_int_equal(one_int(db, "select min(amount_nanos) from cost"), INT64_MIN + 1);
    assert_int_equal(one_int(db, "select count(*) from cost where line_item_id is null"), 1000);
}

static void a_feed_without_rows_inserts_none(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Db) db = db_open_memory(&error);
    struct feed feed = {.db = db};

    (void)state;
    assert_true(rowsource_insert(db, "cost_insert", next_cost, &feed, &error));
    assert_int_equal(one_int(db, "select count(*) from cost"), 0);
}

static void a_failing_feed_gives_its_own_error_and_leaves_no_row(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Db) db = db_open_memory(&error);
    struct feed feed = {.db = db, .count = 10, .fails_at = 5};

    (void)state;
    assert_false(rowsource_insert(db, "cost_insert", next_cost, &feed, &error));
    assert_string_equal(error->message, "row 5 is bad");
    assert_int_equal(one_int(db, "select count(*) from cost"), 0);
}

static void an_error_of_the_insert_itself_is_reported(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Db) db = db_open_memory(&error);
    struct feed feed = {.db = db, .count = 1};

    (void)state;
    assert_true(rowsource_insert(db, "cost_insert", next_cost, &feed, &error));
    feed.row = 0;
    feed.lacks_partition = TRUE; /* a column that may not be null */
    assert_false(rowsource_insert(db, "cost_insert", next_cost, &feed, &error));
    assert_non_null(error);
    assert_int_equal(one_int(db, "select count(*) from cost"), 1);
}

static void a_feed_may_write_other_tables_meanwhile(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Db) db = db_open_memory(&error);
    struct feed feed = {.db = db, .count = 100, .writes_terms = TRUE};

    (void)state;
    assert_true(rowsource_insert(db, "cost_insert", next_cost, &feed, &error));
    assert_int_equal(one_int(db, "select count(*) from term"), 100);
    assert_int_equal(one_int(db, "select count(*) from cost"), 100);
}

static void text_is_copied_by_its_length(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Db) db = db_open_memory(&error);
    int row = 0;

    (void)state;
    assert_true(rowsource_insert(db, "rowsource_test", next_meta, &row, &error));
    assert_int_equal(one_int(db, "select count(*) from meta where name = 'name' "
                                 "and value = 'gone by the next row'"),
                     1);
}

static void nothing_can_read_the_table_between_inserts(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Db) db = db_open_memory(&error);
    struct feed feed = {.db = db, .count = 1};

    (void)state;
    assert_true(rowsource_insert(db, "cost_insert", next_cost, &feed, &error));
    assert_null(statement_new(db, "test", "select * from rowsource", &error));
    assert_non_null(error);
}

/* A statement of the test's own, in a user's folder. */
static void make_home(void)
{
    g_autofree char *home = g_dir_make_tmp("trueup-rowsource-XXXXXX", NULL);
    g_autofree char *folder = g_build_filename(home, "sql", "statement", NULL);
    g_autofree char *path = g_build_filename(folder, "rowsource_test.sql", NULL);

    g_assert(g_mkdir_with_parents(folder, 0700) == 0);
    g_assert(g_file_set_contents(
        path, "insert into meta (name, value) select c0, c1 from rowsource;", -1, NULL));
    g_setenv("TRUEUP_HOME", home, TRUE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_of_the_feed_is_inserted),
        cmocka_unit_test(a_feed_without_rows_inserts_none),
        cmocka_unit_test(a_failing_feed_gives_its_own_error_and_leaves_no_row),
        cmocka_unit_test(an_error_of_the_insert_itself_is_reported),
        cmocka_unit_test(a_feed_may_write_other_tables_meanwhile),
        cmocka_unit_test(text_is_copied_by_its_length),
        cmocka_unit_test(nothing_can_read_the_table_between_inserts),
    };

    make_home();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
