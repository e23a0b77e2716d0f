/* verify.c - holds every verdict against the row of the log that records it. */
#include "runaway/act.h"
#include "runaway/runaway.h"

static const char *problem_of(struct statement *row)
{
    g_autofree char *subject = NULL, *detail = NULL;
    g_auto(VerdictAct) act = {.verdict_id = statement_int(row, 0),
                              .organization_id = g_strdup(statement_text(row, 1)),
                              .project_id = g_strdup(statement_text(row, 2)),
                              .currency = g_strdup(statement_text(row, 3)),
                              .from_on = g_strdup(statement_text(row, 4)),
                              .until_on = g_strdup(statement_text(row, 5)),
                              .verdict = g_strdup(statement_text(row, 6)),
                              .excess_nanos = statement_int(row, 7),
                              .why = g_strdup(statement_text(row, 8)),
                              .decided_by = g_strdup(statement_text(row, 9)),
                              .decided_at = statement_int(row, 10)};

    if (statement_int(row, 11) == 0)
        return "the log does not record it";
    subject = verdict_act_subject(&act);
    detail = verdict_act_detail(&act);
    if (act.decided_at != statement_int(row, 12) ||
        strcmp(act.decided_by, statement_text(row, 13)) != 0 ||
        strcmp(subject, statement_text(row, 14)) != 0 ||
        strcmp(detail, statement_text(row, 15)) != 0)
        return "it is not as the log records it";
    return NULL;
}

gboolean runaway_verify(struct db *db, GPtrArray *problems, int64_t *count, GError **error)
{
    struct statement *row = statement_get(db, "verdict_verify", error);
    enum row_status status = FAILED;

    while (row && (status = statement_step(row, error)) == ROW) {
        const char *problem;

        if (statement_int(row, 0) == 0) {
            g_ptr_array_add(problems,
                            g_strdup_printf("audit row %" G_GINT64_FORMAT
                                            ": the verdict on %s that it records is gone",
                                            statement_int(row, 11), statement_text(row, 14)));
            continue;
        }
        (*count)++;
        problem = problem_of(row);
        if (problem)
            g_ptr_array_add(problems, g_strdup_printf("verdict v%" G_GINT64_FORMAT ": %s",
                                                      statement_int(row, 0), problem));
    }
    return status == END;
}
