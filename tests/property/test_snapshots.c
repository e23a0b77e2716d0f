/*
 * Whatever exports there are, their order changes nothing, and what they come to is what a slow and
 * simple count over all of them says.
 */
#include "cost_exports.h"
#include "random.h"
#include <inttypes.h>

#define WORLDS      60
#define EXPORTS_MAX 6
#define USAGE_MAX   3
#define PROJECTS    3 /* and slot 0: none */
#define DAYS        14

static const char *const projects[] = {NULL, "p1", "p2", "p3"};
static const char *const organizations[] = {"org-one", "org-two"};
static const char *const currencies[] = {"USD", "EUR"};

/* An export and what it holds. */
struct made {
    struct cost_export export;
    GArray *runs;
    char name[16], sha256[DIGEST_HEX_LEN + 1];
};

struct world {
    struct made exports[EXPORTS_MAX], usage[USAGE_MAX];
    guint export_count, usage_count;
};

/* from … until-1 */
static int between(struct rng *random, int from, int until)
{
    return from + rng_below(random, until - from);
}

static void made_clear(struct made *made)
{
    g_array_unref(made->runs);
}

/* One run a day and project, so that a project may miss any day; few amounts, so that some are
 * equal. */
static void make_runs(struct made *made, struct rng *random, gboolean is_grouped)
{
    static const int cents[] = {0, 5, 10, 10, 20, 30, -5};
    int until = between(random, made->export.from, DAYS + 1);
    int currency = between(random, 0, 8) == 0;
    int grain = between(random, 0, 4);

    made->runs = g_array_new(TRUE, TRUE, sizeof(struct cost_run));
    for (int day = made->export.from; day <= until; day++) {
        for (int project = 0; project <= (is_grouped ? PROJECTS : 0); project++) {
            struct cost_run run = {.project = projects[project],
                                   .from = day,
                                   .until = day,
                                   .cents = cents[between(random, 0, G_N_ELEMENTS(cents))],
                                   .grain = grain,
                                   .currency = currencies[currency]};

            if (!is_grouped)
                run.cents *= 3;
            if (between(random, 0, 5) > 0)
                g_array_append_val(made->runs, run);
        }
    }
    if (made->runs->len == 0)
        g_array_append_val(made->runs, ((struct cost_run){.project = projects[is_grouped],
                                                          .from = made->export.from,
                                                          .until = made->export.from,
                                                          .cents = 10,
                                                          .currency = currencies[0]}));
    made->export.runs = (const struct cost_run *)(void *)made->runs->data;
}

static void make(struct made *made, struct rng *random, const char *kind, guint number)
{
    g_snprintf(made->name, sizeof made->name, "%s-%u.csv", kind, number);
    digest_text(made->name, -1, made->sha256);
    made->export = (struct cost_export){
        .name = made->name,
        .organization = organizations[between(random, 0, 4) == 0],
        .from = between(random, 1, DAYS + 1),
        .as_of = between(random, 0, 4) == 0 ? between(random, 1, DAYS + 5) : 0,
        .is_whole = between(random, 0, 4) == 0,
    };
    make_runs(made, random, between(random, 0, 3) > 0);
}

static void world_make(struct world *world, struct rng *random)
{
    world->export_count = (guint)between(random, 2, EXPORTS_MAX + 1);
    world->usage_count = (guint)between(random, 0, USAGE_MAX + 1);
    for (guint i = 0; i < world->export_count; i++)
        make(&world->exports[i], random, "cost", i);
    for (guint i = 0; i < world->usage_count; i++)
        make(&world->usage[i], random, "usage", i);
}

static void world_clear(struct world *world)
{
    for (guint i = 0; i < world->export_count; i++)
        made_clear(&world->exports[i]);
    for (guint i = 0; i < world->usage_count; i++)
        made_clear(&world->usage[i]);
}

static struct db *world_derive(const struct world *world, struct rng *random)
{
    g_autoptr(GError) error = NULL;
    struct db *db = db_open_memory(&error);
    guint count = world->export_count + world->usage_count, order[EXPORTS_MAX + USAGE_MAX];

    for (guint i = 0; i < count; i++) {
        guint other = (guint)between(random, 0, (int)i + 1);

        order[i] = order[other];
        order[other] = i;
    }
    for (guint i = 0; i < count; i++) {
        if (order[i] < world->export_count)
            insert_export(db, &world->exports[order[i]].export);
        else
            insert_usage(db, &world->usage[order[i] - world->export_count].export);
    }
    if (!derive_cost(db, &error))
        fail_msg("%s", error->message);
    return db;
}

/* Every derived table, without the keys that importing gives. */
static const char *const tables[] = {
    "select organization_id, project_id, day, currency, cost_nanos, is_provisional, source.name,"
    " total.name, split.name from cost_day inner join organization using (organization_key)"
    " left join project using (project_key)"
    " inner join file as source on source.file_id = source_file_id"
    " left join (select partition_id, file.name from partition inner join snapshot using "
    "(snapshot_id)"
    " inner join file using (file_id)) as total on total.partition_id = total_partition_id"
    " left join (select partition_id, file.name from partition inner join snapshot using "
    "(snapshot_id)"
    " inner join file using (file_id)) as split on split.partition_id = split_partition_id"
    " order by 1, 2, 3, 4",
    "select organization_id, project_id, kind, day, requests, tokens, is_provisional from usage_day"
    " left join organization using (organization_key) left join project using (project_key)"
    " order by 1, 2, 3, 4",
    "select organization_id, from_day, until_day from coverage"
    " inner join organization using (organization_key) order by 1, 2",
    "select organization_id, project_id, day, currency, before_nanos, after_nanos, older.name,"
    " newer.name, is_conflict from restatement inner join organization using (organization_key)"
    " left join project using (project_key)"
    " inner join file as older on older.file_id = before_file_id"
    " inner join file as newer on newer.file_id = after_file_id order by 1, 2, 3, 4, 5, 6, 7, 8",
    "select id, code, organization_id, project_id, dated_on, amount_nanos, currency, reference, "
    "file.name,"
    " explanation from exception left join organization using (organization_key)"
    " left join project using (project_key) left join file using (file_id)"
    " order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10",
    "select organization_id, project_id, day, currency, text, amount_nanos from int_cost_lines"
    " inner join organization using (organization_key) left join project using (project_key)"
    " left join term on term_id = line_item_id order by 1, 2, 3, 4, 5",
};

/* --- the slow and simple count --------------------------------------------------------------- */

struct day_key {
    const char *organization, *currency;
    int day;
};

static gboolean covers(const struct made *made, const struct day_key *key)
{
    return strcmp(made->export.organization, key->organization) == 0 &&
           key->day >= made->export.from && key->day <= export_charged_day(&made->export, 1);
}

static gboolean mentions(const struct made *made, const struct day_key *key, const char *project,
                         int64_t *cents)
{
    if (!covers(made, key))
        return FALSE;
    for (const struct cost_run *run = made->export.runs; run->from; run++) {
        if (run->from == key->day && g_strcmp0(run->project, project) == 0 &&
            strcmp(run->currency, key->currency) == 0) {
            *cents = run->cents;
            return TRUE;
        }
    }
    return FALSE;
}

static int64_t day_sum(const struct made *made, const struct day_key *key)
{
    int64_t sum = 0, cents;

    for (int project = 0; project <= PROJECTS; project++)
        if (mentions(made, key, projects[project], &cents))
            sum += cents;
    return sum;
}

/* What one word on a day ranks above, and its worth. */
struct word {
    const struct made *made; /* NULL: nothing was said */
    int64_t cents;
};

static void hear(struct word *best, const struct made *made, int64_t cents)
{
    int rank, best_rank;

    if (!best->made) {
        *best = (struct word){made, cents};
        return;
    }
    rank = export_rank_day(&made->export);
    best_rank = export_rank_day(&best->made->export);
    if (rank > best_rank || (rank == best_rank && (cents > best->cents ||
                                                   (cents == best->cents &&
                                                    strcmp(made->sha256, best->made->sha256) > 0))))
        *best = (struct word){made, cents};
}

/* Of the exports by project: what counts for one project. */
static struct word project_word(const struct world *world, const struct day_key *key,
                                const char *project)
{
    struct word best = {NULL, 0};
    gboolean known = FALSE;
    int64_t cents;

    for (guint i = 0; i < world->export_count; i++)
        known = known || (export_is_grouped(&world->exports[i].export) &&
                          mentions(&world->exports[i], key, project, &cents));
    for (guint i = 0; known && i < world->export_count; i++) {
        const struct made *made = &world->exports[i];

        if (!export_is_grouped(&made->export))
            continue;
        if (mentions(made, key, project, &cents))
            hear(&best, made, cents);
        else if (made->export.is_whole && covers(made, key))
            hear(&best, made, 0);
    }
    return best;
}

/* Of the exports that speak of the organization's whole day: what counts. */
static struct word total_word(const struct world *world, const struct day_key *key)
{
    struct word best = {NULL, 0};
    gboolean has_total = FALSE, known = FALSE;
    int64_t cents;

    for (guint i = 0; i < world->export_count; i++) {
        const struct made *made = &world->exports[i];

        for (int project = 0; project <= PROJECTS; project++)
            known = known || mentions(made, key, projects[project], &cents);
        has_total =
            has_total || (!export_is_grouped(&made->export) && mentions(made, key, NULL, &cents));
    }
    for (guint i = 0; known && i < world->export_count; i++) {
        const struct made *made = &world->exports[i];
        gboolean is_grouped = export_is_grouped(&made->export);

        if (covers(made, key) && (!is_grouped || (made->export.is_whole && has_total)))
            hear(&best, made, day_sum(made, key));
    }
    return best;
}

static int64_t count_day(const struct world *world, const struct day_key *key)
{
    struct word total = total_word(world, key);
    gboolean is_alone = TRUE;
    int64_t sum = 0;

    for (int project = 0; project <= PROJECTS; project++) {
        struct word word = project_word(world, key, projects[project]);

        sum += word.cents;
        is_alone = is_alone && word.cents == 0;
    }
    if (!total.made || export_is_grouped(&total.made->export))
        return sum;
    return is_alone ? total.cents : MAX(sum, total.cents);
}

/* The days of the count that are not zero, as query_text() prints those of cost_day. */
static char *count_world(const struct world *world)
{
    GString *text = g_string_new(NULL);

    for (guint o = 0; o < G_N_ELEMENTS(organizations); o++) {
        for (guint c = G_N_ELEMENTS(currencies); c-- > 0;) {
            for (int day = 1; day <= DAYS; day++) {
                struct day_key key = {organizations[o], currencies[c], day};
                int64_t cents = count_day(world, &key);
                char printed[11];

                export_day(day, printed);
                if (cents)
                    g_string_append_printf(text, "%s %s %s %" PRId64 "\n", key.organization,
                                           key.currency, printed, cents);
            }
        }
    }
    return g_string_free(text, FALSE);
}

/* --- the laws -------------------------------------------------------------------------------- */

static void the_order_of_import_changes_no_derived_table(void **state)
{
    struct rng random = rng_new();

    (void)state;
    for (guint i = 0; i < WORLDS; i++) {
        struct world world;

        world_make(&world, &random);
        g_autoptr(Db) first = world_derive(&world, &random);
        g_autoptr(Db) second = world_derive(&world, &random);

        for (guint table = 0; table < G_N_ELEMENTS(tables); table++) {
            g_autofree char *expected = query_text(first, tables[table]);
            g_autofree char *text = query_text(second, tables[table]);

            if (strcmp(text, expected) != 0)
                print_error("world %u, table %u\n", i, table);
            assert_string_equal(text, expected);
        }
        world_clear(&world);
    }
}

static void the_sum_of_each_day_is_what_a_simple_count_says(void **state)
{
    static const char *const sums[] = {
        "select organization_id, currency, day, sum(cost_nanos) / 10000000 as cents from cost_day"
        " inner join organization using (organization_key) group by 1, 2, 3 having cents <> 0"
        " order by 1, 2, 3",
        "select organization_id, currency, day, sum(amount_nanos) / 10000000 as cents from"
        " int_cost_lines inner join organization using (organization_key) group by 1, 2, 3"
        " having cents <> 0 order by 1, 2, 3"};
    struct rng random = rng_new();
    gsize len = 0;

    (void)state;
    for (guint i = 0; i < WORLDS * 2; i++) {
        struct world world;

        world_make(&world, &random);
        g_autoptr(Db) db = world_derive(&world, &random);
        g_autofree char *expected = count_world(&world);

        len += strlen(expected);
        for (guint query = 0; query < G_N_ELEMENTS(sums); query++) {
            g_autofree char *text = query_text(db, sums[query]);

            if (strcmp(text, expected) != 0)
                print_error("world %u, query %u\n", i, query);
            assert_string_equal(text, expected);
        }
        world_clear(&world);
    }
    assert_true(len > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_import_changes_no_derived_table),
        cmocka_unit_test(the_sum_of_each_day_is_what_a_simple_count_says),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
