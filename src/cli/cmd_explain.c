/* cmd_explain.c - trueup explain ID… */
#include "cli/command.h"
#include "cli/terminal.h"
#include "core/text.h"
#include "match/match.h"

int cmd_explain(struct cli *cli, int argc, char **argv, GError **error)
{
    if (!command_parse(cli, NULL, 1, G_MAXINT, &argc, &argv, error) || !command_open(cli, error))
        return 0;
    for (int i = 1; i < argc; i++) {
        g_autofree char *told = match_explain(cli->db, argv[i], error);

        if (!told)
            return 0;
        g_autofree char *clean = text_clean(told, TRUE);
        terminal_data(clean);
    }
    return 0;
}
