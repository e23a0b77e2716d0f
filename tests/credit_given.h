/*
 * credit_given.h - given top-ups, grants, costs and seen balances of one organization, org-a, for
 * the tests of src/credit.
 *
 * Days are counted from 2026-01-01, amounts are cents of USD.
 */
#pragma once
#include "core/instant.h"
#include "derive_world.h"

#define CENT INT64_C(10000000)

static inline int32_t day_number(int day)
{
    return day_from_civil(2026, 1, 1) + day;
}

static inline const char *day_text(int day)
{
    static char texts[4][11];
    static int next;
    char *text = texts[next++ % 4];

    day_format(day_number(day), text);
    return text;
}

static inline int64_t at(int day, int hour)
{
    return day_number(day) * SECONDS_PER_DAY + hour * 3600;
}

/* One organization whose cost is covered for some days, with the projects proj_a and proj_b. */
static inline Db *given_ledger(int covered_days)
{
    Db *db = db_open_memory(NULL);

    assert_non_null(db);
    given_file(db, 1, "given.csv", "payments", NULL);
    given_organization(db, 1, "org-a");
    run(db, "insert into project values (1, 'proj_b', ''), (2, 'proj_a', '')");
    for (int day = 0; day < 60; day++)
        runf(db, "insert into calendar values ('%s', %d, '%.7s')", day_text(day), day_number(day),
             day_text(day));
    runf(db,
         "insert into organization_fact (organization_key, billing_mode, first_on, cost_from,"
         " cost_until) values (1, 'prepaid', '2026-01-01', '2026-01-01', '%s')",
         day_text(covered_days - 1));
    runf(db, "insert into coverage values (1, '2026-01-01', '%s')", day_text(covered_days - 1));
    return db;
}

static inline void given_topup(Db *db, int id, int64_t paid_at, int cents, const char *status)
{
    char day[11];

    day_format(day_from_instant(paid_at), day);
    runf(db,
         "insert into topup values (%d, 't%d', %d, 1, %d, 1, %" G_GINT64_FORMAT
         ", '%s', 0, 0, 0, 'INV-%04d', '', '', 'manual', '%s', %" G_GINT64_FORMAT
         ", 'USD', 0, %" G_GINT64_FORMAT ", 'USD', '', null, null, null, 'INV-%04d', 1, '')",
         id, id, id, id, paid_at, day, id, status, cents * CENT, cents * CENT, id);
}

static inline void given_grant(Db *db, int id, const char *kind, int day, int expiry_day, int cents)
{
    runf(db,
         "insert into grant_fact values (%d, 'g%d', 1, %d, 1, 'grant_%d', '%s', %" G_GINT64_FORMAT
         ", '%s', %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", 'USD')",
         id, id, id, id, kind, at(day, 0), day_text(day), at(expiry_day, 12), cents * CENT);
}

static inline void given_cost(Db *db, int project, int day, int cents)
{
    runf(db,
         "insert into cost_day values (1, nullif(%d, 0), '%s', 'USD', %" G_GINT64_FORMAT
         ", 0, null, null, 1)",
         project, day_text(day), cents * CENT);
}

static inline void given_observation(Db *db, int id, int day, int hour, int cents)
{
    runf(db,
         "insert into observation values (%d, null, 0, 1, %" G_GINT64_FORMAT
         ", '%s', %" G_GINT64_FORMAT ", 'USD')",
         id, at(day, hour), day_text(day), cents * CENT);
}
