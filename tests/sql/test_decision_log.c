/* test_decision_log.c - a decision is logged, stays as it was made, and shows when it did not. */
#include "decide_given.h"

#define REJECT ((struct decision_request){.verb = DECIDE_REJECT, .by = "ann", .why = "not ours"})

static char *text(const char *constant)
{
    return (char *)(uintptr_t)constant;
}

static Db *two_pairs(void)
{
    Db *db = given_ledger();

    given_account(db, 1, "", "2026-03-01", "2026-03-31");
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750});
    given_topup(db, 2, (struct given_payment){"2026-03-02T11:00:00Z", 2750, .organization = 2});
    given_charge(db, 1, (struct given_charge){"2026-03-02", "2026-03-03", 2750});
    given_charge(db, 2, (struct given_charge){"2026-03-02", "2026-03-03", 2750});
    given_matched(db);
    return db;
}

static void a_decision_is_logged_and_can_be_neither_changed_nor_deleted(void **state)
{
    g_autoptr(Db) db = two_pairs();

    (void)state;
    given_decided(db, REJECT, text(TOPUP_1), text(CHARGE_1));
    assert_rows(db,
                "select actor, action, subject, substr(detail, 1, length(detail) - 64) from audit",
                "ann|reject|t000000000001 c000000000001|decision=d1\nleg=card\nwhy=not ours\n"
                "records=");
    assert_rows(db, "select value from meta where name = 'stale'", "1");
    assert_false(db_execute(db, "test", "delete from decision", NULL));
    assert_false(db_execute(db, "test", "update decision set why = 'ours'", NULL));
    assert_true(db_run(db, "derive_clear", NULL));
    assert_rows(db, "select count(*) from decision", "1");
}

static void assert_proven(Db *db, const char *expected)
{
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *told = NULL;
    gint64 count = 0;

    assert_true(decide_verify(db, problems, &count, NULL));
    g_ptr_array_add(problems, NULL);
    told = g_strjoinv("\n", (char **)problems->pdata);
    assert_string_equal(told, expected);
    assert_int_equal(count, 2);
}

static void a_decision_that_is_not_as_the_log_records_it_is_told(void **state)
{
    static const struct {
        const char *trigger, *change, *expected;
    } cases[] = {
        {"decision_never_changes", "update decision set verb = 'accept' where decision_id = 1",
         "decision d1: it is not as the log records it"},
        {"decision_never_changes", "update decision set decided_by = 'eve' where decision_id = 1",
         "decision d1: it is not as the log records it"},
        {"decision_never_changes", "update decision set decided_at = 0 where decision_id = 1",
         "decision d1: it is not as the log records it"},
        {"decision_never_changes", "update decision set amount_nanos = 7 where decision_id = 1",
         "decision d1: it is not as the log records it"},
        {"decision_stays", "delete from decision where decision_id = 2",
         "decision d2: the log records it, and it is gone"},
        {"decision_fact_never_changes",
         "update decision_fact set id = 'c000000000002' where decision_id = 1 and position = 2",
         "decision d1: it is not as the log records it"},
        {"decision_fact_never_changes",
         "update decision_fact set kind = 'receipt' where decision_id = 1 and position = 2",
         "decision d1: it is not as the log records it"},
        {"decision_fact_stays", "delete from decision_fact where decision_id = 2",
         "decision d2: it is not as the log records it"},
        {"decision_source_never_changes",
         "update decision_source set line = 99 where decision_id = 1",
         "decision d1: it is not as the log records it"},
        {"decision_source_stays", "delete from decision_source where decision_id = 2",
         "decision d2: it is not as the log records it"},
        {"decision_end_never_changes", "update decision_end set how = 'superseded'",
         "decision d2: it is not as the log records it"},
        {"decision_end_stays", "delete from decision_end",
         "decision d2: it is not as the log records it"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Db) db = two_pairs();
        g_autofree char *drop = g_strdup_printf("drop trigger %s", cases[i].trigger);
        struct decision_request undo = REJECT;

        undo.is_undo = TRUE;
        given_decided(db, REJECT, text(TOPUP_1), text(CHARGE_1));
        given_decided(db, undo, text(TOPUP_1), text(CHARGE_1));
        assert_proven(db, "");
        assert_false(db_execute(db, "test", cases[i].change, NULL));
        assert_true(db_execute(db, "test", "pragma foreign_keys = off", NULL));
        assert_true(db_execute(db, "test", drop, NULL));
        assert_true(db_execute(db, "test", cases[i].change, NULL));
        assert_proven(db, cases[i].expected);
    }
}

static void a_decision_that_the_log_does_not_record_is_told(void **state)
{
    g_autoptr(Db) db = two_pairs();

    (void)state;
    given_decided(db, REJECT, text(TOPUP_1), text(CHARGE_1));
    assert_true(db_execute(db, "test",
                           "insert into decision select 2, 'd2', verb, leg, amount_nanos, currency,"
                           " cause, why, decided_by, decided_at from decision",
                           NULL));
    assert_proven(db, "decision d2: the log does not record it");
    assert_true(db_execute(db, "test", "pragma foreign_keys = off", NULL));
    assert_true(db_execute(db, "test", "drop trigger decision_stays", NULL));
    assert_true(
        db_execute(db, "test", "insert into decision_end values (1, 2, 'taken back')", NULL));
    assert_true(db_execute(db, "test", "delete from decision where decision_id = 2", NULL));
    assert_proven(db, "decision d2: there are rows of it, and no such decision");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_decision_is_logged_and_can_be_neither_changed_nor_deleted),
        cmocka_unit_test(a_decision_that_is_not_as_the_log_records_it_is_told),
        cmocka_unit_test(a_decision_that_the_log_does_not_record_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
