/* episode.c - days that hits name, at most one quiet day apart, are one episode. */
#include "runaway/episode.h"
#include "core/money.h"
#include "core/text.h"

#define QUIET_DAYS 1 /* that an episode goes over */

static int compare_hits(const void *a, const void *b)
{
    const struct hit *x = a, *y = b;

    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return (int)x->rule - (int)y->rule;
}

static void add_fired(struct episode *episode, const struct project *project, const struct hit *hit)
{
    struct fired *fired = &episode->fired[hit->rule];

    if (fired->days == 0)
        *fired = (struct fired){.rule = hit->rule, .from = hit->day};
    if (!fired->evidence)
        fired->evidence = hit->evidence;
    fired->from = MIN(fired->from, hit->day);
    fired->days++;
    fired->excess += (int128)project_day(project, hit->day)->nanos - hit->base;
}

/* What a day is held against: what the first rule that names it says, else the baseline. */
static int64_t base_of(const GArray *hits, guint first, guint last, guint day, int64_t baseline)
{
    const struct hit *best = NULL;

    for (guint i = first; i < last; i++) {
        const struct hit *hit = &g_array_index(hits, struct hit, i);

        if (hit->day == day && (!best || hit->rule < best->rule))
            best = hit;
    }
    return best ? best->base : baseline;
}

static void measure(struct episode *episode, const struct project *project, const GArray *hits,
                    guint first, guint last)
{
    int128 excess = 0;

    for (guint day = episode->from; day <= episode->until; day++) {
        const struct day *at = project_day(project, day);

        if (!at->is_known)
            continue;
        episode->known_days++;
        excess += (int128)at->nanos - base_of(hits, first, last, day, episode->baseline);
        episode->highest = MAX(episode->highest, at->nanos);
        episode->is_provisional = episode->is_provisional || at->is_provisional;
        episode->is_estimated = episode->is_estimated || at->is_estimated;
    }
    episode->excess = narrow(excess);
}

/* Rules that fired, without gaps. */
static void pack(struct episode *episode)
{
    for (guint rule = 0; rule < RULES; rule++)
        if (episode->fired[rule].days > 0)
            episode->fired[episode->fired_count++] = episode->fired[rule];
}

/* The hits [first, last) are one episode, if any of them raises it. */
static void add_episode(GArray *episodes, const struct organization *organization,
                        const struct project *project, const GArray *hits, guint first, guint last)
{
    const struct hit *begin = &g_array_index(hits, struct hit, first);
    struct episode episode = {
        .from = begin->from, .raised = G_MAXUINT, .baseline = begin->base, .highest = INT64_MIN};

    for (guint i = first; i < last; i++) {
        const struct hit *hit = &g_array_index(hits, struct hit, i);

        episode.until = MAX(episode.until, hit->day);
        if (hit->raises)
            episode.raised = MIN(episode.raised, hit->day);
        add_fired(&episode, project, hit);
    }
    if (episode.raised == G_MAXUINT)
        return;
    episode.is_open = episode.until + 1 + QUIET_DAYS >= organization->count;
    measure(&episode, project, hits, first, last);
    pack(&episode);
    g_array_append_val(episodes, episode);
}

GArray *episodes_of(const struct organization *organization, const struct project *project,
                    const GArray *hits)
{
    GArray *episodes = g_array_new(FALSE, FALSE, sizeof(struct episode));
    guint first = 0, until = 0;

    if (hits->len > 0)
        qsort(hits->data, hits->len, sizeof(struct hit), compare_hits);
    for (guint i = 0; i < hits->len; i++) {
        const struct hit *hit = &g_array_index(hits, struct hit, i);

        if (i > first && hit->from > until + 1 + QUIET_DAYS) {
            add_episode(episodes, organization, project, hits, first, i);
            first = i;
        }
        until = MAX(until, hit->day);
    }
    if (hits->len > 0)
        add_episode(episodes, organization, project, hits, first, hits->len);
    return episodes;
}

char *episode_rules(const struct episode *episode)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < episode->fired_count; i++)
        g_string_append_printf(text, "%s%s", i ? "," : "", rule_name(episode->fired[i].rule));
    return g_string_free(text, FALSE);
}

/* The clause of the rule that was first, the one that tells most of equals. */
static const char *first_evidence(const struct episode *episode)
{
    const struct fired *best = &episode->fired[0];

    for (guint i = 1; i < episode->fired_count; i++)
        if (episode->fired[i].from < best->from)
            best = &episode->fired[i];
    return best->evidence;
}

char *episode_explain(const struct episode *episode)
{
    g_autofree char *excess = money_format_cents(episode->excess);
    g_autofree char *highest = money_format_cents(episode->highest);
    g_autofree char *days = text_count(episode->known_days, "day");

    return g_strdup_printf("%s; %s above it in %s, the highest %s.", first_evidence(episode),
                           excess, days, highest);
}
