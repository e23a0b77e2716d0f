/* Laws of importing: twice is once, the order of files is nothing, a refused file leaves no trace.
 */
#include "core/instant.h"
#include "ledger_text.h"
#include "random.h"

#define ROUNDS      15
#define FILES       6
#define FIRST_EPOCH INT64_C(1788048000) /* 2026-08-30, a UTC midnight */

struct world {
    char *folder;
    char *paths[FILES];
};

static const char *const organizations[] = {"org-Alpha1", "org-Beta22"};
static const char *const projects[] = {"proj_one", "proj_two", "proj_three", ""};
static const char *const line_items[] = {"\"gpt-5-mini, input\"", "whisper", ""};

static char *cost_text(struct rng *rng)
{
    GString *text = g_string_new("start_time,end_time,amount_value,amount_currency,line_item,"
                                 "project_id,organization_id,project_name,organization_name\n");
    int days = 1 + rng_below(rng, 12), first = rng_below(rng, 10);
    const char *organization = organizations[rng_below(rng, 2)];

    for (int day = first; day < first + days; day++) {
        int64_t start = FIRST_EPOCH + day * SECONDS_PER_DAY;
        int rows = rng_below(rng, 4);

        if (rows == 0)
            g_string_append_printf(text, "%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",,,,,,,\n",
                                   start, start + SECONDS_PER_DAY);
        for (int row = 0; row < rows; row++) {
            const char *project = projects[rng_below(rng, 4)];

            g_string_append_printf(
                text, "%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",%s%d.%012d,usd,%s,%s,%s,%s,Org\n",
                start, start + SECONDS_PER_DAY, rng_one_in(rng, 5) ? "-" : "", rng_below(rng, 90),
                rng_below(rng, 1000000000), line_items[rng_below(rng, 3)], project, organization,
                *project ? "\"A \"\"project\"\"\"" : "");
        }
    }
    return g_string_free(text, FALSE);
}

static char *payments_text(struct rng *rng)
{
    GString *text = g_string_new("paid_at,organization_id,invoice_number,kind,status,credit_amount,"
                                 "tax_amount,total_amount,currency,card_last4\n");
    int rows = 1 + rng_below(rng, 8), counter = rng_below(rng, 1000);

    for (int row = 0; row < rows; row++) {
        gboolean failed = rng_one_in(rng, 4);
        g_autofree char *invoice =
            failed ? g_strdup("") : g_strdup_printf("ABCD1234-%04d", counter + row);
        int credit = 5 + rng_below(rng, 50);

        g_string_append_printf(
            text, "2026-%02d-%02dT%02d:30:00Z,%s,%s,auto,%s,%d.00,1.00,%d.00,USD,4242\n",
            1 + rng_below(rng, 12), 1 + rng_below(rng, 28), rng_below(rng, 24),
            organizations[rng_below(rng, 2)], invoice, failed ? "failed" : "paid", credit,
            credit + 1);
    }
    return g_string_free(text, FALSE);
}

static char *card_text(struct rng *rng)
{
    GString *text =
        g_string_new("Transaction Date,Post Date,Description,Category,Type,Amount,Memo\n");
    int rows = 1 + rng_below(rng, 8);

    for (int row = 0; row < rows; row++) {
        int day = 1 + rng_below(rng, 27);

        g_string_append_printf(text,
                               "03/%02d/2026,03/%02d/2026,OPENAI  *API,Shopping,Sale,-%d.%02d,\n",
                               day, day + 1, 5 + rng_below(rng, 3), rng_below(rng, 2));
    }
    return g_string_free(text, FALSE);
}

static char *grants_text(struct rng *rng)
{
    GString *text =
        g_string_new("organization_id,grant_id,kind,granted_at,expires_at,amount,currency\n");
    int rows = 1 + rng_below(rng, 3);

    for (int row = 0; row < rows; row++)
        g_string_append_printf(text, "%s,grant_%d,promotional,2026-0%d-01,,%d,USD\n",
                               organizations[rng_below(rng, 2)], row, 1 + rng_below(rng, 9),
                               1 + rng_below(rng, 20));
    return g_string_free(text, FALSE);
}

/* Files of every sort; a name carries four digits, which are a card's where the file is a
 * statement. */
static void world_init(struct world *world, struct rng *rng)
{
    world->folder = g_dir_make_tmp("trueup-import-XXXXXX", NULL);
    for (int i = 0; i < FILES; i++) {
        g_autofree char *text = NULL;
        g_autofree char *name = NULL;

        switch (rng_below(rng, 5)) {
        case 0:
            text = payments_text(rng);
            break;
        case 1:
            text = card_text(rng);
            break;
        case 2:
            text = grants_text(rng);
            break;
        default:
            text = cost_text(rng);
            break;
        }
        name = g_strdup_printf("Chase%04d_%d.csv", 1000 + i, i);
        world->paths[i] = file_in(world->folder, name, text);
    }
}

static void world_clear(struct world *world)
{
    for (int i = 0; i < FILES; i++) {
        assert_int_equal(g_unlink(world->paths[i]), 0);
        g_free(world->paths[i]);
    }
    assert_int_equal(g_rmdir(world->folder), 0);
    g_free(world->folder);
}

static void import_all(struct db *db, const struct world *world, const int *order)
{
    for (int i = 0; i < FILES; i++) {
        g_autoptr(ImportResult) result = import_path(db, world->paths[order[i]], NULL);

        if (result->outcome == IMPORT_REFUSED)
            fail_msg("%s", result->refusal ? result->refusal
                                           : (char *)g_ptr_array_index(result->problems, 0));
    }
}

static void shuffle(struct rng *rng, int *order)
{
    for (int i = FILES - 1; i > 0; i--) {
        int j = rng_below(rng, i + 1), kept = order[i];

        order[i] = order[j];
        order[j] = kept;
    }
}

/* What files said, in names: no key, no id of a row, nothing that the order of import may shape. */
static char *facts_of(struct db *db)
{
    static const char *const queries[] = {
        "select name, sha256, kind, options, record_count, fact_count, empty_count, covered_from, "
        "covered_until, control_total, residue, rounded_count from file order by name",
        "select file.name, file_note.position, file_note.text from file_note "
        "join file using (file_id) order by 1, 2",
        "select file.name, external_id, name_seen.kind, name_seen.name from name_seen "
        "join file using (file_id) order by 1, 2, 3, 4",
        "select file.name, organization_id, snapshot.kind, from_day, until_day, provisional_from, "
        "settling_from, rank_day, is_grouped from snapshot join file using (file_id) "
        "left join organization using (organization_key) order by 1, 2",
        "select file.name, organization_id, project_id, day, currency, row_count, total, grain, "
        "last_row - first_row from partition join snapshot using (snapshot_id) "
        "join file using (file_id) join organization using (organization_key) "
        "left join project using (project_key) order by 1, 2, 3, 4, 5",
        "select file.name, cost.line, organization_id, project_id, day, currency, amount_nanos, "
        "term.text from cost join partition using (partition_id) "
        "join snapshot using (snapshot_id) join file using (file_id) "
        "join organization using (organization_key) left join project using (project_key) "
        "left join term on term.term_id = line_item_id order by 1, 2",
        "select file.name, line, organization_id, paid_at, invoice_number, status, credit_nanos, "
        "total_nanos, identity, occurrence from topup_row join file using (file_id) "
        "join organization using (organization_key) order by 1, 2",
        "select file.name, line, organization_id, grant_id, granted_at, amount_nanos, identity, "
        "occurrence from grant_row join file using (file_id) "
        "join organization using (organization_key) order by 1, 2",
        "select file.name, line, purchased_on, posted_on, amount_nanos, descriptor from card_row "
        "join file using (file_id) order by 1, 2",
        "select organization_id from organization order by 1",
        "select project_id from project order by 1",
    };
    GString *text = g_string_new("");

    for (gsize i = 0; i < G_N_ELEMENTS(queries); i++) {
        g_autofree char *rows = rows_of(db, queries[i]);

        g_string_append_printf(text, "-- %d\n%s%s", (int)i, rows, *rows ? "\n" : "");
    }
    return g_string_free(text, FALSE);
}

static void importing_twice_is_importing_once(void **state)
{
    struct rng rng = rng_new();

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        const int order[FILES] = {0, 1, 2, 3, 4, 5};
        g_autoptr(Db) db = db_open_memory(NULL);
        g_autofree char *once = NULL;
        g_autofree char *twice = NULL;
        struct world world;

        world_init(&world, &rng);
        import_all(db, &world, order);
        once = ledger_dump(db);
        import_all(db, &world, order);
        twice = ledger_dump(db);
        assert_string_equal(once, twice);
        world_clear(&world);
    }
}

static void the_order_of_files_changes_no_fact(void **state)
{
    struct rng rng = rng_new();

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        int order[FILES] = {0, 1, 2, 3, 4, 5};
        g_autoptr(Db) db = db_open_memory(NULL);
        g_autoptr(Db) other = db_open_memory(NULL);
        g_autofree char *facts = NULL;
        g_autofree char *other_facts = NULL;
        struct world world;

        world_init(&world, &rng);
        import_all(db, &world, order);
        shuffle(&rng, order);
        import_all(other, &world, order);
        facts = facts_of(db);
        other_facts = facts_of(other);
        assert_string_equal(facts, other_facts);
        world_clear(&world);
    }
}

/* Spoils one data line so that no reading of it is right. */
static char *spoil(struct rng *rng, const char *text)
{
    static const char *const endings[] = {",one field too many", ",\"never closed",
                                          "\"stray quote"};
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    int count = (int)g_strv_length(lines) - 2; /* without the header and what follows the last LF */
    int bad = 1 + rng_below(rng, count);
    char *good = lines[bad];

    lines[bad] = rng_one_in(rng, 3) ? g_strdup("too,few")
                                    : g_strconcat(good, endings[rng_below(rng, 3)], NULL);
    g_free(good);
    return g_strjoinv("\n", lines);
}

static void a_refused_file_leaves_no_trace(void **state)
{
    struct rng rng = rng_new();

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        const int order[FILES] = {0, 1, 2, 3, 4, 5};
        g_autoptr(Db) db = db_open_memory(NULL);
        g_autofree char *before = NULL;
        struct world world;

        world_init(&world, &rng);
        import_all(db, &world, order);
        before = ledger_dump(db);
        for (int i = 0; i < FILES; i++) {
            g_autofree char *text = NULL;
            g_autofree char *spoiled = NULL;
            g_autofree char *path = NULL;
            g_autofree char *after = NULL;
            g_autoptr(ImportResult) result = NULL;

            assert_true(g_file_get_contents(world.paths[i], &text, NULL, NULL));
            spoiled = spoil(&rng, text);
            path = file_in(world.folder, "spoiled.csv", spoiled);
            result = import_path(db, path, NULL);
            assert_int_equal(result->outcome, IMPORT_REFUSED);
            assert_int_equal(result->exit_code, 3);
            assert_true(result->problem_count > 0);
            after = ledger_dump(db);
            assert_string_equal(before, after);
            assert_int_equal(g_unlink(path), 0);
        }
        world_clear(&world);
    }
}

static void a_file_that_is_forgotten_leaves_only_names_of_terms(void **state)
{
    struct rng rng = rng_new();

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        int order[FILES] = {0, 1, 2, 3, 4, 5};
        g_autoptr(Db) db = db_open_memory(NULL);
        g_autofree char *facts = NULL;
        struct world world;

        world_init(&world, &rng);
        import_all(db, &world, order);
        shuffle(&rng, order);
        for (int i = 0; i < FILES; i++) {
            g_autoptr(GError) error = NULL;
            gint64 count = 0;

            assert_true(import_forget(db, world.paths[order[i]], &count, &error));
            assert_int_equal(count, 1);
        }
        facts = facts_of(db);
        assert_string_equal(facts,
                            "-- 0\n-- 1\n-- 2\n-- 3\n-- 4\n-- 5\n-- 6\n-- 7\n-- 8\n-- 9\n-- 10\n");
        world_clear(&world);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(importing_twice_is_importing_once),
        cmocka_unit_test(the_order_of_files_changes_no_fact),
        cmocka_unit_test(a_refused_file_leaves_no_trace),
        cmocka_unit_test(a_file_that_is_forgotten_leaves_only_names_of_terms),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
