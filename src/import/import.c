/* import.c - files into the ledger, each in a transaction of its own; see import.h. */
#include "import/import.h"
#include "core/audit.h"
#include "core/error.h"
#include "core/text.h"
#include "import/endpoint.h"
#include "import/forget.h"
#include "import/load.h"
#include "import/options.h"

struct importer {
    struct db *db;
    struct import_options options; /* its strings are owned */
    struct format_set *formats;
    struct dictionary *dictionary;
};

void import_result_free(struct import_result *result)
{
    if (!result)
        return;
    g_free(result->path);
    g_free(result->name);
    g_free(result->format);
    g_free(result->summary);
    g_free(result->refusal);
    g_ptr_array_unref(result->notes);
    g_ptr_array_unref(result->problems);
    g_free(result);
}

struct importer *importer_new(struct db *db, const struct import_options *options, GError **error)
{
    g_autoptr(Importer) importer = g_new0(struct importer, 1);

    importer->db = db;
    importer->options = import_options_copy(options);
    importer->dictionary = dictionary_new(db);
    if (!import_options_check(&importer->options, error))
        return NULL;
    importer->formats = format_set_load(error);
    if (!importer->formats ||
        (options->format && !format_set_keep(importer->formats, options->format, error)))
        return NULL;
    return g_steal_pointer(&importer);
}

void importer_free(struct importer *importer)
{
    if (!importer)
        return;
    g_clear_pointer(&importer->formats, format_set_free);
    dictionary_free(importer->dictionary);
    import_options_clear(&importer->options);
    g_free(importer);
}

/* The readings of the same bytes: this very one (named in load), and the ids of others. */
static gboolean find_earlier(struct load *load, GArray *others, GError **error)
{
    struct statement *statement = statement_get(load->db, "file_same_bytes", error);
    enum row_status status;

    if (!statement)
        return FALSE;
    statement_bind_text(statement, "sha256", load->sha256);
    statement_bind_text(statement, "account_hint", load->account_hint);
    statement_bind_text(statement, "format_digest", load->format_digest);
    statement_bind_text(statement, "options", load->identity);
    statement_bind_int(statement, "is_plain", load->states_nothing);
    statement_bind_int(statement, "is_guess", load->guessed != NULL);
    statement_bind_text(statement, "guess_name", GUESS_NAME);
    while ((status = statement_step(statement, error)) == ROW) {
        int64_t file_id = statement_int(statement, 0);

        if (!statement_int(statement, 3)) {
            g_array_append_val(others, file_id);
            continue;
        }
        load->unchanged_name = g_strdup(statement_text(statement, 1));
        load->unchanged_rejects = statement_int(statement, 4);
        if (strcmp(statement_text(statement, 2), load->identity) != 0)
            load->kept_options = g_strdup(statement_text(statement, 2));
        break;
    }
    statement_reset(statement);
    return status != FAILED;
}

/* Whether the file is nothing new; if it is not, what the same bytes said when they were read
 * otherwise goes. */
static gboolean settle_earlier(struct importer *importer, struct load *load, GError **error)
{
    g_autoptr(GArray) others = g_array_new(FALSE, FALSE, sizeof(int64_t));

    if (!find_earlier(load, others, error))
        return FALSE;
    if (load->unchanged_name || others->len == 0)
        return TRUE;
    load->is_replacing = TRUE;
    for (guint i = 0; i < others->len; i++)
        if (!forget_reading(load->db, g_array_index(others, int64_t, i), error))
            return FALSE;
    dictionary_forget(importer->dictionary); /* forgetting prunes what the memory still knows */
    return TRUE;
}

/* A big file is hashed while it is read, unless the ledger has one of its name: then it is most
 * likely nothing new, and hashing is all that it needs. */
static gboolean hash_if_known(struct load *load, GError **error)
{
    struct statement *statement = statement_get(load->db, "file_same_name", error);
    enum row_status status;

    if (!statement)
        return FALSE;
    statement_bind_text(statement, "name", load->name);
    status = statement_step(statement, error);
    statement_reset(statement);
    if (status == ROW)
        load_join_digest(load);
    return status != FAILED;
}

/* Stores a file in the caller's transaction. To be committed when it is neither bad nor unchanged.
 */
static gboolean store_file(struct importer *importer, struct load *load, GError **error)
{
    gboolean is_hashed;

    if (!hash_if_known(load, error))
        return FALSE;
    is_hashed = load->sha256[0] != '\0';
    if (is_hashed && !settle_earlier(importer, load, error))
        return FALSE;
    if (load->unchanged_name || load_is_bad(load))
        return TRUE;
    if (!load_store(load, error))
        return FALSE;
    load_join_digest(load);
    if (load_is_bad(load))
        return TRUE;
    if (!is_hashed && !settle_earlier(importer, load, error))
        return FALSE;
    return load->unchanged_name || load_finish(load, error);
}

/* Notes the import of a file in the log of acts. */
static gboolean log_import(const struct load *load, GError **error)
{
    g_autofree char *detail = g_strdup_printf(
        "sha256=%s\nformat=%s\noptions=%s\nfacts=%" G_GINT64_FORMAT "\nrejects=%" G_GINT64_FORMAT,
        load->sha256, format_name(load->format), load->identity, load->fact_count,
        load->reject_count);
    struct act act = {.action = "import", .subject = load->name, .detail = detail};

    return audit_append(load->db, &act, error);
}

/* Everything of one file, or nothing: what is not committed is rolled back on return. */
static gboolean import_load(struct importer *importer, struct load *load, GError **error)
{
    g_autoptr(Transaction) transaction = transaction_begin(load->db, error);
    gboolean stored, committed = FALSE;

    if (!transaction)
        return FALSE;
    stored = store_file(importer, load, error);
    if (stored && !load->unchanged_name && !load->corrected_by && !load_is_bad(load)) {
        committed = log_import(load, error) && forget_mark_stale(load->db, error) &&
                    transaction_commit(transaction, error);
        stored = committed;
    }
    if (!committed)
        dictionary_forget(importer->dictionary);
    return stored;
}

static void result_notes(struct import_result *result, const struct load *load)
{
    for (guint i = 0; i < load->cleared->len; i++)
        g_ptr_array_add(result->notes, g_strdup(g_ptr_array_index(load->cleared, i)));
    if (load->is_replacing)
        g_ptr_array_add(
            result->notes,
            g_strdup("replaces what the same bytes said when they were read otherwise"));
    for (guint i = 0; i < load->notes->len; i++) {
        const struct note *note = &g_array_index(load->notes, struct note, i);

        g_ptr_array_add(
            result->notes,
            g_strconcat(note->level == NOTE_ASSUMED ? "assumed: " : "warning: ", note->text, NULL));
    }
}

/* What was wrong with its records. */
static void result_problems(struct import_result *result, struct load *load)
{
    result->problem_count = load->problem_count;
    g_clear_pointer(&result->problems, g_ptr_array_unref);
    result->problems = g_steal_pointer(&load->problems);
    load->problems = g_ptr_array_new_with_free_func(g_free);
}

static void result_refused(struct import_result *result, struct load *load)
{
    result->outcome = IMPORT_REFUSED;
    result->exit_code = load->refusal ? error_exit_code(load->refusal) : TRUEUP_ERROR_INPUT;
    if (load->refusal)
        result->refusal = g_strdup(load->refusal->message);
    result_problems(result, load);
}

static char *unchanged_summary(const struct load *load)
{
    gboolean is_renamed = g_strcmp0(load->unchanged_name, load->name) != 0;

    if (load->corrected_by)
        return g_strdup_printf("%s: its good records are all in %s, which has no bad ones: "
                               "nothing is new",
                               load->name, load->corrected_by);
    return g_strdup_printf("%s: already in the ledger%s%s: nothing is new", load->name,
                           is_renamed ? " as " : "", is_renamed ? load->unchanged_name : "");
}

static void result_unchanged(struct import_result *result, const struct load *load)
{
    result->outcome = IMPORT_UNCHANGED;
    result->summary = unchanged_summary(load);
    result->reject_count = load->unchanged_rejects;
    if (load->kept_options)
        g_ptr_array_add(result->notes,
                        g_strdup_printf("what was stated then is kept: %s (`trueup forget %s` "
                                        "first, to read it without)",
                                        load->kept_options, load->unchanged_name));
    if (load->unchanged_rejects > 0) {
        g_autofree char *records = text_count(load->unchanged_rejects, "record");

        result->exit_code = TRUEUP_ERROR_INPUT;
        g_ptr_array_add(result->notes,
                        g_strdup_printf("%s of it not in the ledger (`trueup rejects`)", records));
    }
}

static void result_imported(struct import_result *result, struct load *load)
{
    result->outcome = load->is_replacing ? IMPORTED_REPLACING : IMPORTED;
    result->summary = load_summary(load);
    result->reject_count = load->reject_count;
    if (load->reject_count > 0) {
        result->exit_code = TRUEUP_ERROR_INPUT;
        result_problems(result, load);
    }
    result_notes(result, load);
}

static struct import_result *result_new(struct load *load)
{
    struct import_result *result = g_new0(struct import_result, 1);

    result->path = g_strdup(load->path);
    result->name = g_strdup(load->name);
    result->format = load->format ? g_strdup(format_name(load->format)) : NULL;
    result->notes = g_ptr_array_new_with_free_func(g_free);
    result->problems = g_ptr_array_new_with_free_func(g_free);
    if (load_is_bad(load))
        result_refused(result, load);
    else if (load->unchanged_name || load->corrected_by)
        result_unchanged(result, load);
    else
        result_imported(result, load);
    return result;
}

/* A file that cannot be read without the options of before (an encoding, an organization) is
 * nothing new all the same: its folder is imported again every month. */
static gboolean settle_refused(struct load *load, GError **error)
{
    struct statement *statement = NULL;
    enum row_status status;

    if (!import_options_are_plain(load->options) || !source_digest(load->path, load->sha256, NULL))
        return TRUE;
    statement = statement_get(load->db, "file_known_bytes", error);
    if (!statement)
        return FALSE;
    statement_bind_text(statement, "sha256", load->sha256);
    status = statement_step(statement, error);
    if (status == ROW) {
        load->unchanged_name = g_strdup(statement_text(statement, 0));
        load->kept_options = g_strdup(statement_text(statement, 1));
        g_clear_error(&load->refusal);
        load->problem_count = 0;
    }
    statement_reset(statement);
    return status != FAILED;
}

struct import_result *importer_read(struct importer *importer, const char *path, GError **error)
{
    g_autoptr(Load) load =
        load_new(importer->db, importer->dictionary, &importer->options, importer->formats, path);

    if (!(load_open(load) ? import_load(importer, load, error) : settle_refused(load, error))) {
        g_prefix_error(error, "%s: ", load->name);
        return NULL;
    }
    return result_new(load);
}
