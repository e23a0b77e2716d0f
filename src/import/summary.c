/* summary.c - the line that says what one file held. */
#include "import/endpoint.h"
#include "import/load.h"

/* "1 charge", "1,234 charges". */
static char *count_text(gint64 count, const char *one, const char *many)
{
    g_autofree char *number = decimal_format_grouped(count, 0);

    return g_strdup_printf("%s %s", number, count == 1 ? one : many);
}

static void append_count(GString *text, gint64 count, const char *one, const char *many)
{
    g_autofree char *counted = count_text(count, one, many);

    g_string_append(text, counted);
}

static void append_span(GString *text, int32_t from, int32_t until)
{
    char first[11], last[11];

    day_format(from, first);
    day_format(until, last);
    if (from == until)
        g_string_append_printf(text, "on %s", first);
    else
        g_string_append_printf(text, "%s to %s", first, last);
}

/* "31 days 2024-12-01 to 2024-12-31, covered until 2024-12-26" */
static void append_days(GString *text, const struct load *load)
{
    char covered[11];

    if (!load->has_days)
        return;
    g_string_append(text, "; ");
    append_count(text, load->last_day - load->first_day + 1, "day", "days");
    g_string_append_c(text, ' ');
    append_span(text, load->first_day, load->last_day);
    if (!load->covers) {
        g_string_append(text, ", covers none");
        return;
    }
    day_format(load->covered_until, covered);
    g_string_append_printf(text, ", covered until %s", covered);
}

/* "; total 3.90581500000000011 USD (rounded 1 amount, residue 0.00000000000000011 USD)" */
static void append_control(GString *text, const struct load *load)
{
    g_autofree char *total = totals_format(&load->control);
    g_autofree char *residue = totals_residue(&load->control);
    gint64 rounded = totals_rounded_count(&load->control);

    if (total[0] == '\0')
        return;
    g_string_append_printf(text, "; total %s", total);
    if (rounded > 0) {
        g_string_append(text, " (rounded ");
        append_count(text, rounded, "amount", "amounts");
        g_string_append_printf(text, ", residue %s)", residue);
    }
}

static void summarise_cost(GString *text, const struct load *load)
{
    append_count(text, load->fact_count, "charge", "charges");
    g_string_append(text, ", ");
    append_count(text, load->empty_count, "empty day", "empty days");
    append_days(text, load);
    append_control(text, load);
}

#define TOKEN_ENDPOINTS                                                                            \
    (1U << ENDPOINT_COMPLETIONS | 1U << ENDPOINT_EMBEDDINGS | 1U << ENDPOINT_MODERATIONS |         \
     1U << ENDPOINT_UNTOLD)

/* ", 25 images, 8,828,270 characters": what endpoints count that count no tokens. */
static void append_quantities(GString *text, const struct load *load)
{
    for (int i = 0; i < ENDPOINT_UNTOLD; i++) {
        enum usage_endpoint endpoint = (enum usage_endpoint)i;
        g_autofree char *number =
            decimal_format_grouped(load->usage_quantity[i], endpoint_scale(endpoint));

        if (!(load->usage_endpoints & 1U << i) || !endpoint_unit(endpoint, TRUE))
            continue;
        g_string_append_printf(text, ", %s %s", number,
                               endpoint_unit(endpoint, strcmp(number, "1") != 0));
    }
}

static void summarise_usage(GString *text, const struct load *load)
{
    append_count(text, load->fact_count, "row of use", "rows of use");
    g_string_append(text, ", ");
    append_count(text, load->empty_count, "empty bucket", "empty buckets");
    append_days(text, load);
    g_string_append(text, "; ");
    append_count(text, load->usage_requests, "request", "requests");
    if (load->usage_endpoints & TOKEN_ENDPOINTS || load->usage_endpoints == 0) {
        g_string_append(text, ", ");
        append_count(text, load->usage_input, "input token", "input tokens");
        g_string_append(text, ", ");
        append_count(text, load->usage_output, "output token", "output tokens");
    }
    append_quantities(text, load);
}

/* "6 rows, 10,559.88 credits; 2026-03-15 to 2026-03-20" */
static void summarise_credit_usage(GString *text, const struct load *load)
{
    g_autofree char *total = totals_format_moved(&load->control);

    append_count(text, load->fact_count, "row of use", "rows of use");
    g_string_append_printf(text, ", %s credits", total);
    if (load->has_days) {
        g_string_append(text, "; ");
        append_span(text, load->first_day, load->last_day);
    }
}

static void summarise_window(GString *text, const struct load *load)
{
    append_count(text, load->empty_count, "empty day", "empty days");
    append_days(text, load);
}

/* What each tally of a kind is called; one and many. */
struct tally_words {
    const char *one, *many;
};

static const struct tally_words words[FACT_KINDS][LOAD_TALLIES] = {
    [FACT_CARD] = {{"charge", "charges"},
                   {"credit", "credits"},
                   {"pending", "pending"},
                   {"declined or failed", "declined or failed"}},
    [FACT_PAYMENT] = {{"paid", "paid"},
                      {"refunded", "refunded"},
                      {"pending", "pending"},
                      {"failed", "failed"},
                      {"void", "void"}},
    [FACT_RECEIPT] = {{"receipt", "receipts"}, {"unpaid invoice", "unpaid invoices"}},
    [FACT_GRANT] = {{"grant", "grants"}},
    [FACT_BALANCE] = {{"observed balance", "observed balances"}},
    [FACT_ORGANIZATION] = {{"organization", "organizations"}},
    [FACT_PROJECT] = {{"project", "projects"}},
    [FACT_ACCOUNT] = {{"account", "accounts"}},
    [FACT_FX_RATE] = {{"rate", "rates"}},
    [FACT_BUDGET] = {{"budget", "budgets"}},
    [FACT_RATE] = {{"price", "prices"}},
    [FACT_CLAIM] = {{"claimed charge", "claimed charges"}},
    [FACT_RECHARGE] = {{"setting", "settings"}},
};

/* "4 charges 16.33 USD, 1 credit 123.45 USD; 2024-04-02 to 2024-04-09" */
static void summarise_tallies(GString *text, const struct load *load)
{
    gboolean is_first = TRUE;

    for (int i = 0; i < LOAD_TALLIES; i++) {
        const struct tally *tally = &load->tallies[i];
        g_autofree char *total = NULL;

        if (tally->count == 0)
            continue;
        total = totals_format_moved(&tally->totals);
        g_string_append(text, is_first ? "" : ", ");
        append_count(text, tally->count, words[load->kind][i].one, words[load->kind][i].many);
        if (total[0] && load->kind != FACT_BALANCE) /* balances do not add up */
            g_string_append_printf(text, " %s", total);
        is_first = FALSE;
    }
    if (load->has_days) {
        g_string_append(text, "; ");
        append_span(text, load->first_day, load->last_day);
    }
}

char *load_summary(const struct load *load)
{
    GString *text = g_string_new("");

    g_string_append_printf(text, "%s: %s, ", load->name, format_name(load->format));
    append_count(text, load->record_count, "record", "records");
    g_string_append(text, ": ");
    switch (load->kind) {
    case FACT_COST:
        summarise_cost(text, load);
        break;
    case FACT_USAGE:
    case FACT_ACTIVITY:
        summarise_usage(text, load);
        break;
    case FACT_CREDIT_USAGE:
        summarise_credit_usage(text, load);
        break;
    case FACT_NOTHING:
        g_string_append(text, "nothing in it");
        break;
    case FACT_EMPTY_WINDOW:
        summarise_window(text, load);
        break;
    default:
        summarise_tallies(text, load);
        break;
    }
    if (load->skipped_count > 0) {
        g_string_append(text, "; ");
        append_count(text, load->skipped_count, "record left out, as its format says",
                     "records left out, as their format says");
    }
    if (load->reject_count > 0) {
        g_string_append(text, "; ");
        append_count(text, load->reject_count, "record is set aside", "records are set aside");
    }
    return g_string_free(text, FALSE);
}
