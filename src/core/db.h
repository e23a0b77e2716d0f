/*
 * db.h - the one door to SQLite.
 *
 * SQL text never stands in a .c file: a statement is named by its file in sql/statement/
 * ("file_insert" is sql/statement/file_insert.sql) or is a report's, and its parameters are
 * bound by name. A wrong parameter or column name is a programming error and aborts.
 *
 * Errors are TRUEUP_ERROR_SYSTEM (locked, read-only, no space, not ours) or TRUEUP_ERROR_INPUT
 * (a ledger that is newer than the program), each with the ledger's path.
 */
#pragma once
#include <glib.h>
#include <stdint.h>

struct db;
struct statement;

enum db_mode {
    DB_WRITE, /* opens or creates, mode 0600, and migrates */
    DB_READ,  /* must exist; nothing in it can change */
};

enum row_status { ROW, END, FAILED };

struct db *db_open(const char *path, enum db_mode mode, GError **error);
/* A ledger in memory, migrated and with its views: for tests. */
struct db *db_open_memory(GError **error);
/*
 * A new ledger at `path`, an empty file, to be filled from another one, which is attached as
 * `source` and cannot be written through it. There is no journal on the disk: a copy that fails is
 * thrown away.
 */
struct db *db_open_copy(const char *path, const struct db *source, GError **error);
void db_close(struct db *db);
/* TRUE of a connection that was opened with DB_READ. */
gboolean db_reads_only(const struct db *db);
typedef struct db Db; /* for g_autoptr(Db) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Db, db_close)
const char *db_path(const struct db *db);

/* Runs every statement of a script that takes no parameter. `name` is for messages. */
gboolean db_execute(struct db *db, const char *name, const char *sql,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Runs sql/statement/NAME.sql, which may hold several statements and takes no parameter. */
gboolean db_run(struct db *db, const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
int64_t db_last_rowid(struct db *db);

/* Transactions. One not committed when it goes out of scope is rolled back. */
struct transaction;
struct transaction *transaction_begin(struct db *db,
                                      GError **error); /* immediate: takes the write lock */
gboolean transaction_commit(struct transaction *transaction,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
void transaction_free(struct transaction *transaction);
typedef struct transaction Transaction; /* for g_autoptr(Transaction) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Transaction, transaction_free)

/*
 * A statement from sql/statement/NAME.sql. Prepared once per db and kept: the handle is borrowed
 * from the db and comes back reset and unbound. Do not use one name twice at the same time.
 */
struct statement *statement_get(struct db *db, const char *name, GError **error);
/* A statement of its own from text (a report's); free it. */
struct statement *statement_new(struct db *db, const char *name, const char *sql, GError **error);
void statement_free(struct statement *statement);
typedef struct statement Statement; /* for g_autoptr(Statement) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Statement, statement_free)

/* Binding, by the parameter's name without its colon. Text is copied; NULL text is null. */
void statement_bind_int(struct statement *statement, const char *parameter, int64_t value);
void statement_bind_text(struct statement *statement, const char *parameter, const char *value);
void statement_bind_text_len(struct statement *statement, const char *parameter, const char *value,
                             gsize len);
void statement_bind_null(struct statement *statement, const char *parameter);
/* A row's key; 0, which no row has, is null. */
void statement_bind_key(struct statement *statement, const char *parameter, int64_t key);
/* TRUE when the statement has such a parameter (reports take what they declare). */
gboolean statement_has_parameter(struct statement *statement, const char *parameter);
/* The statement's parameters, 0-based, without the colon ("" for a bare ?); NULL past the end. */
const char *statement_parameter_name(struct statement *statement, int index);

enum row_status statement_step(struct statement *statement, GError **error);
/* Steps once, expects no row, and resets. */
gboolean statement_execute(struct statement *statement, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void statement_reset(struct statement *statement); /* keeps nothing bound */

/* The current row. Text is borrowed until the next step. Columns by index, 0-based. */
int statement_column_count(struct statement *statement);
const char *statement_column_name(struct statement *statement, int column);
int statement_column_index(struct statement *statement, const char *name); /* aborts when absent */
gboolean statement_is_null(struct statement *statement, int column);
/* FALSE for a REAL, which is what SQLite makes of an overflowing + or * in silence, and for text.
 */
gboolean statement_is_integer(struct statement *statement, int column);
int64_t statement_int(struct statement *statement, int column);
const char *statement_text(struct statement *statement, int column); /* NULL when null */
gsize statement_text_len(struct statement *statement, int column);

/*
 * For reports: statements prepared while this is on may only read, and only tables and views of
 * the ledger and built-in functions; anything else fails to prepare, naming what it tried.
 */
void db_set_read_only_authorizer(struct db *db, gboolean on);
