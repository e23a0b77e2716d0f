/* deciding.c - a decision from the command line into the ledger. */
#include "cli/deciding.h"
#include "cli/refresh.h"
#include "cli/terminal.h"
#include "core/error.h"
#include "import/secret.h"

static gboolean check_stated(const struct cli *cli, const char *option, const char *text,
                             GError **error)
{
    g_autofree char *stripped = text ? g_strstrip(g_strdup(text)) : NULL;

    if (!stripped || *stripped)
        return TRUE;
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE, "%s: --%s is empty", cli->command->name,
                option);
    return FALSE;
}

gboolean decide_and_refresh(struct cli *cli, struct decision_request *request, GError **error)
{
    g_autofree char *why = request->why ? secret_masked(request->why) : NULL;
    g_autofree char *by = request->by ? secret_masked(request->by) : NULL;
    g_autofree char *cause = request->cause ? secret_masked(request->cause) : NULL;
    g_autofree char *told = NULL;

    if (!check_stated(cli, "why", why, error) || !check_stated(cli, "by", by, error) ||
        !check_stated(cli, "cause", cause, error) || !refresh_if_due(cli->db, error))
        return FALSE;
    request->why = why;
    request->by = by;
    request->cause = cause;
    told = decide(cli->db, request, error);
    request->why = request->by = request->cause = NULL;
    if (!told || !refresh_if_due(cli->db, error))
        return FALSE;
    terminal_talk("%s\n", told);
    return TRUE;
}
