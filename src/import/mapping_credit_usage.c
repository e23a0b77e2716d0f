/*
 * mapping_credit_usage.c - the ChatGPT workspace's credit report: credits by day, user and type.
 *
 * Credits are a unit of their own and no money.
 */
#include "import/mapping_internal.h"

void read_credit_usage(const struct reading *reading, struct credit_usage_fact *out)
{
    struct amount credits = read_amount(reading, CREDIT_USAGE_CREDITS, "", TRUE);
    struct amount quantity = read_amount(reading, CREDIT_USAGE_QUANTITY, "", FALSE);

    memset(out, 0, sizeof(*out));
    out->day = read_date(reading, CREDIT_USAGE_DATE, TRUE);
    out->credits_nanos = credits.nanos;
    out->residue = credits.residue;
    out->has_quantity = quantity.present;
    out->quantity_nanos = quantity.nanos;
    out->account_id = read_needed_id(reading, CREDIT_USAGE_ACCOUNT);
    out->user_id = read_id(reading, CREDIT_USAGE_USER);
    out->user_email = read_text(reading, CREDIT_USAGE_EMAIL);
    out->usage_type = read_text(reading, CREDIT_USAGE_TYPE);
    if (out->usage_type.len == 0)
        problem(reading, CREDIT_USAGE_TYPE, "is empty");
    out->units = read_text(reading, CREDIT_USAGE_UNITS);
}
