/*
 * derive_parts.c - rows that share a transaction id because they are parts of one movement.
 *
 * Legs: a purchase paid from two balances is two rows of one id, direction and day, whose amounts
 * are added; where they are in different currencies, what the merchant took is. A fee's row is
 * added to the fee of the movement with its id. What cannot be added stays a movement of its own.
 */
#include "core/digest.h"
#include "import/derive_cards.h"

static gboolean is_out(const struct movement *movement)
{
    return movement->amount_nanos >= 0;
}

/* A movement with an id, and its place in the natural order. */
struct part {
    struct movement *movement;
    guint position;
};

static gint by_reference(gconstpointer left, gconstpointer right)
{
    const struct part *a = left, *b = right;
    const struct card_row *one = a->movement->head, *other = b->movement->head;
    int order = strcmp(one->account->name, other->account->name);

    if (order == 0)
        order = strcmp(one->reference, other->reference);
    return order ? order : (a->position > b->position) - (a->position < b->position);
}

/* Whether two movements of one id are legs of one: what the first is a leg of. */
static gboolean legs_agree(const struct movement *a, const struct movement *b)
{
    return b->head->is_leg && !b->head->is_fee && !b->is_gone && is_out(a) == is_out(b) &&
           a->head->day == b->head->day && g_str_equal(a->state, b->state) &&
           movements_same_card(a, b);
}

/* What a leg moved in a currency: its own, or the merchant's. FALSE: it is told in neither. */
static gboolean leg_amount(const struct movement *leg, const char *currency, int64_t *out)
{
    if (g_str_equal(leg->currency, currency))
        *out = leg->amount_nanos;
    else if (*leg->original_currency && g_str_equal(leg->original_currency, currency))
        *out = leg->original_nanos;
    else
        return FALSE;
    return TRUE;
}

static gboolean legs_sum(const GPtrArray *legs, const char *currency, int64_t *sum)
{
    *sum = 0;
    for (guint i = 0; i < legs->len; i++) {
        int64_t amount;

        if (!leg_amount(g_ptr_array_index(legs, i), currency, &amount) ||
            __builtin_add_overflow(*sum, amount, sum))
            return FALSE;
    }
    return TRUE;
}

/* What the merchant took, where every leg says so in one currency. */
static gboolean originals_sum(const GPtrArray *legs, const char *currency, int64_t *sum)
{
    *sum = 0;
    for (guint i = 0; i < legs->len; i++) {
        const struct movement *leg = g_ptr_array_index(legs, i);

        if (!*currency || !g_str_equal(leg->original_currency, currency) ||
            __builtin_add_overflow(*sum, leg->original_nanos, sum))
            return FALSE;
    }
    return TRUE;
}

/* The fees of legs, where they are in one currency; in several they stay in the rows alone. */
static void fees_sum(const GPtrArray *legs, struct movement *sum)
{
    sum->fee_nanos = 0;
    for (guint i = 0; i < legs->len; i++) {
        const struct movement *leg = g_ptr_array_index(legs, i);

        if (leg->fee_nanos == 0)
            continue;
        if (sum->fee_nanos == 0)
            sum->fee_currency = leg->fee_currency;
        if (!g_str_equal(sum->fee_currency, leg->fee_currency) ||
            __builtin_add_overflow(sum->fee_nanos, leg->fee_nanos, &sum->fee_nanos)) {
            sum->fee_nanos = 0;
            sum->has_fees_apart = TRUE;
            return;
        }
    }
}

static void leg_tell(struct movement *movement, gboolean has_own_currency)
{
    for (guint i = 0; i < movement->told->len; i++) {
        struct told *told = movement_told(movement, i);

        told->role = "leg";
        if (!has_own_currency)
            told->note = "Paid in another currency than the other legs: what the merchant took is "
                         "counted.";
    }
}

/* Makes the first leg the movement of all of them. Its id is the transaction's. */
static void legs_unite(const GPtrArray *legs)
{
    struct movement *first = g_ptr_array_index(legs, 0);
    struct movement sum = *first;
    const char *currency = first->currency;
    gboolean own = legs_sum(legs, currency, &sum.amount_nanos);

    if (!own) {
        currency = first->original_currency;
        if (!*currency || !legs_sum(legs, currency, &sum.amount_nanos))
            return;
    }
    sum.currency = currency;
    if (!own || !originals_sum(legs, first->original_currency, &sum.original_nanos)) {
        sum.original_currency = "";
        sum.original_nanos = 0;
    }
    fees_sum(legs, &sum);
    *first = sum;
    g_free(first->id);
    first->id = digest_id('c', first->head->account->name, first->head->reference, "legs",
                          first->head->dated_on, is_out(first) ? "out" : "in", first->state,
                          first->head->card_last4, NULL);
    for (guint i = 0; i < legs->len; i++) {
        struct movement *leg = g_ptr_array_index(legs, i);

        leg_tell(leg, g_str_equal(leg->head->currency, currency));
        if (i > 0)
            movement_absorb(first, leg);
    }
}

/* parts: of one account and id. */
static void legs_join(const struct part *parts, guint count)
{
    for (guint i = 0; i < count; i++) {
        struct movement *first = parts[i].movement;
        g_autoptr(GPtrArray) legs = g_ptr_array_new();

        if (!first->head->is_leg || first->head->is_fee || first->is_gone)
            continue;
        g_ptr_array_add(legs, first);
        for (guint j = i + 1; j < count; j++)
            if (legs_agree(first, parts[j].movement))
                g_ptr_array_add(legs, parts[j].movement);
        if (legs->len > 1)
            legs_unite(legs);
    }
}

/* How well a movement fits a fee of its id; 0: not at all. */
static int fee_fit(const struct movement *fee, const struct movement *movement)
{
    if (movement->head->is_fee || movement->is_gone ||
        g_str_equal(movement->state, "dead") != g_str_equal(fee->state, "dead") ||
        movement->has_fees_apart ||
        (movement->fee_nanos != 0 && !g_str_equal(movement->fee_currency, fee->currency)))
        return 0;
    return 1 + 8 * (is_out(movement) == is_out(fee)) +
           4 * g_str_equal(movement->state, fee->state) +
           2 * g_str_equal(movement->currency, fee->currency) +
           (movement->head->day == fee->head->day);
}

static void fee_join(struct movement *fee, const struct part *parts, guint count)
{
    struct movement *best = NULL;
    int64_t sum;

    for (guint i = 0; i < fee->told->len; i++)
        movement_told(fee, i)->role = "fee";
    for (guint i = 0; i < count; i++)
        if (fee_fit(fee, parts[i].movement) > (best ? fee_fit(fee, best) : 0))
            best = parts[i].movement;
    if (!best || __builtin_add_overflow(best->fee_nanos, fee->amount_nanos, &sum)) {
        for (guint i = 0; i < fee->told->len; i++)
            movement_told(fee, i)->note = "A fee, and no row with its id says what for.";
        return;
    }
    best->fee_nanos = sum;
    best->fee_currency = fee->currency;
    movement_absorb(best, fee);
}

void movements_join_parts(GPtrArray *movements)
{
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(struct part));
    guint end;

    for (guint i = 0; i < movements->len; i++) {
        const struct part part = {g_ptr_array_index(movements, i), i};

        if (*part.movement->head->reference || part.movement->head->is_fee)
            g_array_append_val(parts, part);
    }
    g_array_sort(parts, by_reference);
    for (guint first = 0; first < parts->len; first = end) {
        const struct part *same = &g_array_index(parts, struct part, first);
        const struct card_row *head = same->movement->head;

        for (end = first + 1; end < parts->len; end++) {
            const struct card_row *next = g_array_index(parts, struct part, end).movement->head;

            if (next->account != head->account || !g_str_equal(next->reference, head->reference))
                break;
        }
        legs_join(same, end - first);
        for (guint i = 0; i < end - first; i++)
            if (same[i].movement->head->is_fee)
                fee_join(same[i].movement, same, *head->reference ? end - first : 0);
    }
    movements_settle(movements);
}
