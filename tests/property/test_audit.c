/*
 * test_audit.c - whatever is done to a row of the log behind the program's back, verify names it.
 *
 * A ledger with a log of 12 rows is copied, tampered with by raw writes (its triggers dropped and
 * made again as they were), and walked: a thousand times, each with a row, a column and a way
 * chosen by chance. What a walk must find is every change of the log; that it finds none where none
 * was made is the first thing tested.
 */
#include "core/asset.h"
#include "core/audit.h"
#include "random.h"
#include "test.h"
#include <glib/gstdio.h>

#define ROWS 12
#define RUNS 1000

static char *folder, *original, *copy;

static void run(struct db *db, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void run(struct db *db, const char *format, ...)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *sql = NULL;
    va_list arguments;

    va_start(arguments, format);
    sql = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    if (!db_execute(db, "test", sql, &error))
        fail_msg("%s: %s", sql, error->message);
}

static void append(struct db *db, const char *action, const char *subject, const char *detail)
{
    const struct act act = {.actor = "ada", .action = action, .subject = subject, .detail = detail};
    g_autoptr(GError) error = NULL;

    assert_true(audit_append(db, &act, &error));
}

static int make_original(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Db) db = NULL;

    (void)state;
    folder = g_dir_make_tmp("trueup-audit-XXXXXX", NULL);
    original = g_build_filename(folder, "original.db", NULL);
    copy = g_build_filename(folder, "copy.db", NULL);
    db = db_open(original, DB_WRITE, &error);
    assert_non_null(db);
    for (int i = 0; i < ROWS; i++) {
        g_autofree char *subject = g_strdup_printf("card-%d.csv", i % 5);
        g_autofree char *detail = g_strdup_printf("sha256=%064d\nfacts=%d", i, 11 - i % 3);

        append(db, i % 4 == 3 ? "forget" : "import", subject, detail);
    }
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    g_unlink(original);
    g_unlink(copy);
    g_rmdir(folder);
    g_free(original);
    g_free(copy);
    g_free(folder);
    return 0;
}

static struct db *open_copy(void)
{
    g_autofree char *bytes = NULL;
    g_autoptr(GError) error = NULL;
    gsize len;
    struct db *db;

    assert_true(g_file_get_contents(original, &bytes, &len, NULL));
    assert_true(
        g_file_set_contents_full(copy, bytes, (gssize)len, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    db = db_open(copy, DB_WRITE, &error);
    assert_non_null(db);
    run(db, "pragma synchronous = off"); /* nothing here must outlive a power cut */
    return db;
}

/* The number of problems, the first of them in *first. */
static guint problems_of(struct db *db, const char *anchor, char **first)
{
    g_auto(AuditVerdict) verdict = {0};
    g_autoptr(GError) error = NULL;

    if (!audit_verify(db, anchor, &verdict, &error))
        fail_msg("%s", error->message);
    *first = verdict.problems->len ? g_strdup(g_ptr_array_index(verdict.problems, 0)) : NULL;
    return verdict.problems->len;
}

static void unlock(struct db *db)
{
    run(db, "drop trigger audit_keeps_its_rows; drop trigger audit_never_changes");
}

/* As the program would, so that the triggers tell nothing. */
static void lock(struct db *db)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) text = asset_read("sql/schema/0006_audit.sql", &error);
    const char *triggers = strstr(g_bytes_get_data(text, NULL), "create trigger");

    run(db, "%s", triggers);
}

static const char *const columns[] = {"audit_id", "done_at", "actor",    "action",
                                      "subject",  "detail",  "previous", "hash"};

/* A bit of one byte of one column: of an integer as SQLite holds it, of a text anywhere in it. */
static void flip(struct db *db, struct rng *rng, char *how)
{
    int row = 1 + rng_below(rng, ROWS), column = rng_below(rng, G_N_ELEMENTS(columns));
    int bit = rng_below(rng, 8);

    if (column < 2) {
        int64_t mask = INT64_C(1) << (8 * rng_below(rng, column == 0 ? 2 : 4) + bit);

        if (column == 0 && mask < 16)
            mask <<= 4; /* else a row that is there already would have that number */
        run(db,
            "update audit set %s = (%s | %" G_GINT64_FORMAT ") - (%s & %" G_GINT64_FORMAT
            ") where audit_id = %d",
            columns[column], columns[column], mask, columns[column], mask, row);
        g_snprintf(how, 200, "%s of row %d by %" G_GINT64_FORMAT, columns[column], row, mask);
        return;
    }
    {
        g_autoptr(GError) error = NULL;
        g_autofree char *sql =
            g_strdup_printf("select hex(%s) from audit where audit_id = %d", columns[column], row);
        g_autoptr(Statement) read = statement_new(db, "test", sql, &error);
        g_autofree char *hex = NULL;
        gsize at;
        int byte;

        assert_int_equal(statement_step(read, &error), ROW);
        hex = g_strdup(statement_text(read, 0));
        at = 2 * (gsize)rng_below(rng, (int)strlen(hex) / 2);
        byte = (g_ascii_xdigit_value(hex[at]) << 4 | g_ascii_xdigit_value(hex[at + 1])) ^ 1 << bit;
        hex[at] = "0123456789ABCDEF"[byte >> 4];
        hex[at + 1] = "0123456789ABCDEF"[byte & 15];
        statement_reset(read);
        run(db, "update audit set %s = cast(x'%s' as text) where audit_id = %d", columns[column],
            hex, row);
        g_snprintf(how, 200, "%s of row %d, byte %d, bit %d", columns[column], row, (int)at / 2,
                   bit);
    }
}

/* Bytes behind the end that C's strings have, which a careless walk would not see. */
static void append_bytes(struct db *db, struct rng *rng, char *how)
{
    static const char *const tails[] = {"00", "0031", "20", "0A", "C2A0", "FF"};
    int row = 1 + rng_below(rng, ROWS), column = 2 + rng_below(rng, G_N_ELEMENTS(columns) - 2);
    const char *tail = tails[rng_below(rng, G_N_ELEMENTS(tails))];

    run(db, "update audit set %s = cast(cast(%s as blob) || x'%s' as text) where audit_id = %d",
        columns[column], columns[column], tail, row);
    g_snprintf(how, 200, "%s of row %d with %s behind", columns[column], row, tail);
}

static void drop_row(struct db *db, struct rng *rng, char *how)
{
    int first = 1 + rng_below(rng, ROWS), count = 1 + rng_below(rng, 3);

    run(db, "delete from audit where audit_id >= %d and audit_id < %d", first, first + count);
    if (rng_one_in(rng, 2)) /* the rest moves up */
        run(db, "update audit set audit_id = audit_id - %d where audit_id > %d",
            MIN(count, ROWS + 1 - first), first);
    g_snprintf(how, 200, "%d dropped from %d on", count, first);
}

/* The rows keep their numbers and exchange everything else, or only what tells of the act. */
static void swap_rows(struct db *db, struct rng *rng, char *how)
{
    int one = 1 + rng_below(rng, ROWS), other = 1 + (one + rng_below(rng, ROWS - 1)) % ROWS;
    const gboolean whole = rng_one_in(rng, 2);

    if (whole)
        run(db,
            "update audit set audit_id = 1000 where audit_id = %d;"
            "update audit set audit_id = %d where audit_id = %d;"
            "update audit set audit_id = %d where audit_id = 1000",
            one, one, other, other);
    else
        run(db,
            "create table a as select * from audit where audit_id in (%d, %d);"
            "update audit set (done_at, actor, action, subject, detail) ="
            " (select done_at + 1, actor, action, subject, detail from a"
            "  where a.audit_id = %d - audit.audit_id) where audit_id in (%d, %d);"
            "drop table a",
            one, other, one + other, one, other);
    g_snprintf(how, 200, "%d and %d swapped%s", one, other, whole ? "" : ", links kept");
}

static void reorder_rows(struct db *db, struct rng *rng, char *how)
{
    int by = 1 + rng_below(rng, ROWS - 1);

    run(db,
        "update audit set audit_id = audit_id + 1000;"
        "update audit set audit_id = 1 + (audit_id - 1001 + %d) %% %d",
        by, ROWS);
    g_snprintf(how, 200, "turned round by %d", by);
}

static void add_row(struct db *db, struct rng *rng, char *how)
{
    int like = 1 + rng_below(rng, ROWS);
    int id = rng_one_in(rng, 2) ? ROWS + 1 : -rng_below(rng, 5);

    run(db,
        "insert into audit select %d, done_at, actor, action, subject, detail, previous, hash"
        " from audit where audit_id = %d",
        id, like);
    g_snprintf(how, 200, "row %d again as %d", like, id);
}

/* The table made anew without its types, and one value of another type that reads the same. */
static void retype(struct db *db, struct rng *rng, char *how)
{
    int row = 1 + rng_below(rng, ROWS), column = rng_below(rng, G_N_ELEMENTS(columns));
    const char *type = column < 2 ? "text" : "blob";

    run(db,
        "create table kept as select * from audit; drop table audit;"
        "create table audit (audit_id, done_at, actor, action, subject, detail, previous, hash);"
        "insert into audit select * from kept; drop table kept;"
        "update audit set %s = cast(%s as %s) where audit_id = %d",
        columns[column], columns[column], type, row);
    g_snprintf(how, 200, "%s of row %d as %s", columns[column], row, type);
}

/* The newest rows and the head are the easiest to take away, and to make up. */
static void move_head(struct db *db, struct rng *rng, char *how)
{
    int count = rng_below(rng, ROWS);

    if (rng_one_in(rng, 3)) {
        run(db, "delete from meta where name = 'audit_head'");
        g_snprintf(how, 200, "the head gone");
        return;
    }
    run(db,
        "update meta set value = (select audit_id || ' ' || hash from audit where audit_id = %d)"
        " where name = 'audit_head' and %d > 0;"
        "update meta set value = '%d' || substr(value, 3) where name = 'audit_head' and %d = 0",
        count, count, ROWS + 1, count);
    g_snprintf(how, 200, "the head as if after row %d", count);
}

static void verify_finds_nothing_in_an_untouched_log(void **state)
{
    g_autoptr(Db) db = open_copy();
    g_autofree char *first = NULL;

    (void)state;
    assert_int_equal(problems_of(db, NULL, &first), 0);
    unlock(db);
    assert_int_equal(problems_of(db, NULL, &first), 2); /* a trigger each */
    lock(db);
    g_clear_pointer(&first, g_free);
    assert_int_equal(problems_of(db, NULL, &first), 0);
}

static void verify_names_whatever_is_done_to_the_log(void **state)
{
    static void (*const ways[])(struct db *, struct rng *, char *) = {
        flip,      flip,         flip,    flip,   append_bytes, drop_row,
        swap_rows, reorder_rows, add_row, retype, move_head};
    struct rng rng = rng_new();
    int found = 0;

    (void)state;
    for (int i = 0; i < RUNS; i++) {
        g_autoptr(Db) db = open_copy();
        g_autofree char *first = NULL;
        char how[200] = "";

        unlock(db);
        ways[rng_below(&rng, G_N_ELEMENTS(ways))](db, &rng, how);
        lock(db);
        if (problems_of(db, NULL, &first) == 0)
            print_message("run %d: not found: %s\n", i, how);
        else if (!g_str_has_prefix(first, "audit row "))
            print_message("run %d: %s: names no row: %s\n", i, how, first);
        else
            found++;
    }
    print_message("%d of %d found\n", found, RUNS);
    assert_int_equal(found, RUNS);
}

/* A log that was cut off with its head is whole in itself; so is one that was made anew. */
static void an_anchor_finds_a_log_that_was_made_anew(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Db) db = open_copy();
    g_autofree char *first = NULL;
    struct audit_head old;

    (void)state;
    assert_true(audit_head(db, &old, &error));
    append(db, "observe", "org-a", "");
    assert_int_equal(problems_of(db, old.hash, &first), 0);
    unlock(db);
    run(db,
        "delete from audit where audit_id >= %d;"
        "update meta set value = (select audit_id || ' ' || hash from audit"
        " order by audit_id desc limit 1) where name = 'audit_head'",
        ROWS);
    lock(db);
    assert_int_equal(problems_of(db, NULL, &first), 0);
    assert_int_equal(problems_of(db, old.hash, &first), 1);
    assert_non_null(strstr(first, "no row that is proven has the hash"));
    append(db, "import", "made-up.csv", "");
    g_clear_pointer(&first, g_free);
    assert_int_equal(problems_of(db, old.hash, &first), 1);
}

/* An anchor behind a row that was changed proves nothing. */
static void an_anchor_proves_only_rows_that_hold(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Db) db = open_copy();
    g_auto(AuditVerdict) verdict = {0};
    struct audit_head head;

    (void)state;
    assert_true(audit_head(db, &head, &error));
    unlock(db);
    run(db, "update audit set actor = 'eve' where audit_id = 3");
    lock(db);
    assert_true(audit_verify(db, head.hash, &verdict, &error));
    assert_int_equal(verdict.anchor_row, 0);
    assert_int_equal(verdict.problems->len, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verify_finds_nothing_in_an_untouched_log),
        cmocka_unit_test(verify_names_whatever_is_done_to_the_log),
        cmocka_unit_test(an_anchor_finds_a_log_that_was_made_anew),
        cmocka_unit_test(an_anchor_proves_only_rows_that_hold),
    };

    return cmocka_run_group_tests(tests, make_original, remove_folder);
}
