/* Ledgers: who may open them, what they hold, what survives. */
#include "core/db.h"
#include "core/error.h"
#include "core/schema.h"
#include "test.h"
#include <glib/gstdio.h>

static char *fresh_path(const char *name)
{
    g_autofree char *folder = g_dir_make_tmp("trueup-db-XXXXXX", NULL);

    assert_non_null(folder);
    return g_build_filename(folder, name, NULL);
}

static int64_t one_int(struct db *db, const char *sql)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Statement) statement = statement_new(db, "test", sql, &error);

    assert_null(error);
    assert_int_equal(statement_step(statement, &error), ROW);
    return statement_int(statement, 0);
}

static void a_new_ledger_is_private_marked_and_migrated(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = fresh_path("ledger.db");
    g_autoptr(Db) db = db_open(path, DB_WRITE, &error);
    GStatBuf status;

    (void)state;
    assert_non_null(db);
    assert_int_equal(g_stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(one_int(db, "pragma application_id"), 0x74727570);
    assert_true(one_int(db, "pragma user_version") >= 1);
    assert_int_equal(one_int(db, "pragma page_size"), 8192);
    assert_int_equal(one_int(db, "pragma foreign_keys"), 1);
    assert_int_equal(one_int(db, "pragma synchronous"), 3);
    assert_int_equal(one_int(db, "pragma trusted_schema"), 0);
    assert_int_equal(one_int(db, "select count(*) from topup"), 0);
}

static void reading_what_does_not_exist_says_how_to_make_it(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = fresh_path("none.db");

    (void)state;
    assert_null(db_open(path, DB_READ, &error));
    assert_true(g_error_matches(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT));
    assert_non_null(strstr(error->message, "there is no such ledger"));
    assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
}

static void a_text_file_is_no_ledger(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = fresh_path("notes.txt");
    g_autofree char *text = g_strnfill(5000, 'x');

    (void)state;
    assert_true(g_file_set_contents(path, text, -1, NULL));
    assert_null(db_open(path, DB_WRITE, &error));
    assert_true(g_error_matches(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT));
    assert_non_null(strstr(error->message, "is not a trueup ledger"));
}

static void a_foreign_database_is_left_alone(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = fresh_path("other.db");
    Db *db = db_open(path, DB_WRITE, &error);

    (void)state;
    assert_true(db_execute(db, "test", "pragma application_id = 1234;", &error));
    db_close(db);
    assert_null(db_open(path, DB_WRITE, &error));
    assert_non_null(strstr(error->message, "not a trueup ledger"));
}

static void a_newer_ledger_is_refused_for_reading_and_writing(void **state)
{
    g_autofree char *path = fresh_path("newer.db");
    Db *db = db_open(path, DB_WRITE, NULL);

    (void)state;
    assert_true(db_execute(db, "test", "pragma user_version = 9999;", NULL));
    db_close(db);
    for (int mode = DB_WRITE; mode <= DB_READ; mode++) {
        g_autoptr(GError) error = NULL;

        assert_null(db_open(path, (enum db_mode)mode, &error));
        assert_true(g_error_matches(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT));
        assert_non_null(strstr(error->message, "newer trueup"));
    }
}

static void a_reader_cannot_write(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = fresh_path("ledger.db");
    Db *writer = db_open(path, DB_WRITE, &error);

    (void)state;
    db_close(writer);
    g_autoptr(Db) reader = db_open(path, DB_READ, &error);
    assert_non_null(reader);
    assert_false(db_execute(reader, "test", "delete from meta", &error));
    assert_true(g_error_matches(error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM));
}

static void a_transaction_not_committed_leaves_nothing(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Db) db = db_open_memory(&error);

    (void)state;
    {
        g_autoptr(Transaction) transaction = transaction_begin(db, &error);

        assert_non_null(transaction);
        assert_true(db_execute(db, "test", "insert into term (text) values ('x')", &error));
    }
    assert_int_equal(one_int(db, "select count(*) from term"), 0);
    {
        g_autoptr(Transaction) transaction = transaction_begin(db, &error);

        assert_true(db_execute(db, "test", "insert into term (text) values ('x')", &error));
        assert_true(transaction_commit(transaction, &error));
    }
    assert_int_equal(one_int(db, "select count(*) from term"), 1);
}

static void a_locked_ledger_says_so(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = fresh_path("ledger.db");
    g_autoptr(Db) first = db_open(path, DB_WRITE, &error);
    g_autoptr(Db) second = db_open(path, DB_WRITE, &error);
    g_autoptr(Transaction) held = transaction_begin(first, &error);

    (void)state;
    assert_non_null(held);
    assert_null(transaction_begin(second, &error));
    assert_true(g_error_matches(error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM));
    assert_non_null(strstr(error->message, "another program is writing"));
}

static void the_authorizer_refuses_everything_but_reading(void **state)
{
    static const char *const refused[] = {"delete from meta", "pragma user_version = 3",
                                          "attach ':memory:' as other", "create table leak (x)",
                                          NULL};
    g_autoptr(Db) db = db_open_memory(NULL);

    (void)state;
    db_set_read_only_authorizer(db, TRUE);
    for (guint i = 0; refused[i]; i++) {
        g_autoptr(GError) error = NULL;

        assert_null(statement_new(db, "report", refused[i], &error));
        assert_non_null(strstr(error->message, "it may only read"));
    }
    assert_int_equal(one_int(db, "select count(*) from meta"), 1);
}

static void text_that_is_not_one_statement_is_refused(void **state)
{
    static const struct {
        const char *sql, *why;
    } cases[] = {
        {"", "it holds no statement"},
        {"-- nothing\n", "it holds no statement"},
        {"select 1; select 2", "it holds more than one statement"},
        {"select 1; nonsense", "it holds more than one statement"},
        {"selct 1", "near \"selct\": syntax error"},
    };
    g_autoptr(Db) db = db_open_memory(NULL);

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;

        assert_null(statement_new(db, "mine.sql", cases[i].sql, &error));
        assert_true(g_error_matches(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT));
        assert_true(g_str_has_prefix(error->message, "mine.sql: cannot run in :memory:: "));
        assert_non_null(strstr(error->message, cases[i].why));
    }
    g_autoptr(Statement) last = statement_new(db, "mine.sql", "select 1; -- the end\n", NULL);
    assert_non_null(last);
}

/* SQLite makes it, and the names of its parameters, anew. */
static void a_statement_outlives_a_change_of_the_schema(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Db) db = db_open_memory(&error);
    struct statement *statement;

    (void)state;
    for (int i = 0; i < 3; i++) {
        char value[2] = {(char)('a' + i), '\0'};

        statement = statement_get(db, "meta_write", &error);
        statement_bind_text(statement, "name", "kept");
        statement_bind_text(statement, "value", value);
        assert_true(statement_execute(statement, &error));
        statement = statement_get(db, "meta_read", &error);
        statement_bind_text(statement, "name", "kept");
        assert_int_equal(statement_step(statement, &error), ROW);
        assert_string_equal(statement_text(statement, statement_column_index(statement, "value")),
                            value);
        statement_reset(statement);
        assert_true(db_execute(db, "test",
                               "drop table if exists temp.changing;"
                               "create temp table changing as select 1 as one;",
                               &error));
    }
}

static void views_are_rebuilt_when_their_text_changes(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = fresh_path("ledger.db");
    Db *db = db_open(path, DB_WRITE, &error);

    (void)state;
    assert_true(db_execute(db, "test",
                           "create view stray as select 1;"
                           "update meta set value = 'old' where name = 'views_digest';",
                           &error));
    db_close(db);
    db = db_open(path, DB_READ, &error);
    assert_non_null(db);
    assert_int_equal(one_int(db, "select count(*) from sqlite_schema where name = 'stray'"), 0);
    db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_ledger_is_private_marked_and_migrated),
        cmocka_unit_test(reading_what_does_not_exist_says_how_to_make_it),
        cmocka_unit_test(a_text_file_is_no_ledger),
        cmocka_unit_test(a_foreign_database_is_left_alone),
        cmocka_unit_test(a_newer_ledger_is_refused_for_reading_and_writing),
        cmocka_unit_test(a_reader_cannot_write),
        cmocka_unit_test(a_transaction_not_committed_leaves_nothing),
        cmocka_unit_test(a_locked_ledger_says_so),
        cmocka_unit_test(the_authorizer_refuses_everything_but_reading),
        cmocka_unit_test(text_that_is_not_one_statement_is_refused),
        cmocka_unit_test(a_statement_outlives_a_change_of_the_schema),
        cmocka_unit_test(views_are_rebuilt_when_their_text_changes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
