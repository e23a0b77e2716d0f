/* test_asset.c - embedded files, and the user's folder that wins over them. */
#include "core/asset.h"
#include "core/error.h"
#include "test.h"
#include <glib/gstdio.h>

static char *home;

/* The folder is read once in a process: it is stated before the first test. */
static int make_home(void **state)
{
    (void)state;
    home = g_dir_make_tmp("trueup-home-XXXXXX", NULL);
    return home && g_setenv("TRUEUP_HOME", home, TRUE) ? 0 : -1;
}

static int remove_home(void **state)
{
    (void)state;
    g_rmdir(home);
    g_free(home);
    return 0;
}

static void write_own(const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(home, name, NULL);
    g_autofree char *folder = g_path_get_dirname(path);

    assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void remove_own(const char *name)
{
    g_autofree char *path = g_build_filename(home, name, NULL);
    g_autofree char *folder = g_path_get_dirname(path);

    g_remove(path);
    g_rmdir(folder);
}

static void assert_text(const char *name, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = asset_read(name, &error);
    const char *text;
    gsize len;

    assert_null(error);
    text = g_bytes_get_data(bytes, &len);
    assert_int_equal(strlen(text), len);
    if (expected)
        assert_string_equal(text, expected);
}

static void an_embedded_file_is_read_with_a_nul_behind_it(void **state)
{
    (void)state;
    assert_text("reports/spend.sql", NULL);
    assert_text("sql/statement/transaction_begin.sql", NULL);
}

static void a_file_that_is_nowhere_is_an_error(void **state)
{
    g_autoptr(GError) error = NULL;

    (void)state;
    assert_null(asset_read("reports/nowhere.sql", &error));
    assert_string_equal(error->message, "there is no reports/nowhere.sql in this program");
    assert_int_equal(error_exit_code(error), TRUEUP_ERROR_SYSTEM);
}

static void the_users_file_wins_and_its_absence_shows_the_embedded_one(void **state)
{
    (void)state;
    write_own("reports/spend.sql", "mine");
    assert_text("reports/spend.sql", "mine");
    remove_own("reports/spend.sql");

    g_autoptr(GBytes) bytes = asset_read("reports/spend.sql", NULL);
    assert_true(g_str_has_prefix(g_bytes_get_data(bytes, NULL), "-- title:"));
}

static void a_file_that_cannot_be_read_is_not_passed_over(void **state)
{
    g_autoptr(GError) error = NULL;

    (void)state;
    write_own("reports/spend.sql/inside", "a folder where a file is expected");
    assert_null(asset_read("reports/spend.sql", &error));
    assert_non_null(strstr(error->message, "/reports/spend.sql: "));
    assert_int_equal(error_exit_code(error), TRUEUP_ERROR_SYSTEM);
    remove_own("reports/spend.sql/inside");
    remove_own("reports/x");
}

static char *listed(const char *folder, const char *suffix)
{
    g_autoptr(GPtrArray) names = asset_list(folder, suffix);

    g_ptr_array_add(names, NULL);
    return g_strjoinv(" ", (char **)names->pdata);
}

static void a_list_has_both_kinds_sorted_and_each_name_once(void **state)
{
    g_autofree char *before = listed("sql/schema", ".sql");
    g_autofree char *with_own = NULL, *expected = NULL;

    (void)state;
    assert_true(g_str_has_prefix(before, "sql/schema/0001_ledger.sql"));
    write_own("sql/schema/0000_mine.sql", "x");
    write_own("sql/schema/0001_ledger.sql", "x");
    write_own("sql/schema/.hidden.sql", "x");
    write_own("sql/schema/notes.txt", "x");
    with_own = listed("sql/schema", ".sql");
    expected = g_strconcat("sql/schema/0000_mine.sql ", before, NULL);
    assert_string_equal(with_own, expected);
    remove_own("sql/schema/0000_mine.sql");
    remove_own("sql/schema/0001_ledger.sql");
    remove_own("sql/schema/.hidden.sql");
    remove_own("sql/schema/notes.txt");
    remove_own("sql/x");
}

static void a_folder_that_is_nowhere_has_an_empty_list(void **state)
{
    g_autoptr(GPtrArray) names = asset_list("nowhere", ".sql");

    (void)state;
    assert_int_equal(names->len, 0);
}

static void the_users_folder_is_absolute(void **state)
{
    (void)state;
    assert_true(g_path_is_absolute(asset_home()));
    assert_string_equal(asset_home(), home);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_embedded_file_is_read_with_a_nul_behind_it),
        cmocka_unit_test(a_file_that_is_nowhere_is_an_error),
        cmocka_unit_test(the_users_file_wins_and_its_absence_shows_the_embedded_one),
        cmocka_unit_test(a_file_that_cannot_be_read_is_not_passed_over),
        cmocka_unit_test(a_list_has_both_kinds_sorted_and_each_name_once),
        cmocka_unit_test(a_folder_that_is_nowhere_has_an_empty_list),
        cmocka_unit_test(the_users_folder_is_absolute),
    };

    return cmocka_run_group_tests(tests, make_home, remove_home);
}
