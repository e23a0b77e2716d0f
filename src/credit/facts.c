/* facts.c - reads what all organizations' credits are made of, and gives grants their numbers. */
#include "core/bulk.h"
#include "core/instant.h"
#include "core/money.h"
#include "credit/account.h"

static void copy_currency(char out[4], const char *text)
{
    g_strlcpy(out, text, 4);
}

static int64_t int_of(struct statement *row, const char *column)
{
    return statement_int(row, statement_column_index(row, column));
}

static const char *text_of(struct statement *row, const char *column)
{
    return statement_text(row, statement_column_index(row, column));
}

static gboolean null_in(struct statement *row, const char *column)
{
    return statement_is_null(row, statement_column_index(row, column));
}

/* Days come from the ledger, which holds no other than these. */
static int32_t day_of_text(const char *text)
{
    int32_t day = 0;
    gboolean parsed = day_parse(&day, text, strlen(text), NULL);

    g_assert(parsed);
    return day;
}

static gboolean load_organizations(struct credit_facts *facts, struct db *db, GError **error)
{
    struct statement *row = statement_get(db, "credit_organizations", error);
    enum row_status status = FAILED;

    while (row && (status = statement_step(row, error)) == ROW) {
        struct organization organization = {.organization_key = int_of(row, "organization_key")};

        organization.organization_id =
            g_string_chunk_insert(facts->text, text_of(row, "organization_id"));
        if (!null_in(row, "first_on"))
            organization.first_day = day_of_text(text_of(row, "first_on"));
        if (!null_in(row, "first_on") && !null_in(row, "cost_until")) {
            int32_t last_day = day_of_text(text_of(row, "cost_until"));

            organization.cost_from = day_of_text(text_of(row, "cost_from"));
            organization.day_count = (guint)MAX(0, last_day - organization.first_day + 1);
        }
        g_array_append_val(facts->organizations, organization);
    }
    return status == END;
}

/*
 * The credit that a refund takes back: as stated, else the part of the credit that the refunded
 * total is of the total, else all of it. Never more than the top-up gave.
 */
static gboolean read_refund(struct burn_grant *grant, struct statement *row, GError **error)
{
    int64_t total = int_of(row, "total_nanos"), credit = grant->face_nanos;

    if (!int_of(row, "is_refunded"))
        return TRUE;
    grant->refunded_at = int_of(row, "refunded_at");
    if (!null_in(row, "refunded_credit_nanos"))
        credit = int_of(row, "refunded_credit_nanos");
    else if (!null_in(row, "refunded_total_nanos") && total > 0 &&
             !money_scale(&credit, grant->face_nanos, int_of(row, "refunded_total_nanos"), total,
                          error))
        return FALSE;
    grant->refunded_nanos = CLAMP(credit, 0, MAX(0, grant->face_nanos));
    return TRUE;
}

static enum purchase purchase_of(const struct burn_grant *grant, const char *kind)
{
    if (!grant->is_topup)
        return NOT_BOUGHT;
    if (strcmp(kind, "auto") == 0)
        return AUTOMATIC;
    return strcmp(kind, "manual") == 0 ? BY_HAND : UNSTATED;
}

static gboolean read_grant(struct grant *grant, struct credit_facts *facts, struct statement *row,
                           GError **error)
{
    struct burn_grant *burn = &grant->burn;

    burn->reference = g_string_chunk_insert(facts->text, text_of(row, "reference"));
    burn->is_free = int_of(row, "is_free") != 0;
    burn->is_topup = int_of(row, "is_topup") != 0;
    burn->granted_at = int_of(row, "granted_at");
    burn->expires_at = NEVER;
    if (burn->is_topup)
        burn->expires_at = instant_add_year(burn->granted_at);
    else if (!null_in(row, "expires_at"))
        burn->expires_at = int_of(row, "expires_at");
    burn->face_nanos = int_of(row, "face_nanos");
    burn->refunded_at = NEVER;
    grant->purchase = purchase_of(burn, text_of(row, "purchase"));
    grant->grant_id = facts->grants->len + 1;
    grant->organization_key = int_of(row, "organization_key");
    copy_currency(grant->currency, text_of(row, "currency"));
    grant->file_id = int_of(row, "file_id");
    grant->line = int_of(row, "line");
    if (int_of(row, "paid_is_date")) {
        grant->dated_from = int_of(row, "paid_from");
        grant->dated_until = int_of(row, "paid_until");
    }
    return read_refund(burn, row, error);
}

static void add_or_null(struct bulk *grants, struct statement *row, const char *name)
{
    if (null_in(row, name))
        bulk_add_null(grants);
    else
        bulk_add_int(grants, int_of(row, name));
}

static gboolean insert_grant(const struct grant *grant, struct bulk *grants, struct statement *row,
                             GError **error)
{
    char expires_on[11];

    bulk_add_int(grants, grant->grant_id);
    bulk_add_int(grants, grant->organization_key);
    bulk_add_text(grants, grant->currency);
    bulk_add_text(grants, grant->burn.reference);
    bulk_add_text(grants, text_of(row, "kind"));
    bulk_add_int(grants, grant->burn.is_free);
    bulk_add_int(grants, grant->burn.granted_at);
    bulk_add_text(grants, text_of(row, "granted_on"));
    if (grant->burn.expires_at != NEVER) {
        day_format(day_from_instant(grant->burn.expires_at), expires_on);
        bulk_add_int(grants, grant->burn.expires_at);
        bulk_add_text(grants, expires_on);
    } else {
        bulk_add_null(grants);
        bulk_add_null(grants);
    }
    bulk_add_int(grants, grant->burn.face_nanos);
    add_or_null(grants, row, "topup_id");
    add_or_null(grants, row, "grant_fact_id");
    bulk_add_int(grants, grant->file_id);
    bulk_add_int(grants, grant->line);
    return bulk_end_row(grants, error);
}

static gboolean load_grants(struct credit_facts *facts, struct db *db, GError **error)
{
    g_autoptr(Bulk) grants = bulk_new(db, "credit_grant_insert");
    struct statement *row = statement_get(db, "credit_grant_sources", error);
    enum row_status status = FAILED;

    while (row && (status = statement_step(row, error)) == ROW) {
        struct grant grant = {0};

        if (!read_grant(&grant, facts, row, error) || !insert_grant(&grant, grants, row, error)) {
            g_prefix_error(error, "%s: ", text_of(row, "reference"));
            statement_reset(row);
            return FALSE;
        }
        g_array_append_val(facts->grants, grant);
    }
    return status == END && bulk_end(grants, error);
}

static gboolean load_observations(struct credit_facts *facts, struct db *db, GError **error)
{
    struct statement *row = statement_get(db, "credit_observations", error);
    enum row_status status = FAILED;

    while (row && (status = statement_step(row, error)) == ROW) {
        struct observation observation = {
            .observation_id = int_of(row, "observation_id"),
            .organization_key = int_of(row, "organization_key"),
            .observed_at = int_of(row, "observed_at"),
            .balance_nanos = int_of(row, "balance_nanos"),
            .file_id = null_in(row, "file_id") ? 0 : int_of(row, "file_id"),
            .line = int_of(row, "line"),
        };

        copy_currency(observation.currency, text_of(row, "currency"));
        g_array_append_val(facts->observations, observation);
    }
    return status == END;
}

static int64_t int_or(struct statement *row, const char *column, int64_t otherwise)
{
    return null_in(row, column) ? otherwise : int_of(row, column);
}

static gboolean load_settings(struct credit_facts *facts, struct db *db, GError **error)
{
    struct statement *row = statement_get(db, "credit_recharges", error);
    enum row_status status = FAILED;

    while (row && (status = statement_step(row, error)) == ROW) {
        struct recharge_setting setting = {
            .organization_key = int_of(row, "organization_key"),
            .from = INT32_MIN,
            .until = INT32_MAX,
            .threshold_nanos = int_of(row, "threshold_nanos"),
            .amount_nanos = int_or(row, "amount_nanos", 0),
            .target_nanos = int_or(row, "target_nanos", 0),
            .cap_nanos = int_or(row, "cap_nanos", NEVER),
        };

        if (!null_in(row, "from_on"))
            setting.from = day_of_text(text_of(row, "from_on"));
        if (!null_in(row, "until_on"))
            setting.until = day_of_text(text_of(row, "until_on"));
        copy_currency(setting.currency, text_of(row, "currency"));
        g_array_append_val(facts->settings, setting);
    }
    return status == END;
}

/* All lists stand in the order of organization_id: each organization's part is a slice. */
static void slice(struct credit_facts *facts)
{
    guint grant = 0, observation = 0, setting = 0;

    for (guint i = 0; i < facts->organizations->len; i++) {
        struct organization *organization =
            &g_array_index(facts->organizations, struct organization, i);
        int64_t key = organization->organization_key;
        const struct grant *grants = &g_array_index(facts->grants, struct grant, grant);
        const struct observation *observations =
            &g_array_index(facts->observations, struct observation, observation);
        const struct recharge_setting *settings =
            &g_array_index(facts->settings, struct recharge_setting, setting);

        organization->grants = grants;
        while (grant < facts->grants->len && grants->organization_key == key)
            grant++, grants++, organization->grant_count++;
        organization->observations = observations;
        while (observation < facts->observations->len && observations->organization_key == key)
            observation++, observations++, organization->observation_count++;
        organization->settings = settings;
        while (setting < facts->settings->len && settings->organization_key == key)
            setting++, settings++, organization->setting_count++;
    }
    g_assert(grant == facts->grants->len && observation == facts->observations->len &&
             setting == facts->settings->len);
}

struct credit_facts *credit_facts_load(struct db *db, GError **error)
{
    g_autoptr(CreditFacts) facts = g_new0(struct credit_facts, 1);

    facts->organizations = g_array_new(FALSE, TRUE, sizeof(struct organization));
    facts->grants = g_array_new(FALSE, TRUE, sizeof(struct grant));
    facts->observations = g_array_new(FALSE, TRUE, sizeof(struct observation));
    facts->settings = g_array_new(FALSE, TRUE, sizeof(struct recharge_setting));
    facts->text = g_string_chunk_new(4096);
    if (!load_organizations(facts, db, error) || !load_grants(facts, db, error) ||
        !load_observations(facts, db, error) || !load_settings(facts, db, error))
        return NULL;
    slice(facts);
    return g_steal_pointer(&facts);
}

void credit_facts_free(struct credit_facts *facts)
{
    if (!facts)
        return;
    g_array_unref(facts->organizations);
    g_array_unref(facts->grants);
    g_array_unref(facts->observations);
    g_array_unref(facts->settings);
    g_string_chunk_free(facts->text);
    g_free(facts);
}

/* The columns of credit_costs. */
enum { CURRENCY, DAY, PROJECT_KEY, PROJECT_ID, COST, IS_PROVISIONAL };

static guint project_index(struct organization *organization, GHashTable *seen,
                           struct credit_facts *facts, struct statement *row)
{
    int64_t key = statement_int(row, PROJECT_KEY);
    gpointer found = g_hash_table_lookup(seen, &key);
    struct project project;

    if (found)
        return GPOINTER_TO_UINT(found) - 1;
    project.project_key = key;
    project.project_id = g_string_chunk_insert(facts->text, statement_text(row, PROJECT_ID));
    g_array_append_val(organization->projects, project);
    g_hash_table_insert(seen, g_memdup2(&key, sizeof key),
                        GUINT_TO_POINTER(organization->projects->len));
    return organization->projects->len - 1;
}

static gboolean load_coverage(struct organization *organization, struct db *db, GError **error)
{
    struct statement *row = statement_get(db, "credit_coverage", error);
    int64_t end = organization->first_day + (int64_t)organization->day_count;
    enum row_status status;

    organization->is_covered = g_new0(gboolean, organization->day_count + 1);
    if (!row)
        return FALSE;
    statement_bind_int(row, "organization_key", organization->organization_key);
    while ((status = statement_step(row, error)) == ROW) {
        int64_t from = MAX(statement_int(row, 0), organization->first_day);
        int64_t until = MIN(statement_int(row, 1) + 1, end);

        for (int64_t day = from; day < until; day++)
            organization->is_covered[day - organization->first_day] = TRUE;
    }
    statement_reset(row);
    return status == END;
}

static gboolean load_costs(struct organization *organization, struct db *db,
                           struct credit_facts *facts, GError **error)
{
    struct statement *row = statement_get(db, "credit_costs", error);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    enum row_status status = FAILED;

    if (!row)
        return FALSE;
    organization->costs = g_array_new(FALSE, TRUE, sizeof(struct cost));
    organization->projects = g_array_new(FALSE, TRUE, sizeof(struct project));
    statement_bind_int(row, "organization_key", organization->organization_key);
    while ((status = statement_step(row, error)) == ROW) {
        struct cost cost = {
            .day = (int32_t)statement_int(row, DAY),
            .project = project_index(organization, seen, facts, row),
            .nanos = statement_int(row, COST),
            .is_provisional = statement_int(row, IS_PROVISIONAL) != 0,
        };

        copy_currency(cost.currency, statement_text(row, CURRENCY));
        g_array_append_val(organization->costs, cost);
    }
    statement_reset(row);
    return status == END;
}

gboolean organization_load_costs(struct organization *organization, struct db *db,
                                 struct credit_facts *facts, GError **error)
{
    return load_costs(organization, db, facts, error) && load_coverage(organization, db, error);
}

void organization_unload_costs(struct organization *organization)
{
    g_clear_pointer(&organization->is_covered, g_free);
    g_clear_pointer(&organization->costs, g_array_unref);
    g_clear_pointer(&organization->projects, g_array_unref);
}
