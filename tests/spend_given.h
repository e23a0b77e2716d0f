/*
 * spend_given.h - given days of cost and usage, what `report spend` says of them.
 *
 * Two organizations, org-a and org-b. Days are numbers since 31 August 2026, a Monday: September is
 * 1 to 30, October 31 to 61, November 62 to 91. Amounts are cents.
 */
#pragma once
#include "report_given.h"

#define CENT INT64_C(10000000)

/* 'YYYY-MM-DD' for the SQL of a test: valid until four more are asked for. */
static inline const char *spend_day(int day)
{
    static char texts[4][11];
    static guint next;
    char *text = texts[next++ % G_N_ELEMENTS(texts)];

    day_format(day_from_civil(2026, 8, 31) + day, text);
    return text;
}

static inline Db *spend_ledger(void)
{
    Db *db = db_open_memory(NULL);

    run(db, "insert into organization values (1, 'org-a', 'Aurora'), (2, 'org-b', 'Borealis');"
            "insert into project values (1, 'proj_web', 'web'), (2, 'proj_lab', 'lab'),"
            " (3, 'proj_api', 'api');"
            "insert into project_fact values (1, 1, 'production', 'rule', 'ann', '', '4711'),"
            " (2, 1, 'test', 'rule', 'bob', '', '4711'), (3, 2, '', '', '', '', '');"
            "with recursive days (day) as (select '2026-08-01' union all"
            " select date(day, '+1 day') from days where day < '2027-02-28')"
            "insert into calendar select day,"
            " cast(julianday(day) - 2440587.5 as integer), substr(day, 1, 7) from days");
    given_file(db, 1, "cost.csv", "cost", NULL);
    return db;
}

static inline void given_coverage(Db *db, int organization, int from, int until)
{
    runf(db, "insert into coverage values (%d, '%s', '%s')", organization, spend_day(from),
         spend_day(until));
}

/* The same cost on each day from one to the other. project 0 is none. */
static inline void given_cost(Db *db, int organization, int project, int from, int until, int cents)
{
    for (int day = from; day <= until; day++)
        runf(db,
             "insert into cost_day values (%d, nullif(%d, 0), '%s', 'USD', %" G_GINT64_FORMAT
             ", 0, null, null, 1)",
             organization, project, spend_day(day), cents * CENT);
}

/* organization 0 is unknown. */
static inline void given_usage(Db *db, int organization, int project, int from, int until,
                               int requests, int tokens)
{
    for (int day = from; day <= until; day++)
        runf(db,
             "insert into usage_day (organization_key, project_key, kind, day, partition_id,"
             " requests, tokens, is_provisional) values"
             " (nullif(%d, 0), %d, 'completions', '%s', 1, %d, %d, 0)",
             organization, project, spend_day(day), requests, tokens);
}

static inline guint spend_column(char **names, const char *name)
{
    for (guint i = 0; names[i]; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    fail_msg("spend has no column %s", name);
    return 0;
}

/* Columns of the report, "month cost share", as lines of cells with bars between them. */
static inline void assert_spend(Db *db, struct report_options options, const char *columns,
                                const char *expected)
{
    g_autofree char *csv = render(db, "spend", "csv", options, 0, NULL);
    g_auto(GStrv) lines = g_strsplit(csv, "\n", -1), wanted = g_strsplit(columns, " ", -1);
    g_auto(GStrv) names = g_strsplit(lines[0], ",", -1);
    g_autoptr(GString) said = g_string_new(NULL);

    for (guint i = 1; lines[i] && *lines[i]; i++) {
        g_auto(GStrv) cells = g_strsplit(lines[i], ",", -1);

        for (guint j = 0; wanted[j]; j++)
            g_string_append_printf(said, "%s%s", j ? "|" : "",
                                   cells[spend_column(names, wanted[j])]);
        g_string_append_c(said, '\n');
    }
    assert_string_equal(said->str, expected);
}
