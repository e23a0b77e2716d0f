/*
 * derive_pending.c - a pending row and what became of it.
 *
 * When a pending row posts, its date, amount, text and id may all change. It is followed from the
 * statement that shows it to a later one: to a posted row, or to a row that is pending there
 * (derive_tie.c says which it may be). What is not unique both ways is not followed: the row stays
 * pending. Rows that are alike are an exception: as many posted as were pending are paired in their
 * order, for a swap would change nothing.
 *
 * A pending row of which a later statement shows nothing, although it covers its day and the days
 * in which it would have posted, was dropped.
 */
#include "import/derive_pending.h"

#define SETTLED_DAYS 5 /* after which a statement that does not show a posting will not */

/* How many rows one pending row may fit before it is left alone: thousands that are all alike would
 * make millions of pairs. */
#define OTHERS_MAX 500

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

static void choices_link(const struct book *book, GArray *pending, GArray *later, enum tie tie)
{
    for (guint i = 0; i < pending->len; i++) {
        struct choice *one = choice_at(pending, i);
        int32_t day = one->movement->head->day;

        if (one->is_taken || (tie == TIE_ID && !*one->movement->head->reference))
            continue;
        for (guint j = choices_from(later, day - tie_days_before(tie));
             j < later->len && one->others->len <= OTHERS_MAX &&
             choice_at(later, j)->movement->head->day <= day + tie_days_after(tie);
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

    if (others->len == 0 || others->len > OTHERS_MAX)
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

/* The first movement of an account that is not before a day; they stand by day. */
static guint movements_from(const GPtrArray *movements, int32_t day)
{
    guint low = 0, high = movements->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;
        const struct movement *movement = g_ptr_array_index(movements, middle);

        if (movement->head->day < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static gboolean may_have_posted(const struct book *book, const struct movement *pending)
{
    int32_t day = pending->head->day;

    for (guint i = movements_from(book->movements, day - tie_days_before(TIE_ID));
         i < book->movements->len; i++) {
        const struct movement *later = g_ptr_array_index(book->movements, i);

        if (later->head->day > day + tie_days_after(TIE_ID))
            break;
        if (!movement_is(later, "posted"))
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
    int32_t after = movement_statement_day(pending, TRUE), day = pending->head->day;

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
