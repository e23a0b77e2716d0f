/* test_part.c - which part of a charge paid which part of a top-up. */
#include "core/money.h"
#include "match/part.h"
#include "test.h"

#define CENT (NANOS_PER_UNIT / 100)

/* Top-ups and charges of so many cents; a charge's fee is a seventh of a cent each. */
static void given_facts(struct facts *facts, const int *totals, guint topup_count,
                        const int *amounts, guint charge_count)
{
    *facts = (struct facts){
        .topups = g_array_new(FALSE, TRUE, sizeof(struct topup)),
        .charges = g_array_new(FALSE, TRUE, sizeof(struct charge)),
        .parts = g_array_new(FALSE, FALSE, sizeof(struct part)),
    };
    g_array_set_size(facts->topups, topup_count);
    g_array_set_size(facts->charges, charge_count);
    for (guint i = 0; i < topup_count; i++)
        facts_topup(facts, i)->total_nanos = totals[i] * CENT;
    for (guint i = 0; i < charge_count; i++) {
        facts_charge(facts, i)->amount_nanos = amounts[i] * CENT;
        facts_charge(facts, i)->fee_nanos = CENT / 7;
    }
}

static void facts_drop(struct facts *facts)
{
    g_array_unref(facts->topups);
    g_array_unref(facts->charges);
    g_array_unref(facts->parts);
}

static GArray *all_of(guint count)
{
    GArray *indexes = g_array_new(FALSE, FALSE, sizeof(guint));

    for (guint i = count; i-- > 0;)
        g_array_append_val(indexes, i);
    return indexes;
}

static void assert_part(const struct facts *facts, guint index, struct part expected)
{
    const struct part *part = &g_array_index(facts->parts, struct part, index);

    assert_int_equal(part->topup, expected.topup);
    assert_int_equal(part->charge, expected.charge);
    assert_int_equal(part->amount_nanos, expected.amount_nanos);
    assert_int_equal(part->fee_nanos, expected.fee_nanos);
    assert_int_equal(part->paid_nanos, expected.paid_nanos);
}

static void several_charges_pay_a_topup_with_all_that_they_are(void **state)
{
    static const int totals[] = {10000}, amounts[] = {2000, 8000};
    g_autoptr(GArray) topups = all_of(1);
    g_autoptr(GArray) charges = all_of(2);
    struct facts facts;

    (void)state;
    given_facts(&facts, totals, 1, amounts, 2);
    parts_share(&facts, topups, charges);
    parts_sort(&facts);
    assert_int_equal(facts.parts->len, 2);
    assert_part(&facts, 0, (struct part){0, 0, 2000 * CENT, CENT / 7, 2000 * CENT});
    assert_part(&facts, 1, (struct part){0, 1, 8000 * CENT, CENT / 7, 8000 * CENT});
    facts_drop(&facts);
}

static void a_charge_is_split_over_topups_without_a_rest(void **state)
{
    static const int totals[] = {1000, 1000, 1000}, amounts[] = {2500};
    g_autoptr(GArray) topups = all_of(3);
    g_autoptr(GArray) charges = all_of(1);
    int64_t amount = 0, fee = 0;
    struct facts facts;

    (void)state;
    given_facts(&facts, totals, 3, amounts, 1);
    parts_share(&facts, topups, charges);
    parts_sort(&facts);
    assert_int_equal(facts.parts->len, 3);
    for (guint i = 0; i < 3; i++) {
        const struct part *part = &g_array_index(facts.parts, struct part, i);

        assert_int_equal(part->topup, i);
        assert_int_equal(part->paid_nanos, 1000 * CENT);
        assert_true(ABS(part->amount_nanos - 2500 * CENT / 3) <= 1);
        amount += part->amount_nanos;
        fee += part->fee_nanos;
    }
    assert_int_equal(amount, 2500 * CENT);
    assert_int_equal(fee, CENT / 7);
    facts_drop(&facts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(several_charges_pay_a_topup_with_all_that_they_are),
        cmocka_unit_test(a_charge_is_split_over_topups_without_a_rest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
