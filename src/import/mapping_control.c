/* mapping_control.c - the user's tables of what was allowed and asked for: budgets, claims. */
#include "import/mapping_internal.h"

static int32_t day_of(const struct printed_date *date)
{
    return day_from_civil(date->civil.year, date->civil.month, date->civil.day);
}

/* "2026-10": its first and its last day. */
static void read_month(const struct reading *reading, guint column, struct printed_date *from,
                       struct printed_date *until)
{
    struct text text = cell(reading, column);
    g_autofree char *first = g_strdup_printf("%.*s-01", (int)MIN(text.len, 7), text.text);
    int year, month, day;

    if (text.len != 7 || !civil_parse(&from->civil, first, strlen(first), "iso", NULL)) {
        problem(reading, column, "is no month like 2026-10");
        return;
    }
    from->present = until->present = TRUE;
    day_to_civil(
        day_from_civil(from->civil.year + from->civil.month / 12, from->civil.month % 12 + 1, 1) -
            1,
        &year, &month, &day);
    until->civil = from->civil;
    until->civil.day = day;
}

void read_budget(const struct reading *reading, struct budget_fact *out)
{
    char currency[4];
    gboolean has_month = cell(reading, BUDGET_MONTH).len > 0;

    memset(out, 0, sizeof(*out));
    out->organization_id = read_id(reading, BUDGET_ORGANIZATION_ID);
    out->project_id = read_id(reading, BUDGET_PROJECT_ID);
    out->from = read_date(reading, BUDGET_FROM, FALSE);
    out->until = read_date(reading, BUDGET_UNTIL, FALSE);
    read_currency(reading, BUDGET_CURRENCY, TRUE, currency);
    out->amount = read_unsigned_amount(reading, BUDGET_AMOUNT, currency, TRUE);
    if (out->organization_id.len == 0 && out->project_id.len == 0)
        problem_record(reading, g_strdup("names neither an organization nor a project"));
    if (has_month == out->from.present || (has_month && out->until.present))
        problem_record(reading, g_strdup("needs a month, or a first day and perhaps a last one"));
    else if (has_month)
        read_month(reading, BUDGET_MONTH, &out->from, &out->until);
    else if (out->until.present && day_of(&out->until) < day_of(&out->from))
        problem(reading, BUDGET_UNTIL, "is before the first day");
}

void read_claim(const struct reading *reading, struct claim_fact *out)
{
    char currency[4];

    memset(out, 0, sizeof(*out));
    out->claim_id = read_needed_id(reading, CLAIM_ID);
    out->charge = read_id(reading, CLAIM_CHARGE);
    out->claimant = read_text(reading, CLAIM_CLAIMANT);
    out->approver = read_text(reading, CLAIM_APPROVER);
    out->purpose = read_text(reading, CLAIM_PURPOSE);
    out->date = read_date(reading, CLAIM_DATE, FALSE);
    out->submitted = read_date(reading, CLAIM_SUBMITTED_ON, FALSE);
    read_last4(reading, CLAIM_CARD, out->last4);
    read_currency(reading, CLAIM_CURRENCY, cell(reading, CLAIM_AMOUNT).len > 0, currency);
    out->amount = read_unsigned_amount(reading, CLAIM_AMOUNT, currency, FALSE);
    if (out->charge.len == 0 && (!out->date.present || !out->amount.present || !out->last4[0]))
        problem_record(reading, g_strdup("names no charge: its id or number, or its card, date and "
                                         "amount"));
}
