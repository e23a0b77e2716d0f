/*
 * render_quickbooks.c - the CSV that QuickBooks Online imports as journal entries: a row per line,
 * rows of one JournalNo are one entry. Balances brought forward are left out: those books have
 * them.
 */
#include "books/render.h"
#include "books/render_csv.h"
#include "core/csv_text.h"
#include "core/money.h"

static void append_row(const struct rendering *rendering, const struct entry *entry,
                       const struct posting *posting)
{
    GString *out = rendering->out;
    g_autofree char *account = posting_account(rendering, entry, posting);
    g_autofree char *description = posting_description(entry, posting);
    g_autofree char *location = account_map_setting(rendering->map, "location", entry);
    g_autofree char *class = account_map_setting(rendering->map, "class", entry);
    g_autofree char *amount = money_format(ABS(posting->nanos), 2);

    g_string_append_printf(out, "%s,%.2s/%.2s/%.4s,", entry->id, entry->day + 5, entry->day + 8,
                           entry->day);
    csv_append_text(out, account);
    g_string_append_printf(out, posting->nanos > 0 ? ",%s,," : ",,%s,", amount);
    csv_append_text(out, description);
    g_string_append_printf(out, ",,%s,", entry->currency);
    csv_append_text(out, location);
    g_string_append_c(out, ',');
    csv_append_text(out, class);
    g_string_append_c(out, '\n');
}

gboolean render_quickbooks(const struct rendering *rendering, GError **error)
{
    (void)error;
    g_string_append(rendering->out, "JournalNo,JournalDate,AccountName,Debits,Credits,Description,"
                                    "Name,Currency,Location,Class\n");
    rendering_each_row(rendering, append_row);
    return TRUE;
}
