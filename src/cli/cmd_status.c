/* cmd_status.c - trueup status: the first screen. */
#include "cli/command.h"
#include "cli/terminal.h"
#include "core/money.h"
#include "core/text.h"

static char *money_text(int64_t nanos, const char *currency)
{
    g_autofree char *amount = money_format_cents(nanos);

    return g_strdup_printf("%s %s", amount, currency);
}

static void append_line(GString *text, const char *label, const char *value)
{
    g_string_append_printf(text, "  %-12s %s\n", label, value);
}

static void append_balance(GString *text, struct statement *row)
{
    const char *currency;
    g_autofree char *balance = NULL, *paid = NULL, *free_part = NULL, *overdraft = NULL;
    g_autofree char *line = NULL;

    if (strcmp(statement_text(row, 2), "invoiced") == 0) {
        append_line(text, "balance", "none: invoiced by contract");
        return;
    }
    if (statement_is_null(row, 7)) {
        append_line(text, "balance", "unknown: no cost export covers a day yet");
        return;
    }
    currency = statement_text(row, 7);
    balance = money_text(statement_int(row, 8) + statement_int(row, 9) - statement_int(row, 10),
                         currency);
    paid = money_text(statement_int(row, 8), currency);
    free_part = money_text(statement_int(row, 9), currency);
    line = g_strdup_printf("%s (paid %s, free %s)", balance, paid, free_part);
    append_line(text, "balance", line);
    if (!statement_int(row, 14))
        append_line(text, "credit",
                    "none in the ledger: this counts use alone; import its payments");
    if (!statement_is_null(row, 15)) {
        g_autofree char *opening =
            g_strdup_printf("assumed zero before %s", statement_text(row, 15));

        append_line(text, "opening", opening);
    }
    if (statement_int(row, 10) > 0) {
        overdraft = money_text(statement_int(row, 10), currency);
        append_line(text, "overdraft", overdraft);
    }
}

static void append_expiry(GString *text, struct statement *row)
{
    g_autofree char *amount = NULL, *line = NULL;

    if (statement_is_null(row, 11))
        return;
    amount = money_text(statement_int(row, 12), statement_text(row, 7));
    line = g_strdup_printf("%s on %s", amount, statement_text(row, 11));
    append_line(text, "next expiry", line);
}

/* What the burn order decides, where it decides an amount. */
static gboolean append_policies(GString *text, struct db *db, const char *organization_id,
                                const char *currency, GError **error)
{
    struct statement *row = statement_get(db, "report_policies", error);
    enum row_status status;

    if (!row)
        return FALSE;
    statement_bind_text(row, "org", organization_id);
    while ((status = statement_step(row, error)) == ROW) {
        gboolean expired = strcmp(statement_text(row, 1), "expired") == 0;
        g_autofree char *free_first = NULL, *expiry_first = NULL, *line = NULL;

        if (strcmp(statement_text(row, 0), currency) != 0)
            continue;
        free_first = money_text(statement_int(row, 2), currency);
        expiry_first = money_text(statement_int(row, 3), currency);
        line = g_strdup_printf("%s %s free-first, %s expiry-first",
                               expired ? "expired" : "will expire", free_first, expiry_first);
        append_line(text, "burn order", line);
    }
    statement_reset(row);
    return status == END;
}

static void append_coverage(GString *text, struct statement *row)
{
    g_autoptr(GString) line = g_string_new(NULL);

    if (statement_is_null(row, 3)) {
        append_line(text, "cost covered", "no day");
        return;
    }
    g_string_printf(line, "%s to %s", statement_text(row, 3), statement_text(row, 4));
    if (statement_int(row, 6) > 0) {
        g_autofree char *gaps = text_count(statement_int(row, 6), "gap");

        g_string_append_printf(line, ", with %s", gaps);
    }
    if (statement_int(row, 5) > 0) {
        g_autofree char *days = text_count(statement_int(row, 5), "provisional day");

        g_string_append_printf(line, ", %s", days);
    }
    append_line(text, "cost covered", line->str);
}

static gboolean append_unmatched(GString *text, struct db *db, int64_t organization, GError **error)
{
    struct statement *statement = statement_get(db, "status_unmatched", error);
    const char *label = "unmatched";
    enum row_status status;

    if (!statement)
        return FALSE;
    statement_bind_int(statement, "organization_key", organization);
    while ((status = statement_step(statement, error)) == ROW) {
        g_autofree char *amount =
            money_text(statement_int(statement, 2), statement_text(statement, 1));
        g_autofree char *line = g_strdup_printf("%s %s", amount, statement_text(statement, 0));

        append_line(text, label, line);
        label = "";
    }
    statement_reset(statement);
    return status == END;
}

static gboolean append_exceptions(GString *text, struct db *db, int64_t organization, gint64 *total,
                                  GError **error)
{
    struct statement *statement = statement_get(db, "status_severities", error);

    if (!statement)
        return FALSE;
    statement_bind_int(statement, "organization_key", organization);
    if (statement_step(statement, error) != ROW)
        return FALSE;
    g_autofree char *errors = text_count(statement_int(statement, 0), "error");
    g_autofree char *warnings = text_count(statement_int(statement, 1), "warning");
    g_autofree char *notes = text_count(statement_int(statement, 2), "note");
    g_autofree char *line = g_strdup_printf("%s, %s, %s", errors, warnings, notes);

    *total =
        statement_int(statement, 0) + statement_int(statement, 1) + statement_int(statement, 2);
    append_line(text, "exceptions", *total > 0 ? line : "none");
    statement_reset(statement);
    return TRUE;
}

/* What is signed, what of it no longer stands, and what to sign next. */
static gboolean append_closed(GString *text, struct db *db, int64_t organization, GError **error)
{
    struct statement *row = statement_get(db, "status_closed", error);
    g_autoptr(GString) line = g_string_new(NULL);

    if (!row)
        return FALSE;
    statement_bind_int(row, "organization_key", organization);
    if (statement_step(row, error) != ROW)
        return FALSE;
    if (!statement_is_null(row, 0))
        g_string_append_printf(line, "to %s", statement_text(row, 0));
    if (!statement_is_null(row, 1))
        g_string_append_printf(line, "; sign-off of %s suspended", statement_text(row, 1));
    if (!statement_is_null(row, 2))
        g_string_append_printf(line, "%snext is %s", line->len ? "; " : "no month yet; ",
                               statement_text(row, 2));
    statement_reset(row);
    if (line->len)
        append_line(text, "closed", line->str);
    return TRUE;
}

static gboolean append_organizations(GString *text, struct db *db, GError **error)
{
    struct statement *row = statement_get(db, "status_organizations", error);
    enum row_status status;

    if (!row)
        return FALSE;
    while ((status = statement_step(row, error)) == ROW) {
        const char *id = statement_text(row, 0), *name = statement_text(row, 1);
        gint64 total = 0;

        if (*name)
            g_string_append_printf(text, "\n%s (%s)\n", name, id);
        else
            g_string_append_printf(text, "\n%s\n", id);
        append_balance(text, row);
        append_expiry(text, row);
        if (!statement_is_null(row, 7) &&
            !append_policies(text, db, id, statement_text(row, 7), error))
            return FALSE;
        append_coverage(text, row);
        if (!append_closed(text, db, statement_int(row, 13), error))
            return FALSE;
        if (!append_unmatched(text, db, statement_int(row, 13), error) ||
            !append_exceptions(text, db, statement_int(row, 13), &total, error))
            return FALSE;
    }
    statement_reset(row);
    return status == END;
}

/* What no organization can be held to: charges nobody's payments explain. */
static gboolean append_unassigned(GString *text, struct db *db, GError **error)
{
    g_autoptr(GString) block = g_string_new("\nNot assigned to an organization\n");
    gint64 total = 0;

    if (!append_unmatched(block, db, 0, error) || !append_exceptions(block, db, 0, &total, error))
        return FALSE;
    if (total > 0)
        g_string_append(text, block->str);
    return TRUE;
}

static gboolean append_next(GString *text, struct db *db, int64_t file_count, GError **error)
{
    struct statement *statement = statement_get(db, "status_next", error);
    enum row_status status;

    if (!statement)
        return FALSE;
    if (file_count == 0) {
        g_string_append(text, "\nNext: import what you have: trueup import FOLDER\n");
        return TRUE;
    }
    status = statement_step(statement, error);
    if (status == ROW)
        g_string_append_printf(text,
                               "\nNext: %s %s: %s\n      %s\n"
                               "      trueup report exceptions lists all\n",
                               statement_text(statement, 0), statement_text(statement, 1),
                               statement_text(statement, 2), statement_text(statement, 3));
    else if (status == END)
        g_string_append(text, "\nNext: nothing is open\n");
    statement_reset(statement);
    return status != FAILED;
}

static gboolean append_all(GString *text, struct db *db, GError **error)
{
    struct statement *ledger = statement_get(db, "status_ledger", error);
    int64_t file_count;

    if (!ledger || statement_step(ledger, error) != ROW)
        return FALSE;
    file_count = statement_int(ledger, 0);
    g_autofree char *files = text_count(file_count, "file");
    g_autofree char *organizations = text_count(statement_int(ledger, 1), "organization");
    g_string_append_printf(text, "%s, %s", files, organizations);
    if (!statement_is_null(ledger, 2))
        g_string_append_printf(text, ", cost until %s", statement_text(ledger, 2));
    g_string_append_c(text, '\n');
    if (statement_int(ledger, 3) > 0) {
        g_autofree char *records = text_count(statement_int(ledger, 3), "record");
        g_autofree char *of = text_count(statement_int(ledger, 4), "file");

        g_string_append_printf(text, "set aside: %s of %s not in the ledger (`trueup rejects`)\n",
                               records, of);
    }
    statement_reset(ledger);
    return append_organizations(text, db, error) && append_unassigned(text, db, error) &&
           append_next(text, db, file_count, error);
}

int cmd_status(struct cli *cli, int argc, char **argv, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);

    if (!command_parse(cli, NULL, 0, 0, &argc, &argv, error) || !command_open(cli, error) ||
        !append_all(text, cli->db, error))
        return 0;
    g_autofree char *clean = text_clean(text->str, TRUE);
    terminal_page(clean, strlen(clean));
    return 0;
}
