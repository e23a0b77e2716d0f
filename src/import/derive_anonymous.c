/*
 * derive_anonymous.c - statements that name no account: which of them are of one.
 *
 * Two statements of one format are compared as multisets of rows (card_row_compare) on the days
 * that both have; pending rows are left out, for they change when they post. At least nine in ten
 * of the smaller one's rows in common is the same account, at most one in ten another; between the
 * two, import refuses the later file. Fewer than three rows in common are no evidence, unless they
 * are all that either has there: a subscription on two cards is not to be counted once.
 *
 * In the same way one that has nearly all its rows in common with a statement that does name its
 * account is of that account, so that a renamed file counts once. One that was guessed is compared
 * with statements of every format: it has one of its own since. Statements of several formats that
 * name no account are of one when three rows at least agree so: a bank's card in two layouts.
 */
#include "import/derive_cards.h"
#include "import/guess.h"

#define KIN_ROWS              2 /* one alone may be the same subscription on two cards */
#define EVIDENCE_ROWS         3 /* fewer may be the same subscriptions on two cards */
#define SAME_ACCOUNT_PERCENT  90
#define OTHER_ACCOUNT_PERCENT 10

/* A file's rows without an account, or those of one account. */
struct anonymous {
    const struct card_file *file;
    struct account *account; /* NULL: without */
    const char *card_last4;  /* of all its rows, "" when they differ */
    GPtrArray *rows;         /* struct card_row *, in card_row_compare's order */
    int32_t from, until;     /* days of these rows */
    guint group;             /* index of the first file known to be the same account's */
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

static struct anonymous *anonymous_new(const struct card_file *file, const struct card_row *row)
{
    struct anonymous *anonymous = g_new0(struct anonymous, 1);

    anonymous->file = file;
    anonymous->account = row->account;
    anonymous->card_last4 = row->card_last4;
    anonymous->rows = g_ptr_array_new();
    return anonymous;
}

static void anonymous_sort(struct anonymous *anonymous)
{
    g_ptr_array_sort(anonymous->rows, by_key);
    anonymous->from = ((struct card_row *)g_ptr_array_index(anonymous->rows, 0))->day;
    anonymous->until =
        ((struct card_row *)g_ptr_array_index(anonymous->rows, anonymous->rows->len - 1))->day;
}

/* Adds a file's rows, parted by account: those that have none, or those that have one. */
static void add_rows(struct cards *cards, const struct card_file *file, gboolean with_account,
                     GPtrArray *files)
{
    guint first = files->len;

    for (guint i = 0; i < file->row_count; i++) {
        struct card_row *row = &g_array_index(cards->rows, struct card_row, file->first_row + i);
        struct anonymous *its = NULL;

        if ((row->account != NULL) != with_account)
            continue;
        for (guint j = first; j < files->len && !its; j++) {
            its = g_ptr_array_index(files, j);
            if (its->account != row->account)
                its = NULL;
        }
        if (!its) {
            its = anonymous_new(file, row);
            g_ptr_array_add(files, its);
        }
        if (strcmp(its->card_last4, row->card_last4) != 0)
            its->card_last4 = "";
        g_ptr_array_add(its->rows, row);
    }
    for (guint j = first; j < files->len; j++)
        anonymous_sort(g_ptr_array_index(files, j));
}

/* Every statement with rows that have no account, or every account of one with rows that do. */
static GPtrArray *anonymous_find(struct cards *cards, gboolean with_account)
{
    GPtrArray *files = g_ptr_array_new_with_free_func(anonymous_free);

    for (guint i = 0; i < cards->files->len; i++)
        add_rows(cards, &g_array_index(cards->files, struct card_file, i), with_account, files);
    return files;
}

static gboolean is_guessed(const struct anonymous *anonymous)
{
    return g_str_equal(anonymous->file->format, GUESS_NAME);
}

/* By format, those guessed last; within it by earliest day, then content: the order of the
 * accounts' numbers. */
static gint by_format(gconstpointer left, gconstpointer right)
{
    const struct anonymous *a = *(struct anonymous *const *)left;
    const struct anonymous *b = *(struct anonymous *const *)right;
    int order = is_guessed(a) - is_guessed(b);

    if (order == 0)
        order = strcmp(a->file->format, b->file->format);
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

/* As card_row_compare, whatever card and id they have; what is sorted by that is so by this too. */
static gint compare_plainly(const struct card_row *a, const struct card_row *b)
{
    int order = strcmp(a->dated_on, b->dated_on);

    if (order == 0)
        order = (a->amount_nanos > b->amount_nanos) - (a->amount_nanos < b->amount_nanos);
    if (order == 0)
        order = strcmp(a->currency, b->currency);
    return order ? order : strcmp(a->descriptor, b->descriptor);
}

/* What two statements have in common on the days that both have. */
struct overlap {
    guint common, smaller, larger;
};

static struct overlap overlap_count(const struct anonymous *a, const struct anonymous *b,
                                    gint (*compare)(const struct card_row *,
                                                    const struct card_row *))
{
    int32_t from = MAX(a->from, b->from), until = MIN(a->until, b->until);
    guint i = 0, j = 0, mine = 0, theirs = 0;
    const struct card_row *one = next_row(a->rows, &i, from, until);
    const struct card_row *other = next_row(b->rows, &j, from, until);
    struct overlap overlap = {0};

    while (one || other) {
        gint order = !other ? -1 : !one ? 1 : compare(one, other);

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
    overlap.larger = MAX(mine, theirs);
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

/* The same of two statements without an account: few rows in common must be all that both have. */
static enum kinship overlap_judge_nameless(struct overlap overlap)
{
    enum kinship kinship = overlap_judge(overlap);

    if (kinship == SAME_ACCOUNT && overlap.common < EVIDENCE_ROWS &&
        overlap.common < overlap.larger)
        return CONTRADICTION;
    return kinship;
}

static void join(GPtrArray *files, guint first, guint end, guint kept, guint gone)
{
    for (guint i = first; i < end; i++) {
        struct anonymous *file = g_ptr_array_index(files, i);

        if (file->group == gone)
            file->group = kept;
    }
}

/* Whether files of two groups are not of one account. */
static gboolean groups_are_apart(const GPtrArray *files, guint first, guint end, guint one,
                                 guint other)
{
    for (guint i = first; i < end; i++) {
        const struct anonymous *a = g_ptr_array_index(files, i);

        for (guint j = first; j < end && a->group == one; j++) {
            const struct anonymous *b = g_ptr_array_index(files, j);
            enum kinship kinship = NO_COMMON_DAY;

            if (b->group == other)
                kinship = overlap_judge_nameless(overlap_count(a, b, card_row_compare));
            if (kinship == OTHER_ACCOUNT || kinship == CONTRADICTION)
                return TRUE;
        }
    }
    return FALSE;
}

/* Joins the groups of files of one account: those with much in common, or those with little, which
 * may be a part of two cards' statements and does not make them one. TRUE when some two are of
 * different accounts, or nothing tells: a charge that counts twice is seen, a lost one is not. */
static gboolean group_by(GPtrArray *files, guint first, guint end, gboolean is_little)
{
    gboolean several = FALSE;

    for (guint i = first; i < end; i++) {
        const struct anonymous *a = g_ptr_array_index(files, i);

        for (guint j = i + 1; j < end; j++) {
            const struct anonymous *b = g_ptr_array_index(files, j);
            struct overlap overlap = overlap_count(a, b, card_row_compare);
            enum kinship kinship = overlap_judge_nameless(overlap);

            several = several || kinship == OTHER_ACCOUNT || kinship == CONTRADICTION;
            if (kinship != SAME_ACCOUNT || a->group == b->group ||
                (overlap.common < EVIDENCE_ROWS) != is_little)
                continue;
            if (!is_little || !groups_are_apart(files, first, end, a->group, b->group))
                join(files, first, end, MIN(a->group, b->group), MAX(a->group, b->group));
        }
    }
    return several;
}

/* Groups files[first..end), all of one format. TRUE when they may be of several accounts. */
static gboolean group(GPtrArray *files, guint first, guint end)
{
    for (guint i = first; i < end; i++)
        ((struct anonymous *)g_ptr_array_index(files, i))->group = i;
    group_by(files, first, end, FALSE);
    return group_by(files, first, end, TRUE);
}

static gboolean is_comparable(const struct anonymous *file, const struct anonymous *told)
{
    return is_guessed(file) || g_str_equal(file->file->format, told->file->format);
}

/* Most rows that a statement of a group has in common with one of an account; 0 when one of these
 * pairs speaks against it. */
static guint group_common(const GPtrArray *files, guint first, guint end, const GPtrArray *told,
                          const struct account *account, gboolean across_formats)
{
    const struct anonymous *head = g_ptr_array_index(files, first);
    guint most = 0;

    for (guint i = first; i < end; i++) {
        const struct anonymous *file = g_ptr_array_index(files, i);

        for (guint j = 0; j < told->len && file->group == head->group; j++) {
            const struct anonymous *other = g_ptr_array_index(told, j);
            struct overlap overlap;

            if (other->account != account || !(across_formats || is_comparable(file, other)))
                continue;
            overlap = overlap_count(file, other, compare_plainly);
            if (overlap.smaller > 0 && overlap_judge(overlap) != SAME_ACCOUNT)
                return 0;
            most = MAX(most, overlap.common);
        }
    }
    return most;
}

/* A statement of the account that a group has most in common with; NULL: with none enough. */
static const struct anonymous *group_kin(const GPtrArray *files, guint first, guint end,
                                         const GPtrArray *told, gboolean across_formats)
{
    const struct anonymous *kin = NULL;
    guint most = (across_formats ? EVIDENCE_ROWS : KIN_ROWS) - 1;

    for (guint i = 0; i < told->len; i++) {
        const struct anonymous *other = g_ptr_array_index(told, i);
        guint common = group_common(files, first, end, told, other->account, across_formats);

        if (common > most) {
            most = common;
            kin = other;
        }
    }
    return kin;
}

static void assign(struct anonymous *file, struct account *account, const char *card_last4)
{
    for (guint i = 0; i < file->rows->len; i++) {
        struct card_row *row = g_ptr_array_index(file->rows, i);

        row->account = account;
        if (!*row->card_last4)
            row->card_last4 = card_last4;
    }
    file->account = account;
    file->card_last4 = card_last4;
}

/* Its kin's, of those named or else of an earlier format; else "FORMAT" for all, or "FORMAT #1",
 * "FORMAT #2" in the order of the groups' first files. */
static void assign_format(struct cards *cards, GPtrArray *files, guint first, guint end,
                          const GPtrArray *told)
{
    g_autoptr(GPtrArray) earlier = g_ptr_array_new();
    gboolean several = group(files, first, end);
    guint count = 0;

    for (guint i = 0; i < first; i++)
        g_ptr_array_add(earlier, g_ptr_array_index(files, i));

    for (guint i = first; i < end; i++) {
        struct anonymous *file = g_ptr_array_index(files, i);
        const struct anonymous *head = g_ptr_array_index(files, file->group);
        const struct anonymous *kin =
            file->group == i ? group_kin(files, i, end, told, FALSE) : head;

        if (!kin)
            kin = group_kin(files, i, end, earlier, TRUE);
        if (kin)
            assign(file, kin->account, kin->card_last4);
        else if (!several)
            assign(file, account_named(cards, file->file->format), "");
        else {
            g_autofree char *name = g_strdup_printf("%s #%u", file->file->format, ++count);

            assign(file, account_named(cards, name), "");
        }
    }
}

void accounts_assign_anonymous(struct cards *cards)
{
    g_autoptr(GPtrArray) files = anonymous_find(cards, FALSE);
    g_autoptr(GPtrArray) told = anonymous_find(cards, TRUE);
    guint end;

    g_ptr_array_sort(files, by_format);
    for (guint first = 0; first < files->len; first = end) {
        const struct anonymous *head = g_ptr_array_index(files, first);

        for (end = first + 1; end < files->len; end++) {
            const struct anonymous *next = g_ptr_array_index(files, end);

            if (strcmp(next->file->format, head->file->format) != 0)
                break;
        }
        if (is_guessed(head)) {
            g_ptr_array_unref(told);
            told = anonymous_find(cards, TRUE);
        }
        assign_format(cards, files, first, end, told);
    }
}

static void contradiction_free(gpointer pointer)
{
    g_free(((struct contradiction *)pointer)->name);
    g_free(pointer);
}

static void contradiction_add(GPtrArray *found, const struct anonymous *other,
                              struct overlap overlap)
{
    struct contradiction *contradiction = g_new0(struct contradiction, 1);

    contradiction->name = g_strdup(other->file->name);
    contradiction->common = overlap.common;
    contradiction->rows = overlap.common < overlap.smaller ? overlap.smaller : overlap.larger;
    g_ptr_array_add(found, contradiction);
}

GPtrArray *anonymous_contradictions(struct cards *cards, int64_t file_id)
{
    GPtrArray *found = g_ptr_array_new_with_free_func(contradiction_free);
    g_autoptr(GPtrArray) files = anonymous_find(cards, FALSE);
    g_autoptr(GPtrArray) told = anonymous_find(cards, TRUE);
    const struct anonymous *mine = NULL;

    for (guint i = 0; i < files->len; i++) {
        const struct anonymous *file = g_ptr_array_index(files, i);

        if (file->file->file_id == file_id)
            mine = file;
    }
    for (guint i = 0; mine && i < files->len; i++) {
        const struct anonymous *other = g_ptr_array_index(files, i);
        struct overlap overlap = overlap_count(mine, other, card_row_compare);

        if (other != mine && overlap_judge_nameless(overlap) == CONTRADICTION)
            contradiction_add(found, other, overlap);
    }
    for (guint i = 0; mine && i < told->len; i++) {
        const struct anonymous *other = g_ptr_array_index(told, i);
        struct overlap overlap = overlap_count(mine, other, compare_plainly);

        if (other->file != mine->file && overlap.common >= EVIDENCE_ROWS &&
            overlap_judge(overlap) == CONTRADICTION)
            contradiction_add(found, other, overlap);
    }
    return found;
}
