/* Names to ids. */
#include "import/dictionary.h"
#include "test.h"

static struct text text_of(const char *text)
{
    return (struct text){text, strlen(text)};
}

static int64_t id_of(struct dictionary *dictionary, enum dictionary_kind kind,
                     struct dictionary_cache *cache, struct text text)
{
    g_autoptr(GError) error = NULL;
    int64_t id = -1;

    assert_true(dictionary_id(dictionary, kind, cache, text, &id, &error));
    return id;
}

static void the_same_name_has_one_id_and_another_has_another(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);
    g_autoptr(Dictionary) dictionary = dictionary_new(db);
    struct dictionary_cache cache = {0};
    int64_t first = id_of(dictionary, DICTIONARY_TERM, &cache, text_of("gpt-5, input"));

    (void)state;
    assert_true(first > 0);
    assert_int_equal(id_of(dictionary, DICTIONARY_TERM, &cache, text_of("gpt-5, input")), first);
    assert_int_not_equal(id_of(dictionary, DICTIONARY_TERM, &cache, text_of("gpt-5, output")),
                         first);
    assert_int_equal(id_of(dictionary, DICTIONARY_TERM, NULL, text_of("gpt-5, input")), first);
}

static void the_empty_text_is_no_name(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);
    g_autoptr(Dictionary) dictionary = dictionary_new(db);

    (void)state;
    assert_int_equal(id_of(dictionary, DICTIONARY_PROJECT, NULL, (struct text){0}), 0);
    assert_int_equal(id_of(dictionary, DICTIONARY_PROJECT, NULL, text_of("")), 0);
}

static void a_name_is_as_long_as_its_length(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);
    g_autoptr(Dictionary) dictionary = dictionary_new(db);
    const struct text cut = {"org-12345", 5};

    (void)state;
    assert_int_equal(id_of(dictionary, DICTIONARY_ORGANIZATION, NULL, cut),
                     id_of(dictionary, DICTIONARY_ORGANIZATION, NULL, text_of("org-1")));
}

static void another_dictionary_finds_the_ledgers_ids(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);
    g_autoptr(Dictionary) first = dictionary_new(db);
    g_autoptr(Dictionary) second = dictionary_new(db);
    int64_t id = id_of(first, DICTIONARY_ORGANIZATION, NULL, text_of("org-a"));

    (void)state;
    assert_int_equal(id_of(second, DICTIONARY_ORGANIZATION, NULL, text_of("org-a")), id);
}

static void ids_of_a_transaction_that_is_rolled_back_can_be_forgotten(void **state)
{
    g_autoptr(Db) db = db_open_memory(NULL);
    g_autoptr(Dictionary) dictionary = dictionary_new(db);
    struct transaction *transaction = transaction_begin(db, NULL);

    (void)state;
    id_of(dictionary, DICTIONARY_TERM, NULL, text_of("gone"));
    transaction_free(transaction);
    dictionary_forget(dictionary);
    /* the ledger gives the first id again: nothing stayed of the first time, here or there */
    assert_int_equal(id_of(dictionary, DICTIONARY_TERM, NULL, text_of("stays")), 1);
    assert_int_equal(id_of(dictionary, DICTIONARY_TERM, NULL, text_of("gone")), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_name_has_one_id_and_another_has_another),
        cmocka_unit_test(the_empty_text_is_no_name),
        cmocka_unit_test(a_name_is_as_long_as_its_length),
        cmocka_unit_test(another_dictionary_finds_the_ledgers_ids),
        cmocka_unit_test(ids_of_a_transaction_that_is_rolled_back_can_be_forgotten),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
