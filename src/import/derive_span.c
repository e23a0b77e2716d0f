/* derive_span.c - the days that the facts span, per organization and for the calendar. */
#include "core/instant.h"
#include "import/derive.h"

#define DAYS_AFTER_LAST_FACT 800 /* past the expiry of what was paid on the last day */

static gboolean calendar_insert(struct db *db, int32_t number, GError **error)
{
    struct statement *insert = statement_get(db, "derive_calendar_insert", error);
    char day[11];

    if (!insert)
        return FALSE;
    day_format(number, day);
    statement_bind_text(insert, "day", day);
    statement_bind_int(insert, "day_number", number);
    return statement_execute(insert, error);
}

static gboolean fill_calendar(struct db *db, GError **error)
{
    struct statement *span = statement_get(db, "derive_calendar_span", error);
    int32_t last_possible = day_from_civil(2199, 12, 31);
    int32_t first, last;
    int year, month, day;

    if (!span || statement_step(span, error) != ROW)
        return FALSE;
    if (statement_is_null(span, 0)) {
        statement_reset(span);
        return TRUE;
    }
    if (!day_parse(&first, statement_text(span, 0), statement_text_len(span, 0), error) ||
        !day_parse(&last, statement_text(span, 1), statement_text_len(span, 1), error))
        return FALSE;
    statement_reset(span);
    day_to_civil(first, &year, &month, &day);
    last = MIN(last + DAYS_AFTER_LAST_FACT, last_possible);
    for (int32_t number = day_from_civil(year, month, 1); number <= last; number++)
        if (!calendar_insert(db, number, error))
            return FALSE;
    return TRUE;
}

gboolean derive_span(struct db *db, GError **error)
{
    return db_run(db, "derive_organization_facts", error) && fill_calendar(db, error) &&
           db_run(db, "derive_invoiced_days", error);
}
