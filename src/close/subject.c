/* subject.c - reading what the ledger says of an organization's month. */
#include "close/subject.h"
#include "close/source_file.h"

static void payment_free(struct payment *payment)
{
    g_free(payment->reference);
    g_free(payment->paid_on);
    g_free(payment->status);
    g_free(payment->state);
    g_free(payment);
}

static void exception_free(struct open_exception *exception)
{
    g_free(exception->code);
    g_free(exception->severity);
    g_free(exception->dated_on);
    g_free(exception->reference);
    g_free(exception);
}

static void check_free(struct check *check)
{
    g_free(check->finding);
    g_free(check->next_action);
    g_free(check->reason);
    g_free(check);
}

static void figures_clear(struct figures *figures)
{
    g_free(figures->other_policy);
}

void newest_clear(struct newest *newest)
{
    g_free(newest->statement);
    g_free(newest->sha256);
    g_free(newest->reason);
}

void subject_free(struct subject *subject)
{
    if (!subject)
        return;
    g_free(subject->organization_id);
    g_free(subject->name);
    g_free(subject->cost_from);
    g_free(subject->earlier);
    newest_clear(&subject->newest);
    g_array_unref(subject->figures);
    g_ptr_array_unref(subject->payments);
    g_ptr_array_unref(subject->exceptions);
    g_ptr_array_unref(subject->sources);
    g_clear_pointer(&subject->facts, g_ptr_array_unref);
    g_ptr_array_unref(subject->checks);
    g_free(subject);
}

static void copy_currency(char out[4], struct statement *row, int column)
{
    const char *text = statement_text(row, column);

    g_strlcpy(out, text ? text : "", 4);
}

gboolean newest_load(struct newest *out, struct db *db, const char *organization_id,
                     const char *month, GError **error)
{
    struct statement *row = statement_get(db, "close_newest", error);
    enum row_status status;

    *out = (struct newest){0};
    if (!row)
        return FALSE;
    statement_bind_text(row, "organization_id", organization_id);
    statement_bind_text(row, "month", month);
    status = statement_step(row, error);
    if (status == ROW) {
        out->sequence = statement_int(row, 0);
        out->is_standing = statement_int(row, 1) == 1;
        out->is_suspended = out->is_standing && statement_int(row, 2) == 1;
        out->statement = g_strdup(statement_text(row, 3));
        out->sha256 = g_strdup(statement_text(row, 4));
        out->reason = g_strdup(statement_text(row, 5));
    }
    statement_reset(row);
    return status != FAILED;
}

static gboolean load_earlier(struct subject *subject, GError **error)
{
    struct statement *row = statement_get(subject->db, "close_neighbours", error);

    if (!row)
        return FALSE;
    statement_bind_text(row, "organization_id", subject->organization_id);
    statement_bind_text(row, "month", subject->month->text);
    if (statement_step(row, error) != ROW)
        return FALSE;
    subject->earlier = g_strdup(statement_text(row, 0));
    statement_reset(row);
    return TRUE;
}

static gboolean load_figures(struct subject *subject, GError **error)
{
    struct statement *row = statement_get(subject->db, "close_rollforward", error);
    enum row_status status = FAILED;

    if (!row)
        return FALSE;
    statement_bind_text(row, "organization_id", subject->organization_id);
    statement_bind_text(row, "month", subject->month->text);
    statement_bind_text(row, "policy", SIGNED_POLICY);
    while ((status = statement_step(row, error)) == ROW) {
        struct figures figures = {0};

        copy_currency(figures.currency, row, 0);
        for (int i = 0; i < FIGURES; i++)
            figures.nanos[i] = statement_int(row, 1 + i);
        figures.is_observed = !statement_is_null(row, 1 + FIGURES);
        figures.observed_nanos = statement_int(row, 1 + FIGURES);
        figures.unexplained_nanos = statement_int(row, 2 + FIGURES);
        figures.other_closing_nanos = statement_int(row, 3 + FIGURES);
        figures.other_expired_nanos = statement_int(row, 4 + FIGURES);
        figures.other_policy = g_strdup(statement_text(row, 5 + FIGURES));
        g_array_append_val(subject->figures, figures);
    }
    statement_reset(row);
    return status == END;
}

static void bind_days(const struct subject *subject, struct statement *statement)
{
    statement_bind_int(statement, "organization_key", subject->organization_key);
    statement_bind_text(statement, "first", subject->month->first);
    statement_bind_text(statement, "last", subject->month->last);
}

static gboolean load_payments(struct subject *subject, GError **error)
{
    struct statement *row = statement_get(subject->db, "close_topups", error);
    enum row_status status = FAILED;

    if (!row)
        return FALSE;
    bind_days(subject, row);
    while ((status = statement_step(row, error)) == ROW) {
        struct payment *payment = g_new0(struct payment, 1);

        payment->reference = g_strdup(statement_text(row, 1));
        payment->paid_on = g_strdup(statement_text(row, 2));
        payment->status = g_strdup(statement_text(row, 3));
        payment->credit_nanos = statement_int(row, 4);
        copy_currency(payment->credit_currency, row, 5);
        payment->total_nanos = statement_int(row, 6);
        copy_currency(payment->currency, row, 7);
        payment->state = g_strdup(statement_text(row, 8));
        g_ptr_array_add(subject->payments, payment);
    }
    statement_reset(row);
    return status == END;
}

static gboolean load_exceptions(struct subject *subject, GError **error)
{
    struct statement *row = statement_get(subject->db, "close_exceptions", error);
    enum row_status status = FAILED;

    if (!row)
        return FALSE;
    statement_bind_int(row, "organization_key", subject->organization_key);
    statement_bind_text(row, "last", subject->month->last);
    while ((status = statement_step(row, error)) == ROW) {
        struct open_exception *exception = g_new0(struct open_exception, 1);

        exception->code = g_strdup(statement_text(row, 0));
        exception->severity = g_strdup(statement_text(row, 1));
        exception->dated_on = g_strdup(statement_text(row, 2));
        exception->amount_nanos = statement_int(row, 3);
        copy_currency(exception->currency, row, 4);
        exception->reference = g_strdup(statement_text(row, 5));
        exception->age_days = statement_int(row, 6);
        g_ptr_array_add(subject->exceptions, exception);
    }
    statement_reset(row);
    return status == END;
}

static gboolean load_sources(struct subject *subject, GHashTable *hashes, GError **error)
{
    struct statement *rows = statement_get(subject->db, "close_sources", error);

    if (!rows)
        return FALSE;
    bind_days(subject, rows);
    statement_bind_int(rows, "first_at", subject->month->first_at);
    statement_bind_int(rows, "until_at", subject->month->until_at);
    return source_files_load(rows, subject->sources, hashes, error);
}

static struct subject *subject_new(struct db *db, const struct month *month,
                                   const struct close_request *request, struct statement *row)
{
    struct subject *subject = g_new0(struct subject, 1);

    subject->db = db;
    subject->month = month;
    subject->request = request;
    subject->organization_key = statement_int(row, 0);
    subject->organization_id = g_strdup(statement_text(row, 1));
    subject->name = g_strdup(statement_text(row, 2));
    subject->is_invoiced = strcmp(statement_text(row, 3), "invoiced") == 0;
    subject->cost_from = g_strdup(statement_text(row, 4));
    subject->has_amount = !statement_is_null(row, 5);
    subject->amount_nanos = statement_int(row, 5);
    subject->has_share = !statement_is_null(row, 6);
    subject->share_ppm = statement_int(row, 6);
    subject->figures = g_array_new(FALSE, FALSE, sizeof(struct figures));
    g_array_set_clear_func(subject->figures, (GDestroyNotify)figures_clear);
    subject->payments = g_ptr_array_new_with_free_func((GDestroyNotify)payment_free);
    subject->exceptions = g_ptr_array_new_with_free_func((GDestroyNotify)exception_free);
    subject->sources = g_ptr_array_new_with_free_func((GDestroyNotify)source_file_free);
    subject->checks = g_ptr_array_new_with_free_func((GDestroyNotify)check_free);
    return subject;
}

static struct subject *subject_load(struct db *db, const struct month *month,
                                    const struct close_request *request, struct statement *row,
                                    GHashTable *hashes, GError **error)
{
    g_autoptr(Subject) subject = subject_new(db, month, request, row);

    if (!newest_load(&subject->newest, db, subject->organization_id, month->text, error) ||
        !load_earlier(subject, error) || !load_figures(subject, error) ||
        !load_payments(subject, error) || !load_exceptions(subject, error) ||
        !load_sources(subject, hashes, error))
        return NULL;
    return g_steal_pointer(&subject);
}

GPtrArray *subjects_load(struct db *db, const struct month *month,
                         const struct close_request *request, GHashTable *hashes, GError **error)
{
    struct statement *row = statement_get(db, "close_organizations", error);
    g_autoptr(GPtrArray) subjects = g_ptr_array_new_with_free_func((GDestroyNotify)subject_free);
    enum row_status status = FAILED;

    if (!row)
        return NULL;
    statement_bind_text(row, "last", month->last);
    statement_bind_text(row, "org", request->organization_id);
    while ((status = statement_step(row, error)) == ROW) {
        struct subject *subject = subject_load(db, month, request, row, hashes, error);

        if (!subject)
            break;
        g_ptr_array_add(subjects, subject);
    }
    statement_reset(row);
    return status == END ? g_steal_pointer(&subjects) : NULL;
}

static gboolean load_facts(struct subject *subject, GError **error)
{
    struct statement *rows = statement_get(subject->db, "close_contents", error);

    if (!rows)
        return FALSE;
    statement_bind_text(rows, "organization_id", subject->organization_id);
    subject->facts = contents_facts(rows, error);
    return subject->facts != NULL;
}

/* All that a month covers is read at once: a mart of facts is read whole for each organization. */
gboolean subjects_load_contents(GPtrArray *subjects, struct db *db, const struct month *month,
                                GError **error)
{
    static const char *const gathered[] = {"close_gather_contents", "close_gather_moved"};

    for (guint i = 0; i < G_N_ELEMENTS(gathered); i++) {
        struct statement *insert = statement_get(db, gathered[i], error);

        if (!insert)
            return FALSE;
        statement_bind_text(insert, "month", month->text);
        if (!statement_execute(insert, error))
            return FALSE;
    }
    for (guint i = 0; i < subjects->len; i++)
        if (!load_facts(g_ptr_array_index(subjects, i), error))
            return FALSE;
    return TRUE;
}
