/*
 * filled_ledger.h - a ledger in memory with at least one row in everything that reports read.
 *
 * org-a prepays in USD: a top-up of 10.00 and 5.00 of promotional credit on 30 October 2026, 1.50
 * used that day and 2.50 on the next, of which 0.25 without a project. free-first draws from the
 * promotional grant, expiry-first from the paid one. org-b used 4.00 EUR that it never had.
 * Every check in sql/check holds.
 */
#pragma once
#include "derive_world.h"

static inline void fill_facts(Db *db)
{
    run(db, "insert into organization values (1, 'org-a', 'Aurora'), (2, 'org-b', '');"
            "insert into project values (1, 'proj_a', 'atlas'), (2, 'proj_b', '');"
            "insert into term values (1, 'gpt-5, input');"
            "with recursive days (day) as (select '2026-09-01' union all"
            " select date(day, '+1 day') from days where day < '2028-01-31')"
            "insert into calendar select day,"
            " cast(julianday(day) - 2440587.5 as integer), substr(day, 1, 7) from days;"
            "insert into organization_fact (organization_key, billing_mode, first_on, cost_from,"
            " cost_until) values"
            " (1, 'prepaid', '2026-10-30', '2026-10-30', '2026-10-31'),"
            " (2, 'prepaid', '2026-11-01', '2026-11-01', '2026-11-01');"
            "insert into account values (1, '…4242', '4242', '', '', '');"
            "insert into audit values"
            " (1, 1793491200, 'ada', 'import', 'cost.csv', 'facts=2', '', ''),"
            " (2, 1793491201, 'ada', 'close', 'org-a 2026-09', '', '', '');"
            "insert into closing values ('org-a', '2026-09', 1, '2026-10', 'free-first', 'ada',"
            "  'grace', 'Close of 2026-09', '', '', 2);"
            "insert into closing_fact values"
            " ('org-a', '2026-09', 1, 'rollforward', 'closing-paid', 'USD', 0, '', '')");
    given_file(db, 1, "cost.csv", "cost",
               "record_count = 4, fact_count = 2, empty_count = 1, skipped_count = 0,"
               " reject_count = 1, covered_from = '2026-10-30', covered_until = '2026-10-31'");
    given_file(db, 2, "cost_later.csv", "cost", NULL);
    given_file(db, 3, "payments.csv", "payments", NULL);
    given_file(db, 4, "receipts.csv", "receipts", NULL);
    given_file(db, 5, "card.csv", "card", "record_count = 5, fact_count = 5");
    given_file(db, 6, "grants.csv", "credit_grants", NULL);
}

static inline void fill_cost(Db *db)
{
    run(db, "insert into snapshot values"
            " (1, 1, 'cost', 1, '2026-10-30', '2026-10-31', '2026-10-31', '2026-10-30',"
            "  '2026-10-31', 0, 1, 0, '2026-10-31');"
            "insert into partition values"
            " (1, 1, 1, '2026-10-30', 'USD', 1, 2, 2, 1500000000, 0, 1);"
            "insert into cost (cost_id, partition_id, line, amount_nanos, line_item_id) values"
            " (1, 1, 2, 1000000000, 1), (2, 1, 3, 500000000, null);"
            "insert into cost_day values"
            " (1, 1, '2026-10-30', 'USD', 1500000000, 0, 1, 1, 1),"
            " (1, 1, '2026-10-31', 'USD', 2250000000, 1, null, null, 1),"
            " (1, null, '2026-10-31', 'USD', 250000000, 1, null, null, 1),"
            " (2, 2, '2026-11-01', 'EUR', 4000000000, 0, null, null, 2);"
            "insert into restatement values"
            " (1, 1, '2026-10-30', 'USD', 1400000000, 1500000000, 1, 2, 0),"
            " (1, null, '2026-10-30', 'USD', 1000000, 0, 1, 2, 1);"
            "insert into runaway_episode values"
            " (1, 1, 'USD', '2026-10-30', '2026-10-31', 'spike', 3000000000, 400000000, 1,"
            "  'Nine times its median.', 'w000000000001', 1, '2026-10-30', 2, 0, 'A loop.',"
            "  'gpt-5-mini, output 100 %', 1),"
            " (1, 2, 'USD', '2026-10-10', '2026-10-10', 'silent', 4000000000, 0, 0,"
            "  'Silent before.', 'w000000000002', 1, '2026-10-10', 1, 0, 'A key.', '', null);"
            "insert into runaway_rule values"
            " ('w000000000001', 'spike', '2026-10-30', 2, 3000000000, 'Nine times its median');"
            "insert into runaway_carrier values"
            " ('w000000000001', 'line item', 1, 'gpt-5-mini, output', 1000000, 'cost', 0);"
            "insert into verdict values"
            " (1, 'org-a', 'proj_a', 'USD', '2026-10-30', '2026-10-31', 'real', 3000000000,"
            "  'It looped.', 'ann', 0, 1)");
}

static inline void fill_payments(Db *db)
{
    run(db,
        "insert into topup values"
        " (1, 't000000000001', 1, 3, 2, 1, 1793354400, '2026-10-30', 0, 1793354400, 1793354401,"
        "  'AAAAAAAA-0001', '', 'API credit', 'manual', 'paid', 10000000000, 'USD', 1000000000,"
        "  11000000000, 'USD', '', null, null, null, 'AAAAAAAA-0001', 1, 'api'),"
        " (2, 't000000000002', 2, 3, 3, 1, 1793354500, '2026-10-30', 0, 1793354500, 1793354501,"
        "  '', '', 'API credit', 'auto', 'failed', 20000000000, 'USD', 2000000000,"
        "  22000000000, 'USD', '', null, null, null, 'payments.csv:3', 1, 'api'),"
        " (3, 't000000000003', 3, 3, 4, 2, 1793527200, '2026-11-01', 0, 1793527200, 1793527201,"
        "  'BBBBBBBB-0001', '', 'API credit', 'auto', 'refunded', 3000000000, 'USD', 0,"
        "  3000000000, 'EUR', '', 1793530000, null, null, 'BBBBBBBB-0001', 1, 'api');"
        "insert into receipt values"
        " (1, 'r000000000001', 1, 4, 2, '1111-2222', 'AAAAAAAA-0001', '2026-10-30', 1793318400,"
        "  1793404800, 'Seller', 'API credit', null, null, 11000000000, 'USD', '', '',"
        "  '1111-2222', 'api', 'invoice', 1, null, null, '', ''),"
        " (2, 'r000000000002', 2, 4, 3, '3333-4444', '', '2026-10-31', 1793404800, 1793491200,"
        "  'Seller', 'API credit', null, null, 7000000000, 'USD', '', '', '3333-4444', 'api',"
        "  'invoice', 1, null, null, '', '');"
        "insert into charge values"
        " (1, 'c000000000001', 1, 5, 2, 1, '4242', '2026-10-30', '2026-10-31', 1793318400,"
        "  1793404800, 1793404800, 1793491200, 0, 'UTC', 85700000000, 'HKD', 11000000000, 'USD',"
        "  1250000000, 'USD', 'posted', 'Posted', 'Sale', 'OPENAI', 'card.csv:2', 'api', 'openai'),"
        " (2, 'c000000000002', 2, 5, 3, 1, '4242', '2026-11-02', '2026-11-03', 1793577600,"
        "  1793664000, 1793664000, 1793750400, 0, 'UTC', 6000000000, 'USD', null, '', 0, '',"
        "  'posted', 'Posted', 'Sale', 'OPENAI', 'card.csv:3', 'unknown', ''),"
        " (3, 'c000000000003', 3, 5, 4, 1, '4242', '2026-10-15', '2026-10-16', 1792022400,"
        "  1792108800, 1792108800, 1792195200, 0, 'UTC', 20000000000, 'USD', null, '', 0, '',"
        "  'posted', 'Posted', 'Sale', 'CHATGPT', 'card.csv:4', 'chatgpt', 'chatgpt'),"
        " (4, 'c000000000004', 4, 5, 5, 1, '4242', '2026-10-16', '2026-10-17', 1792108800,"
        "  1792195200, 1792195200, 1792281600, 0, 'UTC', -20000000000, 'USD', null, '', 0, '',"
        "  'posted', 'Posted', 'Refund', 'CHATGPT', 'card.csv:5', 'chatgpt', 'chatgpt'),"
        " (5, 'c000000000005', 5, 5, 6, 1, '4242', '2026-10-31', null, 1793404800, 1793491200,"
        "  null, null, 0, 'UTC', 9000000000, 'USD', null, '', 0, '', 'pending', 'Pending', 'Sale',"
        "  'OPENAI', 'card.csv:6', 'api', 'openai');"
        "insert into card_row (card_row_id, file_id, line, purchased_on, posted_on, amount_nanos,"
        "  currency, original_nanos, original_currency, fee_nanos, fee_currency, state, status,"
        "  type, descriptor, reference, card_last4)"
        " select card_row_id, file_id, line, dated_on, posted_on, amount_nanos, currency,"
        "  original_nanos, original_currency, fee_nanos, fee_currency, state, status, type,"
        "  descriptor, '', card_last4 from charge;"
        "insert into charge_row select card_row_id, charge_id, state, 1, '' from charge;"
        "insert into link values"
        " (1, 'receipt', 1, null, 'confirmed', 'invoice-number', 'Same number.', 0),"
        " (1, 'card', null, 1, 'confirmed', 'amount-window', 'Only one fits.', 700000000);"
        "insert into adjustment values"
        " (1, 'tax', 1000000000, 'USD', 'Tax of 10 %.', 100000000, 'payment history', 'cost', 1),"
        " (1, 'card-fee', 1250000000, 'USD', 'The fee.', null, 'c000000000001', 'cost', 0);"
        "insert into allocation_month values"
        " ('', 1, '2026-10', 'tax', 'USD', 'USD', 1, 940000000, 'use of 2026-10'),"
        " ('', 1, '2026-10', 'tax', 'USD', 'USD', null, 60000000, 'use of 2026-10'),"
        " ('', 1, '2026-10', 'card-fee', 'USD', 'USD', 1, 1170000000, 'use of 2026-10'),"
        " ('', 1, '2026-10', 'card-fee', 'USD', 'USD', null, 80000000, 'use of 2026-10');"
        "insert into topup_state values"
        " (1, 'confirmed', 'confirmed', 'confirmed', 'amount-window'),"
        " (2, '', '', '', ''),"
        " (3, 'open', 'awaiting-statement', 'open', '')");
}

/* What one policy makes of it: paid and free at the end of both days, and what it drew from. */
static inline void fill_policy(Db *db, const char *policy, int grant, const char *first,
                               const char *second)
{
    runf(db,
         "insert into grant_balance values ('%s', 1, %s, 'open', 0, 0),"
         " ('%s', 2, %s, 'open', 250000000, 0)",
         policy, grant == 1 ? "4000000000, 0, 0, 0, 6000000000" : "0, 0, 0, 0, 10000000000", policy,
         grant == 2 ? "4000000000, 0, 0, 0, 1000000000" : "0, 0, 0, 0, 5000000000");
    runf(db,
         "insert into burn values ('%s', 1, '2026-10-30', %d, 1500000000),"
         " ('%s', 1, '2026-10-31', %d, 2500000000)",
         policy, grant, policy, grant);
    runf(db, "insert into grant_use values ('%s', %d, 1, 3000000000), ('%s', %d, null, 1000000000)",
         policy, grant, policy, grant);
    runf(db,
         "insert into balance_day values"
         " ('%s', 1, 'USD', '2026-10-30', %s, 0, 10000000000, 5000000000, 1500000000, 0, 0, 0),"
         " ('%s', 1, 'USD', '2026-10-31', %s, 0, 0, 0, 2500000000, 0, 0, 0),"
         " ('%s', 2, 'EUR', '2026-11-01', 0, 0, 4000000000, 0, 0, 4000000000, 0, 0, 0)",
         policy, first, policy, second, policy);
    runf(db,
         "insert into overdraft values"
         " ('%s', 2, 'EUR', '2026-11-01', null, -4000000000, 'proj_b 4.00', '');"
         "insert into allocation_day values"
         " ('%s', 1, 1, 'USD', '2026-10-30', 1500000000, 0),"
         " ('%s', 1, 1, 'USD', '2026-10-31', 2250000000, 0),"
         " ('%s', 1, null, 'USD', '2026-10-31', 250000000, 0),"
         " ('%s', 2, 2, 'EUR', '2026-11-01', 0, 4000000000);"
         "insert into expiring_allocation values"
         " ('%s', 1, 1, 'USD', 937500, 937500000, 'life'),"
         " ('%s', 1, null, 'USD', 62500, 62500000, 'unallocated');"
         "insert into forecast values"
         " ('%s', 1, 'USD', '2026-10-31', 2000000000, '2026-11-05', 2);"
         "insert into balance_check values"
         " ('%s', 1, 11000000000, 11000000000, 500000000, '2026-10-31', null)",
         policy, policy, policy, policy, policy, policy, policy, policy, policy);
}

static inline void fill_credit(Db *db)
{
    run(db, "insert into grant_fact values"
            " (1, 'g000000000001', 6, 2, 1, 'grant_1', 'promotional', 1793318400, '2026-10-30',"
            "  1796083200, 5000000000, 'USD');"
            "insert into credit_grant values"
            " (1, 1, 'USD', 'AAAAAAAA-0001', 'paid', 0, 1793354400, '2026-10-30', 1824890400,"
            "  '2027-10-30', 10000000000, 1, null, 3, 2),"
            " (2, 1, 'USD', 'grant_1', 'promotional', 1, 1793318400, '2026-10-30', 1796083200,"
            "  '2026-12-01', 5000000000, null, 1, 6, 2);"
            "insert into observation values (1, null, 0, 1, 1793487600, '2026-10-31', 11500000000,"
            " 'USD')");
    run(db, "insert into recharge_month values"
            " (1, 'USD', '2026-10', 1, 10000000000, 1, 4000000000, 0, 0, 9000000000, 'broken',"
            "  5000000000, 'stated', 1, 10000000000, 'It broke its cap.');"
            "insert into recharge_choice values"
            " (1, 'USD', 1, 'stated', 'stated', 5000000000, 10000000000, null, 9000000000, 1,"
            "  '2026-10-30', '2026-10-31', 2, 0, 5000000000, 1, 10000000000, '15.0', 4000000000, 0,"
            "  0, 11000000000, 1, 2, 6000000000),"
            " (1, 'USD', 2, '1 day of use', 'stated', 2000000000, 10000000000, null, 9000000000,"
            "  0, '2026-10-30', '2026-10-31', 2, 0, 5000000000, 0, 0, '0.0', 4000000000, 0, 0,"
            "  1000000000, 1, 0, 2000000000);"
            "insert into opening values (1, 'USD', '2026-10-30', 'first invoice', 'AAAAAAAA-0001'),"
            " (2, 'EUR', '2026-11-01', '', '')");
    fill_policy(db, "free-first", 2, "10000000000, 3500000000", "10000000000, 1000000000");
    fill_policy(db, "expiry-first", 1, "8500000000, 5000000000", "6000000000, 5000000000");
    run(db,
        "insert into exception values"
        " ('match', 'NO_RECEIPT', 'warning', 2, null, '2026-11-01', 3000000000, 'EUR',"
        "  'BBBBBBBB-0001', 3, 4, 'No receipt was found.', 'Download it.', 'x000000000001', ''),"
        " ('credit', 'OPENING_UNKNOWN', 'warning', 1, null, '2026-10-30', 0, 'USD', '', null, 0,"
        "  'Nothing says what stood before.', 'State it.', 'x000000000002', ''),"
        " ('runaway', 'RUNAWAY', 'error', 1, 1, '2026-10-30', 3000000000, 'USD', '', 1, 2,"
        "  'It ran away.', 'Ask.', 'x000000000003', ''),"
        " ('import', 'RESTATED', 'info', null, null, '2026-10-01', 1000000, 'USD', '', 1, 0,"
        "  'It changed.', 'Nothing.', 'x000000000004', '')");
    run(db, "insert into diagnosis values"
            " (1, 1, 'balance', '2026-10-31', -2000000000, 'USD', 'AAAAAAAA-0001', 3, 2,"
            "  'Nothing is left.', 'Buy credit.', 'trueup report balances')");
}

static inline void fill_decisions(Db *db)
{
    run(db, "insert into decision values"
            " (1, 'd1', 'adjust', '', 350000000, 'USD', 'bank fee', 'As stated.', 'ann',"
            "  1793318400),"
            " (2, 'd2', 'accept', 'card', 0, '', '', '', 'ann', 1793318500);"
            "insert into decision_fact values (1, 1, 'topup', 't000000000001'),"
            " (2, 1, 'topup', 't000000000001'), (2, 2, 'charge', 'c000000000001');"
            "insert into decided_fact values (1, 1, 1, 't000000000001', 'AAAAAAAA-0001'),"
            " (2, 1, 1, 't000000000001', 'AAAAAAAA-0001'), (2, 2, 1, 'c000000000001',"
            "  'card.csv:2');"
            "insert into decision_state values"
            " (1, 'in force', '', 't000000000001', 'AAAAAAAA-0001'),"
            " (2, 'in force', '', 't000000000001 c000000000001', 'AAAAAAAA-0001 card.csv:2');"
            "update charge set wallet_rule = 'accepted' where charge_id = 1");
}

static inline Db *filled_ledger(void)
{
    g_autoptr(GError) error = NULL;
    Db *db = db_open_memory(&error);

    if (!db)
        fail_msg("%s", error->message);
    fill_facts(db);
    fill_cost(db);
    fill_payments(db);
    fill_credit(db);
    fill_decisions(db);
    return db;
}
