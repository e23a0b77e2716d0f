/* cmd_export.c - trueup export FORMAT */
#include "books/books.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/terminal.h"
#include "core/error.h"
#include "core/instant.h"

/* A day, or a month for its first day. NULL stays NULL. */
static gboolean read_day(const char *option, const char *value, char **out, GError **error)
{
    g_autofree char *day = NULL;
    g_autoptr(GError) why = NULL;
    int32_t number;

    if (!value)
        return TRUE;
    day = strlen(value) == strlen("2026-10") ? g_strconcat(value, "-01", NULL) : g_strdup(value);
    if (day_parse(&number, day, strlen(day), &why)) {
        *out = g_steal_pointer(&day);
        return TRUE;
    }
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE, "export: --%s \"%s\": %s", option, value,
                why->message);
    return FALSE;
}

/* The day after the last one that anything is known of; never today. */
static gboolean default_until(struct db *db, char **out, GError **error)
{
    struct statement *row = statement_get(db, "report_last_day", error);
    const char *last;
    int32_t number = 0;
    char day[11];
    gboolean ok;

    if (!row || statement_step(row, error) != ROW)
        return FALSE;
    last = statement_text(row, 0);
    ok = day_parse(&number, last, strlen(last), error);
    statement_reset(row);
    day_format(number + 1, day);
    *out = g_strdup(day);
    return ok;
}

static gboolean check_range(const char *from, const char *until, GError **error)
{
    if (!from || strcmp(from, until) < 0)
        return TRUE;
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                "export: no day is from %s on and before %s\nhint: --until is the first day left "
                "out; not stated, it is the day after the last covered one",
                from, until);
    return FALSE;
}

int cmd_export(struct cli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *organization = NULL, *from_stated = NULL, *until_stated = NULL;
    g_autofree char *from = NULL, *until = NULL;
    g_auto(Output) output = {0};
    const GOptionEntry entries[] = {
        {"org", 0, 0, COMMAND_TEXT, &organization, "Only this organization", "ID"},
        {"from", 0, 0, COMMAND_TEXT, &from_stated, "First day, or a month", "DATE"},
        {"until", 0, 0, COMMAND_TEXT, &until_stated,
         "First day left out, or a month; default the day after the last covered one", "DATE"},
        OUTPUT_OPTIONS(output, "Write"),
        {0},
    };
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GString) notes = g_string_new(NULL);

    if (!command_parse(cli, entries, 1, 1, &argc, &argv, error) ||
        !read_day("from", from_stated, &from, error) ||
        !read_day("until", until_stated, &until, error) || !command_open(cli, error) ||
        (!until && !default_until(cli->db, &until, error)) || !check_range(from, until, error))
        return 0;
    const struct books_options options = {organization, from, until};
    if (output_check(&output, error) &&
        books_export(cli->db, argv[1], &options, text, notes, error) &&
        output_write(&output, text->str, text->len, error))
        terminal_talk("%s", notes->str);
    return 0;
}
