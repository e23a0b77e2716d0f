/* db.c - opening ledgers, transactions and scripts; statements are in statement.c. */
#include "core/db.h"
#include "core/db_internal.h"
#include "core/error.h"
#include "core/schema.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <unistd.h>

#define BUSY_TIMEOUT_MS 3000

struct transaction {
    struct db *db; /* NULL once committed */
};

void db_set_error(struct db *db, int status, const char *what, GError **error)
{
    const char *path = db->path;

    switch (status & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM,
                    "%s: another program is writing to this ledger\n"
                    "hint: wait until it is done, then run this again",
                    path);
        return;
    case SQLITE_READONLY:
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM,
                    "%s: the ledger cannot be written\n"
                    "hint: check the permissions of the file and of its folder",
                    path);
        return;
    case SQLITE_CANTOPEN:
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM,
                    "%s: the ledger cannot be opened\n"
                    "hint: check the permissions of the file and of its folder",
                    path);
        return;
    case SQLITE_FULL:
    case SQLITE_IOERR:
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM,
                    "%s: the disk is full or failing; the ledger is as it was before (%s)", path,
                    sqlite3_errmsg(db->handle));
        return;
    case SQLITE_NOTADB:
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "%s: is not a trueup ledger\n"
                    "hint: name another file with --ledger",
                    path);
        return;
    case SQLITE_CORRUPT:
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "%s: the ledger is damaged (%s)\n"
                    "hint: restore it from a copy, or import the files into a new one",
                    path, sqlite3_errmsg(db->handle));
        return;
    default:
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM, "%s: %s: %s", path, what,
                    sqlite3_errmsg(db->handle));
    }
}

/* What every connection needs before its first statement. */
static gboolean configure(struct db *db, enum db_mode mode, GError **error)
{
    sqlite3_extended_result_codes(db->handle, 1);
    sqlite3_busy_timeout(db->handle, BUSY_TIMEOUT_MS);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    return db_run(db, mode == DB_WRITE ? "db_configure_write" : "db_configure_read", error);
}

/* SQLite reads a folder or a device and calls it a failing disk. */
static gboolean check_is_file(const char *path, GError **error)
{
    const gboolean is_folder = g_file_test(path, G_FILE_TEST_IS_DIR);

    if (!is_folder &&
        (!g_file_test(path, G_FILE_TEST_EXISTS) || g_file_test(path, G_FILE_TEST_IS_REGULAR)))
        return TRUE;
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                "%s: is %s, not a ledger\n"
                "hint: name a file with --ledger or $TRUEUP_LEDGER",
                path, is_folder ? "a folder" : "no file");
    return FALSE;
}

/* The file is made here, before SQLite sees it, so that it never exists with a wider mode. */
static gboolean create_private(const char *path, GError **error)
{
    int file = g_open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);

    if (file < 0) {
        int reason = errno;

        if (reason == EACCES || reason == EROFS || reason == EPERM)
            g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM,
                        "%s: the ledger cannot be written (%s)\n"
                        "hint: check the permissions of the file and of its folder",
                        path, g_strerror(reason));
        else
            g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM,
                        "%s: the ledger cannot be made (%s)\n"
                        "hint: check that its folder exists, or name another file with --ledger",
                        path, g_strerror(reason));
        return FALSE;
    }
    close(file);
    return TRUE;
}

/* Nobody reads SQLite's count of its memory, and keeping it takes a lock at every allocation. */
static gpointer forgo_memory_count(gpointer unused)
{
    int status = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);

    g_assert(status == SQLITE_OK);
    return unused;
}

static struct db *open_handle(const char *path, enum db_mode mode, int flags, GError **error)
{
    static GOnce configured = G_ONCE_INIT;
    g_autoptr(Db) db = g_new0(struct db, 1);
    int status;

    g_once(&configured, forgo_memory_count, NULL);
    db->path = g_strdup(path);
    db->statements =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)statement_free);
    status = sqlite3_open_v2(path, &db->handle, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (status != SQLITE_OK) {
        db_set_error(db, status, "opening", error);
        return NULL;
    }
    if (!configure(db, mode, error))
        return NULL;
    return g_steal_pointer(&db);
}

static struct db *open_for_writing(const char *path, GError **error)
{
    g_autoptr(Db) db = NULL;

    if (!check_is_file(path, error) || !create_private(path, error))
        return NULL;
    db = open_handle(path, DB_WRITE, SQLITE_OPEN_READWRITE, error);
    if (!db || !schema_migrate(db, error))
        return NULL;
    return g_steal_pointer(&db);
}

/* A program that was killed while it wrote left a journal. SQLite undoes with it what was half
 * written, which it cannot through a connection that only reads. Failing is for that one to tell.
 */
static void recover(const char *path)
{
    g_autofree char *journal = g_strconcat(path, "-journal", NULL);
    g_autoptr(Db) db = NULL;
    gboolean current, is_recovered;

    if (!g_file_test(journal, G_FILE_TEST_EXISTS))
        return;
    db = open_handle(path, DB_WRITE, SQLITE_OPEN_READWRITE, NULL);
    is_recovered = db && schema_is_current(db, &current, NULL); /* its first read recovers */
    (void)is_recovered;
}

static struct db *open_for_reading(const char *path, GError **error)
{
    g_autoptr(Db) db = NULL;
    g_autoptr(Db) migrated = NULL;
    gboolean current = FALSE;

    if (!check_is_file(path, error))
        return NULL;
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "%s: there is no such ledger\n"
                    "hint: `trueup import` makes one; --ledger or $TRUEUP_LEDGER names another",
                    path);
        return NULL;
    }
    recover(path);
    db = open_handle(path, DB_READ, SQLITE_OPEN_READONLY, error);
    if (!db || !schema_is_current(db, &current, error))
        return NULL;
    if (current)
        return g_steal_pointer(&db);

    /* Made by an older program: brought up to date first, then opened as asked. */
    g_clear_pointer(&db, db_close);
    migrated = open_for_writing(path, error);
    if (!migrated)
        return NULL;
    g_clear_pointer(&migrated, db_close);
    return open_handle(path, DB_READ, SQLITE_OPEN_READONLY, error);
}

struct db *db_open(const char *path, enum db_mode mode, GError **error)
{
    return mode == DB_WRITE ? open_for_writing(path, error) : open_for_reading(path, error);
}

struct db *db_open_memory(GError **error)
{
    g_autoptr(Db) db =
        open_handle(":memory:", DB_WRITE, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);

    if (!db || !schema_migrate(db, error))
        return NULL;
    return g_steal_pointer(&db);
}

struct db *db_open_copy(const char *path, const struct db *source, GError **error)
{
    g_autofree char *absolute = g_canonicalize_filename(source->path, NULL);
    g_autofree char *escaped = g_uri_escape_string(absolute, "/", FALSE);
    g_autofree char *location = g_strconcat("file:", escaped, "?mode=ro", NULL);
    g_autoptr(Db) db = NULL;
    struct statement *attach;

    g_assert(g_path_is_absolute(path)); /* one that begins with "file:" would be a URI */
    db = open_handle(path, DB_WRITE, SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI, error);
    if (!db || !db_run(db, "db_configure_copy", error) || !schema_migrate(db, error))
        return NULL;
    attach = statement_get(db, "db_attach_source", error);
    if (!attach)
        return NULL;
    statement_bind_text(attach, "location", location);
    return statement_execute(attach, error) ? g_steal_pointer(&db) : NULL;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    if (db->statements)
        g_hash_table_destroy(db->statements);
    sqlite3_close_v2(db->handle);
    g_free(db->path);
    g_free(db);
}

gboolean db_reads_only(const struct db *db)
{
    return sqlite3_db_readonly(db->handle, "main") == 1;
}

const char *db_path(const struct db *db)
{
    return db->path;
}

gboolean db_execute(struct db *db, const char *name, const char *sql, GError **error)
{
    int status = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);

    if (status != SQLITE_OK) {
        db_set_error(db, status, name, error);
        return FALSE;
    }
    return TRUE;
}

GBytes *db_statement_text(const char *name, GError **error)
{
    g_autofree char *asset = g_strconcat("sql/statement/", name, ".sql", NULL);

    return asset_read(asset, error);
}

gboolean db_run(struct db *db, const char *name, GError **error)
{
    g_autoptr(GBytes) text = db_statement_text(name, error);

    return text && db_execute(db, name, g_bytes_get_data(text, NULL), error);
}

int64_t db_last_rowid(struct db *db)
{
    return sqlite3_last_insert_rowid(db->handle);
}

struct transaction *transaction_begin(struct db *db, GError **error)
{
    struct transaction *transaction;

    if (!db_run(db, "transaction_begin", error))
        return NULL;
    transaction = g_new0(struct transaction, 1);
    transaction->db = db;
    return transaction;
}

gboolean transaction_commit(struct transaction *transaction, GError **error)
{
    if (!db_run(transaction->db, "transaction_commit", error))
        return FALSE;
    transaction->db = NULL;
    return TRUE;
}

void transaction_free(struct transaction *transaction)
{
    if (!transaction)
        return;
    /* SQLite may have rolled back by itself (a full disk): that is what was wanted. */
    if (transaction->db && !sqlite3_get_autocommit(transaction->db->handle)) {
        g_autoptr(GError) error = NULL;

        if (!db_run(transaction->db, "transaction_rollback", &error))
            g_warning("%s", error->message);
    }
    g_free(transaction);
}

/* Reports may select, call built-in functions, recurse and read; nothing else. */
static int read_only_authorizer(void *context, int action, const char *first, const char *second,
                                const char *database, const char *trigger)
{
    (void)context;
    (void)first;
    (void)second;
    (void)database;
    (void)trigger;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_FUNCTION:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    default:
        return SQLITE_DENY;
    }
}

void db_set_read_only_authorizer(struct db *db, gboolean on)
{
    sqlite3_set_authorizer(db->handle, on ? read_only_authorizer : NULL, NULL);
}
