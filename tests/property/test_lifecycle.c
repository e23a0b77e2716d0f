/*
 * Laws of a card movement's life: purchases are authorized, post days later under another text and
 * amount, or vanish, and statements are exported meanwhile. Whatever the order of the files and of
 * their rows, every row belongs to one charge, what posted is a charge exactly once, and the money
 * is the rows'. Where every purchase has a merchant of its own, all that was pending is followed.
 */
#include "core/asset.h"
#include "derive_world.h"
#include "import/derive.h"
#include "random.h"

#define ROUNDS        25
#define PURCHASE_DAYS 28
#define LAST_DAY      60 /* of the last statement, which covers everything */
#define EXPORTS       5
#define MERCHANTS     3
#define PENDING_DAYS  4 /* a dropped row is shown for so long */

/* A purchase; amounts in cents. */
struct purchase {
    char merchant[9];
    int authorized_on, posted_on; /* posted_on 0: it was dropped */
    int authorized, posted;
    gboolean is_reversed; /* shown as posted, given back the next day, charged again after that */
};

/* One row of one statement, before it has a line. */
struct row {
    int file, day, cents;
    gboolean is_pending;
    char descriptor[40];
};

struct world {
    struct rng rng;
    GArray *purchases; /* struct purchase */
    GArray *rows;      /* struct row */
    int from[EXPORTS], until[EXPORTS];
};

static void purchases_make(struct world *world, gboolean own_merchants)
{
    int count = 1 + rng_below(&world->rng, 24);

    for (int i = 0; i < count; i++) {
        int merchant = own_merchants ? i : rng_below(&world->rng, MERCHANTS);
        struct purchase purchase = {
            .authorized_on = 1 + rng_below(&world->rng, PURCHASE_DAYS),
            .authorized = 500 * (1 + rng_below(&world->rng, own_merchants ? 99 : 3)),
        };

        g_snprintf(purchase.merchant, sizeof purchase.merchant, "%cSHOP%c", 'A' + merchant / 26,
                   'A' + merchant % 26);
        purchase.posted = purchase.authorized;
        if (rng_one_in(&world->rng, 3))
            purchase.posted += purchase.authorized / 100;
        if (!rng_one_in(&world->rng, 6))
            purchase.posted_on = purchase.authorized_on + rng_below(&world->rng, 5);
        purchase.is_reversed = own_merchants && purchase.posted != purchase.authorized &&
                               purchase.posted_on && rng_one_in(&world->rng, 2);
        g_array_append_val(world->purchases, purchase);
    }
}

/* The last statement covers everything, the others the days before their own. */
static void exports_make(struct world *world)
{
    for (int i = 0; i < EXPORTS - 1; i++) {
        world->until[i] = 5 + 6 * i + rng_below(&world->rng, 6);
        world->from[i] = 1 + rng_below(&world->rng, world->until[i]);
    }
    world->from[EXPORTS - 1] = 1;
    world->until[EXPORTS - 1] = LAST_DAY;
}

static void row_make(struct world *world, int file, int day, int cents, gboolean is_pending,
                     const char *before, const char *merchant, const char *after)
{
    struct row row = {file, day, cents, is_pending, ""};

    if (day < world->from[file] || day > world->until[file])
        return;
    g_snprintf(row.descriptor, sizeof row.descriptor, "%s%s%s", before, merchant, after);
    g_array_append_val(world->rows, row);
}

static void purchase_show(struct world *world, int file, const struct purchase *purchase)
{
    int day = purchase->authorized_on, until = world->until[file];
    const char *merchant = purchase->merchant;

    if (purchase->is_reversed) {
        row_make(world, file, day, purchase->authorized, FALSE, "", merchant, "");
        row_make(world, file, day + 1, -purchase->authorized, FALSE, "Refund: ", merchant, "");
        row_make(world, file, day + 2, purchase->posted, FALSE, "", merchant, "");
    } else if (purchase->posted_on && purchase->posted_on <= until) {
        row_make(world, file, purchase->posted_on, purchase->posted, FALSE, "", merchant,
                 " *SALES 4471");
    } else if (purchase->posted_on || until - day <= PENDING_DAYS) {
        row_make(world, file, day, purchase->authorized, TRUE, "PENDING - ", merchant, "");
    }
}

static struct world *world_new(uint64_t seed, gboolean own_merchants)
{
    struct world *world = g_new0(struct world, 1);

    world->rng.state = seed;
    world->purchases = g_array_new(FALSE, FALSE, sizeof(struct purchase));
    world->rows = g_array_new(FALSE, FALSE, sizeof(struct row));
    purchases_make(world, own_merchants);
    exports_make(world);
    for (int file = 0; file < EXPORTS; file++) {
        /* Each statement's first and last day are its own. */
        row_make(world, file, world->from[file], 10000 + world->from[file], FALSE, "", "EDGE", "");
        if (world->until[file] != world->from[file])
            row_make(world, file, world->until[file], 10000 + world->until[file], FALSE, "", "EDGE",
                     "");
        for (guint i = 0; i < world->purchases->len; i++)
            purchase_show(world, file, &g_array_index(world->purchases, struct purchase, i));
    }
    return world;
}

static void world_free(struct world *world)
{
    g_array_unref(world->purchases);
    g_array_unref(world->rows);
    g_free(world);
}

/* "2026-03-01" and on. */
static char *day_text(int day)
{
    g_autoptr(GDate) date = g_date_new_dmy(1, G_DATE_MARCH, 2026);
    char text[11];

    g_date_add_days(date, (guint)day - 1);
    g_date_strftime(text, sizeof text, "%Y-%m-%d", date);
    return g_strdup(text);
}

static void shuffle(struct rng *rng, GArray *rows)
{
    for (guint i = rows->len; i > 1; i--) {
        guint j = (guint)rng_below(rng, (int)i);
        struct row moved = g_array_index(rows, struct row, i - 1);

        g_array_index(rows, struct row, i - 1) = g_array_index(rows, struct row, j);
        g_array_index(rows, struct row, j) = moved;
    }
}

/* Imports the statements, the first as file `start`, the next by `step`; their lines as the rows
 * stand. */
static Db *world_import(const struct world *world, int start, int step, gboolean backwards)
{
    Db *db = db_open_memory(NULL);
    int lines[EXPORTS] = {0};
    g_autoptr(GPtrArray) inserts = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GBytes) check = asset_read("sql/check/charges_are_their_rows.sql", NULL);

    for (int file = 0; file < EXPORTS; file++) {
        g_autofree char *name = g_strdup_printf("%c.csv", "mazbk"[file]);

        given_file(db, start + step * file, name, "card", "account_hint = '1234'");
    }
    for (guint i = 0; i < world->rows->len; i++) {
        const struct row *row = &g_array_index(world->rows, struct row, i);
        g_autofree char *on = day_text(row->day);

        g_ptr_array_add(
            inserts,
            g_strdup_printf(
                "insert into card_row (file_id, line, %s, amount_nanos, currency, "
                "original_currency, fee_nanos, fee_currency, state, status, type, descriptor, "
                "reference, card_last4) values (%d, %d, '%s', %d, 'USD', '', 0, 'USD', '%s', '', "
                "'', '%s', '', '')",
                row->is_pending ? "purchased_on" : "posted_on", start + step * row->file,
                2 + lines[row->file]++, on, row->cents, row->is_pending ? "pending" : "posted",
                row->descriptor));
    }
    for (guint i = 0; i < inserts->len; i++)
        run(db, g_ptr_array_index(inserts, backwards ? inserts->len - 1 - i : i));
    derive(db, derive_cards);
    assert_rows(db, g_bytes_get_data(check, NULL), "");
    return db;
}

#define EVERYTHING                                                                                 \
    "select charge.id, charge.dated_on, charge.posted_on, charge.amount_nanos, charge.state, "     \
    "charge.reference, charge.charge_id, role, is_counted, note, file.name, card_row.line "        \
    "from charge join charge_row using (charge_id) join card_row on card_row.card_row_id = "       \
    "charge_row.card_row_id join file on file.file_id = card_row.file_id "                         \
    "order by charge.charge_id, file.name, card_row.line"

static void the_order_of_files_and_of_rows_in_the_ledger_never_shows(void **state)
{
    struct rng rng = rng_new();

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct world *world = world_new(rng_next(&rng), round % 2);
        g_autofree char *told = NULL;

        shuffle(&world->rng, world->rows);
        for (int order = 0; order < 3; order++) {
            g_autoptr(Db) db = world_import(world, order == 1 ? 9 : 1, order == 1 ? -2 : 1, order);
            g_autofree char *again = rows_of(db, EVERYTHING);

            if (!told)
                told = g_strdup(again);
            assert_string_equal(again, told);
        }
        world_free(world);
    }
}

static gint by_text(gconstpointer left, gconstpointer right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* What posted, as the statement that covers everything has it. */
static char *posted_rows(const struct world *world)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < world->rows->len; i++) {
        const struct row *row = &g_array_index(world->rows, struct row, i);

        if (row->file == EXPORTS - 1 && !row->is_pending) {
            g_autofree char *on = day_text(row->day);

            g_ptr_array_add(lines, g_strdup_printf("%s|%d|%s", on, row->cents, row->descriptor));
        }
    }
    /* The other statements' edges, once each. */
    for (int file = 0; file < EXPORTS - 1; file++)
        for (int last = 0; last < 2; last++) {
            int day = last ? world->until[file] : world->from[file];
            g_autofree char *on = day_text(day);
            g_autofree char *line = g_strdup_printf("%s|%d|EDGE", on, 10000 + day);

            if (!g_ptr_array_find_with_equal_func(lines, line, g_str_equal, NULL))
                g_ptr_array_add(lines, g_steal_pointer(&line));
        }
    g_ptr_array_sort(lines, by_text);
    g_ptr_array_add(lines, NULL);
    return g_strjoinv("\n", (char **)lines->pdata);
}

static void what_posted_is_a_charge_exactly_once(void **state)
{
    struct rng rng = rng_new();

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct world *world = world_new(rng_next(&rng), round % 2);
        g_autofree char *expected = posted_rows(world);
        g_autoptr(Db) db = NULL;

        shuffle(&world->rng, world->rows);
        db = world_import(world, 1, 1, FALSE);
        assert_rows(db,
                    "select dated_on || '|' || amount_nanos || '|' || descriptor as line from "
                    "charge where state in ('posted', 'reversed') order by line",
                    expected);
        world_free(world);
    }
}

static void what_was_pending_is_followed_where_merchants_tell_purchases_apart(void **state)
{
    struct rng rng = rng_new();

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct world *world = world_new(rng_next(&rng), TRUE);
        g_autoptr(Db) db = NULL;
        g_autofree char *reversed = NULL;
        int reversals = 0;

        for (guint i = 0; i < world->purchases->len; i++)
            reversals += g_array_index(world->purchases, struct purchase, i).is_reversed;
        reversed = g_strdup_printf("%d", reversals);
        shuffle(&world->rng, world->rows);
        db = world_import(world, 1, 1, FALSE);
        assert_rows(db, "select * from charge where state = 'pending'", "");
        /* One charge a merchant, but for the authorizations. */
        assert_rows(db,
                    "select replace(replace(descriptor, 'PENDING - ', ''), ' *SALES 4471', '') as "
                    "merchant, count(*) from charge where state <> 'reversed' and descriptor <> "
                    "'EDGE' group by merchant having count(*) <> 1",
                    "");
        assert_rows(db, "select count(*) from charge_reversal", reversed);
        world_free(world);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_files_and_of_rows_in_the_ledger_never_shows),
        cmocka_unit_test(what_posted_is_a_charge_exactly_once),
        cmocka_unit_test(what_was_pending_is_followed_where_merchants_tell_purchases_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
