/*
 * card_index.c - charges sorted by (currency, amount, card, time), and by (currency, card, time).
 *
 * The second order is the first with every amount 0. A visit goes from group to group by binary
 * search, so that it costs what it finds and not what there is.
 */
#include "match/card.h"

struct entry {
    const char *currency;
    int64_t cents;
    const char *last4;
    int64_t from;
    guint charge;
};

struct card_index {
    GArray *by_amount, *by_time; /* struct entry */
    int64_t longest;             /* of all purchase intervals */
    gboolean has_posting_only;
};

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare_entries(gconstpointer a, gconstpointer b)
{
    const struct entry *x = a, *y = b;
    int order = x->currency == y->currency ? 0 : strcmp(x->currency, y->currency);

    if (order == 0)
        order = compare_numbers(x->cents, y->cents);
    if (order == 0)
        order = x->last4 == y->last4 ? 0 : strcmp(x->last4, y->last4);
    if (order == 0)
        order = compare_numbers(x->from, y->from);
    return order ? order : compare_numbers(x->charge, y->charge);
}

static void entry_add(GArray *entries, const struct charge *charge, guint index,
                      const char *currency, int64_t cents)
{
    struct entry entry = {currency, cents, charge->card_last4, charge->purchased.from, index};

    g_array_append_val(entries, entry);
}

struct card_index *card_index_new(const struct facts *facts)
{
    struct card_index *index = g_new0(struct card_index, 1);

    index->by_amount = g_array_new(FALSE, FALSE, sizeof(struct entry));
    index->by_time = g_array_new(FALSE, FALSE, sizeof(struct entry));
    for (guint i = 0; i < facts->charges->len; i++) {
        const struct charge *charge = facts_charge(facts, i);

        if (charge->amount_nanos <= 0 || g_str_equal(charge->wallet, "other"))
            continue;
        index->longest = MAX(index->longest, charge->purchased.until - charge->purchased.from);
        index->has_posting_only |= charge->is_posting_only;
        entry_add(index->by_amount, charge, i, charge->currency, cents_round(charge->amount_nanos));
        if (!*charge->original_currency)
            entry_add(index->by_time, charge, i, charge->currency, 0);
        else if (!g_str_equal(charge->original_currency, charge->currency))
            entry_add(index->by_amount, charge, i, charge->original_currency,
                      cents_round(charge->original_nanos));
    }
    g_array_sort(index->by_amount, compare_entries);
    g_array_sort(index->by_time, compare_entries);
    return index;
}

void card_index_free(struct card_index *index)
{
    if (!index)
        return;
    g_array_unref(index->by_amount);
    g_array_unref(index->by_time);
    g_free(index);
}

gboolean card_index_has_posting_only(const struct card_index *index)
{
    return index->has_posting_only;
}

static const struct entry *entry_at(const GArray *entries, guint index)
{
    return &g_array_index(entries, struct entry, index);
}

/* The first entry that is not before the key. */
static guint entry_first(const GArray *entries, const struct entry *key)
{
    guint low = 0, high = entries->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (compare_entries(entry_at(entries, middle), key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Visits one group (currency, amount, card) from a time on. */
static void group_visit(const GArray *entries, struct entry key, int64_t until, card_visit visit,
                        void *context)
{
    for (guint i = entry_first(entries, &key); i < entries->len; i++) {
        const struct entry *entry = entry_at(entries, i);

        if (!g_str_equal(entry->currency, key.currency) || entry->cents != key.cents ||
            !g_str_equal(entry->last4, key.last4) || entry->from >= until)
            break;
        visit(context, entry->charge);
    }
}

/* Visits the groups of one currency and amount whose card may be last4. */
static void cards_visit(const struct card_index *index, const GArray *entries, const char *currency,
                        int64_t cents, const char *last4, struct interval window, card_visit visit,
                        void *context)
{
    struct entry key = {currency, cents, "", window.from - index->longest, 0};
    struct entry group = {currency, cents, "", INT64_MIN, 0};

    if (*last4) {
        group_visit(entries, key, window.until, visit, context);
        key.last4 = last4;
        group_visit(entries, key, window.until, visit, context);
        return;
    }
    for (guint i = entry_first(entries, &group); i < entries->len;
         i = entry_first(entries, &group)) {
        const struct entry *entry = entry_at(entries, i);

        if (!g_str_equal(entry->currency, currency) || entry->cents != cents)
            break;
        key.last4 = entry->last4;
        group_visit(entries, key, window.until, visit, context);
        group = (struct entry){currency, cents, entry->last4, INT64_MAX, G_MAXUINT};
    }
}

void card_index_visit_amount(const struct card_index *index, const char *currency, int64_t nanos,
                             const char *last4, struct interval window, card_visit visit,
                             void *context)
{
    cards_visit(index, index->by_amount, currency, cents_round(nanos), last4, window, visit,
                context);
}

void card_index_visit_currency(const struct card_index *index, const char *currency,
                               gboolean other_ones, const char *last4, struct interval window,
                               card_visit visit, void *context)
{
    struct entry next = {"", 0, "", INT64_MIN, 0};

    if (!other_ones) {
        cards_visit(index, index->by_time, currency, 0, last4, window, visit, context);
        return;
    }
    for (guint i = entry_first(index->by_time, &next); i < index->by_time->len;
         i = entry_first(index->by_time, &next)) {
        const char *other = entry_at(index->by_time, i)->currency;

        if (!g_str_equal(other, currency))
            cards_visit(index, index->by_time, other, 0, last4, window, visit, context);
        next = (struct entry){other, INT64_MAX, "", 0, 0};
    }
}
