/* import.c - files into the ledger, each in a transaction of its own; see import.h. */
#include "import/import.h"
#include "core/error.h"
#include "import/forget.h"
#include "import/load.h"

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

/* An option without a value is one that was not stated. */
static char *copy_option(const char *value)
{
    return value && value[0] ? g_strdup(value) : NULL;
}

static gboolean options_are_good(const struct import_options *options, GError **error)
{
    int32_t day;

    if (options->zone && !zone_find(options->zone, error)) {
        g_prefix_error(error, "--tz: ");
        return FALSE;
    }
    if (options->as_of && !day_parse(&day, options->as_of, strlen(options->as_of), error)) {
        g_prefix_error(error, "--as-of \"%s\": ", options->as_of);
        return FALSE;
    }
    return TRUE;
}

struct importer *importer_new(struct db *db, const struct import_options *options, GError **error)
{
    g_autoptr(Importer) importer = g_new0(struct importer, 1);

    importer->db = db;
    importer->options = *options;
    importer->options.organization_id = copy_option(options->organization_id);
    importer->options.account = copy_option(options->account);
    importer->options.zone = copy_option(options->zone);
    importer->options.as_of = copy_option(options->as_of);
    importer->options.encoding = copy_option(options->encoding);
    importer->dictionary = dictionary_new(db);
    if (!options_are_good(&importer->options, error))
        return NULL;
    importer->formats = format_set_load(error);
    return importer->formats ? g_steal_pointer(&importer) : NULL;
}

void importer_free(struct importer *importer)
{
    if (!importer)
        return;
    g_clear_pointer(&importer->formats, format_set_free);
    dictionary_free(importer->dictionary);
    g_free((char *)(gsize)importer->options.organization_id);
    g_free((char *)(gsize)importer->options.account);
    g_free((char *)(gsize)importer->options.zone);
    g_free((char *)(gsize)importer->options.as_of);
    g_free((char *)(gsize)importer->options.encoding);
    g_free(importer);
}

/* What the ledger already has of a file's bytes. */
struct earlier {
    char *unchanged_name; /* of the same reading, or NULL */
    GArray *others;       /* int64_t file ids of other readings */
};

static void earlier_clear(struct earlier *earlier)
{
    g_clear_pointer(&earlier->unchanged_name, g_free);
    g_clear_pointer(&earlier->others, g_array_unref);
}

static gboolean find_earlier(const struct load *load, struct earlier *earlier, GError **error)
{
    struct statement *statement = statement_get(load->db, "file_same_bytes", error);
    enum row_status status;

    earlier->others = g_array_new(FALSE, FALSE, sizeof(int64_t));
    if (!statement)
        return FALSE;
    statement_bind_text(statement, "sha256", load->sha256);
    statement_bind_text(statement, "account_hint", load->account_hint);
    statement_bind_text(statement, "format_digest", format_digest(load->format));
    statement_bind_text(statement, "options", load->identity);
    while ((status = statement_step(statement, error)) == ROW) {
        int64_t file_id = statement_int(statement, 0);

        if (statement_int(statement, 2))
            earlier->unchanged_name = g_strdup(statement_text(statement, 1));
        else
            g_array_append_val(earlier->others, file_id);
    }
    statement_reset(statement);
    return status == END;
}

/* Removes what the same bytes said when they were read otherwise. */
static gboolean replace_earlier(struct importer *importer, struct load *load,
                                const struct earlier *earlier, GError **error)
{
    load->is_replacing = earlier->others->len > 0;
    if (load->is_replacing) /* forgetting prunes what the memory still knows */
        dictionary_forget(importer->dictionary);
    for (guint i = 0; i < earlier->others->len; i++)
        if (!forget_reading(load->db, g_array_index(earlier->others, int64_t, i), error))
            return FALSE;
    return TRUE;
}

/* Everything of one file, or nothing: what is not committed is rolled back on return. */
static gboolean store_file(struct importer *importer, struct load *load,
                           const struct earlier *earlier, GError **error)
{
    g_autoptr(Transaction) transaction = transaction_begin(load->db, error);
    gboolean committed = FALSE;

    if (!transaction)
        return FALSE;
    if (replace_earlier(importer, load, earlier, error) && load_store(load, error)) {
        if (load_is_bad(load))
            committed = TRUE; /* refused: the ledger is well, and stays as it was */
        else
            committed =
                forget_mark_stale(load->db, error) && transaction_commit(transaction, error);
    }
    if (!committed || load_is_bad(load))
        dictionary_forget(importer->dictionary);
    return committed;
}

static void result_notes(struct import_result *result, const struct load *load)
{
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

static void result_refused(struct import_result *result, struct load *load)
{
    result->outcome = IMPORT_REFUSED;
    result->exit_code = load->refusal ? error_exit_code(load->refusal) : TRUEUP_ERROR_INPUT;
    if (load->refusal)
        result->refusal = g_strdup(load->refusal->message);
    result->problem_count = load->problem_count;
    g_clear_pointer(&result->problems, g_ptr_array_unref);
    result->problems = g_steal_pointer(&load->problems);
    load->problems = g_ptr_array_new_with_free_func(g_free);
}

static struct import_result *result_new(struct load *load, const struct earlier *earlier)
{
    struct import_result *result = g_new0(struct import_result, 1);

    result->path = g_strdup(load->path);
    result->name = g_strdup(load->name);
    result->format = load->format ? g_strdup(format_name(load->format)) : NULL;
    result->notes = g_ptr_array_new_with_free_func(g_free);
    result->problems = g_ptr_array_new_with_free_func(g_free);
    if (load_is_bad(load)) {
        result_refused(result, load);
    } else if (earlier->unchanged_name) {
        result->outcome = IMPORT_UNCHANGED;
        result->summary = g_strdup_printf(
            "%s: already in the ledger%s%s: nothing is new", load->name,
            strcmp(earlier->unchanged_name, load->name) ? " as " : "",
            strcmp(earlier->unchanged_name, load->name) ? earlier->unchanged_name : "");
    } else {
        result->outcome = load->is_replacing ? IMPORTED_REPLACING : IMPORTED;
        result->summary = load_summary(load);
        result_notes(result, load);
    }
    return result;
}

struct import_result *importer_read(struct importer *importer, const char *path, GError **error)
{
    g_autoptr(Load) load =
        load_new(importer->db, importer->dictionary, &importer->options, importer->formats, path);
    struct import_result *result = NULL;
    struct earlier earlier = {0};
    gboolean fine = TRUE;

    if (load_open(load)) {
        fine = find_earlier(load, &earlier, error);
        if (fine && !earlier.unchanged_name)
            fine = store_file(importer, load, &earlier, error);
    }
    if (fine)
        result = result_new(load, &earlier);
    else
        g_prefix_error(error, "%s: ", load->name);
    earlier_clear(&earlier);
    return result;
}
