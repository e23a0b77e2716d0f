/*
 * meter.c - a thread that draws the line while work runs, so that it moves also while the work is
 * in one long step.
 */
#include "cli/meter.h"
#include "cli/terminal.h"
#include "core/money.h"

#define SHOWN_AFTER   G_USEC_PER_SEC
#define REDRAWN_AFTER (G_USEC_PER_SEC / 8)
#define BAR_WIDTH     24

static GThread *drawer;
static GMutex lock;
static GCond ended;
static gboolean has_ended;

/* "310 MB", "1,200 rows"; "" where a share alone is told. */
static char *count_text(gint64 count, const char *unit)
{
    static const char *const multiples[] = {"bytes", "kB", "MB", "GB", "TB"};
    gsize at = 0;
    g_autofree char *number = NULL;

    if (!*unit)
        return g_strdup("");
    if (strcmp(unit, multiples[0]) == 0)
        for (; count >= 10000 && at + 1 < G_N_ELEMENTS(multiples); at++)
            count /= 1000;
    number = decimal_format_grouped(count, 0);
    return g_strconcat(number, " ", at > 0 ? multiples[at] : unit, NULL);
}

static gint64 scaled(gint64 amount, gint64 numerator, gint64 denominator)
{
    int128 result = (int128)amount * numerator / MAX(denominator, 1);

    return result > G_MAXINT64 ? G_MAXINT64 : (gint64)result;
}

static void append_bar(GString *line, gint64 done, gint64 total)
{
    int full = (int)scaled(BAR_WIDTH, done, total);

    g_string_append(line, "  [");
    for (int i = 0; i < BAR_WIDTH; i++)
        g_string_append_c(line, i < full ? '=' : i == full ? '>' : ' ');
    g_string_append_c(line, ']');
}

static void append_left(GString *line, gint64 seconds)
{
    if (seconds >= 3600)
        g_string_append_printf(line, "  %" G_GINT64_FORMAT ":%02d:%02d left", seconds / 3600,
                               (int)(seconds / 60 % 60), (int)(seconds % 60));
    else
        g_string_append_printf(line, "  %d:%02d left", (int)(seconds / 60), (int)(seconds % 60));
}

static char *line_with(const struct progress *progress, gint64 elapsed, gboolean has_bar)
{
    GString *line = g_string_new(progress->what);
    gint64 done = progress->total > 0 ? MIN(progress->done, progress->total) : progress->done;
    g_autofree char *counted = count_text(done, progress->unit);
    g_autofree char *rate = count_text(scaled(done, G_USEC_PER_SEC, elapsed), progress->unit);

    if (progress->total > 0 && has_bar)
        append_bar(line, done, progress->total);
    if (progress->total > 0)
        g_string_append_printf(line, "  %d %%", (int)scaled(100, done, progress->total));
    else
        g_string_append_printf(line, "  %s", counted);
    if (*rate)
        g_string_append_printf(line, "  %s/s", rate);
    if (progress->total > 0 && done > 0)
        append_left(line, scaled(elapsed, progress->total - done, done) / G_USEC_PER_SEC);
    return g_string_free(line, FALSE);
}

char *meter_line(const struct progress *progress, gint64 now, int width)
{
    gint64 elapsed = now - progress->started_at;
    char *line;

    if (elapsed < SHOWN_AFTER)
        return NULL;
    line = line_with(progress, elapsed, TRUE);
    if (width > 0 && strlen(line) >= (gsize)width) {
        g_free(line);
        line = line_with(progress, elapsed, FALSE);
        if (strlen(line) >= (gsize)width)
            line[width - 1] = '\0';
    }
    return line;
}

static gpointer draw(gpointer unused)
{
    gint64 until = g_get_monotonic_time() + SHOWN_AFTER;

    (void)unused;
    g_mutex_lock(&lock);
    while (!has_ended) {
        if (!g_cond_wait_until(&ended, &lock, until) && !has_ended) {
            struct progress progress;
            g_autofree char *line = NULL;

            if (progress_read(&progress))
                line = meter_line(&progress, g_get_monotonic_time(), terminal_progress_width());
            if (line)
                terminal_progress(line);
            until = g_get_monotonic_time() + REDRAWN_AFTER;
        }
    }
    g_mutex_unlock(&lock);
    return NULL;
}

static void start_drawing(void)
{
    has_ended = FALSE;
    drawer = g_thread_new("meter", draw, NULL);
}

static void stop_drawing(void)
{
    g_mutex_lock(&lock);
    has_ended = TRUE;
    g_cond_signal(&ended);
    g_mutex_unlock(&lock);
    g_thread_join(drawer);
    terminal_progress(NULL);
}

void meter_start(void)
{
    if (terminal_progress_width() > 0)
        progress_watch(start_drawing, stop_drawing);
}
