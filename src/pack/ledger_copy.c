/* ledger_copy.c - filling the pack's ledger from the one that is attached to it. */
#include "pack/ledger_copy.h"
#include "core/error.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define CHUNK     (256 * 1024)
#define FIRST_DAY "0000-00-00"
#define LAST_DAY  "9999-99-99"

/* Runs the statements that a statement makes, a row each. */
static gboolean run_made(struct db *db, const char *name, GError **error)
{
    struct statement *maker = statement_get(db, name, error);
    g_autoptr(GString) script = g_string_new(NULL);
    enum row_status status = FAILED;

    while (maker && (status = statement_step(maker, error)) == ROW)
        g_string_append(script, statement_text(maker, 0));
    if (maker)
        statement_reset(maker);
    return status == END && db_execute(db, name, script->str, error);
}

static gboolean run_bound(struct db *db, const char *name, const struct pack_request *request,
                          GError **error)
{
    struct statement *statement = statement_get(db, name, error);

    if (!statement)
        return FALSE;
    if (request->card) {
        statement_bind_text(statement, "card", request->card);
        statement_bind_text(statement, "from", request->from);
        statement_bind_text(statement, "until", request->until);
    } else {
        statement_bind_text(statement, "organization_id", request->organization_id);
    }
    return statement_execute(statement, error);
}

/* An empty pack would read like "nothing was charged". */
static gboolean check_charges(struct db *db, const struct pack_request *request, GError **error)
{
    struct statement *row = statement_get(db, "pack_charges", error);
    gboolean is_known;
    int64_t count;

    if (!row)
        return FALSE;
    statement_bind_text(row, "card", request->card);
    if (statement_step(row, error) != ROW)
        return FALSE;
    is_known = statement_int(row, 0) == 1;
    count = statement_int(row, 1);
    statement_reset(row);
    if (!is_known)
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "no statement tells of a card ending in \"%s\"\n"
                    "hint: `trueup report charges` lists the cards by their last four digits",
                    request->card);
    else if (count == 0)
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "the card ending in %s paid for nothing here from %s on and before %s\n"
                    "hint: --until is the first day left out; charges of other merchants are not "
                    "packed",
                    request->card, request->from, request->until);
    return count > 0;
}

static gboolean check_month(struct db *db, const struct month *month, GError **error)
{
    struct statement *row = statement_get(db, "pack_month_is_known", error);
    gboolean is_known;

    if (!row)
        return FALSE;
    statement_bind_text(row, "first", month->first);
    statement_bind_text(row, "last", month->last);
    if (statement_step(row, error) != ROW)
        return FALSE;
    is_known = statement_int(row, 0) == 1;
    statement_reset(row);
    if (!is_known)
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "no file tells of %s\n"
                    "hint: `trueup report sources` lists the days that files cover",
                    month->text);
    return is_known;
}

static gboolean fill_excerpt(struct db *db, const struct pack_request *request, GError **error)
{
    const char *first = request->card ? "pack_scope_card" : "pack_scope_organization";

    if (!db_run(db, "pack_scope", error) || !run_bound(db, first, request, error))
        return FALSE;
    if (request->card
            ? !check_charges(db, request, error) || !db_run(db, "pack_scope_card_topups", error)
            : !db_run(db, "pack_scope_organization_charges", error))
        return FALSE;
    return db_run(db, "pack_scope_rest", error) && db_run(db, "pack_copy_facts", error) &&
           db_run(db, "pack_copy_derived", error);
}

static gboolean is_excerpt(const struct pack_request *request)
{
    return request->card || request->organization_id;
}

/* Readings of the same bytes are one source: whole where all are, and read where one of them lies.
 */
static void add_source(GPtrArray *sources, struct statement *row)
{
    struct pack_source *source;

    for (guint i = 0; i < sources->len; i++) {
        source = g_ptr_array_index(sources, i);
        if (strcmp(source->sha256, statement_text(row, 2)) != 0)
            continue;
        source->is_whole &= statement_int(row, 5) == 1;
        if (!g_file_test(source->path, G_FILE_TEST_IS_REGULAR)) {
            g_free(source->path);
            source->path = g_strdup(statement_text(row, 1));
        }
        return;
    }
    source = g_new0(struct pack_source, 1);
    source->name = g_strdup(statement_text(row, 0));
    source->path = g_strdup(statement_text(row, 1));
    g_strlcpy(source->sha256, statement_text(row, 2), sizeof source->sha256);
    source->kind = g_strdup(statement_text(row, 3));
    source->encoding = g_strdup(statement_text(row, 4));
    source->is_whole = statement_int(row, 5) == 1;
    g_ptr_array_add(sources, source);
}

static gboolean find_sources(struct ledger_copy *copy, const struct pack_request *request,
                             GError **error)
{
    struct statement *row = statement_get(
        copy->db, is_excerpt(request) ? "pack_excerpt_sources" : "pack_month_sources", error);
    enum row_status status = FAILED;

    if (!row)
        return FALSE;
    statement_bind_text(row, "first", request->month ? request->month->first : FIRST_DAY);
    statement_bind_text(row, "last", request->month ? request->month->last : LAST_DAY);
    while ((status = statement_step(row, error)) == ROW)
        add_source(copy->sources, row);
    statement_reset(row);
    return status == END;
}

/* All in one transaction, so that the rows and the files are those of one moment. */
static gboolean fill(struct ledger_copy *copy, const struct pack_request *request, GError **error)
{
    struct db *db = copy->db;
    g_autoptr(Transaction) transaction = transaction_begin(db, error);

    if (!transaction || (request->month && !check_month(db, request->month, error)))
        return FALSE;
    if (is_excerpt(request)
            ? !fill_excerpt(db, request, error)
            : !run_made(db, "pack_copy_all", error) || !db_run(db, "pack_copy_meta", error))
        return FALSE;
    return find_sources(copy, request, error) && transaction_commit(transaction, error);
}

/* The file loses its name as soon as SQLite has it open, so that nothing is left of it whatever
 * happens to us. */
static struct db *open_nameless(const struct db *source, const char *folder, int *file,
                                GError **error)
{
    g_autofree char *absolute = g_canonicalize_filename(folder, NULL);
    g_autofree char *path = g_build_filename(absolute, ".trueup-XXXXXX", NULL);
    struct db *db;

    *file = g_mkstemp_full(path, O_RDWR | O_CLOEXEC, 0600);
    if (*file < 0) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM,
                    "%s: the copy of the ledger cannot be made here (%s)\n"
                    "hint: check that the folder may be written and is not full",
                    folder, g_strerror(errno));
        return NULL;
    }
    db = db_open_copy(path, source, error);
    g_unlink(path);
    return db;
}

struct ledger_copy *ledger_copy_new(const struct db *source, const struct pack_request *request,
                                    const char *folder, GError **error)
{
    g_autoptr(LedgerCopy) copy = g_new0(struct ledger_copy, 1);

    copy->sources = g_ptr_array_new_with_free_func((GDestroyNotify)pack_source_free);
    copy->db = open_nameless(source, folder, &copy->file, error);
    if (!copy->db || !fill(copy, request, error) || !db_run(copy->db, "db_detach_source", error))
        return NULL;
    return g_steal_pointer(&copy);
}

void ledger_copy_free(struct ledger_copy *copy)
{
    g_clear_pointer(&copy->db, db_close);
    if (copy->file >= 0)
        close(copy->file);
    g_ptr_array_unref(copy->sources);
    g_free(copy);
}

/* The bytes of the copy, to a digest and an archive where there is one. */
static gboolean read_all(const struct ledger_copy *copy, struct digest *digest, guint64 *size,
                         struct archive *archive, GError **error)
{
    g_autofree char *buffer = g_malloc(CHUNK);
    ssize_t len;

    *size = 0;
    while ((len = pread(copy->file, buffer, CHUNK, (off_t)*size)) > 0) {
        digest_update(digest, buffer, (gsize)len);
        *size += (guint64)len;
        if (archive && !archive_write(archive, buffer, (gsize)len, error))
            return FALSE;
    }
    if (len < 0)
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM,
                    "the copy of the ledger cannot be read back (%s)", g_strerror(errno));
    return len == 0;
}

gboolean ledger_copy_measure(const struct ledger_copy *copy, guint64 *size,
                             char sha256[DIGEST_HEX_LEN + 1], GError **error)
{
    g_autoptr(Digest) digest = digest_new();

    if (!read_all(copy, digest, size, NULL, error))
        return FALSE;
    digest_finish(digest, sha256);
    return TRUE;
}

gboolean ledger_copy_store(const struct ledger_copy *copy, struct archive *archive,
                           const char *name, GError **error)
{
    g_autoptr(Digest) digest = digest_new();
    guint64 size;

    return archive_begin(archive, name, error) && read_all(copy, digest, &size, archive, error) &&
           archive_end(archive, error);
}
