/*
 * render_hledger.c - a journal that `hledger check --strict` accepts: every account and commodity
 * declared, and a balance assertion wherever balances report where credit stands.
 *
 * Text from files cannot become syntax: what starts a comment, a tag, a date or a second field in
 * hledger is replaced.
 */
#include "books/render.h"
#include "core/money.h"
#include "core/text.h"

/* One line of harmless text: no controls, no two blanks in a row, none of the characters given. */
static char *harmless(const char *text, const char *characters)
{
    g_autofree char *clean = text_clean(text, FALSE);
    GString *out = g_string_new(NULL);

    for (const char *at = clean; *at; at++) {
        if (*at == ' ' && (out->len == 0 || out->str[out->len - 1] == ' '))
            continue;
        g_string_append_c(out, strchr(characters, *at) ? '_' : *at);
    }
    return g_strchomp(g_string_free(out, FALSE));
}

static void append_memos(GString *out, const struct entry *entry, const char *indent)
{
    for (guint i = 0; i < entry->memos->len; i++) {
        g_autofree char *memo =
            harmless(g_ptr_array_index(entry->memos, i), ":[];|"); /* ':' would make a tag */

        g_string_append_printf(out, "%s; %s\n", indent, memo);
    }
}

static void append_posting(const struct rendering *rendering, const struct entry *entry,
                           const struct posting *posting)
{
    g_autofree char *account = posting_account(rendering, entry, posting);
    g_autofree char *text = harmless(posting_text(entry, posting), ":[];|,");
    g_autofree char *project = harmless(posting->project_id, ":[];|,");
    g_autofree char *amount =
        money_format(*posting->own_currency ? posting->own_nanos : posting->nanos, 2);

    g_string_append_printf(rendering->out, "    %-58s  %14s %s", account, amount,
                           *posting->own_currency ? posting->own_currency : entry->currency);
    if (*posting->own_currency) {
        g_autofree char *value = money_format(ABS(posting->nanos), 2);

        g_string_append_printf(rendering->out, " @@ %s %s", value, entry->currency);
    }
    if (*text)
        g_string_append_printf(rendering->out, "  ; %s", text);
    if (*project)
        g_string_append_printf(rendering->out, "%s project:%s", *text ? "," : "  ;", project);
    g_string_append_c(rendering->out, '\n');
}

static void append_entry(const struct rendering *rendering, const struct entry *entry)
{
    g_autofree char *title = entry_title(entry);
    g_autofree char *note = harmless(title, ";|");
    g_autofree char *payee = harmless(entry_organization(entry), ";|");
    g_autofree char *organization = harmless(entry->organization_id, ":[];|,");

    if (!entry_shows(entry)) {
        g_string_append_printf(rendering->out, "; %s %s%s%s\n", entry->day, payee,
                               *payee ? ", " : "", note);
        append_memos(rendering->out, entry, "");
        g_string_append_c(rendering->out, '\n');
        return;
    }
    g_string_append_printf(rendering->out, "%s * (%s) %s%s%s\n", entry->day, entry->id, payee,
                           *payee ? " | " : "", note);
    g_string_append_printf(rendering->out, "    ; kind:%s", entry->kind);
    if (*organization)
        g_string_append_printf(rendering->out, ", organization:%s", organization);
    g_string_append_c(rendering->out, '\n');
    append_memos(rendering->out, entry, "    ");
    for (guint i = 0; i < entry->postings->len; i++) {
        const struct posting *posting = &g_array_index(entry->postings, struct posting, i);

        if (posting_shows(posting))
            append_posting(rendering, entry, posting);
    }
    g_string_append_c(rendering->out, '\n');
}

static void append_assertion(const struct rendering *rendering, GHashTable *owners,
                             const struct assertion *assertion)
{
    g_autofree char *account = assertion_account(rendering, owners, assertion);
    g_autofree char *amount = money_format(assertion->nanos, 2);

    if (account)
        g_string_append_printf(rendering->out,
                               "%s * as trueup's balances have it\n"
                               "    %-58s  %14s %s = %s %s\n\n",
                               assertion->day, account, "0.00", assertion->currency, amount,
                               assertion->currency);
}

gboolean render_hledger(const struct rendering *rendering, GError **error)
{
    const struct journal *journal = rendering->journal;
    g_autoptr(GPtrArray) accounts = rendering_accounts(rendering);
    g_autoptr(GPtrArray) currencies = rendering_currencies(rendering);
    g_autoptr(GHashTable) owners = rendering_owners(rendering);
    guint next = 0;

    (void)error;
    for (guint i = 0; i < currencies->len; i++)
        g_string_append_printf(rendering->out, "commodity 1000.00 %s\n",
                               (const char *)g_ptr_array_index(currencies, i));
    for (guint i = 0; i < accounts->len; i++)
        g_string_append_printf(rendering->out, "account %s\n",
                               (const char *)g_ptr_array_index(accounts, i));
    g_string_append_c(rendering->out, '\n');
    for (guint i = 0; i <= journal->entries->len; i++) {
        const struct entry *entry =
            i < journal->entries->len ? g_ptr_array_index(journal->entries, i) : NULL;

        for (; next < journal->assertions->len; next++) {
            const struct assertion *assertion =
                &g_array_index(journal->assertions, struct assertion, next);

            if (entry && strcmp(assertion->day, entry->day) >= 0)
                break;
            append_assertion(rendering, owners, assertion);
        }
        if (entry)
            append_entry(rendering, entry);
    }
    return TRUE;
}
