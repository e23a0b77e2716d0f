/* entry.c - entries and how they close. */
#include "books/entry.h"
#include "books/cent.h"
#include "core/digest.h"

gboolean role_is_carried(enum role role)
{
    return role <= ROLE_TAX_DUE;
}

static void entry_free(gpointer data)
{
    struct entry *entry = data;

    g_free(entry->id);
    g_array_unref(entry->postings);
    g_ptr_array_unref(entry->memos);
    g_free(entry);
}

struct journal *journal_new(void)
{
    struct journal *journal = g_new0(struct journal, 1);

    journal->entries = g_ptr_array_new_with_free_func(entry_free);
    journal->assertions = g_array_new(FALSE, TRUE, sizeof(struct assertion));
    journal->text = g_string_chunk_new(4096);
    return journal;
}

void journal_free(struct journal *journal)
{
    if (!journal)
        return;
    g_ptr_array_unref(journal->entries);
    g_array_unref(journal->assertions);
    g_string_chunk_free(journal->text);
    g_free(journal);
}

const char *journal_text(struct journal *journal, const char *text)
{
    return g_string_chunk_insert_const(journal->text, text ? text : "");
}

struct entry *journal_add(struct journal *journal, const char *kind, const char *organization_id,
                          const char *currency, const char *day, const char *key,
                          const char *other_key)
{
    struct entry *entry = g_new0(struct entry, 1);

    entry->id = digest_id('b', kind, organization_id, currency, key, other_key, NULL);
    entry->kind = kind;
    entry->organization_id = journal_text(journal, organization_id);
    entry->organization_name = entry->reference = entry->text = "";
    g_strlcpy(entry->day, day, sizeof entry->day);
    g_strlcpy(entry->currency, currency, sizeof entry->currency);
    entry->postings = g_array_new(FALSE, TRUE, sizeof(struct posting));
    entry->memos = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(journal->entries, entry);
    return entry;
}

struct posting *entry_post(struct entry *entry, enum role role, int64_t exact_nanos)
{
    struct posting posting = {
        .role = role, .exact_nanos = exact_nanos, .card = "", .text = "", .project_id = ""};

    if (exact_nanos == 0)
        return NULL;
    g_array_append_val(entry->postings, posting);
    return &g_array_index(entry->postings, struct posting, entry->postings->len - 1);
}

void entry_memo(struct entry *entry, char *text)
{
    g_ptr_array_add(entry->memos, text);
}

void entry_close(struct entry *entry)
{
    struct posting rounding = {.role = ROLE_ROUNDING, .card = "", .text = "", .project_id = ""};
    int64_t exact = 0;

    for (guint i = 0; i < entry->postings->len; i++) {
        struct posting *posting = &g_array_index(entry->postings, struct posting, i);

        if (!posting->is_placed)
            posting->nanos = cent_round(posting->exact_nanos);
        exact += posting->exact_nanos;
        rounding.nanos -= posting->nanos;
    }
    g_assert(exact == 0);
    if (rounding.nanos != 0)
        g_array_append_val(entry->postings, rounding);
}
