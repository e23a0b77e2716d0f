/* cmd_verdict.c - trueup verdict ID VERDICT --why TEXT */
#include "cli/command.h"
#include "cli/refresh.h"
#include "cli/terminal.h"
#include "core/error.h"
#include "core/secret.h"
#include "runaway/runaway.h"

static gboolean check_stated(const char *why, const char *by, GError **error)
{
    g_autofree char *reason = why ? g_strstrip(g_strdup(why)) : NULL;
    g_autofree char *name = by ? g_strstrip(g_strdup(by)) : NULL;

    if (!reason || !*reason) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "verdict: nothing is judged without a reason\n"
                    "hint: --why \"the load test of the release\"");
        return FALSE;
    }
    if (name && !*name) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE, "verdict: --by is empty");
        return FALSE;
    }
    return TRUE;
}

int cmd_verdict(struct cli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *why = NULL, *by = NULL, *told = NULL;
    const GOptionEntry entries[] = {
        {"why", 0, 0, COMMAND_TEXT, &why, "What it was; it is kept", "TEXT"},
        {"by", 0, 0, COMMAND_TEXT, &by, "Who judges; default the system's user", "NAME"},
        {0},
    };

    if (!command_parse(cli, entries, 2, 2, &argc, &argv, error) || !check_stated(why, by, error) ||
        !command_open(cli, error) || !refresh_if_due(cli->db, error))
        return 0;
    g_autofree char *masked_why = secret_masked(why);
    g_autofree char *masked_by = by ? secret_masked(by) : NULL;
    const struct verdict_request request = {argv[1], argv[2], masked_why, masked_by};
    told = runaway_judge(cli->db, &request, error);
    if (told && refresh_if_due(cli->db, error))
        terminal_talk("%s\n", told);
    return 0;
}
