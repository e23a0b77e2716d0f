/*
 * test_runaway.c - laws of the runaway rules on organizations made at random.
 *
 * What is found up to a day does not depend on later days. Amounts in another unit find the same
 * days. The order in which costs are read is of no matter. And an episode is what its hits say: it
 * holds the day it was raised on, and no two of a project touch.
 */
#include "random.h"
#include "runaway_given.h"

#define WORLDS   400
#define PROJECTS 4
#define DAYS     150

struct world {
    GArray *costs; /* struct cost */
    GArray *spans; /* struct span */
    enum project_class classes[PROJECTS];
};

static int64_t amount(struct rng *rng, int64_t level, int spread)
{
    return level * (100 - spread + rng_below(rng, 2 * spread + 1)) / 100;
}

/* A level with a weekly rhythm, and sometimes idle days, a spike, a ramp or a late beginning. */
static void add_project(struct world *world, struct rng *rng, guint project)
{
    int64_t level = (1 + rng_below(rng, 50)) * U;
    int spread = rng_below(rng, 60), idle = rng_one_in(rng, 3) ? 4 : 40;
    int begin = rng_one_in(rng, 3) ? rng_below(rng, DAYS / 2) : 0;
    int event = rng_below(rng, DAYS), length = 1 + rng_below(rng, 20), kind = rng_below(rng, 4);

    for (int day = begin; day < DAYS; day++) {
        struct cost cost = {project, 20454 + day, amount(rng, level, spread), FALSE, FALSE};

        if ((day + 3) % 7 >= 5)
            cost.nanos /= 2;
        if (day >= event && day < event + length && kind > 0)
            cost.nanos *= kind == 1 ? 6 : 1 + (day - event) / 3;
        if (day == begin || !rng_one_in(rng, idle))
            g_array_append_val(world->costs, cost);
    }
}

static struct world world_make(struct rng *rng)
{
    struct world world = {.costs = g_array_new(FALSE, FALSE, sizeof(struct cost)),
                          .spans = g_array_new(FALSE, FALSE, sizeof(struct span))};
    int gap = rng_below(rng, DAYS), length = rng_below(rng, 10);
    struct span before = {1, 20454, 20454 + gap}, after = {1, 20454 + gap + length, 20453 + DAYS};

    for (guint project = 0; project < PROJECTS; project++) {
        world.classes[project] = (enum project_class)rng_below(rng, 3);
        add_project(&world, rng, project);
    }
    g_array_append_val(world.spans, before);
    if (after.from <= after.until)
        g_array_append_val(world.spans, after);
    return world;
}

static void world_clear(struct world *world)
{
    g_array_unref(world->costs);
    g_array_unref(world->spans);
}

/* All that is found up to a day: "PROJECT RULE FROM-DAY raises" a line, in the order of days. */
static char *found(const struct world *world, const GArray *costs, const GArray *spans,
                   const struct threshold *threshold, guint last)
{
    static const char *const names[] = {"proj_a", "proj_b", "proj_c", "proj_d"};
    g_autoptr(Organization) organization = organization_new(1, "org-a", "USD");
    GString *text = g_string_new("");
    guint count[PROJECTS] = {0};

    for (guint project = 0; project < PROJECTS; project++)
        organization_add(organization, project + 1, names[project], world->classes[project]);
    for (guint i = 0; i < costs->len; i++)
        count[g_array_index(costs, struct cost, i).project]++;
    for (guint project = PROJECTS; project-- > 0;)
        if (count[project] == 0) { /* those that begin last may not have begun */
            g_string_free(text, TRUE);
            return NULL;
        }
    organization_lay(organization, costs, spans);
    for (guint project = 0; project < PROJECTS; project++) {
        GArray *hits =
            watch_project(organization, organization_project(organization, project), threshold);

        for (guint i = 0; i < hits->len; i++) {
            const struct hit *hit = &g_array_index(hits, struct hit, i);

            if (hit->day <= last)
                g_string_append_printf(text, "%u %s %u-%u%s\n", project, rule_name(hit->rule),
                                       hit->from, hit->day, hit->raises ? " raises" : "");
        }
        hits_free(hits);
    }
    return g_string_free(text, FALSE);
}

static void what_is_found_does_not_depend_on_later_days(void **state)
{
    struct rng rng = rng_new();

    (void)state;
    for (int i = 0; i < WORLDS; i++) {
        struct world world = world_make(&rng);
        guint last = (guint)(DAYS / 2 + rng_below(&rng, DAYS / 2));
        g_autoptr(GArray) costs = g_array_new(FALSE, FALSE, sizeof(struct cost));
        g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(struct span));

        for (guint k = 0; k < world.costs->len; k++)
            if (g_array_index(world.costs, struct cost, k).day <= 20454 + (int32_t)last)
                g_array_append_val(costs, g_array_index(world.costs, struct cost, k));
        for (guint k = 0; k < world.spans->len; k++) {
            struct span span = g_array_index(world.spans, struct span, k);

            span.until = MIN(span.until, 20454 + (int32_t)last);
            if (span.from <= span.until)
                g_array_append_val(spans, span);
        }
        g_autofree char *then = found(&world, costs, spans, &usual_limits, last);
        g_autofree char *now = found(&world, world.costs, world.spans, &usual_limits, last);

        if (then)
            assert_string_equal(then, now);
        world_clear(&world);
    }
}

static void amounts_in_another_unit_find_the_same_days(void **state)
{
    static const enum limit amounts[] = {MONEY_FLOOR,    MONEY_CEILING, NEW_FIRST_DAY,
                                         NEW_PRODUCTION, NEW_TEST,      NEW_OTHER};
    struct rng rng = rng_new();

    (void)state;
    for (int i = 0; i < WORLDS; i++) {
        struct world world = world_make(&rng);
        struct threshold limits = usual_limits;
        int64_t scale = 2 + rng_below(&rng, 1000);
        g_autofree char *before = found(&world, world.costs, world.spans, &limits, DAYS);

        for (guint k = 0; k < world.costs->len; k++)
            g_array_index(world.costs, struct cost, k).nanos *= scale;
        for (gsize k = 0; k < G_N_ELEMENTS(amounts); k++)
            limits.of[amounts[k]] *= scale;
        g_autofree char *after = found(&world, world.costs, world.spans, &limits, DAYS);
        assert_string_equal(before, after);
        world_clear(&world);
    }
}

static void the_order_of_costs_is_of_no_matter(void **state)
{
    struct rng rng = rng_new();
    int raised = 0;

    (void)state;
    for (int i = 0; i < WORLDS; i++) {
        struct world world = world_make(&rng);
        g_autofree char *before = found(&world, world.costs, world.spans, &usual_limits, DAYS);

        for (guint k = world.costs->len - 1; k > 0; k--) {
            struct cost *a = &g_array_index(world.costs, struct cost, k);
            struct cost *b = &g_array_index(world.costs, struct cost, rng_below(&rng, (int)k + 1));
            struct cost swapped = *a;

            *a = *b;
            *b = swapped;
        }
        g_autofree char *after = found(&world, world.costs, world.spans, &usual_limits, DAYS);
        assert_string_equal(before, after);
        raised += strstr(before, "raises") != NULL;
        world_clear(&world);
    }
    assert_true(raised > WORLDS / 2); /* there was something to find */
}

static void assert_episodes_are_whole(const struct organization *organization,
                                      const struct project *project)
{
    GArray *hits = watch_project(organization, project, &usual_limits);
    g_autoptr(GArray) episodes = episodes_of(organization, project, hits);

    for (guint i = 0; i < episodes->len; i++) {
        const struct episode *episode = &g_array_index(episodes, struct episode, i);
        g_autofree char *words = episode_explain(episode);

        assert_true(episode->from <= episode->raised && episode->raised <= episode->until);
        assert_true(episode->until < organization->count);
        assert_true(episode->fired_count > 0);
        assert_null(strstr(words, "(null)"));
        if (i > 0)
            assert_true(episode->from > g_array_index(episodes, struct episode, i - 1).until + 2);
    }
    hits_free(hits);
}

static void an_episode_holds_its_days_and_touches_no_other(void **state)
{
    static const char *const names[] = {"proj_a", "proj_b", "proj_c", "proj_d"};
    struct rng rng = rng_new();

    (void)state;
    for (int i = 0; i < WORLDS; i++) {
        struct world world = world_make(&rng);
        g_autoptr(Organization) organization = organization_new(1, "org-a", "USD");

        for (guint project = 0; project < PROJECTS; project++)
            organization_add(organization, project + 1, names[project], world.classes[project]);
        organization_lay(organization, world.costs, world.spans);
        for (guint project = 0; project < PROJECTS; project++)
            assert_episodes_are_whole(organization, organization_project(organization, project));
        world_clear(&world);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_found_does_not_depend_on_later_days),
        cmocka_unit_test(amounts_in_another_unit_find_the_same_days),
        cmocka_unit_test(the_order_of_costs_is_of_no_matter),
        cmocka_unit_test(an_episode_holds_its_days_and_touches_no_other),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
