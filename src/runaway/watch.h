/*
 * watch.h - one project, judged day by day.
 *
 * A rule sees the days up to the one it judges and no later one, so that what it finds in a ledger
 * is what it would have found on that day. A hit is a day that a rule names; episodes are made of
 * hits (episode.h).
 */
#pragma once
#include "runaway/measure.h"
#include "runaway/organization.h"
#include "runaway/threshold.h"

/* In the order in which a finding tells them. */
enum rule {
    RULE_SPIKE,
    RULE_WEEKDAY,
    RULE_DRIFT,
    RULE_NEW_PROJECT,
    RULE_NEW_ITEM,
    RULE_TEST_SHARE,
    RULE_ONE_KEY,
    RULE_ALL_HOURS,
    RULE_OFF_HOURS,
    RULE_FLAT,
    RULE_OUTPUT,
    RULE_CACHE,
    RULE_DAYS_LEFT,
    RULE_RECHARGES,
    RULE_SILENT,
    RULES
};

const char *rule_name(enum rule rule);

struct hit {
    enum rule rule;
    guint from, day; /* the days that it is about; day is the one that was judged */
    gboolean raises; /* enough money for a finding */
    int64_t base;    /* what the day is held against */
    char *evidence;  /* a clause with its numbers; NULL where the day before has it */
};

struct hits;

enum mark {
    MARK_OUT = 1,    /* in a run of spikes: no baseline */
    MARK_LONG = 2,   /* in a run too long to be the beat of a rhythm */
    MARK_BEAT = 4,   /* excused as the beat of a monthly rhythm: no baseline either */
    MARK_RAISED = 8, /* in a run that was raised */
};

/* A run of spikes that is not over. Its baseline stays that of its first day. */
struct run {
    gboolean is_open, is_raised;
    guint from, until, days; /* days: those that are out */
    guint seen;              /* the last day that was out, or on which the project rests */
    struct baseline baseline;
    int128 sum, excess; /* of these */
};

struct watch {
    const struct organization *organization;
    const struct project *project;
    const struct threshold *threshold;
    guint8 *marks;     /* enum mark, per day of the project */
    int128 *values;    /* scratch, a window long */
    GArray *hits;      /* struct hit */
    guint last[RULES]; /* the last day of each rule, plus one; 0: none */
    struct run run;
    int128 backlog; /* what an outage held back */
    /* Of the day that is judged: */
    guint day;
    int64_t nanos;
    gboolean has_baseline; /* else the next four are 0 */
    gboolean has_weekday;  /* four same weekdays are known */
    int64_t weekday;       /* their median */
    int64_t median;        /* of the window before it; of a run its own */
    int64_t base;          /* the larger of that and what is usual on its weekday */
    int64_t floor;         /* the excess that is worth a finding */
};

/* Judges all days of a project; struct hit in the order of days. Free with hits_free(). */
GArray *watch_project(const struct organization *organization, const struct project *project,
                      const struct threshold *threshold);
void hits_free(GArray *hits);

/* Names the judged day; evidence is owned by it from now on, and may be NULL. */
void watch_hit(struct watch *watch, enum rule rule, guint from, gboolean raises, int64_t base,
               char *evidence);
/* TRUE where the rule's evidence is to be told: it did not name the days before. */
gboolean watch_is_first(const struct watch *watch, enum rule rule);
/* The known days in [from, until) that are a baseline, into watch->values; how many. */
guint watch_window(const struct watch *watch, guint from, guint until);
/* The day's text; free it. */
char *watch_date(const struct watch *watch, guint day);

static inline const struct day *watch_at(const struct watch *watch, guint day)
{
    return project_day(watch->project, day);
}

static inline guint8 watch_marks(const struct watch *watch, guint day)
{
    return watch->marks[day - watch->project->begin];
}

/* Rhythms (rhythm.c): twice the median of the last four same weekdays before `before`; FALSE
 * without four. And whether an earlier month had as much on this day of the month. */
gboolean rhythm_weekday(const struct watch *watch, guint before, int128 *median2);
gboolean rhythm_month(const struct watch *watch);

gboolean rhythm_is_weekend(const struct watch *watch, guint day);
/* Whether an amount is beyond the median of the project's days (of the window before `before`:
 * weekdays or weekends, as the judged day is) by so many times the factor by which these usually
 * differ from it: the modified z on a scale of times. A project that is used by fits and starts has
 * days of several times its median every week. TRUE where fewer than five such days are known. */
gboolean rhythm_is_beyond(const struct watch *watch, guint before, int128 nanos, int64_t factors);
/* Whether the judged day is half as much again as any of the eight weeks before `before` that
 * nobody was told of. */
gboolean rhythm_is_record(const struct watch *watch, guint before);

/* Reliefs (relief.c): what an outage held back may come now, and what another project lost on the
 * same day moved. */
void relief_follow(struct watch *watch, int128 expected2);
int128 relief_moved(const struct watch *watch, int128 excess);
/* The same of the week up to the judged day. */
int128 relief_moved_week(const struct watch *watch, int128 excess);

/* The rules, each over the judged day. rule_spike() comes first: it sets what the others use. */
void rule_spike(struct watch *watch);
void rule_drift(struct watch *watch);
void rule_new_project(struct watch *watch);
void rule_test_share(struct watch *watch);
void rule_silent(struct watch *watch);
void rule_off_hours(struct watch *watch);
void rule_shape(struct watch *watch);
void rule_balance(struct watch *watch);
