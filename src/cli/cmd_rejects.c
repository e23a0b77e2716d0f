/* cmd_rejects.c - trueup rejects */
#include "cli/command.h"
#include "cli/terminal.h"
#include "core/text.h"

/* The list as it grows. */
struct list {
    GString *text;
    gint64 records, files;
    char *last_sha256; /* of the file of the last record */
};

/* "cost.csv:3: column … is not an amount", a line a problem, and the record below. */
static void append_reject(struct list *list, struct statement *row)
{
    const char *name = statement_text(row, 0), *sha256 = statement_text(row, 1);
    gint64 line = statement_int(row, 2);
    g_auto(GStrv) problems = g_strsplit(statement_text(row, 3), "\n", -1);
    const char *text = statement_text(row, 4);

    if (g_strcmp0(list->last_sha256, sha256) != 0) {
        g_free(list->last_sha256);
        list->last_sha256 = g_strdup(sha256);
        list->files++;
    }
    list->records++;
    for (guint i = 0; problems[i]; i++) {
        g_autofree char *clean = text_clean(problems[i], FALSE);

        g_string_append_printf(list->text, "%s:%" G_GINT64_FORMAT ": %s\n", name, line, clean);
    }
    if (*text)
        g_string_append_printf(list->text, "    %s\n", text);
}

static gboolean read_list(struct cli *cli, struct list *list, GError **error)
{
    struct statement *row = statement_get(cli->db, "reject_list", error);
    enum row_status status;

    if (!row)
        return FALSE;
    while ((status = statement_step(row, error)) == ROW)
        append_reject(list, row);
    statement_reset(row);
    return status == END;
}

static void tell_next(const struct list *list)
{
    g_autofree char *records = text_count(list->records, "record");
    g_autofree char *files = text_count(list->files, "file");

    if (list->records == 0) {
        terminal_talk("no record is set aside\n");
        return;
    }
    terminal_talk("%s of %s not in the ledger\n"
                  "next: correct the lines, or download the file again, and import it: it takes "
                  "the place of what was read before;\n"
                  "      `trueup forget FILE` takes back a file that cannot be corrected\n",
                  records, files);
}

int cmd_rejects(struct cli *cli, int argc, char **argv, GError **error)
{
    struct list list = {.text = g_string_new(NULL)};

    if (command_parse(cli, NULL, 0, 0, &argc, &argv, error) && command_open(cli, error) &&
        read_list(cli, &list, error)) {
        terminal_page(list.text->str, list.text->len);
        tell_next(&list);
    }
    g_string_free(list.text, TRUE);
    g_free(list.last_sha256);
    return 0;
}
