/* mapping_table.c - the user's tables: organizations, projects, accounts, exchange rates. */
#include "import/mapping_internal.h"

static const struct synonym billing_modes[] = {
    {"prepaid", "prepaid"}, {"invoiced", "invoiced"}, {"invoice", "invoiced"}, {NULL, NULL}};

static const struct synonym tax_treatments[] = {{"recoverable", "recoverable"},
                                                {"reverse-charge", "reverse-charge"},
                                                {"cost", "cost"},
                                                {NULL, NULL}};

/* "1", "1%" or "0.5 %" of something: 1 % is 10000 parts per million. */
static gboolean read_percent(const struct reading *reading, guint column, int64_t *out)
{
    struct text text = cell(reading, column);
    g_autoptr(GError) why = NULL;

    if (text.len == 0)
        return FALSE;
    if (text.text[text.len - 1] == '%')
        text.len--;
    while (text.len > 0 && g_ascii_isspace(text.text[text.len - 1]))
        text.len--;
    if (!decimal_parse(out, text.text, text.len, 4, &why)) {
        problem(reading, column, why->message);
        return FALSE;
    }
    if (*out < 0 || *out > 1000000) {
        problem(reading, column, "is not between 0 and 100 percent");
        return FALSE;
    }
    return TRUE;
}

void read_organization_row(const struct reading *reading, struct organization_fact *out)
{
    memset(out, 0, sizeof(*out));
    out->organization_id = read_needed_id(reading, ORGANIZATION_ID);
    out->name = read_text(reading, ORGANIZATION_NAME);
    out->billing_mode = read_word(reading, ORGANIZATION_BILLING_MODE, billing_modes, "prepaid");
    out->from = read_date(reading, ORGANIZATION_FROM, FALSE);
    out->until = read_date(reading, ORGANIZATION_UNTIL, FALSE);
    out->materiality = read_unsigned_amount(reading, ORGANIZATION_MATERIALITY_AMOUNT, "", FALSE);
    out->has_materiality_ppm =
        read_percent(reading, ORGANIZATION_MATERIALITY_PERCENT, &out->materiality_ppm);
    out->tax = read_word(reading, ORGANIZATION_TAX, tax_treatments, "");
    if (out->from.present && out->until.present &&
        day_from_civil(out->until.civil.year, out->until.civil.month, out->until.civil.day) <
            day_from_civil(out->from.civil.year, out->from.civil.month, out->from.civil.day))
        problem(reading, ORGANIZATION_UNTIL, "is before the first day");
}

void read_project(const struct reading *reading, struct project_fact *out)
{
    memset(out, 0, sizeof(*out));
    out->project_id = read_needed_id(reading, PROJECT_ID);
    out->organization_id = read_id(reading, PROJECT_ORGANIZATION_ID);
    out->project_class = read_text(reading, PROJECT_CLASS);
    out->owner = read_text(reading, PROJECT_OWNER);
    out->purpose = read_text(reading, PROJECT_PURPOSE);
    out->cost_center = read_text(reading, PROJECT_COST_CENTER);
}

void read_account(const struct reading *reading, struct account_fact *out)
{
    memset(out, 0, sizeof(*out));
    out->account = read_needed_id(reading, ACCOUNT_ACCOUNT);
    out->file_pattern = read_text(reading, ACCOUNT_FILE_PATTERN);
    out->zone = read_text(reading, ACCOUNT_ZONE);
    out->owner = read_text(reading, ACCOUNT_OWNER);
    read_currency(reading, ACCOUNT_CURRENCY, FALSE, out->currency);
    read_last4(reading, ACCOUNT_CARD, out->last4);
    read_zone_at(reading, reading->mapping->column[ACCOUNT_ZONE]);
}

/* A column for each currency; an empty cell or "N/A" is a currency that was not quoted that day. */
static void read_rate_columns(const struct reading *reading, struct fx_rate_fact *out)
{
    const struct mapping *mapping = reading->mapping;

    g_array_set_size(mapping->rates, 0);
    for (guint i = 0; i < mapping->rate_columns->len; i++) {
        const struct rate_column *column =
            &g_array_index(mapping->rate_columns, struct rate_column, i);
        struct text text = cell_at(reading, column->index);
        struct fx_quote quote = {.rate_nanos = 0};

        memcpy(quote.quote, column->currency, sizeof(quote.quote));
        if (text.len == 0 || (text.len == 3 && g_ascii_strncasecmp(text.text, "N/A", 3) == 0) ||
            !read_rate_at(reading, column->index, &quote.rate_nanos))
            continue;
        g_array_append_val(mapping->rates, quote);
    }
    if (mapping->rates->len == 0) {
        problem_record(reading, g_strdup("holds no rate"));
        return;
    }
    const struct fx_quote *first = &g_array_index(mapping->rates, struct fx_quote, 0);
    memcpy(out->quote, first->quote, sizeof(out->quote));
    out->rate_nanos = first->rate_nanos;
    out->more_count = mapping->rates->len - 1;
    if (out->more_count == 0)
        return;
    out->more = g_memdup2(first + 1, out->more_count * sizeof *first);
    g_ptr_array_add(mapping->kept, (gpointer)(gsize)out->more);
}

void read_fx_rate(const struct reading *reading, struct fx_rate_fact *out)
{
    memset(out, 0, sizeof(*out));
    out->day = read_date(reading, FX_RATE_DATE, TRUE);
    gboolean base = read_currency(reading, FX_RATE_BASE, TRUE, out->base);
    if (reading->mapping->format->has_rate_columns) {
        read_rate_columns(reading, out);
        return;
    }
    gboolean quote = read_currency(reading, FX_RATE_QUOTE, TRUE, out->quote);
    if (base && quote && strcmp(out->base, out->quote) == 0)
        problem(reading, FX_RATE_QUOTE, "is the base itself");
    if (cell(reading, FX_RATE_RATE).len == 0)
        problem(reading, FX_RATE_RATE, "is empty");
    else
        read_rate_at(reading, reading->mapping->column[FX_RATE_RATE], &out->rate_nanos);
}
