/*
 * progress.h - how far long work is: counted by who does it, shown by who watches.
 *
 * Rooms count without knowing whether anybody looks; only cli prints. What is begun while other
 * work runs is not counted: the outer work tells where it is.
 */
#pragma once
#include <glib.h>

struct progress {
    char what[48];      /* "importing file 3 of 40" */
    const char *unit;   /* "rows", "bytes" (told as kB, MB, GB), or "": a share alone is told */
    gint64 done, total; /* total 0: not known */
    gint64 started_at;  /* monotonic, microseconds */
};

/* The unit is borrowed until the end. */
void progress_begin(const char *what, const char *unit, gint64 total);
/* Another word for the work that runs, such as its present step. */
void progress_name(const char *what);
/* Counts what was done, from any thread. Nothing when no work is begun. */
void progress_add(gint64 amount);
/* Says where the work is now; what was added up to here was a guess. */
void progress_reach(gint64 done);
void progress_end(void);

/* FALSE when no work is begun. */
gboolean progress_read(struct progress *out) G_GNUC_WARN_UNUSED_RESULT;
/* Calls when work begins and before it ends, on the thread that does so. */
void progress_watch(void (*begun)(void), void (*ending)(void));
