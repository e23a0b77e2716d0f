/* store_credit_usage.c - rows of a ChatGPT workspace's credit report. */
#include "import/store.h"

gboolean store_credit_usage(struct load *load, const struct fact *fact, GError **error)
{
    const struct credit_usage_fact *usage = &fact->credit_usage;
    const struct civil *civil = &usage->day.civil;
    const struct amount credits = {
        .nanos = usage->credits_nanos, .residue = usage->residue, .present = TRUE};
    struct statement *statement;

    load_dated(load, day_from_civil(civil->year, civil->month, civil->day));
    if (load_is_bad(load))
        return TRUE;
    totals_add(&load->control, &credits);
    statement = statement_get(load->db, "credit_usage_row_insert", error);
    if (!statement)
        return FALSE;
    statement_bind_int(statement, "file_id", load->file_id);
    statement_bind_int(statement, "line", fact->line);
    store_bind_day(statement, "day", &usage->day);
    store_bind_text(statement, "account_id", usage->account_id);
    store_bind_text(statement, "user_id", usage->user_id);
    store_bind_text(statement, "user_email", usage->user_email);
    store_bind_text(statement, "usage_type", usage->usage_type);
    statement_bind_int(statement, "credits_nanos", usage->credits_nanos);
    if (usage->has_quantity)
        statement_bind_int(statement, "quantity_nanos", usage->quantity_nanos);
    else
        statement_bind_null(statement, "quantity_nanos");
    store_bind_text(statement, "units", usage->units);
    return statement_execute(statement, error);
}
