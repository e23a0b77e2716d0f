/* test_report.c - running reports: what is refused, ranges, totals, the footer, every format. */
#include "filled_ledger.h"
#include "json_strict.h"
#include "report/catalog.h"
#include "report/text_width.h"
#include "report_given.h"

#define SPEND_USE "requests,tokens,measured_cost,cost_per_request,cost_per_million_tokens,"
#define SPEND_COMPARED                                                                             \
    "share,prior,change,growth,prior_same_days,change_same_days,growth_same_days,"
#define SPEND_LINE SPEND_COMPARED "quantity,quantity_unit,measured_cost,cost_per_million,"
#define SPEND_MORE SPEND_COMPARED SPEND_USE
#define NONE       ((struct report_options){0})

/* Rows of a csv report, the header left out; no cell of the filled ledger holds a newline. */
static int row_count(Db *db, const char *name, struct report_options options)
{
    g_autofree char *csv = render(db, name, "csv", options, 0, NULL);
    int lines = 0;

    for (const char *at = csv; *at; at++)
        lines += *at == '\n';
    return lines - 1;
}

static void the_columns_of_every_report_are_stable(void **state)
{
    static const char *const headers[][2] = {
        {"topups",
         "organization_id,topup_source,topup_line,paid_at,invoice_number,status,kind,credit,tax,"
         "total,currency,receipt_number,receipt_source,receipt_line,receipt_state,card_source,"
         "card_line,card_amount,card_currency,fee,variance,card_state,state,rule,credit_currency,"
         "fee_currency,id\n"},
        {"unmatched", "kind,source,line,organization_id,date,amount,currency,description,why,id\n"},
        {"exceptions",
         "code,severity,organization_id,project_id,date,age_days,amount,currency,reference,source,"
         "line,explanation,next_action,age,id\n"},
        {"balances", "organization_id,day,balance,paid,free,overdraft,observed,unexplained,"
                     "unexplained_since,currency,topups,grants,expired\n"},
        {"negative-balances", "organization_id,from,until,lowest,caused_by,repaid_by,currency\n"},
        {"grants", "organization_id,reference,kind,granted_at,expires_at,face,used,expired,"
                   "withdrawn,remaining,state,repaid,expired_low,currency,id\n"},
        {"expiring-credits",
         "organization_id,reference,expires_at,remaining,forecast_unused,horizon,currency,id\n"},
        {"expiring-credits-by-project",
         "organization_id,project_id,project_name,share,allocated_expiring,basis,currency\n"},
        {"rollforward",
         "organization_id,month,opening,restated,topups,grants,usage,expired,withdrawn,"
         "adjustments,closing,observed,unexplained,currency\n"},
        {"spend",
         "organization_id,project_id,project_name,month,cost,estimated,provisional," SPEND_MORE
         "currency\n"},
        {"runaway",
         "organization_id,project_id,project_name,from,until,rules,excess,baseline,explanation,"
         "cause,carried_by,raised_on,days,marks,verdict,why,decided_by,currency,id\n"},
        {"runaway-new",
         "organization_id,project_id,project_name,from,until,rules,excess,baseline,explanation,"
         "cause,carried_by,raised_on,days,marks,currency,id\n"},
        {"wallets", "wallet,month,charges,amount,currency\n"},
        {"charges", "source,line,dated_on,posted_on,descriptor,wallet,amount,currency,"
                    "original_amount,original_currency,fee,fee_currency,state,account,reference,"
                    "id\n"},
        {"credit-usage", "account_id,month,usage_type,credits,unit,quantity,quantity_unit\n"},
        {"adjustments", "organization_id,month,reference,cause,amount,currency,treatment,assumed,"
                        "source,explanation,id\n"},
        {"matching", "organization_id,month,leg,state,payments,amount,currency\n"},
        {"timing-differences",
         "organization_id,reference,paid_on,payment_month,charged_on,charge_month,amount,currency,"
         "card_source,card_line,charge_id,id\n"},
        {"restatements", "organization_id,project_id,day,before,after,source_before,source_after,"
                         "currency\n"},
        {"decisions", "decided_at,decided_by,verb,ids,references,leg,amount,cause,why,state,"
                      "ended_by,currency,id\n"},
        {"proposals", "line,descriptor,wallet,charges,decision\n"},
        {"burn-policies",
         "organization_id,month,kind,free_first,expiry_first,difference,currency\n"},
        {"coverage", "organization_id,month,days,covered,missing,covered_until,provisional,"
                     "provisional_from,is_complete\n"},
        {"expiry-calendar", "organization_id,month,grants,face,remaining,forecast_unused,"
                            "cumulative_remaining,cumulative_unused,currency\n"},
        {"forecast", "organization_id,day,balance,mean_daily_burn,days,zero_on,days_left,"
                     "forecast_unused,opening,currency\n"},
        {"recharge-audit",
         "organization_id,month,automatic_count,automatic,manual_count,manual,unstated_count,"
         "unstated,all,cap,cap_state,threshold,threshold_basis,suspect_count,suspect,explanation,"
         "currency\n"},
        {"recharge-advice",
         "organization_id,threshold,amount,target,cap,payments_per_month,payments,paid,"
         "stop_out_days,capped_days,idle,expired,is_current,verdict,threshold_basis,amount_basis,"
         "from,until,days,currency\n"},
        {"sources", "name,sha256,format,records,facts,rejects,covered_from,covered_until,"
                    "imported_at,options\n"},
    };
    g_autoptr(Db) db = db_open_memory(NULL);

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(headers); i++)
        assert_report(db, headers[i][0], NONE, headers[i][1]);
    assert_report(db, "spend", (struct report_options){.by = "day"},
                  "organization_id,project_id,project_name,day,cost,estimated,provisional,"
                  "share,prior,change,growth," SPEND_USE "currency\n");
    assert_report(db, "spend", (struct report_options){.by = "line_item"},
                  "organization_id,project_id,project_name,line_item,month,cost,estimated,"
                  "provisional,surface,model,modality,token_kind,long_context," SPEND_LINE
                  "currency\n");
}

/* Calls with every report and grain there is. */
static void for_each_report(Db *db, void (*check)(Db *db, const char *name, const char *by))
{
    g_autoptr(ReportCatalog) catalog = given_catalog();
    const char *name, *by, *summary;

    for (guint i = 0; (name = report_catalog_nth(catalog, i, &by, &summary)); i++)
        check(db, name, by);
}

static void check_empty(Db *db, const char *name, const char *by)
{
    const struct report_options options = {.by = by};
    g_autoptr(GString) footer = g_string_new(NULL);
    g_autofree char *csv = render(db, name, "csv", options, 0, NULL);
    g_autofree char *json = render(db, name, "json", options, 0, NULL);
    g_autofree char *table = render(db, name, "table", options, 100, NULL);

    assert_ptr_equal(strchr(csv, '\n') + 1, csv + strlen(csv));
    assert_string_equal(json, "[]\n");
    assert_non_null(strstr(table, "provisional: no days\nrejects: none\n"));
    if (!*by && strcmp(name, "reimbursement") == 0) /* a document in this format */
        return;
    assert_non_null(strstr(table, "\n(no rows)\n\n"));
    assert_null(strstr(table, "total"));
}

static void every_report_renders_an_empty_ledger_in_every_format(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);

    (void)state;
    for_each_report(db, check_empty);
}

static void check_filled(Db *db, const char *name, const char *by)
{
    const struct report_options options = {.by = by};
    g_autofree char *json = render(db, name, "json", options, 0, NULL);
    g_autofree char *table = render(db, name, "table", options, 100, NULL);
    g_autofree char *html = render(db, name, "html", options, 0, NULL);
    g_auto(GStrv) lines = g_strsplit(table, "\n", -1);

    if (row_count(db, name, options) == 0)
        fail_msg("%s --by %s has no row", name, by);
    assert_true(json_valid(json));
    assert_non_null(strstr(html, "<tbody>\n<tr><td"));
    for (guint i = 0; lines[i]; i++) {
        if (text_width(lines[i]) > 100)
            fail_msg("%s does not fit 100 columns: %s", name, lines[i]);
        assert_false(g_str_has_suffix(lines[i], " "));
    }
}

/* Credits, budgets, claims and invoices are no facts that anything else of the filled ledger stands
 * on; policies that differ would stand in its every footer. */
static Db *ledger_with_all(void)
{
    Db *db = filled_ledger();

    run(db, "update grant_balance set forecast_unused_nanos = 2000000000"
            " where policy = 'expiry-first' and credit_grant_id = 2;"
            "update grant_balance set expired_nanos = 1 where policy = 'free-first'"
            " and credit_grant_id = 1");

    run(db,
        "insert into credit_usage_row values (1, 2, '2026-10-30', 'acct-a', 'u1', '',"
        " 'codex', 2500000000, 40000000000, 'counts');"
        "update charge set posted_on = '2026-11-02' where charge_id = 1;"
        "insert into budget_row values"
        " (6, 9, 1, 1, '2026-10-01', '2026-10-31', 1000000000, 'USD');"
        "insert into budget_pace values (6, 9, '2026-10-31', 2, 1, 31, 1500000000, 32258065,"
        " 1500000000, 1, 46500000000, '2026-11-02', 'will exceed');"
        "insert into claim_row values (6, 8, 'C-2026-0017', 'AAAAAAAA-0001', '', null, null, '',"
        " 'Ann Example', '2026-11-01', 'Bo Example', '');"
        "insert into charge_purpose values ('free-first', 3, 'atlas 100.0 %', 'search', '');"
        "insert into charge_use values ('free-first', 3, 'used', 1, 1000000, 20000000000);"
        "insert into file_note values (1, 1, 'assumed', 'amounts are USD');"
        "insert into close_check values ('org-a', '2026-10', 1, 'COVERAGE', 'red', 'No.', 'Do.');"
        "insert into close_materiality values ('org-a', '2026-10', 'USD', 1000000000, 'a rule');"
        "insert into claim values (6, 8, 'C-2026-0017', 'claimed before', 1, null, 'C-2026-0012');"
        "insert into invoiced_month values"
        " (2, '2026-10', 'EUR', 4000000000, 3000000000, 600000000, 'BBBBBBBB-0001', 'paid');"
        "insert into rate values (1, 'tts-1', 'characters', 'standard', null, null, 15000000000,"
        " 'a price list', null);"
        "insert into usage_value values (1, 1, 'audio_speeches', '2026-11-30', 'tts-1', 'standard',"
        " 'characters', 8828270, 1, 132424050000, 1);"
        "insert into estimate_day values (1, 1, '2026-11-30', 'USD', 132424050000, 0);"
        "insert into rate_check values (1, 1, '2026-10-30', 'USD', 'gpt-4o', 'standard', 'input',"
        " 1000000, null, 0, 2500000000, 'unknown model');"
        "insert into credit_wallet_month values ('acct-0000-1111-2222', '2026-10', 'USD', 1,"
        " 40000000000, 1, 40000000000, 1000000000000, 100000000000, 900000000000,"
        " '2027-10-30', 'a purchase does not tell its credits')");
    return db;
}

static void every_report_renders_a_filled_ledger_and_fits_a_hundred_columns(void **state)
{
    g_autoptr(Db) db = ledger_with_all();

    (void)state;
    run(db, "update organization set organization_id = 'org-ABCDEFGHIJKLMNOPQRSTUVW' || "
            "organization_key;"
            "update project set project_id = 'proj_ABCDEFGHIJKLMNOPQRSTUVW' || project_key,"
            " name = 'A project with a rather long name';"
            "update file set name = 'Chase4242_Activity20261001_20261102_2026110' || file_id;"
            "update exception set code = 'EXPIRING_CREDITS', reference = 'payments.csv:123';"
            "update term set text = 'gpt-4o-mini-2024-07-18, cached input, batch';"
            "update close_check set organization_id ="
            " (select organization_id from organization where organization_key = 1);"
            "update close_materiality set organization_id ="
            " (select organization_id from organization where organization_key = 1)");
    run(db, "insert into exception select 'wallet', 'ALREADY_CLAIMED', 'error', 1, null,"
            " '2026-11-01', 1, 'HKD', 'AAAAAAAA-0001', 6, 8, 'Claimed.', 'Settle.',"
            " 'x000000000009', 'c000000000001 C-2026-0017 ' || name || ':8'"
            " from file where file_id = 6");
    for_each_report(db, check_filled);
}

/* Either a row is a record, and tells which, or the report says what it is made of. */
static void every_number_of_a_report_has_its_evidence(void **state)
{
    g_autoptr(ReportCatalog) catalog = given_catalog();
    const GPtrArray *reports = report_catalog_reports(catalog);

    (void)state;
    for (guint i = 0; i < reports->len; i++) {
        const struct report *report = g_ptr_array_index(reports, i);
        gboolean has_source = FALSE;

        for (guint j = 0; j < report->columns->len; j++) {
            const struct column *column = g_ptr_array_index(report->columns, j);

            has_source |= g_str_has_suffix(column->name, "source");
        }
        /* Files and acts are where evidence ends. */
        if (!has_source && report->evidence->len == 0 && strcmp(report->name, "sources") != 0 &&
            strcmp(report->name, "audit") != 0)
            fail_msg("%s names no evidence", report->asset);
    }
}

static void an_unknown_report_format_or_grain_is_refused_with_what_there_is(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);
    const struct report_options by_hour = {.by = "hour"};

    (void)state;
    assert_refused(db, "spent", "csv", NONE, 2,
                   "there is no report \"spent\"\nhint: did you mean \"spend\"?");
    assert_refused(db, "roll-forward", "csv", NONE, 2,
                   "there is no report \"roll-forward\"\nhint: did you mean \"rollforward\"?");
    assert_refused(db, "zzzzzzzz", "csv", NONE, 2,
                   "there is no report \"zzzzzzzz\"\nhint: `trueup reports` lists them");
    assert_refused(
        db, "spend", "cvs", NONE, 2,
        "report spend has no format \"cvs\"\nhint: it has table, csv, json, xlsx, html, pdf");
    assert_refused(
        db, "spend", "csv", by_hour, 2,
        "report spend takes no --by \"hour\"\nhint: it takes month, project, class, cost_center, "
        "day, key, line_item, model, organization, owner, surface, user, week");
    assert_refused(db, "grants", "csv", by_hour, 2,
                   "report grants takes no --by \"hour\"\nhint: it takes expired");
}

static void an_option_that_a_report_does_not_take_is_refused(void **state)
{
    static const struct {
        const char *report;
        struct report_options options;
        const char *why;
    } cases[] = {
        {"sources",
         {.organization_id = "org-a"},
         "report sources takes no --org\n"
         "hint: leave it out"},
        {"topups",
         {.project_id = "proj_a"},
         "report topups takes no --project\n"
         "hint: it takes --org, --from, --until"},
        {"expiring-credits",
         {.from = "2026-10-01"},
         "report expiring-credits takes no --from\n"
         "hint: it takes --org, --as-of, --policy"},
        {"expiring-credits",
         {.until = "2026-10-01"},
         "report expiring-credits takes no --until\n"
         "hint: it takes --org, --as-of, --policy"},
        {"spend",
         {.as_of = "2026-10-01"},
         "report spend takes no --as-of\n"
         "hint: it takes --org, --project, --from, --until"},
        {"spend",
         {.policy = "free-first"},
         "report spend takes no --policy\n"
         "hint: it takes --org, --project, --from, --until"},
    };
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_refused(db, cases[i].report, "csv", cases[i].options, 2, cases[i].why);
}

static void a_wrong_value_is_refused(void **state)
{
    static const struct {
        const char *report;
        struct report_options options;
        const char *why;
    } cases[] = {
        {"spend", {.from = "2026-13-01"}, "--from \"2026-13-01\": there is no month 13"},
        {"spend", {.until = "31.10.2026"}, "--until \"31.10.2026\": is not a date like 2026-03-26"},
        {"exceptions", {.as_of = "today"}, "--as-of \"today\": is not a date like 2026-03-26"},
        {"spend",
         {.from = "2026-10-02", .until = "2026-10-02"},
         "no day is from 2026-10-02 on and before 2026-10-02\n"
         "hint: --until is the first day left out"},
        {"spend",
         {.from = "2026-11-01", .until = "2026-10-01"},
         "no day is from 2026-11-01 on and before 2026-10-01\n"
         "hint: --until is the first day left out"},
        {"grants",
         {.policy = "fifo"},
         "there is no policy \"fifo\"\nhint: free-first, expiry-first"},
        {"spend",
         {.organization_id = "org-q"},
         "no file names the organization \"org-q\"\nhint: did you mean \"org-a\"?"},
        {"spend",
         {.organization_id = "Aurora Labs"},
         "no file names the organization \"Aurora Labs\"\n"
         "hint: `trueup status` lists the organizations by name and id"},
        {"spend",
         {.project_id = "proj_x"},
         "no file names the project \"proj_x\"\nhint: did you mean \"proj_a\"?"},
        {"spend",
         {.project_id = ""},
         "no file names the project \"\"\n"
         "hint: `trueup report spend` lists the projects by name and id"},
    };
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_refused(db, cases[i].report, "csv", cases[i].options, 2, cases[i].why);
}

/* from is included, until is not; a month and an episode show when they overlap the range. */
static void ranges_are_half_open(void **state)
{
    static const struct {
        const char *report, *from, *until;
        int rows;
    } cases[] = {
        {"balances", "2026-10-30", "2026-10-31", 1},
        {"balances", "2026-10-31", "2026-11-01", 1},
        {"balances", "2026-10-30", "2026-11-02", 3},
        {"balances", NULL, "2026-10-30", 0},
        {"topups", "2026-10-30", "2026-10-31", 2},
        {"topups", "2026-10-31", "2026-11-01", 0},
        {"topups", "2026-11-01", NULL, 1},
        {"unmatched", "2026-10-31", "2026-11-01", 2},
        {"exceptions", "2026-10-01", "2026-10-02", 1},
        {"exceptions", "2026-10-02", "2026-10-30", 0},
        {"grants", "2026-10-30", "2026-10-31", 2},
        {"grants", "2026-10-31", NULL, 0},
        {"restatements", "2026-10-30", "2026-10-31", 2},
        {"restatements", "2026-10-31", NULL, 0},
        {"runaway", "2026-10-31", "2026-11-01", 1},
        {"runaway", "2026-10-29", "2026-10-30", 0},
        {"runaway", "2026-11-01", NULL, 0},
        {"rollforward", "2026-10-31", "2026-11-01", 1},
        {"rollforward", "2026-10-01", "2026-10-02", 1},
        {"rollforward", "2026-10-31", "2026-11-02", 2},
        {"rollforward", "2026-11-30", "2026-12-01", 1},
        {"rollforward", "2026-12-01", NULL, 0},
        {"negative-balances", "2026-10-01", "2026-11-01", 0},
        {"negative-balances", "2026-10-01", "2026-11-02", 1},
        {"negative-balances", "2027-01-01", NULL, 1},
        {"wallets", "2026-10-15", "2026-10-16", 1},
        {"wallets", "2026-10-17", "2026-10-30", 0},
        {"credit-usage", "2026-10-31", NULL, 0},
        {"credit-usage", "2026-10-30", "2026-10-31", 1},
        {"charges", "2026-10-31", "2026-11-01", 1},
        {"charges", "2026-10-31", NULL, 2},
    };
    g_autoptr(Db) db = ledger_with_all();

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        const struct report_options options = {.from = cases[i].from, .until = cases[i].until};
        int rows = row_count(db, cases[i].report, options);

        if (rows != cases[i].rows)
            fail_msg("%s from %s until %s: %d rows, not %d", cases[i].report,
                     cases[i].from ? cases[i].from : "ever",
                     cases[i].until ? cases[i].until : "ever", rows, cases[i].rows);
    }
}

static void a_month_is_its_first_day_until_the_next_months(void **state)
{
    g_autoptr(Db) db = filled_ledger();
    const struct report_options month = {.month = "2026-10"};
    const struct report_options days = {.from = "2026-10-01", .until = "2026-11-01"};
    const struct report_options december = {.month = "2026-12"};
    g_autofree char *by_month = render(db, "balances", "csv", month, 0, NULL);
    g_autofree char *by_days = render(db, "balances", "csv", days, 0, NULL);

    (void)state;
    assert_string_equal(by_month, by_days);
    assert_true(row_count(db, "balances", month) > 0);
    assert_int_equal(row_count(db, "balances", december), 0);
    assert_refused(db, "spend", "csv", (struct report_options){.month = "2026-13"},
                   TRUEUP_ERROR_USAGE, "--month: \"2026-13\" is not a month like 2026-10");
    assert_refused(db, "spend", "csv",
                   (struct report_options){.month = "2026-10", .until = "2026-10-09"},
                   TRUEUP_ERROR_USAGE,
                   "--month \"2026-10\" and --until \"2026-10-09\" do not go together\n"
                   "hint: --month alone is all days of it");
    assert_refused(db, "sources", "csv", month, TRUEUP_ERROR_USAGE,
                   "report sources takes no --month\nhint: leave it out");
}

static void a_closed_episode_ends_with_its_last_day(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    run(db, "update overdraft set until_on = '2026-11-03'");
    assert_int_equal(
        row_count(db, "negative-balances", (struct report_options){.from = "2026-11-03"}), 1);
    assert_int_equal(
        row_count(db, "negative-balances", (struct report_options){.from = "2026-11-04"}), 0);
}

static void spend_by_month_is_spend(void **state)
{
    g_autoptr(Db) db = filled_ledger();
    g_autofree char *spend = render(db, "spend", "csv", NONE, 0, NULL);

    (void)state;
    assert_report(db, "spend", (struct report_options){.by = "month"}, spend);
}

static void spend_sums_the_days_in_range_only(void **state)
{
    g_autoptr(Db) db = filled_ledger();
    const struct report_options last_day = {
        .organization_id = "org-a", .from = "2026-10-31", .until = "2026-11-01"};
    struct report_options by_line = last_day, first_day = last_day;

    (void)state;
    by_line.by = "line_item";
    first_day.from = "2026-10-30";
    first_day.until = "2026-10-31";
    assert_report(
        db, "spend", last_day,
        "organization_id,project_id,project_name,month,cost,estimated,provisional," SPEND_MORE
        "currency\n"
        "org-a,,,2026-10,0.250000000,,0.250000000,0.100000,,,,,,,,,,,,USD\n"
        "org-a,proj_a,atlas,2026-10,2.250000000,,2.250000000,0.900000,,,,,,,,,,,,USD\n");
    assert_report(
        db, "spend", by_line,
        "organization_id,project_id,project_name,line_item,month,cost,estimated,provisional,"
        "surface,model,modality,token_kind,long_context," SPEND_LINE "currency\n"
        "org-a,,,,2026-10,0.250000000,,0.250000000,,,,,0,0.100000,,,,,,,,,,,USD\n"
        "org-a,proj_a,atlas,,2026-10,2.250000000,,2.250000000,,,,,0,0.900000,,,,,,,,,,,USD\n");
    assert_report(
        db, "spend", first_day,
        "organization_id,project_id,project_name,month,cost,estimated,provisional," SPEND_MORE
        "currency\n"
        "org-a,proj_a,atlas,2026-10,1.500000000,,0.000000000,1.000000,,,,,,,,,,,,USD\n");
}

static void a_month_of_the_roll_forward_is_never_cut(void **state)
{
    g_autoptr(Db) db = filled_ledger();
    const struct report_options whole = {.organization_id = "org-a"};
    g_autofree char *expected = render(db, "rollforward", "csv", whole, 0, NULL);

    (void)state;
    assert_report(db, "rollforward",
                  (struct report_options){
                      .organization_id = "org-a", .from = "2026-10-31", .until = "2026-11-01"},
                  expected);
}

static void organizations_and_projects_filter(void **state)
{
    static const struct {
        const char *report, *organization_id, *project_id;
        int rows;
    } cases[] = {
        {"balances", "org-b", NULL, 1},
        {"topups", "org-b", NULL, 1},
        {"unmatched", "org-b", NULL, 1},
        {"exceptions", "org-a", NULL, 2},
        {"exceptions", NULL, "proj_a", 1},
        {"grants", "org-b", NULL, 0},
        {"spend", "org-b", NULL, 1},
        {"spend", NULL, "proj_a", 1},
        {"spend", "org-b", "proj_a", 0},
        {"restatements", NULL, "proj_a", 1},
        {"rollforward", "org-a", NULL, 1},
        {"runaway", "org-b", NULL, 0},
        {"expiring-credits-by-project", "org-a", "proj_a", 1},
        {"negative-balances", "org-a", NULL, 0},
    };
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        const struct report_options options = {.organization_id = cases[i].organization_id,
                                               .project_id = cases[i].project_id};
        int rows = row_count(db, cases[i].report, options);

        if (rows != cases[i].rows)
            fail_msg("%s of %s: %d rows, not %d", cases[i].report,
                     options.project_id ? options.project_id : options.organization_id, rows,
                     cases[i].rows);
    }
}

static void the_footer_names_policy_opening_day_provisional_and_rejects(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    assert_footer(db, "expiring-credits", NONE,
                  "total USD: Remaining 11.00, Unused 0.25\n"
                  "policy: free-first\n"
                  "opening: assumed zero for org-a\n"
                  "as of: 2026-11-02\n"
                  "provisional: 1 day from 2026-10-31 on may still change\n"
                  "rejects: 1 record of 1 file not in the ledger (`trueup rejects`)\n");
    assert_footer(db, "spend", NONE,
                  "total EUR: Cost 4.00, Provisional 0.00\n"
                  "total USD: Cost 4.00, Provisional 2.50\n"
                  "provisional: 1 day from 2026-10-31 on may still change\n"
                  "rejects: 1 record of 1 file not in the ledger (`trueup rejects`)\n");
    run(db, "insert into cost_day values (2, 2, '2026-11-01', 'USD', 0, 1, null, null, 2);"
            "update file set reject_count = 1234;"
            "insert into exception select room, code, severity, 2, project_key, dated_on,"
            " amount_nanos, currency, reference, file_id, line, explanation, next_action, 'x2',"
            " ''"
            " from exception where code = 'OPENING_UNKNOWN'");
    assert_footer(db, "rollforward", (struct report_options){.policy = "expiry-first"},
                  "policy: expiry-first\n"
                  "opening: assumed zero for org-a, org-b\n"
                  "provisional: 2 days from 2026-10-31 on may still change\n"
                  "rejects: 7404 records of 6 files not in the ledger (`trueup rejects`)\n");
}

static void the_footer_speaks_of_the_organization_that_is_asked_for(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    assert_footer(db, "balances", (struct report_options){.organization_id = "org-b"},
                  "policy: free-first\n"
                  "provisional: no days\n"
                  "rejects: 1 record of 1 file not in the ledger (`trueup rejects`)\n");
}

static void as_of_is_the_day_after_the_last_covered_one_unless_stated(void **state)
{
    g_autoptr(Db) db = filled_ledger();
    g_autoptr(Db) empty = db_open_memory(NULL);

    (void)state;
    assert_footer(empty, "exceptions", NONE,
                  "as of: 1970-01-02\nprovisional: no days\nrejects: none\n");
    run(db, "update organization_fact set cost_until = null");
    run(db, "delete from exception where code <> 'NO_RECEIPT'");
    /* No cost covers a day: then the last day that any file speaks of. */
    assert_footer(db, "exceptions", (struct report_options){.organization_id = "org-b"},
                  "as of: 2026-11-01\nprovisional: no days\n"
                  "rejects: 1 record of 1 file not in the ledger (`trueup rejects`)\n");
    assert_report(
        db, "exceptions", (struct report_options){.as_of = "2027-01-01"},
        "code,severity,organization_id,project_id,date,age_days,amount,currency,"
        "reference,source,line,explanation,next_action,age,id\n"
        "NO_RECEIPT,warning,org-b,,2026-11-01,60,3.00,EUR,BBBBBBBB-0001,payments.csv,4,No "
        "receipt was found.,Download it.,31-60,x000000000001\n");
}

static void ages_and_horizons_fall_into_their_buckets(void **state)
{
    static const struct {
        const char *as_of, *age, *horizon;
    } cases[] = {
        /* Of an item of 2026-11-01, at the end of the day before; a grant until 2026-12-01. */
        {"2026-11-01", ",0,3.00,", ",later,"}, /* the item is of that very day: no age */
        {"2026-11-02", ",0,3.00,", ",30 days,"}, {"2026-12-01", ",29,3.00,", ",30 days,"},
        {"2026-12-02", ",30,3.00,", ",passed,"}, {"2026-12-03", ",31,3.00,", ",passed,"},
        {"2027-01-01", ",60,3.00,", ",passed,"}, {"2026-10-31", ",0,3.00,", ",60 days,"},
        {"2026-10-01", ",0,3.00,", ",90 days,"}, {"2026-09-02", ",0,3.00,", ",later,"},
    };
    static const char *const buckets[][2] = {{"2026-12-02", ",0-30,"},  {"2026-12-03", ",31-60,"},
                                             {"2027-01-01", ",31-60,"}, {"2027-01-02", ",61-90,"},
                                             {"2027-01-31", ",61-90,"}, {"2027-02-01", ",>90,"}};
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    run(db, "delete from exception where code <> 'NO_RECEIPT';"
            "delete from grant_balance where credit_grant_id = 1");
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        const struct report_options options = {.as_of = cases[i].as_of};
        g_autofree char *exceptions = render(db, "exceptions", "csv", options, 0, NULL);
        g_autofree char *expiring = render(db, "expiring-credits", "csv", options, 0, NULL);

        assert_non_null(strstr(exceptions, cases[i].age));
        if (i > 0)
            assert_non_null(strstr(expiring, cases[i].horizon));
    }
    for (guint i = 0; i < G_N_ELEMENTS(buckets); i++) {
        g_autofree char *text = render(db, "exceptions", "csv",
                                       (struct report_options){.as_of = buckets[i][0]}, 0, NULL);

        if (!strstr(text, buckets[i][1]))
            fail_msg("as of %s: not%s %s", buckets[i][0], buckets[i][1], text);
    }
}

static void totals_of_topups_count_what_was_paid(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    /* 22.00 failed and another 50.00 is void: neither is in the total. */
    run(db,
        "insert into topup select 9, 't9', 9, 3, 9, 1, paid_at, paid_on, 0, paid_from, paid_until,"
        " '', '', '', '', 'void', 50000000000, 'USD', 0, 50000000000, 'USD', '', null, null, null,"
        " '', 1, '' from topup where topup_id = 1");
    assert_footer(db, "topups", (struct report_options){.organization_id = "org-a"},
                  "total USD (paid and refunded payments): Credit 10.00, Tax 1.00, Total 11.00\n"
                  "provisional: 1 day from 2026-10-31 on may still change\n"
                  "rejects: 1 record of 1 file not in the ledger (`trueup rejects`)\n");
}

static void totals_are_exact_to_the_end_of_their_range_and_never_wrap(void **state)
{
    g_autoptr(Db) db = filled_ledger();
    g_autoptr(GString) footer = g_string_new(NULL);
    g_autofree char *text = NULL;

    (void)state;
    run(db, "update cost_day set cost_nanos = 9223372036854775806 where day = '2026-10-31'"
            " and project_key = 1;"
            "update cost_day set cost_nanos = 1, currency = 'USD' where organization_key = 2;"
            "delete from cost_day where day = '2026-10-30' or project_key is null");
    text = render(db, "spend", "csv", NONE, 0, footer);
    assert_true(g_str_has_prefix(footer->str, "total USD: Cost 9,223,372,036.854775807,"));
    run(db, "update cost_day set cost_nanos = 2 where organization_key = 2");
    assert_refused(db, "spend", "csv", NONE, 3,
                   "reports/spend.sql: the total of \"Cost\" in USD: the sum is out of range");
    run(db, "update cost_day set cost_nanos = -9223372036854775807 - 1 where project_key = 1;"
            "update cost_day set cost_nanos = -1 where organization_key = 2");
    assert_refused(db, "spend", "json", NONE, 3,
                   "reports/spend.sql: the total of \"Cost\" in USD: the sum is out of range");
}

static void a_sum_that_overflows_in_the_ledger_is_refused(void **state)
{
    g_autoptr(Db) db = filled_ledger();

    (void)state;
    run(db, "update balance_day set paid_nanos = 9223372036854775807, free_nanos = 1"
            " where policy = 'free-first' and day = '2026-10-31'");
    assert_refused(
        db, "balances", "csv", NONE, 3,
        "reports/balances.sql: the column balance holds something else than a whole number "
        "in range");
    run(db, "update cost_day set cost_nanos = 9223372036854775807 where project_key = 1");
    assert_refused(db, "spend", "csv", NONE, 4, ":memory:: reports/spend.sql: integer overflow");
}

static void totals_and_footer_belong_to_tables_and_are_talk_beside_data(void **state)
{
    g_autoptr(Db) db = filled_ledger();
    g_autoptr(GString) beside_csv = g_string_new(NULL), beside_table = g_string_new(NULL);
    g_autofree char *csv = render(db, "spend", "csv", NONE, 0, beside_csv);
    g_autofree char *table = render(db, "spend", "table", NONE, 0, beside_table);

    (void)state;
    assert_null(strstr(csv, "total"));
    assert_non_null(strstr(beside_csv->str, "total "));
    assert_string_equal(beside_table->str, "");
    assert_true(g_str_has_suffix(table, beside_csv->str));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_columns_of_every_report_are_stable),
        cmocka_unit_test(every_report_renders_an_empty_ledger_in_every_format),
        cmocka_unit_test(every_report_renders_a_filled_ledger_and_fits_a_hundred_columns),
        cmocka_unit_test(every_number_of_a_report_has_its_evidence),
        cmocka_unit_test(an_unknown_report_format_or_grain_is_refused_with_what_there_is),
        cmocka_unit_test(an_option_that_a_report_does_not_take_is_refused),
        cmocka_unit_test(a_wrong_value_is_refused),
        cmocka_unit_test(ranges_are_half_open),
        cmocka_unit_test(a_month_is_its_first_day_until_the_next_months),
        cmocka_unit_test(a_closed_episode_ends_with_its_last_day),
        cmocka_unit_test(spend_by_month_is_spend),
        cmocka_unit_test(spend_sums_the_days_in_range_only),
        cmocka_unit_test(a_month_of_the_roll_forward_is_never_cut),
        cmocka_unit_test(organizations_and_projects_filter),
        cmocka_unit_test(the_footer_names_policy_opening_day_provisional_and_rejects),
        cmocka_unit_test(the_footer_speaks_of_the_organization_that_is_asked_for),
        cmocka_unit_test(as_of_is_the_day_after_the_last_covered_one_unless_stated),
        cmocka_unit_test(ages_and_horizons_fall_into_their_buckets),
        cmocka_unit_test(totals_of_topups_count_what_was_paid),
        cmocka_unit_test(totals_are_exact_to_the_end_of_their_range_and_never_wrap),
        cmocka_unit_test(a_sum_that_overflows_in_the_ledger_is_refused),
        cmocka_unit_test(totals_and_footer_belong_to_tables_and_are_talk_beside_data),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
