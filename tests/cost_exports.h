/*
 * cost_exports.h - cost exports as tests state them, put into a ledger as import would.
 *
 * Days are counted from 2026-10-01, which is 1: 31 is the end of October, 32 the first of November.
 */
#pragma once
#include "core/db.h"
#include "core/digest.h"
#include "core/instant.h"
#include "import/derive.h"
#include "test.h"

/* The same cost on each of some days. */
struct cost_run {
    const char *project; /* NULL: the row names none */
    int from, until;     /* days, inclusive; from 0 ends a list */
    int cents;
    int grain;            /* as partition.grain */
    const char *currency; /* NULL: USD */
};

struct cost_export {
    const char *name;
    const char *organization; /* NULL: org-one */
    int from;                 /* first day of the file; the last one is its last charged day */
    int as_of;                /* 0: not stated */
    gboolean is_whole;
    const struct cost_run *runs;
};

/* Runs as tests write them: what, from, until, cents a day. */
#define COST(p, a, b, c)                                                                           \
    {                                                                                              \
        .project = (p), .from = (a), .until = (b), .cents = (c)                                    \
    }
#define ITEMS(p, a, b, c)                                                                          \
    {                                                                                              \
        .project = (p), .from = (a), .until = (b), .cents = (c), .grain = 1                        \
    }
#define EURO(p, a, b, c)                                                                           \
    {                                                                                              \
        .project = (p), .from = (a), .until = (b), .cents = (c), .currency = "EUR"                 \
    }
#define RUNS(...) ((const struct cost_run[]){__VA_ARGS__, {.from = 0}})

#define NANOS_PER_CENT INT64_C(10000000)

static inline void export_day(int number, char out[11])
{
    day_format(day_from_civil(2026, 9, 30) + number, out);
}

static inline const char *run_currency(const struct cost_run *run)
{
    return run->currency ? run->currency : "USD";
}

static inline const char *export_organization(const struct cost_export *export)
{
    return export->organization ? export->organization : "org-one";
}

static inline gboolean export_is_grouped(const struct cost_export *export)
{
    for (const struct cost_run *run = export->runs; run->from; run++)
        if (run->project)
            return TRUE;
    return FALSE;
}

/* The nth newest charged day, 1 the newest; the first of the file when it has fewer. */
static inline int export_charged_day(const struct cost_export *export, int nth)
{
    int day = 400;

    for (; nth > 0; nth--) {
        int newest = 0;

        for (const struct cost_run *run = export->runs; run->from; run++)
            if (run->from < day)
                newest = MAX(newest, MIN(run->until, day - 1));
        if (!newest)
            return export->from;
        day = newest;
    }
    return day;
}

static inline int export_rank_day(const struct cost_export *export)
{
    return export->as_of ? export->as_of : export_charged_day(export, 1);
}

static inline void test_bind(struct statement *statement, const char *parameter, const char *value)
{
    statement_bind_text(statement, parameter, value);
}

/* Runs one statement with the parameters :a and :b, where it has them. */
static inline void test_run(struct db *db, const char *sql, const char *a, const char *b)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Statement) statement = statement_new(db, "test", sql, &error);

    assert_null(error);
    if (statement_has_parameter(statement, "a"))
        test_bind(statement, "a", a);
    if (statement_has_parameter(statement, "b"))
        test_bind(statement, "b", b);
    if (!statement_execute(statement, &error))
        fail_msg("%s", error->message);
}

static inline void insert_file(struct db *db, const char *name)
{
    char sha256[DIGEST_HEX_LEN + 1];

    digest_text(name, -1, sha256);
    test_run(db,
             "insert into file (name, path, sha256, kind, format, format_digest, options, encoding,"
             " delimiter, zone, zone_source, account_option, account_hint, as_of, record_count,"
             " fact_count, empty_count, skipped_count, reject_count, control_total, residue,"
             " rounded_count, imported_at) values (:a, '/' || :a, :b, 'cost', 'cost', '', '',"
             " 'utf-8', ',', '', '', '', '', '', 0, 0, 0, 0, 0, '', '', 0, 0)",
             name, sha256);
}

static inline void insert_snapshot(struct db *db, const struct cost_export *export)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Statement) insert = statement_new(
        db, "test",
        "insert into snapshot (file_id, kind, organization_key, from_day, until_day,"
        " provisional_from, settling_from, rank_day, rank_stated, is_grouped, is_whole)"
        " select :file_id, 'cost', organization_key, :from_day, :until_day, :provisional_from,"
        " :settling_from, :rank_day, :rank_stated, :is_grouped, :is_whole"
        " from organization where organization_id = :organization",
        &error);
    static const char *const names[] = {"from_day", "until_day", "provisional_from",
                                        "settling_from", "rank_day"};
    const int days[] = {export->from, export_charged_day(export, 1), export_charged_day(export, 2),
                        export_charged_day(export, 7), export_rank_day(export)};

    assert_null(error);
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        char day[11];

        export_day(days[i], day);
        test_bind(insert, names[i], day);
    }
    statement_bind_int(insert, "file_id", db_last_rowid(db));
    test_bind(insert, "organization", export_organization(export));
    statement_bind_int(insert, "rank_stated", export->as_of != 0);
    statement_bind_int(insert, "is_grouped", export_is_grouped(export));
    statement_bind_int(insert, "is_whole", export->is_whole);
    assert_true(statement_execute(insert, &error));
}

/* Keys go by what comes first, as with import: another order of files gives other keys. */
static inline void insert_names(struct db *db, const struct cost_export *export)
{
    test_run(db, "insert or ignore into organization (organization_id, name) values (:a, '')",
             export_organization(export), NULL);
    for (const struct cost_run *run = export->runs; run->from; run++)
        if (run->project)
            test_run(db, "insert or ignore into project (project_id, name) values (:a, '')",
                     run->project, NULL);
}

static inline void insert_partition(struct db *db, const struct cost_run *run, int day_number,
                                    int64_t snapshot_id)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Statement) insert = statement_new(
        db, "test",
        "insert into partition (snapshot_id, project_key, day, currency, first_row, last_row,"
        " row_count, total, request_count, grain) values (:snapshot_id,"
        " (select project_key from project where project_id = :project), :day, :currency, 0, 0,"
        " 0, :total, 0, :grain)",
        &error);
    char day[11];

    assert_null(error);
    export_day(day_number, day);
    statement_bind_int(insert, "snapshot_id", snapshot_id);
    test_bind(insert, "project", run->project);
    test_bind(insert, "day", day);
    test_bind(insert, "currency", run_currency(run));
    statement_bind_int(insert, "total", run->cents * NANOS_PER_CENT);
    statement_bind_int(insert, "grain", run->grain);
    assert_true(statement_execute(insert, &error));
}

/*
 * Two rows a partition, of the line items 'input' (all but a cent) and 'output', where it has any;
 * else one. All first rows stand before all second ones, so that the ranges of partitions overlap.
 */
static inline void insert_costs(struct db *db, int64_t snapshot_id)
{
    g_autofree char *key = g_strdup_printf("%" G_GINT64_FORMAT, snapshot_id);

    test_run(db, "insert or ignore into term (text) values ('input'), ('output')", NULL, NULL);
    test_run(db,
             "insert into cost (partition_id, line, amount_nanos, line_item_id)"
             " select partition_id, 2, case when grain & 1 then total - 10000000 else total end,"
             " case when grain & 1 then (select term_id from term where text = 'input') end"
             " from partition where snapshot_id = cast(:a as integer) order by partition_id",
             key, NULL);
    test_run(db,
             "insert into cost (partition_id, line, amount_nanos, line_item_id)"
             " select partition_id, 3, 10000000, (select term_id from term where text = 'output')"
             " from partition where snapshot_id = cast(:a as integer) and grain & 1"
             " order by partition_id",
             key, NULL);
    test_run(db,
             "update partition set (first_row, last_row, row_count) = (select min(cost_id),"
             " max(cost_id), count(*) from cost where cost.partition_id = partition.partition_id)"
             " where snapshot_id = cast(:a as integer)",
             key, NULL);
}

static inline void insert_export(struct db *db, const struct cost_export *export)
{
    int64_t snapshot_id;

    insert_names(db, export);
    insert_file(db, export->name);
    insert_snapshot(db, export);
    snapshot_id = db_last_rowid(db);
    for (const struct cost_run *run = export->runs; run->from; run++)
        for (int day = run->from; day <= run->until; day++)
            insert_partition(db, run, day, snapshot_id);
    insert_costs(db, snapshot_id);
}

static inline void insert_usage_snapshot(struct db *db, const struct cost_export *export)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Statement) insert = statement_new(
        db, "test",
        "insert into snapshot (file_id, kind, organization_key, from_day, until_day,"
        " provisional_from, settling_from, rank_day, rank_stated, is_grouped, is_whole)"
        " values (:file_id, 'completions', null, :day, :day, :day, :day, :day, 0, :grouped, 0)",
        &error);
    char day[11];

    assert_null(error);
    export_day(export_rank_day(export), day);
    statement_bind_int(insert, "file_id", db_last_rowid(db));
    statement_bind_text(insert, "day", day);
    statement_bind_int(insert, "grouped", export_is_grouped(export));
    assert_true(statement_execute(insert, &error));
}

/* A usage export, stated as a cost export is: cents are tokens. */
static inline void insert_usage(struct db *db, const struct cost_export *export)
{
    int64_t snapshot_id;

    insert_names(db, export);
    insert_file(db, export->name);
    insert_usage_snapshot(db, export);
    snapshot_id = db_last_rowid(db);
    for (const struct cost_run *run = export->runs; run->from; run++)
        for (int day = run->from; day <= run->until; day++)
            insert_partition(db, run, day, snapshot_id);
    test_run(db,
             "update partition set total = total / 10000000, request_count = 1, currency = ''"
             " where snapshot_id = (select max(snapshot_id) from snapshot)",
             NULL, NULL);
}

/* A query's rows, one a line, columns separated by blanks. */
static inline char *query_text(struct db *db, const char *sql)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Statement) rows = statement_new(db, "test", sql, &error);
    GString *text = g_string_new(NULL);

    if (!rows)
        fail_msg("%s", error->message);
    while (statement_step(rows, &error) == ROW) {
        for (int i = 0; i < statement_column_count(rows); i++) {
            const char *cell = statement_text(rows, i);

            g_string_append_printf(text, "%s%s", i ? " " : "", cell ? cell : "-");
        }
        g_string_append_c(text, '\n');
    }
    assert_null(error);
    return g_string_free(text, FALSE);
}

/* A ledger of some exports, imported in this order, and what they come to. */
static inline struct db *derived(const struct cost_export *exports, const guint *order, guint count)
{
    g_autoptr(GError) error = NULL;
    struct db *db = db_open_memory(&error);

    assert_non_null(db);
    for (guint i = 0; i < count; i++)
        insert_export(db, &exports[order[i]]);
    if (!derive_cost(db, &error))
        fail_msg("%s", error->message);
    return db;
}

/* NULL expects nothing in particular. */
static inline void check_query(struct db *db, const char *sql, const char *expected)
{
    g_autofree char *text = query_text(db, sql);

    if (expected)
        assert_string_equal(text, expected);
}
