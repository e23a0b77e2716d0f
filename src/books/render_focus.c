/*
 * render_focus.c - rows of FOCUS 1.2 for what credit cost, with the shape of a prepayment: what was
 * bought is billed and has no effective cost; what was used from it has an effective cost and is
 * not billed; what expired is the unused part of the commitment.
 *
 * Columns, allowed values and rules are those of the FinOps Open Cost and Usage Specification 1.2:
 * every mandatory column, the conditional ones that apply, and two of our own with the prefix x_.
 * Null is an empty cell.
 */
#include "books/render.h"
#include "core/csv_text.h"
#include "core/instant.h"
#include "core/money.h"

/* One row; every text may be "" for null. */
struct focus_row {
    const char *category; /* "Usage", "Purchase", "Tax" */
    char day[11];
    const char *description, *frequency;
    int64_t billed_nanos, effective_nanos, list_nanos;
    gboolean is_priced;       /* has a pricing quantity: all but taxes */
    const char *status;       /* "Used", "Unused" */
    gboolean is_commitment;   /* bought or used credit */
    int64_t commitment_nanos; /* of it */
    const char *invoice_id, *project_id, *project_name, *class, *source;
};

struct focus {
    const struct credit_book *book;
    const struct journal *journal;
    const struct account_map *map;
    GString *out;
};

static void append_text(struct focus *focus, const char *text)
{
    csv_append_text(focus->out, text);
    g_string_append_c(focus->out, ',');
}

static void append_money(struct focus *focus, int64_t nanos)
{
    g_autofree char *text = money_format(nanos, 2);

    g_string_append_printf(focus->out, "%s,", text);
}

static void append_setting(struct focus *focus, const char *key)
{
    const struct entry none = {.organization_id = focus->book->organization_id,
                               .organization_name = focus->book->name};
    g_autofree char *text = account_map_setting(focus->map, key, &none);

    append_text(focus, text);
}

/* The start of the day, of the next day, of the month, of the next month. */
struct focus_times {
    char start[21], end[21], month_start[21], month_end[21];
};

static void midnight(int32_t day, char out[21])
{
    instant_format(day * SECONDS_PER_DAY, out);
}

static struct focus_times times_of(const char *day)
{
    struct focus_times times = {0};
    int32_t number = 0;
    int year, month, day_of_month;
    gboolean parsed = day_parse(&number, day, strlen(day), NULL);

    g_assert(parsed);
    day_to_civil(number, &year, &month, &day_of_month);
    midnight(number, times.start);
    midnight(number + 1, times.end);
    midnight(day_from_civil(year, month, 1), times.month_start);
    midnight(day_from_civil(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1),
             times.month_end);
    return times;
}

static const char header[] =
    "BilledCost,BillingAccountId,BillingAccountName,BillingCurrency,BillingPeriodEnd,"
    "BillingPeriodStart,ChargeCategory,ChargeClass,ChargeDescription,ChargeFrequency,"
    "ChargePeriodEnd,ChargePeriodStart,CommitmentDiscountCategory,CommitmentDiscountId,"
    "CommitmentDiscountName,CommitmentDiscountQuantity,CommitmentDiscountStatus,"
    "CommitmentDiscountType,CommitmentDiscountUnit,ContractedCost,ContractedUnitPrice,"
    "EffectiveCost,InvoiceId,InvoiceIssuerName,ListCost,ListUnitPrice,PricingCategory,"
    "PricingQuantity,PricingUnit,ProviderName,PublisherName,ServiceCategory,ServiceName,"
    "ServiceSubcategory,SubAccountId,SubAccountName,x_CreditSource,x_ProjectClass\n";

/* The commitment is the organization's prepaid credit as a whole, a spend in its currency. */
static void append_commitment(struct focus *focus, const struct focus_row *row)
{
    g_autofree char *id = g_strdup_printf("%s/prepaid-credit/%s", focus->book->organization_id,
                                          focus->book->currency);

    if (!row->is_commitment) {
        g_string_append(focus->out, ",,,,,,,");
        return;
    }
    g_string_append(focus->out, "Spend,");
    append_text(focus, id);
    g_string_append(focus->out, "Prepaid API credit,");
    append_money(focus, row->commitment_nanos);
    g_string_append_printf(focus->out, "%s,Prepaid credit,%s,", row->status, focus->book->currency);
}

static void append_row(struct focus *focus, const struct focus_row *row)
{
    const struct credit_book *book = focus->book;
    GString *out = focus->out;
    struct focus_times times = times_of(row->day);
    const char *unit_price = row->is_priced ? "1" : "";
    const char *pricing = *row->status ? "Committed" : "Standard";
    gboolean is_correction = row->list_nanos < 0; /* what was billed before is given back */

    if (strcmp(row->day, focus->journal->from) < 0 || strcmp(row->day, focus->journal->until) >= 0)
        return;
    append_money(focus, row->billed_nanos);
    append_text(focus, book->organization_id);
    append_text(focus, book->name);
    g_string_append_printf(out, "%s,%s,%s,%s,%s,", book->currency, times.month_end,
                           times.month_start, row->category, is_correction ? "Correction" : "");
    append_text(focus, row->description);
    g_string_append_printf(out, "%s,%s,%s,", row->frequency, times.end, times.start);
    append_commitment(focus, row);
    append_money(focus, row->list_nanos); /* no contract lowers the list price */
    g_string_append_printf(out, "%s,", unit_price);
    append_money(focus, row->effective_nanos);
    append_text(focus, row->invoice_id);
    append_setting(focus, "invoice-issuer");
    append_money(focus, row->list_nanos);
    g_string_append_printf(out, "%s,%s,", unit_price, row->is_priced ? pricing : "");
    if (row->is_priced)
        append_money(focus, row->list_nanos);
    else
        g_string_append_c(out, ',');
    g_string_append_printf(out, "%s,", row->is_priced ? book->currency : "");
    append_setting(focus, "provider");
    append_setting(focus, "publisher");
    g_string_append(out, "AI and Machine Learning,");
    append_setting(focus, "service");
    g_string_append(out, "Generative AI,");
    append_text(focus, row->project_id);
    append_text(focus, row->project_name);
    append_text(focus, row->source);
    csv_append_text(out, row->class);
    g_string_append_c(out, '\n');
}

static struct focus_row row_new(const char *category, const char *day, const char *description)
{
    struct focus_row row = {.category = category,
                            .description = description,
                            .frequency = "One-Time",
                            .is_priced = TRUE,
                            .status = "",
                            .invoice_id = "",
                            .project_id = "",
                            .project_name = "",
                            .class = "",
                            .source = ""};

    g_strlcpy(row.day, day, sizeof row.day);
    return row;
}

/* What was bought, or with a minus given back, and its tax. */
static void append_bought(struct focus *focus, const struct payment *payment, const char *day,
                          const char *what, int64_t credit_nanos, int64_t tax_nanos)
{
    g_autofree char *description = g_strdup_printf("%s %s", what, payment->reference);
    g_autofree char *tax_description = g_strdup_printf("Tax: %s %s", what, payment->reference);
    struct focus_row row = row_new("Purchase", day, description);

    row.billed_nanos = row.list_nanos = row.commitment_nanos = credit_nanos;
    row.is_commitment = TRUE;
    row.invoice_id = payment->reference;
    row.source = "paid";
    append_row(focus, &row);
    if (tax_nanos == 0)
        return;
    row = row_new("Tax", day, tax_description);
    row.billed_nanos = row.effective_nanos = row.list_nanos = tax_nanos;
    row.is_priced = FALSE;
    row.invoice_id = payment->reference;
    append_row(focus, &row);
}

static gboolean append_payments(struct focus *focus, GError **error)
{
    const struct credit_book *book = focus->book;

    for (guint i = 0; i < book->payments->len; i++) {
        const struct payment *payment = &g_array_index(book->payments, struct payment, i);
        struct price price;
        int64_t tax;

        if (!payment_price(payment, book->currency, &price, error))
            return FALSE;
        /* Tax that the buyer owes to the state is on no invoice. */
        tax = price.tax_nanos - price.self_nanos;
        append_bought(focus, payment, payment->paid_on, "Prepaid API credit",
                      price.total_nanos - tax, tax);
        if (*payment->refunded_on) {
            /* The tax comes back in the proportion of the total. */
            if (price.total_nanos > 0 &&
                !money_scale(&tax, tax, price.refunded_nanos, price.total_nanos, error))
                return FALSE;
            append_bought(focus, payment, payment->refunded_on, "Refund of prepaid API credit",
                          tax - price.refunded_nanos, -tax);
        }
    }
    return TRUE;
}

static void append_used(struct focus *focus, const struct use *use, int64_t nanos,
                        const char *source)
{
    const struct book_project *project =
        &g_array_index(focus->book->projects, struct book_project, use->project);
    gboolean is_paid = strcmp(source, "paid") == 0, is_free = strcmp(source, "free") == 0;
    struct focus_row row = row_new("Usage", use->day, "API usage");

    if (nanos == 0)
        return;
    row.frequency = "Usage-Based";
    row.list_nanos = nanos;
    row.effective_nanos = is_free ? 0 : nanos;
    row.is_commitment = is_paid;
    row.status = is_paid ? "Used" : "";
    row.commitment_nanos = nanos;
    row.project_id = project->project_id;
    row.project_name = project->name;
    row.class = project->class;
    row.source = source;
    append_row(focus, &row);
}

static void append_expired(struct focus *focus, const struct movement *movement)
{
    g_autofree char *description =
        g_strdup_printf("Prepaid API credit expired unused %s", movement->reference);
    struct focus_row row = row_new("Usage", movement->day, description);

    if (strcmp(movement->kind, "expiry") != 0 || movement->prepaid_nanos == 0)
        return;
    row.effective_nanos = row.commitment_nanos = -movement->prepaid_nanos;
    row.is_commitment = TRUE;
    row.status = "Unused";
    row.source = "paid";
    append_row(focus, &row);
}

gboolean render_focus(const GPtrArray *books, const struct journal *journal,
                      const struct account_map *map, GString *out, GError **error)
{
    g_string_append(out, header);
    for (guint i = 0; i < books->len; i++) {
        const struct credit_book *book = g_ptr_array_index(books, i);
        struct focus focus = {book, journal, map, out};

        if (!append_payments(&focus, error))
            return FALSE;
        for (guint j = 0; j < book->uses->len; j++) {
            const struct use *use = &g_array_index(book->uses, struct use, j);

            append_used(&focus, use, use->paid_nanos, "paid");
            append_used(&focus, use, use->overdrawn_nanos, "overdraft");
            append_used(&focus, use, use->free_nanos, "free");
        }
        for (guint j = 0; j < book->movements->len; j++)
            append_expired(&focus, &g_array_index(book->movements, struct movement, j));
    }
    return TRUE;
}
