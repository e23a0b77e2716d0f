/* Unknown statements: what is found in each, how surely, and what is left open. */
#include "import/guess.h"
#include "test.h"
#include <glib/gstdio.h>

/* "date order dmy proved; charge open" of a statement's money. Free it. */
static char *found_in(const char *text, gssize len, const struct import_options *options)
{
    static const struct import_options none;
    g_autofree char *folder = g_dir_make_tmp("trueup-guess-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "x.csv", NULL);
    g_autoptr(GError) error = NULL;
    GString *found = g_string_new(NULL);
    gboolean is_near = FALSE;

    assert_true(g_file_set_contents(path, text, len, NULL));
    g_autoptr(Guess) guess = guess_file(path, options ? options : &none, &is_near, &error);
    g_unlink(path);
    g_rmdir(folder);
    if (!guess)
        g_string_append(found, is_near ? error->message : "no statement");
    for (guint i = 0; guess && i < guess_findings(guess)->len; i++) {
        const struct finding *f = &g_array_index(guess_findings(guess), struct finding, i);

        if (f->shapes_money)
            g_string_append_printf(found, "%s%s%s%s %s", found->len ? "; " : "", f->what,
                                   *f->value ? " " : "", f->value, grade_word(f->grade));
    }
    return g_string_free(found, FALSE);
}

struct example {
    const char *text, *found;
};

static void check(const struct example *examples, gsize count)
{
    for (gsize i = 0; i < count; i++) {
        g_autofree char *found = found_in(examples[i].text, -1, NULL);

        if (strcmp(found, examples[i].found) != 0)
            fail_msg("%s\nexpected %s\n     got %s", examples[i].text, examples[i].found, found);
    }
}

#define ISO   "dates iso proved; "
#define POINT "decimal mark . proved; "
#define EUR   "; currency EUR proved"

static void the_same_header_has_both_signs(void **state)
{
    static const struct example examples[] = {
        {"Date,Description,Amount "
         "(EUR)\n2026-01-01,A,-1.50\n2026-01-02,A,-1.50\n2026-01-03,A,-1.50\n"
         "2026-01-04,A,-1.50\n2026-01-05,A,-1.50\n2026-01-06,A,-1.50\n2026-01-07,A,-1.50\n"
         "2026-01-08,Refund A,1.50\n",
         ISO POINT "charge negative suggested" EUR},
        {"Date,Description,Amount (EUR)\n2026-01-01,A,1.50\n2026-01-02,A,1.50\n2026-01-03,A,1.50\n"
         "2026-01-04,A,1.50\n2026-01-05,A,1.50\n2026-01-06,A,1.50\n2026-01-07,A,1.50\n"
         "2026-01-08,PAYMENT THANK YOU,-9.50\n",
         ISO POINT "charge positive suggested" EUR},
        /* The refunds of somebody who takes payments look the same: left open. */
        {"Date,Description,Amount (EUR)\n2026-01-01,A,1.50\n2026-01-02,A,1.50\n2026-01-03,A,1.50\n"
         "2026-01-04,A,1.50\n2026-01-05,A,1.50\n2026-01-06,A,1.50\n2026-01-07,A,1.50\n"
         "2026-01-08,Refund A,-1.50\n",
         ISO POINT "charge open" EUR},
        /* One sign alone tells nothing. */
        {"Date,Description,Amount (EUR)\n2026-01-01,A,1.50\n2026-01-02,A,1.50\n2026-01-03,A,1.50\n"
         "2026-01-04,A,1.50\n2026-01-05,A,1.50\n2026-01-06,A,1.50\n2026-01-07,A,1.50\n"
         "2026-01-08,A,1.50\n",
         ISO POINT "charge open" EUR},
        {"Date,Description,Amount (EUR)\n2026-01-01,A,9.50\n2026-01-02,B,12.00CR\n",
         ISO POINT "charge positive proved" EUR},
    };

    (void)state;
    check(examples, G_N_ELEMENTS(examples));
}

static void a_running_balance_proves_the_sign_when_most_rows_agree(void **state)
{
    static const struct example examples[] = {
        {"Date,Description,Amount (EUR),Balance\n2026-01-01,A,-1.50,98.50\n"
         "2026-01-02,A,-8.50,90.00\n2026-01-03,B,20.00,110.00\n2026-01-04,A,-10.00,100.00\n",
         ISO POINT "charge negative proved" EUR},
        /* Newest first. */
        {"Date,Description,Amount (EUR),Balance\n2026-01-04,A,-10.00,100.00\n"
         "2026-01-03,B,20.00,110.00\n2026-01-02,A,-8.50,90.00\n2026-01-01,A,-1.50,98.50\n",
         ISO POINT "charge negative proved" EUR},
        /* What is owed rises with a charge, and may be called a balance too. */
        {"Date,Description,Amount (EUR),Balance\n2026-01-01,A,1.50,101.50\n"
         "2026-01-02,A,8.50,110.00\n2026-01-03,B,-20.00,90.00\n2026-01-04,A,10.00,100.00\n",
         ISO POINT "charge open" EUR},
        {"Date,Description,Amount (EUR),Outstanding Balance\n2026-01-01,A,1.50,101.50\n"
         "2026-01-02,A,8.50,110.00\n2026-01-03,B,-20.00,90.00\n2026-01-04,A,10.00,100.00\n",
         ISO POINT "charge positive proved" EUR},
        /* A break is no proof. */
        {"Date,Description,Amount (EUR),Balance\n2026-01-01,A,-1.50,98.50\n"
         "2026-01-02,A,-8.50,90.01\n2026-01-03,B,20.00,110.00\n2026-01-04,A,-10.00,100.00\n",
         ISO POINT "charge open" EUR},
    };

    (void)state;
    check(examples, G_N_ELEMENTS(examples));
}

static void directions_stand_in_two_columns_or_in_a_column_of_words(void **state)
{
    static const struct example examples[] = {
        {"Date,Description,Debit (EUR),Credit (EUR)\n2026-01-01,A,1.50,\n2026-01-02,B,,2.50\n",
         ISO POINT "charge two columns proved" EUR},
        {"Date,Description,Debit (EUR),Credit (EUR)\n2026-01-01,A,1.50,\n2026-01-02,B,,-2.50\n",
         ISO POINT "charge two columns proved" EUR},
        {"Date,Description,Debit (EUR),Credit (EUR)\n2026-01-01,A,-1.50,\n2026-01-02,B,,2.50\n",
         ISO POINT "charge two columns proved" EUR},
        {"Date,Description,Amount (EUR),Paid Out (EUR),Paid In (EUR)\n2026-01-01,A,-1.50,1.50,\n"
         "2026-01-02,B,2.50,,2.50\n",
         ISO POINT "charge two columns proved" EUR},
        {"Date,Description,Amount (EUR),Paid Out (EUR),Paid In (EUR)\n2026-01-01,A,-1.50,1.20,\n"
         "2026-01-02,B,2.50,,2.50\n",
         ISO POINT "charge open" EUR},
        {"Datum;Naam / Omschrijving;Af Bij;Bedrag "
         "(EUR)\n2026-01-01;A;Af;1,50\n2026-01-02;B;Bij;2,50\n",
         ISO "decimal mark , proved; charge \"Af Bij\" proved" EUR},
        {"Datum;Buchungstext;S/H;Betrag (EUR)\n2026-01-01;A;S;1,50\n2026-01-02;B;H;2,50\n",
         ISO "decimal mark , proved; charge \"S/H\" proved" EUR},
        {"Date,Description,DR/CR,Amount (EUR)\n2026-01-01,A,DR,-1.50\n2026-01-02,B,CR,2.50\n",
         ISO POINT "charge negative proved" EUR},
        /* A column of one word does not tell: it may be the kind of card. */
        {"Date,Description,Type,Amount (EUR)\n2026-01-01,A,Credit,1.50\n2026-01-02,B,Credit,2.50\n",
         ISO POINT "charge open" EUR},
        /* The directions contradict the signs. */
        {"Date,Description,DR/CR,Amount (EUR)\n2026-01-01,A,DR,-1.50\n2026-01-02,B,DR,2.50\n",
         ISO POINT "charge open" EUR},
    };

    (void)state;
    check(examples, G_N_ELEMENTS(examples));
}

#define HEAD  "Date,Post Date,Description,Debit (EUR),Credit (EUR)\n"
#define ROW   ",A,1.50,\n"
#define SPLIT "; " POINT "charge two columns proved" EUR

static void an_order_of_dates_is_proved_suggested_or_open(void **state)
{
    static const struct example examples[] = {
        {"Date,Description,Debit (EUR),Credit (EUR)\n13/02/2026" ROW "01/03/2026" ROW,
         "date order dmy proved" SPLIT},
        {"Date,Description,Debit (EUR),Credit (EUR)\n02/13/2026" ROW "03/01/2026" ROW,
         "date order mdy proved" SPLIT},
        {"Date,Description,Debit (EUR),Credit (EUR)\n02/03/2026" ROW "03/01/2026" ROW,
         "date order open" SPLIT},
        /* No order fits all. */
        {"Date,Description,Debit (EUR),Credit (EUR)\n02/13/2026" ROW "13/01/2026" ROW,
         "date order open" SPLIT},
        /* Rows in the order of time under one order, and mixed under the other. */
        {"Date,Description,Debit (EUR),Credit (EUR)\n07/01/2026" ROW "08/01/2026" ROW
         "02/02/2026" ROW "05/02/2026" ROW "03/03/2026" ROW "06/03/2026" ROW "04/04/2026" ROW
         "12/04/2026" ROW,
         "date order dmy suggested" SPLIT},
        /* In the order of time under both: a charge on the second of each month, or four days. */
        {"Date,Description,Debit (EUR),Credit (EUR)\n01/02/2026" ROW "02/02/2026" ROW
         "03/02/2026" ROW "04/02/2026" ROW "05/02/2026" ROW "06/02/2026" ROW "07/02/2026" ROW
         "08/02/2026" ROW,
         "date order open" SPLIT},
        /* Posted two days later, not two months. */
        {HEAD "04/03/2026,06/03/2026" ROW "01/02/2026,03/02/2026" ROW "07/05/2026,09/05/2026" ROW,
         "date order dmy suggested" SPLIT},
        {"Date,Description,Debit (EUR),Credit (EUR)\n14 Feb. 2026" ROW "01 Mar. 2026" ROW,
         "dates %d %b %Y proved" SPLIT},
        {"Date,Description,Debit (EUR),Credit (EUR)\n20260214" ROW, "dates %Y%m%d proved" SPLIT},
    };

    (void)state;
    check(examples, G_N_ELEMENTS(examples));
}

static void a_decimal_mark_is_decided_over_the_whole_file(void **state)
{
#define OUT(amount) "Date;Text;Debit (EUR);Credit (EUR)\n2026-01-01;A;" amount ";\n"
#define TWO         "charge two columns proved" EUR
    static const struct example examples[] = {
        {OUT("1.234,56"), ISO "decimal mark , proved; " TWO},
        {OUT("1,234.56"), ISO "decimal mark . proved; " TWO},
        {OUT("110.7"), ISO "decimal mark . proved; " TWO},
        {OUT("36,0000"), ISO "decimal mark , proved; " TWO},
        {OUT("1 234,56"), ISO "decimal mark , proved; " TWO},
        {OUT("1\xE2\x80\xAF"
             "234,56"),
         ISO "decimal mark , proved; " TWO},
        {OUT("1'234.56"), ISO "decimal mark . proved; " TWO},
        {OUT("\xE2\x88\x92"
             "45,99"),
         ISO "decimal mark , proved; " TWO},
        {OUT("($1.50)"), ISO "decimal mark . proved; " TWO},
        {OUT("1,234"), ISO "decimal mark open; " TWO},
        {OUT("1.234"), ISO "decimal mark open; " TWO},
        {OUT("1.234") "2026-01-02;A;1.234,5;\n", ISO "decimal mark , proved; " TWO},
        {OUT("1.5") "2026-01-02;A;1,5;\n", ISO "decimal mark open; " TWO},
        {OUT("50"), ISO "decimal mark either proved; " TWO},
    };

    (void)state;
    check(examples, G_N_ELEMENTS(examples));
}

static void a_currency_is_found_or_open(void **state)
{
#define OF(name, cell)                                                                             \
    "Date;Text;Debit" name ";Credit" name ";Currency\n2026-01-01;A;1.50" cell "\n"
#define UNTIL ISO POINT "charge two columns proved; "
    static const struct example examples[] = {
        {OF("", ";;USD"), UNTIL "currency by row proved"},
        {OF("", ";;"), UNTIL "currency open"},
        {OF(" (GBP)", ";;"), UNTIL "currency GBP proved"},
        {OF(" (\xE2\x82\xAC)", ";;"), UNTIL "currency EUR proved"},
        {OF("($)", ";;"), UNTIL "currency open"},
        {OF("", " EUR;;"), UNTIL "currency EUR proved"},
        {OF("", " \xC2\xA3;;"), UNTIL "currency GBP proved"},
        {OF("", "$;;"), UNTIL "currency open"},
    };

    (void)state;
    check(examples, G_N_ELEMENTS(examples));
}

static void what_stands_around_the_table_is_left_out(void **state)
{
    static const struct example examples[] = {
        {"Description,,Summary Amt.\nTotal credits,,\"5.00\"\n\nDate,Description,Debit (EUR),"
         "Credit (EUR)\n2026-01-01,A,1.50,\n2026-01-02,A,1.50,\nTotal,,3.00,\n",
         ISO POINT "charge two columns proved" EUR},
    };

    (void)state;
    check(examples, G_N_ELEMENTS(examples));
}

static void other_tables_are_no_statements(void **state)
{
    static const struct example examples[] = {
        {"date,project_id,amount,currency\n2026-01-01,p,1.50,USD\n", "no statement"},
        {"paid_at,organization_id,invoice_number,total_amount,currency\n2026-01-01,o,i,1.5,USD\n",
         "no statement"},
        {"name,age\nA,1\n", "no statement"},
        {"Date,Text,Amount,Total Amount,Currency\n2026-01-01,A,1.50,1.60,EUR\n",
         "\"Amount\" and \"Total Amount\" may each be the amount"},
        {"Date,Text,Amount,Amount in EUR,Currency\n2026-01-01,A,1.50,1.60,USD\n",
         "\"Amount\" and \"Amount in EUR\" may each be the amount"},
    };

    (void)state;
    check(examples, G_N_ELEMENTS(examples));
}

static void text_that_is_not_utf8_is_windows_1252(void **state)
{
    static const char text[] = "Dato;Tekst;Bel\xF8"
                               "b (DKK)\n2026-01-01;K\xF8"
                               "b;-1,50\n";
    struct import_options options = {.charge = "negative"};
    g_autofree char *found = found_in(text, sizeof text - 1, &options);

    (void)state;
    assert_string_equal(found,
                        ISO "decimal mark , proved; charge negative stated; currency DKK proved");
}

static void what_is_stated_is_taken(void **state)
{
    struct import_options options = {
        .charge = "positive", .currency = "USD", .date_order = "mdy", .decimal_mark = "."};
    g_autofree char *found =
        found_in("Date,Description,Amount\n01/02/2026,A,\"1,234\"\n", -1, &options);

    (void)state;
    assert_string_equal(found, "date order mdy stated; decimal mark . stated; charge positive "
                               "stated; currency USD stated");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_header_has_both_signs),
        cmocka_unit_test(a_running_balance_proves_the_sign_when_most_rows_agree),
        cmocka_unit_test(directions_stand_in_two_columns_or_in_a_column_of_words),
        cmocka_unit_test(an_order_of_dates_is_proved_suggested_or_open),
        cmocka_unit_test(a_decimal_mark_is_decided_over_the_whole_file),
        cmocka_unit_test(a_currency_is_found_or_open),
        cmocka_unit_test(what_stands_around_the_table_is_left_out),
        cmocka_unit_test(other_tables_are_no_statements),
        cmocka_unit_test(text_that_is_not_utf8_is_windows_1252),
        cmocka_unit_test(what_is_stated_is_taken),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
