/* coverage.c - runs of statement days by account, and accounts by card. */
#include "match/coverage.h"
#include "match/card.h"

struct run {
    int64_t account_id;
    char from_on[11], until_on[11];
};

struct coverage {
    GArray *runs;      /* struct run */
    GHashTable *cards; /* last four -> GArray of int64_t account ids */
};

static void accounts_free(gpointer accounts)
{
    g_array_unref(accounts);
}

static void account_read(struct coverage *coverage, struct statement *row)
{
    int64_t account_id = statement_int(row, 0);
    const char *last4 = statement_text(row, 1);
    GArray *accounts = g_hash_table_lookup(coverage->cards, last4);

    if (!accounts) {
        accounts = g_array_new(FALSE, FALSE, sizeof(int64_t));
        g_hash_table_insert(coverage->cards, g_strdup(last4), accounts);
    }
    g_array_append_val(accounts, account_id);
}

static void run_read(struct coverage *coverage, struct statement *row)
{
    struct run run = {.account_id = statement_int(row, 0)};

    g_strlcpy(run.from_on, statement_text(row, 1), sizeof run.from_on);
    g_strlcpy(run.until_on, statement_text(row, 2), sizeof run.until_on);
    g_array_append_val(coverage->runs, run);
}

static gboolean rows_read(struct coverage *coverage, struct db *db, const char *name,
                          void (*read)(struct coverage *, struct statement *), GError **error)
{
    struct statement *rows = statement_get(db, name, error);
    enum row_status status = FAILED;

    while (rows && (status = statement_step(rows, error)) == ROW)
        read(coverage, rows);
    if (rows)
        statement_reset(rows);
    return status == END;
}

struct coverage *coverage_load(struct db *db, GError **error)
{
    g_autoptr(Coverage) coverage = g_new0(struct coverage, 1);

    coverage->runs = g_array_new(FALSE, FALSE, sizeof(struct run));
    coverage->cards = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, accounts_free);
    if (!rows_read(coverage, db, "match_accounts", account_read, error) ||
        !rows_read(coverage, db, "match_coverage", run_read, error))
        return NULL;
    return g_steal_pointer(&coverage);
}

void coverage_free(struct coverage *coverage)
{
    if (!coverage)
        return;
    g_array_unref(coverage->runs);
    g_hash_table_unref(coverage->cards);
    g_free(coverage);
}

static gboolean account_in(const GArray *accounts, int64_t account_id)
{
    for (guint i = 0; i < accounts->len; i++)
        if (g_array_index(accounts, int64_t, i) == account_id)
            return TRUE;
    return FALSE;
}

gboolean coverage_covers(const struct coverage *coverage, const char *last4, const char *from_on,
                         const char *until_on)
{
    const GArray *accounts = *last4 ? g_hash_table_lookup(coverage->cards, last4) : NULL;

    if (*last4 && !accounts)
        return FALSE;
    for (guint i = 0; i < coverage->runs->len; i++) {
        const struct run *run = &g_array_index(coverage->runs, struct run, i);

        if ((!accounts || account_in(accounts, run->account_id)) &&
            strcmp(run->from_on, from_on) <= 0 && strcmp(run->until_on, until_on) >= 0)
            return TRUE;
    }
    return FALSE;
}

gboolean coverage_covers_topup(const struct coverage *coverage, const struct topup *topup)
{
    char until_on[11];

    day_format(day_from_instant(topup->paid_at) + POSTING_DAYS, until_on);
    return coverage_covers(coverage, topup->card_last4, topup->paid_on, until_on);
}
