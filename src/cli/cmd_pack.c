/* cmd_pack.c - trueup pack */
#include "cli/command.h"
#include "cli/output.h"
#include "cli/terminal.h"
#include "close/close.h"
#include "core/error.h"
#include "core/instant.h"
#include "core/text.h"
#include "import/pdf_text.h"
#include "pack/pack.h"

static gboolean refuse(GError **error, const char *message)
{
    g_set_error_literal(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE, message);
    return FALSE;
}

static gboolean check_day(const char *option, const char *value, GError **error)
{
    g_autoptr(GError) why = NULL;
    int32_t day;

    if (day_parse(&day, value, strlen(value), &why))
        return TRUE;
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE, "pack: --%s \"%s\": %s", option, value,
                why->message);
    return FALSE;
}

static gboolean check_card(const struct pack_request *request, GError **error)
{
    if (strlen(request->card) != 4 || strspn(request->card, "0123456789") != 4) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "pack: --card takes the last four digits, not \"%s\"", request->card);
        return FALSE;
    }
    if (request->organization_id)
        return refuse(error, "pack: --org is of a month, and a card may pay for several\n"
                             "hint: leave it out");
    if (!request->from || !request->until)
        return refuse(error, "pack: --card needs --from and --until\n"
                             "hint: --until is the first day left out");
    if (!check_day("from", request->from, error) || !check_day("until", request->until, error))
        return FALSE;
    return strcmp(request->from, request->until) < 0 ||
           refuse(error, "pack: no day is from --from on and before --until\n"
                         "hint: --until is the first day left out");
}

static gboolean check_request(struct pack_request *request, const char *text, struct month *month,
                              GError **error)
{
    if ((text == NULL) == (request->card == NULL))
        return refuse(error, "pack: it is of a --month or of a --card\n"
                             "hint: `--month 2026-10`, or `--card 4370 --from 2026-10-01 --until "
                             "2026-11-01`");
    if (request->card)
        return check_card(request, error);
    if (request->from || request->until)
        return refuse(error, "pack: --from and --until are of a card, and a month has its days\n"
                             "hint: leave them out");
    if (!month_parse(month, text, error)) {
        g_prefix_error(error, "pack: --month ");
        return FALSE;
    }
    request->month = month;
    return TRUE;
}

static char *pdf_text(const char *bytes, gsize len, GError **error)
{
    return pdf_text_read(bytes, len, PDF_AS_PRINTED, &pdf_limits, error);
}

static void tell(const struct pack_summary *summary, const char *path)
{
    g_autofree char *name = g_filename_display_name(path);
    g_autofree char *files = text_count(summary->file_count, "file");
    g_autofree char *sources = text_count(summary->source_count, "source");

    terminal_talk("%s: %s, %s among them", name, files, sources);
    if (summary->masked_count > 0)
        terminal_talk(", %u of these masked", summary->masked_count);
    terminal_talk("\n");
    for (guint i = 0; i < summary->missing->len; i++)
        terminal_talk("not in it: %s\n", (const char *)summary->missing->pdata[i]);
    terminal_talk("%s", summary->blocked);
}

/* 1 when a claim must not be made of it yet. */
static int write_pack(struct cli *cli, const struct pack_request *request,
                      const struct output *output, GError **error)
{
    g_autoptr(OutputDraft) draft = NULL;
    g_auto(PackSummary) summary = {0};

    if (!output_check(output, error) || !command_open(cli, error))
        return 0;
    draft = output_draft_new(output, error);
    if (draft &&
        pack_write(cli->db, request, output_draft_file(draft), output->path, &summary, error) &&
        output_draft_commit(draft, error))
        tell(&summary, output->path);
    return summary.blocked_count > 0;
}

int cmd_pack(struct cli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *month_text = NULL, *organization = NULL, *card = NULL;
    g_autofree char *from = NULL, *until = NULL, *key = NULL;
    g_auto(Output) output = {0};
    const GOptionEntry entries[] = {
        {"month", 0, 0, COMMAND_TEXT, &month_text, "The month, like 2026-10", "MONTH"},
        {"org", 0, 0, COMMAND_TEXT, &organization, "Only this organization's part of the month",
         "ID"},
        {"card", 0, 0, COMMAND_TEXT, &card, "The charges of the card with these last four digits",
         "DIGITS"},
        {"from", 0, 0, COMMAND_TEXT, &from, "First day, of a card", "DATE"},
        {"until", 0, 0, COMMAND_TEXT, &until, "First day left out, of a card", "DATE"},
        {"sign", 0, 0, G_OPTION_ARG_FILENAME, &key, "Sign the manifest with this SSH key",
         COMMAND_PATH},
        OUTPUT_OPTIONS(output, "Write the pack"),
        {0},
    };
    struct month month;

    if (!command_parse(cli, entries, 0, 0, &argc, &argv, error))
        return 0;
    struct pack_request request = {
        .organization_id = organization,
        .card = card,
        .from = from,
        .until = until,
        .key = key,
        .pdf_text = pdf_text,
        .preview = close_preview,
    };
    if (!check_request(&request, month_text, &month, error))
        return 0;
    if (!output.path) {
        refuse(error, "pack: --output is missing\n"
                      "hint: `-o pack.zip` names the file that is to be written");
        return 0;
    }
    return write_pack(cli, &request, &output, error);
}
