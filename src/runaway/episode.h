/*
 * episode.h - hits of one project made into episodes: what a finding is.
 */
#pragma once
#include "runaway/watch.h"

/* A rule within an episode. */
struct fired {
    enum rule rule;
    guint from;     /* the first day that it named */
    guint days;     /* how many it named */
    int128 excess;  /* of these, above what each was held against */
    char *evidence; /* borrowed from the hits */
};

struct episode {
    guint from, until, raised; /* raised: the day that was enough for a finding */
    gboolean is_open;          /* no two days have passed it */
    gboolean is_provisional, is_estimated;
    int64_t baseline, excess, highest;
    guint known_days;
    guint fired_count;
    struct fired fired[RULES]; /* in the order of rules */
};

/* struct episode in the order of days; those that were never raised are left out. */
GArray *episodes_of(const struct organization *organization, const struct project *project,
                    const GArray *hits);

/* "spike,weekday"; free it. */
char *episode_rules(const struct episode *episode);
/* What was found, a sentence with its numbers; free it. */
char *episode_explain(const struct episode *episode);
