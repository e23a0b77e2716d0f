/* render_csv.c - lines of journal entries for CSV formats. */
#include "books/render_csv.h"
#include "core/money.h"

char *posting_description(const struct entry *entry, const struct posting *posting)
{
    g_autofree char *title = entry_title(entry);
    const char *organization = entry_organization(entry);
    const char *own_text = posting_text(entry, posting);
    GString *text = g_string_new(title);

    if (*organization)
        g_string_append_printf(text, ", %s", organization);
    if (*own_text)
        g_string_append_printf(text, ", %s", own_text);
    if (*posting->own_currency) {
        g_autofree char *own = money_format(posting->own_nanos, 2);

        g_string_append_printf(text, " (%s %s)", own, posting->own_currency);
    }
    return g_string_free(text, FALSE);
}

void rendering_each_row(const struct rendering *rendering,
                        void (*row)(const struct rendering *rendering, const struct entry *entry,
                                    const struct posting *posting))
{
    const GPtrArray *entries = rendering->journal->entries;

    for (guint i = 0; i < entries->len; i++) {
        const struct entry *entry = g_ptr_array_index(entries, i);

        for (guint j = 0; j < entry->postings->len && strcmp(entry->kind, "forward") != 0; j++) {
            const struct posting *posting = &g_array_index(entry->postings, struct posting, j);

            if (posting->nanos != 0)
                row(rendering, entry, posting);
        }
    }
}
