/* mapping_trueup.c - trueup's own CSVs about money: payments, grants, balances. */
#include "import/mapping_internal.h"

static const struct synonym payment_statuses[] = {
    {"paid", "paid"},
    {"succeeded", "paid"},
    {"success", "paid"},
    {"complete", "paid"},
    {"completed", "paid"},
    {"settled", "paid"},
    {"failed", "failed"},
    {"declined", "failed"},
    {"error", "failed"},
    {"pending", "pending"},
    {"processing", "pending"},
    {"open", "pending"},
    {"refunded", "refunded"},
    {"refund", "refunded"},
    {"void", "void"},
    {"voided", "void"},
    {"canceled", "void"},
    {"cancelled", "void"},
    {NULL, NULL},
};

static const struct synonym payment_kinds[] = {
    {"auto", "auto"},          {"auto-recharge", "auto"},
    {"auto recharge", "auto"}, {"auto-reload", "auto"},
    {"auto reload", "auto"},   {"automatic", "auto"},
    {"manual", "manual"},      {"one-time", "manual"},
    {"one time", "manual"},    {NULL, NULL},
};

static const struct synonym grant_kinds[] = {
    {"promotional", "promotional"},
    {"promotion", "promotional"},
    {"promo", "promotional"},
    {"free", "free"},
    {"trial", "free"},
    {"paid", "paid"},
    {"purchased", "paid"},
    {"purchase", "paid"},
    {"opening", "opening"},
    {"opening balance", "opening"},
    {NULL, NULL},
};

void read_payment(const struct reading *reading, struct payment_fact *out)
{
    char currency[4], credit_currency[4];

    memset(out, 0, sizeof(*out));
    out->paid = read_instant(reading, PAYMENT_PAID_AT, TRUE);
    out->refunded = read_instant(reading, PAYMENT_REFUNDED_AT, FALSE);
    out->organization_id = read_organization(reading, PAYMENT_ORGANIZATION_ID);
    out->organization_name = read_text(reading, PAYMENT_ORGANIZATION_NAME);
    out->description = read_text(reading, PAYMENT_DESCRIPTION);
    read_number_of(reading, PAYMENT_INVOICE, INVOICE_HEAD, out->invoice_number);
    read_number_of(reading, PAYMENT_RECEIPT, RECEIPT_HEAD, out->receipt_number);
    out->kind = read_word(reading, PAYMENT_KIND, payment_kinds, "");
    out->status = read_word(reading, PAYMENT_STATUS, payment_statuses, NULL);
    read_currency(reading, PAYMENT_CURRENCY, TRUE, currency);
    if (!read_currency(reading, PAYMENT_CREDIT_CURRENCY, FALSE, credit_currency))
        memcpy(credit_currency, currency, 4);
    out->credit = read_unsigned_amount(reading, PAYMENT_CREDIT, credit_currency, TRUE);
    out->tax = read_unsigned_amount(reading, PAYMENT_TAX, currency, FALSE);
    out->total = read_unsigned_amount(reading, PAYMENT_TOTAL, currency, TRUE);
    out->refunded_credit =
        read_unsigned_amount(reading, PAYMENT_REFUNDED_CREDIT, credit_currency, FALSE);
    out->refunded_total = read_unsigned_amount(reading, PAYMENT_REFUNDED_TOTAL, currency, FALSE);
    check_sum(reading, PAYMENT_TOTAL, &out->total, &out->credit, &out->tax, "credit plus tax");
    read_last4(reading, PAYMENT_CARD, out->last4);
}

void read_grant(const struct reading *reading, struct grant_fact *out)
{
    char currency[4];

    memset(out, 0, sizeof(*out));
    out->organization_id = read_organization(reading, GRANT_ORGANIZATION_ID);
    out->grant_id = read_id(reading, GRANT_ID);
    out->kind = read_word(reading, GRANT_KIND, grant_kinds, NULL);
    out->granted = read_instant(reading, GRANT_GRANTED_AT, TRUE);
    out->expires = read_instant(reading, GRANT_EXPIRES_AT, FALSE);
    read_currency(reading, GRANT_CURRENCY, TRUE, currency);
    out->amount = read_unsigned_amount(reading, GRANT_AMOUNT, currency, TRUE);
    if (!out->granted.present || !out->expires.present)
        return;
    struct interval granted, expires;
    const struct zone *zone =
        reading->mapping->stated_zone ? reading->mapping->stated_zone : zone_utc();
    if (civil_to_interval(&granted, &out->granted.civil, zone, NULL) &&
        civil_to_interval(&expires, &out->expires.civil, zone, NULL) &&
        expires.until <= granted.from)
        problem(reading, GRANT_EXPIRES_AT, "is before the grant");
}

void read_balance(const struct reading *reading, struct balance_fact *out)
{
    char currency[4];

    memset(out, 0, sizeof(*out));
    out->organization_id = read_organization(reading, BALANCE_ORGANIZATION_ID);
    out->observed = read_instant(reading, BALANCE_OBSERVED_AT, TRUE);
    read_currency(reading, BALANCE_CURRENCY, TRUE, currency);
    out->balance = read_amount(reading, BALANCE_BALANCE, currency, TRUE);
}
