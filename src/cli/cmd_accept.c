/* cmd_accept.c - trueup accept ID ID… */
#include "cli/deciding.h"

int cmd_accept(struct cli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *why = NULL, *by = NULL;
    gboolean undo = FALSE;
    const GOptionEntry entries[] = {
        {"why", 0, 0, COMMAND_TEXT, &why, "Why; needed where the amounts differ", "TEXT"},
        {"by", 0, 0, COMMAND_TEXT, &by, "Who decides; default the system's user", "NAME"},
        {"undo", 0, 0, G_OPTION_ARG_NONE, &undo, "Take this decision back", NULL},
        {0},
    };
    struct decision_request request = {.verb = DECIDE_ACCEPT};

    if (!command_parse(cli, entries, 2, G_MAXINT, &argc, &argv, error))
        return 0;
    request.names = argv + 1;
    request.is_undo = undo;
    request.why = why;
    request.by = by;
    decide_and_tell(cli, &request, error);
    return 0;
}
