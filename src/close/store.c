/* store.c - writing a close down: its row, its facts, its waivers, and the act in the log. */
#include "close/subject.h"
#include "core/audit.h"

static void bind_key(struct statement *statement, const struct contents *contents)
{
    statement_bind_text(statement, "organization_id", contents->organization_id);
    statement_bind_text(statement, "month", contents->month);
    statement_bind_int(statement, "sequence", contents->sequence);
}

static gboolean insert_fact(struct db *db, const struct contents *contents, const struct fact *fact,
                            GError **error)
{
    struct statement *insert = statement_get(db, "close_fact_insert", error);

    if (!insert)
        return FALSE;
    bind_key(insert, contents);
    statement_bind_text(insert, "kind", fact->kind);
    statement_bind_text(insert, "id", fact->id);
    statement_bind_text(insert, "currency", fact->currency);
    statement_bind_int(insert, "amount_nanos", fact->amount_nanos);
    statement_bind_text(insert, "text", fact->text);
    statement_bind_text(insert, "source", fact->source);
    return statement_execute(insert, error);
}

static gboolean insert_waiver(struct db *db, const struct contents *contents,
                              const struct close_waiver *waiver, GError **error)
{
    struct statement *insert = statement_get(db, "close_waiver_insert", error);

    if (!insert)
        return FALSE;
    bind_key(insert, contents);
    statement_bind_text(insert, "code", waiver->code);
    statement_bind_text(insert, "reason", waiver->reason);
    return statement_execute(insert, error);
}

static gboolean insert_check(const struct subject *subject, const struct contents *contents,
                             guint index, GError **error)
{
    const struct check *check = g_ptr_array_index(subject->checks, index);
    struct statement *insert = statement_get(subject->db, "close_check_insert", error);

    if (!insert)
        return FALSE;
    bind_key(insert, contents);
    statement_bind_int(insert, "position", index + 1);
    statement_bind_text(insert, "code", check->code);
    statement_bind_text(insert, "state", check_state_name(check->state));
    statement_bind_text(insert, "finding", check->finding);
    return statement_execute(insert, error);
}

static gboolean insert_close(struct db *db, const struct contents *contents, const char *statement,
                             const char *hash, int64_t audit_id, GError **error)
{
    struct statement *insert = statement_get(db, "close_insert", error);

    if (!insert)
        return FALSE;
    bind_key(insert, contents);
    statement_bind_text(insert, "next_month", contents->next_month);
    statement_bind_text(insert, "policy", contents->policy);
    statement_bind_text(insert, "prepared_by", contents->prepared_by);
    statement_bind_text(insert, "reviewed_by", contents->reviewed_by);
    statement_bind_text(insert, "statement", statement);
    statement_bind_text(insert, "statement_sha256", contents->statement_sha256);
    statement_bind_text(insert, "contents_sha256", hash);
    statement_bind_int(insert, "audit_id", audit_id);
    return statement_execute(insert, error);
}

static gboolean log_close(struct db *db, const struct contents *contents, const char *hash,
                          int64_t *audit_id, GError **error)
{
    g_autofree char *subject = close_act_subject(contents->organization_id, contents->month);
    g_autofree char *hashes =
        close_act_hashes(contents->sequence, contents->statement_sha256, hash);
    g_autoptr(GString) detail = g_string_new(hashes);
    struct act act = {.action = "close", .subject = subject};
    struct audit_head head;

    g_string_append_printf(detail, "prepared-by=%s\nreviewed-by=%s", contents->prepared_by,
                           contents->reviewed_by);
    for (guint i = 0; i < contents->waivers->len; i++) {
        const struct close_waiver *waiver = g_ptr_array_index(contents->waivers, i);

        g_string_append_printf(detail, "\nwaived=%s: %s", waiver->code, waiver->reason);
    }
    act.detail = detail->str;
    if (!audit_append(db, &act, error) || !audit_head(db, &head, error))
        return FALSE;
    *audit_id = head.count;
    return TRUE;
}

static gint compare_codes(gconstpointer a, gconstpointer b)
{
    const struct close_waiver *const *one = a, *const *other = b;

    return strcmp((*one)->code, (*other)->code);
}

static GPtrArray *waivers_of(const struct subject *subject)
{
    GPtrArray *waivers = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < subject->checks->len; i++) {
        const struct check *check = g_ptr_array_index(subject->checks, i);
        struct close_waiver *waiver;

        if (check->state != WAIVED)
            continue;
        waiver = g_new0(struct close_waiver, 1);
        waiver->code = check->code;
        waiver->reason = check->reason;
        g_ptr_array_add(waivers, waiver);
    }
    g_ptr_array_sort(waivers, compare_codes);
    return waivers;
}

gboolean close_store(const struct subject *subject, const char *statement, GError **error)
{
    g_autoptr(GPtrArray) waivers = waivers_of(subject);
    char statement_hash[DIGEST_HEX_LEN + 1], hash[DIGEST_HEX_LEN + 1];
    const struct contents contents = {
        .organization_id = subject->organization_id,
        .month = subject->month->text,
        .next_month = subject->month->next,
        .policy = SIGNED_POLICY,
        .prepared_by = subject->request->prepared_by,
        .reviewed_by = subject->request->reviewed_by,
        .statement_sha256 = statement_hash,
        .sequence = subject->newest.sequence + 1,
        .facts = subject->facts,
        .waivers = waivers,
    };
    int64_t audit_id = 0;

    digest_text(statement, -1, statement_hash);
    contents_hash(&contents, hash);
    if (!log_close(subject->db, &contents, hash, &audit_id, error) ||
        !insert_close(subject->db, &contents, statement, hash, audit_id, error))
        return FALSE;
    for (guint i = 0; i < subject->facts->len; i++)
        if (!insert_fact(subject->db, &contents, g_ptr_array_index(subject->facts, i), error))
            return FALSE;
    for (guint i = 0; i < waivers->len; i++)
        if (!insert_waiver(subject->db, &contents, g_ptr_array_index(waivers, i), error))
            return FALSE;
    for (guint i = 0; i < subject->checks->len; i++)
        if (!insert_check(subject, &contents, i, error))
            return FALSE;
    return TRUE;
}
