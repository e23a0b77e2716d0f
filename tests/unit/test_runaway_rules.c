/* The rules beside the spike: drift, new projects, tests, and projects that were silent. */
#include "runaway_given.h"

static void a_cost_that_rises_by_half_in_two_weeks_drifts(void **state)
{
    struct series rising = {0}, steady = {0}, slow = {0};

    (void)state;
    add_steady(&rising, 42, 20 * U);
    for (guint day = 0; day < 21; day++) /* 5 % of the level more every day */
        add(&rising, 1, 20 * U + (int64_t)day * U);
    assert_days(&rising, RULE_DRIFT, "56-56");
    add_steady(&steady, 80, 20 * U);
    assert_days(&steady, RULE_DRIFT, "");
    add_steady(&slow, 42, 20 * U);
    for (guint day = 0; day < 40; day++) /* 1 % */
        add(&slow, 1, 20 * U + (int64_t)day * U / 5);
    assert_days(&slow, RULE_DRIFT, "");
}

static void a_drift_is_the_week_that_it_was_found_by(void **state)
{
    struct series series = {0};

    (void)state;
    add_steady(&series, 42, 20 * U);
    for (guint day = 0; day < 15; day++)
        add(&series, 1, 20 * U + (int64_t)day * U);
    add_steady(&series, 4, 20 * U);
    assert_episodes(&series, "50-56 drift raised 56");
}

static void a_week_of_spikes_is_no_drift(void **state)
{
    struct series series = {0};

    (void)state;
    add_steady(&series, 56, 10 * U);
    add(&series, 6, 80 * U);
    add_steady(&series, 7, 10 * U);
    assert_days(&series, RULE_DRIFT, "");
}

static void fits_and_starts_have_no_slope(void **state)
{
    struct series series = {0};

    (void)state;
    for (guint day = 0; day < 42; day++)
        add(&series, 1, day % 3 ? 20 * U : 0);
    for (guint day = 0; day < 21; day++)
        add(&series, 1, (day + 1) % 4 ? 20 * U + (int64_t)day * U : 0);
    assert_days(&series, RULE_DRIFT, "");
}

static void assert_new(const struct series *old, const struct series *new_project,
                       enum project_class class, const char *expected)
{
    const struct series *both[] = {old, new_project};
    const enum project_class classes[] = {CLASS_PRODUCTION, class};
    g_autoptr(Organization) organization = organization_of(both, classes, 2);
    g_autofree char *found = days_of(organization, 1, RULE_NEW_PROJECT);

    assert_string_equal(found, expected);
}

static void a_new_project_is_judged_by_its_first_day_and_its_class(void **state)
{
    struct series old = {0}, sudden = {0}, slow = {0};

    (void)state;
    add_steady(&old, 40, 20 * U);
    add(&sudden, 20, 0);
    add(&sudden, 10, 26 * U);
    assert_new(&old, &sudden, CLASS_OTHER, "20-26");
    add(&slow, 20, 0);
    add(&slow, 20, 6 * U);
    assert_new(&old, &slow, CLASS_TEST, "24-26"); /* 30 on the fifth day, 25 allowed */
    assert_new(&old, &slow, CLASS_OTHER, "");     /* 42 in the week, 50 allowed */
    assert_new(&old, &slow, CLASS_PRODUCTION, "");
}

static void a_project_that_is_only_new_to_the_ledger_is_not_new(void **state)
{
    struct series old = {0}, other = {0};

    (void)state;
    add_steady(&old, 40, 20 * U);
    add(&other, 6, 0);
    add(&other, 34, 100 * U);
    assert_new(&old, &other, CLASS_OTHER, ""); /* six days were known before it */
    old.is_known[0] = TRUE;
    add(&other, 0, 0);
    memmove(&other.nanos[7], &other.nanos[6], 33 * sizeof other.nanos[0]);
    other.nanos[6] = 0;
    assert_new(&old, &other, CLASS_OTHER, "7-13");
}

static void a_project_that_takes_over_anothers_work_is_not_raised(void **state)
{
    struct series old = {0}, heir = {0};

    (void)state;
    add_steady(&old, 20, 30 * U);
    add(&old, 20, 0);
    add(&heir, 20, 0);
    add_steady(&heir, 20, 30 * U);
    assert_new(&old, &heir, CLASS_OTHER, "");
}

static void assert_test(const struct series *production, const struct series *test,
                        const char *expected)
{
    const struct series *both[] = {production, test};
    const enum project_class classes[] = {CLASS_PRODUCTION, CLASS_TEST};
    g_autoptr(Organization) organization = organization_of(both, classes, 2);
    g_autofree char *found = days_of(organization, 1, RULE_TEST_SHARE);

    assert_string_equal(found, expected);
}

static void a_test_above_production_is_named_where_it_grew(void **state)
{
    struct series production = {0}, test = {0}, large = {0}, small = {0};

    (void)state;
    add_steady(&production, 60, 20 * U);
    add_steady(&test, 56, 4 * U);
    add(&test, 2, 40 * U);
    assert_test(&production, &test, "56-57");
    /* It has always been the larger part: nothing grew. */
    add_steady(&large, 58, 40 * U);
    assert_test(&production, &large, "");
    /* More than its own days, less than production's. */
    add_steady(&small, 56, 4 * U);
    add(&small, 2, 15 * U);
    assert_test(&production, &small, "");
}

static void a_project_that_was_silent_for_four_weeks_is_named(void **state)
{
    struct series silent = {0}, rested = {0}, gap = {0};

    (void)state;
    add(&silent, 5, 3 * U);
    add(&silent, 28, 0);
    add(&silent, 1, 6 * U);
    assert_days(&silent, RULE_SILENT, "33-33");
    add(&rested, 6, 3 * U);
    add(&rested, 27, 0);
    add(&rested, 1, 6 * U);
    assert_days(&rested, RULE_SILENT, "");
    /* What no export covers may have cost something. */
    add(&gap, 5, 3 * U);
    add(&gap, 20, 0);
    add_unknown(&gap, 1);
    add(&gap, 20, 0);
    add(&gap, 1, 6 * U);
    assert_days(&gap, RULE_SILENT, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cost_that_rises_by_half_in_two_weeks_drifts),
        cmocka_unit_test(a_drift_is_the_week_that_it_was_found_by),
        cmocka_unit_test(a_week_of_spikes_is_no_drift),
        cmocka_unit_test(fits_and_starts_have_no_slope),
        cmocka_unit_test(a_new_project_is_judged_by_its_first_day_and_its_class),
        cmocka_unit_test(a_project_that_is_only_new_to_the_ledger_is_not_new),
        cmocka_unit_test(a_project_that_takes_over_anothers_work_is_not_raised),
        cmocka_unit_test(a_test_above_production_is_named_where_it_grew),
        cmocka_unit_test(a_project_that_was_silent_for_four_weeks_is_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
