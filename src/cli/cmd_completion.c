/* cmd_completion.c - trueup completion SHELL [-- WORD…] */
#include "cli/command.h"
#include "cli/complete.h"
#include "cli/terminal.h"
#include "core/asset.h"
#include "core/error.h"

/* What the scripts ask: "files", or "words" and a line for each that may stand in the last place.
 */
static void answer(struct cli *cli, char *const *words, guint count)
{
    static char nothing[] = "";
    char *const none[] = {nothing};
    g_autoptr(GString) found = g_string_new(NULL);
    struct candidates candidates = {FALSE, found};

    complete_words(cli, count > 0 ? words : none, MAX(count, 1), &candidates);
    terminal_data(candidates.files ? "files\n" : "words\n");
    terminal_data(candidates.files ? "" : found->str);
}

static gboolean print_script(const char *shell, GError **error)
{
    static const char *const shells[] = {"bash", "zsh", "fish", NULL};
    g_autofree char *name = g_strconcat("completion/trueup.", shell, NULL);
    g_autoptr(GBytes) script = NULL;

    if (!g_strv_contains(shells, shell)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "completion: there is none for \"%s\"\nhint: bash, zsh, fish", shell);
        return FALSE;
    }
    script = asset_read(name, error);
    if (script)
        terminal_data(g_bytes_get_data(script, NULL));
    return script != NULL;
}

int cmd_completion(struct cli *cli, int argc, char **argv, GError **error)
{
    if (argc > 2 && strcmp(argv[2], "--") == 0) {
        answer(cli, argv + 3, (guint)argc - 3);
        return 0;
    }
    if (command_parse(cli, NULL, 1, 1, &argc, &argv, error))
        (void)print_script(argv[1], error);
    return 0;
}
