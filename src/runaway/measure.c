/* measure.c - order statistics of a few values, and comparisons of products. */
#include "runaway/measure.h"

/* A window has some thirty values, most of them in order already: insertion is fastest. */
int128 median_twice(int128 *values, guint count)
{
    for (guint i = 1; i < count; i++) {
        int128 value = values[i];
        guint at = i;

        for (; at > 0 && values[at - 1] > value; at--)
            values[at] = values[at - 1];
        values[at] = value;
    }
    return values[(count - 1) / 2] + values[count / 2];
}

struct baseline baseline_of(int128 *values, guint days)
{
    struct baseline out = {.days = days, .median2 = median_twice(values, days)};

    for (guint i = 0; i < days; i++) {
        int128 deviation2 = 2 * values[i] - out.median2;

        values[i] = deviation2 < 0 ? -deviation2 : deviation2;
        out.sum2 += values[i];
    }
    out.mad4 = median_twice(values, days);
    return out;
}

/* 0.6745 (x - median) / MAD is 4 * 6745 (2x - median2) / (2 * 10000 mad4);
 * (x - median) / (1.2533 mean deviation) is 10000 days (2x - median2) / (12533 sum2). */
void modified_z(const struct baseline *baseline, int128 nanos, int128 *above, int128 *spread)
{
    int128 above2 = 2 * nanos - baseline->median2;

    if (baseline->mad4 > 0) {
        *above = 2 * 6745 * above2;
        *spread = 10000 * baseline->mad4;
    } else {
        *above = 10000 * (int128)baseline->days * above2;
        *spread = 12533 * baseline->sum2;
    }
}

gboolean is_times(int128 value, int64_t times, int128 other)
{
    return value * 1000 >= other * (times / 1000000);
}

int128 half(int128 twice)
{
    return twice >= 0 ? twice / 2 : (twice - 1) / 2;
}

int64_t narrow(int128 nanos)
{
    return (int64_t)CLAMP(nanos, (int128)INT64_MIN, (int128)INT64_MAX);
}
