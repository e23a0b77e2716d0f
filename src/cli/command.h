/*
 * command.h - the table of commands: what each needs, so that the dispatcher opens the ledger.
 */
#pragma once
#include "core/db.h"

struct command;

/* What the options before the command settled, and the open ledger where one is needed. */
struct cli {
    const struct command *command;
    char *ledger_path;
    gboolean verbose;
    Db *db;          /* NULL until command_open() */
    GArray *options; /* of struct command_option: set by who wants them listed instead of read */
};

/* An option as completion offers it. Texts are borrowed from the command, and stay. */
struct command_option {
    const char *name, *what; /* "output", "Write to this file" */
    const char *value;       /* what its value is called; "" when it takes none */
    char letter;             /* of -o; NUL for none */
};

enum needs { NEEDS_NOTHING, NEEDS_LEDGER, NEEDS_WRITE, MAKES_LEDGER };

struct command {
    const char *name;
    /* argv[0] is the command's name. Returns the exit code; on a failure sets error instead. */
    int (*run)(struct cli *cli, int argc, char **argv, GError **error);
    enum needs needs;
    const char *summary; /* one line of `trueup --help` */
    const char *usage;   /* what stands after the options: "PATH…" */
    const char *help;    /* what `trueup COMMAND --help` tells besides the options */
};

/* In the order of `trueup --help`; the last has no name. */
extern const struct command commands[];
const struct command *command_find(const char *name);

/* The kind of an option whose value is UTF-8 text. GLib's own takes what the locale allows, and
 * none is set: the result never depends on it. */
#define COMMAND_TEXT G_OPTION_ARG_FILENAME
/* What the value of an option is called that is a path, which may be any bytes. */
#define COMMAND_PATH "FILE"

/*
 * Parses a command's options (NULL-terminated entries, may be NULL) and leaves from `least` to
 * `most` operands in argv. FALSE without an error: --help was given and answered, nothing is left
 * to do. Likewise when cli->options is set: the options are listed there.
 */
gboolean command_parse(const struct cli *cli, const GOptionEntry *entries, int least, int most,
                       int *argc, char ***argv, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Opens the ledger as the command needs it; what is derived is up to date for its readers. */
gboolean command_open(struct cli *cli, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Opens it again to be written, for a command that turns out to change something. */
gboolean command_open_to_write(struct cli *cli, GError **error) G_GNUC_WARN_UNUSED_RESULT;

int cmd_import(struct cli *cli, int argc, char **argv, GError **error);
int cmd_forget(struct cli *cli, int argc, char **argv, GError **error);
int cmd_rejects(struct cli *cli, int argc, char **argv, GError **error);
int cmd_formats(struct cli *cli, int argc, char **argv, GError **error);
int cmd_status(struct cli *cli, int argc, char **argv, GError **error);
int cmd_match(struct cli *cli, int argc, char **argv, GError **error);
int cmd_explain(struct cli *cli, int argc, char **argv, GError **error);
int cmd_report(struct cli *cli, int argc, char **argv, GError **error);
int cmd_reports(struct cli *cli, int argc, char **argv, GError **error);
int cmd_review(struct cli *cli, int argc, char **argv, GError **error);
int cmd_accept(struct cli *cli, int argc, char **argv, GError **error);
int cmd_reject(struct cli *cli, int argc, char **argv, GError **error);
int cmd_settle(struct cli *cli, int argc, char **argv, GError **error);
int cmd_adjust(struct cli *cli, int argc, char **argv, GError **error);
int cmd_doctor(struct cli *cli, int argc, char **argv, GError **error);
int cmd_runaway(struct cli *cli, int argc, char **argv, GError **error);
int cmd_verdict(struct cli *cli, int argc, char **argv, GError **error);
int cmd_observe(struct cli *cli, int argc, char **argv, GError **error);
int cmd_export(struct cli *cli, int argc, char **argv, GError **error);
int cmd_check(struct cli *cli, int argc, char **argv, GError **error);
int cmd_close(struct cli *cli, int argc, char **argv, GError **error);
int cmd_reopen(struct cli *cli, int argc, char **argv, GError **error);
int cmd_pack(struct cli *cli, int argc, char **argv, GError **error);
int cmd_completion(struct cli *cli, int argc, char **argv, GError **error);
int cmd_verify(struct cli *cli, int argc, char **argv, GError **error);
