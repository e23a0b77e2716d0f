/* held.c - decisions read back, and one more written. */
#include "decide/held.h"
#include "core/audit.h"
#include "core/instant.h"
#include "decide/act.h"

static void held_free(gpointer pointer)
{
    struct held *held = pointer;

    g_free(held->id);
    g_free(held->verb);
    g_free(held->leg);
    g_free(held->cause);
    g_free(held->by);
    g_ptr_array_unref(held->fact_ids);
    g_array_unref(held->keys);
    g_free(held);
}

static const char *text_of(struct statement *row, const char *name)
{
    return statement_text(row, statement_column_index(row, name));
}

static int64_t int_of(struct statement *row, const char *name)
{
    return statement_int(row, statement_column_index(row, name));
}

static struct held *held_read(struct statement *row)
{
    struct held *held = g_new0(struct held, 1);

    held->decision_id = int_of(row, "decision_id");
    held->amount_nanos = int_of(row, "amount_nanos");
    held->id = g_strdup(text_of(row, "id"));
    held->verb = g_strdup(text_of(row, "verb"));
    held->leg = g_strdup(text_of(row, "leg"));
    held->cause = g_strdup(text_of(row, "cause"));
    held->by = g_strdup(text_of(row, "decided_by"));
    day_format(day_from_instant(int_of(row, "decided_at")), held->on);
    held->fact_ids = g_ptr_array_new_with_free_func(g_free);
    held->keys = g_array_new(FALSE, FALSE, sizeof(struct held_key));
    return held;
}

static enum fact_kind kind_of(const char *name)
{
    enum fact_kind kind = FACT_TOPUP;

    while (!g_str_equal(fact_kind_name(kind), name))
        kind++;
    return kind;
}

GPtrArray *held_find(struct db *db, const struct fact *fact, GError **error)
{
    struct statement *rows = statement_get(db, "decide_in_force", error);
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(held_free);
    struct held *held = NULL;
    enum row_status status;

    if (!rows)
        return NULL;
    statement_bind_text(rows, "kind", fact_kind_name(fact->kind));
    statement_bind_int(rows, "fact_key", fact->key);
    statement_bind_text(rows, "id", fact->id);
    while ((status = statement_step(rows, error)) == ROW) {
        struct held_key key = {kind_of(text_of(rows, "kind")), int_of(rows, "fact_key")};

        if (!held || held->decision_id != int_of(rows, "decision_id"))
            g_ptr_array_add(all, held = held_read(rows));
        g_ptr_array_add(held->fact_ids, g_strdup(text_of(rows, "fact_id")));
        g_array_append_val(held->keys, key);
    }
    statement_reset(rows);
    return status == END ? g_steal_pointer(&all) : NULL;
}

static gboolean is_named(const struct held *held, guint index, const struct fact *fact)
{
    const struct held_key *key = &g_array_index(held->keys, struct held_key, index);

    return key->kind == fact->kind &&
           (fact->key ? key->key == fact->key
                      : g_str_equal(g_ptr_array_index(held->fact_ids, index), fact->id));
}

gboolean held_names_each(const struct held *held, const GPtrArray *facts)
{
    for (guint i = 0; i < facts->len; i++) {
        gboolean found = FALSE;

        for (guint k = 0; !found && k < held->keys->len; k++)
            found = is_named(held, k, g_ptr_array_index(facts, i));
        if (!found)
            return FALSE;
    }
    return TRUE;
}

gboolean held_is_within(const struct held *held, const GPtrArray *facts)
{
    for (guint k = 0; k < held->keys->len; k++) {
        gboolean found = FALSE;

        for (guint i = 0; !found && i < facts->len; i++)
            found = is_named(held, k, g_ptr_array_index(facts, i));
        if (!found)
            return FALSE;
    }
    return TRUE;
}

gboolean held_names_all(const struct held *held, const GPtrArray *facts)
{
    return held->keys->len == facts->len && held_names_each(held, facts);
}

char *held_words(const struct held *held)
{
    return g_strdup_printf("by %s on %s (%s)", held->by, held->on, held->id);
}

void ruling_ends(struct ruling *ruling, const struct held *held)
{
    for (guint i = 0; i < ruling->ended->len; i++)
        if (g_array_index(ruling->ended, int64_t, i) == held->decision_id)
            return; /* by another of its facts */
    g_array_append_val(ruling->ended, held->decision_id);
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

static gboolean decision_insert(const struct ruling *ruling, int64_t decision_id, GError **error)
{
    const struct decision_request *request = ruling->request;
    struct statement *insert = statement_get(ruling->db, "decide_insert", error);
    g_autofree char *id = g_strdup_printf("d%" G_GINT64_FORMAT, decision_id);

    if (!insert)
        return FALSE;
    statement_bind_int(insert, "decision_id", decision_id);
    statement_bind_text(insert, "id", id);
    statement_bind_text(insert, "verb", request->is_undo ? "undo" : ruling->verb);
    statement_bind_text(insert, "leg", ruling->leg);
    statement_bind_int(insert, "amount_nanos", ruling->amount_nanos);
    statement_bind_text(insert, "currency", ruling->currency);
    statement_bind_text(insert, "cause", ruling->cause);
    statement_bind_text(insert, "why", or_empty(request->why));
    statement_bind_text(insert, "decided_by", request->by ? request->by : audit_actor());
    statement_bind_int(insert, "decided_at", audit_now());
    return statement_execute(insert, error);
}

static gboolean fact_insert(const struct ruling *ruling, int64_t decision_id, guint index,
                            GError **error)
{
    const struct fact *fact = ruling_fact(ruling, index);
    struct statement *insert = statement_get(ruling->db, "decide_fact_insert", error);
    struct statement *rows = insert ? statement_get(ruling->db, "decide_rows_insert", error) : NULL;

    if (!rows)
        return FALSE;
    statement_bind_int(insert, "decision_id", decision_id);
    statement_bind_int(insert, "position", index + 1);
    statement_bind_text(insert, "kind", fact_kind_name(fact->kind));
    statement_bind_text(insert, "id", fact->id);
    statement_bind_int(rows, "decision_id", decision_id);
    statement_bind_int(rows, "position", index + 1);
    statement_bind_text(rows, "kind", fact_kind_name(fact->kind));
    statement_bind_int(rows, "fact_key", fact->key);
    return statement_execute(insert, error) && statement_execute(rows, error);
}

static gboolean end_insert(const struct ruling *ruling, int64_t decision_id, int64_t ended,
                           GError **error)
{
    struct statement *insert = statement_get(ruling->db, "decide_end_insert", error);

    if (!insert)
        return FALSE;
    statement_bind_int(insert, "decision_id", ended);
    statement_bind_int(insert, "ended_by", decision_id);
    statement_bind_text(insert, "how", ruling->request->is_undo ? "taken back" : "superseded");
    return statement_execute(insert, error);
}

static gboolean act_log(const struct ruling *ruling, int64_t decision_id, GError **error)
{
    g_auto(DecisionAct) act = {0};

    if (!decision_act_read(ruling->db, decision_id, &act, error))
        return FALSE;
    const struct act logged = {.actor = act.actor,
                               .action = act.action,
                               .subject = act.subject,
                               .detail = act.detail,
                               .done_at = act.done_at};

    return audit_append(ruling->db, &logged, error);
}

static gboolean mark_stale(struct db *db, GError **error)
{
    struct statement *write = statement_get(db, "meta_write", error);

    if (!write)
        return FALSE;
    statement_bind_text(write, "name", "stale");
    statement_bind_text(write, "value", "1");
    return statement_execute(write, error);
}

gboolean ruling_write(const struct ruling *ruling, GError **error)
{
    struct statement *last = statement_get(ruling->db, "decide_last", error);
    int64_t decision_id;

    if (!last || statement_step(last, error) != ROW)
        return FALSE;
    decision_id = statement_int(last, 0) + 1;
    statement_reset(last);
    if (!decision_insert(ruling, decision_id, error))
        return FALSE;
    for (guint i = 0; i < ruling->facts->len; i++)
        if (!fact_insert(ruling, decision_id, i, error))
            return FALSE;
    for (guint i = 0; i < ruling->ended->len; i++)
        if (!end_insert(ruling, decision_id, g_array_index(ruling->ended, int64_t, i), error))
            return FALSE;
    return act_log(ruling, decision_id, error) && mark_stale(ruling->db, error);
}
