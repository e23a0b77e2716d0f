/* reopen.c - taking the newest close of a month back; it stays in the history. */
#include "close/close.h"
#include "close/subject.h"
#include "core/audit.h"
#include "core/error.h"

struct standing {
    char *organization_id;
    int64_t sequence;
};

static void standing_free(struct standing *standing)
{
    g_free(standing->organization_id);
    g_free(standing);
}

static GPtrArray *load_standing(struct db *db, const char *organization_id,
                                const struct month *month, GError **error)
{
    struct statement *row = statement_get(db, "close_standing", error);
    g_autoptr(GPtrArray) closes = g_ptr_array_new_with_free_func((GDestroyNotify)standing_free);
    enum row_status status = FAILED;

    if (!row)
        return NULL;
    statement_bind_text(row, "org", organization_id);
    statement_bind_text(row, "month", month->text);
    while ((status = statement_step(row, error)) == ROW) {
        struct standing *standing = g_new0(struct standing, 1);

        standing->organization_id = g_strdup(statement_text(row, 0));
        standing->sequence = statement_int(row, 1);
        g_ptr_array_add(closes, standing);
    }
    statement_reset(row);
    if (status == END && closes->len == 0)
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "reopen: %s is not closed%s%s\n"
                    "hint: `trueup report closings` lists the months that are",
                    month->text, organization_id ? " for " : "",
                    organization_id ? organization_id : "");
    return status == END && closes->len > 0 ? g_steal_pointer(&closes) : NULL;
}

/* A later month's opening is this one's closing: it must go first. */
static gboolean check_newest(struct db *db, const struct standing *standing,
                             const struct month *month, GError **error)
{
    struct statement *row = statement_get(db, "close_neighbours", error);
    g_autofree char *later = NULL;

    if (!row)
        return FALSE;
    statement_bind_text(row, "organization_id", standing->organization_id);
    statement_bind_text(row, "month", month->text);
    if (statement_step(row, error) != ROW)
        return FALSE;
    later = g_strdup(statement_text(row, 1));
    statement_reset(row);
    if (later)
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "reopen: %s of %s is closed too, and stands on the closing of %s\n"
                    "hint: reopen %s first",
                    later, standing->organization_id, month->text, later);
    return !later;
}

static gboolean reopen_one(struct db *db, const struct standing *standing,
                           const struct month *month, const char *reason, GError **error)
{
    g_autofree char *subject = close_act_subject(standing->organization_id, month->text);
    g_autofree char *detail =
        g_strdup_printf("sequence=%" G_GINT64_FORMAT "\nreason=%s", standing->sequence, reason);
    const struct act act = {.action = "reopen", .subject = subject, .detail = detail};
    struct statement *insert;
    struct audit_head head;

    if (!check_newest(db, standing, month, error) || !audit_append(db, &act, error) ||
        !audit_head(db, &head, error))
        return FALSE;
    insert = statement_get(db, "close_reopen_insert", error);
    if (!insert)
        return FALSE;
    statement_bind_text(insert, "organization_id", standing->organization_id);
    statement_bind_text(insert, "month", month->text);
    statement_bind_int(insert, "sequence", standing->sequence);
    statement_bind_text(insert, "reason", reason);
    statement_bind_int(insert, "audit_id", head.count);
    return statement_execute(insert, error);
}

gboolean close_reopen(struct db *db, const char *organization_id, const char *month_text,
                      const char *reason, GString *talk, GError **error)
{
    struct month month;
    g_autoptr(Transaction) transaction = NULL;
    g_autoptr(GPtrArray) closes = NULL;

    if (!month_parse(&month, month_text, error))
        return FALSE;
    transaction = transaction_begin(db, error);
    closes = transaction ? load_standing(db, organization_id, &month, error) : NULL;
    if (!closes)
        return FALSE;
    for (guint i = 0; i < closes->len; i++) {
        const struct standing *standing = g_ptr_array_index(closes, i);

        if (!reopen_one(db, standing, &month, reason, error))
            return FALSE;
        g_string_append_printf(talk, "%s %s: reopened; close %" G_GINT64_FORMAT " is history\n",
                               standing->organization_id, month.text, standing->sequence);
    }
    return close_run(db, error) && transaction_commit(transaction, error);
}
