/*
 * organization.h - one organization's days in one currency: what the rules judge.
 *
 * A project is followed from its first day with cost to the last day that its organization's
 * exports cover; a covered day without cost cost nothing, a day that no export covers is not known.
 * Days are counted from the organization's first.
 */
#pragma once
#include "core/money.h"
#include "runaway/threshold.h"

struct detail;

struct day {
    int64_t nanos;
    gboolean is_known; /* FALSE: neither judged nor a baseline */
    gboolean is_provisional;
    gboolean is_estimated; /* priced usage: that of other projects may not be known */
};

enum project_class { CLASS_OTHER, CLASS_PRODUCTION, CLASS_TEST };

struct project {
    int64_t key;
    char *id;
    enum project_class class;
    guint begin;      /* its first day with cost */
    struct day *days; /* of the organization's days, those from begin on */
    int64_t *usual;   /* the median of the four weeks before each of these; 0 without a week */
    struct detail *details; /* per day likewise (detail.h); NULL: no day needs it */
};

/* An organization's balance at the end of a day, and the payments that it got. */
struct balance {
    int64_t nanos;
    gboolean is_known; /* FALSE too where its opening is assumed */
    guint recharges;
};

struct organization {
    int64_t key;
    char *id;
    char currency[4];
    int32_t first; /* day number of day 0 */
    guint count;
    gboolean *is_known;
    int64_t *total;           /* of all cost, also without a project */
    int64_t *usual;           /* median of the total, as a project's */
    int64_t *test_ppm;        /* share of test projects in the total */
    int64_t *usual_ppm;       /* median of these; -1 without a week */
    struct balance *balances; /* per day; NULL: none is known */
    GPtrArray *projects;      /* struct project, owned, in the order of their ids */
};

/* A day's cost, as it is loaded. */
struct cost {
    guint project; /* index in projects, or NO_PROJECT */
    int32_t day;
    int64_t nanos;
    gboolean is_provisional, is_estimated;
};

#define NO_PROJECT G_MAXUINT

/* A run of covered days. */
struct span {
    int64_t organization_key;
    int32_t from, until;
};

struct organization *organization_new(int64_t key, const char *id, const char *currency);
void organization_free(struct organization *organization);
typedef struct organization Organization; /* for g_autoptr(Organization) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Organization, organization_free)
/* Adds a project; its index. */
guint organization_add(struct organization *organization, int64_t key, const char *id,
                       enum project_class class);
/* Lays the days out: costs (struct cost; every project has one) and spans (struct span), those of
 * other organizations too. */
void organization_lay(struct organization *organization, const GArray *costs, const GArray *spans);

/* The excess that is worth a finding: the share of what the organization usually costs in a day,
 * within floor and ceiling. */
int64_t organization_floor(const struct organization *organization,
                           const struct threshold *threshold, guint day);
/* What the median production project usually costs by that day; -1: there is none. */
int64_t organization_production(const struct organization *organization, guint day);

static inline const struct project *organization_project(const struct organization *organization,
                                                         guint index)
{
    return g_ptr_array_index(organization->projects, index);
}

/* A day of a project, which must have begun by then. */
static inline const struct day *project_day(const struct project *project, guint day)
{
    return &project->days[day - project->begin];
}

static inline int64_t project_usual(const struct project *project, guint day)
{
    return project->usual[day - project->begin];
}
