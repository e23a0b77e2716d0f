/*
 * derive_banks.c - two banks' cards that end in the same four digits are two accounts.
 *
 * Four digits are few: two cards of one company share them now and then, and taken for one account
 * a charge of the one would stand for an equal charge of the other. A format is a bank's, and its
 * name begins with the bank's: chase-card and chase-card-2018 are one bank's.
 */
#include "import/derive_cards.h"

static gsize bank_len(const char *format)
{
    return strcspn(format, "-");
}

static gboolean same_bank(const char *a, const char *b)
{
    return bank_len(a) == bank_len(b) && strncmp(a, b, bank_len(a)) == 0;
}

static struct card_row *row_at(const struct cards *cards, guint index)
{
    return &g_array_index(cards->rows, struct card_row, index);
}

/* The accounts that rows of several banks came to, but for what --account states: a set. */
static GHashTable *shared_accounts(const struct cards *cards)
{
    GHashTable *shared = g_hash_table_new(NULL, NULL);
    g_autoptr(GHashTable) formats = g_hash_table_new(NULL, NULL); /* account -> a format */

    for (guint i = 0; i < cards->rows->len; i++) {
        struct card_row *row = row_at(cards, i);
        const char *format = row->account ? g_hash_table_lookup(formats, row->account) : NULL;

        if (!row->account || *row->file->account_option)
            continue;
        if (!format)
            g_hash_table_insert(formats, row->account, (gpointer)(uintptr_t)row->file->format);
        else if (!same_bank(format, row->file->format))
            g_hash_table_add(shared, row->account);
    }
    return shared;
}

/* "…1234 (chase)", which knows what "…1234" knows. */
static struct account *account_at_bank(struct cards *cards, const struct account *account,
                                       const char *format)
{
    g_autofree char *name =
        g_strdup_printf("%s (%.*s)", account->name, (int)bank_len(format), format);
    struct account *part = account_named(cards, name);

    account_learn(&part->card_last4, account->card_last4);
    account_learn(&part->zone, account->zone);
    account_learn(&part->currency, account->currency);
    account_learn(&part->owner, account->owner);
    return part;
}

void accounts_part_banks(struct cards *cards)
{
    g_autoptr(GHashTable) shared = shared_accounts(cards);

    for (guint i = 0; i < cards->rows->len; i++) {
        struct card_row *row = row_at(cards, i);

        if (row->is_by_card && g_hash_table_contains(shared, row->account))
            row->account = account_at_bank(cards, row->account, row->file->format);
    }
}
