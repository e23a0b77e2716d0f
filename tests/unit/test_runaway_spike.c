/* The spike rule: which days of a project leave their own baseline, and when that is a finding. */
#include "runaway_given.h"

static void a_day_far_above_its_weeks_is_a_spike_from_its_first_day(void **state)
{
    struct series series = {0};
    const struct series *one = &series;
    const enum project_class class = CLASS_OTHER;
    g_autoptr(Organization) organization = NULL;
    g_autoptr(GArray) episodes = NULL;
    const struct episode *episode;
    GArray *hits;

    (void)state;
    add_steady(&series, 29, 10 * U);
    add(&series, 3, 50 * U);
    add_steady(&series, 10, 10 * U);
    assert_episodes(&series, "29-31 spike,weekday raised 29");
    organization = organization_of(&one, &class, 1);
    hits = watch_project(organization, organization_project(organization, 0), &usual_limits);
    episodes = episodes_of(organization, organization_project(organization, 0), hits);
    episode = &g_array_index(episodes, struct episode, 0);
    /* Thursdays and Fridays were 10, Saturdays 11 in the median: what a day is held against. */
    assert_int_equal(episode->baseline, 10 * U);
    assert_int_equal(episode->excess, 119 * U);
    assert_int_equal(episode->highest, 50 * U);
    assert_int_equal(episode->known_days, 3);
    /* 0.6745 * 40 / 2 = 13.49 */
    assert_non_null(strstr(episode->fired[0].evidence,
                           "50.00 USD on 2026-01-30 against a median of 10.00 a day over the 28 "
                           "days before (modified z 13.4)"));
    hits_free(hits);
}

static void the_limit_of_the_modified_z_is_exact(void **state)
{
    /* Median 100, MAD 20: 0.6745 (x - 100) / 20 > 3.5 from x = 203.780578… on. */
    static const struct {
        int64_t nanos;
        const char *days;
    } cases[] = {{203780578000, ""}, {203780579000, "21-21"}};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct series series = {0};

        add_steady(&series, 21, 100 * U);
        add(&series, 1, cases[i].nanos);
        assert_days(&series, RULE_SPIKE, cases[i].days);
    }
}

static void a_spike_below_the_floor_or_twice_the_median_is_none(void **state)
{
    struct series small = {0}, large = {0};

    (void)state;
    add_steady(&small, 28, 10 * CENT);
    add(&small, 1, 509 * CENT);
    assert_days(&small, RULE_SPIKE, "");
    small.nanos[28] = 515 * CENT;
    assert_days(&small, RULE_SPIKE, "28-28");
    add(&large, 14, 1000 * U);
    add(&large, 14, 1001 * U);
    add(&large, 1, 2000 * U);
    assert_days(&large, RULE_SPIKE, "");
    large.nanos[28] = 2002 * U;
    assert_days(&large, RULE_SPIKE, "28-28");
}

static void where_most_days_are_alike_the_mean_deviation_measures(void **state)
{
    struct series series = {0};

    (void)state;
    /* MAD 0, mean deviation 140 / 28 = 5: (x - 0) / 6.2665 > 3.5 from 21.93275 on. */
    add(&series, 3, 0);
    add(&series, 1, 140 * U);
    add(&series, 24, 0);
    add(&series, 1, 21932750000);
    assert_days(&series, RULE_SPIKE, "");
    series.nanos[28] += 1;
    assert_days(&series, RULE_SPIKE, "28-28");
}

static void where_all_days_are_alike_the_floor_alone_decides(void **state)
{
    struct series series = {0};

    (void)state;
    add(&series, 10, U);
    add(&series, 1, 599 * CENT);
    assert_episodes(&series, "");
    series.nanos[10] = 6 * U;
    assert_episodes(&series, "10-10 open spike raised 10");
}

static void without_a_week_of_history_nothing_is_judged(void **state)
{
    struct series series = {0};

    (void)state;
    add(&series, 6, U);
    add(&series, 1, 500 * U);
    add(&series, 5, U);
    assert_episodes(&series, "");
}

static void days_that_no_export_covers_are_neither_judged_nor_a_baseline(void **state)
{
    struct series series = {0}, covered = {0};

    (void)state;
    add(&series, 1, 0);
    add_unknown(&series, 29);
    add(&series, 6, 20 * U);
    add(&series, 1, 20 * U);
    assert_episodes(&series, "");
    /* Were the thirty days zeros, 20 would be a spike. */
    add(&covered, 30, 0);
    add(&covered, 7, 20 * U);
    assert_episodes(&covered, "30-36 open spike,weekday,silent raised 30");
}

static void one_quiet_day_is_bridged_and_two_part_the_episodes(void **state)
{
    struct series series = {0};

    (void)state;
    add_steady(&series, 28, 10 * U);
    add(&series, 1, 60 * U);
    add(&series, 1, 10 * U);
    add(&series, 1, 60 * U);
    add(&series, 2, 10 * U);
    add(&series, 1, 60 * U);
    add(&series, 2, 10 * U);
    assert_episodes(&series, "28-30 spike,weekday raised 28; 33-33 spike,weekday raised 33");
}

static void an_episode_is_open_until_two_days_have_passed_it(void **state)
{
    struct series series = {0};

    (void)state;
    add_steady(&series, 28, 10 * U);
    add(&series, 1, 60 * U);
    assert_episodes(&series, "28-28 open spike,weekday raised 28");
    add(&series, 1, 10 * U);
    assert_episodes(&series, "28-28 open spike,weekday raised 28");
    add(&series, 1, 10 * U);
    assert_episodes(&series, "28-28 spike,weekday raised 28");
}

static void an_episode_is_no_baseline_of_the_next(void **state)
{
    struct series series = {0};

    (void)state;
    add_steady(&series, 56, 10 * U);
    add(&series, 18, 100 * U);
    add_steady(&series, 2, 10 * U);
    add(&series, 1, 100 * U);
    add_steady(&series, 2, 10 * U);
    assert_episodes(&series, "56-73 spike,weekday raised 56; 76-76 spike,weekday raised 76");
}

static void a_level_that_stays_for_four_weeks_is_the_new_normal(void **state)
{
    struct series series = {0};

    (void)state;
    add_steady(&series, 28, 10 * U);
    add_steady(&series, 80, 100 * U);
    assert_episodes(&series, "28-55 spike,weekday raised 28");
    add(&series, 1, 500 * U);
    assert_episodes(&series,
                    "28-55 spike,weekday raised 28; 108-108 open spike,weekday raised 108");
}

static void a_launch_of_a_project_that_rests_at_weekends_is_one_episode(void **state)
{
    struct series series = {0};

    (void)state;
    for (guint day = 0; day < 120; day++)
        add(&series, 1,
            ((day + 3) % 7 >= 5 ? U : (9 + (int64_t)(day % 3)) * U) * (day >= 60 ? 3 : 1));
    assert_episodes(&series, "60-85 spike,weekday raised 60");
}

static void what_was_raised_week_by_week_becomes_the_normal(void **state)
{
    struct series series = {0};

    (void)state;
    add_steady(&series, 28, 10 * U);
    for (guint day = 28; day < 168; day++)
        add(&series, 1, day % 7 < 5 ? 60 * U : 10 * U);
    assert_episodes(&series, "28-32 spike,weekday raised 28; 35-39 spike,weekday raised 35; "
                             "42-46 spike,weekday raised 42; 49-53 spike,weekday raised 49");
}

static void credits_below_zero_do_not_confuse_the_median(void **state)
{
    struct series series = {0};

    (void)state;
    add(&series, 14, -3 * U);
    add(&series, 14, -2 * U);
    add(&series, 1, 2 * U);
    assert_days(&series, RULE_SPIKE, "");
    series.nanos[28] = 3 * U;
    assert_days(&series, RULE_SPIKE, "28-28");
}

static void amounts_at_the_ends_of_the_range_do_not_wrap(void **state)
{
    struct series series = {0};

    (void)state;
    add(&series, 14, INT64_MIN);
    add(&series, 14, INT64_MAX);
    add(&series, 1, INT64_MAX);
    add(&series, 3, INT64_MIN);
    assert_episodes(&series, "14-28 spike raised 14");
}

static void a_weekly_batch_is_an_alarm_twice_and_a_rhythm_after(void **state)
{
    struct series series = {0};

    (void)state;
    for (guint day = 0; day < 84; day++)
        add(&series, 1, day >= 35 && day % 7 == 0 ? 90 * U : (9 + (int64_t)(day % 3)) * U);
    assert_episodes(&series, "35-35 spike,weekday raised 35; 42-42 spike,weekday raised 42");
}

static void a_month_end_batch_is_an_alarm_once(void **state)
{
    struct series series = {0};

    (void)state;
    for (guint day = 0; day < 365; day++) {
        int year, month, of_month, next_year, next_month, next;

        day_to_civil(day_from_civil(2026, 1, 1) + (int32_t)day, &year, &month, &of_month);
        day_to_civil(day_from_civil(2026, 1, 2) + (int32_t)day, &next_year, &next_month, &next);
        add(&series, 1, next == 1 ? 90 * U : (9 + (int64_t)(day % 3)) * U);
    }
    assert_episodes(&series, "30-30 spike,weekday raised 30");
    /* Twice as much as last month's is no rhythm. */
    series.nanos[180] = 180 * U;
    assert_episodes(&series, "30-30 spike,weekday raised 30; 180-180 spike,weekday raised 180");
}

static void what_an_outage_held_back_comes_without_an_alarm(void **state)
{
    struct series series = {0};

    (void)state;
    add_steady(&series, 35, 10 * U);
    add(&series, 2, 0);
    add(&series, 1, 30 * U);
    add_steady(&series, 3, 10 * U);
    assert_episodes(&series, "");
    /* More than was held back is more than a catch-up. */
    series.nanos[37] = 80 * U;
    assert_episodes(&series, "37-37 spike,weekday raised 37");
}

static void what_another_project_lost_on_the_same_day_moved(void **state)
{
    struct series donor = {0}, heir = {0};
    const struct series *both[] = {&donor, &heir};
    const enum project_class classes[] = {CLASS_OTHER, CLASS_OTHER};

    (void)state;
    add_steady(&donor, 40, 50 * U);
    add(&donor, 10, 0);
    add_steady(&heir, 40, 5 * U);
    add_steady(&heir, 10, 55 * U);
    g_autoptr(Organization) moved = organization_of(both, classes, 2);
    g_autofree char *after_move = episodes_text(moved, 1);
    assert_string_equal(after_move, "");

    for (guint day = 40; day < 50; day++)
        donor.nanos[day] = 50 * U;
    g_autoptr(Organization) grown = organization_of(both, classes, 2);
    g_autofree char *without = episodes_text(grown, 1);
    assert_string_equal(without, "40-49 open spike,weekday raised 40");
}

static void a_small_project_is_raised_when_its_money_has_come_together(void **state)
{
    struct series large = {0}, small = {0};
    const struct series *both[] = {&large, &small};
    const enum project_class classes[] = {CLASS_OTHER, CLASS_OTHER};

    (void)state;
    add_steady(&large, 50, 200 * U);
    add_steady(&small, 40, 2 * U);
    add(&small, 10, 10 * U); /* 8 above it a day; 8 % of 202 is 16.16 */
    g_autoptr(Organization) organization = organization_of(both, classes, 2);
    g_autofree char *found = episodes_text(organization, 1);
    assert_string_equal(found, "40-49 open spike,weekday raised 42");
}

static void days_of_several_times_the_median_are_the_habit_of_some(void **state)
{
    static const int64_t fits[] = {2, 9, 4, 1, 20, 3, 8, 2, 6, 14};
    struct series series = {0};

    (void)state;
    for (guint day = 0; day < 56; day++)
        add(&series, 1, fits[day % G_N_ELEMENTS(fits)] * U);
    add(&series, 1, 60 * U); /* modified z 9.6 */
    assert_days(&series, RULE_SPIKE, "14-14 24-24 56-56");
    assert_episodes(&series, "");
    /* Beyond every day that it has seen, and its usual factor five times over. */
    series.nanos[56] = 1000 * U;
    assert_episodes(&series, "56-56 open spike,weekday raised 56");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_far_above_its_weeks_is_a_spike_from_its_first_day),
        cmocka_unit_test(the_limit_of_the_modified_z_is_exact),
        cmocka_unit_test(a_spike_below_the_floor_or_twice_the_median_is_none),
        cmocka_unit_test(where_most_days_are_alike_the_mean_deviation_measures),
        cmocka_unit_test(where_all_days_are_alike_the_floor_alone_decides),
        cmocka_unit_test(without_a_week_of_history_nothing_is_judged),
        cmocka_unit_test(days_that_no_export_covers_are_neither_judged_nor_a_baseline),
        cmocka_unit_test(one_quiet_day_is_bridged_and_two_part_the_episodes),
        cmocka_unit_test(an_episode_is_open_until_two_days_have_passed_it),
        cmocka_unit_test(an_episode_is_no_baseline_of_the_next),
        cmocka_unit_test(a_level_that_stays_for_four_weeks_is_the_new_normal),
        cmocka_unit_test(a_launch_of_a_project_that_rests_at_weekends_is_one_episode),
        cmocka_unit_test(what_was_raised_week_by_week_becomes_the_normal),
        cmocka_unit_test(credits_below_zero_do_not_confuse_the_median),
        cmocka_unit_test(amounts_at_the_ends_of_the_range_do_not_wrap),
        cmocka_unit_test(a_weekly_batch_is_an_alarm_twice_and_a_rhythm_after),
        cmocka_unit_test(a_month_end_batch_is_an_alarm_once),
        cmocka_unit_test(what_an_outage_held_back_comes_without_an_alarm),
        cmocka_unit_test(what_another_project_lost_on_the_same_day_moved),
        cmocka_unit_test(a_small_project_is_raised_when_its_money_has_come_together),
        cmocka_unit_test(days_of_several_times_the_median_are_the_habit_of_some),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
