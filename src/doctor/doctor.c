/*
 * doctor.c - the causes, from the one that is most worth acting on.
 *
 * A balance that is used up is a fact, and no advice: what kept it from being filled comes before
 * it (money that went elsewhere, a payment that failed, a cap). A budget stops one project while
 * the organization's balance is above zero. Use that moved, or ended, explains an empty page and
 * stops no call.
 */
#include "doctor/doctor.h"
#include "core/money.h"
#include "doctor/diagnosis.h"

static const struct {
    const char *rows; /* the statement */
    cause_write write;
} causes[] = {
    {"doctor_elsewhere", elsewhere_write},
    {"doctor_payments", payment_write},
    {"doctor_caps", cap_write},
    {"doctor_balances", balance_write},
    {"doctor_budgets", budget_write},
    {"doctor_moved", project_write},
    {"doctor_keys", key_write},
    {"doctor_stopped", stop_write},
    {"doctor_unknown", unknown_write},
};

char *money_words(int64_t nanos, const char *currency)
{
    g_autofree char *amount = money_format_cents(nanos);

    return g_strdup_printf("%s %s", amount, currency);
}

gboolean diagnosis_write(struct db *db, const struct diagnosis *diagnosis, GError **error)
{
    struct statement *insert = statement_get(db, "doctor_insert", error);

    if (!insert)
        return FALSE;
    statement_bind_int(insert, "organization_key", diagnosis->organization_key);
    statement_bind_text(insert, "cause", diagnosis->cause);
    statement_bind_text(insert, "since_on", diagnosis->since_on); /* null as well */
    if (diagnosis->currency)
        statement_bind_int(insert, "amount_nanos", diagnosis->amount_nanos);
    statement_bind_text(insert, "currency", diagnosis->currency ? diagnosis->currency : "");
    statement_bind_text(insert, "reference", diagnosis->reference ? diagnosis->reference : "");
    statement_bind_key(insert, "file_id", diagnosis->file_id);
    statement_bind_int(insert, "line", diagnosis->line);
    statement_bind_text(insert, "finding", diagnosis->finding);
    statement_bind_text(insert, "next_step", diagnosis->next_step);
    statement_bind_text(insert, "evidence", diagnosis->evidence);
    return statement_execute(insert, error);
}

static gboolean look(struct db *db, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(causes); i++) {
        struct statement *row = statement_get(db, causes[i].rows, error);
        enum row_status status = FAILED;

        while (row && (status = statement_step(row, error)) == ROW)
            if (!causes[i].write(db, row, error)) {
                statement_reset(row);
                return FALSE;
            }
        if (status != END)
            return FALSE;
    }
    return TRUE;
}

gboolean doctor_run(struct db *db, GError **error)
{
    return db_run(db, "doctor_begin", error) && look(db, error) &&
           (!db_reads_only(db) || db_run(db, "doctor_end", error));
}
