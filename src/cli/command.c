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
    {"review", cmd_review, NEEDS_LEDGER, "go through what is open, and decide item by item", "",
     "On a terminal it shows one item at a time, the gravest and largest first, with its "
     "candidates:\n"
     "keys accept or reject a candidate, settle the item or skip it. Elsewhere it prints the "
     "list."},
    {"accept", cmd_accept, NEEDS_WRITE, "decide that facts belong together", "ID ID…",
     "One ID is a top-up's, the other that of its receipt or of the charge that paid it: as "
     "reports\n"
     "print them in their column `id`, the first letters of one, or file:line. Several charges may "
     "have\n"
     "paid one top-up, and one charge several top-ups. The pair comes before any that matching "
     "would\n"
     "find. Where the amounts differ, --why is needed, and the difference is an adjustment. Or the "
     "IDs\n"
     "are those of a charge and of the credit that gave it back, wholly or in part.\n\n"
     "Example:\n"
     "  trueup accept t1f8a0b6c22d1 c90e41d07a3b5 --why \"two cents of rounding\""},
    {"reject", cmd_reject, NEEDS_WRITE, "decide that a pair does not belong together", "ID ID",
     "The pair never comes back, whatever is imported later; both sides look for others."},
    {"settle", cmd_settle, NEEDS_WRITE, "decide that an item needs no counterpart", "ID",
     "ID is that of a top-up, receipt, charge or exception. It is no longer listed as unmatched "
     "or\n"
     "as an exception; `trueup report decisions` keeps it."},
    {"adjust", cmd_adjust, NEEDS_WRITE, "name a variance of a top-up and its cause", "ID",
     "A second adjustment of the same top-up and cause takes the place of the first.\n"
     "What is named of a difference accepted with a charge is no longer part of that difference."},
    {"runaway", cmd_runaway, NEEDS_LEDGER, "name the projects whose spend ran away", "",
     "Prints the report runaway-new: what nobody has judged yet. Exits 1 when there is any, so "
     "that "
     "cron\n"
     "can tell: `trueup import DIR && trueup runaway --since 1d`. Days are counted back from the "
     "last\n"
     "day that cost exports cover. `trueup report runaway` lists all, judged or not.\n\n"
     "Example:\n"
     "  trueup runaway --since 1d --format json"},
    {"verdict", cmd_verdict, NEEDS_WRITE, "say what a runaway episode was", "ID VERDICT",
     "ID is the episode's, as `trueup runaway` prints it, the first letters of one, or that of "
     "its\n"
     "exception. VERDICT is real (money was lost), planned (somebody meant it) or noise (nothing "
     "was\n"
     "there). The episode is not raised again, whatever is imported later; a later verdict takes "
     "the\n"
     "place of an earlier one.\n\n"
     "Example:\n"
     "  trueup verdict w1f8a0b6c22d1 planned --why \"the load test of the release\""},
    {"doctor", cmd_doctor, NEEDS_LEDGER, "say why calls may fail, or use show nothing", "",
     "For who reads \"quota exceeded\" while the usage page shows zero. Prints the report doctor: "
     "per\n"
     "organization what the files can tell, the likeliest first, with its numbers and the next "
     "step.\n"
     "Exits 1 when there is a cause, and 0 when there is none or nothing is known.\n\n"
     "Example:\n"
     "  trueup doctor --org org-abc"},
    {"observe", cmd_observe, MAKES_LEDGER, "enter a balance seen on the console", "",
     "A balance entered here is compared with the ledger's, never trusted over it.\n\n"
     "Example:\n"
     "  trueup observe --org org-abc --at 2026-10-31T18:00:00Z --balance 41.20"},
    {"report", cmd_report, NEEDS_LEDGER, "render a report as table, data, workbook or pages",
     "NAME",
     "`trueup reports` lists the names. On a terminal the default is a table, in a pipe csv, but\n"
     "a table of a document such as close, which csv cannot hold.\n\n"
     "Examples:\n"
     "  trueup report spend --month 2026-10\n"
     "  trueup report topups --org org-abc --format csv -o topups.csv\n"
     "  trueup report reimbursement --card 4370 --month 2026-10"},
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
    {"close", cmd_close, NEEDS_WRITE, "check a month, sign it and lock it", "MONTH",
     "Goes through a check list for each organization. One red line, and nothing is closed; each "
     "tells\n"
     "what to do, or is waived with a reason. Then the statement is printed, kept and hashed. "
     "Facts "
     "that\n"
     "come later and change the month suspend its sign-off; they are never refused.\n\n"
     "Examples:\n"
     "  trueup close 2026-10 --prepared-by ada --reviewed-by grace\n"
     "  trueup close 2026-10 --waive PROVISIONAL --why \"final on the console\" -o close.txt"},
    {"reopen", cmd_reopen, NEEDS_WRITE, "take the sign-off of a closed month back", "MONTH",
     "The close stays in the history, with the reason. The newest closed month goes first, for a\n"
     "month's opening is the signed closing of the one before."},
    {"pack", cmd_pack, NEEDS_LEDGER,
     "write one zip with all that a month or a card's charges stand on", "",
     "The pack holds documents, reports, the files as they were imported, signed statements and "
     "the\n"
     "ledger, with an index.html to start from and a manifest that `sha256sum --check` reads. "
     "Files\n"
     "are read again from where they were imported; what is missing is listed. Card numbers and "
     "keys\n"
     "are masked. With --org or --card the ledger is an excerpt that holds nothing of others. The\n"
     "same ledger and files give the same bytes.\n\n"
     "Examples:\n"
     "  trueup pack --month 2026-10 -o october.zip\n"
     "  trueup pack --month 2026-10 --org org-abc --sign ~/.ssh/id_ed25519 -o october.zip\n"
     "  trueup pack --card 4370 --from 2026-10-01 --until 2026-11-01 -o claim.zip"},
    {"verify", cmd_verify, NEEDS_LEDGER, "prove that a ledger, or an evidence pack, is as written",
     "[PACK]",
     "Without PACK it walks the ledger's log: each row's hash is made of its content and of the "
     "row\n"
     "before it, and holds decisions and closes against it. Exits 1 and names what does not hold. "
     "Who\n"
     "can write to the ledger can write another log: a hash kept elsewhere, given as --anchor, "
     "proves\n"
     "the rows up to the one that has it.\n\n"
     "With PACK it reads a zip that `trueup pack` wrote, and needs no ledger: every byte must be "
     "what\n"
     "its files and manifest make it. A signature is checked against the key that it names, or\n"
     "against those of --signers.\n\n"
     "Examples:\n"
     "  trueup verify --anchor HASH\n"
     "  trueup verify --signers allowed_signers october.zip"},
    {"completion", cmd_completion, NEEDS_NOTHING, "print what completes commands in your shell",
     "SHELL",
     "SHELL is bash, zsh or fish. Commands, options, reports, documents and the names in the "
     "ledger\n"
     "are then completed by the tab key.\n\n"
     "Examples:\n"
     "  source <(trueup completion bash)\n"
     "  trueup completion fish | source"},
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

static void list_options(GArray *options, const GOptionEntry *entries)
{
    const struct command_option help = {"help", "Tell about this command", "", 'h'};

    for (; entries && entries->long_name; entries++) {
        const char *value = entries->arg == G_OPTION_ARG_NONE ? "" : entries->arg_description;
        const struct command_option option = {entries->long_name, entries->description, value,
                                              entries->short_name};

        g_array_append_val(options, option);
    }
    g_array_append_val(options, help);
}

gboolean command_parse(const struct cli *cli, const GOptionEntry *entries, int least, int most,
                       int *argc, char ***argv, GError **error)
{
    const struct command *command = cli->command;
    gboolean help = FALSE;
    int count;

    if (cli->options) {
        list_options(cli->options, entries);
        return FALSE;
    }
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

gboolean command_open_to_write(struct cli *cli, GError **error)
{
    return reopen(cli, DB_WRITE, error);
}

gboolean command_open(struct cli *cli, GError **error)
{
    gboolean stale = FALSE;

    if (cli->command->needs == MAKES_LEDGER)
        return reopen(cli, DB_WRITE, error);
    if (!reopen(cli, DB_READ, error)) /* it must be there, also to be written */
        return FALSE;
    if (cli->command->needs == NEEDS_WRITE)
        return command_open_to_write(cli, error);
    if (!refresh_is_due(cli->db, &stale, error))
        return FALSE;

    /* An import was cut off before its refresh: do it now. */
    return !stale || (reopen(cli, DB_WRITE, error) && refresh_run(cli->db, error) &&
                      reopen(cli, DB_READ, error));
}
