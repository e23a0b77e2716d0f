/* test_refresh.c - what a refresh leaves behind beside what it derives. */
#include "cli/refresh.h"
#include "rows.h"

/* Coverage of an account that there is not. */
#define ORPHAN                                                                                     \
    "insert into statement_coverage (account_id, from_on, until_on)"                               \
    " values (7, '2026-10-01', '2026-10-31')"

static void assert_references_are_enforced(struct db *db)
{
    g_autoptr(GError) error = NULL;

    assert_false(db_execute(db, "orphan", ORPHAN, &error));
    assert_non_null(strstr(error->message, "FOREIGN KEY"));
}

static void references_are_enforced_again_after_a_refresh(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Db) db = db_open_memory(&error);

    (void)state;
    assert_true(refresh_run(db, &error));
    assert_references_are_enforced(db);
}

static void references_are_enforced_again_after_a_refresh_that_failed(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Db) db = db_open_memory(&error);

    (void)state;
    assert_true(db_execute(db, "drop", "drop table runaway_episode", &error));
    assert_false(refresh_run(db, &error));
    assert_non_null(strstr(error->message, "runaway_episode"));
    assert_references_are_enforced(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(references_are_enforced_again_after_a_refresh),
        cmocka_unit_test(references_are_enforced_again_after_a_refresh_that_failed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
