/*
 * account.h - what one organization's credits in one currency are burned down from.
 */
#pragma once
#include "core/db.h"
#include "credit/burn.h"

/* How a grant was bought, as its payments file tells. */
enum purchase { NOT_BOUGHT, AUTOMATIC, BY_HAND, UNSTATED };

/* A grant as the ledger knows it. `burn` is what the burn-down needs. */
struct grant {
    struct burn_grant burn;
    enum purchase purchase;
    int64_t grant_id; /* credit_grant_id */
    int64_t organization_key;
    char currency[4];
    int64_t file_id, line;
    int64_t dated_from, dated_until; /* the instants granted_at may be; equal when it is certain */
};

struct observation {
    int64_t observation_id, organization_key;
    int64_t observed_at, balance_nanos;
    char currency[4];
    int64_t file_id, line;
};

/* What auto-recharge was set to, over a time. */
struct recharge_setting {
    int64_t organization_key;
    char currency[4];
    int32_t from, until; /* days, inclusive; INT32_MIN and INT32_MAX when open */
    int64_t threshold_nanos;
    int64_t amount_nanos; /* 0: up to the target */
    int64_t target_nanos; /* 0: by the amount */
    int64_t cap_nanos;    /* a month; NEVER: none */
};

/* What a project cost on a day. */
struct cost {
    char currency[4];
    int32_t day;
    guint project; /* in the organization's projects */
    int64_t nanos;
    gboolean is_provisional;
};

struct project {
    int64_t project_key;    /* 0: cost without a project */
    const char *project_id; /* "" */
};

struct organization {
    int64_t organization_key;
    char *organization_id;
    int32_t first_day;    /* of any fact */
    int32_t cost_from;    /* first day that cost covers */
    guint day_count;      /* from first_day to the last covered day; 0 when no cost covers any */
    GArray *costs;        /* struct cost, by currency, day and project id */
    GArray *projects;     /* struct project, in the order of costs */
    gboolean *is_covered; /* by cost exports, one per day */
    /* Borrowed slices of credit_facts. */
    const struct grant *grants;
    guint grant_count;
    const struct observation *observations;
    guint observation_count;
    const struct recharge_setting *settings; /* by from, then line */
    guint setting_count;
};

/* Grants, observations and settings of all organizations, in the order of organization_id. */
struct credit_facts {
    GArray *organizations; /* struct organization, costs not loaded */
    GArray *grants;        /* struct grant */
    GArray *observations;  /* struct observation */
    GArray *settings;      /* struct recharge_setting */
    GStringChunk *text;
};

/* One organization in one currency. */
struct account {
    const struct organization *organization;
    char currency[4];
    GArray *burn_grants;      /* struct burn_grant */
    GPtrArray *grants;        /* struct grant, borrowed, the same */
    const struct cost *costs; /* borrowed */
    guint *first_cost;        /* of each day in costs, and one past the last */
    int64_t *usage_nanos;     /* one per day */
    gboolean *is_provisional; /* likewise */
};

/* Reads the facts and fills credit_grant. */
struct credit_facts *credit_facts_load(struct db *db, GError **error);
void credit_facts_free(struct credit_facts *facts);
typedef struct credit_facts CreditFacts; /* for g_autoptr(CreditFacts) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CreditFacts, credit_facts_free)

/* Costs, projects and is_covered. */
gboolean organization_load_costs(struct organization *organization, struct db *db,
                                 struct credit_facts *facts,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
void organization_unload_costs(struct organization *organization);

/* The currencies that an organization's facts name, sorted, each once; text borrowed. */
GPtrArray *organization_currencies(const struct organization *organization);

/* TRUEUP_ERROR_INPUT when its money is out of range (burn_check_range). */
struct account *account_new(const struct organization *organization, const char *currency,
                            GError **error);
void account_free(struct account *account);
typedef struct account Account; /* for g_autoptr(Account) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Account, account_free)

/* Borrows the account. */
struct burn_input account_burn_input(const struct account *account);
void account_day_text(const struct account *account, guint day, char out[11]);

#define TRAILING_DAYS 28

/*
 * The newest complete days that cost covers: up to TRAILING_DAYS of them, newest first, provisional
 * ones and days between exports left out. Returns their number.
 */
guint account_trailing_days(const struct account *account, guint days[TRAILING_DAYS]);
