/* test_checks.c - every check of sql/check is silent on a good ledger and names what is planted. */
#include "core/asset.h"
#include "filled_ledger.h"

/* What a check finds: its problems, one a line. */
static char *problems(Db *db, const char *name)
{
    g_autofree char *asset = g_strdup_printf("sql/check/%s.sql", name);
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) text = asset_read(asset, &error);

    if (!text)
        fail_msg("%s", error->message);
    return rows_of(db, g_bytes_get_data(text, NULL));
}

static const struct {
    const char *check, *defect, *problem;
} planted[] = {
    {"allocations_add_up",
     "update allocation_day set drawn_nanos = drawn_nanos + 1 where policy = 'free-first'"
     " and day = '2026-10-30'",
     "org-a 2026-10-30 USD (free-first): the projects' shares are not what was drawn"},
    {"allocations_add_up",
     "delete from allocation_day where policy = 'expiry-first' and project_key is null",
     "org-a 2026-10-31 USD (expiry-first): the projects' shares are not what was drawn"},
    {"allocations_add_up",
     "update allocation_day set overdrawn_nanos = 3999999999 where policy = 'free-first'"
     " and organization_key = 2",
     "org-b 2026-11-01 EUR (free-first): the projects' shares are not what was drawn and "
     "overdrawn"},
    {"allocations_add_up",
     "insert into allocation_day values ('free-first', 2, 2, 'USD', '2026-10-30', 1, 0)",
     "org-b 2026-10-30 USD (free-first): the projects' shares are not what was drawn"},
    {"balances_are_in_grants",
     "update balance_day set paid_nanos = 10000000001 where policy = 'free-first'"
     " and day = '2026-10-31'",
     "org-a USD (free-first): the last balance is not what the grants have left"},
    {"balances_are_in_grants",
     "update grant_balance set remaining_nanos = 999999999 where policy = 'free-first'"
     " and credit_grant_id = 2",
     "org-a USD (free-first): the last balance is not what the grants have left"},
    {"balances_follow_from_movements",
     "update balance_day set free_nanos = free_nanos + 1 where policy = 'expiry-first'"
     " and day = '2026-10-31'",
     "org-a 2026-10-31 (expiry-first): the balance is not the day before's plus the day's "
     "movements"},
    {"balances_follow_from_movements",
     "update balance_day set topup_nanos = 0 where policy = 'free-first' and day = '2026-10-30'",
     "org-a 2026-10-30 (free-first): the balance is not the day before's plus the day's movements"},
    {"charges_are_their_rows", "delete from charge_row where card_row_id = 2",
     "card.csv:3 belongs to no charge\n"
     "charge c000000000002 has no row that it stands for\n"
     "charge c000000000002 is not the sum of its rows"},
    {"charges_are_their_rows", "update charge set amount_nanos = 1 where charge_id = 3",
     "charge c000000000003 is not the sum of its rows"},
    {"charges_are_their_rows", "update card_row set fee_nanos = 0 where card_row_id = 1",
     "charge c000000000001 is not the sum of its rows"},
    {"charges_are_their_rows", "update charge_row set is_counted = 0 where charge_id = 4",
     "charge c000000000004 is not the sum of its rows"},
    {"charges_serve_their_amount",
     "insert into charge_purpose values ('free-first', 1, '', '', '');"
     "insert into charge_use select 'free-first', charge_id, 'used', 1, 1000000, amount_nanos - 1"
     " from charge where charge_id = 1",
     "c000000000001 (free-first): what it was for does not add up to it"},
    {"charges_pay_once",
     "insert into link values (3, 'card', null, 1, 'confirmed', 'amount-window', '', 0)",
     "charge c000000000001 is matched to more than one top-up"},
    {"charges_pay_once",
     "insert into link values (3, 'card', null, 2, 'confirmed', 'sum-of-topups', '', 0);"
     "insert into link_part values (3, 1, 1, 'HKD', 0, 3000000000, 'EUR')",
     "charge c000000000001 is matched to more than one top-up\n"
     "charge c000000000001 is not the sum of what it paid of top-ups"},
    {"charges_pay_once",
     "insert into link_part values (1, 1, 85700000000, 'HKD', 1, 11000000000, 'USD')",
     "charge c000000000001 is not the sum of what it paid of top-ups"},
    {"charges_pay_once",
     "insert into link_part values (1, 1, 85700000000, 'HKD', 1250000000, 10990000000, 'USD')",
     "top-up t000000000001 is not the sum of what its charges paid"},
    {"charges_pay_once",
     "insert into link values (3, 'receipt', 1, null, 'interchangeable', 'equal-block', '', 0)",
     "receipt r000000000001 is matched to more than one top-up"},
    {"exceptions_have_their_own_ids",
     "update exception set id = 'x000000000001' where code = 'OPENING_UNKNOWN'",
     "exception x000000000001 is 2 exceptions (NO_RECEIPT)"},
    {"extras_are_allocated",
     "update allocation_month set amount_nanos = amount_nanos + 1 where kind = 'tax'"
     " and project_key = 1",
     "org-a 2026-10 tax USD: what projects are allocated is not what was paid beside usage"},
    {"extras_are_allocated",
     "delete from allocation_month where kind = 'card-fee' and project_key is null",
     "org-a 2026-10 card-fee USD: what projects are allocated is not what was paid beside usage"},
    {"extras_are_allocated", "update allocation_month set currency = 'EUR' where kind = 'tax'",
     "org-a 2026-10 tax EUR: what projects are allocated is not what was paid beside usage\n"
     "org-a 2026-10 tax USD: what projects are allocated is not what was paid beside usage"},
    {"extras_are_allocated", "update allocation_month set month = '2026-11' where kind = 'tax'",
     "org-a 2026-10 tax USD: what projects are allocated is not what was paid beside usage\n"
     "org-a 2026-11 tax USD: what projects are allocated is not what was paid beside usage"},
    {"extras_are_allocated",
     "update grant_balance set expired_nanos = 5 where policy = 'free-first'"
     " and credit_grant_id = 1",
     "org-a 2027-10 expired USD (free-first): what projects are allocated is not what was paid "
     "beside usage"},
    {"facts_are_stored", "update file set fact_count = 3 where name = 'cost.csv'",
     "cost.csv: not every fact of it is stored once"},
    {"facts_are_stored", "insert into account_row values (5, 2, 'card', '', '', '', '', '')",
     "card.csv: not every fact of it is stored once"},
    {"grants_add_up",
     "update grant_balance set expired_nanos = 1 where policy = 'free-first' and credit_grant_id = "
     "1",
     "org-a AAAAAAAA-0001 (free-first): face is not used + expired + withdrawn + remaining"},
    {"grants_are_drawn_by_day",
     "update burn set drawn_nanos = 2500000001 where policy = 'free-first' and day = '2026-10-31'",
     "org-a grant_1 (free-first): used is not what the days drew and the overdraft it repaid"},
    {"grants_are_drawn_by_day",
     "update grant_balance set repaid_nanos = 1 where policy = 'expiry-first'"
     " and credit_grant_id = 1",
     "org-a AAAAAAAA-0001 (expiry-first): used is not what the days drew and the overdraft it "
     "repaid"},
    {"grants_serve_projects",
     "update grant_use set used_nanos = used_nanos + 1 where policy = 'free-first'"
     " and project_key = 1",
     "org-a grant_1 (free-first): what projects used of it is not what was used of it"},
    {"line_items_add_up", "update cost set amount_nanos = 500000001 where cost_id = 2",
     "org-a proj_a 2026-10-30: the line items do not add up to the cost"},
    {"recharges_add_up", "update recharge_choice set closing_nanos = 1 where position = 2",
     "org-a USD: choice 2 of auto-recharge settings does not add up"},
    {"records_are_accounted_for", "update file set record_count = 5 where name = 'cost.csv'",
     "cost.csv: records are missing from its counts"},
    {"references_hold", "pragma foreign_keys = off; delete from receipt; pragma foreign_keys = on",
     "link: 1 row(s) refer to no row of receipt"},
    {"rollforward_adds_up",
     "delete from balance_day where policy = 'free-first' and day = '2026-10-30'",
     "org-a 2026-10 USD (free-first): opening, restatement and movements do not add up to the "
     "closing"},
    {"usage_is_the_cost",
     "update balance_day set usage_nanos = 2500000001 where policy = 'free-first'"
     " and day = '2026-10-31'",
     "org-a 2026-10-31 USD (free-first): the usage drawn from credit is not the cost"},
    {"usage_is_the_cost", "delete from balance_day where organization_key = 2",
     "org-b 2026-11-01 EUR (expiry-first): the usage drawn from credit is not the cost\n"
     "org-b 2026-11-01 EUR (free-first): the usage drawn from credit is not the cost"},
    {"movements_are_the_balance",
     "update grant_balance set repaid_nanos = 1 where policy = 'free-first' and credit_grant_id = "
     "1",
     "org-a 2026-10-30 USD (free-first): the movements do not make the balance"},
    {"movements_are_the_balance",
     "update balance_day set paid_nanos = paid_nanos + 1, free_nanos = free_nanos - 1"
     " where policy = 'expiry-first' and day = '2026-10-31'",
     "org-a 2026-10-31 USD (expiry-first): the movements do not make the balance"},
};

static void every_check_is_silent_on_a_good_ledger_and_on_an_empty_one(void **state)
{
    g_autoptr(Db) filled = filled_ledger(), empty = db_open_memory(NULL);
    g_autoptr(GPtrArray) assets = asset_list("sql/check", ".sql");

    (void)state;
    assert_true(assets->len > 0);
    for (guint i = 0; i < assets->len; i++) {
        g_autofree char *base = g_path_get_basename(g_ptr_array_index(assets, i));
        g_autofree char *name = g_strndup(base, strlen(base) - strlen(".sql"));
        g_autofree char *found = problems(filled, name);
        g_autofree char *found_in_nothing = problems(empty, name);

        assert_string_equal(found, "");
        assert_string_equal(found_in_nothing, "");
    }
}

static void every_check_finds_what_is_planted_for_it(void **state)
{
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(planted); i++) {
        g_autoptr(Db) db = filled_ledger();
        g_autofree char *found = NULL;

        run(db, planted[i].defect);
        found = problems(db, planted[i].check);
        assert_string_equal(found, planted[i].problem);
    }
}

static void every_check_has_a_defect_planted(void **state)
{
    g_autoptr(GPtrArray) assets = asset_list("sql/check", ".sql");

    (void)state;
    for (guint i = 0; i < assets->len; i++) {
        g_autofree char *base = g_path_get_basename(g_ptr_array_index(assets, i));
        gboolean has_one = FALSE;

        for (guint j = 0; j < G_N_ELEMENTS(planted); j++)
            has_one |= g_str_has_prefix(base, planted[j].check) &&
                       strcmp(base + strlen(planted[j].check), ".sql") == 0;
        if (!has_one)
            fail_msg("%s has no planted defect", base);
    }
}

static void an_organization_that_is_invoiced_is_not_burned_down(void **state)
{
    g_autoptr(Db) db = filled_ledger();
    g_autofree char *found = NULL;

    (void)state;
    run(db, "delete from balance_day where organization_key = 2;"
            "delete from allocation_day where organization_key = 2;"
            "insert into invoiced_day values (2, '2026-11-01')");
    found = problems(db, "usage_is_the_cost");
    assert_string_equal(found, "");
}

static void a_record_of_rates_may_hold_several(void **state)
{
    g_autoptr(Db) db = filled_ledger();
    g_autofree char *found = NULL;

    (void)state;
    given_file(db, 9, "rates.csv", "fx_rates", "record_count = 1, fact_count = 1");
    run(db, "insert into fx_row values (9, 2, '2026-10-30', 'EUR', 'USD', 1), "
            "(9, 2, '2026-10-30', 'EUR', 'HKD', 1)");
    found = problems(db, "facts_are_stored");
    assert_string_equal(found, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_check_is_silent_on_a_good_ledger_and_on_an_empty_one),
        cmocka_unit_test(every_check_finds_what_is_planted_for_it),
        cmocka_unit_test(every_check_has_a_defect_planted),
        cmocka_unit_test(an_organization_that_is_invoiced_is_not_burned_down),
        cmocka_unit_test(a_record_of_rates_may_hold_several),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
