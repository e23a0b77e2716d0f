/*
 * derive_anonymous.c - statements that name no account: which of them are of one.
 *
 * Two statements of one format are compared as multisets of rows (card_row_compare) on the days
 * that both have; pending rows are left out, for they change when they post. At least nine in ten
 * of the smaller one's rows in common is the same account, at most one in ten another; between the
 * two, import refuses the later file.
 */
#include "import/derive_cards.h"

#define SAME_ACCOUNT_PERCENT  90
#define OTHER_ACCOUNT_PERCENT 10

/* A file's rows without an account. */
struct anonymous {
    const struct card_file *file;
    GPtrArray *rows;     /* struct card_row *, in card_row_compare's order */
    int32_t from, until; /* days of these rows */
    guint group;         /* index of the first file known to be the same account's */
};

static void anonymous_free(gpointer pointer)
{
    struct anonymous *anonymous = pointer;

    g_ptr_array_unref(anonymous->rows);
    g_free(anonymous);
}

static gint by_key(gconstpointer left, gconstpointer right)
{
    return card_row_compare(*(const struct card_row *const *)left,
                            *(const struct card_row *const *)right);
}

/* NULL when every row has an account. */
static struct anonymous *anonymous_rows(struct cards *cards, const struct card_file *file)
{
    struct anonymous *anonymous = g_new0(struct anonymous, 1);

    anonymous->file = file;
    anonymous->rows = g_ptr_array_new();
    for (guint i = 0; i < file->row_count; i++) {
        struct card_row *row = &g_array_index(cards->rows, struct card_row, file->first_row + i);

        if (!row->account)
            g_ptr_array_add(anonymous->rows, row);
    }
    if (anonymous->rows->len == 0) {
        anonymous_free(anonymous);
        return NULL;
    }
    g_ptr_array_sort(anonymous->rows, by_key);
    anonymous->from = ((struct card_row *)g_ptr_array_index(anonymous->rows, 0))->day;
    anonymous->until =
        ((struct card_row *)g_ptr_array_index(anonymous->rows, anonymous->rows->len - 1))->day;
    return anonymous;
}

/* Every statement with rows that have no account. */
static GPtrArray *anonymous_find(struct cards *cards)
{
    GPtrArray *files = g_ptr_array_new_with_free_func(anonymous_free);

    for (guint i = 0; i < cards->files->len; i++) {
        struct anonymous *file =
            anonymous_rows(cards, &g_array_index(cards->files, struct card_file, i));

        if (file)
            g_ptr_array_add(files, file);
    }
    return files;
}

/* By format; within it by earliest day, then content: the order of the accounts' numbers. */
static gint by_format(gconstpointer left, gconstpointer right)
{
    const struct anonymous *a = *(struct anonymous *const *)left;
    const struct anonymous *b = *(struct anonymous *const *)right;
    int order = strcmp(a->file->format, b->file->format);

    if (order == 0)
        order = (a->from > b->from) - (a->from < b->from);
    if (order == 0)
        order = strcmp(a->file->sha256, b->file->sha256);
    return order ? order : (a->file > b->file) - (a->file < b->file);
}

/* The next row from i on that counts on days from..until, or NULL; rows stand by day. */
static const struct card_row *next_row(const GPtrArray *rows, guint *i, int32_t from, int32_t until)
{
    for (; *i < rows->len; ++*i) {
        const struct card_row *row = g_ptr_array_index(rows, *i);

        if (row->day > until)
            return NULL;
        if (row->day >= from && !row_is_pending(row))
            return row;
    }
    return NULL;
}

/* What two statements have in common on the days that both have. */
struct overlap {
    guint common, smaller;
};

static struct overlap overlap_count(const struct anonymous *a, const struct anonymous *b)
{
    int32_t from = MAX(a->from, b->from), until = MIN(a->until, b->until);
    guint i = 0, j = 0, mine = 0, theirs = 0;
    const struct card_row *one = next_row(a->rows, &i, from, until);
    const struct card_row *other = next_row(b->rows, &j, from, until);
    struct overlap overlap = {0};

    while (one || other) {
        gint order = !other ? -1 : !one ? 1 : card_row_compare(one, other);

        overlap.common += order == 0;
        if (order <= 0) {
            mine++;
            i++;
            one = next_row(a->rows, &i, from, until);
        }
        if (order >= 0) {
            theirs++;
            j++;
            other = next_row(b->rows, &j, from, until);
        }
    }
    overlap.smaller = MIN(mine, theirs);
    return overlap;
}

enum kinship { NO_COMMON_DAY, SAME_ACCOUNT, OTHER_ACCOUNT, CONTRADICTION };

static enum kinship overlap_judge(struct overlap overlap)
{
    if (overlap.smaller == 0)
        return NO_COMMON_DAY;
    if ((guint64)overlap.common * 100 >= (guint64)overlap.smaller * SAME_ACCOUNT_PERCENT)
        return SAME_ACCOUNT;
    return (guint64)overlap.common * 100 <= (guint64)overlap.smaller * OTHER_ACCOUNT_PERCENT
               ? OTHER_ACCOUNT
               : CONTRADICTION;
}

static void join(GPtrArray *files, guint first, guint end, guint kept, guint gone)
{
    for (guint i = first; i < end; i++) {
        struct anonymous *file = g_ptr_array_index(files, i);

        if (file->group == gone)
            file->group = kept;
    }
}

/* Groups files[first..end), all of one format. TRUE when some two are of different accounts. */
static gboolean group(GPtrArray *files, guint first, guint end)
{
    gboolean several = FALSE;

    for (guint i = first; i < end; i++)
        ((struct anonymous *)g_ptr_array_index(files, i))->group = i;
    for (guint i = first; i < end; i++) {
        const struct anonymous *a = g_ptr_array_index(files, i);

        for (guint j = i + 1; j < end; j++) {
            const struct anonymous *b = g_ptr_array_index(files, j);
            enum kinship kinship = overlap_judge(overlap_count(a, b));

            several = several || kinship == OTHER_ACCOUNT;
            if (kinship == SAME_ACCOUNT && a->group != b->group)
                join(files, first, end, MIN(a->group, b->group), MAX(a->group, b->group));
        }
    }
    return several;
}

/* "FORMAT" for all, or "FORMAT #1", "FORMAT #2" in the order of the groups' first files. */
static void assign_format(struct cards *cards, GPtrArray *files, guint first, guint end)
{
    gboolean several = group(files, first, end);
    guint count = 0;

    for (guint i = first; i < end; i++) {
        const struct anonymous *file = g_ptr_array_index(files, i);
        const struct anonymous *head = g_ptr_array_index(files, file->group);
        const struct card_row *row = g_ptr_array_index(head->rows, 0);
        struct account *account = row->account;

        if (!several)
            account = account_named(cards, file->file->format);
        else if (file->group == i) {
            g_autofree char *name = g_strdup_printf("%s #%u", file->file->format, ++count);

            account = account_named(cards, name);
        }
        for (guint j = 0; j < file->rows->len; j++)
            ((struct card_row *)g_ptr_array_index(file->rows, j))->account = account;
    }
}

void accounts_assign_anonymous(struct cards *cards)
{
    g_autoptr(GPtrArray) files = anonymous_find(cards);
    guint end;

    g_ptr_array_sort(files, by_format);
    for (guint first = 0; first < files->len; first = end) {
        const struct anonymous *head = g_ptr_array_index(files, first);

        for (end = first + 1; end < files->len; end++) {
            const struct anonymous *next = g_ptr_array_index(files, end);

            if (strcmp(next->file->format, head->file->format) != 0)
                break;
        }
        assign_format(cards, files, first, end);
    }
}

static void contradiction_free(gpointer pointer)
{
    g_free(((struct contradiction *)pointer)->name);
    g_free(pointer);
}

GPtrArray *anonymous_contradictions(struct cards *cards, int64_t file_id)
{
    GPtrArray *found = g_ptr_array_new_with_free_func(contradiction_free);
    g_autoptr(GPtrArray) files = anonymous_find(cards);
    const struct anonymous *mine = NULL;

    for (guint i = 0; i < files->len; i++) {
        const struct anonymous *file = g_ptr_array_index(files, i);

        if (file->file->file_id == file_id)
            mine = file;
    }
    for (guint i = 0; mine && i < files->len; i++) {
        const struct anonymous *other = g_ptr_array_index(files, i);
        struct overlap overlap = overlap_count(mine, other);

        if (other != mine && overlap_judge(overlap) == CONTRADICTION) {
            struct contradiction *contradiction = g_new0(struct contradiction, 1);

            contradiction->name = g_strdup(other->file->name);
            contradiction->common = overlap.common;
            contradiction->smaller = overlap.smaller;
            g_ptr_array_add(found, contradiction);
        }
    }
    return found;
}
