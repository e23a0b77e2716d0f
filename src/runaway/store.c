/* store.c - rows of runaway_episode and of the tables beside it. */
#include "runaway/store.h"
#include "core/digest.h"
#include "core/instant.h"
#include "runaway/carrier.h"
#include "runaway/cause.h"

void stored_clear(struct stored *stored)
{
    g_free(stored->id);
    g_free(stored->explanation);
}

static void bind_day(struct statement *row, const char *name,
                     const struct organization *organization, guint day)
{
    char text[11];

    day_format(organization->first + (int32_t)day, text);
    statement_bind_text(row, name, text);
}

static gboolean store_rules(struct db *db, const struct organization *organization,
                            const struct episode *episode, const char *id, GError **error)
{
    for (guint i = 0; i < episode->fired_count; i++) {
        const struct fired *fired = &episode->fired[i];
        struct statement *row = statement_get(db, "runaway_rule_insert", error);

        if (!row)
            return FALSE;
        statement_bind_text(row, "id", id);
        statement_bind_text(row, "rule", rule_name(fired->rule));
        bind_day(row, "from_on", organization, fired->from);
        statement_bind_int(row, "day_count", fired->days);
        statement_bind_int(row, "excess_nanos", narrow(fired->excess));
        statement_bind_text(row, "evidence", fired->evidence);
        if (!statement_execute(row, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean store_carriers(struct db *db, const GPtrArray *carriers, const char *id,
                               GError **error)
{
    for (guint i = 0; i < carriers->len; i++) {
        const struct carrier *carrier = g_ptr_array_index(carriers, i);
        struct statement *row = statement_get(db, "runaway_carrier_insert", error);

        if (!row)
            return FALSE;
        statement_bind_text(row, "id", id);
        statement_bind_text(row, "dimension", carrier->dimension);
        statement_bind_int(row, "position", carrier->position);
        statement_bind_text(row, "name", carrier->name);
        statement_bind_int(row, "share_ppm", carrier->share_ppm);
        statement_bind_text(row, "basis", carrier->basis);
        statement_bind_int(row, "is_new", carrier->is_new);
        if (!statement_execute(row, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean store_episode(struct db *db, const struct organization *organization,
                              const struct project *project, const struct episode *episode,
                              const GPtrArray *carriers, int64_t verdict_id,
                              const struct stored *stored, GError **error)
{
    struct statement *row = statement_get(db, "runaway_insert", error);
    g_autofree char *rules = episode_rules(episode);
    g_autofree char *cause = cause_guess(project, episode, carriers);
    g_autofree char *carried_by = carriers_words(carriers);

    if (!row)
        return FALSE;
    statement_bind_int(row, "organization_key", organization->key);
    statement_bind_int(row, "project_key", project->key);
    statement_bind_text(row, "currency", organization->currency);
    bind_day(row, "from_on", organization, episode->from);
    bind_day(row, "until_on", organization, episode->until);
    statement_bind_text(row, "rules", rules);
    statement_bind_int(row, "excess_nanos", episode->excess);
    statement_bind_int(row, "baseline_nanos", episode->baseline);
    statement_bind_int(row, "is_provisional", episode->is_provisional);
    statement_bind_text(row, "explanation", stored->explanation);
    statement_bind_text(row, "id", stored->id);
    statement_bind_int(row, "is_open", episode->is_open);
    bind_day(row, "raised_on", organization, episode->raised);
    statement_bind_int(row, "day_count", episode->known_days);
    statement_bind_int(row, "is_estimated", episode->is_estimated);
    statement_bind_text(row, "cause", cause);
    statement_bind_text(row, "carried_by", carried_by);
    statement_bind_key(row, "verdict_id", verdict_id);
    return statement_execute(row, error);
}

gboolean store(struct db *db, const struct organization *organization,
               const struct project *project, const struct episode *episode, int64_t verdict_id,
               struct stored *out, GError **error)
{
    g_autoptr(GPtrArray) carriers = carriers_load(db, organization, project, episode, error);
    char from[11];

    if (!carriers)
        return FALSE;
    day_format(organization->first + (int32_t)episode->from, from);
    out->id = digest_id('w', organization->id, project->id, organization->currency, from, NULL);
    out->explanation = episode_explain(episode);
    return store_episode(db, organization, project, episode, carriers, verdict_id, out, error) &&
           store_rules(db, organization, episode, out->id, error) &&
           store_carriers(db, carriers, out->id, error);
}
