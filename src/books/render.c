/* render.c - what the formats share. */
#include "books/render.h"

#define SHARED "*" /* no organization is called so */

gboolean posting_shows(const struct posting *posting)
{
    return posting->nanos != 0 || posting->own_nanos != 0;
}

gboolean entry_shows(const struct entry *entry)
{
    for (guint i = 0; i < entry->postings->len; i++)
        if (posting_shows(&g_array_index(entry->postings, struct posting, i)))
            return TRUE;
    return FALSE;
}

char *posting_account(const struct rendering *rendering, const struct entry *entry,
                      const struct posting *posting)
{
    return account_map_name(rendering->map, posting->role, entry->organization_id,
                            entry->organization_name, posting->card);
}

const char *posting_text(const struct entry *entry, const struct posting *posting)
{
    return strcmp(posting->text, entry->reference) == 0 ? "" : posting->text;
}

char *entry_title(const struct entry *entry)
{
    if (!*entry->reference || strcmp(entry->reference, entry->text) == 0)
        return g_strdup(entry->text);
    return g_strdup_printf("%s %s", entry->text, entry->reference);
}

const char *entry_organization(const struct entry *entry)
{
    return *entry->organization_name ? entry->organization_name : entry->organization_id;
}

static int text_compare(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The keys of a set, sorted; the array owns them and the set is gone. */
static GPtrArray *sorted(GHashTable *set)
{
    GPtrArray *texts = g_ptr_array_new_with_free_func(g_free);
    GHashTableIter iter;
    gpointer text;

    g_hash_table_iter_init(&iter, set);
    while (g_hash_table_iter_next(&iter, &text, NULL)) {
        g_ptr_array_add(texts, text);
        g_hash_table_iter_steal(&iter);
    }
    g_ptr_array_sort(texts, text_compare);
    return texts;
}

GPtrArray *rendering_accounts(const struct rendering *rendering)
{
    g_autoptr(GHashTable) accounts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; i < rendering->journal->entries->len; i++) {
        const struct entry *entry = g_ptr_array_index(rendering->journal->entries, i);

        for (guint j = 0; j < entry->postings->len; j++) {
            const struct posting *posting = &g_array_index(entry->postings, struct posting, j);

            if (posting_shows(posting))
                g_hash_table_add(accounts, posting_account(rendering, entry, posting));
        }
    }
    for (guint i = 0; i < rendering->journal->assertions->len; i++) {
        const struct assertion *assertion =
            &g_array_index(rendering->journal->assertions, struct assertion, i);

        g_hash_table_add(accounts, account_map_name(rendering->map, assertion->role,
                                                    assertion->organization_id,
                                                    assertion->organization_name, ""));
    }
    return sorted(accounts);
}

GPtrArray *rendering_currencies(const struct rendering *rendering)
{
    g_autoptr(GHashTable) currencies = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; i < rendering->journal->entries->len; i++) {
        const struct entry *entry = g_ptr_array_index(rendering->journal->entries, i);

        if (entry_shows(entry))
            g_hash_table_add(currencies, g_strdup(entry->currency));
        for (guint j = 0; j < entry->postings->len; j++) {
            const struct posting *posting = &g_array_index(entry->postings, struct posting, j);

            if (*posting->own_currency)
                g_hash_table_add(currencies, g_strdup(posting->own_currency));
        }
    }
    for (guint i = 0; i < rendering->journal->assertions->len; i++)
        g_hash_table_add(
            currencies,
            g_strdup(g_array_index(rendering->journal->assertions, struct assertion, i).currency));
    return sorted(currencies);
}

static void own(GHashTable *owners, char *account, const char *organization_id, enum role role)
{
    g_autofree char *owner = g_strdup_printf("%d %s", role, organization_id);
    const char *known = g_hash_table_lookup(owners, account);

    if (!known)
        g_hash_table_insert(owners, account, g_steal_pointer(&owner));
    else if (strcmp(known, owner) != 0)
        g_hash_table_insert(owners, account, g_strdup(SHARED));
    else
        g_free(account);
}

GHashTable *rendering_owners(const struct rendering *rendering)
{
    GHashTable *owners = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);

    for (guint i = 0; i < rendering->journal->entries->len; i++) {
        const struct entry *entry = g_ptr_array_index(rendering->journal->entries, i);

        for (guint j = 0; j < entry->postings->len; j++) {
            const struct posting *posting = &g_array_index(entry->postings, struct posting, j);

            own(owners, posting_account(rendering, entry, posting), entry->organization_id,
                posting->role);
        }
    }
    for (guint i = 0; i < rendering->journal->assertions->len; i++) {
        const struct assertion *assertion =
            &g_array_index(rendering->journal->assertions, struct assertion, i);

        own(owners,
            account_map_name(rendering->map, assertion->role, assertion->organization_id,
                             assertion->organization_name, ""),
            assertion->organization_id, assertion->role);
    }
    return owners;
}

char *assertion_account(const struct rendering *rendering, GHashTable *owners,
                        const struct assertion *assertion)
{
    g_autofree char *account =
        account_map_name(rendering->map, assertion->role, assertion->organization_id,
                         assertion->organization_name, "");

    if (strcmp(g_hash_table_lookup(owners, account), SHARED) == 0)
        return NULL;
    return g_steal_pointer(&account);
}
