/*
 * tax.c - rates of tax from documents: stated, or the roundest that explains every receipt.
 *
 * An account is an organization and a card. Receipts print rounded amounts, so that many rates
 * explain one of them; whole percents are tried first, then halves, quarters, eighths, tenths and
 * hundredths of a percent.
 */
#include "match/tax.h"
#include "core/money.h"
#include "match/sentence.h"

#define NANOS_PER_PPM  1000
#define RECEIPTS_NAMED 4

struct account {
    int64_t organization_key;
    const char *last4;
    GArray *receipts; /* guint: those that tell their tax, in natural order */
    int64_t rate_ppm; /* 0: none is taught */
};

gboolean tax_explains(const struct topup *topup, const struct receipt *receipt)
{
    return topup->tax_nanos == 0 && topup->credit_nanos == topup->total_nanos &&
           receipt->is_tax_told && receipt->tax_nanos > 0 &&
           g_str_equal(topup->currency, receipt->currency) &&
           g_str_equal(topup->credit_currency, receipt->currency) &&
           cents_round(receipt->total_nanos - receipt->tax_nanos) ==
               cents_round(topup->total_nanos);
}

char *tax_percent(int64_t rate_nanos)
{
    g_autofree char *percent = decimal_format_grouped(rate_nanos / NANOS_PER_PPM, 4);

    return g_strdup_printf("%s %%", percent);
}

/* An account's hash and equality: by organization and card. */
static guint account_hash(gconstpointer key)
{
    const struct account *account = key;

    return g_int64_hash(&account->organization_key) ^ g_str_hash(account->last4);
}

static gboolean account_equal(gconstpointer a, gconstpointer b)
{
    const struct account *x = a, *y = b;

    return x->organization_key == y->organization_key && g_str_equal(x->last4, y->last4);
}

static void account_free(gpointer pointer)
{
    struct account *account = pointer;

    g_array_unref(account->receipts);
    g_free(account);
}

static struct account *account_of(GHashTable *accounts, const struct topup *topup)
{
    const struct account key = {.organization_key = topup->organization_key,
                                .last4 = topup->card_last4};

    return g_hash_table_lookup(accounts, &key);
}

/* The receipts that tell a tax and belong to a payment for sure, by account. */
static GHashTable *accounts_collect(const struct facts *facts)
{
    GHashTable *accounts = g_hash_table_new_full(account_hash, account_equal, account_free, NULL);

    for (guint i = 0; i < facts->receipts->len; i++) {
        const struct receipt *receipt = facts_receipt(facts, i);
        const struct topup *topup =
            receipt->topup == NONE ? NULL : facts_topup(facts, receipt->topup);
        struct account *account = topup ? account_of(accounts, topup) : NULL;

        if (!topup || !receipt->is_tax_told || receipt->total_nanos <= receipt->tax_nanos)
            continue;
        if (!account) {
            account = g_new0(struct account, 1);
            account->organization_key = topup->organization_key;
            account->last4 = topup->card_last4;
            account->receipts = g_array_new(FALSE, FALSE, sizeof(guint));
            g_hash_table_add(accounts, account);
        }
        g_array_append_val(account->receipts, i);
    }
    return accounts;
}

static int64_t tax_at(int64_t nanos, int64_t rate_ppm)
{
    int64_t tax;

    return money_scale(&tax, nanos, rate_ppm, 1000000, NULL) ? tax : 0;
}

static gboolean rate_explains(const struct facts *facts, const struct account *account,
                              int64_t rate_ppm)
{
    for (guint i = 0; i < account->receipts->len; i++) {
        const struct receipt *receipt =
            facts_receipt(facts, g_array_index(account->receipts, guint, i));

        if (cents_round(tax_at(receipt->total_nanos - receipt->tax_nanos, rate_ppm)) !=
            cents_round(receipt->tax_nanos))
            return FALSE;
    }
    return rate_ppm > 0;
}

/* The rate that an account's receipts teach, or 0. */
static int64_t rate_learn(const struct facts *facts, const struct account *account)
{
    static const int64_t grains[] = {10000, 5000, 2500, 1250, 1000, 100};
    const struct receipt *largest = NULL;

    for (guint i = 0; i < account->receipts->len; i++) {
        const struct receipt *receipt =
            facts_receipt(facts, g_array_index(account->receipts, guint, i));

        if (receipt->tax_rate_ppm > 0 && rate_explains(facts, account, receipt->tax_rate_ppm))
            return receipt->tax_rate_ppm;
        if (!largest || receipt->total_nanos > largest->total_nanos)
            largest = receipt;
    }
    for (gsize i = 0; account->receipts->len > 1 && i < G_N_ELEMENTS(grains); i++) {
        int64_t steps;

        if (money_scale(&steps, 1000000 / grains[i], largest->tax_nanos,
                        largest->total_nanos - largest->tax_nanos, NULL) &&
            rate_explains(facts, account, steps * grains[i]))
            return steps * grains[i];
    }
    return 0;
}

/* "2 receipts of this account (1111-1111, 2222-2222)" */
static const char *teachers_name(struct facts *facts, const struct account *account)
{
    guint count = account->receipts->len;
    g_autoptr(GString) words = g_string_new(NULL);

    g_string_printf(words, "%u receipt%s of this account (", count, count == 1 ? "" : "s");
    for (guint i = 0; i < MIN(count, RECEIPTS_NAMED); i++)
        g_string_append_printf(
            words, "%s%s", i ? ", " : "",
            facts_receipt(facts, g_array_index(account->receipts, guint, i))->reference);
    g_string_append(words, count > RECEIPTS_NAMED ? ", …)" : ")");
    return g_string_chunk_insert_const(facts->texts, words->str);
}

/* The rate of a tax that is told: the one of its account where that explains it, else its share. */
static int64_t rate_of(const struct account *account, int64_t base, int64_t tax)
{
    int64_t rate_nanos;

    if (account && account->rate_ppm > 0 &&
        cents_round(tax_at(base, account->rate_ppm)) == cents_round(tax))
        return account->rate_ppm * NANOS_PER_PPM;
    return base > 0 && money_scale(&rate_nanos, NANOS_PER_UNIT, tax, base, NULL) ? rate_nanos : 0;
}

/* What history or the receipt tells. */
static void tax_tell(struct facts *facts, GHashTable *accounts, struct topup *topup)
{
    const struct pairing *leg = &topup->legs[LEG_RECEIPT];
    const struct receipt *receipt =
        leg->state == LEG_CONFIRMED ? facts_receipt(facts, leg->item) : NULL;
    int64_t base = topup->total_nanos - topup->tax_nanos;
    g_autofree char *source = NULL;

    if (topup->tax_nanos != 0) {
        topup->tax = (struct tax){topup->tax_nanos, 0, "payment history"};
    } else if (receipt && tax_explains(topup, receipt)) {
        source = g_strdup_printf("receipt %s", receipt->reference);
        topup->tax = (struct tax){receipt->tax_nanos, receipt->tax_rate_ppm * NANOS_PER_PPM,
                                  g_string_chunk_insert_const(facts->texts, source)};
        topup->due_nanos = receipt->total_nanos;
    }
    if (topup->tax.nanos > 0 && topup->tax.rate_nanos == 0)
        topup->tax.rate_nanos = rate_of(account_of(accounts, topup), base, topup->tax.nanos);
}

/* What the account's receipts teach about a payment of which nothing tells a tax. */
static void tax_teach(struct facts *facts, GHashTable *accounts, struct topup *topup)
{
    const struct account *account = account_of(accounts, topup);

    if (!account || account->rate_ppm == 0 || topup->tax.nanos != 0 ||
        topup->status != PAYMENT_DUE || topup->legs[LEG_RECEIPT].state != LEG_OPEN ||
        topup->total_nanos <= 0 || topup->credit_nanos != topup->total_nanos ||
        !g_str_equal(topup->credit_currency, topup->currency))
        return;
    topup->learnt = (struct tax){cents_round(tax_at(topup->total_nanos, account->rate_ppm)) *
                                     (NANOS_PER_UNIT / 100),
                                 account->rate_ppm * NANOS_PER_PPM, teachers_name(facts, account)};
}

void tax_read(struct facts *facts)
{
    g_autoptr(GHashTable) accounts = accounts_collect(facts);
    GHashTableIter iter;
    gpointer key;

    g_hash_table_iter_init(&iter, accounts);
    while (g_hash_table_iter_next(&iter, &key, NULL))
        ((struct account *)key)->rate_ppm = rate_learn(facts, key);
    for (guint i = 0; i < facts->topups->len; i++) {
        tax_tell(facts, accounts, facts_topup(facts, i));
        tax_teach(facts, accounts, facts_topup(facts, i));
    }
}
