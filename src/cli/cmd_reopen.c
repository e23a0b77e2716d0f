/* cmd_reopen.c - trueup reopen MONTH */
#include "cli/command.h"
#include "cli/refresh.h"
#include "cli/terminal.h"
#include "close/close.h"
#include "core/error.h"
#include "core/text.h"

int cmd_reopen(struct cli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *organization = NULL, *why = NULL;
    const GOptionEntry entries[] = {
        {"org", 0, 0, COMMAND_TEXT, &organization, "Only this organization", "ID"},
        {"why", 0, 0, COMMAND_TEXT, &why, "The reason; it is kept", "TEXT"},
        {0},
    };
    g_autoptr(GString) talk = g_string_new(NULL);

    if (!command_parse(cli, entries, 1, 1, &argc, &argv, error))
        return 0;
    if (!why || !*g_strstrip(why)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "reopen: a signed month is not reopened without a reason\n"
                    "hint: trueup reopen %s --why \"a late card statement\"",
                    argv[1]);
        return 0;
    }
    g_autofree char *reason = text_clean(why, FALSE);
    if (!command_open(cli, error) || !refresh_if_due(cli->db, error) ||
        !close_reopen(cli->db, organization, argv[1], reason, talk, error))
        return 0;
    terminal_talk("%s", talk->str);
    return 0;
}
