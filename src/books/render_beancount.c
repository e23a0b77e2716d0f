/*
 * render_beancount.c - a file that bean-check accepts: every account opened, every commodity
 * declared, and a balance directive wherever balances report where credit stands.
 */
#include "books/render.h"
#include "core/instant.h"
#include "core/money.h"
#include "core/text.h"

/* A string: one line, quotes and backslashes escaped. */
static char *quoted(const char *text)
{
    g_autofree char *clean = text_clean(text, FALSE);
    GString *out = g_string_new("\"");

    for (const char *at = clean; *at; at++) {
        if (*at == '"' || *at == '\\')
            g_string_append_c(out, '\\');
        g_string_append_c(out, *at);
    }
    g_string_append_c(out, '"');
    return g_string_free(out, FALSE);
}

static void append_meta(GString *out, const char *indent, const char *name, const char *value)
{
    g_autofree char *text = quoted(value);

    if (*value)
        g_string_append_printf(out, "%s%s: %s\n", indent, name, text);
}

static void append_memos(GString *out, const struct entry *entry, const char *indent)
{
    for (guint i = 0; i < entry->memos->len; i++) {
        g_autofree char *memo = text_clean(g_ptr_array_index(entry->memos, i), FALSE);

        g_string_append_printf(out, "%s; %s\n", indent, memo);
    }
}

static void append_posting(const struct rendering *rendering, const struct entry *entry,
                           const struct posting *posting)
{
    g_autofree char *account = posting_account(rendering, entry, posting);
    g_autofree char *amount =
        money_format(*posting->own_currency ? posting->own_nanos : posting->nanos, 2);

    g_string_append_printf(rendering->out, "  %-58s  %14s %s", account, amount,
                           *posting->own_currency ? posting->own_currency : entry->currency);
    if (*posting->own_currency) {
        g_autofree char *value = money_format(ABS(posting->nanos), 2);

        g_string_append_printf(rendering->out, " @@ %s %s", value, entry->currency);
    }
    g_string_append_c(rendering->out, '\n');
    append_meta(rendering->out, "    ", "text", posting_text(entry, posting));
    append_meta(rendering->out, "    ", "project", posting->project_id);
}

static void append_entry(const struct rendering *rendering, const struct entry *entry)
{
    g_autofree char *title = entry_title(entry);
    g_autofree char *narration = quoted(title);
    g_autofree char *payee = quoted(entry_organization(entry));

    if (!entry_shows(entry)) {
        g_autofree char *clean = text_clean(title, FALSE);
        g_autofree char *organization = text_clean(entry_organization(entry), FALSE);

        g_string_append_printf(rendering->out, "; %s %s%s%s\n", entry->day, organization,
                               *organization ? ", " : "", clean);
        append_memos(rendering->out, entry, "");
        g_string_append_c(rendering->out, '\n');
        return;
    }
    g_string_append_printf(rendering->out, "%s * %s %s ^%s\n", entry->day, payee, narration,
                           entry->id);
    append_meta(rendering->out, "  ", "kind", entry->kind);
    append_meta(rendering->out, "  ", "organization", entry->organization_id);
    append_memos(rendering->out, entry, "  ");
    for (guint i = 0; i < entry->postings->len; i++) {
        const struct posting *posting = &g_array_index(entry->postings, struct posting, i);

        if (posting_shows(posting))
            append_posting(rendering, entry, posting);
    }
    g_string_append_c(rendering->out, '\n');
}

/* A balance directive speaks of the start of its day. */
static void append_assertion(const struct rendering *rendering, GHashTable *owners,
                             const struct assertion *assertion)
{
    g_autofree char *account = assertion_account(rendering, owners, assertion);
    g_autofree char *amount = money_format(assertion->nanos, 2);
    char after[11];
    int32_t day = 0;
    gboolean parsed = day_parse(&day, assertion->day, strlen(assertion->day), NULL);

    g_assert(parsed);
    day_format(day + 1, after);
    if (account)
        g_string_append_printf(rendering->out, "%s balance %-51s  %14s ~ 0 %s\n", after, account,
                               amount, assertion->currency);
}

gboolean render_beancount(const struct rendering *rendering, GError **error)
{
    const struct journal *journal = rendering->journal;
    g_autoptr(GPtrArray) accounts = rendering_accounts(rendering);
    g_autoptr(GPtrArray) currencies = rendering_currencies(rendering);
    g_autoptr(GHashTable) owners = rendering_owners(rendering);

    (void)error;
    for (guint i = 0; i < currencies->len; i++)
        g_string_append_printf(rendering->out, "option \"operating_currency\" \"%s\"\n",
                               (const char *)g_ptr_array_index(currencies, i));
    for (guint i = 0; i < currencies->len; i++)
        g_string_append_printf(rendering->out, "1970-01-01 commodity %s\n",
                               (const char *)g_ptr_array_index(currencies, i));
    for (guint i = 0; i < accounts->len; i++)
        g_string_append_printf(rendering->out, "1970-01-01 open %s\n",
                               (const char *)g_ptr_array_index(accounts, i));
    g_string_append_c(rendering->out, '\n');
    for (guint i = 0; i < journal->entries->len; i++)
        append_entry(rendering, g_ptr_array_index(journal->entries, i));
    for (guint i = 0; i < journal->assertions->len; i++)
        append_assertion(rendering, owners,
                         &g_array_index(journal->assertions, struct assertion, i));
    return TRUE;
}
