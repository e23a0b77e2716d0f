/*
 * receipt_rules.h - what rules/receipts.rules finds in the text of a receipt or an invoice.
 */
#pragma once
#include "core/digest.h"

enum receipt_field {
    FIELD_DOCUMENT,
    FIELD_INVOICE_NUMBER,
    FIELD_RECEIPT_NUMBER,
    FIELD_DATE_ISSUED,
    FIELD_DATE_PAID,
    FIELD_SELLER,
    FIELD_DESCRIPTION,
    FIELD_SUBTOTAL,
    FIELD_TOTAL_EXCLUDING_TAX,
    FIELD_TAX,
    FIELD_TAX_RATE,
    FIELD_TAX_NAME,
    FIELD_TOTAL,
    FIELD_AMOUNT_PAID,
    FIELD_AMOUNT_DUE,
    FIELD_CURRENCY,
    FIELD_PAYMENT_METHOD,
    FIELD_BILL_TO,
    RECEIPT_FIELDS
};

extern const char *const receipt_field_names[RECEIPT_FIELDS]; /* as in the rules: "date-paid" */

/* What was found, blanks collapsed; a field that was not is an empty array. */
struct receipt_found {
    GPtrArray
        *values[RECEIPT_FIELDS]; /* of char*; more than one only for tax, tax-rate, tax-name */
};

void receipt_found_clear(struct receipt_found *found);
typedef struct receipt_found ReceiptFound; /* for g_auto(ReceiptFound) alone */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ReceiptFound, receipt_found_clear)

struct receipt_rules;

/* Reads rules/receipts.rules, the user's or the embedded. A bad rule fails with
 * TRUEUP_ERROR_INPUT, naming the line. */
struct receipt_rules *receipt_rules_load(GError **error);
struct receipt_rules *receipt_rules_parse(const char *name, const char *text, gsize len,
                                          GError **error);
void receipt_rules_free(struct receipt_rules *rules);
typedef struct receipt_rules ReceiptRules; /* for g_autoptr(ReceiptRules) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ReceiptRules, receipt_rules_free)

const char *receipt_rules_digest(const struct receipt_rules *rules); /* hex, of their text */

/*
 * Fills the fields of found that are still empty from one text. Fails with TRUEUP_ERROR_INPUT, a
 * sentence without the file's name, when a rule refuses the document, when a field is there with
 * two different values, and when a search met its limits.
 */
gboolean receipt_rules_read(struct receipt_rules *rules, const char *text,
                            struct receipt_found *found, GError **error) G_GNUC_WARN_UNUSED_RESULT;
