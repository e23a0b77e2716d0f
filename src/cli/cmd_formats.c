/* cmd_formats.c - trueup formats [--template KIND] [FILE [--write NAME]] */
#include "cli/command.h"
#include "cli/stated.h"
#include "cli/terminal.h"
#include "core/asset.h"
#include "core/error.h"
#include "import/explain.h"
#include "import/format.h"
#include "import/options.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

static void list(const struct format_set *set)
{
    g_autoptr(GString) text = g_string_new(NULL);
    const struct format *format;

    for (guint i = 0; (format = format_set_nth(set, i)); i++)
        g_string_append_printf(text, "%-34s %-13s %s\n", format_name(format),
                               format_kind_name(format_kind(format)), format_title(format));
    terminal_page(text->str, text->len);
}

static gboolean print_template(const struct format_set *set, const char *kind, GError **error)
{
    g_autoptr(GString) known = g_string_new(NULL);
    const struct format *format;

    for (guint i = 0; (format = format_set_nth(set, i)); i++) {
        const char *name = format_kind_name(format_kind(format));
        const char *template = format_template(format);

        if (!template)
            continue;
        if (strcmp(name, kind) == 0) {
            terminal_data(template);
            return TRUE;
        }
        g_string_append_printf(known, "%s%s", known->len ? ", " : "", name);
    }
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                "formats: there is no template \"%s\"\nhint: there are %s", kind, known->str);
    return FALSE;
}

/* A name that is a file's and a group's name: small letters, digits and hyphens. */
static gboolean check_name(const char *name, GError **error)
{
    gsize len = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");

    if (len > 0 && len <= 64 && name[len] == '\0' && name[0] != '-')
        return TRUE;
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                "formats: --write takes a name of small letters, digits and hyphens, not \"%s\"",
                name);
    return FALSE;
}

/* Creates the file; one that exists is somebody's work and stays. */
static gboolean write_new(const char *path, const char *text, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    gsize len = strlen(text);
    int fd = g_mkdir_with_parents(folder, 0755) == 0
                 ? g_open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)
                 : -1;
    gboolean written = fd >= 0 && write(fd, text, len) == (gssize)len;
    int number = errno;

    if (fd >= 0 && close(fd) != 0)
        written = FALSE;
    if (written)
        return TRUE;
    if (fd < 0 && number == EEXIST)
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "formats: %s exists already, and is left as it is\n"
                    "hint: take another name, or edit it",
                    path);
    else
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM, "formats: %s cannot be written: %s",
                    path, g_strerror(number));
    if (fd >= 0)
        g_unlink(path);
    return FALSE;
}

static gboolean write_format(const char *name, const char *ini, GError **error)
{
    g_autofree char *base = g_strconcat(name, ".ini", NULL);
    g_autofree char *path = g_build_filename(asset_home(), "formats", base, NULL);
    g_autofree char *asset = g_build_filename("formats", base, NULL);

    if (!write_new(path, ini, error))
        return FALSE;
    g_autofree char *place = asset_place(asset);
    terminal_talk("written: %s\n", place);
    return TRUE;
}

static gboolean explain(const char *path, const struct import_options *options, const char *write,
                        GError **error)
{
    struct explanation found = {NULL, NULL, NULL};
    gboolean good = (!write || check_name(write, error)) &&
                    import_explain(path, options, write ? write : "guessed", &found, error);

    if (found.text && *found.text)
        terminal_data(found.text);
    if (found.ini) {
        terminal_data("\n");
        terminal_data(found.ini);
    }
    if (good && write && found.known)
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "formats: format %s reads this file: there is nothing to write", found.known);
    else if (good && write && found.ini)
        good = write_format(write, found.ini, error);
    explanation_clear(&found);
    return good;
}

static gboolean list_or_template(const char *template, GError **error)
{
    g_autoptr(FormatSet) set = format_set_load(error);

    if (set && !template)
        list(set);
    return set && (!template || print_template(set, template, error));
}

int cmd_formats(struct cli *cli, int argc, char **argv, GError **error)
{
    struct import_options options = {NULL};
    g_autofree char *template = NULL, *write = NULL;
    const GOptionEntry own[] = {
        {"template", 0, 0, COMMAND_TEXT, &template,
         "Print the header of one of trueup's own CSVs: payments, receipts, …", "KIND"},
        {"write", 0, 0, COMMAND_TEXT, &write,
         "Keep how FILE is read as a format of your own, by this name", "NAME"},
        {0},
    };
    g_autofree GOptionEntry *entries = stated_entries(&options, own);

    if (command_parse(cli, entries, 0, 1, &argc, &argv, error)) {
        if (argc < 2 && (write || !import_options_are_plain(&options)))
            g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                        "formats: what is stated or written is of a FILE, and none is given");
        else if (argc < 2)
            (void)!list_or_template(template, error);
        else
            (void)!explain(argv[1], &options, write, error);
    }
    import_options_clear(&options);
    return 0;
}
