/* cmd_close.c - trueup close MONTH */
#include "cli/command.h"
#include "cli/output.h"
#include "cli/refresh.h"
#include "cli/terminal.h"
#include "close/close.h"
#include "core/audit.h"
#include "core/error.h"
#include "core/text.h"

static gboolean refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static gboolean refuse(GError **error, const char *format, ...)
{
    g_autofree char *message = NULL;
    va_list arguments;

    va_start(arguments, format);
    message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error_literal(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE, message);
    return FALSE;
}

static gboolean check_code(const char *code, GError **error)
{
    g_autofree char *all = NULL;
    const char *nearest;

    if (close_knows_code(code))
        return TRUE;
    all = g_strjoinv(", ", (char **)(guintptr)close_codes());
    nearest = text_nearest(code, close_codes());
    if (nearest)
        return refuse(error, "close: there is no check \"%s\"\nhint: did you mean \"%s\"?", code,
                      nearest);
    return refuse(error, "close: there is no check \"%s\"\nhint: they are %s", code, all);
}

/* A statement is signed by somebody, or by nobody; never by a blank. */
static gboolean check_name(const char *option, const char *name, GError **error)
{
    g_autofree char *stripped = name ? g_strstrip(g_strdup(name)) : NULL;

    return !stripped || *stripped || refuse(error, "close: --%s is empty", option);
}

/* The nth --why belongs to the nth --waive. Texts are cleaned: they stand in the statement. */
static GArray *read_waivers(char **codes, char **reasons, GError **error)
{
    g_autoptr(GArray) waivers = g_array_new(FALSE, FALSE, sizeof(struct close_waiver));
    guint count = codes ? g_strv_length(codes) : 0;

    if (count != (reasons ? g_strv_length(reasons) : 0)) {
        refuse(error, "close: each --waive takes a --why of its own\n"
                      "hint: --waive PROVISIONAL --why \"the days were final on the console\"");
        return NULL;
    }
    for (guint i = 0; i < count; i++) {
        struct close_waiver waiver = {codes[i], NULL};
        char *clean;

        if (!check_code(codes[i], error))
            return NULL;
        if (!g_utf8_validate(reasons[i], -1, NULL) || !*g_strstrip(reasons[i])) {
            refuse(error,
                   "close: the reason for waiving %s is empty or no text\n"
                   "hint: the statement prints it; write what the auditor should read",
                   codes[i]);
            return NULL;
        }
        clean = text_clean(reasons[i], FALSE);
        g_free(reasons[i]);
        waiver.reason = reasons[i] = clean;
        g_array_append_val(waivers, waiver);
    }
    return g_steal_pointer(&waivers);
}

/* The check lists of a month that is not closed are no statement: they are printed. */
static gboolean deliver(const struct output *output, const GString *out, gboolean refused,
                        GError **error)
{
    if (!refused)
        return output_write(output, out->str, out->len, error);
    terminal_data(out->str);
    return TRUE;
}

static int run(struct cli *cli, const struct close_request *request, const struct output *output,
               GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(GString) talk = g_string_new(NULL);
    gboolean refused = FALSE;

    if (!output_check(output, error) || !command_open(cli, error) ||
        !refresh_if_due(cli->db, error) ||
        !close_month(cli->db, request, out, talk, &refused, error) ||
        !deliver(output, out, refused, error))
        return 0;
    if (refused)
        terminal_talk("%s: nothing is closed\n", request->month);
    else
        terminal_talk("%s", talk->str);
    return refused;
}

int cmd_close(struct cli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *organization = NULL, *prepared_by = NULL, *reviewed_by = NULL;
    g_auto(Output) output = {0};
    g_auto(GStrv) codes = NULL;
    g_auto(GStrv) reasons = NULL;
    const GOptionEntry entries[] = {
        {"org", 0, 0, COMMAND_TEXT, &organization, "Only this organization", "ID"},
        {"prepared-by", 0, 0, COMMAND_TEXT, &prepared_by,
         "Who prepared it; default the system's user", "NAME"},
        {"reviewed-by", 0, 0, COMMAND_TEXT, &reviewed_by, "Who reviewed it", "NAME"},
        {"waive", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &codes,
         "Pass over a check that is red; with --why, as often as needed", "CODE"},
        {"why", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &reasons, "The reason, for each --waive",
         "TEXT"},
        OUTPUT_OPTIONS(output, "Write the statement"),
        {0},
    };
    g_autoptr(GArray) waivers = NULL;

    if (!command_parse(cli, entries, 1, 1, &argc, &argv, error) ||
        !check_name("prepared-by", prepared_by, error) ||
        !check_name("reviewed-by", reviewed_by, error))
        return 0;
    waivers = read_waivers(codes, reasons, error);
    if (!waivers)
        return 0;
    g_autofree char *preparer = text_clean(prepared_by ? prepared_by : audit_actor(), FALSE);
    g_autofree char *reviewer = text_clean(reviewed_by ? reviewed_by : "", FALSE);
    const struct close_request request = {
        .organization_id = organization,
        .month = argv[1],
        .prepared_by = preparer,
        .reviewed_by = reviewer,
        .waivers = (const struct close_waiver *)(gpointer)waivers->data,
        .waiver_count = waivers->len,
    };
    return run(cli, &request, &output, error);
}
