/* cmd_settle.c - trueup settle ID --why WHY */
#include "cli/deciding.h"
#include "core/error.h"

int cmd_settle(struct cli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *why = NULL, *by = NULL, *leg = NULL;
    gboolean undo = FALSE;
    const GOptionEntry entries[] = {
        {"why", 0, 0, COMMAND_TEXT, &why, "Why it needs no counterpart", "TEXT"},
        {"leg", 0, 0, COMMAND_TEXT, &leg, "Of a top-up: receipt or card", "LEG"},
        {"by", 0, 0, COMMAND_TEXT, &by, "Who decides; default the system's user", "NAME"},
        {"undo", 0, 0, G_OPTION_ARG_NONE, &undo, "Take this decision back", NULL},
        {0},
    };
    struct decision_request request = {.verb = DECIDE_SETTLE};

    if (!command_parse(cli, entries, 1, 1, &argc, &argv, error))
        return 0;
    if (leg && !g_str_equal(leg, "receipt") && !g_str_equal(leg, "card")) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "settle: --leg \"%s\" is neither receipt nor card", leg);
        return 0;
    }
    request.names = argv + 1;
    request.is_undo = undo;
    request.leg = leg;
    request.why = why;
    request.by = by;
    decide_and_tell(cli, &request, error);
    return 0;
}
