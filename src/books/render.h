/*
 * render.h - the formats: each prints a journal, or the books that it was made of.
 */
#pragma once
#include "books/account_map.h"
#include "books/make.h"

struct rendering {
    const struct journal *journal;
    const struct account_map *map;
    GString *out;
};

gboolean render_hledger(const struct rendering *rendering, GError **error);
gboolean render_beancount(const struct rendering *rendering, GError **error);
gboolean render_quickbooks(const struct rendering *rendering, GError **error);
gboolean render_xero(const struct rendering *rendering, GError **error);

/* FOCUS 1.2 rows of credit books (struct credit_book) for the journal's days. */
gboolean render_focus(const GPtrArray *books, const struct journal *journal,
                      const struct account_map *map, GString *out,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* FALSE for a line that is less than half a cent and moved nothing in another currency. */
gboolean posting_shows(const struct posting *posting);
/* FALSE for a memo, and for an entry none of whose lines shows. */
gboolean entry_shows(const struct entry *entry);
char *posting_account(const struct rendering *rendering, const struct entry *entry,
                      const struct posting *posting);
/* The line's own text; "" where the entry's title says it already. */
const char *posting_text(const struct entry *entry, const struct posting *posting);
/* "Top-up INV-0001"; raw text. */
char *entry_title(const struct entry *entry);
/* The name, else the id, else "". */
const char *entry_organization(const struct entry *entry);

/* Every account that shows, and every currency: sorted, each once. */
GPtrArray *rendering_accounts(const struct rendering *rendering);
GPtrArray *rendering_currencies(const struct rendering *rendering);

/*
 * The assertion's account; NULL where the account holds more than that organization's role, so that
 * nothing can be asserted of it.
 */
char *assertion_account(const struct rendering *rendering, GHashTable *owners,
                        const struct assertion *assertion);
/* Account name -> what it holds; for assertion_account. */
GHashTable *rendering_owners(const struct rendering *rendering);
