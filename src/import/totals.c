/* totals.c - exact sums by currency. */
#include "import/totals.h"

struct currency_total {
    char currency[4];
    struct exact_total total;
};

void totals_clear(struct totals *totals)
{
    g_clear_pointer(&totals->entries, g_array_unref);
}

/* The entry of a currency, inserted in its place when new: a file has one, seldom a few. */
static struct currency_total *entry_of(struct totals *totals, const char *currency)
{
    struct currency_total fresh = {0};
    guint i = 0;

    if (!totals->entries)
        totals->entries = g_array_new(FALSE, FALSE, sizeof(struct currency_total));
    for (; i < totals->entries->len; i++) {
        struct currency_total *entry = &g_array_index(totals->entries, struct currency_total, i);
        int order = strcmp(entry->currency, currency);

        if (order == 0)
            return entry;
        if (order > 0)
            break;
    }
    g_strlcpy(fresh.currency, currency, sizeof fresh.currency);
    g_array_insert_val(totals->entries, i, fresh);
    return &g_array_index(totals->entries, struct currency_total, i);
}

void totals_add(struct totals *totals, const struct amount *amount)
{
    if (amount->present)
        exact_total_add(&entry_of(totals, amount->currency)->total, amount->nanos,
                        &amount->residue);
}

/* An exact total with its cents: "1234.50". */
static GString *padded_text(const struct exact_total *total)
{
    g_autofree char *plain = exact_total_format(total);
    GString *text = g_string_new(plain);
    gsize whole = strcspn(plain, ".");

    if (!plain[whole])
        g_string_append_c(text, '.');
    while (text->len < whole + strlen(".00"))
        g_string_append_c(text, '0');
    return text;
}

typedef char *(*total_printer)(const struct exact_total *total);

static char *print_exact(const struct exact_total *total)
{
    return g_string_free(padded_text(total), FALSE);
}

static char *print_moved(const struct exact_total *total)
{
    GString *text = padded_text(total);

    if (text->str[0] == '-')
        g_string_erase(text, 0, 1);
    for (gssize at = (gssize)strcspn(text->str, ".") - 3; at > 0; at -= 3)
        g_string_insert_c(text, at, ',');
    return g_string_free(text, FALSE);
}

static char *join(const struct totals *totals, total_printer print, gboolean rounded_only)
{
    GString *text = g_string_new("");

    for (guint i = 0; totals->entries && i < totals->entries->len; i++) {
        const struct currency_total *entry =
            &g_array_index(totals->entries, struct currency_total, i);
        g_autofree char *number = NULL;

        if (rounded_only && entry->total.rounded_count == 0)
            continue;
        number = print(&entry->total);
        g_string_append_printf(text, "%s%s%s%s", text->len ? " + " : "", number,
                               entry->currency[0] ? " " : "", entry->currency);
    }
    return g_string_free(text, FALSE);
}

char *totals_format(const struct totals *totals)
{
    return join(totals, print_exact, FALSE);
}

char *totals_format_moved(const struct totals *totals)
{
    return join(totals, print_moved, FALSE);
}

char *totals_residue(const struct totals *totals)
{
    return join(totals, exact_total_residue, TRUE);
}

gint64 totals_rounded_count(const struct totals *totals)
{
    gint64 count = 0;

    for (guint i = 0; totals->entries && i < totals->entries->len; i++)
        count += g_array_index(totals->entries, struct currency_total, i).total.rounded_count;
    return count;
}
