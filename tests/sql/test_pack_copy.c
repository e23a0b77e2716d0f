/* An excerpt decides about every table: one that comes later is copied by its scope, or named as
 * left out. */
#include "core/asset.h"
#include "core/db.h"
#include "test.h"
#include <string.h>

static void every_table_is_copied_or_named(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);
    g_autoptr(GBytes) facts = asset_read("sql/statement/pack_copy_facts.sql", NULL);
    g_autoptr(GBytes) derived = asset_read("sql/statement/pack_copy_derived.sql", NULL);
    g_autofree char *text =
        g_strconcat(g_bytes_get_data(facts, NULL), "\n", g_bytes_get_data(derived, NULL), NULL);
    g_autofree char *head = g_strndup(text, (gsize)(strstr(text, "insert into") - text));
    g_autoptr(Statement) row =
        statement_new(db, "tables",
                      "select name from sqlite_schema where type = 'table' and "
                      "name not like 'sqlite%' order by name",
                      NULL);
    guint count = 0;

    (void)state;
    for (; statement_step(row, NULL) == ROW; count++) {
        const char *name = statement_text(row, 0);
        g_autofree char *copied = g_strdup_printf("insert into main.%s\n", name);
        g_autofree char *pattern = g_strdup_printf("\\b%s\\b", name);

        if (!strstr(text, copied) && !g_regex_match_simple(pattern, head, 0, 0))
            fail_msg("the table %s is neither copied nor named as left out", name);
    }
    assert_true(count > 70);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_table_is_copied_or_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
