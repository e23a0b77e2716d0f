/* The language of card formats: each key on a statement of its own. */
#include "format_case.h"

#define BASE "match = Date | Name\ndate = Date\ntext = Name\n"
#define EUR  "currency = const: EUR\n"

static void open_card(struct format_case *c, const char *ini, const char *header)
{
    if (case_open_ini(c, ini, header, NULL) != RECOGNISED_HEADER)
        fail_msg("%s", c->error ? c->error->message : "not recognised");
}

/* The amount of one record in cents. */
static void assert_cents(struct format_case *c, const char *line, int64_t cents)
{
    struct fact fact;

    if (!case_read(c, line, &fact))
        fail_msg("%s: %s", line, (char *)c->problems->pdata[0]);
    assert_false(fact.skipped);
    if (fact.card.amount.nanos != cents * 10000000)
        fail_msg("%s: %" G_GINT64_FORMAT, line, fact.card.amount.nanos);
}

static void assert_skipped(struct format_case *c, const char *line)
{
    struct fact fact;

    assert_true(case_read(c, line, &fact));
    assert_true(fact.skipped);
}

static void assert_refused(const char *ini, const char *header,
                           const struct mapping_options *options, const char *message)
{
    struct format_case c;

    assert_int_equal(case_open_ini(&c, ini, header, options), RECOGNISED_FAILED);
    if (!strstr(c.error->message, message))
        fail_msg("expected %s\n     got %s", message, c.error->message);
    case_close(&c);
}

static void a_stem_fits_a_name_with_any_bracketed_suffix(void **state)
{
    static const char ini[] = "match = Date | Name | Amount (*)\ndate = Date\ntext = Name\n"
                              "amount = Amount (*)\ncharge = positive\ncurrency = header-suffix\n";
    static const struct {
        const char *header, *currency;
    } cases[] = {{"Date;Name;Amount (GBP)", "GBP"},
                 {"Date;Name;amount(sgd);Balance (SGD)", NULL},
                 {"Date;Name;Amount(SGD);Balance (SGD)", "SGD"},
                 {"Date;Name;Amount (€)", "EUR"},
                 {"Date;Name;Amount [£]", "GBP"},
                 {"Date;Name;Amount（円）", "JPY"},
                 {"Date;Name;Amount (USD $)", "USD"},
                 {"Date;Name;Amount (EUR);Amount (foreign currency)", "EUR"}};
    struct format_case c;
    struct fact fact;

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        if (!cases[i].currency) {
            assert_refused(ini, cases[i].header, NULL, "does not tell the currency");
            continue;
        }
        open_card(&c, ini, cases[i].header);
        assert_true(
            case_read(&c, i == 2 || i == 7 ? "2026-03-01;x;12.00;" : "2026-03-01;x;12.00", &fact));
        assert_string_equal(fact.card.amount.currency, cases[i].currency);
        assert_null(strstr(c.mapping->unknown_columns ? c.mapping->unknown_columns : "", "GBP"));
        case_close(&c);
    }
    assert_int_equal(case_open_ini(&c, ini, "Date;Name;Amount", NULL), RECOGNISED_NOT_YET);
    case_close(&c);
    assert_int_equal(case_open_ini(&c, ini, "Date;Name;Amounts (GBP)", NULL), RECOGNISED_NOT_YET);
    case_close(&c);
    assert_refused(ini, "Date;Name;Amount (A);Amount (B)", NULL,
                   "columns \"Amount (A)\" and \"Amount (B)\" of the header both fit one name");
}

static void a_dollar_sign_in_a_header_is_no_currency_unless_one_is_stated(void **state)
{
    static const char ini[] =
        BASE "amount = Amount (*) | Amount\ncharge = positive\ncurrency = header-suffix\n";
    const struct mapping_options dollars = {.currency = "CAD"};
    const struct mapping_options euros = {.currency = "EUR"};
    struct format_case c;
    struct fact fact;

    (void)state;
    assert_refused(ini, "Date;Name;Amount ($)", NULL,
                   "the name of column \"Amount ($)\" does not tell the currency of its amounts");
    assert_refused(ini, "Date;Name;Amount", NULL, "does not tell the currency");
    assert_refused(ini, "Date;Name;Amount ($)", &euros, "does not tell the currency");
    assert_refused(ini, "Date;Name;Amount (GBP)", &euros,
                   "--currency states EUR, and format x says GBP");
    assert_int_equal(case_open_ini(&c, ini, "Date;Name;Amount ($)", &dollars), RECOGNISED_HEADER);
    assert_true(case_read(&c, "2026-03-01;x;12.00", &fact));
    assert_string_equal(fact.card.amount.currency, "CAD");
    case_close(&c);
    assert_refused(BASE "debit = Out (*)\ncredit = In (*)\ncurrency = header-suffix\n",
                   "Date;Name;Out (GBP);In (EUR)", NULL,
                   "column \"In (EUR)\" is in EUR, and the amounts beside it are in GBP");
}

static void a_column_may_be_named_by_its_place(void **state)
{
    struct format_case c;
    struct fact fact;

    (void)state;
    open_card(&c, BASE EUR "amount = column 3\ncharge = column: column 4, out = (empty), in = CR\n",
              "Date;Name;;");
    assert_cents(&c, "2026-03-01;x;12.00;", 1200);
    assert_cents(&c, "2026-03-01;x;12.00;cr", -1200);
    case_bad(&c, "2026-03-01;x;12,00;", "column \"3\": \"12,00\" is not an amount");
    case_bad(&c, "2026-03-01;x;12.00;DR",
             "column \"4\": \"DR\" does not say whether money was taken or given back");
    assert_false(case_read(&c, "2026-03-01;x", &fact));
    case_close(&c);
    assert_refused(BASE EUR "amount = column 3\ncharge = positive\n", "Date;Name", NULL,
                   "the header lacks the column that format x reads as its amount");
}

static void a_doubled_name_is_refused_only_where_it_is_read(void **state)
{
    struct format_case c;

    (void)state;
    open_card(&c, BASE EUR "amount = Amount\ncharge = positive\n", "Date;Name;Note;Amount;Note");
    assert_cents(&c, "2026-03-01;x;a;12.00;b", 1200);
    case_close(&c);
    open_card(&c, BASE EUR "amount = column 4\ncharge = positive\n", "Date;Name;Amount;Amount");
    assert_cents(&c, "2026-03-01;x;7;12.00", 1200);
    case_close(&c);
    assert_refused(BASE EUR "amount = Amount\ncharge = positive\n", "Date;Name;Amount;AMOUNT", NULL,
                   "column \"AMOUNT\" stands twice in the header, as column 3 and column 4");
}

static void every_shape_of_an_amount_has_one_reading(void **state)
{
    static const struct {
        const char *text;
        int64_t cents;
    } cases[] = {{"+ £1,100.00", 110000}, {"- £12.01", -1201},  {"(45.99)", -4599},
                 {"$(0.01)", -1},         {"-$7.39", -739},     {"$-42.55", -4255},
                 {"+ $73.01", 7301},      {"−45.99", -4599},    {"–45.99", -4599},
                 {"50.00-", -5000},       {"+50.00", 5000},     {"SGD 5000", 500000},
                 {"12.00 EUR", 1200},     {"1 234.50", 123450}, {"1'234.50", 123450},
                 {"1’234.50", 123450},    {"36.0000", 3600}};
    struct format_case c;

    (void)state;
    open_card(&c,
              BASE "currency = Cur\namount = Amount\ncharge = positive\n"
                   "thousands = , | space | '\n",
              "Date;Name;Amount;Cur");
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *currency = strstr(cases[i].text, "£")     ? "GBP"
                               : strstr(cases[i].text, "$")   ? "USD"
                               : strstr(cases[i].text, "SGD") ? "SGD"
                                                              : "EUR";
        g_autofree char *line = g_strdup_printf("2026-03-01;x;%s;%s", cases[i].text, currency);
        assert_cents(&c, line, cases[i].cents);
    }
    case_bad(&c, "2026-03-01;x;1,234,5;EUR",
             "column \"Amount\": \"1,234,5\" does not group its thousands by three digits");
    case_close(&c);
    open_card(&c, BASE EUR "amount = Amount\ncharge = positive\n", "Date;Name;Amount");
    case_bad(&c, "2026-03-01;x;1,234",
             "column \"Amount\": \"1,234\" groups thousands with ',', which is not declared here");
    case_close(&c);
}

static void cr_and_dr_are_signs_by_themselves(void **state)
{
    static const char *const signs[] = {"positive", "negative"};
    struct format_case c;

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(signs); i++) {
        g_autofree char *ini =
            g_strconcat(BASE EUR "amount = Amount\ncharge = ", signs[i], "\n", NULL);
        open_card(&c, ini, "Date;Name;Amount");
        assert_cents(&c, "2026-03-01;x;12.00 CR", -1200);
        assert_cents(&c, "2026-03-01;x;12.00DR", 1200);
        assert_cents(&c, "2026-03-01;x;-12.00", i == 0 ? -1200 : 1200);
        case_bad(&c, "2026-03-01;x;-12.00 CR",
                 "column \"Amount\": \"-12.00 CR\" has more than one sign");
        case_bad(&c, "2026-03-01;x;(12.00) DR",
                 "column \"Amount\": \"(12.00) DR\" has more than one sign");
        case_close(&c);
    }
    open_card(&c, BASE EUR "debit = Out\ncredit = In\n", "Date;Name;Out;In");
    assert_cents(&c, "2026-03-01;x;12.00 DR;", 1200);
    assert_cents(&c, "2026-03-01;x;;12.00 CR", -1200);
    case_bad(&c, "2026-03-01;x;12.00 CR;",
             "column \"Out\": \"12.00 CR\" has the sign of the other direction");
    case_close(&c);
    open_card(&c, BASE EUR "amount = Amount\ncharge = column: Way, out = D, in = C\n",
              "Date;Name;Amount;Way");
    assert_cents(&c, "2026-03-01;x;12.00 CR;C", -1200);
    case_bad(&c, "2026-03-01;x;12.00 DR;C",
             "column \"Amount\": \"12.00 DR\" has the sign of the other direction");
    case_close(&c);
}

static void rows_that_move_nothing_are_skipped_by_their_word(void **state)
{
    struct format_case c;

    (void)state;
    open_card(&c,
              BASE EUR "amount = Amount\n"
                       "charge = column: Way, out = OUT | Debit*, in = IN, skip = NEUTRAL | Memo\n",
              "Date;Name;Amount;Way");
    assert_cents(&c, "2026-03-01;x;12.00;out", 1200);
    assert_cents(&c, "2026-03-01;x;12.00;Debit card", 1200);
    assert_cents(&c, "2026-03-01;x;12.00;IN", -1200);
    assert_skipped(&c, "2026-03-01;x;12.00;neutral");
    case_bad(&c, "2026-03-01;x;-12.00;OUT",
             "column \"Amount\": \"-12.00\" is negative although the row says that money was "
             "taken");
    case_close(&c);
}

static void the_filled_column_of_two_tells_the_direction(void **state)
{
    struct format_case c;
    gint64 line;

    (void)state;
    open_card(&c, BASE EUR "debit = Out\ncredit = In\n", "Date;Name;Out;In");
    assert_cents(&c, "2026-03-01;x;-12.00;", 1200);
    assert_cents(&c, "2026-03-01;x;0.00;5.00", -500);
    assert_cents(&c, "2026-03-01;x;-3.00;0", 300);
    assert_true(mapping_finish(c.mapping, TRUE, &line, &c.error));
    case_bad(&c, "2026-03-01;x;-1;2",
             "column \"In\": \"2\" stands beside an amount in the other direction");
    case_close(&c);
    open_card(&c, BASE EUR "debit = Out\ncredit = In\nsigned-split = yes\n", "Date;Name;Out;In");
    assert_cents(&c, "2026-03-01;x;12.00;", 1200);
    assert_cents(&c, "2026-03-01;x;-12.00;", -1200);
    assert_cents(&c, "2026-03-01;x;;-5.00", 500);
    assert_true(mapping_finish(c.mapping, TRUE, &line, &c.error));
    case_close(&c);
}

static void a_fee_that_the_amount_includes_is_taken_out_of_it(void **state)
{
    struct format_case c;
    struct fact fact;

    (void)state;
    open_card(&c,
              BASE EUR "amount = Total\ncharge = negative\nfee = Fee\nfee-currency = Cur\n"
                       "fee-in-amount = yes\n",
              "Date;Name;Total;Fee;Cur");
    assert_cents(&c, "2026-03-01;x;-134.76;1.00;EUR", 13376);
    assert_cents(&c, "2026-03-01;x;-134.76;;", 13476);
    assert_cents(&c, "2026-03-01;x;100.00;1.00;", -10100);
    assert_true(case_read(&c, "2026-03-01;x;-134.76;1.00;EUR", &fact));
    assert_int_equal(fact.card.fee.nanos, 1000000000);
    case_bad(&c, "2026-03-01;x;-134.76;1.00;USD",
             "column \"Fee\": \"1.00\" is part of the amount, and in another currency");
    assert_cents(&c, "2026-03-01;x;-134.76;-1.00;EUR", 13376); /* as the charge is printed */
    case_bad(&c, "2026-03-01;x;-1.00;1.01;EUR",
             "column \"Fee\": \"1.01\" is more than the amount that includes it");
    case_close(&c);
}

static void a_pending_word_may_stand_where_the_date_is(void **state)
{
    struct format_case c;
    struct fact fact;

    (void)state;
    open_card(&c,
              BASE EUR "posted = Posted\namount = Amount\ncharge = positive\nstatus = Status\n"
                       "pending = Varaus | Pending\n",
              "Date;Posted;Name;Amount;Status");
    assert_true(case_read(&c, "2026-03-01;VARAUS;x;1;posted", &fact));
    assert_int_equal(fact.card.state, CARD_PENDING);
    assert_true(fact.card.purchased.present);
    assert_false(fact.card.posted.present);
    assert_true(case_read(&c, "Pending;;x;1;posted", &fact));
    assert_int_equal(fact.card.state, CARD_PENDING);
    assert_false(fact.card.purchased.present);
    assert_false(fact.card.posted.present);
    case_bad(&c, "Soon;2026-03-01;x;1;posted",
             "column \"Date\": \"Soon\" is not a date like 2026-03-26 or a time like "
             "2026-03-26T18:04:11Z");
    assert_false(case_read(&c, "Pending;2026-03-01;x;1;failed", &fact));
    case_close(&c);
}

static void records_are_skipped_and_kept_by_words_and_globs(void **state)
{
    struct format_case c;

    (void)state;
    open_card(&c,
              BASE EUR "amount = Amount\ncharge = positive\n"
                       "skip-if = Name: Beginning balance* | Totals ; Amount: (empty)\n"
                       "keep-if = Kind | Type: Card* | (empty)\n",
              "Date;Name;Amount;Type");
    assert_cents(&c, "2026-03-01;x;12.00;CARD_PAYMENT", 1200);
    assert_cents(&c, "2026-03-01;x;12.00;", 1200);
    assert_skipped(&c, "2026-03-01;x;12.00;Transfer");
    assert_skipped(&c, "2026-03-01;x;;Card");
    assert_skipped(&c, "2026-03-01;beginning balance as of 01/01/2026;5;Card");
    case_close(&c);
    assert_refused(BASE EUR "amount = Amount\ncharge = positive\nskip-if = Kind: A\n",
                   "Date;Name;Amount", NULL,
                   "the header lacks the column that format x reads as its skip-if");
}

/* What the first records of a file are taken for; a record a line, ';' between cells. */
static enum recognition recognise_rows(const char *ini, const char *lines, GError **error)
{
    g_autofree char *text = g_strconcat("[format x]\nkind = card\ntitle = X\n", ini, NULL);
    g_auto(GStrv) split = g_strsplit(lines, "\n", -1);
    g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    g_autoptr(FormatSet) set = g_new0(struct format_set, 1);
    const struct format *format = NULL;

    set->formats = g_ptr_array_new_with_free_func((GDestroyNotify)format_free);
    g_ptr_array_add(set->formats, format_parse("formats/x.ini", text, strlen(text), error));
    assert_non_null(set->formats->pdata[0]);
    for (guint i = 0; split[i]; i++) {
        GStrv parts = g_strsplit(split[i], ";", -1);
        guint count = g_strv_length(parts);
        struct record *record = g_malloc0(sizeof(struct record) + count * sizeof(struct cell));
        struct cell *cells = (struct cell *)(record + 1);

        for (guint j = 0; j < count; j++)
            cells[j] = (struct cell){.text = parts[j], .len = strlen(parts[j])};
        *record = (struct record){.line = i + 1, .cells = cells, .count = count};
        g_ptr_array_add(kept, parts);
        g_ptr_array_add(records, record);
    }
    g_autoptr(GString) alike = g_string_new(NULL);

    return format_recognise_rows(set, records, &format, alike, error);
}

#define BARE                                                                                       \
    "match-columns = 4\ndate = column 1\namount = column 2\ntext = column 4\n"                     \
    "currency = const: EUR\ncharge = negative\ndate-format = dmy\n"

static void a_statement_without_a_header_is_known_when_every_record_fits(void **state)
{
    static const struct {
        const char *shape, *lines;
        gboolean fits;
    } cases[] = {
        {"date | amount | amount? | text", "26/03/2026;1.00;;x\n26.3.26;-1;5;y", TRUE},
        {"date | amount | amount? | text", "26/03/2026;1.00;;x\n26.3.26;-1;x;y", FALSE},
        {"date | amount | amount? | text", "26/03/2026;1.00;;x\n26/03/2026;;;y", FALSE},
        {"date | amount | amount? | text", "26/03/2026;1.00;;", FALSE},
        {"date | amount | amount? | text", "26/03/2026;1.00;;12", FALSE},
        {"date | amount | amount? | text", "03/26/2026;1.00;;x", FALSE},
        {"date | amount | amount? | text", "26/03/2026;1.00;;x;", FALSE},
        {"date | amount | amount? | text", "Pending;1.00;;x", TRUE},
        {"date | amount | empty | = OUT", "26/03/2026;1.00;;out", TRUE},
        {"date | amount | empty | = OUT", "26/03/2026;1.00;;in", FALSE},
        {"date | amount | empty | *", "26/03/2026;1.00;x;", FALSE},
        {"date | amount | empty | card", "26/03/2026;1.00;;4500********7927", TRUE},
        {"date | amount | empty | card", "26/03/2026;1.00;;45007927", FALSE},
        {"date | amount | empty | card", "26/03/2026;1.00;;coffee", FALSE},
        {"date | amount | empty | *\nonly-stated = yes", "26/03/2026;1.00;;x", FALSE},
        {"date | amount | empty | *\ncontinuation = yes", "26/03/2026;1.00;;x\n;;;more", TRUE},
        {"date | amount | empty | *\ncontinuation = yes", ";;;more\n26/03/2026;1.00;;x", FALSE},
        {"date | amount | empty | *\nstop-at = Total", "26/03/2026;1.00;;x\nTotals;1", TRUE},
        {"date | amount | empty | *\nstop-at = Total", "Totals;1", FALSE},
    };

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *ini = g_strconcat(BARE "shape = ", cases[i].shape, "\n", NULL);
        g_autoptr(GError) error = NULL;
        enum recognition got = recognise_rows(ini, cases[i].lines, &error);

        assert_null(error);
        if ((got == RECOGNISED_HEADER) != cases[i].fits)
            fail_msg("%s: %s", cases[i].shape, cases[i].lines);
    }
}

static void a_short_row_lacks_only_empty_cells_where_its_format_says_so(void **state)
{
    struct format_case c;

    (void)state;
    open_card(&c, BASE EUR "amount = Amount\ncharge = positive\nshort-rows = yes\n",
              "Date;Name;Amount;Note;More");
    assert_cents(&c, "2026-03-01;x;12.00", 1200);
    assert_cents(&c, "2026-03-01;x;12.00;a;b", 1200);
    case_bad(&c, "2026-03-01;x", "column \"Amount\" is empty");
    case_bad(&c, "2026-03-01;x;1;2;3;4", "has 6 fields where the header has 5");
    case_close(&c);
}

static void legs_and_fees_of_one_id_are_marked(void **state)
{
    struct format_case c;
    struct fact fact;

    (void)state;
    open_card(&c,
              BASE EUR "amount = Amount\ncharge = positive\nid = Id\njoin = yes\n"
                       "fee-if = Name: *Charges for*\n",
              "Date;Name;Amount;Id");
    assert_true(case_read(&c, "2026-03-01;x;12.00;CARD-1", &fact));
    assert_true(fact.card.is_leg);
    assert_false(fact.card.is_fee);
    assert_true(case_read(&c, "2026-03-01;Wise Charges for: CARD-1;0.10;CARD-1", &fact));
    assert_false(fact.card.is_leg);
    assert_true(fact.card.is_fee);
    assert_true(case_read(&c, "2026-03-01;x;12.00;", &fact));
    assert_false(fact.card.is_leg);
    case_close(&c);
}

/* Reads records and says what the running balance tells at the end. */
static void assert_balance(const char *ini, const char *header, const char *lines,
                           const char *expected)
{
    g_auto(GStrv) split = g_strsplit(lines, "\n", -1);
    struct format_case c;
    struct fact fact;
    gint64 line = 0;

    open_card(&c, ini, header);
    for (guint i = 0; split[i]; i++)
        assert_true(case_read(&c, split[i], &fact));
    g_autofree char *said = mapping_finish(c.mapping, TRUE, &line, &c.error)
                                ? mapping_assumptions(c.mapping)
                                : g_strdup(c.error->message);
    if (!strstr(said, expected))
        fail_msg("expected %s\n     got %s", expected, said);
    case_close(&c);
}

static void a_running_balance_proves_the_rows_or_names_the_line(void **state)
{
    static const char bank[] = BASE EUR "amount = Amount\ncharge = negative\nfee = Fee\n"
                                        "status = State\nskip-if = Name: Top*\n"
                                        "check = balance: Balance\n";
    static const char owed[] = BASE "currency = Cur\namount = Amount\ncharge = positive\n"
                                    "check = balance: Balance\n";
    static const char header[] = "Date;Name;Amount;Fee;State;Balance";

    (void)state;
    assert_balance(bank, header,
                   "2026-03-01;a;-1.00;0.25;posted;100.00\n2026-03-02;b;-2.00;0.25;posted;97.75\n"
                   "2026-03-02;c;-9.00;;pending;\n2026-03-02;Top-up;50.00;;posted;147.75\n"
                   "2026-03-03;d;-1.00;;posted;\n2026-03-04;e;-1.00;;posted;145.75",
                   "the running balance proves 2 steps");
    assert_balance(bank, header,
                   "2026-03-04;e;-1.00;;posted;145.75\n2026-03-03;d;-1.00;;posted;\n"
                   "2026-03-02;c;-2.00;;posted;147.75",
                   "the running balance proves 1 step");
    assert_balance(bank, header,
                   "2026-03-01;a;-1.00;;posted;100.00\n2026-03-02;b;-2.00;;posted;98.00\n"
                   "2026-03-03;c;-3.00;;posted;95.00\n2026-03-04;d;-4.00;;posted;90.00",
                   "column \"Balance\" is not the balance before it");
    assert_balance(bank, header, "2026-03-01;a;-1.00;;posted;100.00",
                   "the running balance proves nothing");
    assert_balance(owed, "Date;Name;Amount;Cur;Balance",
                   "2026-03-01;a;1.00;EUR;100.00\n2026-03-01;a;5.00;USD;5.00\n"
                   "2026-03-02;b;2.00;EUR;102.00\n2026-03-02;b;-1.00;USD;4.00",
                   "the running balance proves 2 steps");
    assert_balance(BASE EUR "debit = Out\ncredit = In\ncheck = balance: Balance\n",
                   "Date;Name;Out;In;Balance",
                   "2026-03-01;a;1.00;;100.00\n2026-03-01;a;;5.00;105.00",
                   "the running balance proves 1 step");
}

static void what_a_row_says_in_words_must_not_contradict_its_sign(void **state)
{
    struct format_case c;

    (void)state;
    open_card(&c,
              BASE EUR "amount = Sum\ncharge = negative\n"
                       "out-if = Way: DEBIT\nin-if = Way: CREDIT\n",
              "Date;Name;Sum;Way");
    assert_cents(&c, "2026-03-01;x;-5.00;DEBIT", 500);
    assert_cents(&c, "2026-03-01;x;5.00;CREDIT", -500);
    assert_cents(&c, "2026-03-01;x;5.00;FEE", -500);
    case_bad(&c, "2026-03-01;x;5.00;DEBIT",
             "column \"Sum\": \"5.00\" has the sign of money given back, in a row of money taken");
    case_bad(&c, "2026-03-01;x;-5.00;CREDIT",
             "column \"Sum\": \"-5.00\" has the sign of money taken, in a row of money given back");
    case_close(&c);
}

static void a_currency_that_nobody_reads_must_not_contradict_the_formats(void **state)
{
    struct format_case c;

    (void)state;
    open_card(&c, BASE EUR "amount = Sum\ncharge = negative\n", "Date;Name;Sum;Currency");
    assert_cents(&c, "2026-03-01;x;-5.00;EUR", 500);
    assert_cents(&c, "2026-03-01;x;-5.00;", 500);
    case_bad(
        &c, "2026-03-01;x;-5.00;usd",
        "column \"Currency\": \"usd\" is not the currency that the format takes all amounts to "
        "be in");
    case_close(&c);
    open_card(&c, BASE EUR "amount = Sum\ncharge = negative\nunread = Currency\n",
              "Date;Name;Sum;Currency");
    assert_cents(&c, "2026-03-01;x;-5.00;usd", 500);
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stem_fits_a_name_with_any_bracketed_suffix),
        cmocka_unit_test(a_dollar_sign_in_a_header_is_no_currency_unless_one_is_stated),
        cmocka_unit_test(a_column_may_be_named_by_its_place),
        cmocka_unit_test(a_doubled_name_is_refused_only_where_it_is_read),
        cmocka_unit_test(every_shape_of_an_amount_has_one_reading),
        cmocka_unit_test(cr_and_dr_are_signs_by_themselves),
        cmocka_unit_test(rows_that_move_nothing_are_skipped_by_their_word),
        cmocka_unit_test(the_filled_column_of_two_tells_the_direction),
        cmocka_unit_test(a_fee_that_the_amount_includes_is_taken_out_of_it),
        cmocka_unit_test(a_pending_word_may_stand_where_the_date_is),
        cmocka_unit_test(records_are_skipped_and_kept_by_words_and_globs),
        cmocka_unit_test(a_statement_without_a_header_is_known_when_every_record_fits),
        cmocka_unit_test(a_short_row_lacks_only_empty_cells_where_its_format_says_so),
        cmocka_unit_test(legs_and_fees_of_one_id_are_marked),
        cmocka_unit_test(a_running_balance_proves_the_rows_or_names_the_line),
        cmocka_unit_test(what_a_row_says_in_words_must_not_contradict_its_sign),
        cmocka_unit_test(a_currency_that_nobody_reads_must_not_contradict_the_formats),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
