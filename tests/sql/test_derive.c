/* The whole refresh of import: its order, and that the order of import never shows. */
#include "derive_world.h"
#include "import/import.h"

/* One month of everything, in the given order of rows and with the given keys. */
static struct db *given_month(gboolean reversed)
{
    static const char *const names[] = {"cost.csv",      "payments.csv", "receipts.csv",
                                        "statement.csv", "accounts.csv", "balances.csv"};
    static const char *const kinds[] = {"cost", "payments", "receipts",
                                        "card", "accounts", "balances"};
    static const char *const rows[] = {
        "insert into project values (1, 'proj_a', '')",
        "insert into project values (2, 'proj_b', '')",
        "insert into name_seen values ({0}, 'project', 'proj_a', 'search-dev')",
        "insert into name_seen values ({0}, 'organization', 'org-a', 'Acme')",
        "insert into topup_row values (null, {1}, 2, {a}, 1772323200, 0, 1772323200, 1772323201, "
        "'AAAAAAAA-0001', '', '', 'auto', 'paid', 50, 'USD', 0, 50, 'USD', '1234', null, null, "
        "null, 'invoice:AAAAAAAA-0001', 1)",
        "insert into topup_row values (null, {1}, 3, {a}, 1772409600, 0, 1772409600, 1772409601, "
        "'AAAAAAAA-0003', '', '', 'auto', 'paid', 50, 'USD', 0, 50, 'USD', '1234', null, null, "
        "null, 'invoice:AAAAAAAA-0003', 1)",
        "insert into topup_row values (null, {1}, 4, {b}, 1772323200, 0, 1772323200, 1772323201, "
        "'', '', '', 'auto', 'failed', 50, 'USD', 0, 50, 'USD', '1234', null, null, null, "
        "'content:x', 1)",
        "insert into receipt_row values (null, {2}, 2, '1111-0001', 'AAAAAAAA-0001', '2026-03-01', "
        "1772323200, 1772409600, '', '', null, null, 50, 'USD', '', '', 'receipt:1111-0001', 1, "
        "'', 1, null, "
        "null, '', '')",
        "insert into card_row values (null, {3}, 2, '2026-03-01', null, '2026-03-02', null, 50, "
        "'USD', null, '', 0, '', 'posted', '', '', 'OPENAI', '', '1234', 0, 0)",
        "insert into card_row values (null, {3}, 3, '2026-03-01', null, '2026-03-02', null, 50, "
        "'USD', null, '', 0, '', 'posted', '', '', 'OPENAI', '', '1234', 0, 0)",
        "insert into account_row values ({4}, 2, 'visa', '1234', '', 'America/New_York', 'USD', "
        "'ann')",
        "insert into observation_row values (null, {5}, 2, {b}, 1772841600, 7, 'USD')",
    };
    struct db *db = db_open_memory(NULL);
    int count = G_N_ELEMENTS(rows);

    for (int i = 0; i < (int)G_N_ELEMENTS(names); i++) {
        int at = reversed ? (int)G_N_ELEMENTS(names) - 1 - i : i;

        given_file(db, 10 + i, names[at], kinds[at], NULL);
    }
    given_organization(db, reversed ? 2 : 1, "org-a");
    given_organization(db, reversed ? 1 : 2, "org-b");
    for (int i = 0; i < count; i++) {
        g_autoptr(GString) sql = g_string_new(rows[reversed ? count - 1 - i : i]);

        for (int f = 0; f < (int)G_N_ELEMENTS(names); f++) {
            g_autofree char *mark = g_strdup_printf("{%d}", f);
            g_autofree char *key =
                g_strdup_printf("%d", 10 + (reversed ? (int)G_N_ELEMENTS(names) - 1 - f : f));

            g_string_replace(sql, mark, key, 0);
        }
        g_string_replace(sql, "{a}", reversed ? "2" : "1", 0);
        g_string_replace(sql, "{b}", reversed ? "1" : "2", 0);
        run(db, sql->str);
    }
    derive(db, import_derive);
    return db;
}

/* Every derived table by its own ids and natural keys. */
static const char *const told[] = {
    "select topup_id, id, organization_id, line, paid_on, reference, file.name from topup "
    "join organization using (organization_key) join file using (file_id) order by topup_id",
    "select receipt_id, id, line, reference from receipt order by receipt_id",
    "select charge_id, id, account_id, line, dated_on, purchased_from, zone, reference, card_last4 "
    "from charge order by charge_id",
    "select account_id, account, zone from account order by account_id",
    "select * from statement_coverage",
    "select observation_id, organization_id, observed_on, balance_nanos from observation "
    "join organization using (organization_key)",
    "select project_id, class, class_source from project_fact join project using (project_key) "
    "order by project_id",
    "select organization_id, organization.name, first_on from organization_fact "
    "join organization using (organization_key) order by 1",
    "select min(day), max(day), count(*) from calendar",
    "select code, id, reference, line from exception order by code, id",
};

static void the_order_of_import_never_shows(void **state)
{
    g_autoptr(Db) forwards = given_month(FALSE);
    g_autoptr(Db) backwards = given_month(TRUE);

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(told); i++) {
        g_autofree char *expected = rows_of(forwards, told[i]);

        assert_string_not_equal(expected, "");
        assert_rows(backwards, told[i], expected);
    }
    assert_rows(forwards, "select count(*) from charge", "2");
    assert_rows(forwards, "select code, reference from exception", "MISSING_INVOICE|AAAAAAAA-0002");
}

static void rederiving_drops_what_other_rooms_stood_on_it(void **state)
{
    g_autoptr(Db) db = given_month(FALSE);

    (void)state;
    run(db, "insert into link values (1, 'card', null, 1, 'confirmed', '', '', 0)");
    derive(db, import_derive);
    assert_rows(db, "select count(*) from link", "0");
    assert_rows(db, "select count(*) from topup", "3");
    assert_rows(db, "select count(*) from exception", "1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_import_never_shows),
        cmocka_unit_test(rederiving_drops_what_other_rooms_stood_on_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
