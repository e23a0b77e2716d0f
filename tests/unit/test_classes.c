/* rules/classes.rules in the user's folder: it wins, and what is wrong in it is named. */
#include "core/error.h"
#include "derive_world.h"
#include "import/derive.h"
#include <glib/gstdio.h>

static char *home;

static void given_rules(const char *text)
{
    g_autofree char *path = g_build_filename(home, "rules", "classes.rules", NULL);

    assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void the_users_rules_win(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);

    (void)state;
    given_rules("# ours\n\n internal :  backoffice \t Dev\n");
    given_file(db, 1, "cost.csv", "cost", NULL);
    run(db, "insert into project values (1, 'proj_a', ''), (2, 'proj_b', '')");
    run(db, "insert into name_seen values (1, 'project', 'proj_a', 'search-dev'), "
            "(1, 'project', 'proj_b', 'checkout-production')");
    derive(db, derive_projects);
    assert_rows(db, "select class from project_fact order by project_key", "internal\n");
}

static void a_line_that_is_no_rule_is_named(void **state)
{
    static const char *const wrong[] = {"test dev", ": dev", "test:", "test:  ", "test: dev2"};

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(Db) db = db_open_memory(NULL);
        g_autoptr(GError) error = NULL;
        g_autofree char *text = g_strdup_printf("# ours\n%s\n", wrong[i]);

        given_rules(text);
        assert_false(derive_projects(db, &error));
        assert_true(g_error_matches(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT));
        assert_true(g_str_has_prefix(error->message, "$TRUEUP_HOME/rules/classes.rules:2: "));
        assert_non_null(strstr(error->message, "is not a class, a colon and its words"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_users_rules_win),
        cmocka_unit_test(a_line_that_is_no_rule_is_named),
    };
    g_autofree char *rules = NULL;
    int failed;

    home = g_dir_make_tmp("trueup-classes-XXXXXX", NULL);
    rules = g_build_filename(home, "rules", NULL);
    g_assert(g_mkdir(rules, 0700) == 0);
    g_setenv("TRUEUP_HOME", home, TRUE);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    g_free(home);
    return failed;
}
