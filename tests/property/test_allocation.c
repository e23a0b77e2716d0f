/* test_allocation.c - on random payments and costs, what projects are allocated adds up, and is the
 * same whatever the keys and the order of rows. */
#include "core/asset.h"
#include "match_given.h"
#include "rows.h"
#include "wallet/wallet.h"

#define WORLDS   25
#define PROJECTS 5

static const char *const kinds[] = {"tax", "card-fee", "fx-margin", "bank fee"};
static const char *const currencies[] = {"USD", "EUR", "JPY"};
static const char *const treatments[] = {"cost", "cost", "cost", "recoverable"};

/* The same world by the same seed; `turned` gives projects other keys and writes its rows last to
 * first. Few costs differ, so that remainders often do not. */
static Db *world(guint32 seed, gboolean turned)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(g_free);
    Db *db = given_ledger();

    for (int month = 8; month <= 11; month++) /* a top-up a month, before any of its rows */
        given_run(db,
                  "insert into topup select %d, 't%d', %d, 1, %d, 1, 0, '2026-%02d-03', 0, 0, 0,"
                  " 'i%d', '', '', 'auto', 'paid', 0, 'USD', 0, 0, 'USD', '', null, null, null,"
                  " 'i%d', 1, 'api'",
                  month, month, month, month, month, month, month);
    given_run(db, "with recursive days (day) as (select '2026-08-01' union all"
                  " select date(day, '+1 day') from days where day < '2026-12-31')"
                  "insert into calendar select day,"
                  " cast(julianday(day) - 2440587.5 as integer), substr(day, 1, 7) from days;"
                  "insert into coverage values (1, '2026-09-05', '2026-11-20')");
    for (int project = 1; project <= PROJECTS; project++)
        given_run(db, "insert into project values (%d, 'proj_%d', '')",
                  turned ? PROJECTS + 1 - project : project, project);
    for (int i = 0; i < 40; i++)
        g_ptr_array_add(
            rows,
            g_strdup_printf(
                "insert into cost_day select 1, (select project_key from project where"
                " project_id = 'proj_%d'), '2026-%02d-%02d', '%s', %d, %d, null, null, 1",
                g_rand_int_range(random, 0, PROJECTS + 1), g_rand_int_range(random, 9, 11),
                g_rand_int_range(random, 5, 29), currencies[g_rand_int_range(random, 0, 2)],
                g_rand_int_range(random, -1, 3) * 100000000, g_rand_int_range(random, 0, 9) == 0));
    for (int i = 0; i < 12; i++)
        g_ptr_array_add(
            rows,
            g_strdup_printf("insert into adjustment values (%d, '%s', %d, '%s', '', null, '',"
                            " '%s', 0)",
                            g_rand_int_range(random, 8, 12), kinds[g_rand_int_range(random, 0, 4)],
                            g_rand_int_range(random, -900000000, 2000000000),
                            currencies[g_rand_int_range(random, 0, 3)],
                            treatments[g_rand_int_range(random, 0, 4)]));
    for (int grant = 1; grant <= 4; grant++)
        given_run(db,
                  "insert into credit_grant values (%d, 1, 'USD', 'g%d', 'paid', %d, 0,"
                  " '2025-10-01', 0, '2026-%02d-15', 100000000000, null, null, 1, 1);"
                  "insert into grant_balance values ('free-first', %d, 0, 0, %d, 0, 0, 'expired',"
                  " 0, 0)",
                  grant, grant, grant == 4, g_rand_int_range(random, 8, 12), grant,
                  g_rand_int_range(random, 0, 2000000000));
    for (guint i = 0; i < rows->len; i++)
        given_run(db, "%s", (const char *)g_ptr_array_index(rows, turned ? rows->len - 1 - i : i));
    return db;
}

static char *allocated(Db *db)
{
    g_autoptr(GError) error = NULL;

    if (!wallet_run(db, &error))
        fail_msg("%s", error->message);
    return rows_of(db, "select policy, month, kind, currency, coalesce(project_id, ''), basis,"
                       " amount_nanos from fct_allocations order by 1, 2, 3, 4, 5, 6");
}

static void allocations_add_up_whatever_the_keys_and_the_order(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) check = asset_read("sql/check/extras_are_allocated.sql", &error);
    gboolean is_trailing = FALSE, is_unallocated = FALSE;

    (void)state;
    assert_non_null(check);
    for (guint32 seed = 1; seed <= WORLDS; seed++) {
        g_autoptr(Db) db = world(seed, FALSE);
        g_autoptr(Db) turned = world(seed, TRUE);
        g_autofree char *rows = allocated(db);
        g_autofree char *turned_rows = allocated(turned);
        g_autofree char *problems = rows_of(db, g_bytes_get_data(check, NULL));

        if (*problems || strcmp(rows, turned_rows) != 0)
            fail_msg("seed %u: %s\n%s\n%s", seed, problems, rows, turned_rows);
        is_trailing |= strstr(rows, " days to ") != NULL;
        is_unallocated |= strstr(rows, "unallocated") != NULL;
    }
    assert_true(is_trailing);
    assert_true(is_unallocated);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(allocations_add_up_whatever_the_keys_and_the_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
