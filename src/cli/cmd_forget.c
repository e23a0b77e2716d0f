/* cmd_forget.c - trueup forget FILE… */
#include "cli/command.h"
#include "cli/refresh.h"
#include "cli/terminal.h"
#include "core/text.h"
#include "import/import.h"

int cmd_forget(struct cli *cli, int argc, char **argv, GError **error)
{
    if (!command_parse(cli, NULL, 1, G_MAXINT, &argc, &argv, error) || !command_open(cli, error))
        return 0;
    for (int i = 1; i < argc; i++) {
        gint64 count = 0;

        if (!import_forget(cli->db, argv[i], &count, error))
            break;
        g_autofree char *readings = text_count(count, "reading");
        terminal_talk("%s: %s forgotten\n", argv[i], readings);
    }
    /* What was forgotten before a failure is gone: the rest of the ledger must know. */
    g_autoptr(GError) failure = NULL;
    if (!refresh_if_due(cli->db, &failure) && !*error)
        g_propagate_error(error, g_steal_pointer(&failure));
    return 0;
}
