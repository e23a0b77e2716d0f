/*
 * refund_risk.c - what the grant behind a refunded charge has left, told once grants are drawn.
 *
 * Matching comes before burn-down and cannot know. What is left under the default order of burning
 * is what a withdrawal would take; the rest of it would be overdraft.
 */
#include "match/match.h"
#include "match/sentence.h"

struct risk {
    int64_t refund_charge_id;
    char *exception_id, *explanation;
};

static void risk_clear(gpointer pointer)
{
    struct risk *risk = pointer;

    g_free(risk->exception_id);
    g_free(risk->explanation);
}

static const char *text_of(struct statement *row, const char *name)
{
    return statement_text(row, statement_column_index(row, name));
}

static int64_t int_of(struct statement *row, const char *name)
{
    return statement_int(row, statement_column_index(row, name));
}

static GArray *risks_read(struct db *db, GError **error)
{
    struct statement *rows = statement_get(db, "match_refund_risks", error);
    g_autoptr(GArray) risks = g_array_new(FALSE, FALSE, sizeof(struct risk));
    enum row_status status = FAILED;

    g_array_set_clear_func(risks, risk_clear);
    while (rows && (status = statement_step(rows, error)) == ROW) {
        g_autofree char *left =
            sentence_money(int_of(rows, "remaining_nanos"), text_of(rows, "currency"));
        struct risk risk = {
            .refund_charge_id = int_of(rows, "refund_charge_id"),
            .exception_id = g_strdup(text_of(rows, "exception_id")),
            .explanation =
                g_strdup_printf("%s Its grant has %s left.", text_of(rows, "reason"), left),
        };

        g_array_append_val(risks, risk);
    }
    if (rows)
        statement_reset(rows);
    return status == END ? g_steal_pointer(&risks) : NULL;
}

static gboolean risk_write(struct db *db, const struct risk *risk, GError **error)
{
    struct statement *refund = statement_get(db, "match_refund_explain", error);
    struct statement *exception =
        refund ? statement_get(db, "match_exception_explain", error) : NULL;

    if (!exception)
        return FALSE;
    statement_bind_text(refund, "explanation", risk->explanation);
    statement_bind_int(refund, "refund_charge_id", risk->refund_charge_id);
    statement_bind_text(exception, "explanation", risk->explanation);
    statement_bind_text(exception, "id", risk->exception_id);
    return statement_execute(refund, error) && statement_execute(exception, error);
}

gboolean match_weigh_refunds(struct db *db, GError **error)
{
    g_autoptr(GArray) risks = risks_read(db, error);

    for (guint i = 0; risks && i < risks->len; i++)
        if (!risk_write(db, &g_array_index(risks, struct risk, i), error))
            return FALSE;
    return risks != NULL;
}
