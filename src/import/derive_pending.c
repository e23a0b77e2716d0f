/*
 * derive_pending.c - a pending row and what became of it.
 *
 * When a pending row posts, its date, amount, text and id may all change. It is followed from the
 * statement that shows it to a later one: to a posted row, or to a row that is pending there, in
 * the same account and direction, within a few days, with the same id, or of the same merchant and
 * about the same amount. Rows of one statement are two movements, unless they share an id. What is
 * not unique both ways is not followed: the row stays pending. Rows that are alike are an
 * exception: as many posted as were pending are paired in their order, for a swap would change
 * nothing.
 *
 * A pending row of which a later statement shows nothing, although it covers its day and the days
 * in which it would have posted, was dropped.
 */
#include "import/derive_cards.h"

#define EARLY_DAYS   1  /* a posting may be dated before, for want of a common zone */
#define POSTING_DAYS 7  /* from a purchase to its posting */
#define UNDATED_DAYS 14 /* from or to a row whose statement prints no date */
#define SAME_ID_DAYS 31
#define SETTLED_DAYS 5  /* after which a statement that does not show a posting will not */
#define TIP_PERCENT  25 /* what a final amount may be above the authorized one */

/* What makes a pending row and a later one the same, the best first. */
enum tie { TIE_ID, TIE_DAY, TIE_TEXT, TIE_AMOUNT, TIE_NEAR, TIE_TIP, TIES };

/* A statement of an account. */
struct sheet {
    const struct account *account;
    const struct card_file *file;
    gboolean shows_pending;
};

/* The movements of one account, by day, and its statements. */
struct book {
    GPtrArray *movements;
    GArray *sheets; /* struct sheet, of all accounts */
    guint first_sheet, end_sheet;
};

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

/* The last day of the newest, or oldest, of the statements that show a movement. */
static int32_t statement_day(const struct movement *movement, gboolean newest)
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
    int32_t after = statement_day(movement, TRUE), next = G_MAXINT32;

    for (guint i = book->first_sheet; i < book->end_sheet; i++) {
        const struct sheet *sheet = &g_array_index(book->sheets, struct sheet, i);

        if (sheet->shows_pending && sheet->file->until_day > after)
            next = MIN(next, sheet->file->until_day);
    }
    return next;
}

static gboolean same_id(const struct movement *a, const struct movement *b)
{
    return *a->head->reference && g_str_equal(a->head->reference, b->head->reference);
}

/* Whether the one may be the other's later form, by the statements that show them. */
static gboolean may_follow(const struct book *book, const struct movement *pending,
                           const struct movement *later)
{
    if (movement_is(later, "pending"))
        return !share_a_statement(pending, later) &&
               statement_day(later, FALSE) == next_pending_day(book, pending);
    if (share_a_statement(pending, later))
        return same_id(pending, later);
    return statement_day(later, FALSE) >= statement_day(pending, TRUE);
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

static gboolean ties(const struct book *book, const struct movement *pending,
                     const struct movement *later, enum tie tie)
{
    if (tie == TIE_ID && !same_id(pending, later))
        return FALSE;
    if (!amounts_agree(pending, later, tie) || !days_agree(pending, later, tie) ||
        pending == later || later->is_gone || pending->head->is_fee != later->head->is_fee ||
        !movements_same_card(pending, later))
        return FALSE;
    if (tie != TIE_ID && !merchant_agrees(pending, later, tie != TIE_AMOUNT))
        return FALSE;
    return may_follow(book, pending, later);
}

/* One pending row and those that it may have become, or one of these and the pending ones. */
struct choice {
    struct movement *movement;
    GArray *others; /* guint: indexes of the other side's choices */
    gboolean is_taken;
};

static void choice_clear(gpointer pointer)
{
    g_array_unref(((struct choice *)pointer)->others);
}

static GArray *choices_new(void)
{
    GArray *choices = g_array_new(FALSE, FALSE, sizeof(struct choice));

    g_array_set_clear_func(choices, choice_clear);
    return choices;
}

static struct choice *choice_at(GArray *choices, guint index)
{
    return &g_array_index(choices, struct choice, index);
}

/* The movements of a state that are still of their own. */
static GArray *choices_of(const struct book *book, const char *state)
{
    GArray *choices = choices_new();

    for (guint i = 0; i < book->movements->len; i++) {
        struct choice choice = {g_ptr_array_index(book->movements, i), NULL, FALSE};

        if (choice.movement->is_gone || !movement_is(choice.movement, state))
            continue;
        choice.others = g_array_new(FALSE, FALSE, sizeof(guint));
        g_array_append_val(choices, choice);
    }
    return choices;
}

/* The first choice that is not before a day; choices stand by day. */
static guint choices_from(GArray *choices, int32_t day)
{
    guint low = 0, high = choices->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (choice_at(choices, middle)->movement->head->day < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The days around a pending row's in which days_agree() may hold. */
static int32_t days_before(enum tie tie)
{
    return tie == TIE_ID ? SAME_ID_DAYS : tie == TIE_DAY ? 0 : POSTING_DAYS;
}

static int32_t days_after(enum tie tie)
{
    return tie == TIE_ID ? SAME_ID_DAYS : tie == TIE_DAY ? 0 : UNDATED_DAYS;
}

static void choices_link(const struct book *book, GArray *pending, GArray *later, enum tie tie)
{
    for (guint i = 0; i < pending->len; i++) {
        struct choice *one = choice_at(pending, i);
        int32_t day = one->movement->head->day;

        if (one->is_taken || (tie == TIE_ID && !*one->movement->head->reference))
            continue;
        for (guint j = choices_from(later, day - days_before(tie));
             j < later->len && choice_at(later, j)->movement->head->day <= day + days_after(tie);
             j++) {
            struct choice *other = choice_at(later, j);

            if (!other->is_taken && ties(book, one->movement, other->movement, tie)) {
                g_array_append_val(one->others, j);
                g_array_append_val(other->others, i);
            }
        }
    }
}

/* Whether as many stand on both sides, each fit for the one in its place and all for nothing else:
 * then others has the later ones in order, and pending of the first of them the pending ones. */
static gboolean is_block(GArray *pending, GArray *later, guint index)
{
    const GArray *others = choice_at(pending, index)->others;
    const GArray *ones;

    if (others->len == 0)
        return FALSE;
    ones = choice_at(later, g_array_index(others, guint, 0))->others;
    if (ones->len != others->len || g_array_index(ones, guint, 0) != index)
        return FALSE;
    for (guint i = 0; i < ones->len; i++) {
        const GArray *a = choice_at(pending, g_array_index(ones, guint, i))->others;
        const GArray *b = choice_at(later, g_array_index(others, guint, i))->others;

        if (a->len != others->len || b->len != ones->len ||
            memcmp(a->data, others->data, a->len * sizeof(guint)) != 0 ||
            memcmp(b->data, ones->data, b->len * sizeof(guint)) != 0)
            return FALSE;
    }
    return TRUE;
}

static void follow(struct choice *one, struct choice *other)
{
    struct movement *pending = one->movement, *later = other->movement;

    while (later->is_gone) /* it was followed itself */
        later = later->became;
    for (guint i = 0; i < pending->told->len; i++)
        movement_told(pending, i)->is_counted = FALSE;
    g_free(later->id);
    later->id = g_steal_pointer(&pending->id);
    movement_absorb(later, pending);
    one->is_taken = other->is_taken = TRUE;
}

/* Follows every pending row whose later form, by one tie, is beyond doubt. */
static void follow_by(const struct book *book, GArray *pending, GArray *later, enum tie tie)
{
    choices_link(book, pending, later, tie);
    for (guint i = 0; i < pending->len; i++) {
        guint count = choice_at(pending, i)->others->len;

        if (choice_at(pending, i)->is_taken || (count > 1 && tie > TIE_AMOUNT) ||
            !is_block(pending, later, i))
            continue;

        guint first_later = g_array_index(choice_at(pending, i)->others, guint, 0);
        const GArray *ones = choice_at(later, first_later)->others;
        const GArray *others = choice_at(pending, i)->others;

        for (guint k = 0; k < count; k++) {
            struct choice *one = choice_at(pending, g_array_index(ones, guint, k));
            struct choice *other = choice_at(later, g_array_index(others, guint, k));

            follow(one, other);
        }
    }
    for (guint i = 0; i < pending->len; i++)
        g_array_set_size(choice_at(pending, i)->others, 0);
    for (guint i = 0; i < later->len; i++)
        g_array_set_size(choice_at(later, i)->others, 0);
}

/* What is pending is followed to what has a state, by one tie after the other. */
static void follow_to(const struct book *book, const char *state, enum tie last)
{
    g_autoptr(GArray) pending = choices_of(book, "pending");
    g_autoptr(GArray) later = pending->len > 0 ? choices_of(book, state) : choices_new();

    for (int tie = 0; tie <= (int)last && later->len > 0; tie++)
        follow_by(book, pending, later, (enum tie)tie);
}

static gboolean may_have_posted(const struct book *book, const struct movement *pending)
{
    for (guint i = 0; i < book->movements->len; i++) {
        const struct movement *later = g_ptr_array_index(book->movements, i);

        if (!movement_is(later, "posted") ||
            ABS(later->head->day - pending->head->day) > SAME_ID_DAYS)
            continue;
        for (int tie = 0; tie < TIES; tie++)
            if (ties(book, pending, later, (enum tie)tie))
                return TRUE;
    }
    return FALSE;
}

/* Whether a later statement covers the day of a pending row and what came after, and is without it.
 */
static gboolean has_vanished(const struct book *book, const struct movement *pending)
{
    int32_t after = statement_day(pending, TRUE), day = pending->head->day;

    for (guint i = book->first_sheet; i < book->end_sheet; i++) {
        const struct sheet *sheet = &g_array_index(book->sheets, struct sheet, i);
        const struct card_file *file = sheet->file;

        if (file->until_day > after && file->from_day <= day &&
            (sheet->shows_pending || file->until_day >= day + SETTLED_DAYS))
            return TRUE;
    }
    return FALSE;
}

static void note(struct movement *movement, const char *text)
{
    for (guint i = 0; i < movement->told->len; i++)
        if (!*movement_told(movement, i)->note)
            movement_told(movement, i)->note = text;
}

static void drop(const struct book *book)
{
    for (guint i = 0; i < book->movements->len; i++) {
        struct movement *movement = g_ptr_array_index(book->movements, i);

        if (movement->is_gone || !movement_is(movement, "pending"))
            continue;
        if (may_have_posted(book, movement)) {
            note(movement, "Several rows may be what it became: it stays pending.");
        } else if (has_vanished(book, movement)) {
            movement->state = "dropped";
            note(movement, "A later statement that covers its day does not show it.");
        }
    }
}

static gint by_account(gconstpointer left, gconstpointer right)
{
    const struct sheet *a = left, *b = right;
    int order = strcmp(a->account->name, b->account->name);

    return order ? order : (a->file > b->file) - (a->file < b->file);
}

/* Every statement of every account, by account. */
static GArray *sheets_find(const struct cards *cards)
{
    GArray *sheets = g_array_new(FALSE, FALSE, sizeof(struct sheet));

    for (guint i = 0; i < cards->files->len; i++) {
        const struct card_file *file = &g_array_index(cards->files, struct card_file, i);
        g_autoptr(GHashTable) places = g_hash_table_new(NULL, NULL); /* account -> index + 1 */

        for (guint j = 0; j < file->row_count; j++) {
            const struct card_row *row =
                &g_array_index(cards->rows, struct card_row, file->first_row + j);
            guint place = GPOINTER_TO_UINT(g_hash_table_lookup(places, row->account));

            if (place == 0) {
                const struct sheet sheet = {row->account, file, FALSE};

                g_array_append_val(sheets, sheet);
                place = sheets->len;
                g_hash_table_insert(places, row->account, GUINT_TO_POINTER(place));
            }
            if (row_is_pending(row))
                g_array_index(sheets, struct sheet, place - 1).shows_pending = TRUE;
        }
    }
    g_array_sort(sheets, by_account);
    return sheets;
}

/* The movements of an account stand by day within movements[first..end). */
static void book_follow(struct book *book, const GPtrArray *movements, guint first, guint end)
{
    g_autoptr(GPtrArray) own = g_ptr_array_sized_new(end - first);
    gboolean has_pending = FALSE;

    for (guint i = first; i < end; i++) {
        struct movement *movement = g_ptr_array_index(movements, i);

        has_pending = has_pending || movement_is(movement, "pending");
        g_ptr_array_add(own, movement);
    }
    if (!has_pending)
        return;
    book->movements = own;
    follow_to(book, "posted", TIE_AMOUNT);
    follow_to(book, "pending", TIE_NEAR);
    follow_to(book, "posted", TIE_TIP);
    drop(book);
}

void movements_follow_pending(GPtrArray *movements, const struct cards *cards)
{
    g_autoptr(GArray) sheets = sheets_find(cards);
    struct book book = {.sheets = sheets};
    guint end;

    for (guint first = 0; first < movements->len; first = end) {
        const struct movement *head = g_ptr_array_index(movements, first);

        end = movements_account_end(movements, first);
        book.first_sheet = book.end_sheet;
        while (book.end_sheet < sheets->len &&
               g_array_index(sheets, struct sheet, book.end_sheet).account == head->head->account)
            book.end_sheet++;
        book_follow(&book, movements, first, end);
    }
    movements_settle(movements);
}
