/* audit.c - one insert into the log, and the digest that binds it to the row before. */
#include "core/audit_internal.h"

const char audit_no_hash[] = "0000000000000000000000000000000000000000000000000000000000000000";

const char *audit_actor(void)
{
    const char *name = g_get_user_name();

    return name && *name && g_utf8_validate(name, -1, NULL) ? name : "unknown";
}

int64_t audit_now(void)
{
    return g_get_real_time() / G_USEC_PER_SEC;
}

gboolean audit_head(struct db *db, struct audit_head *out, GError **error)
{
    struct statement *last = statement_get(db, "audit_last", error);
    enum row_status status;

    if (!last)
        return FALSE;
    *out = (struct audit_head){0};
    status = statement_step(last, error);
    if (status == ROW) {
        out->count = statement_int(last, 0);
        g_strlcpy(out->hash, statement_text(last, 1), sizeof out->hash);
    }
    statement_reset(last);
    return status != FAILED;
}

static void number_add(struct digest *digest, int64_t number)
{
    g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, number);

    digest_field(digest, text, strlen(text));
}

void audit_row_hash(const struct audit_row *row, char hex[DIGEST_HEX_LEN + 1])
{
    g_autoptr(Digest) digest = digest_new();

    number_add(digest, row->audit_id);
    number_add(digest, row->done_at);
    for (gsize i = 0; i < AUDIT_FIELDS; i++)
        digest_field(digest, row->fields[i].text, row->fields[i].len);
    digest_finish(digest, hex);
}

static const char *const field_names[AUDIT_FIELDS] = {
    [AUDIT_ACTOR] = "actor",   [AUDIT_ACTION] = "action",     [AUDIT_SUBJECT] = "subject",
    [AUDIT_DETAIL] = "detail", [AUDIT_PREVIOUS] = "previous",
};

static gboolean row_insert(struct db *db, const struct audit_row *row, const char *hash,
                           GError **error)
{
    struct statement *insert = statement_get(db, "audit_insert", error);

    if (!insert)
        return FALSE;
    statement_bind_int(insert, "audit_id", row->audit_id);
    statement_bind_int(insert, "done_at", row->done_at);
    for (gsize i = 0; i < AUDIT_FIELDS; i++)
        statement_bind_text(insert, field_names[i], row->fields[i].text);
    statement_bind_text(insert, "hash", hash);
    return statement_execute(insert, error);
}

static gboolean head_write(struct db *db, int64_t count, const char *hash, GError **error)
{
    struct statement *write = statement_get(db, "meta_write", error);
    g_autofree char *value = g_strdup_printf("%" G_GINT64_FORMAT " %s", count, hash);

    if (!write)
        return FALSE;
    statement_bind_text(write, "name", "audit_head");
    statement_bind_text(write, "value", value);
    return statement_execute(write, error);
}

static void field_set(struct audit_row *row, enum audit_field field, const char *text)
{
    row->fields[field] = (struct audit_text){text, strlen(text)};
}

gboolean audit_append(struct db *db, const struct act *act, GError **error)
{
    struct audit_head head;
    struct audit_row row = {.done_at = act->done_at ? act->done_at : audit_now()};
    char hash[DIGEST_HEX_LEN + 1];

    if (!audit_head(db, &head, error))
        return FALSE;
    row.audit_id = head.count + 1;
    field_set(&row, AUDIT_ACTOR, act->actor ? act->actor : audit_actor());
    field_set(&row, AUDIT_ACTION, act->action);
    field_set(&row, AUDIT_SUBJECT, act->subject);
    field_set(&row, AUDIT_DETAIL, act->detail);
    field_set(&row, AUDIT_PREVIOUS, head.count ? head.hash : audit_no_hash);
    audit_row_hash(&row, hash);
    return row_insert(db, &row, hash, error) && head_write(db, row.audit_id, hash, error);
}
