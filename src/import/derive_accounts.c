/*
 * derive_accounts.c - whose account each card row is.
 *
 * What was stated wins: --account, then the row's last four, then the file name's, then the
 * accounts table's pattern. Files that name no account are compared with the others of their
 * format: those that share nearly all rows of their common days are one account's, those that share
 * nearly none are another's (DESIGN: between the two, import refuses the file).
 */
#include "import/derive_cards.h"

/* A line of the accounts table. */
struct account_line {
    struct account *account;
    char *card_last4, *file_pattern; /* "" when not stated */
};

static void account_line_free(gpointer pointer)
{
    struct account_line *line = pointer;

    g_free(line->card_last4);
    g_free(line->file_pattern);
    g_free(line);
}

struct account *account_named(struct cards *cards, const char *name)
{
    struct account *account = g_hash_table_lookup(cards->accounts, name);

    if (!account) {
        account = g_new0(struct account, 1);
        account->name = g_strdup(name);
        account->card_last4 = g_strdup("");
        account->zone = g_strdup("");
        account->currency = g_strdup("");
        account->owner = g_strdup("");
        g_hash_table_insert(cards->accounts, account->name, account);
    }
    return account;
}

/* A later line of an account corrects an earlier one; an empty cell says nothing. */
void account_learn(char **value, const char *stated)
{
    if (*stated) {
        g_free(*value);
        *value = g_strdup(stated);
    }
}

static GPtrArray *account_lines_read(struct db *db, struct cards *cards, GError **error)
{
    struct statement *rows = statement_get(db, "derive_account_rows", error);
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(account_line_free);
    enum row_status status = FAILED;

    while (rows && (status = statement_step(rows, error)) == ROW) {
        struct account_line *line = g_new0(struct account_line, 1);

        line->account = account_named(cards, statement_text(rows, 0));
        line->card_last4 = g_strdup(statement_text(rows, 1));
        line->file_pattern = g_strdup(statement_text(rows, 2));
        account_learn(&line->account->card_last4, line->card_last4);
        account_learn(&line->account->zone, statement_text(rows, 3));
        account_learn(&line->account->currency, statement_text(rows, 4));
        account_learn(&line->account->owner, statement_text(rows, 5));
        g_ptr_array_add(lines, line);
    }
    if (status != END)
        return NULL;
    /* An account of several cards has no last four of its own. */
    for (guint i = 0; i < lines->len; i++) {
        const struct account_line *line = g_ptr_array_index(lines, i);
        char **last4 = &line->account->card_last4;

        if (*line->card_last4 && **last4 && strcmp(line->card_last4, *last4) != 0)
            **last4 = '\0';
    }
    return g_steal_pointer(&lines);
}

static gboolean pattern_fits(const struct account_line *line, const char *file_name)
{
    return *line->file_pattern && g_pattern_match_simple(line->file_pattern, file_name);
}

/* The table's account of a card, where two have its digits the one whose pattern fits the file. */
static struct account *account_of_card(struct cards *cards, const GPtrArray *lines,
                                       const char *last4, const char *file_name,
                                       gboolean *is_by_card)
{
    struct account *found = NULL;

    *is_by_card = TRUE;
    for (guint i = 0; i < lines->len; i++) {
        const struct account_line *line = g_ptr_array_index(lines, i);

        if (strcmp(line->card_last4, last4) != 0)
            continue;
        *is_by_card = !pattern_fits(line, file_name);
        if (!*is_by_card)
            return line->account;
        found = found ? found : line->account;
    }
    if (found)
        return found;

    g_autofree char *name = g_strconcat("…", last4, NULL);
    struct account *account = account_named(cards, name);

    account_learn(&account->card_last4, last4);
    return account;
}

/* The line whose pattern fits the file, the longest one first; NULL when none does. */
static const struct account_line *line_of_file(const GPtrArray *lines, const char *file_name)
{
    const struct account_line *found = NULL;

    for (guint i = 0; i < lines->len; i++) {
        const struct account_line *line = g_ptr_array_index(lines, i);

        if (pattern_fits(line, file_name) &&
            (!found || strlen(line->file_pattern) > strlen(found->file_pattern)))
            found = line;
    }
    return found;
}

/* Assigns what is stated; a row that stays without an account is anonymous. */
static void assign_stated(struct cards *cards, const GPtrArray *lines, struct card_file *file)
{
    const struct account_line *line = line_of_file(lines, file->name);

    for (guint i = 0; i < file->row_count; i++) {
        struct card_row *row = &g_array_index(cards->rows, struct card_row, file->first_row + i);
        const char *last4 = *row->card_last4 ? row->card_last4 : file->account_hint;

        if (*file->account_option)
            row->account = account_named(cards, file->account_option);
        else if (*last4)
            row->account = account_of_card(cards, lines, last4, file->name, &row->is_by_card);
        else if (line)
            row->account = line->account;
        if (*last4)
            row->card_last4 = last4;
    }
}

/* A row that names no card has its account's, once every file has said what it knows of that one.
 */
static void fill_last4(struct cards *cards)
{
    for (guint i = 0; i < cards->rows->len; i++) {
        struct card_row *row = &g_array_index(cards->rows, struct card_row, i);

        if (row->account && !*row->card_last4)
            row->card_last4 = row->account->card_last4;
    }
}

/* A file's rows without an account. */
struct anonymous {
    const struct card_file *file;
    GPtrArray *rows;     /* struct card_row *, in card_row_compare's order */
    const char *from_on; /* of these rows */
    const char *until_on;
    guint group; /* index of the first file known to be the same account's */
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

static struct anonymous *anonymous_rows(struct cards *cards, const struct card_file *file)
{
    struct anonymous *anonymous = g_new0(struct anonymous, 1);
    const struct card_row *first, *last;

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
    first = g_ptr_array_index(anonymous->rows, 0);
    last = g_ptr_array_index(anonymous->rows, anonymous->rows->len - 1);
    anonymous->from_on = first->dated_on;
    anonymous->until_on = last->dated_on;
    return anonymous;
}

/* By format; within it by earliest day, then content: the order of the accounts' numbers. */
static gint by_format(gconstpointer left, gconstpointer right)
{
    const struct anonymous *a = *(struct anonymous *const *)left;
    const struct anonymous *b = *(struct anonymous *const *)right;
    int order = strcmp(a->file->format, b->file->format);

    if (order == 0)
        order = strcmp(a->from_on, b->from_on);
    if (order == 0)
        order = strcmp(a->file->sha256, b->file->sha256);
    return order ? order : (a->file > b->file) - (a->file < b->file);
}

static guint index_of_day(const GPtrArray *rows, const char *day, gboolean after)
{
    guint i = 0;

    while (i < rows->len) {
        const struct card_row *row = g_ptr_array_index(rows, i);
        int order = strcmp(row->dated_on, day);

        if (order > 0 || (order == 0 && !after))
            break;
        i++;
    }
    return i;
}

enum kinship { NO_VERDICT, SAME_ACCOUNT, OTHER_ACCOUNT };

/* Compares two files as multisets of rows on the days that both have. */
static enum kinship compare(const struct anonymous *a, const struct anonymous *b)
{
    const char *from = strcmp(a->from_on, b->from_on) > 0 ? a->from_on : b->from_on;
    const char *until = strcmp(a->until_on, b->until_on) < 0 ? a->until_on : b->until_on;
    guint i = index_of_day(a->rows, from, FALSE), i_end = index_of_day(a->rows, until, TRUE);
    guint j = index_of_day(b->rows, from, FALSE), j_end = index_of_day(b->rows, until, TRUE);
    guint64 smaller, common = 0;

    if (strcmp(from, until) > 0)
        return NO_VERDICT;
    smaller = MIN(i_end - i, j_end - j);
    while (i < i_end && j < j_end) {
        gint order = card_row_compare(g_ptr_array_index(a->rows, i), g_ptr_array_index(b->rows, j));

        common += order == 0;
        i += order <= 0;
        j += order >= 0;
    }
    if (smaller == 0)
        return NO_VERDICT;
    if (common * 10 >= smaller * 9)
        return SAME_ACCOUNT;
    return common * 10 <= smaller ? OTHER_ACCOUNT : NO_VERDICT;
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
            enum kinship kinship = compare(a, b);

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

static void assign_anonymous(struct cards *cards)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(anonymous_free);
    guint end;

    for (guint i = 0; i < cards->files->len; i++) {
        struct anonymous *file =
            anonymous_rows(cards, &g_array_index(cards->files, struct card_file, i));

        if (file)
            g_ptr_array_add(files, file);
    }
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

gboolean accounts_assign(struct db *db, struct cards *cards, GError **error)
{
    g_autoptr(GPtrArray) lines = account_lines_read(db, cards, error);

    if (!lines)
        return FALSE;
    for (guint i = 0; i < cards->files->len; i++)
        assign_stated(cards, lines, &g_array_index(cards->files, struct card_file, i));
    accounts_part_banks(cards);
    fill_last4(cards);
    assign_anonymous(cards);
    return TRUE;
}

static gint by_name(gconstpointer left, gconstpointer right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

gboolean accounts_insert(struct db *db, struct cards *cards, GError **error)
{
    guint count;
    g_autofree char **names = (char **)g_hash_table_get_keys_as_array(cards->accounts, &count);

    qsort(names, count, sizeof *names, by_name);
    for (guint i = 0; i < count; i++) {
        struct account *account = g_hash_table_lookup(cards->accounts, names[i]);
        struct statement *insert = statement_get(db, "derive_account_insert", error);

        if (!insert)
            return FALSE;
        account->account_id = (int64_t)i + 1;
        statement_bind_int(insert, "account_id", account->account_id);
        statement_bind_text(insert, "account", account->name);
        statement_bind_text(insert, "card_last4", account->card_last4);
        statement_bind_text(insert, "zone", account->zone);
        statement_bind_text(insert, "currency", account->currency);
        statement_bind_text(insert, "owner", account->owner);
        if (!statement_execute(insert, error))
            return FALSE;
    }
    return TRUE;
}
