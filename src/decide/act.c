/* act.c - what the log tells of a decision: all that its tables hold, the records as a digest. */
#include "decide/act.h"
#include "core/digest.h"
#include "core/money.h"

void decision_act_clear(struct decision_act *act)
{
    g_free(act->actor);
    g_free(act->action);
    g_free(act->subject);
    g_free(act->detail);
}

static struct statement *rows_of(struct db *db, const char *name, int64_t decision_id,
                                 GError **error)
{
    struct statement *rows = statement_get(db, name, error);

    if (rows)
        statement_bind_int(rows, "decision_id", decision_id);
    return rows;
}

static void digest_column(struct digest *digest, struct statement *row, int column)
{
    const char *text = statement_text(row, column);

    digest_field(digest, text ? text : "", statement_text_len(row, column));
}

/* The facts' ids into the subject, and all of these rows into the digest. */
static gboolean read_facts(struct statement *row, struct digest *digest, GString *subject,
                           GError **error)
{
    enum row_status status = FAILED;

    while (row && (status = statement_step(row, error)) == ROW) {
        g_string_append_printf(subject, "%s%s", subject->len ? " " : "", statement_text(row, 2));
        for (int column = 0; column < 3; column++)
            digest_column(digest, row, column);
    }
    if (row)
        statement_reset(row);
    return status == END;
}

static gboolean read_records(struct statement *row, struct digest *digest, GError **error)
{
    enum row_status status = FAILED;

    while (row && (status = statement_step(row, error)) == ROW)
        for (int column = 0; column < 4; column++)
            digest_column(digest, row, column);
    if (row)
        statement_reset(row);
    return status == END;
}

static gboolean read_ends(struct statement *row, GString *detail, GError **error)
{
    enum row_status status = FAILED;

    while (row && (status = statement_step(row, error)) == ROW)
        g_string_append_printf(detail, "\nends=d%" G_GINT64_FORMAT " %s", statement_int(row, 0),
                               statement_text(row, 1));
    if (row)
        statement_reset(row);
    return status == END;
}

static void append_named(GString *detail, const char *name, const char *value)
{
    if (*value)
        g_string_append_printf(detail, "\n%s=%s", name, value);
}

static gboolean read_decision(struct statement *row, struct decision_act *out, GString *detail,
                              GError **error)
{
    g_autofree char *amount = NULL;

    if (!row || statement_step(row, error) != ROW)
        return FALSE;
    amount = money_format(statement_int(row, 3), 2);
    out->action = g_strdup(statement_text(row, 1));
    out->actor = g_strdup(statement_text(row, 7));
    out->done_at = statement_int(row, 8);
    g_string_printf(detail, "decision=%s", statement_text(row, 0));
    append_named(detail, "leg", statement_text(row, 2));
    if (*statement_text(row, 4) || statement_int(row, 3) != 0)
        append_named(detail, "amount", amount);
    append_named(detail, "currency", statement_text(row, 4));
    append_named(detail, "cause", statement_text(row, 5));
    append_named(detail, "why", statement_text(row, 6));
    statement_reset(row);
    return TRUE;
}

gboolean decision_act_read(struct db *db, int64_t decision_id, struct decision_act *out,
                           GError **error)
{
    g_autoptr(GString) subject = g_string_new(NULL);
    g_autoptr(GString) detail = g_string_new(NULL);
    g_autoptr(Digest) digest = digest_new();
    char hash[DIGEST_HEX_LEN + 1];

    if (!read_decision(rows_of(db, "decide_act", decision_id, error), out, detail, error) ||
        !read_facts(rows_of(db, "decide_act_facts", decision_id, error), digest, subject, error) ||
        !read_records(rows_of(db, "decide_act_records", decision_id, error), digest, error) ||
        !read_ends(rows_of(db, "decide_act_ends", decision_id, error), detail, error))
        return FALSE;
    digest_finish(digest, hash);
    append_named(detail, "records", hash);
    out->subject = g_strdup(subject->str);
    out->detail = g_strdup(detail->str);
    return TRUE;
}
