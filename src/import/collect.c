/* collect.c - the paths that an import's arguments name. */
#include "core/error.h"
#include "import/import.h"
#include <glob.h>
#include <sys/stat.h>

struct collection {
    GPtrArray *paths;  /* char *, as the caller will open them */
    GHashTable *files; /* set of "device:inode": each file once, however it is named */
    gint64 left_out;   /* files in folders that are no tables or PDFs by their suffix */
};

/* Whether a folder's file may be one to read. */
static gboolean is_input_name(const char *name)
{
    static const char *const suffixes[] = {".csv", ".tsv", ".txt", ".json", ".pdf"};
    gsize len = strlen(name);

    for (gsize i = 0; i < G_N_ELEMENTS(suffixes); i++) {
        gsize suffix_len = strlen(suffixes[i]);

        if (len > suffix_len && g_ascii_strcasecmp(name + len - suffix_len, suffixes[i]) == 0)
            return TRUE;
    }
    return FALSE;
}

static gboolean fail(const char *path, const char *why, GError **error)
{
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM, "%s: %s", path, why);
    return FALSE;
}

static int compare_names(gconstpointer left, gconstpointer right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* The names in a folder, hidden ones left out. Folders end in '/', so that sorting the names sorts
 * the paths below them. */
static GPtrArray *folder_names(const char *path, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    GDir *dir = g_dir_open(path, 0, NULL);
    const char *name;

    if (!dir) {
        fail(path, "the folder cannot be read", error);
        return NULL;
    }
    while ((name = g_dir_read_name(dir))) {
        g_autofree char *child = g_build_filename(path, name, NULL);

        if (name[0] != '.')
            g_ptr_array_add(
                names, g_strconcat(name, g_file_test(child, G_FILE_TEST_IS_DIR) ? "/" : "", NULL));
    }
    g_dir_close(dir);
    g_ptr_array_sort(names, compare_names);
    return g_steal_pointer(&names);
}

/* TRUE the first time that a file or folder is met: links may lead to it again, or in circles. */
static gboolean is_new(struct collection *collection, const struct stat *status)
{
    return g_hash_table_add(collection->files, g_strdup_printf("%ju:%ju", (uintmax_t)status->st_dev,
                                                               (uintmax_t)status->st_ino));
}

static void collect_folder(struct collection *collection, const char *path, GPtrArray *names);

/* What cannot be read is collected too: it is refused by itself, and keeps nothing else out. */
static void collect_entry(struct collection *collection, const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    struct stat status;
    gboolean is_there = stat(path, &status) == 0;

    if (is_there && S_ISDIR(status.st_mode)) {
        g_autoptr(GPtrArray) names = NULL;

        path[strlen(path) - 1] = '\0';
        if (!is_new(collection, &status))
            return;
        names = folder_names(path, NULL);
        if (names)
            collect_folder(collection, path, names);
        else
            g_ptr_array_add(collection->paths, g_steal_pointer(&path));
    } else if (!is_input_name(name)) {
        collection->left_out++;
    } else if (!is_there || is_new(collection, &status)) {
        g_ptr_array_add(collection->paths, g_steal_pointer(&path));
    }
}

static void collect_folder(struct collection *collection, const char *path, GPtrArray *names)
{
    for (guint i = 0; i < names->len; i++)
        collect_entry(collection, path, g_ptr_array_index(names, i));
}

static gboolean collect_path(struct collection *collection, const char *path, GError **error)
{
    struct stat status;

    if (stat(path, &status) != 0)
        return fail(path, "there is no such file or folder", error);
    if (!is_new(collection, &status))
        return TRUE;
    if (S_ISDIR(status.st_mode)) {
        g_autoptr(GPtrArray) names = folder_names(path, error);

        if (names)
            collect_folder(collection, path, names);
        return names != NULL;
    }
    if (!S_ISREG(status.st_mode))
        return fail(path, "is neither a file nor a folder", error);
    g_ptr_array_add(collection->paths, g_strdup(path));
    return TRUE;
}

/* A pattern that the shell did not expand. Its matches in byte order, whatever the locale. */
static gboolean collect_glob(struct collection *collection, const char *pattern, GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    glob_t matches = {0};

    if (glob(pattern, GLOB_NOSORT, NULL, &matches) == 0)
        for (gsize i = 0; i < matches.gl_pathc; i++)
            g_ptr_array_add(paths, g_strdup(matches.gl_pathv[i]));
    globfree(&matches);
    if (paths->len == 0)
        return fail(pattern, "no file matches this pattern", error);
    g_ptr_array_sort(paths, compare_names);
    for (guint i = 0; i < paths->len; i++)
        if (!collect_path(collection, g_ptr_array_index(paths, i), error))
            return FALSE;
    return TRUE;
}

static gboolean collect_argument(struct collection *collection, const char *argument,
                                 GError **error)
{
    if (strpbrk(argument, "*?[") && !g_file_test(argument, G_FILE_TEST_EXISTS))
        return collect_glob(collection, argument, error);
    return collect_path(collection, argument, error);
}

static void note_left_out(const struct collection *collection, GPtrArray *notes)
{
    if (collection->left_out == 1)
        g_ptr_array_add(
            notes,
            g_strdup(
                "1 file in the folders was left out: it is no .csv, .tsv, .txt, .json or .pdf"));
    else if (collection->left_out > 1)
        g_ptr_array_add(notes, g_strdup_printf("%" G_GINT64_FORMAT
                                               " files in the folders were left out: they are no "
                                               ".csv, .tsv, .txt, .json or .pdf",
                                               collection->left_out));
}

GPtrArray *import_collect(char **arguments, GPtrArray *notes, GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) sorted = g_ptr_array_new();
    struct collection collection = {.paths = paths, .files = files};

    /* One order, whichever the arguments stand in: what a file teaches may decide about the next,
     * and a file that is met under two names is called by the first. */
    for (char **argument = arguments; *argument; argument++)
        g_ptr_array_add(sorted, *argument);
    g_ptr_array_sort(sorted, compare_names);
    for (guint i = 0; i < sorted->len; i++)
        if (!collect_argument(&collection, g_ptr_array_index(sorted, i), error))
            return NULL;
    g_ptr_array_sort(paths, compare_names);
    note_left_out(&collection, notes);
    return g_steal_pointer(&paths);
}
