/*
 * complete.c - finding the place on the command line, and the names that fit it.
 *
 * What a command's options are, it says itself: it is run with cli->options set, and
 * command_parse() lists them there instead of reading.
 */
#include "cli/complete.h"
#include "books/books.h"
#include "close/close.h"
#include "core/text.h"
#include "import/format.h"
#include "report/report.h"

/* Words that an option takes, where the ledger has no say; command NULL: of any. */
static const struct {
    const char *command, *option, *words;
} closed[] = {
    {NULL, "color", "auto,always,never"}, {NULL, "policy", "free-first,expiry-first"},
    {"import", "scope", "organization"},  {"import", "endpoint", "embeddings,moderations"},
    {NULL, "date-order", "dmy,mdy,ymd"},  {NULL, "charge", "negative,positive"},
    {"settle", "leg", "receipt,card"},
};

/* Those that stand before the command. */
static const struct command_option global[] = {
    {"ledger", "The ledger", COMMAND_PATH, '\0'},
    {"quiet", "Data only, no talk", "", 'q'},
    {"verbose", "More talk", "", 'v'},
    {"color", "Whether tables have colours", "WHEN", '\0'},
    {"no-pager", "Print at once what is longer than the screen", "", '\0'},
    {"version", "Print the version", "", '\0'},
    {"help", "List the commands", "", 'h'},
};

/* What the operands of commands are. */
enum operand {
    OPERAND_NONE,
    OPERAND_FILE,
    OPERAND_SOURCE,
    OPERAND_REPORT,
    OPERAND_BOOKS,
    OPERAND_MONTH,
    OPERAND_SHELL
};

static const struct {
    const char *command;
    enum operand operand;
} operands[] = {
    {"import", OPERAND_FILE},   {"formats", OPERAND_FILE},  {"verify", OPERAND_FILE},
    {"forget", OPERAND_SOURCE}, {"report", OPERAND_REPORT}, {"export", OPERAND_BOOKS},
    {"close", OPERAND_MONTH},   {"reopen", OPERAND_MONTH},  {"completion", OPERAND_SHELL},
};

/* The place on the command line. */
struct place {
    struct cli *cli;
    const char *prefix;  /* of each word: "--org=" when that stands in the same one */
    const char *operand; /* the command's first one; NULL when there is none yet */
    struct candidates *out;
};

static gboolean can_be_typed(const char *word)
{
    if (!*word || !g_utf8_validate(word, -1, NULL))
        return FALSE;
    for (const char *at = word; *at; at = g_utf8_next_char(at))
        if (text_is_unsafe(g_utf8_get_char(at)))
            return FALSE;
    return TRUE;
}

static void offer(const struct place *place, const char *word, const char *what)
{
    g_autofree char *clean = text_clean(what ? what : "", FALSE);

    if (can_be_typed(word))
        g_string_append_printf(place->out->words, "%s%s\t%s\n", place->prefix, word, clean);
}

static void offer_list(const struct place *place, const char *list)
{
    g_auto(GStrv) words = g_strsplit(list, ",", -1);

    for (guint i = 0; words[i]; i++)
        offer(place, g_strstrip(words[i]), NULL);
}

/* A column of words and one of what they are; nothing where the ledger cannot be read. */
static void offer_rows(const struct place *place, const char *name)
{
    struct cli *cli = place->cli;
    struct statement *row;

    if (!cli->db)
        cli->db = db_open(cli->ledger_path, DB_READ, NULL);
    row = cli->db ? statement_get(cli->db, name, NULL) : NULL;
    if (!row)
        return;
    while (statement_step(row, NULL) == ROW)
        offer(place, statement_text(row, 0), statement_text(row, 1));
    statement_reset(row);
}

static void offer_reports(const struct place *place)
{
    g_autoptr(ReportCatalog) catalog = report_catalog_load(NULL);
    const char *name, *by, *summary;

    for (guint i = 0; catalog && (name = report_catalog_nth(catalog, i, &by, &summary)); i++)
        if (!*by)
            offer(place, name, summary);
    for (guint i = 0; catalog && (name = report_catalog_document_nth(catalog, i, &summary)); i++)
        offer(place, name, summary);
}

/* Of the report that is named already, or of all. */
static void offer_grains(const struct place *place)
{
    g_autoptr(ReportCatalog) catalog = report_catalog_load(NULL);
    const char *name, *by, *summary;

    for (guint i = 0; catalog && (name = report_catalog_nth(catalog, i, &by, &summary)); i++) {
        const char *grain;

        if (place->operand && strcmp(place->operand, name) != 0)
            continue;
        for (guint j = 0; !*by && (grain = report_catalog_grain_nth(catalog, i, j)); j++)
            offer(place, grain, summary);
        if (*by)
            offer(place, by, summary);
    }
}

static void offer_report_formats(const struct place *place)
{
    const char *name;

    for (guint i = 0; (name = report_format_nth(i)); i++)
        offer(place, name, NULL);
}

/* The formats of files by name, or the kinds of trueup's own CSVs. */
static void offer_file_formats(const struct place *place, gboolean kinds)
{
    g_autoptr(FormatSet) set = format_set_load(NULL);
    const struct format *format;

    for (guint i = 0; set && (format = format_set_nth(set, i)); i++)
        if (!kinds)
            offer(place, format_name(format), format_title(format));
        else if (format_template(format))
            offer(place, format_kind_name(format_kind(format)), format_title(format));
}

static void offer_checks(const struct place *place)
{
    const char *const *codes = close_codes();

    for (guint i = 0; codes[i]; i++)
        offer(place, codes[i], NULL);
}

static gboolean is_command(const struct place *place, const char *name)
{
    return place->cli->command && strcmp(place->cli->command->name, name) == 0;
}

static void offer_closed(const struct place *place, const char *option)
{
    for (gsize i = 0; i < G_N_ELEMENTS(closed); i++)
        if (strcmp(closed[i].option, option) == 0 &&
            (!closed[i].command || is_command(place, closed[i].command)))
            offer_list(place, closed[i].words);
}

/* What an option takes: by what its value is called, then by its name. */
static void offer_value(const struct place *place, const struct command_option *option)
{
    if (strcmp(option->value, COMMAND_PATH) == 0)
        place->out->files = TRUE;
    else if (strcmp(option->value, "MONTH") == 0 || strcmp(option->name, "from") == 0 ||
             strcmp(option->name, "until") == 0)
        offer_rows(place, "complete_months");
    else if (strcmp(option->name, "org") == 0)
        offer_rows(place, "complete_organizations");
    else if (strcmp(option->name, "project") == 0)
        offer_rows(place, "complete_projects");
    else if (strcmp(option->value, "GRAIN") == 0)
        offer_grains(place);
    else if (strcmp(option->name, "format") == 0 && is_command(place, "report"))
        offer_report_formats(place);
    else if (strcmp(option->name, "format") == 0 || strcmp(option->name, "template") == 0)
        offer_file_formats(place, strcmp(option->name, "template") == 0);
    else if (strcmp(option->name, "waive") == 0)
        offer_checks(place);
    else
        offer_closed(place, option->name);
}

static void offer_operand(const struct place *place)
{
    enum operand operand = OPERAND_NONE;

    for (gsize i = 0; i < G_N_ELEMENTS(operands); i++)
        if (is_command(place, operands[i].command))
            operand = operands[i].operand;
    if (place->operand && operand != OPERAND_FILE && operand != OPERAND_SOURCE)
        return; /* these alone take several */
    switch (operand) {
    case OPERAND_NONE:
        break;
    case OPERAND_FILE:
        place->out->files = TRUE;
        break;
    case OPERAND_SOURCE:
        offer_rows(place, "complete_sources");
        break;
    case OPERAND_REPORT:
        offer_reports(place);
        break;
    case OPERAND_BOOKS:
        offer_list(place, BOOKS_FORMATS);
        break;
    case OPERAND_MONTH:
        offer_rows(place, "complete_months");
        break;
    case OPERAND_SHELL:
        offer_list(place, "bash,zsh,fish");
        break;
    }
}

static void offer_options(const struct place *place, const GArray *options)
{
    for (guint i = 0; i < options->len; i++) {
        const struct command_option *option = &g_array_index(options, struct command_option, i);
        g_autofree char *word = g_strconcat("--", option->name, NULL);

        offer(place, word, option->what);
    }
}

/* The option that a word names, which may be -o, --output or --output=VALUE; NULL for none. */
static const struct command_option *option_of(const GArray *options, const char *word)
{
    const char *name = strncmp(word, "--", 2) == 0 ? word + 2 : NULL;
    gsize len = name ? strcspn(name, "=") : 0;

    for (guint i = 0; i < options->len; i++) {
        const struct command_option *option = &g_array_index(options, struct command_option, i);

        if (name ? strlen(option->name) == len && strncmp(option->name, name, len) == 0
                 : word[0] == '-' && word[1] && word[1] == option->letter && !word[2])
            return option;
    }
    return NULL;
}

/* TRUE when the word after this one is its value. */
static gboolean waits_for_value(const struct command_option *option, const char *word)
{
    return option && *option->value && !strchr(word, '=');
}

/*
 * Walks the words from first on, all but the last, which is offered for. Stops before a word that
 * is no option when `stops` is set, and returns its position; else returns count.
 */
static guint walk(struct place *place, const GArray *options, char *const *words, guint first,
                  guint count, gboolean stops)
{
    const char *last = words[count - 1];
    const struct command_option *waiting = NULL;
    gboolean only_operands = FALSE;

    for (guint i = first; i + 1 < count; i++) {
        const struct command_option *option = only_operands ? NULL : option_of(options, words[i]);

        if (waiting) {
            waiting = NULL;
        } else if (strcmp(words[i], "--") == 0) {
            only_operands = TRUE;
        } else if (waits_for_value(option, words[i])) {
            waiting = option;
        } else if (!option && (words[i][0] != '-' || only_operands)) {
            if (stops)
                return i;
            place->operand = place->operand ? place->operand : words[i];
        }
    }
    const struct command_option *option = option_of(options, last);
    const char *equals = strchr(last, '=');
    g_autofree char *prefix = equals ? g_strndup(last, (gsize)(equals + 1 - last)) : NULL;

    place->prefix = prefix && !waiting ? prefix : "";
    if (waiting)
        offer_value(place, waiting);
    else if (option && equals && *option->value && !only_operands)
        offer_value(place, option);
    else if (last[0] == '-' && !only_operands)
        offer_options(place, options);
    else if (!stops)
        offer_operand(place);
    else
        for (const struct command *command = commands; command->name; command++)
            offer(place, command->name, command->summary);
    place->prefix = "";
    return count;
}

/* The ledger that --ledger names, so that its names are offered. A shell leaves ~ as it is here. */
static void take_ledger(struct cli *cli, char *const *words, guint count)
{
    static const char option[] = "--ledger";
    const gsize len = strlen(option);

    for (guint i = 0; i < count; i++) {
        const char *path = strncmp(words[i], option, len) == 0 ? words[i] + len : NULL;

        if (!path || (*path && *path != '=') || (!*path && i + 1 == count))
            continue;
        path = *path ? path + 1 : words[i + 1];
        g_free(cli->ledger_path);
        cli->ledger_path = strncmp(path, "~/", 2) == 0
                               ? g_build_filename(g_get_home_dir(), path + 2, NULL)
                               : g_strdup(path);
    }
}

void complete_words(struct cli *cli, char *const *words, guint count, struct candidates *out)
{
    g_autoptr(GArray) before = g_array_new(FALSE, FALSE, sizeof(struct command_option));
    g_autoptr(GArray) own = g_array_new(FALSE, FALSE, sizeof(struct command_option));
    struct cli asked = {.ledger_path = g_strdup(cli->ledger_path), .options = own};
    struct place place = {.cli = &asked, .prefix = "", .out = out};
    guint at;

    g_array_append_vals(before, global, G_N_ELEMENTS(global));
    at = walk(&place, before, words, 0, count, TRUE);
    if (at < count)
        asked.command = command_find(words[at]);
    if (asked.command) {
        char *arguments[] = {words[at], NULL};
        g_autoptr(GError) ignored = NULL;

        take_ledger(&asked, words, at);
        (void)asked.command->run(&asked, 1, arguments, &ignored);
        (void)walk(&place, own, words, at + 1, count, FALSE);
    }
    g_clear_pointer(&asked.db, db_close);
    g_free(asked.ledger_path);
}
