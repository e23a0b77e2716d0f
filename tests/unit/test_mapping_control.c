/* test_mapping_control.c - the tables of budgets and claims. */
#include "format_case.h"

#define BUDGETS "organization_id;project_id;month;from;until;amount;currency"
#define CLAIMS  "claim_id;charge;card_last4;date;amount;currency;claimant;submitted_on;approver"

static void assert_day(const struct printed_date *date, int year, int month, int day)
{
    assert_true(date->present);
    assert_int_equal(date->civil.year, year);
    assert_int_equal(date->civil.month, month);
    assert_int_equal(date->civil.day, day);
}

static void a_budget_is_for_a_month_or_for_days(void **state)
{
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "trueup-budgets", BUDGETS, NULL);
    assert_true(case_read(&c, "org-A;proj_a;2026-02;;;1,500.00;usd", &fact));
    assert_day(&fact.budget.from, 2026, 2, 1);
    assert_day(&fact.budget.until, 2026, 2, 28);
    assert_int_equal(fact.budget.amount.nanos, 1500000000000);
    assert_string_equal(fact.budget.amount.currency, "USD");
    assert_true(case_read(&c, ";proj_a;2026-12;;;5;USD", &fact));
    assert_day(&fact.budget.from, 2026, 12, 1);
    assert_day(&fact.budget.until, 2026, 12, 31);
    assert_true(case_read(&c, "org-A;;;2026-10-05;2026-10-05;5;USD", &fact));
    assert_day(&fact.budget.until, 2026, 10, 5);
    assert_true(case_read(&c, "org-A;;;2026-10-05;;5;USD", &fact));
    assert_false(fact.budget.until.present);
    case_close(&c);
}

static void a_budget_without_owner_or_span_is_a_problem(void **state)
{
    static const struct {
        const char *row, *problem;
    } cases[] = {
        {";;2026-10;;;5;USD", "names neither an organization nor a project"},
        {"org-A;;;;;5;USD", "needs a month, or a first day and perhaps a last one"},
        {"org-A;;2026-10;2026-10-01;;5;USD",
         "needs a month, or a first day and perhaps a last one"},
        {"org-A;;2026-10;;2026-10-31;5;USD",
         "needs a month, or a first day and perhaps a last one"},
        {"org-A;;2026-13;;;5;USD", "column \"month\": \"2026-13\" is no month like 2026-10"},
        {"org-A;;Oct 26;;;5;USD", "column \"month\": \"Oct 26\" is no month like 2026-10"},
        {"org-A;;2026-10-01;;;5;USD", "column \"month\": \"2026-10-01\" is no month like 2026-10"},
        {"org-A;;;2026-10-02;2026-10-01;5;USD",
         "column \"until\": \"2026-10-01\" is before the first day"},
        {"org-A;;2026-10;;;-5;USD", "column \"amount\": \"-5\" is negative"},
    };
    struct format_case c;

    (void)state;
    case_open_as(&c, "trueup-budgets", BUDGETS, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        case_bad(&c, cases[i].row, cases[i].problem);
    case_close(&c);
}

static void a_claim_names_its_charge_or_describes_it(void **state)
{
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "trueup-claims", CLAIMS, NULL);
    assert_true(case_read(&c, "C-1;AAAAAAAA-0004;;;;;Ann;2026-11-02;Bo", &fact));
    assert_text(fact.claim.charge, "AAAAAAAA-0004");
    assert_text(fact.claim.claimant, "Ann");
    assert_text(fact.claim.approver, "Bo");
    assert_day(&fact.claim.submitted, 2026, 11, 2);
    assert_false(fact.claim.amount.present);
    assert_true(case_read(&c, "C-1;;Visa - 4242;October 31, 2026;27.50;usd;;;", &fact));
    assert_string_equal(fact.claim.last4, "4242");
    assert_day(&fact.claim.date, 2026, 10, 31);
    assert_int_equal(fact.claim.amount.nanos, 27500000000);
    assert_false(fact.claim.submitted.present);
    case_bad(&c, ";AAAAAAAA-0004;;;;;;;", "column \"claim_id\" is empty");
    case_bad(&c, "C-1;;4242;;27.50;USD;;;",
             "names no charge: its id or number, or its card, date and amount");
    case_bad(&c, "C-1;;;2026-10-31;27.50;USD;;;",
             "names no charge: its id or number, or its card, date and amount");
    case_bad(&c, "C-1;c1;;;27.50;;;;", "column \"currency\" is empty");
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_budget_is_for_a_month_or_for_days),
        cmocka_unit_test(a_budget_without_owner_or_span_is_a_problem),
        cmocka_unit_test(a_claim_names_its_charge_or_describes_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
