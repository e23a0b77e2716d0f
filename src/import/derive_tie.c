/*
 * derive_tie.c - whether a movement may be what a pending one became.
 *
 * It stands in a later statement, in the same account and direction and within a few days, and has
 * the same id, or is of the same merchant and about the same amount. Rows of one statement are two
 * movements, unless they share an id.
 */
#include "import/derive_pending.h"

#define EARLY_DAYS   1  /* a posting may be dated before, for want of a common zone */
#define POSTING_DAYS 7  /* from a purchase to its posting */
#define UNDATED_DAYS 14 /* from or to a row whose statement prints no date */
#define SAME_ID_DAYS 31
#define TIP_PERCENT  25 /* what a final amount may be above the authorized one */

static gboolean shows(const struct movement *movement, const struct card_file *file)
{
    for (guint i = 0; i < movement->told->len; i++)
        if (movement_told(movement, i)->row->file == file)
            return TRUE;
    return FALSE;
}

static gboolean share_a_statement(const struct movement *a, const struct movement *b)
{
    for (guint i = 0; i < a->told->len; i++)
        if (shows(b, movement_told(a, i)->row->file))
            return TRUE;
    return FALSE;
}

int32_t movement_statement_day(const struct movement *movement, gboolean newest)
{
    int32_t day = movement_told(movement, 0)->row->file->until_day;

    for (guint i = 1; i < movement->told->len; i++) {
        int32_t other = movement_told(movement, i)->row->file->until_day;

        day = newest ? MAX(day, other) : MIN(day, other);
    }
    return day;
}

/* The next statement of the account after those that show a movement which shows pending rows: the
 * movement is there if it is still pending. */
static int32_t next_pending_day(const struct book *book, const struct movement *movement)
{
    int32_t after = movement_statement_day(movement, TRUE), next = G_MAXINT32;

    for (guint i = book->first_sheet; i < book->end_sheet; i++) {
        const struct sheet *sheet = &g_array_index(book->sheets, struct sheet, i);

        if (sheet->shows_pending && sheet->file->until_day > after)
            next = MIN(next, sheet->file->until_day);
    }
    return next;
}

/* Whether the one may be the other's later form, by the statements that show them. */
static gboolean may_follow(const struct book *book, const struct movement *pending,
                           const struct movement *later)
{
    if (movement_is(later, "pending"))
        return !share_a_statement(pending, later) &&
               movement_statement_day(later, FALSE) == next_pending_day(book, pending);
    if (share_a_statement(pending, later))
        return movements_same_id(pending, later);
    return movement_statement_day(later, FALSE) >= movement_statement_day(pending, TRUE);
}

static gboolean days_agree(const struct movement *pending, const struct movement *later,
                           enum tie tie)
{
    int32_t days = later->head->day - pending->head->day;

    if (tie == TIE_ID)
        return ABS(days) <= SAME_ID_DAYS;
    if (pending->head->is_undated || later->head->is_undated)
        return tie != TIE_DAY && days >= -POSTING_DAYS && days <= UNDATED_DAYS;
    if (tie == TIE_DAY || movement_is(later, "pending"))
        return days == 0;
    return days >= -EARLY_DAYS && days <= POSTING_DAYS;
}

/* Equal to the cent, in the account's currency or in the merchant's. */
static gboolean amounts_equal(const struct movement *a, const struct movement *b)
{
    if (g_str_equal(a->currency, b->currency))
        return a->amount_nanos == b->amount_nanos ||
               (*a->original_currency && a->original_nanos == b->original_nanos &&
                g_str_equal(a->original_currency, b->original_currency) &&
                !g_str_equal(a->original_currency, a->currency) &&
                amounts_near(a->amount_nanos, b->amount_nanos));
    return (g_str_equal(a->currency, b->original_currency) &&
            a->amount_nanos == b->original_nanos) ||
           (g_str_equal(b->currency, a->original_currency) && b->amount_nanos == a->original_nanos);
}

static gboolean is_with_tip(const struct movement *pending, const struct movement *later)
{
    int64_t more;

    return pending->amount_nanos > 0 && later->amount_nanos > pending->amount_nanos &&
           !__builtin_sub_overflow(later->amount_nanos, pending->amount_nanos, &more) &&
           more / TIP_PERCENT <= pending->amount_nanos / 100;
}

static gboolean amounts_agree(const struct movement *pending, const struct movement *later,
                              enum tie tie)
{
    if ((pending->amount_nanos < 0) != (later->amount_nanos < 0))
        return FALSE;
    if (tie == TIE_ID)
        return TRUE;
    if (tie < TIE_NEAR)
        return amounts_equal(pending, later);
    if (!g_str_equal(pending->currency, later->currency))
        return FALSE;
    return tie == TIE_NEAR ? amounts_near(pending->amount_nanos, later->amount_nanos)
                           : is_with_tip(pending, later);
}

/* An id alone is not enough: some statements print one reference for many payments. */
static gboolean has_its_id(const struct movement *pending, const struct movement *later)
{
    return movements_same_id(pending, later) &&
           (merchant_agrees(pending, later, FALSE) || amounts_equal(pending, later) ||
            (g_str_equal(pending->currency, later->currency) &&
             amounts_near(pending->amount_nanos, later->amount_nanos)));
}

gboolean ties(const struct book *book, const struct movement *pending, const struct movement *later,
              enum tie tie)
{
    if (tie == TIE_ID && !has_its_id(pending, later))
        return FALSE;
    if (!amounts_agree(pending, later, tie) || !days_agree(pending, later, tie) ||
        pending == later || later->is_gone || pending->head->is_fee != later->head->is_fee ||
        !movements_same_card(pending, later))
        return FALSE;
    if (tie != TIE_ID && !merchant_agrees(pending, later, tie != TIE_AMOUNT))
        return FALSE;
    return may_follow(book, pending, later);
}

int32_t tie_days_before(enum tie tie)
{
    return tie == TIE_ID ? SAME_ID_DAYS : tie == TIE_DAY ? 0 : POSTING_DAYS;
}

int32_t tie_days_after(enum tie tie)
{
    return tie == TIE_ID ? SAME_ID_DAYS : tie == TIE_DAY ? 0 : UNDATED_DAYS;
}
