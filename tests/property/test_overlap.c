/*
 * Laws of overlapping statements: a random multiset of charges, cut into windows of days that
 * overlap and cover all of it, reunites to exactly that multiset, in whatever order the files and
 * their rows come.
 */
#include "derive_world.h"
#include "import/derive.h"

#define ROUNDS   60
#define DAYS     30
#define MOVEMENT "2026-03-%02d|%d|%s"

static const char *const descriptors[] = {"OPENAI", "OPENAI *CHATGPT SUBSCR", "GITHUB, INC."};

struct charge {
    int day, amount;
    const char *descriptor;
};

static GArray *random_charges(GRand *random)
{
    GArray *charges = g_array_new(FALSE, FALSE, sizeof(struct charge));
    int count = g_rand_int_range(random, 0, 60);

    /* Both ends of the month, so that the windows' first and last rows are theirs. */
    for (int i = 0; i < count + 2; i++) {
        struct charge charge = {
            i == 0   ? 1
            : i == 1 ? DAYS
                     : g_rand_int_range(random, 1, DAYS + 1),
            g_rand_int_range(random, -1, 3),
            descriptors[g_rand_int_range(random, 0, G_N_ELEMENTS(descriptors))],
        };

        g_array_append_val(charges, charge);
    }
    return charges;
}

static void given_window(struct db *db, GRand *random, int file_id, const GArray *charges, int from,
                         int until)
{
    g_autofree char *name = g_strdup_printf("window-%02d-%02d.csv", from, until);
    int line = g_rand_int_range(random, 2, 9);

    given_file(db, file_id, name, "card", "account_hint = '1234'");
    for (guint i = 0; i < charges->len; i++) {
        const struct charge *charge = &g_array_index(charges, struct charge, i);

        if (charge->day >= from && charge->day <= until)
            runf(db,
                 "insert into card_row (file_id, line, purchased_on, amount_nanos, currency, "
                 "original_currency, fee_nanos, fee_currency, state, status, type, descriptor, "
                 "reference, card_last4) values (%d, %d, '2026-03-%02d', %d, 'USD', '', 0, '', "
                 "'posted', '', '', '%s', '', '')",
                 file_id, line++, charge->day, charge->amount, charge->descriptor);
    }
}

static void shuffle(GRand *random, GArray *charges)
{
    for (guint i = charges->len; i > 1; i--) {
        guint j = (guint)g_rand_int_range(random, 0, (gint32)i);
        struct charge moved = g_array_index(charges, struct charge, i - 1);

        g_array_index(charges, struct charge, i - 1) = g_array_index(charges, struct charge, j);
        g_array_index(charges, struct charge, j) = moved;
    }
}

static gint by_text(gconstpointer left, gconstpointer right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* The multiset as the ledger should tell it: sorted lines. */
static char *expected_charges(const GArray *charges)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < charges->len; i++) {
        const struct charge *charge = &g_array_index(charges, struct charge, i);

        g_ptr_array_add(lines,
                        g_strdup_printf(MOVEMENT, charge->day, charge->amount, charge->descriptor));
    }
    g_ptr_array_sort(lines, by_text);
    g_ptr_array_add(lines, NULL);
    return g_strjoinv("\n", (char **)lines->pdata);
}

/* Cuts days 1..DAYS into windows that overlap, touch, or lie within each other; one covers each
 * day. */
static void given_windows(struct db *db, GRand *random, GArray *charges)
{
    int file_id = g_rand_int_range(random, 1, 1000);
    gboolean downwards = g_rand_boolean(random);
    int covered = 0;

    while (covered < DAYS) {
        int from = g_rand_int_range(random, 1, covered + 2);
        int until = g_rand_int_range(random, from, DAYS + 1);
        g_autofree char *same = g_strdup_printf(
            "select count(*) from file where name = 'window-%02d-%02d.csv'", from, until);
        g_autofree char *known = rows_of(db, same);

        if (!g_str_equal(known, "0"))
            continue;
        shuffle(random, charges);
        given_window(db, random, downwards ? 2000 - file_id : file_id, charges, from, until);
        file_id++;
        covered = MAX(covered, until);
    }
}

static void windows_reunite_to_exactly_the_original_multiset(void **state)
{
    guint32 seed =
        g_getenv("SEED") ? (guint32)g_ascii_strtoull(g_getenv("SEED"), NULL, 10) : 20261101;
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);

    (void)state;
    print_message("seed %u\n", seed);
    for (int round = 0; round < ROUNDS; round++) {
        g_autoptr(Db) db = db_open_memory(NULL);
        g_autoptr(GArray) charges = random_charges(random);
        g_autofree char *expected = expected_charges(charges);

        given_windows(db, random, charges);
        derive(db, derive_cards);
        assert_rows(db,
                    "select dated_on || '|' || amount_nanos || '|' || descriptor as line "
                    "from charge order by line",
                    expected);
        assert_rows(db, "select count(*) - count(distinct file_id * 1000 + line) from charge", "0");
        assert_rows(db, "select min(from_on), max(until_on) from statement_coverage",
                    "2026-03-01|2026-03-30");
    }
}

static void the_order_of_import_never_shows(void **state)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(7);

    (void)state;
    for (int round = 0; round < 10; round++) {
        g_autoptr(GArray) charges = random_charges(random);
        char *told[2];

        for (int order = 0; order < 2; order++) {
            g_autoptr(Db) db = db_open_memory(NULL);
            g_autoptr(GRand) same = g_rand_new_with_seed(1);

            given_window(db, same, order ? 9 : 1, charges, order ? 10 : 1, order ? 30 : 20);
            given_window(db, same, order ? 3 : 5, charges, order ? 1 : 10, order ? 20 : 30);
            run(db, "update card_row set line = 2 + (select count(*) from card_row as before "
                    "where before.file_id = card_row.file_id and before.card_row_id < "
                    "card_row.card_row_id)");
            derive(db, derive_cards);
            told[order] =
                rows_of(db, "select charge_id, id, account_id, reference, dated_on, purchased_from "
                            "from charge order by charge_id");
        }
        assert_string_equal(told[0], told[1]);
        g_free(told[0]);
        g_free(told[1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(windows_reunite_to_exactly_the_original_multiset),
        cmocka_unit_test(the_order_of_import_never_shows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
