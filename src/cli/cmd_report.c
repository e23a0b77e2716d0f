/* cmd_report.c - trueup report NAME */
#include "cli/giving.h"
#include "cli/terminal.h"

int cmd_report(struct cli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *organization = NULL, *project = NULL;
    g_autofree char *from = NULL, *until = NULL, *month = NULL;
    g_autofree char *as_of = NULL, *by = NULL, *policy = NULL, *card = NULL;
    g_autofree char *format = NULL;
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
        {"by", 0, 0, COMMAND_TEXT, &by,
         "What a row is about; of spend: organization, project, class, owner, cost_center, "
         "line_item, model, surface, key, user, month, week, day",
         "GRAIN"},
        {"policy", 0, 0, COMMAND_TEXT, &policy, "Burn order: free-first (default) or expiry-first",
         "NAME"},
        {"card", 0, 0, COMMAND_TEXT, &card, "Only this card: its last four digits, or an account",
         "CARD"},
        {"format", 'f', 0, COMMAND_TEXT, &format,
         "table, csv, json, xlsx, html or pdf; default by the ending of FILE, else table on a "
         "terminal and csv elsewhere",
         "FORMAT"},
        OUTPUT_OPTIONS(output, "Write"),
        {"raw", 0, 0, G_OPTION_ARG_NONE, &raw, "Text exactly as in the files", NULL},
        {0},
    };
    g_autoptr(ReportCatalog) catalog = NULL;
    const char *otherwise, *chosen;
    int64_t blocked = 0;

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
        .card = card,
        .raw = raw,
        .colour = !output.path && terminal_has_colour(),
    };
    catalog = report_catalog_load(error);
    if (!catalog)
        return 0;
    otherwise = output.path ? "csv" : report_piped_format(catalog, argv[1]);
    chosen = output_format(&output, format, otherwise, error);
    if (!chosen || !output_check(&output, error))
        return 0;
    if (!prepare_report(cli->db, catalog, argv[1], &options, error) ||
        !give_report(cli->db, catalog, argv[1], chosen, &options, &output, &blocked, error))
        return 0;
    return blocked > 0;
}
