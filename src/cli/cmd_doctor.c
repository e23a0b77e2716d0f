/* cmd_doctor.c - trueup doctor: why an organization's calls may fail, or its use show nothing. */
#include "cli/giving.h"
#include "cli/terminal.h"
#include "core/text.h"
#include "doctor/doctor.h"

/* How many causes the ledger holds, and how many of them are more than that nothing is known. */
static gboolean count_causes(struct db *db, const char *organization, int64_t *all, int64_t *found,
                             GError **error)
{
    struct statement *row = statement_get(db, "doctor_count", error);

    if (!row)
        return FALSE;
    statement_bind_text(row, "org", organization);
    if (statement_step(row, error) != ROW)
        return FALSE;
    *all = statement_int(row, 0);
    *found = statement_int(row, 1);
    statement_reset(row);
    return TRUE;
}

/* A line for each organization of which nothing is found. */
static gboolean append_healthy(GString *out, struct db *db, const char *organization, int64_t all,
                               GError **error)
{
    struct statement *row = statement_get(db, "doctor_healthy", error);
    enum row_status status = FAILED;

    if (!row)
        return FALSE;
    statement_bind_text(row, "org", organization);
    while ((status = statement_step(row, error)) == ROW) {
        g_autofree char *id = text_clean(statement_text(row, 0), FALSE);
        g_autofree char *name = text_clean(statement_text(row, 1), FALSE);

        g_string_append_printf(out, "%s%s%s%s: nothing found; ", name, *name ? " (" : "", id,
                               *name ? ")" : "");
        if (statement_is_null(row, 2))
            g_string_append(out, "its cost is not known\n");
        else
            g_string_append_printf(out, "its cost is known to %s\n", statement_text(row, 2));
    }
    statement_reset(row);
    if (status == END && out->len == 0 && all == 0 && !organization)
        g_string_append(out, "no organization is known yet\n");
    return status == END;
}

/* A table without rows would say less than its sentence does. */
static gboolean give(struct cli *cli, const struct report_options *options, const char *format,
                     int64_t all, const char *healthy, GError **error)
{
    const struct output output = {0};
    g_autoptr(ReportCatalog) catalog = report_catalog_load(error);
    const char *chosen = catalog ? output_format(&output, format, "csv", error) : NULL;
    int64_t blocked = 0;

    if (!chosen)
        return FALSE;
    if (all == 0 && *healthy && g_str_equal(chosen, "table"))
        return output_write(&output, healthy, strlen(healthy), error);
    if (!give_report(cli->db, catalog, "doctor", chosen, options, &output, &blocked, error))
        return FALSE;
    terminal_talk("%s", healthy);
    return TRUE;
}

int cmd_doctor(struct cli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *organization = NULL, *format = NULL;
    const GOptionEntry entries[] = {
        {"org", 0, 0, COMMAND_TEXT, &organization, "Only this organization", "ID"},
        {"format", 'f', 0, COMMAND_TEXT, &format,
         "table (default on a terminal), csv (default in a pipe) or json", "FORMAT"},
        {0},
    };
    g_autoptr(GString) healthy = g_string_new(NULL);
    int64_t all = 0, found = 0;

    if (!command_parse(cli, entries, 0, 0, &argc, &argv, error) || !command_open(cli, error))
        return 0;
    const struct report_options options = {.organization_id = organization,
                                           .colour = terminal_has_colour()};

    if (!doctor_run(cli->db, error) || !count_causes(cli->db, organization, &all, &found, error) ||
        !append_healthy(healthy, cli->db, organization, all, error) ||
        !give(cli, &options, format, all, healthy->str, error))
        return 0;
    return found > 0;
}
