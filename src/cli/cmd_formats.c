/* cmd_formats.c - trueup formats [--template NAME] */
#include "cli/command.h"
#include "cli/terminal.h"
#include "core/error.h"
#include "import/format.h"

static void list(const struct format_set *set)
{
    g_autoptr(GString) text = g_string_new(NULL);
    const struct format *format;

    for (guint i = 0; (format = format_set_nth(set, i)); i++)
        g_string_append_printf(text, "%-34s %-13s %s\n", format_name(format),
                               format_kind_name(format_kind(format)), format_title(format));
    terminal_data(text->str);
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

int cmd_formats(struct cli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *template = NULL;
    const GOptionEntry entries[] = {
        {"template", 0, 0, COMMAND_TEXT, &template,
         "Print the header of one of trueup's own CSVs: payments, receipts, …", "KIND"},
        {0},
    };
    g_autoptr(FormatSet) set = NULL;

    if (!command_parse(cli, entries, 0, 0, &argc, &argv, error))
        return 0;
    set = format_set_load(error);
    if (!set)
        return 0;
    if (template && !print_template(set, template, error))
        return 0;
    if (!template)
        list(set);
    return 0;
}
