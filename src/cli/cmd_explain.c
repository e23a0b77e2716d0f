/* cmd_explain.c - trueup explain ID… */
#include "cli/command.h"
#include "cli/terminal.h"
#include "core/text.h"
#include "match/match.h"

int cmd_explain(struct cli *cli, int argc, char **argv, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    gboolean known = TRUE;

    if (!command_parse(cli, NULL, 1, G_MAXINT, &argc, &argv, error) || !command_open(cli, error))
        return 0;
    for (int i = 1; known && i < argc; i++) {
        g_autofree char *told = match_explain(cli->db, argv[i], error);

        known = told != NULL;
        g_string_append(text, known ? told : "");
    }
    g_autofree char *clean = text_clean(text->str, TRUE);
    terminal_page(clean, strlen(clean));
    return 0;
}
