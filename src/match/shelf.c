/* shelf.c - facts by time, found by binary search from the start of a window. */
#include "match/shelf.h"
#include "core/instant.h"
#include "match/card.h"
#include "match/decided.h"
#include "match/subset.h"

#define SLIP_CENTS 5

void shelf_init(struct shelf *shelf)
{
    *shelf = (struct shelf){.members = g_array_new(FALSE, FALSE, sizeof(guint))};
}

void shelf_clear(struct shelf *shelf)
{
    g_array_unref(shelf->members);
}

static void member_put(struct shelf *shelf, guint member, struct interval interval)
{
    shelf->longest = MAX(shelf->longest, interval.until - interval.from);
    g_array_append_val(shelf->members, member);
}

void shelf_put_topup(struct shelf *shelf, const struct facts *facts, guint topup)
{
    member_put(shelf, topup, facts_topup(facts, topup)->paid);
}

void shelf_put_charge(struct shelf *shelf, const struct facts *facts, guint charge)
{
    member_put(shelf, charge, facts_charge(facts, charge)->purchased);
}

static int compare_topups(gconstpointer a, gconstpointer b, gpointer facts)
{
    guint x = *(const guint *)a, y = *(const guint *)b;
    int64_t p = facts_topup(facts, x)->paid.from, q = facts_topup(facts, y)->paid.from;

    return p != q ? (p > q) - (p < q) : (x > y) - (x < y);
}

static int compare_charges(gconstpointer a, gconstpointer b, gpointer facts)
{
    guint x = *(const guint *)a, y = *(const guint *)b;
    int64_t p = facts_charge(facts, x)->purchased.from, q = facts_charge(facts, y)->purchased.from;

    return p != q ? (p > q) - (p < q) : (x > y) - (x < y);
}

void shelf_sort_topups(struct shelf *shelf, struct facts *facts)
{
    g_array_sort_with_data(shelf->members, compare_topups, facts);
}

void shelf_sort_charges(struct shelf *shelf, struct facts *facts)
{
    g_array_sort_with_data(shelf->members, compare_charges, facts);
}

gboolean topup_is_open(const struct topup *topup)
{
    return topup->legs[LEG_CARD].state == LEG_OPEN && topup->due_nanos > 0;
}

gboolean charge_is_open(const struct charge *charge)
{
    return charge_is_taken(charge) && charge->topup == NONE && !charge->is_settled &&
           !charge->in_question;
}

int64_t charge_cents_in(const struct charge *charge, const char *currency)
{
    if (g_str_equal(charge->currency, currency))
        return cents_round(charge->amount_nanos);
    return g_str_equal(charge->original_currency, currency) ? cents_round(charge->original_nanos)
                                                            : 0;
}

gboolean charge_is_slip(const struct topup *topup, const struct charge *charge)
{
    int64_t off = charge_cents_in(charge, topup->currency) - cents_round(topup->due_nanos);

    return off != 0 && ABS(off) <= SLIP_CENTS;
}

/* Whether a charge may be a part of a top-up, or the other way round, but for their amounts. */
static gboolean may_be_part(const struct facts *facts, guint topup, guint charge)
{
    const struct topup *paid = facts_topup(facts, topup);
    const struct charge *taken = facts_charge(facts, charge);
    gint32 distance;

    return (!*paid->card_last4 || !*taken->card_last4 ||
            g_str_equal(paid->card_last4, taken->card_last4)) &&
           charge_cents_in(taken, paid->currency) > 0 && g_str_equal(paid->wallet, taken->wallet) &&
           !decided_bars(facts, LEG_CARD, topup, charge) && card_time_fits(paid, taken, &distance);
}

/* The first member that starts at a time or later. */
static guint member_from(const struct shelf *shelf, const struct facts *facts, int64_t from,
                         gboolean is_topup)
{
    guint low = 0, high = shelf->members->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;
        guint member = g_array_index(shelf->members, guint, middle);
        int64_t start = is_topup ? facts_topup(facts, member)->paid.from
                                 : facts_charge(facts, member)->purchased.from;

        if (start < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

GArray *charges_about(const struct facts *facts, const struct shelf *charges, guint topup)
{
    struct interval window = card_window(facts_topup(facts, topup)->paid, TRUE);
    GArray *found = g_array_new(FALSE, FALSE, sizeof(guint));

    for (guint i = member_from(charges, facts, window.from - charges->longest, FALSE);
         i < charges->members->len && found->len <= SUBSET_COUNT_MAX; i++) {
        guint charge = g_array_index(charges->members, guint, i);

        if (facts_charge(facts, charge)->purchased.from >= window.until)
            break;
        if (may_be_part(facts, topup, charge))
            g_array_append_val(found, charge);
    }
    return found;
}

GArray *topups_about(const struct facts *facts, const struct shelf *topups, guint charge)
{
    struct interval bought = facts_charge(facts, charge)->purchased;
    int64_t from = bought.from - POSTING_DAYS * SECONDS_PER_DAY - CLOCK_SECONDS - topups->longest;
    GArray *found = g_array_new(FALSE, FALSE, sizeof(guint));

    for (guint i = member_from(topups, facts, from, TRUE);
         i < topups->members->len && found->len <= SUBSET_COUNT_MAX; i++) {
        guint topup = g_array_index(topups->members, guint, i);

        if (facts_topup(facts, topup)->paid.from >= bought.until + CLOCK_SECONDS)
            break;
        if (may_be_part(facts, topup, charge))
            g_array_append_val(found, topup);
    }
    return found;
}
