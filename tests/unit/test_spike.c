/* The spike rule: which days of a series leave their own baseline. */
#include "core/money.h"
#include "runaway/spike.h"
#include "test.h"

#define U        NANOS_PER_UNIT
#define CENT     (NANOS_PER_UNIT / 100)
#define DAYS_MAX 120

static const struct spike_threshold usual = {.window_days = 28,
                                             .minimum_days = 7,
                                             .modified_z = 3500000000,
                                             .floor_nanos = 5 * NANOS_PER_UNIT,
                                             .ratio = 2 * NANOS_PER_UNIT};

struct series {
    struct spike_day days[DAYS_MAX];
    guint count;
};

static void add(struct series *series, guint count, int64_t nanos)
{
    for (guint i = 0; i < count; i++)
        series->days[series->count++] = (struct spike_day){nanos, TRUE};
}

/* Days that move a little around a level: 0.8, 1.0, 1.2 of it in turn. */
static void add_steady(struct series *series, guint count, int64_t nanos)
{
    for (guint i = 0; i < count; i++)
        add(series, 1, nanos * (8 + 2 * (series->count % 3)) / 10);
}

/* The episodes as "from-until from-until". */
static char *episodes(const struct series *series)
{
    g_autoptr(GArray) spikes = spike_find(series->days, series->count, &usual);
    GString *text = g_string_new("");

    for (guint i = 0; i < spikes->len; i++) {
        const struct spike *spike = &g_array_index(spikes, struct spike, i);

        g_string_append_printf(text, "%s%u-%u", i ? " " : "", spike->from, spike->until);
    }
    return g_string_free(text, FALSE);
}

static void assert_episodes(const struct series *series, const char *expected)
{
    g_autofree char *found = episodes(series);

    assert_string_equal(found, expected);
}

static void a_day_far_above_its_weeks_is_a_spike_from_its_first_day(void **state)
{
    struct series series = {0};
    g_autoptr(GArray) spikes = NULL;
    const struct spike *spike;

    (void)state;
    add_steady(&series, 30, 10 * U);
    add(&series, 3, 50 * U);
    add_steady(&series, 10, 10 * U);
    assert_episodes(&series, "30-32");
    spikes = spike_find(series.days, series.count, &usual);
    spike = &g_array_index(spikes, struct spike, 0);
    assert_int_equal(spike->baseline_nanos, 10 * U);
    assert_int_equal(spike->baseline_days, 28);
    assert_int_equal(spike->excess_nanos, 120 * U);
    assert_int_equal(spike->highest_nanos, 50 * U);
    /* 0.6745 * 40 / 2 = 13.49 */
    assert_int_equal(spike->z_tenths, 134);
}

static void the_limit_of_the_modified_z_is_exact(void **state)
{
    /* Median 100, MAD 20: 0.6745 (x - 100) / 20 > 3.5 from x = 203.780578… on. */
    static const struct {
        int64_t nanos;
        const char *episodes;
    } cases[] = {{203780578000, ""}, {203780579000, "21-21"}};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct series series = {0};

        add_steady(&series, 21, 100 * U);
        add(&series, 1, cases[i].nanos);
        assert_episodes(&series, cases[i].episodes);
    }
}

static void a_spike_below_the_floor_or_twice_the_median_is_none(void **state)
{
    struct series small = {0}, large = {0};

    (void)state;
    add_steady(&small, 28, 10 * CENT);
    add(&small, 1, 509 * CENT);
    assert_episodes(&small, "");
    small.days[28].nanos = 510 * CENT;
    assert_episodes(&small, "28-28");
    add(&large, 14, 1000 * U);
    add(&large, 14, 1001 * U);
    add(&large, 1, 2000 * U);
    assert_episodes(&large, "");
    large.days[28].nanos = 2001 * U;
    assert_episodes(&large, "28-28");
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
    assert_episodes(&series, "");
    series.days[28].nanos += 1;
    assert_episodes(&series, "28-28");
}

static void where_all_days_are_alike_the_floor_alone_decides(void **state)
{
    struct series series = {0};

    (void)state;
    add(&series, 10, U);
    add(&series, 1, 599 * CENT);
    assert_episodes(&series, "");
    series.days[10].nanos = 6 * U;
    assert_episodes(&series, "10-10");
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
    struct series series = {0};

    (void)state;
    add(&series, 30, 0);
    for (guint i = 0; i < 30; i++)
        series.days[i].is_known = FALSE;
    add(&series, 6, 20 * U);
    add(&series, 1, 20 * U);
    assert_episodes(&series, "");
    /* Were the thirty days zeros, 20 would be a spike. */
    for (guint i = 0; i < 30; i++)
        series.days[i].is_known = TRUE;
    assert_episodes(&series, "30-36");
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
    assert_episodes(&series, "28-30 33-33");
}

static void an_episode_is_no_baseline_of_the_next(void **state)
{
    struct series series = {0};

    (void)state;
    add_steady(&series, 28, 10 * U);
    add(&series, 18, 100 * U);
    add_steady(&series, 2, 10 * U);
    add(&series, 1, 100 * U);
    assert_episodes(&series, "28-45 48-48");
}

static void a_step_that_stays_becomes_the_new_normal(void **state)
{
    struct series series = {0};

    (void)state;
    add_steady(&series, 28, 10 * U);
    add_steady(&series, 80, 100 * U);
    /* After 22 days fewer than 7 older ones are in the window; then seven new ones are known. */
    assert_episodes(&series, "28-49");
}

static void credits_below_zero_do_not_confuse_the_median(void **state)
{
    struct series series = {0};

    (void)state;
    add(&series, 14, -3 * U);
    add(&series, 14, -2 * U);
    add(&series, 1, 2 * U);
    assert_episodes(&series, "");
    series.days[28].nanos = 3 * U;
    assert_episodes(&series, "28-28");
}

static void amounts_at_the_ends_of_the_range_do_not_wrap(void **state)
{
    struct series series = {0};
    g_autoptr(GArray) spikes = NULL;

    (void)state;
    add(&series, 14, INT64_MIN);
    add(&series, 14, INT64_MAX);
    add(&series, 1, INT64_MAX);
    add(&series, 1, INT64_MIN);
    assert_episodes(&series, "14-28");
    spikes = spike_find(series.days, series.count, &usual);
    assert_int_equal(g_array_index(spikes, struct spike, 0).excess_nanos, INT64_MAX);
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
        cmocka_unit_test(an_episode_is_no_baseline_of_the_next),
        cmocka_unit_test(a_step_that_stays_becomes_the_new_normal),
        cmocka_unit_test(credits_below_zero_do_not_confuse_the_median),
        cmocka_unit_test(amounts_at_the_ends_of_the_range_do_not_wrap),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
