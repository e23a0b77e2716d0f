/* forget.c - taking files back out of the ledger. */
#include "import/forget.h"
#include "core/audit.h"
#include "core/error.h"
#include "core/secret.h"
#include "import/import.h"

#define MIN_DIGEST_DIGITS 8

static gboolean execute_for_file(struct db *db, const char *name, int64_t file_id, GError **error)
{
    struct statement *statement = statement_get(db, name, error);

    if (!statement)
        return FALSE;
    statement_bind_int(statement, "file_id", file_id);
    return statement_execute(statement, error);
}

gboolean forget_reading(struct db *db, int64_t file_id, GError **error)
{
    return db_run(db, "derive_clear", error) &&
           execute_for_file(db, "cost_forget", file_id, error) &&
           execute_for_file(db, "usage_forget", file_id, error) &&
           execute_for_file(db, "file_forget", file_id, error) &&
           db_run(db, "dictionary_prune", error);
}

gboolean forget_mark_stale(struct db *db, GError **error)
{
    struct statement *statement = statement_get(db, "meta_write", error);

    if (!statement)
        return FALSE;
    statement_bind_text(statement, "name", "stale");
    statement_bind_text(statement, "value", "1");
    return statement_execute(statement, error);
}

/* Leading digits of a SHA-256, lower case; "" when `which` cannot be that. */
static char *digest_prefix(const char *which)
{
    gsize len = strlen(which);

    if (len < MIN_DIGEST_DIGITS || len > DIGEST_HEX_LEN)
        return g_strdup("");
    for (gsize i = 0; i < len; i++)
        if (!g_ascii_isxdigit(which[i]))
            return g_strdup("");
    return g_ascii_strdown(which, -1);
}

/* A reading that a name may mean. */
struct match {
    int64_t file_id;
    char *path, *sha256;
};

static void match_clear(gpointer pointer)
{
    struct match *match = pointer;

    g_free(match->path);
    g_free(match->sha256);
}

static gboolean find_matches(struct db *db, const char *which, GArray *matches, GError **error)
{
    g_autofree char *name = secret_masked(which); /* as it was stored */
    g_autofree char *whole = g_canonicalize_filename(which, NULL);
    g_autofree char *path = secret_masked(whole);
    g_autofree char *prefix = digest_prefix(which);
    struct statement *statement = statement_get(db, "file_find", error);
    enum row_status status;

    if (!statement)
        return FALSE;
    statement_bind_text(statement, "name", name);
    statement_bind_text(statement, "path", path);
    statement_bind_text(statement, "prefix", prefix);
    while ((status = statement_step(statement, error)) == ROW) {
        struct match match = {.file_id = statement_int(statement, 0),
                              .path = g_strdup(statement_text(statement, 1)),
                              .sha256 = g_strdup(statement_text(statement, 2))};

        g_array_append_val(matches, match);
    }
    statement_reset(statement);
    return status == END;
}

/* Several files of one name are not forgotten together: they are listed, to choose from. */
static gboolean matches_are_one_file(const GArray *matches, const char *which, GError **error)
{
    const struct match *first = &g_array_index(matches, struct match, 0);
    GString *list = g_string_new("");
    gboolean same = TRUE;

    for (guint i = 0; i < matches->len; i++) {
        const struct match *match = &g_array_index(matches, struct match, i);

        same = same && strcmp(match->sha256, first->sha256) == 0;
        g_string_append_printf(list, "\n  %.12s  %s", match->sha256, match->path);
    }
    if (!same)
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "\"%s\" names several files:%s\n"
                    "hint: name one by the digits in front of it",
                    which, list->str);
    g_string_free(list, TRUE);
    return same;
}

static gboolean match_forget(struct db *db, const struct match *match, GError **error)
{
    g_autofree char *detail = g_strdup_printf("sha256=%s", match->sha256);
    g_autofree char *name = g_path_get_basename(match->path);
    struct act act = {.action = "forget", .subject = name, .detail = detail};

    return forget_reading(db, match->file_id, error) && audit_append(db, &act, error);
}

gboolean import_forget(struct db *db, const char *which, gint64 *count, GError **error)
{
    g_autoptr(Transaction) transaction = transaction_begin(db, error);
    g_autoptr(GArray) matches = g_array_new(FALSE, FALSE, sizeof(struct match));

    g_array_set_clear_func(matches, match_clear);
    if (!transaction || !find_matches(db, which, matches, error))
        return FALSE;
    if (matches->len == 0) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "no imported file is called \"%s\"\n"
                    "hint: trueup report sources lists what the ledger holds",
                    which);
        return FALSE;
    }
    if (!matches_are_one_file(matches, which, error))
        return FALSE;
    for (guint i = 0; i < matches->len; i++)
        if (!match_forget(db, &g_array_index(matches, struct match, i), error))
            return FALSE;
    if (!forget_mark_stale(db, error) || !transaction_commit(transaction, error))
        return FALSE;
    *count = matches->len;
    return TRUE;
}
