/* cmd_reports.c - trueup reports */
#include "cli/command.h"
#include "cli/terminal.h"
#include "report/report.h"

int cmd_reports(struct cli *cli, int argc, char **argv, GError **error)
{
    g_autoptr(ReportCatalog) catalog = NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    const char *name, *by, *summary;

    if (!command_parse(cli, NULL, 0, 0, &argc, &argv, error))
        return 0;
    catalog = report_catalog_load(error);
    if (!catalog)
        return 0;
    for (guint i = 0; (name = report_catalog_nth(catalog, i, &by, &summary)); i++) {
        g_autofree char *call = *by ? g_strdup_printf("%s --by %s", name, by) : g_strdup(name);

        /* Two blanks or more end the name, also of a long one. */
        g_string_append_printf(text, "%-*s %s\n", MAX(28, (int)strlen(call) + 1), call, summary);
    }
    for (guint i = 0; (name = report_catalog_document_nth(catalog, i, &summary)); i++)
        g_string_append_printf(text, "%-28s document: %s\n", name, summary);
    terminal_page(text->str, text->len);
    return 0;
}
