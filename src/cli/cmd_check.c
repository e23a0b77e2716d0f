/* cmd_check.c - trueup check */
#include "cli/command.h"
#include "cli/terminal.h"
#include "core/asset.h"
#include "core/text.h"

/* One check is one select in sql/check that must return no row; its column `problem` is a sentence.
 */
static gboolean run_check(struct cli *cli, const char *asset, gint64 *count, GError **error)
{
    g_autofree char *base = g_path_get_basename(asset);
    g_autofree char *name = g_strndup(base, strlen(base) - strlen(".sql"));
    g_autoptr(GBytes) text = asset_read(asset, error);
    g_autoptr(Statement) statement =
        text ? statement_new(cli->db, asset, g_bytes_get_data(text, NULL), error) : NULL;
    enum row_status status = FAILED;

    *count = 0;
    while (statement && (status = statement_step(statement, error)) == ROW) {
        int column = statement_column_index(statement, "problem");
        g_autofree char *problem = text_clean(statement_text(statement, column), FALSE);
        g_autofree char *line = g_strdup_printf("%s: %s\n", name, problem);

        terminal_data(line);
        (*count)++;
    }
    return status == END;
}

int cmd_check(struct cli *cli, int argc, char **argv, GError **error)
{
    g_autoptr(GPtrArray) checks = NULL;
    gint64 failed = 0;

    if (!command_parse(cli, NULL, 0, 0, &argc, &argv, error) || !command_open(cli, error))
        return 0;
    checks = asset_list("sql/check", ".sql");
    for (guint i = 0; i < checks->len; i++) {
        gint64 count = 0;

        if (!run_check(cli, g_ptr_array_index(checks, i), &count, error))
            return 0;
        failed += count > 0;
    }
    g_autofree char *all = text_count(checks->len, "check");
    if (failed == 0)
        terminal_talk("%s: everything ties out\n", all);
    else
        terminal_talk("%s: %" G_GINT64_FORMAT " failed\n", all, failed);
    return failed > 0;
}
