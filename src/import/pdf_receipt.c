/*
 * pdf_receipt.c - see pdf_receipt.h.
 *
 * The page as printed is asked first. As drawn it is asked only for what is still missing: a name
 * in a column, a label whose value stands elsewhere in the line.
 */
#include "import/pdf_receipt.h"
#include "core/error.h"
#include "core/money.h"
#include "import/pdf_text.h"

/* The columns of the table, as formats/pdf-receipt.ini names them. */
static const struct {
    const char *name;
    enum receipt_field field;
} columns[] = {
    {"PDF document", FIELD_DOCUMENT},
    {"Invoice number", FIELD_INVOICE_NUMBER},
    {"Receipt number", FIELD_RECEIPT_NUMBER},
    {"Date of issue", FIELD_DATE_ISSUED},
    {"Date paid", FIELD_DATE_PAID},
    {"Seller", FIELD_SELLER},
    {"Description", FIELD_DESCRIPTION},
    {"Subtotal", FIELD_SUBTOTAL},
    {"Total excluding tax", FIELD_TOTAL_EXCLUDING_TAX},
    {"Tax", FIELD_TAX},
    {"Tax rate", FIELD_TAX_RATE},
    {"Tax name", FIELD_TAX_NAME},
    {"Total", FIELD_TOTAL},
    {"Amount paid", FIELD_AMOUNT_PAID},
    {"Amount due", FIELD_AMOUNT_DUE},
    {"Currency", FIELD_CURRENCY},
    {"Payment method", FIELD_PAYMENT_METHOD},
    {"Bill to", FIELD_BILL_TO},
};

static const char *value_of(const struct receipt_found *found, enum receipt_field field)
{
    const GPtrArray *values = found->values[field];

    return values->len > 0 ? g_ptr_array_index(values, 0) : "";
}

/* The taxes of a document added up, as a plain decimal; "0" when it has none. */
static char *tax_sum(const GPtrArray *taxes, GError **error)
{
    const struct number_style style = {.decimal_mark = '.', .thousands_marks = ","};
    int64_t sum = 0;

    for (guint i = 0; i < taxes->len; i++) {
        const char *text = g_ptr_array_index(taxes, i);
        int64_t nanos;

        if (!money_parse(&nanos, text, strlen(text), &style, NULL, error) ||
            !money_add(&sum, nanos, error)) {
            g_prefix_error(error, "is a PDF whose tax \"%s\" ", text);
            return NULL;
        }
    }
    return money_format(sum, 2);
}

/* Of several taxes there is no one rate; their names stand side by side. */
static void join_taxes(struct receipt_found *found)
{
    GPtrArray *names = found->values[FIELD_TAX_NAME];
    g_autoptr(GString) joined = g_string_new(NULL);

    if (found->values[FIELD_TAX]->len > 1)
        g_ptr_array_set_size(found->values[FIELD_TAX_RATE], 0);
    for (guint i = 0; i < names->len; i++)
        g_string_append_printf(joined, "%s%s", i > 0 ? " + " : "",
                               (char *)g_ptr_array_index(names, i));
    g_ptr_array_set_size(names, 0);
    if (joined->len > 0)
        g_ptr_array_add(names, g_strdup(joined->str));
}

/* What no receipt lacks. An invoice has a day of issue, a receipt one of payment. */
static const char *missing(const struct receipt_found *found)
{
    if (!*value_of(found, FIELD_INVOICE_NUMBER) && !*value_of(found, FIELD_RECEIPT_NUMBER))
        return "number";
    if (!*value_of(found, FIELD_DATE_ISSUED) && !*value_of(found, FIELD_DATE_PAID))
        return "date";
    if (!*value_of(found, FIELD_TOTAL))
        return "total";
    return *value_of(found, FIELD_CURRENCY) ? NULL : "currency";
}

static gboolean is_receipt(const struct receipt_found *found, GError **error)
{
    const char *lacks = missing(found);

    if (!*value_of(found, FIELD_DOCUMENT)) {
        g_set_error_literal(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                            "is a PDF, but neither a receipt nor an invoice that the rules know\n"
                            "hint: rules/receipts.rules says what is looked for; leave other PDFs "
                            "out of the folder");
        return FALSE;
    }
    if (lacks) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "is a PDF of %s %s in which no %s was found\n"
                    "hint: a layout that is not known needs a rule in rules/receipts.rules of "
                    "$TRUEUP_HOME; or enter it in a CSV (`trueup formats --template receipts`)",
                    g_str_equal(value_of(found, FIELD_DOCUMENT), "invoice") ? "an" : "a",
                    value_of(found, FIELD_DOCUMENT), lacks);
        return FALSE;
    }
    return TRUE;
}

static void append_cell(GString *table, const char *text)
{
    if (table->len > 0 && table->str[table->len - 1] != '\n')
        g_string_append_c(table, ',');
    g_string_append_c(table, '"');
    for (; *text; text++)
        g_string_append_printf(table, *text == '"' ? "\"%c" : "%c", *text);
    g_string_append_c(table, '"');
}

static char *table_text(const struct receipt_found *found, const char *tax)
{
    g_autoptr(GString) table = g_string_new(NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(columns); i++)
        append_cell(table, columns[i].name);
    g_string_append_c(table, '\n');
    for (gsize i = 0; i < G_N_ELEMENTS(columns); i++)
        append_cell(table, columns[i].field == FIELD_TAX ? tax : value_of(found, columns[i].field));
    g_string_append_c(table, '\n');
    return g_string_free(g_steal_pointer(&table), FALSE);
}

static char *found_table(struct receipt_found *found, GError **error)
{
    g_autofree char *tax = NULL;

    if (!is_receipt(found, error))
        return NULL;
    tax = tax_sum(found->values[FIELD_TAX], error);
    join_taxes(found);
    return tax ? table_text(found, tax) : NULL;
}

char *pdf_receipt_table(struct receipt_rules *rules, const char *printed, const char *drawn,
                        GError **error)
{
    g_auto(ReceiptFound) found = {0};

    if (!receipt_rules_read(rules, printed, &found, error) ||
        (drawn && !receipt_rules_read(rules, drawn, &found, error)))
        return NULL;
    return found_table(&found, error);
}

/* What is asked for a second time, of the page as drawn. */
static gboolean is_complete(const struct receipt_found *found)
{
    return *value_of(found, FIELD_DOCUMENT) && !missing(found) && *value_of(found, FIELD_SELLER) &&
           *value_of(found, FIELD_DESCRIPTION) && *value_of(found, FIELD_SUBTOTAL) &&
           *value_of(found, FIELD_BILL_TO);
}

char *pdf_receipt_read(const char *bytes, gsize len, char rules_digest[DIGEST_HEX_LEN + 1],
                       GError **error)
{
    g_autofree char *printed = pdf_text_read(bytes, len, PDF_AS_PRINTED, &pdf_limits, error);
    g_autoptr(ReceiptRules) rules = printed ? receipt_rules_load(error) : NULL;
    g_auto(ReceiptFound) found = {0};
    g_autofree char *drawn = NULL;

    if (!rules || !receipt_rules_read(rules, printed, &found, error))
        return NULL;
    g_strlcpy(rules_digest, receipt_rules_digest(rules), DIGEST_HEX_LEN + 1);
    if (!is_complete(&found)) {
        drawn = pdf_text_read(bytes, len, PDF_AS_DRAWN, &pdf_limits, error);
        if (!drawn || !receipt_rules_read(rules, drawn, &found, error))
            return NULL;
    }
    return found_table(&found, error);
}
