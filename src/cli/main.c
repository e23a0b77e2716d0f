/* main.c - options before the command, and the one place that exits. */
#include "cli/command.h"
#include "cli/meter.h"
#include "cli/terminal.h"
#include "core/error.h"
#include "core/text.h"
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

static void print_usage(void)
{
    g_autoptr(GString) text = g_string_new(
        "Usage: trueup [OPTION…] COMMAND [OPTION…]\n\n"
        "trueup reconciles prepaid AI API spend: it proves, per organization and project, where\n"
        "every dollar went.\n\nCommands:\n");

    for (const struct command *command = commands; command->name; command++)
        g_string_append_printf(text, "  %-9s %s\n", command->name, command->summary);
    g_string_append(
        text, "\nOptions:\n"
              "  --ledger FILE  the ledger; default $TRUEUP_LEDGER, else ./trueup.db\n"
              "  --quiet        data only, no talk\n"
              "  --verbose      more talk\n"
              "  --color WHEN   auto (on a terminal, unless NO_COLOR is set), always or never\n"
              "  --no-pager     print at once what is longer than the screen\n"
              "  --version      print the version\n"
              "  --help         this text; `trueup COMMAND --help` tells about a command\n\n"
              "Exit codes: 0 fine, 1 something does not tie out, 2 usage, 3 input refused,\n"
              "4 system.\n");
    terminal_data(text->str);
}

static GError *unknown_command(const char *word)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    const char *nearest;

    for (const struct command *command = commands; command->name; command++)
        g_ptr_array_add(names, (gpointer)(guintptr)command->name);
    g_ptr_array_add(names, NULL);
    nearest = text_nearest(word, (const char *const *)names->pdata);
    if (nearest)
        return g_error_new(TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                           "there is no command \"%s\"\nhint: did you mean \"%s\"?", word, nearest);
    return g_error_new(TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                       "there is no command \"%s\"\nhint: `trueup --help` lists the commands",
                       word);
}

static int run_command(struct cli *cli, int argc, char **argv, GError **error)
{
    int code;

    cli->command = command_find(argv[0]);
    if (!cli->command) {
        *error = unknown_command(argv[0]);
        return TRUEUP_ERROR_USAGE;
    }
    code = cli->command->run(cli, argc, argv, error);
    return *error ? error_exit_code(*error) : code;
}

/* Reads the options that stand before the command; *argv is moved to the command. */
static gboolean read_options(struct cli *cli, int *argc, char ***argv, gboolean *done,
                             GError **error)
{
    g_autofree char *ledger = NULL, *colour = NULL;
    gboolean quiet = FALSE, version = FALSE, help = FALSE, unpaged = FALSE;
    const GOptionEntry entries[] = {
        {"ledger", 0, 0, G_OPTION_ARG_FILENAME, &ledger, NULL, NULL},
        {"quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, NULL, NULL},
        {"color", 0, 0, G_OPTION_ARG_FILENAME, &colour, NULL, NULL},
        {"no-pager", 0, 0, G_OPTION_ARG_NONE, &unpaged, NULL, NULL},
        {"verbose", 'v', 0, G_OPTION_ARG_NONE, &cli->verbose, NULL, NULL},
        {"version", 0, 0, G_OPTION_ARG_NONE, &version, NULL, NULL},
        {"help", 'h', 0, G_OPTION_ARG_NONE, &help, NULL, NULL},
        {0},
    };
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_autoptr(GError) failure = NULL;

    g_option_context_set_help_enabled(context, FALSE);
    g_option_context_set_strict_posix(context, TRUE);
    g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse(context, argc, argv, &failure)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "%s\nhint: `trueup --help` lists the options", failure->message);
        return FALSE;
    }
    if (colour && !terminal_set_colour(colour)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "--color takes auto, always or never, not \"%s\"", colour);
        return FALSE;
    }
    terminal_set_quiet(quiet);
    terminal_set_pager(!unpaged);
    meter_start();
    if (ledger) {
        g_free(cli->ledger_path);
        cli->ledger_path = g_steal_pointer(&ledger);
    }
    *done = version || help;
    if (version)
        terminal_data("trueup " TRUEUP_VERSION "\n");
    else if (help)
        print_usage();
    return TRUE;
}

static int run(struct cli *cli, int argc, char **argv, GError **error)
{
    gboolean done = FALSE;

    if (!read_options(cli, &argc, &argv, &done, error))
        return error_exit_code(*error);
    if (done)
        return 0;
    if (argc < 2) {
        print_usage();
        return TRUEUP_ERROR_USAGE;
    }
    return run_command(cli, argc - 1, argv + 1, error);
}

/*
 * A stream that is closed stays one that fails: else the next file that is opened, such as the one
 * of --output, would stand in its place and take what is printed.
 */
static void hold_streams(void)
{
    int fd;

    do
        fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    while (fd >= 0 && fd <= STDERR_FILENO);
    (void)close(fd);
}

int main(int argc, char **argv)
{
    const char *stated = g_getenv("TRUEUP_LEDGER");
    struct cli cli = {.ledger_path = g_strdup(stated && *stated ? stated : "trueup.db")};
    g_autoptr(GError) error = NULL;
    int code;

    hold_streams();
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is a failed write, told at the end */
    signal(SIGXFSZ, SIG_IGN); /* so is a file that may grow no further */
    code = run(&cli, argc, argv, &error);
    if (error)
        terminal_error(error->message);
    g_clear_pointer(&cli.db, db_close);
    g_free(cli.ledger_path);
    if (!terminal_flush()) {
        terminal_error("the output could not all be written\n"
                       "hint: the disk is full, or what reads the output stopped");
        code = TRUEUP_ERROR_SYSTEM;
    }
    return code;
}
