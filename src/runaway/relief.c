/*
 * relief.c - money that only came on another day, or in another project.
 */
#include "runaway/watch.h"

/* A day under half of what is expected holds back the rest of it; a day about as expected ends
 * that: then nothing is waiting any more. */
void relief_follow(struct watch *watch, int128 expected2)
{
    int128 short2 = expected2 - 2 * (int128)watch->nanos;
    int128 most = expected2 * watch->threshold->of[SPIKE_CATCH_UP_DAYS] / 2;

    if (expected2 > 0 && 2 * short2 > expected2)
        watch->backlog = MIN(watch->backlog + short2 / 2, most);
    else if (short2 < 0)
        watch->backlog = MAX(0, watch->backlog + short2 / 2);
    else
        watch->backlog = 0;
}

/* What a project fell short of its usual day and of the same day last week, when by half. */
static int128 drop_of(const struct project *project, guint day)
{
    int64_t usual, week_before;
    const struct day *now;

    if (day < project->begin + 7)
        return 0;
    now = project_day(project, day);
    usual = project_usual(project, day);
    week_before = project_day(project, day - 7)->nanos;
    if (!now->is_known || !project_day(project, day - 7)->is_known ||
        2 * (int128)now->nanos > MIN(usual, week_before))
        return 0;
    return (int128)MIN(usual, week_before) - now->nanos;
}

#define WEEK 7

/* What a project's last seven days fell short of the seven two weeks before, when by half; 0 where
 * days of these are not known. */
static int128 week_drop_of(const struct project *project, guint day)
{
    int128 left = 0, cost = 0;

    if (day < project->begin + 3 * WEEK - 1)
        return 0;
    for (guint back = 0; back < WEEK; back++) {
        const struct day *now = project_day(project, day - back);
        const struct day *before = project_day(project, day - back - 2 * WEEK);

        if (!now->is_known || !before->is_known)
            return 0;
        left += now->nanos;
        cost += before->nanos;
    }
    return 2 * left <= cost ? cost - left : 0;
}

/* All of the excess, where the largest drop of another project makes up for half of it: a drop is
 * measured against the least that it may be. */
static int128 moved(const struct watch *watch, int128 excess,
                    int128 (*drop)(const struct project *project, guint day))
{
    int128 largest = 0;

    for (guint i = 0; i < watch->organization->projects->len; i++) {
        const struct project *other = organization_project(watch->organization, i);

        if (other != watch->project)
            largest = MAX(largest, drop(other, watch->day));
    }
    return excess > 0 && 2 * largest >= excess ? excess : 0;
}

int128 relief_moved(const struct watch *watch, int128 excess)
{
    return moved(watch, excess, drop_of);
}

int128 relief_moved_week(const struct watch *watch, int128 excess)
{
    return moved(watch, excess, week_drop_of);
}
