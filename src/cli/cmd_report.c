/* cmd_report.c - trueup report NAME */
#include "cli/command.h"
#include "cli/output.h"
#include "cli/terminal.h"
#include "core/error.h"
#include "report/report.h"

static gboolean deliver(const char *path, const GString *bytes, const GString *footer,
                        GError **error)
{
    if (path && !output_write(path, bytes->str, bytes->len, error))
        return FALSE;
    if (!path)
        terminal_data(bytes->str);
    terminal_talk("%s", footer->str);
    return TRUE;
}

int cmd_report(struct cli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *organization = NULL, *project = NULL, *from = NULL, *until = NULL;
    g_autofree char *as_of = NULL, *by = NULL, *policy = NULL, *format = NULL, *path = NULL;
    gboolean raw = FALSE;
    const GOptionEntry entries[] = {
        {"org", 0, 0, COMMAND_TEXT, &organization, "Only this organization", "ID"},
        {"project", 0, 0, COMMAND_TEXT, &project, "Only this project", "ID"},
        {"from", 0, 0, COMMAND_TEXT, &from, "First day", "DATE"},
        {"until", 0, 0, COMMAND_TEXT, &until, "First day left out", "DATE"},
        {"as-of", 0, 0, COMMAND_TEXT, &as_of,
         "Judge age and horizon from this day; default the day after the last covered one", "DATE"},
        {"by", 0, 0, COMMAND_TEXT, &by, "spend: month, day or line_item", "GRAIN"},
        {"policy", 0, 0, COMMAND_TEXT, &policy, "Burn order: free-first (default) or expiry-first",
         "NAME"},
        {"format", 'f', 0, COMMAND_TEXT, &format,
         "table (default on a terminal), csv (default in a pipe) or json", "FORMAT"},
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &path, "Write to a file that does not exist",
         COMMAND_PATH},
        {"raw", 0, 0, G_OPTION_ARG_NONE, &raw, "Text exactly as in the files", NULL},
        {0},
    };
    g_autoptr(ReportCatalog) catalog = NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GString) footer = g_string_new(NULL);

    if (!command_parse(cli, entries, 1, 1, &argc, &argv, error) || !command_open(cli, error))
        return 0;
    struct report_options options = {organization, project, from, until, as_of, by, policy, raw};
    const char *chosen = format ? format : terminal_is_interactive() && !path ? "table" : "csv";
    catalog = report_catalog_load(error);
    if (catalog && report_render(catalog, cli->db, argv[1], chosen, &options, terminal_width(),
                                 text, footer, error))
        (void)deliver(path, text, footer, error);
    return 0;
}
