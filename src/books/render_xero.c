/*
 * render_xero.c - the CSV that Xero imports as manual journals: rows of one narration and date are
 * one journal, debits above zero. A manual journal has no currency but the organisation's own.
 */
#include "books/render_csv.h"
#include "core/csv_text.h"
#include "core/error.h"
#include "core/money.h"

static void append_row(const struct rendering *rendering, const struct entry *entry,
                       const struct posting *posting)
{
    GString *out = rendering->out;
    g_autofree char *title = entry_title(entry);
    /* The id keeps two entries of one day and title apart. */
    g_autofree char *narration = g_strdup_printf("%s (%s)", title, entry->id);
    g_autofree char *account = posting_account(rendering, entry, posting);
    g_autofree char *description = posting_description(entry, posting);
    g_autofree char *rate = account_map_setting(rendering->map, "tax-rate", entry);
    g_autofree char *name = account_map_setting(rendering->map, "tracking-name", entry);
    g_autofree char *option = account_map_setting(rendering->map, "tracking-option", entry);
    g_autofree char *amount = money_format(posting->nanos, 2);

    csv_append_text(out, narration);
    g_string_append_printf(out, ",%.2s/%.2s/%.4s,", entry->day + 8, entry->day + 5, entry->day);
    csv_append_text(out, description);
    g_string_append_c(out, ',');
    csv_append_text(out, account);
    g_string_append_c(out, ',');
    csv_append_text(out, rate);
    g_string_append_printf(out, ",%s,", amount);
    csv_append_text(out, name);
    g_string_append_c(out, ',');
    csv_append_text(out, option);
    g_string_append(out, ",,\n");
}

static gboolean check_currency(const struct rendering *rendering, GError **error)
{
    const GPtrArray *entries = rendering->journal->entries;
    const char *first = NULL;

    for (guint i = 0; i < entries->len; i++) {
        const struct entry *entry = g_ptr_array_index(entries, i);

        if (!entry_shows(entry) || strcmp(entry->kind, "forward") == 0)
            continue;
        if (!first)
            first = entry->currency;
        if (strcmp(first, entry->currency) == 0)
            continue;
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "xero: the entries are in %s and in %s, and a manual journal has one currency\n"
                    "hint: --org leaves other organizations and unexplained card charges out",
                    first, entry->currency);
        return FALSE;
    }
    return TRUE;
}

gboolean render_xero(const struct rendering *rendering, GError **error)
{
    if (!check_currency(rendering, error))
        return FALSE;
    g_string_append(rendering->out,
                    "*Narration,*Date,Description,*AccountCode,*TaxRate,*Amount,TrackingName1,"
                    "TrackingOption1,TrackingName2,TrackingOption2\n");
    rendering_each_row(rendering, append_row);
    return TRUE;
}
