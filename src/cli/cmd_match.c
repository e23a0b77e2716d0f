/* cmd_match.c - trueup match */
#include "cli/command.h"
#include "cli/refresh.h"
#include "cli/terminal.h"

/* One row per leg and state: how many top-ups stand there. */
static gboolean print_states(struct cli *cli, GError **error)
{
    struct statement *statement = statement_get(cli->db, "match_states", error);
    enum row_status status;

    if (!statement)
        return FALSE;
    while ((status = statement_step(statement, error)) == ROW) {
        g_autofree char *line =
            g_strdup_printf("%-8s %-20s %6" G_GINT64_FORMAT "\n", statement_text(statement, 0),
                            statement_text(statement, 1), (gint64)statement_int(statement, 2));

        terminal_data(line);
    }
    statement_reset(statement);
    return status == END;
}

int cmd_match(struct cli *cli, int argc, char **argv, GError **error)
{
    if (!command_parse(cli, NULL, 0, 0, &argc, &argv, error) || !command_open(cli, error) ||
        !refresh_run(cli->db, error) || !print_states(cli, error))
        return 0;
    return 0;
}
