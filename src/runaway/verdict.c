/* verdict.c - keeps what a person says of an episode, and finds it again. */
#include "runaway/verdict.h"
#include "core/audit.h"
#include "core/error.h"
#include "core/instant.h"
#include "core/money.h"
#include "runaway/act.h"
#include "runaway/runaway.h"

#define NEAR_DAYS 2 /* that days of one episode may be apart */

struct held {
    int64_t verdict_id;
    char *organization_id, *project_id, *currency;
    int32_t from, until;
};

static void held_free(gpointer data)
{
    struct held *held = data;

    g_free(held->organization_id);
    g_free(held->project_id);
    g_free(held->currency);
    g_free(held);
}

static gboolean read_day(struct statement *row, int column, int32_t *out, GError **error)
{
    return day_parse(out, statement_text(row, column), statement_text_len(row, column), error);
}

GPtrArray *verdicts_load(struct db *db, GError **error)
{
    g_autoptr(GPtrArray) verdicts = g_ptr_array_new_with_free_func(held_free);
    struct statement *row = statement_get(db, "verdict_rows", error);
    enum row_status status = FAILED;

    while (row && (status = statement_step(row, error)) == ROW) {
        struct held *held = g_new0(struct held, 1);

        g_ptr_array_add(verdicts, held);
        held->verdict_id = statement_int(row, 0);
        held->organization_id = g_strdup(statement_text(row, 1));
        held->project_id = g_strdup(statement_text(row, 2));
        held->currency = g_strdup(statement_text(row, 3));
        if (!read_day(row, 4, &held->from, error) || !read_day(row, 5, &held->until, error)) {
            statement_reset(row);
            return NULL;
        }
    }
    return status == END ? g_steal_pointer(&verdicts) : NULL;
}

int64_t verdict_of(const GPtrArray *verdicts, const char *organization_id, const char *project_id,
                   const char *currency, int32_t from, int32_t until)
{
    for (guint i = 0; i < verdicts->len; i++) {
        const struct held *held = g_ptr_array_index(verdicts, i);

        if (held->from <= until + NEAR_DAYS && from <= held->until + NEAR_DAYS &&
            strcmp(held->organization_id, organization_id) == 0 &&
            strcmp(held->project_id, project_id) == 0 && strcmp(held->currency, currency) == 0)
            return held->verdict_id;
    }
    return 0;
}

/* The one episode that a name means; its row is current in the statement. */
static struct statement *find(struct db *db, const char *name, GError **error)
{
    struct statement *row = statement_get(db, "verdict_find", error);
    enum row_status status;
    int count = 0;

    if (!row)
        return NULL;
    statement_bind_text(row, "name", name);
    while ((status = statement_step(row, error)) == ROW)
        count++;
    statement_reset(row);
    if (status == FAILED)
        return NULL;
    if (count > 1) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "verdict: \"%s\" begins the ids of several episodes\n"
                    "hint: name one by its whole id",
                    name);
        return NULL;
    }
    if (count == 0) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "verdict: there is no episode \"%s\"\n"
                    "hint: `trueup report runaway` prints their ids",
                    name);
        return NULL;
    }
    row = statement_get(db, "verdict_find", error);
    if (!row)
        return NULL;
    statement_bind_text(row, "name", name);
    return statement_step(row, error) == ROW ? row : NULL;
}

static gboolean next_id(struct db *db, int64_t *out, GError **error)
{
    struct statement *last = statement_get(db, "verdict_last", error);

    if (!last || statement_step(last, error) != ROW)
        return FALSE;
    *out = statement_int(last, 0) + 1;
    statement_reset(last);
    return TRUE;
}

static gboolean insert(struct db *db, const struct verdict_act *act, GError **error)
{
    struct statement *row = statement_get(db, "verdict_insert", error);

    if (!row)
        return FALSE;
    statement_bind_int(row, "verdict_id", act->verdict_id);
    statement_bind_text(row, "organization_id", act->organization_id);
    statement_bind_text(row, "project_id", act->project_id);
    statement_bind_text(row, "currency", act->currency);
    statement_bind_text(row, "from_on", act->from_on);
    statement_bind_text(row, "until_on", act->until_on);
    statement_bind_text(row, "verdict", act->verdict);
    statement_bind_int(row, "excess_nanos", act->excess_nanos);
    statement_bind_text(row, "why", act->why);
    statement_bind_text(row, "decided_by", act->decided_by);
    statement_bind_int(row, "decided_at", act->decided_at);
    statement_bind_int(row, "audit_id", act->audit_id);
    return statement_execute(row, error);
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

static gboolean write_down(struct db *db, struct verdict_act *act, GError **error)
{
    struct audit_head head;
    g_autofree char *detail = verdict_act_detail(act);
    g_autofree char *subject = verdict_act_subject(act);
    const struct act logged = {.actor = act->decided_by,
                               .action = "verdict",
                               .subject = subject,
                               .detail = detail,
                               .done_at = act->decided_at};

    if (!audit_append(db, &logged, error) || !audit_head(db, &head, error))
        return FALSE;
    act->audit_id = head.count;
    return insert(db, act, error) && mark_stale(db, error);
}

/* "proj_a from 2026-10-17 until 2026-10-18 (60.00 USD above its baseline)" */
static char *words_of(const struct verdict_act *act)
{
    g_autofree char *excess = money_format_cents(act->excess_nanos);

    return g_strdup_printf("%s from %s until %s (%s %s above its baseline)", act->project_id,
                           act->from_on, act->until_on, excess, act->currency);
}

static char *judge(struct db *db, const struct verdict_request *request, GError **error)
{
    struct statement *row = find(db, request->name, error);
    g_auto(VerdictAct) act = {0};
    g_autofree char *words = NULL;

    if (!row)
        return NULL;
    act = (struct verdict_act){.organization_id = g_strdup(statement_text(row, 1)),
                               .project_id = g_strdup(statement_text(row, 2)),
                               .currency = g_strdup(statement_text(row, 3)),
                               .from_on = g_strdup(statement_text(row, 4)),
                               .until_on = g_strdup(statement_text(row, 5)),
                               .verdict = g_strdup(request->verdict),
                               .excess_nanos = statement_int(row, 6),
                               .why = g_strdup(request->why),
                               .decided_by = g_strdup(request->by ? request->by : audit_actor()),
                               .decided_at = audit_now()};
    words = words_of(&act);
    if (strcmp(statement_text(row, 7), request->verdict) == 0 &&
        strcmp(statement_text(row, 8), request->why) == 0) {
        statement_reset(row);
        return g_strdup_printf("%s was judged %s before, for the same reason", words,
                               request->verdict);
    }
    statement_reset(row);
    if (!next_id(db, &act.verdict_id, error) || !write_down(db, &act, error))
        return NULL;
    return g_strdup_printf("%s is %s (v%" G_GINT64_FORMAT ")", words, request->verdict,
                           act.verdict_id);
}

char *runaway_judge(struct db *db, const struct verdict_request *request, GError **error)
{
    static const char *const verdicts[] = {"real", "planned", "noise", NULL};
    g_autoptr(Transaction) transaction = NULL;
    g_autofree char *told = NULL;

    if (!g_strv_contains(verdicts, request->verdict)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "verdict: \"%s\" is neither real, planned nor noise", request->verdict);
        return NULL;
    }
    transaction = transaction_begin(db, error);
    told = transaction ? judge(db, request, error) : NULL;
    return told && transaction_commit(transaction, error) ? g_steal_pointer(&told) : NULL;
}
