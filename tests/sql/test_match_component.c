/* test_match_component.c - payments and charges that are entangled: what is proved, what is not. */
#include "match_given.h"

#define CARD_LEGS "select topup_id, charge_id, state, rule from link where leg = 'card' order by 1"

/* A statement of posting dates alone: each payment may be posted within five days. */
static Db *given_chain(const char *last4, const char *covered_until)
{
    static const struct given_charge charges[] = {
        {"2026-03-03", NULL, 2750, .posting_only = TRUE},
        {"2026-03-06", NULL, 2750, .posting_only = TRUE},
        {"2026-03-09", NULL, 2750, .posting_only = TRUE},
    };
    g_autoptr(Db) db = given_ledger();

    given_account(db, 1, "1234", "2026-02-01", covered_until);
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750, .last4 = last4});
    given_topup(db, 2, (struct given_payment){"2026-03-05T10:00:00Z", 2750, .last4 = last4});
    given_topup(db, 3, (struct given_payment){"2026-03-08T10:00:00Z", 2750, .last4 = last4});
    for (int i = 0; i < 3; i++) {
        struct given_charge charge = charges[i];

        charge.last4 = "1234";
        given_charge(db, i + 1, charge);
    }
    return g_steal_pointer(&db);
}

static void what_every_complete_pairing_has_is_confirmed(void **state)
{
    g_autoptr(Db) db = given_chain("1234", "2026-04-30");

    (void)state;
    /* 1 fits 1 and 2, 2 fits 2 and 3, 3 fits 3 alone: no one is unique, and yet there is one way.
     */
    given_matched(db);
    assert_rows(db, CARD_LEGS,
                "1|1|confirmed|only-complete-pairing\n2|2|confirmed|only-complete-pairing\n"
                "3|3|confirmed|only-complete-pairing");
    assert_rows(db, "select count(*) from exception where code <> 'NO_RECEIPT'", "0");
    assert_rows(
        db, "select reason from candidate where topup_id = 1 and charge_id = 1 and leg = 'card'",
        "27.50 USD is the total to the cent; posted 2026-03-03, within 5 days after the "
        "payment at 2026-03-02T10:00:00Z; card 1234 on both; the statements cover the days, "
        "and every other way to pair these payments and charges would leave one of each "
        "unexplained");
}

static void nothing_is_forced_where_another_explanation_is_left(void **state)
{
    (void)state;
    {
        g_autoptr(Db) db = given_chain("", "2026-04-30"); /* another card may have paid */

        given_matched(db);
        assert_rows(db, "select count(*) from link where rule = 'only-complete-pairing'", "0");
    }
    {
        g_autoptr(Db) db = given_chain("1234", "2026-03-12"); /* the last may be posted later */

        given_matched(db);
        assert_rows(db, "select count(*) from link where rule = 'only-complete-pairing'", "0");
    }
    {
        g_autoptr(Db) db = given_chain("1234", "2026-04-30"); /* a charge too many */

        given_charge(
            db, 4,
            (struct given_charge){"2026-03-07", NULL, 2750, .posting_only = TRUE, .last4 = "1234"});
        given_matched(db);
        assert_rows(db, "select count(*) from link where state = 'confirmed'", "0");
    }
    {
        g_autoptr(Db) db = given_chain("1234", "2026-04-30"); /* a payment typed a cent off */

        given_topup(db, 4, (struct given_payment){"2026-03-08T20:00:00Z", 2749, .last4 = "1234"});
        given_matched(db);
        assert_rows(db, "select count(*) from link where rule = 'only-complete-pairing'", "0");
    }
}

/* Four payments: 1 is forced, 2 and 3 may be swapped, 4 is forced. */
static void a_pair_is_forced_though_others_of_its_component_are_not(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_account(db, 1, "1234", "2026-02-01", "2026-04-30");
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 2750, .last4 = "1234"});
    given_topup(db, 2, (struct given_payment){"2026-03-05T10:00:00Z", 2750, .last4 = "1234"});
    given_topup(db, 3, (struct given_payment){"2026-03-05T20:00:00Z", 2750, 0, 2, .last4 = "1234"});
    for (int i = 1; i <= 3; i++)
        given_charge(db, i,
                     (struct given_charge){i == 1   ? "2026-03-04"
                                           : i == 2 ? "2026-03-06"
                                                    : "2026-03-07",
                                           NULL, 2750, .posting_only = TRUE, .last4 = "1234"});
    given_matched(db);
    assert_rows(db, CARD_LEGS,
                "1|1|confirmed|only-complete-pairing\n2|2|ambiguous|ambiguous-block\n"
                "3|3|ambiguous|ambiguous-block");
    assert_rows(db,
                "select charge_id, verdict from candidate where topup_id = 1 and leg = 'card'"
                " order by 1",
                "1|won\n2|lost\n3|lost");
}

static void a_pairing_far_better_than_any_other_is_suggested_and_no_more(void **state)
{
    g_autoptr(Db) db = given_ledger();

    (void)state;
    given_account(db, 1, "", "2026-02-01", "2026-04-30");
    given_topup(db, 1, (struct given_payment){"2026-03-02T10:00:00Z", 5000});
    given_topup(db, 2, (struct given_payment){"2026-03-02T11:00:00Z", 5100});
    given_charge(db, 1, (struct given_charge){"2026-03-02", NULL, 4010, .currency = "GBP"});
    given_charge(db, 2, (struct given_charge){"2026-03-02", NULL, 4090, .currency = "GBP"});
    given_rate(db, "2026-03-02", "USD", "GBP", INT64_C(800000000));
    given_matched(db);
    assert_rows(db, CARD_LEGS, "1|1|suggested|least-cost\n2|2|suggested|least-cost");
    assert_rows(
        db, "select explanation from exception where code = 'AMBIGUOUS' and line = 1",
        "2 charge(s) fit the payment of 50.00 USD on 2026-03-02 and other payments; by time "
        "and rate that of given.csv:1 suits best, which is no proof.");
    assert_rows(db, "select count(*) from exception where code = 'NO_TOPUP_FOR_CHARGE'", "0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_every_complete_pairing_has_is_confirmed),
        cmocka_unit_test(nothing_is_forced_where_another_explanation_is_left),
        cmocka_unit_test(a_pair_is_forced_though_others_of_its_component_are_not),
        cmocka_unit_test(a_pairing_far_better_than_any_other_is_suggested_and_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
