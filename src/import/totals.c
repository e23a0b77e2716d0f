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

/* "1234.5" as "1,234.50": an exact decimal grouped, and padded to cents. */
static char *group_decimal(const char *decimal)
{
    gsize whole = strcspn(decimal, ".");
    const char *decimals = decimal[whole] ? decimal + whole + 1 : "";
    GString *text = g_string_new("");

    for (gsize i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            g_string_append_c(text, ',');
        g_string_append_c(text, decimal[i]);
    }
    g_string_append_printf(text, ".%s", decimals);
    for (gsize len = strlen(decimals); len < 2; len++)
        g_string_append_c(text, '0');
    return g_string_free(text, FALSE);
}

typedef char *(*total_printer)(const struct exact_total *total);

static char *print_moved(const struct exact_total *total)
{
    g_autofree char *plain = exact_total_format(total);

    return group_decimal(plain[0] == '-' ? plain + 1 : plain);
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
    return join(totals, exact_total_format, FALSE);
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
