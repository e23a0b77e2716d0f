/*
 * derive_movement.c - unites the overlapping statements of one account.
 *
 * Rows of an account that are the same movement (card_row_compare) are counted per statement: there
 * are as many movements as the statement with most of them shows. Two equal rows in one file are
 * two movements; in two overlapping files they are one. Rows that posted on different days are
 * never one, for that day is final: a month's last purchase may stand in this month's statement and
 * an equal one of the same day in the next. A row without a posting day (a pending one, another
 * layout's) tells of any of them.
 */
#include "core/digest.h"
#include "import/derive_cards.h"

static void movement_free(gpointer pointer)
{
    struct movement *movement = pointer;

    g_array_unref(movement->told);
    g_free(movement->id);
    g_free(movement);
}

struct told *movement_told(const struct movement *movement, guint index)
{
    return &g_array_index(movement->told, struct told, index);
}

gboolean movement_is(const struct movement *movement, const char *state)
{
    return g_str_equal(movement->state, state);
}

gboolean movements_same_card(const struct movement *a, const struct movement *b)
{
    const char *one = a->head->card_last4, *other = b->head->card_last4;

    return !*one || !*other || g_str_equal(one, other);
}

gboolean movements_same_id(const struct movement *a, const struct movement *b)
{
    return *a->head->reference && g_str_equal(a->head->reference, b->head->reference);
}

guint movements_account_end(const GPtrArray *movements, guint first)
{
    const struct movement *head = g_ptr_array_index(movements, first);
    guint end = first + 1;

    while (end < movements->len &&
           ((struct movement *)g_ptr_array_index(movements, end))->head->account ==
               head->head->account)
        end++;
    return end;
}

static void movement_tell(struct movement *movement, const struct card_row *row,
                          gboolean is_counted)
{
    const struct told told = {
        .row = row,
        .role = row->state,
        .is_counted = is_counted,
        .note = row->is_undated
                    ? "Its statement prints no date: the last dated day is taken for it."
                    : "",
    };

    g_array_append_val(movement->told, told);
}

void movement_absorb(struct movement *movement, struct movement *gone)
{
    g_array_append_vals(movement->told, gone->told->data, gone->told->len);
    gone->is_gone = TRUE;
    gone->became = movement;
}

/* NULL for a row that has not posted, or does not say when. */
static const char *posting_day(const struct card_row *row)
{
    return row_is_posted(row) ? row->posted_on : NULL;
}

/* Rows without a posting day come last. */
static int posting_compare(const struct card_row *a, const struct card_row *b)
{
    const char *one = posting_day(a), *other = posting_day(b);

    return one && other ? strcmp(one, other) : (one == NULL) - (other == NULL);
}

static int account_compare(const struct card_row *a, const struct card_row *b)
{
    return a->account == b->account ? 0 : strcmp(a->account->name, b->account->name);
}

/* By account, movement, posting day and statement; rows of one statement by time, then as they
 * stand. */
static gint by_movement(gconstpointer left, gconstpointer right)
{
    const struct card_row *a = *(const struct card_row *const *)left;
    const struct card_row *b = *(const struct card_row *const *)right;
    int order = account_compare(a, b);

    if (order == 0)
        order = card_row_compare(a, b);
    if (order == 0)
        order = posting_compare(a, b);
    if (order == 0 && a->file != b->file)
        order = a->file < b->file ? -1 : 1;
    if (order == 0)
        order = g_strcmp0(a->purchased_time, b->purchased_time);
    return order ? order : (a->line > b->line) - (a->line < b->line);
}

/* Which of several equal movements is the first: the order that their ids follow. */
static gint by_occurrence(gconstpointer left, gconstpointer right)
{
    const struct card_row *a = *(const struct card_row *const *)left;
    const struct card_row *b = *(const struct card_row *const *)right;
    int order = g_strcmp0(a->purchased_time, b->purchased_time);

    if (order == 0)
        order = row_is_posted(b) - row_is_posted(a);
    if (order == 0)
        order = posting_compare(a, b);
    if (order == 0)
        order = strcmp(a->reference, b->reference);
    if (order == 0 && a->file != b->file)
        order = a->file < b->file ? -1 : 1;
    return order ? order : (a->line > b->line) - (a->line < b->line);
}

/*
 * One statement's rows of one movement. wanted: of how many of them no movement is there yet that
 * another row of the statement does not tell of; posted: the posted ones among all and wanted.
 */
struct block {
    guint first, count, posted, wanted, posted_wanted;
};

static gboolean movement_is_told_by(const struct movement *movement, const struct card_file *file)
{
    for (guint i = 0; i < movement->told->len; i++)
        if (movement_told(movement, i)->row->file == file)
            return TRUE;
    return FALSE;
}

static gint by_head(gconstpointer left, gconstpointer right)
{
    const struct movement *a = *(struct movement *const *)left;
    const struct movement *b = *(struct movement *const *)right;

    return by_occurrence(&a->head, &b->head);
}

/* The movements first.. that no row of a statement tells of yet, in the order of occurrence. */
static GPtrArray *movements_untold(const GPtrArray *movements, guint first,
                                   const struct card_file *file)
{
    GPtrArray *untold = g_ptr_array_new();

    for (guint i = first; i < movements->len; i++)
        if (!movement_is_told_by(g_ptr_array_index(movements, i), file))
            g_ptr_array_add(untold, g_ptr_array_index(movements, i));
    g_ptr_array_sort(untold, by_head);
    return untold;
}

static struct block block_at(const GPtrArray *rows, guint first, guint end)
{
    const struct card_row *head = g_ptr_array_index(rows, first);
    struct block block = {.first = first};

    for (guint i = first; i < end; i++) {
        const struct card_row *row = g_ptr_array_index(rows, i);

        if (row->file != head->file)
            break;
        block.count++;
        block.posted += row_is_posted(row);
    }
    return block;
}

/* Counts what is wanted beside the movements first_movement.. . */
static void block_want(struct block *block, const GPtrArray *rows, const GPtrArray *movements,
                       guint first_movement)
{
    const struct card_row *head = g_ptr_array_index(rows, block->first);
    g_autoptr(GPtrArray) free = movements_untold(movements, first_movement, head->file);

    block->wanted = block->count - MIN(block->count, free->len);
    block->posted_wanted = block->posted - MIN(block->posted, free->len);
}

/* Adds the last so many of a block's rows that are posted, or pending. */
static void pick_last(GPtrArray *picked, const GPtrArray *rows, const struct block *block,
                      gboolean posted, guint wanted)
{
    guint skip = (posted ? block->posted : block->count - block->posted) - wanted;

    for (guint i = block->first; i < block->first + block->count; i++) {
        struct card_row *row = g_ptr_array_index(rows, i);

        if (row_is_posted(row) != posted)
            continue;
        if (skip > 0)
            skip--;
        else
            g_ptr_array_add(picked, row);
    }
}

/*
 * Picks the rows that stand for the movements that are alike, rows[first..end), beside the
 * movements first_movement.. that are there.
 *
 * All come from the statement that wants most of them, so that no row stands for two; where another
 * one wants more of them posted, its posted rows take the place of pending ones, the earliest.
 */
static GPtrArray *pick(const GPtrArray *rows, guint first, guint end, const GPtrArray *movements,
                       guint first_movement)
{
    GPtrArray *picked = g_ptr_array_new();
    struct block most = {0}, posted = {0};

    for (guint i = first; i < end;) {
        struct block block = block_at(rows, i, end);

        block_want(&block, rows, movements, first_movement);
        if (block.wanted > most.wanted ||
            (block.wanted == most.wanted && block.posted_wanted > most.posted_wanted))
            most = block;
        if (block.posted_wanted > posted.posted_wanted)
            posted = block;
        i += block.count;
    }
    if (most.posted_wanted == posted.posted_wanted)
        posted = most;
    pick_last(picked, rows, &posted, TRUE, posted.posted_wanted);
    pick_last(picked, rows, &most, FALSE, most.wanted - posted.posted_wanted);
    g_ptr_array_sort(picked, by_occurrence);
    return picked;
}

static struct movement *movement_new(const struct card_row *row, guint occurrence)
{
    g_autofree char *amount = g_strdup_printf("%" G_GINT64_FORMAT, (gint64)row->amount_nanos);
    g_autofree char *number = g_strdup_printf("%u", occurrence);
    struct movement *movement = g_new0(struct movement, 1);

    movement->head = row;
    movement->told = g_array_new(FALSE, FALSE, sizeof(struct told));
    movement->id = digest_id('c', row->account->name, row->dated_on, amount, row->currency,
                             row->descriptor, row->card_last4, row->reference,
                             g_str_equal(row->state, "dead") ? "dead" : "", number, NULL);
    movement->state = row->state;
    movement->amount_nanos = row->amount_nanos;
    movement->currency = row->currency;
    movement->original_nanos = row->original_nanos;
    movement->original_currency = row->original_currency;
    movement->fee_nanos = row->fee_nanos;
    movement->fee_currency = row->fee_currency;
    movement_tell(movement, row, TRUE);
    return movement;
}

/* How near a row of another statement must be to a movement, to tell of it. */
enum nearness { SAME_TIME_AND_STATE, BOTH_POSTED, ANY, NEARNESSES };

/* Whether what stands here may be told by the row; past: whether the row must wait for a later one.
 */
static gboolean may_tell(const struct card_row *row, const struct card_row *head,
                         enum nearness nearness, gboolean *past)
{
    int order = g_strcmp0(head->purchased_time, row->purchased_time);

    if (order == 0)
        order = row_is_posted(row) - row_is_posted(head);
    *past = nearness == SAME_TIME_AND_STATE && order > 0;
    if (nearness == SAME_TIME_AND_STATE)
        return order == 0;
    return nearness == ANY || row_is_posted(head);
}

/* Gives rows, in their order, to movements, in theirs; both lose what found its other. */
static void tell_in_order(GPtrArray *rows, GPtrArray *untold, enum nearness nearness)
{
    guint kept_rows = 0, next = 0;

    for (guint i = 0; i < rows->len; i++) {
        struct card_row *row = g_ptr_array_index(rows, i);
        struct movement *found = NULL;
        gboolean past = nearness == BOTH_POSTED && !row_is_posted(row);

        for (guint j = next; !past && !found && j < untold->len; j++) {
            struct movement *movement = g_ptr_array_index(untold, j);

            if (movement && may_tell(row, movement->head, nearness, &past)) {
                found = movement;
                untold->pdata[j] = NULL;
            }
            if (!past)
                next = j + 1;
        }
        if (found)
            movement_tell(found, row, FALSE);
        else
            rows->pdata[kept_rows++] = row;
    }
    g_ptr_array_set_size(rows, (int)kept_rows);
}

/*
 * Finds for each row that was not picked the movement that it tells of: one that no other row of
 * its statement does, of the same time where there is one, and never a pending one for a posted
 * row. Of no statement do more rows remain than movements, and not more posted ones either: pick()
 * saw to that.
 */
static void tell_statement(const GPtrArray *movements, guint first, GPtrArray *rows)
{
    const struct card_row *head = g_ptr_array_index(rows, 0);
    g_autoptr(GPtrArray) untold = movements_untold(movements, first, head->file);

    g_ptr_array_sort(rows, by_occurrence);
    for (int nearness = 0; nearness < NEARNESSES; nearness++)
        tell_in_order(rows, untold, (enum nearness)nearness);
    g_assert(rows->len == 0);
}

/* Adds the rows that were not picked to what tells of the movements first... */
static void tell_others(const GPtrArray *movements, guint first_movement, const GPtrArray *rows,
                        guint first, guint end)
{
    g_autoptr(GHashTable) heads = g_hash_table_new(NULL, NULL);
    struct block block;

    for (guint i = first_movement; i < movements->len; i++)
        g_hash_table_add(
            heads, (gpointer)(uintptr_t)((struct movement *)g_ptr_array_index(movements, i))->head);
    for (guint i = first; i < end; i += block.count) {
        g_autoptr(GPtrArray) others = g_ptr_array_new();

        block = block_at(rows, i, end);
        for (guint j = i; j < i + block.count; j++)
            if (!g_hash_table_contains(heads, g_ptr_array_index(rows, j)))
                g_ptr_array_add(others, g_ptr_array_index(rows, j));
        if (others->len > 0)
            tell_statement(movements, first_movement, others);
    }
}

/* Finds the movements of rows[first..end), which are alike; told: from which movement on they may
 * tell of one; group: the first movement of those that are alike. */
static void find_equal(GPtrArray *movements, const GPtrArray *rows, guint first, guint end,
                       guint told, guint group)
{
    g_autoptr(GPtrArray) picked = NULL;

    if (end == first + 1 && told == movements->len) { /* as nearly all are */
        g_ptr_array_add(movements,
                        movement_new(g_ptr_array_index(rows, first), movements->len - group + 1));
        return;
    }
    picked = pick(rows, first, end, movements, told);
    for (guint i = 0; i < picked->len; i++)
        g_ptr_array_add(movements,
                        movement_new(g_ptr_array_index(picked, i), movements->len - group + 1));
    tell_others(movements, told, rows, first, end);
}

/* Posting day by posting day, and then those without one. */
static void find_alike(GPtrArray *movements, const GPtrArray *rows, guint first, guint end)
{
    guint group = movements->len, until;

    for (; first < end && posting_day(g_ptr_array_index(rows, first)); first = until) {
        for (until = first + 1; until < end; until++)
            if (posting_compare(g_ptr_array_index(rows, first), g_ptr_array_index(rows, until)))
                break;
        find_equal(movements, rows, first, until, movements->len, group);
    }
    if (first < end)
        find_equal(movements, rows, first, end, group, group);
}

GPtrArray *movements_find(const struct cards *cards)
{
    GPtrArray *movements = g_ptr_array_new_with_free_func(movement_free);
    g_autoptr(GPtrArray) rows = g_ptr_array_sized_new(cards->rows->len);
    guint end;

    for (guint i = 0; i < cards->rows->len; i++)
        g_ptr_array_add(rows, &g_array_index(cards->rows, struct card_row, i));
    g_ptr_array_sort(rows, by_movement);
    for (guint first = 0; first < rows->len; first = end) {
        const struct card_row *head = g_ptr_array_index(rows, first);

        for (end = first + 1; end < rows->len; end++) {
            const struct card_row *row = g_ptr_array_index(rows, end);

            if (row->account != head->account || card_row_compare(row, head) != 0)
                break;
        }
        find_alike(movements, rows, first, end);
    }
    return movements;
}

static gint in_natural_order(gconstpointer left, gconstpointer right)
{
    const struct movement *a = *(struct movement *const *)left;
    const struct movement *b = *(struct movement *const *)right;
    int order = account_compare(a->head, b->head);

    if (order == 0)
        order = card_row_compare(a->head, b->head);
    return order ? order : by_occurrence(&a->head, &b->head);
}

void movements_settle(GPtrArray *movements)
{
    guint kept = 0;

    for (guint i = 0; i < movements->len; i++) {
        gpointer movement = movements->pdata[i];

        if (((struct movement *)movement)->is_gone)
            continue;
        movements->pdata[i] = movements->pdata[kept];
        movements->pdata[kept++] = movement;
    }
    g_ptr_array_set_size(movements, (int)kept); /* the others, which it frees */
    g_ptr_array_sort(movements, in_natural_order);
}
