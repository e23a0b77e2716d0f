/* runaway.c - loads each organization's days, has its projects judged and writes down what is
 * found. */
#include "runaway/runaway.h"
#include "core/exception.h"
#include "core/instant.h"
#include "runaway/detail.h"
#include "runaway/episode.h"
#include "runaway/measure.h"
#include "runaway/store.h"
#include "runaway/verdict.h"

struct work {
    struct db *db;
    struct threshold threshold;
    GArray *spans;       /* struct span, of all organizations */
    GPtrArray *verdicts; /* struct verdict_held */
};

/* An organization and currency that has cost. */
struct owner {
    int64_t key;
    char *id, *currency;
};

static void owner_free(gpointer data)
{
    struct owner *owner = data;

    g_free(owner->id);
    g_free(owner->currency);
    g_free(owner);
}

static gboolean load_spans(struct work *work, GError **error)
{
    struct statement *row = statement_get(work->db, "runaway_coverage", error);
    enum row_status status = FAILED;

    while (row && (status = statement_step(row, error)) == ROW) {
        struct span span = {statement_int(row, 0), (int32_t)statement_int(row, 1),
                            (int32_t)statement_int(row, 2)};

        g_array_append_val(work->spans, span);
    }
    return status == END;
}

static GPtrArray *load_owners(struct db *db, GError **error)
{
    g_autoptr(GPtrArray) owners = g_ptr_array_new_with_free_func(owner_free);
    struct statement *row = statement_get(db, "runaway_organizations", error);
    enum row_status status = FAILED;

    while (row && (status = statement_step(row, error)) == ROW) {
        struct owner *owner = g_new0(struct owner, 1);

        owner->key = statement_int(row, 0);
        owner->id = g_strdup(statement_text(row, 1));
        owner->currency = g_strdup(statement_text(row, 2));
        g_ptr_array_add(owners, owner);
    }
    return status == END ? g_steal_pointer(&owners) : NULL;
}

static enum project_class class_of(const char *text)
{
    if (strcmp(text, "production") == 0)
        return CLASS_PRODUCTION;
    return strcmp(text, "test") == 0 ? CLASS_TEST : CLASS_OTHER;
}

static struct statement *rows_of(struct db *db, const char *name,
                                 const struct organization *organization, GError **error)
{
    struct statement *row = statement_get(db, name, error);

    if (row) {
        statement_bind_int(row, "organization_key", organization->key);
        statement_bind_text(row, "currency", organization->currency);
    }
    return row;
}

/* Adds the projects; their indices by key in `places`, plus one. */
static gboolean load_projects(struct db *db, struct organization *organization, GHashTable *places,
                              GError **error)
{
    struct statement *row = rows_of(db, "runaway_projects", organization, error);
    enum row_status status = FAILED;

    while (row && (status = statement_step(row, error)) == ROW) {
        guint place = organization_add(organization, statement_int(row, 0), statement_text(row, 1),
                                       class_of(statement_text(row, 2)));

        g_hash_table_insert(places, GSIZE_TO_POINTER((gsize)statement_int(row, 0)),
                            GUINT_TO_POINTER(place + 1));
    }
    return status == END;
}

static gboolean load_costs(struct db *db, const struct organization *organization,
                           GHashTable *places, GArray *costs, GError **error)
{
    struct statement *row = rows_of(db, "runaway_costs", organization, error);
    enum row_status status = FAILED;

    while (row && (status = statement_step(row, error)) == ROW) {
        guint place = GPOINTER_TO_UINT(
            g_hash_table_lookup(places, GSIZE_TO_POINTER((gsize)statement_int(row, 0))));
        struct cost cost = {.project = place > 0 ? place - 1 : NO_PROJECT,
                            .nanos = statement_int(row, 2),
                            .is_provisional = statement_int(row, 3) != 0,
                            .is_estimated = statement_int(row, 4) != 0};

        if (!day_parse(&cost.day, statement_text(row, 1), statement_text_len(row, 1), error)) {
            statement_reset(row);
            return FALSE;
        }
        g_array_append_val(costs, cost);
    }
    return status == END;
}

static gboolean load_balances(struct db *db, struct organization *organization, GError **error)
{
    struct statement *row = rows_of(db, "runaway_balances", organization, error);
    enum row_status status = FAILED;

    organization->balances = g_new0(struct balance, organization->count);
    while (row && (status = statement_step(row, error)) == ROW) {
        int128 nanos =
            (int128)statement_int(row, 1) + statement_int(row, 2) - statement_int(row, 3);
        int32_t number;

        if (!day_parse(&number, statement_text(row, 0), statement_text_len(row, 0), error)) {
            statement_reset(row);
            return FALSE;
        }
        if (number >= organization->first &&
            number - organization->first < (int32_t)organization->count)
            organization->balances[number - organization->first] = (struct balance){
                narrow(nanos), statement_int(row, 4) != 0, (guint)statement_int(row, 5)};
    }
    return status == END;
}

static struct organization *load(const struct work *work, const struct owner *owner, GError **error)
{
    g_autoptr(Organization) organization = organization_new(owner->key, owner->id, owner->currency);
    g_autoptr(GHashTable) places = g_hash_table_new(NULL, NULL);
    g_autoptr(GArray) costs = g_array_new(FALSE, FALSE, sizeof(struct cost));

    if (!load_projects(work->db, organization, places, error) ||
        !load_costs(work->db, organization, places, costs, error))
        return NULL;
    organization_lay(organization, costs, work->spans);
    if (!load_balances(work->db, organization, error))
        return NULL;
    for (guint i = 0; i < organization->projects->len; i++)
        if (!details_load(work->db, organization, g_ptr_array_index(organization->projects, i),
                          &work->threshold, error))
            return NULL;
    return g_steal_pointer(&organization);
}

static gboolean raise_exception(const struct work *work, const struct organization *organization,
                                const struct project *project, const struct episode *episode,
                                const struct stored *stored, GError **error)
{
    char from[11];
    struct exception exception = {.room = "runaway",
                                  .code = RUNAWAY,
                                  .organization_key = organization->key,
                                  .project_key = project->key,
                                  .dated_on = from,
                                  .amount_nanos = MAX(0, episode->excess),
                                  .currency = organization->currency,
                                  .reference = stored->id,
                                  .explanation = stored->explanation,
                                  .subject = ""};

    day_format(organization->first + (int32_t)episode->from, from);
    return exception_add(work->db, &exception, error);
}

static gboolean write_down(const struct work *work, const struct organization *organization,
                           const struct project *project, const struct episode *episode,
                           GError **error)
{
    int64_t verdict_id =
        verdict_of(work->verdicts, organization->id, project->id, organization->currency,
                   organization->first + (int32_t)episode->from,
                   organization->first + (int32_t)episode->until);
    g_auto(Stored) stored = {0};

    return store(work->db, organization, project, episode, verdict_id, &stored, error) &&
           (verdict_id > 0 ||
            raise_exception(work, organization, project, episode, &stored, error));
}

static gboolean judge(const struct work *work, const struct organization *organization,
                      GError **error)
{
    for (guint i = 0; i < organization->projects->len; i++) {
        const struct project *project = organization_project(organization, i);
        GArray *hits = watch_project(organization, project, &work->threshold);
        g_autoptr(GArray) episodes = episodes_of(organization, project, hits);
        gboolean ok = TRUE;

        for (guint e = 0; e < episodes->len && ok; e++)
            ok = write_down(work, organization, project,
                            &g_array_index(episodes, struct episode, e), error);
        hits_free(hits);
        if (!ok)
            return FALSE;
    }
    return TRUE;
}

static gboolean judge_all(const struct work *work, GError **error)
{
    g_autoptr(GPtrArray) owners = load_owners(work->db, error);

    for (guint i = 0; owners && i < owners->len; i++) {
        g_autoptr(Organization) organization = load(work, g_ptr_array_index(owners, i), error);

        if (!organization || !judge(work, organization, error))
            return FALSE;
    }
    return owners != NULL;
}

gboolean runaway_run(struct db *db, GError **error)
{
    struct work work = {.db = db};
    gboolean ran;

    if (!threshold_read(&work.threshold, error) || !db_run(db, "runaway_clear", error) ||
        !db_run(db, "runaway_recharges", error) || !exception_clear(db, "runaway", error))
        return FALSE;
    work.verdicts = verdicts_load(db, error);
    if (!work.verdicts)
        return FALSE;
    work.spans = g_array_new(FALSE, FALSE, sizeof(struct span));
    ran = load_spans(&work, error) && judge_all(&work, error);
    g_array_unref(work.spans);
    g_ptr_array_unref(work.verdicts);
    return ran;
}
