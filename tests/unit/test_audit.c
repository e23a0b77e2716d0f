/* test_audit.c - the log of acts: bound row to row, and nothing in it can be changed or taken out.
 */
#include "core/audit.h"
#include "core/error.h"
#include "test.h"

static void append(struct db *db, const char *subject)
{
    struct act act = {.actor = "ada", .action = "import", .subject = subject, .detail = "facts=1"};
    g_autoptr(GError) error = NULL;

    assert_true(audit_append(db, &act, &error));
}

static void audit_binds_each_row_to_the_one_before(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Db) db = db_open_memory(&error);
    struct statement *rows;
    g_autofree char *first = NULL;

    (void)state;
    assert_non_null(db);
    append(db, "a.csv");
    append(db, "b.csv");
    rows = statement_get(db, "audit_rows", &error);
    assert_int_equal(statement_step(rows, &error), ROW);
    assert_string_equal(statement_text(rows, 2), "ada");
    first = g_strdup(statement_text(rows, 7));
    assert_int_equal(strlen(first), DIGEST_HEX_LEN);
    assert_int_equal(statement_step(rows, &error), ROW);
    assert_int_equal(statement_int(rows, 0), 2);
    assert_string_equal(statement_text(rows, 6), first);
    assert_string_not_equal(statement_text(rows, 7), first);
    assert_int_equal(statement_step(rows, &error), END);
}

static void audit_head_is_the_newest_row(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Db) db = db_open_memory(&error);
    struct audit_head head;

    (void)state;
    assert_true(audit_head(db, &head, &error));
    assert_int_equal(head.count, 0);
    assert_string_equal(head.hash, "");
    append(db, "a.csv");
    append(db, "b.csv");
    assert_true(audit_head(db, &head, &error));
    assert_int_equal(head.count, 2);
}

static void audit_refuses_to_change_or_lose_a_row(void **state)
{
    static const char *const acts[] = {"update audit set actor = 'eve'", "delete from audit"};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(acts); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Db) db = db_open_memory(&error);

        append(db, "a.csv");
        assert_false(db_execute(db, "test", acts[i], &error));
        assert_non_null(strstr(error->message, "the audit log is append-only"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(audit_binds_each_row_to_the_one_before),
        cmocka_unit_test(audit_head_is_the_newest_row),
        cmocka_unit_test(audit_refuses_to_change_or_lose_a_row),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
