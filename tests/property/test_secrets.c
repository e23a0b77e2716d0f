/*
 * What merely looks like a card number stays what it is: amounts with float noise, times and ids
 * whose digits have a card's beginning, length and Luhn sum.
 */
#include "core/money.h"
#include "core/secret.h"
#include "ledger_text.h"
#include "random.h"

#define AMOUNTS 2000

/* A Visa or Mastercard number of 16 digits that no one has. */
static void card_number(struct rng *rng, char out[17])
{
    guint sum = 0;

    out[0] = '4';
    if (rng_one_in(rng, 2)) {
        out[0] = '5';
        out[1] = (char)('1' + rng_below(rng, 5));
    } else {
        out[1] = (char)('0' + rng_below(rng, 10));
    }
    for (int i = 2; i < 15; i++)
        out[i] = (char)('0' + rng_below(rng, 10));
    for (int i = 0; i < 15; i++) {
        guint digit = (guint)(out[i] - '0') * (i % 2 == 0 ? 2 : 1);

        sum += digit > 9 ? digit - 9 : digit;
    }
    out[15] = (char)('0' + (10 - sum % 10) % 10);
    out[16] = '\0';
}

/* The same digits as an amount prints them. */
static char *amount_text(struct rng *rng, const char *digits)
{
    switch (rng_below(rng, 6)) {
    case 0:
        return g_strdup_printf("%d.%s", rng_below(rng, 100), digits);
    case 1:
        return g_strdup_printf("0.%s", digits);
    case 2:
        return g_strdup_printf(".%s", digits);
    case 3: /* the point is among them */
        return g_strdup_printf("%.1s.%s", digits, digits + 1);
    case 4:
        return g_strdup_printf("-%.1s.%se-05", digits, digits + 1);
    default:
        return g_strdup_printf("0.%s%018d", digits, 0);
    }
}

static void amounts_ids_and_times_stay_what_they_are(void **state)
{
    struct rng rng = rng_new();
    g_autofree char *folder = g_dir_make_tmp("trueup-secrets-XXXXXX", NULL);
    g_autoptr(Db) db = db_open_memory(NULL);
    g_autoptr(GString) text = g_string_new("start_time,end_time,amount_value,amount_currency,"
                                           "quantity,line_item,project_id,organization_id\n");
    g_autoptr(GHashTable) ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    int64_t sum = 0;

    (void)state;
    for (int i = 0; i < AMOUNTS; i++) {
        char digits[17];
        int64_t nanos = 0;

        card_number(&rng, digits);
        g_autofree char *masked = secret_mask(digits, strlen(digits));
        assert_non_null(masked); /* alone it is a card number */
        g_autofree char *amount = amount_text(&rng, digits);
        g_autofree char *unmasked = secret_mask(amount, strlen(amount));
        assert_null(unmasked); /* also where a message quotes it */
        assert_true(money_parse(&nanos, amount, strlen(amount), &number_style_plain, NULL, NULL));
        sum += nanos;
        g_string_append_printf(text, "1790812800,1790899200,%s,usd,%.1s.%.6s,item,proj_%s,org-a\n",
                               amount, digits, digits + 1, digits);
        g_hash_table_add(ids, g_strconcat("proj_", digits, NULL));
    }
    g_autofree char *path = file_in(folder, "cost.csv", text->str);
    g_autoptr(ImportResult) result = import_path(db, path, NULL);
    assert_int_equal(result->outcome, IMPORTED);

    g_autofree char *expected =
        g_strdup_printf("%d|%" G_GINT64_FORMAT "|%u", AMOUNTS, sum, g_hash_table_size(ids));
    g_autofree char *stored = rows_of(db, "select count(*), sum(amount_nanos), "
                                          "(select count(*) from project) from cost");
    assert_string_equal(stored, expected);
    g_autofree char *list = rows_of(db, "select project_id from project");
    g_auto(GStrv) names = g_strsplit(list, "\n", -1);
    for (char **name = names; *name; name++)
        assert_true(g_hash_table_contains(ids, *name));
    assert_int_equal(g_unlink(path), 0);
    assert_int_equal(g_rmdir(folder), 0);
}

/* A message about an amount quotes it as it stands in the file. */
static void a_quoted_amount_keeps_its_digits(void **state)
{
    struct rng rng = rng_new();
    g_autofree char *folder = g_dir_make_tmp("trueup-secrets-XXXXXX", NULL);
    g_autoptr(Db) db = db_open_memory(NULL);

    (void)state;
    for (int i = 0; i < 50; i++) {
        char digits[17];

        card_number(&rng, digits);
        g_autofree char *text =
            g_strdup_printf("start_time,end_time,amount_value,amount_currency,organization_id\n"
                            "1790812800,1790899200,7.%s.1,usd,org-a\n"
                            "1790812800,1790899200,%s,usd,org-a\n",
                            digits, digits);
        g_autofree char *path = file_in(folder, "cost.csv", text);
        g_autoptr(ImportResult) result = import_path(db, path, NULL);

        assert_int_equal(result->problem_count, 2);
        assert_non_null(strstr(g_ptr_array_index(result->problems, 0), digits));
        assert_null(strstr(g_ptr_array_index(result->problems, 1), digits));
        assert_int_equal(g_unlink(path), 0);
    }
    assert_int_equal(g_rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_ids_and_times_stay_what_they_are),
        cmocka_unit_test(a_quoted_amount_keeps_its_digits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
