/* cmd_import.c - trueup import PATH… */
#include "cli/command.h"
#include "cli/refresh.h"
#include "cli/stated.h"
#include "cli/terminal.h"
#include "core/error.h"
#include "core/progress.h"
#include "core/text.h"
#include "import/import.h"
#include "import/options.h"
#include <glib/gstdio.h>

struct tally {
    guint imported, unchanged, refused;
    gint64 rejects; /* records set aside, also by an earlier import of the same file */
};

/* The problems of its records; the list is cut. */
static void tell_problems(const struct import_result *result)
{
    for (guint i = 0; i < result->problems->len; i++)
        terminal_error(g_ptr_array_index(result->problems, i));
    if (result->problem_count > result->problems->len)
        terminal_talk("%s: … and %" G_GINT64_FORMAT " more\n", result->name,
                      result->problem_count - result->problems->len);
}

static void tell_refused(const struct import_result *result)
{
    if (result->refusal)
        terminal_error(result->refusal);
    tell_problems(result);
    if (result->problem_count > 0) {
        g_autofree char *bad = text_count(result->problem_count, "problem");

        terminal_talk("%s: refused: %s; nothing of this file is in the ledger\n", result->name,
                      bad);
    }
}

static void tell(const struct cli *cli, const struct import_result *result, struct tally *tally)
{
    switch (result->outcome) {
    case IMPORTED:
    case IMPORTED_REPLACING: /* its notes say so */
        tell_problems(result);
        terminal_talk("%s\n", result->summary);
        tally->imported++;
        break;
    case IMPORT_UNCHANGED:
        if (cli->verbose || result->notes->len > 0)
            terminal_talk("%s\n", result->summary);
        tally->unchanged++;
        break;
    case IMPORT_REFUSED:
        tell_refused(result);
        tally->refused++;
        break;
    }
    tally->rejects += result->reject_count;
    for (guint i = 0; i < result->notes->len; i++)
        terminal_talk("  %s\n", (const char *)g_ptr_array_index(result->notes, i));
}

static void tell_tally(const struct tally *tally)
{
    g_autofree char *imported = text_count(tally->imported, "file");

    g_autofree char *rejects = text_count(tally->rejects, "record");

    if (tally->imported + tally->unchanged + tally->refused == 0) {
        terminal_talk("there is no file to import\n");
        return;
    }
    terminal_talk("%s%s imported, %u already in the ledger, %u refused%s%s%s\n",
                  tally->imported == 0 ? "nothing is new: " : "", imported, tally->unchanged,
                  tally->refused, tally->rejects ? "; " : "", tally->rejects ? rejects : "",
                  tally->rejects ? " set aside: `trueup rejects` lists them" : "");
}

static gint64 size_of(const char *path)
{
    GStatBuf there;

    return g_stat(path, &there) == 0 ? there.st_size : 0;
}

/* Which file is next, and that those before it are done, however much of them was read. */
static void tell_place(guint index, guint count, gint64 bytes_before)
{
    g_autofree char *place = g_strdup_printf("file %u of %u", index + 1, count);

    progress_name(place);
    progress_reach(bytes_before);
}

/*
 * Reads the files in order. One that is refused for what it lacks, not for a record, is put off to
 * the end: a table that comes after it may name what it lacks, such as the account of a statement.
 */
static gboolean read_queue(struct cli *cli, Importer *importer, GPtrArray *paths,
                           struct tally *tally, int *code, GError **error)
{
    g_autoptr(GPtrArray) queue = g_ptr_array_new(); /* of borrowed paths */
    gint64 bytes = 0;

    g_ptr_array_extend(queue, paths, NULL, NULL);
    for (guint i = 0; i < queue->len; i++) {
        gpointer path = g_ptr_array_index(queue, i);
        g_autoptr(ImportResult) result = NULL;

        tell_place(i, queue->len, bytes);
        bytes += size_of(path);
        result = importer_read(importer, path, error);
        if (!result)
            return FALSE;
        if (result->refusal && i < paths->len) {
            g_ptr_array_add(queue, path);
            continue;
        }
        tell(cli, result, tally);
        *code = MAX(*code, result->exit_code);
    }
    return TRUE;
}

static gboolean read_files(struct cli *cli, GPtrArray *paths, const struct import_options *options,
                           struct tally *tally, int *code, GError **error)
{
    g_autoptr(Importer) importer = importer_new(cli->db, options, error);
    gint64 bytes = 0;
    gboolean done;

    if (!importer)
        return FALSE;
    for (guint i = 0; i < paths->len; i++)
        bytes += size_of(g_ptr_array_index(paths, i));
    progress_begin("importing", "bytes", bytes);
    done = read_queue(cli, importer, paths, tally, code, error);
    progress_end();
    return done;
}

static gboolean take_scope(struct import_options *options, const char *scope, GError **error)
{
    options->whole = scope != NULL;
    if (!scope || strcmp(scope, "organization") == 0)
        return TRUE;
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                "import: --scope takes \"organization\", not \"%s\"", scope);
    return FALSE;
}

static int import_paths(struct cli *cli, char **arguments, const struct import_options *options,
                        GError **error)
{
    g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) paths = import_collect(arguments, notes, error);
    struct tally tally = {0};
    int code = 0;

    if (!paths || !command_open(cli, error) ||
        !read_files(cli, paths, options, &tally, &code, error) || !refresh_if_due(cli->db, error))
        return 0;
    for (guint i = 0; i < notes->len; i++)
        terminal_talk("%s\n", (const char *)g_ptr_array_index(notes, i));
    tell_tally(&tally);
    return code;
}

int cmd_import(struct cli *cli, int argc, char **argv, GError **error)
{
    struct import_options options = {.imported_at = g_get_real_time() / G_USEC_PER_SEC};
    g_autofree char *scope = NULL;
    const GOptionEntry own[] = {
        {"org", 0, 0, COMMAND_TEXT, &options.organization_id,
         "The organization of rows that name none", "ID"},
        {"account", 0, 0, COMMAND_TEXT, &options.account, "The card account of a statement",
         "NAME"},
        {"as-of", 0, 0, COMMAND_TEXT, &options.as_of, "The day the export was made", "DATE"},
        {"scope", 0, 0, COMMAND_TEXT, &scope,
         "Say that the export is whole: a project it lacks cost nothing", "organization"},
        {"endpoint", 0, 0, COMMAND_TEXT, &options.endpoint,
         "What usage is of whose columns do not tell: embeddings or moderations", "NAME"},
        {"quarantine", 0, 0, G_OPTION_ARG_NONE, &options.quarantine,
         "Set bad records aside and take in the others", NULL},
        {0},
    };
    g_autofree GOptionEntry *entries = stated_entries(&options, own);
    int code = 0;

    if (command_parse(cli, entries, 1, G_MAXINT, &argc, &argv, error) &&
        take_scope(&options, scope, error))
        code = import_paths(cli, argv + 1, &options, error);
    import_options_clear(&options);
    return code;
}
