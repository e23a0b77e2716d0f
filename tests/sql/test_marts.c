/* test_marts.c - what each report says of a ledger with something in everything, byte for byte. */
#include "filled_ledger.h"
#include "report_given.h"

static void a_balance_is_what_is_left_at_the_end_of_a_day(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    assert_report(db, "balances", (struct report_options){0},
                  "organization_id,day,balance,paid,free,overdraft,observed,unexplained,"
                  "unexplained_since,currency,topups,grants,expired\n"
                  "org-a,2026-10-30,13.500000000,10.000000000,3.500000000,0.000000000,,,,USD,10."
                  "000000000,5.000000000,0.000000000\n"
                  "org-a,2026-10-31,11.000000000,10.000000000,1.000000000,0.000000000,"
                  "11.500000000,0.500000000,2026-10-31,USD,0.000000000,0.000000000,0.000000000\n"
                  "org-b,2026-11-01,-4.000000000,0.000000000,0.000000000,4.000000000,,,,EUR,0."
                  "000000000,0.000000000,0.000000000\n");
}

static void exceptions_come_gravest_first_with_their_age_and_next_step(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    assert_report(db, "exceptions", (struct report_options){0},
                  "code,severity,organization_id,project_id,date,age_days,amount,currency,"
                  "reference,source,line,explanation,next_action,age,id\n"
                  "RUNAWAY,error,org-a,proj_a,2026-10-30,2,3.00,USD,,cost.csv,2,It ran "
                  "away.,Ask.,0-30,x000000000003\n"
                  "NO_RECEIPT,warning,org-b,,2026-11-01,0,3.00,EUR,BBBBBBBB-0001,payments.csv,4,No "
                  "receipt was found.,Download it.,0-30,x000000000001\n"
                  "OPENING_UNKNOWN,warning,org-a,,2026-10-30,2,0.00,USD,,,,Nothing says what stood "
                  "before.,State it.,0-30,x000000000002\n"
                  "RESTATED,info,,,2026-10-01,31,0.001,USD,,cost.csv,,It "
                  "changed.,Nothing.,31-60,x000000000004\n");
}

static void a_grant_that_expires_tells_what_will_be_lost_of_it(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    assert_report(
        db, "expiring-credits", (struct report_options){0},
        "organization_id,reference,expires_at,remaining,forecast_unused,horizon,currency,id\n"
        "org-a,grant_1,2026-12-01T00:00:00Z,1.000000000,0.250000000,30 days,USD,g000000000001\n"
        "org-a,AAAAAAAA-0001,2027-10-30T10:00:00Z,10.000000000,0.000000000,later,USD,"
        "t000000000001\n");
}

static void a_projects_share_of_what_expires_is_an_allocation(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    assert_report(
        db, "expiring-credits-by-project", (struct report_options){0},
        "organization_id,project_id,project_name,share,allocated_expiring,basis,currency\n"
        "org-a,proj_a,atlas,0.937500,0.937500000,life,USD\n"
        "org-a,,,0.062500,0.062500000,unallocated,USD\n");
}

static void a_grant_is_used_expired_withdrawn_or_left(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    assert_report(
        db, "grants", (struct report_options){0},
        "organization_id,reference,kind,granted_at,expires_at,face,used,expired,withdrawn,"
        "remaining,state,repaid,expired_low,currency,id\n"
        "org-a,grant_1,promotional,2026-10-30T00:00:00Z,2026-12-01T00:00:00Z,5.000000000,4."
        "000000000,0.000000000,0.000000000,1.000000000,open,0.000000000,,USD,"
        "g000000000001\n"
        "org-a,AAAAAAAA-0001,paid,2026-10-30T10:00:00Z,2027-10-30T10:00:00Z,10.000000000,0."
        "000000000,0.000000000,0.000000000,10.000000000,open,0.000000000,,USD,"
        "t000000000001\n");
}

static void an_open_overdraft_has_no_end(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    assert_report(db, "negative-balances", (struct report_options){0},
                  "organization_id,from,until,lowest,caused_by,repaid_by,currency\n"
                  "org-b,2026-11-01,,-4.000000000,proj_b 4.00,,EUR\n");
}

static void a_restatement_names_both_exports(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    assert_report(
        db, "restatements", (struct report_options){0},
        "organization_id,project_id,day,before,after,source_before,source_after,currency\n"
        "org-a,,2026-10-30,0.001000000,0.000000000,cost.csv,cost_later.csv,USD\n"
        "org-a,proj_a,2026-10-30,1.400000000,1.500000000,cost.csv,cost_later.csv,USD\n");
}

static void a_month_rolls_from_its_opening_to_its_closing(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    assert_report(db, "rollforward", (struct report_options){0},
                  "organization_id,month,opening,restated,topups,grants,usage,expired,withdrawn,"
                  "adjustments,closing,observed,unexplained,currency\n"
                  "org-a,2026-10,0.000000000,0.000000000,10.000000000,5.000000000,4.000000000,0."
                  "000000000,0.000000000,0.000000000,11.000000000,11.500000000,0.500000000,USD\n"
                  "org-b,2026-11,0.000000000,0.000000000,0.000000000,0.000000000,4.000000000,0."
                  "000000000,0.000000000,0.000000000,-4.000000000,,,EUR\n");
}

static void a_source_is_counted_record_by_record(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    assert_report(
        db, "sources", (struct report_options){0},
        "name,sha256,format,records,facts,rejects,covered_from,covered_until,imported_at,options\n"
        "card.csv,sha-card.csv,card,5,5,0,,,1970-01-01T00:00:00Z,\n"
        "cost.csv,sha-cost.csv,cost,4,2,1,2026-10-30,2026-10-31,1970-01-01T00:00:00Z,\n"
        "cost_later.csv,sha-cost_later.csv,cost,0,0,0,,,1970-01-01T00:00:00Z,\n"
        "grants.csv,sha-grants.csv,credit_grants,0,0,0,,,1970-01-01T00:00:00Z,\n"
        "payments.csv,sha-payments.csv,payments,0,0,0,,,1970-01-01T00:00:00Z,\n"
        "receipts.csv,sha-receipts.csv,receipts,0,0,0,,,1970-01-01T00:00:00Z,\n");
}

static void spend_is_by_project_and_month_and_cost_without_a_project_is_kept(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    assert_report(
        db, "spend", (struct report_options){0},
        "organization_id,project_id,project_name,month,cost,estimated,provisional,share,prior,"
        "change,growth,prior_same_days,change_same_days,growth_same_days,requests,tokens,"
        "measured_cost,cost_per_request,cost_per_million_tokens,currency\n"
        "org-a,,,2026-10,0.250000000,,0.250000000,0.062500,,,,,,,,,,,,USD\n"
        "org-a,proj_a,atlas,2026-10,3.750000000,,2.250000000,0.937500,,,,,,,,,,,,USD\n"
        "org-b,proj_b,,2026-11,4.000000000,,0.000000000,1.000000,,,,,,,,,,,,EUR\n");
}

static void spend_by_day_splits_the_month(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    assert_report(
        db, "spend", (struct report_options){.by = "day"},
        "organization_id,project_id,project_name,day,cost,estimated,provisional,share,prior,"
        "change,growth,requests,tokens,measured_cost,cost_per_request,cost_per_million_tokens,"
        "currency\n"
        "org-a,,,2026-10-31,0.250000000,,0.250000000,0.100000,,,,,,,,,USD\n"
        "org-a,proj_a,atlas,2026-10-30,1.500000000,,0.000000000,1.000000,,,,,,,,,USD\n"
        "org-a,proj_a,atlas,2026-10-31,2.250000000,,2.250000000,0.900000,,,,,,,,,USD\n"
        "org-b,proj_b,,2026-11-01,4.000000000,,0.000000000,1.000000,,,,,,,,,EUR\n");
}

static void spend_by_line_item_keeps_what_no_export_splits(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    run(db, "insert into line_item values (1, 1, 'priority', 'gpt-5', '', 'input', 1)");
    assert_report(
        db, "spend", (struct report_options){.by = "line_item"},
        "organization_id,project_id,project_name,line_item,month,cost,estimated,"
        "provisional,surface,model,modality,token_kind,long_context,share,prior,change,"
        "growth,prior_same_days,change_same_days,growth_same_days,quantity,quantity_unit,"
        "measured_cost,cost_per_million,currency\n"
        "org-a,,,,2026-10,0.250000000,,0.250000000,,,,,0,0.062500,,,,,,,,,,,USD\n"
        "org-a,proj_a,atlas,,2026-10,2.750000000,,2.250000000,,,,,0,0.687500,,,,,,,,,,,"
        "USD\n"
        "org-a,proj_a,atlas,\"gpt-5, "
        "input\",2026-10,1.000000000,,0.000000000,priority,gpt-5,,input,1,0.250000,,,,,,,,"
        ",,,USD\n"
        "org-b,proj_b,,,2026-11,4.000000000,,0.000000000,,,,,0,1.000000,,,,,,,,,,,EUR\n");
}

static void a_topup_shows_its_receipt_and_its_charge_in_their_own_currencies(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    assert_report(db, "topups", (struct report_options){0},
                  "organization_id,topup_source,topup_line,paid_at,invoice_number,status,kind,"
                  "credit,tax,total,currency,receipt_number,receipt_source,receipt_line,receipt_"
                  "state,card_source,card_line,card_amount,card_currency,fee,variance,card_state,"
                  "state,rule,credit_currency,fee_currency,id\n"
                  "org-a,payments.csv,2,2026-10-30T10:00:00Z,AAAAAAAA-0001,paid,manual,10.00,1.00,"
                  "11.00,USD,1111-2222,receipts.csv,2,confirmed,card.csv,2,85.70,HKD,1.25,0.70,"
                  "confirmed,confirmed,amount-window,USD,USD,t000000000001\n"
                  "org-a,payments.csv,3,2026-10-30T10:01:40Z,,failed,auto,20.00,2.00,22.00,USD,,,,,"
                  ",,,,,,,,,USD,,t000000000002\n"
                  "org-b,payments.csv,4,2026-11-01T10:00:00Z,BBBBBBBB-0001,refunded,auto,3.00,0.00,"
                  "3.00,EUR,,,,open,,,,,,,awaiting-statement,open,,USD,,t000000000003\n");
}

static void a_fact_that_lacks_something_stands_once_with_all_it_lacks(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    assert_report(
        db, "unmatched", (struct report_options){0},
        "kind,source,line,organization_id,date,amount,currency,description,why,id\n"
        "charge,card.csv,6,,2026-10-31,9.00,USD,OPENAI,still pending,c000000000005\n"
        "receipt,receipts.csv,3,,2026-10-31,7.00,USD,API credit,no top-up,r000000000002\n"
        "topup,payments.csv,4,org-b,2026-11-01,3.00,EUR,API credit,no statement of its card covers "
        "the day yet; no receipt,t000000000003\n"
        "charge,card.csv,3,,2026-11-02,6.00,USD,OPENAI,no rule tells its wallet,c000000000002\n");
}

static void an_adjustment_tells_its_cause_its_source_and_how_books_take_it(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    assert_report(
        db, "adjustments", (struct report_options){0},
        "organization_id,month,reference,cause,amount,currency,treatment,assumed,source,"
        "explanation,id\n"
        "org-a,2026-10,AAAAAAAA-0001,card-fee,1.25,USD,cost,,c000000000001,The fee.,t000000000001\n"
        "org-a,2026-10,AAAAAAAA-0001,tax,1.00,USD,cost,assumed,payment history,Tax of 10 "
        "%.,t000000000001\n");
    assert_report(db, "adjustments", (struct report_options){.by = "cause"},
                  "organization_id,month,cause,treatment,lines,amount,currency\n"
                  "org-a,2026-10,card-fee,cost,1,1.25,USD\n"
                  "org-a,2026-10,tax,cost,1,1.00,USD\n");
}

static void matching_says_how_much_money_stands_where(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    assert_report(db, "matching", (struct report_options){0},
                  "organization_id,month,leg,state,payments,amount,currency\n"
                  "org-a,2026-10,both,confirmed,1,11.00,USD\n"
                  "org-a,2026-10,card,confirmed,1,11.00,USD\n"
                  "org-a,2026-10,receipt,confirmed,1,11.00,USD\n"
                  "org-b,2026-11,both,open,1,3.00,EUR\n"
                  "org-b,2026-11,card,awaiting-statement,1,3.00,EUR\n"
                  "org-b,2026-11,receipt,open,1,3.00,EUR\n");
}

static void a_charge_of_another_month_than_its_payment_is_a_timing_difference(void **state)
{
    static const char header[] =
        "organization_id,reference,paid_on,payment_month,charged_on,charge_month,amount,currency,"
        "card_source,card_line,charge_id,id\n";
    g_autofree char *one = g_strconcat(
        header,
        "org-a,AAAAAAAA-0001,2026-10-30,2026-10,2026-11-01,2026-11,11.00,USD,card.csv,2,"
        "c000000000001,t000000000001\n",
        NULL);
    g_autofree char *part =
        g_strconcat(header,
                    "org-a,AAAAAAAA-0001,2026-10-30,2026-10,2026-11-03,2026-11,2.00,USD,card.csv,3,"
                    "c000000000002,t000000000001\n",
                    NULL);
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    assert_report(db, "timing-differences", (struct report_options){0}, header);
    run(db, "update charge set posted_on = '2026-11-01' where charge_id = 1");
    assert_report(db, "timing-differences", (struct report_options){0}, one);
    run(db,
        "update charge set posted_on = null where charge_id = 1;"
        "insert into link_part values (1, 1, 85700000000, 'HKD', 1250000000, 9000000000, 'USD'),"
        " (1, 2, 6000000000, 'HKD', 0, 2000000000, 'USD')");
    assert_report(db, "timing-differences", (struct report_options){0}, part);
    run(db, "update link set state = 'suggested' where leg = 'card'");
    assert_report(db, "timing-differences", (struct report_options){0}, header);
}

static void a_wallet_holds_what_cards_paid_less_what_came_back(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    assert_report(db, "wallets", (struct report_options){0},
                  "wallet,month,charges,amount,currency\n"
                  "api,2026-10,1,85.70,HKD\n"
                  "chatgpt,2026-10,1,0.00,USD\n"
                  "unknown,2026-11,1,6.00,USD\n");
}

static void a_charge_stands_as_its_statement_says(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    assert_report(db, "charges", (struct report_options){0},
                  "source,line,dated_on,posted_on,descriptor,wallet,amount,currency,"
                  "original_amount,original_currency,fee,fee_currency,state,account,reference,id\n"
                  "card.csv,4,2026-10-15,2026-10-16,CHATGPT,chatgpt,20.00,USD,,,,,posted,…4242,"
                  "card.csv:4,c000000000003\n"
                  "card.csv,5,2026-10-16,2026-10-17,CHATGPT,chatgpt,-20.00,USD,,,,,posted,…4242,"
                  "card.csv:5,c000000000004\n"
                  "card.csv,2,2026-10-30,2026-10-31,OPENAI,api,85.70,HKD,11.00,USD,1.25,USD,posted,"
                  "…4242,card.csv:2,c000000000001\n"
                  "card.csv,6,2026-10-31,,OPENAI,api,9.00,USD,,,,,pending,…4242,card.csv:6,"
                  "c000000000005\n"
                  "card.csv,3,2026-11-02,2026-11-03,OPENAI,unknown,6.00,USD,,,,,posted,…4242,"
                  "card.csv:3,c000000000002\n");
}

static void a_policy_has_its_own_balances_grants_and_roll_forward(void **state)
{
    g_autoptr(Db) db = filled_ledger();
    const struct report_options expiry_first = {.organization_id = "org-a",
                                                .policy = "expiry-first"};

    (void)state;
    assert_report(db, "balances", expiry_first,
                  "organization_id,day,balance,paid,free,overdraft,observed,unexplained,"
                  "unexplained_since,currency,topups,grants,expired\n"
                  "org-a,2026-10-30,13.500000000,8.500000000,5.000000000,0.000000000,,,,USD,10."
                  "000000000,5.000000000,0.000000000\n"
                  "org-a,2026-10-31,11.000000000,6.000000000,5.000000000,0.000000000,"
                  "11.500000000,0.500000000,2026-10-31,USD,0.000000000,0.000000000,0.000000000\n");
    assert_report(
        db, "expiring-credits", expiry_first,
        "organization_id,reference,expires_at,remaining,forecast_unused,horizon,currency,id\n"
        "org-a,grant_1,2026-12-01T00:00:00Z,5.000000000,0.250000000,30 days,USD,"
        "g000000000001\n"
        "org-a,AAAAAAAA-0001,2027-10-30T10:00:00Z,6.000000000,0.000000000,later,USD,"
        "t000000000001\n");
}

static void a_month_opens_where_the_one_before_closed(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    run(db,
        "insert into balance_day values"
        " ('free-first', 1, 'USD', '2026-11-01', 9000000000, 0, 0, 0, 0, 1000000000, 1000000000,"
        "  0, 0),"
        " ('free-first', 1, 'EUR', '2026-11-01', 1000000000, 0, 0, 0, 1000000000, 0, 0, 0, 0);"
        "insert into observation values"
        " (2, null, 0, 1, 1793500000, '2026-11-01', 8000000000, 'USD'),"
        " (3, null, 0, 1, 1793510000, '2026-11-01', 8500000000, 'USD');"
        "insert into balance_check values ('free-first', 2, 0, 0, -1, '2026-11-01', null),"
        " ('free-first', 3, 0, 0, 0, null, null)");
    assert_report(
        db, "rollforward",
        (struct report_options){.organization_id = "org-a", .from = "2026-11-01"},
        "organization_id,month,opening,restated,topups,grants,usage,expired,withdrawn,adjustments,"
        "closing,observed,unexplained,currency\n"
        "org-a,2026-11,0.000000000,0.000000000,0.000000000,1.000000000,0.000000000,0.000000000,"
        "0.000000000,0.000000000,1.000000000,,,EUR\n"
        "org-a,2026-11,11.000000000,0.000000000,0.000000000,0.000000000,1.000000000,1.000000000,"
        "0.000000000,0.000000000,9.000000000,8.500000000,0.000000000,USD\n");
}

static void burn_policies_are_compared_where_they_let_another_amount_expire(void **state)
{
    g_autoptr(Db) db = filled_ledger();
    static const char footer[] =
        "policy: free-first\n"
        "opening: assumed zero for org-a\n"
        "policies: where they differ, 0.75 USD expired under free-first, 0.00 under expiry-first "
        "(`trueup report burn-policies`)\n"
        "policies: where they differ, 0.25 USD will expire unused under free-first, 2.00 under "
        "expiry-first (`trueup report burn-policies`)\n"
        "provisional: 1 day from 2026-10-31 on may still change\n"
        "rejects: 1 record of 1 file not in the ledger (`trueup rejects`)\n";

    (void)state;
    assert_report(db, "burn-policies", (struct report_options){0},
                  "organization_id,month,kind,free_first,expiry_first,difference,currency\n");
    run(db, "update grant_balance set forecast_unused_nanos = 2000000000"
            " where policy = 'expiry-first' and credit_grant_id = 2;"
            "update balance_day set expired_nanos = 750000000"
            " where policy = 'free-first' and day = '2026-10-31'");
    assert_report(db, "burn-policies", (struct report_options){0},
                  "organization_id,month,kind,free_first,expiry_first,difference,currency\n"
                  "org-a,2026-10,expired,0.750000000,0.000000000,0.750000000,USD\n"
                  "org-a,2026-12,forecast,0.250000000,2.000000000,-1.750000000,USD\n");
    assert_footer(db, "rollforward", (struct report_options){.organization_id = "org-a"}, footer);
}

static void what_will_expire_stands_by_month_and_by_day(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    assert_report(db, "expiry-calendar", (struct report_options){0},
                  "organization_id,month,grants,face,remaining,forecast_unused,"
                  "cumulative_remaining,cumulative_unused,currency\n"
                  "org-a,2026-12,1,5.000000000,1.000000000,0.250000000,1.000000000,0.250000000,"
                  "USD\n"
                  "org-a,2027-10,1,10.000000000,10.000000000,0.000000000,11.000000000,"
                  "0.250000000,USD\n");
    assert_report(db, "expiry-calendar",
                  (struct report_options){.by = "day", .until = "2027-01-01"},
                  "organization_id,day,grants,face,remaining,forecast_unused,"
                  "cumulative_remaining,cumulative_unused,currency\n"
                  "org-a,2026-12-01,1,5.000000000,1.000000000,0.250000000,1.000000000,"
                  "0.250000000,USD\n");
}

static void a_forecast_tells_the_day_on_which_nothing_is_left(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    assert_report(db, "forecast", (struct report_options){0},
                  "organization_id,day,balance,mean_daily_burn,days,zero_on,days_left,"
                  "forecast_unused,opening,currency\n"
                  "org-a,2026-10-31,11.000000000,2.000000000,2,2026-11-05,5,0.250000000,first "
                  "invoice,USD\n");
    run(db, "update forecast set zero_on = null; update opening set evidence = ''");
    assert_report(db, "forecast", (struct report_options){.policy = "expiry-first"},
                  "organization_id,day,balance,mean_daily_burn,days,zero_on,days_left,"
                  "forecast_unused,opening,currency\n"
                  "org-a,2026-10-31,11.000000000,2.000000000,2,,,0.250000000,assumed zero,USD\n");
}

static void recharges_are_audited_by_month(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    assert_report(db, "recharge-audit", (struct report_options){0},
                  "organization_id,month,automatic_count,automatic,manual_count,manual,"
                  "unstated_count,unstated,all,cap,cap_state,threshold,threshold_basis,"
                  "suspect_count,suspect,explanation,currency\n"
                  "org-a,2026-10,1,10.000000000,1,4.000000000,,,14.000000000,9.000000000,broken,"
                  "5.000000000,stated,1,10.000000000,It broke its cap.,USD\n");
}

static void advice_sets_other_settings_beside_the_current_ones(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    assert_report(db, "recharge-advice", (struct report_options){0},
                  "organization_id,threshold,amount,target,cap,payments_per_month,payments,paid,"
                  "stop_out_days,capped_days,idle,expired,is_current,verdict,threshold_basis,"
                  "amount_basis,from,until,days,currency\n"
                  "org-a,5.000000000,10.000000000,,9.000000000,15.0,1,10.000000000,1,2,"
                  "6.000000000,0.000000000,1,current,stated,stated,2026-10-30,2026-10-31,2,USD\n"
                  "org-a,2.000000000,10.000000000,,9.000000000,0.0,0,0.000000000,1,0,2.000000000,"
                  "0.000000000,0,better in all,1 day of use,stated,2026-10-30,2026-10-31,2,USD\n");
}

static void a_month_is_covered_when_each_of_its_days_is(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    run(db, "delete from coverage; insert into coverage values (1, '2026-10-30', '2026-10-31'),"
            " (2, '2026-11-02', '2026-11-03'), (2, '2026-11-05', '2026-11-05')");
    assert_report(db, "coverage", (struct report_options){0},
                  "organization_id,month,days,covered,missing,covered_until,provisional,"
                  "provisional_from,is_complete\n"
                  "org-a,2026-10,2,2,0,2026-10-31,1,2026-10-31,1\n"
                  "org-a,2026-11,30,0,30,,0,,0\n"
                  "org-b,2026-11,30,3,27,2026-11-05,0,,0\n");
}

static void an_unmatched_fact_says_why(void **state)
{
    static const struct {
        const char *set, *why;
    } cases[] = {
        {"update topup_state set card_state = 'open', receipt_state = 'confirmed'",
         "no card charge"},
        {"update topup_state set card_state = 'open', receipt_state = 'open'",
         "no card charge; no receipt"},
        {"update topup_state set card_state = 'ambiguous', receipt_state = 'ambiguous'",
         "several card charges fit; several receipts fit"},
        {"update topup_state set card_state = 'suggested', receipt_state = 'suggested'",
         "a card charge is suggested, not proved; a receipt fits in part only"},
        {"update topup_state set card_state = 'awaiting-statement', receipt_state = ''",
         "no statement of its card covers the day yet"},
    };
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        run(db, cases[i].set);
        assert_rows(db, "select distinct why from fct_unmatched where kind = 'topup'",
                    cases[i].why);
    }
    run(db, "update topup_state set card_state = 'interchangeable', receipt_state = 'confirmed'");
    assert_rows(db, "select count(*) from fct_unmatched where kind = 'topup'", "0");
}

static void a_charge_is_unmatched_until_something_confirmed_holds_it(void **state)
{
    g_autoptr(Db) db = filled_ledger();
    const char *open_charges =
        "select id, why from fct_unmatched where kind = 'charge' order by id";

    (void)state;
    run(db, "update charge set wallet = 'api' where wallet = 'chatgpt'");
    assert_rows(db, open_charges,
                "c000000000002|no rule tells its wallet\n"
                "c000000000003|no top-up\n"
                "c000000000004|no charge that it gives back\n"
                "c000000000005|still pending");
    run(db, "insert into refund_link values (4, 3, null, 'refund', 'Same amount.')");
    run(db, "update link set state = 'suggested' where leg = 'card'");
    run(db, "update charge set state = 'dead' where charge_id = 5");
    assert_rows(db, open_charges,
                "c000000000001|no top-up\n"
                "c000000000002|no rule tells its wallet\n"
                "c000000000003|no top-up");
}

static void charges_that_paid_a_topup_together_are_added_up_and_none_is_unmatched(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    run(db,
        "update charge set wallet = 'api' where charge_id = 2;"
        "insert into link_part values (1, 1, 85700000000, 'HKD', 1250000000, 9000000000, 'USD'),"
        " (1, 2, 6000000000, 'HKD', 0, 2000000000, 'USD')");
    assert_rows(db,
                "select card_line, card_amount_nanos / 1000000000, fee_nanos from fct_topups"
                " where card_line is not null",
                "2|91|1250000000");
    assert_rows(db, "select count(*) from fct_unmatched where id = 'c000000000002'", "0");
    run(db, "update link set state = 'suggested' where leg = 'card'");
    assert_rows(db, "select count(*) from fct_unmatched where id = 'c000000000002'", "1");
}

static void a_wallet_takes_posted_charges_only(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    run(db, "update charge set state = 'posted' where charge_id = 5");
    assert_rows(db,
                "select wallet, dated_on, charge_count, amount_nanos, currency from fct_wallets"
                " where wallet = 'api' order by currency",
                "api|2026-10-30|1|85700000000|HKD\napi|2026-10-31|1|9000000000|USD");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_balance_is_what_is_left_at_the_end_of_a_day),
        cmocka_unit_test(exceptions_come_gravest_first_with_their_age_and_next_step),
        cmocka_unit_test(a_grant_that_expires_tells_what_will_be_lost_of_it),
        cmocka_unit_test(a_projects_share_of_what_expires_is_an_allocation),
        cmocka_unit_test(a_grant_is_used_expired_withdrawn_or_left),
        cmocka_unit_test(an_open_overdraft_has_no_end),
        cmocka_unit_test(a_restatement_names_both_exports),
        cmocka_unit_test(a_month_rolls_from_its_opening_to_its_closing),
        cmocka_unit_test(a_source_is_counted_record_by_record),
        cmocka_unit_test(spend_is_by_project_and_month_and_cost_without_a_project_is_kept),
        cmocka_unit_test(spend_by_day_splits_the_month),
        cmocka_unit_test(spend_by_line_item_keeps_what_no_export_splits),
        cmocka_unit_test(a_topup_shows_its_receipt_and_its_charge_in_their_own_currencies),
        cmocka_unit_test(a_fact_that_lacks_something_stands_once_with_all_it_lacks),
        cmocka_unit_test(an_adjustment_tells_its_cause_its_source_and_how_books_take_it),
        cmocka_unit_test(matching_says_how_much_money_stands_where),
        cmocka_unit_test(a_charge_of_another_month_than_its_payment_is_a_timing_difference),
        cmocka_unit_test(a_wallet_holds_what_cards_paid_less_what_came_back),
        cmocka_unit_test(a_charge_stands_as_its_statement_says),
        cmocka_unit_test(a_policy_has_its_own_balances_grants_and_roll_forward),
        cmocka_unit_test(a_month_opens_where_the_one_before_closed),
        cmocka_unit_test(burn_policies_are_compared_where_they_let_another_amount_expire),
        cmocka_unit_test(what_will_expire_stands_by_month_and_by_day),
        cmocka_unit_test(a_forecast_tells_the_day_on_which_nothing_is_left),
        cmocka_unit_test(recharges_are_audited_by_month),
        cmocka_unit_test(advice_sets_other_settings_beside_the_current_ones),
        cmocka_unit_test(a_month_is_covered_when_each_of_its_days_is),
        cmocka_unit_test(an_unmatched_fact_says_why),
        cmocka_unit_test(a_charge_is_unmatched_until_something_confirmed_holds_it),
        cmocka_unit_test(charges_that_paid_a_topup_together_are_added_up_and_none_is_unmatched),
        cmocka_unit_test(a_wallet_takes_posted_charges_only),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
