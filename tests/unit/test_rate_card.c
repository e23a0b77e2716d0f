/* test_rate_card.c - which price a day's use of a model has. */
#include "match_given.h"
#include "rate/card.h"

static Card *given_card(Db *db)
{
    g_autoptr(GError) error = NULL;
    Card *card;

    given_run(db, "insert into rate (rate_id, model, token_kind, service_tier, from_on, until_on,"
                  " rate_nanos, source, file_id) values"
                  " (1, 'm', 'input', 'standard', null, '2025-06-09', 10, '', null),"
                  " (2, 'm', 'input', 'standard', '2025-06-10', null, 2, '', null),"
                  " (3, 'm', 'input', 'standard', '2025-07-01', '2025-07-31', 3, '', 1),"
                  " (4, 'm', 'output', 'standard', null, null, 8, '', null),"
                  " (5, 'm', 'input', 'batch', null, null, 1, '', null),"
                  " (6, 'm-2024-08-06', 'input', 'standard', null, null, 7, '', null),"
                  " (7, 'n', 'cached input', 'standard', null, null, 4, '', null),"
                  " (8, 'n', 'input', 'standard', null, null, 5, '', null),"
                  " (9, 'n', 'audio input', 'standard', null, null, 50, '', null)");
    card = card_load(db, &error);
    assert_non_null(card);
    return card;
}

static void assert_price(const Card *card, const char *model, const char *tier, const char *kind,
                         const char *day, int64_t rate_id)
{
    struct price price = {0, 0};

    assert_int_equal(card_find(card, model, tier, kind, day, &price), rate_id != 0);
    assert_int_equal(price.rate_id, rate_id);
}

static void a_price_holds_from_its_first_to_its_last_day_and_the_users_before_others(void **state)
{
    g_autoptr(Db) db = given_ledger();
    g_autoptr(Card) card = given_card(db);

    (void)state;
    assert_price(card, "m", "standard", "input", "2020-01-01", 1);
    assert_price(card, "m", "standard", "input", "2025-06-09", 1);
    assert_price(card, "m", "standard", "input", "2025-06-10", 2);
    assert_price(card, "m", "standard", "input", "2025-07-01", 3);
    assert_price(card, "m", "standard", "input", "2025-07-31", 3);
    assert_price(card, "m", "standard", "input", "2025-08-01", 2);
}

static void a_dated_model_has_its_own_price_else_that_of_its_name_alone(void **state)
{
    g_autoptr(Db) db = given_ledger();
    g_autoptr(Card) card = given_card(db);

    (void)state;
    assert_price(card, "m-2024-08-06", "standard", "input", "2025-08-01", 6);
    assert_price(card, "m-2024-08-06", "standard", "output", "2025-08-01", 4);
    assert_price(card, "m-2025-01-31", "batch", "input", "2025-08-01", 5);
    assert_price(card, "m-mini", "standard", "input", "2025-08-01", 0);
    assert_price(card, "m", "flex", "input", "2025-08-01", 0);
}

static void a_kind_without_a_price_costs_what_its_usual_kind_does_but_never_audio(void **state)
{
    g_autoptr(Db) db = given_ledger();
    g_autoptr(Card) card = given_card(db);

    (void)state;
    assert_price(card, "m", "batch", "cached input", "2025-08-01", 5);
    assert_price(card, "n", "standard", "cached image input", "2025-08-01", 7);
    assert_price(card, "m", "batch", "cached image input", "2025-08-01", 5);
    assert_price(card, "n", "standard", "cache writes", "2025-08-01", 8);
    assert_price(card, "n", "standard", "cached audio input", "2025-08-01", 9);
    assert_price(card, "m", "standard", "audio input", "2025-08-01", 0);
    assert_price(card, "n", "standard", "output", "2025-08-01", 0);
}

static void the_base_of_a_model_is_its_name_without_date_and_owner(void **state)
{
    static const char *const names[][2] = {
        {"gpt-4o-2024-08-06", "gpt-4o"},
        {"gpt-4o", "gpt-4o"},
        {"gpt-4-0613", "gpt-4-0613"},
        {"ft:gpt-4o-2024-08-06:acme::8xyz", "ft:gpt-4o"},
        {"ft-gpt-4o-2024-08-06", "ft:gpt-4o"},
        {"2024-08-06", "2024-08-06"},
        {"-2024-08-06", "-2024-08-06"},
        {"m-2024-8-6", "m-2024-8-6"},
        {"", ""},
    };

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *base = card_base_model(names[i][0]);

        assert_string_equal(base, names[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_price_holds_from_its_first_to_its_last_day_and_the_users_before_others),
        cmocka_unit_test(a_dated_model_has_its_own_price_else_that_of_its_name_alone),
        cmocka_unit_test(a_kind_without_a_price_costs_what_its_usual_kind_does_but_never_audio),
        cmocka_unit_test(the_base_of_a_model_is_its_name_without_date_and_owner),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
