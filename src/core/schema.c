/* schema.c - migrations by user_version, views by digest. */
#include "core/schema.h"
#include "core/asset.h"
#include "core/digest.h"
#include "core/error.h"

#define APPLICATION_ID 0x74727570 /* "trup" */

static gboolean read_int(struct db *db, const char *name, int64_t *out, GError **error)
{
    struct statement *statement = statement_get(db, name, error);

    if (!statement || statement_step(statement, error) != ROW)
        return FALSE;
    *out = statement_int(statement, 0);
    statement_reset(statement);
    return TRUE;
}

/* Whose file it is: *version is 0 for a new, empty one. */
static gboolean identify(struct db *db, int64_t *version, int64_t newest, GError **error)
{
    int64_t application = 0, objects = 0;

    if (!read_int(db, "db_application_id", &application, error) ||
        !read_int(db, "db_user_version", version, error) ||
        !read_int(db, "db_object_count", &objects, error))
        return FALSE;
    if (application == 0 && *version == 0 && objects == 0)
        return TRUE;
    if (application != APPLICATION_ID) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "%s: is a SQLite database, but not a trueup ledger\n"
                    "hint: name another file with --ledger",
                    db_path(db));
        return FALSE;
    }
    if (*version > newest) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "%s: was made by a newer trueup (its tables are version %" G_GINT64_FORMAT
                    ", this program knows %" G_GINT64_FORMAT ")\n"
                    "hint: use the newer program",
                    db_path(db), *version, newest);
        return FALSE;
    }
    return TRUE;
}

static const char *const view_folders[] = {"sql/staging", "sql/intermediate", "sql/mart", NULL};

static gboolean views_digest(char hex[DIGEST_HEX_LEN + 1], GError **error)
{
    g_autoptr(Digest) digest = digest_new();

    for (guint i = 0; view_folders[i]; i++) {
        g_autoptr(GPtrArray) names = asset_list(view_folders[i], ".sql");

        for (guint j = 0; j < names->len; j++) {
            const char *name = g_ptr_array_index(names, j);
            g_autoptr(GBytes) text = asset_read(name, error);

            if (!text)
                return FALSE;
            digest_update(digest, name, strlen(name) + 1);
            digest_update(digest, g_bytes_get_data(text, NULL), g_bytes_get_size(text));
        }
    }
    digest_finish(digest, hex);
    return TRUE;
}

/* The digest of the views the ledger holds; "" before the first. */
static gboolean stored_digest(struct db *db, char **out, GError **error)
{
    struct statement *statement = statement_get(db, "meta_read", error);
    enum row_status status;

    if (!statement)
        return FALSE;
    statement_bind_text(statement, "name", "views_digest");
    status = statement_step(statement, error);
    *out = status == ROW ? g_strdup(statement_text(statement, 0)) : g_strdup("");
    statement_reset(statement);
    return status != FAILED;
}

static gboolean drop_views(struct db *db, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    struct statement *statement = statement_get(db, "db_views", error);
    enum row_status status;

    if (!statement)
        return FALSE;
    while ((status = statement_step(statement, error)) == ROW)
        g_ptr_array_add(names, g_strdup(statement_text(statement, 0)));
    statement_reset(statement);
    for (guint i = 0; status == END && i < names->len; i++)
        if (!db_execute(db, "dropping views", g_ptr_array_index(names, i), error))
            return FALSE;
    return status == END;
}

static gboolean create_views(struct db *db, GError **error)
{
    for (guint i = 0; view_folders[i]; i++) {
        g_autoptr(GPtrArray) names = asset_list(view_folders[i], ".sql");

        for (guint j = 0; j < names->len; j++) {
            const char *name = g_ptr_array_index(names, j);
            g_autoptr(GBytes) text = asset_read(name, error);

            if (!text || !db_execute(db, name, g_bytes_get_data(text, NULL), error))
                return FALSE;
        }
    }
    return TRUE;
}

static gboolean rebuild_views(struct db *db, GError **error)
{
    char wanted[DIGEST_HEX_LEN + 1];
    g_autofree char *held = NULL;
    struct statement *statement;

    if (!views_digest(wanted, error) || !stored_digest(db, &held, error))
        return FALSE;
    if (strcmp(wanted, held) == 0)
        return TRUE;
    if (!drop_views(db, error) || !create_views(db, error))
        return FALSE;
    statement = statement_get(db, "meta_write", error);
    if (!statement)
        return FALSE;
    statement_bind_text(statement, "name", "views_digest");
    statement_bind_text(statement, "value", wanted);
    return statement_execute(statement, error);
}

static gboolean apply_migrations(struct db *db, GPtrArray *migrations, int64_t version,
                                 GError **error)
{
    for (guint i = (guint)version; i < migrations->len; i++) {
        const char *name = g_ptr_array_index(migrations, i);
        g_autoptr(GBytes) text = asset_read(name, error);
        /* A pragma takes no parameter: the number is ours, not a user's. */
        g_autofree char *mark = g_strdup_printf("pragma user_version = %u;", i + 1);

        if (!text || !db_execute(db, name, g_bytes_get_data(text, NULL), error) ||
            !db_execute(db, name, mark, error))
            return FALSE;
    }
    return TRUE;
}

gboolean schema_migrate(struct db *db, GError **error)
{
    g_autoptr(GPtrArray) migrations = asset_list("sql/schema", ".sql");
    g_autoptr(Transaction) transaction = NULL;
    int64_t version = 0;
    gboolean current = FALSE;

    if (!schema_is_current(db, &current, error))
        return FALSE;
    if (current)
        return TRUE;
    transaction = transaction_begin(db, error);
    if (!transaction || !identify(db, &version, migrations->len, error))
        return FALSE;
    if (version == 0 && !db_run(db, "db_mark", error))
        return FALSE;
    return apply_migrations(db, migrations, version, error) && rebuild_views(db, error) &&
           transaction_commit(transaction, error);
}

gboolean schema_is_current(struct db *db, gboolean *current, GError **error)
{
    g_autoptr(GPtrArray) migrations = asset_list("sql/schema", ".sql");
    char wanted[DIGEST_HEX_LEN + 1];
    g_autofree char *held = NULL;
    int64_t version = 0;

    *current = FALSE;
    if (!identify(db, &version, migrations->len, error))
        return FALSE;
    if (version < migrations->len)
        return TRUE;
    if (!views_digest(wanted, error) || !stored_digest(db, &held, error))
        return FALSE;
    *current = strcmp(wanted, held) == 0;
    return TRUE;
}
