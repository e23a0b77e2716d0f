/* test_runaway_reports.c - what the reports of runaway projects say of given episodes. */
#include "filled_ledger.h"
#include "report_given.h"

static void a_runaway_tells_its_excess_over_its_baseline(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    assert_report(
        db, "runaway", (struct report_options){.project_id = "proj_a"},
        "organization_id,project_id,project_name,from,until,rules,excess,baseline,explanation,"
        "cause,carried_by,raised_on,days,marks,verdict,why,decided_by,currency,id\n"
        "org-a,proj_a,atlas,2026-10-30,,spike,3.000000000,0.400000000,Nine times its median.,"
        "A loop.,\"gpt-5-mini, output 100 %\",2026-10-30,2,provisional,real,It looped.,ann,USD,"
        "w000000000001\n");
    assert_report(db, "runaway", (struct report_options){.organization_id = "org-a", .by = "rule"},
                  "organization_id,project_id,project_name,from,rule,fired_on,days,excess,evidence,"
                  "currency,id\n"
                  "org-a,proj_a,atlas,2026-10-30,spike,2026-10-30,2,3.000000000,Nine times its "
                  "median,USD,w000000000001\n");
    assert_report(db, "runaway", (struct report_options){.by = "carrier"},
                  "organization_id,project_id,project_name,from,excess,dimension,name,share,basis,"
                  "is_new,currency,id\n"
                  "org-a,proj_a,atlas,2026-10-30,3.000000000,line item,\"gpt-5-mini, output\","
                  "1.000000,cost,0,USD,w000000000001\n");
    assert_report(db, "runaway", (struct report_options){.by = "month"},
                  "rule,month,findings,alone,real,planned,noise,excess,currency\n"
                  "spike,2026-10,1,1,1,0,0,3.000000000,USD\n");
}

static void what_nobody_has_judged_is_new_while_it_is_open_or_since_a_day(void **state)
{
    g_autoptr(Db) db = filled_ledger();
    static const char head[] = "organization_id,project_id,project_name,from,until,rules,excess,"
                               "baseline,explanation,cause,carried_by,raised_on,days,marks,"
                               "currency,id\n";
    g_autofree char *open = g_strconcat(
        head,
        "org-a,proj_b,,2026-10-10,,silent,4.000000000,0.000000000,Silent before.,A key.,,"
        "2026-10-10,1,,USD,w000000000002\n",
        NULL);
    g_autofree char *ended = g_strconcat(
        head,
        "org-a,proj_b,,2026-10-10,2026-10-10,silent,4.000000000,0.000000000,Silent before.,"
        "A key.,,2026-10-10,1,,USD,w000000000002\n",
        NULL);

    (void)state;
    assert_report(db, "runaway-new", (struct report_options){.from = "2026-12-01"}, open);
    run(db, "update runaway_episode set is_open = 0");
    assert_report(db, "runaway-new", (struct report_options){.from = "2026-10-10"}, ended);
    assert_report(db, "runaway-new", (struct report_options){.from = "2026-10-11"}, head);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_runaway_tells_its_excess_over_its_baseline),
        cmocka_unit_test(what_nobody_has_judged_is_new_while_it_is_open_or_since_a_day),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
