/* progress.c - one piece of work at a time, behind a lock. */
#include "core/progress.h"

static GMutex lock;
static struct progress current;
static guint depth;
static void (*on_begin)(void), (*on_end)(void);

void progress_watch(void (*begun)(void), void (*ending)(void))
{
    on_begin = begun;
    on_end = ending;
}

void progress_begin(const char *what, const char *unit, gint64 total)
{
    g_mutex_lock(&lock);
    if (depth++ == 0)
        current =
            (struct progress){.unit = unit, .total = total, .started_at = g_get_monotonic_time()};
    g_mutex_unlock(&lock);
    progress_name(what);
    if (depth == 1 && on_begin)
        on_begin();
}

void progress_name(const char *what)
{
    g_mutex_lock(&lock);
    if (depth == 1)
        g_strlcpy(current.what, what, sizeof current.what);
    g_mutex_unlock(&lock);
}

void progress_add(gint64 amount)
{
    g_mutex_lock(&lock);
    if (depth == 1)
        current.done += amount;
    g_mutex_unlock(&lock);
}

void progress_reach(gint64 done)
{
    g_mutex_lock(&lock);
    if (depth == 1)
        current.done = done;
    g_mutex_unlock(&lock);
}

void progress_end(void)
{
    if (depth == 1 && on_end)
        on_end();
    g_mutex_lock(&lock);
    g_assert(depth > 0);
    depth--;
    g_mutex_unlock(&lock);
}

gboolean progress_read(struct progress *out)
{
    gboolean running;

    g_mutex_lock(&lock);
    *out = current;
    running = depth > 0;
    g_mutex_unlock(&lock);
    return running;
}
