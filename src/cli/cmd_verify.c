/* cmd_verify.c - trueup verify */
#include "cli/command.h"
#include "cli/terminal.h"
#include "close/close.h"
#include "core/audit.h"
#include "core/error.h"
#include "core/text.h"
#include "decide/decide.h"
#include "pack/verify.h"
#include "runaway/runaway.h"

/* A hash as verify prints it; anything else could never be found and would read like tampering. */
static gboolean check_anchor(const char *anchor, GError **error)
{
    if (!anchor ||
        (strlen(anchor) == DIGEST_HEX_LEN && strspn(anchor, "0123456789abcdef") == DIGEST_HEX_LEN))
        return TRUE;
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                "verify: --anchor takes a hash of 64 small hexadecimal digits, not \"%s\"\n"
                "hint: `trueup verify` and `trueup report audit` print them",
                anchor);
    return FALSE;
}

static void print_verdict(const struct audit_verdict *verdict, int64_t decision_count,
                          int64_t close_count)
{
    g_autofree char *rows = text_count(verdict->head.count, "row");
    g_autofree char *decisions = text_count(decision_count, "decision");
    g_autofree char *closes = text_count(close_count, "close");
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < verdict->problems->len; i++) {
        g_autofree char *clean = text_clean(g_ptr_array_index(verdict->problems, i), FALSE);

        g_string_append_printf(text, "%s\n", clean);
    }
    if (verdict->problems->len == 0)
        g_string_append_printf(
            text, "audit log: %s, head %s\n%s: as logged\n%s: as signed and as logged\n", rows,
            verdict->head.count ? verdict->head.hash : "none", decisions, closes);
    if (verdict->problems->len == 0 && verdict->anchor_row)
        g_string_append_printf(text,
                               "anchor: it is row %" G_GINT64_FORMAT
                               ", and the rows up to it are those it was made of\n",
                               verdict->anchor_row);
    terminal_data(text->str);
}

static int verify_ledger(struct cli *cli, const char *anchor, GError **error)
{
    g_auto(AuditVerdict) verdict = {0};
    int64_t decision_count = 0, close_count = 0;

    if (!check_anchor(anchor, error) || !command_open(cli, error) ||
        !audit_verify(cli->db, anchor, &verdict, error) ||
        !decide_verify(cli->db, verdict.problems, &decision_count, error) ||
        !runaway_verify(cli->db, verdict.problems, &decision_count, error) ||
        !close_verify(cli->db, verdict.problems, &close_count, error))
        return 0;
    print_verdict(&verdict, decision_count, close_count);
    return verdict.problems->len > 0;
}

static int verify_pack(const char *path, const char *signers, GError **error)
{
    g_auto(PackVerdict) verdict = {0};
    g_autofree char *name = g_filename_display_name(path);
    g_autoptr(GString) text = g_string_new(NULL);

    if (!pack_verify(path, signers, &verdict, error))
        return 0;
    for (guint i = 0; i < verdict.problems->len; i++)
        g_string_append_printf(text, "%s: %s\n", name, (char *)verdict.problems->pdata[i]);
    if (verdict.problems->len == 0) {
        g_autofree char *files = text_count(verdict.file_count, "file");

        g_string_append_printf(text, "%s: %s, as written\nmanifest: SHA-256 %s\nsignature: %s\n",
                               name, files, verdict.manifest_sha256,
                               verdict.signer ? verdict.signer : "none");
    }
    g_autofree char *clean = text_clean(text->str, TRUE);
    terminal_data(clean);
    return verdict.problems->len > 0;
}

int cmd_verify(struct cli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *anchor = NULL, *signers = NULL;
    const GOptionEntry entries[] = {
        {"anchor", 0, 0, COMMAND_TEXT, &anchor, "A hash of the log that was kept elsewhere",
         "HASH"},
        {"signers", 0, 0, G_OPTION_ARG_FILENAME, &signers,
         "Who may have signed the pack, as ssh-keygen(1) has it", COMMAND_PATH},
        {0},
    };

    if (!command_parse(cli, entries, 0, 1, &argc, &argv, error))
        return 0;
    if (argc > 1 ? anchor != NULL : signers != NULL) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    argc > 1 ? "verify: --anchor is about a ledger's log, not about a pack"
                             : "verify: --signers is about a pack, and none is named");
        return 0;
    }
    return argc > 1 ? verify_pack(argv[1], signers, error) : verify_ledger(cli, anchor, error);
}
