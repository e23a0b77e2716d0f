/* What files an import's arguments name. */
#include "core/error.h"
#include "import/import.h"
#include "test.h"
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

struct folder {
    char *path;
};

static int setup(void **state)
{
    static const char *const names[] = {"b.csv",          "a.csv",   "B.CSV",        ".hidden.csv",
                                        "README.md",      "notes",   "t.tsv",        "sub/c.csv",
                                        "sub/deep/d.txt", "sub.csv", ".git/pack.csv"};
    struct folder *folder = g_new0(struct folder, 1);

    folder->path = g_dir_make_tmp("trueup-collect-XXXXXX", NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(folder->path, names[i], NULL);
        g_autofree char *parent = g_path_get_dirname(path);

        g_assert(g_mkdir_with_parents(parent, 0700) == 0);
        g_assert(g_file_set_contents(path, "x\n", -1, NULL));
    }
    *state = folder;
    return 0;
}

static int teardown(void **state)
{
    struct folder *folder = *state;

    g_free(folder->path);
    g_free(folder);
    return 0;
}

/* The collected paths below the folder, joined by blanks. */
static char *collect(const struct folder *folder, GPtrArray *notes, ...)
{
    g_autoptr(GPtrArray) arguments = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) paths = NULL;
    g_autoptr(GError) error = NULL;
    GString *text = g_string_new("");
    const char *name;
    va_list names;

    va_start(names, notes);
    while ((name = va_arg(names, const char *)))
        g_ptr_array_add(arguments, g_build_filename(folder->path, name, NULL));
    va_end(names);
    g_ptr_array_add(arguments, NULL);
    paths = import_collect((char **)arguments->pdata, notes, &error);
    if (!paths) {
        g_string_append(text, error->message);
        return g_string_free(text, FALSE);
    }
    for (guint i = 0; i < paths->len; i++) {
        const char *path = g_ptr_array_index(paths, i);

        g_string_append_printf(text, "%s%s", i ? " " : "", path + strlen(folder->path) + 1);
    }
    return g_string_free(text, FALSE);
}

static void a_folder_is_walked_in_byte_order_without_hidden_entries(void **state)
{
    g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *found = collect(*state, notes, "", NULL);

    assert_string_equal(found, "B.CSV a.csv b.csv sub.csv sub/c.csv sub/deep/d.txt t.tsv");
    assert_int_equal(notes->len, 1);
    assert_string_equal(
        g_ptr_array_index(notes, 0),
        "2 files in the folders were left out: they are no .csv, .tsv, .txt, .json or .pdf");
}

static void a_file_that_is_named_is_taken_whatever_its_suffix_and_place(void **state)
{
    g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *found = collect(*state, notes, "notes", "b.csv", NULL);

    assert_string_equal(found, "b.csv notes");
    assert_int_equal(notes->len, 0);
}

static void a_file_named_twice_is_taken_once(void **state)
{
    g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *found = collect(*state, notes, "sub/c.csv", "sub", "sub/../sub/c.csv", NULL);

    assert_string_equal(found, "sub/c.csv sub/deep/d.txt");
}

static void a_pattern_is_expanded_in_byte_order(void **state)
{
    g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *found = collect(*state, notes, "?.csv", NULL);

    assert_string_equal(found, "a.csv b.csv");
}

static void a_path_that_does_not_exist_is_an_error(void **state)
{
    g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *missing = collect(*state, notes, "none.csv", NULL);
    g_autofree char *unmatched = collect(*state, notes, "none*.csv", NULL);

    assert_non_null(strstr(missing, "none.csv: there is no such file or folder"));
    assert_non_null(strstr(unmatched, "none*.csv: no file matches this pattern"));
}

static void a_link_back_to_its_folder_ends(void **state)
{
    struct folder *folder = *state;
    g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *link = g_build_filename(folder->path, "sub", "back", NULL);
    g_autofree char *found = NULL;

    assert_int_equal(symlink(folder->path, link), 0);
    found = collect(folder, notes, "", NULL);
    assert_string_equal(found, "B.CSV a.csv b.csv sub.csv sub/c.csv sub/deep/d.txt t.tsv");
    assert_int_equal(g_unlink(link), 0);
}

static void what_cannot_be_read_keeps_nothing_else_out(void **state)
{
    struct folder *folder = *state;
    g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *gone = g_build_filename(folder->path, "sub", "gone.csv", NULL);
    g_autofree char *pipe = g_build_filename(folder->path, "sub", "pipe.csv", NULL);
    g_autofree char *found = NULL;

    assert_int_equal(symlink("nowhere", gone), 0);
    assert_int_equal(mkfifo(pipe, 0600), 0);
    found = collect(folder, notes, "sub", NULL);
    assert_string_equal(found, "sub/c.csv sub/deep/d.txt sub/gone.csv sub/pipe.csv");
    assert_int_equal(g_unlink(gone), 0);
    assert_int_equal(g_unlink(pipe), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_is_walked_in_byte_order_without_hidden_entries),
        cmocka_unit_test(a_file_that_is_named_is_taken_whatever_its_suffix_and_place),
        cmocka_unit_test(a_file_named_twice_is_taken_once),
        cmocka_unit_test(a_pattern_is_expanded_in_byte_order),
        cmocka_unit_test(a_path_that_does_not_exist_is_an_error),
        cmocka_unit_test(a_link_back_to_its_folder_ends),
        cmocka_unit_test(what_cannot_be_read_keeps_nothing_else_out),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
