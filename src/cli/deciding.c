/* deciding.c - a decision from the command line into the ledger. */
#include "cli/deciding.h"
#include "cli/refresh.h"
#include "cli/terminal.h"
#include "core/error.h"
#include "core/secret.h"

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

char *decide_and_refresh(struct cli *cli, const struct decision_request *stated, GError **error)
{
    struct decision_request request = *stated;
    g_autofree char *why = stated->why ? secret_masked(stated->why) : NULL;
    g_autofree char *by = stated->by ? secret_masked(stated->by) : NULL;
    g_autofree char *cause = stated->cause ? secret_masked(stated->cause) : NULL;
    g_autofree char *told = NULL;

    if (!check_stated(cli, "why", why, error) || !check_stated(cli, "by", by, error) ||
        !check_stated(cli, "cause", cause, error) || !refresh_if_due(cli->db, error))
        return NULL;
    request.why = why;
    request.by = by;
    request.cause = cause;
    told = decide(cli->db, &request, error);
    return told && refresh_if_due(cli->db, error) ? g_steal_pointer(&told) : NULL;
}

void decide_and_tell(struct cli *cli, const struct decision_request *request, GError **error)
{
    g_autofree char *told = NULL;

    if (!command_open(cli, error))
        return;
    told = decide_and_refresh(cli, request, error);
    if (told)
        terminal_talk("%s\n", told);
}
