/*
 * derive_accounts.c - whose account each card row is.
 *
 * What was stated wins: --account, then the row's last four, then the file name's, then the
 * accounts table's pattern. Files that name no account are compared with the others of their format
 * (derive_anonymous.c).
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

/* Assigns what is stated for a file or in it. */
static gboolean assign_what_is_stated(struct db *db, struct cards *cards, GError **error)
{
    g_autoptr(GPtrArray) lines = account_lines_read(db, cards, error);

    if (!lines)
        return FALSE;
    for (guint i = 0; i < cards->files->len; i++)
        assign_stated(cards, lines, &g_array_index(cards->files, struct card_file, i));
    return TRUE;
}

gboolean accounts_assign(struct db *db, struct cards *cards, GError **error)
{
    if (!assign_what_is_stated(db, cards, error))
        return FALSE;
    accounts_part_banks(cards);
    fill_last4(cards);
    accounts_assign_anonymous(cards);
    return TRUE;
}

GPtrArray *accounts_contradictions(struct db *db, int64_t file_id, const char *format,
                                   GError **error)
{
    g_autoptr(Cards) cards = cards_read(db, format, error);

    if (!cards || !assign_what_is_stated(db, cards, error))
        return NULL;
    return anonymous_contradictions(cards, file_id);
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
