/* store_grant.c - rows of credit grants, and of balances seen on the console. */
#include "import/repeat.h"
#include "import/stamp.h"
#include "import/store.h"

static char *grant_content(const struct grant_fact *grant, const struct stamp *granted,
                           const struct stamp *expires)
{
    GString *content = g_string_new("");

    content_add_string(content, grant->kind);
    content_add_int(content, granted->at);
    content_add_int(content, expires->at);
    content_add_amount(content, &grant->amount);
    return g_string_free(content, FALSE);
}

static gint64 grant_identify(struct load *load, gint64 line, const struct grant_fact *grant,
                             const char *content, char **identity)
{
    g_autofree char *scope = g_strndup(grant->organization_id.text, grant->organization_id.len);
    g_autofree char *id = g_strndup(grant->grant_id.text, grant->grant_id.len);
    g_autofree char *called = grant->grant_id.len ? g_strdup_printf("grant %s", id) : NULL;

    *identity = called ? g_strconcat("grant:", id, NULL) : g_strconcat("content:", content, NULL);
    return repeat_occurrence(load, line, scope, *identity, called, content);
}

/* Binds what both tables have: the file, the line and the organization's key. */
static gboolean bind_owned(struct load *load, struct statement *statement, gint64 line,
                           struct text organization, GError **error)
{
    int64_t key;

    if (!dictionary_id(load->dictionary, DICTIONARY_ORGANIZATION,
                       &load->caches[COLUMN_ORGANIZATION], organization, &key, error))
        return FALSE;
    statement_bind_int(statement, "file_id", load->file_id);
    statement_bind_int(statement, "line", line);
    statement_bind_int(statement, "organization_key", key);
    return TRUE;
}

gboolean store_grant(struct load *load, const struct fact *fact, GError **error)
{
    const struct grant_fact *grant = &fact->grant;
    struct statement *statement = statement_get(load->db, "grant_row_insert", error);
    struct stamp granted, expires = {0};
    g_autofree char *content = NULL;
    g_autofree char *identity = NULL;
    gint64 occurrence;

    if (!statement)
        return FALSE;
    if (!stamp_read(load, fact->line, "granted_at", &grant->granted, DATE_IS_START, &granted) ||
        (grant->expires.present &&
         !stamp_read(load, fact->line, "expires_at", &grant->expires, DATE_IS_START, &expires)))
        return TRUE;
    if (granted.is_date || expires.is_date)
        load_note(load, NOTE_ASSUMED, "a grant's date without a time is the start of that day");
    content = grant_content(grant, &granted, &expires);
    occurrence = grant_identify(load, fact->line, grant, content, &identity);
    if (load_is_bad(load))
        return TRUE;
    totals_add(&load->control, &grant->amount);
    load_tally(load, 0, &grant->amount);
    if (!bind_owned(load, statement, fact->line, grant->organization_id, error))
        return FALSE;
    store_bind_text(statement, "grant_id", grant->grant_id);
    statement_bind_text(statement, "kind", grant->kind);
    statement_bind_int(statement, "granted_at", granted.at);
    if (grant->expires.present)
        statement_bind_int(statement, "expires_at", expires.at);
    else
        statement_bind_null(statement, "expires_at");
    statement_bind_int(statement, "amount_nanos", grant->amount.nanos);
    statement_bind_text(statement, "currency", grant->amount.currency);
    statement_bind_text(statement, "identity", identity);
    statement_bind_int(statement, "occurrence", occurrence);
    return statement_execute(statement, error);
}

gboolean store_balance(struct load *load, const struct fact *fact, GError **error)
{
    const struct balance_fact *balance = &fact->balance;
    struct statement *statement = statement_get(load->db, "observation_row_insert", error);
    struct stamp observed;

    if (!statement)
        return FALSE;
    if (!stamp_read(load, fact->line, "observed_at", &balance->observed, DATE_IS_NOON, &observed))
        return TRUE;
    if (observed.is_date)
        load_note(load, NOTE_ASSUMED, "a balance's date without a time is noon of that day");
    if (load_is_bad(load))
        return TRUE;
    load_tally(load, 0, &balance->balance);
    if (!bind_owned(load, statement, fact->line, balance->organization_id, error))
        return FALSE;
    statement_bind_int(statement, "observed_at", observed.at);
    statement_bind_int(statement, "balance_nanos", balance->balance.nanos);
    statement_bind_text(statement, "currency", balance->balance.currency);
    return statement_execute(statement, error);
}
