/* Formats: what the .ini language refuses, and which header is which format. */
#include "format_case.h"

#define CARD                                                                                       \
    "[format x]\nkind = card\ntitle = X\nmatch = Date | Amount\ndate = Date\namount = Amount\n"    \
    "currency = const: EUR\ntext = Name\n"
#define HEAD_COST "start_time;end_time;amount_value;amount_currency;line_item;project_id;"

static struct format *parse(const char *text, GError **error)
{
    return format_parse("formats/x.ini", text, strlen(text), error);
}

static void a_format_says_what_is_wrong_with_it(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"", "formats/x.ini: holds no [format NAME] group"},
        {"title = X\n", "formats/x.ini:1: \"title = X\" stands before the first [group]"},
        {"[format x\n", "formats/x.ini:1: \"[format x\" opens a group and does not close it"},
        {"[format x]\n[format x]\n", "formats/x.ini:2: [format x] was opened on line 1 already"},
        {"[format x]\n[format y]\n", "formats/x.ini:2: [format y] is a second group"},
        {"[format x]\nkind = card\n\nkind = cost\n",
         "formats/x.ini:4: key \"kind\" was given on line 2 already"},
        {"[format x]\nkind\n", "formats/x.ini:2: \"kind\" is neither a comment"},
        {"[format y]\nkind = card\n",
         "formats/x.ini: its group is [format y], and must be [format x]"},
        {"[format x]\ntitle = X\n", "formats/x.ini: [format x] kind: is missing"},
        {"[format x]\nkind = cards\n", "kind: \"cards\" is not a kind of facts"},
        {"[format x]\nkind = card\nmatch = A || B\n", "match: has an empty part between its '|'"},
        {"[format x]\nkind = card\nmatch =\n", "formats/x.ini:3: [format x] match: has no value"},
        {"[format x]\nkind = card\nmatch = A\\qB\n",
         "formats/x.ini:3: [format x] match: holds a backslash with what cannot follow one"},
        {"[format x]\nkind = card\nmatch = A\nother-columns = keep\n",
         "formats/x.ini:4: [format x] other-columns: \"keep\" is not one of: \"note\", \"refuse\""},
        {"[format x]\nkind = balances\ntitle = X\nmatch = A\nobserved-at = A\n",
         "organization-id: is missing"},
        {CARD, "charge: is missing"},
        {CARD "charge = up\n", "charge: \"up\" is not one of: negative, positive, auto, column: …"},
        {CARD "charge = column: Type, out = A\n", "charge: needs column: NAME, out = WORDS"},
        {CARD "charge = column: Type, out = A, up = B\n",
         "charge: \"up = B\" is neither out = WORDS, in = WORDS nor skip"},
        {CARD "charge = positive\ndebit = D\n", "credit: is missing, and debit is there"},
        {CARD "debit = D\ncredit = C\n", "amount: cannot stand beside debit and credit"},
        {CARD "charge = positive\ndate-format = %m/%Y\n",
         "date-format: \"%m/%Y\" is neither iso, dmy, mdy or ymd nor a pattern with year, month "
         "and day"},
        {CARD "charge = positive\ndate-format = dmy | %m/%d/%Y\n",
         "date-format: \"dmy\" and \"%m/%d/%Y\" read the same date as different days"},
        {CARD "charge = positive\ndate-format = %d.%m.%y | ymd\n",
         "date-format: \"%d.%m.%y\" and \"ymd\" read the same date as different days"},
        {CARD "charge = positive\ndate-format = auto | dmy\n",
         "date-format: \"auto\" and \"dmy\" read the same date as different days"},
        {"[format x]\nkind = receipts\ntitle = X\nmatch = A\nreceipt-number = A\n"
         "invoice-number = A\ndate-paid = A\ntotal = A\ncurrency = A\ndecimal = auto\n",
         "decimal: \"auto\" is for card formats alone"},
        {CARD "charge = positive\ntimezone = Mars/Olympus\n", "timezone: "},
        {CARD "charge = positive\nthousands = .\n", "thousands: '.' cannot group thousands here"},
        {CARD "charge = positive\ndecimal = ;\n", "decimal: \";\" is not one of: \".\", \",\""},
        {CARD "charge = positive\nskip-if = TOPUP\n", "skip-if: \"TOPUP\" is not COLUMN: WORDS"},
        {CARD "charge = positive\nsigned-split = yes\n", "signed-split: needs debit and credit"},
        {CARD "charge = positive\nonly-stated = yes\n",
         "only-stated: needs match-columns and shape"},
        {CARD "charge = positive\nfee-in-amount = yes\n", "fee-in-amount: needs fee"},
        {CARD "charge = positive\nfee-in-amount = true\n",
         "fee-in-amount: \"true\" is not one of: \"no\", \"yes\""},
        {CARD "charge = positive\njoin = yes\n", "join: needs id"},
        {CARD "charge = positive\nfee-if = Name: X\n", "fee-if: needs id"},
        {CARD "charge = positive\ncheck = sums\n", "check: \"sums\" is not balance: COLUMN"},
        {CARD "charge = positive\nkeep-if = Type: A ; B\n", "keep-if: \"B\" is not COLUMN: WORDS"},
        {"[format x]\nkind = card\ntitle = X\nmatch-columns = 3\nshape = *\n",
         "shape: has 1 word for 3 columns"},
        {"[format x]\nkind = card\ntitle = X\nmatch-columns = 1\nshape = *\n",
         "match-columns: \"1\" is no number of columns"},
        {"[format x]\nkind = card\ntitle = X\nmatch-columns = 2\nshape = date | sum\n",
         "shape: \"sum\" is not one of: date, amount, amount?, text, empty, *, = WORD"},
        {"[format x]\nkind = card\ntitle = X\nmatch-columns = 2\n", "shape: is missing"},
        {CARD "charge = positive\nshape = date\n", "key \"shape\" is not one"},
        {"[format x]\nkind = card\ntitle = X\nmatch-columns = 2\nshape = date | amount\n"
         "date = column 1\namount = column 2\ntext = column 2\ncurrency = const: EUR\n"
         "charge = positive\npreamble-card = Card\n",
         "match-columns: says that there is no header, and so nothing before it"},
        {"[format x]\nkind = card\ntitle = X\nmatch = A\nmatch-columns = 2\n"
         "shape = date | amount\ndate = column 1\namount = column 2\ntext = column 2\n"
         "currency = const: EUR\ncharge = positive\n",
         "match: cannot stand beside match-columns"},
        {CARD "charge = positive\nfile-pattern = Card_*\n",
         "file-pattern: \"Card_*\" does not hold {last4} once"},
        {CARD "charge = positive\noriginal-amount = O\n",
         "original-amount: and original-currency need each other"},
        {CARD "charge = positive\ncolour = red\n",
         "formats/x.ini:10: [format x] key \"colour\" is not one that a format of kind card takes"},
        {CARD "charge = positive\ntemplate = Date\n", "key \"template\" is not one"},
        {"[format x]\nkind = fx_rates\ntitle = X\nmatch = D\ndate = D\nbase = B\nrate = R\n",
         "quote: is missing"},
        {"[format x]\nkind = fx_rates\ntitle = X\nmatch = D\ndate = D\nbase = const: EUR\n"
         "quote = Q\nrate = each currency\n",
         "quote: cannot stand beside rate = each currency"},
    };

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;

        assert_null(parse(cases[i].text, &error));
        assert_true(g_error_matches(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT));
        if (!strstr(error->message, cases[i].message))
            fail_msg("expected %s\n     got %s", cases[i].message, error->message);
    }
}

static void a_whole_format_is_taken(void **state)
{
    g_autoptr(GError) error = NULL;
    struct format *format = parse("# a comment\n" CARD "charge = positive\n"
                                  "decimal = ,\nthousands = .\ndate-format = %d.%m.%Y | iso\n",
                                  &error);

    (void)state;
    assert_null(error);
    assert_int_equal(format_kind(format), FACT_CARD);
    assert_int_equal(format->charge, CHARGE_POSITIVE);
    assert_int_equal(format->decimal_mark, ',');
    assert_string_equal(format->date_patterns[1], "iso");
    assert_string_equal(format_zone(format), "");
    assert_int_equal(strlen(format_digest(format)), 64);
    format_free(format);
}

static struct mapping *bind(const char *options_of_format, const struct mapping_options *options,
                            GError **error)
{
    static struct format *format;
    g_autofree char *text = g_strconcat(CARD, options_of_format, NULL);
    struct format_case c;

    g_clear_pointer(&format, format_free);
    format = parse(text, error);
    assert_non_null(format);
    case_open(&c, "Date;Amount;Name", NULL);
    struct mapping *mapping = mapping_new(format, &c.record, options, error);
    case_close(&c);
    return mapping;
}

static void what_a_format_leaves_open_must_be_settled(void **state)
{
    static const struct {
        const char *format;
        struct mapping_options options;
        const char *message; /* or what is assumed */
    } cases[] = {
        {"charge = auto\n", {.zone = NULL}, "--charge negative or positive states it"},
        {"charge = auto\n", {.charge = "negative"}, "format x: a charge is negative, "},
        {"charge = auto\n", {.charge = "positive"}, "format x: a charge is positive, "},
        {"charge = positive\n",
         {.charge = "negative"},
         "--charge states negative, and format x says positive"},
        {"charge = positive\ndate-format = auto | %d %b %Y\n",
         {.zone = NULL},
         "--date-order dmy, mdy or ymd states it"},
        {"charge = positive\ndate-format = auto | %d %b %Y\n",
         {.date_order = "mdy"},
         "dates are month, day, year or DD Mon YYYY"},
        {"charge = positive\ndate-format = %d/%m/%Y\n",
         {.date_order = "mdy"},
         "--date-order states mdy, and format x says dmy"},
        {"charge = positive\ndecimal = auto\n",
         {.zone = NULL},
         "--decimal . or --decimal , states it"},
        {"charge = positive\ndecimal = auto\n", {.decimal_mark = ","}, "the decimal mark is ','"},
        {"charge = positive\n", {.decimal_mark = ","}, "--decimal states ,, and format x says ."},
        {"charge = positive\n",
         {.currency = "USD"},
         "--currency states USD, and format x says EUR"},
    };

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Mapping) mapping = bind(cases[i].format, &cases[i].options, &error);
        g_autofree char *said = mapping ? mapping_assumptions(mapping) : g_strdup(error->message);

        if (!strstr(said, cases[i].message))
            fail_msg("expected %s\n     got %s", cases[i].message, said);
    }
}

static void every_header_is_recognised_as_its_own_format(void **state)
{
    static const struct {
        const char *header, *format;
    } cases[] = {
        {HEAD_COST "organization_id;project_name;organization_name", "platform-cost"},
        {"start_time;end_time;start_time_iso;end_time_iso;amount_value;amount_currency;line_item;"
         "project_id;organization_id;organization_name",
         "platform-cost"},
        {"start_time;end_time;start_time_iso;end_time_iso;amount_value;amount_currency;quantity;"
         "quantity_unit;line_item;user_id;api_key_id;project_id;organization_id;project_name;"
         "organization_name;user_email;api_source",
         "platform-cost"},
        {"start_time;end_time;start_time_iso;end_time_iso", "platform-empty"},
        {"start_time;end_time;start_time_iso;end_time_iso;project_id;num_model_requests;user_id;"
         "api_key_id;model;batch;service_tier;compute_units;input_tokens;output_tokens",
         "platform-completions"},
        {"\xEF\xBB\xBFTransaction Date;Post Date;Description;Category;Type;Amount;Memo",
         "chase-card"},
        {"Card;Transaction Date;Post Date;Description;Category;Type;Amount;Memo", "chase-card"},
        {"Type;Trans Date;Post Date;Description;Amount", "chase-card-2018"},
        {"Date;Description;Card Member;Account #;Amount", "amex-us"},
        {"Date;Description;Card Member;Account #;Amount;Extended Details;Appears On Your Statement "
         "As;Address;City/State;Zip Code;Country;Reference;Category",
         "amex-us-details"},
        {"Date;Description;Amount;Extended Details;Appears On Your Statement As;Address;City/State;"
         "Zip Code;Country;Reference;Category",
         "amex-us-details"},
        {"Transaction Date;Posted Date;Card No.;Description;Category;Debit;Credit",
         "capital-one-card"},
        {"Status;Timestamp;Date (UTC);Description;Amount;Bank Description;Last Four Digits",
         "mercury"},
        {"Type;Product;Started Date;Completed Date;Description;Amount;Fee;Currency;State;Balance",
         "revolut-personal"},
        {"Transaction ID;Transaction Time;Card Number;Merchant;Transaction Amount;Transaction "
         "Currency;Billing Amount;Billing Currency;Fee;Status;Type",
         "virtual-card"},
        {" PAID_AT ;\"Organization_ID\";Invoice_Number;Status;Credit_Amount;Total_Amount;Currency",
         "trueup-payments"},
        {"total;currency;receipt_number;invoice_number;date_paid", "trueup-receipts"},
        {"organization_id;grant_id;kind;granted_at;expires_at;amount;currency",
         "trueup-credit-grants"},
        {"organization_id;observed_at;balance;currency", "trueup-balances"},
        {"organization_id;materiality_percent", "trueup-organizations"},
        {"organization_id;threshold;amount;currency", "trueup-recharge"},
        {"class;project_id", "trueup-projects"},
        {"account;timezone", "trueup-accounts"},
        {"date;base;quote;rate", "trueup-fx-rates"},
    };

    const struct mapping_options amex = {.date_order = "mdy", .currency = "USD"};

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        gboolean is_open = strcmp(cases[i].format, "amex-us") == 0;
        struct format_case c;

        case_open_as(&c, cases[i].format, cases[i].header, is_open ? &amex : NULL);
        case_close(&c);
    }
}

static void headers_that_do_not_tell_enough_are_not_recognised(void **state)
{
    static const char *const headers[] = {
        "Date;Description;Amount", /* no evidence of sign */
        "Account;Date;Amount",
        "start_time;end_time;start_time_iso;end_time_iso;n_requests",
        "start_time;end_time",
        "1;2;3",
        "",
    };

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(headers); i++) {
        struct format_case c;

        assert_int_equal(case_open(&c, headers[i], NULL), RECOGNISED_NOT_YET);
        assert_null(c.error);
        case_close(&c);
    }
}

static void assert_refused(const char *header, const char *message)
{
    struct format_case c;

    assert_int_equal(case_open(&c, header, NULL), RECOGNISED_FAILED);
    assert_non_null(c.error);
    if (!strstr(c.error->message, message))
        fail_msg("expected %s\n     got %s", message, c.error->message);
    case_close(&c);
}

static void a_header_without_a_needed_column_says_which(void **state)
{
    (void)state;
    assert_refused("paid_at;organization_id;invoice_number;credit_amount;total_amount;currency",
                   "the header lacks the column \"status\", which format trueup-payments needs");
    assert_refused(HEAD_COST "project_name",
                   "the header lacks the column \"organization_id\", which format platform-cost "
                   "needs\nhint: --org ID");
}

static void the_organization_may_be_stated_instead_of_a_column(void **state)
{
    const struct mapping_options options = {.organization_id = "org-A"};
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "platform-cost", HEAD_COST "project_name", &options);
    assert_true(case_read(&c, "1734739200;1734825600;1.5;usd;;proj_a;A", &fact));
    assert_text(fact.cost.organization_id, "org-A");
    case_close(&c);
}

static void a_doubled_column_is_refused(void **state)
{
    (void)state;
    assert_refused(HEAD_COST "organization_id;Amount_Value",
                   "column \"Amount_Value\" stands twice in the header, as column 3 and column 8");
}

static void a_tie_names_both_formats(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FormatSet) set = g_new0(struct format_set, 1);
    struct format_case c;
    struct mapping *mapping = NULL;

    (void)state;
    set->formats = g_ptr_array_new_with_free_func((GDestroyNotify)format_free);
    g_ptr_array_add(set->formats, parse(CARD "charge = positive\n", NULL));
    g_ptr_array_add(set->formats, parse(CARD "charge = negative\n", NULL));
    case_open(&c, "Date;Amount;Name", NULL);
    assert_int_equal(format_recognise(set, &c.record, NULL, &mapping, &error), RECOGNISED_FAILED);
    assert_string_equal(error->message, "the header fits several formats equally: x, x");
    case_close(&c);
}

static void an_unknown_header_is_shown_with_the_nearest_formats(void **state)
{
    struct format_case c;

    (void)state;
    case_open(&c, "Transaction Date;Post Date;Description;Amount;4111111111111111\x1b[2J", NULL);
    format_unrecognised(c.set, &c.record, &c.error);
    assert_string_equal(
        c.error->message,
        "has no header that is known; its first record is: Transaction Date,Post Date,Description,"
        "Amount,****1111<U+001B>[2J\n"
        "hint: the nearest format is chase-card, which also needs \"Type\"; then chase-card-2018, "
        "which also needs \"Trans Date\", \"Type\"");
    g_clear_error(&c.error);
    case_record(&c, "account;notes");
    format_unrecognised(c.set, &c.record, &c.error);
    assert_non_null(strstr(c.error->message, "trueup-accounts, which takes no column \"notes\""));
    g_clear_error(&c.error);
    format_unrecognised(c.set, NULL, &c.error);
    assert_non_null(strstr(c.error->message, "holds no record"));
    case_close(&c);
}

static void unknown_columns_are_noted_once(void **state)
{
    struct format_case c;
    struct fact fact;

    (void)state;
    case_open_as(&c, "platform-cost", HEAD_COST "organization_id;shade;hue", NULL);
    assert_true(case_read(&c, "1734739200;1734825600;;;;;;;", &fact));
    assert_true(case_read(&c, "1734739200;1734825600;;;;;;;", &fact));
    assert_int_equal(c.notes->len, 1);
    assert_string_equal(c.notes->pdata[0],
                        "columns \"shade\", \"hue\" are not known to format platform-cost and not "
                        "read");
    case_close(&c);
}

static void a_file_name_gives_the_last_four_digits(void **state)
{
    struct format_case c;
    char last4[5] = "";

    (void)state;
    case_open_as(&c, "chase-card", "Transaction Date;Post Date;Description;Type;Amount", NULL);
    const struct format *format = mapping_format(c.mapping);
    assert_true(format_file_last4(format, "Chase1234_Activity20260103_20260202.CSV", last4));
    assert_string_equal(last4, "1234");
    assert_true(format_file_last4(format, "chase0042_activity.csv", last4));
    assert_string_equal(last4, "0042");
    assert_false(format_file_last4(format, "Chase12345_Activity.csv", last4));
    assert_false(format_file_last4(format, "Chase_Activity20260103.csv", last4));
    assert_false(format_file_last4(format, "statement1234_.csv", last4));
    case_close(&c);
}

/* Every column of a template must be one that its own format reads, and its header recognised. */
static void every_template_is_recognised_as_its_format(void **state)
{
    struct format_case probe;
    guint templates = 0;

    (void)state;
    case_open(&probe, "x", NULL);
    for (guint i = 0; format_set_nth(probe.set, i); i++) {
        const char *line = format_template(format_set_nth(probe.set, i));
        struct format_case c;

        if (!line)
            continue;
        g_autofree char *header = g_strstrip(g_strdup(line));
        g_strdelimit(header, ",", ';');
        case_open_as(&c, format_name(format_set_nth(probe.set, i)), header, NULL);
        assert_null(c.mapping->unknown_columns);
        case_close(&c);
        templates++;
    }
    assert_int_equal(templates, 12);
    case_close(&probe);
}

static void what_a_format_assumes_is_a_sentence(void **state)
{
    const struct mapping_options options = {.zone = "Europe/Berlin"};
    struct format_case c;

    (void)state;
    case_open_as(&c, "chase-card", "Transaction Date;Post Date;Description;Type;Amount", NULL);
    g_autofree char *chase = mapping_assumptions(c.mapping);
    assert_string_equal(chase, "format chase-card: a charge is negative, dates are MM/DD/YYYY, "
                               "amounts are USD, times are America/New_York unless the accounts "
                               "table says otherwise");
    case_close(&c);
    case_open_as(&c, "chase-card", "Transaction Date;Post Date;Description;Type;Amount", &options);
    g_autofree char *stated = mapping_assumptions(c.mapping);
    assert_null(strstr(stated, "New_York"));
    case_close(&c);
    case_open_as(&c, "trueup-fx-rates", "date;base;quote;rate", NULL);
    assert_null(mapping_assumptions(c.mapping));
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_format_says_what_is_wrong_with_it),
        cmocka_unit_test(a_whole_format_is_taken),
        cmocka_unit_test(what_a_format_leaves_open_must_be_settled),
        cmocka_unit_test(every_header_is_recognised_as_its_own_format),
        cmocka_unit_test(headers_that_do_not_tell_enough_are_not_recognised),
        cmocka_unit_test(a_header_without_a_needed_column_says_which),
        cmocka_unit_test(the_organization_may_be_stated_instead_of_a_column),
        cmocka_unit_test(a_doubled_column_is_refused),
        cmocka_unit_test(a_tie_names_both_formats),
        cmocka_unit_test(an_unknown_header_is_shown_with_the_nearest_formats),
        cmocka_unit_test(unknown_columns_are_noted_once),
        cmocka_unit_test(a_file_name_gives_the_last_four_digits),
        cmocka_unit_test(every_template_is_recognised_as_its_format),
        cmocka_unit_test(what_a_format_assumes_is_a_sentence),
    };

    g_setenv("TRUEUP_HOME", "/nonexistent", TRUE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
