/* spike.c - median, spread and judgement, day by day. */
#include "runaway/spike.h"
#include "core/money.h"

/*
 * The days before one, measured. Halves are kept by doubling: two middle values are added, not
 * averaged.
 */
struct baseline {
    guint days;
    int128 median2; /* twice the median */
    int128 mad4;    /* four times the median absolute deviation */
    int128 sum2;    /* twice the sum of absolute deviations */
};

struct series {
    const struct spike_day *days;
    const struct spike_threshold *threshold;
    gboolean *is_out; /* in an episode: no baseline */
    int128 *window;   /* scratch, window_days long */
};

static int compare(const void *a, const void *b)
{
    int128 x = *(const int128 *)a, y = *(const int128 *)b;

    return (x > y) - (x < y);
}

/* Twice the median of count > 0 values, which it sorts. */
static int128 median_twice(int128 *values, guint count)
{
    qsort(values, count, sizeof *values, compare);
    return values[(count - 1) / 2] + values[count / 2];
}

/* FALSE when too few days before this one are known. */
static gboolean measure(struct series *series, guint day, struct baseline *out)
{
    guint first = day > series->threshold->window_days ? day - series->threshold->window_days : 0;

    *out = (struct baseline){0};
    for (guint i = first; i < day; i++)
        if (series->days[i].is_known && !series->is_out[i])
            series->window[out->days++] = series->days[i].nanos;
    if (out->days < series->threshold->minimum_days)
        return FALSE;
    out->median2 = median_twice(series->window, out->days);
    for (guint i = 0; i < out->days; i++) {
        int128 deviation2 = 2 * series->window[i] - out->median2;

        series->window[i] = deviation2 < 0 ? -deviation2 : deviation2;
        out->sum2 += series->window[i];
    }
    out->mad4 = median_twice(series->window, out->days);
    return TRUE;
}

/*
 * The modified z as a fraction: above over spread, scaled alike. 0.6745 (x - median) / MAD is
 * 4 * 6745 (2x - median2) / (2 * 10000 mad4); (x - median) / (1.2533 mean deviation) is
 * 10000 days (2x - median2) / (12533 sum2).
 */
static void fraction(const struct baseline *baseline, int64_t nanos, int128 *above, int128 *spread)
{
    int128 above2 = 2 * (int128)nanos - baseline->median2;

    if (baseline->mad4 > 0) {
        *above = 2 * 6745 * above2;
        *spread = 10000 * baseline->mad4;
    } else {
        *above = 10000 * (int128)baseline->days * above2;
        *spread = 12533 * baseline->sum2;
    }
}

static gboolean is_spike(const struct spike_threshold *threshold, const struct baseline *baseline,
                         int64_t nanos)
{
    int128 above2 = 2 * (int128)nanos - baseline->median2;
    int128 above, spread;

    fraction(baseline, nanos, &above, &spread);
    /* Limits are nanos; a thousandth of a z or of a ratio is as fine as they are meant. */
    return above2 > 0 && above2 >= 2 * (int128)threshold->floor_nanos &&
           2 * (int128)nanos * 1000 >= baseline->median2 * (threshold->ratio / 1000000) &&
           above * 1000 > spread * (threshold->modified_z / 1000000);
}

static int64_t z_tenths(const struct baseline *baseline, int64_t nanos)
{
    int128 above, spread;

    fraction(baseline, nanos, &above, &spread);
    if (spread == 0)
        return -1;
    return (int64_t)MIN(above * 10 / spread, (int128)INT64_MAX);
}

/* The middle of two, rounded down whatever the sign. */
static int64_t half(int128 twice)
{
    return (int64_t)(twice >= 0 ? twice / 2 : (twice - 1) / 2);
}

static struct spike spike_begin(const struct baseline *baseline, guint day, int64_t nanos)
{
    return (struct spike){
        .from = day,
        .until = day,
        .baseline_nanos = half(baseline->median2),
        .baseline_days = baseline->days,
        .highest_nanos = nanos,
        .z_tenths = z_tenths(baseline, nanos),
    };
}

static void spike_measure(struct series *series, struct spike *spike)
{
    int128 excess = 0;

    for (guint day = spike->from; day <= spike->until; day++) {
        if (!series->days[day].is_known)
            continue;
        excess += (int128)series->days[day].nanos - spike->baseline_nanos;
        spike->highest_nanos = MAX(spike->highest_nanos, series->days[day].nanos);
    }
    spike->excess_nanos = (int64_t)CLAMP(excess, (int128)INT64_MIN, (int128)INT64_MAX);
}

GArray *spike_find(const struct spike_day *days, guint count,
                   const struct spike_threshold *threshold)
{
    GArray *spikes = g_array_new(FALSE, FALSE, sizeof(struct spike));
    g_autofree gboolean *is_out = g_new0(gboolean, count + 1);
    g_autofree int128 *window = g_new(int128, threshold->window_days);
    struct series series = {days, threshold, is_out, window};

    for (guint day = 0; day < count; day++) {
        struct spike *last =
            spikes->len ? &g_array_index(spikes, struct spike, spikes->len - 1) : NULL;
        struct baseline baseline;

        if (!days[day].is_known || !measure(&series, day, &baseline) ||
            !is_spike(threshold, &baseline, days[day].nanos))
            continue;
        is_out[day] = TRUE;
        if (last && day <= last->until + 2) {
            is_out[day - 1] = TRUE;
            last->until = day;
        } else {
            struct spike spike = spike_begin(&baseline, day, days[day].nanos);

            g_array_append_val(spikes, spike);
        }
    }
    for (guint i = 0; i < spikes->len; i++)
        spike_measure(&series, &g_array_index(spikes, struct spike, i));
    return spikes;
}
