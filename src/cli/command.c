/* command.c - the table of commands, and how their options are read. */
#include "cli/command.h"
#include "cli/refresh.h"
#include "cli/terminal.h"
#include "core/error.h"

/* The order is the order of `trueup --help`: a user's first month, top to bottom. */
const struct command commands[] = {
    {"import", cmd_import, MAKES_LEDGER, "read exports, statements and receipts into the ledger",
     "PATH…",
     "Reads files, folders and globs. Formats are recognised by their header, never by their "
     "name;\n"
     "`trueup formats` lists them. Each file goes in whole or not at all: one with a bad record "
     "is\n"
     "refused with a list of every bad record, and the others still go in; with --quarantine its "
     "good\n"
     "records go in and the bad ones are set aside (`trueup rejects`). Importing the same file "
     "again\n"
     "changes nothing; a newer export of the same days replaces the older one.\n\n"
     "Examples:\n"
     "  trueup import downloads/\n"
     "  trueup import --account visa-1234 --tz America/New_York statement.csv\n"
     "  trueup import --as-of 2026-11-10 cost_2026-10-01_2026-10-31.csv"},
    {"forget", cmd_forget, NEEDS_WRITE, "take an imported file back out of the ledger", "FILE…",
     "FILE is the file's name, its path, or the first eight or more digits of its SHA-256, as\n"
     "`trueup report sources` lists them. The file itself is not touched."},
    {"rejects", cmd_rejects, NEEDS_LEDGER, "list the records that an import set aside", "",
     "Records are set aside by `trueup import --quarantine`. Each is listed with its file and "
     "line,\n"
     "what is wrong with it, and its text. Importing the corrected file clears them."},
    {"formats", cmd_formats, NEEDS_NOTHING, "list the formats, or tell how a file is read",
     "[FILE]",
     "With FILE it tells without importing how that file is read, by what evidence, and shows its\n"
     "first records and the format; --write NAME keeps that as a format of your own.\n\n"
     "For what has no export, trueup reads CSVs of its own: `--template payments` prints the "
     "header\n"
     "to start one with."},
    {"status", cmd_status, NEEDS_LEDGER, "balances, coverage, open exceptions, and what to do next",
     "", "The first screen: one block for each organization, then what to do next."},
    {"match", cmd_match, NEEDS_WRITE, "match again and burn down again, after rules changed", "",
     "Import does this by itself. Run it after editing rules in your own folder ($TRUEUP_HOME)."},
    {"explain", cmd_explain, NEEDS_LEDGER,
     "tell why a fact was matched as it was, and why not else", "ID…",
     "ID is what reports print in their column `id`, an invoice number, a receipt number or a\n"
     "transaction id."},
    {"observe", cmd_observe, MAKES_LEDGER, "enter a balance seen on the console", "",
     "A balance entered here is compared with the ledger's, never trusted over it.\n\n"
     "Example:\n"
     "  trueup observe --org org-abc --at 2026-10-31T18:00:00Z --balance 41.20"},
    {"report", cmd_report, NEEDS_LEDGER, "render a report as table, csv or json", "NAME",
     "`trueup reports` lists the names. On a terminal the default is a table, in a pipe csv.\n\n"
     "Examples:\n"
     "  trueup report spend --from 2026-10-01 --until 2026-11-01\n"
     "  trueup report topups --org org-abc --format csv -o topups.csv"},
    {"reports", cmd_reports, NEEDS_NOTHING, "list the reports", "",
     "Each report is one .sql file; your own in $TRUEUP_HOME/reports are listed too."},
    {"export", cmd_export, NEEDS_LEDGER, "write the books for an accounting program", "FORMAT",
     "FORMAT is hledger or beancount (a journal that these check), quickbooks or xero (a CSV that\n"
     "these import) or focus (FOCUS 1.2 rows). The accounts are those of rules/accounts.ini; a\n"
     "copy in $TRUEUP_HOME/rules wins. docs/BOOKS.md tells what each entry means.\n\n"
     "Examples:\n"
     "  trueup export hledger --from 2026-10 --until 2026-11 -o october.journal\n"
     "  trueup export xero --org org-abc --from 2026-10 --until 2026-11"},
    {"check", cmd_check, NEEDS_LEDGER, "check that the ledger ties out", "",
     "Exits 1 and lists the rows when anything does not tie out."},
    {0},
};

const struct command *command_find(const char *name)
{
    for (const struct command *command = commands; command->name; command++)
        if (strcmp(command->name, name) == 0)
            return command;
    return NULL;
}

static void print_help(GOptionContext *context)
{
    g_autofree char *text = g_option_context_get_help(context, TRUE, NULL);

    terminal_data(text);
}

static gboolean check_text(const struct command *command, const GOptionEntry *entries,
                           GError **error)
{
    for (const GOptionEntry *entry = entries; entry && entry->long_name; entry++) {
        char *const *value = entry->arg == COMMAND_TEXT ? entry->arg_data : NULL;

        if (!value || !*value || strcmp(entry->arg_description, COMMAND_PATH) == 0 ||
            g_utf8_validate(*value, -1, NULL))
            continue;
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE, "%s: --%s \"%s\" is not UTF-8 text",
                    command->name, entry->long_name, *value);
        return FALSE;
    }
    return TRUE;
}

/* TRUE in *help when --help was given; its answer is printed. */
static gboolean parse_options(const struct command *command, const GOptionEntry *entries, int *argc,
                              char ***argv, gboolean *help, GError **error)
{
    const GOptionEntry help_entry[] = {
        {"help", 'h', 0, G_OPTION_ARG_NONE, help, "Tell about this command", NULL},
        {0},
    };
    g_autofree char *summary = g_strdup_printf("%s\n\n%s", command->summary, command->help);
    g_autoptr(GOptionContext) context = g_option_context_new(command->usage);
    g_autofree char *program = g_strconcat("trueup ", command->name, NULL);
    g_autoptr(GError) failure = NULL;

    summary[0] = g_ascii_toupper(summary[0]);
    g_option_context_set_summary(context, summary);
    g_option_context_set_help_enabled(context, FALSE);
    if (entries)
        g_option_context_add_main_entries(context, entries, NULL);
    g_option_context_add_main_entries(context, help_entry, NULL);
    g_set_prgname(program);
    if (!g_option_context_parse(context, argc, argv, &failure)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "%s: %s\nhint: `trueup %s --help` lists the options", command->name,
                    failure->message, command->name);
        return FALSE;
    }
    if (*help)
        print_help(context);
    return check_text(command, entries, error);
}

gboolean command_parse(const struct cli *cli, const GOptionEntry *entries, int least, int most,
                       int *argc, char ***argv, GError **error)
{
    const struct command *command = cli->command;
    gboolean help = FALSE;
    int count;

    if (!parse_options(command, entries, argc, argv, &help, error) || help)
        return FALSE;
    count = *argc - 1;
    if (count < least)
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "%s: %s is missing\nhint: usage: trueup %s [OPTION…] %s", command->name,
                    command->usage, command->name, command->usage);
    else if (count > most)
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "%s: \"%s\" is one argument too many\nhint: usage: trueup %s [OPTION…]%s%s",
                    command->name, (*argv)[most + 1], command->name, most > 0 ? " " : "",
                    command->usage);
    return count >= least && count <= most;
}

static gboolean reopen(struct cli *cli, enum db_mode mode, GError **error)
{
    g_clear_pointer(&cli->db, db_close);
    cli->db = db_open(cli->ledger_path, mode, error);
    return cli->db != NULL;
}

gboolean command_open(struct cli *cli, GError **error)
{
    gboolean stale = FALSE;

    if (cli->command->needs == MAKES_LEDGER)
        return reopen(cli, DB_WRITE, error);
    if (!reopen(cli, DB_READ, error)) /* it must be there, also to be written */
        return FALSE;
    if (cli->command->needs == NEEDS_WRITE)
        return reopen(cli, DB_WRITE, error);
    if (!refresh_is_due(cli->db, &stale, error))
        return FALSE;

    /* An import was cut off before its refresh: do it now. */
    return !stale || (reopen(cli, DB_WRITE, error) && refresh_run(cli->db, error) &&
                      reopen(cli, DB_READ, error));
}
