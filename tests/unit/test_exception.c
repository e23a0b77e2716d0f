/* test_exception.c - the closed set of exceptions, and how one is written down. */
#include "core/exception.h"
#include "derive_world.h"

static const struct exception lost = {
    .room = "match",
    .code = NO_RECEIPT,
    .organization_key = 1,
    .project_key = 1,
    .dated_on = "2026-10-03",
    .amount_nanos = 55000000000,
    .currency = "USD",
    .reference = "INV-1",
    .file_id = 1,
    .line = 12,
    .explanation = "No receipt was found.",
};

static Db *ledger(int organization_key)
{
    g_autoptr(GError) error = NULL;
    Db *db = db_open_memory(&error);

    assert_null(error);
    runf(db, "insert into organization values (%d, 'org-a', '')", organization_key);
    run(db, "insert into project values (1, 'proj_a', '')");
    given_file(db, 1, "payments.csv", "payments", NULL);
    return db;
}

static void add(Db *db, const struct exception *exception)
{
    g_autoptr(GError) error = NULL;
    gboolean added = exception_add(db, exception, &error);

    if (!added)
        fail_msg("%s", error->message);
}

static void every_code_has_a_name_a_severity_and_a_next_step(void **state)
{
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    static const char *const severities[] = {"error", "warning", "info", NULL};

    (void)state;
    for (int code = 0; code < EXCEPTION_CODES; code++) {
        const char *name = exception_name(code), *next_action = exception_next_action(code);

        assert_non_null(name);
        assert_true(g_hash_table_add(names, (gpointer)(guintptr)name));
        assert_int_equal(strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_"), strlen(name));
        assert_true(g_strv_contains(severities, exception_severity(code)));
        assert_true(g_str_has_suffix(next_action, "."));
    }
}

static void an_exception_is_written_with_its_codes_severity_and_next_step(void **state)
{
    g_autoptr(Db) db = ledger(1);

    (void)state;
    add(db, &lost);
    assert_rows(
        db,
        "select room, code, severity, organization_key, project_key, dated_on, amount_nanos,"
        " currency, reference, file_id, line, explanation, next_action from exception",
        "match|NO_RECEIPT|warning|1|1|2026-10-03|55000000000|USD|INV-1|1|12|No receipt was "
        "found.|Download the invoice's receipt from the billing page and import it.");
}

static void a_finding_may_be_less_grave_than_its_code(void **state)
{
    g_autoptr(Db) db = ledger(1);
    struct exception milder = lost;

    (void)state;
    milder.severity = "info";
    add(db, &milder);
    assert_rows(db, "select severity from exception", "info");
}

static void what_an_exception_does_not_name_is_null(void **state)
{
    g_autoptr(Db) db = ledger(1);
    struct exception vague = lost;

    (void)state;
    vague.organization_key = vague.project_key = vague.file_id = vague.line = 0;
    add(db, &vague);
    assert_rows(db, "select organization_key, project_key, file_id, line from exception",
                "-|-|-|0");
}

static void an_id_is_made_of_names_and_not_of_keys(void **state)
{
    g_autoptr(Db) first = ledger(1), second = ledger(7);
    struct exception moved = lost;
    g_autofree char *id = NULL;

    (void)state;
    moved.organization_key = 7;
    moved.amount_nanos = 1;
    moved.explanation = "Other words.";
    add(first, &lost);
    add(second, &moved);
    id = rows_of(first, "select id from exception");
    assert_rows(second, "select id from exception", id);
    assert_int_equal(strlen(id), 13);
    assert_int_equal(id[0], 'x');
}

static void an_id_tells_code_organization_project_day_currency_and_reference_apart(void **state)
{
    g_autoptr(Db) db = ledger(1);
    struct exception others[6] = {lost, lost, lost, lost, lost, lost};

    (void)state;
    others[0].code = AMBIGUOUS;
    others[1].organization_key = 0;
    others[2].project_key = 0;
    others[3].dated_on = "2026-10-04";
    others[4].reference = "INV-2";
    others[5].currency = "EUR";
    add(db, &lost);
    for (guint i = 0; i < G_N_ELEMENTS(others); i++)
        add(db, &others[i]);
    assert_rows(db, "select count(distinct id) from exception", "7");
}

static void a_subject_stands_for_a_reference_that_may_move_or_is_shared(void **state)
{
    g_autoptr(Db) db = ledger(1);
    struct exception card = lost, receipt = lost, moved = lost;

    (void)state;
    card.subject = moved.subject = "t1 card";
    receipt.subject = "t1 receipt";
    moved.reference = "renamed.csv:3";
    add(db, &card);
    add(db, &receipt);
    add(db, &moved);
    assert_rows(db, "select count(distinct id), count(distinct subject) from exception", "2|2");
}

static void a_room_empties_its_own_exceptions_only(void **state)
{
    g_autoptr(Db) db = ledger(1);
    g_autoptr(GError) error = NULL;
    struct exception other = lost;

    (void)state;
    other.room = "credit";
    add(db, &lost);
    add(db, &other);
    assert_true(exception_clear(db, "match", &error));
    assert_null(error);
    assert_rows(db, "select room from exception", "credit");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_has_a_name_a_severity_and_a_next_step),
        cmocka_unit_test(an_exception_is_written_with_its_codes_severity_and_next_step),
        cmocka_unit_test(a_finding_may_be_less_grave_than_its_code),
        cmocka_unit_test(what_an_exception_does_not_name_is_null),
        cmocka_unit_test(an_id_is_made_of_names_and_not_of_keys),
        cmocka_unit_test(an_id_tells_code_organization_project_day_currency_and_reference_apart),
        cmocka_unit_test(a_subject_stands_for_a_reference_that_may_move_or_is_shared),
        cmocka_unit_test(a_room_empties_its_own_exceptions_only),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
