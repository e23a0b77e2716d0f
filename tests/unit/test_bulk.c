/* Rows that are written many at a time. */
#include "core/bulk.h"
#include "test.h"

#define ROWS 9001 /* more than are kept at once, twice */

/* One row of `candidate`, whose texts say which it is. */
static gboolean candidate_add(struct bulk *bulk, int row, GError **error)
{
    g_autofree char *reason = g_strdup_printf("reason %d", row);

    bulk_add_int(bulk, row);
    bulk_add_text(bulk, "card");
    bulk_add_key(bulk, row % 2);
    bulk_add_null(bulk);
    bulk_add_text(bulk, row == 7 ? "" : "won");
    bulk_add_text(bulk, reason);
    return bulk_end_row(bulk, error);
}

static int64_t one_int(struct db *db, const char *sql)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Statement) statement = statement_new(db, "test", sql, &error);

    assert_null(error);
    assert_int_equal(statement_step(statement, &error), ROW);
    return statement_int(statement, 0);
}

static struct db *trusting_db(void)
{
    g_autoptr(GError) error = NULL;
    struct db *db = db_open_memory(&error);

    assert_true(db_run(db, "refresh_begin", &error));
    return db;
}

static void every_row_is_written_in_order_with_its_own_cells(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Db) db = trusting_db();
    g_autoptr(Bulk) bulk = bulk_new(db, "match_candidate_insert");

    (void)state;
    for (int row = 1; row <= ROWS; row++)
        assert_true(candidate_add(bulk, row, &error));
    assert_true(bulk_end(bulk, &error));
    assert_int_equal(one_int(db, "select count(*) from candidate where rowid = topup_id "
                                 "and reason = 'reason ' || topup_id and leg = 'card' "
                                 "and receipt_id is nullif(topup_id % 2, 0) and charge_id is null "
                                 "and verdict = case topup_id when 7 then '' else 'won' end"),
                     ROWS);
}

static void rows_may_follow_what_was_written(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Db) db = trusting_db();
    g_autoptr(Bulk) bulk = bulk_new(db, "match_candidate_insert");

    (void)state;
    assert_true(bulk_end(bulk, &error)); /* none yet */
    assert_true(candidate_add(bulk, 1, &error));
    assert_true(bulk_end(bulk, &error));
    assert_true(candidate_add(bulk, 2, &error));
    assert_true(bulk_end(bulk, &error));
    assert_true(bulk_end(bulk, &error)); /* and none twice */
    assert_int_equal(one_int(db, "select 10 * count(*) + sum(topup_id) from candidate"), 23);
}

static void two_tables_are_filled_side_by_side(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Db) db = trusting_db();
    g_autoptr(Bulk) candidates = bulk_new(db, "match_candidate_insert");
    g_autoptr(Bulk) states = bulk_new(db, "match_state_insert");

    (void)state;
    for (int row = 1; row <= ROWS; row++) {
        assert_true(candidate_add(candidates, row, &error));
        bulk_add_int(states, row);
        for (int i = 0; i < 4; i++)
            bulk_add_text(states, "open");
        assert_true(bulk_end_row(states, &error));
    }
    assert_true(bulk_end(states, &error));
    assert_true(bulk_end(candidates, &error));
    assert_int_equal(one_int(db, "select count(*) from candidate"), ROWS);
    assert_int_equal(one_int(db, "select count(*) from topup_state"), ROWS);
}

static void a_row_that_the_table_refuses_is_reported(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Db) db = trusting_db();
    g_autoptr(Bulk) bulk = bulk_new(db, "match_candidate_insert");

    (void)state;
    assert_true(candidate_add(bulk, 1, &error));
    bulk_add_int(bulk, 2);
    bulk_add_text(bulk, NULL); /* which leg must be said */
    for (int i = 0; i < 4; i++)
        bulk_add_null(bulk);
    assert_true(bulk_end_row(bulk, &error));
    assert_false(bulk_end(bulk, &error));
    assert_non_null(error);
    assert_int_equal(one_int(db, "select count(*) from candidate"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_written_in_order_with_its_own_cells),
        cmocka_unit_test(rows_may_follow_what_was_written),
        cmocka_unit_test(two_tables_are_filled_side_by_side),
        cmocka_unit_test(a_row_that_the_table_refuses_is_reported),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
