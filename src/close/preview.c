/* preview.c - what a close would find, for whoever looks before signing. */
#include "close/subject.h"

static gboolean store_check(const struct subject *subject, guint index, GError **error)
{
    const struct check *check = g_ptr_array_index(subject->checks, index);
    struct statement *insert = statement_get(subject->db, "close_preview_check_insert", error);

    if (!insert)
        return FALSE;
    statement_bind_text(insert, "organization_id", subject->organization_id);
    statement_bind_text(insert, "month", subject->month->text);
    statement_bind_int(insert, "position", index + 1);
    statement_bind_text(insert, "code", check->code);
    statement_bind_text(insert, "state", check_state_name(check->state));
    statement_bind_text(insert, "finding", check->finding);
    statement_bind_text(insert, "next_action", check->state == RED ? check->next_action : "");
    return statement_execute(insert, error);
}

static gboolean store_materiality(const struct subject *subject, const char *currency,
                                  GError **error)
{
    struct statement *insert = NULL;
    g_autofree char *rule = subject_materiality_rule(subject);
    int64_t limit = 0;

    if (!subject_materiality(subject, currency, &limit, error))
        return FALSE;
    insert = statement_get(subject->db, "close_preview_materiality_insert", error);
    if (!insert)
        return FALSE;
    statement_bind_text(insert, "organization_id", subject->organization_id);
    statement_bind_text(insert, "month", subject->month->text);
    statement_bind_text(insert, "currency", currency);
    statement_bind_int(insert, "limit_nanos", limit);
    statement_bind_text(insert, "rule", rule);
    return statement_execute(insert, error);
}

/* The list of a month that stands closed is the one that was signed. */
static gboolean store(struct subject *subject, GError **error)
{
    gboolean passed;

    for (guint i = 0; i < subject->figures->len; i++)
        if (!store_materiality(subject, g_array_index(subject->figures, struct figures, i).currency,
                               error))
            return FALSE;
    if (subject->newest.is_standing)
        return TRUE;
    if (!checks_run(subject, &passed, error))
        return FALSE;
    for (guint i = 0; i < subject->checks->len; i++)
        if (!store_check(subject, i, error))
            return FALSE;
    return TRUE;
}

static gboolean preview_month(struct db *db, const char *text, const char *organization_id,
                              GHashTable *hashes, GError **error)
{
    const struct close_request request = {
        .organization_id = organization_id, .month = text, .prepared_by = "", .reviewed_by = ""};
    struct month month;
    g_autoptr(GPtrArray) subjects = NULL;

    if (!month_parse(&month, text, error))
        return FALSE;
    subjects = subjects_load(db, &month, &request, hashes, error);
    if (!subjects)
        return FALSE;
    for (guint i = 0; i < subjects->len; i++)
        if (!store(g_ptr_array_index(subjects, i), error))
            return FALSE;
    return TRUE;
}

/* "2026-10" each: read whole before the first is looked at. */
static GPtrArray *find_months(struct db *db, const char *from, const char *until, GError **error)
{
    struct statement *row = statement_get(db, "close_months", error);
    g_autoptr(GPtrArray) months = g_ptr_array_new_with_free_func(g_free);
    enum row_status status = FAILED;

    if (!row)
        return NULL;
    statement_bind_text(row, "from", from);
    statement_bind_text(row, "until", until);
    while ((status = statement_step(row, error)) == ROW)
        g_ptr_array_add(months, g_strdup(statement_text(row, 0)));
    statement_reset(row);
    return status == END ? g_steal_pointer(&months) : NULL;
}

static gboolean preview(struct db *db, const char *organization_id, const char *from,
                        const char *until, GError **error)
{
    g_autoptr(GHashTable) hashes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GPtrArray) months = find_months(db, from, until, error);

    for (guint i = 0; months && i < months->len; i++)
        if (!preview_month(db, g_ptr_array_index(months, i), organization_id, hashes, error))
            return FALSE;
    return months != NULL;
}

gboolean close_preview(struct db *db, const char *organization_id, const char *from,
                       const char *until, GError **error)
{
    return db_run(db, "close_preview_begin", error) && db_run(db, "close_gather", error) &&
           preview(db, organization_id, from ? from : "1970-01-01", until ? until : "9999-12-31",
                   error) &&
           (!db_reads_only(db) || db_run(db, "close_preview_end", error));
}
