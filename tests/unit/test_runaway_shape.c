/* The rules of shape and balance: hours, keys, line items, tokens, weekends, recharges. */
#include "runaway/detail.h"
#include "runaway_given.h"

#define QUIET 42 /* days before the judged one */

/* A project of 10 a day, and 40 on the last; its details are all alike until a test changes them.
 */
static struct organization *given_details(struct detail **details)
{
    struct series series = {0};
    const struct series *one = &series;
    const enum project_class class = CLASS_OTHER;
    struct organization *organization;
    struct project *project;

    add_steady(&series, QUIET, 10 * U);
    add(&series, 1, 40 * U);
    organization = organization_of(&one, &class, 1);
    project = g_ptr_array_index(organization->projects, 0);
    project->details = g_new0(struct detail, QUIET + 1);
    for (guint day = 0; day <= QUIET; day++) {
        struct detail *detail = &project->details[day];

        detail->is_known = detail->is_hourly = TRUE;
        for (guint hour = 9; hour < 18; hour++)
            detail->requests[hour] = 10 + (int64_t)(hour + day) % 5;
        detail->input = 1000;
        detail->cached = 400;
        detail->output = 300;
        details_add(&detail->keys, "key_a", day < QUIET ? 6 : 24);
        details_add(&detail->keys, "key_b", day < QUIET ? 4 : 16);
        details_add(&detail->items, "gpt-5, input", day < QUIET ? 10 * U : 40 * U);
        detail->keys_are_money = TRUE;
    }
    *details = project->details;
    return organization;
}

static void assert_rule(const struct organization *organization, enum rule rule,
                        const char *expected)
{
    g_autofree char *found = days_of(organization, 0, rule);

    assert_string_equal(found, expected);
}

static void a_day_like_the_others_but_larger_has_no_shape(void **state)
{
    struct detail *details;
    g_autoptr(Organization) organization = given_details(&details);
    g_autofree char *found = episodes_text(organization, 0);

    (void)state;
    assert_string_equal(found, "42-42 open spike,weekday raised 42");
}

static void requests_around_the_clock_are_news_where_they_kept_office_hours(void **state)
{
    struct detail *details;
    g_autoptr(Organization) organization = given_details(&details);

    (void)state;
    for (guint hour = 0; hour < 19; hour++)
        details[QUIET].requests[hour] = 10 + hour;
    assert_rule(organization, RULE_ALL_HOURS, "");
    details[QUIET].requests[19] = 3;
    assert_rule(organization, RULE_ALL_HOURS, "42-42");
    for (guint day = 0; day < QUIET; day++)
        for (guint hour = 0; hour < 13; hour++)
            details[day].requests[hour + 5] = 10;
    assert_rule(organization, RULE_ALL_HOURS, "");
}

static void without_a_week_of_hours_none_are_judged(void **state)
{
    struct detail *details;
    g_autoptr(Organization) organization = given_details(&details);

    (void)state;
    for (guint hour = 0; hour < HOURS; hour++)
        details[QUIET].requests[hour] = 10;
    for (guint day = 0; day < QUIET - 6; day++)
        details[day].is_hourly = FALSE;
    assert_rule(organization, RULE_ALL_HOURS, "");
    assert_rule(organization, RULE_FLAT, "");
    details[QUIET - 7].is_hourly = TRUE;
    assert_rule(organization, RULE_ALL_HOURS, "42-42");
    assert_rule(organization, RULE_FLAT, "42-42");
}

static void hours_within_a_twentieth_of_their_mean_are_flat(void **state)
{
    struct detail *details;
    g_autoptr(Organization) organization = given_details(&details);

    (void)state;
    for (guint hour = 0; hour < HOURS; hour++)
        details[QUIET].requests[hour] = 1000 + (hour % 2) * 51;
    assert_rule(organization, RULE_FLAT, "42-42"); /* 51 of 1025.5 */
    details[QUIET].requests[0] = 998;
    assert_rule(organization, RULE_FLAT, "");
}

static void a_key_that_was_little_used_and_carries_the_excess_is_named(void **state)
{
    struct detail *details;
    g_autoptr(Organization) organization = given_details(&details);

    (void)state;
    details_add(&details[QUIET].keys, "key_a", -11);
    details_add(&details[QUIET].keys, "key_b", -12);
    details_add(&details[QUIET].keys, "key_new", 23); /* of 30 that are above the weeks before */
    assert_rule(organization, RULE_ONE_KEY, "");
    details_add(&details[QUIET].keys, "key_a", -1);
    details_add(&details[QUIET].keys, "key_new", 1);
    assert_rule(organization, RULE_ONE_KEY, "42-42");
    /* The key that always was most of it is no news. */
    for (guint day = 0; day < QUIET; day++)
        details_add(&details[day].keys, "key_new", 4);
    assert_rule(organization, RULE_ONE_KEY, "");
}

static void a_line_item_that_was_not_there_and_is_half_of_the_excess_is_new(void **state)
{
    struct detail *details;
    g_autoptr(Organization) organization = given_details(&details);

    (void)state;
    details_add(&details[QUIET].items, "gpt-5, input", -30 * U);
    details_add(&details[QUIET].items, "gpt-image-2, output", 24 * U);
    assert_rule(organization, RULE_NEW_ITEM, ""); /* 25 a first day may cost */
    details_add(&details[QUIET].items, "gpt-image-2, output", 6 * U);
    assert_rule(organization, RULE_NEW_ITEM, "42-42");
    details_add(&details[QUIET - 20].items, "gpt-image-2, output", 1);
    assert_rule(organization, RULE_NEW_ITEM, "");
}

static void tokens_out_of_proportion_to_the_projects_own_are_named(void **state)
{
    struct detail *details;
    g_autoptr(Organization) organization = given_details(&details);

    (void)state;
    details[QUIET].output = 899;
    details[QUIET].cached = 100;
    assert_rule(organization, RULE_OUTPUT, "");
    assert_rule(organization, RULE_CACHE, "");
    details[QUIET].output = 900;
    details[QUIET].cached = 99;
    assert_rule(organization, RULE_OUTPUT, "42-42");
    assert_rule(organization, RULE_CACHE, "42-42");
}

static void shape_alone_raises_nothing_without_money(void **state)
{
    struct detail *details;
    g_autoptr(Organization) organization = given_details(&details);
    struct project *project = g_ptr_array_index(organization->projects, 0);

    (void)state;
    for (guint hour = 0; hour < HOURS; hour++)
        details[QUIET].requests[hour] = 10;
    details[QUIET].output = 9000;
    project->days[QUIET].nanos = 14 * U; /* 4 above it */
    g_autofree char *little = episodes_text(organization, 0);
    assert_string_equal(little, "");
    project->days[QUIET].nanos = 17 * U; /* half again of 11 on Thursdays, and no spike */
    g_autofree char *enough = episodes_text(organization, 0);
    assert_string_equal(enough, "42-42 open all-hours,flat,output raised 42");
}

static void a_weekend_as_dear_as_a_weekday_is_news_where_they_rested(void **state)
{
    struct series series = {0};

    (void)state;
    for (guint day = 0; day < 45; day++) /* day 44 is a Saturday */
        add(&series, 1, (day + 3) % 7 >= 5 ? U : 20 * U);
    series.nanos[44] = 20 * U;
    assert_days(&series, RULE_OFF_HOURS, "44-44");
    series.nanos[44] = 19 * U;
    assert_days(&series, RULE_OFF_HOURS, "");
    series.nanos[44] = 20 * U;
    series.nanos[37] = 5 * U; /* one weekend in four was not a rest */
    assert_days(&series, RULE_OFF_HOURS, "");
}

static void assert_balance(enum rule rule, const struct balance *last, guint recharges_before,
                           const char *expected)
{
    struct series series = {0};
    const struct series *one = &series;
    const enum project_class class = CLASS_OTHER;
    g_autoptr(Organization) organization = NULL;

    add_steady(&series, QUIET, 10 * U);
    add(&series, 3, 60 * U);
    organization = organization_of(&one, &class, 1);
    organization->balances = g_new0(struct balance, organization->count);
    for (guint day = 0; day < organization->count; day++)
        organization->balances[day] = (struct balance){1000 * U, TRUE, recharges_before};
    organization->balances[organization->count - 1] = *last;
    assert_rule(organization, rule, expected);
}

static void a_balance_that_is_gone_in_three_days_and_would_have_lasted_is_named(void **state)
{
    static const struct {
        struct balance last;
        const char *days;
    } cases[] = {
        {{179 * U, TRUE, 0}, "44-44"}, {{180 * U, TRUE, 0}, ""}, /* 60 a day */
        {{139 * U, TRUE, 0}, ""},  /* not two weeks at the usual 10 either */
        {{179 * U, FALSE, 0}, ""}, /* its opening is assumed */
        {{-1, TRUE, 0}, ""},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_balance(RULE_DAYS_LEFT, &cases[i].last, 0, cases[i].days);
}

static void recharges_that_never_came_so_thick_are_named(void **state)
{
    const struct balance three = {1000 * U, TRUE, 3}, two = {1000 * U, TRUE, 2};

    (void)state;
    assert_balance(RULE_RECHARGES, &three, 0, "44-44");
    assert_balance(RULE_RECHARGES, &three, 1, "44-44");
    assert_balance(RULE_RECHARGES, &three, 2, "");
    assert_balance(RULE_RECHARGES, &two, 0, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_like_the_others_but_larger_has_no_shape),
        cmocka_unit_test(requests_around_the_clock_are_news_where_they_kept_office_hours),
        cmocka_unit_test(without_a_week_of_hours_none_are_judged),
        cmocka_unit_test(hours_within_a_twentieth_of_their_mean_are_flat),
        cmocka_unit_test(a_key_that_was_little_used_and_carries_the_excess_is_named),
        cmocka_unit_test(a_line_item_that_was_not_there_and_is_half_of_the_excess_is_new),
        cmocka_unit_test(tokens_out_of_proportion_to_the_projects_own_are_named),
        cmocka_unit_test(shape_alone_raises_nothing_without_money),
        cmocka_unit_test(a_weekend_as_dear_as_a_weekday_is_news_where_they_rested),
        cmocka_unit_test(a_balance_that_is_gone_in_three_days_and_would_have_lasted_is_named),
        cmocka_unit_test(recharges_that_never_came_so_thick_are_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
