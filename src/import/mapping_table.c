/* mapping_table.c - the user's tables: organizations, projects, accounts, exchange rates, prices,
 * recharges. */
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

/* The last day that a row holds is not before its first. */
static void check_days(const struct reading *reading, guint column, const struct printed_date *from,
                       const struct printed_date *until)
{
    const struct civil *first = &from->civil, *last = &until->civil;

    if (from->present && until->present &&
        day_from_civil(last->year, last->month, last->day) <
            day_from_civil(first->year, first->month, first->day))
        problem(reading, column, "is before the first day");
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
    check_days(reading, ORGANIZATION_UNTIL, &out->from, &out->until);
}

/* What a recharge buys: as much as the amount, or what lacks to the target. */
static void check_recharge(const struct reading *reading, const struct recharge_fact *recharge)
{
    const struct amount *amount = &recharge->amount, *target = &recharge->target;

    if (amount->present && amount->nanos == 0)
        problem(reading, RECHARGE_AMOUNT, "is not above zero");
    if (amount->present == target->present)
        problem_record(reading, g_strdup(amount->present
                                             ? "states an amount and a target: one of them is what "
                                               "a recharge buys"
                                             : "states neither an amount nor a target"));
    if (target->present && recharge->threshold.present &&
        target->nanos <= recharge->threshold.nanos)
        problem(reading, RECHARGE_TARGET, "is not above the threshold");
}

void read_recharge(const struct reading *reading, struct recharge_fact *out)
{
    char currency[4] = "";

    memset(out, 0, sizeof(*out));
    out->organization_id = read_organization(reading, RECHARGE_ORGANIZATION_ID);
    out->from = read_date(reading, RECHARGE_FROM, FALSE);
    out->until = read_date(reading, RECHARGE_UNTIL, FALSE);
    read_currency(reading, RECHARGE_CURRENCY, TRUE, currency);
    out->threshold = read_unsigned_amount(reading, RECHARGE_THRESHOLD, currency, TRUE);
    out->amount = read_unsigned_amount(reading, RECHARGE_AMOUNT, currency, FALSE);
    out->target = read_unsigned_amount(reading, RECHARGE_TARGET, currency, FALSE);
    out->cap = read_unsigned_amount(reading, RECHARGE_MONTHLY_CAP, currency, FALSE);
    check_days(reading, RECHARGE_UNTIL, &out->from, &out->until);
    check_recharge(reading, out);
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

static const struct synonym service_tiers[] = {{"standard", "standard"}, {"default", "standard"},
                                               {"batch", "batch"},       {"flex", "flex"},
                                               {"priority", "priority"}, {NULL, NULL}};

/* What the endpoints of usage count, and the halves of a request that are priced apart. */
static const struct synonym token_kinds[] = {{"input", "input"},
                                             {"cached input", "cached input"},
                                             {"cache writes", "cache writes"},
                                             {"output", "output"},
                                             {"audio input", "audio input"},
                                             {"cached audio input", "cached audio input"},
                                             {"audio output", "audio output"},
                                             {"image input", "image input"},
                                             {"cached image input", "cached image input"},
                                             {"image output", "image output"},
                                             {"characters", "characters"},
                                             {"seconds", "seconds"},
                                             {"sessions", "sessions"},
                                             {"byte days", "byte days"},
                                             {"images", "images"},
                                             {"images 256x256", "images 256x256"},
                                             {"images 512x512", "images 512x512"},
                                             {"images 1024x1024", "images 1024x1024"},
                                             {"images 1024x1792", "images 1024x1792"},
                                             {"images 1792x1024", "images 1792x1024"},
                                             {NULL, NULL}};

void read_rate(const struct reading *reading, struct rate_fact *out)
{
    memset(out, 0, sizeof(*out));
    out->model = read_needed_id(reading, RATE_MODEL);
    out->token_kind = read_word(reading, RATE_TOKEN_KIND, token_kinds, NULL);
    out->service_tier = read_word(reading, RATE_SERVICE_TIER, service_tiers, "standard");
    out->price = read_unsigned_amount(reading, RATE_PRICE, "USD", TRUE);
    out->from = read_date(reading, RATE_FROM, FALSE);
    out->until = read_date(reading, RATE_UNTIL, FALSE);
    out->source = read_text(reading, RATE_SOURCE);
    check_days(reading, RATE_UNTIL, &out->from, &out->until);
}
