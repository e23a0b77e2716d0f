/*
 * receipt.c - pairs top-ups with receipts: numbers first, amounts and days where numbers lack.
 *
 * An invoice of what is due is no receipt, whatever it has in common with a payment: it is kept as
 * refused beside the payment of its number.
 *
 * Each step offers the pairs that its rule knows to assign_unique() and keeps what it decided; the
 * next step sees only what is still open.
 */
#include "match/receipt.h"
#include "match/decided.h"
#include "match/sentence.h"
#include "match/tax.h"

#define BEFORE (1 * SECONDS_PER_DAY)
#define AFTER  (2 * SECONDS_PER_DAY)

#define DATE_SLACK (14 * 3600) /* how far a date may be from its zone's */

/* One receipt under the key that a step looks it up by. */
struct entry {
    const char *number;
    const char *currency;
    int64_t cents;
    int64_t from;
    guint receipt;
};

static int compare_entries(gconstpointer a, gconstpointer b)
{
    const struct entry *x = a, *y = b;
    int order = strcmp(x->number, y->number);

    if (order == 0)
        order = strcmp(x->currency, y->currency);
    if (order == 0)
        order = (x->cents > y->cents) - (x->cents < y->cents);
    if (order == 0)
        order = (x->from > y->from) - (x->from < y->from);
    return order ? order : (x->receipt > y->receipt) - (x->receipt < y->receipt);
}

static guint entry_first(const GArray *entries, const struct entry *key)
{
    guint low = 0, high = entries->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (compare_entries(&g_array_index(entries, struct entry, middle), key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static gboolean totals_agree(const struct topup *topup, const struct receipt *receipt)
{
    return (g_str_equal(topup->currency, receipt->currency) &&
            cents_round(topup->total_nanos) == cents_round(receipt->total_nanos)) ||
           tax_explains(topup, receipt);
}

/* The day whose rate a receipt is compared by. */
static int32_t receipt_day(const struct receipt *receipt)
{
    return day_from_instant(receipt->paid.from + (receipt->paid.until - receipt->paid.from) / 2);
}

/* Whether a receipt in another currency is the payment's at the rate of its day. */
static gboolean rate_agrees(struct fx *fx, const struct topup *topup, const struct receipt *receipt)
{
    struct fx_amount expected;

    return !g_str_equal(topup->currency, receipt->currency) &&
           fx_convert(fx, topup->total_nanos, topup->currency, receipt->currency,
                      receipt_day(receipt), &expected) &&
           fx_is_within(receipt->total_nanos, expected.nanos);
}

static void edge_offer(GArray *edges, const struct facts *facts, struct fx *fx, guint topup,
                       guint receipt, const char *rule)
{
    const struct topup *paid = facts_topup(facts, topup);
    const struct receipt *given = facts_receipt(facts, receipt);
    struct edge edge = {
        .topup = topup,
        .item = receipt,
        .distance = (gint32)MIN(interval_gap(paid->paid, given->paid), G_MAXINT32),
        .is_exact = totals_agree(paid, given),
        .is_rated = rate_agrees(fx, paid, given),
        .beaten_by = NONE,
        .rule = rule,
    };

    g_array_append_val(edges, edge);
}

/* Sets a leg by an edge of the pool. */
static void leg_set(struct facts *facts, const struct pool *pool, guint index, enum leg_state state)
{
    const struct edge *edge = edge_at(pool->edges, index);
    struct receipt *receipt = facts_receipt(facts, edge->item);

    facts_topup(facts, edge->topup)->legs[LEG_RECEIPT] =
        (struct pairing){state, edge->item, index, edge->rule, NULL};
    if (state == LEG_CONFIRMED)
        receipt->topup = edge->topup;
    else
        receipt->in_question = TRUE;
}

/* Decides among one step's pairs and moves them to the pool. */
static void step_decide(struct facts *facts, struct pool *pool, GArray *edges)
{
    guint offset = pool->edges->len;

    assign_unique(edges, facts->topups->len, facts->receipts->len, NULL, FALSE);
    for (guint i = 0; i < edges->len; i++) {
        struct edge edge = *edge_at(edges, i);

        if (edge.beaten_by != NONE)
            edge.beaten_by += offset;
        g_array_append_val(pool->edges, edge);
    }
    for (guint i = offset; i < pool->edges->len; i++) {
        const struct edge *edge = edge_at(pool->edges, i);
        const struct pairing *leg = &facts_topup(facts, edge->topup)->legs[LEG_RECEIPT];

        if (edge->fate == EDGE_WON)
            leg_set(facts, pool, i,
                    edge->is_exact || edge->is_rated ? LEG_CONFIRMED : LEG_SUGGESTED);
        if (edge->fate != EDGE_OPEN)
            continue;
        facts_receipt(facts, edge->item)->in_question = TRUE;
        if (leg->item == NONE || edge_is_better(edge, edge_at(pool->edges, leg->edge)))
            leg_set(facts, pool, i, LEG_AMBIGUOUS);
    }
}

static gboolean topup_is_open(const struct topup *topup)
{
    return topup->legs[LEG_RECEIPT].state == LEG_OPEN;
}

static gboolean receipt_is_free(const struct receipt *receipt)
{
    return receipt->topup == NONE && !receipt->in_question && !receipt->is_settled;
}

static void invoice_refuse(struct facts *facts, struct pool *pool, guint topup, guint receipt)
{
    static const char why[] =
        "both name the invoice, but it says what is due, not that it was paid";
    struct refusal refusal = {topup, receipt, why};

    g_array_append_val(pool->refusals, refusal);
    facts_topup(facts, topup)->due_invoice = facts_receipt(facts, receipt)->source;
}

static void numbers_pair(struct facts *facts, struct fx *fx, struct pool *pool, gboolean by_invoice)
{
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
    g_autoptr(GArray) edges = g_array_new(FALSE, FALSE, sizeof(struct edge));

    for (guint i = 0; i < facts->receipts->len; i++) {
        const struct receipt *receipt = facts_receipt(facts, i);
        struct entry entry = {by_invoice ? receipt->invoice_number : receipt->receipt_number, "", 0,
                              0, i};

        if (*entry.number && receipt_is_free(receipt))
            g_array_append_val(entries, entry);
    }
    g_array_sort(entries, compare_entries);
    for (guint i = 0; i < facts->topups->len; i++) {
        const struct topup *topup = facts_topup(facts, i);
        const char *number = by_invoice ? topup->invoice_number : topup->receipt_number;
        struct entry key = {number, "", 0, 0, 0};

        if (!*number || !topup_is_open(topup))
            continue;
        for (guint k = entry_first(entries, &key); k < entries->len; k++) {
            const struct entry *entry = &g_array_index(entries, struct entry, k);

            if (!g_str_equal(entry->number, number))
                break;
            if (decided_bars(facts, LEG_RECEIPT, i, entry->receipt))
                continue;
            if (!facts_receipt(facts, entry->receipt)->is_paid) {
                if (by_invoice)
                    invoice_refuse(facts, pool, i, entry->receipt);
                continue;
            }
            edge_offer(edges, facts, fx, i, entry->receipt,
                       by_invoice ? "invoice-number" : "receipt-number");
        }
    }
    step_decide(facts, pool, edges);
}

static gboolean numbers_differ(const char *a, const char *b)
{
    return *a && *b && !g_str_equal(a, b);
}

/* A clause that says what speaks against a pair of equal amount and day, or NULL. */
static char *pair_refuse(const struct topup *topup, const struct receipt *receipt)
{
    if (numbers_differ(topup->invoice_number, receipt->invoice_number))
        return g_strdup_printf("same amount and day, but the receipt is for invoice %s",
                               receipt->invoice_number);
    if (numbers_differ(topup->receipt_number, receipt->receipt_number))
        return g_strdup_printf("same amount and day, but the payment names receipt %s",
                               topup->receipt_number);
    if (numbers_differ(topup->card_last4, receipt->card_last4))
        return g_strdup_printf("same amount and day, but the receipt names card %s",
                               receipt->card_last4);
    if (!g_str_equal(topup->wallet, receipt->wallet))
        return g_strdup_printf("same amount and day, but the receipt belongs to wallet %s",
                               receipt->wallet);
    return NULL;
}

static void window_offer(struct facts *facts, struct fx *fx, struct pool *pool, GArray *edges,
                         guint topup, guint receipt)
{
    g_autofree char *why = pair_refuse(facts_topup(facts, topup), facts_receipt(facts, receipt));
    struct refusal refusal = {topup, receipt, NULL};

    if (why) {
        refusal.why = g_string_chunk_insert_const(facts->texts, why);
        g_array_append_val(pool->refusals, refusal);
    } else if (receipt_is_free(facts_receipt(facts, receipt))) {
        edge_offer(edges, facts, fx, topup, receipt, "amount-window");
    }
}

/* The longest interval that a receipt's date covers: how far before a window one may start. */
static int64_t longest_date(const struct facts *facts)
{
    int64_t longest = 0;

    for (guint i = 0; i < facts->receipts->len; i++) {
        const struct receipt *receipt = facts_receipt(facts, i);

        longest = MAX(longest, receipt->paid.until - receipt->paid.from);
    }
    return longest;
}

static void windows_pair(struct facts *facts, struct fx *fx, struct pool *pool)
{
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
    g_autoptr(GArray) edges = g_array_new(FALSE, FALSE, sizeof(struct edge));
    int64_t longest = longest_date(facts);

    for (guint i = 0; i < facts->receipts->len; i++) {
        const struct receipt *receipt = facts_receipt(facts, i);
        struct entry entry = {"", receipt->currency, cents_round(receipt->total_nanos),
                              receipt->paid.from, i};

        if (receipt->is_paid)
            g_array_append_val(entries, entry);
    }
    g_array_sort(entries, compare_entries);
    for (guint i = 0; i < facts->topups->len; i++) {
        const struct topup *topup = facts_topup(facts, i);
        struct interval window = {topup->paid.from - BEFORE, topup->paid.until + AFTER};
        struct entry key = {"", topup->currency, cents_round(topup->total_nanos),
                            window.from - longest, 0};

        if (!topup_is_open(topup))
            continue;
        for (guint k = entry_first(entries, &key); k < entries->len; k++) {
            const struct entry *entry = &g_array_index(entries, struct entry, k);

            if (!g_str_equal(entry->currency, key.currency) || entry->cents != key.cents ||
                entry->from >= window.until)
                break;
            if (facts_receipt(facts, entry->receipt)->paid.until > window.from &&
                !decided_bars(facts, LEG_RECEIPT, i, entry->receipt))
                window_offer(facts, fx, pool, edges, i, entry->receipt);
        }
    }
    step_decide(facts, pool, edges);
}

/* Receipts in another currency than the payment, where no number stands on both. */
static void rates_pair(struct facts *facts, struct fx *fx, struct pool *pool)
{
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
    g_autoptr(GArray) edges = g_array_new(FALSE, FALSE, sizeof(struct edge));
    int64_t longest = longest_date(facts);

    for (guint i = 0; i < facts->receipts->len; i++) {
        const struct receipt *receipt = facts_receipt(facts, i);
        struct entry entry = {"", "", 0, receipt->paid.from, i};

        if (receipt->is_paid && receipt_is_free(receipt))
            g_array_append_val(entries, entry);
    }
    g_array_sort(entries, compare_entries);
    for (guint i = 0; i < facts->topups->len; i++) {
        const struct topup *topup = facts_topup(facts, i);
        struct interval window = {topup->paid.from - BEFORE, topup->paid.until + AFTER};
        struct entry key = {"", "", 0, window.from - longest, 0};

        if (!topup_is_open(topup))
            continue;
        for (guint k = entry_first(entries, &key); k < entries->len; k++) {
            guint given = g_array_index(entries, struct entry, k).receipt;
            const struct receipt *receipt = facts_receipt(facts, given);
            g_autofree char *why = NULL;

            if (receipt->paid.from >= window.until)
                break;
            if (receipt->paid.until <= window.from || !rate_agrees(fx, topup, receipt) ||
                decided_bars(facts, LEG_RECEIPT, i, given))
                continue;
            why = pair_refuse(topup, receipt);
            if (!why)
                edge_offer(edges, facts, fx, i, given, "rate-window");
        }
    }
    step_decide(facts, pool, edges);
}

/* A payment that its number's receipt contradicts may have been typed wrong: its card is looked at
 * on both days, and for both amounts. A receipt's date has no zone. */
static void documents_compare(struct facts *facts)
{
    for (guint i = 0; i < facts->topups->len; i++) {
        struct topup *topup = facts_topup(facts, i);
        const struct pairing *leg = &topup->legs[LEG_RECEIPT];
        const struct receipt *receipt = leg->item == NONE ? NULL : facts_receipt(facts, leg->item);

        if (!receipt || (!g_str_equal(leg->rule, "invoice-number") &&
                         !g_str_equal(leg->rule, "receipt-number")))
            continue;
        if (leg->state == LEG_CONFIRMED && interval_gap(topup->paid, receipt->paid) > DATE_SLACK)
            topup->receipted = receipt->paid;
        if (leg->state == LEG_SUGGESTED && g_str_equal(topup->currency, receipt->currency))
            topup->doubted_nanos = receipt->total_nanos;
    }
}

struct pool *receipt_pair(struct facts *facts, struct fx *fx)
{
    struct pool *pool = pool_new();

    for (guint i = 0; i < facts->topups->len; i++)
        decided_offer(facts, pool, LEG_RECEIPT, i);
    numbers_pair(facts, fx, pool, TRUE);
    numbers_pair(facts, fx, pool, FALSE);
    windows_pair(facts, fx, pool);
    rates_pair(facts, fx, pool);
    documents_compare(facts);
    return pool;
}

char *receipt_comparison(struct fx *fx, const struct topup *topup, const struct receipt *receipt)
{
    struct fx_amount expected;
    g_autofree char *amount = NULL;
    char day[11];

    if (!fx_convert(fx, topup->total_nanos, topup->currency, receipt->currency,
                    receipt_day(receipt), &expected)) {
        day_format(receipt_day(receipt), day);
        return g_strdup_printf(
            "no rate of %s/%s for %s is known to compare them by: import fx rates", topup->currency,
            receipt->currency, day);
    }
    day_format(expected.rate_day, day);
    amount = sentence_money(expected.nanos, receipt->currency);
    return g_strdup_printf("%s by the rate of %s", amount, day);
}

char *receipt_reason(const struct facts *facts, struct fx *fx, const struct edge *edge)
{
    const struct topup *topup = facts_topup(facts, edge->topup);
    const struct receipt *receipt = facts_receipt(facts, edge->item);
    g_autofree char *total = sentence_money(topup->total_nanos, topup->currency);
    g_autofree char *given = sentence_money(receipt->total_nanos, receipt->currency);
    g_autofree char *compared = g_str_equal(topup->currency, receipt->currency)
                                    ? g_strdup("")
                                    : receipt_comparison(fx, topup, receipt);
    const char *mark = *compared ? ": " : "";

    if (g_str_equal(edge->rule, "amount-window"))
        return g_strdup_printf("both say %s, within one day before and two after", total);
    if (g_str_equal(edge->rule, "rate-window"))
        return g_strdup_printf("the payment says %s and the receipt %s%s%s, within one day before "
                               "and two after",
                               total, given, mark, compared);
    return g_strdup_printf(
        "both name %s %s, %s the payment says %s and the receipt %s%s%s",
        g_str_equal(edge->rule, "invoice-number") ? "invoice" : "receipt",
        g_str_equal(edge->rule, "invoice-number") ? topup->invoice_number : topup->receipt_number,
        edge->is_exact || edge->is_rated ? "and" : "but", total, given, mark, compared);
}
