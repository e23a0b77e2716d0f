/* close.c - closing a month of one or all organizations in one transaction, or telling why not. */
#include "close/close.h"
#include "close/lines.h"
#include "close/subject.h"
#include "core/error.h"
#include "core/text.h"

struct run {
    struct db *db;
    const struct close_request *request;
    struct month month;
    GString *statements, *lists, *talk;
    gboolean is_refused;
};

static void append_title(GString *out, const struct subject *subject)
{
    g_autofree char *title =
        g_strdup_printf("%s %s", subject->organization_id, subject->month->text);

    if (out->len)
        g_string_append_c(out, '\n');
    lines_wrapped(out, "", title);
}

static void append_statement(struct run *run, const char *statement)
{
    if (run->statements->len)
        g_string_append_c(run->statements, '\n');
    g_string_append(run->statements, statement);
}

/* A month that stands closed: told again, unless what it signed changed. */
static void tell_standing(struct run *run, const struct subject *subject)
{
    const struct newest *newest = &subject->newest;

    if (!newest->is_suspended) {
        append_statement(run, newest->statement);
        g_string_append_printf(
            run->talk, "%s %s: closed already (close %" G_GINT64_FORMAT "), and as it was signed\n",
            subject->organization_id, subject->month->text, newest->sequence);
        return;
    }
    run->is_refused = TRUE;
    append_title(run->lists, subject);
    lines_wrapped(run->lists, "  red     ",
                  "its sign-off is suspended: what it signed changed since "
                  "(`trueup report exceptions`, RESTATED_AFTER_CLOSE)");
    lines_wrapped(run->lists, "          ",
                  "next: `trueup reopen` the month with a reason, then close it again.");
}

static gboolean close_one(struct run *run, struct subject *subject, GError **error)
{
    g_autoptr(GString) statement = g_string_new(NULL);
    gboolean passed = FALSE;
    char hash[DIGEST_HEX_LEN + 1];

    if (subject->newest.is_standing) {
        tell_standing(run, subject);
        return TRUE;
    }
    if (!checks_run(subject, &passed, error))
        return FALSE;
    append_title(run->lists, subject);
    checks_print(subject, run->lists);
    if (!passed)
        run->is_refused = TRUE;
    if (run->is_refused)
        return TRUE;
    if (!statement_print(subject, statement, error) || !close_store(subject, statement->str, error))
        return FALSE;
    append_statement(run, statement->str);
    digest_text(statement->str, -1, hash);
    g_string_append_printf(
        run->talk, "%s %s: closed (close %" G_GINT64_FORMAT "), SHA-256 of the statement %s\n",
        subject->organization_id, subject->month->text, subject->newest.sequence + 1, hash);
    return TRUE;
}

/* All are read before the first is closed, for a close of one month changes none of the others. */
static GPtrArray *load_subjects(struct run *run, GError **error)
{
    g_autoptr(GHashTable) hashes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GPtrArray) subjects =
        db_run(run->db, "close_gather", error)
            ? subjects_load(run->db, &run->month, run->request, hashes, error)
            : NULL;

    if (!subjects || !subjects_load_contents(subjects, run->db, &run->month, error))
        return NULL;
    if (subjects->len > 0)
        return g_steal_pointer(&subjects);
    const char *id = run->request->organization_id;
    g_autofree char *whose = id ? g_strconcat("organization ", id, NULL) : g_strdup("the ledger");
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                "close: %s has no fact on or before %s\n"
                "hint: `trueup status` lists the organizations by name and id, and what is covered",
                whose, run->month.last);
    return NULL;
}

gboolean close_month(struct db *db, const struct close_request *request, GString *out,
                     GString *talk, gboolean *refused, GError **error)
{
    g_autoptr(GString) statements = g_string_new(NULL);
    g_autoptr(GString) lists = g_string_new(NULL);
    g_autoptr(GString) done = g_string_new(NULL);
    struct run run = {
        .db = db, .request = request, .statements = statements, .lists = lists, .talk = done};
    g_autoptr(Transaction) transaction = NULL;
    g_autoptr(GPtrArray) subjects = NULL;

    if (!month_parse(&run.month, request->month, error))
        return FALSE;
    transaction = transaction_begin(db, error);
    subjects = transaction ? load_subjects(&run, error) : NULL;
    if (!subjects)
        return FALSE;
    for (guint i = 0; i < subjects->len; i++)
        if (!close_one(&run, g_ptr_array_index(subjects, i), error))
            return FALSE;
    *refused = run.is_refused;
    g_string_append(out, run.is_refused ? lists->str : statements->str);
    if (run.is_refused)
        return TRUE; /* and the transaction goes, with what was closed before the one that is red */
    g_string_append(talk, done->str);
    return close_run(db, error) && transaction_commit(transaction, error);
}
