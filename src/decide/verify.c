/* verify.c - holds every decision against the row of the log that records it. */
#include "decide/act.h"
#include "decide/decide.h"

static gboolean is_as_logged(const struct decision_act *act, struct statement *row)
{
    return act->done_at == statement_int(row, 3) &&
           strcmp(act->actor, statement_text(row, 4)) == 0 &&
           strcmp(act->action, statement_text(row, 5)) == 0 &&
           strcmp(act->subject, statement_text(row, 6)) == 0 &&
           strcmp(act->detail, statement_text(row, 7)) == 0;
}

static const char *problem_of(struct db *db, struct statement *row, GError **error)
{
    g_auto(DecisionAct) act = {0};

    if (!statement_int(row, 1))
        return statement_is_null(row, 2) ? "there are rows of it, and no such decision"
                                         : "the log records it, and it is gone";
    if (statement_is_null(row, 2))
        return "the log does not record it";
    if (!decision_act_read(db, statement_int(row, 0), &act, error))
        return NULL;
    return is_as_logged(&act, row) ? "" : "it is not as the log records it";
}

gboolean decide_verify(struct db *db, GPtrArray *problems, int64_t *count, GError **error)
{
    struct statement *row = statement_get(db, "decide_verify", error);
    enum row_status status = FAILED;

    *count = 0;
    while (row && (status = statement_step(row, error)) == ROW) {
        const char *problem = problem_of(db, row, error);

        if (!problem)
            break;
        (*count)++;
        if (*problem)
            g_ptr_array_add(problems, g_strdup_printf("decision d%" G_GINT64_FORMAT ": %s",
                                                      statement_int(row, 0), problem));
    }
    if (row)
        statement_reset(row);
    return status == END;
}
