/*
 * derive_reversal.c - authorizations that were reversed and charged again, mostly at another rate.
 *
 * The statement shows three rows of one merchant, in this order: an amount taken, the same amount
 * given back, and about that amount taken again. The first two cancel each other; the third is the
 * true charge. What is given back must call itself a reversal, or a refund, or share the id of what
 * was taken. One that calls itself a refund is taken for a reversal only when it follows within
 * days and the amount taken again differs, as it does at another rate: two purchases of one price
 * and a refund of one of them are no reversal.
 */
#include "import/derive_cards.h"

#define REVERSAL_DAYS 7 /* from the authorization to a reversal, and from it to the true charge */
#define REFUND_DAYS   3 /* the same where the statement calls it a refund */

/* Pairs of authorization and recapture that are looked at for one credit. No statement has as many
 * movements of one amount within days; a made-up one would otherwise keep us for hours. */
#define PAIRS_MAX 20000

static gboolean is_live(const struct movement *movement)
{
    return !movement->recapture && !movement->reverses &&
           (movement_is(movement, "posted") || movement_is(movement, "pending"));
}

/* The line of a movement in a statement, or 0. */
static int64_t line_in(const struct movement *movement, const struct card_file *file)
{
    for (guint i = 0; i < movement->told->len; i++)
        if (movement_told(movement, i)->row->file == file)
            return movement_told(movement, i)->row->line;
    return 0;
}

/*
 * Which of two movements of one day stands first in a statement that shows both: below zero when
 * the first does, 0 when none shows both. A statement that goes from new to old is read backwards,
 * one that somebody sorted otherwise tells nothing; direction: 0 when its days do not tell, and
 * then the lines stand as they are.
 */
static int lines_compare(const struct movement *a, const struct movement *b, int *direction)
{
    *direction = 0;
    for (guint i = 0; i < a->told->len; i++) {
        const struct card_row *row = movement_told(a, i)->row;
        int64_t other = line_in(b, row->file);

        if (other == 0 || other == row->line || !row->file->is_ordered)
            continue;
        *direction = row->file->direction;
        return (row->line > other ? 1 : -1) * (*direction ? *direction : 1);
    }
    return 0;
}

/* Below zero when a is known to come before b, above when after, 0 when nothing tells. */
static int order_of(const struct movement *a, const struct movement *b, int *direction)
{
    const char *time = a->head->purchased_time, *other = b->head->purchased_time;

    *direction = 1;
    if (a->head->day != b->head->day)
        return a->head->day < b->head->day ? -1 : 1;
    if (time && other && strcmp(time, other) != 0)
        return strcmp(time, other);
    return lines_compare(a, b, direction);
}

/* Taken, given back, taken again: in that order as far as anything tells. */
static gboolean in_order(const struct movement *taken, const struct movement *back,
                         const struct movement *again)
{
    int direction, other_direction;
    int first = order_of(taken, back, &direction), second = order_of(back, again, &other_direction);

    if (first > 0 && second > 0)
        return direction == 0 && other_direction == 0; /* a statement of one day, read either way */
    return first <= 0 && second <= 0;
}

/* What a movement that gives back may be, by its words. */
struct giving {
    struct movement *back;
    gboolean is_reversal, is_refund;
    int32_t days;
    guint pairs; /* looked at */
};

static gboolean alike(const struct movement *a, const struct movement *b)
{
    return movements_same_card(a, b) && g_str_equal(a->currency, b->currency) &&
           (movements_same_id(a, b) || merchant_agrees(a, b, FALSE));
}

static gboolean is_authorization(const struct giving *giving, const struct movement *taken)
{
    const struct movement *back = giving->back;

    return taken->amount_nanos == -back->amount_nanos && is_live(taken) &&
           (giving->is_refund || movements_same_id(taken, back)) && alike(taken, back);
}

/* Whether a movement of the days after may be the recapture of what was given back. */
static gboolean may_be_recapture(const struct giving *giving, const struct movement *again)
{
    const struct movement *back = giving->back;

    return again->amount_nanos > 0 && amounts_near(-back->amount_nanos, again->amount_nanos) &&
           (giving->is_reversal || again->amount_nanos != -back->amount_nanos) &&
           !again->is_recapture && is_live(again) && movements_same_card(back, again) &&
           g_str_equal(back->currency, again->currency);
}

static gboolean is_recapture(const struct giving *giving, const struct movement *taken,
                             const struct movement *again)
{
    return again != taken && alike(taken, again) &&
           (!*taken->original_currency ||
            !g_str_equal(taken->original_currency, again->original_currency) ||
            taken->original_nanos == again->original_nanos) &&
           in_order(taken, giving->back, again);
}

/* Movements from index on, which are of a day or later, that may be the recapture. */
static void recaptures_collect(const struct giving *giving, GPtrArray *recaptures,
                               const GPtrArray *movements, guint index, guint end)
{
    g_ptr_array_set_size(recaptures, 0);
    for (; index < end; index++) {
        struct movement *again = g_ptr_array_index(movements, index);

        if (again->head->day > giving->back->head->day + giving->days)
            break;
        if (may_be_recapture(giving, again))
            g_ptr_array_add(recaptures, again);
    }
}

/* The recapture that is nearest in amount, of several the first; none once there are too many. */
static struct movement *recapture_find(struct giving *giving, const struct movement *taken,
                                       const GPtrArray *recaptures)
{
    struct movement *best = NULL;
    int64_t best_apart = 0;

    for (guint i = 0; i < recaptures->len && giving->pairs < PAIRS_MAX; i++, giving->pairs++) {
        struct movement *again = g_ptr_array_index(recaptures, i);
        int64_t apart = ABS(again->amount_nanos - taken->amount_nanos);

        if ((!best || apart < best_apart) && is_recapture(giving, taken, again)) {
            best = again;
            best_apart = apart;
        }
    }
    return giving->pairs < PAIRS_MAX ? best : NULL;
}

static void set_role(struct movement *movement, const char *role)
{
    for (guint i = 0; i < movement->told->len; i++) {
        struct told *told = movement_told(movement, i);

        if (g_str_equal(told->role, "posted"))
            told->role = role;
    }
    movement->state = "reversed";
}

static int32_t day_at(const GPtrArray *movements, guint index)
{
    return ((const struct movement *)g_ptr_array_index(movements, index))->head->day;
}

/*
 * movements[first..end) are of one account, and stand by day; index is the credit's. The latest
 * authorization before it counts.
 */
static void net(struct giving *giving, GPtrArray *recaptures, const GPtrArray *movements,
                guint first, guint index, guint end)
{
    const int32_t day = giving->back->head->day;
    guint from = index;

    while (index > first && day_at(movements, index - 1) == day)
        index--;
    recaptures_collect(giving, recaptures, movements, index, end);
    if (recaptures->len == 0)
        return;
    while (from < end && day_at(movements, from) == day)
        from++;
    while (from-- > first && day_at(movements, from) >= day - giving->days) {
        struct movement *taken = g_ptr_array_index(movements, from), *again;

        if (!is_authorization(giving, taken))
            continue;
        again = recapture_find(giving, taken, recaptures);
        if (!again)
            continue;
        taken->recapture = again;
        again->is_recapture = TRUE;
        giving->back->reverses = taken;
        set_role(taken, "authorization");
        set_role(giving->back, "reversal");
        return;
    }
}

void movements_net_reversals(GPtrArray *movements)
{
    g_autoptr(GPtrArray) recaptures = g_ptr_array_new();
    guint first = 0, end = 0;

    for (guint i = 0; i < movements->len; i++) {
        struct giving giving = {.back = g_ptr_array_index(movements, i)};

        if (i == end) {
            first = i;
            end = movements_account_end(movements, first);
        }
        if (giving.back->amount_nanos >= 0 || !is_live(giving.back))
            continue;
        giving.is_reversal = row_says_reversal(giving.back->head);
        giving.is_refund = giving.is_reversal || row_says_refund(giving.back->head);
        giving.days = giving.is_reversal ? REVERSAL_DAYS : REFUND_DAYS;
        net(&giving, recaptures, movements, first, i, end);
    }
}
