/* cmd_report.c - trueup report NAME */
#include "cli/command.h"
#include "cli/output.h"
#include "cli/terminal.h"
#include "core/error.h"
#include "report/report.h"

int cmd_report(struct cli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *organization = NULL, *project = NULL;
    g_autofree char *from = NULL, *until = NULL, *month = NULL;
    g_autofree char *as_of = NULL, *by = NULL, *policy = NULL, *format = NULL;
    g_auto(Output) output = {0};
    gboolean raw = FALSE;
    const GOptionEntry entries[] = {
        {"org", 0, 0, COMMAND_TEXT, &organization, "Only this organization", "ID"},
        {"project", 0, 0, COMMAND_TEXT, &project, "Only this project", "ID"},
        {"from", 0, 0, COMMAND_TEXT, &from, "First day, or a month", "DATE"},
        {"until", 0, 0, COMMAND_TEXT, &until, "First day left out, or a month", "DATE"},
        {"month", 0, 0, COMMAND_TEXT, &month, "All days of this month, for --from and --until",
         "MONTH"},
        {"as-of", 0, 0, COMMAND_TEXT, &as_of,
         "Judge age and horizon from this day; default the day after the last covered one", "DATE"},
        {"by", 0, 0, COMMAND_TEXT, &by, "spend: month, day or line_item", "GRAIN"},
        {"policy", 0, 0, COMMAND_TEXT, &policy, "Burn order: free-first (default) or expiry-first",
         "NAME"},
        {"format", 'f', 0, COMMAND_TEXT, &format,
         "table, csv, json, xlsx, html or pdf; default by the ending of FILE, else table on a "
         "terminal and csv "
         "elsewhere",
         "FORMAT"},
        OUTPUT_OPTIONS(output, "Write"),
        {"raw", 0, 0, G_OPTION_ARG_NONE, &raw, "Text exactly as in the files", NULL},
        {0},
    };
    g_autoptr(ReportCatalog) catalog = NULL;
    g_autoptr(GString) bytes = g_string_new(NULL);
    g_autoptr(GString) footer = g_string_new(NULL);
    const char *chosen;

    if (!command_parse(cli, entries, 1, 1, &argc, &argv, error) || !command_open(cli, error))
        return 0;
    const struct report_options options = {
        .organization_id = organization,
        .project_id = project,
        .from = from,
        .until = until,
        .month = month,
        .as_of = as_of,
        .by = by,
        .policy = policy,
        .raw = raw,
        .colour = !output.path && terminal_has_colour(),
    };
    chosen = output_format(&output, format, error);
    if (!chosen || !output_check(&output, error))
        return 0;
    catalog = report_catalog_load(error);
    if (catalog &&
        report_render(catalog, cli->db, argv[1], chosen, &options, terminal_width(), bytes, footer,
                      error) &&
        output_write(&output, bytes->str, bytes->len, error))
        terminal_talk("%s", footer->str);
    return 0;
}
