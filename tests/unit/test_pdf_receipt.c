/*
 * Tests of pdf_receipt.h and rules/receipts.rules: the table that is made of a document's text.
 */
#include "core/error.h"
#include "import/pdf_receipt.h"
#include "test.h"

/* The record of the table: its cells, parted by bars; the error where there is none. */
static char *record_of(const char *printed, const char *drawn)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(ReceiptRules) rules = receipt_rules_load(NULL);
    g_autofree char *table = pdf_receipt_table(rules, printed, drawn, &error);
    g_auto(GStrv) lines = table ? g_strsplit(table, "\n", -1) : NULL;
    g_autoptr(GString) record = g_string_new(NULL);

    if (!table) {
        assert_true(g_error_matches(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT));
        return g_strndup(error->message, strcspn(error->message, "\n"));
    }
    assert_int_equal(g_strv_length(lines), 3);
    g_string_append_len(record, lines[1] + 1, (gssize)strlen(lines[1]) - 2);
    g_string_replace(record, "\",\"", "|", 0);
    return g_string_free(g_steal_pointer(&record), FALSE);
}

static void assert_record(const char *text, const char *expected)
{
    g_autofree char *record = record_of(text, NULL);

    assert_string_equal(record, expected);
}

#define ITEM "Description Qty Unit price Amount OpenAI API usage credit 1 $30.00 $30.00 "

static void running_text_of_an_invoice_left_to_the_buyer_s_tax_is_read(void **state)
{
    (void)state;
    assert_record(
        "Invoice  Invoice number   7QK2M9XB  0001  Date of issue   March 26, 2026 Date due   "
        "March 26, 2026 OpenAI VAT   EU000000000\nOpenAI OpCo, LLC  1 Example Street\n"
        "Bill to  Example GmbH  Ship to  Example GmbH  $10.00 USD due March 26, 2026  Pay online\n"
        "Description   Qty   Unit price   Tax   Amount  OpenAI API usage credit   1   $10.00   0%  "
        " $10.00\nSubtotal   $10.00 Total   $10.00  Amount due   $10.00 USD   Tax to be paid on "
        "reverse charge basis\n",
        "invoice|7QK2M9XB-0001||March 26, 2026||OpenAI OpCo, LLC|OpenAI API usage credit|$10.00||"
        "0.00|0|reverse charge|$10.00||$10.00|USD||Example GmbH");
}

static void a_tax_has_its_amount_rate_and_name(void **state)
{
    (void)state;
    assert_record(
        "Receipt\nInvoice number 7QK2M9XB-0002\nReceipt number 2843-0152\nDate paid 26 March 2026\n"
        "Payment method Visa - 4242\n" ITEM "\n\n"
        "    Subtotal              $30.00\n    Total excluding tax   $30.00\n"
        "    VAT - Turkey (20% on $30.00)  $6.00\n    Total   $36.00\n  Amount paid   $36.00\n",
        "receipt|7QK2M9XB-0002|2843-0152||26 March 2026||OpenAI API usage credit|$30.00|$30.00|"
        "6.00|20|VAT - Turkey|$36.00|$36.00||USD|Visa - 4242|");
}

static const struct {
    const char *line, *cells; /* amount, rate, name */
} taxes[] = {
    {"VAT (18%) $4.50", "4.50|18|VAT"},
    {"VAT 18% $4.50", "4.50|18|VAT"},
    {"VAT - Turkey 18% $4.50", "4.50|18|VAT - Turkey"},
    {"Sales tax $4.50", "4.50||Sales tax"},
    {"Tax: $4.50", "4.50||Tax"},
    {"JCT - Japan (18% on $25.00)     $4.50", "4.50|18|JCT - Japan"},
    {"Total excluding tax $25.00\nTax (18% on $25.00) $4.50", "4.50|18|Tax"},
};

static void a_line_of_tax_has_many_shapes(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(taxes); i++) {
        g_autofree char *text = g_strdup_printf(
            "Receipt\nInvoice #7QK2M9XB-0002\nReceipt #2843-0152\n"
            "AMOUNT PAID    DATE PAID         PAYMENT METHOD\n"
            "$29.50         March 26, 2026    Visa - 4242\nSubtotal: $25.00\n%s\nTotal: $29.50\n",
            taxes[i].line);
        g_autofree char *record = record_of(text, NULL);
        g_auto(GStrv) cells = g_strsplit(record, "|", -1);
        g_autofree char *found =
            cells[10] ? g_strjoin("|", cells[9], cells[10], cells[11], NULL) : g_strdup(record);

        assert_string_equal(found, taxes[i].cells);
        assert_string_equal(cells[4], "March 26, 2026");
    }
}

static void several_taxes_are_added_up(void **state)
{
    (void)state;
    assert_record("Receipt Receipt number 2843-0152 Date paid March 26, 2026 " ITEM
                  "Subtotal $1,040.00 GST - Canada (5% on $1,040.00) $52.00 "
                  "QST - Quebec (9.975% on $1,040.00) $103.74 Total $1,195.74 "
                  "Amount paid $1,195.74",
                  "receipt||2843-0152||March 26, 2026||OpenAI API usage credit|$1,040.00||155.74||"
                  "GST - Canada + QST - Quebec|$1,195.74|$1,195.74||USD||");
}

static void what_stands_between_the_halves_of_a_number_does_not_matter(void **state)
{
    static const char *const joints[] = {"-",      " ",      "  ",     "",       "\u2011", "\u2010",
                                         "\u2013", "\u2212", "\u00AD", "\u00A0", " - ",    "\n"};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(joints); i++) {
        g_autofree char *text = g_strdup_printf(
            "Receipt Invoice number 7QK2M9XB%s0001 Receipt number 2843%s0152 Date paid March 26, "
            "2026 Total $5.05 Amount paid $5.05",
            joints[i], joints[i]);

        assert_record(text, "receipt|7QK2M9XB-0001|2843-0152||March 26, 2026|||||0.00|||$5.05|"
                            "$5.05||USD||");
    }
}

static void a_column_s_heading_finds_the_words_under_it(void **state)
{
    (void)state;
    assert_record("Receipt\n\nReceipt number   2843-0152\nDate paid        March 26, 2026\n\n"
                  "OpenAI, LLC          Bill to                Ship to\n"
                  "1 Example Street     Example & Sons, Inc.   Other Example\n"
                  "Total   $5.05\n",
                  "receipt||2843-0152||March 26, 2026|OpenAI, LLC||||0.00|||$5.05|||USD||"
                  "Example & Sons, Inc.");
}

static void the_currency_is_the_sum_s_whatever_else_is_charged(void **state)
{
    (void)state;
    assert_record(
        "Invoice\nInvoice number 7QK2M9XB-0001\nDate of issue March 26, 2026\n"
        "Total   €5.05\nAmount due  €5.05 EUR\nCharged $5.50 USD using 1 EUR = 1.09 USD\n",
        "invoice|7QK2M9XB-0001||March 26, 2026||||||0.00|||€5.05||€5.05|EUR||");
    assert_record("Invoice\nInvoice number 7QK2M9XB-0001\nDate of issue March 26, 2026\n"
                  "Total   £5.05\nCharged $5.50 using 1 GBP = 1.09 USD\n",
                  "invoice|7QK2M9XB-0001||March 26, 2026||||||0.00|||£5.05|||GBP||");
}

static void the_page_as_drawn_tells_what_the_printed_one_does_not(void **state)
{
    g_autofree char *record =
        record_of("Receipt\nReceipt number      Date paid\n2843-0152           March 26, 2026\n"
                  "Total $5.05\n",
                  "Receipt\nReceipt number\n2843-0152\nDate paid\nMarch 26, 2026\nTotal\n$5.05\n");

    (void)state;
    assert_string_equal(record, "receipt||2843-0152||March 26, 2026|||||0.00|||$5.05|||USD||");
}

static const struct {
    const char *text, *why;
} refused[] = {
    {"Soup 6.50\nDiscount -2.00\nTotal $6.50",
     "is a PDF, but neither a receipt nor an invoice that the rules know"},
    {"Receipt\nDate paid March 26, 2026\nTotal $5.00",
     "is a PDF of a receipt in which no number was found"},
    {"Invoice\nInvoice number 7QK2M9XB-0001\nDate of issue March 26, 2026\nTotal -$5.00",
     "is a PDF of an invoice in which no total was found"},
    {"Invoice\nInvoice number 7QK2M9XB-0001\nTotal $5.00",
     "is a PDF of an invoice in which no date was found"},
    {"Invoice\nInvoice number 7QK2M9XB-0001\nDate of issue March 26, 2026\nTotal CA$5.00",
     "is a PDF of an invoice in which no total was found"},
    {"Invoice\nInvoice number 7QK2M9XB-0001\nDate of issue March 26, 2026\nTotal $5.00\n"
     "Invoice\nInvoice number 7QK2M9XB-0002\nDate of issue March 26, 2026\nTotal $5.00",
     "is a PDF with two different values of invoice-number, \"7QK2M9XB-0001\" and "
     "\"7QK2M9XB-0002\""},
    {"Invoice\nInvoice number 7QK2M9XB-0001\nDate of issue March 26, 2026\nTotal $5.00\nTotal "
     "$6.00",
     "is a PDF with two different values of total, \"$5.00\" and \"$6.00\""},
    {"Credit note\nInvoice number 7QK2M9XB-0001\nDate of issue March 26, 2026\nTotal $5.00",
     "is a PDF that the rule \"credit-note\" refuses: such documents are not read"},
    {"Receipt\nReceipt number 2843-0152\nRefunded on March 28, 2026\nTotal $5.00",
     "is a PDF that the rule \"refund\" refuses: such documents are not read"},
    {"Receipt\nReceipt number 2843-0152\nDiscount (10% off)   -$5.00\nTotal $5.00",
     "is a PDF that the rule \"discount\" refuses: such documents are not read"},
    {"Receipt\nReceipt number 2843-0152\nVAT (19% incl.) $0.80\nTotal $5.00",
     "is a PDF that the rule \"tax-within-prices\" refuses: such documents are not read"},
};

static void what_would_be_read_wrong_is_refused_with_its_reason(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(refused); i++)
        assert_record(refused[i].text, refused[i].why);
}

static const struct {
    const char *rules, *why;
} wrong[] = {
    {"# a comment\n\nbill price (x)", "x.rules:3: \"price\" is not a field of a receipt"},
    {"Bill total (x)", "x.rules:1: is not a rule"},
    {"bill total", "x.rules:1: is not a rule"},
    {"bill total x", "x.rules:1: the pattern of the rule \"bill\" has no group"},
    {"bill total (x", "x.rules:1: the pattern \"(x\" is wrong at its character"},
    {"bill total@above x", "x.rules:1: \"total\" is not a field of a receipt"},
};

static void a_wrong_rule_is_named_by_its_line(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;

        assert_null(receipt_rules_parse("x.rules", wrong[i].rules, strlen(wrong[i].rules), &error));
        if (!g_str_has_prefix(error->message, wrong[i].why))
            fail_msg("%s", error->message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(running_text_of_an_invoice_left_to_the_buyer_s_tax_is_read),
        cmocka_unit_test(a_tax_has_its_amount_rate_and_name),
        cmocka_unit_test(a_line_of_tax_has_many_shapes),
        cmocka_unit_test(several_taxes_are_added_up),
        cmocka_unit_test(what_stands_between_the_halves_of_a_number_does_not_matter),
        cmocka_unit_test(a_column_s_heading_finds_the_words_under_it),
        cmocka_unit_test(the_currency_is_the_sum_s_whatever_else_is_charged),
        cmocka_unit_test(the_page_as_drawn_tells_what_the_printed_one_does_not),
        cmocka_unit_test(what_would_be_read_wrong_is_refused_with_its_reason),
        cmocka_unit_test(a_wrong_rule_is_named_by_its_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
