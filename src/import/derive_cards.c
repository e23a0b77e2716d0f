/*
 * derive_cards.c - card statements: loaded, given their accounts, united into charges, and the days
 * that they cover.
 */
#include "import/derive_cards.h"
#include "core/instant.h"
#include "import/derive.h"

/* A statement is in order while so many times more steps of its days go one way than the other:
 * one that goes by posting days has some purchase days the other way. */
#define AGAINST_ORDER 3

static void account_free(gpointer pointer)
{
    struct account *account = pointer;

    g_free(account->name);
    g_free(account->card_last4);
    g_free(account->zone);
    g_free(account->currency);
    g_free(account->owner);
    g_free(account);
}

static struct cards *cards_new(void)
{
    struct cards *cards = g_new0(struct cards, 1);

    cards->texts = g_string_chunk_new(64 * 1024);
    cards->files = g_array_new(FALSE, FALSE, sizeof(struct card_file));
    cards->rows = g_array_new(FALSE, FALSE, sizeof(struct card_row));
    cards->accounts = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, account_free);
    cards->merchants = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)merchant_free);
    return cards;
}

void cards_free(struct cards *cards)
{
    if (!cards)
        return;
    g_string_chunk_free(cards->texts);
    g_array_free(cards->files, TRUE);
    g_array_free(cards->rows, TRUE);
    g_hash_table_destroy(cards->accounts);
    g_hash_table_destroy(cards->merchants);
    g_free(cards);
}

gboolean row_is_posted(const struct card_row *row)
{
    return g_str_equal(row->state, "posted");
}

gboolean row_is_pending(const struct card_row *row)
{
    return g_str_equal(row->state, "pending");
}

/* Each text is there once. */
static int text_compare(const char *a, const char *b)
{
    return a == b ? 0 : strcmp(a, b);
}

gint card_row_compare(const struct card_row *a, const struct card_row *b)
{
    int order = (a->day > b->day) - (a->day < b->day);

    if (order == 0 && a->amount_nanos != b->amount_nanos)
        order = a->amount_nanos < b->amount_nanos ? -1 : 1;
    if (order == 0)
        order = text_compare(a->currency, b->currency);
    if (order == 0)
        order = text_compare(a->descriptor, b->descriptor);
    if (order == 0)
        order = text_compare(a->card_last4, b->card_last4);
    if (order == 0)
        order = text_compare(a->reference, b->reference);
    if (order == 0)
        order = g_str_equal(a->state, "dead") - g_str_equal(b->state, "dead");
    return order;
}

/* The columns of derive_card_files and derive_card_rows, as they stand in the selects. */
enum { FILE_ID, NAME, SHA256, FORMAT, ZONE, ZONE_SOURCE, ACCOUNT_OPTION, ACCOUNT_HINT };
enum {
    CARD_ROW_ID,
    LINE,
    PURCHASED_ON,
    PURCHASED_TIME,
    POSTED_ON,
    POSTED_TIME,
    AMOUNT_NANOS,
    CURRENCY,
    ORIGINAL_NANOS,
    ORIGINAL_CURRENCY,
    FEE_NANOS,
    FEE_CURRENCY,
    STATE,
    STATUS,
    TYPE,
    DESCRIPTOR,
    REFERENCE,
    CARD_LAST4,
    IS_LEG,
    IS_FEE
};
G_STATIC_ASSERT(IS_FEE < CARD_COLUMNS);

static const char *keep(struct cards *cards, struct statement *row, int column)
{
    const char *text = statement_text(row, column);
    const char **before = &cards->before[column];

    if (text && (!*before || !g_str_equal(*before, text)))
        *before = g_string_chunk_insert_const(cards->texts, text);
    return text ? *before : NULL;
}

static const struct merchant *merchant_of(struct cards *cards, const char *descriptor)
{
    struct merchant *merchant = g_hash_table_lookup(cards->merchants, descriptor);

    if (!merchant) {
        merchant = merchant_read(descriptor);
        g_hash_table_insert(cards->merchants, (gpointer)(uintptr_t)descriptor, merchant);
    }
    return merchant;
}

static void add_file(struct cards *cards, struct statement *row)
{
    const struct card_file file = {
        .file_id = statement_int(row, FILE_ID),
        .name = keep(cards, row, NAME),
        .sha256 = keep(cards, row, SHA256),
        .format = keep(cards, row, FORMAT),
        .zone = keep(cards, row, ZONE),
        .zone_source = keep(cards, row, ZONE_SOURCE),
        .account_option = keep(cards, row, ACCOUNT_OPTION),
        .account_hint = keep(cards, row, ACCOUNT_HINT),
        .first_row = cards->rows->len,
    };

    g_array_append_val(cards->files, file);
}

static void widen(struct card_file *file, const char *day)
{
    if (!file->from_on || strcmp(day, file->from_on) < 0)
        file->from_on = day;
    if (!file->until_on || strcmp(day, file->until_on) > 0)
        file->until_on = day;
}

static void add_row(struct cards *cards, struct statement *row)
{
    struct card_file *file = &g_array_index(cards->files, struct card_file, cards->files->len - 1);
    struct card_row added = {
        .card_row_id = statement_int(row, CARD_ROW_ID),
        .line = statement_int(row, LINE),
        .purchased_on = keep(cards, row, PURCHASED_ON),
        .purchased_time = keep(cards, row, PURCHASED_TIME),
        .posted_on = keep(cards, row, POSTED_ON),
        .posted_time = keep(cards, row, POSTED_TIME),
        .amount_nanos = statement_int(row, AMOUNT_NANOS),
        .currency = keep(cards, row, CURRENCY),
        .original_nanos = statement_int(row, ORIGINAL_NANOS),
        .original_currency =
            statement_is_null(row, ORIGINAL_NANOS) ? "" : keep(cards, row, ORIGINAL_CURRENCY),
        .fee_nanos = statement_int(row, FEE_NANOS),
        .fee_currency = keep(cards, row, FEE_CURRENCY),
        .state = keep(cards, row, STATE),
        .status = keep(cards, row, STATUS),
        .type = keep(cards, row, TYPE),
        .descriptor = keep(cards, row, DESCRIPTOR),
        .reference = keep(cards, row, REFERENCE),
        .card_last4 = keep(cards, row, CARD_LAST4),
        .is_leg = statement_int(row, IS_LEG) != 0,
        .is_fee = statement_int(row, IS_FEE) != 0,
    };

    added.merchant = merchant_of(cards, added.descriptor);
    added.dated_on = added.purchased_on ? added.purchased_on : added.posted_on;
    added.is_undated = added.dated_on == NULL;
    if (added.dated_on)
        widen(file, added.dated_on);
    file->row_count++;
    g_array_append_val(cards->rows, added);
}

static struct card_row *row_of(const struct cards *cards, const struct card_file *file, guint index)
{
    return &g_array_index(cards->rows, struct card_row, file->first_row + index);
}

/* Whether a statement's days go up or down, and whether nearly all of their steps do. */
static void order_settle(const struct cards *cards, struct card_file *file)
{
    guint up = 0, down = 0;

    for (guint i = 1; i < file->row_count; i++) {
        int32_t from = row_of(cards, file, i - 1)->day, to = row_of(cards, file, i)->day;

        up += to > from;
        down += to < from;
    }
    file->direction = (up > down) - (up < down);
    file->is_ordered = MIN(up, down) * AGAINST_ORDER <= MAX(up, down);
}

/* The files' array has stopped moving: the rows may point into it. */
static gboolean files_settle(struct cards *cards, GError **error)
{
    for (guint i = 0; i < cards->files->len; i++) {
        struct card_file *file = &g_array_index(cards->files, struct card_file, i);

        g_assert(file->until_on); /* a statement without any date was refused */
        if (!day_parse(&file->from_day, file->from_on, strlen(file->from_on), error) ||
            !day_parse(&file->until_day, file->until_on, strlen(file->until_on), error))
            return FALSE;
        for (guint j = 0; j < file->row_count; j++) {
            struct card_row *row = row_of(cards, file, j);

            row->file = file;
            if (row->is_undated)
                row->dated_on = file->until_on;
            if (!day_parse(&row->day, row->dated_on, strlen(row->dated_on), error))
                return FALSE;
        }
        order_settle(cards, file);
    }
    return TRUE;
}

static gboolean rows_read(struct db *db, struct cards *cards, int64_t file_id, GError **error)
{
    struct statement *rows = statement_get(db, "derive_card_rows", error);
    enum row_status status = FAILED;

    if (!rows)
        return FALSE;
    statement_bind_int(rows, "file_id", file_id);
    while ((status = statement_step(rows, error)) == ROW)
        add_row(cards, rows);
    return status == END;
}

struct cards *cards_read(struct db *db, const char *format, GError **error)
{
    g_autoptr(Cards) cards = cards_new();
    struct statement *files = statement_get(db, "derive_card_files", error);
    enum row_status status = FAILED;

    if (!files)
        return NULL;
    statement_bind_text(files, "format", format);
    while ((status = statement_step(files, error)) == ROW) {
        add_file(cards, files);
        if (!rows_read(db, cards, statement_int(files, FILE_ID), error)) {
            statement_reset(files);
            return NULL;
        }
    }
    if (status != END || !files_settle(cards, error))
        return NULL;
    return g_steal_pointer(&cards);
}

/* Days that one statement covers of one account; a statement of many cards covers them all. */
struct run {
    int64_t account_id;
    int32_t from, until; /* inclusive */
};

static gint run_compare(gconstpointer left, gconstpointer right)
{
    const struct run *a = left, *b = right;

    if (a->account_id != b->account_id)
        return a->account_id < b->account_id ? -1 : 1;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    return (a->until > b->until) - (a->until < b->until);
}

static void runs_collect(GArray *runs, const struct cards *cards)
{
    for (guint i = 0; i < cards->files->len; i++) {
        const struct card_file *file = &g_array_index(cards->files, struct card_file, i);
        g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
        struct run run = {.from = file->from_day, .until = file->until_day};

        for (guint j = 0; j < file->row_count; j++) {
            struct account *account = row_of(cards, file, j)->account;

            run.account_id = account->account_id;
            if (g_hash_table_add(seen, account))
                g_array_append_val(runs, run);
        }
    }
    g_array_sort(runs, run_compare);
}

static gboolean run_insert(struct db *db, const struct run *run, GError **error)
{
    struct statement *insert = statement_get(db, "derive_coverage_insert", error);
    char from[11], until[11];

    if (!insert)
        return FALSE;
    day_format(run->from, from);
    day_format(run->until, until);
    statement_bind_int(insert, "account_id", run->account_id);
    statement_bind_text(insert, "from_on", from);
    statement_bind_text(insert, "until_on", until);
    return statement_execute(insert, error);
}

/* Runs that overlap or touch are one. */
static gboolean coverage_insert(struct db *db, const struct cards *cards, GError **error)
{
    g_autoptr(GArray) runs = g_array_new(FALSE, FALSE, sizeof(struct run));
    struct run open = {0};

    runs_collect(runs, cards);
    for (guint i = 0; i < runs->len; i++) {
        const struct run *run = &g_array_index(runs, struct run, i);

        if (open.account_id == run->account_id && run->from <= open.until + 1) {
            open.until = MAX(open.until, run->until);
            continue;
        }
        if (open.account_id && !run_insert(db, &open, error))
            return FALSE;
        open = *run;
    }
    return !open.account_id || run_insert(db, &open, error);
}

gboolean derive_cards(struct db *db, GError **error)
{
    g_autoptr(Cards) cards = cards_read(db, "", error);

    return cards && accounts_assign(db, cards, error) && accounts_insert(db, cards, error) &&
           charges_insert(db, cards, error) && coverage_insert(db, cards, error);
}
